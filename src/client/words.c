/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "words-private.h"

#include "id.h"
#include "past.h"

#include <glib/gi18n-lib.h>

static const char *
noun (BatonEntity entity)
{
  static const char *const nouns[BATON_N_ENTITIES] = {
    [BATON_ENTITY_WORKSPACE] = N_ ("workspace"),
    [BATON_ENTITY_PERSON] = N_ ("person"),
    [BATON_ENTITY_BOARD] = N_ ("board"),
    [BATON_ENTITY_STAGE] = N_ ("stage"),
    [BATON_ENTITY_CRITERION] = N_ ("definition of done"),
    [BATON_ENTITY_CHANNEL] = N_ ("channel"),
    [BATON_ENTITY_CAMPAIGN] = N_ ("campaign"),
    [BATON_ENTITY_ASSET_TYPE] = N_ ("asset type"),
    [BATON_ENTITY_LABEL] = N_ ("label"),
    [BATON_ENTITY_CARD] = N_ ("card"),
    [BATON_ENTITY_CHECKLIST] = N_ ("checklist"),
    [BATON_ENTITY_ITEM] = N_ ("checklist item"),
    [BATON_ENTITY_COMMENT] = N_ ("comment"),
    [BATON_ENTITY_LINK] = N_ ("link"),
    [BATON_ENTITY_CUSTOM_FIELD] = N_ ("field"),
    [BATON_ENTITY_CUSTOM_VALUE] = N_ ("field value"),
    [BATON_ENTITY_FILTER] = N_ ("saved filter"),
    [BATON_ENTITY_REVIEW_CHECK] = N_ ("line of the review list"),
    [BATON_ENTITY_ASSET] = N_ ("asset"),
    [BATON_ENTITY_VERSION] = N_ ("version"),
    [BATON_ENTITY_REVIEW] = N_ ("review"),
    [BATON_ENTITY_ANSWER] = N_ ("answer"),
    [BATON_ENTITY_DECISION] = N_ ("decision"),
    [BATON_ENTITY_EXCUSE] = N_ ("excuse"),
    [BATON_ENTITY_HANDOFF] = N_ ("handoff"),
  };

  return g_dgettext (GETTEXT_PACKAGE, nouns[entity]);
}

/* What the operation is about: "the card “Hero image”", "the card" in its own history, "3 cards". */
static char *
subject_of (BatonNames *names, BatonEntity entity, const char *id, guint n, const char *card)
{
  const char *name;

  if (n > 1 && entity == BATON_ENTITY_CARD)
    return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u card", "%u cards", n), n);
  if (n > 1)
    return g_strdup_printf (_ ("%u times %s"), n, noun (entity));
  if (id == NULL)
    return g_strdup (noun (entity));
  if (entity == BATON_ENTITY_CARD && card != NULL && g_str_equal (card, id))
    return g_strdup (_ ("this card"));
  name = baton_names_get (names, entity, id);
  if (entity == BATON_ENTITY_CARD)
    return g_strdup_printf (_ ("“%s”"), name);
  return g_strdup_printf (_ ("%s “%s”"), noun (entity), name);
}

static const char *
first_id (const BatonOp *op)
{
  if (op->rows->len > 0)
    return ((BatonNewRow *) g_ptr_array_index (op->rows, 0))->row->id;
  return op->ids->len > 0 ? g_ptr_array_index (op->ids, 0) : NULL;
}

static char *
subject (BatonNames *names, const BatonEntry *entry, const char *card)
{
  const BatonOp *op = entry->op;
  BatonEntity entity = baton_verb_info (op->verb)->entity;
  const char *id = first_id (op);

  /* Of several cards, the one whose history is being read. */
  if (card != NULL && op->ids->len > 1 && entity == BATON_ENTITY_CARD)
    return subject_of (names, entity, card, 1, card);
  return subject_of (names, entity, id, op->rows->len > 0 ? 1 : op->ids->len, card);
}

static char *
words_move (BatonNames *names, const BatonEntry *entry, const char *card)
{
  g_autofree char *what = subject (names, entry, card);
  const char *id = card != NULL ? card : first_id (entry->op);
  const BatonChange *change = id != NULL ? baton_effect_find (entry->effect, id, BATON_CARD_STAGE) : NULL;

  if (change == NULL)
    return g_strdup_printf (_ ("moved %s to another place"), what);
  return g_strdup_printf (_ ("moved %s from “%s” to “%s”"), what,
      baton_names_get (names, BATON_ENTITY_STAGE, change->before.text),
      baton_names_get (names, BATON_ENTITY_STAGE, change->after.text));
}

