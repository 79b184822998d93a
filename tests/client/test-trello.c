/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "exchange-common.h"

#include "timestamp.h"
#include "trello-maker.h"

#include <string.h>

static json_t *
load (GBytes *bytes)
{
  json_error_t problem;
  json_t *root = json_loadb (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), 0, &problem);

  g_assert_nonnull (root);
  return root;
}

static guint
count_actions (json_t *root, const char *type, const char *data_key)
{
  json_t *action;
  size_t i;
  guint n = 0;

  json_array_foreach (json_object_get (root, "actions"), i, action)
    {
      if (g_strcmp0 (json_string_value (json_object_get (action, "type")), type) == 0 &&
          (data_key == NULL || json_object_get (json_object_get (action, "data"), data_key) != NULL))
        n++;
    }
  return n;
}

/* Every move of the file is one in the history: when, who, from where, to where. */
static void
assert_moves (BatonWorkspace *workspace, const char *board, json_t *root)
{
  BatonHistoryQuery query = { .board = board, .verb = "card.move" };
  GError *error = NULL;
  g_autoptr (GPtrArray) entries = baton_reader_history (baton_workspace_reader (workspace), &query, &error);
  json_t *actions = json_object_get (root, "actions");
  guint at = 0;

  g_assert_no_error (error);
  for (size_t i = json_array_size (actions); i > 0; i--)
    {
      json_t *action = json_array_get (actions, i - 1);
      json_t *data = json_object_get (action, "data");
      const char *before = json_string_value (json_object_get (json_object_get (data, "listBefore"), "id"));
      const char *after = json_string_value (json_object_get (json_object_get (data, "listAfter"), "id"));
      g_autoptr (BatonRow) from = NULL;
      g_autoptr (BatonRow) to = NULL;
      g_autoptr (BatonRow) card = NULL;
      g_autoptr (BatonRow) person = NULL;
      const BatonOp *op;
      gint64 time;

      if (before == NULL)
        continue;
      op = ((BatonEntry *) g_ptr_array_index (entries, at++))->op;
      from = find_row (workspace, BATON_ENTITY_STAGE, before);
      to = find_row (workspace, BATON_ENTITY_STAGE, after);
      card = find_row (workspace, BATON_ENTITY_CARD,
          json_string_value (json_object_get (json_object_get (data, "card"), "id")));
      person = find_row (workspace, BATON_ENTITY_PERSON,
          json_string_value (json_object_get (json_object_get (action, "memberCreator"), "id")));
      g_assert_true (baton_timestamp_parse (json_string_value (json_object_get (action, "date")), &time));
      g_assert_cmpint (op->at, ==, time);
      g_assert_cmpstr (op->person, ==, person->id);
      g_assert_cmpstr (g_ptr_array_index (op->ids, 0), ==, card->id);
      g_assert_cmpstr (g_ptr_array_index (op->from, 0), ==, from->id);
      g_assert_cmpstr (op->to, ==, to->id);
    }
  g_assert_cmpuint (at, ==, entries->len);
}

/* Nothing in the history is older than what is before it: people see it in the order in which it happened. */
static void
assert_in_time (BatonWorkspace *workspace)
{
  BatonHistoryQuery query = { 0 };
  g_autoptr (GPtrArray) entries = baton_reader_history (baton_workspace_reader (workspace), &query, NULL);
  gint64 last = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      const BatonOp *op = ((BatonEntry *) g_ptr_array_index (entries, i))->op;

      g_assert_cmpint (op->at, >=, last);
      g_assert_nonnull (op->batch);
      last = op->at;
    }
}

