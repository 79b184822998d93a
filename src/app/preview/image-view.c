/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "image-view.h"

#include "checkerboard.h"

struct _BatonImageView
{
  GtkWidget parent_instance;

  BatonViewport *viewport;
  BatonPicture *picture;
  GtkWidget *overlay;
  gboolean grows;
  gboolean covered;
  int size_width, size_height; /* to count as; 0: the picture's own */

  /* What was drawn last: nothing is scaled again while nothing moves. */
  GdkTexture *drawn;
  graphene_rect_t drawn_place;
  double drawn_scale;
};

enum
{
  PLACED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonImageView, baton_image_view, GTK_TYPE_WIDGET)

/* GTK 4.8 knows whole factors only. */
static double
device_scale (BatonImageView *self)
{
  return gtk_widget_get_scale_factor (GTK_WIDGET (self));
}

gboolean
baton_image_view_frame (BatonImageView *self, BatonViewportFrame *frame)
{
  g_return_val_if_fail (BATON_IS_IMAGE_VIEW (self), FALSE);
  if (self->picture == NULL)
    return FALSE;
  *frame = (BatonViewportFrame){
    .view_width = gtk_widget_get_width (GTK_WIDGET (self)),
    .view_height = gtk_widget_get_height (GTK_WIDGET (self)),
    .device_scale = device_scale (self),
    .width = self->size_width > 0 ? self->size_width : baton_picture_width (self->picture),
    .height = self->size_height > 0 ? self->size_height : baton_picture_height (self->picture),
    .grows = self->grows,
  };
  return frame->view_width > 0 && frame->view_height > 0;
}

gboolean
baton_image_view_place (BatonImageView *self, graphene_rect_t *place)
{
  BatonViewportFrame frame;

  if (!baton_image_view_frame (self, &frame))
    return FALSE;
  baton_viewport_place (self->viewport, &frame, place);
  return TRUE;
}

double
baton_image_view_zoom (BatonImageView *self)
{
  BatonViewportFrame frame;

  return baton_image_view_frame (self, &frame) ? baton_viewport_effective_zoom (self->viewport, &frame) : 1;
}

static void
redraw (BatonImageView *self, const graphene_rect_t *place, int width, int height)
{
  double scale = device_scale (self);

  if (self->drawn != NULL && self->drawn_scale == scale && graphene_rect_equal (&self->drawn_place, place) &&
      gdk_texture_get_width (self->drawn) == (int) (width * scale) &&
      gdk_texture_get_height (self->drawn) == (int) (height * scale))
    return;
  g_clear_object (&self->drawn);
  self->drawn = baton_texture_from_surface (baton_picture_draw (self->picture, place->origin.x * scale,
      place->origin.y * scale, place->size.width * scale, place->size.height * scale, (int) (width * scale),
      (int) (height * scale)));
  self->drawn_place = *place;
  self->drawn_scale = scale;
}

static void
baton_image_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BatonImageView *self = BATON_IMAGE_VIEW (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height);
  graphene_rect_t place, seen;

  if (!self->covered && baton_image_view_place (self, &place))
    {
      if (!baton_picture_is_opaque (self->picture) && graphene_rect_intersection (&place, &bounds, &seen))
        baton_snapshot_checkerboard (snapshot, &seen);
      redraw (self, &place, width, height);
      baton_snapshot_texture (widget, snapshot, self->drawn, &bounds);
    }
  if (self->overlay != NULL)
    gtk_widget_snapshot_child (widget, self->overlay, snapshot);
}

static void
tell_placed (BatonImageView *self)
{
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[PLACED], 0);
}

static void
baton_image_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  BatonImageView *self = BATON_IMAGE_VIEW (widget);

  if (self->overlay != NULL)
    gtk_widget_size_allocate (self->overlay, &(GtkAllocation){ 0, 0, width, height }, -1);
  tell_placed (self);
}

static void
baton_image_view_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
    int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = 48;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 320 : 240;
}

static BatonViewport *
look_cb (GtkWidget *widget, double x, double y, BatonViewportFrame *frame, gpointer data)
{
  BatonImageView *self = BATON_IMAGE_VIEW (widget);

  return baton_image_view_frame (self, frame) ? self->viewport : NULL;
}

static void
baton_image_view_dispose (GObject *object)
{
  BatonImageView *self = BATON_IMAGE_VIEW (object);

  if (self->viewport != NULL)
    g_signal_handlers_disconnect_by_data (self->viewport, self);
  g_clear_pointer (&self->overlay, gtk_widget_unparent);
  g_clear_object (&self->viewport);
  g_clear_object (&self->picture);
  g_clear_object (&self->drawn);
  G_OBJECT_CLASS (baton_image_view_parent_class)->dispose (object);
}

