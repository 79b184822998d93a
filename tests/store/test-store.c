/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* The writer: batches, cancelling, drafts, hostile texts, history. */

#include "test-board.h"
#include "test-snapshot.h"

#include <string.h>

typedef struct
{
  BatonTestStore *test;
  BatonTestBoard *board;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->test = baton_test_store_new ();
  f->board = baton_test_board_fill (f->test);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  baton_test_store_check (f->test);
  baton_test_board_free (f->board);
  baton_test_store_free (f->test);
}

static BatonOp *
title (Fixture *f, guint card, const char *text)
{
  return baton_test_op_text (BATON_VERB_CARD_SET, f->board->cards[card], BATON_CARD_TITLE, text);
}

static GPtrArray *
many_ops (Fixture *f, guint n)
{
  GPtrArray *ops = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_op_free);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = g_strdup_printf ("Title %u", i);

      g_ptr_array_add (ops, title (f, i % BATON_TEST_N_CARDS, text));
      ((BatonOp *) g_ptr_array_index (ops, i))->at = f->test->now + i;
    }
  return ops;
}

static void
test_all_or_nothing (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) ops = many_ops (f, 20);
  g_autofree char *before = baton_test_snapshot_text (baton_test_reader (f->test));
  g_autofree char *after = NULL;
  gint64 seq = baton_reader_last_seq (baton_test_reader (f->test));
  g_autoptr (GError) error = NULL;
  guint failed = 0;

  g_ptr_array_insert (ops, 13, title (f, 0, " "));
  ((BatonOp *) g_ptr_array_index (ops, 13))->at = f->test->now;
  g_assert_false (baton_store_perform (f->test->store, ops, NULL, NULL, NULL, &failed, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_INVALID);
  g_assert_cmpuint (failed, ==, 13);
  after = baton_test_snapshot_text (baton_test_reader (f->test));
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpint (baton_reader_last_seq (baton_test_reader (f->test)), ==, seq);

  /* The numbers of the refused ones are used again: a device's numbers have no gap. */
  g_clear_error (&error);
  g_ptr_array_remove_index (ops, 13);
  g_assert_true (baton_store_perform (f->test->store, ops, NULL, NULL, NULL, &failed, &error));
  g_assert_cmpint (baton_reader_last_seq (baton_test_reader (f->test)), ==, seq + 20);
}

typedef struct
{
  guint calls;
  guint cancel_at;
} Progress;

static gboolean
progress_cb (guint done, guint total, gpointer data)
{
  Progress *progress = data;

  g_assert_cmpuint (done, <=, total);
  return ++progress->calls != progress->cancel_at;
}

static void
test_cancel (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) ops = many_ops (f, 1000);
  g_autofree char *before = baton_test_snapshot_text (baton_test_reader (f->test));
  g_autofree char *after = NULL;
  gint64 seq = baton_reader_last_seq (baton_test_reader (f->test));
  Progress progress = { 0, 4 };
  g_autoptr (GError) error = NULL;

  g_assert_false (baton_store_perform (f->test->store, ops, progress_cb, &progress, NULL, NULL, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_CANCELLED);
  g_assert_cmpstr (error->message, ==, "Cancelled. Nothing was changed.");
  after = baton_test_snapshot_text (baton_test_reader (f->test));
  g_assert_cmpstr (after, ==, before);
  g_assert_cmpint (baton_reader_last_seq (baton_test_reader (f->test)), ==, seq);
  g_clear_error (&error);
  progress = (Progress){ 0, 0 };
  g_assert_true (baton_store_perform (f->test->store, ops, progress_cb, &progress, NULL, NULL, &error));
  g_assert_cmpuint (progress.calls, ==, 5);
}

