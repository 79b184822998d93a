/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "chart-export.h"

#include <cairo-svg.h>
#include <glib/gi18n.h>

static cairo_status_t
append (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static GBytes *
finish (GByteArray *array, cairo_status_t status, GError **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (array);
  g_byte_array_unref (array);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _ ("The chart could not be drawn: %s"),
      cairo_status_to_string (status));
  return NULL;
}

static cairo_surface_t *
draw_image (GskRenderNode *node, double width, double height, double scale)
{
  cairo_surface_t *surface = cairo_image_surface_create (
      CAIRO_FORMAT_ARGB32, (int) (width * scale + 0.5), (int) (height * scale + 0.5));
  cairo_t *cr = cairo_create (surface);

  cairo_scale (cr, scale, scale);
  if (node != NULL)
    gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return surface;
}

GBytes *
baton_export_png (GskRenderNode *node, double width, double height, double scale, GError **error)
{
  GByteArray *array = g_byte_array_new ();
  cairo_surface_t *surface = draw_image (node, width, height, scale);
  cairo_status_t status = cairo_surface_write_to_png_stream (surface, append, array);

  cairo_surface_destroy (surface);
  return finish (array, status, error);
}

GBytes *
baton_export_svg (GskRenderNode *node, double width, double height, GError **error)
{
  GByteArray *array = g_byte_array_new ();
  cairo_surface_t *surface = cairo_svg_surface_create_for_stream (append, array, width, height);
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
  if (node != NULL)
    gsk_render_node_draw (node, cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return finish (array, status, error);
}

GdkTexture *
baton_export_texture (GskRenderNode *node, double width, double height, double scale)
{
  cairo_surface_t *surface = draw_image (node, width, height, scale);
  int w = cairo_image_surface_get_width (surface), h = cairo_image_surface_get_height (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) bytes = g_bytes_new (cairo_image_surface_get_data (surface), stride * (gsize) h);
  GdkTexture *texture = gdk_memory_texture_new (w, h, GDK_MEMORY_DEFAULT, bytes, stride);

  cairo_surface_destroy (surface);
  return texture;
}

gboolean
baton_export_write (GBytes *bytes, const char *path, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return g_file_set_contents (path, data != NULL ? data : "", (gssize) size, error);
}
