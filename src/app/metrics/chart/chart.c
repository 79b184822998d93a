/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "chart-private.h"

#include "frame-work.h"

#include <adwaita.h>
#include <math.h>

enum
{
  OPEN_MARK,
  CURRENT_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (BatonChart, baton_chart, GTK_TYPE_WIDGET)

BatonChartPrivate *
baton_chart_private (BatonChart *self)
{
  return baton_chart_get_instance_private (self);
}

guint
baton_chart_n_marks (BatonChart *self)
{
  return BATON_CHART_GET_CLASS (self)->n_marks (self);
}

gboolean
baton_chart_mark_area (BatonChart *self, guint mark, graphene_rect_t *area)
{
  if (mark >= baton_chart_n_marks (self) || !BATON_CHART_GET_CLASS (self)->mark_area (self, mark, area))
    return FALSE;
  graphene_rect_scale (
      area, (float) baton_chart_private (self)->zoom, (float) baton_chart_private (self)->zoom, area);
  return TRUE;
}

guint
baton_chart_mark_at (BatonChart *self, double x, double y)
{
  return BATON_CHART_GET_CLASS (self)->mark_at (
      self, x / baton_chart_private (self)->zoom, y / baton_chart_private (self)->zoom);
}

char *
baton_chart_mark_words (BatonChart *self, guint mark)
{
  return mark < baton_chart_n_marks (self) ? BATON_CHART_GET_CLASS (self)->mark_words (self, mark)
                                           : g_strdup ("");
}

guint
baton_chart_draws (BatonChart *self)
{
  return baton_chart_private (self)->draws;
}

guint
baton_chart_current (BatonChart *self)
{
  return baton_chart_private (self)->current;
}

/* The value tells a screen reader which mark it is on. */
static void
tell (BatonChart *self)
{
  BatonChartPrivate *p = baton_chart_private (self);
  g_autofree char *line = NULL;

  g_free (p->said);
  p->said = p->current != BATON_NO_MARK ? baton_chart_mark_words (self, p->current) : NULL;
  line = p->said != NULL ? g_strdelimit (g_strdup (p->said), "\n", ' ') : NULL;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
      p->name != NULL ? p->name : "", GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      line != NULL         ? line
      : p->summary != NULL ? p->summary
                           : "",
      -1);
}

void
baton_chart_take_current (BatonChart *self, guint mark, gboolean by_pointer)
{
  BatonChartPrivate *p = baton_chart_private (self);

  p->by_pointer = by_pointer;
  if (p->current == mark)
    return;
  p->current = mark;
  if (!by_pointer)
    tell (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[CURRENT_CHANGED], 0);
}

void
baton_chart_set_current (BatonChart *self, guint mark)
{
  baton_chart_take_current (self, mark < baton_chart_n_marks (self) ? mark : BATON_NO_MARK, FALSE);
}

void
baton_chart_set_summary (BatonChart *self, const char *name, const char *summary)
{
  BatonChartPrivate *p = baton_chart_private (self);

  if (g_strcmp0 (p->name, name) == 0 && g_strcmp0 (p->summary, summary) == 0)
    return;
  g_free (p->name);
  g_free (p->summary);
  p->name = g_strdup (name);
  p->summary = g_strdup (summary);
  tell (self);
}

