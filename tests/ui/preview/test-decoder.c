/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "decode-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

/* What each kind of file looks like. */

static void
test_kinds (DecodeFixture *f, gconstpointer data)
{
  static const struct
  {
    const char *name;
    const char *type;
    const char *format;
  } kinds[] = { { "a.png", "png", "PNG" }, { "a.jpg", "jpeg", "JPEG" }, { "a.tif", "tiff", "TIFF" },
    { "a.bmp", "bmp", "BMP" } };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = files_picture (f->folder, kinds[i].name, kinds[i].type, 640, 400, FALSE);
      g_autoptr (BatonDecoded) whole = decode_path (f, path, 0, 0, 0);
      g_autoptr (BatonDecoded) small = decode_path (f, path, 0, 100, 100);
      g_autofree char *facts = baton_decoded_facts (whole);

      decode_assert_picture (whole, 640, 400);
      decode_assert_color (whole, 0.8, 0.7, 0xff0000ff);
      g_assert_true (baton_picture_is_opaque (whole->picture));
      g_assert_cmpfloat (baton_picture_detail (whole->picture), ==, 1);
      decode_assert_picture (small, 640, 400);
      g_assert_cmpfloat (baton_picture_detail (small->picture), <, 0.33);
      g_assert_cmpfloat (baton_picture_detail (small->picture), >=, 0.15);
      g_assert_cmpstr (whole->format, ==, kinds[i].format);
      g_assert_true (g_str_has_prefix (facts, "640 × 400"));
      g_assert_null (baton_decoded_warning (whole));
    }
}

static void
test_alpha (DecodeFixture *f, gconstpointer data)
{
  g_autofree char *png = files_picture (f->folder, "a.png", "png", 64, 64, TRUE);
  g_autofree char *webp = files_webp (f->folder, "a.webp", png);
  g_autofree char *tiff = files_picture (f->folder, "a.tiff", "tiff", 64, 64, TRUE);
  const char *paths[] = { png, tiff, webp };

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (BatonDecoded) decoded = paths[i] != NULL ? decode_path (f, paths[i], 0, 0, 0) : NULL;

      if (decoded == NULL)
        continue;
      g_assert_false (baton_picture_is_opaque (decoded->picture));
      decode_assert_picture (decoded, 64, 64);
      /* Multiplied in. */
      decode_assert_color (decoded, 0.8, 0.7, 0x80000080);
    }
}

static void
test_webp (DecodeFixture *f, gconstpointer data)
{
  g_autofree char *png = files_picture (f->folder, "a.png", "png", 640, 400, FALSE);
  g_autofree char *path = files_webp (f->folder, "a.webp", png);
  g_autoptr (BatonDecoded) whole = NULL;
  g_autoptr (BatonDecoded) small = NULL;

  if (path == NULL)
    {
      g_test_skip ("cwebp is not installed");
      return;
    }
  whole = decode_path (f, path, 0, 0, 0);
  small = decode_path (f, path, 0, 64, 64);
  decode_assert_picture (whole, 640, 400);
  decode_assert_picture (small, 640, 400);
  g_assert_cmpstr (whole->format, ==, "WebP");
}

/* Whatever the camera held, the white quarter ends up on top. */
static void
test_orientation (DecodeFixture *f, gconstpointer data)
{
  /* Where the white side is when the file says 1–8: top, top, bottom, bottom, left, right, right, left. */
  static const double white[8][2] = { { 0.3, 0.1 }, { 0.7, 0.1 }, { 0.7, 0.9 }, { 0.3, 0.9 }, { 0.1, 0.3 },
    { 0.9, 0.3 }, { 0.9, 0.7 }, { 0.1, 0.7 } };
  static const double red[8][2] = { { 0.2, 0.7 }, { 0.8, 0.7 }, { 0.8, 0.3 }, { 0.2, 0.3 }, { 0.7, 0.2 },
    { 0.3, 0.2 }, { 0.3, 0.8 }, { 0.7, 0.8 } };

  for (int i = 0; i < 8; i++)
    {
      g_autofree char *path = files_jpeg_turned (f->folder, "turned.jpg", 640, 400, i + 1);

      for (int box = 0; box <= 160; box += 80)
        {
          g_autoptr (BatonDecoded) decoded = decode_path (f, path, 0, box, box);

          g_assert_cmpint (baton_picture_width (decoded->picture), ==, i < 4 ? 640 : 400);
          g_assert_cmpint (baton_picture_height (decoded->picture), ==, i < 4 ? 400 : 640);
          decode_assert_color (decoded, white[i][0], white[i][1], 0xffffffff);
          decode_assert_color (decoded, red[i][0], red[i][1], 0xffff0000);
        }
    }
}

