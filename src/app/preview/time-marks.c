/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "time-marks.h"

#include <glib/gi18n.h>
#include <math.h>

#define HEIGHT 26
#define BAR 4
#define DASH 4

struct _BatonTimeMarks
{
  GtkWidget parent_instance;

  GtkRange *scale; /* borrowed */
  GPtrArray *marks;
  GPtrArray *buttons; /* one for each, borrowed: children */
  double length;
  double draft_from, draft_to;
  char *selected;
};

enum
{
  ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonTimeMarks, baton_time_marks, GTK_TYPE_WIDGET)

void
baton_time_mark_free (BatonTimeMark *mark)
{
  g_free (mark->id);
  g_free (mark->label);
  g_free (mark);
}

/* The handle of a scale: how it is placed when the scale is at a moment is what the marks follow. */
static GtkWidget *
handle_in (GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = g_str_equal (gtk_widget_get_css_name (child), "slider") ? child : handle_in (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Where a moment lies: over the place that the scale's handle has at it. */
static double
x_of (BatonTimeMarks *self, double seconds)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int scale_width = gtk_widget_get_width (GTK_WIDGET (self->scale));
  GtkWidget *handle = handle_in (GTK_WIDGET (self->scale));
  double half = handle != NULL ? gtk_widget_get_width (handle) / 2.0 : 0;
  double left, right, share;
  GdkRectangle trough;

  gtk_range_get_range_rect (self->scale, &trough);
  left = trough.x + half;
  right = MAX (scale_width - trough.x - trough.width, 0) + half;
  share = self->length > 0 ? CLAMP (seconds / self->length, 0, 1) : 0;
  return left + share * MAX (width - left - right, 0);
}

static void
baton_time_marks_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
    int *natural, int *minimum_baseline, int *natural_baseline)
{
  BatonTimeMarks *self = BATON_TIME_MARKS (widget);

  /* Children are measured because GTK wants it before they are placed. */
  for (guint i = 0; i < self->buttons->len; i++)
    gtk_widget_measure (
        g_ptr_array_index (self->buttons, i), GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 0;
}

static void
baton_time_marks_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  BatonTimeMarks *self = BATON_TIME_MARKS (widget);

  for (guint i = 0; i < self->buttons->len; i++)
    {
      const BatonTimeMark *mark = g_ptr_array_index (self->marks, i);
      GtkWidget *button = g_ptr_array_index (self->buttons, i);
      GtkRequisition size;
      GtkAllocation place;
      double x = x_of (self, mark->from);

      gtk_widget_get_preferred_size (button, &size, NULL);
      place = (GtkAllocation){ (int) round (CLAMP (x - size.width / 2.0, 0, MAX (width - size.width, 0))), 0,
        size.width, size.height };
      gtk_widget_size_allocate (button, &place, -1);
    }
}

static void
draw_bar (BatonTimeMarks *self, GtkSnapshot *snapshot, double from, double to, const GdkRGBA *colour,
    gboolean dashed)
{
  double begin = x_of (self, from), end = MAX (x_of (self, to), begin + 2);
  int y = gtk_widget_get_height (GTK_WIDGET (self)) - BAR;

  for (double x = begin; x < end; x += dashed ? 2 * DASH : end - begin)
    gtk_snapshot_append_color (snapshot, colour,
        &GRAPHENE_RECT_INIT (
            (float) x, (float) y, (float) (dashed ? MIN (DASH, end - x) : end - begin), BAR));
}

static void
baton_time_marks_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  static const GdkRGBA open = { 0.47f, 0.68f, 0.93f, 1 }, settled = { 0.6f, 0.6f, 0.59f, 1 },
                       draft = { 0.97f, 0.78f, 0.2f, 1 };
  BatonTimeMarks *self = BATON_TIME_MARKS (widget);

  for (guint i = 0; i < self->marks->len; i++)
    {
      const BatonTimeMark *mark = g_ptr_array_index (self->marks, i);

      draw_bar (self, snapshot, mark->from, mark->to, mark->resolved ? &settled : &open, mark->carried);
    }
  if (self->draft_from >= 0)
    {
      double to = self->draft_to >= 0 ? self->draft_to : self->draft_from;

      draw_bar (self, snapshot, self->draft_from, to, &draft, FALSE);
      gtk_snapshot_append_color (
          snapshot, &draft, &GRAPHENE_RECT_INIT ((float) x_of (self, self->draft_from), 0, 2, HEIGHT));
    }
  for (guint i = 0; i < self->buttons->len; i++)
    gtk_widget_snapshot_child (widget, g_ptr_array_index (self->buttons, i), snapshot);
}

