/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "sample-private.h"

#include "probe.h"

#include <glib/gi18n-lib.h>

/* What the cards on the board have gone through, told as files: a version each time a card was handed to
 * review, a request when it was taken up, a decision when it left. The moves are there already; what belongs
 * to them happens seconds before or after. */

#define MOST_CARDS 40
#define SECOND G_USEC_PER_SEC

static const char *const checks[] = { N_ ("Brand colours correct"), N_ ("Copy is proofread"),
  N_ ("Logo has its clear space") };

/* By turns about the headline, where a point is, and about the sun, which a rectangle holds. */
static const char *const pinned[] = { N_ ("This is hard to read on a phone."), N_ ("More room here, please."),
  N_ ("Is this the current wording?"), N_ ("The sun draws the eye away from the message.") };

static const char *const notes[] = { N_ ("First version for review"), N_ ("With the changes from the review"),
  N_ ("Smaller corrections") };

typedef struct
{
  Sample *sample;
  BatonBlobs *blobs;
  SampleCard *card;
  GPtrArray *checks; /* ids, of the card's asset type */
  char *asset;
  char *version; /* the latest */
  guint number;
  char *review; /* the open one */
  gint64 now;   /* of the move that is being told */
} Story;

static BatonOp *
tell (Story *story, BatonVerb verb, guint person, gint64 offset)
{
  BatonOp *op = sample_op (story->sample, verb, person, story->sample->end);

  op->at = story->now + offset;
  return op;
}

static void
add_asset_rows (Story *story, BatonOp *op)
{
  BatonRow *row;

  story->asset = sample_id (story->sample);
  row = baton_op_add_row (op, BATON_ENTITY_ASSET, story->asset);
  baton_row_set_text (row, BATON_ASSET_CARD, story->card->id);
  baton_row_set_text (row, BATON_ASSET_NAME, _ (story->card->what->name));
}

static void
add_version (Story *story)
{
  const char *extension;
  const char *media;
  g_autoptr (GBytes) bytes = sample_file (story->card, story->number + 1, &extension, &media);
  g_autofree char *hash = baton_blobs_add_bytes (story->blobs, bytes, NULL);
  g_autofree char *file = NULL;
  g_autofree char *parent = g_steal_pointer (&story->version);
  BatonProbe probe;
  BatonOp *op;
  BatonRow *row;

  if (hash == NULL)
    {
      story->version = g_steal_pointer (&parent);
      return;
    }
  story->number++;
  file = g_strdup_printf ("%s v%u%s", _ (story->card->what->name), story->number, extension);
  story->version = sample_id (story->sample);
  op = tell (story, story->asset == NULL ? BATON_VERB_ASSET_ADD : BATON_VERB_VERSION_ADD,
      story->card->what->maker, -20 * SECOND);
  if (story->asset == NULL)
    add_asset_rows (story, op);
  row = baton_op_add_row (op, BATON_ENTITY_VERSION, story->version);
  baton_row_set_text (row, BATON_VERSION_ASSET, story->asset);
  baton_row_set_text (row, BATON_VERSION_PARENT, parent);
  baton_row_set_text (row, BATON_VERSION_FILE, file);
  baton_row_set_text (row, BATON_VERSION_BLOB, hash);
  baton_row_set_int (row, BATON_VERSION_SIZE, (gint64) g_bytes_get_size (bytes));
  baton_row_set_text (row, BATON_VERSION_MEDIA, media);
  baton_probe_version (story->blobs, row, &probe);
  baton_probe_describe (&probe, row);
  baton_row_set_text (row, BATON_VERSION_NOTE, _ (notes[MIN (story->number, G_N_ELEMENTS (notes)) - 1]));
}

static void
add_reviewer (Story *story, BatonRow *row, guint person)
{
  baton_row_take (row, BATON_REVIEW_REVIEWERS,
      baton_set_add (baton_row_text (row, BATON_REVIEW_REVIEWERS), story->sample->people[person]));
}

