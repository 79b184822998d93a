/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "decode-fixture.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <lcms2.h>
#include <png.h>
#include <stdio.h>
#include <string.h>
#include <tiffio.h>

#include <jpeglib.h>

/* Profiles that are made to change colours beyond doubt: in one, what the file calls red is blue. */

#define SIDE 48
#define RED 0xffff0000u
#define GREEN 0xff00ff00u
#define BLUE 0xff0000ffu

static GBytes *
bytes_of (cmsHPROFILE profile, const char *name)
{
  cmsMLU *text = cmsMLUalloc (NULL, 1);
  cmsUInt32Number size = 0;
  guint8 *data;

  cmsMLUsetASCII (text, "en", "US", name);
  g_assert_true (cmsWriteTag (profile, cmsSigProfileDescriptionTag, text));
  cmsMLUfree (text);
  g_assert_true (cmsSaveProfileToMem (profile, NULL, &size));
  data = g_malloc (size);
  g_assert_true (cmsSaveProfileToMem (profile, data, &size));
  cmsCloseProfile (profile);
  return g_bytes_new_take (data, size);
}

static GBytes *
swapped_profile (void)
{
  const cmsCIExyY white = { 0.3127, 0.3290, 1 };
  const cmsCIExyYTRIPLE primaries = { { 0.15, 0.06, 1 }, { 0.30, 0.60, 1 }, { 0.64, 0.33, 1 } };
  cmsToneCurve *curve = cmsBuildGamma (NULL, 2.2);
  cmsToneCurve *curves[] = { curve, curve, curve };
  GBytes *bytes = bytes_of (cmsCreateRGBProfile (&white, &primaries, curves), "Swapped red and blue");

  cmsFreeToneCurve (curve);
  return bytes;
}

static GBytes *
linear_grey_profile (void)
{
  cmsToneCurve *curve = cmsBuildGamma (NULL, 1);
  GBytes *bytes = bytes_of (cmsCreateGrayProfile (cmsD50_xyY (), curve), "Linear grey");

  cmsFreeToneCurve (curve);
  return bytes;
}

/* The first ink is red, whatever the others are; without it there is paper. */
static cmsInt32Number
first_ink (const cmsUInt16Number in[], cmsUInt16Number out[], void *data)
{
  const cmsCIELab paper = { 100, 0, 0 }, red = { 54.29, 80.80, 69.89 };

  cmsFloat2LabEncodedV2 (out, in[0] > 0x8000 ? &red : &paper);
  return TRUE;
}

static GBytes *
ink_profile (void)
{
  cmsHPROFILE profile = cmsCreateProfilePlaceholder (NULL);
  cmsPipeline *pipeline = cmsPipelineAlloc (NULL, 4, 3);
  cmsStage *table = cmsStageAllocCLut16bit (NULL, 2, 4, 3, NULL);

  cmsSetProfileVersion (profile, 2.1);
  cmsSetDeviceClass (profile, cmsSigOutputClass);
  cmsSetColorSpace (profile, cmsSigCmykData);
  cmsSetPCS (profile, cmsSigLabData);
  g_assert_true (cmsStageSampleCLut16bit (table, first_ink, NULL, 0));
  g_assert_true (cmsPipelineInsertStage (pipeline, cmsAT_END, table));
  g_assert_true (cmsWriteTag (profile, cmsSigAToB0Tag, pipeline));
  g_assert_true (cmsWriteTag (profile, cmsSigAToB1Tag, pipeline));
  g_assert_true (cmsWriteTag (profile, cmsSigMediaWhitePointTag, cmsD50_XYZ ()));
  cmsPipelineFree (pipeline);
  return bytes_of (profile, "Red ink");
}

