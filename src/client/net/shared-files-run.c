/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "shared-files-private.h"

#include "permits.h"
#include "workspace-private.h"

#include <gio/gio.h>

/* Which file travels next, on which lane, and what comes of it. */

#define TICK_MS 250
#define COUNT_MS 2000  /* until what has arrived is counted */
#define MOST_WAIT 30   /* seconds between two tries */
#define MOST_DAMAGED 5 /* times that a file may arrive damaged before somebody has to look */

/* Tries that failed. */

static gint64
backoff (guint failures)
{
  gint64 cap = MIN ((gint64) 1 << MIN (failures, 10u), MOST_WAIT) * 1000;

  return g_random_int_range (0, (gint32) cap + 1) * (gint64) 1000;
}

static gboolean
retry_cb (gpointer data)
{
  BatonFiles *self = data;

  self->retry_timer = 0;
  baton_files_pump (self);
  return G_SOURCE_REMOVE;
}

static void
retry_at (BatonFiles *self, gint64 at)
{
  gint64 wait = (at - g_get_monotonic_time ()) / 1000 + 20;

  if (self->retry_timer == 0)
    self->retry_timer = g_timeout_add ((guint) CLAMP (wait, 20, MOST_WAIT * 1000), retry_cb, self);
}

void
baton_files_set_failure (BatonFileTransfer *transfer, const GError *error)
{
  g_free (transfer->message);
  transfer->message = g_strdup (error != NULL ? error->message : NULL);
  transfer->code = error != NULL ? error->code : 0;
}

/* The connection does not work: nothing else needs to be tried at once. */
static void
fail_connection (BatonFiles *self)
{
  self->not_before = g_get_monotonic_time () + backoff (++self->failures);
  retry_at (self, self->not_before);
}

static void
try_later (BatonFiles *self, BatonFileTransfer *transfer, const GError *error)
{
  if (error->code == BATON_ERROR_NOT_FOUND)
    {
      transfer->state = BATON_FILE_AWAY;
      return;
    }
  transfer->state = BATON_FILE_WAITS;
  baton_files_set_failure (transfer, error);
  transfer->tries++;
  if (error->code == BATON_ERROR_CORRUPT && transfer->tries >= MOST_DAMAGED)
    transfer->state = BATON_FILE_FAILED;
  else if (error->code == BATON_ERROR_IO)
    fail_connection (self);
  else
    {
      transfer->not_before = g_get_monotonic_time () + backoff (transfer->tries);
      retry_at (self, transfer->not_before);
    }
}

static void
arrive (BatonFiles *self, BatonFileTransfer *transfer)
{
  BatonBlobNeed *need = g_hash_table_lookup (self->plan->needs, transfer->hash);

  g_hash_table_add (self->known, g_strdup (transfer->hash));
  self->failures = 0;
  baton_files_set_failure (transfer, NULL);
  baton_files_list_done (self, transfer);
  if (transfer->way == BATON_BLOB_UP)
    return;
  g_hash_table_remove (self->wants, transfer->hash);
  if (need != NULL)
    need->here = TRUE;
  baton_files_plan_within (self, COUNT_MS);
  baton_workspace_tell_arrived (self->workspace, transfer->hash);
}

static void
end_transfer (BatonFiles *self, BatonFileTransfer *transfer, const BatonLaneJob *job)
{
  transfer->lane = NULL;
  transfer->done = MAX (transfer->done, job->done);
  switch (job->result)
    {
    case BATON_TRANSFER_DONE:
      arrive (self, transfer);
      return;
    case BATON_TRANSFER_LATER:
      try_later (self, transfer, job->error);
      break;
    case BATON_TRANSFER_REFUSED:
      transfer->state = BATON_FILE_FAILED;
      baton_files_set_failure (transfer, job->error);
      break;
    case BATON_TRANSFER_STOPPED:
    default:
      transfer->state = transfer->given_up ? BATON_FILE_GIVEN_UP : BATON_FILE_WAITS;
      break;
    }
  baton_files_list_update (self, transfer);
}

/* Uploads: what is here and the server has not got. */

