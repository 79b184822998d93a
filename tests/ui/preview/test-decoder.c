/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "decoder.h"
#include "files.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct
{
  BatonDecoder *decoder;
  char *folder;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->decoder = baton_decoder_new (g_getenv ("BATON_DECODE"));
  f->folder = files_folder_new ();
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_clear_object (&f->decoder);
  files_folder_remove (g_steal_pointer (&f->folder));
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static BatonDecoded *
decode (BatonDecoder *decoder, const BatonDecodeAsk *ask, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  baton_decoder_decode_async (decoder, ask, BATON_DECODE_NOW, NULL, done_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return baton_decoder_decode_finish (decoder, result, error);
}

static BatonDecoded *
decode_path (Fixture *f, const char *path, int page, int width, int height)
{
  BatonDecodeAsk ask = { .path = path, .page = page, .frame = page, .width = width, .height = height };
  g_autoptr (GError) error = NULL;
  BatonDecoded *decoded = decode (f->decoder, &ask, &error);

  g_assert_no_error (error);
  return decoded;
}

static BatonDecodeStatus
refusal (Fixture *f, const char *path)
{
  BatonDecodeAsk ask = { .path = path, .width = 400, .height = 400 };
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonDecoded) decoded = decode (f->decoder, &ask, &error);

  g_assert_null (decoded);
  g_assert_true (error->domain == BATON_DECODER_ERROR);
  g_assert_cmpstr (error->message, !=, "");
  return (BatonDecodeStatus) error->code;
}

static guint32
pixel_at (BatonDecoded *decoded, double along, double down)
{
  cairo_surface_t *surface = baton_picture_surface (decoded->picture);
  int x = (int) (along * cairo_image_surface_get_width (surface));
  int y = (int) (down * cairo_image_surface_get_height (surface));
  const guchar *row = cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface);

  return ((const guint32 *) row)[x];
}

static void
assert_color (BatonDecoded *decoded, double along, double down, guint32 wanted)
{
  guint32 found = pixel_at (decoded, along, down);

  for (int shift = 0; shift < 32; shift += 8)
    {
      int difference = (int) (found >> shift & 0xff) - (int) (wanted >> shift & 0xff);

      if (ABS (difference) > 12)
        g_error ("at %g, %g: found %08x, wanted %08x", along, down, found, wanted);
    }
}

/* What files_picture has drawn. */
static void
assert_picture (BatonDecoded *decoded, int full_width, int full_height)
{
  g_assert_cmpint (baton_picture_width (decoded->picture), ==, full_width);
  g_assert_cmpint (baton_picture_height (decoded->picture), ==, full_height);
  assert_color (decoded, 0.3, 0.1, 0xffffffff);
  assert_color (decoded, 0.2, 0.7, 0xffff0000);
}

static void
test_kinds (Fixture *f, gconstpointer data)
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

      assert_picture (whole, 640, 400);
      assert_color (whole, 0.8, 0.7, 0xff0000ff);
      g_assert_true (baton_picture_is_opaque (whole->picture));
      g_assert_cmpfloat (baton_picture_detail (whole->picture), ==, 1);
      assert_picture (small, 640, 400);
      g_assert_cmpfloat (baton_picture_detail (small->picture), <, 0.33);
      g_assert_cmpfloat (baton_picture_detail (small->picture), >=, 0.15);
      g_assert_cmpstr (whole->format, ==, kinds[i].format);
      g_assert_true (g_str_has_prefix (facts, "640 × 400"));
      g_assert_null (baton_decoded_warning (whole));
    }
}

static void
test_alpha (Fixture *f, gconstpointer data)
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
      assert_picture (decoded, 64, 64);
      /* Multiplied in. */
      assert_color (decoded, 0.8, 0.7, 0x80000080);
    }
}

static void
test_webp (Fixture *f, gconstpointer data)
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
  assert_picture (whole, 640, 400);
  assert_picture (small, 640, 400);
  g_assert_cmpstr (whole->format, ==, "WebP");
}

/* Whatever the camera held, the white quarter ends up on top. */
static void
test_orientation (Fixture *f, gconstpointer data)
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
          assert_color (decoded, white[i][0], white[i][1], 0xffffffff);
          assert_color (decoded, red[i][0], red[i][1], 0xffff0000);
        }
    }
}

