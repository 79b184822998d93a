/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "lazy-scroller.h"
#include "lazy-list-private.h"

#include <math.h>

/* The lazy lists inside one scrolled area, side by side and stacked, share its scroll value, so one place
 * looks after all of them. It works once in each layout phase of the frame clock, after GTK has allocated
 * everything: that is the only moment that also notices that a list was moved by something around it. There
 * it lets each list build the rows that have come into view. If a list's height changed by that, GTK runs the
 * layout phase again within the same frame, so nothing half-done is ever painted.
 *
 * The anchor: heights above what is seen may turn out different from their estimates. One list, the *leader*
 * (under the pointer, else with the focus, else the first on screen), decides how far the scroll value
 * follows, so that what the person looks at stays where it is. */
struct _BatonLazyScroller
{
  GtkWidget *viewport;        /* not owned: the lists live in it */
  GtkAdjustment *vadjustment; /* may be NULL: nothing scrolls then */
  GdkFrameClock *clock;
  gulong layout_id;
  gulong value_id;
  GPtrArray *lists; /* not owned */
  BatonLazyList *leader;
  bool busy;
};

#define SCROLLER_KEY "baton-lazy-scroller"

static GtkWidget *
find_content (BatonLazyList *list)
{
  GtkWidget *widget = GTK_WIDGET (list), *viewport = list->scroller->viewport, *parent;

  while ((parent = gtk_widget_get_parent (widget)) != NULL && parent != viewport)
    widget = parent;
  return widget;
}

/* Whether the list is within the horizontal view of everything that it scrolls in, give or take a column. */
static bool
is_in_view_across (BatonLazyList *list)
{
  for (GtkWidget *w = gtk_widget_get_parent (GTK_WIDGET (list)); w != NULL; w = gtk_widget_get_parent (w))
    {
      graphene_rect_t bounds;

      if (!GTK_IS_SCROLLED_WINDOW (w) || !gtk_widget_compute_bounds (GTK_WIDGET (list), w, &bounds))
        continue;
      if (bounds.origin.x + bounds.size.width < -list->overscan ||
          bounds.origin.x > gtk_widget_get_width (w) + list->overscan)
        return false;
    }
  return true;
}

/* Reads where GTK has put the list. A list that is to show its target counts as on screen wherever it is. */
static void
locate (BatonLazyScroller *self, BatonLazyList *list)
{
  graphene_point_t in_view, in_content;
  GtkWidget *content = find_content (list);
  double height = MAX (gtk_widget_get_height (GTK_WIDGET (list)), list->requested);

  list->on_screen =
      list->width > 0 &&
      gtk_widget_compute_point (GTK_WIDGET (list), self->viewport, &GRAPHENE_POINT_INIT (0, 0), &in_view) &&
      gtk_widget_compute_point (GTK_WIDGET (list), content, &GRAPHENE_POINT_INIT (0, 0), &in_content);
  if (!list->on_screen)
    return;
  list->top = -in_view.y;
  list->bottom = list->top + gtk_widget_get_height (self->viewport);
  list->origin = in_content.y;
  if (list->target == GTK_INVALID_LIST_POSITION &&
      (list->bottom < 0 || list->top > height || !is_in_view_across (list)))
    list->on_screen = false;
}

static bool
has_pointer (BatonLazyList *list)
{
  return gtk_event_controller_motion_contains_pointer (GTK_EVENT_CONTROLLER_MOTION (list->motion));
}

static BatonLazyList *
choose_leader (BatonLazyScroller *self)
{
  BatonLazyList *focused = NULL, *first = NULL;

  for (guint i = 0; i < self->lists->len; i++)
    {
      BatonLazyList *list = g_ptr_array_index (self->lists, i);

      if (list->on_screen && list->target != GTK_INVALID_LIST_POSITION)
        return list;
    }
  for (guint i = 0; i < self->lists->len; i++)
    {
      BatonLazyList *list = g_ptr_array_index (self->lists, i);

      if (!list->on_screen || !list->anchor.set)
        continue;
      if (has_pointer (list))
        return list;
      if (focused == NULL && baton_lazy_list_focus_row (list) != NULL)
        focused = list;
      if (first == NULL || list == self->leader)
        first = list;
    }
  return focused != NULL ? focused : first;
}

/* A list that ended above the view and has changed its height since: its change moved what is seen. */
static bool
changed_above (BatonLazyScroller *self, BatonLazyList *leader)
{
  for (guint i = 0; i < self->lists->len; i++)
    {
      BatonLazyList *list = g_ptr_array_index (self->lists, i);

      if (list != leader && list->dirty && list->bottom > list->top &&
          list->top > gtk_widget_get_height (GTK_WIDGET (list)))
        return true;
    }
  return false;
}

