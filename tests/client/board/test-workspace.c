/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "naive.h"

#include <glib/gstdio.h>
#include <string.h>

static void
reopen (Naive *naive)
{
  g_autoptr (GError) error = NULL;

  g_signal_handlers_disconnect_by_data (naive->workspace, naive);
  g_clear_object (&naive->board);
  baton_workspace_close (naive->workspace);
  g_clear_object (&naive->workspace);
  naive->workspace = baton_workspace_open (naive->folder, BATON_STORE_OPEN, &error);
  g_assert_no_error (error);
  naive->board = baton_board_open (naive->workspace, naive->ids->board, &error);
  g_assert_no_error (error);
}

static void
assert_draft (Naive *naive, const char *key, const char *expected)
{
  g_autofree char *text = baton_workspace_draft (naive->workspace, key);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_drafts (void)
{
  g_autoptr (Naive) naive = naive_new ();

  assert_draft (naive, "one", NULL);
  baton_workspace_set_draft (naive->workspace, "one", "Hal");
  baton_workspace_set_draft (naive->workspace, "one", "Hallo Ü 😀");
  baton_workspace_set_draft (naive->workspace, "two", "zwei");
  baton_workspace_set_draft (naive->workspace, "two", NULL);
  assert_draft (naive, "one", "Hallo Ü 😀");
  assert_draft (naive, "two", NULL);
  reopen (naive);
  assert_draft (naive, "one", "Hallo Ü 😀");
  assert_draft (naive, "two", NULL);
}

static void
assert_undone (Naive *naive, gboolean redo, const char *expected)
{
  g_autofree char *sentence = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (baton_workspace_undo (naive->workspace, redo, &sentence, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (sentence, ==, expected);
  naive_check (naive, "after an undo");
}

static void
test_undo_sentence (void)
{
  g_autoptr (Naive) naive = naive_new ();

  naive_do (naive, baton_test_op_move (naive->ids->cards[0], NULL, naive->ids->stages[BATON_TEST_ACTIVE]));
  naive_do (naive, baton_test_op_ids (BATON_VERB_CARD_BIN, naive->ids->cards[1], naive->ids->cards[2], NULL));
  assert_undone (naive, FALSE, "put 2 cards into the bin");
  assert_undone (naive, FALSE, "moved “Card 1” from “Ideas” to “Making”");
  assert_undone (naive, TRUE, "moved “Card 1” from “Ideas” to “Making”");
  assert_undone (naive, TRUE, "put 2 cards into the bin");
  assert_undone (naive, TRUE, NULL);
}

typedef struct
{
  guint done;
  guint failed;
  GString *order;
} Seen;

static void
performed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Seen *seen = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonEffect) effect = baton_workspace_perform_finish (BATON_WORKSPACE (source), result, &error);

  seen->done++;
  if (effect == NULL)
    {
      g_assert_cmpuint (strlen (error->message), >, 10);
      seen->failed++;
    }
}

static gboolean
all_done (gpointer data)
{
  return ((Seen *) data)->done == 100;
}

/* Answers come in the order of the questions, refusals among them, and the models are right after each. */
static void
test_async (void)
{
  g_autoptr (Naive) naive = naive_new ();
  Seen seen = { 0 };

  for (guint i = 0; i < 100; i++)
    {
      const char *card = naive->ids->cards[i % BATON_TEST_N_CARDS];
      const char *from = i % 5 == 4 ? naive->ids->stages[BATON_TEST_DONE] : NULL;

      baton_workspace_perform_async (
          naive->workspace, baton_test_op_move (card, from, naive->ids->stages[i % 3]), performed_cb, &seen);
    }
  naive_wait (all_done, &seen);
  g_assert_cmpuint (seen.failed, ==, 20);
  naive_check (naive, "after a hundred");
}

/* What is queued when the workspace is closed is done, and nobody is called back into nothing. */
static void
test_close_finishes (void)
{
  g_autoptr (Naive) naive = naive_new ();
  Seen seen = { 0 };

  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *title = g_strdup_printf ("Title %u", i);

      baton_workspace_perform_async (naive->workspace,
          baton_test_op_text (BATON_VERB_CARD_SET, naive->ids->cards[0], BATON_CARD_TITLE, title),
          performed_cb, &seen);
    }
  reopen (naive);
  g_assert_cmpstr (baton_item_text (baton_board_card (naive->board, naive->ids->cards[0]), BATON_CARD_TITLE),
      ==, "Title 49");
}