static void
test_exactly (DecodeFixture *f, gconstpointer data)
{
  g_autofree char *path = files_jpeg_turned (f->folder, "a.jpg", 1000, 600, 6);
  BatonDecodeAsk ask = { .path = path, .flags = BATON_DECODE_EXACTLY, .width = 90, .height = 90 };
  g_autoptr (BatonDecoded) decoded = decode (f->decoder, &ask, NULL);
  cairo_surface_t *surface = baton_picture_surface (decoded->picture);

  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, 54);
  g_assert_cmpint (cairo_image_surface_get_height (surface), ==, 90);
}

static void
test_drawing (DecodeFixture *f, gconstpointer data)
{
  g_autofree char *path = files_svg (f->folder, "a.svg", 40, 20);
  g_autoptr (BatonDecoded) own = decode_path (f, path, 0, 0, 0);
  g_autoptr (BatonDecoded) large = decode_path (f, path, 0, 800, 800);

  g_assert_cmpint (baton_picture_width (own->picture), ==, 40);
  g_assert_cmpint (baton_picture_height (own->picture), ==, 20);
  g_assert_true (own->flags & BATON_DECODED_VECTOR);
  g_assert_false (baton_picture_is_opaque (own->picture));
  g_assert_cmpfloat (baton_picture_detail (large->picture), ==, 20);
  decode_assert_color (large, 0.2, 0.5, 0xffff0000);
  decode_assert_color (large, 0.8, 0.5, 0);
}

/* How programs write drawings: with a long licence before it, in UTF-16, compressed. */
static void
test_odd_drawings (DecodeFixture *f, gconstpointer data)
{
  g_autofree char *plain = files_svg (f->folder, "a.svg", 40, 20);
  g_autofree char *inner = NULL, *licence = g_strnfill (9000, 'x'), *head = NULL, *page = NULL;
  g_autofree gunichar2 *wide = NULL;
  g_autofree guint8 *packed = g_malloc (4096);
  g_autoptr (GConverter) zip = G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1));
  char *paths[3] = { NULL };
  gsize length, read, written;
  glong units;

  g_assert_true (g_file_get_contents (plain, &inner, &length, NULL));
  head = g_strdup_printf ("<!-- <svg> %s -->\n%s", licence, strstr (inner, "<svg"));
  paths[0] = files_write_text (f->folder, "long.svg", head);
  wide = g_utf8_to_utf16 (head, -1, NULL, &units, NULL);
  memmove (wide + 1, wide, (gsize) units * 2);
  wide[0] = 0xfeff;
  paths[1] = g_build_filename (f->folder, "wide.svg", NULL);
  files_write (paths[1], wide, ((gsize) units + 1) * 2);
  g_assert_cmpint (
      g_converter_convert (zip, inner, length, packed, 4096, G_CONVERTER_INPUT_AT_END, &read, &written, NULL),
      ==, G_CONVERTER_FINISHED);
  paths[2] = g_build_filename (f->folder, "packed.svgz", NULL);
  files_write (paths[2], packed, written);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (BatonDecoded) drawn = decode_path (f, paths[i], 0, 0, 0);

      g_assert_cmpint (baton_picture_width (drawn->picture), ==, 40);
      decode_assert_color (drawn, 0.2, 0.5, 0xffff0000);
      g_clear_pointer (&paths[i], g_free);
    }
  /* A page with a drawing inside is no drawing. */
  page = g_strdup_printf ("<html><body>%s</body></html>", inner);
  paths[0] = files_write_text (f->folder, "page.html", page);
  g_assert_cmpint (decode_refusal (f, paths[0]), ==, BATON_DECODE_UNKNOWN);
  g_clear_pointer (&paths[0], g_free);
}

