/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "trello.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static TrelloList *
list_by_id (Trello *trello, const char *id)
{
  for (guint i = 0; i < trello->lists->len; i++)
    {
      TrelloList *list = g_ptr_array_index (trello->lists, i);

      if (list->base.row != NULL && g_strcmp0 (list->base.id, id) == 0)
        return list;
    }
  return NULL;
}

static TrelloList *
first_usable (Trello *trello)
{
  for (guint i = 0; i < trello->lists->len; i++)
    {
      TrelloList *list = g_ptr_array_index (trello->lists, i);

      if (!list->gone && !list->closed)
        return list;
    }
  for (guint i = 0; i < trello->lists->len; i++)
    {
      TrelloList *list = g_ptr_array_index (trello->lists, i);

      if (!list->gone)
        return list;
    }
  return NULL;
}

static void
copy_set (GPtrArray *from, GPtrArray *to)
{
  g_ptr_array_set_size (to, 0);
  for (guint i = 0; i < from->len; i++)
    g_ptr_array_add (to, g_ptr_array_index (from, i));
}

static void
known_set (GPtrArray *things, const char *set, GPtrArray *now)
{
  for (guint i = 0; i < things->len; i++)
    {
      Thing *thing = g_ptr_array_index (things, i);

      if (thing->row != NULL && baton_set_contains (set, thing->id))
        g_ptr_array_add (now, thing);
    }
}

static const BatonField value_fields[N_CARD_FIELDS] = { BATON_CARD_TITLE, BATON_CARD_BRIEF, BATON_CARD_NOTES,
  BATON_CARD_DUE, BATON_CARD_TEMPLATE };

/* A card that is here already begins as it stands here. */
static void
begin_known_card (Trello *trello, TrelloCard *card)
{
  const BatonRow *row = card->base.row;

  for (guint i = 0; i < N_CARD_FIELDS; i++)
    card->now[i] = baton_value_copy (baton_row_value (row, value_fields[i]));
  card->now_closed = baton_row_int (row, BATON_CARD_ARCHIVED) != 0;
  card->now_list = list_by_id (trello, baton_row_text (row, BATON_CARD_STAGE));
  known_set (trello->people, baton_row_text (row, BATON_CARD_MEMBERS), card->now_members);
  known_set (trello->labels, baton_row_text (row, BATON_CARD_LABELS), card->now_labels);
  if (card->list->gone && card->now_list != NULL)
    card->list = card->now_list;
  card->start = card->now_list;
  card->settled = card->now_list == card->list;
  if (card->now_list != NULL)
    card->now_list->n_present++;
  if (card->settled && card->list->last_settled < card->order)
    card->list->last_settled = card->order;
}

/* A new one begins as it ends; the events then say what was different at first. */
static void
begin_new_card (TrelloCard *card)
{
  for (guint i = 0; i < N_CARD_FIELDS; i++)
    card->now[i] = baton_value_copy (&card->values[i]);
  card->now_closed = card->closed;
  card->start = card->now_list = card->list;
  copy_set (card->members, card->now_members);
  copy_set (card->labels, card->now_labels);
}

static gboolean
begin_card (Trello *trello, TrelloCard *card, GError **error)
{
  if (card->list->gone && card->base.row == NULL)
    {
      card->list = first_usable (trello);
      if (card->list == NULL)
        {
          g_set_error_literal (error, BATON_ERROR, BATON_ERROR_NOT_FOUND,
              _ ("All stages of this board have been removed here. Import the file as a new board instead."));
          return FALSE;
        }
      card->order = card->list->cards->len;
      g_ptr_array_add (card->list->cards, card);
    }
  if (card->base.row != NULL)
    begin_known_card (trello, card);
  else
    begin_new_card (card);
  return TRUE;
}

