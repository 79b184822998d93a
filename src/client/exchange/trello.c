/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "trello.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *what;
  const char *reason;
} note_texts[N_NOTES] = {
  [NOTE_UNTITLED] = { N_ ("without a name"), N_ ("Baton needs one, so they are called “(untitled)”.") },
  [NOTE_CLIPPED] = { N_ ("texts too long"), N_ ("They were cut at the most that a field can hold.") },
  [NOTE_NUL] = { N_ ("zero characters"), N_ ("They cannot be part of a text and were left out.") },
  [NOTE_SHAPE] = { N_ ("values of an unexpected kind"),
      N_ ("They could not be understood and were left out.") },
  [NOTE_DUPLICATE] = { N_ ("entries with an id that was there before"),
      N_ ("Only the first of each was imported.") },
  [NOTE_DATE] = { N_ ("dates that cannot be read"), N_ ("They were left empty.") },
  [NOTE_LOST_CARD] = { N_ ("cards of a list that is not in the file"),
      N_ ("They are in a stage of their own.") },
  [NOTE_LOST_CHECKLIST] = { N_ ("checklists of a card that is not in the file"),
      N_ ("There is no card for them.") },
  [NOTE_NO_LISTS] = { N_ ("board without lists"), N_ ("A board needs a stage, so it got one.") },
  [NOTE_ODD_LINK] = { N_ ("attachments that are no web address"),
      N_ ("They are in the card’s notes as text, because it would not be safe to follow them.") },
  [NOTE_UPLOAD] = { N_ ("uploaded files"),
      N_ ("The file holds only their addresses; these are kept as links and not downloaded.") },
  [NOTE_UNKNOWN_PERSON] = { N_ ("people without a name"), N_ ("The file knows them only by their id.") },
  [NOTE_OLD_COMMENTS] = { N_ ("older comments"), N_ ("Trello does not put them into the file any more.") },
  [NOTE_CUT_HISTORY] = { N_ ("history cut off"),
      N_ ("Trello puts only the latest 1,000 actions into a file; what was before is not known.") },
  [NOTE_GONE_CARD] = { N_ ("actions on cards that are gone"),
      N_ ("The cards are not in the file any more.") },
  [NOTE_GONE_LIST] = { N_ ("moves to lists that are gone"), N_ ("The lists are not in the file any more.") },
  [NOTE_SHUFFLE] = { N_ ("changes of order within a list"),
      N_ ("Only the order as it is now was imported.") },
  [NOTE_OTHER_ACTION] = { N_ ("other actions"),
      N_ ("They are about memberships, settings, covers and the like, which Baton does not have.") },
  [NOTE_COVER] = { N_ ("covers"), N_ ("Baton shows a card’s own files instead.") },
  [NOTE_STICKER] = { N_ ("stickers"), N_ ("Baton has no stickers.") },
  [NOTE_VOTE] = { N_ ("votes"), N_ ("Baton has no votes.") },
  [NOTE_PLUGIN] = { N_ ("data of Power-Ups"), N_ ("Only the Power-Up itself can read it.") },
  [NOTE_LOCATION] = { N_ ("places on a map"), N_ ("Baton has no maps.") },
  [NOTE_ITEM_DUE] = { N_ ("due dates of checklist items"), N_ ("In Baton only cards have a due date.") },
  [NOTE_ITEM_MEMBER] = { N_ ("people of checklist items"), N_ ("In Baton only cards have members.") },
  [NOTE_TEMPLATE] = { N_ ("card templates"),
      N_ ("They are among the board’s templates for cards, not in a stage.") },
  [NOTE_SET_FULL] = { N_ ("members or labels beyond the 500th of a card"), N_ ("A card cannot have more.") },
  [NOTE_KEPT] = { N_ ("values changed in Baton since"),
      N_ ("They did not change in Trello, so they were kept as they are here.") },
  [NOTE_BINNED] = { N_ ("cards in the bin or on another board here"), N_ ("They were left alone.") },
  [NOTE_GONE_STAGE] = { N_ ("lists whose stage was removed here"),
      N_ ("Their new cards are in the first stage.") },
  [NOTE_NOT_IN_FILE] = { N_ ("cards that are not in the file any more"), N_ ("They were kept.") },
  [NOTE_OLDER_FILE] = { N_ ("file older than the last import"), N_ ("Its values were taken all the same.") },
};

static GHashTable *
new_table (void)
{
  return g_hash_table_new (g_str_hash, g_str_equal);
}

static void
trello_init (Trello *trello)
{
  GPtrArray **const arrays[] = { &trello->lists, &trello->labels, &trello->fields, &trello->people,
    &trello->cards, &trello->links, &trello->values, &trello->comments, &trello->owned };

  for (guint i = 0; i < G_N_ELEMENTS (arrays); i++)
    *arrays[i] = g_ptr_array_new ();
  trello->things = new_table ();
  trello->persons = new_table ();
  trello->imported = imported_new (trello->reader);
  trello->events = g_array_new (FALSE, FALSE, sizeof (TrelloEvent));
  trello->texts = g_string_chunk_new (4096);
}

static void
card_clear (TrelloCard *card)
{
  GPtrArray *const arrays[] = { card->members, card->now_members, card->members_seen, card->labels,
    card->now_labels, card->labels_seen, card->checklists };

  for (guint i = 0; i < G_N_ELEMENTS (arrays); i++)
    g_ptr_array_unref (arrays[i]);
  for (guint i = 0; i < N_CARD_FIELDS; i++)
    {
      baton_value_clear (&card->values[i]);
      baton_value_clear (&card->now[i]);
    }
}