/* “brought this card along with its past: 5 times into a stage, last into “Done””; its steps are told one by
 * one in the card's own history. */
static char *
words_past (BatonNames *names, const BatonRow *row, const char *what)
{
  const char *past = baton_row_text (row, BATON_CARD_PAST);
  BatonPastStep step;
  guint n = 0;

  while (baton_past_next (&past, &step))
    n++;
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "brought %s along with its past: %u step, into “%s”",
                              "brought %s along with its past: %u steps, the last into “%s”", n),
      what, n, baton_names_get (names, BATON_ENTITY_STAGE, baton_row_text (row, BATON_CARD_STAGE)));
}

static const char *
hands (BatonNames *names, const char *key)
{
  return baton_id_is_valid (key) ? baton_names_get (names, BATON_ENTITY_PERSON, key) : key;
}

static char *
words_mark (BatonNames *names, const BatonRow *row)
{
  const char *mark = baton_row_text (row, BATON_HANDOFF_MARK);
  const char *from = hands (names, baton_row_text (row, BATON_HANDOFF_GIVER));
  const char *to = hands (names, baton_row_text (row, BATON_HANDOFF_TAKER));
  const char *of[] = { baton_names_get (
                           names, BATON_ENTITY_CHANNEL, baton_row_text (row, BATON_HANDOFF_CHANNEL)),
    baton_names_get (names, BATON_ENTITY_ASSET_TYPE, baton_row_text (row, BATON_HANDOFF_ASSET_TYPE)) };
  g_autofree char *what = g_strdup_printf (
      "%s → %s%s%s%s%s", from, to, *of[0] != '\0' ? " · " : "", of[0], *of[1] != '\0' ? " · " : "", of[1]);

  if (g_strcmp0 (mark, "sync") == 0)
    return g_strdup_printf (_ ("marked the handoff %s: both have to be there"), what);
  if (g_strcmp0 (mark, "async") == 0)
    return g_strdup_printf (_ ("marked the handoff %s: a queue is enough"), what);
  return g_strdup_printf (_ ("took back the mark of the handoff %s"), what);
}

static char *
words_add (BatonNames *names, const BatonEntry *entry, const char *card)
{
  const BatonNewRow *new_row = g_ptr_array_index (entry->op->rows, 0);
  g_autofree char *what = subject (names, entry, card);

  if (new_row->row->entity == BATON_ENTITY_HANDOFF)
    return words_mark (names, new_row->row);
  if (new_row->row->entity == BATON_ENTITY_CARD && baton_row_text (new_row->row, BATON_CARD_PAST) != NULL)
    return words_past (names, new_row->row, what);
  if (new_row->row->entity == BATON_ENTITY_CARD)
    return g_strdup_printf (_ ("added %s in “%s”"), what,
        baton_names_get (names, BATON_ENTITY_STAGE, baton_row_text (new_row->row, BATON_CARD_STAGE)));
  return g_strdup_printf (_ ("added the %s"), what);
}

/* "changed the due date from 1 May to 3 May"; for several fields, one clause each. */
static char *
set_clause (BatonNames *names, const BatonEntry *entry, const BatonSet *set, const char *id)
{
  const BatonChange *change = id != NULL ? baton_effect_find (entry->effect, id, set->field) : NULL;
  g_autofree char *after = baton_words_value (names, set->field, &set->value);
  g_autofree char *before = change != NULL ? baton_words_value (names, set->field, &change->before) : NULL;
  const char *field = baton_words_field (set->field);

  if (baton_field_info (set->field)->type == BATON_TYPE_LONG)
    return g_strdup_printf (_ ("changed the %s"), field);
  if (change == NULL || change->before.kind == BATON_VALUE_NONE)
    return g_strdup_printf (_ ("set the %s to “%s”"), field, after);
  if (set->value.kind == BATON_VALUE_NONE)
    return g_strdup_printf (_ ("removed the %s “%s”"), field, before);
  return g_strdup_printf (_ ("changed the %s from “%s” to “%s”"), field, before, after);
}

static char *
words_set (BatonNames *names, const BatonEntry *entry, const char *card)
{
  g_autofree char *what = subject (names, entry, card);
  g_autoptr (GString) clauses = g_string_new (NULL);
  const BatonOp *op = entry->op;
  const char *id =
      baton_verb_info (op->verb)->entity == BATON_ENTITY_CARD && card != NULL ? card : first_id (op);

  for (guint i = 0; i < op->sets->len; i++)
    {
      g_autofree char *clause = set_clause (names, entry, &g_array_index (op->sets, BatonSet, i), id);

      g_string_append_printf (clauses, "%s%s", i > 0 ? ", " : "", clause);
    }
  /* In its own history a card need not be named. */
  if (card != NULL && baton_verb_info (op->verb)->entity == BATON_ENTITY_CARD)
    return g_string_free (g_steal_pointer (&clauses), FALSE);
  /* Translators: "changed the due date from “1 May” to “3 May” (“Hero image”)". */
  return g_strdup_printf (_ ("%s (%s)"), clauses->str, what);
}

