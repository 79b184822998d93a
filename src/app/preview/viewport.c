/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "viewport.h"

#include <math.h>

struct _BatonViewport
{
  GObject parent_instance;

  gboolean fit;
  double zoom;
  double x, y;
  int page;
  double time;
};

enum
{
  PROP_0,
  PROP_FIT,
  PROP_ZOOM,
  PROP_X,
  PROP_Y,
  PROP_PAGE,
  PROP_TIME,
  N_PROPS,
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonViewport, baton_viewport, G_TYPE_OBJECT)

static void
baton_viewport_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BatonViewport *self = BATON_VIEWPORT (object);

  switch (id)
    {
    case PROP_FIT:
      g_value_set_boolean (value, self->fit);
      break;
    case PROP_ZOOM:
      g_value_set_double (value, self->zoom);
      break;
    case PROP_X:
      g_value_set_double (value, self->x);
      break;
    case PROP_Y:
      g_value_set_double (value, self->y);
      break;
    case PROP_PAGE:
      g_value_set_int (value, self->page);
      break;
    case PROP_TIME:
      g_value_set_double (value, self->time);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
baton_viewport_class_init (BatonViewportClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = baton_viewport_get_property;
  properties[PROP_FIT] = g_param_spec_boolean ("fit", NULL, NULL, TRUE, flags);
  properties[PROP_ZOOM] = g_param_spec_double ("zoom", NULL, NULL, 0, BATON_ZOOM_MOST, 1, flags);
  properties[PROP_X] = g_param_spec_double ("x", NULL, NULL, 0, 1, 0.5, flags);
  properties[PROP_Y] = g_param_spec_double ("y", NULL, NULL, 0, 1, 0.5, flags);
  properties[PROP_PAGE] = g_param_spec_int ("page", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_TIME] = g_param_spec_double ("time", NULL, NULL, 0, G_MAXDOUBLE, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[CHANGED] = g_signal_new (
      "changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
baton_viewport_init (BatonViewport *self)
{
  self->fit = TRUE;
  self->zoom = 1;
  self->x = self->y = 0.5;
}

BatonViewport *
baton_viewport_new (void)
{
  return g_object_new (BATON_TYPE_VIEWPORT, NULL);
}

gboolean
baton_viewport_is_fit (BatonViewport *self)
{
  g_return_val_if_fail (BATON_IS_VIEWPORT (self), TRUE);
  return self->fit;
}

double
baton_viewport_zoom (BatonViewport *self)
{
  g_return_val_if_fail (BATON_IS_VIEWPORT (self), 1);
  return self->zoom;
}

void
baton_viewport_centre (BatonViewport *self, double *x, double *y)
{
  g_return_if_fail (BATON_IS_VIEWPORT (self));
  *x = self->x;
  *y = self->y;
}

int
baton_viewport_page (BatonViewport *self)
{
  g_return_val_if_fail (BATON_IS_VIEWPORT (self), 0);
  return self->page;
}

double
baton_viewport_time (BatonViewport *self)
{
  g_return_val_if_fail (BATON_IS_VIEWPORT (self), 0);
  return self->time;
}

static gboolean
put_double (BatonViewport *self, double *field, double value, int property)
{
  if (*field == value)
    return FALSE;
  *field = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
  return TRUE;
}

static void
put_view (BatonViewport *self, gboolean fit, double zoom, double x, double y)
{
  gboolean changed = FALSE;

  g_object_freeze_notify (G_OBJECT (self));
  if (self->fit != fit)
    {
      self->fit = fit;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FIT]);
      changed = TRUE;
    }
  changed |= put_double (self, &self->zoom, CLAMP (zoom, 1e-6, BATON_ZOOM_MOST), PROP_ZOOM);
  changed |= put_double (self, &self->x, CLAMP (x, 0, 1), PROP_X);
  changed |= put_double (self, &self->y, CLAMP (y, 0, 1), PROP_Y);
  g_object_thaw_notify (G_OBJECT (self));
  if (changed)
    g_signal_emit (self, signals[CHANGED], 0);
}

void
baton_viewport_set_fit (BatonViewport *self)
{
  g_return_if_fail (BATON_IS_VIEWPORT (self));
  put_view (self, TRUE, self->zoom, 0.5, 0.5);
}

void
baton_viewport_set_view (BatonViewport *self, double zoom, double x, double y)
{
  g_return_if_fail (BATON_IS_VIEWPORT (self));
  put_view (self, FALSE, zoom, x, y);
}

void
baton_viewport_set_page (BatonViewport *self, int page)
{
  g_return_if_fail (BATON_IS_VIEWPORT (self));
  if (page < 0 || page == self->page)
    return;
  self->page = page;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAGE]);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
baton_viewport_set_time (BatonViewport *self, double seconds)
{
  g_return_if_fail (BATON_IS_VIEWPORT (self));
  if (put_double (self, &self->time, MAX (seconds, 0), PROP_TIME))
    g_signal_emit (self, signals[CHANGED], 0);
}

void
baton_viewport_copy (BatonViewport *self, BatonViewport *from)
{
  g_return_if_fail (BATON_IS_VIEWPORT (self) && BATON_IS_VIEWPORT (from));
  put_view (self, from->fit, from->zoom, from->x, from->y);
  baton_viewport_set_page (self, from->page);
  baton_viewport_set_time (self, from->time);
}

static double
fit_zoom (const BatonViewportFrame *frame)
{
  double zoom;

  if (frame->width <= 0 || frame->height <= 0)
    return 1;
  zoom = MIN (frame->view_width / frame->width, frame->view_height / frame->height) * frame->device_scale;
  return MAX (frame->grows ? zoom : MIN (zoom, 1), 1e-6);
}

double
baton_viewport_effective_zoom (BatonViewport *self, const BatonViewportFrame *frame)
{
  g_return_val_if_fail (BATON_IS_VIEWPORT (self) && frame != NULL, 1);
  return self->fit ? fit_zoom (frame) : self->zoom;
}

/* Where a picture of `size` begins in a view when the fraction `centre` of it shall be in the middle. */
static double
begin_of (double size, double view, double centre)
{
  if (size <= view)
    return (view - size) / 2;
  return CLAMP (view / 2 - centre * size, view - size, 0);
}

void
baton_viewport_place (BatonViewport *self, const BatonViewportFrame *frame, graphene_rect_t *place)
{
  double scale = baton_viewport_effective_zoom (self, frame) / frame->device_scale;
  double width = frame->width * scale;
  double height = frame->height * scale;
  /* On whole pixels of the screen, so that a picture at 100 % is shown as it is. */
  double x = round (begin_of (width, frame->view_width, self->x) * frame->device_scale) / frame->device_scale;
  double y =
      round (begin_of (height, frame->view_height, self->y) * frame->device_scale) / frame->device_scale;

  graphene_rect_init (place, (float) x, (float) y, (float) width, (float) height);
}

/* The centre that puts the beginning of the picture at `begin`; in the middle when there is no choice. */
static double
centre_of (double begin, double size, double view)
{
  if (size <= view)
    return 0.5;
  return (view / 2 - CLAMP (begin, view - size, 0)) / size;
}

static void
zoom_around (BatonViewport *self, const BatonViewportFrame *frame, double zoom, double x, double y)
{
  graphene_rect_t place;
  double width, height, along, down;

  zoom = CLAMP (zoom, MIN (BATON_ZOOM_LEAST, fit_zoom (frame)), BATON_ZOOM_MOST);
  baton_viewport_place (self, frame, &place);
  if (place.size.width <= 0 || place.size.height <= 0)
    return;
  along = CLAMP ((x - place.origin.x) / place.size.width, 0, 1);
  down = CLAMP ((y - place.origin.y) / place.size.height, 0, 1);
  width = frame->width * zoom / frame->device_scale;
  height = frame->height * zoom / frame->device_scale;
  put_view (self, FALSE, zoom, centre_of (x - along * width, width, frame->view_width),
      centre_of (y - down * height, height, frame->view_height));
}

void
baton_viewport_zoom_by (
    BatonViewport *self, const BatonViewportFrame *frame, double factor, double x, double y)
{
  g_return_if_fail (BATON_IS_VIEWPORT (self) && frame != NULL);
  zoom_around (self, frame, baton_viewport_effective_zoom (self, frame) * factor, x, y);
}

void
baton_viewport_zoom_to (BatonViewport *self, const BatonViewportFrame *frame, double zoom)
{
  g_return_if_fail (BATON_IS_VIEWPORT (self) && frame != NULL);
  zoom_around (self, frame, zoom, frame->view_width / 2, frame->view_height / 2);
}

void
baton_viewport_zoom_step (BatonViewport *self, const BatonViewportFrame *frame, gboolean nearer)
{
  static const double ladder[] = { 1.0 / 64, 1.0 / 32, 1.0 / 16, 1.0 / 8, 0.17, 0.25, 0.33, 0.5, 0.67, 1, 1.5,
    2, 3, 4, 6, 8, 12, 16, 24, 32 };
  double now = baton_viewport_effective_zoom (self, frame);

  /* A step that nobody would see is left out. */
  for (guint i = 0; i < G_N_ELEMENTS (ladder); i++)
    {
      double step = ladder[nearer ? i : G_N_ELEMENTS (ladder) - 1 - i];

      if (nearer ? step > now * 1.04 : step < now / 1.04)
        {
          baton_viewport_zoom_to (self, frame, step);
          return;
        }
    }
}

gboolean
baton_viewport_pan (BatonViewport *self, const BatonViewportFrame *frame, double dx, double dy)
{
  graphene_rect_t place;
  double x, y;

  g_return_val_if_fail (BATON_IS_VIEWPORT (self) && frame != NULL, FALSE);
  if (self->fit)
    return FALSE;
  baton_viewport_place (self, frame, &place);
  x = centre_of (place.origin.x + dx, place.size.width, frame->view_width);
  y = centre_of (place.origin.y + dy, place.size.height, frame->view_height);
  if (fabs (x - self->x) < 1e-9 && fabs (y - self->y) < 1e-9)
    return FALSE;
  put_view (self, FALSE, self->zoom, x, y);
  return TRUE;
}