static void
begin_list (TrelloList *list)
{
  const BatonRow *row = list->base.row;

  list->now_closed = row != NULL ? baton_row_int (row, BATON_STAGE_ARCHIVED) != 0 : list->closed;
  list->now_name = row != NULL ? baton_value_copy (baton_row_value (row, BATON_STAGE_NAME))
                               : baton_value_text (list->name);
  list->present = row != NULL;
}

static void
begin_board (TrelloBoard *board)
{
  const BatonRow *row = board->base.row;

  board->now_closed = row != NULL ? baton_row_int (row, BATON_BOARD_ARCHIVED) != 0 : board->closed;
  board->now_name = row != NULL ? baton_value_copy (baton_row_value (row, BATON_BOARD_NAME))
                                : baton_value_text (board->name);
  board->now_description = row != NULL ? baton_value_copy (baton_row_value (row, BATON_BOARD_DESCRIPTION))
                                       : baton_value_text (board->description);
}

static void
begin_checklists (TrelloCard *card)
{
  for (guint i = 0; i < card->checklists->len; i++)
    {
      TrelloChecklist *checklist = g_ptr_array_index (card->checklists, i);

      checklist->present = checklist->base.row != NULL;
      for (guint j = 0; j < checklist->items->len; j++)
        {
          TrelloItem *item = g_ptr_array_index (checklist->items, j);

          item->present = item->base.row != NULL;
          item->now_done = item->present ? baton_row_int (item->base.row, BATON_ITEM_DONE) != 0 : item->done;
        }
    }
}

/* The first time that an action changes something, its "old" is how it was from the beginning. */
static void
first_text (Trello *trello, json_t *old, const char *key, BatonField field, gboolean *seen, BatonValue *now)
{
  const char *text;

  if (*seen || json_object_get (old, key) == NULL)
    return;
  *seen = TRUE;
  text = trello_text (trello, old, key);
  if (field == BATON_CARD_TITLE || field == BATON_STAGE_NAME || field == BATON_BOARD_NAME)
    text = trello_name (trello, field, text);
  else
    text = text != NULL && *text != '\0' ? trello_clip (trello, field, text) : NULL;
  baton_value_clear (now);
  *now = baton_value_text (text);
}

static void
first_closed (json_t *old, gboolean *seen, gboolean *now)
{
  json_t *closed = json_object_get (old, "closed");

  if (*seen || closed == NULL)
    return;
  *seen = TRUE;
  *now = json_is_true (closed);
}

static void
look_back_card (Trello *trello, const TrelloEvent *event)
{
  TrelloCard *card = event->subject;
  json_t *old = trello_object (event->data, "old");

  if (card->base.row != NULL)
    return;
  first_text (trello, old, "name", BATON_CARD_TITLE, &card->seen[CARD_TITLE], &card->now[CARD_TITLE]);
  first_text (trello, old, "desc", BATON_CARD_BRIEF, &card->seen[CARD_BRIEF], &card->now[CARD_BRIEF]);
  if (!card->seen[CARD_DUE] && json_object_get (old, "due") != NULL)
    {
      gint64 due = trello_time (trello, old, "due");

      card->seen[CARD_DUE] = TRUE;
      card->now[CARD_DUE] = due != 0 ? baton_value_int (due) : baton_value_none ();
    }
  first_closed (old, &card->closed_seen, &card->now_closed);
}

static void
look_back_set (const TrelloEvent *event, GPtrArray *now, GPtrArray *seen)
{
  if (g_ptr_array_find (seen, event->object, NULL))
    return;
  g_ptr_array_add (seen, event->object);
  if (event->on)
    g_ptr_array_remove (now, event->object);
  else if (!g_ptr_array_find (now, event->object, NULL))
    g_ptr_array_add (now, event->object);
}

/* Where it started is where its first move took it from; what brings it to its last list puts it in its place
 * there. */