static void
test_exactly (Fixture *f, gconstpointer data)
{
  g_autofree char *path = files_jpeg_turned (f->folder, "a.jpg", 1000, 600, 6);
  BatonDecodeAsk ask = { .path = path, .flags = BATON_DECODE_EXACTLY, .width = 90, .height = 90 };
  g_autoptr (BatonDecoded) decoded = decode (f->decoder, &ask, NULL);
  cairo_surface_t *surface = baton_picture_surface (decoded->picture);

  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, 54);
  g_assert_cmpint (cairo_image_surface_get_height (surface), ==, 90);
}

static void
test_drawing (Fixture *f, gconstpointer data)
{
  g_autofree char *path = files_svg (f->folder, "a.svg", 40, 20);
  g_autoptr (BatonDecoded) own = decode_path (f, path, 0, 0, 0);
  g_autoptr (BatonDecoded) large = decode_path (f, path, 0, 800, 800);

  g_assert_cmpint (baton_picture_width (own->picture), ==, 40);
  g_assert_cmpint (baton_picture_height (own->picture), ==, 20);
  g_assert_true (own->flags & BATON_DECODED_VECTOR);
  g_assert_false (baton_picture_is_opaque (own->picture));
  g_assert_cmpfloat (baton_picture_detail (large->picture), ==, 20);
  assert_color (large, 0.2, 0.5, 0xffff0000);
  assert_color (large, 0.8, 0.5, 0);
}

static void
test_pages (Fixture *f, gconstpointer data)
{
  g_autofree char *path = files_pdf (f->folder, "a.pdf", 5);

  for (int page = 0; page < 5; page++)
    {
      g_autoptr (BatonDecoded) decoded = decode_path (f, path, page, 600, 600);

      g_assert_cmpint (decoded->pages, ==, 5);
      g_assert_cmpint (baton_picture_width (decoded->picture), ==, 793);
      assert_color (decoded, (page + 0.8) / 5, 0.02, 0xff193399);
      if (page < 4)
        assert_color (decoded, (page + 1.2) / 5, 0.02, 0xffffffff);
    }
  {
    BatonDecodeAsk ask = { .path = path, .page = 5, .width = 100, .height = 100 };
    g_autoptr (GError) error = NULL;

    g_assert_null (decode (f->decoder, &ask, &error));
    g_assert_error (error, BATON_DECODER_ERROR, (int) BATON_DECODE_NO_PAGE);
  }
}

static void
test_tiff_pages (Fixture *f, gconstpointer data)
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
  assert_picture (one, 64, 40);
  assert_picture (two, 30, 90);
}

static void
assert_frames (Fixture *f, const char *path, int n)
{
  static const int order[] = { 0, 1, 2, 5, 3, 0, 5 };

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      g_autoptr (BatonDecoded) decoded = decode_path (f, path, order[i], 0, 0);
      guint32 grey = (guint32) order[i] * 2;

      g_assert_cmpint (decoded->frames, ==, n);
      g_assert_cmpint (baton_picture_width (decoded->picture), ==, 16);
      assert_color (decoded, 0.5, 0.5, 0xff000000u | grey << 16 | grey << 8 | grey);
      g_assert_cmpint (decoded->delay, >=, 10);
      /* Neighbours differ by less than assert_color forgives. */
      g_assert_cmpint (ABS ((int) (pixel_at (decoded, 0.5, 0.5) & 0xff) - (int) grey), <=, 1);
    }
}

static void
test_animation (Fixture *f, gconstpointer data)
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
test_cut_animation (Fixture *f, gconstpointer data)
{
  g_autofree char *gif = files_gif (f->folder, "a.gif", 6), *bytes = NULL;
  BatonDecodeAsk ask = { .path = gif, .what = BATON_DECODE_PICTURE };
  gsize size;

  g_assert_true (g_file_get_contents (gif, &bytes, &size, NULL));
  for (gsize left = size - 1; left > size / 2; left = left * 2 / 3)
    {
      g_autoptr (BatonDecoded) decoded = NULL;

      g_unlink (gif);
      files_write (gif, bytes, left);
      decoded = decode (f->decoder, &ask, NULL);
      g_assert_true ((baton_decoded_warning (decoded) != NULL) == (left < size - 1));
      g_assert_true ((decoded->frames == 6) == (left == size - 1));
    }
}

static void
test_locked (Fixture *f, gconstpointer data)
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

  g_assert_null (decode (f->decoder, &ask, &error));
  g_assert_error (error, BATON_DECODER_ERROR, (int) BATON_DECODE_LOCKED);
}

static void
test_text (Fixture *f, gconstpointer data)
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
test_long_text (Fixture *f, gconstpointer data)
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

