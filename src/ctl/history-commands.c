/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "batonctl"

#include "ctl.h"

#include "timestamp.h"
#include "words.h"

#include <glib/gi18n.h>

static char *card_name;
static char *board_name;
static char *person_name;
static char *verb;
static char *limit;

static const GOptionEntry history_options[] = {
  { "card", 'c', 0, G_OPTION_ARG_FILENAME, &card_name, N_ ("Only what touched this card"), N_ ("CARD") },
  { "board", 'b', 0, G_OPTION_ARG_FILENAME, &board_name, N_ ("Only what happened on this board"),
      N_ ("BOARD") },
  { "verb", 0, 0, G_OPTION_ARG_FILENAME, &verb, N_ ("Only this verb, for example card.move"), N_ ("VERB") },
  { "person", 'p', 0, G_OPTION_ARG_FILENAME, &person_name, N_ ("Only by this person"), N_ ("PERSON") },
  { "limit", 'n', 0, G_OPTION_ARG_FILENAME, &limit, N_ ("Only the N changes made last"), N_ ("N") },
  { NULL },
};

static const GOptionEntry search_options[] = {
  { "board", 'b', 0, G_OPTION_ARG_FILENAME, &board_name, N_ ("Only on this board"), N_ ("BOARD") },
  { NULL },
};

static void
add_once (GPtrArray *ids, const char *id)
{
  if (id != NULL && !g_ptr_array_find_with_equal_func (ids, id, g_str_equal, NULL))
    g_ptr_array_add (ids, (gpointer) id);
}

/* The card that a part (a comment, an item …) hangs from. Transfer full, NULL when it is no part of a card.
 */
static char *
card_of_row (Ctl *ctl, const BatonRow *row)
{
  BatonField field = baton_field_find (row->entity, "card");
  g_autoptr (BatonRow) list = NULL;

  if (field != BATON_FIELD_NONE)
    return g_strdup (baton_row_text (row, field));
  if (row->entity != BATON_ENTITY_ITEM)
    return NULL;
  list = baton_reader_row (ctl->reader, BATON_ENTITY_CHECKLIST, baton_row_text (row, BATON_ITEM_CHECKLIST));
  return list != NULL ? g_strdup (baton_row_text (list, BATON_CHECKLIST_CARD)) : NULL;
}

static char *
card_of_part (Ctl *ctl, const BatonOp *op)
{
  BatonEntity entity = baton_verb_info (op->verb)->entity;
  g_autoptr (BatonRow) row = NULL;

  if (op->rows->len > 0)
    return card_of_row (ctl, ((const BatonNewRow *) g_ptr_array_index (op->rows, 0))->row);
  if (op->ids->len == 0)
    return NULL;
  row = baton_reader_row (ctl->reader, entity, g_ptr_array_index (op->ids, 0));
  return row != NULL ? card_of_row (ctl, row) : NULL;
}

/* The cards whose own fields an undo or the removal of a stage changed; sums and places do not count. */
static void
cards_of_effect (const BatonEffect *effect, GPtrArray *ids)
{
  for (guint i = 0; i < effect->changes->len; i++)
    {
      const BatonChange *change = g_ptr_array_index (effect->changes, i);

      if (change->entity != BATON_ENTITY_CARD || change->field == BATON_CARD_RANK ||
          (!change->created && (baton_field_info (change->field)->flags & BATON_FIELD_COUNT)))
        continue;
      add_once (ids, change->id);
    }
}

/* The cards that an entry is told for, one after the other. */
static GPtrArray *
cards_of (Ctl *ctl, const BatonEntry *entry, const char *only)
{
  const BatonOp *op = entry->op;
  GPtrArray *ids = g_ptr_array_new ();
  BatonAction action;

  if (only != NULL)
    {
      g_ptr_array_add (ids, (gpointer) only);
      return ids;
    }
  if (op->verb == BATON_VERB_UNKNOWN)
    return ids;
  action = baton_verb_info (op->verb)->action;
  if (action == BATON_ACTION_UNDO || op->verb == BATON_VERB_STAGE_REMOVE)
    cards_of_effect (entry->effect, ids);
  else if (baton_verb_info (op->verb)->entity == BATON_ENTITY_CARD)
    {
      if (op->rows->len > 0)
        add_once (ids, ((const BatonNewRow *) g_ptr_array_index (op->rows, 0))->row->id);
      for (guint i = 0; i < op->ids->len; i++)
        g_ptr_array_add (ids, g_ptr_array_index (op->ids, i));
    }
  return ids;
}

