/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "exchange-common.h"
#include "trello-maker.h"

#include <stdlib.h>
#include <string.h>

static GBytes *
write_json (BatonWorkspace *workspace)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  GError *error = NULL;

  g_assert_true (baton_exchange_write_json (baton_workspace_reader (workspace), stream, NULL, &error));
  g_assert_no_error (error);
  g_output_stream_close (stream, NULL, NULL);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (stream));
}

/* The operations of an export without what may differ: device, number, base, and the devices that undo names.
 */
static char *
without_devices (GBytes *bytes)
{
  json_t *root = json_loadb (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), 0, NULL);
  json_t *op, *target;
  size_t i, j;
  char *text;

  g_assert_nonnull (root);
  json_array_foreach (json_object_get (root, "operations"), i, op)
    {
      json_object_del (op, "dev");
      json_array_foreach (json_object_get (op, "targets"), j, target)
        {
          const char *colon = strchr (json_string_value (target), ':');

          if (!g_str_has_prefix (json_string_value (target), "batch:"))
            json_array_set_new (json_object_get (op, "targets"), j, json_string (colon));
        }
    }
  text = json_dumps (root, JSON_COMPACT);
  json_decref (root);
  return text;
}

static void
assert_round_trip (BatonWorkspace *workspace)
{
  g_autoptr (GBytes) exported = write_json (workspace);
  g_autoptr (GBytes) second = NULL;
  g_autoptr (BatonImportPlan) plan = NULL;
  g_autofree char *before = dump_workspace (workspace);
  g_autofree char *after = NULL;
  GError *error = NULL;
  BatonWorkspace *copy;
  char *folder, *text, *text_again;

  copy = fresh_workspace (&folder);
  plan = baton_exchange_plan_json (exported, baton_workspace_reader (copy), NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (baton_exchange_import (copy, plan, NULL, NULL, &error));
  g_assert_no_error (error);
  after = dump_workspace (copy);
  g_assert_cmpstr (before, ==, after);
  second = write_json (copy);
  text = without_devices (exported);
  text_again = without_devices (second);
  g_assert_cmpstr (text, ==, text_again);
  g_assert_cmpuint (g_bytes_get_size (exported), ==, g_bytes_get_size (second));
  free (text);
  free (text_again);
  close_workspace (copy, folder);
}

static void
check_board (const char *name)
{
  g_autoptr (GBytes) bytes = shared_file (name);
  g_autofree char *board = NULL;
  BatonWorkspace *workspace;
  char *folder;

  if (bytes == NULL)
    return;
  workspace = fresh_workspace (&folder);
  board = import_trello (workspace, bytes, BATON_IMPORT_ASK);
  assert_round_trip (workspace);
  g_assert_true (baton_workspace_undo (workspace, FALSE, NULL, NULL));
  assert_round_trip (workspace);
  close_workspace (workspace, folder);
}

static void
test_clipkit (void)
{
  check_board ("trello-clipkit.json");
}

static void
test_encriptador (void)
{
  check_board ("trello-encriptador.json");
}

static const BatonRow *
any_row (GRand *rand, GPtrArray *rows)
{
  return g_ptr_array_index (rows, g_rand_int_range (rand, 0, (gint32) rows->len));
}

/* One thing that a person might do, among them undo and redo. Refusals are fine. */
static void
do_anything (BatonWorkspace *workspace, GRand *rand, const char *board)
{
  g_autoptr (GPtrArray) stages = rows_of (workspace, BATON_ENTITY_STAGE, BATON_STAGE_BOARD, board);
  g_autoptr (GPtrArray) cards = rows_of (workspace, BATON_ENTITY_CARD, BATON_CARD_BOARD, board);
  int what = g_rand_int_range (rand, 0, 12);
  g_autofree char *id = baton_store_new_id ();
  BatonOp *op = NULL;
  BatonRow *row;

  if (what < 2 || cards->len == 0)
    {
      op = baton_op_new (BATON_VERB_CARD_ADD);
      row = baton_op_add_row (op, BATON_ENTITY_CARD, id);
      baton_row_set_text (row, BATON_CARD_TITLE, "Title “x” \\ \n\t 画像");
      baton_row_set_text (row, BATON_CARD_STAGE, any_row (rand, stages)->id);
    }
  else if (what < 5)
    {
      op = baton_op_new (BATON_VERB_CARD_MOVE);
      baton_op_add_id (op, any_row (rand, cards)->id);
      baton_op_set_to (op, any_row (rand, stages)->id);
      baton_op_set_place (op, any_row (rand, cards)->id, NULL);
    }
  else if (what < 7)
    {
      op = baton_op_new (BATON_VERB_CARD_SET);
      baton_op_add_id (op, any_row (rand, cards)->id);
      baton_op_set_text (op, BATON_CARD_BRIEF, g_rand_boolean (rand) ? id : NULL);
    }
  else if (what < 8)
    {
      op = baton_op_new (BATON_VERB_COMMENT_ADD);
      row = baton_op_add_row (op, BATON_ENTITY_COMMENT, id);
      baton_row_set_text (row, BATON_COMMENT_CARD, any_row (rand, cards)->id);
      baton_row_set_text (row, BATON_COMMENT_TEXT, "</script> & ü");
    }
  else if (what < 9)
    {
      op = baton_op_new (g_rand_boolean (rand) ? BATON_VERB_CARD_BIN : BATON_VERB_CARD_ARCHIVE);
      baton_op_add_id (op, any_row (rand, cards)->id);
    }
  else
    baton_workspace_undo (workspace, what == 11, NULL, NULL);
  if (op != NULL)
    baton_workspace_perform (workspace, op, NULL, NULL);
}

static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (test_seed ());

  for (guint round = 0; round < test_rounds (5); round++)
    {
      const TrelloSize size = { 4, 10, 60 };
      json_t *root = make_trello (rand, &size);
      g_autoptr (GBytes) bytes = json_bytes (root);
      g_autofree char *board = NULL;
      BatonWorkspace *workspace;
      char *folder;

      workspace = fresh_workspace (&folder);
      g_assert_true (baton_workspace_ensure_me (workspace, "Me", NULL));
      board = import_trello (workspace, bytes, BATON_IMPORT_ASK);
      for (guint i = 0; i < 80; i++)
        do_anything (workspace, rand, board);
      assert_round_trip (workspace);
      json_decref (root);
      close_workspace (workspace, folder);
    }
}

