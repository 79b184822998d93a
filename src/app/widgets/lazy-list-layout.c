/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "lazy-list-private.h"

#include <math.h>

/* Where things stand in a lazy list: positions and y, the gap, the anchor, and rows sliding to new places. */
#define SLIDE_MS 170

static int
gap_extent (BatonLazyList *self)
{
  return self->gap_index < 0 ? 0 : self->gap_height + self->spacing;
}

/* The height of all rows, the gap included. */
int
baton_lazy_list_get_total (BatonLazyList *self)
{
  int total = baton_height_index_get_total (self->heights);

  if (self->gap_index < 0)
    return total;
  return total == 0 ? self->gap_height : total + gap_extent (self);
}

/* The y of a row's top edge; position n gives where an appended row would stand. */
int
baton_lazy_list_get_y (BatonLazyList *self, guint position)
{
  int y = baton_height_index_get_y (self->heights, position);

  return self->gap_index >= 0 && (guint) self->gap_index <= position ? y + gap_extent (self) : y;
}

/* The row at y; in the gap, the row below it. */
guint
baton_lazy_list_find (BatonLazyList *self, double y)
{
  int top;

  if (self->gap_index < 0)
    return baton_height_index_find (self->heights, (int) floor (y));
  top = baton_height_index_get_y (self->heights, (guint) self->gap_index);
  if (y >= top)
    y = MAX (y - gap_extent (self), top);
  return baton_height_index_find (self->heights, (int) floor (y));
}

/* The anchor row's y. A gap that is open among the rows in view is left out: it is meant to push them aside,
 * not to be scrolled away. */
int
baton_lazy_list_anchor_y (BatonLazyList *self)
{
  int y;

  if (!self->anchor.set)
    return 0;
  y = baton_height_index_get_y (self->heights, self->anchor.position);
  if (self->gap_index >= 0 && (guint) self->gap_index < self->anchor.first)
    y += gap_extent (self);
  return y;
}

/* Takes the anchor anew for the view from top to bottom: the first row whose top edge is seen. A list whose
 * own top edge is in view has none, there new rows may push the others down. */
void
baton_lazy_list_set_anchor (BatonLazyList *self, double top, double bottom)
{
  guint n = baton_height_index_get_n_rows (self->heights), first;

  self->anchor.set = top > 0 && n > 0;
  if (!self->anchor.set)
    return;
  first = MIN (baton_lazy_list_find (self, top), n - 1);
  self->anchor.first = first;
  self->anchor.position = first;
  self->anchor.whole = baton_lazy_list_get_y (self, first) >= top;
  if (!self->anchor.whole && first + 1 < n && baton_lazy_list_get_y (self, first + 1) < bottom)
    {
      self->anchor.position = first + 1;
      self->anchor.whole = true;
    }
  self->anchor.origin = self->origin;
  self->anchor.y = baton_lazy_list_anchor_y (self);
}

/* Carries the anchor over a change of the model; to be called before the heights are spliced. Returns whether
 * its item is among the removed ones; then a neighbour has taken its place. */
bool
baton_lazy_list_anchor_changed (BatonLazyList *self, guint position, guint removed, guint added)
{
  BatonLazyAnchor *anchor = &self->anchor;
  guint n = baton_height_index_get_n_rows (self->heights), next;

  if (!anchor->set || position > anchor->position)
    return false;
  if (position + removed <= anchor->position)
    {
      if (position == anchor->position && anchor->whole)
        return false;
      anchor->first = anchor->first >= position + removed ? anchor->first + added - removed : position;
      anchor->position += added - removed;
      return false;
    }

  next = position + removed < n ? position + removed : position;
  if (next == position && position == 0)
    {
      anchor->set = false;
      return true;
    }
  if (next == position)
    next--;
  anchor->y += baton_height_index_get_y (self->heights, next) -
               baton_height_index_get_y (self->heights, anchor->position);
  anchor->position = next >= position + removed ? next + added - removed : next;
  anchor->first = MIN (anchor->first, anchor->position);
  return true;
}

/* After a change that took the anchor's item out and brought rows back (a list sorted or filtered anew): the
 * row seen highest that is still there becomes the anchor. */
void
baton_lazy_list_anchor_on_survivor (BatonLazyList *self, guint position, guint added)
{
  BatonLazyRow *best = NULL;

  for (guint i = 0; i < self->rows->len; i++)
    {
      BatonLazyRow *row = g_ptr_array_index (self->rows, i);

      if (row->position < position || row->position >= position + added || isnan (row->seen))
        continue;
      if (row->seen >= self->top && row->seen < self->bottom && (best == NULL || row->seen < best->seen))
        best = row;
    }
  if (best == NULL)
    return;
  self->anchor.set = true;
  self->anchor.whole = true;
  self->anchor.position = best->position;
  self->anchor.first = best->position;
  self->anchor.y = (int) best->seen;
}

static void
slide_value_cb (double value, BatonLazyList *self)
{
  self->slide_value = value;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
slide_done_cb (AdwAnimation *animation, BatonLazyList *self)
{
  self->slide_value = 0;
  for (guint i = 0; i < self->rows->len; i++)
    {
      BatonLazyRow *row = g_ptr_array_index (self->rows, i);

      row->from = 0;
      row->fresh = false;
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
play_slide (BatonLazyList *self)
{
  if (self->slide == NULL)
    {
      AdwAnimationTarget *target =
          adw_callback_animation_target_new ((AdwAnimationTargetFunc) slide_value_cb, self, NULL);

      self->slide = adw_timed_animation_new (GTK_WIDGET (self), 1, 0, SLIDE_MS, target);
      g_signal_connect (self->slide, "done", G_CALLBACK (slide_done_cb), self);
    }
  self->slide_value = 1;
  adw_animation_reset (self->slide);
  adw_animation_play (self->slide);
}

/* The frame is laid out. If the model or the gap changed, rows start from where they were last seen and slide
 * to where they belong now; `scrolled` is how far the anchor has moved the view in this frame. */
void
baton_lazy_list_start_slide (BatonLazyList *self, double scrolled)
{
  bool wanted = self->slide_pending && adw_get_enable_animations (GTK_WIDGET (self));
  double limit = 2 * (self->bottom - self->top);
  bool moves = false;

  for (guint i = 0; i < self->rows->len; i++)
    {
      BatonLazyRow *row = g_ptr_array_index (self->rows, i);

      if (wanted && !isnan (row->seen))
        {
          row->from = row->seen + row->from * self->slide_value - row->y + scrolled;
          row->from = fabs (row->from) < 1 ? 0 : CLAMP (row->from, -limit, limit);
        }
      moves = moves || (wanted && (row->from != 0 || row->fresh));
      row->seen = row->y;
    }
  self->slide_pending = false;
  if (moves)
    play_slide (self);
}
