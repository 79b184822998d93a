/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "files.h"

#include <cairo-pdf.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

char *
files_folder_new (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("baton-preview-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

void
files_folder_remove (char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        files_folder_remove (g_strdup (path));
      else
        g_unlink (path);
    }
  g_rmdir (folder);
  g_free (folder);
}

void
files_write (const char *path, gconstpointer data, gsize size)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, data, (gssize) size, &error);
  g_assert_no_error (error);
}

char *
files_write_text (const char *folder, const char *name, const char *text)
{
  char *path = g_build_filename (folder, name, NULL);

  files_write (path, text, strlen (text));
  return path;
}

char *
files_cut (const char *path, const char *name, double share)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *data = NULL;
  char *cut = g_build_filename (folder, name, NULL);
  gsize size;

  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  files_write (cut, data, (gsize) ((double) size * share));
  return cut;
}

static GdkPixbuf *
make_pixbuf (int width, int height, gboolean alpha)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, alpha, 8, width, height);
  g_autoptr (GdkPixbuf) right = NULL;
  g_autoptr (GdkPixbuf) top = NULL;

  gdk_pixbuf_fill (pixbuf, 0xff0000ff);
  right = gdk_pixbuf_new_subpixbuf (pixbuf, width / 2, 0, width - width / 2, height);
  gdk_pixbuf_fill (right, alpha ? 0x0000ff80 : 0x0000ffff);
  top = gdk_pixbuf_new_subpixbuf (pixbuf, 0, 0, width, MAX (height / 4, 1));
  gdk_pixbuf_fill (top, 0xffffffff);
  return pixbuf;
}

char *
files_picture (const char *folder, const char *name, const char *type, int width, int height, gboolean alpha)
{
  g_autoptr (GdkPixbuf) pixbuf = make_pixbuf (width, height, alpha);
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (folder, name, NULL);

  if (g_str_equal (type, "jpeg"))
    gdk_pixbuf_save (pixbuf, path, type, &error, "quality", "95", NULL);
  else
    gdk_pixbuf_save (pixbuf, path, type, &error, NULL);
  g_assert_no_error (error);
  return path;
}

/* EXIF with one entry goes behind the two bytes that begin the file. */
char *
files_jpeg_turned (const char *folder, const char *name, int width, int height, int orientation)
{
  guint8 exif[] = { 0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01,
    0x12, 0, 3, 0, 0, 0, 1, 0, (guint8) orientation, 0, 0, 0, 0, 0, 0 };
  char *path = files_picture (folder, name, "jpeg", width, height, FALSE);
  g_autoptr (GByteArray) whole = g_byte_array_new ();
  g_autofree char *data = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  g_byte_array_append (whole, (const guint8 *) data, 2);
  g_byte_array_append (whole, exif, sizeof exif);
  g_byte_array_append (whole, (const guint8 *) data + 2, (guint) size - 2);
  files_write (path, whole->data, whole->len);
  return path;
}