static void
test_effects (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) ops = many_ops (f, 3);
  g_autoptr (GPtrArray) effects = NULL;
  const BatonOp *last;

  g_assert_true (baton_store_perform (f->test->store, ops, NULL, NULL, &effects, NULL, NULL));
  g_assert_cmpuint (effects->len, ==, 3);
  for (guint i = 0; i < effects->len; i++)
    {
      const BatonEffect *effect = g_ptr_array_index (effects, i);

      g_assert_cmpstr (effect->board, ==, f->board->board);
      g_assert_cmpstr (g_ptr_array_index (effect->cards, 0), ==, f->board->cards[i]);
    }
  last = g_ptr_array_index (ops, 2);
  g_assert_cmpstr (last->device, ==, baton_store_device (f->test->store));
  g_assert_cmpint (last->number, ==, baton_reader_last_seq (baton_test_reader (f->test)));
  g_assert_cmpint (last->base, ==, last->number - 1);
}

static void
test_nothing (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) ops = g_ptr_array_new ();
  gint64 seq = baton_reader_last_seq (baton_test_reader (f->test));

  g_assert_true (baton_store_perform (f->test->store, ops, NULL, NULL, NULL, NULL, NULL));
  g_assert_cmpint (baton_reader_last_seq (baton_test_reader (f->test)), ==, seq);
}

static void
test_drafts (Fixture *f, gconstpointer data)
{
  const char *texts[] = { "Half a sen", "Half a sentence", "", "日本語 “quoted” \n\n" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *draft = NULL;

      g_assert_true (baton_store_set_draft (f->test->store, "comment:1", texts[i], 5, NULL));
      baton_test_store_reopen (f->test);
      draft = baton_reader_draft (baton_test_reader (f->test), "comment:1");
      g_assert_cmpstr (draft, ==, texts[i]);
    }
  g_assert_true (baton_store_rebuild (f->test->store, NULL)); /* drafts are truth */
  g_assert_true (baton_store_set_draft (f->test->store, "comment:2", "Other", 6, NULL));
  g_assert_true (baton_store_set_draft (f->test->store, "comment:1", NULL, 7, NULL));
  g_assert_null (baton_reader_draft (baton_test_reader (f->test), "comment:1"));
  {
    g_autofree char *other = baton_reader_draft (baton_test_reader (f->test), "comment:2");

    g_assert_cmpstr (other, ==, "Other");
  }
}

static void
assert_title (Fixture *f, guint card, const char *text)
{
  g_autoptr (BatonRow) row =
      baton_reader_row (baton_test_reader (f->test), BATON_ENTITY_CARD, f->board->cards[card]);

  g_assert_cmpstr (baton_row_text (row, BATON_CARD_TITLE), ==, text);
}

static void
test_hostile_texts (Fixture *f, gconstpointer data)
{
  g_autofree char *long_title = g_strnfill (100000, 'W');
  g_autoptr (GString) emoji = g_string_new (NULL);
  const char *text;

  for (guint i = 0; (text = baton_test_nasty_text (i)) != NULL; i++)
    {
      baton_test_perform (f->test, title (f, 0, text));
      assert_title (f, 0, text);
    }
  baton_test_perform (f->test, title (f, 1, long_title));
  assert_title (f, 1, long_title);
  for (guint i = 0; i < 100000; i++)
    g_string_append (emoji, i % 3 == 0 ? "🎨" : i % 3 == 1 ? "字" : "é");
  baton_test_perform (f->test, title (f, 2, emoji->str));
  baton_test_store_reopen (f->test);
  assert_title (f, 1, long_title);
  assert_title (f, 2, emoji->str);
  g_assert_true (baton_store_rebuild (f->test->store, NULL));
  assert_title (f, 2, emoji->str);
}