static void
thing_free (Thing *thing)
{
  g_clear_pointer (&thing->row, baton_row_unref);
  if (thing->entity == BATON_ENTITY_CARD)
    card_clear ((TrelloCard *) thing);
  else if (thing->entity == BATON_ENTITY_STAGE)
    {
      g_ptr_array_unref (((TrelloList *) thing)->cards);
      baton_value_clear (&((TrelloList *) thing)->now_name);
    }
  else if (thing->entity == BATON_ENTITY_CHECKLIST)
    g_ptr_array_unref (((TrelloChecklist *) thing)->items);
  g_free (thing);
}

static void
trello_clear (Trello *trello)
{
  GPtrArray *const arrays[] = { trello->lists, trello->labels, trello->fields, trello->people, trello->cards,
    trello->links, trello->values, trello->comments };

  for (guint i = 0; i < trello->owned->len; i++)
    thing_free (g_ptr_array_index (trello->owned, i));
  g_ptr_array_unref (trello->owned);
  for (guint i = 0; i < G_N_ELEMENTS (arrays); i++)
    g_ptr_array_unref (arrays[i]);
  g_clear_pointer (&trello->board.base.row, baton_row_unref);
  baton_value_clear (&trello->board.now_name);
  baton_value_clear (&trello->board.now_description);
  g_hash_table_unref (trello->things);
  g_hash_table_unref (trello->persons);
  imported_free (trello->imported);
  g_array_unref (trello->events);
  g_string_chunk_free (trello->texts);
  json_decref (trello->root);
  g_clear_pointer (&trello->plan, baton_import_plan_free);
}

static void
count_ops (const BatonImportPlan *plan, gint64 verbs[BATON_N_VERBS], gint64 *items)
{
  for (guint i = 0; i < plan->ops->len; i++)
    {
      const BatonOp *op = g_ptr_array_index (plan->ops, i);

      verbs[op->verb]++;
      if (op->verb == BATON_VERB_CHECKLIST_ADD)
        *items += op->rows->len - 1;
    }
}

static void
summarize (Trello *trello)
{
  static const struct
  {
    BatonVerb verb;
    const char *what;
  } lines[] = {
    { BATON_VERB_STAGE_ADD, N_ ("lists") },
    { BATON_VERB_CARD_ADD, N_ ("cards") },
    { BATON_VERB_LABEL_ADD, N_ ("labels") },
    { BATON_VERB_PERSON_ADD, N_ ("people") },
    { BATON_VERB_CHECKLIST_ADD, N_ ("checklists") },
    { BATON_VERB_ITEM_ADD, N_ ("checklist items") },
    { BATON_VERB_COMMENT_ADD, N_ ("comments") },
    { BATON_VERB_LINK_ADD, N_ ("attachments, as links") },
    { BATON_VERB_CUSTOM_FIELD_ADD, N_ ("custom fields") },
    { BATON_VERB_CUSTOM_VALUE_ADD, N_ ("values of custom fields") },
    { BATON_VERB_CARD_MOVE, N_ ("moves of cards") },
    { BATON_VERB_CARD_SET, N_ ("changes of cards") },
    { BATON_VERB_CARD_MEMBER, N_ ("changes of members") },
    { BATON_VERB_CARD_LABEL, N_ ("changes of labels") },
    { BATON_VERB_ITEM_SET, N_ ("ticks and changes of checklist items") },
    { BATON_VERB_CARD_ARCHIVE, N_ ("cards put into the archive") },
    { BATON_VERB_CARD_UNARCHIVE, N_ ("cards taken out of the archive") },
  };
  gint64 verbs[BATON_N_VERBS] = { 0 };
  gint64 items = 0;

  count_ops (trello->plan, verbs, &items);
  verbs[BATON_VERB_ITEM_ADD] += items;
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    baton_import_plan_note (trello->plan, verbs[lines[i].verb], _ (lines[i].what), NULL);
  for (guint i = 0; i < N_NOTES; i++)
    baton_import_plan_note (trello->plan, trello->notes[i], _ (note_texts[i].what), _ (note_texts[i].reason));
}

static gboolean
make_plan (Trello *trello, GBytes *bytes, GError **error)
{
  if (baton_exchange_cancelled (trello->options, trello->cancellable, 0, 100, error))
    return FALSE;
  trello->root = trello_load (bytes, error);
  if (trello->root == NULL || !trello_read_board (trello, error))
    return FALSE;
  trello_read_cards (trello);
  if (!trello_match (trello, error))
    return FALSE;
  trello->plan->name = g_strdup (trello->board.name);
  trello->plan->board = g_strdup (trello->board.base.id);
  if (trello->plan->existing != NULL && trello->options->mode == BATON_IMPORT_ASK)
    return TRUE;
  if (!trello_collect_events (trello, error) || !trello_match_late (trello, error) ||
      !trello_begin (trello, error) || !trello_play (trello, error))
    return FALSE;
  summarize (trello);
  return TRUE;
}

BatonImportPlan *
baton_exchange_plan_trello (GBytes *bytes, BatonReader *reader, const BatonImportOptions *options,
    GCancellable *cancellable, GError **error)
{
  static const BatonImportOptions defaults = { BATON_IMPORT_ASK };
  Trello trello = {
    .reader = reader, .options = options != NULL ? options : &defaults, .cancellable = cancellable
  };
  BatonImportPlan *plan = NULL;

  g_return_val_if_fail (bytes != NULL && reader != NULL, NULL);
  trello.now = trello.options->now != 0 ? trello.options->now : g_get_real_time ();
  trello.plan = baton_import_plan_new ();
  trello.plan->mode = trello.options->mode;
  trello_init (&trello);
  if (make_plan (&trello, bytes, error))
    plan = g_steal_pointer (&trello.plan);
  trello_clear (&trello);
  return plan;
}
