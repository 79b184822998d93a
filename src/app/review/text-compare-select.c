/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "text-compare-private.h"

#include "selection-offer.h"

/* Within a line the label selects, by pointer, by keys and for assistive technology, and is asked afterwards:
 * it does not tell. Across lines the comparison does: by drawing from one line into another, or with
 * Shift+Down and Shift+Up from the end of a line, paragraph by paragraph. */

static BatonTextLine *
line_with_focus (BatonTextCompare *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = GTK_IS_WINDOW (root) ? gtk_window_get_focus (GTK_WINDOW (root)) : NULL;
  GtkWidget *line = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self))
                        ? gtk_widget_get_ancestor (focus, BATON_TYPE_TEXT_LINE)
                        : NULL;

  return line != NULL && baton_text_line_is_newer (BATON_TEXT_LINE (line)) ? BATON_TEXT_LINE (line) : NULL;
}

static gboolean
selected_range (BatonTextCompare *self, gsize *from, gsize *to)
{
  BatonTextLine *line;

  *from = self->look.from;
  *to = self->look.to;
  if (*from < *to)
    return TRUE;
  line = line_with_focus (self);
  return line != NULL && baton_text_line_selection (line, from, to);
}

BatonMark *
baton_text_compare_selection (BatonTextCompare *self)
{
  gsize from, to;

  if (self->pair == NULL || !selected_range (self, &from, &to))
    return NULL;
  return baton_text_mark_new (baton_text_pair_text (self->pair, FALSE), from, to);
}

gboolean
baton_text_compare_mark_selection (BatonTextCompare *self)
{
  g_autoptr (BatonMark) mark = self->takes_marks ? baton_text_compare_selection (self) : NULL;

  if (mark == NULL)
    return FALSE;
  gtk_popover_popdown (GTK_POPOVER (self->offer));
  baton_text_compare_forget_selection (self);
  baton_text_compare_say_marked (self, mark);
  return TRUE;
}

/* The line of the newer text in which a byte is shown. */
static BatonTextLine *
line_of (BatonTextCompare *self, gsize offset)
{
  for (guint i = 0; i < self->shown->len; i++)
    {
      BatonTextLine *line = g_ptr_array_index (self->shown, i);
      gsize from, to;

      if (!baton_text_line_is_newer (line) || !gtk_widget_get_mapped (GTK_WIDGET (line)))
        continue;
      baton_text_line_range (line, &from, &to);
      if (offset > from && offset <= to)
        return line;
    }
  return NULL;
}

/* The button stands where the selection ends, while that is on the screen. */
static void
update_offer (BatonTextCompare *self)
{
  g_autoptr (BatonMark) mark = self->takes_marks ? baton_text_compare_selection (self) : NULL;
  gsize from = 0, to = 0;
  BatonTextLine *line = mark != NULL && selected_range (self, &from, &to) ? line_of (self, to) : NULL;
  GdkRectangle place;
  double x, y;

  if (line == NULL || self->drag_line != NULL)
    {
      gtk_popover_popdown (GTK_POPOVER (self->offer));
      return;
    }
  baton_text_line_place (line, to, &place);
  gtk_widget_translate_coordinates (GTK_WIDGET (line), GTK_WIDGET (self), place.x, place.y, &x, &y);
  place.x = (int) x;
  place.y = (int) y;
  if (y < 0 || y > gtk_widget_get_height (GTK_WIDGET (self)))
    {
      gtk_popover_popdown (GTK_POPOVER (self->offer));
      return;
    }
  gtk_popover_set_pointing_to (GTK_POPOVER (self->offer), &place);
  gtk_popover_popup (GTK_POPOVER (self->offer));
}

static gboolean
read_cb (gpointer data)
{
  BatonTextCompare *self = data;

  self->reading = 0;
  update_offer (self);
  return G_SOURCE_REMOVE;
}

static void
queue_reading (BatonTextCompare *self)
{
  if (self->reading == 0)
    self->reading = g_idle_add (read_cb, self);
}

static void
set_range (BatonTextCompare *self, gsize from, gsize to)
{
  if (self->look.from == from && self->look.to == to)
    return;
  self->look.from = from;
  self->look.to = to;
  baton_text_compare_refresh (self);
}

void
baton_text_compare_forget_selection (BatonTextCompare *self)
{
  for (guint i = 0; i < self->shown->len; i++)
    {
      GtkLabel *label = baton_text_line_label (g_ptr_array_index (self->shown, i));

      if (gtk_label_get_selection_bounds (label, NULL, NULL))
        gtk_label_select_region (label, 0, 0);
    }
  self->drag_line = NULL;
  set_range (self, 0, 0);
  queue_reading (self);
}

void
baton_text_compare_select_range (BatonTextCompare *self, gsize from, gsize to)
{
  set_range (self, from, to);
  queue_reading (self);
}

void
baton_text_compare_set_takes_marks (BatonTextCompare *self, gboolean takes)
{
  self->takes_marks = takes;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "text.comment", takes);
  queue_reading (self);
}

/* The line below a point of the list, and the byte there. */
static BatonTextLine *
line_at (BatonTextCompare *self, double x, double y, gsize *at)
{
  GtkWidget *widget = gtk_widget_pick (GTK_WIDGET (self->list), x, y, GTK_PICK_DEFAULT);
  GtkWidget *line = widget != NULL ? gtk_widget_get_ancestor (widget, BATON_TYPE_TEXT_LINE) : NULL;
  double line_x, line_y;

  if (line == NULL || !baton_text_line_is_newer (BATON_TEXT_LINE (line)))
    return NULL;
  gtk_widget_translate_coordinates (GTK_WIDGET (self->list), line, x, y, &line_x, &line_y);
  *at = baton_text_line_at (BATON_TEXT_LINE (line), line_x, line_y);
  return BATON_TEXT_LINE (line);
}

