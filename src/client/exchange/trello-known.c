/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "trello.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What an earlier import brought is found again by its source. */
static GHashTable *
index_rows (BatonReader *reader, BatonEntity entity, BatonField below, const char *id, BatonField source,
    GPtrArray **keep, GError **error)
{
  GPtrArray *rows = baton_reader_rows (reader, entity, below, id, FALSE, error);
  GHashTable *index;

  if (rows == NULL)
    return NULL;
  index = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < rows->len; i++)
    {
      BatonRow *row = g_ptr_array_index (rows, i);
      const char *text = baton_row_text (row, source);

      if (text != NULL && g_str_has_prefix (text, "trello:") && !g_hash_table_contains (index, text))
        g_hash_table_insert (index, (char *) text, row);
    }
  *keep = rows;
  return index;
}

static void
take_row (gpointer thing, BatonRow *row)
{
  Thing *base = thing;

  if (row == NULL || base->row != NULL)
    return;
  base->row = baton_row_ref (row);
  memcpy (base->id, row->id, sizeof base->id);
}

static gboolean
match_things (Trello *trello, GPtrArray *things, BatonEntity entity, BatonField below, const char *id,
    BatonField source, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GHashTable) index = index_rows (trello->reader, entity, below, id, source, &rows, error);

  if (index == NULL)
    return FALSE;
  for (guint i = 0; i < things->len; i++)
    {
      Thing *thing = g_ptr_array_index (things, i);
      g_autofree char *text = trello_source (thing->key);

      if (text != NULL)
        take_row (thing, g_hash_table_lookup (index, text));
    }
  return TRUE;
}

static void
match_card_state (Trello *trello, TrelloCard *card)
{
  BatonRow *row = card->base.row;

  card->binned = baton_row_int (row, BATON_CARD_REMOVED) != 0 ||
                 g_strcmp0 (baton_row_text (row, BATON_CARD_BOARD), trello->board.base.id) != 0;
  card->touched = card->activity > trello->watermark;
  trello->notes[NOTE_BINNED] += card->binned;
}

/* A card may have been moved to another board since. */
static void
match_elsewhere (Trello *trello, TrelloCard *card)
{
  g_autofree char *source = trello_source (card->base.key);
  g_autofree char *board_source = trello_source (trello->board.base.key);
  g_autoptr (BatonRow) row = NULL;
  g_autoptr (BatonRow) board = NULL;

  if (source == NULL)
    return;
  row = baton_reader_by_source (trello->reader, BATON_ENTITY_CARD, source);
  if (row == NULL)
    return;
  board = baton_reader_row (trello->reader, BATON_ENTITY_BOARD, baton_row_text (row, BATON_CARD_BOARD));
  if (board != NULL && g_strcmp0 (baton_row_text (board, BATON_BOARD_SOURCE), board_source) != 0)
    take_row (card, row);
}

static gboolean
match_cards (Trello *trello, GError **error)
{
  if (!match_things (trello, trello->cards, BATON_ENTITY_CARD, BATON_CARD_BOARD, trello->board.base.id,
          BATON_CARD_SOURCE, error))
    return FALSE;
  for (guint i = 0; i < trello->cards->len; i++)
    {
      TrelloCard *card = g_ptr_array_index (trello->cards, i);

      if (card->base.row == NULL)
        match_elsewhere (trello, card);
      if (card->base.row != NULL)
        match_card_state (trello, card);
    }
  return TRUE;
}

static gboolean
match_checklists (Trello *trello, GError **error)
{
  g_autoptr (GPtrArray) checklists = g_ptr_array_new ();
  g_autoptr (GPtrArray) items = g_ptr_array_new ();

  for (guint i = 0; i < trello->cards->len; i++)
    {
      TrelloCard *card = g_ptr_array_index (trello->cards, i);

      if (card->base.row == NULL)
        continue;
      for (guint j = 0; j < card->checklists->len; j++)
        {
          TrelloChecklist *checklist = g_ptr_array_index (card->checklists, j);

          g_ptr_array_add (checklists, checklist);
          for (guint k = 0; k < checklist->items->len; k++)
            g_ptr_array_add (items, g_ptr_array_index (checklist->items, k));
        }
    }
  return match_things (trello, checklists, BATON_ENTITY_CHECKLIST, BATON_FIELD_NONE, NULL,
             BATON_CHECKLIST_SOURCE, error) &&
         match_things (trello, items, BATON_ENTITY_ITEM, BATON_FIELD_NONE, NULL, BATON_ITEM_SOURCE, error);
}

/* Values have no source: a card has one of each field. */
static gboolean
match_values (Trello *trello, GError **error)
{
  g_autoptr (GPtrArray) rows =
      baton_reader_rows (trello->reader, BATON_ENTITY_CUSTOM_VALUE, BATON_FIELD_NONE, NULL, FALSE, error);
  g_autoptr (GHashTable) index = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    {
      BatonRow *row = g_ptr_array_index (rows, i);

      g_hash_table_insert (index,
          g_strdup_printf ("%s%s", baton_row_text (row, BATON_CUSTOM_VALUE_CARD),
              baton_row_text (row, BATON_CUSTOM_VALUE_FIELD)),
          row);
    }
  for (guint i = 0; i < trello->values->len; i++)
    {
      TrelloValue *value = g_ptr_array_index (trello->values, i);
      g_autofree char *key = g_strconcat (value->card->base.id, value->field->base.id, NULL);

      take_row (value, g_hash_table_lookup (index, key));
    }
  return TRUE;
}

