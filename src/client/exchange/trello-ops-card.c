/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "trello.h"

static const BatonField value_fields[N_CARD_FIELDS] = { BATON_CARD_TITLE, BATON_CARD_BRIEF, BATON_CARD_NOTES,
  BATON_CARD_DUE, BATON_CARD_TEMPLATE };

/* Cards that have come to stay stand in the order of the file at every moment; those that only pass through
 * are put below them. So the list is in order in the end without any further move. */
static void
find_place (const TrelloCard *card, const TrelloList *list, const char **before, const char **after)
{
  *before = *after = NULL;
  if (card->order > list->last_settled)
    return;
  for (guint i = card->order; i > 0; i--)
    {
      const TrelloCard *other = g_ptr_array_index (list->cards, i - 1);

      if (!other->settled)
        continue;
      *after = other->base.id;
      return;
    }
  for (guint i = card->order + 1; i < list->cards->len; i++)
    {
      const TrelloCard *other = g_ptr_array_index (list->cards, i);

      if (!other->settled)
        continue;
      *before = list->top != NULL ? list->top->base.id : other->base.id;
      return;
    }
}

static void
leave_list (TrelloCard *card)
{
  TrelloList *list = card->now_list;

  if (list == NULL)
    return;
  list->n_present--;
  if (list->top == card)
    list->top = NULL;
}

/* Puts the card into the list and says where. */
static void
enter_list (TrelloCard *card, TrelloList *list, gboolean stays, const char **before, const char **after)
{
  *before = *after = NULL;
  if (stays)
    find_place (card, list, before, after);
  if (list->n_present == 0 || *before != NULL)
    list->top = card;
  list->n_present++;
  card->now_list = list;
  card->settled = stays;
  if (stays && list->last_settled < card->order)
    list->last_settled = card->order;
}

static BatonValue
ids_of (GPtrArray *things)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; i < things->len; i++)
    g_ptr_array_add (ids, ((Thing *) g_ptr_array_index (things, i))->id);
  return baton_exchange_make_set (ids);
}

static void
add_card (Trello *trello, const TrelloEvent *event)
{
  TrelloCard *card = event->subject;
  BatonOp *op = trello_op (trello, BATON_VERB_CARD_ADD, event, NULL);
  BatonRow *row = baton_op_add_row (op, BATON_ENTITY_CARD, card->base.id);
  g_autofree char *source = trello_source (card->base.key);
  const char *before, *after;

  baton_row_set_text (row, BATON_CARD_STAGE, card->start->base.id);
  for (guint i = 0; i < N_CARD_FIELDS; i++)
    baton_row_take (row, value_fields[i], baton_value_copy (&card->now[i]));
  baton_row_take (row, BATON_CARD_MEMBERS, ids_of (card->now_members));
  baton_row_take (row, BATON_CARD_LABELS, ids_of (card->now_labels));
  baton_row_set_text (row, BATON_CARD_SOURCE, source);
  enter_list (card, card->start, card->last_entry < 0, &before, &after);
  baton_op_place_row (op, before, after);
  if (card->now_closed)
    trello_op (trello, BATON_VERB_CARD_ARCHIVE, event, card);
}

static void
move_card (Trello *trello, const TrelloEvent *event, TrelloCard *card, TrelloList *from, TrelloList *to,
    gboolean stays)
{
  BatonOp *op = trello_op (trello, BATON_VERB_CARD_MOVE, event, card);
  const char *before, *after;

  /* Where the file's history has a gap, the card is not where the action saw it. */
  if (from != NULL && from == card->now_list)
    baton_op_add_from (op, from->base.id);
  baton_op_set_to (op, to->base.id);
  leave_list (card);
  enter_list (card, to, stays, &before, &after);
  baton_op_set_place (op, before, after);
}

static void
play_move (Trello *trello, const TrelloEvent *event)
{
  TrelloCard *card = event->subject;

  if (event->to != NULL && event->to != card->now_list)
    move_card (trello, event, card, event->from, event->to, card->last_entry == event->order);
}

