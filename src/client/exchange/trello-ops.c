/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "trello.h"

#include <string.h>

#define PROGRESS_EVERY 2000

static const char *
id_of (TrelloPerson *person)
{
  return person != NULL ? person->base.id : NULL;
}

/* An operation of the event's time and person; thing: what it is about, unless it adds rows. */
BatonOp *
trello_op (Trello *trello, BatonVerb verb, const TrelloEvent *event, gpointer thing)
{
  BatonOp *op = baton_import_plan_op (trello->plan, verb, event->at, id_of (event->person));

  if (thing != NULL)
    baton_op_add_id (op, ((Thing *) thing)->id);
  return op;
}

static void
set_source (BatonRow *row, BatonField field, const char *key)
{
  g_autofree char *source = trello_source (key);

  baton_row_set_text (row, field, source);
}

static void
add_person (Trello *trello, const TrelloEvent *event)
{
  TrelloPerson *person = event->subject;
  BatonRow *row = baton_op_add_row (
      trello_op (trello, BATON_VERB_PERSON_ADD, event, NULL), BATON_ENTITY_PERSON, person->base.id);
  gsize length = strlen (person->base.key);
  /* An id begins with the time at which it was made, which those of one team share. */
  g_autofree char *unknown = g_strdup_printf ("trello %s", person->base.key + (length > 8 ? length - 8 : 0));

  trello->notes[NOTE_UNKNOWN_PERSON] += person->name == NULL;
  baton_row_set_text (row, BATON_PERSON_NAME, person->name != NULL ? person->name : unknown);
  set_source (row, BATON_PERSON_SOURCE, person->base.key);
}

static void
add_board (Trello *trello, const TrelloEvent *event)
{
  TrelloBoard *board = event->subject;
  BatonRow *row = baton_op_add_row (
      trello_op (trello, BATON_VERB_BOARD_ADD, event, NULL), BATON_ENTITY_BOARD, board->base.id);

  baton_row_take (row, BATON_BOARD_NAME, baton_value_copy (&board->now_name));
  baton_row_take (row, BATON_BOARD_DESCRIPTION, baton_value_copy (&board->now_description));
  if (json_is_string (json_object_get (trello->root, "id")))
    set_source (row, BATON_BOARD_SOURCE, board->base.key);
}

/* Between those that are there already, in the order of the file. */
static void
place_list (Trello *trello, BatonOp *op, guint order)
{
  const char *before = NULL;
  const char *after = NULL;

  for (guint i = order; i > 0 && after == NULL; i--)
    {
      TrelloList *list = g_ptr_array_index (trello->lists, i - 1);

      after = list->present && !list->gone ? list->base.id : NULL;
    }
  for (guint i = order + 1; i < trello->lists->len && after == NULL && before == NULL; i++)
    {
      TrelloList *list = g_ptr_array_index (trello->lists, i);

      before = list->present && !list->gone ? list->base.id : NULL;
    }
  baton_op_place_row (op, before, after);
}

static void
add_list (Trello *trello, const TrelloEvent *event)
{
  TrelloList *list = event->subject;
  BatonOp *op = trello_op (trello, BATON_VERB_STAGE_ADD, event, NULL);
  BatonRow *row = baton_op_add_row (op, BATON_ENTITY_STAGE, list->base.id);

  baton_row_set_text (row, BATON_STAGE_BOARD, trello->board.base.id);
  baton_row_take (row, BATON_STAGE_NAME, baton_value_copy (&list->now_name));
  baton_row_set_text (row, BATON_STAGE_KIND, list->kind);
  set_source (row, BATON_STAGE_SOURCE, list->base.key);
  place_list (trello, op, list->order);
  list->present = TRUE;
  if (list->now_closed)
    trello_op (trello, BATON_VERB_STAGE_ARCHIVE, event, list);
}

static void
add_label (Trello *trello, const TrelloEvent *event)
{
  TrelloLabel *label = event->subject;
  BatonRow *row = baton_op_add_row (
      trello_op (trello, BATON_VERB_LABEL_ADD, event, NULL), BATON_ENTITY_LABEL, label->base.id);

  baton_row_set_text (row, BATON_LABEL_BOARD, trello->board.base.id);
  baton_row_set_text (row, BATON_LABEL_NAME, label->name);
  baton_row_set_text (row, BATON_LABEL_COLOR, label->color);
  set_source (row, BATON_LABEL_SOURCE, label->base.key);
}

