/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-sample"

#include "sample.h"
#include "templates.h"
#include "codec.h"
#include "timestamp.h"
#include "test-folder.h"

#include <string.h>

/* The sample is what most people see first: it must be there for any day it is made on, true to its own
 * story, and nothing in it may be in the future. */

typedef struct
{
  char *folder;
  BatonWorkspace *workspace;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("baton-sample-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->workspace = baton_workspace_open (fixture->folder, BATON_STORE_CREATE, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  baton_workspace_close (fixture->workspace);
  g_object_unref (fixture->workspace);
  baton_test_folder_remove (fixture->folder);
  g_free (fixture->folder);
}

static gint64
time_of (const char *text)
{
  gint64 at;

  g_assert_true (baton_timestamp_parse (text, &at));
  return at;
}

static GPtrArray *
rows_of (BatonWorkspace *workspace, BatonEntity entity, BatonField field, const char *id)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *rows = baton_reader_rows (baton_workspace_reader (workspace), entity, field, id, FALSE, &error);

  g_assert_no_error (error);
  return rows;
}

static const char *
board_called (BatonWorkspace *workspace, const char *name)
{
  BatonColumn *boards = baton_workspace_list (workspace, BATON_ENTITY_BOARD, NULL);

  for (guint i = 0; i < baton_column_size (boards); i++)
    {
      BatonItem *board = baton_column_peek (boards, i);

      if (g_strcmp0 (baton_item_text (board, BATON_BOARD_NAME), name) == 0)
        return baton_item_id (board);
    }
  g_assert_not_reached ();
}

typedef struct
{
  guint live, archived, binned, templates, finished;
  guint blocked, fast, overdue, depending, commented, with_checklist;
  guint in_stage[8];
} Counts;

static void
count_cards (BatonWorkspace *workspace, const char *board, gint64 now, Counts *counts)
{
  BatonColumn *stages = baton_workspace_list (workspace, BATON_ENTITY_STAGE, board);
  const char *done = baton_item_id (baton_column_peek (stages, baton_column_size (stages) - 1));
  g_autoptr (GPtrArray) cards = rows_of (workspace, BATON_ENTITY_CARD, BATON_CARD_BOARD, board);

  *counts = (Counts){ 0 };
  for (guint i = 0; i < cards->len; i++)
    {
      const BatonRow *card = g_ptr_array_index (cards, i);
      gboolean published = g_strcmp0 (baton_row_text (card, BATON_CARD_STAGE), done) == 0;

      counts->finished += published;
      counts->depending += baton_row_text (card, BATON_CARD_BLOCKERS) != NULL;
      if (baton_row_int (card, BATON_CARD_REMOVED) != 0)
        counts->binned++;
      else if (baton_row_int (card, BATON_CARD_TEMPLATE) != 0)
        counts->templates++;
      else if (baton_row_int (card, BATON_CARD_ARCHIVED) != 0)
        counts->archived++;
      else
        {
          gint64 due = baton_row_int (card, BATON_CARD_DUE);

          counts->live++;
          counts->blocked += baton_row_text (card, BATON_CARD_BLOCKED_REASON) != NULL;
          counts->fast += !published && g_strcmp0 (baton_row_text (card, BATON_CARD_URGENCY), "fast") == 0;
          counts->overdue += !published && due != 0 && due < now;
          counts->commented += baton_row_int (card, BATON_CARD_COMMENTS) > 0;
          counts->with_checklist += baton_row_int (card, BATON_CARD_ITEMS) > 0;
          for (guint j = 0; j < baton_column_size (stages); j++)
            counts->in_stage[j] += g_strcmp0 (baton_row_text (card, BATON_CARD_STAGE),
                                       baton_item_id (baton_column_peek (stages, j))) == 0;
        }
    }
}

static const char *const moments[] = { "2026-03-02T09:05:00Z", "2026-03-04T12:30:00Z", "2026-05-08T18:40:00Z",
  "2026-08-16T23:59:59Z", "2026-12-31T15:00:00Z", "2027-01-01T00:00:00Z", "2028-02-29T03:00:00Z",
  "2026-10-26T10:00:00Z", "2026-11-24T16:00:00Z", "2026-11-26T10:30:00Z" };

