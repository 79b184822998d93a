/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "compare-layer.h"

#include "compare-pixels.h"
#include "wipe-handle.h"

#include <math.h>

#define GAIN 8

struct _BatonCompareLayer
{
  GtkWidget parent_instance;

  BatonImageView *view; /* borrowed: it owns this */
  GtkWidget *handle;
  BatonPicture *older;
  BatonCompareMode mode;
  double opacity;
  double position;
  gboolean shows_older;
  gboolean amplified;

  /* What was drawn last, for the place it was drawn at. */
  GdkTexture *drawn;
  GdkTexture *difference;
  BatonPicture *difference_newer; /* only compared */
  graphene_rect_t drawn_place;
  int drawn_width, drawn_height;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonCompareLayer, baton_compare_layer, GTK_TYPE_WIDGET)

static double
device_scale (BatonCompareLayer *self)
{
  return gtk_widget_get_scale_factor (GTK_WIDGET (self));
}

/* Where the newer and the older picture lie; FALSE while there is nothing to compare. */
static gboolean
places (BatonCompareLayer *self, graphene_rect_t *newer, graphene_rect_t *older)
{
  if (self->older == NULL || !baton_image_view_place (self->view, newer))
    return FALSE;
  baton_compare_fit (newer, baton_picture_width (self->older), baton_picture_height (self->older),
      device_scale (self), older);
  return TRUE;
}

static cairo_surface_t *
draw (BatonCompareLayer *self, BatonPicture *picture, const graphene_rect_t *place)
{
  double scale = device_scale (self);

  return baton_picture_draw (picture, place->origin.x * scale, place->origin.y * scale,
      place->size.width * scale, place->size.height * scale,
      (int) (gtk_widget_get_width (GTK_WIDGET (self)) * scale),
      (int) (gtk_widget_get_height (GTK_WIDGET (self)) * scale));
}

static void
forget_drawn (BatonCompareLayer *self)
{
  g_clear_object (&self->drawn);
  g_clear_object (&self->difference);
}

static void
check_drawn (BatonCompareLayer *self, const graphene_rect_t *place)
{
  int width = (int) (gtk_widget_get_width (GTK_WIDGET (self)) * device_scale (self));
  int height = (int) (gtk_widget_get_height (GTK_WIDGET (self)) * device_scale (self));
  BatonPicture *newer = baton_image_view_picture (self->view);

  if (!graphene_rect_equal (place, &self->drawn_place) || width != self->drawn_width ||
      height != self->drawn_height || newer != self->difference_newer)
    forget_drawn (self);
  self->drawn_place = *place;
  self->drawn_width = width;
  self->drawn_height = height;
  self->difference_newer = newer;
}

static GdkTexture *
drawn_older (BatonCompareLayer *self, const graphene_rect_t *place)
{
  if (self->drawn == NULL)
    self->drawn = baton_texture_from_surface (draw (self, self->older, place));
  return self->drawn;
}

static GdkTexture *
drawn_difference (BatonCompareLayer *self, const graphene_rect_t *newer_place, const graphene_rect_t *place)
{
  double scale = device_scale (self);
  cairo_rectangle_int_t within;
  cairo_surface_t *newer, *older;

  if (self->difference != NULL)
    return self->difference;
  within.x = (int) round (place->origin.x * scale);
  within.y = (int) round (place->origin.y * scale);
  within.width = (int) round (place->size.width * scale);
  within.height = (int) round (place->size.height * scale);
  newer = draw (self, baton_image_view_picture (self->view), newer_place);
  older = draw (self, self->older, place);
  self->difference = baton_texture_from_surface (
      baton_compare_difference (newer, older, &within, self->amplified ? GAIN : 1));
  cairo_surface_destroy (newer);
  cairo_surface_destroy (older);
  return self->difference;
}

/* Between what both have and what only the newer one has. */
static void
append_frame (GtkSnapshot *snapshot, const graphene_rect_t *newer, const graphene_rect_t *older)
{
  static const GdkRGBA colour = { 1, 1, 1, 0.5f };
  const float widths[4] = { 1, 1, 1, 1 };
  const GdkRGBA colours[4] = { colour, colour, colour, colour };
  GskRoundedRect outline;

  if (fabsf (newer->size.width - older->size.width) < 2 &&
      fabsf (newer->size.height - older->size.height) < 2)
    return;
  gsk_rounded_rect_init_from_rect (&outline, older, 0);
  gtk_snapshot_append_border (snapshot, &outline, widths, colours);
}

