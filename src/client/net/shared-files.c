/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "shared-files-private.h"

#include "permits.h"
#include "workspace-private.h"

#include <gio/gio.h>

/* Which file travels next, on which lane, and what comes of it. */

#define TICK_MS 250
#define COUNT_MS 2000    /* until what has arrived is counted */
#define MOST_WAIT 30     /* seconds between two tries */
#define MOST_DAMAGED 5   /* times that a file may arrive damaged before somebody has to look */
#define LOOK_AGAIN_S 120 /* whether the server has got meanwhile what it had not */

enum
{
  CHANGED,
  CLOSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void baton_files_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BatonFiles, baton_files, G_TYPE_OBJECT,
    G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, baton_files_list_model_init))

static GType
get_item_type (GListModel *model)
{
  return BATON_TYPE_FILE_TRANSFER;
}

static guint
get_n_items (GListModel *model)
{
  return (guint) g_sequence_get_length (BATON_FILES (model)->list);
}

static gpointer
get_item (GListModel *model, guint position)
{
  GSequence *list = BATON_FILES (model)->list;
  BatonFileTransfer *transfer = position < (guint) g_sequence_get_length (list)
                                    ? baton_files_list_at (g_sequence_get_iter_at_pos (list, (int) position))
                                    : NULL;

  return transfer != NULL ? g_object_ref (transfer) : NULL;
}

static void
baton_files_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

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

static void
set_failure (BatonFileTransfer *transfer, const GError *error)
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
  set_failure (transfer, error);
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
  set_failure (transfer, NULL);
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
      set_failure (transfer, job->error);
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

static gboolean
is_idle (BatonFiles *self, guint index)
{
  return self->lanes[index] == NULL || baton_lane_job (self->lanes[index]) == NULL;
}

static gboolean
fits (const BatonFileTransfer *transfer, guint index)
{
  return index % 2 == 0 || transfer->size <= BATON_FILES_SMALL || transfer->rank == BATON_BLOB_RANK_ASKED;
}

static GSequenceIter *
first_in (BatonFiles *self, BatonFileState state)
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
  GSequenceIter *iter = first_in (self, BATON_FILE_WAITS);
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
  GSequenceIter *iter = first_in (self, BATON_FILE_TRAVELS);

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
  guint index = is_idle (self, 2 * BATON_BLOB_UP + 1) ? 2 * BATON_BLOB_UP + 1 : 2 * BATON_BLOB_UP;
  g_autoptr (GPtrArray) ask = NULL;
  BatonLaneJob *job;

  if (!self->ask || self->asking || self->plan == NULL || !is_idle (self, index) ||
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
  GSequenceIter *iter = first_in (self, BATON_FILE_TRAVELS);
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
      BatonFileTransfer *transfer = is_idle (self, i) ? next (self, i) : NULL;

      if (transfer != NULL)
        start (self, i, transfer);
    }
  make_room (self, BATON_BLOB_UP);
  make_room (self, BATON_BLOB_DOWN);
  if (self->tick == 0)
    self->tick = g_timeout_add (TICK_MS, tick_cb, self);
}

/* What others say. */

static void
wake (BatonFiles *self, BatonFileState state)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  GSequenceIter *iter = first_in (self, state);
  BatonFileTransfer *transfer;

  for (; (transfer = baton_files_list_at (iter)) != NULL && transfer->state == state;
       iter = g_sequence_iter_next (iter))
    g_ptr_array_add (found, transfer);
  for (guint i = 0; i < found->len; i++)
    {
      transfer = g_ptr_array_index (found, i);
      transfer->state = BATON_FILE_WAITS;
      transfer->not_before = 0;
      baton_files_list_update (self, transfer);
    }
}

static void
status_cb (BatonSharing *sharing, BatonFiles *self)
{
  const BatonSyncStatus *status = baton_sharing_status (sharing);
  gboolean ready =
      status->state == BATON_SYNC_IN_STEP || (self->ready && status->state == BATON_SYNC_WORKING);

  if (ready == self->ready)
    return;
  self->ready = ready;
  baton_files_list_tell (self);
  if (!ready)
    return;
  self->failures = 0;
  self->not_before = 0;
  wake (self, BATON_FILE_AWAY);
  baton_files_plan_soon (self);
  baton_files_pump (self);
}

/* The server has got a file. */
static void
arrived_cb (BatonSharing *sharing, const char *hash, BatonFiles *self)
{
  BatonFileTransfer *transfer =
      hash != NULL ? g_hash_table_lookup (self->by_hash[BATON_BLOB_DOWN], hash) : NULL;

  if (transfer == NULL || transfer->state != BATON_FILE_AWAY)
    return;
  transfer->state = BATON_FILE_WAITS;
  baton_files_list_update (self, transfer);
  baton_files_pump (self);
}

static gboolean
look_again_cb (gpointer data)
{
  BatonFiles *self = data;

  wake (self, BATON_FILE_AWAY);
  baton_files_pump (self);
  return G_SOURCE_CONTINUE;
}

static gboolean
concerns_files (const BatonChange *change)
{
  switch ((int) change->entity)
    {
    case BATON_ENTITY_VERSION:
    case BATON_ENTITY_ASSET:
    case BATON_ENTITY_STAGE:
      return TRUE;
    case BATON_ENTITY_CARD:
      return change->created || change->vanished || change->field == BATON_CARD_STAGE ||
             change->field == BATON_CARD_REMOVED || change->field == BATON_CARD_ARCHIVED;
    default:
      return FALSE;
    }
}

static void
performed_cb (BatonWorkspace *workspace, BatonOp *op, BatonEffect *effect, BatonFiles *self)
{
  for (guint i = 0; i < effect->changes->len; i++)
    {
      if (concerns_files (g_ptr_array_index (effect->changes, i)))
        {
          baton_files_plan_soon (self);
          return;
        }
    }
}