static GPtrArray *
to_be_asked (BatonFiles *self)
{
  GPtrArray *ask = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, self->plan->needs);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      BatonBlobNeed *need = value;

      if (need->here && !g_hash_table_contains (self->known, need->hash) &&
          !g_hash_table_contains (self->by_hash[BATON_BLOB_UP], need->hash))
        g_ptr_array_add (ask, g_strdup (need->hash));
    }
  return ask;
}

static void
take_answer (BatonFiles *self, const BatonLaneJob *job)
{
  g_autoptr (GHashTable) missing = g_hash_table_new (g_str_hash, g_str_equal);

  self->asking = FALSE;
  if (job->missing == NULL)
    {
      self->ask = TRUE;
      fail_connection (self);
      return;
    }
  self->failures = 0;
  baton_files_list_begin (self, job->missing->len);
  for (guint i = 0; i < job->missing->len; i++)
    {
      const char *hash = g_ptr_array_index (job->missing, i);
      const BatonBlobNeed *need = g_hash_table_lookup (self->plan->needs, hash);

      g_hash_table_add (missing, (gpointer) hash);
      if (need != NULL && need->here && !g_hash_table_contains (self->by_hash[BATON_BLOB_UP], hash))
        baton_files_list_add (self, BATON_BLOB_UP, need);
    }
  baton_files_list_end (self);
  for (guint i = 0; i < job->ask->len; i++)
    {
      if (!g_hash_table_contains (missing, g_ptr_array_index (job->ask, i)))
        g_hash_table_add (self->known, g_strdup (g_ptr_array_index (job->ask, i)));
    }
}

static void
lane_cb (BatonLane *lane, BatonLaneJob *job, gpointer data)
{
  BatonFiles *self = data;
  BatonFileTransfer *transfer =
      job->hash != NULL ? g_hash_table_lookup (self->by_hash[job->way], job->hash) : NULL;

  if (job->ask != NULL)
    take_answer (self, job);
  else if (transfer != NULL && transfer->lane == lane)
    end_transfer (self, transfer, job);
  baton_files_pump (self);
}

/* Lanes. */

static BatonLane *
lane_at (BatonFiles *self, guint index)
{
  if (self->lanes[index] == NULL)
    self->lanes[index] = baton_lane_new (baton_sharing_access (self->sharing),
        baton_workspace_folder (self->workspace), self->paces, lane_cb, self);
  return self->lanes[index];
}

gboolean
baton_files_is_idle (BatonFiles *self, guint index)
{
  return self->lanes[index] == NULL || baton_lane_job (self->lanes[index]) == NULL;
}

static gboolean
fits (const BatonFileTransfer *transfer, guint index)
{
  return index % 2 == 0 || transfer->size <= BATON_FILES_SMALL || transfer->rank == BATON_BLOB_RANK_ASKED;
}

GSequenceIter *
baton_files_first_in (BatonFiles *self, BatonFileState state)
{
  GSequenceIter *iter = g_sequence_get_begin_iter (self->list);
  BatonFileTransfer *transfer;

  while ((transfer = baton_files_list_at (iter)) != NULL && transfer->state < state)
    iter = g_sequence_iter_next (iter);
  return iter;
}

/* The one that goes next on a lane, or NULL. */
static BatonFileTransfer *
next (BatonFiles *self, guint index)
{
  gint64 now = g_get_monotonic_time ();
  GSequenceIter *iter = baton_files_first_in (self, BATON_FILE_WAITS);
  BatonFileTransfer *transfer;

  for (; (transfer = baton_files_list_at (iter)) != NULL && transfer->state == BATON_FILE_WAITS;
       iter = g_sequence_iter_next (iter))
    {
      if (transfer->way == (BatonBlobWay) (index / 2) && fits (transfer, index) &&
          transfer->not_before <= now)
        return transfer;
    }
  return NULL;
}

static void
start (BatonFiles *self, guint index, BatonFileTransfer *transfer)
{
  transfer->lane = lane_at (self, index);
  transfer->state = BATON_FILE_TRAVELS;
  transfer->given_up = FALSE;
  transfer->marked_at = 0;
  transfer->speed = 0;
  baton_lane_run (transfer->lane, baton_lane_job_new (transfer->way, transfer->hash));
  baton_files_list_update (self, transfer);
}