static void
test_locked (void)
{
  g_autoptr (Naive) naive = naive_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonWorkspace) second = baton_workspace_open (naive->folder, BATON_STORE_OPEN, &error);

  g_assert_null (second);
  g_assert_error (error, BATON_ERROR, BATON_ERROR_LOCKED);
}

static void
test_read_only (void)
{
  g_autoptr (Naive) naive = naive_new ();
  g_autoptr (BatonWorkspace) workspace = NULL;
  g_autoptr (GError) error = NULL;

  baton_workspace_close (naive->workspace);
  workspace = baton_workspace_open (naive->folder, BATON_STORE_READ_ONLY, &error);
  g_assert_no_error (error);
  g_assert_nonnull (baton_workspace_read_only_reason (workspace));
  g_assert_false (baton_workspace_perform (workspace,
      baton_test_op_text (BATON_VERB_CARD_SET, naive->ids->cards[0], BATON_CARD_TITLE, "x"), NULL, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_READ_ONLY);
  baton_workspace_close (workspace);
}

static void
workspace_opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  *(BatonWorkspace **) data = baton_workspace_open_finish (result, &error);
  g_assert_no_error (error);
}

static gboolean
is_there (gpointer data)
{
  return *(gpointer *) data != NULL;
}

static void
board_opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(BatonBoard **) data = baton_board_open_finish (result, NULL);
}

static void
close_it (Naive *naive)
{
  g_signal_handlers_disconnect_by_data (naive->workspace, naive);
  g_clear_object (&naive->board);
  baton_workspace_close (naive->workspace);
  g_clear_object (&naive->workspace);
}

/* What was read ahead is what a board shows, and is forgotten once something was done; nobody needs to ask
 * for it. */
static void
test_ahead (void)
{
  g_autoptr (Naive) naive = naive_new ();

  for (guint round = 0; round < 3; round++)
    {
      close_it (naive);
      baton_workspace_open_ahead (naive->folder, round == 0 ? naive->ids->board : NULL);
      baton_workspace_open_async (
          naive->folder, BATON_STORE_OPEN, NULL, workspace_opened_cb, &naive->workspace);
      naive_wait (is_there, &naive->workspace);
      if (round == 2)
        {
          g_autoptr (GError) error = NULL;

          baton_workspace_perform (naive->workspace,
              baton_test_op_move (naive->ids->cards[0], NULL, naive->ids->stages[2]), NULL, &error);
          g_assert_no_error (error);
        }
      baton_board_open_async (naive->workspace, naive->ids->board, NULL, board_opened_cb, &naive->board);
      naive_wait (is_there, &naive->board);
      naive_check (naive, "opened ahead");
    }

  /* Dropped, it leaves the workspace free for others. */
  close_it (naive);
  baton_workspace_open_ahead (naive->folder, NULL);
  baton_workspace_drop_ahead ();
  baton_workspace_drop_ahead ();
  baton_workspace_open_ahead ("/nowhere/at/all", NULL);
  baton_workspace_drop_ahead ();
  naive->workspace = baton_workspace_open (naive->folder, BATON_STORE_OPEN, NULL);
  g_assert_nonnull (naive->workspace);
  naive->board = baton_board_open (naive->workspace, naive->ids->board, NULL);
}

int
main (int argc, char **argv)
{
  baton_test_init (&argc, &argv);
  g_test_add_func ("/workspace/drafts", test_drafts);
  g_test_add_func ("/workspace/undo-sentence", test_undo_sentence);
  g_test_add_func ("/workspace/async", test_async);
  g_test_add_func ("/workspace/close-finishes", test_close_finishes);
  g_test_add_func ("/workspace/locked", test_locked);
  g_test_add_func ("/workspace/read-only", test_read_only);
  g_test_add_func ("/workspace/ahead", test_ahead);
  return g_test_run ();
}
