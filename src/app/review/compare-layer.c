/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "compare-layer.h"

#include "checkerboard.h"
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

  /* What was drawn last, for the place it was drawn at: both versions as large as the view, and what was made
   * of them for the mode. */
  cairo_surface_t *newer_drawn, *older_drawn;
  GdkTexture *newer_texture, *older_texture;
  GdkTexture *made;    /* mixed, or the difference */
  BatonPicture *newer; /* only compared */
  graphene_rect_t drawn_place;
  int drawn_width, drawn_height;
  gboolean drawn_grounded;
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

static int
device_pixels (BatonCompareLayer *self, double pixels)
{
  return (int) round (pixels * device_scale (self));
}

static void
fill (cairo_t *cr, const graphene_rect_t *place, double scale, double red, double green, double blue)
{
  cairo_set_source_rgb (cr, red, green, blue);
  cairo_rectangle (cr, round (place->origin.x * scale), round (place->origin.y * scale),
      round (place->size.width * scale), round (place->size.height * scale));
  cairo_fill (cr);
}

/* What is seen of a place: there the checkerboard begins, as it does under a single picture. */
static void
paint_nothing (BatonCompareLayer *self, cairo_t *cr, const graphene_rect_t *place)
{
  graphene_rect_t seen, view = GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (GTK_WIDGET (self)),
                            (float) gtk_widget_get_height (GTK_WIDGET (self)));

  if (graphene_rect_intersection (place, &view, &seen))
    baton_paint_checkerboard (cr, &seen, device_scale (self));
}

/* A picture as large as the view. ground: what it lies on, dark where the picture does not reach, a
 * checkerboard below what is transparent. Of a difference it is seen what is transparent, so nothing lies
 * below. */
static cairo_surface_t *
draw (BatonCompareLayer *self, BatonPicture *picture, const graphene_rect_t *ground,
    const graphene_rect_t *place)
{
  double scale = device_scale (self);
  cairo_surface_t *drawn = baton_picture_draw (picture, place->origin.x * scale, place->origin.y * scale,
      place->size.width * scale, place->size.height * scale,
      device_pixels (self, gtk_widget_get_width (GTK_WIDGET (self))),
      device_pixels (self, gtk_widget_get_height (GTK_WIDGET (self))));
  cairo_t *cr;

  if (!self->drawn_grounded || (baton_picture_is_opaque (picture) && graphene_rect_equal (ground, place)))
    return drawn;
  cr = cairo_create (drawn);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  cairo_set_operator (cr, CAIRO_OPERATOR_DEST_OVER);
  if (!baton_picture_is_opaque (picture))
    paint_nothing (self, cr, place);
  fill (cr, ground, scale, 0.07, 0.06, 0.09);
  cairo_destroy (cr);
  return drawn;
}

static void
forget_drawn (BatonCompareLayer *self)
{
  g_clear_pointer (&self->newer_drawn, cairo_surface_destroy);
  g_clear_pointer (&self->older_drawn, cairo_surface_destroy);
  g_clear_object (&self->newer_texture);
  g_clear_object (&self->older_texture);
  g_clear_object (&self->made);
}

static void
check_drawn (BatonCompareLayer *self, const graphene_rect_t *newer, const graphene_rect_t *older)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self)), height = gtk_widget_get_height (GTK_WIDGET (self));
  BatonPicture *picture = baton_image_view_picture (self->view);
  gboolean grounded = self->mode != BATON_COMPARE_DIFFERENCE;

  if (!graphene_rect_equal (newer, &self->drawn_place) || width != self->drawn_width ||
      height != self->drawn_height || picture != self->newer || grounded != self->drawn_grounded)
    forget_drawn (self);
  self->drawn_place = *newer;
  self->drawn_width = width;
  self->drawn_height = height;
  self->drawn_grounded = grounded;
  self->newer = picture;
  if (self->newer_drawn == NULL)
    self->newer_drawn = draw (self, picture, newer, newer);
  if (self->older_drawn == NULL)
    self->older_drawn = draw (self, self->older, newer, older);
}

