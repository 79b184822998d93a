/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "board-private.h"

#include "workspace-private.h"

#include <glib/gi18n-lib.h>

enum
{
  LANES_CHANGED,
  CELLS_CHANGED,
  FACES_CHANGED,
  FILTER_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonBoard, baton_board, G_TYPE_OBJECT)

static void
baton_board_dispose (GObject *object)
{
  BatonBoard *self = BATON_BOARD (object);

  if (self->workspace != NULL)
    g_signal_handlers_disconnect_by_data (self->workspace, self);
  if (self->stages != NULL)
    g_signal_handlers_disconnect_by_data (self->stages, self);
  g_clear_object (&self->stages);
  g_cancellable_cancel (self->search);
  g_clear_object (&self->search);
  baton_board_stop_reading (self);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (baton_board_parent_class)->dispose (object);
}

static void
baton_board_finalize (GObject *object)
{
  BatonBoard *self = BATON_BOARD (object);

  g_hash_table_unref (self->cells);
  g_clear_pointer (&self->sorted, g_ptr_array_unref);
  g_hash_table_unref (self->cards);
  g_hash_table_unref (self->foreign);
  g_hash_table_unref (self->counts);
  g_clear_pointer (&self->found, g_hash_table_unref);
  g_ptr_array_unref (self->lane_keys);
  baton_filter_free (self->filter);
  g_free (self->id);
  G_OBJECT_CLASS (baton_board_parent_class)->finalize (object);
}