static char *
words_item_set (BatonNames *names, const BatonEntry *entry, const char *card)
{
  const BatonSet *set = &g_array_index (entry->op->sets, BatonSet, 0);
  const char *text = baton_names_get (names, BATON_ENTITY_ITEM, first_id (entry->op));

  if (entry->op->sets->len != 1 || set->field != BATON_ITEM_DONE)
    return words_set (names, entry, card);
  return g_strdup_printf (set->value.number != 0 ? _ ("ticked “%s”") : _ ("unticked “%s”"), text);
}

/* “Pictures are licensed”, “Text is proof-read”: what was done alike from one link on. *end: behind the last
 * of them. */
static char *
linked_names (BatonNames *names, const BatonOp *op, guint from, guint *end)
{
  const BatonLink *first = &g_array_index (op->links, BatonLink, from);
  GString *list = g_string_new (NULL);

  for (*end = from; *end < op->links->len; ++*end)
    {
      const BatonLink *link = &g_array_index (op->links, BatonLink, *end);

      if (link->field != first->field || link->add != first->add)
        break;
      g_string_append (list, *end > from ? ", " : "");
      g_string_append_printf (
          list, _ ("“%s”"), baton_names_get (names, baton_field_info (link->field)->target, link->id));
    }
  return g_string_free (list, FALSE);
}

static char *
words_link (BatonNames *names, const BatonEntry *entry, const char *card)
{
  g_autofree char *what = subject (names, entry, card);
  GString *clauses = g_string_new (NULL);
  const BatonOp *op = entry->op;
  guint end;

  for (guint i = 0; i < op->links->len; i = end)
    {
      const BatonLink *link = &g_array_index (op->links, BatonLink, i);
      g_autofree char *linked = linked_names (names, op, i, &end);
      /* Translators: the second %s is one name in quotation marks or several. */
      const char *format =
          link->field == BATON_CARD_LABELS
              ? (link->add ? _ ("labelled %s %s") : _ ("took from %s the label %s"))
          : link->field == BATON_CARD_MEMBERS
              ? (link->add ? _ ("added to %s the member %s") : _ ("took from %s the member %s"))
          : link->field == BATON_CARD_BLOCKERS
              ? (link->add ? _ ("made %s wait for %s") : _ ("let %s wait no longer for %s"))
              : (link->add ? _ ("ticked for %s in the definition of done: %s")
                           : _ ("unticked for %s in the definition of done: %s"));

      if (i > 0)
        g_string_append (clauses, ", ");
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      g_string_append_printf (clauses, format, what, linked);
#pragma GCC diagnostic pop
    }
  return g_string_free (clauses, FALSE);
}

static char *
words_block (BatonNames *names, const BatonEntry *entry, const char *card)
{
  g_autofree char *what = subject (names, entry, card);
  const BatonSet *set = entry->op->sets->len > 0 ? &g_array_index (entry->op->sets, BatonSet, 0) : NULL;

  if (entry->op->verb == BATON_VERB_CARD_UNBLOCK || set == NULL || set->value.kind != BATON_VALUE_TEXT)
    return g_strdup_printf (_ ("unblocked %s"), what);
  return g_strdup_printf (_ ("blocked %s: “%s”"), what, set->value.text);
}

static char *
words_simple (BatonNames *names, const BatonEntry *entry, const char *card)
{
  g_autofree char *what = subject (names, entry, card);
  const BatonVerbInfo *info = baton_verb_info (entry->op->verb);

  switch (info->action)
    {
    case BATON_ACTION_REMOVE:
      return g_strdup_printf (
          info->entity == BATON_ENTITY_CARD ? _ ("put %s into the bin") : _ ("removed the %s"), what);
    case BATON_ACTION_RESTORE:
      return g_strdup_printf (_ ("restored %s"), what);
    case BATON_ACTION_ARCHIVE:
      return g_strdup_printf (_ ("archived %s"), what);
    case BATON_ACTION_UNARCHIVE:
      return g_strdup_printf (_ ("took %s out of the archive"), what);
    case BATON_ACTION_ADD:
    case BATON_ACTION_SET:
    case BATON_ACTION_MOVE:
    case BATON_ACTION_LINK:
    case BATON_ACTION_UNDO:
    default:
      return g_strdup_printf (_ ("moved the %s to another place"), what);
    }
}

