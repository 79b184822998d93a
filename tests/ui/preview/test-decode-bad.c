/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "decode-fixture.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Files that are broken, that lie, and that want to do harm. */

static char *
make (DecodeFixture *f, guint kind)
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
test_broken (DecodeFixture *f, gconstpointer data)
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
test_empty_and_mislabelled (DecodeFixture *f, gconstpointer data)
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

      g_assert_cmpint (decode_refusal (f, path), ==, BATON_DECODE_EMPTY);
      files_write (other, noise, 5000);
      g_assert_cmpint (decode_refusal (f, other), ==, BATON_DECODE_UNKNOWN);
      /* The name says one thing, the file is another: the file is right. */
      g_unlink (path);
      png = files_picture (f->folder, names[i], "png", 64, 64, FALSE);
      decoded = decode_path (f, png, 0, 0, 0);
      decode_assert_picture (decoded, 64, 64);
    }
  g_assert_cmpint (decode_refusal (f, missing), ==, BATON_DECODE_NO_FILE);
  g_assert_cmpint (decode_refusal (f, f->folder), ==, BATON_DECODE_NO_FILE);
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);
  g_assert_cmpint (decode_refusal (f, fifo), ==, BATON_DECODE_NO_FILE);
}

static void
test_bombs (DecodeFixture *f, gconstpointer data)
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

  g_assert_cmpint (decode_refusal (f, png), ==, BATON_DECODE_TOO_LARGE);
  status = decode_refusal (f, wide);
  g_assert_true (status == BATON_DECODE_TOO_LARGE || status == BATON_DECODE_DAMAGED);

  for (int i = 1; i < 30; i++)
    g_string_append_printf (laughs, "<!ENTITY a%d \"&a%d;&a%d;&a%d;&a%d;\">", i, i - 1, i - 1, i - 1, i - 1);
  g_string_append (laughs,
      "]><svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><text>&a29;</text></svg>");
  svg = files_write_text (f->folder, "laughs.svg", laughs->str);
  status = decode_refusal (f, svg);
  g_assert_true (status == BATON_DECODE_DAMAGED || status == BATON_DECODE_NO_MEMORY ||
                 status == BATON_DECODE_TIMEOUT || status == BATON_DECODE_CRASHED);

  frames = decode_path (f, gif, 0, 0, 0);
  g_assert_cmpint (frames->frames, ==, BATON_DECODE_FRAMES);
  warning = baton_decoded_warning (frames);
  g_assert_nonnull (warning);
  last = decode_path (f, gif, BATON_DECODE_FRAMES - 1, 0, 0);
  g_assert_cmpint ((int) (decode_pixel_at (last, 0.5, 0.5) & 0xff), ==, (BATON_DECODE_FRAMES - 1) % 100 * 2);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 60 * G_USEC_PER_SEC);
}

/* A picture beside it that the drawing names must not be read. */
static void
test_outside_references (DecodeFixture *f, gconstpointer data)
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
      g_assert_cmphex (decode_pixel_at (decoded, at, at), ==, 0);
      if (other != NULL)
        g_assert_cmphex (decode_pixel_at (other, at, 0.6), ==, 0);
    }
}

/* A hundred thousand pages, each of its own. */
static void
test_many_pages (DecodeFixture *f, gconstpointer data)
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

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (g_getenv ("BATON_DECODE") == NULL)
    g_error ("BATON_DECODE names the helper");
  DECODE_ADD ("broken", test_broken);
  DECODE_ADD ("empty-and-mislabelled", test_empty_and_mislabelled);
  DECODE_ADD ("bombs", test_bombs);
  DECODE_ADD ("outside-references", test_outside_references);
  DECODE_ADD ("many-pages", test_many_pages);
  return g_test_run ();
}
