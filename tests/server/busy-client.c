/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-busy"

/* busy-client FOLDER SEED: a client that works without a pause in a workspace that is shared: new cards,
 * moves, texts, comments, files. For each thing that is told as done it prints a line when it is told:
 *
 *   op DEVICE NUMBER
 *   file HASH
 *
 * It ends when it is killed, or with its standard input. */

#include "add-file.h"
#include "sharing.h"
#include "test-random.h"
#include "workspace.h"

#include <glib-unix.h>
#include <stdio.h>
#include <unistd.h>

#define MOST_CARDS 30
#define AT_ONCE 4
#define PAUSE 25 /* ms between two beginnings */
#define FILE_BYTES (300 << 10)

typedef struct
{
  BatonWorkspace *workspace;
  BatonTestRandom random;
  char *stages[2];
  GPtrArray *cards;
  GMainLoop *loop;
  guint under_way;
} Busy;

static void
performed_cb (BatonWorkspace *workspace, BatonOp *op, BatonEffect *effect, Busy *busy)
{
  if (op == NULL || g_strcmp0 (op->device, baton_workspace_device (workspace)) != 0)
    return;
  printf ("op %s %" G_GINT64_FORMAT "\n", op->device, op->number);
  fflush (stdout);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Busy *busy = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonEffect) effect = baton_workspace_perform_finish (busy->workspace, result, &error);

  /* Others move the same cards: a refusal is an answer, too. */
  busy->under_way--;
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Busy *busy = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonAdded) added = baton_workspace_add_file_finish (busy->workspace, result, &error);

  if (added != NULL)
    printf ("file %s\n", added->hash);
  fflush (stdout);
  busy->under_way--;
}

static void
add_file (Busy *busy, const char *card)
{
  BatonAddFile *add = baton_add_file_new ();
  gsize length = 1 + baton_test_below (&busy->random, FILE_BYTES);
  guint8 *bytes = g_malloc (length);

  for (gsize i = 0; i < length; i++)
    bytes[i] = (guint8) baton_test_next (&busy->random);
  add->card = g_strdup (card);
  add->name = g_strdup ("Hero");
  add->file = g_strdup ("hero.bin");
  add->bytes = g_bytes_new_take (bytes, length);
  baton_workspace_add_file_async (busy->workspace, add, NULL, NULL, NULL, added_cb, busy);
}

static BatonOp *
make_card (Busy *busy)
{
  BatonOp *op = baton_op_new (BATON_VERB_CARD_ADD);
  g_autofree char *id = baton_store_new_id ();
  g_autofree char *title = baton_test_title (&busy->random);
  BatonRow *row = baton_op_add_row (op, BATON_ENTITY_CARD, id);

  baton_row_set_text (row, BATON_CARD_STAGE, busy->stages[0]);
  baton_row_set_text (row, BATON_CARD_TITLE, title);
  g_ptr_array_add (busy->cards, g_steal_pointer (&id));
  return op;
}

static BatonOp *
make_comment (Busy *busy, const char *card)
{
  BatonOp *op = baton_op_new (BATON_VERB_COMMENT_ADD);
  g_autofree char *id = baton_store_new_id ();
  g_autofree char *text = baton_test_prose (&busy->random, 2);
  BatonRow *row = baton_op_add_row (op, BATON_ENTITY_COMMENT, id);

  baton_row_set_text (row, BATON_COMMENT_CARD, card);
  baton_row_set_text (row, BATON_COMMENT_AUTHOR, baton_workspace_me (busy->workspace));
  baton_row_set_text (row, BATON_COMMENT_TEXT, text);
  return op;
}

