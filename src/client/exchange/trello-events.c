/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "trello.h"

#include <string.h>

/* Trello keeps this many actions in a file. */
#define MOST_ACTIONS 1000

typedef void (*ActionFunc) (Trello *trello, json_t *action, json_t *data, gint64 at);

void
trello_add_event (Trello *trello, TrelloEvent event)
{
  event.order = trello->events->len;
  g_array_append_val (trello->events, event);
}

/* The card that an action is about, if the file still has it and its past is not here already. */
static TrelloCard *
card_of (Trello *trello, json_t *data, gint64 at)
{
  TrelloCard *card =
      trello_find (trello, BATON_ENTITY_CARD, trello_key (trello, trello_object (data, "card"), "id"));

  if (card == NULL)
    {
      trello->notes[NOTE_GONE_CARD]++;
      return NULL;
    }
  if (card->binned || (card->base.row != NULL && at <= trello->watermark))
    return NULL;
  card->touched = TRUE;
  card->last_event = MAX (card->last_event, at);
  trello_need (card, at);
  return card;
}

static TrelloList *
list_of (Trello *trello, json_t *about)
{
  return trello_find (trello, BATON_ENTITY_STAGE, trello_key (trello, about, "id"));
}

static void
action_card_made (Trello *trello, json_t *action, json_t *data, gint64 at)
{
  TrelloCard *card = card_of (trello, data, at);
  TrelloList *list = list_of (trello, trello_object (data, "list"));
  gboolean returns = g_strcmp0 (trello_text (trello, action, "type"), "moveCardToBoard") == 0;

  if (card == NULL)
    return;
  if (!card->created && card->base.row == NULL)
    {
      card->created = TRUE;
      card->base.at = card->base.first; /* a file may tell what happened to it before */
      card->base.by = trello_person_of (trello, action);
      card->made_in = list != NULL && !list->gone ? list : NULL;
      trello_need (card->base.by, at);
      return;
    }
  if (returns)
    trello_add_event (trello, (TrelloEvent){ .at = at,
                                  .kind = EVENT_ACTION_RETURN,
                                  .subject = card,
                                  .person = trello_person_of (trello, action),
                                  .to = list });
}

/* It is in the file, so it has come back; that is told by another action. */
static void
action_card_left (Trello *trello, json_t *action, json_t *data, gint64 at)
{
  card_of (trello, data, at);
}

static gboolean
has_any (json_t *object, const char *const *keys)
{
  for (; *keys != NULL; keys++)
    {
      if (json_object_get (object, *keys) != NULL)
        return TRUE;
    }
  return FALSE;
}

static void
find_lists (Trello *trello, json_t *data, TrelloEvent *event)
{
  json_t *before = trello_object (data, "listBefore");
  json_t *after = trello_object (data, "listAfter");
  json_t *card = trello_object (data, "card");
  const char *to = trello_key (trello, card, "idList");

  if (before != NULL || after != NULL)
    {
      event->from = list_of (trello, before);
      event->to = list_of (trello, after);
    }
  else
    {
      event->from = trello_find (
          trello, BATON_ENTITY_STAGE, trello_key (trello, trello_object (data, "old"), "idList"));
      event->to = to != NULL ? trello_find (trello, BATON_ENTITY_STAGE, to)
                             : list_of (trello, trello_object (data, "list"));
    }
  if (event->to != NULL && event->to->gone)
    event->to = NULL;
  trello->notes[NOTE_GONE_LIST] += event->to == NULL;
}

static void
action_card_changed (Trello *trello, json_t *action, json_t *data, gint64 at)
{
  static const char *const carried[] = { "idList", "name", "desc", "due", "closed", NULL };
  static const char *const shuffled[] = { "pos", NULL };
  json_t *old = trello_object (data, "old");
  gboolean moves = json_object_get (old, "idList") != NULL || trello_object (data, "listAfter") != NULL;
  TrelloCard *card = card_of (trello, data, at);
  TrelloEvent event = { .at = at, .kind = EVENT_ACTION_CARD, .subject = card, .data = data };

  if (card == NULL)
    return;
  if (!moves && !has_any (old, carried))
    {
      trello->notes[has_any (old, shuffled) ? NOTE_SHUFFLE : NOTE_OTHER_ACTION]++;
      return;
    }
  if (moves)
    find_lists (trello, data, &event);
  event.person = trello_person_of (trello, action);
  trello_add_event (trello, event);
}

static void
action_member (Trello *trello, json_t *action, json_t *data, gint64 at)
{
  TrelloCard *card = card_of (trello, data, at);
  json_t *about = trello_object (action, "member");
  const char *key = trello_key (trello, data, "idMember");
  TrelloPerson *member;

  if (about == NULL)
    about = trello_object (data, "member");
  member = trello_person (trello, key != NULL ? key : trello_key (trello, about, "id"), about);
  if (card == NULL || member == NULL)
    return;
  trello_add_event (trello, (TrelloEvent){ .at = at,
                                .kind = EVENT_ACTION_MEMBER,
                                .subject = card,
                                .object = member,
                                .on = g_str_has_prefix (trello_text (trello, action, "type"), "add"),
                                .person = trello_person_of (trello, action) });
}

