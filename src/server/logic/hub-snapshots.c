/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-server"

#include "hub-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define KEPT (5 * 60 * G_USEC_PER_SEC)

/* A snapshot whose log has grown by less than this is as good as a new one. */
#define NEAR_ENOUGH 2000

typedef struct
{
  char *id;
  char *epoch;
  char *board;
  gint64 seq;
  gint64 used;
  GPtrArray *parts; /* char * */
} Snapshot;

struct _BatonHubSnapshots
{
  GPtrArray *kept;
};

static void
snapshot_free (gpointer data)
{
  Snapshot *snapshot = data;

  g_free (snapshot->id);
  g_free (snapshot->epoch);
  g_free (snapshot->board);
  g_ptr_array_unref (snapshot->parts);
  g_free (snapshot);
}

BatonHubSnapshots *
baton_hub_snapshots_new (void)
{
  BatonHubSnapshots *snapshots = g_new0 (BatonHubSnapshots, 1);

  snapshots->kept = g_ptr_array_new_with_free_func (snapshot_free);
  return snapshots;
}

void
baton_hub_snapshots_free (BatonHubSnapshots *snapshots)
{
  g_ptr_array_unref (snapshots->kept);
  g_free (snapshots);
}

void
baton_hub_snapshots_tidy (BatonHubSnapshots *snapshots, gint64 now)
{
  for (guint i = snapshots->kept->len; i > 0; i--)
    {
      const Snapshot *snapshot = g_ptr_array_index (snapshots->kept, i - 1);

      if (now - snapshot->used > KEPT)
        g_ptr_array_remove_index (snapshots->kept, i - 1);
    }
}

static Snapshot *
find_recent (BatonHubSnapshots *snapshots, const char *epoch, const char *board, gint64 head)
{
  for (guint i = 0; i < snapshots->kept->len; i++)
    {
      Snapshot *snapshot = g_ptr_array_index (snapshots->kept, i);

      if (g_strcmp0 (snapshot->epoch, epoch) == 0 && g_strcmp0 (snapshot->board, board) == 0 &&
          head - snapshot->seq < NEAR_ENOUGH)
        return snapshot;
    }
  return NULL;
}

static Snapshot *
make (BatonHubSnapshots *snapshots, BatonReader *reader, const char *epoch, const char *board, GError **error)
{
  gint64 seq = 0;
  GPtrArray *parts = baton_reader_snapshot (reader, board, &seq, error);
  Snapshot *snapshot;

  if (parts == NULL)
    return NULL;
  snapshot = g_new0 (Snapshot, 1);
  snapshot->id = baton_store_new_id ();
  snapshot->epoch = g_strdup (epoch);
  snapshot->board = g_strdup (board);
  snapshot->seq = seq;
  snapshot->parts = parts;
  g_ptr_array_add (snapshots->kept, snapshot);
  return snapshot;
}

static void
describe (BatonReader *reader, const Snapshot *snapshot, const char *device, GString *reply)
{
  g_autofree char *lineage = baton_reader_server_lineage (reader);
  BatonJson json;

  baton_json_init (&json, reply);
  baton_json_begin_object (&json, NULL);
  baton_json_string (&json, "epoch", snapshot->epoch);
  g_string_append_printf (reply, ",\"lineage\":%s", lineage);
  baton_json_string (&json, "id", snapshot->id);
  baton_json_int (&json, "seq", snapshot->seq);
  baton_json_int (&json, "last", device != NULL ? baton_reader_device_last (reader, device) : 0);
  baton_json_begin_array (&json, "parts");
  for (guint i = 0; i < snapshot->parts->len; i++)
    {
      baton_json_begin_object (&json, NULL);
      baton_json_int (&json, "size", (gint64) strlen (g_ptr_array_index (snapshot->parts, i)));
      baton_json_end_object (&json);
    }
  baton_json_end_array (&json);
  baton_json_end_object (&json);
}

guint
baton_hub_snapshot (BatonHubSnapshots *snapshots, BatonReader *reader, const char *board, const char *device,
    gint64 now, GString *reply)
{
  g_autofree char *epoch = baton_reader_meta (reader, "server.epoch");
  g_autoptr (GError) error = NULL;
  Snapshot *snapshot;

  baton_hub_snapshots_tidy (snapshots, now);
  snapshot = find_recent (snapshots, epoch, board, baton_reader_last_seq (reader));
  if (snapshot == NULL)
    snapshot = make (snapshots, reader, epoch, board, &error);
  if (snapshot == NULL)
    return baton_hub_fail_to_read (reply, error);
  snapshot->used = now;
  describe (reader, snapshot, device, reply);
  return 200;
}

guint
baton_hub_snapshot_part (BatonHubSnapshots *snapshots, const char *id, guint part, gint64 now, GString *reply)
{
  for (guint i = 0; i < snapshots->kept->len; i++)
    {
      Snapshot *snapshot = g_ptr_array_index (snapshots->kept, i);

      if (!g_str_equal (snapshot->id, id))
        continue;
      snapshot->used = now;
      if (part >= snapshot->parts->len)
        return baton_hub_fail (reply, 404, "not-found", _ ("The snapshot has no such part."), 0);
      g_string_append (reply, g_ptr_array_index (snapshot->parts, part));
      return 200;
    }
  return baton_hub_fail (reply, 410, "gone", _ ("This snapshot is no longer kept."), 0);
}
