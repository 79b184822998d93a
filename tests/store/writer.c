/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* A program that writes until it is killed: writer FOLDER. For each transaction that baton_store_perform
 * called done it prints the number of its last operation, so that whoever killed it knows what must be there.
 */

#include "test-board.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void
tell (BatonStore *store)
{
  g_autofree char *line =
      g_strdup_printf ("%" G_GINT64_FORMAT "\n", baton_reader_last_seq (baton_store_reader (store)));

  if (write (STDOUT_FILENO, line, strlen (line)) < 0)
    _exit (3);
}

static void
perform (BatonStore *store, GPtrArray *ops)
{
  g_autoptr (GError) error = NULL;

  if (!baton_store_perform (store, ops, NULL, NULL, NULL, NULL, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      _exit (2);
    }
  tell (store);
}

/* One, two or many operations in a transaction, short and long ones. */
static GPtrArray *
make_ops (BatonTestBoard *board, BatonTestRandom *random, gint64 at)
{
  GPtrArray *ops = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_op_free);
  guint n = baton_test_chance (random, 80) ? 1 : 1 + baton_test_below (random, 20);

  for (guint i = 0; i < n; i++)
    {
      const char *card = board->cards[baton_test_below (random, BATON_TEST_N_CARDS)];
      g_autofree char *text = baton_test_prose (random, 1 + baton_test_below (random, 40));
      g_autofree char *id = baton_test_id (random, g_get_real_time ());
      BatonOp *op;

      if (baton_test_chance (random, 40))
        op = baton_test_op_text (BATON_VERB_CARD_SET, card, BATON_CARD_BRIEF, text);
      else if (baton_test_chance (random, 50))
        op = baton_test_op_move (card, NULL, board->stages[baton_test_below (random, BATON_TEST_N_STAGES)]);
      else
        op = baton_test_op_comment (id, card, text);
      op->at = at;
      g_ptr_array_add (ops, op);
    }
  return ops;
}

int
main (int argc, char **argv)
{
  g_autoptr (BatonTestBoard) board = baton_test_board_new (3);
  BatonTestRandom random = { (guint64) g_get_real_time () };
  g_autoptr (GError) error = NULL;
  BatonStore *store = argc == 2 ? baton_store_open (argv[1], BATON_STORE_CREATE, &error) : NULL;
  gint64 at = G_GINT64_CONSTANT (1772355600) * G_USEC_PER_SEC;

  if (store == NULL)
    {
      fprintf (stderr, "%s\n", error != NULL ? error->message : "usage: writer FOLDER");
      return 1;
    }
  if (baton_reader_last_seq (baton_store_reader (store)) == 0)
    {
      g_autoptr (GPtrArray) ops = baton_test_board_ops (board, at);

      perform (store, ops);
    }
  tell (store);
  for (;;)
    {
      g_autoptr (GPtrArray) ops = make_ops (board, &random, at);

      perform (store, ops);
    }
}
