/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-core"

#include "tx.h"

#include "baton-error.h"

#include <glib/gi18n-lib.h>

/* Reviews: who may say what while one is open, when it closes, and what follows from that. */

static const char self_grant[] =
    N_ ("Who asks for time does not give it. Whoever asked for the review does.");

static gboolean
refuse (GError **error, BatonErrorCode code, const char *message)
{
  g_set_error_literal (error, BATON_ERROR, code, message);
  return FALSE;
}

/* The open review, or NULL with a sentence. */
static const BatonRow *
open_review (BatonTx *tx, const char *id, GError **error)
{
  const BatonRow *review = baton_tx_get_live (tx, BATON_ENTITY_REVIEW, id, error);

  if (review == NULL || baton_row_int (review, BATON_REVIEW_CLOSED) == 0)
    return review;
  refuse (error, BATON_ERROR_STALE,
      baton_row_text (review, BATON_REVIEW_SUPERSEDED) != NULL
          ? _ ("A later version is in review now; this one is not decided any more.")
          : _ ("This review is closed already."));
  return NULL;
}

static gboolean
check_needed (const BatonRow *review, GError **error)
{
  guint reviewers = baton_set_size (baton_row_text (review, BATON_REVIEW_REVIEWERS));

  if (baton_row_int (review, BATON_REVIEW_NEEDED) <= (gint64) reviewers)
    return TRUE;
  return refuse (
      error, BATON_ERROR_INVALID, _ ("A review cannot need more decisions than it has reviewers."));
}

static gboolean
has_open_review (BatonTx *tx, const char *version)
{
  g_autoptr (GPtrArray) ids = tx->view->children (tx->view, BATON_REVIEW_VERSION, version);

  for (guint i = 0; i < ids->len; i++)
    {
      const BatonRow *review = tx->view->get (tx->view, BATON_ENTITY_REVIEW, g_ptr_array_index (ids, i));

      if (baton_row_int (review, BATON_REVIEW_REMOVED) == 0 &&
          baton_row_int (review, BATON_REVIEW_CLOSED) == 0)
        return TRUE;
    }
  return FALSE;
}

gboolean
baton_rule_complete_review (BatonTx *tx, BatonRow *row, GError **error)
{
  const BatonRow *version =
      baton_tx_get_live (tx, BATON_ENTITY_VERSION, baton_row_text (row, BATON_REVIEW_VERSION), error);

  if (version == NULL)
    return FALSE;
  baton_row_set_text (row, BATON_REVIEW_CARD, baton_row_text (version, BATON_VERSION_CARD));
  baton_row_set_text (row, BATON_REVIEW_ASSET, baton_row_text (version, BATON_VERSION_ASSET));
  baton_row_set_text (row, BATON_REVIEW_OUTCOME, "none");
  if (baton_row_text (row, BATON_REVIEW_REQUESTER) == NULL)
    baton_row_set_text (row, BATON_REVIEW_REQUESTER, tx->op->person);
  if (baton_set_size (baton_row_text (row, BATON_REVIEW_REVIEWERS)) == 0)
    return refuse (error, BATON_ERROR_INVALID, _ ("A review needs at least one reviewer."));
  if (baton_tx_get_live (tx, BATON_ENTITY_CARD, baton_row_text (row, BATON_REVIEW_CARD), error) == NULL ||
      baton_tx_get_live (tx, BATON_ENTITY_ASSET, baton_row_text (row, BATON_REVIEW_ASSET), error) == NULL ||
      !check_needed (row, error))
    return FALSE;
  if (!baton_rule_is_head (tx, baton_row_text (row, BATON_REVIEW_VERSION)))
    return refuse (error, BATON_ERROR_STALE, _ ("There is a newer version. Ask for a review of that one."));
  return !has_open_review (tx, baton_row_text (row, BATON_REVIEW_VERSION)) ||
         refuse (error, BATON_ERROR_STALE, _ ("This version is in review already."));
}