/* One id may name a person and a card; they are not mistaken for each other, whatever is in memory. */
static void
test_same_id (Fixture *f, gconstpointer data)
{
  BatonOp *op = baton_op_new (BATON_VERB_PERSON_ADD);
  g_autoptr (BatonRow) person = NULL;

  baton_row_set_text (
      baton_op_add_row (op, BATON_ENTITY_PERSON, f->board->cards[0]), BATON_PERSON_NAME, "Twin");
  baton_test_perform (f->test, op);
  baton_test_perform (f->test, title (f, 0, "Card and person"));
  baton_test_perform (
      f->test, baton_test_op_text (BATON_VERB_PERSON_SET, f->board->cards[0], BATON_PERSON_NAME, "Twins"));
  baton_test_refused (f->test, baton_test_op_card (f->board->cards[0], f->board->stages[0], "Again"),
      BATON_ERROR_EXISTS, NULL);
  person = baton_reader_row (baton_test_reader (f->test), BATON_ENTITY_PERSON, f->board->cards[0]);
  g_assert_cmpstr (baton_row_text (person, BATON_PERSON_NAME), ==, "Twins");
  assert_title (f, 0, "Card and person");
}

static guint
count_history (Fixture *f, BatonHistoryQuery query)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = baton_reader_history (baton_test_reader (f->test), &query, &error);

  g_assert_no_error (error);
  for (guint i = 1; i < entries->len; i++)
    {
      const BatonEntry *a = g_ptr_array_index (entries, i - 1);
      const BatonEntry *b = g_ptr_array_index (entries, i);

      g_assert_true (query.newest_first ? a->seq > b->seq : a->seq < b->seq);
    }
  return entries->len;
}

static void
test_history (Fixture *f, gconstpointer data)
{
  gint64 seq = baton_reader_last_seq (baton_test_reader (f->test));
  char **cards = f->board->cards;
  g_autofree char *comment = baton_test_board_id (f->board);
  BatonOp *op = baton_test_op_ids (BATON_VERB_CARD_MOVE, cards[2], cards[3], NULL);
  BatonHistoryQuery query = { .card = cards[2], .after = seq };
  g_autoptr (GPtrArray) entries = NULL;
  const BatonEntry *entry;
  const BatonChange *change;

  op->person = g_strdup (f->board->people[1]);
  baton_op_set_to (op, f->board->stages[BATON_TEST_QUEUE]);
  baton_test_perform (f->test, op);
  baton_test_perform (f->test, title (f, 2, "New"));
  baton_test_perform (f->test, baton_test_op_comment (comment, cards[2], "Why?"));
  baton_test_perform (f->test, title (f, 4, "Unconcerned"));
  g_assert_true (baton_test_undo (f->test, FALSE, NULL));

  g_assert_cmpuint (count_history (f, (BatonHistoryQuery){ .after = seq }), ==, 5);
  g_assert_cmpuint (count_history (f, (BatonHistoryQuery){ .after = seq, .newest_first = TRUE }), ==, 5);
  g_assert_cmpuint (
      count_history (f, (BatonHistoryQuery){ .after = seq, .limit = 2, .newest_first = TRUE }), ==, 2);
  g_assert_cmpuint (count_history (f, (BatonHistoryQuery){ .after = seq + 1, .before = seq + 4 }), ==, 2);
  g_assert_cmpuint (count_history (f, (BatonHistoryQuery){ .card = cards[2], .after = seq }), ==, 3);
  g_assert_cmpuint (count_history (f, (BatonHistoryQuery){ .card = cards[3], .after = seq }), ==, 1);
  g_assert_cmpuint (count_history (f, (BatonHistoryQuery){ .card = cards[4], .after = seq }), ==, 2);
  g_assert_cmpuint (count_history (f, (BatonHistoryQuery){ .verb = "card.move" }), ==, 1);
  g_assert_cmpuint (count_history (f, (BatonHistoryQuery){ .person = f->board->people[1] }), ==, 1);
  g_assert_cmpuint (count_history (f, (BatonHistoryQuery){ .board = f->board->board, .after = seq }), ==, 5);
  g_assert_cmpuint (count_history (f, (BatonHistoryQuery){ .board = cards[0] }), ==, 0);
  g_assert_cmpuint (count_history (f, (BatonHistoryQuery){ .verb = "x' OR '1'='1" }), ==, 0);

  entries = baton_reader_history (baton_test_reader (f->test), &query, NULL);
  entry = g_ptr_array_index (entries, 0);
  g_assert_cmpint (entry->op->verb, ==, BATON_VERB_CARD_MOVE);
  change = baton_effect_find (entry->effect, cards[2], BATON_CARD_STAGE);
  g_assert_cmpstr (change->before.text, ==, f->board->stages[BATON_TEST_BACKLOG]);
  g_assert_cmpstr (change->after.text, ==, f->board->stages[BATON_TEST_QUEUE]);
  g_assert_false (entry->undone);
  query.card = cards[4];
  g_clear_pointer (&entries, g_ptr_array_unref);
  entries = baton_reader_history (baton_test_reader (f->test), &query, NULL);
  g_assert_true (((BatonEntry *) g_ptr_array_index (entries, 0))->undone);
}

