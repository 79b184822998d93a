/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "picture.h"

#include <math.h>
#include <string.h>

#define SMALLEST_LEVEL 256 /* no more halves when the longer side is down to this */

struct _BatonPicture
{
  GObject parent_instance;

  GBytes *pixels;
  GPtrArray *levels; /* of cairo_surface_t: the pixels, their half, … */
  int width, height; /* of the first level */
  int full_width, full_height;
  gboolean opaque;
};

G_DEFINE_FINAL_TYPE (BatonPicture, baton_picture, G_TYPE_OBJECT)

static void
baton_picture_finalize (GObject *object)
{
  BatonPicture *self = BATON_PICTURE (object);

  g_clear_pointer (&self->levels, g_ptr_array_unref);
  g_clear_pointer (&self->pixels, g_bytes_unref);
  G_OBJECT_CLASS (baton_picture_parent_class)->finalize (object);
}

static void
baton_picture_class_init (BatonPictureClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_picture_finalize;
}

static void
baton_picture_init (BatonPicture *self)
{
  self->levels = g_ptr_array_new_with_free_func ((GDestroyNotify) cairo_surface_destroy);
}

/* The mean of four pixels, two channels at a time. */
static inline guint32
mean (guint32 a, guint32 b, guint32 c, guint32 d)
{
  const guint32 mask = 0x00ff00ff;
  guint32 low = (a & mask) + (b & mask) + (c & mask) + (d & mask) + 0x00020002;
  guint32 high = ((a >> 8) & mask) + ((b >> 8) & mask) + ((c >> 8) & mask) + ((d >> 8) & mask) + 0x00020002;

  return ((low >> 2) & mask) | (((high >> 2) & mask) << 8);
}

/* An odd last row or column counts twice. */
static cairo_surface_t *
half_of (cairo_surface_t *surface)
{
  int width = cairo_image_surface_get_width (surface), height = cairo_image_surface_get_height (surface);
  int stride = cairo_image_surface_get_stride (surface);
  const guchar *data = cairo_image_surface_get_data (surface);
  cairo_surface_t *half = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (width + 1) / 2, (height + 1) / 2);
  int half_stride = cairo_image_surface_get_stride (half);
  guchar *out = cairo_image_surface_get_data (half);

  for (int y = 0; y < (height + 1) / 2; y++)
    {
      const guint32 *upper = (const guint32 *) (data + (gsize) 2 * (gsize) y * (gsize) stride);
      const guint32 *lower = 2 * y + 1 < height ? (const guint32 *) ((const guchar *) upper + stride) : upper;
      guint32 *row = (guint32 *) (out + (gsize) y * (gsize) half_stride);

      for (int x = 0; x < width / 2; x++)
        row[x] = mean (upper[2 * x], upper[2 * x + 1], lower[2 * x], lower[2 * x + 1]);
      if (width % 2 != 0)
        row[width / 2] = mean (upper[width - 1], upper[width - 1], lower[width - 1], lower[width - 1]);
    }
  cairo_surface_mark_dirty (half);
  return half;
}

BatonPicture *
baton_picture_new (GBytes *pixels, int width, int height, int full_width, int full_height, gboolean opaque)
{
  BatonPicture *self;
  gsize size;
  gconstpointer data = g_bytes_get_data (pixels, &size);

  g_return_val_if_fail (width > 0 && width <= BATON_PICTURE_LONGEST, NULL);
  g_return_val_if_fail (height > 0 && height <= BATON_PICTURE_LONGEST, NULL);
  g_return_val_if_fail (size >= (gsize) width * 4 * (gsize) height, NULL);
  self = g_object_new (BATON_TYPE_PICTURE, NULL);
  self->pixels = g_bytes_ref (pixels);
  self->width = width;
  self->height = height;
  self->full_width = MAX (full_width, 1);
  self->full_height = MAX (full_height, 1);
  self->opaque = opaque;
  /* Cairo wants to be able to write, but nobody does. */
  g_ptr_array_add (self->levels,
      cairo_image_surface_create_for_data ((guchar *) data, CAIRO_FORMAT_ARGB32, width, height, width * 4));
  for (int side = MAX (width, height); side > SMALLEST_LEVEL; side = (side + 1) / 2)
    g_ptr_array_add (self->levels, half_of (g_ptr_array_index (self->levels, self->levels->len - 1)));
  return self;
}

BatonPicture *
baton_picture_new_from_texture (GdkTexture *texture)
{
  int width = gdk_texture_get_width (texture), height = gdk_texture_get_height (texture);
  gsize stride = (gsize) width * 4;
  guchar *data = g_malloc (stride * (gsize) height);
  g_autoptr (GBytes) bytes = g_bytes_new_take (data, stride * (gsize) height);

  gdk_texture_download (texture, data, stride);
  return baton_picture_new (bytes, width, height, width, height, FALSE);
}

int
baton_picture_width (BatonPicture *self)
{
  g_return_val_if_fail (BATON_IS_PICTURE (self), 0);
  return self->full_width;
}

int
baton_picture_height (BatonPicture *self)
{
  g_return_val_if_fail (BATON_IS_PICTURE (self), 0);
  return self->full_height;
}

double
baton_picture_detail (BatonPicture *self)
{
  g_return_val_if_fail (BATON_IS_PICTURE (self), 1);
  return MAX ((double) self->width / self->full_width, (double) self->height / self->full_height);
}

gboolean
baton_picture_is_opaque (BatonPicture *self)
{
  g_return_val_if_fail (BATON_IS_PICTURE (self), TRUE);
  return self->opaque;
}

gsize
baton_picture_bytes (BatonPicture *self)
{
  g_return_val_if_fail (BATON_IS_PICTURE (self), 0);
  /* The halves add a third. */
  return (gsize) self->width * (gsize) self->height * 4 / 3 * 4;
}

