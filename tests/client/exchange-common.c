/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "exchange-common.h"

#include "codec.h"
#include "timestamp.h"
#include "test-folder.h"

#include <stdlib.h>
#include <string.h>

char *
fresh_folder (void)
{
  GError *error = NULL;
  char *folder = g_dir_make_tmp ("baton-exchange-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

BatonWorkspace *
fresh_workspace (char **folder)
{
  GError *error = NULL;
  BatonWorkspace *workspace;

  *folder = fresh_folder ();
  workspace = baton_workspace_open (*folder, BATON_STORE_CREATE, &error);
  g_assert_no_error (error);
  return workspace;
}

void
assert_clean (BatonWorkspace *workspace)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) problems = NULL;
  gint64 operations;

  baton_verify (baton_workspace_database (workspace), &problems, &operations, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < problems->len; i++)
    g_test_message ("%s", (char *) g_ptr_array_index (problems, i));
  g_assert_cmpuint (problems->len, ==, 0);
}

void
close_workspace (BatonWorkspace *workspace, char *folder)
{
  assert_clean (workspace);
  baton_workspace_close (workspace);
  g_object_unref (workspace);
  baton_test_folder_remove (folder);
  g_free (folder);
}

GBytes *
shared_file (const char *name)
{
  const char *source = g_test_get_dir (G_TEST_DIST);
  const char *shared = g_getenv ("BATON_SHARED_DATA");
  char *const paths[] = { shared != NULL ? g_build_filename (shared, name, NULL) : NULL,
    g_build_filename (source, "..", "shared", "data", name, NULL),
    g_build_filename (source, "..", "..", "shared", "data", name, NULL) };
  GBytes *bytes = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      if (bytes == NULL && paths[i] != NULL)
        bytes = baton_exchange_read_file (paths[i], NULL);
      g_free (paths[i]);
    }
  if (bytes == NULL)
    g_test_skip_printf ("%s is not there; set BATON_SHARED_DATA to the folder that has it", name);
  return bytes;
}

BatonImportPlan *
plan_trello (BatonWorkspace *workspace, GBytes *bytes, BatonImportMode mode)
{
  BatonImportOptions options = { mode };
  GError *error = NULL;
  BatonImportPlan *plan =
      baton_exchange_plan_trello (bytes, baton_workspace_reader (workspace), &options, NULL, &error);

  g_assert_no_error (error);
  return plan;
}

char *
import_trello (BatonWorkspace *workspace, GBytes *bytes, BatonImportMode mode)
{
  g_autoptr (BatonImportPlan) plan = plan_trello (workspace, bytes, mode);
  GError *error = NULL;

  baton_exchange_import (workspace, plan, NULL, NULL, &error);
  g_assert_no_error (error);
  return g_strdup (plan->board);
}

GBytes *
json_bytes (json_t *root)
{
  char *text = json_dumps (root, JSON_COMPACT);

  return g_bytes_new_with_free_func (text, strlen (text), free, text);
}

gint64
summary_count (const BatonImportPlan *plan, const char *what)
{
  for (guint i = 0; i < plan->summary->len; i++)
    {
      const BatonImportLine *line = g_ptr_array_index (plan->summary, i);

      if (g_str_equal (line->what, what))
        return line->count;
    }
  return 0;
}

GPtrArray *
rows_of (BatonWorkspace *workspace, BatonEntity entity, BatonField field, const char *id)
{
  GError *error = NULL;
  GPtrArray *rows = baton_reader_rows (baton_workspace_reader (workspace), entity, field, id, FALSE, &error);

  g_assert_no_error (error);
  for (guint i = rows->len; i > 0; i--)
    {
      if (baton_row_int (g_ptr_array_index (rows, i - 1), baton_entity_removed (entity)) != 0)
        g_ptr_array_remove_index (rows, i - 1);
    }
  return rows;
}

BatonRow *
find_row (BatonWorkspace *workspace, BatonEntity entity, const char *source_key)
{
  g_autofree char *source = g_strconcat ("trello:", source_key, NULL);

  return baton_reader_by_source (baton_workspace_reader (workspace), entity, source);
}

guint
count_verb (BatonWorkspace *workspace, const char *board, const char *verb)
{
  BatonHistoryQuery query = { .board = board, .verb = verb };
  GError *error = NULL;
  g_autoptr (GPtrArray) entries = baton_reader_history (baton_workspace_reader (workspace), &query, &error);

  g_assert_no_error (error);
  return entries->len;
}

static const char *
text_of (json_t *object, const char *key)
{
  const char *text = json_string_value (json_object_get (object, key));

  return text != NULL && *text != '\0' ? text : NULL;
}