/* A drawing that says nothing of its size is as large as what is drawn, and is shown whole at any size. */
static void
test_drawing_without_size (DecodeFixture *f, gconstpointer data)
{
  g_autofree char *path = files_write_text (f->folder, "free.svg",
      "<svg xmlns=\"http://www.w3.org/2000/svg\"><rect width=\"1000\" height=\"600\" fill=\"#f00\"/>"
      "<rect x=\"500\" width=\"500\" height=\"600\" fill=\"#00f\"/></svg>");
  int sizes[] = { 0, 100 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (BatonDecoded) drawn = decode_path (f, path, 0, sizes[i], sizes[i]);

      g_assert_cmpint (baton_picture_width (drawn->picture), ==, 1000);
      g_assert_cmpint (baton_picture_height (drawn->picture), ==, 600);
      decode_assert_color (drawn, 0.4, 0.9, 0xffff0000);
      decode_assert_color (drawn, 0.9, 0.9, 0xff0000ff);
    }
}

static void
test_pages (DecodeFixture *f, gconstpointer data)
{
  g_autofree char *path = files_pdf (f->folder, "a.pdf", 5);

  for (int page = 0; page < 5; page++)
    {
      g_autoptr (BatonDecoded) decoded = decode_path (f, path, page, 600, 600);

      g_assert_cmpint (decoded->pages, ==, 5);
      g_assert_cmpint (baton_picture_width (decoded->picture), ==, 793);
      decode_assert_color (decoded, (page + 0.8) / 5, 0.02, 0xff193399);
      if (page < 4)
        decode_assert_color (decoded, (page + 1.2) / 5, 0.02, 0xffffffff);
    }
  {
    BatonDecodeAsk ask = { .path = path, .page = 5, .width = 100, .height = 100 };
    g_autoptr (GError) error = NULL;

    g_assert_null (decode (f->decoder, &ask, &error));
    g_assert_error (error, BATON_DECODER_ERROR, (int) BATON_DECODE_NO_PAGE);
  }
}

static void
test_tiff_pages (DecodeFixture *f, gconstpointer data)
{
  g_autofree char *first = files_picture (f->folder, "1.tif", "tiff", 64, 40, FALSE);
  g_autofree char *second = files_picture (f->folder, "2.tif", "tiff", 30, 90, FALSE);
  g_autofree char *path = files_tiff_pages (f->folder, "both.tif", first, second);
  g_autoptr (BatonDecoded) one = NULL;
  g_autoptr (BatonDecoded) two = NULL;

  if (path == NULL)
    {
      g_test_skip ("tiffcp is not installed");
      return;
    }
  one = decode_path (f, path, 0, 0, 0);
  two = decode_path (f, path, 1, 0, 0);
  g_assert_cmpint (one->pages, ==, 2);
  decode_assert_picture (one, 64, 40);
  decode_assert_picture (two, 30, 90);
}

static void
assert_frames (DecodeFixture *f, const char *path, int n)
{
  static const int order[] = { 0, 1, 2, 5, 3, 0, 5 };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      g_autoptr (BatonDecoded) decoded = decode_path (f, path, order[i], 0, 0);
      guint32 grey = (guint32) order[i] * 2;

      g_assert_cmpint (decoded->frames, ==, n);
      g_assert_cmpint (baton_picture_width (decoded->picture), ==, 16);
      decode_assert_color (decoded, 0.5, 0.5, 0xff000000u | grey << 16 | grey << 8 | grey);
      g_assert_cmpint (decoded->delay, >=, 10);
      /* Neighbours differ by less than decode_assert_color forgives. */
      g_assert_cmpint (ABS ((int) (decode_pixel_at (decoded, 0.5, 0.5) & 0xff) - (int) grey), <=, 1);
    }
}

static void
test_animation (DecodeFixture *f, gconstpointer data)
{
  g_autofree char *gif = files_gif (f->folder, "a.gif", 6);
  g_autofree char *webp = files_webp_animated (f->folder, "a.webp", gif);

  assert_frames (f, gif, 6);
  if (webp != NULL)
    assert_frames (f, webp, 6);
}

/* An animation that ends within a frame says that it is not all; one that only lacks its last byte is whole.
 */
static void
test_cut_animation (DecodeFixture *f, gconstpointer data)
{
  g_autofree char *gif = files_gif (f->folder, "a.gif", 6), *bytes = NULL;
  BatonDecodeAsk ask = { .path = gif, .what = BATON_DECODE_PICTURE };
  gsize size;

  g_assert_true (g_file_get_contents (gif, &bytes, &size, NULL));
  for (gsize left = size - 1; left > size / 2; left = left * 2 / 3)
    {
      g_autoptr (BatonDecoded) decoded = NULL;
      g_autofree char *warning = NULL;

      files_write (gif, bytes, left);
      decoded = decode (f->decoder, &ask, NULL);
      warning = baton_decoded_warning (decoded);
      g_assert_true ((warning != NULL) == (left < size - 1));
      g_assert_true ((decoded->frames == 6) == (left == size - 1));
    }
}