static char *
make (Fixture *f, guint kind)
{
  g_autofree char *png = NULL;
  g_autofree char *gif = NULL;

  switch (kind)
    {
    case 0:
      return files_picture (f->folder, "whole.png", "png", 300, 200, TRUE);
    case 1:
      return files_picture (f->folder, "whole.jpg", "jpeg", 300, 200, FALSE);
    case 2:
      return files_picture (f->folder, "whole.tif", "tiff", 300, 200, FALSE);
    case 3:
      return files_gif (f->folder, "whole.gif", 6);
    case 4:
      return files_pdf (f->folder, "whole.pdf", 3);
    case 5:
      return files_svg (f->folder, "whole.svg", 300, 200);
    case 6:
      png = files_picture (f->folder, "for-webp.png", "png", 300, 200, TRUE);
      return files_webp (f->folder, "whole.webp", png);
    case 7:
      gif = files_gif (f->folder, "for-webp.gif", 6);
      return files_webp_animated (f->folder, "whole-animated.webp", gif);
    default:
      return NULL;
    }
}

/* Cut anywhere, or with bytes turned over: an answer in words or what could be read, never a crash or a wait.
 */
static void
test_broken (Fixture *f, gconstpointer data)
{
  guint32 seed = (guint32) g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  guint crashed = 0;

  g_test_message ("seed %u", seed);
  for (guint kind = 0; kind < 8; kind++)
    {
      g_autofree char *whole = make (f, kind);
      g_autofree char *bytes = NULL;
      gsize size;

      if (whole == NULL)
        continue;
      g_assert_true (g_file_get_contents (whole, &bytes, &size, NULL));
      for (int round = 0; round < 40; round++)
        {
          g_autofree char *path = g_build_filename (f->folder, "broken", NULL);
          g_autofree char *copy = g_memdup2 (bytes, size);
          gsize length = round % 2 == 0 ? (gsize) (g_rand_double (rand) * (double) size) : size;
          BatonDecodeAsk ask = { .path = path, .width = 200, .height = 200 };
          g_autoptr (GError) error = NULL;
          g_autoptr (BatonDecoded) decoded = NULL;

          for (int i = 0; round % 2 == 1 && i < 1 + round / 4; i++)
            copy[(gsize) (g_rand_double (rand) * (double) size)] = (char) g_rand_int (rand);
          g_unlink (path);
          files_write (path, copy, length);
          decoded = decode (f->decoder, &ask, &error);
          g_assert_true ((decoded == NULL) == (error != NULL));
          crashed += g_error_matches (error, BATON_DECODER_ERROR, (int) BATON_DECODE_CRASHED);
          g_assert_false (g_error_matches (error, BATON_DECODER_ERROR, (int) BATON_DECODE_NO_HELPER));
        }
    }
  g_test_message ("%u of the broken files ended the helper", crashed);
  g_assert_cmpuint (crashed, <, 5);
}

static void
test_empty_and_mislabelled (Fixture *f, gconstpointer data)
{
  static const char *const names[] = { "a.png", "a.jpg", "a.webp", "a.gif", "a.svg", "a.tif", "a.pdf",
    "a.txt" };
  g_autofree char *noise = g_malloc (5000);
  g_autofree char *missing = g_build_filename (f->folder, "missing", NULL);
  g_autofree char *fifo = g_build_filename (f->folder, "fifo", NULL);

  for (int i = 0; i < 5000; i++)
    noise[i] = (char) (i * 7919 >> 3);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = files_write_text (f->folder, names[i], "");
      g_autofree char *other = g_strconcat (path, "-other", NULL);
      g_autofree char *png = NULL;
      g_autoptr (BatonDecoded) decoded = NULL;

      g_assert_cmpint (refusal (f, path), ==, BATON_DECODE_EMPTY);
      files_write (other, noise, 5000);
      g_assert_cmpint (refusal (f, other), ==, BATON_DECODE_UNKNOWN);
      /* The name says one thing, the file is another: the file is right. */
      g_unlink (path);
      png = files_picture (f->folder, names[i], "png", 64, 64, FALSE);
      decoded = decode_path (f, png, 0, 0, 0);
      assert_picture (decoded, 64, 64);
    }
  g_assert_cmpint (refusal (f, missing), ==, BATON_DECODE_NO_FILE);
  g_assert_cmpint (refusal (f, f->folder), ==, BATON_DECODE_NO_FILE);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  g_assert_cmpint (refusal (f, fifo), ==, BATON_DECODE_NO_FILE);
}