/* By libpng: gdk-pixbuf does not bring a profile into a PNG. */
static void
write_png (const char *path, GdkPixbuf *pixbuf, GBytes *profile)
{
  png_structp png = png_create_write_struct (PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
  png_infop info = png_create_info_struct (png);
  FILE *file = fopen (path, "wb");
  int stride = gdk_pixbuf_get_rowstride (pixbuf);

  png_init_io (png, file);
  png_set_IHDR (png, info, SIDE, SIDE, 8,
      gdk_pixbuf_get_has_alpha (pixbuf) ? PNG_COLOR_TYPE_RGB_ALPHA : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
      PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (profile != NULL)
    png_set_iCCP (png, info, "made", PNG_COMPRESSION_TYPE_BASE, g_bytes_get_data (profile, NULL),
        (png_uint_32) g_bytes_get_size (profile));
  png_write_info (png, info);
  for (int y = 0; y < SIDE; y++)
    png_write_row (png, gdk_pixbuf_get_pixels (pixbuf) + y * stride);
  png_write_end (png, info);
  png_destroy_write_struct (&png, &info);
  fclose (file);
}

/* One colour all over. profile may be NULL. */
static char *
plain_picture (DecodeFixture *f, const char *name, const char *type, guint32 rgba, GBytes *profile)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, (rgba & 0xff) != 255, 8, SIDE, SIDE);
  char *path = g_build_filename (f->folder, name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  gdk_pixbuf_fill (pixbuf, rgba);
  if (g_str_equal (type, "png"))
    write_png (path, pixbuf, profile);
  else if (profile == NULL)
    gdk_pixbuf_save (pixbuf, path, type, &error, NULL);
  else
    {
      text = g_base64_encode (g_bytes_get_data (profile, NULL), g_bytes_get_size (profile));
      gdk_pixbuf_save (pixbuf, path, type, &error, "icc-profile", text, NULL);
    }
  g_assert_no_error (error);
  return path;
}

static BatonDecoded *
decode_exactly (DecodeFixture *f, const char *path, int box)
{
  BatonDecodeAsk ask = { .path = path, .width = box, .height = box, .flags = BATON_DECODE_EXACTLY };
  g_autoptr (GError) error = NULL;
  BatonDecoded *decoded = decode (f->decoder, &ask, &error);

  g_assert_no_error (error);
  return decoded;
}

/* At its own size and made smaller. */
static void
assert_shown (DecodeFixture *f, const char *path, guint32 wanted, const char *profile, int slack)
{
  for (int box = 0; box <= 12; box += 12)
    {
      g_autoptr (BatonDecoded) decoded = decode_exactly (f, path, box);
      cairo_surface_t *surface = baton_picture_surface (decoded->picture);
      const guchar *row =
          cairo_image_surface_get_data (surface) +
          cairo_image_surface_get_height (surface) / 2 * cairo_image_surface_get_stride (surface);
      guint32 found = ((const guint32 *) row)[cairo_image_surface_get_width (surface) / 2];

      for (int shift = 0; shift < 32; shift += 8)
        {
          int difference = (int) (found >> shift & 0xff) - (int) (wanted >> shift & 0xff);

          if (ABS (difference) > slack)
            g_error ("%s in %d: %08x instead of %08x", path, box, found, wanted);
        }
      g_assert_cmpstr (decoded->profile, ==, profile);
    }
}

static void
test_rgb (DecodeFixture *f, gconstpointer data)
{
  static const char *const types[] = { "png", "jpeg", "tiff" };
  g_autoptr (GBytes) profile = swapped_profile ();

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *plain = plain_picture (f, "plain", types[i], 0xff0000ffu, NULL);
      g_autofree char *tagged = plain_picture (f, "tagged", types[i], 0xff0000ffu, profile);
      g_autofree char *green = plain_picture (f, "green", types[i], 0x00ff00ffu, profile);

      assert_shown (f, plain, RED, "", 4);
      assert_shown (f, tagged, BLUE, "Swapped red and blue", 8);
      assert_shown (f, green, GREEN, "Swapped red and blue", 8);
    }
}

static void
test_webp (DecodeFixture *f, gconstpointer data)
{
  g_autoptr (GBytes) profile = swapped_profile ();
  g_autofree char *png = plain_picture (f, "a.png", "png", 0xff0000ffu, profile);
  g_autofree char *webp = g_build_filename (f->folder, "a.webp", NULL);
  const char *const argv[] = { "cwebp", "-quiet", "-metadata", "icc", png, "-o", webp, NULL };

  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL))
    {
      g_test_skip ("cwebp is not here");
      return;
    }
  assert_shown (f, webp, BLUE, "Swapped red and blue", 12);
}

