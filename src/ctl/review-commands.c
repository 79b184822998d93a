/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "batonctl"

#include "asset-find.h"

#include "review-queue.h"
#include "review-window.h"
#include "words.h"

#include <glib/gi18n.h>

/* Asking for a review, answering its list, deciding, and what waits for somebody. */

static char *board_name;
static char *asset_name;
static char *version;
static char **reviewers;
static char *needed;
static char *window;
static char *note;
static char *as;
static char *to;
static char *until;
static char *reason;
static gboolean decline;

#define AS_OPTION                                                                                \
  {                                                                                              \
    "as", 0, 0, G_OPTION_ARG_FILENAME, &as, N_ ("For this person instead of you"), N_ ("PERSON") \
  }
#define NOTE_OPTION                                                                                 \
  {                                                                                                 \
    "note", 0, 0, G_OPTION_ARG_FILENAME, &note, N_ ("What to say with it, “-” for standard input"), \
        N_ ("TEXT")                                                                                 \
  }

static const GOptionEntry request_options[] = {
  CTL_BOARD_OPTION (board_name),
  CTL_ASSET_OPTION (asset_name),
  CTL_VERSION_OPTION (version),
  { "reviewer", 'r', 0, G_OPTION_ARG_FILENAME_ARRAY, &reviewers, N_ ("Who reviews; may be repeated"),
      N_ ("PERSON") },
  { "needed", 0, 0, G_OPTION_ARG_FILENAME, &needed, N_ ("How many of them must decide: all, any or a number"),
      N_ ("NUMBER") },
  { "window", 0, 0, G_OPTION_ARG_FILENAME, &window, N_ ("How long they have; by default as the board says"),
      N_ ("DURATION") },
  NOTE_OPTION,
  { NULL },
};
static const GOptionEntry decide_options[] = { CTL_BOARD_OPTION (board_name), CTL_ASSET_OPTION (asset_name),
  AS_OPTION, NOTE_OPTION, { NULL } };
static const GOptionEntry excuse_options[] = {
  CTL_BOARD_OPTION (board_name),
  CTL_ASSET_OPTION (asset_name),
  AS_OPTION,
  { "to", 0, 0, G_OPTION_ARG_FILENAME, &to, N_ ("Pass it on to this person"), N_ ("PERSON") },
  { "until", 0, 0, G_OPTION_ARG_FILENAME, &until, N_ ("Ask for time until then"), N_ ("TIME") },
  { "reason", 0, 0, G_OPTION_ARG_FILENAME, &reason, N_ ("Why"), N_ ("TEXT") },
  { NULL },
};
static const GOptionEntry grant_options[] = {
  CTL_BOARD_OPTION (board_name),
  CTL_ASSET_OPTION (asset_name),
  AS_OPTION,
  { "reviewer", 'r', 0, G_OPTION_ARG_FILENAME_ARRAY, &reviewers,
      N_ ("Whose request for time; by default the last"), N_ ("PERSON") },
  { "until", 0, 0, G_OPTION_ARG_FILENAME, &until, N_ ("Another time than the one that was asked for"),
      N_ ("TIME") },
  { "decline", 0, 0, G_OPTION_ARG_NONE, &decline, N_ ("Give no more time"), NULL },
  { NULL },
};
static const GOptionEntry withdraw_options[] = { CTL_BOARD_OPTION (board_name), CTL_ASSET_OPTION (asset_name),
  { NULL } };
static const GOptionEntry queue_options[] = { AS_OPTION, { NULL } };

/* The person that the command speaks for. */
static char *
speaker (Ctl *ctl, GError **error)
{
  const char *me = baton_workspace_me (baton_session_workspace (ctl->session));
  g_autoptr (BatonRow) person = as != NULL ? ctl_find_person (ctl, as, error) : NULL;

  if (person != NULL || as != NULL)
    return person != NULL ? g_strdup (person->id) : NULL;
  if (me == NULL)
    g_set_error_literal (error, BATON_ERROR, BATON_ERROR_INVALID, _ ("Say for whom with --as PERSON."));
  return g_strdup (me);
}

static gboolean
add_reviewer (Ctl *ctl, BatonRow *row, const char *typed, GError **error)
{
  g_autoptr (BatonRow) person = ctl_find_person (ctl, typed, error);

  if (person == NULL)
    return FALSE;
  baton_row_take (
      row, BATON_REVIEW_REVIEWERS, baton_set_add (baton_row_text (row, BATON_REVIEW_REVIEWERS), person->id));
  return TRUE;
}