static void
test_bombs (Fixture *f, gconstpointer data)
{
  static const char head[] = "<!DOCTYPE svg [<!ENTITY a0 \"ha\">";
  g_autofree char *png = files_png_header (f->folder, "bomb.png", 100000, 100000);
  g_autofree char *wide = files_png_header (f->folder, "wide.png", 0x7fffffff, 1);
  g_autofree char *gif = files_gif (f->folder, "endless.gif", 20000);
  g_autoptr (GString) laughs = g_string_new (head);
  g_autofree char *svg = NULL;
  g_autoptr (BatonDecoded) frames = NULL;
  g_autoptr (BatonDecoded) last = NULL;
  g_autofree char *warning = NULL;
  gint64 start = g_get_monotonic_time ();
  BatonDecodeStatus status;

  g_assert_cmpint (refusal (f, png), ==, BATON_DECODE_TOO_LARGE);
  status = refusal (f, wide);
  g_assert_true (status == BATON_DECODE_TOO_LARGE || status == BATON_DECODE_DAMAGED);

  for (int i = 1; i < 30; i++)
    g_string_append_printf (laughs, "<!ENTITY a%d \"&a%d;&a%d;&a%d;&a%d;\">", i, i - 1, i - 1, i - 1, i - 1);
  g_string_append (laughs,
      "]><svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><text>&a29;</text></svg>");
  svg = files_write_text (f->folder, "laughs.svg", laughs->str);
  status = refusal (f, svg);
  g_assert_true (status == BATON_DECODE_DAMAGED || status == BATON_DECODE_NO_MEMORY ||
                 status == BATON_DECODE_TIMEOUT || status == BATON_DECODE_CRASHED);

  frames = decode_path (f, gif, 0, 0, 0);
  g_assert_cmpint (frames->frames, ==, BATON_DECODE_FRAMES);
  warning = baton_decoded_warning (frames);
  g_assert_nonnull (warning);
  last = decode_path (f, gif, BATON_DECODE_FRAMES - 1, 0, 0);
  g_assert_cmpint ((int) (pixel_at (last, 0.5, 0.5) & 0xff), ==, (BATON_DECODE_FRAMES - 1) % 100 * 2);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 60 * G_USEC_PER_SEC);
}

/* A picture beside it that the drawing names must not be read. */
static void
test_outside_references (Fixture *f, gconstpointer data)
{
  g_autofree char *png = files_picture (f->folder, "secret.png", "png", 64, 64, FALSE);
  g_autofree char *text = g_strdup_printf (
      "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"64\" "
      "height=\"64\"><image width=\"64\" height=\"64\" xlink:href=\"secret.png\"/><image width=\"64\" "
      "height=\"64\" "
      "href=\"file://%s\"/><image width=\"64\" height=\"64\" href=\"http://127.0.0.1:9/x.png\"/></svg>",
      png);
  g_autofree char *svg = files_write_text (f->folder, "a.svg", text);
  g_autofree char *xxe_text =
      g_strdup_printf ("<!DOCTYPE svg [<!ENTITY x SYSTEM \"file://%s\">]>"
                       "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"64\" height=\"64\"><text y=\"40\" "
                       "font-size=\"40\">&x;</text></svg>",
          svg);
  g_autofree char *xxe = files_write_text (f->folder, "xxe.svg", xxe_text);
  BatonDecodeAsk ask = { .path = xxe, .width = 64, .height = 64 };
  g_autoptr (BatonDecoded) decoded = decode_path (f, svg, 0, 0, 0);
  g_autoptr (BatonDecoded) other = decode (f->decoder, &ask, NULL);

  for (double at = 0.02; at < 1; at += 0.05)
    {
      g_assert_cmphex (pixel_at (decoded, at, at), ==, 0);
      if (other != NULL)
        g_assert_cmphex (pixel_at (other, at, 0.6), ==, 0);
    }
}

