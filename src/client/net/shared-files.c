/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "shared-files-private.h"

#include "workspace-private.h"

#include <gio/gio.h>

/* The list as a model, what the workspace, the server and people say about it, and its life. */

#define PAUSED "files/paused" /* on this device, until somebody lets them go on */
#define LOOK_AGAIN_S 120      /* whether the server has got meanwhile what it had not */

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

/* What others say. */

static void
wake (BatonFiles *self, BatonFileState state)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  GSequenceIter *iter = baton_files_first_in (self, state);
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
  baton_workspace_set_draft (self->workspace, PAUSED, paused ? "yes" : NULL);
  for (guint i = 0; paused && i < BATON_FILES_LANES; i++)
    {
      if (!baton_files_is_idle (self, i))
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
  baton_files_set_failure (transfer, NULL);
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
  g_autofree char *paused = baton_workspace_draft (workspace, PAUSED);

  self->workspace = workspace;
  self->paused = paused != NULL;
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