static gboolean
set_reviewers (Ctl *ctl, BatonRow *row, char **positional, GError **error)
{
  gint64 number = 0;

  for (guint i = 0; positional[i] != NULL; i++)
    {
      if (!add_reviewer (ctl, row, positional[i], error))
        return FALSE;
    }
  for (guint i = 0; reviewers != NULL && reviewers[i] != NULL; i++)
    {
      if (!add_reviewer (ctl, row, reviewers[i], error))
        return FALSE;
    }
  if (baton_row_text (row, BATON_REVIEW_REVIEWERS) == NULL)
    return ctl_usage (error, _ ("Name at least one reviewer with --reviewer PERSON."));
  if (needed == NULL || g_str_equal (needed, "all"))
    return TRUE;
  if (g_str_equal (needed, "any"))
    number = 1;
  else if (!ctl_parse_count (needed, &number, error))
    return FALSE;
  baton_row_set_int (row, BATON_REVIEW_NEEDED, number);
  return TRUE;
}

/* As long as was asked for, else as the board says. */
static gboolean
set_window (Ctl *ctl, BatonRow *row, const BatonRow *card, GError **error)
{
  g_autoptr (BatonRow) board =
      baton_reader_row (ctl->reader, BATON_ENTITY_BOARD, baton_row_text (card, BATON_CARD_BOARD));
  gint64 hours = baton_row_int (board, BATON_BOARD_REVIEW_HOURS);
  gint64 now = g_get_real_time ();
  gint64 seconds;

  if (window != NULL)
    {
      if (!ctl_parse_duration (window, &seconds, error))
        return FALSE;
      baton_row_set_int (row, BATON_REVIEW_ENDS, now + seconds * G_USEC_PER_SEC);
      return TRUE;
    }
  baton_row_set_int (row, BATON_REVIEW_ENDS,
      baton_review_window_end (now, hours > 0 ? hours : BATON_REVIEW_HOURS,
          baton_row_text (board, BATON_BOARD_WORKING_HOURS), baton_row_text (board, BATON_BOARD_TIME_ZONE)));
  return TRUE;
}

static gboolean
set_note (BatonRow *row, BatonField field, GError **error)
{
  g_autofree char *text = note != NULL ? ctl_read_text (note, error) : NULL;

  if (note != NULL && text == NULL)
    return FALSE;
  baton_row_set_text (row, field, text);
  return TRUE;
}

static void
tell_review (Ctl *ctl, const char *id, const char *sentence)
{
  g_autoptr (BatonRow) row = baton_reader_row (ctl->reader, BATON_ENTITY_REVIEW, id);
  g_autoptr (BatonRow) about =
      baton_reader_row (ctl->reader, BATON_ENTITY_VERSION, baton_row_text (row, BATON_REVIEW_VERSION));
  g_autoptr (BatonRow) card =
      baton_reader_row (ctl->reader, BATON_ENTITY_CARD, baton_row_text (row, BATON_REVIEW_CARD));

  ctl_say (ctl, "%s", sentence);
  if (!ctl->json)
    return;
  baton_json_begin_object (&ctl->writer, NULL);
  baton_json_string (&ctl->writer, "id", id);
  baton_json_string (&ctl->writer, "card", card->id);
  baton_json_string (&ctl->writer, "title", ctl_row_name (card));
  baton_json_string (
      &ctl->writer, "stage", ctl_name (ctl, BATON_ENTITY_STAGE, baton_row_text (card, BATON_CARD_STAGE)));
  baton_json_string (
      &ctl->writer, "asset", ctl_name (ctl, BATON_ENTITY_ASSET, baton_row_text (row, BATON_REVIEW_ASSET)));
  baton_json_int (&ctl->writer, "version", baton_row_int (about, BATON_VERSION_NUMBER));
  baton_json_string (&ctl->writer, "status", baton_row_text (about, BATON_VERSION_STATUS));
  ctl_names_json (ctl, "reviewers", BATON_ENTITY_PERSON, baton_row_text (row, BATON_REVIEW_REVIEWERS));
  baton_json_int (&ctl->writer, "needed", baton_row_int (row, BATON_REVIEW_NEEDED));
  baton_json_time (&ctl->writer, "ends", baton_row_int (row, BATON_REVIEW_ENDS));
  baton_json_time (&ctl->writer, "closed", baton_row_int (row, BATON_REVIEW_CLOSED));
  baton_json_string (&ctl->writer, "outcome", baton_row_text (row, BATON_REVIEW_OUTCOME));
  baton_json_int (&ctl->writer, "reworks", baton_row_int (card, BATON_CARD_REWORKS));
  baton_json_end_object (&ctl->writer);
}