static void
name_and_id (Ctl *ctl, const char *key, const char *id_key, BatonEntity entity, const char *id)
{
  baton_json_string (&ctl->writer, key, id != NULL ? ctl_name (ctl, entity, id) : NULL);
  baton_json_string (&ctl->writer, id_key, id);
}

static const char *
value_text (const BatonValue *value)
{
  return value->kind == BATON_VALUE_TEXT ? value->text : NULL;
}

/* A move within one stage says that stage twice. */
static void
write_stages (Ctl *ctl, const BatonEntry *entry, const char *card)
{
  const BatonOp *op = entry->op;
  const BatonChange *change = card != NULL ? baton_effect_find (entry->effect, card, BATON_CARD_STAGE) : NULL;
  const char *from = change != NULL ? value_text (&change->before) : NULL;
  const char *to = change != NULL ? value_text (&change->after) : NULL;

  if (change == NULL && op->verb == BATON_VERB_CARD_MOVE)
    {
      from = to = op->to;
      for (guint i = 0; i < op->ids->len && i < op->from->len; i++)
        {
          if (card != NULL && g_str_equal (g_ptr_array_index (op->ids, i), card))
            from = to = g_ptr_array_index (op->from, i);
        }
    }
  name_and_id (ctl, "from", "from_id", BATON_ENTITY_STAGE, from);
  name_and_id (ctl, "to", "to_id", BATON_ENTITY_STAGE, to);
}

static void
write_value (Ctl *ctl, const char *key, BatonField field, const BatonValue *value)
{
  const BatonFieldInfo *info = baton_field_info (field);
  BatonJson *json = &ctl->writer;

  if (value->kind == BATON_VALUE_NONE)
    baton_json_null (json, key);
  else if (info->type == BATON_TYPE_REF)
    baton_json_string (json, key, ctl_name (ctl, info->target, value->text));
  else if (info->type == BATON_TYPE_SET)
    ctl_names_json (ctl, key, info->target, value->text);
  else if (info->type == BATON_TYPE_TIME)
    baton_json_time (json, key, value->number);
  else if (info->type == BATON_TYPE_BOOL)
    baton_json_bool (json, key, value->number != 0);
  else if (value->kind == BATON_VALUE_INT)
    baton_json_int (json, key, value->number);
  else
    baton_json_string (json, key, value->text);
}

static void
write_fields (Ctl *ctl, const BatonEntry *entry, const char *card)
{
  BatonJson *json = &ctl->writer;

  baton_json_begin_array (json, "fields");
  for (guint i = 0; i < entry->effect->changes->len; i++)
    {
      const BatonChange *change = g_ptr_array_index (entry->effect->changes, i);

      if (change->created || card == NULL || !g_str_equal (change->id, card))
        continue;
      baton_json_begin_object (json, NULL);
      baton_json_string (json, "field", baton_field_info (change->field)->name);
      write_value (ctl, "from", change->field, &change->before);
      write_value (ctl, "to", change->field, &change->after);
      baton_json_end_object (json);
    }
  baton_json_end_array (json);
}

static const char *
verb_of (const BatonOp *op)
{
  return op->verb == BATON_VERB_UNKNOWN ? op->unknown_verb : baton_verb_info (op->verb)->name;
}

static gboolean
is_about_fields (const BatonOp *op)
{
  if (op->verb == BATON_VERB_UNKNOWN || baton_verb_info (op->verb)->entity != BATON_ENTITY_CARD)
    return FALSE;
  return baton_verb_info (op->verb)->action == BATON_ACTION_SET ||
         baton_verb_info (op->verb)->action == BATON_ACTION_LINK;
}