static double
anchor_shift (BatonLazyList *list, bool with_origin)
{
  double shift = 0;

  if (!list->anchor.set)
    return 0;
  shift = baton_lazy_list_anchor_y (list) - list->anchor.y;
  if (with_origin)
    shift += list->origin - list->anchor.origin;
  return shift;
}

/* Starts bringing the leader's target into view: builds its row, makes it the anchor, and gives the distance
 * to scroll so that all of it is seen. A row taller than the view shows its top. */
static double
aim_at_target (BatonLazyList *list)
{
  BatonLazyRow *row = baton_lazy_list_realise (list, list->target);
  double top, bottom, margin = list->spacing;

  baton_lazy_list_update_rows (list);
  top = row->y - margin;
  bottom = row->y + row->height + margin;
  list->anchor = (BatonLazyAnchor){
    .set = true, .position = list->target, .first = list->target, .origin = list->origin
  };
  list->anchor.y = baton_lazy_list_anchor_y (list);
  if (top < list->top || bottom - top > list->bottom - list->top)
    return top - list->top;
  return bottom > list->bottom ? bottom - list->bottom : 0;
}

/* Builds the leader's rows, following its anchor while measuring moves it. Returns how far to scroll. */
static double
fill_leader (BatonLazyScroller *self, BatonLazyList *leader, bool with_origin)
{
  double jump = 0, shift = 0;

  if (leader->target != GTK_INVALID_LIST_POSITION)
    jump = aim_at_target (leader);
  for (int i = 0; i < 16; i++)
    {
      shift = jump + anchor_shift (leader, with_origin);
      if (!baton_lazy_list_fill (leader, leader->top + shift, leader->bottom + shift))
        break;
    }
  return jump + anchor_shift (leader, with_origin);
}

static void
fill_others (BatonLazyScroller *self, BatonLazyList *leader, double shift)
{
  for (guint i = 0; i < self->lists->len; i++)
    {
      BatonLazyList *list = g_ptr_array_index (self->lists, i);

      if (list == leader || !list->on_screen)
        continue;
      for (int j = 0; j < 16; j++)
        if (!baton_lazy_list_fill (list, list->top + shift, list->bottom + shift))
          break;
    }
}

/* Tells GTK about new heights. Returns whether any changed, which means that another layout pass follows. */
static bool
request_heights (BatonLazyScroller *self)
{
  bool any = false;

  for (guint i = 0; i < self->lists->len; i++)
    {
      BatonLazyList *list = g_ptr_array_index (self->lists, i);

      if (list->width == 0 || baton_lazy_list_get_total (list) == list->requested)
        continue;
      gtk_widget_queue_resize (GTK_WIDGET (list));
      any = true;
    }
  return any;
}

/* Scrolls by `shift` as far as the range allows; returns how far that was. Less than a pixel is rounding
 * noise. */
static double
scroll_by (BatonLazyScroller *self, double shift)
{
  double before;

  if (self->vadjustment == NULL || fabs (shift) < 1)
    return 0;
  before = gtk_adjustment_get_value (self->vadjustment);
  gtk_adjustment_set_value (self->vadjustment, before + shift);
  return gtk_adjustment_get_value (self->vadjustment) - before;
}

static void
settle (BatonLazyList *list, double scrolled)
{
  double top = list->top + scrolled, bottom = list->bottom + scrolled;

  if (!list->on_screen)
    {
      baton_lazy_list_trim (list, 0, -1);
      list->anchor.set = false;
    }
  else
    {
      baton_lazy_list_trim (list, top, bottom);
      baton_lazy_list_start_slide (list, scrolled);
      baton_lazy_list_set_anchor (list, top, bottom);
    }
  list->dirty = false;
}

static void
work (BatonLazyScroller *self)
{
  BatonLazyList *leader;
  double shift = 0, scrolled;
  bool with_origin, resized;

  for (guint i = 0; i < self->lists->len; i++)
    {
      locate (self, g_ptr_array_index (self->lists, i));
      baton_lazy_list_update_rows (g_ptr_array_index (self->lists, i));
    }
  self->leader = leader = choose_leader (self);
  if (leader != NULL)
    {
      with_origin = changed_above (self, leader);
      shift = fill_leader (self, leader, with_origin);
    }
  fill_others (self, leader, shift);
  resized = request_heights (self);
  scrolled = scroll_by (self, shift);

  for (guint i = 0; i < self->lists->len; i++)
    {
      BatonLazyList *list = g_ptr_array_index (self->lists, i);

      if (list == leader && resized && fabs (shift - scrolled) >= 1)
        {
          /* The range has not grown yet. Anchor as if all of it had been scrolled, and owe the rest to the
           * pass that follows. */
          settle (list, shift);
          list->anchor.y -= (int) round (shift - scrolled);
          continue;
        }
      settle (list, scrolled);
      if (list == leader && !resized)
        list->target = GTK_INVALID_LIST_POSITION;
    }
}