static void
set_value (BatonOp *op, BatonField field, const BatonValue *value)
{
  if (value->kind == BATON_VALUE_TEXT)
    baton_op_set_text (op, field, value->text);
  else if (value->kind == BATON_VALUE_INT)
    baton_op_set_int (op, field, value->number);
  else
    baton_op_set_none (op, field);
}

/* Notes in *op that a field has become value; takes value. */
static void
change_value (Trello *trello, const TrelloEvent *event, BatonOp **op, TrelloCardField field, BatonValue value)
{
  TrelloCard *card = event->subject;

  if (baton_value_equal (&value, &card->now[field]))
    {
      baton_value_clear (&value);
      return;
    }
  if (*op == NULL)
    *op = trello_op (trello, BATON_VERB_CARD_SET, event, card);
  set_value (*op, value_fields[field], &value);
  baton_value_clear (&card->now[field]);
  card->now[field] = value;
}

static BatonValue
long_text (Trello *trello, json_t *about, const char *key, BatonField field)
{
  const char *text = trello_text (trello, about, key);

  return baton_value_text (text != NULL && *text != '\0' ? trello_clip (trello, field, text) : NULL);
}

static void
play_fields (Trello *trello, const TrelloEvent *event)
{
  json_t *old = trello_object (event->data, "old");
  json_t *about = trello_object (event->data, "card");
  BatonOp *op = NULL;

  if (json_object_get (old, "name") != NULL && json_object_get (about, "name") != NULL)
    change_value (trello, event, &op, CARD_TITLE,
        baton_value_text (trello_name (trello, BATON_CARD_TITLE, trello_text (trello, about, "name"))));
  if (json_object_get (old, "desc") != NULL && json_object_get (about, "desc") != NULL)
    change_value (trello, event, &op, CARD_BRIEF, long_text (trello, about, "desc", BATON_CARD_BRIEF));
  if (json_object_get (old, "due") != NULL && json_object_get (about, "due") != NULL)
    {
      gint64 due = trello_time (trello, about, "due");

      change_value (trello, event, &op, CARD_DUE, due != 0 ? baton_value_int (due) : baton_value_none ());
    }
}

static void
set_archived (Trello *trello, const TrelloEvent *event, TrelloCard *card, gboolean closed)
{
  if (closed == card->now_closed)
    return;
  card->now_closed = closed;
  trello_op (trello, closed ? BATON_VERB_CARD_ARCHIVE : BATON_VERB_CARD_UNARCHIVE, event, card);
}

static void
play_action (Trello *trello, const TrelloEvent *event)
{
  json_t *was_closed = json_object_get (trello_object (event->data, "old"), "closed");

  play_move (trello, event);
  play_fields (trello, event);
  if (was_closed != NULL)
    set_archived (trello, event, event->subject, !json_is_true (was_closed));
}

static void
link_thing (
    Trello *trello, const TrelloEvent *event, BatonField field, Thing *thing, gboolean on, GPtrArray *now)
{
  TrelloCard *card = event->subject;
  BatonVerb verb = field == BATON_CARD_MEMBERS ? BATON_VERB_CARD_MEMBER : BATON_VERB_CARD_LABEL;

  if (g_ptr_array_find (now, thing, NULL) == on || (on && now->len >= 500))
    return;
  if (on)
    g_ptr_array_add (now, thing);
  else
    g_ptr_array_remove (now, thing);
  baton_op_link (trello_op (trello, verb, event, card), field, on, thing->id);
}

static BatonRow *
item_row (BatonOp *op, TrelloItem *item)
{
  BatonRow *row = baton_op_add_row (op, BATON_ENTITY_ITEM, item->base.id);
  g_autofree char *source = trello_source (item->base.key);

  baton_row_set_text (row, BATON_ITEM_CHECKLIST, item->checklist->base.id);
  baton_row_set_text (row, BATON_ITEM_TEXT, item->name);
  baton_row_set_int (row, BATON_ITEM_DONE, item->now_done);
  baton_row_set_text (row, BATON_ITEM_SOURCE, source);
  item->present = TRUE;
  return row;
}