typedef struct
{
  json_t *object;
  double pos;
  size_t index;
} Placed;

static int
compare_placed (const void *a, const void *b)
{
  const Placed *placed_a = a;
  const Placed *placed_b = b;

  if (placed_a->pos != placed_b->pos)
    return placed_a->pos < placed_b->pos ? -1 : 1;
  return placed_a->index < placed_b->index ? -1 : 1;
}

/* The members of an array whose key has that value (key NULL: all), by their pos. */
static GArray *
in_order (json_t *array, const char *key, const char *value)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (Placed));
  json_t *object;
  size_t i;

  json_array_foreach (array, i, object)
    {
      Placed placed = { object, json_number_value (json_object_get (object, "pos")), i };

      if (key == NULL || g_strcmp0 (text_of (object, key), value) == 0)
        g_array_append_val (found, placed);
    }
  if (found->len > 0)
    qsort (found->data, found->len, sizeof (Placed), compare_placed);
  return found;
}

static void
assert_source (const BatonRow *row, BatonField field, json_t *object)
{
  const char *source = baton_row_text (row, field);

  g_assert_nonnull (source);
  g_assert_true (g_str_has_prefix (source, "trello:"));
  g_assert_cmpstr (source + strlen ("trello:"), ==, text_of (object, "id"));
}

static void
assert_set (BatonWorkspace *workspace, const char *set, BatonEntity entity, json_t *ids)
{
  json_t *id;
  size_t i;

  g_assert_cmpuint (baton_set_size (set), ==, json_array_size (ids));
  json_array_foreach (ids, i, id)
    {
      g_autoptr (BatonRow) row = find_row (workspace, entity, json_string_value (id));

      g_assert_nonnull (row);
      g_assert_true (baton_set_contains (set, row->id));
    }
}

static void
assert_checklists (BatonWorkspace *workspace, const BatonRow *card, json_t *root, json_t *object)
{
  g_autoptr (GArray) wanted =
      in_order (json_object_get (root, "checklists"), "idCard", text_of (object, "id"));
  g_autoptr (GPtrArray) lists = rows_of (workspace, BATON_ENTITY_CHECKLIST, BATON_CHECKLIST_CARD, card->id);
  gint64 n_items = 0;
  gint64 n_done = 0;

  g_assert_cmpuint (lists->len, ==, wanted->len);
  for (guint i = 0; i < wanted->len; i++)
    {
      json_t *checklist = g_array_index (wanted, Placed, i).object;
      const BatonRow *row = g_ptr_array_index (lists, i);
      g_autoptr (GArray) items = in_order (json_object_get (checklist, "checkItems"), NULL, NULL);
      g_autoptr (GPtrArray) rows = rows_of (workspace, BATON_ENTITY_ITEM, BATON_ITEM_CHECKLIST, row->id);

      assert_source (row, BATON_CHECKLIST_SOURCE, checklist);
      g_assert_cmpstr (baton_row_text (row, BATON_CHECKLIST_TITLE), ==, text_of (checklist, "name"));
      g_assert_cmpuint (rows->len, ==, items->len);
      for (guint j = 0; j < rows->len; j++)
        {
          json_t *item = g_array_index (items, Placed, j).object;
          gboolean done = g_strcmp0 (text_of (item, "state"), "complete") == 0;

          assert_source (g_ptr_array_index (rows, j), BATON_ITEM_SOURCE, item);
          g_assert_cmpint (baton_row_int (g_ptr_array_index (rows, j), BATON_ITEM_DONE), ==, done);
          n_items++;
          n_done += done;
        }
    }
  g_assert_cmpint (baton_row_int (card, BATON_CARD_ITEMS), ==, n_items);
  g_assert_cmpint (baton_row_int (card, BATON_CARD_ITEMS_DONE), ==, n_done);
}

static void
assert_card (BatonWorkspace *workspace, const BatonRow *card, json_t *root, json_t *object)
{
  gint64 due = 0;

  assert_source (card, BATON_CARD_SOURCE, object);
  g_assert_cmpstr (baton_row_text (card, BATON_CARD_TITLE), ==, text_of (object, "name"));
  g_assert_cmpstr (baton_row_text (card, BATON_CARD_BRIEF), ==, text_of (object, "desc"));
  g_assert_cmpint (
      baton_row_int (card, BATON_CARD_ARCHIVED) != 0, ==, json_is_true (json_object_get (object, "closed")));
  baton_timestamp_parse (text_of (object, "due"), &due);
  g_assert_cmpint (baton_row_int (card, BATON_CARD_DUE), ==, due);
  assert_set (workspace, baton_row_text (card, BATON_CARD_MEMBERS), BATON_ENTITY_PERSON,
      json_object_get (object, "idMembers"));
  assert_set (workspace, baton_row_text (card, BATON_CARD_LABELS), BATON_ENTITY_LABEL,
      json_object_get (object, "idLabels"));
  assert_checklists (workspace, card, root, object);
}

