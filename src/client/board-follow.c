/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "board-private.h"

#include "changes.h"

/* How a board follows the workspace: each operation takes the cards it touches out of their cells, writes
 * what changed, and puts them where they belong now. A card that stays where it is only says that it changed.
 */

/* The order of all cards is made anew when it is needed. */
static void
forget_order (BatonBoard *self)
{
  g_clear_pointer (&self->sorted, g_ptr_array_unref);
}

static void
add_card (BatonBoard *self, BatonRow *row)
{
  BatonItem *card = baton_item_new (baton_row_ref (row));

  forget_order (self);
  g_hash_table_insert (self->cards, (char *) baton_item_id (card), card);
}

static void
rewrite_card (BatonItem *card, const BatonRow *row)
{
  const BatonEntityInfo *info = baton_entity_info (BATON_ENTITY_CARD);

  for (guint i = 0; i < info->n_fields; i++)
    baton_item_write (card, info->first + i, &row->values[i]);
}

/* A card that was there stays the same object: rows on screen, the cursor and open panes hold on to it. The
 * cells are out of order until they are regrouped. */
void
baton_board_take_cards (BatonBoard *self, GPtrArray *rows)
{
  g_autoptr (GHashTable) old = g_steal_pointer (&self->cards);

  forget_order (self);
  self->cards = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  g_hash_table_remove_all (self->foreign);
  for (guint i = 0; i < rows->len; i++)
    {
      BatonRow *row = g_ptr_array_index (rows, i);
      BatonItem *card = g_hash_table_lookup (old, row->id);

      if (card == NULL)
        {
          add_card (self, row);
          continue;
        }
      rewrite_card (card, row);
      g_hash_table_insert (self->cards, (char *) baton_item_id (card), g_object_ref (card));
    }
}

/* Where a card is before and after a change. */
typedef struct
{
  BatonColumn *cell; /* borrowed; the board keeps it */
  gboolean counted;
  char *stage;
} Place;

static Place
place_of (BatonBoard *self, BatonItem *card)
{
  Place place = { baton_board_cell_of (self, card), baton_board_counts_card (self, card),
    g_strdup (baton_item_text (card, BATON_CARD_STAGE)) };

  return place;
}

static gboolean
is_placing (const BatonRowChanges *row)
{
  return baton_row_changes_touch (row, BATON_CARD_STAGE) || baton_row_changes_touch (row, BATON_CARD_RANK);
}

static void
write_changes (BatonItem *card, const BatonRowChanges *row)
{
  for (guint i = 0; i < row->changes->len; i++)
    {
      const BatonChange *change = g_ptr_array_index (row->changes, i);

      baton_item_write (card, change->field, &change->after);
    }
}

static void
show_arrival (BatonBoard *self, BatonRow *row)
{
  BatonItem *card;
  BatonColumn *cell;

  g_hash_table_remove (self->foreign, row->id);
  add_card (self, row);
  card = baton_board_card (self, row->id);
  if (baton_board_counts_card (self, card))
    baton_board_adjust_count (self, card, 1);
  cell = baton_board_cell_of (self, card);
  if (cell != NULL)
    baton_column_insert (cell, card);
  baton_board_emit_cells (self, baton_item_text (card, BATON_CARD_STAGE));
}

/* The card was not loaded: it is new, or it came from another board. */
static void
follow_arrival (BatonBoard *self, const BatonRowChanges *row)
{
  g_autoptr (BatonRow) stored = NULL;

  if (row->created != NULL)
    stored = baton_row_copy (row->created);
  else if (baton_row_changes_touch (row, BATON_CARD_BOARD))
    stored = baton_reader_row (baton_workspace_reader (self->workspace), BATON_ENTITY_CARD, row->id);
  if (stored == NULL)
    return;
  for (guint i = 0; i < row->changes->len; i++)
    {
      const BatonChange *change = g_ptr_array_index (row->changes, i);

      baton_row_take (stored, change->field, baton_value_copy (&change->after));
    }
  if (g_strcmp0 (baton_row_text (stored, BATON_CARD_BOARD), self->id) != 0)
    return;
  show_arrival (self, stored);
}

static void
follow_card (BatonBoard *self, const BatonRowChanges *row)
{
  BatonItem *card = baton_board_card (self, row->id);
  Place before, after;

  if (card == NULL)
    {
      BatonItem *foreign = g_hash_table_lookup (self->foreign, row->id);

      if (foreign != NULL)
        write_changes (foreign, row);
      follow_arrival (self, row);
      return;
    }
  before = place_of (self, card);
  if (before.counted)
    baton_board_adjust_count (self, card, -1);
  /* Out first: its rank, by which it is found, may be about to change. */
  g_object_ref (card);
  if (is_placing (row))
    forget_order (self);
  if (before.cell != NULL && is_placing (row))
    baton_column_remove (before.cell, card);
  write_changes (card, row);
  after = place_of (self, card);
  if (after.counted)
    baton_board_adjust_count (self, card, 1);
  if (before.cell != NULL && !is_placing (row) && before.cell != after.cell)
    baton_column_remove (before.cell, card);
  if (after.cell != NULL && (is_placing (row) || before.cell != after.cell))
    baton_column_insert (after.cell, card);
  baton_item_emit_changed (card);
  if (before.cell != after.cell || before.counted != after.counted)
    {
      baton_board_emit_cells (self, before.stage);
      if (g_strcmp0 (before.stage, after.stage) != 0)
        baton_board_emit_cells (self, after.stage);
    }
  g_free (before.stage);
  g_free (after.stage);
  g_object_unref (card);
}