static BatonOp *
make_change (Busy *busy, const char *card)
{
  BatonOp *op =
      baton_op_new (baton_test_chance (&busy->random, 60) ? BATON_VERB_CARD_MOVE : BATON_VERB_CARD_SET);

  baton_op_add_id (op, card);
  if (op->verb == BATON_VERB_CARD_MOVE)
    {
      g_autoptr (BatonRow) row =
          baton_reader_row (baton_workspace_reader (busy->workspace), BATON_ENTITY_CARD, card);
      const char *from = row != NULL ? baton_row_text (row, BATON_CARD_STAGE) : busy->stages[0];

      baton_op_add_from (op, from);
      baton_op_set_to (op, busy->stages[g_strcmp0 (from, busy->stages[0]) == 0]);
    }
  else
    {
      g_autofree char *brief = baton_test_prose (&busy->random, 3);

      baton_op_set_text (op, BATON_CARD_BRIEF, brief);
    }
  return op;
}

/* Begins the next thing, a good worker's pace apart. */
static gboolean
work_cb (gpointer data)
{
  Busy *busy = data;
  const char *card = busy->cards->len > 0
                         ? g_ptr_array_index (busy->cards, baton_test_below (&busy->random, busy->cards->len))
                         : NULL;
  guint what = baton_test_below (&busy->random, 100);
  BatonOp *op = NULL;

  if (busy->under_way >= AT_ONCE)
    return G_SOURCE_CONTINUE;
  busy->under_way++;
  if (card != NULL && what < 3)
    {
      add_file (busy, card);
      return G_SOURCE_CONTINUE;
    }
  if (card == NULL || (what < 20 && busy->cards->len < MOST_CARDS))
    op = make_card (busy);
  else
    op = what < 40 ? make_comment (busy, card) : make_change (busy, card);
  baton_workspace_perform_async (busy->workspace, op, done_cb, busy);
  return G_SOURCE_CONTINUE;
}

/* The first two stages of the first board, and the cards that are there. */
static void
look_around (Busy *busy)
{
  BatonReader *reader = baton_workspace_reader (busy->workspace);
  g_autoptr (GPtrArray) stages =
      baton_reader_rows (reader, BATON_ENTITY_STAGE, BATON_FIELD_NONE, NULL, FALSE, NULL);
  g_autoptr (GPtrArray) cards =
      baton_reader_rows (reader, BATON_ENTITY_CARD, BATON_FIELD_NONE, NULL, FALSE, NULL);

  if (stages->len < 2)
    g_error ("two stages are wanted");
  for (guint i = 0; i < 2; i++)
    busy->stages[i] = g_strdup (((BatonRow *) g_ptr_array_index (stages, i))->id);
  busy->cards = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < MIN (cards->len, MOST_CARDS); i++)
    g_ptr_array_add (busy->cards, g_strdup (((BatonRow *) g_ptr_array_index (cards, i))->id));
}

static gboolean
end_cb (int fd, GIOCondition condition, gpointer data)
{
  g_main_loop_quit (((Busy *) data)->loop);
  return G_SOURCE_REMOVE;
}

int
main (int argc, char **argv)
{
  Busy busy = { 0 };
  g_autoptr (GError) error = NULL;

  g_setenv ("BATON_TEST_SEED", argc > 2 ? argv[2] : "1", TRUE);
  baton_test_init (&(int){ 1 }, &(char **){ (char *[]){ argv[0], NULL } });
  busy.workspace = argc > 1 ? baton_workspace_open (argv[1], BATON_STORE_OPEN, &error) : NULL;
  if (busy.workspace == NULL || !baton_workspace_connect (busy.workspace, TRUE, &error))
    g_error ("%s", error != NULL ? error->message : "busy-client FOLDER SEED");
  busy.random = baton_test_random (0);
  busy.loop = g_main_loop_new (NULL, FALSE);
  look_around (&busy);
  g_signal_connect (busy.workspace, "performed", G_CALLBACK (performed_cb), &busy);
  g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP, end_cb, &busy);
  g_timeout_add (PAUSE, work_cb, &busy);
  g_main_loop_run (busy.loop);
  _exit (0); /* as suddenly as those that are killed, but between two operations */
}