static void
add_field (Trello *trello, const TrelloEvent *event)
{
  TrelloField *field = event->subject;
  BatonRow *row = baton_op_add_row (trello_op (trello, BATON_VERB_CUSTOM_FIELD_ADD, event, NULL),
      BATON_ENTITY_CUSTOM_FIELD, field->base.id);

  baton_row_set_text (row, BATON_CUSTOM_FIELD_BOARD, trello->board.base.id);
  baton_row_set_text (row, BATON_CUSTOM_FIELD_NAME, field->name);
  set_source (row, BATON_CUSTOM_FIELD_SOURCE, field->base.key);
}

/* Writes a text if it differs from what is there. */
static void
set_text (Trello *trello, const TrelloEvent *event, BatonVerb verb, BatonField field, const char *text,
    BatonValue *now)
{
  BatonValue value = text != NULL && *text != '\0' ? baton_value_text (text) : baton_value_none ();

  if (baton_value_equal (&value, now))
    {
      baton_value_clear (&value);
      return;
    }
  if (value.kind == BATON_VALUE_TEXT)
    baton_op_set_text (trello_op (trello, verb, event, event->subject), field, text);
  else
    baton_op_set_none (trello_op (trello, verb, event, event->subject), field);
  baton_value_clear (now);
  *now = value;
}

static void
set_closed (Trello *trello, const TrelloEvent *event, BatonVerb archive, BatonVerb unarchive, gboolean closed,
    gboolean *now)
{
  if (closed == *now)
    return;
  *now = closed;
  trello_op (trello, closed ? archive : unarchive, event, event->subject);
}

static void
change_list (Trello *trello, const TrelloEvent *event)
{
  TrelloList *list = event->subject;
  json_t *old = trello_object (event->data, "old");
  json_t *about = trello_object (event->data, "list");

  if (json_object_get (old, "name") != NULL && json_object_get (about, "name") != NULL)
    set_text (trello, event, BATON_VERB_STAGE_SET, BATON_STAGE_NAME,
        trello_name (trello, BATON_STAGE_NAME, trello_text (trello, about, "name")), &list->now_name);
  if (json_object_get (old, "closed") != NULL)
    set_closed (trello, event, BATON_VERB_STAGE_ARCHIVE, BATON_VERB_STAGE_UNARCHIVE,
        !json_is_true (json_object_get (old, "closed")), &list->now_closed);
}

static void
change_board (Trello *trello, const TrelloEvent *event)
{
  TrelloBoard *board = event->subject;
  json_t *old = trello_object (event->data, "old");
  json_t *about = trello_object (event->data, "board");

  if (json_object_get (old, "name") != NULL && json_object_get (about, "name") != NULL)
    set_text (trello, event, BATON_VERB_BOARD_SET, BATON_BOARD_NAME,
        trello_name (trello, BATON_BOARD_NAME, trello_text (trello, about, "name")), &board->now_name);
  if (json_object_get (old, "desc") != NULL && json_object_get (about, "desc") != NULL)
    set_text (trello, event, BATON_VERB_BOARD_SET, BATON_BOARD_DESCRIPTION,
        trello_clip (trello, BATON_BOARD_DESCRIPTION, trello_text (trello, about, "desc")),
        &board->now_description);
  if (json_object_get (old, "closed") != NULL)
    set_closed (trello, event, BATON_VERB_BOARD_ARCHIVE, BATON_VERB_BOARD_UNARCHIVE,
        !json_is_true (json_object_get (old, "closed")), &board->now_closed);
}

/* What was changed here since the last import, and not there, stays as it is here. */
static gboolean
keeps (Trello *trello, Thing *thing, BatonField field, const char *text, const BatonValue *now)
{
  BatonValue wanted = text != NULL && *text != '\0' ? baton_value_text (text) : baton_value_none ();
  gboolean keep = thing->row != NULL && !baton_value_equal (&wanted, now) &&
                  trello_keeps (trello, NULL, thing->id, field, &wanted);

  baton_value_clear (&wanted);
  return keep;
}

static gboolean
keeps_closed (Trello *trello, Thing *thing, BatonField field, gboolean closed, gboolean now)
{
  BatonValue wanted = baton_value_int (closed);

  return thing->row != NULL && closed != now && trello_keeps (trello, NULL, thing->id, field, &wanted);
}