/* A verb of a newer Baton is kept in the log and changes nothing here. */
static void
test_unknown_verb (Fixture *f, gconstpointer data)
{
  BatonOp *op = baton_op_new (BATON_VERB_UNKNOWN);
  g_autofree char *before = baton_test_snapshot_text (baton_test_reader (f->test));
  g_autofree char *after = NULL;

  op->unknown_verb = g_strdup ("card.teleport");
  op->unknown_text = g_strdup ("{\"ids\":[],\"warp\":9}");
  baton_test_perform (f->test, op);
  after = baton_test_snapshot_text (baton_test_reader (f->test));
  g_assert_cmpstr (after, ==, before);
}

/* Targets mean something to an undo alone. */
static void
test_stray_targets (Fixture *f, gconstpointer data)
{
  BatonOp *op = title (f, 0, "Stray");

  g_ptr_array_add (op->targets, g_strdup_printf ("%s:1", baton_store_device (f->test->store)));
  g_ptr_array_add (op->targets, g_strdup ("no colon"));
  baton_test_perform (f->test, op);
  g_assert_true (baton_test_undo (f->test, FALSE, NULL));
  assert_title (f, 0, "Card 1");
}

/* Other threads read through connections of their own while the writer writes. */
static void
test_readers (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  BatonReader *reader = baton_reader_open (baton_store_database (f->test->store), &error);
  g_autoptr (BatonRow) row = NULL;
  g_autoptr (BatonRow) by_source = NULL;

  g_assert_no_error (error);
  baton_test_perform (f->test, title (f, 0, "Seen at once"));
  row = baton_reader_row (reader, BATON_ENTITY_CARD, f->board->cards[0]);
  g_assert_cmpstr (baton_row_text (row, BATON_CARD_TITLE), ==, "Seen at once");
  g_assert_cmpint (baton_reader_count_cards (reader, f->board->board), ==, BATON_TEST_N_CARDS);
  baton_test_perform (f->test, baton_test_op_ids (BATON_VERB_CARD_BIN, f->board->cards[7], NULL));
  baton_test_perform (f->test, baton_test_op_ids (BATON_VERB_CARD_ARCHIVE, f->board->cards[6], NULL));
  g_assert_cmpint (baton_reader_count_cards (reader, f->board->board), ==, BATON_TEST_N_CARDS - 2);
  baton_test_perform (
      f->test, baton_test_op_text (BATON_VERB_CARD_SET, f->board->cards[1], BATON_CARD_SOURCE, "trello:abc"));
  by_source = baton_reader_by_source (reader, BATON_ENTITY_CARD, "trello:abc");
  g_assert_cmpstr (by_source->id, ==, f->board->cards[1]);
  g_assert_null (baton_reader_by_source (reader, BATON_ENTITY_CARD, "trello:xyz"));
  baton_reader_close (reader);
}

