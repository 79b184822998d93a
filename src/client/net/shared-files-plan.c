/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "shared-files-private.h"

/* What is to travel: the plan, read again when versions, cards or stages have changed, and what somebody
 * looks at or asks for. */

#define SOON_MS 150
#define REST 5 /* times as long as the last plan took, before the next */

typedef struct
{
  BatonBlobRank rank;
  guint stamp;
} Want;

static gboolean
is_wanted (const BatonBlobNeed *need, const Want *want)
{
  if (need->here)
    return FALSE;
  return need->unasked ||
         (want != NULL && (want->rank == BATON_BLOB_RANK_ASKED || need->size <= BATON_BLOB_UNASKED));
}

static gboolean
may_go (const BatonFileTransfer *transfer)
{
  return transfer->state != BATON_FILE_TRAVELS && transfer->state != BATON_FILE_DONE;
}

static void
set_rank (BatonFiles *self, BatonFileTransfer *transfer, BatonBlobRank rank, guint stamp)
{
  if (transfer->rank == rank && transfer->stamp == stamp)
    return;
  transfer->rank = rank;
  transfer->stamp = stamp;
  baton_files_list_update (self, transfer);
}

/* What stands in the list about a file that is wanted. */
static void
follow_wanted (BatonFiles *self, const BatonBlobNeed *need, const Want *want)
{
  BatonFileTransfer *transfer = g_hash_table_lookup (self->by_hash[BATON_BLOB_DOWN], need->hash);

  if (transfer != NULL && transfer->state == BATON_FILE_DONE)
    {
      /* It was here, and is not any more. */
      baton_files_list_remove (self, transfer);
      transfer = NULL;
    }
  if (transfer == NULL)
    transfer = baton_files_list_add (self, BATON_BLOB_DOWN, need);
  transfer->damaged = need->damaged;
  set_rank (self, transfer, want != NULL ? MIN (need->rank, want->rank) : need->rank,
      want != NULL ? want->stamp : 0);
}

void
baton_files_follow_need (BatonFiles *self, const BatonBlobNeed *need)
{
  const Want *want = g_hash_table_lookup (self->wants, need->hash);
  BatonFileTransfer *down = g_hash_table_lookup (self->by_hash[BATON_BLOB_DOWN], need->hash);
  BatonFileTransfer *up = g_hash_table_lookup (self->by_hash[BATON_BLOB_UP], need->hash);

  if (is_wanted (need, want))
    follow_wanted (self, need, want);
  else if (down != NULL && may_go (down))
    baton_files_list_remove (self, down);
  /* What was added without a connection is seen to wait for one. */
  if (up == NULL && need->here && need->unsent && !g_hash_table_contains (self->known, need->hash))
    baton_files_list_add (self, BATON_BLOB_UP, need);
  if (up == NULL || !may_go (up))
    return;
  if (need->here)
    set_rank (self, up, need->rank, 0);
  else
    baton_files_list_remove (self, up);
}

/* Versions that went into the bin take their files out of the list. */
static void
drop_unneeded (BatonFiles *self, BatonBlobWay way)
{
  g_autoptr (GPtrArray) gone = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer hash, transfer;

  g_hash_table_iter_init (&iter, self->by_hash[way]);
  while (g_hash_table_iter_next (&iter, &hash, &transfer))
    {
      if (may_go (transfer) && !g_hash_table_contains (self->plan->needs, hash))
        g_ptr_array_add (gone, transfer);
    }
  for (guint i = 0; i < gone->len; i++)
    baton_files_list_remove (self, g_ptr_array_index (gone, i));
}

static void
take_plan (BatonFiles *self, BatonBlobPlan *plan)
{
  int before = self->plan != NULL ? (int) g_hash_table_size (self->plan->needs) : 0;
  GHashTableIter iter;
  gpointer need;

  /* Another epoch is an older server: it may have lost what it had. */
  if (self->plan != NULL && g_strcmp0 (self->plan->epoch, plan->epoch) != 0)
    g_hash_table_remove_all (self->known);
  g_clear_pointer (&self->plan, baton_blob_plan_free);
  self->plan = plan;
  baton_files_list_begin (self, ABS ((int) g_hash_table_size (plan->needs) - before));
  drop_unneeded (self, BATON_BLOB_UP);
  drop_unneeded (self, BATON_BLOB_DOWN);
  g_hash_table_iter_init (&iter, plan->needs);
  while (g_hash_table_iter_next (&iter, NULL, &need))
    baton_files_follow_need (self, need);
  baton_files_list_end (self);
  self->ask = TRUE;
  baton_files_pump (self);
}

typedef struct
{
  BatonBlobs *blobs;
  gint64 took;
} Planning;

static void
planning_free (gpointer data)
{
  Planning *planning = data;

  baton_blobs_unref (planning->blobs);
  g_free (planning);
}