/* Half-transparent red: the colour is changed, what shines through is not. */
static void
test_alpha (DecodeFixture *f, gconstpointer data)
{
  g_autoptr (GBytes) profile = swapped_profile ();
  g_autofree char *path = plain_picture (f, "a.png", "png", 0xff000080u, profile);

  assert_shown (f, path, 0x80000080u, "Swapped red and blue", 8);
}

/* sRGB by name changes nothing, to the last bit; what is no profile, or one of other colours, is not used. */
static void
test_left_alone (DecodeFixture *f, gconstpointer data)
{
  g_autoptr (GBytes) srgb = bytes_of (cmsCreate_sRGBProfile (), "sRGB by another name");
  g_autoptr (GBytes) inks = ink_profile ();
  /* The length that it begins with is right, and nothing else. */
  const guint8 bytes[200] = { 0, 0, 0, 200, 'n', 'o', 'n', 's', 'e', 'n', 's', 'e' };
  g_autoptr (GBytes) nonsense = g_bytes_new_static (bytes, sizeof bytes);
  g_autofree char *same = plain_picture (f, "same.png", "png", 0x7b3511ffu, srgb);
  g_autofree char *other = plain_picture (f, "other.tiff", "tiff", 0x7b3511ffu, inks);
  g_autofree char *broken = plain_picture (f, "broken.tiff", "tiff", 0x7b3511ffu, nonsense);

  assert_shown (f, same, 0xff7b3511u, "sRGB by another name", 0);
  assert_shown (f, other, 0xff7b3511u, "", 0);
  assert_shown (f, broken, 0xff7b3511u, "", 0);
}

typedef void (*WriteRows) (const char *path, const guint8 *row, int channels, GBytes *profile);

static void
write_jpeg (const char *path, const guint8 *row, int channels, GBytes *profile)
{
  struct jpeg_compress_struct jpeg;
  struct jpeg_error_mgr errors;
  FILE *file = fopen (path, "wb");

  jpeg.err = jpeg_std_error (&errors);
  jpeg_create_compress (&jpeg);
  jpeg_stdio_dest (&jpeg, file);
  jpeg.image_width = jpeg.image_height = SIDE;
  jpeg.input_components = channels;
  jpeg.in_color_space = channels == 4 ? JCS_CMYK : JCS_GRAYSCALE;
  jpeg_set_defaults (&jpeg);
  jpeg_start_compress (&jpeg, TRUE);
  if (profile != NULL)
    jpeg_write_icc_profile (&jpeg, g_bytes_get_data (profile, NULL), (unsigned) g_bytes_get_size (profile));
  for (int y = 0; y < SIDE; y++)
    jpeg_write_scanlines (&jpeg, (JSAMPROW[]){ (JSAMPROW) row }, 1);
  jpeg_finish_compress (&jpeg);
  jpeg_destroy_compress (&jpeg);
  fclose (file);
}