/* The neighbours of things of one parent that are present: the one before, else the one after. */
#define FIND_NEIGHBOURS(Type, things, thing, before, after)                               \
  G_STMT_START                                                                            \
  {                                                                                       \
    guint at_ = 0;                                                                        \
    g_ptr_array_find (things, thing, &at_);                                               \
    for (guint i_ = at_; i_ > 0 && after == NULL; i_--)                                   \
      {                                                                                   \
        const Type *other_ = g_ptr_array_index (things, i_ - 1);                          \
        after = other_->present ? other_->base.id : NULL;                                 \
      }                                                                                   \
    for (guint i_ = at_ + 1; i_ < (things)->len && after == NULL && before == NULL; i_++) \
      {                                                                                   \
        const Type *other_ = g_ptr_array_index (things, i_);                              \
        before = other_->present ? other_->base.id : NULL;                                \
      }                                                                                   \
  }                                                                                       \
  G_STMT_END

/* The items that came with it are part of the operation. */
static void
add_checklist (Trello *trello, const TrelloEvent *event)
{
  TrelloChecklist *checklist = event->subject;
  BatonOp *op = trello_op (trello, BATON_VERB_CHECKLIST_ADD, event, NULL);
  BatonRow *row = baton_op_add_row (op, BATON_ENTITY_CHECKLIST, checklist->base.id);
  g_autofree char *source = trello_source (checklist->base.key);
  const char *before = NULL;
  const char *after = NULL;

  baton_row_set_text (row, BATON_CHECKLIST_CARD, checklist->card->base.id);
  baton_row_set_text (row, BATON_CHECKLIST_TITLE, checklist->name);
  baton_row_set_text (row, BATON_CHECKLIST_SOURCE, source);
  FIND_NEIGHBOURS (TrelloChecklist, checklist->card->checklists, checklist, before, after);
  baton_op_place_row (op, before, after);
  checklist->present = TRUE;
  for (guint i = 0; i < checklist->items->len; i++)
    {
      TrelloItem *item = g_ptr_array_index (checklist->items, i);

      if (item->base.at <= event->at)
        item_row (op, item);
    }
}

static void
add_item (Trello *trello, const TrelloEvent *event)
{
  TrelloItem *item = event->subject;
  const char *before = NULL;
  const char *after = NULL;
  BatonOp *op;

  if (item->present)
    return;
  FIND_NEIGHBOURS (TrelloItem, item->checklist->items, item, before, after);
  op = trello_op (trello, BATON_VERB_ITEM_ADD, event, NULL);
  item_row (op, item);
  baton_op_place_row (op, before, after);
}

static gboolean
is_removed (const Thing *thing)
{
  return thing->row != NULL && baton_row_int (thing->row, baton_entity_removed (thing->entity)) != 0;
}

static void
set_item_done (Trello *trello, const TrelloEvent *event, TrelloItem *item, gboolean done)
{
  if (item->now_done == done || is_removed (&item->base) || is_removed (&item->checklist->base))
    return;
  item->now_done = done;
  baton_op_set_int (trello_op (trello, BATON_VERB_ITEM_SET, event, item), BATON_ITEM_DONE, done);
}

static void
add_link (Trello *trello, const TrelloEvent *event)
{
  TrelloLink *link = event->subject;
  BatonRow *row = baton_op_add_row (
      trello_op (trello, BATON_VERB_LINK_ADD, event, NULL), BATON_ENTITY_LINK, link->base.id);
  g_autofree char *source = trello_source (link->base.key);

  baton_row_set_text (row, BATON_LINK_CARD, link->card->base.id);
  baton_row_set_text (row, BATON_LINK_URL, link->url);
  baton_row_set_text (row, BATON_LINK_TITLE, link->title);
  baton_row_set_text (row, BATON_LINK_SOURCE, source);
}