static void
baton_board_class_init (BatonBoardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = BATON_TYPE_BOARD;

  object_class->dispose = baton_board_dispose;
  object_class->finalize = baton_board_finalize;
  signals[LANES_CHANGED] =
      g_signal_new ("lanes-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CELLS_CHANGED] = g_signal_new (
      "cells-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[FACES_CHANGED] =
      g_signal_new ("faces-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FILTER_CHANGED] =
      g_signal_new ("filter-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
baton_board_init (BatonBoard *self)
{
  self->cards = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->foreign = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->cells = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->lane_keys = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->lane_keys, g_strdup (""));
  self->filter = baton_filter_new ();
}

void
baton_board_emit_cells (BatonBoard *self, const char *stage)
{
  g_signal_emit (self, signals[CELLS_CHANGED], 0, stage);
}

void
baton_board_emit_faces (BatonBoard *self)
{
  g_signal_emit (self, signals[FACES_CHANGED], 0);
}

void
baton_board_emit_lanes (BatonBoard *self)
{
  g_signal_emit (self, signals[LANES_CHANGED], 0);
}

void
baton_board_emit_filter (BatonBoard *self)
{
  g_signal_emit (self, signals[FILTER_CHANGED], 0);
}

static gpointer
read_cards (BatonReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  return baton_reader_rows (reader, BATON_ENTITY_CARD, BATON_CARD_BOARD, data, TRUE, error);
}

static BatonBoard *
new_board (BatonWorkspace *workspace, const char *id, GPtrArray *rows)
{
  BatonBoard *self = g_object_new (BATON_TYPE_BOARD, NULL);

  self->workspace = g_object_ref (workspace);
  self->id = g_strdup (id);
  self->stages = g_object_ref (baton_workspace_list (workspace, BATON_ENTITY_STAGE, id));
  baton_board_take_cards (self, rows);
  baton_board_regroup (self);
  baton_board_connect (self);
  return self;
}

/* Operations go on while the cards are read; what was performed since the reading began may be missing in it,
 * and is followed once more. */
typedef struct
{
  BatonWorkspace *workspace;
  char *id;
  GPtrArray *missed; /* BatonEffect */
  gboolean again;    /* all was read anew meanwhile */
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_signal_handlers_disconnect_by_data (opening->workspace, opening);
  g_object_unref (opening->workspace);
  g_ptr_array_unref (opening->missed);
  g_free (opening->id);
  g_free (opening);
}

static void
opening_performed_cb (BatonWorkspace *workspace, gpointer op, gpointer effect, Opening *opening)
{
  g_ptr_array_add (opening->missed, baton_effect_ref (effect));
}

static void
opening_reloaded_cb (BatonWorkspace *workspace, Opening *opening)
{
  opening->again = TRUE;
}

static BatonBoard *
open_board (Opening *opening, GPtrArray *rows)
{
  BatonBoard *board = new_board (opening->workspace, opening->id, rows);

  for (guint i = 0; i < opening->missed->len; i++)
    baton_board_follow_cards (board, g_ptr_array_index (opening->missed, i));
  if (opening->missed->len > 0)
    baton_board_follow_rest (board);
  if (opening->again)
    baton_board_read_again (board);
  return board;
}

static void
rows_read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (GPtrArray) rows = baton_workspace_query_finish (BATON_WORKSPACE (source), result, &error);

  if (rows != NULL)
    g_task_return_pointer (task, open_board (g_task_get_task_data (task), rows), g_object_unref);
  else
    g_task_return_error (task, error);
}

void
baton_board_open_async (BatonWorkspace *workspace, const char *id, GCancellable *cancellable,
    GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (workspace, cancellable, callback, data);
  g_autoptr (GPtrArray) ahead = baton_workspace_take_ahead (workspace, id);
  Opening *opening;

  if (ahead != NULL)
    {
      g_task_return_pointer (task, new_board (workspace, id, ahead), g_object_unref);
      g_object_unref (task);
      return;
    }
  opening = g_new0 (Opening, 1);
  opening->workspace = g_object_ref (workspace);
  opening->id = g_strdup (id);
  opening->missed = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_effect_unref);
  g_signal_connect (workspace, "performed", G_CALLBACK (opening_performed_cb), opening);
  g_signal_connect (workspace, "reloaded", G_CALLBACK (opening_reloaded_cb), opening);
  g_task_set_task_data (task, opening, opening_free);
  baton_workspace_query_async (workspace, read_cards, g_strdup (id), g_free,
      (GDestroyNotify) g_ptr_array_unref, cancellable, rows_read_cb, task);
}

BatonBoard *
baton_board_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

BatonBoard *
baton_board_open (BatonWorkspace *workspace, const char *id, GError **error)
{
  g_autoptr (GPtrArray) rows = read_cards (baton_workspace_reader (workspace), (char *) id, NULL, error);

  return rows != NULL ? new_board (workspace, id, rows) : NULL;
}

BatonWorkspace *
baton_board_workspace (BatonBoard *self)
{
  return self->workspace;
}

const char *
baton_board_id (BatonBoard *self)
{
  return self->id;
}

const char *
baton_board_name (BatonBoard *self)
{
  return baton_workspace_name_of (self->workspace, BATON_ENTITY_BOARD, self->id, "");
}

BatonColumn *
baton_board_stages (BatonBoard *self)
{
  return self->stages;
}

BatonItem *
baton_board_card (BatonBoard *self, const char *id)
{
  return id != NULL ? g_hash_table_lookup (self->cards, id) : NULL;
}

static gboolean
is_on_shelf (BatonBoard *self, BatonItem *card, BatonShelf shelf)
{
  gboolean binned = baton_item_is_removed (card);
  gboolean archived = baton_item_int (card, BATON_CARD_ARCHIVED) != 0;
  gboolean template = baton_item_int (card, BATON_CARD_TEMPLATE) != 0;

  /* It may have gone to another board. */
  if (g_strcmp0 (baton_item_text (card, BATON_CARD_BOARD), self->id) != 0)
    return FALSE;
  if (shelf == BATON_SHELF_BIN)
    return binned;
  return !binned && (shelf == BATON_SHELF_ARCHIVE ? archived && !template : template);
}

static int
compare_latest (gconstpointer a, gconstpointer b)
{
  BatonItem *card_a = *(BatonItem *const *) a;
  BatonItem *card_b = *(BatonItem *const *) b;
  gint64 time_a =
      MAX (baton_item_int (card_a, BATON_CARD_ARCHIVED), baton_item_int (card_a, BATON_CARD_REMOVED));
  gint64 time_b =
      MAX (baton_item_int (card_b, BATON_CARD_ARCHIVED), baton_item_int (card_b, BATON_CARD_REMOVED));

  if (time_a != time_b)
    return time_a > time_b ? -1 : 1;
  return g_utf8_collate (
      baton_item_text (card_a, BATON_CARD_TITLE), baton_item_text (card_b, BATON_CARD_TITLE));
}

GPtrArray *
baton_board_shelf (BatonBoard *self, BatonShelf shelf)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer card;

  g_hash_table_iter_init (&iter, self->cards);
  while (g_hash_table_iter_next (&iter, NULL, &card))
    {
      if (is_on_shelf (self, card, shelf))
        g_ptr_array_add (found, g_object_ref (card));
    }
  g_ptr_array_sort (found, compare_latest);
  return found;
}

