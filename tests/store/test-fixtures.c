/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* Workspaces that older Batons wrote open, verify, and show what was in them. */

#include "test-board.h"

#include <gio/gio.h>

static void
copy_file (const char *from, const char *to)
{
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (to);
  g_autoptr (GError) error = NULL;

  g_file_copy (source, target, G_FILE_COPY_OVERWRITE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
work_on (BatonTestStore *test, BatonTestBoard *board)
{
  char **cards = board->cards;
  BatonOp *op = baton_test_op_ids (BATON_VERB_CARD_MOVE, cards[1], cards[2], NULL);
  g_autofree char *comment = baton_test_board_id (board);

  baton_op_set_to (op, board->stages[BATON_TEST_ACTIVE]);
  baton_test_perform (test, op);
  baton_test_perform (
      test, baton_test_op_text (BATON_VERB_CARD_SET, cards[1], BATON_CARD_TITLE, "春のバナー “Größe”"));
  baton_test_perform (
      test, baton_test_op_text (BATON_VERB_CARD_SET, cards[1], BATON_CARD_OWNER, board->people[2]));
  baton_test_perform (test, baton_test_op_link (BATON_VERB_CARD_LABEL, cards[1], TRUE, board->labels[0]));
  baton_test_perform (test, baton_test_op_link (BATON_VERB_CARD_DEPEND, cards[2], TRUE, cards[1]));
  baton_test_perform (test, baton_test_op_comment (comment, cards[1], "Shorter, please"));
  baton_test_perform (test, baton_test_op_int (BATON_VERB_ITEM_SET, board->items[0], BATON_ITEM_DONE, 1));
  baton_test_perform (test, baton_test_op_ids (BATON_VERB_CARD_BIN, cards[6], NULL));
  baton_test_perform (test, baton_test_op_ids (BATON_VERB_CARD_ARCHIVE, cards[7], NULL));
  baton_test_perform (test, baton_test_op_text (BATON_VERB_CARD_SET, cards[3], BATON_CARD_TITLE, "Undone"));
  g_assert_true (baton_test_undo (test, FALSE, NULL));
  g_assert_true (baton_store_set_draft (test->store, "comment", "Half a sentence", test->now, NULL));
}

static void
write_fixture (const char *path)
{
  g_autoptr (BatonTestStore) test = baton_test_store_new ();
  g_autoptr (BatonTestBoard) board = baton_test_board_fill (test);
  g_autoptr (GError) error = NULL;

  work_on (test, board);
  baton_test_store_check (test);
  baton_backup_write (baton_store_database (test->store), path, &error);
  g_assert_no_error (error);
}

static void
check_card (BatonReader *reader, const char *title, const char *stage, gint64 items, gint64 comments)
{
  g_autoptr (GPtrArray) cards =
      baton_reader_rows (reader, BATON_ENTITY_CARD, BATON_FIELD_NONE, NULL, FALSE, NULL);

  for (guint i = 0; i < cards->len; i++)
    {
      const BatonRow *card = g_ptr_array_index (cards, i);
      g_autoptr (BatonRow) where = NULL;

      if (g_strcmp0 (baton_row_text (card, BATON_CARD_TITLE), title) != 0)
        continue;
      where = baton_reader_row (reader, BATON_ENTITY_STAGE, baton_row_text (card, BATON_CARD_STAGE));
      g_assert_cmpstr (baton_row_text (where, BATON_STAGE_NAME), ==, stage);
      g_assert_cmpint (baton_row_int (card, BATON_CARD_ITEMS), ==, items);
      g_assert_cmpint (baton_row_int (card, BATON_CARD_COMMENTS), ==, comments);
      return;
    }
  g_test_message ("no card “%s”", title);
  g_test_fail ();
}

static void
test_format_1 (void)
{
  g_autofree char *fixture = g_test_build_filename (G_TEST_DIST, "store", "fixtures", "format-1.db", NULL);
  g_autoptr (BatonTestStore) test = baton_test_store_new ();
  g_autofree char *path = g_build_filename (test->folder, "workspace.db", NULL);
  g_autoptr (GPtrArray) boards = NULL;
  g_autofree char *draft = NULL;
  const BatonRow *board;
  g_autoptr (GPtrArray) found = NULL;

  g_clear_pointer (&test->store, baton_store_close);
  copy_file (fixture, path);
  baton_test_store_reopen (test);
  baton_test_store_check (test);
  boards =
      baton_reader_rows (baton_test_reader (test), BATON_ENTITY_BOARD, BATON_FIELD_NONE, NULL, TRUE, NULL);
  g_assert_cmpuint (boards->len, ==, 1);
  board = g_ptr_array_index (boards, 0);
  g_assert_cmpstr (baton_row_text (board, BATON_BOARD_NAME), ==, "Spring");
  g_assert_cmpint (baton_reader_count_cards (baton_test_reader (test), board->id), ==, 6);
  check_card (baton_test_reader (test), "Card 1", "Ideas", 2, 1);
  check_card (baton_test_reader (test), "春のバナー “Größe”", "Making", 0, 1);
  check_card (baton_test_reader (test), "Card 3", "Making", 0, 0);
  check_card (baton_test_reader (test), "Card 4", "Ideas", 0, 0);
  check_card (baton_test_reader (test), "Card 8", "Ideas", 0, 0);
  found = baton_reader_search (baton_test_reader (test), "バナー 田中 urgent shorter", NULL, NULL);
  g_assert_cmpuint (found->len, ==, 1);
  draft = baton_reader_draft (baton_test_reader (test), "comment");
  g_assert_cmpstr (draft, ==, "Half a sentence");

  /* And work goes on in it. */
  g_assert_true (baton_test_undo (test, TRUE, NULL));
  check_card (baton_test_reader (test), "Undone", "Ideas", 0, 0);
  g_assert_true (baton_store_rebuild (test->store, NULL));
  baton_test_store_check (test);
}

int
main (int argc, char **argv)
{
  baton_test_init (&argc, &argv);
  if (g_getenv ("BATON_TEST_WRITE_FIXTURE") != NULL)
    {
      write_fixture (g_getenv ("BATON_TEST_WRITE_FIXTURE"));
      return 0;
    }
  g_test_add_func ("/fixtures/format-1", test_format_1);
  return g_test_run ();
}