/* May run the owner's code (a focused item is gone), so it works on a copy. */
static void
flush_limbo (BatonLazyScroller *self)
{
  g_autoptr (GPtrArray) lists = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->lists->len; i++)
    g_ptr_array_add (lists, g_object_ref (g_ptr_array_index (self->lists, i)));
  for (guint i = 0; i < lists->len; i++)
    baton_lazy_list_flush_limbo (g_ptr_array_index (lists, i));
}

static void
scroller_clear (BatonLazyScroller *self)
{
  g_clear_object (&self->vadjustment);
  g_clear_object (&self->clock);
  g_ptr_array_unref (self->lists);
}

static void
scroller_unref (BatonLazyScroller *self)
{
  g_rc_box_release_full (self, (GDestroyNotify) scroller_clear);
}

static void
layout_cb (GdkFrameClock *clock, BatonLazyScroller *self)
{
  if (self->busy)
    return;
  self = g_rc_box_acquire (self);
  self->busy = true;
  work (self);
  self->busy = false;
  flush_limbo (self);
  scroller_unref (self);
}

/* A viewport asks for a layout by itself when its value changes; another kind of scroller might not. */
static void
value_changed_cb (GtkAdjustment *adjustment, BatonLazyScroller *self)
{
  gdk_frame_clock_request_phase (self->clock, GDK_FRAME_CLOCK_PHASE_LAYOUT);
}

static GtkWidget *
find_viewport (BatonLazyList *list, GtkAdjustment **vadjustment)
{
  GtkWidget *below = GTK_WIDGET (list), *w;

  *vadjustment = list->vadjustment;
  if (list->viewport != NULL)
    return list->viewport;
  for (w = gtk_widget_get_parent (below); w != NULL; below = w, w = gtk_widget_get_parent (w))
    {
      GtkPolicyType policy;

      if (!GTK_IS_SCROLLED_WINDOW (w))
        continue;
      gtk_scrolled_window_get_policy (GTK_SCROLLED_WINDOW (w), NULL, &policy);
      if (policy == GTK_POLICY_NEVER)
        continue;
      if (*vadjustment == NULL)
        *vadjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (w));
      return below;
    }
  return below;
}

void
baton_lazy_scroller_join (BatonLazyList *list)
{
  GtkAdjustment *vadjustment;
  GtkWidget *viewport;
  BatonLazyScroller *self;

  if (list->scroller != NULL)
    return;
  viewport = find_viewport (list, &vadjustment);
  self = g_object_get_data (G_OBJECT (viewport), SCROLLER_KEY);
  if (self == NULL)
    {
      self = g_rc_box_new0 (BatonLazyScroller);
      self->viewport = viewport;
      self->lists = g_ptr_array_new ();
      self->clock = g_object_ref (gtk_widget_get_frame_clock (GTK_WIDGET (list)));
      self->layout_id = g_signal_connect (self->clock, "layout", G_CALLBACK (layout_cb), self);
      if (g_set_object (&self->vadjustment, vadjustment))
        self->value_id = g_signal_connect (vadjustment, "value-changed", G_CALLBACK (value_changed_cb), self);
      g_object_set_data (G_OBJECT (viewport), SCROLLER_KEY, self);
    }
  g_ptr_array_add (self->lists, list);
  list->scroller = self;
  list->anchor.set = false;
  gdk_frame_clock_request_phase (self->clock, GDK_FRAME_CLOCK_PHASE_LAYOUT);
}

void
baton_lazy_scroller_leave (BatonLazyList *list)
{
  BatonLazyScroller *self = g_steal_pointer (&list->scroller);

  if (self == NULL)
    return;
  g_ptr_array_remove (self->lists, list);
  if (self->leader == list)
    self->leader = NULL;
  if (self->lists->len > 0)
    return;
  g_object_set_data (G_OBJECT (self->viewport), SCROLLER_KEY, NULL);
  g_clear_signal_handler (&self->layout_id, self->clock);
  if (self->vadjustment != NULL)
    g_clear_signal_handler (&self->value_id, self->vadjustment);
  scroller_unref (self);
}
