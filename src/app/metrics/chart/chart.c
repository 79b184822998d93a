/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "chart.h"

#include "frame-work.h"

#include <adwaita.h>
#include <math.h>

typedef struct
{
  GskRenderNode *drawn; /* everything that stays */
  gboolean stale;       /* it no longer is what the chart shows */
  guint waiting;        /* tick callback: drawn in the next frame */
  GtkWidget *scrolled;  /* in which it is shown, while it is mapped; borrowed */
  guint draws;
  gint64 cost; /* what it took to draw it the last time, in microseconds of work */
  guint current;
  gboolean by_pointer; /* the current mark is that under the pointer */
  char *said;          /* of the current mark that the keyboard chose; NULL: there is none */
  gboolean opens;      /* there are cards behind the marks */
  double zoom;         /* with which it was drawn */
  int min_width;
  int height;
  char *name;
  char *summary;
} BatonChartPrivate;

enum
{
  OPEN_MARK,
  CURRENT_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (BatonChart, baton_chart, GTK_TYPE_WIDGET)

static BatonChartPrivate *
priv (BatonChart *self)
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
  graphene_rect_scale (area, (float) priv (self)->zoom, (float) priv (self)->zoom, area);
  return TRUE;
}

guint
baton_chart_mark_at (BatonChart *self, double x, double y)
{
  return BATON_CHART_GET_CLASS (self)->mark_at (self, x / priv (self)->zoom, y / priv (self)->zoom);
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
  return priv (self)->draws;
}

guint
baton_chart_current (BatonChart *self)
{
  return priv (self)->current;
}