GdkTexture *
baton_picture_texture (BatonPicture *self)
{
  g_return_val_if_fail (BATON_IS_PICTURE (self), NULL);
  return gdk_memory_texture_new (
      self->width, self->height, GDK_MEMORY_DEFAULT, self->pixels, (gsize) self->width * 4);
}

cairo_surface_t *
baton_picture_surface (BatonPicture *self)
{
  g_return_val_if_fail (BATON_IS_PICTURE (self), NULL);
  return g_ptr_array_index (self->levels, 0);
}

/* The smallest level that still has a pixel for each of the screen. */
static cairo_surface_t *
level_for (BatonPicture *self, double picture_width, double picture_height)
{
  guint level = 0;

  while (level + 1 < self->levels->len)
    {
      cairo_surface_t *next = g_ptr_array_index (self->levels, level + 1);

      if (cairo_image_surface_get_width (next) < picture_width ||
          cairo_image_surface_get_height (next) < picture_height)
        break;
      level++;
    }
  return g_ptr_array_index (self->levels, level);
}

static cairo_filter_t
filter_for (double scale_x, double scale_y)
{
  gboolean exact = fabs (scale_x - 1) < 1e-6 && fabs (scale_y - 1) < 1e-6;

  return exact || MIN (scale_x, scale_y) >= 2 ? CAIRO_FILTER_NEAREST : CAIRO_FILTER_BILINEAR;
}

/* A pixel of the level for each of the screen: rows are copied. */
static void
copy_rows (cairo_surface_t *level, int x, int y, cairo_surface_t *target)
{
  int width = cairo_image_surface_get_width (level), height = cairo_image_surface_get_height (level);
  int left = MAX (x, 0), right = MIN (x + width, cairo_image_surface_get_width (target));
  int top = MAX (y, 0), bottom = MIN (y + height, cairo_image_surface_get_height (target));

  cairo_surface_flush (target);
  for (int row = top; row < bottom && left < right; row++)
    memcpy (cairo_image_surface_get_data (target) +
                (gsize) row * (gsize) cairo_image_surface_get_stride (target) + (gsize) left * 4,
        cairo_image_surface_get_data (level) +
            (gsize) (row - y) * (gsize) cairo_image_surface_get_stride (level) + (gsize) (left - x) * 4,
        (gsize) (right - left) * 4);
  cairo_surface_mark_dirty (target);
}

static gboolean
is_whole (double number)
{
  return fabs (number - round (number)) < 1e-6;
}

cairo_surface_t *
baton_picture_draw (BatonPicture *self, double x, double y, double picture_width, double picture_height,
    int width, int height)
{
  cairo_surface_t *target, *level;
  double scale_x, scale_y;
  cairo_t *cr;

  g_return_val_if_fail (BATON_IS_PICTURE (self), NULL);
  target = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, MAX (width, 1), MAX (height, 1));
  if (picture_width <= 0 || picture_height <= 0)
    return target;
  level = level_for (self, picture_width, picture_height);
  scale_x = picture_width / cairo_image_surface_get_width (level);
  scale_y = picture_height / cairo_image_surface_get_height (level);
  if (fabs (scale_x - 1) < 1e-6 && fabs (scale_y - 1) < 1e-6 && is_whole (x) && is_whole (y))
    {
      copy_rows (level, (int) round (x), (int) round (y), target);
      return target;
    }
  cr = cairo_create (target);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  cairo_rectangle (cr, x, y, MAX (picture_width, 1), MAX (picture_height, 1));
  cairo_clip (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, scale_x, scale_y);
  cairo_set_source_surface (cr, level, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), filter_for (scale_x, scale_y));
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_set_operator (cr, CAIRO_OPERATOR_SOURCE);
  cairo_paint (cr);
  cairo_destroy (cr);
  return target;
}

#define SURFACE "baton-surface"

GdkTexture *
baton_texture_from_surface (cairo_surface_t *surface)
{
  int width = cairo_image_surface_get_width (surface), height = cairo_image_surface_get_height (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) bytes = NULL;
  GdkTexture *texture;

  cairo_surface_flush (surface);
  bytes = g_bytes_new_with_free_func (cairo_image_surface_get_data (surface), stride * (gsize) height,
      (GDestroyNotify) cairo_surface_destroy, surface);
  texture = gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
  g_object_set_data_full (
      G_OBJECT (texture), SURFACE, cairo_surface_reference (surface), (GDestroyNotify) cairo_surface_destroy);
  return texture;
}

static gboolean
is_drawn_by_cairo (GtkWidget *widget)
{
  GtkNative *native = gtk_widget_get_native (widget);
  GskRenderer *renderer = native != NULL ? gtk_native_get_renderer (native) : NULL;

  return renderer != NULL && GSK_IS_CAIRO_RENDERER (renderer);
}

void
baton_snapshot_texture (
    GtkWidget *widget, GtkSnapshot *snapshot, GdkTexture *texture, const graphene_rect_t *bounds)
{
  cairo_surface_t *surface = g_object_get_data (G_OBJECT (texture), SURFACE);
  cairo_t *cr;

  if (surface == NULL || !is_drawn_by_cairo (widget))
    {
      gtk_snapshot_append_texture (snapshot, texture, bounds);
      return;
    }
  cr = gtk_snapshot_append_cairo (snapshot, bounds);
  cairo_translate (cr, bounds->origin.x, bounds->origin.y);
  cairo_scale (cr, bounds->size.width / gdk_texture_get_width (texture),
      bounds->size.height / gdk_texture_get_height (texture));
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_paint (cr);
  cairo_destroy (cr);
}