static void
test_counts (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      gint64 now = time_of (moments[i]);
      Fixture fixture;
      Counts c;
      g_autoptr (GError) error = NULL;

      set_up (&fixture, NULL);
      baton_sample_make (fixture.workspace, now, NULL, NULL, &error);
      g_assert_no_error (error);
      count_cards (fixture.workspace, board_called (fixture.workspace, "Spring Launch"), now, &c);
      g_test_message (
          "%s: live %u (%u %u %u %u %u %u %u), archived %u, finished %u, blocked %u, fast %u, overdue %u, "
          "waiting for others %u, commented %u",
          moments[i], c.live, c.in_stage[0], c.in_stage[1], c.in_stage[2], c.in_stage[3], c.in_stage[4],
          c.in_stage[5], c.in_stage[6], c.archived, c.finished, c.blocked, c.fast, c.overdue, c.depending,
          c.commented);
      g_assert_cmpuint (c.live, >=, 48);
      g_assert_cmpuint (c.live, <=, 80);
      g_assert_cmpuint (c.finished, >=, 100);
      g_assert_cmpuint (c.finished, <=, 170);
      g_assert_cmpuint (c.archived, >=, 3);
      g_assert_cmpuint (c.binned, ==, 1);
      g_assert_cmpuint (c.templates, ==, 1);
      g_assert_cmpuint (c.blocked, >=, 2);
      g_assert_cmpuint (c.fast, >=, 1);
      g_assert_cmpuint (c.overdue, >=, 2);
      g_assert_cmpuint (c.overdue, <=, 25);
      g_assert_cmpuint (c.depending, >=, 5);
      g_assert_cmpuint (c.with_checklist, >=, c.live - 2);
      /* What is ready to publish may all have gone out this morning. */
      for (guint j = 0; j < 7; j++)
        g_assert_cmpuint (c.in_stage[j], >=, j == 5 ? 0 : 1);
      tear_down (&fixture, NULL);
    }
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  double difference = *(const double *) a - *(const double *) b;

  return (difference > 0) - (difference < 0);
}

/* The story that the history tells: waiting takes longer than working, review is the bottleneck, some things
 * come back. */
static void
test_story (Fixture *fixture, gconstpointer data)
{
  gint64 now = time_of ("2026-05-06T15:00:00Z");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GHashTable) entered = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GArray) waits = g_array_new (FALSE, FALSE, sizeof (double));
  BatonHistoryQuery query = { .verb = "card.move" };
  BatonColumn *stages;
  double spent[8] = { 0 };
  guint left[8] = { 0 };
  guint back = 0;

  baton_sample_make (fixture->workspace, now, NULL, NULL, &error);
  g_assert_no_error (error);
  query.board = board_called (fixture->workspace, "Spring Launch");
  stages = baton_workspace_list (fixture->workspace, BATON_ENTITY_STAGE, query.board);
  entries = baton_reader_history (baton_workspace_reader (fixture->workspace), &query, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < entries->len; i++)
    {
      const BatonEntry *entry = g_ptr_array_index (entries, i);
      const char *card = g_ptr_array_index (entry->op->ids, 0);
      gint64 *since = g_hash_table_lookup (entered, card);
      const char *from = g_ptr_array_index (entry->op->from, 0);
      g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (entry->op->at / G_USEC_PER_SEC);

      g_assert_cmpint (g_date_time_get_day_of_week (time), <=, 5);
      g_assert_cmpint (g_date_time_get_hour (time), >=, 9);
      g_assert_cmpint (g_date_time_get_hour (time), <, 18);
      for (guint j = 0; since != NULL && j < 7; j++)
        {
          if (g_strcmp0 (baton_item_id (baton_column_peek (stages, j)), from) != 0)
            continue;
          spent[j] += (double) (entry->op->at - *since) / 3600e6;
          left[j]++;
          back += j == 4 && g_strcmp0 (baton_item_id (baton_column_peek (stages, 2)), entry->op->to) == 0;
          if (j == 3)
            {
              double wait = (double) (entry->op->at - *since) / 3600e6;

              g_array_append_val (waits, wait);
            }
        }
      g_hash_table_replace (entered, g_strdup (card), g_memdup2 (&entry->op->at, sizeof (gint64)));
    }
  for (guint j = 1; j < 6; j++)
    g_test_message ("%s: %.1f hours a visit, %u visits",
        baton_item_text (baton_column_peek (stages, j), BATON_STAGE_NAME), spent[j] / left[j], left[j]);
  g_array_sort (waits, compare_numbers);
  g_test_message ("sent back %u times; wait for review: median %.1f, 85%% %.1f hours", back,
      g_array_index (waits, double, waits->len / 2), g_array_index (waits, double, waits->len * 85 / 100));
  /* Waiting for review takes longer than the review, and all waiting longer than all work. */
  g_assert_cmpfloat (spent[3] / left[3], >, 1.5 * spent[4] / left[4]);
  g_assert_cmpfloat (spent[1] + spent[3] + spent[5], >, 1.5 * (spent[2] + spent[4]));
  g_assert_cmpuint (back, >=, 20);
}

static char *
text_of (GPtrArray *ops)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < ops->len; i++)
    {
      baton_op_write (g_ptr_array_index (ops, i), text);
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}