static void
action_label (Trello *trello, json_t *action, json_t *data, gint64 at)
{
  TrelloCard *card = card_of (trello, data, at);
  json_t *about = trello_object (data, "label");
  const char *color = trello_text (trello, about != NULL ? about : data, about != NULL ? "color" : "value");
  TrelloLabel *label = trello_find (trello, BATON_ENTITY_LABEL, trello_key (trello, about, "id"));
  g_autofree char *old =
      g_strdup_printf ("%s:label:%.32s", trello->board.base.key, color != NULL ? color : "");

  if (label == NULL)
    label = trello_find (trello, BATON_ENTITY_LABEL, old);
  if (card == NULL || label == NULL)
    return;
  trello_add_event (trello, (TrelloEvent){ .at = at,
                                .kind = EVENT_ACTION_LABEL,
                                .subject = card,
                                .object = label,
                                .on = g_str_has_prefix (trello_text (trello, action, "type"), "add"),
                                .person = trello_person_of (trello, action) });
}

static void
action_item_state (Trello *trello, json_t *action, json_t *data, gint64 at)
{
  json_t *about = trello_object (data, "checkItem");
  TrelloItem *item = trello_find (trello, BATON_ENTITY_ITEM, trello_key (trello, about, "id"));
  TrelloCard *card = card_of (trello, data, at);

  if (card == NULL || item == NULL || item->checklist->card != card)
    return;
  trello_need (item, at);
  trello_need (item->checklist, at);
  trello_add_event (trello, (TrelloEvent){ .at = at,
                                .kind = EVENT_ACTION_ITEM,
                                .subject = item,
                                .on = g_strcmp0 (trello_text (trello, about, "state"), "complete") == 0,
                                .person = trello_person_of (trello, action) });
}

static void
action_checklist_added (Trello *trello, json_t *action, json_t *data, gint64 at)
{
  TrelloChecklist *checklist = trello_find (
      trello, BATON_ENTITY_CHECKLIST, trello_key (trello, trello_object (data, "checklist"), "id"));
  TrelloCard *card = card_of (trello, data, at);

  if (card == NULL || checklist == NULL || checklist->card != card)
    return;
  checklist->base.at = MAX (checklist->base.at, at);
  checklist->base.by = trello_person_of (trello, action);
}

static void
action_comment (Trello *trello, json_t *action, json_t *data, gint64 at)
{
  const char *key = trello_key (trello, action, "id");
  const char *text = trello_text (trello, data, "text");
  TrelloCard *card =
      trello_find (trello, BATON_ENTITY_CARD, trello_key (trello, trello_object (data, "card"), "id"));
  TrelloComment *comment;

  if (card == NULL || baton_exchange_is_blank (text) ||
      trello_find (trello, BATON_ENTITY_COMMENT, key) != NULL)
    {
      trello->notes[NOTE_GONE_CARD] += card == NULL;
      return;
    }
  card->comments_met++;
  comment = trello_new_thing (trello, sizeof *comment, BATON_ENTITY_COMMENT, key, at);
  comment->card = card;
  comment->author = trello_person_of (trello, action);
  comment->text = trello_clip (trello, BATON_COMMENT_TEXT, text);
  if (card->base.row == NULL)
    trello_need (card, at);
  card->last_event = MAX (card->last_event, at);
  trello_need (comment->author, at);
  g_ptr_array_add (trello->comments, comment);
}

static void
action_list_made (Trello *trello, json_t *action, json_t *data, gint64 at)
{
  TrelloList *list = list_of (trello, trello_object (data, "list"));

  if (list == NULL || list->base.row != NULL)
    return;
  list->base.by = trello_person_of (trello, action);
  list->base.at = at;
}

static void
action_list_changed (Trello *trello, json_t *action, json_t *data, gint64 at)
{
  static const char *const carried[] = { "name", "closed", NULL };
  TrelloList *list = list_of (trello, trello_object (data, "list"));

  if (list == NULL || list->gone || !has_any (trello_object (data, "old"), carried))
    {
      trello->notes[NOTE_OTHER_ACTION]++;
      return;
    }
  if (list->base.row != NULL && at <= trello->watermark)
    return;
  trello_need (list, at);
  list->last_event = MAX (list->last_event, at);
  trello_add_event (trello, (TrelloEvent){ .at = at,
                                .kind = EVENT_ACTION_LIST,
                                .subject = list,
                                .data = data,
                                .person = trello_person_of (trello, action) });
}

static void
action_board_made (Trello *trello, json_t *action, json_t *data, gint64 at)
{
  trello->board.base.by = trello_person_of (trello, action);
  trello->board.base.at = at;
}