static void
draw_again (BatonChart *self)
{
  baton_chart_private (self)->stale = TRUE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Charts that are scrolled away are not drawn, those about to come are. */
#define AHEAD 200

static gboolean
in_sight (BatonChart *self)
{
  GtkWidget *scrolled = baton_chart_private (self)->scrolled;
  graphene_rect_t bounds;

  if (scrolled == NULL)
    return TRUE;
  return gtk_widget_compute_bounds (GTK_WIDGET (self), scrolled, &bounds) &&
         bounds.origin.y + bounds.size.height > -AHEAD &&
         bounds.origin.y < (float) gtk_widget_get_height (scrolled) + AHEAD;
}

gboolean
baton_chart_is_pending (BatonChart *self)
{
  return baton_chart_private (self)->stale && gtk_widget_get_mapped (GTK_WIDGET (self)) && in_sight (self);
}

gint64
baton_chart_pending_work (BatonChart *self)
{
  return baton_chart_is_pending (self) ? baton_chart_private (self)->cost : 0;
}

/* Where it is now is known when the page is laid out, so the snapshot decides. */
static void
scrolled_cb (BatonChart *self)
{
  if (baton_chart_private (self)->stale)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
waited_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  baton_chart_private (BATON_CHART (widget))->waiting = 0;
  gtk_widget_queue_draw (widget);
  return G_SOURCE_REMOVE;
}

/* How long a frame may work before it puts off what remains, judged by what a chart took the last time; the
 * others show meanwhile what they showed. A frame that did nothing else draws at least one. */
#define A_FRAME 9000
#define HARDLY_BEGUN 3000

static gboolean
may_draw (BatonChart *self)
{
  BatonChartPrivate *p = baton_chart_private (self);
  gint64 spent = baton_frame_work (GTK_WIDGET (self));

  if (spent + p->cost < A_FRAME || spent < HARDLY_BEGUN)
    return TRUE;
  if (p->waiting == 0)
    p->waiting = gtk_widget_add_tick_callback (GTK_WIDGET (self), waited_cb, NULL, NULL);
  return FALSE;
}

/* Beyond so many marks it is quicker to walk there again than to look for the same one. */
#define MOST_SEARCHED 2000

static gboolean
is_same (BatonChart *self, guint mark, const char *said)
{
  g_autofree char *words = baton_chart_mark_words (self, mark);

  return g_str_equal (words, said);
}

/* Where the mark that somebody is on has gone: the one that says the same. */
static guint
find_again (BatonChart *self)
{
  BatonChartPrivate *p = baton_chart_private (self);
  guint n = baton_chart_n_marks (self);

  if (p->current == BATON_NO_MARK || p->by_pointer || p->said == NULL)
    return BATON_NO_MARK;
  if (p->current < n && is_same (self, p->current, p->said))
    return p->current;
  for (guint i = 0; i < n && n <= MOST_SEARCHED; i++)
    if (is_same (self, i, p->said))
      return i;
  return BATON_NO_MARK;
}

/* What drawing takes at least, in microseconds of work: a guess until it has been drawn. */
#define PER_CHART 1500
#define PER_MARK 0.06

void
baton_chart_changed (BatonChart *self)
{
  BatonChartPrivate *p = baton_chart_private (self);

  p->cost = MAX (p->cost, PER_CHART + (gint64) (PER_MARK * baton_chart_n_marks (self)));
  baton_chart_take_current (self, find_again (self), FALSE);
  draw_again (self);
}

void
baton_chart_set_opens (BatonChart *self, gboolean opens)
{
  baton_chart_private (self)->opens = opens;
}

int
baton_chart_height (BatonChart *self)
{
  return baton_chart_private (self)->height;
}

void
baton_chart_set_size (BatonChart *self, int min_width, int height)
{
  BatonChartPrivate *p = baton_chart_private (self);

  if (p->min_width == min_width && p->height == height)
    return;
  p->min_width = min_width;
  p->height = height;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static GskRenderNode *
draw (BatonChart *self, double width, double height)
{
  g_auto (BatonCanvas) canvas = { 0 };

  baton_canvas_init_screen (&canvas, GTK_WIDGET (self), width, height);
  baton_chart_private (self)->zoom = canvas.zoom;
  BATON_CHART_GET_CLASS (self)->draw (self, &canvas, TRUE);
  return baton_canvas_finish (&canvas);
}

GskRenderNode *
baton_chart_render (BatonChart *self, double width, double height, gboolean dark)
{
  g_auto (BatonCanvas) canvas = { 0 };

  baton_canvas_init (&canvas, GTK_WIDGET (self), width, height, dark);
  canvas.vector = TRUE;
  baton_canvas_rectangle (&canvas, 0, 0, width, height, &canvas.palette.ground, BATON_PATTERN_PLAIN);
  BATON_CHART_GET_CLASS (self)->draw (self, &canvas, FALSE);
  return baton_canvas_finish (&canvas);
}

static void
draw_ring (BatonChart *self, BatonCanvas *canvas, guint mark)
{
  graphene_rect_t area;
  GskRoundedRect ring;
  const float thick = 2;

  if (!BATON_CHART_GET_CLASS (self)->mark_area (self, mark, &area))
    return;
  graphene_rect_inset (&area, -3, -3);
  gsk_rounded_rect_init_from_rect (&ring, &area, MIN (6, MIN (area.size.width, area.size.height) / 2));
  gtk_snapshot_append_border (canvas->snapshot, &ring, (float[4]){ thick, thick, thick, thick },
      (GdkRGBA[4]){
          canvas->palette.accent, canvas->palette.accent, canvas->palette.accent, canvas->palette.accent });
}

static void
draw_words (BatonChart *self, BatonCanvas *canvas, guint mark)
{
  g_autofree char *words = baton_chart_mark_words (self, mark);
  graphene_rect_t area;

  if (*words != '\0' && BATON_CHART_GET_CLASS (self)->mark_area (self, mark, &area))
    baton_canvas_notice (canvas, words, area.origin.x + area.size.width,
        CLAMP (area.origin.y + area.size.height / 2, 0, canvas->height));
}

static void
baton_chart_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BatonChart *self = BATON_CHART (widget);
  BatonChartPrivate *p = baton_chart_private (self);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  g_auto (BatonCanvas) canvas = { 0 };

  if (width <= 0 || height <= 0)
    return;
  if (p->stale && in_sight (self) && may_draw (self))
    {
      gint64 begin = baton_thread_work ();

      p->stale = FALSE;
      g_clear_pointer (&p->drawn, gsk_render_node_unref);
      p->drawn = draw (self, width, height);
      p->draws++;
      p->cost = baton_thread_work () - begin;
    }
  if (p->drawn != NULL)
    gtk_snapshot_append_node (snapshot, p->drawn);
  if (p->current == BATON_NO_MARK || p->current >= baton_chart_n_marks (self) ||
      !(p->by_pointer || gtk_widget_is_focus (widget)))
    return;
  baton_canvas_init_screen (&canvas, widget, width, height);
  BATON_CHART_GET_CLASS (self)->draw_current (self, &canvas, p->current);
  draw_words (self, &canvas, p->current);
  baton_canvas_finish_to (&canvas, snapshot);
}

static void
baton_chart_map (GtkWidget *widget)
{
  BatonChartPrivate *p = baton_chart_private (BATON_CHART (widget));
  GtkAdjustment *adjustment;

  GTK_WIDGET_CLASS (baton_chart_parent_class)->map (widget);
  p->scrolled = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  if (p->scrolled == NULL)
    return;
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (p->scrolled));
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (scrolled_cb), widget, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (scrolled_cb), widget, G_CONNECT_SWAPPED);
}