/* A4; page n has n in large figures, and a bar that tells it. */
char *
files_pdf (const char *folder, const char *name, int pages)
{
  char *path = g_build_filename (folder, name, NULL);
  cairo_surface_t *surface = cairo_pdf_surface_create (path, 595, 842);
  cairo_t *cr = cairo_create (surface);

  for (int i = 0; i < pages; i++)
    {
      g_autofree char *number = g_strdup_printf ("%d", i + 1);

      cairo_set_source_rgb (cr, 0.1, 0.2, 0.6);
      cairo_rectangle (cr, 0, 0, 595.0 * (i + 1) / pages, 40);
      cairo_fill (cr);
      cairo_set_font_size (cr, 200);
      cairo_move_to (cr, 100, 400);
      cairo_show_text (cr, number);
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
  return path;
}

char *
files_svg (const char *folder, const char *name, int width, int height)
{
  g_autofree char *text = g_strdup_printf (
      "<?xml version=\"1.0\"?>\n<!-- made by a test -->\n"
      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 100 100\" "
      "preserveAspectRatio=\"none\"><rect width=\"50\" height=\"100\" fill=\"#ff0000\"/></svg>\n",
      width, height);

  return files_write_text (folder, name, text);
}

static void
put_be (GByteArray *array, guint32 value)
{
  guint32 big = GUINT32_TO_BE (value);

  g_byte_array_append (array, (const guint8 *) &big, 4);
}

static guint32
crc (const guint8 *data, gsize size)
{
  guint32 value = 0xffffffffu;

  for (gsize i = 0; i < size; i++)
    {
      value ^= data[i];
      for (int bit = 0; bit < 8; bit++)
        value = value & 1 ? 0xedb88320u ^ (value >> 1) : value >> 1;
    }
  return value ^ 0xffffffffu;
}

char *
files_png_header (const char *folder, const char *name, guint32 width, guint32 height)
{
  static const guint8 rest[] = { 8, 6, 0, 0, 0 };
  char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GByteArray) png = g_byte_array_new ();

  g_byte_array_append (png, (const guint8 *) "\x89PNG\r\n\x1a\n", 8);
  put_be (png, 13);
  g_byte_array_append (png, (const guint8 *) "IHDR", 4);
  put_be (png, width);
  put_be (png, height);
  g_byte_array_append (png, rest, sizeof rest);
  put_be (png, crc (png->data + 12, 17));
  put_be (png, 100);
  g_byte_array_append (png, (const guint8 *) "IDAT", 4);
  files_write (path, png->data, png->len);
  return path;
}

/* 16 × 16, codes that are cleared before the table grows, so that no compressor is needed. */
static void
add_gif_frame (GByteArray *gif, guint8 index)
{
  static const guint8 control[] = { 0x21, 0xf9, 4, 0, 5, 0, 0, 0 };
  static const guint8 frame[] = { 0x2c, 0, 0, 0, 0, 16, 0, 16, 0, 0, 7 };
  g_autoptr (GByteArray) codes = g_byte_array_new ();
  guint8 n;

  for (int i = 0; i < 256; i++)
    {
      static const guint8 reset = 0x80;

      if (i % 100 == 0)
        g_byte_array_append (codes, &reset, 1);
      g_byte_array_append (codes, &index, 1);
    }
  g_byte_array_append (codes, (const guint8 *) "\x81", 1);
  g_byte_array_append (gif, control, sizeof control);
  g_byte_array_append (gif, frame, sizeof frame);
  for (guint at = 0; at < codes->len; at += n)
    {
      n = (guint8) MIN (codes->len - at, 255);
      g_byte_array_append (gif, &n, 1);
      g_byte_array_append (gif, codes->data + at, n);
    }
  n = 0;
  g_byte_array_append (gif, &n, 1);
}

char *
files_gif (const char *folder, const char *name, int n)
{
  static const guint8 head[] = { 'G', 'I', 'F', '8', '9', 'a', 16, 0, 16, 0, 0xf6, 0, 0 };
  char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GByteArray) gif = g_byte_array_new ();

  g_byte_array_append (gif, head, sizeof head);
  for (int i = 0; i < 128; i++)
    {
      guint8 grey[3] = { (guint8) (2 * i), (guint8) (2 * i), (guint8) (2 * i) };

      g_byte_array_append (gif, grey, 3);
    }
  for (int i = 0; i < n; i++)
    add_gif_frame (gif, (guint8) (i % 100));
  g_byte_array_append (gif, (const guint8 *) "\x3b", 1);
  files_write (path, gif->data, gif->len);
  return path;
}

static gboolean
run (const char *const *argv)
{
  g_autofree char *program = g_find_program_in_path (argv[0]);
  g_autoptr (GSubprocess) process = NULL;

  if (program == NULL)
    {
      g_test_message ("%s is not installed: what it would have made is not tested", argv[0]);
      return FALSE;
    }
  process =
      g_subprocess_newv (argv, G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, NULL);
  return process != NULL && g_subprocess_wait_check (process, NULL, NULL);
}

