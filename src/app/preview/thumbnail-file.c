/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "thumbnail-file.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <utime.h>

static guint32
multiply (const guchar *p, int channels)
{
  guint alpha = channels == 4 ? p[3] : 255;

  return alpha << 24 | ((guint) p[0] * alpha + 127) / 255 << 16 | ((guint) p[1] * alpha + 127) / 255 << 8 |
         ((guint) p[2] * alpha + 127) / 255;
}

static BatonPicture *
picture_of (GdkPixbuf *pixbuf)
{
  int width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);
  int stride = gdk_pixbuf_get_rowstride (pixbuf), channels = gdk_pixbuf_get_n_channels (pixbuf);
  const guchar *from = gdk_pixbuf_read_pixels (pixbuf);
  guint32 *data = g_new (guint32, (gsize) width * (gsize) height);
  g_autoptr (GBytes) bytes = g_bytes_new_take (data, (gsize) width * (gsize) height * 4);

  for (int y = 0; y < height; y++)
    {
      const guchar *p = from + (gsize) y * (gsize) stride;

      for (int x = 0; x < width; x++, p += channels)
        *data++ = multiply (p, channels);
    }
  return baton_picture_new (bytes, width, height, width, height, channels == 3);
}

BatonPicture *
baton_thumbnail_file_read (const char *path)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new_from_file (path, NULL);

  if (pixbuf == NULL || MAX (gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf)) > 4096)
    return NULL;
  /* Used now, so the last to be pruned. */
  utime (path, NULL);
  return picture_of (pixbuf);
}

static GdkPixbuf *
pixbuf_of (BatonPicture *picture)
{
  cairo_surface_t *surface = baton_picture_surface (picture);
  int width = cairo_image_surface_get_width (surface), height = cairo_image_surface_get_height (surface);
  GdkPixbuf *pixbuf =
      gdk_pixbuf_new (GDK_COLORSPACE_RGB, !baton_picture_is_opaque (picture), 8, width, height);
  int stride = gdk_pixbuf_get_rowstride (pixbuf), channels = gdk_pixbuf_get_n_channels (pixbuf);

  for (int y = 0; y < height; y++)
    {
      const guint32 *from = (const guint32 *) (cairo_image_surface_get_data (surface) +
                                               y * cairo_image_surface_get_stride (surface));
      guchar *p = gdk_pixbuf_get_pixels (pixbuf) + y * stride;

      for (int x = 0; x < width; x++, p += channels)
        {
          guint alpha = from[x] >> 24;

          for (int c = 0; c < 3; c++)
            {
              guint value = from[x] >> (16 - 8 * c) & 0xff;

              p[c] = (guchar) (alpha == 255 || alpha == 0 ? value : MIN (255, value * 255 / alpha));
            }
          if (channels == 4)
            p[3] = (guchar) alpha;
        }
    }
  return pixbuf;
}

void
baton_thumbnail_file_write (const char *path, BatonPicture *picture)
{
  g_autoptr (GdkPixbuf) pixbuf = pixbuf_of (picture);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;
  g_autofree char *data = NULL;
  gsize size;
  gboolean made;

  made = baton_picture_is_opaque (picture)
             ? gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, "jpeg", &error, "quality", "88", NULL)
             : gdk_pixbuf_save_to_buffer (pixbuf, &data, &size, "png", &error, "compression", "1", NULL);
  if (!made || g_mkdir_with_parents (folder, 0700) != 0 ||
      !g_file_set_contents_full (path, data, (gssize) size, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_debug ("a thumbnail is not kept: %s", error != NULL ? error->message : path);
}

typedef struct
{
  char *path;
  gint64 used;
  goffset size;
} Kept;

static void
kept_clear (gpointer data)
{
  g_free (((Kept *) data)->path);
}

static int
oldest_first (gconstpointer a, gconstpointer b)
{
  gint64 left = ((const Kept *) a)->used, right = ((const Kept *) b)->used;

  return left < right ? -1 : left > right;
}

void
baton_thumbnail_files_prune (const char *folder, goffset most_bytes)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (Kept));
  goffset total = 0;
  const char *name;

  g_array_set_clear_func (all, kept_clear);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      Kept kept = { .path = g_build_filename (folder, name, NULL) };
      GStatBuf file;

      if (g_stat (kept.path, &file) == 0)
        {
          kept.used = file.st_mtime;
          kept.size = file.st_size;
        }
      total += kept.size;
      g_array_append_val (all, kept);
    }
  g_array_sort (all, oldest_first);
  for (guint i = 0; i < all->len && total > most_bytes; i++)
    {
      const Kept *kept = &g_array_index (all, Kept, i);

      if (g_unlink (kept->path) == 0)
        total -= kept->size;
    }
}