/* A hundred thousand pages, each of its own. */
static void
test_many_pages (Fixture *f, gconstpointer data)
{
  const guint n = 100000;
  g_autoptr (GString) pdf = g_string_new ("%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n");
  g_autoptr (GString) table = g_string_new (NULL);
  g_autofree char *path = g_build_filename (f->folder, "many.pdf", NULL);
  g_autoptr (BatonDecoded) decoded = NULL;
  gsize xref;

  g_string_append_printf (table, "0000000000 65535 f \n%010d 00000 n \n%010d 00000 n \n", 9, (int) pdf->len);
  g_string_append_printf (pdf, "2 0 obj <</Type/Pages/Count %u/Kids[", n);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (pdf, "%u 0 R ", i + 3);
  g_string_append (pdf, "]>> endobj\n");
  for (guint i = 0; i < n; i++)
    {
      g_string_append_printf (table, "%010" G_GSIZE_FORMAT " 00000 n \n", pdf->len);
      g_string_append_printf (
          pdf, "%u 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>> endobj\n", i + 3);
    }
  xref = pdf->len;
  g_string_append_printf (pdf,
      "xref\n0 %u\n%strailer <</Size %u/Root 1 0 R>>\nstartxref\n%" G_GSIZE_FORMAT "\n%%%%EOF\n", n + 3,
      table->str, n + 3, xref);
  files_write (path, pdf->str, pdf->len);
  decoded = decode_path (f, path, 0, 100, 100);
  g_assert_cmpint (decoded->pages, ==, BATON_DECODE_PAGES);
  g_assert_true (decoded->flags & BATON_DECODED_CUT);
}

static void
test_killed (Fixture *f, gconstpointer data)
{
  g_autofree char *path = files_picture (f->folder, "a.png", "png", 2000, 2000, FALSE);

  for (int i = 0; i < 5; i++)
    {
      BatonDecodeAsk ask = { .path = path, .width = 400, .height = 400 };
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (BatonDecoded) decoded = NULL;
      g_autoptr (BatonDecoded) again = NULL;
      g_autoptr (GError) error = NULL;

      baton_decoder_decode_async (f->decoder, &ask, BATON_DECODE_NOW, NULL, done_cb, &result);
      for (int turn = 0; turn < i * 3 && result == NULL; turn++)
        g_main_context_iteration (NULL, FALSE);
      baton_decoder_kill (f->decoder);
      while (result == NULL)
        g_main_context_iteration (NULL, TRUE);
      decoded = baton_decoder_decode_finish (f->decoder, result, &error);
      if (decoded == NULL)
        g_assert_error (error, BATON_DECODER_ERROR, (int) BATON_DECODE_CRASHED);
      again = decode (f->decoder, &ask, NULL);
      g_assert_nonnull (again);
    }
}

/* A helper that says hello and then nothing, one that ends at once, one that is not there. */
static void
test_bad_helpers (Fixture *f, gconstpointer data)
{
  g_autofree char *path = files_picture (f->folder, "a.png", "png", 64, 64, FALSE);
  BatonDecodeAsk ask = { .path = path };
  g_autofree char *ends = files_write_text (f->folder, "ends", "#!/bin/sh\nexit 1\n");
  g_autofree char *missing = g_build_filename (f->folder, "missing", NULL);
  const char *helpers[] = { ends, missing };

  g_chmod (ends, 0755);
  for (guint i = 0; i < G_N_ELEMENTS (helpers); i++)
    {
      g_autoptr (BatonDecoder) decoder = baton_decoder_new (helpers[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (decode (decoder, &ask, &error));
      g_assert_error (error, BATON_DECODER_ERROR, (int) BATON_DECODE_NO_HELPER);
    }
  {
    g_autoptr (BatonDecoder) decoder = baton_decoder_new (g_getenv ("BATON_HUNG_DECODER"));
    g_autoptr (GError) error = NULL;
    gint64 start = g_get_monotonic_time ();

    baton_decoder_set_timeout (decoder, 300);
    g_assert_null (decode (decoder, &ask, &error));
    g_assert_error (error, BATON_DECODER_ERROR, (int) BATON_DECODE_TIMEOUT);
    g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_USEC_PER_SEC);
  }
}

static void
test_without_bwrap (Fixture *f, gconstpointer data)
{
  g_autofree char *path = files_pdf (f->folder, "a.pdf", 1);
  g_autoptr (BatonDecoded) decoded = NULL;

  baton_decoder_set_sandbox (f->decoder, FALSE);
  decoded = decode_path (f, path, 0, 300, 300);
  g_assert_nonnull (decoded);
  g_assert_false (baton_decoder_is_sandboxed (f->decoder));
}

/* A bubblewrap that is there but not allowed, as in containers and where user namespaces are switched off. */
static void
test_bwrap_refused (Fixture *f, gconstpointer data)
{
  g_autofree char *path = files_picture (f->folder, "a.png", "png", 200, 200, FALSE);
  g_autofree char *refused = files_write_text (f->folder, "bwrap", "#!/bin/sh\nexit 1\n");
  g_autofree char *before = g_strdup (g_getenv ("PATH"));
  g_autofree char *with = g_strdup_printf ("%s:%s", f->folder, before);
  g_autoptr (BatonDecoder) decoder = NULL;
  GAsyncResult *results[6] = { NULL };
  BatonDecodeAsk ask = { .path = path, .width = 100, .height = 100 };

  g_chmod (refused, 0755);
  g_setenv ("PATH", with, TRUE);
  decoder = baton_decoder_new (g_getenv ("BATON_DECODE"));
  g_setenv ("PATH", before, TRUE);
  g_assert_true (baton_decoder_is_sandboxed (decoder));
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    baton_decoder_decode_async (decoder, &ask, BATON_DECODE_NOW, NULL, done_cb, &results[i]);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BatonDecoded) decoded = NULL;

      while (results[i] == NULL)
        g_main_context_iteration (NULL, TRUE);
      decoded = baton_decoder_decode_finish (decoder, results[i], &error);
      g_assert_no_error (error);
      g_assert_nonnull (decoded);
      g_object_unref (results[i]);
    }
  g_assert_false (baton_decoder_is_sandboxed (decoder));
}

