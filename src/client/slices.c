/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "slices.h"

#include "changes.h"

/* Rows in one slice: with everything that looks at a board, a few milliseconds. */
#define ROWS 64

static BatonSlice *
slice_new (BatonEffect *effect)
{
  BatonSlice *slice = g_new0 (BatonSlice, 1);

  slice->effect = effect;
  slice->ids = g_hash_table_new (g_str_hash, g_str_equal);
  return slice;
}

void
baton_slice_free (BatonSlice *slice)
{
  g_hash_table_unref (slice->ids);
  baton_effect_unref (slice->effect);
  g_free (slice);
}

static void
add_row (BatonSlice *slice, const BatonRowChanges *row)
{
  BatonEffect *effect = slice->effect;

  if (row->created != NULL)
    g_ptr_array_add (effect->changes, baton_change_new_created (row->created));
  for (guint i = 0; i < row->changes->len; i++)
    g_ptr_array_add (effect->changes, baton_change_copy (g_ptr_array_index (row->changes, i)));
  if (row->entity == BATON_ENTITY_CARD)
    baton_effect_touch (effect, row->id);
  if (effect->changes->len > 0)
    g_hash_table_add (
        slice->ids, ((BatonChange *) g_ptr_array_index (effect->changes, effect->changes->len - 1))->id);
}

GPtrArray *
baton_effect_split (const BatonEffect *effect)
{
  GPtrArray *slices = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_slice_free);
  g_autoptr (GPtrArray) rows = baton_changes_by_row (effect);
  BatonSlice *slice = slice_new (baton_effect_new ());

  g_ptr_array_add (slices, slice);
  for (guint i = 0; i < rows->len; i++)
    {
      if (i % ROWS == 0 && i > 0)
        {
          slice = slice_new (baton_effect_new ());
          g_ptr_array_add (slices, slice);
        }
      add_row (slice, g_ptr_array_index (rows, i));
    }
  g_ptr_array_set_size (slice->effect->cards, 0);
  for (guint i = 0; i < effect->cards->len; i++)
    g_ptr_array_add (slice->effect->cards, g_ref_string_acquire (g_ptr_array_index (effect->cards, i)));
  if (effect->board != NULL)
    slice->effect->board = g_ref_string_acquire (effect->board);
  return slices;
}
