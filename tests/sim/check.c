/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-sim"

#include "sim.h"

#include "rebase.h"
#include "test-snapshot.h"

#include <string.h>

/* What models would show: rows by entity and id, following effects alone. */

static char *
key_of (BatonEntity entity, const char *id)
{
  return g_strdup_printf ("%d %s", entity, id);
}

void
sim_mirror_load (SimClient *client)
{
  g_clear_pointer (&client->mirror, g_hash_table_unref);
  client->mirror = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) baton_row_unref);
  for (guint entity = 0; entity < BATON_N_ENTITIES; entity++)
    {
      g_autoptr (GPtrArray) rows =
          baton_reader_rows (baton_store_reader (client->store), entity, BATON_FIELD_NONE, NULL, FALSE, NULL);

      for (guint i = 0; i < rows->len; i++)
        {
          BatonRow *row = g_ptr_array_index (rows, i);

          g_hash_table_insert (client->mirror, key_of (entity, row->id), baton_row_ref (row));
        }
    }
}

void
sim_mirror_apply (SimClient *client, const BatonEffect *effect)
{
  for (guint i = 0; i < effect->changes->len; i++)
    {
      const BatonChange *change = g_ptr_array_index (effect->changes, i);
      g_autofree char *key = key_of (change->entity, change->id);
      BatonRow *row = g_hash_table_lookup (client->mirror, key);

      if (change->created ? row != NULL : row == NULL)
        sim_fail (client->sim, "client %u is told of %s of %s %s, which is %s here", client->index,
            change->created ? "creation" : "a change", baton_entity_info (change->entity)->name, change->id,
            row != NULL ? "already" : "not");
      else if (change->created)
        g_hash_table_insert (client->mirror, g_steal_pointer (&key), baton_row_copy (change->row));
      else if (change->vanished)
        g_hash_table_remove (client->mirror, key);
      else
        {
          if (!baton_value_equal (baton_row_value (row, change->field), &change->before))
            sim_fail (client->sim, "client %u is told that %s.%s was another than it is here", client->index,
                baton_entity_info (change->entity)->name, baton_field_info (change->field)->name);
          baton_row_take (row, change->field, baton_value_copy (&change->after));
        }
    }
}

static void
check_mirror (SimClient *client)
{
  GHashTable *shown = g_steal_pointer (&client->mirror);
  GHashTableIter iter;
  gpointer key, value;

  sim_mirror_load (client);
  if (g_hash_table_size (shown) != g_hash_table_size (client->mirror))
    sim_fail (client->sim, "client %u shows %u rows and has %u", client->index, g_hash_table_size (shown),
        g_hash_table_size (client->mirror));
  g_hash_table_iter_init (&iter, shown);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      const BatonRow *row = value;
      const BatonRow *there = g_hash_table_lookup (client->mirror, key);

      for (guint i = 0; there != NULL && i < row->n_fields; i++)
        {
          if (!baton_value_equal (&row->values[i], &there->values[i]))
            sim_fail (client->sim, "client %u shows another %s.%s", client->index,
                baton_entity_info (row->entity)->name, baton_field_info (row->first + i)->name);
        }
      if (there == NULL)
        sim_fail (client->sim, "client %u shows a row that is gone", client->index);
    }
  g_hash_table_unref (shown);
}

/* Where every operation is. */

typedef struct
{
  GHashTable *log;   /* mark → count */
  GHashTable *aside; /* mark → TRUE: needs attention, or dealt with */
} Places;

static void
count (GHashTable *table, gint64 mark)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (table, &mark));

  g_hash_table_replace (table, g_memdup2 (&mark, sizeof mark), GUINT_TO_POINTER (n + 1));
}

static void
count_query (BatonReader *reader, const char *sql, GHashTable *table)
{
  sqlite3_stmt *statement = baton_db_prepare (reader, sql, NULL);

  while (sqlite3_step (statement) == SQLITE_ROW)
    count (table, sqlite3_column_int64 (statement, 0));
  sqlite3_reset (statement);
}

static void
check_places (Sim *sim)
{
  g_autoptr (GHashTable) log = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) aside = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  BatonReader *server = baton_reader_open (baton_hub_database (sim->server->hub), NULL);
  GHashTableIter iter;
  gpointer key, value;

  count_query (server, "SELECT coalesce (wall, at) FROM log", log);
  baton_reader_close (server);
  for (guint i = 0; i < sim->n_clients; i++)
    {
      BatonReader *reader = baton_store_reader (sim->clients[i]->store);

      count_query (reader, "SELECT json_extract (op, '$.at') FROM attention WHERE kind = 'refused'", aside);
      count_query (reader, "SELECT json_extract (op, '$.at') FROM settled", aside);
    }
  g_hash_table_iter_init (&iter, sim->made);
  while (g_hash_table_iter_next (&iter, &key, &value))
    {
      guint in_log = GPOINTER_TO_UINT (g_hash_table_lookup (log, key));
      gboolean is_aside = g_hash_table_contains (aside, key);

      if (in_log > 1)
        sim_fail (sim, "the operation %" G_GINT64_FORMAT " is in the log %u times", *(gint64 *) key, in_log);
      if (in_log == 0 && !is_aside)
        sim_fail (sim, "the operation %" G_GINT64_FORMAT " is lost", *(gint64 *) key);
      if (in_log > 0 && is_aside)
        sim_fail (sim, "the operation %" G_GINT64_FORMAT " is in two places", *(gint64 *) key);
    }
}