/* A card as the database has it, as changes of the one that is shown. */
void
baton_board_take_card (BatonBoard *self, BatonRow *row)
{
  BatonItem *card = baton_board_card (self, row->id);
  const BatonEntityInfo *info = baton_entity_info (BATON_ENTITY_CARD);
  g_autoptr (GPtrArray) changes = NULL;
  BatonRowChanges changed = { .entity = BATON_ENTITY_CARD, .id = row->id };

  if (card == NULL)
    {
      show_arrival (self, row);
      return;
    }
  changes = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_change_free);
  for (guint i = 0; i < info->n_fields; i++)
    {
      const BatonValue *shown = &baton_item_row (card)->values[i];

      if (!baton_value_equal (shown, &row->values[i]))
        g_ptr_array_add (changes,
            baton_change_new_set (BATON_ENTITY_CARD, row->id, info->first + i, shown, &row->values[i]));
    }
  changed.changes = changes;
  if (changes->len > 0)
    follow_card (self, &changed);
}

void
baton_board_drop_card (BatonBoard *self, BatonItem *card)
{
  g_autoptr (BatonItem) held = g_object_ref (card);
  BatonColumn *cell = baton_board_cell_of (self, card);

  if (cell != NULL)
    baton_column_remove (cell, card);
  if (baton_board_counts_card (self, card))
    baton_board_adjust_count (self, card, -1);
  forget_order (self);
  g_hash_table_remove (self->cards, baton_item_id (card));
  baton_board_emit_cells (self, baton_item_text (card, BATON_CARD_STAGE));
}

/* Cards that wait for these look different once they are done. */
static void
follow_dependents (BatonBoard *self, GHashTable *ids)
{
  GHashTableIter iter;
  gpointer card;

  g_hash_table_iter_init (&iter, self->cards);
  while (g_hash_table_iter_next (&iter, NULL, &card))
    {
      const char *blockers = baton_item_text (card, BATON_CARD_BLOCKERS);
      g_auto (GStrv) waits_for = blockers != NULL ? baton_set_split (blockers) : NULL;

      for (guint i = 0; waits_for != NULL && waits_for[i] != NULL; i++)
        {
          if (!g_hash_table_contains (ids, waits_for[i]))
            continue;
          baton_item_emit_changed (card);
          break;
        }
    }
}

static gboolean
is_on_faces (BatonEntity entity)
{
  return entity == BATON_ENTITY_PERSON || entity == BATON_ENTITY_CHANNEL || entity == BATON_ENTITY_CAMPAIGN ||
         entity == BATON_ENTITY_ASSET_TYPE || entity == BATON_ENTITY_LABEL || entity == BATON_ENTITY_STAGE;
}

static gboolean
may_block (const BatonRowChanges *row)
{
  return baton_row_changes_touch (row, BATON_CARD_STAGE) ||
         baton_row_changes_touch (row, BATON_CARD_REMOVED) ||
         baton_row_changes_touch (row, BATON_CARD_ARCHIVED) ||
         baton_row_changes_touch (row, BATON_CARD_TITLE);
}

void
baton_board_follow_cards (BatonBoard *self, const BatonEffect *effect)
{
  g_autoptr (GPtrArray) rows = baton_changes_by_row (effect);
  g_autoptr (GHashTable) blocking = g_hash_table_new (g_str_hash, g_str_equal);

  self->refilter = self->refilter || baton_filter_is_used (self->filter, BATON_FILTER_BLOCKED);
  self->touched = self->touched || effect->cards->len > 0;
  for (guint i = 0; i < rows->len; i++)
    {
      const BatonRowChanges *row = g_ptr_array_index (rows, i);

      if (row->entity == BATON_ENTITY_CARD)
        {
          follow_card (self, row);
          if (may_block (row))
            g_hash_table_add (blocking, (char *) row->id);
        }
      self->faces = self->faces || is_on_faces (row->entity);
      self->refilter = self->refilter || (row->entity == BATON_ENTITY_STAGE &&
                                             baton_row_changes_touch (row, BATON_STAGE_KIND) &&
                                             baton_filter_is_used (self->filter, BATON_FILTER_KIND));
    }
  if (g_hash_table_size (blocking) > 0)
    follow_dependents (self, blocking);
}

void
baton_board_follow_rest (BatonBoard *self)
{
  gboolean refilter = self->refilter;
  gboolean faces = self->faces;
  gboolean touched = self->touched;

  self->refilter = self->faces = self->touched = FALSE;
  /* A filter may ask whether cards are blocked, and this operation may have freed some; or for a kind of
   * stage. */
  if (refilter)
    {
      baton_board_regroup (self);
      baton_board_emit_all_cells (self);
    }
  if (self->lanes != BATON_LANES_NONE && baton_board_refresh_lanes (self))
    {
      baton_board_regroup (self);
      baton_board_emit_lanes (self);
    }
  else if (faces && self->lanes != BATON_LANES_NONE)
    baton_board_emit_lanes (self);
  if (faces)
    baton_board_emit_faces (self);
  /* What was typed into the search may find other cards now: by their texts, or by the names of labels and
   * people. */
  if (self->filter->text != NULL && (touched || faces))
    baton_board_run_search (self);
}

static void
performed_cb (BatonWorkspace *workspace, gpointer op, gpointer effect, BatonBoard *self)
{
  g_autoptr (BatonBoard) held = g_object_ref (self);

  baton_board_note_missed (self, effect);
  baton_board_follow_cards (self, effect);
  if (!baton_workspace_is_following (workspace))
    baton_board_follow_rest (self);
}

static void
reloaded_cb (BatonWorkspace *workspace, BatonBoard *self)
{
  baton_board_read_again (self);
}

void
baton_board_connect (BatonBoard *self)
{
  g_signal_connect (self->workspace, "performed", G_CALLBACK (performed_cb), self);
  g_signal_connect (self->workspace, "reloaded", G_CALLBACK (reloaded_cb), self);
}