static void
action_board_changed (Trello *trello, json_t *action, json_t *data, gint64 at)
{
  static const char *const carried[] = { "name", "desc", "closed", NULL };

  if (!has_any (trello_object (data, "old"), carried))
    {
      trello->notes[NOTE_OTHER_ACTION]++;
      return;
    }
  if (trello->board.base.row != NULL && at <= trello->watermark)
    return;
  trello_need (&trello->board, at);
  trello->board.last_event = MAX (trello->board.last_event, at);
  trello_add_event (trello, (TrelloEvent){ .at = at,
                                .kind = EVENT_ACTION_BOARD,
                                .subject = &trello->board,
                                .data = data,
                                .person = trello_person_of (trello, action) });
}

/* What the file tells elsewhere: nothing is lost when the action is not replayed. */
static void
action_told_elsewhere (Trello *trello, json_t *action, json_t *data, gint64 at)
{
}

static const struct
{
  const char *type;
  ActionFunc func;
} actions[] = {
  { "updateCard", action_card_changed },
  { "updateCheckItemStateOnCard", action_item_state },
  { "commentCard", action_comment },
  { "copyCommentCard", action_comment },
  { "createCard", action_card_made },
  { "copyCard", action_card_made },
  { "emailCard", action_card_made },
  { "convertToCardFromCheckItem", action_card_made },
  { "moveCardToBoard", action_card_made },
  { "moveCardFromBoard", action_card_left },
  { "addMemberToCard", action_member },
  { "removeMemberFromCard", action_member },
  { "addLabelToCard", action_label },
  { "removeLabelFromCard", action_label },
  { "addChecklistToCard", action_checklist_added },
  { "addAttachmentToCard", action_told_elsewhere },
  { "createCheckItem", action_told_elsewhere },
  { "updateCustomFieldItem", action_told_elsewhere },
  { "createCustomField", action_told_elsewhere },
  { "createLabel", action_told_elsewhere },
  { "createList", action_list_made },
  { "moveListToBoard", action_list_made },
  { "updateList", action_list_changed },
  { "createBoard", action_board_made },
  { "copyBoard", action_board_made },
  { "updateBoard", action_board_changed },
};

typedef struct
{
  gint64 at;
  size_t index;
  json_t *action;
} Moment;

/* Files have the newest first; of one moment the one further down was earlier. */
static int
compare_moments (const void *a, const void *b)
{
  const Moment *moment_a = a;
  const Moment *moment_b = b;

  if (moment_a->at != moment_b->at)
    return moment_a->at < moment_b->at ? -1 : 1;
  return moment_a->index > moment_b->index ? -1 : 1;
}

static GArray *
sorted_actions (Trello *trello)
{
  json_t *array = trello_array (trello, trello->root, "actions");
  GArray *moments = g_array_sized_new (FALSE, FALSE, sizeof (Moment), (guint) json_array_size (array));
  json_t *action;
  size_t i;

  json_array_foreach (array, i, action)
    {
      Moment moment = { trello_time (trello, action, "date"), i, action };

      if (moment.at == 0)
        moment.at = trello_id_time (trello_key (trello, action, "id"));
      if (json_is_object (action) && moment.at > 0)
        g_array_append_val (moments, moment);
      else
        trello->notes[NOTE_SHAPE] += !json_is_object (action);
    }
  if (moments->len > 0)
    qsort (moments->data, moments->len, sizeof (Moment), compare_moments);
  trello->notes[NOTE_CUT_HISTORY] += json_array_size (array) == MOST_ACTIONS;
  return moments;
}

static void
read_action (Trello *trello, json_t *action, gint64 at)
{
  const char *type = trello_text (trello, action, "type");

  for (guint i = 0; type != NULL && i < G_N_ELEMENTS (actions); i++)
    {
      if (strcmp (actions[i].type, type) != 0)
        continue;
      actions[i].func (trello, action, trello_object (action, "data"), at);
      return;
    }
  trello->notes[NOTE_OTHER_ACTION]++;
}

gboolean
trello_collect_events (Trello *trello, GError **error)
{
  g_autoptr (GArray) moments = sorted_actions (trello);

  for (guint i = 0; i < moments->len; i++)
    {
      const Moment *moment = &g_array_index (moments, Moment, i);

      if (i % 5000 == 0 &&
          baton_exchange_cancelled (trello->options, trello->cancellable, i, 4 * moments->len, error))
        return FALSE;
      read_action (trello, moment->action, moment->at);
    }
  for (guint i = 0; i < trello->cards->len; i++)
    {
      const TrelloCard *card = g_ptr_array_index (trello->cards, i);

      if (card->comments_told > card->comments_met)
        trello->notes[NOTE_OLD_COMMENTS] += card->comments_told - card->comments_met;
    }
  return TRUE;
}