/* Anybody of those who have an eye for it may decide, but for its maker; a legal check is Henrik's too. */
static void
request_review (Story *story)
{
  static const guint eyes[] = { PRIYA, JONAS, AIKO, CLAIRE };
  BatonOp *op;
  BatonRow *row;

  if (story->version == NULL)
    return;
  op = tell (story, BATON_VERB_REVIEW_REQUEST, story->card->what->maker, 10 * SECOND);
  story->review = sample_id (story->sample);
  row = baton_op_add_row (op, BATON_ENTITY_REVIEW, story->review);
  baton_row_set_text (row, BATON_REVIEW_VERSION, story->version);
  for (guint i = 0; i < G_N_ELEMENTS (eyes); i++)
    {
      if (eyes[i] != story->card->what->maker)
        add_reviewer (story, row, eyes[i]);
    }
  baton_row_set_int (row, BATON_REVIEW_NEEDED, 1);
  baton_row_set_int (row, BATON_REVIEW_ENDS, story->now + G_TIME_SPAN_DAY);
}

static void
pin_comment (Story *story, guint which, gint64 offset)
{
  static const char *const places[] = { "0.3,0.72", "0.55,0.12 0.9,0.5" };
  BatonOp *op = tell (story, BATON_VERB_COMMENT_ADD, PRIYA, offset);
  g_autofree char *id = sample_id (story->sample);
  BatonRow *row = baton_op_add_row (op, BATON_ENTITY_COMMENT, id);

  baton_row_set_text (row, BATON_COMMENT_CARD, story->card->id);
  baton_row_set_text (row, BATON_COMMENT_VERSION, story->version);
  baton_row_set_text (row, BATON_COMMENT_TEXT, _ (pinned[which % G_N_ELEMENTS (pinned)]));
  if (story->card->what->maker == TOM)
    {
      baton_row_set_text (row, BATON_COMMENT_SHAPE, "text");
      baton_row_set_text (row, BATON_COMMENT_PLACE, "2-14");
      return;
    }
  baton_row_set_text (row, BATON_COMMENT_SHAPE, which % 2 == 0 ? "point" : "rectangle");
  baton_row_set_text (row, BATON_COMMENT_PLACE, places[which % 2]);
  baton_row_set_int (row, BATON_COMMENT_PAGE, 1);
}

static void
answer_checks (Story *story, gboolean approved)
{
  for (guint i = 0; i < story->checks->len; i++)
    {
      BatonOp *op = tell (story, BATON_VERB_REVIEW_ANSWER, PRIYA, -15 * SECOND);
      g_autofree char *id = sample_id (story->sample);
      BatonRow *row = baton_op_add_row (op, BATON_ENTITY_ANSWER, id);
      gboolean failed = !approved && i == 0;

      baton_row_set_text (row, BATON_ANSWER_REVIEW, story->review);
      baton_row_set_text (row, BATON_ANSWER_CHECK, g_ptr_array_index (story->checks, i));
      baton_row_set_text (row, BATON_ANSWER_STATE, failed ? "failed" : "complete");
      if (failed)
        baton_row_set_text (row, BATON_ANSWER_NOTE, _ ("The red is last year’s."));
    }
}

static void
decide (Story *story, const char *decision)
{
  gboolean approved = !g_str_equal (decision, "changes_requested");
  g_autofree char *review = NULL;
  g_autofree char *id = sample_id (story->sample);
  BatonOp *op;
  BatonRow *row;

  if (story->review == NULL)
    return;
  if (!approved)
    {
      pin_comment (story, story->number, -40 * SECOND);
      pin_comment (story, story->number + 1, -30 * SECOND);
    }
  answer_checks (story, approved);
  review = g_steal_pointer (&story->review);
  op = tell (story, BATON_VERB_REVIEW_DECIDE, PRIYA, -10 * SECOND);
  row = baton_op_add_row (op, BATON_ENTITY_DECISION, id);
  baton_row_set_text (row, BATON_DECISION_REVIEW, review);
  baton_row_set_text (row, BATON_DECISION_DECISION, decision);
  if (!approved)
    baton_row_set_text (row, BATON_DECISION_NOTE, _ ("Nearly there; see the marks."));
}

static guint
stage_of (const Sample *sample, const char *id)
{
  guint stage = 0;

  while (stage + 1 < N_STAGES && g_strcmp0 (sample->stages[stage], id) != 0)
    stage++;
  return stage;
}