static void
assert_refused (BatonWorkspace *workspace, const char *text, gsize length, BatonErrorCode code)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, length);
  g_autoptr (GError) error = NULL;

  g_assert_null (baton_exchange_plan_json (bytes, baton_workspace_reader (workspace), NULL, NULL, &error));
  g_assert_error (error, BATON_ERROR, (int) code);
  g_test_message ("%s", error->message);
}

static void
test_bad (void)
{
  static const char *const bad[] = { "", "{", "[]", "<html>",
    "{\"format\":\"other\",\"version\":1,\"operations\":[]}",
    "{\"format\":\"baton\",\"version\":1,\"operations\":[{}],\"state\":{}}",
    "{\"format\":\"baton\",\"version\":1,\"operations\":[{\"verb\":\"card.add\"}],\"state\":{}}",
    "{\"format\":\"baton\",\"version\":1,\"operations\":[null],\"state\":{}}",
    "{\"format\":\"baton\",\"version\":1,\"operations\":5,\"state\":{}}",
    "{\"format\":\"baton\",\"version\":1,\"operations\":[],\"state\":{", "{\"format\":\"\xff\"}" };
  static const char newer[] = "{\"format\":\"baton\",\"version\":2}";
  g_autoptr (GString) deep = g_string_new ("{\"format\":\"baton\",\"operations\":[");
  BatonWorkspace *workspace;
  char *folder;

  workspace = fresh_workspace (&folder);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_refused (workspace, bad[i], strlen (bad[i]), BATON_ERROR_INVALID);
  for (guint i = 0; i < 100000; i++)
    g_string_append_c (deep, '[');
  assert_refused (workspace, deep->str, deep->len, BATON_ERROR_INVALID);
  assert_refused (workspace, newer, strlen (newer), BATON_ERROR_NEWER);
  close_workspace (workspace, folder);
}

/* Cut anywhere, the file is refused: it is never half of a workspace. */
static void
test_cut (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (test_seed ());
  const TrelloSize size = { 3, 4, 10 };
  json_t *root = make_trello (rand, &size);
  g_autoptr (GBytes) bytes = json_bytes (root);
  g_autoptr (GBytes) exported = NULL;
  g_autofree char *board = NULL;
  BatonWorkspace *workspace, *empty;
  char *folder, *empty_folder;
  const char *text;
  gsize length;

  workspace = fresh_workspace (&folder);
  empty = fresh_workspace (&empty_folder);
  board = import_trello (workspace, bytes, BATON_IMPORT_ASK);
  exported = write_json (workspace);
  text = g_bytes_get_data (exported, &length);
  for (gsize n = 0; n + 3 < length; n += 97)
    assert_refused (empty, text, n, BATON_ERROR_INVALID);
  assert_refused (workspace, text, length, BATON_ERROR_EXISTS);
  json_decref (root);
  close_workspace (workspace, folder);
  close_workspace (empty, empty_folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/clipkit", test_clipkit);
  g_test_add_func ("/json/encriptador", test_encriptador);
  g_test_add_func ("/json/random", test_random);
  g_test_add_func ("/json/bad", test_bad);
  g_test_add_func ("/json/cut", test_cut);
  return g_test_run ();
}