/* A request for a version closes what is still open for the versions that it replaced. */
gboolean
baton_apply_review_added (BatonTx *tx, const BatonRow *review, GError **error)
{
  g_autoptr (GPtrArray) ids =
      tx->view->children (tx->view, BATON_REVIEW_ASSET, baton_row_text (review, BATON_REVIEW_ASSET));

  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);
      const BatonRow *other = tx->view->get (tx->view, BATON_ENTITY_REVIEW, id);

      if (g_str_equal (id, review->id) || baton_row_int (other, BATON_REVIEW_REMOVED) != 0 ||
          baton_row_int (other, BATON_REVIEW_CLOSED) != 0 ||
          baton_rule_is_head (tx, baton_row_text (other, BATON_REVIEW_VERSION)))
        continue;
      if (!baton_tx_set (
              tx, BATON_ENTITY_REVIEW, id, BATON_REVIEW_SUPERSEDED, baton_value_text (review->id), error))
        return FALSE;
    }
  return TRUE;
}

/* The reviewer who speaks: the author of the operation. */
static gboolean
take_reviewer (BatonTx *tx, BatonRow *row, BatonField person, const BatonRow *review, GError **error)
{
  if (tx->op->person == NULL)
    return refuse (error, BATON_ERROR_INVALID, _ ("A review must know who speaks."));
  if (!baton_set_contains (baton_row_text (review, BATON_REVIEW_REVIEWERS), tx->op->person))
    return refuse (error, BATON_ERROR_INVALID, _ ("Only its reviewers decide about a review."));
  baton_row_set_text (row, person, tx->op->person);
  baton_row_set_text (
      row, baton_field_find (row->entity, "card"), baton_row_text (review, BATON_REVIEW_CARD));
  return TRUE;
}

static gboolean
is_blank (const char *text)
{
  while (text != NULL && g_ascii_isspace (*text))
    text++;
  return text == NULL || *text == '\0';
}

gboolean
baton_rule_complete_answer (BatonTx *tx, BatonRow *row, GError **error)
{
  const BatonRow *review = open_review (tx, baton_row_text (row, BATON_ANSWER_REVIEW), error);
  const char *state = baton_row_text (row, BATON_ANSWER_STATE);

  if (review == NULL || !take_reviewer (tx, row, BATON_ANSWER_PERSON, review, error))
    return FALSE;
  if (state == NULL)
    return refuse (error, BATON_ERROR_INVALID, _ ("An answer says complete, not applicable or failed."));
  if (g_str_equal (state, "failed") && is_blank (baton_row_text (row, BATON_ANSWER_NOTE)))
    return refuse (error, BATON_ERROR_INVALID, _ ("Say in a note what is wrong with it."));
  return TRUE;
}

/* The first line of the list that somebody failed; borrowed until the next write. */
static const BatonRow *
failed_check (BatonTx *tx, const char *review)
{
  g_autoptr (GPtrArray) ids = tx->view->children (tx->view, BATON_ANSWER_REVIEW, review);

  for (guint i = 0; i < ids->len; i++)
    {
      const BatonRow *answer = tx->view->get (tx->view, BATON_ENTITY_ANSWER, g_ptr_array_index (ids, i));
      const BatonRow *check;

      if (baton_row_int (answer, BATON_ANSWER_REMOVED) != 0 ||
          g_strcmp0 (baton_row_text (answer, BATON_ANSWER_STATE), "failed") != 0)
        continue;
      check =
          tx->view->get (tx->view, BATON_ENTITY_REVIEW_CHECK, baton_row_text (answer, BATON_ANSWER_CHECK));
      if (check != NULL && baton_row_int (check, BATON_REVIEW_CHECK_REMOVED) == 0)
        return check;
    }
  return NULL;
}

/* The place in the list of decisions is its strictness. */
static guint
strictness (const char *decision)
{
  const char *const *choices = baton_field_info (BATON_DECISION_DECISION)->choices;
  guint i = 0;

  while (decision != NULL && choices[i] != NULL && !g_str_equal (choices[i], decision))
    i++;
  return decision != NULL && choices[i] != NULL ? i : 0;
}

#define CHANGES_REQUESTED 3