static void
write_tiff_deep (const char *path, gconstpointer row, int channels, int bits, GBytes *profile)
{
  TIFF *tiff = TIFFOpen (path, "w");

  TIFFSetField (tiff, TIFFTAG_IMAGEWIDTH, SIDE);
  TIFFSetField (tiff, TIFFTAG_IMAGELENGTH, SIDE);
  TIFFSetField (tiff, TIFFTAG_BITSPERSAMPLE, bits);
  TIFFSetField (tiff, TIFFTAG_SAMPLESPERPIXEL, channels);
  TIFFSetField (tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
  TIFFSetField (tiff, TIFFTAG_PHOTOMETRIC, channels >= 4 ? PHOTOMETRIC_SEPARATED : PHOTOMETRIC_MINISBLACK);
  if (profile != NULL)
    TIFFSetField (
        tiff, TIFFTAG_ICCPROFILE, (guint32) g_bytes_get_size (profile), g_bytes_get_data (profile, NULL));
  for (guint y = 0; y < SIDE; y++)
    TIFFWriteScanline (tiff, (void *) row, y, 0);
  TIFFClose (tiff);
}

static void
write_tiff (const char *path, const guint8 *row, int channels, GBytes *profile)
{
  write_tiff_deep (path, row, channels, 8, profile);
}

static char *
rows (DecodeFixture *f, WriteRows write, const char *name, const guint8 *pixel, int channels, GBytes *profile)
{
  char *path = g_build_filename (f->folder, name, NULL);
  guint8 row[SIDE * 4];

  for (int i = 0; i < SIDE * channels; i++)
    row[i] = pixel[i % channels];
  write (path, row, channels, profile);
  return path;
}

static void
test_grey (DecodeFixture *f, gconstpointer data)
{
  static const WriteRows writers[] = { write_jpeg, write_tiff };
  g_autoptr (GBytes) profile = linear_grey_profile ();
  const guint8 grey[] = { 128 };

  for (guint i = 0; i < G_N_ELEMENTS (writers); i++)
    {
      g_autofree char *plain = rows (f, writers[i], "plain", grey, 1, NULL);
      g_autofree char *tagged = rows (f, writers[i], "tagged", grey, 1, profile);

      assert_shown (f, plain, 0xff808080u, "", 2);
      /* Half of the light is 188 of 255 in sRGB. */
      assert_shown (f, tagged, 0xffbcbcbcu, "Linear grey", 4);
    }
}

static void
test_inks (DecodeFixture *f, gconstpointer data)
{
  static const WriteRows writers[] = { write_jpeg, write_tiff };
  g_autoptr (GBytes) profile = ink_profile ();
  const guint8 cyan[] = { 255, 0, 0, 0 }, yellow[] = { 0, 0, 255, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (writers); i++)
    {
      /* libjpeg marks what it writes as Adobe's, where numbers are turned round. */
      gboolean turned = writers[i] == write_jpeg;
      guint8 first[4], other[4];

      for (int c = 0; c < 4; c++)
        {
          first[c] = turned ? 255 - cyan[c] : cyan[c];
          other[c] = turned ? 255 - yellow[c] : yellow[c];
        }
      {
        g_autofree char *plain = rows (f, writers[i], "plain", first, 4, NULL);
        g_autofree char *tagged = rows (f, writers[i], "tagged", first, 4, profile);
        g_autofree char *paper = rows (f, writers[i], "paper", other, 4, profile);

        assert_shown (f, plain, 0xff00ffffu, "", 6);
        assert_shown (f, tagged, RED, "Red ink", 14);
        assert_shown (f, paper, 0xffffffffu, "Red ink", 6);
      }
    }
}

/* Sixteen bits, and a fifth channel (a spot, or transparency): libtiff's own reader gives up on both. */
static void
test_deep_inks (DecodeFixture *f, gconstpointer data)
{
  g_autoptr (GBytes) profile = ink_profile ();
  g_autofree char *deep = g_build_filename (f->folder, "deep.tiff", NULL);
  g_autofree char *spot = g_build_filename (f->folder, "spot.tiff", NULL);
  g_autofree char *both = g_build_filename (f->folder, "both.tiff", NULL);
  guint16 row[SIDE * 5] = { 0 };
  guint8 narrow[SIDE * 5] = { 0 };

  for (int x = 0; x < SIDE; x++)
    row[x * 4] = 0xffff;
  write_tiff_deep (deep, row, 4, 16, profile);
  memset (row, 0, sizeof row);
  for (int x = 0; x < SIDE; x++)
    {
      row[x * 5] = row[x * 5 + 4] = 0xffff;
      narrow[x * 5] = narrow[x * 5 + 4] = 0xff;
    }
  write_tiff_deep (both, row, 5, 16, NULL);
  write_tiff_deep (spot, narrow, 5, 8, NULL);
  assert_shown (f, deep, RED, "Red ink", 14);
  assert_shown (f, both, 0xff00ffffu, "", 6);
  assert_shown (f, spot, 0xff00ffffu, "", 6);
}

#define ADD(name, func) \
  g_test_add ("/preview/colour/" name, DecodeFixture, NULL, decode_set_up, func, decode_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("rgb", test_rgb);
  ADD ("webp", test_webp);
  ADD ("alpha", test_alpha);
  ADD ("left-alone", test_left_alone);
  ADD ("grey", test_grey);
  ADD ("inks", test_inks);
  ADD ("deep-inks", test_deep_inks);
  return g_test_run ();
}
