/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "words-private.h"

#include <glib/gi18n-lib.h>

const char *
baton_words_status (const char *status)
{
  if (g_strcmp0 (status, "in_review") == 0)
    return _ ("In review");
  if (g_strcmp0 (status, "approved") == 0)
    return _ ("Approved");
  if (g_strcmp0 (status, "approved_with_changes") == 0)
    return _ ("Approved with changes");
  return g_strcmp0 (status, "changes_requested") == 0 ? _ ("Changes requested") : _ ("Draft");
}

const char *
baton_words_decision (const char *decision)
{
  if (decision == NULL || g_str_equal (decision, "none"))
    return _ ("Not decided");
  return baton_words_status (decision);
}

const char *
baton_words_check_state (const char *state)
{
  if (g_strcmp0 (state, "complete") == 0)
    return _ ("Complete");
  if (g_strcmp0 (state, "not_applicable") == 0)
    return _ ("Not applicable");
  return g_strcmp0 (state, "failed") == 0 ? _ ("Failed") : _ ("Open");
}

static const BatonRow *
first_row (const BatonOp *op)
{
  return op->rows->len > 0 ? ((BatonNewRow *) g_ptr_array_index (op->rows, 0))->row : NULL;
}

static const char *
first_id (const BatonOp *op)
{
  return op->ids->len > 0 ? g_ptr_array_index (op->ids, 0) : NULL;
}

/* The version that a review is about. */
static const char *
version_of_review (BatonNames *names, const char *review)
{
  return baton_names_get (names, BATON_ENTITY_REVIEW, review);
}

/* "; the card went from “In review” to “Done”", when the board sent it on. */
static void
append_move (BatonNames *names, const BatonEntry *entry, GString *words)
{
  for (guint i = 0; i < entry->effect->changes->len; i++)
    {
      const BatonChange *change = g_ptr_array_index (entry->effect->changes, i);

      if (change->created || change->field != BATON_CARD_STAGE)
        continue;
      g_string_append_printf (words, _ ("; the card went from “%s” to “%s”"),
          baton_names_get (names, BATON_ENTITY_STAGE, change->before.text),
          baton_names_get (names, BATON_ENTITY_STAGE, change->after.text));
      return;
    }
}

static char *
words_asset_add (BatonNames *names, const BatonEntry *entry)
{
  const BatonRow *row = first_row (entry->op);

  return g_strdup_printf (_ ("added the file “%s”"), baton_names_get (names, BATON_ENTITY_ASSET, row->id));
}

static char *
words_version_add (BatonNames *names, const BatonEntry *entry)
{
  const BatonRow *row = first_row (entry->op);
  const char *note = baton_row_text (row, BATON_VERSION_NOTE);
  const char *name = baton_names_get (names, BATON_ENTITY_VERSION, row->id);

  if (note == NULL || *note == '\0')
    return g_strdup_printf (_ ("added the version “%s”"), name);
  return g_strdup_printf (_ ("added the version “%s”: “%s”"), name, note);
}

static char *
words_bin (BatonNames *names, const BatonEntry *entry)
{
  BatonEntity entity = baton_verb_info (entry->op->verb)->entity;
  const char *name = baton_names_get (names, entity, first_id (entry->op));
  const BatonSet *set = entry->op->sets->len > 0 ? &g_array_index (entry->op->sets, BatonSet, 0) : NULL;

  if (set == NULL || set->value.kind != BATON_VALUE_TEXT)
    return g_strdup_printf (_ ("put “%s” into the bin"), name);
  return g_strdup_printf (_ ("put “%s” into the bin: “%s”"), name, set->value.text);
}

static char *
words_request (BatonNames *names, const BatonEntry *entry)
{
  const BatonRow *row = first_row (entry->op);
  g_autofree char *people =
      baton_words_value (names, BATON_REVIEW_REVIEWERS, baton_row_value (row, BATON_REVIEW_REVIEWERS));

  return g_strdup_printf (_ ("asked %s to review “%s”"), people, version_of_review (names, row->id));
}

static char *
words_decide (BatonNames *names, const BatonEntry *entry)
{
  const BatonRow *row = first_row (entry->op);
  const char *decision = baton_row_text (row, BATON_DECISION_DECISION);
  const char *version = version_of_review (names, baton_row_text (row, BATON_DECISION_REVIEW));
  const char *note = baton_row_text (row, BATON_DECISION_NOTE);
  GString *words = g_string_new (NULL);

  if (g_strcmp0 (decision, "approved") == 0)
    g_string_append_printf (words, _ ("approved “%s”"), version);
  else if (g_strcmp0 (decision, "approved_with_changes") == 0)
    g_string_append_printf (words, _ ("approved “%s” with changes"), version);
  else
    g_string_append_printf (words, _ ("asked for changes to “%s”"), version);
  if (note != NULL && *note != '\0')
    g_string_append_printf (words, _ (": “%s”"), note);
  return g_string_free (words, FALSE);
}

static char *
words_answer (BatonNames *names, const BatonEntry *entry)
{
  const BatonRow *row = first_row (entry->op);
  const char *check =
      baton_names_get (names, BATON_ENTITY_REVIEW_CHECK, baton_row_text (row, BATON_ANSWER_CHECK));
  const char *state = baton_words_check_state (baton_row_text (row, BATON_ANSWER_STATE));
  const char *note = baton_row_text (row, BATON_ANSWER_NOTE);

  if (note == NULL || *note == '\0')
    return g_strdup_printf (_ ("answered in the review: “%s” – %s"), check, state);
  return g_strdup_printf (_ ("answered in the review: “%s” – %s (%s)"), check, state, note);
}