static void
tell_move (Story *story, const BatonOp *move)
{
  guint to = stage_of (story->sample, move->to);
  guint from = stage_of (story->sample, g_ptr_array_index (move->from, 0));

  story->now = move->at;
  if (to == READY_FOR_REVIEW)
    add_version (story);
  else if (to == IN_REVIEW)
    request_review (story);
  else if (from == IN_REVIEW)
    decide (story, to == IN_DESIGN                                 ? "changes_requested"
                   : g_str_hash (story->card->what->name) % 3 == 0 ? "approved_with_changes"
                                                                   : "approved");
}

static void
tell_card (Story *story, GPtrArray *moves)
{
  for (guint i = 0; i < moves->len; i++)
    {
      const BatonOp *move = g_ptr_array_index (moves, i);

      if (move->from->len == 1 && g_strcmp0 (g_ptr_array_index (move->ids, 0), story->card->id) == 0)
        tell_move (story, move);
    }
  g_clear_pointer (&story->asset, g_free);
  g_clear_pointer (&story->version, g_free);
  g_clear_pointer (&story->review, g_free);
  story->number = 0;
}

/* The lines of the lists, for every asset type that a card has. */
static GHashTable *
add_checks (Sample *sample)
{
  GHashTable *by_type =
      g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < sample->asset_types->len; i++)
    {
      GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

      for (guint j = 0; j < G_N_ELEMENTS (checks); j++)
        {
          BatonOp *op = sample_op (sample, BATON_VERB_REVIEW_CHECK_ADD, MARA, 25 + i);
          char *id = sample_id (sample);
          BatonRow *row = baton_op_add_row (op, BATON_ENTITY_REVIEW_CHECK, id);

          baton_row_set_text (row, BATON_REVIEW_CHECK_ASSET_TYPE, g_ptr_array_index (sample->asset_types, i));
          baton_row_set_text (row, BATON_REVIEW_CHECK_TEXT, _ (checks[j]));
          g_ptr_array_add (ids, id);
        }
      g_hash_table_insert (by_type, GUINT_TO_POINTER (i), ids);
    }
  return by_type;
}

/* From now on cards go their way by themselves; what is told above moved them by hand. */
static void
set_board (Sample *sample)
{
  BatonOp *op = sample_op (sample, BATON_VERB_BOARD_SET, MARA, sample->end);

  op->at = sample->now;
  baton_op_add_id (op, sample->board);
  baton_op_set_text (op, BATON_BOARD_NAMING, "{campaign}_{channel}_{asset}_v{version}_{date}_{status}");
  baton_op_set_text (op, BATON_BOARD_WORKING_HOURS, "1-5 09:00-18:00");
  baton_op_set_int (op, BATON_BOARD_REVIEW_HOURS, 9);
  baton_op_set_text (op, BATON_BOARD_ON_VERSION, sample->stages[READY_FOR_REVIEW]);
  baton_op_set_text (op, BATON_BOARD_ON_APPROVED, sample->stages[READY_TO_PUBLISH]);
  baton_op_set_text (op, BATON_BOARD_ON_CHANGES, sample->stages[IN_DESIGN]);
}

static GPtrArray *
card_moves (Sample *sample)
{
  GPtrArray *moves = g_ptr_array_new ();

  for (guint i = 0; i < sample->ops->len; i++)
    {
      BatonOp *op = g_ptr_array_index (sample->ops, i);

      if (op->verb == BATON_VERB_CARD_MOVE && op->at <= sample->now)
        g_ptr_array_add (moves, op);
    }
  return moves;
}

void
sample_assets (Sample *sample, BatonBlobs *blobs)
{
  g_autoptr (GPtrArray) moves = card_moves (sample);
  g_autoptr (GHashTable) lists = add_checks (sample);
  Story story = { .sample = sample, .blobs = blobs };
  guint told = 0;

  /* The youngest first: they are on the board. */
  for (guint i = sample->cards->len; i > 0 && told < MOST_CARDS; i--)
    {
      story.card = g_ptr_array_index (sample->cards, i - 1);
      if (story.card->archived || story.card->stage < READY_FOR_REVIEW)
        continue;
      story.checks = g_hash_table_lookup (lists, GUINT_TO_POINTER (story.card->what->asset_type));
      if (story.checks == NULL)
        continue;
      tell_card (&story, moves);
      told++;
    }
  set_board (sample);
}