/* The older one as if nothing else were there. */
static void
append_older (BatonCompareLayer *self, GtkSnapshot *snapshot, const graphene_rect_t *newer,
    const graphene_rect_t *older, GdkTexture *texture)
{
  static const GdkRGBA ground = { 0.07f, 0.06f, 0.09f, 1 };
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (GTK_WIDGET (self)),
      (float) gtk_widget_get_height (GTK_WIDGET (self)));
  graphene_rect_t seen;

  if (graphene_rect_intersection (newer, &bounds, &seen))
    gtk_snapshot_append_color (snapshot, &ground, &seen);
  if (texture == self->drawn && !baton_picture_is_opaque (self->older) &&
      graphene_rect_intersection (older, &bounds, &seen))
    baton_snapshot_checkerboard (snapshot, &seen);
  gtk_snapshot_append_texture (snapshot, texture, &bounds);
  append_frame (snapshot, newer, older);
}

/* The part of the picture that is seen, along which the handle moves. */
static void
seen_span (BatonCompareLayer *self, const graphene_rect_t *newer, float *from, float *to)
{
  *from = MAX (newer->origin.x, 0);
  *to = MIN (newer->origin.x + newer->size.width, (float) gtk_widget_get_width (GTK_WIDGET (self)));
}

static float
handle_x (BatonCompareLayer *self, const graphene_rect_t *newer)
{
  float from, to;

  seen_span (self, newer, &from, &to);
  return roundf (from + (float) self->position * (to - from));
}

static void
snapshot_wipe (BatonCompareLayer *self, GtkSnapshot *snapshot, const graphene_rect_t *newer,
    const graphene_rect_t *older)
{
  float x = handle_x (self, newer);
  float width = (float) gtk_widget_get_width (GTK_WIDGET (self)) - x;
  float height = (float) gtk_widget_get_height (GTK_WIDGET (self));

  if (width > 0)
    {
      gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (x, 0, width, height));
      append_older (self, snapshot, newer, older, drawn_older (self, older));
      gtk_snapshot_pop (snapshot);
    }
  gtk_widget_snapshot_child (GTK_WIDGET (self), self->handle, snapshot);
}

static void
baton_compare_layer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BatonCompareLayer *self = BATON_COMPARE_LAYER (widget);
  graphene_rect_t newer, older;

  if (self->mode == BATON_COMPARE_SIDE_BY_SIDE || !places (self, &newer, &older))
    return;
  check_drawn (self, &older);
  switch (self->mode)
    {
    case BATON_COMPARE_OVERLAY:
      gtk_snapshot_push_opacity (snapshot, self->opacity);
      append_older (self, snapshot, &newer, &older, drawn_older (self, &older));
      gtk_snapshot_pop (snapshot);
      break;
    case BATON_COMPARE_WIPE:
      snapshot_wipe (self, snapshot, &newer, &older);
      break;
    case BATON_COMPARE_DIFFERENCE:
      append_older (self, snapshot, &newer, &older, drawn_difference (self, &newer, &older));
      break;
    case BATON_COMPARE_TOGGLE:
      if (self->shows_older)
        append_older (self, snapshot, &newer, &older, drawn_older (self, &older));
      break;
    case BATON_COMPARE_SIDE_BY_SIDE:
    case BATON_COMPARE_INLINE:
    default:
      break;
    }
}

/* Only the handle moves: no new layout of anything else. */
static void
place_handle (BatonCompareLayer *self)
{
  graphene_rect_t newer, older;
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  gboolean shown = self->mode == BATON_COMPARE_WIPE && places (self, &newer, &older);

  gtk_widget_set_child_visible (self->handle, shown);
  if (shown && height > 0)
    gtk_widget_size_allocate (self->handle,
        &(GtkAllocation){
            (int) handle_x (self, &newer) - BATON_WIPE_HANDLE_WIDTH / 2, 0, BATON_WIPE_HANDLE_WIDTH, height },
        -1);
}

static void
baton_compare_layer_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  place_handle (BATON_COMPARE_LAYER (widget));
}

static void
baton_compare_layer_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
    int *natural, int *minimum_baseline, int *natural_baseline)
{
  BatonCompareLayer *self = BATON_COMPARE_LAYER (widget);

  gtk_widget_measure (self->handle, orientation, for_size, minimum, natural, NULL, NULL);
  *minimum = *natural = 0;
}