static void
check_real (const char *name, guint n_lists, guint n_cards, guint n_moves)
{
  g_autoptr (GBytes) bytes = shared_file (name);
  g_autofree char *board = NULL;
  BatonWorkspace *workspace;
  char *folder;
  json_t *root;

  if (bytes == NULL)
    return;
  root = load (bytes);
  workspace = fresh_workspace (&folder);
  board = import_trello (workspace, bytes, BATON_IMPORT_ASK);
  g_assert_cmpuint (json_array_size (json_object_get (root, "lists")), ==, n_lists);
  g_assert_cmpuint (json_array_size (json_object_get (root, "cards")), ==, n_cards);
  g_assert_cmpuint (count_actions (root, "updateCard", "listBefore"), ==, n_moves);
  g_assert_cmpuint (count_verb (workspace, board, "card.move"), ==, n_moves);
  g_assert_cmpuint (count_verb (workspace, board, "card.add"), ==, n_cards);
  g_assert_cmpuint (
      count_verb (workspace, board, "comment.add"), ==, count_actions (root, "commentCard", NULL));
  g_assert_cmpuint (count_verb (workspace, board, "item.set"), ==,
      count_actions (root, "updateCheckItemStateOnCard", NULL));
  assert_board_equals_file (workspace, board, root);
  assert_moves (workspace, board, root);
  assert_in_time (workspace);
  json_decref (root);
  close_workspace (workspace, folder);
}

static void
test_clipkit (void)
{
  check_real ("trello-clipkit.json", 5, 67, 71);
}

static void
test_encriptador (void)
{
  check_real ("trello-encriptador.json", 5, 18, 18);
}

static const char *
kind_of (BatonWorkspace *workspace, const char *board, guint index)
{
  g_autoptr (GPtrArray) stages = rows_of (workspace, BATON_ENTITY_STAGE, BATON_STAGE_BOARD, board);
  const char *kind = baton_row_text (g_ptr_array_index (stages, index), BATON_STAGE_KIND);

  return g_intern_string (kind);
}

static void
test_real_kinds (void)
{
  g_autoptr (GBytes) bytes = shared_file ("trello-clipkit.json");
  g_autofree char *board = NULL;
  BatonWorkspace *workspace;
  char *folder;

  if (bytes == NULL)
    return;
  workspace = fresh_workspace (&folder);
  board = import_trello (workspace, bytes, BATON_IMPORT_ASK);
  g_assert_cmpstr (kind_of (workspace, board, 0), ==, "backlog");
  g_assert_cmpstr (kind_of (workspace, board, 1), ==, "queue");
  g_assert_cmpstr (kind_of (workspace, board, 2), ==, "active");
  g_assert_cmpstr (kind_of (workspace, board, 3), ==, "done");
  close_workspace (workspace, folder);
}