typedef struct
{
  BatonBlobPlan *plan;
  gint64 took;
} Planned;

static void
planned_free (gpointer data)
{
  Planned *planned = data;

  g_clear_pointer (&planned->plan, baton_blob_plan_free);
  g_free (planned);
}

static gpointer
plan_thread (BatonReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  Planning *planning = data;
  gint64 since = g_get_monotonic_time ();
  BatonBlobPlan *plan = baton_blob_plan_new (reader, planning->blobs, error);
  Planned *planned;

  if (plan == NULL)
    return NULL;
  planned = g_new (Planned, 1);
  *planned = (Planned){ plan, g_get_monotonic_time () - since };
  return planned;
}

static void
planned_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BatonFiles) self = data;
  g_autoptr (GError) error = NULL;
  Planned *planned = baton_workspace_query_finish (BATON_WORKSPACE (source), result, &error);

  self->planning = FALSE;
  if (planned != NULL && self->workspace != NULL)
    {
      self->plan_took = planned->took;
      take_plan (self, g_steal_pointer (&planned->plan));
      if (self->stale)
        baton_files_plan_soon (self);
    }
  else if (error != NULL && self->workspace != NULL)
    g_debug ("Which files are missing is not known: %s", error->message);
  g_clear_pointer (&planned, planned_free);
}

static gboolean
plan_cb (gpointer data)
{
  BatonFiles *self = data;
  Planning *planning = g_new0 (Planning, 1);

  self->plan_timer = 0;
  self->stale = FALSE;
  self->planning = TRUE;
  planning->blobs = baton_blobs_ref (baton_workspace_blobs (self->workspace));
  baton_workspace_query_async (self->workspace, plan_thread, planning, planning_free, planned_free,
      self->cancellable, planned_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

void
baton_files_plan_within (BatonFiles *self, guint milliseconds)
{
  gint64 at = g_get_monotonic_time () + MAX (milliseconds * 1000, REST * self->plan_took);

  self->stale = TRUE;
  if (self->planning || self->workspace == NULL || (self->plan_timer != 0 && self->plan_at <= at))
    return;
  g_clear_handle_id (&self->plan_timer, g_source_remove);
  self->plan_at = at;
  self->plan_timer = g_timeout_add ((guint) ((at - g_get_monotonic_time ()) / 1000), plan_cb, self);
}

void
baton_files_plan_soon (BatonFiles *self)
{
  baton_files_plan_within (self, SOON_MS);
}

void
baton_files_want (BatonFiles *self, const char *hash, BatonBlobRank rank)
{
  const BatonBlobNeed *need;
  const Want *before;
  BatonFileTransfer *transfer;
  Want *want;

  if (self == NULL || self->workspace == NULL)
    return;
  g_return_if_fail (BATON_IS_FILES (self) && hash != NULL);
  need = self->plan != NULL ? g_hash_table_lookup (self->plan->needs, hash) : NULL;
  if (need != NULL && need->here)
    {
      /* It was when that was last looked at: it may be damaged since. */
      if (baton_blobs_has (baton_workspace_blobs (self->workspace), hash))
        return;
      baton_files_plan_soon (self);
      need = NULL;
    }
  before = g_hash_table_lookup (self->wants, hash);
  want = g_new (Want, 1);
  *want = (Want){ before != NULL ? MIN (before->rank, rank) : rank, ++self->stamp };
  g_hash_table_replace (self->wants, g_strdup (hash), want);
  if (need == NULL)
    return;
  transfer = g_hash_table_lookup (self->by_hash[BATON_BLOB_DOWN], hash);
  if (transfer != NULL && rank == BATON_BLOB_RANK_ASKED && baton_file_transfer_can_retry (transfer))
    baton_files_retry (self, transfer);
  baton_files_follow_need (self, need);
  baton_files_pump (self);
}

void
baton_files_unwant (BatonFiles *self, const char *hash)
{
  const BatonBlobNeed *need;
  const Want *want;

  if (self == NULL || self->workspace == NULL || hash == NULL)
    return;
  need = self->plan != NULL ? g_hash_table_lookup (self->plan->needs, hash) : NULL;
  want = g_hash_table_lookup (self->wants, hash);
  if (want == NULL || want->rank != BATON_BLOB_RANK_SCREEN)
    return;
  g_hash_table_remove (self->wants, hash);
  if (need != NULL)
    baton_files_follow_need (self, need);
}

gboolean
baton_files_board (BatonFiles *self, const char *board, BatonBoardFiles *files)
{
  const BatonBoardFiles *known = self->plan != NULL ? g_hash_table_lookup (self->plan->boards, board) : NULL;

  *files = known != NULL ? *known : (BatonBoardFiles){ 0 };
  return self->plan != NULL;
}
