/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "board-private.h"

/* So much has changed that a board reads its cards anew. They are read on another thread and taken over in
 * turns of the main loop, each card in its smallest step. Until all are there, the board shows what it has,
 * and what is performed is followed at once and, because a card that was read before may come behind it,
 * once more at the end. */

/* As for slices of what others did (workspace-follow.c). */
#define BUDGET (6 * G_TIME_SPAN_MILLISECOND)
#define PRIORITY (G_PRIORITY_HIGH_IDLE + 30)

/* So many cards are taken over in one step, which is one change for each list. */
#define AT_ONCE 2000

struct _BatonBoardReading
{
  BatonBoard *board; /* borrowed */
  GCancellable *cancellable;
  GPtrArray *missed; /* BatonEffect */
  GPtrArray *rows;   /* NULL while they are read */
  GHashTable *seen;  /* ids of the rows that were taken */
  GPtrArray *gone;   /* BatonItem: cards that are not among the rows; NULL until all rows are taken */
  guint next;
  guint turn; /* source */
};

void
baton_board_stop_reading (BatonBoard *self)
{
  BatonBoardReading *reading = g_steal_pointer (&self->reading);

  if (reading == NULL)
    return;
  g_cancellable_cancel (reading->cancellable);
  g_object_unref (reading->cancellable);
  g_clear_handle_id (&reading->turn, g_source_remove);
  g_ptr_array_unref (reading->missed);
  g_clear_pointer (&reading->rows, g_ptr_array_unref);
  g_clear_pointer (&reading->seen, g_hash_table_unref);
  g_clear_pointer (&reading->gone, g_ptr_array_unref);
  g_free (reading);
}

gboolean
baton_board_is_reading (BatonBoard *self)
{
  return self->reading != NULL;
}

void
baton_board_note_missed (BatonBoard *self, BatonEffect *effect)
{
  if (self->reading != NULL)
    g_ptr_array_add (self->reading->missed, baton_effect_ref (effect));
}

static void
find_gone (BatonBoardReading *reading)
{
  GHashTableIter iter;
  gpointer id, card;

  reading->gone = g_ptr_array_new_with_free_func (g_object_unref);
  reading->next = 0;
  g_hash_table_iter_init (&iter, reading->board->cards);
  while (g_hash_table_iter_next (&iter, &id, &card))
    {
      if (!g_hash_table_contains (reading->seen, id))
        g_ptr_array_add (reading->gone, g_object_ref (card));
    }
}

/* One card; FALSE when there is none left. */
static gboolean
take_next (BatonBoardReading *reading)
{
  if (reading->rows->len > 0)
    {
      /* Nobody else holds it: the card's item will write it. */
      g_autoptr (BatonRow) row = g_ptr_array_steal_index (reading->rows, reading->rows->len - 1);

      g_hash_table_add (reading->seen, g_ref_string_acquire (row->id));
      baton_board_take_card (reading->board, row);
      return TRUE;
    }
  if (reading->gone == NULL)
    find_gone (reading);
  if (reading->next >= reading->gone->len)
    return FALSE;
  baton_board_drop_card (reading->board, g_ptr_array_index (reading->gone, reading->next++));
  return TRUE;
}

static void
finish (BatonBoard *self)
{
  g_autoptr (GPtrArray) missed = g_ptr_array_ref (self->reading->missed);

  baton_board_stop_reading (self);
  for (guint i = 0; i < missed->len; i++)
    baton_board_follow_cards (self, g_ptr_array_index (missed, i));
  self->faces = self->touched = TRUE;
  self->refilter = baton_filter_is_used (self->filter, BATON_FILTER_BLOCKED) ||
                   baton_filter_is_used (self->filter, BATON_FILTER_KIND);
  baton_board_follow_rest (self);
  baton_board_emit_lanes (self);
}

static void
take_at_once (BatonBoard *self, GPtrArray *rows)
{
  baton_board_take_cards (self, rows);
  baton_board_refresh_lanes (self);
  baton_board_regroup (self);
  finish (self);
}

static gboolean
turn_cb (gpointer data)
{
  g_autoptr (BatonBoard) self = g_object_ref (data);
  gint64 until = g_get_monotonic_time () + BUDGET;

  while (self->reading != NULL && self->reading->turn != 0 && g_get_monotonic_time () < until)
    {
      if (take_next (self->reading))
        continue;
      if (self->reading != NULL)
        self->reading->turn = 0;
      finish (self);
      return G_SOURCE_REMOVE;
    }
  return self->reading != NULL && self->reading->turn != 0;
}

static gpointer
read_cards (BatonReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  return baton_reader_rows (reader, BATON_ENTITY_CARD, BATON_CARD_BOARD, data, TRUE, error);
}

static void
rows_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BatonBoard) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = baton_workspace_query_finish (BATON_WORKSPACE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->reading == NULL)
    return;
  if (rows == NULL)
    {
      g_warning ("The board could not be read again: %s", error->message);
      baton_board_stop_reading (self);
      return;
    }
  if (MAX (rows->len, g_hash_table_size (self->cards)) <= AT_ONCE)
    {
      take_at_once (self, rows);
      return;
    }
  self->reading->rows = g_steal_pointer (&rows);
  self->reading->seen =
      g_hash_table_new_full (g_str_hash, g_str_equal, (GDestroyNotify) g_ref_string_release, NULL);
  g_hash_table_remove_all (self->foreign);
  self->reading->turn = g_idle_add_full (PRIORITY, turn_cb, self, NULL);
}

void
baton_board_read_again (BatonBoard *self)
{
  baton_board_stop_reading (self);
  self->reading = g_new0 (BatonBoardReading, 1);
  self->reading->board = self;
  self->reading->cancellable = g_cancellable_new ();
  self->reading->missed = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_effect_unref);
  baton_workspace_query_async (self->workspace, read_cards, g_strdup (self->id), g_free,
      (GDestroyNotify) g_ptr_array_unref, self->reading->cancellable, rows_read_cb, g_object_ref (self));
}