static void
baton_time_marks_dispose (GObject *object)
{
  BatonTimeMarks *self = BATON_TIME_MARKS (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_ptr_array_set_size (self->buttons, 0);
  g_ptr_array_set_size (self->marks, 0);
  G_OBJECT_CLASS (baton_time_marks_parent_class)->dispose (object);
}

static void
baton_time_marks_finalize (GObject *object)
{
  BatonTimeMarks *self = BATON_TIME_MARKS (object);

  g_ptr_array_unref (self->marks);
  g_ptr_array_unref (self->buttons);
  g_free (self->selected);
  G_OBJECT_CLASS (baton_time_marks_parent_class)->finalize (object);
}

static void
baton_time_marks_class_init (BatonTimeMarksClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_time_marks_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_time_marks_finalize;
  widget_class->measure = baton_time_marks_measure;
  widget_class->size_allocate = baton_time_marks_size_allocate;
  widget_class->snapshot = baton_time_marks_snapshot;
  gtk_widget_class_set_css_name (widget_class, "timemarks");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[ACTIVATED] = g_signal_new ("activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
      NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
baton_time_marks_init (BatonTimeMarks *self)
{
  self->marks = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_time_mark_free);
  self->buttons = g_ptr_array_new ();
  self->draft_from = self->draft_to = -1;
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Marks in time"), -1);
}

GtkWidget *
baton_time_marks_new (GtkRange *scale)
{
  BatonTimeMarks *self = g_object_new (BATON_TYPE_TIME_MARKS, NULL);

  self->scale = scale;
  return GTK_WIDGET (self);
}

static void
clicked_cb (GtkButton *button, BatonTimeMarks *self)
{
  g_autofree char *id = g_strdup (g_object_get_data (G_OBJECT (button), "mark"));

  g_signal_emit (self, signals[ACTIVATED], 0, id);
}

static void
show_selected (BatonTimeMarks *self)
{
  for (guint i = 0; i < self->buttons->len; i++)
    {
      const BatonTimeMark *mark = g_ptr_array_index (self->marks, i);
      GtkWidget *button = g_ptr_array_index (self->buttons, i);

      if (g_strcmp0 (mark->id, self->selected) == 0)
        gtk_widget_add_css_class (button, "selected");
      else
        gtk_widget_remove_css_class (button, "selected");
    }
}

static GtkWidget *
create_button (BatonTimeMarks *self, const BatonTimeMark *mark)
{
  g_autofree char *number = g_strdup_printf ("%u", mark->number);
  GtkWidget *button = gtk_button_new_with_label (number);

  gtk_widget_add_css_class (button, "time-mark");
  if (mark->resolved)
    gtk_widget_add_css_class (button, "resolved");
  if (mark->carried)
    gtk_widget_add_css_class (button, "carried");
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_widget_set_tooltip_text (button, mark->label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, mark->label, -1);
  g_object_set_data_full (G_OBJECT (button), "mark", g_strdup (mark->id), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (clicked_cb), self);
  gtk_widget_set_parent (button, GTK_WIDGET (self));
  return button;
}

static gboolean
is_same (const GPtrArray *a, const GPtrArray *b)
{
  for (guint i = 0; a->len == b->len && i < a->len; i++)
    {
      const BatonTimeMark *one = g_ptr_array_index (a, i), *other = g_ptr_array_index (b, i);

      if (!g_str_equal (one->id, other->id) || one->number != other->number || one->from != other->from ||
          one->to != other->to || one->resolved != other->resolved || one->carried != other->carried ||
          g_strcmp0 (one->label, other->label) != 0)
        return FALSE;
    }
  return a->len == b->len;
}

void
baton_time_marks_set (BatonTimeMarks *self, GPtrArray *marks)
{
  g_return_if_fail (BATON_IS_TIME_MARKS (self));
  if (is_same (self->marks, marks))
    {
      g_ptr_array_unref (marks);
      return;
    }
  for (guint i = 0; i < self->buttons->len; i++)
    gtk_widget_unparent (g_ptr_array_index (self->buttons, i));
  g_ptr_array_set_size (self->buttons, 0);
  g_ptr_array_unref (self->marks);
  self->marks = marks;
  for (guint i = 0; i < marks->len; i++)
    g_ptr_array_add (self->buttons, create_button (self, g_ptr_array_index (marks, i)));
  show_selected (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

void
baton_time_marks_set_length (BatonTimeMarks *self, double seconds)
{
  g_return_if_fail (BATON_IS_TIME_MARKS (self));
  if (self->length == seconds)
    return;
  self->length = seconds;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
baton_time_marks_set_draft (BatonTimeMarks *self, double from, double to)
{
  g_return_if_fail (BATON_IS_TIME_MARKS (self));
  self->draft_from = from;
  self->draft_to = to;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
baton_time_marks_select (BatonTimeMarks *self, const char *id)
{
  g_return_if_fail (BATON_IS_TIME_MARKS (self));
  g_free (self->selected);
  self->selected = g_strdup (id);
  show_selected (self);
}

const BatonTimeMark *
baton_time_marks_find (BatonTimeMarks *self, const char *id)
{
  g_return_val_if_fail (BATON_IS_TIME_MARKS (self), NULL);
  for (guint i = 0; i < self->marks->len; i++)
    {
      const BatonTimeMark *mark = g_ptr_array_index (self->marks, i);

      if (g_strcmp0 (mark->id, id) == 0)
        return mark;
    }
  return NULL;
}

const BatonTimeMark *
baton_time_marks_beside (BatonTimeMarks *self, double seconds, gboolean forward)
{
  const BatonTimeMark *best = NULL;

  g_return_val_if_fail (BATON_IS_TIME_MARKS (self), NULL);
  for (guint i = 0; i < self->marks->len; i++)
    {
      const BatonTimeMark *mark = g_ptr_array_index (self->marks, i);

      if (forward && mark->from > seconds + 0.001 && (best == NULL || mark->from < best->from))
        best = mark;
      if (!forward && mark->from < seconds - 0.001 && (best == NULL || mark->from > best->from))
        best = mark;
    }
  return best;
}

GtkWidget *
baton_time_marks_button (BatonTimeMarks *self, const char *id)
{
  g_return_val_if_fail (BATON_IS_TIME_MARKS (self), NULL);
  for (guint i = 0; i < self->buttons->len; i++)
    {
      GtkWidget *button = g_ptr_array_index (self->buttons, i);

      if (g_strcmp0 (g_object_get_data (G_OBJECT (button), "mark"), id) == 0)
        return button;
    }
  return NULL;
}