static void
drag_begin_cb (GtkGestureDrag *gesture, double x, double y, BatonTextCompare *self)
{
  set_range (self, 0, 0);
  self->drag_line = line_at (self, x, y, &self->drag_from);
  gtk_popover_popdown (GTK_POPOVER (self->offer));
}

static void
drag_update_cb (GtkGestureDrag *gesture, double dx, double dy, BatonTextCompare *self)
{
  BatonTextLine *line;
  double x, y;
  gsize at;

  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  line = self->drag_line != NULL ? line_at (self, x + dx, y + dy, &at) : NULL;
  if (line == NULL)
    return;
  if (line == self->drag_line)
    set_range (self, 0, 0);
  else
    set_range (self, MIN (self->drag_from, at), MAX (self->drag_from, at));
}

static void
drag_end_cb (GtkGestureDrag *gesture, double dx, double dy, BatonTextCompare *self)
{
  self->drag_line = NULL;
  queue_reading (self);
}

/* The range at a byte; the one that begins last, where some lie upon each other. */
static const BatonTextMark *
mark_at (BatonTextCompare *self, gsize at)
{
  GPtrArray *marks = self->look.marks[0];
  const BatonTextMark *best = NULL;

  for (guint i = 0; marks != NULL && i < marks->len; i++)
    {
      const BatonTextMark *mark = g_ptr_array_index (marks, i);

      if (at >= mark->from && at < mark->to && (best == NULL || mark->from >= best->from))
        best = mark;
    }
  return best;
}

/* A click that selects nothing chooses the comment on the words below it. */
static void
released_cb (GtkGestureClick *gesture, int n, double x, double y, BatonTextCompare *self)
{
  const BatonTextMark *mark;
  gsize at, from, to;

  queue_reading (self);
  if (n != 1 || selected_range (self, &from, &to) || line_at (self, x, y, &at) == NULL)
    return;
  mark = mark_at (self, at);
  if (mark != NULL)
    baton_text_compare_say_activated (self, mark->comment);
}

/* The end of the next line of the newer text, or of the one before. */
static gboolean
step_line (BatonTextCompare *self, gsize at, gboolean down, gsize *end)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->lines)), row;

  if (!baton_text_pair_line_at (self->pair, at, &row))
    return FALSE;
  while (down ? ++row < n : row-- > 0)
    {
      g_autoptr (BatonDiffLine) line = g_list_model_get_item (G_LIST_MODEL (self->lines), row);
      gsize from;

      baton_diff_line_range (line, BATON_DIFF_PART_NEWER, &from, end);
      if (down ? *end <= at : *end >= at)
        continue;
      gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", row);
      return TRUE;
    }
  return FALSE;
}

/* Shift+Down at the end of a line takes the next one in, Shift+Up gives it back. */
static gboolean
extend (BatonTextCompare *self, gboolean down)
{
  BatonTextLine *line = line_with_focus (self);
  gboolean across = self->look.from < self->look.to;
  gsize from, to, first, last, end;

  if (line == NULL)
    return FALSE;
  baton_text_line_range (line, &first, &last);
  if (across)
    {
      from = self->look.from;
      to = self->look.to;
    }
  else
    baton_text_line_selection (line, &from, &to);
  if ((!across && (!down || to != last)) || !step_line (self, to, down, &end))
    return FALSE;
  if (end <= last)
    set_range (self, 0, 0); /* what is left, the label has selected */
  else
    set_range (self, from, end);
  return TRUE;
}

static gboolean
key_cb (
    GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, BatonTextCompare *self)
{
  gsize from, to;

  queue_reading (self);
  if ((state & GDK_SHIFT_MASK) != 0 && (key == GDK_KEY_Down || key == GDK_KEY_Up))
    return extend (self, key == GDK_KEY_Down);
  if (key == GDK_KEY_Escape && selected_range (self, &from, &to))
    {
      baton_text_compare_forget_selection (self);
      return GDK_EVENT_STOP;
    }
  /* Any other way to move the caret begins anew. */
  if (key == GDK_KEY_Left || key == GDK_KEY_Right || key == GDK_KEY_Up || key == GDK_KEY_Down ||
      key == GDK_KEY_Home || key == GDK_KEY_End)
    set_range (self, 0, 0);
  return GDK_EVENT_PROPAGATE;
}

static void
comment_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  baton_text_compare_mark_selection (BATON_TEXT_COMPARE (widget));
}

void
baton_text_compare_install_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "text.comment", NULL, comment_cb);
}

void
baton_text_compare_add_selecting (BatonTextCompare *self)
{
  GtkGesture *drag = gtk_gesture_drag_new (), *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new (), *focus = gtk_event_controller_focus_new ();
  GtkAdjustment *vertical = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scrolled));

  self->offer = baton_selection_offer_new (GTK_WIDGET (self), "text.comment", "C");
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (drag), GTK_PHASE_CAPTURE);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (drag_update_cb), self);
  g_signal_connect (drag, "drag-end", G_CALLBACK (drag_end_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), GTK_EVENT_CONTROLLER (drag));
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), GTK_EVENT_CONTROLLER (click));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (queue_reading), self);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (queue_reading), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), focus);
  g_signal_connect_object (vertical, "value-changed", G_CALLBACK (queue_reading), self, G_CONNECT_SWAPPED);
  /* Who comes to a line by the keyboard has not selected it yet. */
  g_object_set (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-label-select-on-focus", FALSE, NULL);
}