gboolean
baton_rule_complete_decision (BatonTx *tx, BatonRow *row, GError **error)
{
  const BatonRow *review = open_review (tx, baton_row_text (row, BATON_DECISION_REVIEW), error);
  guint strict = strictness (baton_row_text (row, BATON_DECISION_DECISION));
  const BatonRow *check;

  if (review == NULL || !take_reviewer (tx, row, BATON_DECISION_PERSON, review, error))
    return FALSE;
  if (strict == 0)
    return refuse (error, BATON_ERROR_INVALID,
        _ ("A decision says approved, approved with changes, or changes requested."));
  check = strict < CHANGES_REQUESTED ? failed_check (tx, baton_row_text (row, BATON_DECISION_REVIEW)) : NULL;
  if (check == NULL)
    return TRUE;
  g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID,
      _ ("“%s” failed, so this cannot be approved. Ask for changes, or correct that answer first."),
      baton_row_text (check, BATON_REVIEW_CHECK_TEXT));
  return FALSE;
}

gboolean
baton_rule_complete_excuse (BatonTx *tx, BatonRow *row, GError **error)
{
  const BatonRow *review = open_review (tx, baton_row_text (row, BATON_EXCUSE_REVIEW), error);

  if (review == NULL || !take_reviewer (tx, row, BATON_EXCUSE_PERSON, review, error))
    return FALSE;
  if (baton_row_value (row, BATON_EXCUSE_GRANTED)->kind != BATON_VALUE_NONE)
    return refuse (error, BATON_ERROR_INVALID, _ (self_grant));
  if (g_strcmp0 (baton_row_text (row, BATON_EXCUSE_PASSED_TO), tx->op->person) == 0)
    return refuse (error, BATON_ERROR_INVALID, _ ("A review is passed on to somebody else."));
  if (baton_row_text (row, BATON_EXCUSE_PASSED_TO) != NULL &&
      baton_row_int (row, BATON_EXCUSE_MORE_TIME) != 0)
    return refuse (error, BATON_ERROR_INVALID, _ ("Pass the review on, or ask for time; not both."));
  return TRUE;
}

/* Who asks for time stays a reviewer. Who passes it on, or leaves it to the others, is none any more. */
gboolean
baton_apply_excuse_added (BatonTx *tx, const BatonRow *excuse, GError **error)
{
  const char *id = baton_row_text (excuse, BATON_EXCUSE_REVIEW);
  const char *other = baton_row_text (excuse, BATON_EXCUSE_PASSED_TO);
  const BatonRow *review = tx->view->get (tx->view, BATON_ENTITY_REVIEW, id);
  BatonValue reviewers;

  if (baton_row_int (excuse, BATON_EXCUSE_MORE_TIME) != 0)
    return TRUE;
  reviewers = baton_set_remove (
      baton_row_text (review, BATON_REVIEW_REVIEWERS), baton_row_text (excuse, BATON_EXCUSE_PERSON));
  if (other != NULL)
    {
      BatonValue old = reviewers;

      reviewers = baton_set_add (old.kind == BATON_VALUE_TEXT ? old.text : NULL, other);
      baton_value_clear (&old);
    }
  return baton_tx_set (tx, BATON_ENTITY_REVIEW, id, BATON_REVIEW_REVIEWERS, reviewers, error);
}

/* Time is given by somebody else than who asks for it, unless they have asked for the review themselves. */
gboolean
baton_rule_grant (BatonTx *tx, const char *id, GError **error)
{
  const BatonRow *excuse = tx->view->get (tx->view, BATON_ENTITY_EXCUSE, id);
  const char *who = tx->op->person;
  const BatonRow *review;

  if (baton_row_int (excuse, BATON_EXCUSE_MORE_TIME) == 0)
    return refuse (error, BATON_ERROR_INVALID, _ ("Nobody has asked for time there."));
  review = open_review (tx, baton_row_text (excuse, BATON_EXCUSE_REVIEW), error);
  if (review == NULL)
    return FALSE;
  return who == NULL || g_strcmp0 (who, baton_row_text (excuse, BATON_EXCUSE_PERSON)) != 0 ||
         g_strcmp0 (who, baton_row_text (review, BATON_REVIEW_REQUESTER)) == 0 ||
         refuse (error, BATON_ERROR_INVALID, _ (self_grant));
}

