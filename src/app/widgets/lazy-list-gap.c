/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "lazy-list-private.h"

/* What a drag does to a lazy list: the gap where something would be dropped, and the rows that are lifted.
 * While the gap is open, lifted rows are folded: they take no room, so that what is dropped lands where the
 * gap was. */

bool
baton_lazy_list_is_folded (BatonLazyList *self, gpointer item)
{
  return g_hash_table_contains (self->folded, item);
}

/* A folded row takes back the spacing that follows it, so that its place vanishes from every sum. Its height
 * is kept for baton_lazy_list_unfold(). */
void
baton_lazy_list_fold (BatonLazyList *self)
{
  guint n = baton_height_index_get_n_rows (self->heights);

  if (self->lifted == NULL || self->gap_index < 0)
    return;
  for (guint i = 0; i < n; i++)
    {
      BatonHeight known = *baton_height_index_get (self->heights, i);

      if (!g_hash_table_contains (self->lifted, known.item) || baton_lazy_list_is_folded (self, known.item))
        continue;
      g_hash_table_insert (self->folded, known.item, g_memdup2 (&known, sizeof known));
      baton_height_index_set (self->heights, i, -self->spacing, known.measured);
    }
}

/* To be called before the heights, the spacing, the gap or what is lifted change. */
void
baton_lazy_list_unfold (BatonLazyList *self)
{
  guint n = baton_height_index_get_n_rows (self->heights);

  for (guint i = 0; i < n && g_hash_table_size (self->folded) > 0; i++)
    {
      const BatonHeight *known =
          g_hash_table_lookup (self->folded, baton_height_index_get (self->heights, i)->item);

      if (known == NULL)
        continue;
      baton_height_index_set (self->heights, i, known->height, known->measured);
      g_hash_table_remove (self->folded, known->item);
    }
  g_hash_table_remove_all (self->folded);
}

/* Where something dropped at y (list coordinates) is to be inserted: 0 … n. Rows change sides at their
 * middle; over the open gap it is the gap's index, so the gap stays while the pointer rests in it. */
guint
baton_lazy_list_position_at (BatonLazyList *self, double y)
{
  graphene_rect_t bounds;
  guint position;

  g_return_val_if_fail (BATON_IS_LAZY_LIST (self), 0);

  if (baton_lazy_list_get_gap_bounds (self, &bounds) && y >= bounds.origin.y - self->spacing &&
      y < bounds.origin.y + bounds.size.height + self->spacing)
    return (guint) self->gap_index;
  position = baton_lazy_list_find (self, y);
  if (!baton_lazy_list_get_bounds (self, position, &bounds))
    return position;
  return y < bounds.origin.y + bounds.size.height / 2 ? position : position + 1;
}

/* Opens a gap of `height` pixels before the row at `index` (n: after the last), or closes it with -1. Rows
 * slide aside, and lifted rows of this list give up their own places: the gap is where they would go. It is
 * drawn by CSS: node `gap`. */
void
baton_lazy_list_set_gap (BatonLazyList *self, int index, int height)
{
  g_return_if_fail (BATON_IS_LAZY_LIST (self));
  g_return_if_fail (index <= (int) baton_height_index_get_n_rows (self->heights));

  index = MAX (index, -1);
  if (self->gap_index == index && (index < 0 || self->gap_height == height))
    return;
  self->gap_index = index;
  self->gap_height = MAX (height, 0);
  baton_lazy_list_unfold (self);
  baton_lazy_list_fold (self);
  self->slide_pending = true;
  baton_lazy_list_queue_work (self);
}

/* The gap's index, or -1. */
int
baton_lazy_list_get_gap (BatonLazyList *self)
{
  g_return_val_if_fail (BATON_IS_LAZY_LIST (self), -1);

  return self->gap_index;
}

/* Where the gap is, in the list's coordinates. FALSE if none is open. */
gboolean
baton_lazy_list_get_gap_bounds (BatonLazyList *self, graphene_rect_t *bounds)
{
  g_return_val_if_fail (BATON_IS_LAZY_LIST (self) && bounds != NULL, FALSE);

  if (self->gap_index < 0)
    return FALSE;
  graphene_rect_init (bounds, 0, (float) baton_height_index_get_y (self->heights, (guint) self->gap_index),
      (float) self->width, (float) self->gap_height);
  return TRUE;
}

/* The items (a set, by identity) that a drag has lifted: their rows get the CSS class `lifted`. The set is
 * kept and must not change; NULL for none. */
void
baton_lazy_list_set_lifted (BatonLazyList *self, GHashTable *items)
{
  g_return_if_fail (BATON_IS_LAZY_LIST (self));

  if (items != NULL)
    g_hash_table_ref (items);
  baton_lazy_list_unfold (self);
  g_clear_pointer (&self->lifted, g_hash_table_unref);
  self->lifted = items;
  baton_lazy_list_fold (self);
  for (guint i = 0; i < self->rows->len; i++)
    baton_lazy_list_sync_lifted (self, g_ptr_array_index (self->rows, i));
}