static gboolean
run_request (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRow) card = ctl_asset_card (ctl, board_name, args[0], error);
  g_autoptr (BatonRow) asset = card != NULL ? ctl_asset_find (ctl, card->id, asset_name, error) : NULL;
  g_autoptr (BatonRow) about = asset != NULL ? ctl_version_find (ctl, asset, version, error) : NULL;
  g_autoptr (BatonOp) op = baton_op_new (BATON_VERB_REVIEW_REQUEST);
  g_autofree char *id = baton_store_new_id ();
  BatonRow *row = baton_op_add_row (op, BATON_ENTITY_REVIEW, id);

  if (about == NULL || !set_reviewers (ctl, row, args + 1, error) || !set_window (ctl, row, card, error) ||
      !set_note (row, BATON_REVIEW_NOTE, error))
    return FALSE;
  baton_row_set_text (row, BATON_REVIEW_VERSION, about->id);
  if (!ctl_perform (ctl, g_steal_pointer (&op), error))
    return FALSE;
  tell_review (ctl, id, _ ("The review was requested."));
  return TRUE;
}

static BatonRow *
find_review (Ctl *ctl, const char *typed_card, GError **error)
{
  g_autoptr (BatonRow) card = ctl_asset_card (ctl, board_name, typed_card, error);
  g_autoptr (BatonRow) asset = card != NULL ? ctl_asset_find (ctl, card->id, asset_name, error) : NULL;

  return asset != NULL ? ctl_review_find (ctl, asset, error) : NULL;
}

/* An operation of a reviewer about the open review, with the row that it adds. */
static BatonOp *
say (Ctl *ctl, const char *typed_card, BatonVerb verb, BatonRow **row, char **review_id, GError **error)
{
  g_autoptr (BatonRow) review = find_review (ctl, typed_card, error);
  g_autofree char *person = review != NULL ? speaker (ctl, error) : NULL;
  g_autofree char *id = baton_store_new_id ();
  BatonEntity entity = baton_verb_info (verb)->entity;
  BatonOp *op;

  if (person == NULL)
    return NULL;
  op = baton_op_new (verb);
  op->person = g_steal_pointer (&person);
  *row = baton_op_add_row (op, entity, id);
  baton_row_set_text (*row, baton_field_find (entity, "review"), review->id);
  *review_id = g_strdup (review->id);
  return op;
}

static gboolean
run_decide (Ctl *ctl, char **args, GError **error)
{
  const char *decision = ctl_choice (BATON_DECISION_DECISION, args[1], error);
  g_autofree char *id = NULL;
  BatonRow *row;
  g_autoptr (BatonOp) op =
      decision != NULL ? say (ctl, args[0], BATON_VERB_REVIEW_DECIDE, &row, &id, error) : NULL;

  if (op == NULL || !set_note (row, BATON_DECISION_NOTE, error))
    return FALSE;
  baton_row_set_text (row, BATON_DECISION_DECISION, decision);
  if (!ctl_perform (ctl, g_steal_pointer (&op), error))
    return FALSE;
  tell_review (ctl, id, baton_words_decision (decision));
  return TRUE;
}

static gboolean
run_answer (Ctl *ctl, char **args, GError **error)
{
  const char *state = ctl_choice (BATON_ANSWER_STATE, args[2], error);
  g_autofree char *id = NULL;
  BatonRow *row;
  g_autoptr (BatonOp) op =
      state != NULL ? say (ctl, args[0], BATON_VERB_REVIEW_ANSWER, &row, &id, error) : NULL;
  g_autoptr (BatonRow) card = op != NULL ? ctl_asset_card (ctl, board_name, args[0], error) : NULL;
  g_autoptr (BatonRow) check = NULL;

  if (card == NULL || !set_note (row, BATON_ANSWER_NOTE, error))
    return FALSE;
  if (baton_row_text (card, BATON_CARD_ASSET_TYPE) == NULL)
    {
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_NOT_FOUND,
          _ ("This card has no asset type, and so no review list."));
      return FALSE;
    }
  check = ctl_find_below (
      ctl, BATON_REVIEW_CHECK_ASSET_TYPE, baton_row_text (card, BATON_CARD_ASSET_TYPE), args[1], error);
  if (check == NULL)
    return FALSE;
  baton_row_set_text (row, BATON_ANSWER_CHECK, check->id);
  baton_row_set_text (row, BATON_ANSWER_STATE, state);
  if (!ctl_perform (ctl, g_steal_pointer (&op), error))
    return FALSE;
  tell_review (ctl, id, baton_words_check_state (state));
  return TRUE;
}