static void
look_back_move (const TrelloEvent *event)
{
  TrelloCard *card = event->subject;
  TrelloList *from = event->from != NULL && !event->from->gone ? event->from : card->made_in;

  if (from == NULL)
    from = event->to;
  /* Also a move to a list that is gone tells where it came from. */
  if (!card->moved && card->base.row == NULL && from != NULL)
    card->start = card->now_list = from;
  card->moved = card->moved || from != NULL;
  if (event->to == NULL || card->now_list == event->to)
    return;
  card->now_list = event->to;
  card->last_entry = event->order;
}

static void
look_back (Trello *trello, const TrelloEvent *event)
{
  TrelloCard *card = event->subject;
  TrelloItem *item = event->subject;
  TrelloList *list = event->subject;
  TrelloBoard *board = event->subject;
  json_t *old = trello_object (event->data, "old");

  if (event->kind == EVENT_ACTION_CARD)
    look_back_card (trello, event);
  if (event->kind == EVENT_ACTION_CARD || event->kind == EVENT_ACTION_RETURN)
    look_back_move (event);
  else if (event->kind == EVENT_ACTION_MEMBER && card->base.row == NULL)
    look_back_set (event, card->now_members, card->members_seen);
  else if (event->kind == EVENT_ACTION_LABEL && card->base.row == NULL)
    look_back_set (event, card->now_labels, card->labels_seen);
  else if (event->kind == EVENT_ACTION_ITEM && !item->done_seen && item->base.row == NULL)
    {
      item->done_seen = TRUE;
      item->now_done = !event->on;
    }
  else if (event->kind == EVENT_ACTION_LIST && list->base.row == NULL)
    {
      first_text (trello, old, "name", BATON_STAGE_NAME, &list->name_seen, &list->now_name);
      first_closed (old, &list->closed_seen, &list->now_closed);
    }
  else if (event->kind == EVENT_ACTION_BOARD && board->base.row == NULL)
    {
      first_text (trello, old, "name", BATON_BOARD_NAME, &board->name_seen, &board->now_name);
      first_text (
          trello, old, "desc", BATON_BOARD_DESCRIPTION, &board->description_seen, &board->now_description);
      first_closed (old, &board->closed_seen, &board->now_closed);
    }
}

/* What an event refers to must be there by then. */
static void
need_for (const TrelloEvent *event)
{
  trello_need (event->person, event->at);
  trello_need (event->object, event->at);
  trello_need (event->to, event->at);
}

static void
need_set (GPtrArray *set, gint64 at)
{
  for (guint i = 0; i < set->len; i++)
    trello_need (g_ptr_array_index (set, i), at);
}

static void
need_for_card (Trello *trello, TrelloCard *card)
{
  gint64 at = card->base.at;

  if (card->base.row != NULL || at == G_MAXINT64)
    at = card->base.row == NULL ? trello->now : MAX (card->activity, card->last_event);
  if (at == 0)
    at = trello->now;
  card->base.at = at;
  if (card->binned)
    return;
  trello_need (card->start, at);
  if (card->last_entry == G_MAXINT64 || card->list != card->start)
    trello_need (card->list, MAX (at, MAX (card->activity, card->last_event)));
  trello_need (card->base.by, at);
  need_set (card->members, at);
  need_set (card->now_members, at);
  need_set (card->labels, at);
  need_set (card->now_labels, at);
}

/* The first moment of all, which is when the board was made at the latest. */
static void
need_for_board (Trello *trello)
{
  TrelloBoard *board = &trello->board;
  GPtrArray *const sets[] = { trello->lists, trello->labels, trello->fields, trello->cards, trello->links };

  for (guint i = 0; i < G_N_ELEMENTS (sets); i++)
    {
      for (guint j = 0; j < sets[i]->len; j++)
        {
          const Thing *thing = g_ptr_array_index (sets[i], j);

          if (thing->row == NULL && thing->at > 0)
            trello_need (board, thing->at);
        }
    }
  if (board->base.at == G_MAXINT64)
    board->base.at = trello->now;
  trello_need (board->base.by, board->base.at);
}