/* The value tells a screen reader which mark it is on. */
static void
tell (BatonChart *self)
{
  BatonChartPrivate *p = priv (self);
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

static void
set_current (BatonChart *self, guint mark, gboolean by_pointer)
{
  BatonChartPrivate *p = priv (self);

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
  set_current (self, mark < baton_chart_n_marks (self) ? mark : BATON_NO_MARK, FALSE);
}

void
baton_chart_set_summary (BatonChart *self, const char *name, const char *summary)
{
  BatonChartPrivate *p = priv (self);

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
  priv (self)->stale = TRUE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Charts that are scrolled away are not drawn, those about to come are. */
#define AHEAD 200
/* How far from the edge of the page a mark is shown that the keys lead to. */
#define BESIDE 40

static gboolean
in_sight (BatonChart *self)
{
  GtkWidget *scrolled = priv (self)->scrolled;
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
  return priv (self)->stale && gtk_widget_get_mapped (GTK_WIDGET (self)) && in_sight (self);
}

gint64
baton_chart_pending_work (BatonChart *self)
{
  return baton_chart_is_pending (self) ? priv (self)->cost : 0;
}

/* Where it is now is known when the page is laid out, so the snapshot decides. */
static void
scrolled_cb (BatonChart *self)
{
  if (priv (self)->stale)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
waited_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  priv (BATON_CHART (widget))->waiting = 0;
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
  BatonChartPrivate *p = priv (self);
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
  BatonChartPrivate *p = priv (self);
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
  BatonChartPrivate *p = priv (self);

  p->cost = MAX (p->cost, PER_CHART + (gint64) (PER_MARK * baton_chart_n_marks (self)));
  set_current (self, find_again (self), FALSE);
  draw_again (self);
}

void
baton_chart_set_opens (BatonChart *self, gboolean opens)
{
  priv (self)->opens = opens;
}

int
baton_chart_height (BatonChart *self)
{
  return priv (self)->height;
}

void
baton_chart_set_size (BatonChart *self, int min_width, int height)
{
  BatonChartPrivate *p = priv (self);

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
  priv (self)->zoom = canvas.zoom;
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
  BatonChartPrivate *p = priv (self);
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
  BatonChartPrivate *p = priv (BATON_CHART (widget));
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
  BatonChartPrivate *p = priv (BATON_CHART (widget));

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
  BatonChartPrivate *p = priv (BATON_CHART (widget));

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
motion_cb (GtkEventControllerMotion *motion, double x, double y, BatonChart *self)
{
  guint mark = baton_chart_mark_at (self, x, y);

  /* The keyboard's mark stays until the pointer finds another one. */
  if (mark == BATON_NO_MARK && !priv (self)->by_pointer)
    return;
  set_current (self, mark, TRUE);
  gtk_widget_set_cursor_from_name (
      GTK_WIDGET (self), mark != BATON_NO_MARK && priv (self)->opens ? "pointer" : NULL);
}

static void
leave_cb (GtkEventControllerMotion *motion, BatonChart *self)
{
  if (priv (self)->by_pointer)
    set_current (self, BATON_NO_MARK, TRUE);
}

static void
released_cb (GtkGestureClick *click, int n, double x, double y, BatonChart *self)
{
  guint mark = baton_chart_mark_at (self, x, y);

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (mark != BATON_NO_MARK)
    g_signal_emit (self, signals[OPEN_MARK], 0, mark);
}

/* A chart may be higher than the window: the page follows the keys. */
static void
show_current (BatonChart *self)
{
  BatonChartPrivate *p = priv (self);
  GtkAdjustment *adjustment;
  graphene_rect_t area;
  double top, page;

  if (p->scrolled == NULL || !baton_chart_mark_area (self, p->current, &area) ||
      !gtk_widget_translate_coordinates (
          GTK_WIDGET (self), p->scrolled, area.origin.x, area.origin.y, NULL, &top))
    return;
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (p->scrolled));
  page = gtk_adjustment_get_page_size (adjustment);
  if (top < BESIDE)
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + top - BESIDE);
  else if (top + area.size.height > page - BESIDE)
    gtk_adjustment_set_value (adjustment,
        gtk_adjustment_get_value (adjustment) + MIN (top - BESIDE, top + area.size.height - page + BESIDE));
}

static void
walk_to (BatonChart *self, guint mark)
{
  baton_chart_set_current (self, mark);
  show_current (self);
}

/* The first key shows where one is; from then on keys lead on. */
static gboolean
walk (BatonChart *self, GtkDirectionType direction)
{
  guint n = baton_chart_n_marks (self);
  guint current = priv (self)->current;

  if (n == 0)
    return FALSE;
  if (current == BATON_NO_MARK || current >= n)
    walk_to (self, direction == GTK_DIR_LEFT ? n - 1 : 0);
  else
    walk_to (self, BATON_CHART_GET_CLASS (self)->step (self, current, direction));
  return TRUE;
}

static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, BatonChart *self)
{
  BatonChartPrivate *p = priv (self);
  guint n = baton_chart_n_marks (self);
  gboolean mirrored = BATON_CHART_GET_CLASS (self)->mirrors &&
                      gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0 || n == 0)
    return GDK_EVENT_PROPAGATE;
  switch (key)
    {
    case GDK_KEY_Left:
      return walk (self, mirrored ? GTK_DIR_RIGHT : GTK_DIR_LEFT);
    case GDK_KEY_Right:
      return walk (self, mirrored ? GTK_DIR_LEFT : GTK_DIR_RIGHT);
    case GDK_KEY_Up:
      return walk (self, GTK_DIR_UP);
    case GDK_KEY_Down:
      return walk (self, GTK_DIR_DOWN);
    case GDK_KEY_Home:
      walk_to (self, 0);
      return GDK_EVENT_STOP;
    case GDK_KEY_End:
      walk_to (self, n - 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_space:
      if (p->current == BATON_NO_MARK)
        return GDK_EVENT_PROPAGATE;
      g_signal_emit (self, signals[OPEN_MARK], 0, p->current);
      return GDK_EVENT_STOP;
    case GDK_KEY_Escape:
      if (p->current == BATON_NO_MARK)
        return GDK_EVENT_PROPAGATE;
      set_current (self, BATON_NO_MARK, FALSE);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

static void
baton_chart_dispose (GObject *object)
{
  BatonChartPrivate *p = priv (BATON_CHART (object));

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
add_controllers (BatonChart *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  /* The mark of the keyboard is remembered, and seen while the keyboard is here. */
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (gtk_widget_queue_draw), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (gtk_widget_queue_draw), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  g_signal_connect (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

static void
baton_chart_init (BatonChart *self)
{
  BatonChartPrivate *p = priv (self);

  p->current = BATON_NO_MARK;
  p->stale = TRUE;
  p->cost = PER_CHART;
  p->zoom = 1;
  p->min_width = 240;
  p->height = 240;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  add_controllers (self);
  g_signal_connect_object (
      adw_style_manager_get_default (), "notify::dark", G_CALLBACK (draw_again), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::high-contrast", G_CALLBACK (draw_again),
      self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (draw_again), NULL);
}