char *
files_webp (const char *folder, const char *name, const char *png)
{
  char *path = g_build_filename (folder, name, NULL);

  if (run ((const char *const[]){ "cwebp", "-quiet", "-lossless", png, "-o", path, NULL }))
    return path;
  g_free (path);
  return NULL;
}

char *
files_webp_animated (const char *folder, const char *name, const char *gif)
{
  char *path = g_build_filename (folder, name, NULL);

  if (run ((const char *const[]){ "gif2webp", "-quiet", gif, "-o", path, NULL }))
    return path;
  g_free (path);
  return NULL;
}

char *
files_tiff_pages (const char *folder, const char *name, const char *first, const char *second)
{
  char *path = g_build_filename (folder, name, NULL);

  if (run ((const char *const[]){ "tiffcp", first, second, path, NULL }))
    return path;
  g_free (path);
  return NULL;
}

char *
files_video (const char *folder, const char *name, int seconds)
{
  char *path = g_build_filename (folder, name, NULL);
  g_autofree char *source = g_strdup_printf ("testsrc=size=320x180:rate=25:duration=%d", seconds);

  if (run ((const char *const[]){ "ffmpeg", "-loglevel", "quiet", "-y", "-f", "lavfi", "-i", source,
          "-pix_fmt", "yuv420p", path, NULL }))
    return path;
  g_free (path);
  return NULL;
}

static void
add_words (GPtrArray *words, const char *const *more)
{
  for (; more != NULL && *more != NULL; more++)
    g_ptr_array_add (words, g_strdup (*more));
}

/* Takes the words. */
static char *
ffmpeg (GPtrArray *words, const char *folder, const char *name)
{
  char *path = g_build_filename (folder, name, NULL);
  gboolean made;

  g_ptr_array_add (words, g_strdup (path));
  g_ptr_array_add (words, NULL);
  made = run ((const char *const *) words->pdata);
  g_ptr_array_unref (words);
  if (made)
    return path;
  g_free (path);
  return NULL;
}

char *
files_colours (const char *folder, const char *name)
{
  static const char *const colours[] = { "red", "0x00ff00", "blue", "white" };
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  add_words (words, (const char *const[]){ "ffmpeg", "-loglevel", "quiet", "-y", NULL });
  for (guint i = 0; i < G_N_ELEMENTS (colours); i++)
    {
      add_words (words, (const char *const[]){ "-f", "lavfi", "-i", NULL });
      g_ptr_array_add (words, g_strdup_printf ("color=c=%s:s=320x180:r=25:d=1", colours[i]));
    }
  add_words (words,
      (const char *const[]){ "-f", "lavfi", "-i",
          "aevalsrc=exprs=0.5*sin(440*2*PI*t)*mod(floor(t)\\,2):s=44100:d=4", "-filter_complex",
          "[0][1][2][3]concat=n=4[v]", "-map", "[v]", "-map", "4", "-pix_fmt", "yuv420p", "-g", "40", NULL });
  return ffmpeg (words, folder, name);
}

char *
files_convert (const char *path, const char *name, const char *const *options)
{
  g_autofree char *folder = g_path_get_dirname (path);
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);

  add_words (words, (const char *const[]){ "ffmpeg", "-loglevel", "quiet", "-y", "-i", path, NULL });
  add_words (words, options);
  return ffmpeg (words, folder, name);
}

char *
files_tone (const char *folder, const char *name, int seconds)
{
  char *path = g_build_filename (folder, name, NULL);
  g_autofree char *source = g_strdup_printf ("sine=frequency=440:duration=%d", seconds);

  if (run ((const char *const[]){
          "ffmpeg", "-loglevel", "quiet", "-y", "-f", "lavfi", "-i", source, path, NULL }))
    return path;
  g_free (path);
  return NULL;
}
