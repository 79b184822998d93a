/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "test-snapshot.h"

#include <string.h>

static void
append_value (GString *text, const BatonValue *value)
{
  if (value->kind == BATON_VALUE_INT)
    g_string_append_printf (text, "%" G_GINT64_FORMAT, value->number);
  else
    g_string_append (text, value->kind == BATON_VALUE_TEXT ? value->text : "–");
}

static char *
describe (const BatonRow *row)
{
  const BatonEntityInfo *info = baton_entity_info (row->entity);
  GString *text = g_string_new (info->name);

  for (guint i = 0; i < info->n_fields; i++)
    {
      /* When it was done again, not when it was done first. */
      gboolean removed = info->first + i == baton_entity_removed (row->entity) ||
                         info->first + i == (guint) BATON_REVIEW_CLOSED;

      if (info->first + i == (guint) BATON_ASSET_LAST) /* a number once given is not given again */
        continue;
      g_string_append_printf (text, " %s=", baton_field_info (info->first + i)->name);
      if (removed)
        g_string_append (text, row->values[i].kind == BATON_VALUE_NONE ? "no" : "yes");
      else
        append_value (text, &row->values[i]);
    }
  return g_string_free (text, FALSE);
}

GHashTable *
baton_test_snapshot (BatonReader *reader)
{
  GHashTable *snapshot = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint entity = 0; entity < BATON_N_ENTITIES; entity++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) rows = baton_reader_rows (reader, entity, BATON_FIELD_NONE, NULL, FALSE, &error);

      g_assert_no_error (error);
      for (guint i = 0; i < rows->len; i++)
        {
          BatonRow *row = g_ptr_array_index (rows, i);

          g_hash_table_insert (
              snapshot, g_strdup_printf ("%s %s", baton_entity_info (entity)->name, row->id), describe (row));
        }
    }
  return snapshot;
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

char *
baton_test_snapshot_text (BatonReader *reader)
{
  g_autoptr (GHashTable) snapshot = baton_test_snapshot (reader);
  g_autoptr (GList) keys = g_list_sort (g_hash_table_get_keys (snapshot), compare_texts);
  GString *text = g_string_new (NULL);

  for (GList *key = keys; key != NULL; key = key->next)
    g_string_append_printf (
        text, "%s %s\n", (char *) key->data, (char *) g_hash_table_lookup (snapshot, key->data));
  return g_string_free (text, FALSE);
}

static void
assert_holds (GHashTable *expected, GHashTable *actual, const char *what)
{
  GHashTableIter iter;
  gpointer key, text;

  g_hash_table_iter_init (&iter, expected);
  while (g_hash_table_iter_next (&iter, &key, &text))
    {
      const char *now = g_hash_table_lookup (actual, key);

      if (g_strcmp0 (now, text) != 0)
        g_test_message ("%s: %s", what, (char *) key);
      g_assert_cmpstr (now, ==, text);
    }
}

void
baton_test_assert_same (GHashTable *expected, GHashTable *actual, const char *what)
{
  assert_holds (expected, actual, what);
  g_assert_cmpuint (g_hash_table_size (actual), ==, g_hash_table_size (expected));
}

void
baton_test_assert_undone (GHashTable *before, GHashTable *after, const char *what)
{
  GHashTableIter iter;
  gpointer key, text;

  assert_holds (before, after, what);
  g_hash_table_iter_init (&iter, after);
  while (g_hash_table_iter_next (&iter, &key, &text))
    {
      if (g_hash_table_contains (before, key) || strstr (text, " removed=yes") != NULL)
        continue;
      g_test_message ("%s: %s was left behind: %s", what, (char *) key, (char *) text);
      g_test_fail ();
    }
}

typedef struct
{
  BatonReader *reader;
  GHashTable *rows[BATON_N_ENTITIES]; /* id → row */
  GPtrArray *lists[BATON_N_ENTITIES];
} Tables;

static void
load (Tables *tables, BatonReader *reader)
{
  tables->reader = reader;
  for (guint entity = 0; entity < BATON_N_ENTITIES; entity++)
    {
      g_autoptr (GError) error = NULL;
      GPtrArray *rows = baton_reader_rows (reader, entity, BATON_FIELD_NONE, NULL, FALSE, &error);

      g_assert_no_error (error);
      tables->lists[entity] = rows;
      tables->rows[entity] = g_hash_table_new (g_str_hash, g_str_equal);
      for (guint i = 0; i < rows->len; i++)
        {
          BatonRow *row = g_ptr_array_index (rows, i);

          g_hash_table_insert (tables->rows[entity], row->id, row);
        }
    }
}