/* The texture takes the surface, and it is kept as well. */
static GdkTexture *
texture_of (GdkTexture **texture, cairo_surface_t *drawn)
{
  if (*texture == NULL)
    *texture = baton_texture_from_surface (cairo_surface_reference (drawn));
  return *texture;
}

static GdkTexture *
mixed (BatonCompareLayer *self)
{
  if (self->made == NULL)
    self->made =
        baton_texture_from_surface (baton_compare_mix (self->newer_drawn, self->older_drawn, self->opacity));
  return self->made;
}

/* Of what both have; what only the newer one has is dark. */
static GdkTexture *
difference (BatonCompareLayer *self, const graphene_rect_t *newer, const graphene_rect_t *older)
{
  cairo_rectangle_int_t within = { device_pixels (self, older->origin.x),
    device_pixels (self, older->origin.y), device_pixels (self, older->size.width),
    device_pixels (self, older->size.height) };
  cairo_surface_t *surface;
  cairo_t *cr;

  if (self->made != NULL)
    return self->made;
  surface =
      baton_compare_difference (self->newer_drawn, self->older_drawn, &within, self->amplified ? GAIN : 1);
  cr = cairo_create (surface);
  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  cairo_set_operator (cr, CAIRO_OPERATOR_DEST_OVER);
  fill (cr, newer, device_scale (self), 0.07, 0.06, 0.09);
  cairo_destroy (cr);
  self->made = baton_texture_from_surface (surface);
  return self->made;
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

static void
append_whole (BatonCompareLayer *self, GtkSnapshot *snapshot, GdkTexture *texture)
{
  baton_snapshot_texture (GTK_WIDGET (self), snapshot, texture,
      &GRAPHENE_RECT_INIT (0, 0, (float) gtk_widget_get_width (GTK_WIDGET (self)),
          (float) gtk_widget_get_height (GTK_WIDGET (self))));
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

static GdkTexture *
wiped (BatonCompareLayer *self, const graphene_rect_t *newer)
{
  if (self->made == NULL)
    self->made = baton_texture_from_surface (baton_compare_join (
        self->newer_drawn, self->older_drawn, device_pixels (self, handle_x (self, newer))));
  return self->made;
}

/* One texture is drawn, whatever the mode: each costs more than all other work of a frame. */
static void
baton_compare_layer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BatonCompareLayer *self = BATON_COMPARE_LAYER (widget);
  graphene_rect_t newer, older;

  if (self->mode == BATON_COMPARE_SIDE_BY_SIDE || !places (self, &newer, &older))
    return;
  check_drawn (self, &newer, &older);
  switch (self->mode)
    {
    case BATON_COMPARE_OVERLAY:
      append_whole (self, snapshot, mixed (self));
      break;
    case BATON_COMPARE_WIPE:
      append_whole (self, snapshot, wiped (self, &newer));
      break;
    case BATON_COMPARE_DIFFERENCE:
      append_whole (self, snapshot, difference (self, &newer, &older));
      break;
    case BATON_COMPARE_TOGGLE:
      append_whole (self, snapshot,
          self->shows_older ? texture_of (&self->older_texture, self->older_drawn)
                            : texture_of (&self->newer_texture, self->newer_drawn));
      break;
    case BATON_COMPARE_SIDE_BY_SIDE:
    case BATON_COMPARE_INLINE:
    default:
      return;
    }
  if (self->mode != BATON_COMPARE_TOGGLE || self->shows_older)
    append_frame (snapshot, &newer, &older);
  if (self->mode == BATON_COMPARE_WIPE)
    gtk_widget_snapshot_child (widget, self->handle, snapshot);
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
  baton_image_view_set_covered (self->view,
      self->older != NULL && self->mode != BATON_COMPARE_SIDE_BY_SIDE && self->mode != BATON_COMPARE_INLINE);
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
  g_clear_object (&self->made);
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
  g_clear_object (&self->made);
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
  if (self->mode == BATON_COMPARE_WIPE)
    g_clear_object (&self->made);
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
  g_clear_object (&self->made);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

GtkWidget *
baton_compare_layer_handle (BatonCompareLayer *self)
{
  return self->handle;
}