static gboolean
run_excuse (Ctl *ctl, char **args, GError **error)
{
  g_autofree char *id = NULL;
  BatonRow *row;
  g_autoptr (BatonOp) op = say (ctl, args[0], BATON_VERB_REVIEW_EXCUSE, &row, &id, error);
  g_autoptr (BatonRow) other = op != NULL && to != NULL ? ctl_find_person (ctl, to, error) : NULL;
  gint64 at = 0;

  if (op == NULL || (to != NULL && other == NULL) || (until != NULL && !ctl_parse_time (until, &at, error)))
    return FALSE;
  if (other != NULL)
    baton_row_set_text (row, BATON_EXCUSE_PASSED_TO, other->id);
  if (at != 0)
    baton_row_set_int (row, BATON_EXCUSE_MORE_TIME, at);
  baton_row_set_text (row, BATON_EXCUSE_REASON, reason);
  if (!ctl_perform (ctl, g_steal_pointer (&op), error))
    return FALSE;
  tell_review (ctl, id, _ ("The others have been told."));
  return TRUE;
}

static gboolean
run_withdraw (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRow) review = find_review (ctl, args[0], error);
  BatonOp *op;

  if (review == NULL)
    return FALSE;
  op = baton_op_new (BATON_VERB_REVIEW_WITHDRAW);
  baton_op_add_id (op, review->id);
  if (!ctl_perform (ctl, op, error))
    return FALSE;
  tell_review (ctl, review->id, _ ("The request was withdrawn."));
  return TRUE;
}

/* The last request for time that nobody has answered; of one person, when one is named. */
static BatonRow *
asked_for_time (Ctl *ctl, const char *review, GError **error)
{
  g_autoptr (BatonRow) person = reviewers != NULL ? ctl_find_person (ctl, reviewers[0], error) : NULL;
  g_autoptr (GPtrArray) excuses = NULL;

  if (reviewers != NULL && person == NULL)
    return NULL;
  excuses = baton_reader_rows (ctl->reader, BATON_ENTITY_EXCUSE, BATON_EXCUSE_REVIEW, review, FALSE, error);
  for (guint i = excuses != NULL ? excuses->len : 0; i > 0; i--)
    {
      BatonRow *excuse = g_ptr_array_index (excuses, i - 1);

      if (baton_row_int (excuse, BATON_EXCUSE_REMOVED) == 0 &&
          baton_row_int (excuse, BATON_EXCUSE_MORE_TIME) != 0 &&
          baton_row_value (excuse, BATON_EXCUSE_GRANTED)->kind == BATON_VALUE_NONE &&
          (person == NULL || g_strcmp0 (baton_row_text (excuse, BATON_EXCUSE_PERSON), person->id) == 0))
        return baton_row_ref (excuse);
    }
  if (excuses != NULL)
    g_set_error_literal (
        error, BATON_ERROR, BATON_ERROR_NOT_FOUND, _ ("Nobody waits for an answer to a request for time."));
  return NULL;
}

static gboolean
run_grant (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRow) review = find_review (ctl, args[0], error);
  g_autoptr (BatonRow) excuse = review != NULL ? asked_for_time (ctl, review->id, error) : NULL;
  g_autofree char *person = excuse != NULL ? speaker (ctl, error) : NULL;
  BatonOp *op;
  gint64 at;

  if (person == NULL)
    return FALSE;
  at = baton_row_int (excuse, BATON_EXCUSE_MORE_TIME);
  if (until != NULL && !ctl_parse_time (until, &at, error))
    return FALSE;
  op = baton_op_new (BATON_VERB_REVIEW_GRANT);
  op->person = g_steal_pointer (&person);
  baton_op_add_id (op, excuse->id);
  baton_op_set_int (op, BATON_EXCUSE_GRANTED, !decline);
  if (!decline)
    baton_op_set_int (op, BATON_EXCUSE_MORE_TIME, at);
  if (!ctl_perform (ctl, op, error))
    return FALSE;
  tell_review (ctl, review->id, decline ? _ ("The window stays as it is.") : _ ("The window ends later."));
  return TRUE;
}