static void
unload (Tables *tables)
{
  for (guint entity = 0; entity < BATON_N_ENTITIES; entity++)
    {
      g_hash_table_unref (tables->rows[entity]);
      g_ptr_array_unref (tables->lists[entity]);
    }
}

static gint64
count_items (Tables *tables, const char *card, gboolean done_only)
{
  const GPtrArray *items = tables->lists[BATON_ENTITY_ITEM];
  gint64 n = 0;

  for (guint i = 0; i < items->len; i++)
    {
      const BatonRow *item = g_ptr_array_index (items, i);
      const BatonRow *list = g_hash_table_lookup (
          tables->rows[BATON_ENTITY_CHECKLIST], baton_row_text (item, BATON_ITEM_CHECKLIST));

      if (g_strcmp0 (baton_row_text (list, BATON_CHECKLIST_CARD), card) == 0 &&
          baton_row_int (list, BATON_CHECKLIST_REMOVED) == 0 &&
          baton_row_int (item, BATON_ITEM_REMOVED) == 0 &&
          (!done_only || baton_row_int (item, BATON_ITEM_DONE) != 0))
        n++;
    }
  return n;
}

static gint64
count_comments (Tables *tables, const char *card)
{
  const GPtrArray *comments = tables->lists[BATON_ENTITY_COMMENT];
  gint64 n = 0;

  for (guint i = 0; i < comments->len; i++)
    {
      const BatonRow *comment = g_ptr_array_index (comments, i);

      n += g_strcmp0 (baton_row_text (comment, BATON_COMMENT_CARD), card) == 0 &&
           baton_row_int (comment, BATON_COMMENT_REMOVED) == 0;
    }
  return n;
}

static gboolean
waits_for (Tables *tables, const char *from, const char *card, GHashTable *seen)
{
  const BatonRow *row = g_hash_table_lookup (tables->rows[BATON_ENTITY_CARD], from);
  g_auto (GStrv) blockers = baton_set_split (baton_row_text (row, BATON_CARD_BLOCKERS));

  for (guint i = 0; blockers[i] != NULL; i++)
    {
      if (strcmp (blockers[i], card) == 0)
        return TRUE;
      if (g_hash_table_add (seen, g_strdup (blockers[i])) && waits_for (tables, blockers[i], card, seen))
        return TRUE;
    }
  return FALSE;
}

static void
check_card (Tables *tables, const BatonRow *card)
{
  const BatonRow *stage =
      g_hash_table_lookup (tables->rows[BATON_ENTITY_STAGE], baton_row_text (card, BATON_CARD_STAGE));
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_assert_nonnull (stage);
  g_assert_cmpstr (baton_row_text (card, BATON_CARD_BOARD), ==, baton_row_text (stage, BATON_STAGE_BOARD));
  if (baton_row_int (card, BATON_CARD_REMOVED) == 0)
    g_assert_cmpint (baton_row_int (stage, BATON_STAGE_REMOVED), ==, 0);
  g_assert_cmpint (baton_row_int (card, BATON_CARD_ITEMS), ==, count_items (tables, card->id, FALSE));
  g_assert_cmpint (baton_row_int (card, BATON_CARD_ITEMS_DONE), ==, count_items (tables, card->id, TRUE));
  g_assert_cmpint (baton_row_int (card, BATON_CARD_COMMENTS), ==, count_comments (tables, card->id));
  g_assert_false (waits_for (tables, card->id, card->id, seen));
}

/* Rows come in rank order, so two siblings with one rank stand side by side below their parent. */
static void
check_ranks (Tables *tables, BatonEntity entity)
{
  const BatonEntityInfo *info = baton_entity_info (entity);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < tables->lists[entity]->len && info->rank != BATON_FIELD_NONE; i++)
    {
      const BatonRow *row = g_ptr_array_index (tables->lists[entity], i);
      const char *parent = info->parent != BATON_FIELD_NONE ? baton_row_text (row, info->parent) : "";

      g_assert_true (g_hash_table_add (
          seen, g_strdup_printf ("%s %" G_GINT64_FORMAT, parent, baton_row_int (row, info->rank))));
    }
}

void
baton_test_check_invariants (BatonReader *reader)
{
  Tables tables;

  load (&tables, reader);
  for (guint i = 0; i < tables.lists[BATON_ENTITY_CARD]->len; i++)
    check_card (&tables, g_ptr_array_index (tables.lists[BATON_ENTITY_CARD], i));
  for (guint entity = 0; entity < BATON_N_ENTITIES; entity++)
    check_ranks (&tables, entity);
  unload (&tables);
}