static void
write_entry (Ctl *ctl, BatonNames *names, const BatonEntry *entry, const char *card)
{
  g_autofree char *words = baton_words_entry (names, entry, NULL);
  const BatonOp *op = entry->op;
  BatonJson *json = &ctl->writer;

  baton_json_begin_object (json, NULL);
  baton_json_int (json, "seq", entry->seq);
  baton_json_time (json, "at", op->at);
  name_and_id (ctl, "person", "person_id", BATON_ENTITY_PERSON, op->person);
  baton_json_string (json, "verb", verb_of (op));
  baton_json_string (json, "card", card);
  baton_json_string (json, "card_title", card != NULL ? ctl_name (ctl, BATON_ENTITY_CARD, card) : NULL);
  write_stages (ctl, entry, card);
  if (op->verb == BATON_VERB_CARD_ADD)
    baton_json_string (json, "stage",
        ctl_name (ctl, BATON_ENTITY_STAGE,
            baton_row_text (((const BatonNewRow *) g_ptr_array_index (op->rows, 0))->row, BATON_CARD_STAGE)));
  if (is_about_fields (op))
    write_fields (ctl, entry, card);
  baton_json_bool (json, "undone", entry->undone);
  baton_json_string (json, "words", words);
  baton_json_end_object (json);
}

static void
write_entries (Ctl *ctl, BatonNames *names, const BatonEntry *entry, const char *only)
{
  g_autoptr (GPtrArray) cards = cards_of (ctl, entry, only);
  g_autofree char *part = NULL;

  if (cards->len == 0 && entry->op->verb != BATON_VERB_UNKNOWN)
    part = card_of_part (ctl, entry->op);
  if (cards->len == 0)
    write_entry (ctl, names, entry, part);
  for (guint i = 0; i < cards->len; i++)
    write_entry (ctl, names, entry, g_ptr_array_index (cards, i));
}

/* A step of the past that an imported card brought along: told like what was done here. */
static void
write_step (Ctl *ctl, BatonNames *names, const BatonHistoryRow *row)
{
  g_autofree char *words = baton_words_row (names, row, NULL);
  g_autofree char *at = baton_timestamp_format (row->at);
  BatonJson *json = &ctl->writer;

  baton_json_begin_object (json, NULL);
  baton_json_int (json, "seq", row->entry->seq);
  baton_json_int (json, "step", row->step);
  baton_json_string (json, "at", at);
  name_and_id (ctl, "person", "person_id", BATON_ENTITY_PERSON, row->person);
  baton_json_string (json, "verb", baton_verb_info (row->verb)->name);
  baton_json_string (json, "card", row->card);
  baton_json_string (json, "card_title", ctl_name (ctl, BATON_ENTITY_CARD, row->card));
  name_and_id (ctl, "from", "from_id", BATON_ENTITY_STAGE, row->from);
  name_and_id (ctl, "to", "to_id", BATON_ENTITY_STAGE, row->from != NULL ? row->to : NULL);
  if (row->from == NULL)
    baton_json_string (json, "stage", ctl_name (ctl, BATON_ENTITY_STAGE, row->to));
  baton_json_bool (json, "undone", row->entry->undone);
  baton_json_string (json, "words", words);
  baton_json_end_object (json);
}

static void
write_row (Ctl *ctl, BatonNames *names, const BatonHistoryRow *row, const char *only)
{
  if (row->step > 0)
    write_step (ctl, names, row);
  else
    write_entries (ctl, names, row->entry, only);
}

static void
say_row (Ctl *ctl, BatonNames *names, const BatonHistoryRow *row, const char *only)
{
  g_autofree char *words = baton_words_row (names, row, only);
  g_autofree char *line = ctl_short (words, 200);
  g_autofree char *at = ctl_local_time (row->at);
  g_autofree char *who = ctl_short (ctl_name (ctl, BATON_ENTITY_PERSON, row->person), 40);

  ctl_say (ctl, "%s  %s %s%s", at, who, line, row->entry->undone ? _ ("  (undone)") : "");
}

/* The ids that the options name; they stay in the rows. */
typedef struct
{
  BatonRow *card;
  BatonRow *board;
  BatonRow *person;
} Named;

static void
named_clear (Named *named)
{
  g_clear_pointer (&named->card, baton_row_unref);
  g_clear_pointer (&named->board, baton_row_unref);
  g_clear_pointer (&named->person, baton_row_unref);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Named, named_clear)