static void
baton_chart_unmap (GtkWidget *widget)
{
  BatonChartPrivate *p = baton_chart_private (BATON_CHART (widget));

  if (p->scrolled != NULL)
    g_signal_handlers_disconnect_by_func (
        gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (p->scrolled)), scrolled_cb, widget);
  p->scrolled = NULL;
  GTK_WIDGET_CLASS (baton_chart_parent_class)->unmap (widget);
}

static void
baton_chart_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
    int *minimum_baseline, int *natural_baseline)
{
  BatonChartPrivate *p = baton_chart_private (BATON_CHART (widget));

  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL
                            ? p->min_width
                            : (int) ceil (p->height * baton_canvas_zoom (widget));
}

static void
baton_chart_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  draw_again (BATON_CHART (widget));
}

static void
baton_chart_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (baton_chart_parent_class)->css_changed (widget, change);
  draw_again (BATON_CHART (widget));
}

static guint
step_along (BatonChart *self, guint mark, GtkDirectionType direction)
{
  guint n = baton_chart_n_marks (self);

  if (direction == GTK_DIR_LEFT || direction == GTK_DIR_UP)
    return mark > 0 ? mark - 1 : 0;
  return mark + 1 < n ? mark + 1 : mark;
}

static void
baton_chart_dispose (GObject *object)
{
  BatonChartPrivate *p = baton_chart_private (BATON_CHART (object));

  g_clear_pointer (&p->drawn, gsk_render_node_unref);
  g_clear_pointer (&p->name, g_free);
  g_clear_pointer (&p->summary, g_free);
  g_clear_pointer (&p->said, g_free);
  G_OBJECT_CLASS (baton_chart_parent_class)->dispose (object);
}

static void
baton_chart_class_init (BatonChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_chart_dispose;
  widget_class->map = baton_chart_map;
  widget_class->unmap = baton_chart_unmap;
  widget_class->snapshot = baton_chart_snapshot;
  widget_class->measure = baton_chart_measure;
  widget_class->size_allocate = baton_chart_size_allocate;
  widget_class->css_changed = baton_chart_css_changed;
  klass->step = step_along;
  klass->draw_current = draw_ring;
  signals[OPEN_MARK] = g_signal_new (
      "open-mark", BATON_TYPE_CHART, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[CURRENT_CHANGED] = g_signal_new (
      "current-changed", BATON_TYPE_CHART, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "chart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
baton_chart_init (BatonChart *self)
{
  BatonChartPrivate *p = baton_chart_private (self);

  p->current = BATON_NO_MARK;
  p->stale = TRUE;
  p->cost = PER_CHART;
  p->zoom = 1;
  p->min_width = 240;
  p->height = 240;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  baton_chart_add_input (self);
  g_signal_connect_object (
      adw_style_manager_get_default (), "notify::dark", G_CALLBACK (draw_again), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::high-contrast", G_CALLBACK (draw_again),
      self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (draw_again), NULL);
}
