/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "chart-private.h"

/* The pointer and the keys: which mark is looked at, and going to what is behind it. */

/* How far from the edge of the page a mark is shown that the keys lead to. */
#define BESIDE 40

static void
motion_cb (GtkEventControllerMotion *motion, double x, double y, BatonChart *self)
{
  guint mark = baton_chart_mark_at (self, x, y);

  /* The keyboard's mark stays until the pointer finds another one. */
  if (mark == BATON_NO_MARK && !baton_chart_private (self)->by_pointer)
    return;
  baton_chart_take_current (self, mark, TRUE);
  gtk_widget_set_cursor_from_name (
      GTK_WIDGET (self), mark != BATON_NO_MARK && baton_chart_private (self)->opens ? "pointer" : NULL);
}

static void
leave_cb (GtkEventControllerMotion *motion, BatonChart *self)
{
  if (baton_chart_private (self)->by_pointer)
    baton_chart_take_current (self, BATON_NO_MARK, TRUE);
}

static void
released_cb (GtkGestureClick *click, int n, double x, double y, BatonChart *self)
{
  guint mark = baton_chart_mark_at (self, x, y);

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (mark != BATON_NO_MARK)
    g_signal_emit_by_name (self, "open-mark", mark);
}

/* A chart may be higher than the window: the page follows the keys. */
static void
show_current (BatonChart *self)
{
  BatonChartPrivate *p = baton_chart_private (self);
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
  guint current = baton_chart_private (self)->current;

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
  BatonChartPrivate *p = baton_chart_private (self);
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
      g_signal_emit_by_name (self, "open-mark", p->current);
      return GDK_EVENT_STOP;
    case GDK_KEY_Escape:
      if (p->current == BATON_NO_MARK)
        return GDK_EVENT_PROPAGATE;
      baton_chart_take_current (self, BATON_NO_MARK, FALSE);
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

void
baton_chart_add_input (BatonChart *self)
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