static void
test_cancel_and_order (Fixture *f, gconstpointer data)
{
  g_autofree char *path = files_picture (f->folder, "a.png", "png", 1500, 1500, FALSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *results[12] = { NULL };
  BatonDecodeAsk ask = { .path = path, .width = 100, .height = 100 };
  guint done = 0;

  for (guint i = 0; i < 10; i++)
    baton_decoder_decode_async (f->decoder, &ask, BATON_DECODE_LATER, cancellable, done_cb, &results[i]);
  baton_decoder_decode_async (f->decoder, &ask, BATON_DECODE_NOW, NULL, done_cb, &results[10]);
  while (results[10] == NULL)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < 10; i++)
    done += results[i] != NULL;
  /* Two may have been on their way already. */
  g_assert_cmpuint (done, <=, 3);
  g_cancellable_cancel (cancellable);
  baton_decoder_decode_async (f->decoder, &ask, BATON_DECODE_NOW, NULL, done_cb, &results[11]);
  for (guint i = 0; i < 12; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BatonDecoded) decoded = NULL;

      while (results[i] == NULL)
        g_main_context_iteration (NULL, TRUE);
      decoded = baton_decoder_decode_finish (f->decoder, results[i], &error);
      if (i >= 10)
        g_assert_nonnull (decoded);
      else if (decoded == NULL)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_object_unref (results[i]);
    }
}

static void
test_kept (Fixture *f, gconstpointer data)
{
  g_autofree char *path = files_picture (f->folder, "a.png", "png", 300, 300, FALSE);
  BatonDecodeAsk ask = { .path = path, .key = "hash-of-it", .width = 100, .height = 100 };
  g_autoptr (BatonDecoded) first = NULL;
  g_autoptr (BatonDecoded) kept = NULL;

  g_assert_null (baton_decoder_peek (f->decoder, &ask));
  first = decode (f->decoder, &ask, NULL);
  g_unlink (path);
  kept = baton_decoder_peek (f->decoder, &ask);
  g_assert_true (kept == first);
  ask.page = 1;
  g_assert_null (baton_decoder_peek (f->decoder, &ask));
}

#define ADD(name, func) g_test_add ("/preview/decoder/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (g_getenv ("BATON_DECODE") == NULL)
    g_error ("BATON_DECODE names the helper");
  ADD ("kinds", test_kinds);
  ADD ("alpha", test_alpha);
  ADD ("webp", test_webp);
  ADD ("orientation", test_orientation);
  ADD ("exactly", test_exactly);
  ADD ("drawing", test_drawing);
  ADD ("pages", test_pages);
  ADD ("tiff-pages", test_tiff_pages);
  ADD ("animation", test_animation);
  ADD ("cut-animation", test_cut_animation);
  ADD ("locked", test_locked);
  ADD ("text", test_text);
  ADD ("long-text", test_long_text);
  ADD ("broken", test_broken);
  ADD ("empty-and-mislabelled", test_empty_and_mislabelled);
  ADD ("bombs", test_bombs);
  ADD ("outside-references", test_outside_references);
  ADD ("many-pages", test_many_pages);
  ADD ("killed", test_killed);
  ADD ("bad-helpers", test_bad_helpers);
  ADD ("without-bwrap", test_without_bwrap);
  ADD ("bwrap-refused", test_bwrap_refused);
  ADD ("cancel-and-order", test_cancel_and_order);
  ADD ("kept", test_kept);
  return g_test_run ();
}