static void
match_lists_state (Trello *trello)
{
  for (guint i = 0; i < trello->lists->len; i++)
    {
      TrelloList *list = g_ptr_array_index (trello->lists, i);

      list->gone = list->base.row != NULL && baton_row_int (list->base.row, BATON_STAGE_REMOVED) != 0;
      trello->notes[NOTE_GONE_STAGE] += list->gone;
    }
}

static void
count_missing (Trello *trello)
{
  g_autoptr (GPtrArray) rows = baton_reader_rows (
      trello->reader, BATON_ENTITY_CARD, BATON_CARD_BOARD, trello->board.base.id, FALSE, NULL);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      BatonRow *row = g_ptr_array_index (rows, i);
      const char *source = baton_row_text (row, BATON_CARD_SOURCE);

      if (source != NULL && g_str_has_prefix (source, "trello:") &&
          baton_row_int (row, BATON_CARD_REMOVED) == 0 &&
          trello_find (trello, BATON_ENTITY_CARD, source + strlen ("trello:")) == NULL)
        trello->notes[NOTE_NOT_IN_FILE]++;
    }
}

static gboolean
match_board (Trello *trello, BatonRow *board, GError **error)
{
  const char *id = trello->board.base.id;

  take_row (&trello->board, board);
  trello->watermark = baton_reader_last_import (trello->reader, id);
  /* Trello notes a board's last activity some milliseconds before the action itself. */
  trello->notes[NOTE_OLDER_FILE] +=
      trello->board.activity != 0 && trello->board.activity + 60 * G_TIME_SPAN_SECOND < trello->watermark;
  if (!match_things (
          trello, trello->lists, BATON_ENTITY_STAGE, BATON_STAGE_BOARD, id, BATON_STAGE_SOURCE, error) ||
      !match_things (
          trello, trello->labels, BATON_ENTITY_LABEL, BATON_LABEL_BOARD, id, BATON_LABEL_SOURCE, error) ||
      !match_things (trello, trello->fields, BATON_ENTITY_CUSTOM_FIELD, BATON_CUSTOM_FIELD_BOARD, id,
          BATON_CUSTOM_FIELD_SOURCE, error) ||
      !match_cards (trello, error) || !match_checklists (trello, error) || !match_values (trello, error))
    return FALSE;
  match_lists_state (trello);
  count_missing (trello);
  return match_things (
      trello, trello->links, BATON_ENTITY_LINK, BATON_FIELD_NONE, NULL, BATON_LINK_SOURCE, error);
}

gboolean
trello_match (Trello *trello, GError **error)
{
  g_autofree char *source = trello_source (trello->board.base.key);
  g_autoptr (BatonRow) board = baton_reader_by_source (trello->reader, BATON_ENTITY_BOARD, source);

  trello->watermark = G_MININT64;
  if (board == NULL || !json_is_string (json_object_get (trello->root, "id")))
    return TRUE;
  trello->plan->existing = g_strdup (board->id);
  return trello->options->mode != BATON_IMPORT_UPDATE || match_board (trello, board, error);
}

/* People are the same on every board; all else is matched only when the board shall be updated. */
gboolean
trello_match_late (Trello *trello, GError **error)
{
  return match_things (trello, trello->people, BATON_ENTITY_PERSON, BATON_FIELD_NONE, NULL,
             BATON_PERSON_SOURCE, error) &&
         (trello->board.base.row == NULL || match_things (trello, trello->comments, BATON_ENTITY_COMMENT,
                                                BATON_FIELD_NONE, NULL, BATON_COMMENT_SOURCE, error));
}

static const BatonValue *
value_of (Trello *trello, TrelloCard *card, const char *id, BatonField field)
{
  return imported_value (
      trello->imported, trello->board.base.id, card != NULL ? card->base.id : NULL, id, field);
}

gboolean
trello_keeps (Trello *trello, TrelloCard *card, const char *id, BatonField field, const BatonValue *wanted)
{
  const BatonValue *imported = value_of (trello, card, id, field);
  gboolean is_time = baton_field_info (field)->type == BATON_TYPE_TIME && field != BATON_CARD_DUE;
  gboolean keep = is_time
                      ? (imported != NULL && imported->kind == BATON_VALUE_INT && imported->number != 0) ==
                            (wanted->kind == BATON_VALUE_INT && wanted->number != 0)
                      : imported_same (imported, wanted);

  trello->notes[NOTE_KEPT] += keep;
  return keep;
}

gboolean
trello_keeps_member (Trello *trello, TrelloCard *card, BatonField field, const char *member, gboolean wanted)
{
  const BatonValue *imported = value_of (trello, card, card->base.id, field);
  const char *set = imported != NULL && imported->kind == BATON_VALUE_TEXT ? imported->text : NULL;
  gboolean keep = baton_set_contains (set, member) == wanted;

  trello->notes[NOTE_KEPT] += keep;
  return keep;
}
