/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What a person looks at: how near, which point in the middle, which page, which moment. It knows no picture
 * and no widget, so several views may share one: they are then locked together. Main thread only.
 *
 * Zoom is in pixels of the screen for one pixel of the picture: 1 is 100 %. The centre is a point of the
 * picture in fractions 0–1. While `fit` is on, every view shows its whole picture and zoom and centre are not
 * used.
 *
 * Properties: fit, zoom, x, y, page (from 0), time (seconds). Signal changed (): something of it. */
#define BATON_TYPE_VIEWPORT (baton_viewport_get_type ())
G_DECLARE_FINAL_TYPE (BatonViewport, baton_viewport, BATON, VIEWPORT, GObject)

#define BATON_ZOOM_LEAST (1.0 / 64) /* or what fits, when that is less */
#define BATON_ZOOM_MOST 32.0

/* A view and the picture in it, as far as placing needs them. */
typedef struct
{
  double view_width; /* of the widget, in its own pixels */
  double view_height;
  double device_scale; /* pixels of the screen for one of the widget */
  double width;        /* of the picture, in its own pixels */
  double height;
  gboolean grows; /* a page or a drawing: fitting may make it larger than 100 % */
} BatonViewportFrame;

BatonViewport *baton_viewport_new (void);

gboolean baton_viewport_is_fit (BatonViewport *self);
double baton_viewport_zoom (BatonViewport *self);
void baton_viewport_centre (BatonViewport *self, double *x, double *y);
int baton_viewport_page (BatonViewport *self);
double baton_viewport_time (BatonViewport *self);

void baton_viewport_set_fit (BatonViewport *self);
/* Zoom and centre in one change; ends fitting. */
void baton_viewport_set_view (BatonViewport *self, double zoom, double x, double y);
void baton_viewport_set_page (BatonViewport *self, int page);
void baton_viewport_set_time (BatonViewport *self, double seconds);
/* Looks where another one looks: to go on from there when a lock is broken or joined again. */
void baton_viewport_copy (BatonViewport *self, BatonViewport *from);

/* The zoom that a view has with this viewport, fitting included. */
double baton_viewport_effective_zoom (BatonViewport *self, const BatonViewportFrame *frame);
/* Where the whole picture lies, in the coordinates of the widget; it may be much larger than the widget. A
 * picture never leaves a gap on a side where it could fill it. */
void baton_viewport_place (BatonViewport *self, const BatonViewportFrame *frame, graphene_rect_t *place);

/* Nearer or farther by a factor; the point of the picture that lies at (x, y) of the widget stays there. */
void baton_viewport_zoom_by (
    BatonViewport *self, const BatonViewportFrame *frame, double factor, double x, double y);
/* To the next step of the usual ladder (… 50 %, 67 %, 100 %, 150 % …) around the middle of the view. */
void baton_viewport_zoom_step (BatonViewport *self, const BatonViewportFrame *frame, gboolean nearer);
/* To a zoom, around the point that is in the middle now. */
void baton_viewport_zoom_to (BatonViewport *self, const BatonViewportFrame *frame, double zoom);
/* The picture moves by so many pixels of the widget. FALSE when it had nowhere to go. */
gboolean baton_viewport_pan (BatonViewport *self, const BatonViewportFrame *frame, double dx, double dy);

G_END_DECLS