GPtrArray *
baton_board_live_cards (BatonBoard *self)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer card;

  g_hash_table_iter_init (&iter, self->cards);
  while (g_hash_table_iter_next (&iter, NULL, &card))
    {
      if (baton_board_counts_card (self, card))
        g_ptr_array_add (found, g_object_ref (card));
    }
  return found;
}

GPtrArray *
baton_board_cards (BatonBoard *self)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < baton_column_size (self->stages); i++)
    {
      const char *stage = baton_item_id (baton_column_peek (self->stages, i));

      for (guint j = 0; j < self->lane_keys->len; j++)
        {
          BatonColumn *cell = baton_board_cell (self, stage, g_ptr_array_index (self->lane_keys, j));

          for (guint k = 0; k < baton_column_size (cell); k++)
            g_ptr_array_add (found, g_object_ref (baton_column_peek (cell, k)));
        }
    }
  return found;
}

/* A card here may wait for one on another board, which is read when it is first asked for. */
static BatonItem *
find_blocker (BatonBoard *self, const char *id)
{
  BatonItem *card = baton_board_card (self, id);
  BatonRow *row;

  if (card == NULL)
    card = g_hash_table_lookup (self->foreign, id);
  if (card != NULL)
    return card;
  row = baton_reader_row (baton_workspace_reader (self->workspace), BATON_ENTITY_CARD, id);
  if (row == NULL)
    return NULL;
  card = baton_item_new (row);
  g_hash_table_insert (self->foreign, (char *) baton_item_id (card), card);
  return card;
}

static gboolean
is_open (BatonBoard *self, const char *id, const char **title)
{
  BatonItem *card = find_blocker (self, id);
  BatonItem *stage;

  if (card == NULL || baton_item_is_removed (card) || baton_item_int (card, BATON_CARD_ARCHIVED) != 0)
    return FALSE;
  stage =
      baton_workspace_lookup (self->workspace, BATON_ENTITY_STAGE, baton_item_text (card, BATON_CARD_STAGE));
  *title = baton_item_text (card, BATON_CARD_TITLE);
  return stage == NULL || g_strcmp0 (baton_item_text (stage, BATON_STAGE_KIND), "done") != 0;
}

gboolean
baton_board_is_blocked (BatonBoard *self, BatonItem *card, char **reason)
{
  const char *said = baton_item_text (card, BATON_CARD_BLOCKED_REASON);
  const char *blockers = baton_item_text (card, BATON_CARD_BLOCKERS);
  g_auto (GStrv) ids = NULL;

  if (said != NULL)
    {
      if (reason != NULL)
        *reason = g_strdup (said);
      return TRUE;
    }
  if (blockers == NULL)
    return FALSE;
  ids = baton_set_split (blockers);
  for (guint i = 0; ids[i] != NULL; i++)
    {
      const char *title;

      if (!is_open (self, ids[i], &title))
        continue;
      if (reason != NULL)
        *reason = g_strdup_printf (_ ("waits for “%s”"), title);
      return TRUE;
    }
  return FALSE;
}

gint64
baton_board_age (BatonBoard *self, BatonItem *card, gint64 now)
{
  return MAX (0, now - baton_item_int (card, BATON_CARD_ENTERED));
}