void
assert_board_equals_file (BatonWorkspace *workspace, const char *board, json_t *root)
{
  g_autoptr (GArray) lists = in_order (json_object_get (root, "lists"), NULL, NULL);
  g_autoptr (GPtrArray) stages = rows_of (workspace, BATON_ENTITY_STAGE, BATON_STAGE_BOARD, board);
  g_autoptr (BatonRow) row = baton_reader_row (baton_workspace_reader (workspace), BATON_ENTITY_BOARD, board);

  g_assert_cmpstr (baton_row_text (row, BATON_BOARD_NAME), ==, text_of (root, "name"));
  g_assert_cmpstr (baton_row_text (row, BATON_BOARD_DESCRIPTION), ==, text_of (root, "desc"));
  g_assert_cmpint (
      baton_row_int (row, BATON_BOARD_ARCHIVED) != 0, ==, json_is_true (json_object_get (root, "closed")));
  g_assert_cmpuint (stages->len, ==, lists->len);
  for (guint i = 0; i < lists->len; i++)
    {
      json_t *list = g_array_index (lists, Placed, i).object;
      const BatonRow *stage = g_ptr_array_index (stages, i);
      g_autoptr (GArray) wanted = in_order (json_object_get (root, "cards"), "idList", text_of (list, "id"));
      g_autoptr (GPtrArray) cards = rows_of (workspace, BATON_ENTITY_CARD, BATON_CARD_STAGE, stage->id);

      assert_source (stage, BATON_STAGE_SOURCE, list);
      g_assert_cmpstr (baton_row_text (stage, BATON_STAGE_NAME), ==, text_of (list, "name"));
      g_assert_cmpint (baton_row_int (stage, BATON_STAGE_ARCHIVED) != 0, ==,
          json_is_true (json_object_get (list, "closed")));
      g_assert_cmpuint (cards->len, ==, wanted->len);
      for (guint j = 0; j < cards->len; j++)
        assert_card (workspace, g_ptr_array_index (cards, j), root, g_array_index (wanted, Placed, j).object);
    }
}

static void
dump_entity (BatonWorkspace *workspace, BatonEntity entity, GString *out)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) rows =
      baton_reader_rows (baton_workspace_reader (workspace), entity, BATON_FIELD_NONE, NULL, FALSE, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++)
    {
      const BatonRow *row = g_ptr_array_index (rows, i);

      g_string_append_printf (out, "%s %s", baton_entity_info (entity)->name, row->id);
      for (guint j = 0; j < baton_entity_info (entity)->n_fields; j++)
        {
          if (row->values[j].kind == BATON_VALUE_INT)
            g_string_append_printf (out, "|%" G_GINT64_FORMAT, row->values[j].number);
          else
            g_string_append_printf (
                out, "|%s", row->values[j].kind == BATON_VALUE_TEXT ? row->values[j].text : "");
        }
      g_string_append_c (out, '\n');
    }
}

char *
dump_workspace (BatonWorkspace *workspace)
{
  GString *out = g_string_new (NULL);
  BatonHistoryQuery query = { 0 };
  GError *error = NULL;
  g_autoptr (GPtrArray) entries = baton_reader_history (baton_workspace_reader (workspace), &query, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < BATON_N_ENTITIES; i++)
    dump_entity (workspace, i, out);
  for (guint i = 0; i < entries->len; i++)
    {
      const BatonEntry *entry = g_ptr_array_index (entries, i);

      g_string_append_printf (out, "%" G_GINT64_FORMAT " %s %s %" G_GINT64_FORMAT " %d ", entry->seq,
          baton_verb_info (entry->op->verb)->name, entry->op->person, entry->op->at, entry->undone);
      g_ptr_array_set_size (entry->op->targets, 0);
      baton_op_write_values (entry->op, out);
      baton_effect_write (entry->effect, out);
      g_string_append_c (out, '\n');
    }
  return g_string_free (out, FALSE);
}

guint32
test_seed (void)
{
  const char *given = g_getenv ("BATON_TEST_SEED");
  guint32 seed = given != NULL ? (guint32) g_ascii_strtoull (given, NULL, 10) : g_random_int ();

  g_test_message ("BATON_TEST_SEED=%u", seed);
  return seed;
}

guint
test_rounds (guint usual)
{
  return g_getenv ("BATON_TEST_SOAK") != NULL ? usual * 20 : usual;
}