static void
test_same (void)
{
  gint64 now = time_of ("2026-05-06T15:00:00Z");
  g_autoptr (GPtrArray) first = baton_sample_operations (now);
  g_autoptr (GPtrArray) second = baton_sample_operations (now);
  g_autoptr (GPtrArray) later = baton_sample_operations (now + G_USEC_PER_SEC);
  g_autofree char *first_text = text_of (first);
  g_autofree char *second_text = text_of (second);
  g_autofree char *later_text = text_of (later);

  g_assert_cmpstr (first_text, ==, second_text);
  g_assert_cmpstr (first_text, !=, later_text);
}

static void
test_times (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      gint64 now = time_of (moments[i]);
      g_autoptr (GPtrArray) ops = baton_sample_operations (now);
      const BatonOp *first = g_ptr_array_index (ops, 0);
      gint64 last = 0;

      g_assert_cmpuint (ops->len, >=, 1500);
      g_assert_cmpint (now - first->at, >, 110 * G_TIME_SPAN_DAY);
      for (guint j = 0; j < ops->len; j++)
        {
          const BatonOp *op = g_ptr_array_index (ops, j);

          g_assert_cmpint (op->at, <=, now);
          g_assert_cmpint (op->at, >=, last);
          g_assert_cmpstr (op->batch, ==, first->batch);
          g_assert_nonnull (op->person);
          last = op->at;
        }
    }
}

static void
test_verify (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  gint64 operations;
  gint64 start = g_get_monotonic_time ();

  baton_sample_make (fixture->workspace, g_get_real_time (), NULL, NULL, &error);
  g_assert_no_error (error);
  g_test_message ("made in %.0f ms", (double) (g_get_monotonic_time () - start) / 1000);
  /* Twice in one workspace: two boards, nothing collides. */
  baton_sample_make (fixture->workspace, g_get_real_time (), NULL, NULL, &error);
  g_assert_no_error (error);
  baton_verify (baton_workspace_database (fixture->workspace), &problems, &operations, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (const char *) g_ptr_array_index (problems, i));
  g_assert_cmpuint (problems->len, ==, 0);
}

static void
test_undo (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  baton_sample_make (fixture->workspace, g_get_real_time (), NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (baton_workspace_undo (fixture->workspace, FALSE, &sentence, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (
      baton_column_size (baton_workspace_list (fixture->workspace, BATON_ENTITY_BOARD, NULL)), ==, 0);
  g_assert_true (baton_workspace_undo (fixture->workspace, TRUE, NULL, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (
      baton_column_size (baton_workspace_list (fixture->workspace, BATON_ENTITY_BOARD, NULL)), ==, 2);
}

static void
test_templates (Fixture *fixture, gconstpointer data)
{
  const char *const *ids = baton_template_list ();

  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *board = NULL;
      BatonOp *op = baton_template_make_board (ids[i], NULL);
      BatonColumn *stages;
      gboolean done = FALSE;

      g_assert_nonnull (baton_template_name (ids[i]));
      g_assert_nonnull (baton_template_description (ids[i]));
      g_assert_cmpstr (baton_template_find (baton_template_name (ids[i])), ==, ids[i]);
      board = g_strdup (((BatonNewRow *) g_ptr_array_index (op->rows, 0))->row->id);
      baton_workspace_perform (fixture->workspace, op, NULL, &error);
      g_assert_no_error (error);
      stages = baton_workspace_list (fixture->workspace, BATON_ENTITY_STAGE, board);
      g_assert_cmpuint (baton_column_size (stages), ==, g_str_equal (ids[i], "blank") ? 3 : 7);
      for (guint j = 0; j < baton_column_size (stages); j++)
        {
          BatonItem *stage = baton_column_peek (stages, j);

          g_assert_cmpint (baton_item_int (stage, BATON_STAGE_WIP_HARD), ==, 0);
          done = g_strcmp0 (baton_item_text (stage, BATON_STAGE_KIND), "done") == 0;
        }
      g_assert_true (done);
    }
  g_assert_null (baton_template_find ("nothing like it"));
  g_assert_null (baton_template_make_board ("nothing like it", NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sample/counts", test_counts);
  g_test_add ("/sample/story", Fixture, NULL, set_up, test_story, tear_down);
  g_test_add_func ("/sample/same", test_same);
  g_test_add_func ("/sample/times", test_times);
  g_test_add ("/sample/verify", Fixture, NULL, set_up, test_verify, tear_down);
  g_test_add ("/sample/undo", Fixture, NULL, set_up, test_undo, tear_down);
  g_test_add ("/templates/all", Fixture, NULL, set_up, test_templates, tear_down);
  return g_test_run ();
}
