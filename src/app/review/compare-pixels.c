/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "compare-pixels.h"

#include <math.h>
#include <string.h>

static inline guint
distance (guint a, guint b)
{
  return a > b ? a - b : b - a;
}

/* Whether the machine keeps the alpha first or last in memory, a pixel is a number with alpha on top. */
static guint32
difference_of (guint32 a, guint32 b, guint gain)
{
  guint alpha = distance (a >> 24, b >> 24);
  guint red = MAX (alpha, distance ((a >> 16) & 255, (b >> 16) & 255)) * gain;
  guint green = MAX (alpha, distance ((a >> 8) & 255, (b >> 8) & 255)) * gain;
  guint blue = MAX (alpha, distance (a & 255, b & 255)) * gain;

  return 0xff000000u | MIN (red, 255) << 16 | MIN (green, 255) << 8 | MIN (blue, 255);
}

static gboolean
is_opaque (const guint32 *pixels, int n)
{
  guint32 all = 0xff000000u;

  for (int i = 0; i < n; i++)
    all &= pixels[i];
  return all == 0xff000000u;
}

/* Without alpha to think of, a channel is a byte like the next one: many go at once. */
static void
opaque_row (const guint8 *a, const guint8 *b, guint8 *out, int n, guint gain)
{
  guint most = 255 / gain;

  for (int i = 0; i < n; i++)
    {
      guint8 by = a[i] > b[i] ? (guint8) (a[i] - b[i]) : (guint8) (b[i] - a[i]);

      out[i] = by > most ? 255 : (guint8) (by * gain);
    }
}

static void
difference_row (const guint32 *a, const guint32 *b, guint32 *out, int n, guint gain)
{
  if (n > 0 && is_opaque (a, n) && is_opaque (b, n))
    {
      opaque_row ((const guint8 *) a, (const guint8 *) b, (guint8 *) out, 4 * n, gain);
      for (int i = 0; i < n; i++)
        out[i] |= 0xff000000u;
      return;
    }
  for (int i = 0; i < n; i++)
    out[i] = difference_of (a[i], b[i], gain);
}

cairo_surface_t *
baton_compare_difference (
    cairo_surface_t *a, cairo_surface_t *b, const cairo_rectangle_int_t *within, guint gain)
{
  int width = cairo_image_surface_get_width (a), height = cairo_image_surface_get_height (a);
  cairo_surface_t *out = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  gsize stride = (gsize) cairo_image_surface_get_stride (out);
  int left = CLAMP (within->x, 0, width), right = CLAMP (within->x + within->width, 0, width);
  int top = CLAMP (within->y, 0, height), bottom = CLAMP (within->y + within->height, 0, height);

  g_return_val_if_fail (cairo_image_surface_get_width (b) == width, out);
  g_return_val_if_fail (cairo_image_surface_get_height (b) == height, out);
  cairo_surface_flush (a);
  cairo_surface_flush (b);
  for (int y = top; y < bottom; y++)
    {
      const guint32 *from_a = (gpointer) (cairo_image_surface_get_data (a) + (gsize) y * stride);
      const guint32 *from_b = (gpointer) (cairo_image_surface_get_data (b) + (gsize) y * stride);
      guint32 *row = (gpointer) (cairo_image_surface_get_data (out) + (gsize) y * stride);

      difference_row (from_a + left, from_b + left, row + left, right - left, gain);
    }
  cairo_surface_mark_dirty (out);
  return out;
}

/* Two channels at a time; t of 256 parts are b's. */
static inline guint32
mix_of (guint32 a, guint32 b, guint32 t)
{
  const guint32 mask = 0x00ff00ff;
  guint32 low = ((a & mask) * (256 - t) + (b & mask) * t + 0x00800080) >> 8;
  guint32 high = (((a >> 8) & mask) * (256 - t) + ((b >> 8) & mask) * t + 0x00800080) >> 8;

  return (low & mask) | (high & mask) << 8;
}

cairo_surface_t *
baton_compare_mix (cairo_surface_t *a, cairo_surface_t *b, double share_of_b)
{
  int width = cairo_image_surface_get_width (a), height = cairo_image_surface_get_height (a);
  cairo_surface_t *out = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  gsize stride = (gsize) cairo_image_surface_get_stride (out);
  guint32 t = (guint32) round (share_of_b * 256);

  g_return_val_if_fail (cairo_image_surface_get_width (b) == width, out);
  g_return_val_if_fail (cairo_image_surface_get_height (b) == height, out);
  cairo_surface_flush (a);
  cairo_surface_flush (b);
  for (int y = 0; y < height; y++)
    {
      const guint32 *from_a = (gpointer) (cairo_image_surface_get_data (a) + (gsize) y * stride);
      const guint32 *from_b = (gpointer) (cairo_image_surface_get_data (b) + (gsize) y * stride);
      guint32 *row = (gpointer) (cairo_image_surface_get_data (out) + (gsize) y * stride);

      for (int x = 0; x < width; x++)
        row[x] = mix_of (from_a[x], from_b[x], t);
    }
  cairo_surface_mark_dirty (out);
  return out;
}

cairo_surface_t *
baton_compare_join (cairo_surface_t *a, cairo_surface_t *b, int column)
{
  int width = cairo_image_surface_get_width (a), height = cairo_image_surface_get_height (a);
  cairo_surface_t *out = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  gsize stride = (gsize) cairo_image_surface_get_stride (out), left = (gsize) CLAMP (column, 0, width) * 4;

  g_return_val_if_fail (cairo_image_surface_get_width (b) == width, out);
  g_return_val_if_fail (cairo_image_surface_get_height (b) == height, out);
  cairo_surface_flush (a);
  cairo_surface_flush (b);
  for (int y = 0; y < height; y++)
    {
      guchar *row = cairo_image_surface_get_data (out) + (gsize) y * stride;

      memcpy (row, cairo_image_surface_get_data (a) + (gsize) y * stride, left);
      memcpy (
          row + left, cairo_image_surface_get_data (b) + (gsize) y * stride + left, (gsize) width * 4 - left);
    }
  cairo_surface_mark_dirty (out);
  return out;
}

double
baton_compare_share (BatonPicture *a, BatonPicture *b)
{
  cairo_surface_t *one = baton_picture_surface (a), *other = baton_picture_surface (b);
  int width = cairo_image_surface_get_width (one), height = cairo_image_surface_get_height (one);
  gsize one_stride = (gsize) cairo_image_surface_get_stride (one);
  gsize other_stride = (gsize) cairo_image_surface_get_stride (other);
  guint64 differ = 0;

  if (cairo_image_surface_get_width (other) != width || cairo_image_surface_get_height (other) != height)
    return -1;
  for (int y = 0; y < height; y++)
    {
      const guint32 *from_one = (gpointer) (cairo_image_surface_get_data (one) + (gsize) y * one_stride);
      const guint32 *from_other =
          (gpointer) (cairo_image_surface_get_data (other) + (gsize) y * other_stride);

      for (int x = 0; x < width; x++)
        differ += from_one[x] != from_other[x];
    }
  return (double) differ / ((double) width * height);
}

void
baton_compare_fit (
    const graphene_rect_t *place, double width, double height, double device_scale, graphene_rect_t *fitted)
{
  double scale = MIN (place->size.width / width, place->size.height / height);
  double x = place->origin.x + (place->size.width - width * scale) / 2;
  double y = place->origin.y + (place->size.height - height * scale) / 2;

  graphene_rect_init (fitted, (float) (round (x * device_scale) / device_scale),
      (float) (round (y * device_scale) / device_scale), (float) (width * scale), (float) (height * scale));
}
