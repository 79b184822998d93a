/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "pixels.h"

#include "fixture.h"

cairo_surface_t *
pixels_of (GtkWidget *widget)
{
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GskRenderer) renderer = gsk_cairo_renderer_new ();
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);

  g_assert_true (gtk_widget_get_mapped (widget));
  fixture_settle (widget);
  paintable = gtk_widget_paintable_new (widget);
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_to_node (snapshot);
  g_assert_true (gsk_renderer_realize (renderer, NULL, NULL));
  texture =
      gsk_renderer_render_texture (renderer, node, &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  gdk_texture_download (
      texture, cairo_image_surface_get_data (surface), (gsize) cairo_image_surface_get_stride (surface));
  cairo_surface_mark_dirty (surface);
  gsk_renderer_unrealize (renderer);
  return surface;
}

guint32
pixel_at (cairo_surface_t *surface, double x, double y)
{
  int width = cairo_image_surface_get_width (surface), height = cairo_image_surface_get_height (surface);
  const guchar *data = cairo_image_surface_get_data (surface);

  g_assert_true (x >= 0 && x < width && y >= 0 && y < height);
  return ((const guint32 *) (gpointer) (data + (int) y * cairo_image_surface_get_stride (surface)))[(int) x] &
         0xffffff;
}

void
assert_pixel (cairo_surface_t *surface, double x, double y, guint32 colour, int slack)
{
  guint32 found = pixel_at (surface, x, y);

  for (int shift = 0; shift <= 16; shift += 8)
    {
      if (ABS ((int) (found >> shift & 255) - (int) (colour >> shift & 255)) > slack)
        g_error ("#%06x at %g, %g instead of #%06x", found, x, y, colour);
    }
}

BatonPicture *
picture_with (int width, int height, guint32 colour, const cairo_rectangle_int_t *place, guint32 other)
{
  guint32 *data = g_new (guint32, (gsize) width * (gsize) height);
  g_autoptr (GBytes) bytes = NULL;

  for (int y = 0; y < height; y++)
    {
      for (int x = 0; x < width; x++)
        {
          gboolean inside = place != NULL && x >= place->x && x < place->x + place->width && y >= place->y &&
                            y < place->y + place->height;

          data[(gsize) y * (gsize) width + (gsize) x] = 0xff000000u | (inside ? other : colour);
        }
    }
  bytes = g_bytes_new_take (data, (gsize) width * (gsize) height * 4);
  return baton_picture_new (bytes, width, height, width, height, TRUE);
}

BatonPicture *
picture_of_one (int width, int height, guint32 colour)
{
  return picture_with (width, height, colour, NULL, 0);
}