/* Somebody waits for a file while others hold both lanes: the one that can wait best makes room. */
static void
make_room (BatonFiles *self, BatonBlobWay way)
{
  BatonFileTransfer *waiting = next (self, 2 * way), *worst = NULL, *transfer;
  GSequenceIter *iter = baton_files_first_in (self, BATON_FILE_TRAVELS);

  if (waiting == NULL)
    return;
  for (; (transfer = baton_files_list_at (iter)) != NULL && transfer->state == BATON_FILE_TRAVELS;
       iter = g_sequence_iter_next (iter))
    {
      gboolean first = transfer->lane == self->lanes[2 * way];

      if (transfer->way == way && (first || fits (waiting, 2 * way + 1)) && transfer->rank > waiting->rank &&
          (worst == NULL || transfer->rank > worst->rank || transfer->size > worst->size))
        worst = transfer;
    }
  if (worst != NULL)
    baton_lane_job_yield (baton_lane_job (worst->lane));
}

static void
ask_server (BatonFiles *self)
{
  guint index = baton_files_is_idle (self, 2 * BATON_BLOB_UP + 1) ? 2 * BATON_BLOB_UP + 1 : 2 * BATON_BLOB_UP;
  g_autoptr (GPtrArray) ask = NULL;
  BatonLaneJob *job;

  if (!self->ask || self->asking || self->plan == NULL || !baton_files_is_idle (self, index) ||
      baton_workspace_why_not (self->workspace, BATON_VERB_VERSION_ADD) != NULL)
    return;
  ask = to_be_asked (self);
  self->ask = FALSE;
  if (ask->len == 0)
    return;
  self->asking = TRUE;
  job = baton_lane_job_new (BATON_BLOB_UP, NULL);
  job->ask = g_steal_pointer (&ask);
  baton_lane_run (lane_at (self, index), job);
}

static gint64
smooth (gint64 before, gint64 now)
{
  return before == 0 ? now : (before * 2 + now) / 3;
}

static gboolean
tick_cb (gpointer data)
{
  BatonFiles *self = data;
  gint64 now = g_get_monotonic_time ();
  GSequenceIter *iter = baton_files_first_in (self, BATON_FILE_TRAVELS);
  BatonFileTransfer *transfer;
  gboolean any = FALSE;

  for (; (transfer = baton_files_list_at (iter)) != NULL && transfer->state == BATON_FILE_TRAVELS;
       iter = g_sequence_iter_next (iter))
    {
      BatonLaneJob *job = baton_lane_job (transfer->lane);
      gint64 done = job != NULL ? baton_lane_job_done (job) : 0;

      any = TRUE;
      transfer->done = MAX (done, transfer->done);
      if (transfer->marked_at == 0 && done > 0)
        transfer->marked = done;
      if (transfer->marked_at != 0 && now - transfer->marked_at >= G_USEC_PER_SEC)
        transfer->speed = smooth (
            transfer->speed, (done - transfer->marked) * G_USEC_PER_SEC / (now - transfer->marked_at));
      if (transfer->marked_at == 0 || now - transfer->marked_at >= G_USEC_PER_SEC)
        {
          transfer->marked = done;
          transfer->marked_at = now;
        }
      baton_files_list_update (self, transfer);
    }
  if (!any)
    self->tick = 0;
  return any;
}

void
baton_files_pump (BatonFiles *self)
{
  if (self->workspace == NULL || !self->ready || self->paused)
    return;
  if (g_get_monotonic_time () < self->not_before)
    {
      retry_at (self, self->not_before);
      return;
    }
  ask_server (self);
  for (guint i = 0; i < BATON_FILES_LANES; i++)
    {
      BatonFileTransfer *transfer = baton_files_is_idle (self, i) ? next (self, i) : NULL;

      if (transfer != NULL)
        start (self, i, transfer);
    }
  make_room (self, BATON_BLOB_UP);
  make_room (self, BATON_BLOB_DOWN);
  if (self->tick == 0)
    self->tick = g_timeout_add (TICK_MS, tick_cb, self);
}