static void
queue_json (Ctl *ctl, const BatonWaiting *waiting)
{
  baton_json_begin_object (&ctl->writer, NULL);
  baton_json_string (&ctl->writer, "id", waiting->review->id);
  baton_json_string (&ctl->writer, "card", waiting->card->id);
  baton_json_string (&ctl->writer, "title", ctl_row_name (waiting->card));
  baton_json_string (&ctl->writer, "board",
      ctl_name (ctl, BATON_ENTITY_BOARD, baton_row_text (waiting->card, BATON_CARD_BOARD)));
  baton_json_string (&ctl->writer, "urgency", baton_row_text (waiting->card, BATON_CARD_URGENCY));
  baton_json_string (&ctl->writer, "asset", ctl_row_name (waiting->asset));
  baton_json_int (&ctl->writer, "version", baton_row_int (waiting->version, BATON_VERSION_NUMBER));
  baton_json_string (&ctl->writer, "requester",
      ctl_name (ctl, BATON_ENTITY_PERSON, baton_row_text (waiting->review, BATON_REVIEW_REQUESTER)));
  ctl_names_json (
      ctl, "reviewers", BATON_ENTITY_PERSON, baton_row_text (waiting->review, BATON_REVIEW_REVIEWERS));
  baton_json_int (&ctl->writer, "needed", baton_row_int (waiting->review, BATON_REVIEW_NEEDED));
  baton_json_time (&ctl->writer, "requested", baton_row_int (waiting->review, BATON_REVIEW_CREATED));
  baton_json_time (&ctl->writer, "ends", baton_row_int (waiting->review, BATON_REVIEW_ENDS));
  baton_json_bool (&ctl->writer, "late",
      baton_row_int (waiting->review, BATON_REVIEW_ENDS) != 0 &&
          baton_row_int (waiting->review, BATON_REVIEW_ENDS) < g_get_real_time ());
  baton_json_string (&ctl->writer, "note", baton_row_text (waiting->review, BATON_REVIEW_NOTE));
  baton_json_end_object (&ctl->writer);
}

static gboolean
run_queue (Ctl *ctl, char **args, GError **error)
{
  g_autofree char *person = speaker (ctl, error);
  g_autoptr (GPtrArray) queue = person != NULL ? baton_review_queue (ctl->reader, person, error) : NULL;
  CtlTable *table;

  if (queue == NULL)
    return FALSE;
  table = ctl_table_new (
      _ ("Card"), _ ("Asset"), _ ("Version"), _ ("Asked by"), _ ("Until"), _ ("Urgency"), NULL);
  if (ctl->json)
    baton_json_begin_array (&ctl->writer, NULL);
  for (guint i = 0; i < queue->len; i++)
    {
      const BatonWaiting *waiting = g_ptr_array_index (queue, i);
      g_autofree char *ends = ctl_local_time (baton_row_int (waiting->review, BATON_REVIEW_ENDS));
      g_autofree char *number =
          g_strdup_printf ("v%d", (int) baton_row_int (waiting->version, BATON_VERSION_NUMBER));

      ctl_table_add (table, ctl_row_name (waiting->card), ctl_row_name (waiting->asset), number,
          ctl_name (ctl, BATON_ENTITY_PERSON, baton_row_text (waiting->review, BATON_REVIEW_REQUESTER)), ends,
          baton_words_urgency (baton_row_text (waiting->card, BATON_CARD_URGENCY)), NULL);
      if (ctl->json)
        queue_json (ctl, waiting);
    }
  if (ctl->json)
    baton_json_end_array (&ctl->writer);
  ctl_table_print (table, ctl);
  return TRUE;
}

const CtlCommand ctl_review_commands[] = {
  { "review request", N_ ("CARD [REVIEWER…]"), N_ ("Ask people to review a version"), 1, -1,
      CTL_NEEDS_WRITING, request_options, run_request, 0 },
  { "review answer", N_ ("CARD CRITERION STATE"),
      N_ ("Answer a line of the review list: complete, not-applicable or failed"), 3, 3, CTL_NEEDS_WRITING,
      decide_options, run_answer, 0 },
  { "review decide", N_ ("CARD DECISION"),
      N_ ("Decide: approved, approved-with-changes or changes-requested"), 2, 2, CTL_NEEDS_WRITING,
      decide_options, run_decide, 0 },
  { "review excuse", N_ ("CARD"), N_ ("Say that you cannot make the window"), 1, 1, CTL_NEEDS_WRITING,
      excuse_options, run_excuse, 0 },
  { "review grant", N_ ("CARD"), N_ ("Give a reviewer the time that they asked for, or decline"), 1, 1,
      CTL_NEEDS_WRITING, grant_options, run_grant, 0 },
  { "review withdraw", N_ ("CARD"), N_ ("Take a request for review back"), 1, 1, CTL_NEEDS_WRITING,
      withdraw_options, run_withdraw, 0 },
  { "review queue", "", N_ ("Show what waits for your review, most urgent first"), 0, 0, CTL_NEEDS_READING,
      queue_options, run_queue, 0 },
  { NULL },
};