static void
settle_list (Trello *trello, const TrelloEvent *event)
{
  TrelloList *list = event->subject;

  if (!keeps (trello, &list->base, BATON_STAGE_NAME, list->name, &list->now_name))
    set_text (trello, event, BATON_VERB_STAGE_SET, BATON_STAGE_NAME, list->name, &list->now_name);
  if (!keeps_closed (trello, &list->base, BATON_STAGE_ARCHIVED, list->closed, list->now_closed))
    set_closed (
        trello, event, BATON_VERB_STAGE_ARCHIVE, BATON_VERB_STAGE_UNARCHIVE, list->closed, &list->now_closed);
}

/* Labels and fields have no actions of their own; their names are brought up to date with the board. */
static void
settle_name (Trello *trello, const TrelloEvent *event, Thing *thing, BatonVerb verb, BatonField field,
    const char *name)
{
  TrelloEvent own = *event;
  BatonValue now;

  if (thing->row == NULL)
    return;
  now = baton_value_copy (baton_row_value (thing->row, field));
  own.subject = thing;
  if (baton_row_int (thing->row, baton_entity_removed (thing->entity)) == 0 &&
      !keeps (trello, thing, field, name, &now))
    set_text (trello, &own, verb, field, name, &now);
  baton_value_clear (&now);
}

static void
settle_board (Trello *trello, const TrelloEvent *event)
{
  TrelloBoard *board = event->subject;

  for (guint i = 0; i < trello->labels->len; i++)
    {
      TrelloLabel *label = g_ptr_array_index (trello->labels, i);

      settle_name (trello, event, &label->base, BATON_VERB_LABEL_SET, BATON_LABEL_NAME, label->name);
    }
  for (guint i = 0; i < trello->fields->len; i++)
    {
      TrelloField *field = g_ptr_array_index (trello->fields, i);

      settle_name (
          trello, event, &field->base, BATON_VERB_CUSTOM_FIELD_SET, BATON_CUSTOM_FIELD_NAME, field->name);
    }
  trello_settle_parts (trello, event);
  if (!keeps (trello, &board->base, BATON_BOARD_NAME, board->name, &board->now_name))
    set_text (trello, event, BATON_VERB_BOARD_SET, BATON_BOARD_NAME, board->name, &board->now_name);
  if (!keeps (trello, &board->base, BATON_BOARD_DESCRIPTION, board->description, &board->now_description))
    set_text (trello, event, BATON_VERB_BOARD_SET, BATON_BOARD_DESCRIPTION, board->description,
        &board->now_description);
  if (!keeps_closed (trello, &board->base, BATON_BOARD_ARCHIVED, board->closed, board->now_closed))
    set_closed (trello, event, BATON_VERB_BOARD_ARCHIVE, BATON_VERB_BOARD_UNARCHIVE, board->closed,
        &board->now_closed);
}

static void
play_event (Trello *trello, const TrelloEvent *event)
{
  if (event->kind == EVENT_PERSON)
    add_person (trello, event);
  else if (event->kind == EVENT_BOARD)
    add_board (trello, event);
  else if (event->kind == EVENT_LIST)
    add_list (trello, event);
  else if (event->kind == EVENT_LABEL)
    add_label (trello, event);
  else if (event->kind == EVENT_FIELD)
    add_field (trello, event);
  else if (event->kind == EVENT_ACTION_LIST)
    change_list (trello, event);
  else if (event->kind == EVENT_ACTION_BOARD)
    change_board (trello, event);
  else if (event->kind == EVENT_SETTLE_LIST)
    settle_list (trello, event);
  else if (event->kind == EVENT_SETTLE_BOARD)
    settle_board (trello, event);
  else
    trello_play_card (trello, event);
}

gboolean
trello_play (Trello *trello, GError **error)
{
  guint n = trello->events->len;

  for (guint i = 0; i < n; i++)
    {
      if (i % PROGRESS_EVERY == 0 &&
          baton_exchange_cancelled (trello->options, trello->cancellable, n / 3 + i * 2 / 3, n, error))
        return FALSE;
      play_event (trello, &g_array_index (trello->events, TrelloEvent, i));
    }
  return TRUE;
}