static void
baton_image_view_class_init (BatonImageViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_image_view_dispose;
  widget_class->measure = baton_image_view_measure;
  widget_class->size_allocate = baton_image_view_size_allocate;
  widget_class->snapshot = baton_image_view_snapshot;
  gtk_widget_class_set_css_name (widget_class, "imageview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  signals[PLACED] = g_signal_new (
      "placed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
baton_image_view_init (BatonImageView *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

GtkWidget *
baton_image_view_new (BatonViewport *viewport, BatonViewportInput input)
{
  BatonImageView *self = g_object_new (BATON_TYPE_IMAGE_VIEW, NULL);
  g_autoptr (BatonViewport) own = viewport == NULL ? baton_viewport_new () : g_object_ref (viewport);

  baton_image_view_set_viewport (self, own);
  baton_viewport_add_input (GTK_WIDGET (self), input, look_cb, NULL);
  return GTK_WIDGET (self);
}

BatonViewport *
baton_image_view_viewport (BatonImageView *self)
{
  g_return_val_if_fail (BATON_IS_IMAGE_VIEW (self), NULL);
  return self->viewport;
}

void
baton_image_view_set_viewport (BatonImageView *self, BatonViewport *viewport)
{
  g_return_if_fail (BATON_IS_IMAGE_VIEW (self) && BATON_IS_VIEWPORT (viewport));
  if (self->viewport == viewport)
    return;
  if (self->viewport != NULL)
    g_signal_handlers_disconnect_by_data (self->viewport, self);
  g_set_object (&self->viewport, viewport);
  g_signal_connect_swapped (viewport, "changed", G_CALLBACK (tell_placed), self);
  tell_placed (self);
}

BatonPicture *
baton_image_view_picture (BatonImageView *self)
{
  g_return_val_if_fail (BATON_IS_IMAGE_VIEW (self), NULL);
  return self->picture;
}

void
baton_image_view_set_picture (BatonImageView *self, BatonPicture *picture, gboolean grows)
{
  g_return_if_fail (BATON_IS_IMAGE_VIEW (self) && (picture == NULL || BATON_IS_PICTURE (picture)));
  self->grows = grows;
  if (!g_set_object (&self->picture, picture))
    return;
  g_clear_object (&self->drawn);
  tell_placed (self);
}

void
baton_image_view_set_size (BatonImageView *self, int width, int height)
{
  g_return_if_fail (BATON_IS_IMAGE_VIEW (self));
  self->size_width = width;
  self->size_height = height;
  tell_placed (self);
}

void
baton_image_view_set_overlay (BatonImageView *self, GtkWidget *overlay)
{
  g_return_if_fail (BATON_IS_IMAGE_VIEW (self));
  g_clear_pointer (&self->overlay, gtk_widget_unparent);
  self->overlay = overlay;
  if (overlay != NULL)
    gtk_widget_set_parent (overlay, GTK_WIDGET (self));
}

void
baton_image_view_set_covered (BatonImageView *self, gboolean covered)
{
  g_return_if_fail (BATON_IS_IMAGE_VIEW (self));
  if (self->covered == covered)
    return;
  self->covered = covered;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
baton_image_view_to_fraction (BatonImageView *self, double x, double y, double *along, double *down)
{
  graphene_rect_t place;

  *along = *down = 0;
  if (!baton_image_view_place (self, &place))
    return FALSE;
  *along = CLAMP ((x - place.origin.x) / place.size.width, 0, 1);
  *down = CLAMP ((y - place.origin.y) / place.size.height, 0, 1);
  return graphene_rect_contains_point (&place, &GRAPHENE_POINT_INIT ((float) x, (float) y));
}

void
baton_image_view_from_fraction (BatonImageView *self, double along, double down, double *x, double *y)
{
  graphene_rect_t place = GRAPHENE_RECT_INIT (0, 0, 0, 0);

  baton_image_view_place (self, &place);
  *x = place.origin.x + along * place.size.width;
  *y = place.origin.y + down * place.size.height;
}

/* How far to move so that a point is at least an eighth of the view away from its edges. */
static double
into_view (double point, double view)
{
  return CLAMP (point, view / 8, view - view / 8) - point;
}

void
baton_image_view_reveal (BatonImageView *self, double along, double down)
{
  BatonViewportFrame frame;
  double x, y;

  if (!baton_image_view_frame (self, &frame))
    return;
  baton_image_view_from_fraction (self, along, down, &x, &y);
  if (x < 0 || y < 0 || x > frame.view_width || y > frame.view_height)
    baton_viewport_pan (
        self->viewport, &frame, into_view (x, frame.view_width), into_view (y, frame.view_height));
}