static void
add_value (Trello *trello, const TrelloEvent *event)
{
  TrelloValue *value = event->subject;
  BatonRow *row = baton_op_add_row (trello_op (trello, BATON_VERB_CUSTOM_VALUE_ADD, event, NULL),
      BATON_ENTITY_CUSTOM_VALUE, value->base.id);

  baton_row_set_text (row, BATON_CUSTOM_VALUE_CARD, value->card->base.id);
  baton_row_set_text (row, BATON_CUSTOM_VALUE_FIELD, value->field->base.id);
  baton_row_set_text (row, BATON_CUSTOM_VALUE_TEXT, value->text);
}

static void
add_comment (Trello *trello, const TrelloEvent *event)
{
  TrelloComment *comment = event->subject;
  BatonRow *row = baton_op_add_row (
      trello_op (trello, BATON_VERB_COMMENT_ADD, event, NULL), BATON_ENTITY_COMMENT, comment->base.id);
  g_autofree char *source = trello_source (comment->base.key);

  baton_row_set_text (row, BATON_COMMENT_CARD, comment->card->base.id);
  baton_row_set_text (row, BATON_COMMENT_TEXT, comment->text);
  baton_row_set_text (row, BATON_COMMENT_SOURCE, source);
}

static void
settle_values (Trello *trello, const TrelloEvent *event, TrelloCard *card)
{
  BatonOp *op = NULL;

  for (guint i = 0; i < N_CARD_FIELDS; i++)
    {
      gboolean differs = !baton_value_equal (&card->values[i], &card->now[i]);

      if (differs && (card->base.row == NULL ||
                         !trello_keeps (trello, card, card->base.id, value_fields[i], &card->values[i])))
        change_value (trello, event, &op, i, baton_value_copy (&card->values[i]));
    }
}

static void
settle_set (Trello *trello, const TrelloEvent *event, TrelloCard *card, BatonField field, GPtrArray *wanted,
    GPtrArray *now)
{
  g_autoptr (GPtrArray) extra = g_ptr_array_copy (now, NULL, NULL);

  for (guint i = 0; i < wanted->len; i++)
    {
      Thing *thing = g_ptr_array_index (wanted, i);

      if (g_ptr_array_find (now, thing, NULL) || is_removed (thing))
        continue;
      if (card->base.row == NULL || thing->row == NULL ||
          !trello_keeps_member (trello, card, field, thing->id, TRUE))
        link_thing (trello, event, field, thing, TRUE, now);
    }
  for (guint i = 0; i < extra->len; i++)
    {
      Thing *thing = g_ptr_array_index (extra, i);

      if (!g_ptr_array_find (wanted, thing, NULL) &&
          (card->base.row == NULL || !trello_keeps_member (trello, card, field, thing->id, FALSE)))
        link_thing (trello, event, field, thing, FALSE, now);
    }
}

static gboolean
keeps_stage (Trello *trello, TrelloCard *card)
{
  BatonValue wanted = baton_value_text (card->list->base.id);
  gboolean keep =
      card->base.row != NULL && trello_keeps (trello, card, card->base.id, BATON_CARD_STAGE, &wanted);

  baton_value_clear (&wanted);
  return keep;
}

static void
settle_place (Trello *trello, const TrelloEvent *event, TrelloCard *card)
{
  if (card->now_list == card->list ? card->reorder : !keeps_stage (trello, card))
    move_card (trello, event, card, NULL, card->list, TRUE);
}

static void
settle_text (Trello *trello, const TrelloEvent *event, TrelloCard *card, Thing *thing, BatonVerb verb,
    BatonField field, const char *text)
{
  BatonValue wanted = baton_value_text (text != NULL && *text != '\0' ? text : NULL);

  if (thing->row != NULL && !is_removed (thing) &&
      !baton_value_equal (&wanted, baton_row_value (thing->row, field)) &&
      !trello_keeps (trello, card, thing->id, field, &wanted))
    set_value (trello_op (trello, verb, event, thing), field, &wanted);
  baton_value_clear (&wanted);
}