/* The window of the review ends later; it never ends earlier because somebody was given time. */
gboolean
baton_apply_granted (BatonTx *tx, const char *id, GError **error)
{
  const BatonRow *excuse = tx->view->get (tx->view, BATON_ENTITY_EXCUSE, id);
  g_autofree char *review = g_strdup (baton_row_text (excuse, BATON_EXCUSE_REVIEW));
  gint64 until = baton_row_int (excuse, BATON_EXCUSE_MORE_TIME);
  gboolean granted = baton_row_int (excuse, BATON_EXCUSE_GRANTED) != 0;
  gint64 ends;

  if (baton_row_value (excuse, BATON_EXCUSE_GRANTED)->kind == BATON_VALUE_NONE || until == 0)
    return refuse (error, BATON_ERROR_INVALID, _ ("Give the time, or decline."));
  if (!baton_tx_set (
          tx, BATON_ENTITY_EXCUSE, id, BATON_EXCUSE_GRANTER, baton_value_text (tx->op->person), error))
    return FALSE;
  ends = baton_row_int (tx->view->get (tx->view, BATON_ENTITY_REVIEW, review), BATON_REVIEW_ENDS);
  return !granted || ends == 0 || until <= ends ||
         baton_tx_set_int (tx, BATON_ENTITY_REVIEW, review, BATON_REVIEW_ENDS, until, error);
}

/* A second answer or decision of the same person takes the place of the first. *written tells that it did. */
gboolean
baton_apply_again (BatonTx *tx, const BatonRow *row, gboolean *written, GError **error)
{
  gboolean answer = row->entity == BATON_ENTITY_ANSWER;
  BatonField review = answer ? BATON_ANSWER_REVIEW : BATON_DECISION_REVIEW;
  BatonField person = answer ? BATON_ANSWER_PERSON : BATON_DECISION_PERSON;
  BatonField said = answer ? BATON_ANSWER_STATE : BATON_DECISION_DECISION;
  BatonField note = answer ? BATON_ANSWER_NOTE : BATON_DECISION_NOTE;
  g_autoptr (GPtrArray) ids = tx->view->children (tx->view, review, baton_row_text (row, review));

  *written = FALSE;
  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);
      const BatonRow *other = tx->view->get (tx->view, row->entity, id);

      if (g_strcmp0 (baton_row_text (other, person), baton_row_text (row, person)) != 0 ||
          (answer && g_strcmp0 (baton_row_text (other, BATON_ANSWER_CHECK),
                         baton_row_text (row, BATON_ANSWER_CHECK)) != 0))
        continue;
      *written = TRUE;
      return baton_tx_set (
                 tx, row->entity, id, said, baton_value_copy (baton_row_value (row, said)), error) &&
             baton_tx_set (
                 tx, row->entity, id, note, baton_value_copy (baton_row_value (row, note)), error) &&
             baton_tx_set (
                 tx, row->entity, id, baton_entity_removed (row->entity), baton_value_none (), error);
    }
  return TRUE;
}

gboolean
baton_rule_review_open (BatonTx *tx, const char *id, GError **error)
{
  return open_review (tx, id, error) != NULL;
}

gboolean
baton_rule_review_changed (BatonTx *tx, const char *id, GError **error)
{
  return check_needed (tx->view->get (tx->view, BATON_ENTITY_REVIEW, id), error);
}

/* What the reviewers have decided so far: the strictest, and whether enough of them have. */
static guint
count_decisions (BatonTx *tx, const BatonRow *review, gboolean *enough)
{
  g_autoptr (GPtrArray) ids = tx->view->children (tx->view, BATON_DECISION_REVIEW, review->id);
  const char *reviewers = baton_row_text (review, BATON_REVIEW_REVIEWERS);
  gint64 n = baton_set_size (reviewers);
  gint64 needed = baton_row_int (review, BATON_REVIEW_NEEDED);
  gint64 decided = 0;
  guint strictest = 0;

  for (guint i = 0; i < ids->len; i++)
    {
      const BatonRow *row = tx->view->get (tx->view, BATON_ENTITY_DECISION, g_ptr_array_index (ids, i));

      if (baton_row_int (row, BATON_DECISION_REMOVED) != 0 ||
          !baton_set_contains (reviewers, baton_row_text (row, BATON_DECISION_PERSON)))
        continue;
      decided++;
      strictest = MAX (strictest, strictness (baton_row_text (row, BATON_DECISION_DECISION)));
    }
  *enough = decided > 0 && decided >= (needed > 0 ? MIN (needed, n) : n);
  return strictest;
}