static void
test_again (void)
{
  g_autoptr (GBytes) bytes = shared_file ("trello-clipkit.json");
  g_autoptr (BatonImportPlan) ask = NULL;
  g_autoptr (BatonImportPlan) update = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *board = NULL;
  g_autofree char *second = NULL;
  BatonWorkspace *workspace;
  char *folder;

  if (bytes == NULL)
    return;
  workspace = fresh_workspace (&folder);
  board = import_trello (workspace, bytes, BATON_IMPORT_ASK);

  ask = plan_trello (workspace, bytes, BATON_IMPORT_ASK);
  g_assert_cmpstr (ask->existing, ==, board);
  g_assert_false (baton_exchange_import (workspace, ask, NULL, NULL, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_EXISTS);

  update = plan_trello (workspace, bytes, BATON_IMPORT_UPDATE);
  g_assert_cmpstr (update->board, ==, board);
  g_assert_cmpuint (update->ops->len, ==, 0);
  /* The same file is not older than itself. */
  for (guint i = 0; i < update->summary->len; i++)
    g_assert_cmpstr (((BatonImportLine *) g_ptr_array_index (update->summary, i))->what, !=,
        "file older than the last import");

  second = import_trello (workspace, bytes, BATON_IMPORT_AGAIN);
  g_assert_cmpstr (second, !=, board);
  g_assert_cmpuint (count_verb (workspace, second, "card.move"), ==, 71);
  g_assert_cmpuint (count_verb (workspace, board, "card.move"), ==, 71);
  close_workspace (workspace, folder);
}

/* A later export: one card moved and renamed, with actions; one changed without any; one new; one new
 * comment. */
static void
change_file (json_t *root)
{
  json_t *cards = json_object_get (root, "cards");
  json_t *actions = json_object_get (root, "actions");
  json_t *lists = json_object_get (root, "lists");
  json_t *moved = json_array_get (cards, 5);
  const char *from = json_string_value (json_object_get (moved, "idList"));
  const char *to = json_string_value (json_object_get (json_array_get (lists, 2), "id"));
  const char *id = json_string_value (json_object_get (moved, "id"));
  const char *person =
      json_string_value (json_object_get (json_array_get (json_object_get (root, "members"), 0), "id"));

  if (g_str_equal (from, to))
    to = json_string_value (json_object_get (json_array_get (lists, 1), "id"));
  json_array_insert_new (actions, 0,
      json_pack ("{s:s,s:s,s:s,s:{s:s},s:{s:{s:s},s:{s:s},s:{s:s},s:{s:s}}}", "id",
          "7fffffffffffffffffffff01", "type", "updateCard", "date", "2030-01-02T03:04:05.000Z",
          "memberCreator", "id", person, "data", "card", "id", id, "old", "idList", from, "listBefore", "id",
          from, "listAfter", "id", to));
  json_array_insert_new (actions, 0,
      json_pack ("{s:s,s:s,s:s,s:{s:s},s:{s:{s:s},s:s}}", "id", "7fffffffffffffffffffff02", "type",
          "commentCard", "date", "2030-01-03T03:04:05.000Z", "memberCreator", "id", person, "data", "card",
          "id", id, "text", "Newer than the first import"));
  json_object_set_new (moved, "idList", json_string (to));
  json_object_set_new (moved, "pos", json_real (1));
  json_object_set_new (moved, "dateLastActivity", json_string ("2030-01-03T03:04:05.000Z"));
  json_object_set_new (json_array_get (cards, 7), "name", json_string ("Renamed in Trello"));
  json_array_append_new (
      cards, json_pack ("{s:s,s:s,s:s,s:f,s:b,s:s,s:[],s:[],s:n,s:s}", "id", "7fffffff0000000000000001",
                 "name", "New in Trello", "idList", to, "pos", 2.0, "closed", 0, "desc", "", "idMembers",
                 "idLabels", "due", "dateLastActivity", "2030-01-04T03:04:05.000Z"));
}

static void
test_update (void)
{
  g_autoptr (GBytes) bytes = shared_file ("trello-clipkit.json");
  g_autoptr (GBytes) later = NULL;
  g_autoptr (BatonImportPlan) twice = NULL;
  g_autofree char *board = NULL;
  g_autofree char *updated = NULL;
  BatonWorkspace *workspace;
  char *folder;
  json_t *root;

  if (bytes == NULL)
    return;
  workspace = fresh_workspace (&folder);
  board = import_trello (workspace, bytes, BATON_IMPORT_ASK);
  root = load (bytes);
  change_file (root);
  later = json_bytes (root);
  updated = import_trello (workspace, later, BATON_IMPORT_UPDATE);
  g_assert_cmpstr (updated, ==, board);
  assert_board_equals_file (workspace, board, root);
  g_assert_cmpuint (count_verb (workspace, board, "card.move"), ==, 72);
  assert_moves (workspace, board, root);
  g_assert_cmpuint (
      count_verb (workspace, board, "comment.add"), ==, count_actions (root, "commentCard", NULL));
  twice = plan_trello (workspace, later, BATON_IMPORT_UPDATE);
  g_assert_cmpuint (twice->ops->len, ==, 0);
  json_decref (root);
  close_workspace (workspace, folder);
}

/* What people did here since stays, unless it was changed there too. */
static void
test_update_keeps (void)
{
  g_autoptr (GBytes) bytes = shared_file ("trello-clipkit.json");
  g_autoptr (GBytes) later = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *board = NULL;
  g_autofree char *updated = NULL;
  g_autoptr (BatonRow) ours = NULL;
  g_autoptr (BatonRow) theirs = NULL;
  g_autoptr (GPtrArray) stages = NULL;
  const char *stage;
  BatonWorkspace *workspace;
  BatonOp *op;
  char *folder;
  json_t *root, *cards;

  if (bytes == NULL)
    return;
  workspace = fresh_workspace (&folder);
  board = import_trello (workspace, bytes, BATON_IMPORT_ASK);
  root = load (bytes);
  cards = json_object_get (root, "cards");
  ours = find_row (
      workspace, BATON_ENTITY_CARD, json_string_value (json_object_get (json_array_get (cards, 3), "id")));
  theirs = find_row (
      workspace, BATON_ENTITY_CARD, json_string_value (json_object_get (json_array_get (cards, 7), "id")));
  stages = rows_of (workspace, BATON_ENTITY_STAGE, BATON_STAGE_BOARD, board);
  stage = ((BatonRow *) g_ptr_array_index (stages, 3))->id;

  op = baton_op_new (BATON_VERB_CARD_SET);
  baton_op_add_id (op, ours->id);
  baton_op_add_id (op, theirs->id);
  baton_op_set_text (op, BATON_CARD_TITLE, "Renamed here");
  baton_workspace_perform (workspace, op, NULL, &error);
  g_assert_no_error (error);
  op = baton_op_new (BATON_VERB_CARD_MOVE);
  baton_op_add_id (op, ours->id);
  baton_op_set_to (op, stage);
  baton_workspace_perform (workspace, op, NULL, &error);
  g_assert_no_error (error);

  change_file (root);
  later = json_bytes (root);
  updated = import_trello (workspace, later, BATON_IMPORT_UPDATE);
  {
    g_autoptr (BatonRow) kept =
        baton_reader_row (baton_workspace_reader (workspace), BATON_ENTITY_CARD, ours->id);
    g_autoptr (BatonRow) taken =
        baton_reader_row (baton_workspace_reader (workspace), BATON_ENTITY_CARD, theirs->id);

    g_assert_cmpstr (baton_row_text (kept, BATON_CARD_TITLE), ==, "Renamed here");
    g_assert_cmpstr (baton_row_text (kept, BATON_CARD_STAGE), ==, stage);
    g_assert_cmpstr (baton_row_text (taken, BATON_CARD_TITLE), ==, "Renamed in Trello");
  }
  json_decref (root);
  close_workspace (workspace, folder);
}

static gboolean
cancel_late (guint done, guint total, gpointer data)
{
  return done < 400;
}

static void
test_cancel (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (test_seed ());
  const TrelloSize size = { 4, 100, 1000 };
  json_t *root = make_trello (rand, &size);
  g_autoptr (GBytes) bytes = json_bytes (root);
  g_autoptr (BatonImportPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) plan_error = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  BatonWorkspace *workspace;
  char *folder;

  workspace = fresh_workspace (&folder);
  before = dump_workspace (workspace);
  plan = plan_trello (workspace, bytes, BATON_IMPORT_ASK);
  g_assert_false (baton_exchange_import (workspace, plan, cancel_late, NULL, &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_CANCELLED);
  after = dump_workspace (workspace);
  g_assert_cmpstr (before, ==, after);

  g_cancellable_cancel (cancellable);
  g_assert_null (
      baton_exchange_plan_trello (bytes, baton_workspace_reader (workspace), NULL, cancellable, &plan_error));
  g_assert_error (plan_error, BATON_ERROR, BATON_ERROR_CANCELLED);
  json_decref (root);
  close_workspace (workspace, folder);
}

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  GError *error = NULL;

  g_assert_true (baton_exchange_import_finish (BATON_WORKSPACE (source), result, &error));
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

/* One undo takes the whole import back. */
static void
test_async_and_undo (void)
{
  g_autoptr (GBytes) bytes = shared_file ("trello-encriptador.json");
  g_autoptr (BatonImportPlan) plan = NULL;
  g_autoptr (GPtrArray) boards = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;
  gboolean done = FALSE;
  BatonWorkspace *workspace;
  char *folder;

  if (bytes == NULL)
    return;
  workspace = fresh_workspace (&folder);
  plan = plan_trello (workspace, bytes, BATON_IMPORT_ASK);
  baton_exchange_import_async (workspace, plan, NULL, NULL, NULL, imported_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_true (baton_workspace_undo (workspace, FALSE, &sentence, &error));
  g_assert_no_error (error);
  boards = rows_of (workspace, BATON_ENTITY_BOARD, BATON_FIELD_NONE, NULL);
  g_assert_cmpuint (boards->len, ==, 0);
  close_workspace (workspace, folder);
}

/* Boards drawn at random, imported whole, and then in two parts of their life: the second time as an update.
 */
static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (test_seed ());

  for (guint round = 0; round < test_rounds (15); round++)
    {
      const TrelloSize size = { (guint) g_rand_int_range (rand, 1, 7), (guint) g_rand_int_range (rand, 1, 60),
        (guint) g_rand_int_range (rand, 0, 600) };
      json_t *root = make_trello (rand, &size);
      g_autoptr (GBytes) bytes = json_bytes (root);
      g_autoptr (BatonImportPlan) twice = NULL;
      g_autofree char *board = NULL;
      BatonWorkspace *workspace;
      char *folder;

      workspace = fresh_workspace (&folder);
      board = import_trello (workspace, bytes, BATON_IMPORT_ASK);
      assert_board_equals_file (workspace, board, root);
      assert_moves (workspace, board, root);
      assert_in_time (workspace);
      twice = plan_trello (workspace, bytes, BATON_IMPORT_UPDATE);
      g_assert_cmpuint (twice->ops->len, ==, 0);
      json_decref (root);
      close_workspace (workspace, folder);
    }
}

/* The board as it was, and then as it became: cards moved about in the file, with and without the actions
 * that tell. */
static void
test_random_update (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (test_seed ());

  for (guint round = 0; round < test_rounds (15); round++)
    {
      const TrelloSize size = { 4, 30, 200 };
      json_t *root = make_trello (rand, &size);
      json_t *cards = json_object_get (root, "cards");
      json_t *lists = json_object_get (root, "lists");
      g_autoptr (GBytes) bytes = json_bytes (root);
      g_autoptr (GBytes) later = NULL;
      g_autoptr (BatonImportPlan) twice = NULL;
      g_autofree char *board = NULL;
      g_autofree char *updated = NULL;
      BatonWorkspace *workspace;
      char *folder;

      workspace = fresh_workspace (&folder);
      board = import_trello (workspace, bytes, BATON_IMPORT_ASK);
      for (guint i = 0; i < 12; i++)
        {
          json_t *card = json_array_get (cards, (size_t) g_rand_int_range (rand, 0, 30));
          json_t *list = json_array_get (lists, (size_t) g_rand_int_range (rand, 0, 4));

          json_object_set (card, "idList", json_object_get (list, "id"));
          json_object_set_new (card, "pos", json_real (g_rand_double_range (rand, 1, 1e6)));
          json_object_set_new (card, "closed", json_boolean (g_rand_boolean (rand)));
          json_object_set_new (card, "dateLastActivity", json_string ("2030-01-01T00:00:00.000Z"));
        }
      later = json_bytes (root);
      updated = import_trello (workspace, later, BATON_IMPORT_UPDATE);
      assert_board_equals_file (workspace, board, root);
      twice = plan_trello (workspace, later, BATON_IMPORT_UPDATE);
      g_assert_cmpuint (twice->ops->len, ==, 0);
      json_decref (root);
      close_workspace (workspace, folder);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/trello/clipkit", test_clipkit);
  g_test_add_func ("/trello/encriptador", test_encriptador);
  g_test_add_func ("/trello/kinds", test_real_kinds);
  g_test_add_func ("/trello/again", test_again);
  g_test_add_func ("/trello/update", test_update);
  g_test_add_func ("/trello/update-keeps", test_update_keeps);
  g_test_add_func ("/trello/cancel", test_cancel);
  g_test_add_func ("/trello/async-and-undo", test_async_and_undo);
  g_test_add_func ("/trello/random", test_random);
  g_test_add_func ("/trello/random-update", test_random_update);
  return g_test_run ();
}
