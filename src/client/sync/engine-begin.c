/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "engine-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Beginnings: a workspace that gets its server, snapshots and the history behind them, restored servers, and
 * copied profiles. */

static void
begin_again (BatonEngine *engine, BatonWork *work)
{
  baton_engine_forget_connection (engine);
}

static void
share (BatonStore *store, BatonWork *work)
{
  if (!baton_store_is_shared (store))
    baton_store_share (store, work->epoch, work->lineage, &work->error);
}

/* A server without anything gets everything that is here; else this workspace begins with a snapshot, and
 * what was in it before goes up afterwards. */
void
baton_engine_begin_sharing (BatonEngine *engine, json_t *hello)
{
  BatonWork *work;

  if (engine->head >= BATON_ENGINE_REPLAY)
    return;
  work = baton_work_new (engine, share, begin_again);
  work->epoch = g_strdup (baton_wire_text (hello, "epoch"));
  work->lineage = baton_wire_dump (json_object_get (hello, "lineage"));
  baton_work_run (work);
}

/* Restored servers. */

static void
rewind_store (BatonStore *store, BatonWork *work)
{
  baton_store_rewind (
      store, work->epoch, work->lineage, work->common, work->at, &work->followed, &work->error);
}

void
baton_engine_follow_epoch (BatonEngine *engine, json_t *root)
{
  g_autofree char *theirs = baton_wire_dump (json_object_get (root, "lineage"));
  gint64 common = MIN (baton_wire_common (engine->place.lineage, theirs, engine->place.cursor),
      baton_wire_int (root, "head", G_MAXINT64));
  BatonWork *work;

  baton_engine_forget_connection (engine);
  g_ptr_array_set_size (engine->refusals, 0);
  if (baton_wire_text (root, "epoch") == NULL || theirs == NULL)
    {
      baton_engine_fail (engine, _ ("The server’s answer cannot be read."), 30);
      return;
    }
  /* What would have to be taken back has never been here as operations. */
  if (common < engine->place.history_from - 1)
    {
      engine->resnap = TRUE;
      engine->resnapped_at = 0;
      engine->greeted = TRUE;
      return;
    }
  work = baton_work_new (engine, rewind_store, begin_again);
  work->epoch = g_strdup (baton_wire_text (root, "epoch"));
  work->lineage = g_steal_pointer (&theirs);
  work->common = common;
  baton_work_run (work);
}

/* Copied profiles. */

static void
renumber (BatonStore *store, BatonWork *work)
{
  baton_store_renumber (store, work->text, work->number, &work->followed, &work->error);
}

void
baton_engine_renumber (BatonEngine *engine, gint64 number)
{
  BatonWork *work = baton_work_new (engine, renumber, begin_again);

  work->number = number;
  work->text = g_strdup (engine->pushed);
  baton_work_run (work);
}

/* Snapshots. */

gboolean
baton_engine_wants_snapshot (BatonEngine *engine)
{
  return engine->place.epoch == NULL || engine->resnap;
}

static void
forget_parts (BatonStore *store, BatonWork *work)
{
  baton_store_forget_parts (store, &work->error);
}

static void
snapshot_reply (BatonEngine *engine, json_t *root, const BatonAnswer *answer)
{
  g_free (engine->snapshot_id);
  g_free (engine->snapshot_epoch);
  g_free (engine->snapshot_lineage);
  engine->snapshot_id = g_strdup (baton_wire_text (root, "id"));
  engine->snapshot_epoch = g_strdup (baton_wire_text (root, "epoch"));
  engine->snapshot_lineage = baton_wire_dump (json_object_get (root, "lineage"));
  engine->snapshot_seq = baton_wire_int (root, "seq", 0);
  engine->parts = (gint64) json_array_size (json_object_get (root, "parts"));
  engine->next_part = 0;
  baton_work_run (baton_work_new (engine, forget_parts, NULL));
}

static void
keep_part (BatonStore *store, BatonWork *work)
{
  baton_store_keep_part (store, (guint) work->number, work->text, &work->error);
}

static void
part_reply (BatonEngine *engine, json_t *root, const BatonAnswer *answer)
{
  BatonWork *work = baton_work_new (engine, keep_part, NULL);

  work->number = engine->next_part++;
  work->text = g_strndup (answer->text, answer->length);
  engine->host.status (engine->host_data);
  baton_work_run (work);
}

static void
install (BatonStore *store, BatonWork *work)
{
  baton_store_install (
      store, work->epoch, work->lineage, work->number, work->common, work->at, &work->followed, &work->error);
}

static void
installed (BatonEngine *engine, BatonWork *work)
{
  engine->resnap = FALSE;
  engine->resnapped_at = engine->host.monotonic (engine->host_data);
  engine->parts = engine->next_part = 0;
  g_clear_pointer (&engine->snapshot_id, g_free);
  baton_engine_forget_connection (engine);
}

static void
install_snapshot (BatonEngine *engine)
{
  BatonWork *work = baton_work_new (engine, install, installed);

  work->epoch = g_strdup (engine->snapshot_epoch);
  work->lineage = g_strdup (engine->snapshot_lineage);
  work->number = engine->snapshot_seq;
  work->common = engine->place.epoch != NULL ? baton_wire_common (engine->place.lineage,
                                                   engine->snapshot_lineage, engine->place.cursor)
                                             : 0;
  baton_work_run (work);
}

void
baton_engine_next_of_snapshot (BatonEngine *engine)
{
  BatonCall *call;

  if (engine->snapshot_id != NULL && engine->next_part >= engine->parts)
    {
      install_snapshot (engine);
      return;
    }
  call = baton_call_new (engine->snapshot_id == NULL ? BATON_CALL_SNAPSHOT : BATON_CALL_PART);
  call->id = g_strdup (engine->snapshot_id != NULL ? engine->snapshot_id : engine->board);
  call->number = engine->next_part;
  call->device = g_strdup (engine->place.device);
  baton_engine_call (engine, call, engine->snapshot_id == NULL ? snapshot_reply : part_reply);
}

/* History, in quiet moments. */

static void
fill (BatonStore *store, BatonWork *work)
{
  baton_store_fill (store, work->arrivals, &work->error);
}

static void
history_reply (BatonEngine *engine, json_t *root, const BatonAnswer *answer)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *entries = baton_wire_entries (json_object_get (root, "entries"), TRUE, &error);
  BatonWork *work;

  if (entries == NULL || entries->len == 0)
    {
      baton_engine_fail (engine, error != NULL ? error->message : _ ("The server has no history."), 60);
      g_clear_pointer (&entries, g_ptr_array_unref);
      return;
    }
  work = baton_work_new (engine, fill, NULL);
  work->arrivals = entries;
  baton_work_run (work);
}

void
baton_engine_fill_history (BatonEngine *engine)
{
  BatonCall *call = baton_call_new (BATON_CALL_HISTORY);

  if (engine->state != BATON_SYNC_IN_STEP)
    baton_engine_set_state (engine, BATON_SYNC_IN_STEP, NULL);
  call->epoch = g_strdup (engine->place.epoch);
  call->number = engine->place.history_from;
  call->most = BATON_ENGINE_HISTORY;
  baton_engine_call (engine, call, history_reply);
}