static void
add_things (Trello *trello, GPtrArray *things, TrelloEventKind kind, gint64 fallback)
{
  for (guint i = 0; i < things->len; i++)
    {
      Thing *thing = g_ptr_array_index (things, i);

      if (thing->row != NULL || !thing->needed)
        continue;
      if (thing->at == G_MAXINT64)
        thing->at = fallback;
      trello_add_event (
          trello, (TrelloEvent){ .at = thing->at, .kind = kind, .subject = thing, .person = thing->by });
    }
}

/* What hangs from a card comes after it. */
static gint64
add_part (Trello *trello, TrelloCard *card, Thing *part, TrelloEventKind kind, gint64 not_before)
{
  part->at = MAX (part->at, not_before);
  card->last_event = MAX (card->last_event, part->at);
  if (part->row == NULL)
    {
      trello_need (part->by, part->at);
      trello_add_event (
          trello, (TrelloEvent){ .at = part->at, .kind = kind, .subject = part, .person = part->by });
    }
  return part->at;
}

static void
add_card_events (Trello *trello, TrelloCard *card)
{
  gint64 at = card->base.row != NULL ? 1 : card->base.at;

  if (card->base.row == NULL)
    trello_add_event (
        trello, (TrelloEvent){ .at = at, .kind = EVENT_CARD, .subject = card, .person = card->base.by });
  for (guint i = 0; i < card->checklists->len; i++)
    {
      TrelloChecklist *checklist = g_ptr_array_index (card->checklists, i);
      gint64 since = add_part (trello, card, &checklist->base, EVENT_CHECKLIST, at);

      for (guint j = 0; j < checklist->items->len; j++)
        {
          TrelloItem *item = g_ptr_array_index (checklist->items, j);

          add_part (trello, card, &item->base, EVENT_ITEM, since);
        }
    }
}

static void
add_parts (Trello *trello)
{
  for (guint i = 0; i < trello->links->len; i++)
    {
      TrelloLink *link = g_ptr_array_index (trello->links, i);

      link->base.by = link->person;
      if (!link->card->binned)
        add_part (trello, link->card, &link->base, EVENT_LINK,
            link->card->base.row != NULL ? 1 : link->card->base.at);
    }
  for (guint i = 0; i < trello->values->len; i++)
    {
      TrelloValue *value = g_ptr_array_index (trello->values, i);

      if (value->card->binned)
        continue;
      add_part (trello, value->card, &value->base, EVENT_VALUE, value->card->base.at);
      trello_need (value->field, value->base.at);
    }
  for (guint i = 0; i < trello->comments->len; i++)
    {
      TrelloComment *comment = g_ptr_array_index (trello->comments, i);

      comment->base.by = comment->author;
      if (!comment->card->binned)
        add_part (trello, comment->card, &comment->base, EVENT_COMMENT, 1);
    }
}

/* At the end, whatever the actions did not tell is set right without a word. */
static void
add_settling (Trello *trello)
{
  for (guint i = 0; i < trello->cards->len; i++)
    {
      TrelloCard *card = g_ptr_array_index (trello->cards, i);
      gint64 at = MAX (MAX (card->activity, card->last_event), card->base.at);

      if (!card->binned)
        trello_add_event (trello,
            (TrelloEvent){ .at = at > 0 ? at : trello->now, .kind = EVENT_SETTLE_CARD, .subject = card });
    }
  for (guint i = 0; i < trello->lists->len; i++)
    {
      TrelloList *list = g_ptr_array_index (trello->lists, i);
      gint64 at = MAX (list->last_event, trello->board.activity);

      at = MAX (at, list->base.at != G_MAXINT64 ? list->base.at : 0);
      if (!list->gone)
        trello_add_event (trello,
            (TrelloEvent){ .at = at > 0 ? at : trello->now, .kind = EVENT_SETTLE_LIST, .subject = list });
    }
  trello_add_event (trello, (TrelloEvent){ .at = MAX (MAX (trello->board.activity, trello->board.last_event),
                                               trello->board.base.at),
                                .kind = EVENT_SETTLE_BOARD,
                                .subject = &trello->board });
}