static char *
words_excuse (BatonNames *names, const BatonEntry *entry)
{
  const BatonRow *row = first_row (entry->op);
  const char *version = version_of_review (names, baton_row_text (row, BATON_EXCUSE_REVIEW));
  const char *other = baton_row_text (row, BATON_EXCUSE_PASSED_TO);
  const char *reason = baton_row_text (row, BATON_EXCUSE_REASON);
  g_autofree char *until =
      baton_words_value (names, BATON_EXCUSE_MORE_TIME, baton_row_value (row, BATON_EXCUSE_MORE_TIME));
  GString *words = g_string_new (NULL);

  if (other != NULL)
    g_string_append_printf (words, _ ("passed the review of “%s” on to %s"), version,
        baton_names_get (names, BATON_ENTITY_PERSON, other));
  else if (baton_row_int (row, BATON_EXCUSE_MORE_TIME) != 0)
    g_string_append_printf (words, _ ("asked for time until %s to review “%s”"), until, version);
  else
    g_string_append_printf (words, _ ("cannot review “%s” in its window"), version);
  if (reason != NULL && *reason != '\0')
    g_string_append_printf (words, _ (": “%s”"), reason);
  return g_string_free (words, FALSE);
}

/* The value that an operation writes, or NULL. */
static const BatonValue *
set_value (const BatonOp *op, BatonField field)
{
  for (guint i = 0; i < op->sets->len; i++)
    {
      const BatonSet *set = &g_array_index (op->sets, BatonSet, i);

      if (set->field == field)
        return &set->value;
    }
  return NULL;
}

static char *
words_grant (BatonNames *names, const BatonEntry *entry)
{
  const BatonValue *granted = set_value (entry->op, BATON_EXCUSE_GRANTED);
  const BatonValue *until = set_value (entry->op, BATON_EXCUSE_MORE_TIME);
  g_autofree char *words = NULL;

  if (granted == NULL || granted->kind != BATON_VALUE_INT || granted->number == 0)
    return g_strdup (_ ("gave no more time for the review"));
  if (until == NULL)
    return g_strdup (_ ("gave more time for the review"));
  words = baton_words_value (names, BATON_EXCUSE_MORE_TIME, until);
  return g_strdup_printf (_ ("gave time for the review until %s"), words);
}

static char *
words_comment (BatonNames *names, const BatonEntry *entry)
{
  const BatonRow *row = first_row (entry->op);
  const char *text = baton_names_get (names, BATON_ENTITY_COMMENT, row->id);
  const char *version = baton_row_text (row, BATON_COMMENT_VERSION);

  if (version == NULL)
    return g_strdup_printf (_ ("commented: “%s”"), text);
  return g_strdup_printf (
      _ ("commented on “%s”: “%s”"), baton_names_get (names, BATON_ENTITY_VERSION, version), text);
}

static char *
words_first (BatonNames *names, const BatonEntry *entry)
{
  const BatonOp *op = entry->op;
  const char *id = first_id (op);

  switch ((int) op->verb)
    {
    case BATON_VERB_ASSET_CHOOSE:
      return g_strdup_printf (_ ("chose “%s” as the version that counts"),
          baton_names_get (names, BATON_ENTITY_VERSION, g_array_index (op->sets, BatonSet, 0).value.text));
    case BATON_VERB_COMMENT_RESOLVE:
      return g_strdup_printf (
          _ ("settled the comment “%s”"), baton_names_get (names, BATON_ENTITY_COMMENT, id));
    case BATON_VERB_COMMENT_REOPEN:
      return g_strdup_printf (
          _ ("opened the comment “%s” again"), baton_names_get (names, BATON_ENTITY_COMMENT, id));
    case BATON_VERB_COMMENT_KEEP:
      return g_strdup_printf (
          _ ("kept the comment “%s” for a later version"), baton_names_get (names, BATON_ENTITY_COMMENT, id));
    case BATON_VERB_COMMENT_MENTION:
      return g_strdup_printf (_ ("changed who is mentioned in the comment “%s”"),
          baton_names_get (names, BATON_ENTITY_COMMENT, id));
    case BATON_VERB_REVIEW_REVIEWER:
      return g_strdup_printf (_ ("changed the reviewers of “%s”"), version_of_review (names, id));
    case BATON_VERB_REVIEW_WITHDRAW:
      return g_strdup_printf (_ ("withdrew the request to review “%s”"), version_of_review (names, id));
    default:
      return NULL;
    }
}

char *
baton_words_asset (BatonNames *names, const BatonEntry *entry)
{
  g_autoptr (GString) words = NULL;
  g_autofree char *text = NULL;

  switch ((int) entry->op->verb)
    {
    case BATON_VERB_ASSET_ADD:
      text = words_asset_add (names, entry);
      break;
    case BATON_VERB_VERSION_ADD:
      text = words_version_add (names, entry);
      break;
    case BATON_VERB_ASSET_REMOVE:
    case BATON_VERB_VERSION_BIN:
      text = words_bin (names, entry);
      break;
    case BATON_VERB_REVIEW_REQUEST:
      text = words_request (names, entry);
      break;
    case BATON_VERB_REVIEW_DECIDE:
      text = words_decide (names, entry);
      break;
    case BATON_VERB_REVIEW_ANSWER:
      text = words_answer (names, entry);
      break;
    case BATON_VERB_REVIEW_EXCUSE:
      text = words_excuse (names, entry);
      break;
    case BATON_VERB_REVIEW_GRANT:
      text = words_grant (names, entry);
      break;
    case BATON_VERB_COMMENT_ADD:
      text = words_comment (names, entry);
      break;
    default:
      text = words_first (names, entry);
      break;
    }
  if (text == NULL)
    return NULL;
  words = g_string_new (text);
  append_move (names, entry, words);
  return g_string_free (g_steal_pointer (&words), FALSE);
}