static void
test_locked (DecodeFixture *f, gconstpointer data)
{
  g_autofree char *pdf =
      g_strdup_printf ("%%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 "
                       "R]/Count 1>>endobj\n"
                       "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
                       "4 0 obj<</Filter/Standard/V 1/R 2/O<%064d>/U<%064d>/P -4>>endobj\n"
                       "trailer<</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<30><30>]>>\n%%%%EOF\n",
          1, 2);
  g_autofree char *path = files_write_text (f->folder, "locked.pdf", pdf);
  BatonDecodeAsk ask = { .path = path, .what = BATON_DECODE_PICTURE };
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonDecoded) decoded = decode (f->decoder, &ask, &error);

  g_assert_error (error, BATON_DECODER_ERROR, (int) BATON_DECODE_LOCKED);
}

static void
test_text (DecodeFixture *f, gconstpointer data)
{
  static const struct
  {
    const char *bytes;
    gsize size;
    const char *wanted;
    const char *format;
  } texts[] = {
    { "Grüße\n", 8, "Grüße\n", "UTF-8" },
    { "\xef\xbb\xbfgo", 5, "go", "UTF-8" },
    { "\xff\xfeG\0o\0", 6, "Go", "UTF-16LE" },
    { "\xfe\xff\0G\0o", 6, "Go", "UTF-16BE" },
    { "Gr\xfc\xdf \x80", 6, "Grüß €", "Windows-1252" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *path = g_build_filename (f->folder, "a.txt", NULL);
      BatonDecodeAsk ask = { .path = path, .what = BATON_DECODE_WORDS };
      g_autoptr (BatonDecoded) decoded = NULL;

      files_write (path, texts[i].bytes, texts[i].size);
      decoded = decode (f->decoder, &ask, NULL);
      g_assert_nonnull (decoded);
      g_assert_cmpmem (g_bytes_get_data (decoded->text, NULL), g_bytes_get_size (decoded->text),
          texts[i].wanted, strlen (texts[i].wanted));
      g_assert_cmpstr (decoded->format, ==, texts[i].format);
    }
}

/* Cut in the middle of a character, said, and still UTF-8. */
static void
test_long_text (DecodeFixture *f, gconstpointer data)
{
  gsize n = BATON_DECODE_TEXT + 4001;
  g_autofree char *bytes = g_malloc (n + 1);
  g_autofree char *path = g_build_filename (f->folder, "a.txt", NULL);
  BatonDecodeAsk ask = { .path = path, .what = BATON_DECODE_WORDS };
  g_autoptr (BatonDecoded) decoded = NULL;
  g_autofree char *warning = NULL;

  bytes[0] = 'x';
  for (gsize i = 1; i + 1 < n; i += 2)
    memcpy (bytes + i, "ü", 2);
  files_write (path, bytes, n);
  decoded = decode (f->decoder, &ask, NULL);
  g_assert_nonnull (decoded);
  warning = baton_decoded_warning (decoded);
  g_assert_nonnull (warning);
  g_assert_cmpuint (g_bytes_get_size (decoded->text), <=, BATON_DECODE_TEXT);
  g_assert_cmpuint (g_bytes_get_size (decoded->text), >, BATON_DECODE_TEXT - 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (g_getenv ("BATON_DECODE") == NULL)
    g_error ("BATON_DECODE names the helper");
  DECODE_ADD ("kinds", test_kinds);
  DECODE_ADD ("alpha", test_alpha);
  DECODE_ADD ("webp", test_webp);
  DECODE_ADD ("orientation", test_orientation);
  DECODE_ADD ("exactly", test_exactly);
  DECODE_ADD ("drawing", test_drawing);
  DECODE_ADD ("odd-drawings", test_odd_drawings);
  DECODE_ADD ("drawing-without-size", test_drawing_without_size);
  DECODE_ADD ("pages", test_pages);
  DECODE_ADD ("tiff-pages", test_tiff_pages);
  DECODE_ADD ("animation", test_animation);
  DECODE_ADD ("cut-animation", test_cut_animation);
  DECODE_ADD ("locked", test_locked);
  DECODE_ADD ("text", test_text);
  DECODE_ADD ("long-text", test_long_text);
  return g_test_run ();
}