static void
role_cb (BatonWorkspace *workspace, BatonFiles *self)
{
  self->ask = TRUE;
  baton_files_pump (self);
}

/* What people say. */

void
baton_files_set_limits (BatonFiles *self, gint64 up, gint64 down)
{
  g_return_if_fail (BATON_IS_FILES (self));
  baton_blob_pace_set (self->paces[BATON_BLOB_UP], up);
  baton_blob_pace_set (self->paces[BATON_BLOB_DOWN], down);
}

void
baton_files_set_paused (BatonFiles *self, gboolean paused)
{
  g_return_if_fail (BATON_IS_FILES (self));
  if (self->paused == paused)
    return;
  self->paused = paused;
  for (guint i = 0; paused && i < BATON_FILES_LANES; i++)
    {
      if (!is_idle (self, i))
        baton_lane_job_yield (baton_lane_job (self->lanes[i]));
    }
  baton_files_pump (self);
  baton_files_list_tell (self);
}

gboolean
baton_files_get_paused (BatonFiles *self)
{
  return self->paused;
}

gboolean
baton_files_is_connected (BatonFiles *self)
{
  return self->ready;
}

BatonFileTransfer *
baton_files_find (BatonFiles *self, BatonBlobWay way, const char *hash)
{
  return g_hash_table_lookup (self->by_hash[way], hash);
}

void
baton_files_cancel (BatonFiles *self, BatonFileTransfer *transfer)
{
  BatonLaneJob *job = transfer->lane != NULL ? baton_lane_job (transfer->lane) : NULL;

  g_return_if_fail (BATON_IS_FILES (self) && transfer->files == self);
  if (!baton_file_transfer_can_cancel (transfer))
    return;
  transfer->given_up = TRUE;
  if (job != NULL)
    g_cancellable_cancel (job->cancellable);
  else
    transfer->state = BATON_FILE_GIVEN_UP;
  baton_files_list_update (self, transfer);
}

void
baton_files_retry (BatonFiles *self, BatonFileTransfer *transfer)
{
  g_return_if_fail (BATON_IS_FILES (self) && transfer->files == self);
  if (!baton_file_transfer_can_retry (transfer))
    return;
  transfer->state = BATON_FILE_WAITS;
  transfer->given_up = FALSE;
  transfer->tries = 0;
  transfer->not_before = self->not_before = 0;
  set_failure (transfer, NULL);
  baton_files_list_update (self, transfer);
  baton_files_pump (self);
}

void
baton_files_refresh (BatonFiles *self)
{
  g_return_if_fail (BATON_IS_FILES (self));
  baton_files_plan_soon (self);
}

static void
baton_files_finalize (GObject *object)
{
  BatonFiles *self = BATON_FILES (object);

  for (guint i = 0; i < BATON_BLOB_N_WAYS; i++)
    {
      baton_blob_pace_unref (self->paces[i]);
      g_hash_table_unref (self->by_hash[i]);
    }
  g_clear_handle_id (&self->changed, g_source_remove);
  g_clear_pointer (&self->plan, baton_blob_plan_free);
  g_sequence_free (self->list);
  g_hash_table_unref (self->known);
  g_hash_table_unref (self->wants);
  g_object_unref (self->cancellable);
  G_OBJECT_CLASS (baton_files_parent_class)->finalize (object);
}

static void
baton_files_class_init (BatonFilesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_files_finalize;
  signals[CHANGED] = g_signal_new (
      "changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CLOSED] = g_signal_new (
      "closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
baton_files_init (BatonFiles *self)
{
  baton_files_list_init (self);
  self->cancellable = g_cancellable_new ();
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->wants = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < BATON_BLOB_N_WAYS; i++)
    self->paces[i] = baton_blob_pace_new ();
}

BatonFiles *
baton_files_new (BatonWorkspace *workspace, BatonSharing *sharing)
{
  BatonFiles *self = g_object_new (BATON_TYPE_FILES, NULL);

  self->workspace = workspace;
  self->sharing = g_object_ref (sharing);
  workspace->files = self;
  g_signal_connect (sharing, "changed", G_CALLBACK (status_cb), self);
  g_signal_connect (sharing, "arrived", G_CALLBACK (arrived_cb), self);
  g_signal_connect (workspace, "performed", G_CALLBACK (performed_cb), self);
  g_signal_connect (workspace, "role-changed", G_CALLBACK (role_cb), self);
  g_signal_connect_swapped (workspace, "reloaded", G_CALLBACK (baton_files_plan_soon), self);
  self->look = g_timeout_add_seconds (LOOK_AGAIN_S, look_again_cb, self);
  status_cb (sharing, self);
  baton_files_plan_soon (self);
  return self;
}

void
baton_files_free (BatonFiles *self)
{
  g_return_if_fail (BATON_IS_FILES (self) && self->workspace != NULL);

  g_cancellable_cancel (self->cancellable);
  g_signal_handlers_disconnect_by_data (self->sharing, self);
  g_signal_handlers_disconnect_by_data (self->workspace, self);
  self->workspace->files = NULL;
  self->workspace = NULL;
  self->ready = FALSE;
  for (guint i = 0; i < BATON_FILES_LANES; i++)
    g_clear_pointer (&self->lanes[i], baton_lane_free);
  g_clear_handle_id (&self->plan_timer, g_source_remove);
  g_clear_handle_id (&self->retry_timer, g_source_remove);
  g_clear_handle_id (&self->tick, g_source_remove);
  g_clear_handle_id (&self->look, g_source_remove);
  baton_files_list_clear (self);
  g_clear_object (&self->sharing);
  g_signal_emit (self, signals[CLOSED], 0);
  g_object_unref (self);
}