/* The pointer goes through to the picture, but for the handle. */
static gboolean
baton_compare_layer_contains (GtkWidget *widget, double x, double y)
{
  BatonCompareLayer *self = BATON_COMPARE_LAYER (widget);
  graphene_rect_t bounds;

  return self->mode == BATON_COMPARE_WIPE && gtk_widget_get_child_visible (self->handle) &&
         gtk_widget_compute_bounds (self->handle, widget, &bounds) &&
         graphene_rect_contains_point (&bounds, &GRAPHENE_POINT_INIT ((float) x, (float) y));
}

static void
placed_cb (BatonImageView *view, BatonCompareLayer *self)
{
  place_handle (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
tell_changed (BatonCompareLayer *self)
{
  place_handle (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
dragged_cb (BatonWipeHandle *handle, double x, BatonCompareLayer *self)
{
  graphene_rect_t newer, older;
  float from, to;

  if (!places (self, &newer, &older))
    return;
  seen_span (self, &newer, &from, &to);
  if (to > from)
    baton_compare_layer_set_position (self, (x - from) / (to - from));
}

static void
stepped_cb (BatonWipeHandle *handle, double by, BatonCompareLayer *self)
{
  baton_compare_layer_set_position (self, self->position + by);
}

static void
baton_compare_layer_dispose (GObject *object)
{
  BatonCompareLayer *self = BATON_COMPARE_LAYER (object);

  g_clear_pointer (&self->handle, gtk_widget_unparent);
  g_clear_object (&self->older);
  forget_drawn (self);
  G_OBJECT_CLASS (baton_compare_layer_parent_class)->dispose (object);
}

static void
baton_compare_layer_class_init (BatonCompareLayerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_compare_layer_dispose;
  widget_class->snapshot = baton_compare_layer_snapshot;
  widget_class->size_allocate = baton_compare_layer_size_allocate;
  widget_class->measure = baton_compare_layer_measure;
  widget_class->contains = baton_compare_layer_contains;
  signals[CHANGED] = g_signal_new (
      "changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
baton_compare_layer_init (BatonCompareLayer *self)
{
  self->opacity = 0.5;
  self->position = 0.5;
  self->shows_older = TRUE;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  self->handle = baton_wipe_handle_new ();
  gtk_widget_set_parent (self->handle, GTK_WIDGET (self));
  gtk_widget_set_child_visible (self->handle, FALSE);
  g_signal_connect (self->handle, "dragged", G_CALLBACK (dragged_cb), self);
  g_signal_connect (self->handle, "stepped", G_CALLBACK (stepped_cb), self);
  baton_wipe_handle_tell (BATON_WIPE_HANDLE (self->handle), self->position);
}

GtkWidget *
baton_compare_layer_new (BatonImageView *view)
{
  BatonCompareLayer *self = g_object_new (BATON_TYPE_COMPARE_LAYER, NULL);

  self->view = view;
  g_signal_connect_object (view, "placed", G_CALLBACK (placed_cb), self, 0);
  return GTK_WIDGET (self);
}

void
baton_compare_layer_set_older (BatonCompareLayer *self, BatonPicture *picture)
{
  if (!g_set_object (&self->older, picture))
    return;
  forget_drawn (self);
  tell_changed (self);
}

void
baton_compare_layer_set_mode (BatonCompareLayer *self, BatonCompareMode mode)
{
  if (self->mode == mode)
    return;
  self->mode = mode;
  tell_changed (self);
}

BatonCompareMode
baton_compare_layer_mode (BatonCompareLayer *self)
{
  return self->mode;
}

void
baton_compare_layer_set_opacity (BatonCompareLayer *self, double opacity)
{
  self->opacity = CLAMP (opacity, 0, 1);
  tell_changed (self);
}

double
baton_compare_layer_opacity (BatonCompareLayer *self)
{
  return self->opacity;
}

void
baton_compare_layer_set_position (BatonCompareLayer *self, double position)
{
  self->position = CLAMP (position, 0, 1);
  baton_wipe_handle_tell (BATON_WIPE_HANDLE (self->handle), self->position);
  tell_changed (self);
}

double
baton_compare_layer_position (BatonCompareLayer *self)
{
  return self->position;
}

void
baton_compare_layer_set_shows_older (BatonCompareLayer *self, gboolean older)
{
  self->shows_older = older;
  tell_changed (self);
}

gboolean
baton_compare_layer_shows_older (BatonCompareLayer *self)
{
  return self->shows_older;
}

void
baton_compare_layer_set_amplified (BatonCompareLayer *self, gboolean amplified)
{
  self->amplified = amplified;
  g_clear_object (&self->difference);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

GtkWidget *
baton_compare_layer_handle (BatonCompareLayer *self)
{
  return self->handle;
}