static BatonOp *
naming (Fixture *f, const char *template)
{
  return baton_test_op_text (BATON_VERB_BOARD_SET, f->board->board, BATON_BOARD_NAMING, template);
}

static char *
stored_naming (Fixture *f)
{
  g_autoptr (BatonRow) row =
      baton_reader_row (baton_test_reader (f->test), BATON_ENTITY_BOARD, f->board->board);

  return g_strdup (baton_row_text (row, BATON_BOARD_NAMING));
}

/* No way stores a template that cannot be used, neither alone nor with a new board. */
static void
test_naming_refused (Fixture *f, gconstpointer data)
{
  static const char *const bad[] = { "{nothing}", "{asset", "{card}{asset}", "no part", "a/{asset}" };
  g_autofree char *stored = NULL;
  BatonOp *add = baton_op_new (BATON_VERB_BOARD_ADD);
  BatonRow *row = baton_op_add_row (add, BATON_ENTITY_BOARD, "0190a000-0000-7000-8000-00000000b0a2");

  baton_test_perform (f->test, naming (f, "{asset}_v{version}"));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    baton_test_refused (f->test, naming (f, bad[i]), BATON_ERROR_INVALID, NULL);
  baton_row_set_text (row, BATON_BOARD_NAME, "Second");
  baton_row_set_text (row, BATON_BOARD_NAMING, "{card}{asset}");
  baton_test_refused (f->test, add, BATON_ERROR_INVALID,
      "“{asset}” needs a sign before it, such as “_”, so that names can be read.");
  stored = stored_naming (f);
  g_assert_cmpstr (stored, ==, "{asset}_v{version}");
  baton_test_perform (f->test, naming (f, NULL));
}

/* What an older Baton let through is history: it is read, brought in and worked out again. */
static void
test_naming_of_old (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) ops = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_op_free);
  g_autoptr (GError) error = NULL;
  g_autofree char *stored = NULL;
  g_autofree char *again = NULL;

  g_ptr_array_add (ops, naming (f, "{card}{asset}"));
  ((BatonOp *) g_ptr_array_index (ops, 0))->at = f->test->now;
  ((BatonOp *) g_ptr_array_index (ops, 0))->device = g_strdup ("0190a000-0000-7000-8000-00000000abcd");
  ((BatonOp *) g_ptr_array_index (ops, 0))->number = 1;
  g_assert_true (baton_store_replay (f->test->store, ops, NULL, NULL, &error));
  g_assert_no_error (error);
  stored = stored_naming (f);
  g_assert_cmpstr (stored, ==, "{card}{asset}");
  g_assert_true (baton_store_rebuild (f->test->store, &error));
  g_assert_no_error (error);
  again = stored_naming (f);
  g_assert_cmpstr (again, ==, "{card}{asset}");
  baton_test_perform (
      f->test, baton_test_op_text (BATON_VERB_BOARD_SET, f->board->board, BATON_BOARD_NAME, "Renamed"));
  baton_test_refused (f->test, naming (f, "{card}{card}"), BATON_ERROR_INVALID, NULL);
}

int
main (int argc, char **argv)
{
  baton_test_init (&argc, &argv);
#define ADD(name, function) g_test_add ("/store/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("all-or-nothing", test_all_or_nothing);
  ADD ("cancel", test_cancel);
  ADD ("effects", test_effects);
  ADD ("nothing", test_nothing);
  ADD ("drafts", test_drafts);
  ADD ("hostile-texts", test_hostile_texts);
  ADD ("same-id", test_same_id);
  ADD ("history", test_history);
  ADD ("unknown-verb", test_unknown_verb);
  ADD ("stray-targets", test_stray_targets);
  ADD ("readers", test_readers);
  ADD ("naming-refused", test_naming_refused);
  ADD ("naming-of-old", test_naming_of_old);
#undef ADD
  return g_test_run ();
}