/* One card's history never runs backwards. */
static void
check_times (Sim *sim)
{
  BatonReader *reader = baton_reader_open (baton_hub_database (sim->server->hub), NULL);
  gint64 wrong = baton_db_int (reader,
      "SELECT count (*) FROM (SELECT at < lag (at) OVER (PARTITION BY card ORDER BY log.seq) AS back FROM "
      "touch"
      " JOIN log ON log.seq = touch.seq) WHERE back",
      -1);
  gint64 future = baton_db_int (reader, "SELECT count (*) FROM log WHERE at > received", -1);

  if (wrong != 0)
    sim_fail (sim, "%d times a card's time runs backwards", (int) wrong);
  if (future != 0)
    sim_fail (sim, "%d operations happened before they were received", (int) future);
  baton_reader_close (reader);
}

static char *
state_of (BatonReader *reader)
{
  GString *text = g_string_new (NULL);

  for (guint entity = 0; entity < BATON_N_ENTITIES; entity++)
    {
      g_autoptr (GPtrArray) rows = baton_reader_rows (reader, entity, BATON_FIELD_NONE, NULL, FALSE, NULL);
      g_autoptr (GHashTable) lines = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
      g_autoptr (GList) ids = NULL;

      for (guint i = 0; i < rows->len; i++)
        {
          BatonRow *row = g_ptr_array_index (rows, i);
          GString *line = g_string_new (row->id);

          for (guint j = 0; j < row->n_fields; j++)
            {
              const BatonValue *value = &row->values[j];

              if (value->kind == BATON_VALUE_INT)
                g_string_append_printf (line, " %" G_GINT64_FORMAT, value->number);
              else
                g_string_append_printf (line, " “%s”", value->kind == BATON_VALUE_TEXT ? value->text : "");
            }
          g_hash_table_insert (lines, row->id, g_string_free (line, FALSE));
        }
      ids = g_list_sort (g_hash_table_get_keys (lines), (GCompareFunc) strcmp);
      for (GList *id = ids; id != NULL; id = id->next)
        g_string_append_printf (text, "%s %s\n", baton_entity_info (entity)->name,
            (char *) g_hash_table_lookup (lines, id->data));
    }
  return g_string_free (text, FALSE);
}

static void
tell_difference (Sim *sim, guint index, const char *server, const char *client)
{
  g_auto (GStrv) left = g_strsplit (server, "\n", -1);
  g_auto (GStrv) right = g_strsplit (client, "\n", -1);

  for (guint i = 0; left[i] != NULL && right[i] != NULL; i++)
    {
      if (g_str_equal (left[i], right[i]))
        continue;
      sim_fail (sim, "client %u differs from the server:\n  server %.600s\n  client %.600s", index, left[i],
          right[i]);
      return;
    }
  sim_fail (sim, "client %u has other rows than the server", index);
}

static void
check_verify (Sim *sim, const char *who, const char *database)
{
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;
  gint64 operations;

  if (!baton_verify (database, &problems, &operations, &error))
    sim_fail (sim, "%s cannot be verified: %s", who, error->message);
  else if (problems->len > 0)
    sim_fail (sim, "%s: %s", who, (char *) g_ptr_array_index (problems, 0));
}

/* What is there follows from the log and what is pending, at any time. */
void
sim_check_verify (Sim *sim, SimClient *client)
{
  g_autofree char *who = g_strdup_printf ("client %u", client->index);

  check_verify (sim, who, baton_store_database (client->store));
}

static void
check_in_step (SimClient *client, gint64 head)
{
  BatonSyncStatus status;

  if (client->store == NULL)
    {
      sim_fail (client->sim, "client %u is down", client->index);
      return;
    }
  baton_engine_status (client->engine, &status);
  if (baton_store_count_pending (client->store) != 0)
    sim_fail (client->sim, "client %u still has %d operations pending (state %d, %s)", client->index,
        (int) baton_store_count_pending (client->store), status.state, status.message);
  if (baton_store_cursor (client->store) != head)
    sim_fail (client->sim, "client %u is at %d of %d (state %d, %s)", client->index,
        (int) baton_store_cursor (client->store), (int) head, status.state, status.message);
  if (baton_store_history_from (client->store) != 1)
    sim_fail (client->sim, "client %u has no history below %d", client->index,
        (int) baton_store_history_from (client->store));
  if (baton_db_int (baton_store_reader (client->store), "SELECT count (*) FROM log", -1) != head)
    sim_fail (client->sim, "client %u has a log of another length", client->index);
}

void
sim_check (Sim *sim, gboolean thorough)
{
  g_autofree char *server = NULL;
  gint64 head;

  if (sim->server->hub == NULL)
    sim_fail (sim, "the server is down");
  if (sim->failure != NULL)
    return;
  head = baton_hub_head (sim->server->hub);
  for (guint i = 0; i < sim->n_clients && sim->failure == NULL; i++)
    check_in_step (sim->clients[i], head);
  if (sim->failure != NULL)
    return;
  {
    BatonReader *reader = baton_reader_open (baton_hub_database (sim->server->hub), NULL);

    server = state_of (reader);
    baton_reader_close (reader);
  }
  for (guint i = 0; i < sim->n_clients && sim->failure == NULL; i++)
    {
      g_autofree char *client = state_of (baton_store_reader (sim->clients[i]->store));

      if (!g_str_equal (client, server))
        tell_difference (sim, i, server, client);
      check_mirror (sim->clients[i]);
    }
  check_places (sim);
  check_times (sim);
  for (guint i = 0; i < sim->n_clients && sim->failure == NULL; i++)
    {
      if (thorough || (sim->seed % 2 == 0 && i == sim->seed % sim->n_clients))
        sim_check_verify (sim, sim->clients[i]);
    }
  if (thorough || sim->seed % 4 == 0)
    check_verify (sim, "the server", baton_hub_database (sim->server->hub));
}