/* An undo tells what came back: the stage, the fields, or that something was taken back as a whole. */
static char *
words_undo (BatonNames *names, const BatonEntry *entry, const char *card)
{
  const char *verb = entry->op->verb == BATON_VERB_UNDO ? _ ("undid") : _ ("redid");

  for (guint i = 0; i < entry->effect->changes->len; i++)
    {
      const BatonChange *change = g_ptr_array_index (entry->effect->changes, i);
      g_autofree char *what = NULL;
      g_autofree char *value = NULL;

      if (change->created ||
          (card != NULL && change->entity == BATON_ENTITY_CARD && !g_str_equal (card, change->id)) ||
          change->field == baton_entity_info (change->entity)->rank || change->field == BATON_CARD_ENTERED ||
          (baton_field_info (change->field)->flags & BATON_FIELD_COUNT))
        continue;
      what = subject_of (names, change->entity, change->id, 1, card);
      if (change->field == baton_entity_removed (change->entity))
        return g_strdup_printf (
            change->after.kind == BATON_VALUE_NONE ? _ ("%s: %s is back") : _ ("%s: %s was taken back"), verb,
            what);
      value = baton_words_value (names, change->field, &change->after);
      return g_strdup_printf (
          _ ("%s: the %s of %s is “%s” again"), verb, baton_words_field (change->field), what, value);
    }
  return g_strdup (verb);
}

char *
baton_words_entry (BatonNames *names, const BatonEntry *entry, const char *card)
{
  const BatonOp *op = entry->op;
  char *words;

  if (op->verb == BATON_VERB_UNKNOWN)
    return g_strdup_printf (_ ("did something that a newer Baton knows (%s)"), op->unknown_verb);
  words = baton_words_asset (names, entry);
  if (words != NULL)
    return words;
  switch (baton_verb_info (op->verb)->action)
    {
    case BATON_ACTION_ADD:
      return words_add (names, entry, card);
    case BATON_ACTION_SET:
      if (op->verb == BATON_VERB_CARD_BLOCK || op->verb == BATON_VERB_CARD_UNBLOCK)
        return words_block (names, entry, card);
      if (op->verb == BATON_VERB_ITEM_SET)
        return words_item_set (names, entry, card);
      return words_set (names, entry, card);
    case BATON_ACTION_MOVE:
      return op->verb == BATON_VERB_CARD_MOVE ? words_move (names, entry, card)
                                              : words_simple (names, entry, card);
    case BATON_ACTION_LINK:
      return words_link (names, entry, card);
    case BATON_ACTION_UNDO:
      return words_undo (names, entry, card);
    case BATON_ACTION_REMOVE:
    case BATON_ACTION_RESTORE:
    case BATON_ACTION_ARCHIVE:
    case BATON_ACTION_UNARCHIVE:
    default:
      return words_simple (names, entry, card);
    }
}

char *
baton_words_row (BatonNames *names, const BatonHistoryRow *row, const char *card)
{
  g_autofree char *what = NULL;
  const char *to;

  if (row->step == 0)
    return baton_words_entry (names, row->entry, card);
  what = subject_of (names, BATON_ENTITY_CARD, row->card, 1, card);
  to = baton_names_get (names, BATON_ENTITY_STAGE, row->to);
  if (row->from == NULL)
    return g_strdup_printf (_ ("added %s in “%s”"), what, to);
  if (g_str_equal (row->from, row->to))
    return g_strdup_printf (_ ("put %s into “%s” once more"), what, to);
  return g_strdup_printf (
      _ ("moved %s from “%s” to “%s”"), what, baton_names_get (names, BATON_ENTITY_STAGE, row->from), to);
}

char *
baton_words_intent (BatonNames *names, const BatonOp *op)
{
  g_autoptr (BatonEffect) none = baton_effect_new ();
  BatonEntry entry = { .op = (BatonOp *) op, .effect = none };

  if (op->verb == BATON_VERB_CARD_MOVE && op->to != NULL && op->ids->len > 0)
    return g_strdup_printf (_ ("moved “%s” to “%s”"),
        baton_names_get (names, BATON_ENTITY_CARD, g_ptr_array_index (op->ids, 0)),
        baton_names_get (names, BATON_ENTITY_STAGE, op->to));
  return baton_words_entry (names, &entry, NULL);
}