static void
settle_checklists (Trello *trello, const TrelloEvent *event, TrelloCard *card)
{
  for (guint i = 0; i < card->checklists->len; i++)
    {
      TrelloChecklist *checklist = g_ptr_array_index (card->checklists, i);

      if (is_removed (&checklist->base))
        continue;
      settle_text (trello, event, card, &checklist->base, BATON_VERB_CHECKLIST_SET, BATON_CHECKLIST_TITLE,
          checklist->name);
      for (guint j = 0; j < checklist->items->len; j++)
        {
          TrelloItem *item = g_ptr_array_index (checklist->items, j);
          BatonValue done = baton_value_int (item->done);

          settle_text (trello, event, card, &item->base, BATON_VERB_ITEM_SET, BATON_ITEM_TEXT, item->name);
          if (item->done != item->now_done &&
              (item->base.row == NULL || !trello_keeps (trello, card, item->base.id, BATON_ITEM_DONE, &done)))
            set_item_done (trello, event, item, item->done);
        }
    }
}

static void
settle_card (Trello *trello, const TrelloEvent *event)
{
  TrelloCard *card = event->subject;
  BatonValue closed = baton_value_int (card->closed);

  settle_place (trello, event, card);
  settle_values (trello, event, card);
  settle_set (trello, event, card, BATON_CARD_MEMBERS, card->members, card->now_members);
  settle_set (trello, event, card, BATON_CARD_LABELS, card->labels, card->now_labels);
  settle_checklists (trello, event, card);
  if (card->closed != card->now_closed &&
      (card->base.row == NULL || !trello_keeps (trello, card, card->base.id, BATON_CARD_ARCHIVED, &closed)))
    set_archived (trello, event, card, card->closed);
}

/* What an earlier import brought and was edited in Trello since. */
void
trello_settle_parts (Trello *trello, const TrelloEvent *event)
{
  for (guint i = 0; i < trello->values->len; i++)
    {
      TrelloValue *value = g_ptr_array_index (trello->values, i);

      if (!value->card->binned)
        settle_text (trello, event, value->card, &value->base, BATON_VERB_CUSTOM_VALUE_SET,
            BATON_CUSTOM_VALUE_TEXT, value->text);
    }
  for (guint i = 0; i < trello->comments->len; i++)
    {
      TrelloComment *comment = g_ptr_array_index (trello->comments, i);

      if (!comment->card->binned)
        settle_text (trello, event, comment->card, &comment->base, BATON_VERB_COMMENT_SET, BATON_COMMENT_TEXT,
            comment->text);
    }
}

void
trello_play_card (Trello *trello, const TrelloEvent *event)
{
  TrelloItem *item = event->subject;

  if (event->kind == EVENT_CARD)
    add_card (trello, event);
  else if (event->kind == EVENT_CHECKLIST)
    add_checklist (trello, event);
  else if (event->kind == EVENT_ITEM)
    add_item (trello, event);
  else if (event->kind == EVENT_LINK)
    add_link (trello, event);
  else if (event->kind == EVENT_VALUE)
    add_value (trello, event);
  else if (event->kind == EVENT_COMMENT)
    add_comment (trello, event);
  else if (event->kind == EVENT_ACTION_CARD)
    play_action (trello, event);
  else if (event->kind == EVENT_ACTION_RETURN)
    play_move (trello, event);
  else if (event->kind == EVENT_ACTION_MEMBER)
    link_thing (trello, event, BATON_CARD_MEMBERS, event->object, event->on,
        ((TrelloCard *) event->subject)->now_members);
  else if (event->kind == EVENT_ACTION_LABEL)
    link_thing (trello, event, BATON_CARD_LABELS, event->object, event->on,
        ((TrelloCard *) event->subject)->now_labels);
  else if (event->kind == EVENT_ACTION_ITEM)
    set_item_done (trello, event, item, event->on);
  else
    settle_card (trello, event);
}