static gboolean
make_query (Ctl *ctl, Named *named, BatonHistoryQuery *query, GError **error)
{
  if (board_name != NULL && (named->board = ctl_find_board (ctl, board_name, error)) == NULL)
    return FALSE;
  if (card_name != NULL && (named->card = ctl_find_card (ctl, named->board != NULL ? named->board->id : NULL,
                                card_name, error)) == NULL)
    return FALSE;
  if (person_name != NULL && (named->person = ctl_find_person (ctl, person_name, error)) == NULL)
    return FALSE;
  if (limit != NULL && !ctl_parse_count (limit, &query->limit, error))
    return FALSE;
  if (verb != NULL && baton_verb_find (verb) == BATON_VERB_UNKNOWN)
    return ctl_usage (error, _ ("There is no verb “%s”."), verb);
  query->verb = verb;
  query->card = named->card != NULL ? named->card->id : NULL;
  query->board = named->board != NULL ? named->board->id : NULL;
  query->person = named->person != NULL ? named->person->id : NULL;
  query->newest_first = limit != NULL;
  return TRUE;
}

static gboolean
run_history (Ctl *ctl, char **args, GError **error)
{
  g_auto (Named) named = { NULL, NULL, NULL };
  g_autoptr (BatonNames) names = baton_names_new (ctl->reader);
  g_autoptr (BatonHistoryRows) rows = NULL;
  BatonHistoryQuery query = { 0 };

  if (!make_query (ctl, &named, &query, error))
    return FALSE;
  rows = baton_history_rows_read (ctl->reader, &query, 0, error);
  if (rows == NULL)
    return FALSE;
  /* What an import brings happened before what was done here, though it was written later. */
  baton_history_rows_sort (rows);
  if (ctl->json)
    baton_json_begin_array (&ctl->writer, NULL);
  for (guint i = 0; i < rows->rows->len; i++)
    {
      const BatonHistoryRow *row = &g_array_index (rows->rows, BatonHistoryRow, i);

      if (ctl->json)
        write_row (ctl, names, row, query.card);
      else
        say_row (ctl, names, row, query.card);
    }
  if (ctl->json)
    baton_json_end_array (&ctl->writer);
  return TRUE;
}

static void
say_found (Ctl *ctl, const BatonRow *card, CtlTable *table)
{
  const char *board = ctl_name (ctl, BATON_ENTITY_BOARD, baton_row_text (card, BATON_CARD_BOARD));
  const char *stage = ctl_name (ctl, BATON_ENTITY_STAGE, baton_row_text (card, BATON_CARD_STAGE));
  gboolean archived = baton_row_int (card, BATON_CARD_ARCHIVED) != 0;

  ctl_table_add (table, ctl_row_name (card), board, stage, archived ? _ ("archived") : "", card->id, NULL);
  if (!ctl->json)
    return;
  baton_json_begin_object (&ctl->writer, NULL);
  baton_json_string (&ctl->writer, "id", card->id);
  baton_json_string (&ctl->writer, "title", ctl_row_name (card));
  baton_json_string (&ctl->writer, "board", board);
  baton_json_string (&ctl->writer, "stage", stage);
  baton_json_bool (&ctl->writer, "archived", archived);
  baton_json_end_object (&ctl->writer);
}

static gboolean
run_search (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRow) board = board_name != NULL ? ctl_find_board (ctl, board_name, error) : NULL;
  g_autofree char *typed = g_strjoinv (" ", args);
  g_autoptr (GPtrArray) ids = NULL;
  CtlTable *table;

  if (board_name != NULL && board == NULL)
    return FALSE;
  ids = baton_reader_search (ctl->reader, typed, board != NULL ? board->id : NULL, error);
  if (ids == NULL)
    return FALSE;
  table = ctl_table_new (_ ("Card"), _ ("Board"), _ ("Stage"), "", _ ("Id"), NULL);
  if (ctl->json)
    baton_json_begin_array (&ctl->writer, NULL);
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (BatonRow) card =
          baton_reader_row (ctl->reader, BATON_ENTITY_CARD, g_ptr_array_index (ids, i));

      if (card != NULL && !ctl_is_removed (card))
        say_found (ctl, card, table);
    }
  if (ctl->json)
    baton_json_end_array (&ctl->writer);
  ctl_table_print (table, ctl);
  return TRUE;
}

const CtlCommand ctl_history_commands[] = {
  { "history", "", N_ ("Show what was done, by whom and when"), 0, 0, CTL_NEEDS_READING, history_options,
      run_history },
  { "search", N_ ("TEXT"), N_ ("Find cards by their text, comments, labels and people"), 1, -1,
      CTL_NEEDS_READING, search_options, run_search },
  { NULL },
};
