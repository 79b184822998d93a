/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "lazy-list-private.h"

#include <math.h>

/* The rows of a lazy list: which are built, where they stand, and what becomes of them.
 * A row is built (from the pool if it can be), stays while it is in view or holds the focus, and goes back to
 * the pool. When its item leaves the model it waits in limbo until the frame is laid out, so that a move,
 * which is a remove and an insert, brings the same row to its new place, focus and all. */
#define POOL_SIZE 8
/* A few new items fade in; when more come at once that is another list, not an event to explain. */
#define FRESH_MAX 16

static void
row_free (BatonLazyRow *row)
{
  g_clear_object (&row->item);
  g_free (row);
}

static guint
row_index (BatonLazyList *self, guint position)
{
  guint low = 0, high = self->rows->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      BatonLazyRow *row = g_ptr_array_index (self->rows, middle);

      if (row->position < position)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* The built row at a position, or NULL. */
BatonLazyRow *
baton_lazy_list_find_row (BatonLazyList *self, guint position)
{
  guint i = row_index (self, position);
  BatonLazyRow *row = i < self->rows->len ? g_ptr_array_index (self->rows, i) : NULL;

  return row != NULL && row->position == position ? row : NULL;
}

/* Gives the row that the keyboard focus is in (a popover of the row counts), or NULL. */
BatonLazyRow *
baton_lazy_list_focus_row (BatonLazyList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *widget = root != NULL ? gtk_root_get_focus (root) : NULL;

  while (widget != NULL && gtk_widget_get_parent (widget) != GTK_WIDGET (self))
    widget = gtk_widget_get_parent (widget);
  for (guint i = 0; widget != NULL && i < self->rows->len; i++)
    {
      BatonLazyRow *row = g_ptr_array_index (self->rows, i);

      if (row->widget == widget)
        return row;
    }
  return NULL;
}

static void
update_set_size (BatonLazyList *self, BatonLazyRow *row)
{
  gtk_accessible_update_relation (GTK_ACCESSIBLE (row->widget), GTK_ACCESSIBLE_RELATION_POS_IN_SET,
      (int) row->position + 1, GTK_ACCESSIBLE_RELATION_SET_SIZE,
      (int) baton_height_index_get_n_rows (self->heights), -1);
}

void
baton_lazy_list_sync_lifted (BatonLazyList *self, BatonLazyRow *row)
{
  if (self->lifted != NULL && g_hash_table_contains (self->lifted, row->item))
    gtk_widget_add_css_class (row->widget, "lifted");
  else
    gtk_widget_remove_css_class (row->widget, "lifted");
}

/* Puts a row among its sisters, so that the order of children is the order of items for Tab and screen
 * readers. */
static void
insert_row (BatonLazyList *self, BatonLazyRow *row)
{
  guint i = row_index (self, row->position);
  BatonLazyRow *before = i > 0 ? g_ptr_array_index (self->rows, i - 1) : NULL;

  gtk_widget_insert_after (row->widget, GTK_WIDGET (self), before != NULL ? before->widget : self->gap);
  g_ptr_array_insert (self->rows, (int) i, row);
}

/* Measures a row at the list's width and keeps the result. Returns whether the height was news. */
static bool
measure_row (BatonLazyList *self, BatonLazyRow *row)
{
  const BatonHeight *known = baton_height_index_get (self->heights, row->position);
  int min_width, height;
  bool news;

  gtk_widget_measure (row->widget, GTK_ORIENTATION_HORIZONTAL, -1, &min_width, NULL, NULL, NULL);
  self->min_width = MAX (self->min_width, min_width);
  gtk_widget_measure (
      row->widget, GTK_ORIENTATION_VERTICAL, MAX (self->width, min_width), NULL, &height, NULL, NULL);
  row->height = height;
  if (baton_lazy_list_is_folded (self, row->item))
    return false;
  news = known->height != height;
  if (news || !known->measured)
    baton_height_index_set (self->heights, row->position, height, true);
  return news;
}

static GtkWidget *
take_widget (BatonLazyList *self)
{
  GtkWidget *widget;

  if (self->pool->len > 0)
    {
      widget = g_ptr_array_steal_index (self->pool, self->pool->len - 1);
      gtk_widget_set_child_visible (widget, TRUE);
      gtk_accessible_update_state (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_STATE_HIDDEN, FALSE, -1);
      return widget;
    }
  return self->funcs.create (self->user_data);
}

/* Builds the row at a position if it is not there yet, and measures it if the list has a width. */
BatonLazyRow *
baton_lazy_list_realise (BatonLazyList *self, guint position)
{
  BatonLazyRow *row = baton_lazy_list_find_row (self, position);

  if (row != NULL)
    return row;
  row = g_new0 (BatonLazyRow, 1);
  row->item = g_list_model_get_item (self->model, position);
  row->position = position;
  row->seen = NAN;
  row->fresh = g_hash_table_contains (self->fresh, row->item);
  row->widget = take_widget (self);
  self->funcs.bind (row->widget, row->item, position, self->user_data);
  insert_row (self, row);
  baton_lazy_list_sync_lifted (self, row);
  update_set_size (self, row);
  if (self->width > 0)
    measure_row (self, row);
  row->y = baton_lazy_list_get_y (self, position);
  /* A widget from the pool that is given the item it had before has nothing new to ask for. */
  gtk_widget_queue_draw (GTK_WIDGET (self));
  return row;
}

/* Measures the built rows again (GTK caches it, so that costs little) and notes where they stand. */
void
baton_lazy_list_update_rows (BatonLazyList *self)
{
  if (self->width == 0)
    return;
  for (guint i = 0; i < self->rows->len; i++)
    measure_row (self, g_ptr_array_index (self->rows, i));
  for (guint i = 0; i < self->rows->len; i++)
    {
      BatonLazyRow *row = g_ptr_array_index (self->rows, i);

      row->y = baton_lazy_list_get_y (self, row->position);
    }
}

/* Lets a row go. The row is freed; its widget is kept for another item. */
static void
pool_row (BatonLazyList *self, BatonLazyRow *row)
{
  if (self->funcs.unbind != NULL)
    self->funcs.unbind (row->widget, row->item, self->user_data);
  gtk_widget_set_child_visible (row->widget, FALSE);
  /* Else a screen reader would still meet it, with the name of the card that it showed last. */
  gtk_accessible_update_state (GTK_ACCESSIBLE (row->widget), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  g_ptr_array_add (self->pool, row->widget);
  row_free (row);
}

static void
shrink_pool (BatonLazyList *self)
{
  while (self->pool->len > POOL_SIZE)
    gtk_widget_unparent (g_ptr_array_steal_index (self->pool, self->pool->len - 1));
}

/* Returns the positions [*first, *end) that touch the stretch from top to bottom, overscan included. */
static void
get_range (BatonLazyList *self, double top, double bottom, guint *first, guint *end)
{
  guint n = baton_height_index_get_n_rows (self->heights);

  *first = *end = 0;
  if (bottom < top || n == 0 || bottom < -self->overscan)
    return;
  *first = baton_lazy_list_find (self, top - self->overscan);
  *end = MIN (baton_lazy_list_find (self, bottom + self->overscan) + 1, n);
}

static void
drop_outside (BatonLazyList *self, guint first, guint end)
{
  BatonLazyRow *focused = NULL;

  for (guint i = self->rows->len; i > 0; i--)
    {
      BatonLazyRow *row = g_ptr_array_index (self->rows, i - 1);

      if ((row->position >= first && row->position < end) || row->position == self->target)
        continue;
      if (focused == NULL)
        focused = baton_lazy_list_focus_row (self);
      if (row != focused)
        pool_row (self, g_ptr_array_steal_index (self->rows, i - 1));
    }
}

/* Builds what is missing between top and bottom (list coordinates). Rows on the other side of the view are
 * given up first, so that they are there to be reused. Returns whether heights changed, so that the range may
 * have. */
bool
baton_lazy_list_fill (BatonLazyList *self, double top, double bottom)
{
  int total = baton_lazy_list_get_total (self);
  int anchor = baton_lazy_list_anchor_y (self);
  bool built = false;
  guint first, end;

  get_range (self, top, bottom, &first, &end);
  drop_outside (self, first, end);
  for (guint i = first; i < end; i++)
    if (baton_lazy_list_find_row (self, i) == NULL)
      {
        baton_lazy_list_realise (self, i);
        built = true;
      }
  if (!built)
    return false;
  baton_lazy_list_update_rows (self);
  return total != baton_lazy_list_get_total (self) || anchor != baton_lazy_list_anchor_y (self);
}

/* Gives up what is not between top and bottom. */
void
baton_lazy_list_trim (BatonLazyList *self, double top, double bottom)
{
  guint first, end;

  get_range (self, top, bottom, &first, &end);
  drop_outside (self, first, end);
  shrink_pool (self);
}

static BatonLazyRow *
take_from_limbo (BatonLazyList *self, gpointer item)
{
  for (guint i = 0; i < self->limbo->len; i++)
    {
      BatonLazyRow *row = g_ptr_array_index (self->limbo, i);

      if (row->item == item)
        return g_ptr_array_steal_index (self->limbo, i);
    }
  return NULL;
}

static void
stash_heights (BatonLazyList *self, guint position, guint removed)
{
  for (guint i = position; i < position + removed; i++)
    {
      const BatonHeight *known = baton_height_index_get (self->heights, i);

      if (known->measured)
        g_hash_table_insert (self->stash, known->item, GINT_TO_POINTER (known->height));
    }
}

static BatonHeight *
estimate_heights (BatonLazyList *self, guint position, guint n)
{
  BatonHeight *heights = g_new (BatonHeight, MAX (n, 1));
  int width = self->width > 0 ? self->width : 280;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (self->model, position + i);
      gpointer known = NULL;

      heights[i].item = item;
      heights[i].measured = g_hash_table_lookup_extended (self->stash, item, NULL, &known);
      heights[i].height =
          heights[i].measured ? GPOINTER_TO_INT (known) : self->funcs.estimate (item, width, self->user_data);
    }
  return heights;
}

/* The model has replaced `removed` items at `position` by `added` others; the model given in is the new
 * state. */
void
baton_lazy_list_rows_changed (BatonLazyList *self, guint position, guint removed, guint added)
{
  g_autofree BatonHeight *heights = NULL;
  guint i = row_index (self, position);

  while (i < self->rows->len &&
         ((BatonLazyRow *) g_ptr_array_index (self->rows, i))->position < position + removed)
    g_ptr_array_add (self->limbo, g_ptr_array_steal_index (self->rows, i));
  for (; i < self->rows->len; i++)
    ((BatonLazyRow *) g_ptr_array_index (self->rows, i))->position += added - removed;

  stash_heights (self, position, removed);
  heights = estimate_heights (self, position, added);
  baton_height_index_splice (self->heights, position, removed, heights, added);

  for (guint j = 0; j < added; j++)
    {
      BatonLazyRow *row = self->limbo->len > 0 ? take_from_limbo (self, heights[j].item) : NULL;

      if (row != NULL)
        {
          row->position = position + j;
          insert_row (self, row);
        }
      else if (added <= FRESH_MAX && gtk_widget_get_mapped (GTK_WIDGET (self)))
        g_hash_table_add (self->fresh, heights[j].item);
    }
  for (guint j = 0; j < self->rows->len; j++)
    update_set_size (self, g_ptr_array_index (self->rows, j));
}

static bool
holds_focus (BatonLazyList *self, BatonLazyRow *row)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == row->widget || gtk_widget_is_ancestor (focus, row->widget));
}

/* The frame is laid out: rows whose items did not come back go to the pool, after the focus has left them. */
void
baton_lazy_list_flush_limbo (BatonLazyList *self)
{
  while (self->limbo->len > 0)
    {
      BatonLazyRow *row = g_ptr_array_steal_index (self->limbo, self->limbo->len - 1);

      if (gtk_widget_get_mapped (GTK_WIDGET (self)) && holds_focus (self, row))
        baton_lazy_list_lost_focus (self, row->position);
      pool_row (self, row);
    }
  shrink_pool (self);
  g_hash_table_remove_all (self->stash);
  g_hash_table_remove_all (self->fresh);
}

/* Takes everything apart, for dispose. */
void
baton_lazy_list_free_rows (BatonLazyList *self)
{
  while (self->rows->len > 0)
    pool_row (self, g_ptr_array_steal_index (self->rows, self->rows->len - 1));
  while (self->limbo->len > 0)
    pool_row (self, g_ptr_array_steal_index (self->limbo, self->limbo->len - 1));
  while (self->pool->len > 0)
    gtk_widget_unparent (g_ptr_array_steal_index (self->pool, self->pool->len - 1));
}