static gboolean
has_other_open_review (BatonTx *tx, const char *card)
{
  g_autoptr (GPtrArray) ids = tx->view->children (tx->view, BATON_REVIEW_CARD, card);

  for (guint i = 0; i < ids->len; i++)
    {
      const BatonRow *review = tx->view->get (tx->view, BATON_ENTITY_REVIEW, g_ptr_array_index (ids, i));

      if (baton_row_int (review, BATON_REVIEW_REMOVED) == 0 &&
          baton_row_int (review, BATON_REVIEW_CLOSED) == 0)
        return TRUE;
    }
  return FALSE;
}

/* The card goes where the board says, when the last of its reviews is decided. */
static gboolean
move_card (BatonTx *tx, const char *card, guint outcome, GError **error)
{
  if (outcome == 0 || tx->op->verb == BATON_VERB_UNDO || tx->op->verb == BATON_VERB_REDO ||
      has_other_open_review (tx, card))
    return TRUE;
  return baton_apply_move_on (tx, card,
      outcome == CHANGES_REQUESTED ? BATON_BOARD_ON_CHANGES : BATON_BOARD_ON_APPROVED, FALSE, error);
}

gboolean
baton_settle_review (BatonTx *tx, const char *id, GError **error)
{
  const BatonRow *review = tx->view->get (tx->view, BATON_ENTITY_REVIEW, id);
  gboolean superseded = baton_row_text (review, BATON_REVIEW_SUPERSEDED) != NULL;
  gint64 closed = baton_row_int (review, BATON_REVIEW_CLOSED);
  g_autofree char *card = g_strdup (baton_row_text (review, BATON_REVIEW_CARD));
  gboolean enough;
  guint outcome = count_decisions (tx, review, &enough);
  BatonValue end = baton_value_none ();

  if (enough && failed_check (tx, id) != NULL)
    outcome = CHANGES_REQUESTED;
  if (!enough || superseded)
    outcome = 0;
  if (enough || superseded)
    end = baton_value_int (closed != 0 ? closed : tx->op->at);
  return baton_tx_set (tx, BATON_ENTITY_REVIEW, id, BATON_REVIEW_CLOSED, end, error) &&
         baton_tx_set (tx, BATON_ENTITY_REVIEW, id, BATON_REVIEW_OUTCOME,
             baton_value_text (baton_field_info (BATON_REVIEW_OUTCOME)->choices[outcome]), error) &&
         (closed != 0 || move_card (tx, card, outcome, error));
}

/* A version's status: in review while a review is open, else the outcome of the latest one that had any. */
gboolean
baton_settle_version (BatonTx *tx, const char *id, GError **error)
{
  g_autoptr (GPtrArray) ids = tx->view->children (tx->view, BATON_REVIEW_VERSION, id);
  const char *status = "draft";
  gint64 latest = 0;

  for (guint i = 0; i < ids->len; i++)
    {
      const BatonRow *review = tx->view->get (tx->view, BATON_ENTITY_REVIEW, g_ptr_array_index (ids, i));
      guint outcome = strictness (baton_row_text (review, BATON_REVIEW_OUTCOME));
      gint64 closed = baton_row_int (review, BATON_REVIEW_CLOSED);

      if (baton_row_int (review, BATON_REVIEW_REMOVED) != 0)
        continue;
      if (closed == 0)
        {
          status = "in_review";
          break;
        }
      if (outcome == 0 || closed < latest)
        continue;
      latest = closed;
      status = baton_field_info (BATON_DECISION_DECISION)->choices[outcome];
    }
  return baton_tx_set (tx, BATON_ENTITY_VERSION, id, BATON_VERSION_STATUS, baton_value_text (status), error);
}