static int
compare_events (const void *a, const void *b)
{
  const TrelloEvent *event_a = a;
  const TrelloEvent *event_b = b;

  if (event_a->at != event_b->at)
    return event_a->at < event_b->at ? -1 : 1;
  if (event_a->kind != event_b->kind &&
      (event_a->kind < EVENT_ACTION_CARD || event_b->kind < EVENT_ACTION_CARD ||
          event_a->kind >= EVENT_SETTLE_CARD || event_b->kind >= EVENT_SETTLE_CARD))
    return event_a->kind < event_b->kind ? -1 : 1;
  return event_a->order < event_b->order ? -1 : 1;
}

static gboolean
begin_all (Trello *trello, GError **error)
{
  for (guint i = 0; i < trello->lists->len; i++)
    {
      TrelloList *list = g_ptr_array_index (trello->lists, i);

      list->last_settled = -1;
      begin_list (list);
    }
  begin_board (&trello->board);
  for (guint i = 0; i < trello->cards->len; i++)
    {
      TrelloCard *card = g_ptr_array_index (trello->cards, i);

      if (card->binned)
        continue;
      if (!begin_card (trello, card, error))
        return FALSE;
      begin_checklists (card);
    }
  return TRUE;
}

/* Back to the beginning: from here on `now` is what it was before the first event. */
static void
rewind_all (Trello *trello)
{
  for (guint i = 0; i < trello->cards->len; i++)
    {
      TrelloCard *card = g_ptr_array_index (trello->cards, i);

      /* That it went to the archive at some time nobody told was not at the beginning. */
      card->now_closed = card->now_closed && (card->closed_seen || card->base.row != NULL);
      if (card->now_list != card->list)
        card->last_entry = G_MAXINT64; /* the settling brings it there */
      card->settled = card->settled && card->last_entry < 0;
      card->now_list = card->start;
    }
  trello->board.now_closed =
      trello->board.now_closed && (trello->board.closed_seen || trello->board.base.row != NULL);
  for (guint i = 0; i < trello->lists->len; i++)
    {
      TrelloList *list = g_ptr_array_index (trello->lists, i);

      list->now_closed = list->now_closed && (list->closed_seen || list->base.row != NULL);
      if (trello->board.base.row != NULL)
        trello_find_misplaced (list);
    }
}

gboolean
trello_begin (Trello *trello, GError **error)
{
  guint n_told = trello->events->len;

  if (!begin_all (trello, error))
    return FALSE;
  for (guint i = 0; i < n_told; i++)
    {
      const TrelloEvent *event = &g_array_index (trello->events, TrelloEvent, i);

      look_back (trello, event);
      need_for (event);
    }
  rewind_all (trello);
  for (guint i = 0; i < trello->cards->len; i++)
    need_for_card (trello, g_ptr_array_index (trello->cards, i));
  for (guint i = 0; i < trello->cards->len; i++)
    {
      TrelloCard *card = g_ptr_array_index (trello->cards, i);

      if (!card->binned)
        add_card_events (trello, card);
    }
  add_parts (trello);
  need_for_board (trello);
  add_things (trello, trello->lists, EVENT_LIST, trello->board.base.at);
  add_things (trello, trello->labels, EVENT_LABEL, trello->board.base.at);
  add_things (trello, trello->fields, EVENT_FIELD, trello->board.base.at);
  if (trello->board.base.row == NULL)
    trello_add_event (trello, (TrelloEvent){ .at = trello->board.base.at,
                                  .kind = EVENT_BOARD,
                                  .subject = &trello->board,
                                  .person = trello->board.base.by });
  add_settling (trello);
  add_things (trello, trello->people, EVENT_PERSON, trello->board.base.at);
  qsort (trello->events->data, trello->events->len, sizeof (TrelloEvent), compare_events);
  return TRUE;
}
