/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-store"

#include "store-private.h"

#include "defect.h"
#include "apply.h"
#include "baton-error.h"
#include "log.h"
#include "naming-template.h"
#include "search.h"
#include "tables.h"

#include <glib/gi18n-lib.h>

#define PROGRESS_EVERY 200

BatonEffect *
baton_store_try (BatonDb *db, BatonSqlView *view, const BatonOp *op, GError **refusal, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BatonEffect) effect = baton_apply (op, &view->base, &local);

  /* What the rules could not read comes before what they made of it. */
  if (view->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&view->error));
      return NULL;
    }
  if (effect != NULL)
    return baton_sql_view_flush (view, error) ? g_steal_pointer (&effect) : NULL;
  if (BATON_DEFECT (HALF_REFUSED) ? baton_sql_view_flush (view, error)
                                  : baton_sql_view_take_back (view, error))
    g_propagate_error (refusal, g_steal_pointer (&local));
  return NULL;
}

BatonEffect *
baton_store_apply_at (
    BatonDb *db, BatonSqlView *view, gint64 seq, const BatonOp *op, GError **refusal, GError **error)
{
  g_autoptr (BatonEffect) effect = baton_store_try (db, view, op, refusal, error);

  if (effect == NULL || !baton_log_derive (db, seq, op, effect, error))
    return NULL;
  baton_sql_view_commit (view);
  return g_steal_pointer (&effect);
}

/* In a workspace that others change, too, a new long text says what it was made from, so that it can be
 * merged. Editors that know better have said so. */
static void
say_what_was (BatonStore *store, BatonOp *op)
{
  const BatonRow *row;

  if (op->verb == BATON_VERB_UNKNOWN || baton_verb_info (op->verb)->action != BATON_ACTION_SET ||
      op->ids->len != 1 || op->was->len > 0)
    return;
  row = store->view->base.get (
      &store->view->base, baton_verb_info (op->verb)->entity, g_ptr_array_index (op->ids, 0));
  for (guint i = 0; row != NULL && i < op->sets->len; i++)
    {
      BatonField field = g_array_index (op->sets, BatonSet, i).field;

      if (baton_field_info (field)->entity == row->entity &&
          baton_field_info (field)->merge == BATON_MERGE_THREE_WAY)
        baton_op_set_was (op, field, baton_row_text (row, field));
    }
}

BatonEffect *
baton_store_perform_one (BatonStore *store, BatonOp *op, GError **error)
{
  BatonLogPlace place = { 0 };
  GError *refusal = NULL;
  BatonEffect *effect;
  gint64 seq;

  g_free (op->device);
  op->device = g_strdup (store->device);
  op->number = store->last_number + 1;
  op->base = store->epoch != NULL ? store->cursor : store->last_seq;
  if (store->epoch != NULL)
    {
      say_what_was (store, op);
      place.seq = store->last_pending + 1;
      place.mine = TRUE;
    }
  if ((!store->replaying && !baton_naming_check (op, error)) || !baton_store_permits (store, op, error) ||
      !baton_log_append (store->db, op, &place, &seq, error))
    return NULL;
  store->last_number++;
  if (store->epoch != NULL)
    store->last_pending = seq;
  else
    store->last_seq = seq;
  effect = baton_store_apply_at (store->db, store->view, seq, op, &refusal, error);
  if (refusal != NULL)
    g_propagate_error (error, refusal);
  return effect;
}

gboolean
baton_store_commit (BatonStore *store, GError **error)
{
  return baton_search_index (store->db, store->view->stale_documents, error) &&
         baton_db_exec (store->db, "COMMIT", error);
}

void
baton_store_roll_back (BatonStore *store)
{
  baton_sql_view_clear (store->view);
  baton_db_exec (store->db, "ROLLBACK", NULL);
  baton_store_load_position (store);
}

static gboolean
perform_all (BatonStore *store, GPtrArray *ops, BatonProgress progress, gpointer data, GPtrArray *effects,
    guint *failed, GError **error)
{
  for (guint i = 0; i < ops->len; i++)
    {
      BatonEffect *effect;

      *failed = i;
      if (progress != NULL && i % PROGRESS_EVERY == 0 && !progress (i, ops->len, data))
        {
          g_set_error_literal (
              error, BATON_ERROR, BATON_ERROR_CANCELLED, _ ("Cancelled. Nothing was changed."));
          return FALSE;
        }
      effect = baton_store_perform_one (store, g_ptr_array_index (ops, i), error);
      if (effect == NULL)
        return FALSE;
      if (effects != NULL)
        g_ptr_array_add (effects, effect);
      else
        baton_effect_unref (effect);
    }
  return baton_store_commit (store, error);
}

gboolean
baton_store_perform (BatonStore *store, GPtrArray *ops, BatonProgress progress, gpointer data,
    GPtrArray **effects, guint *failed, GError **error)
{
  g_autoptr (GPtrArray) made = NULL;
  guint index = 0;

  if (failed != NULL)
    *failed = 0;
  if (!baton_store_check_writable (store, error) || !baton_db_exec (store->db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (effects != NULL)
    made = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_effect_unref);
  if (!perform_all (store, ops, progress, data, made, &index, error))
    {
      baton_store_roll_back (store);
      if (failed != NULL)
        *failed = index;
      return FALSE;
    }
  if (effects != NULL)
    *effects = g_steal_pointer (&made);
  return TRUE;
}

/* Search documents are written now and then, so that not all of them have to be remembered. */
#define DOCUMENTS_AT_ONCE 5000

static gboolean
stream_all (BatonStore *store, BatonOpSource next, gpointer source, BatonProgress progress, gpointer data,
    guint total, GError **error)
{
  GError *local = NULL;
  BatonOp *made;

  for (guint i = 0; (made = next (source, &local)) != NULL; i++)
    {
      g_autoptr (BatonOp) op = made;
      BatonEffect *effect;

      if (progress != NULL && i % PROGRESS_EVERY == 0 && !progress (i, total, data))
        {
          g_set_error_literal (
              error, BATON_ERROR, BATON_ERROR_CANCELLED, _ ("Cancelled. Nothing was changed."));
          return FALSE;
        }
      effect = baton_store_perform_one (store, op, error);
      if (effect == NULL)
        return FALSE;
      baton_effect_unref (effect);
      if (g_hash_table_size (store->view->stale_documents) >= DOCUMENTS_AT_ONCE &&
          !baton_search_index (store->db, store->view->stale_documents, error))
        return FALSE;
    }
  if (local != NULL)
    {
      g_propagate_error (error, local);
      return FALSE;
    }
  return baton_store_commit (store, error);
}

gboolean
baton_store_perform_stream (BatonStore *store, BatonOpSource next, gpointer source, BatonProgress progress,
    gpointer data, guint total, GError **error)
{
  if (!baton_store_check_writable (store, error) || !baton_db_exec (store->db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (stream_all (store, next, source, progress, data, total, error))
    return TRUE;
  baton_store_roll_back (store);
  return FALSE;
}

typedef struct
{
  BatonDb *db;
  BatonSqlView *view;
  BatonProgress progress;
  gpointer data;
  guint total;
  guint done;
  gboolean shared; /* with a server: what is pending may be refused now */
  GError **error;
  gboolean failed;
} Replay;

static gboolean
replay_op (gint64 seq, const BatonOp *op, gpointer data)
{
  Replay *replay = data;
  g_autoptr (GError) refusal = NULL;
  GError *broken = NULL;
  g_autoptr (BatonEffect) effect =
      baton_store_apply_at (replay->db, replay->view, seq, op, &refusal, &broken);

  replay->failed = effect == NULL && (broken != NULL || !replay->shared);
  if (replay->failed)
    {
      g_propagate_error (replay->error, broken != NULL ? broken : g_steal_pointer (&refusal));
      g_prefix_error (replay->error, _ ("Operation %d of the log: "), (int) seq);
      return FALSE;
    }
  replay->done++;
  if (replay->progress == NULL || replay->done % PROGRESS_EVERY != 0 ||
      replay->progress (replay->done, replay->total, replay->data))
    return TRUE;
  replay->failed = TRUE;
  g_set_error_literal (
      replay->error, BATON_ERROR, BATON_ERROR_CANCELLED, _ ("Cancelled. Nothing was changed."));
  return FALSE;
}

static gboolean
replay_log (BatonDb *db, BatonSqlView *view, BatonProgress progress, gpointer data, GError **error)
{
  Replay replay = { db, view, progress, data, (guint) baton_db_int (db, "SELECT count (*) FROM log", 0), 0,
    baton_db_int (db, "SELECT count (*) FROM meta WHERE key = 'sync.epoch'", 0) > 0, error, FALSE };
  gint64 first = 0;

  return baton_tables_drop_derived (db, error) && baton_tables_create_derived (db, error) &&
         baton_snapshot_load (db, &first, error) &&
         baton_reader_each_op (db, first, replay_op, &replay, error) && !replay.failed &&
         baton_search_index (db, view->stale_documents, error) && baton_db_exec (db, "COMMIT", error);
}

gboolean
baton_rebuild (BatonDb *db, BatonProgress progress, gpointer data, GError **error)
{
  g_autoptr (BatonSqlView) view = baton_sql_view_new (db);

  baton_db_forget_statements (db);
  if (!baton_db_exec (db, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (replay_log (db, view, progress, data, error))
    return TRUE;
  baton_db_exec (db, "ROLLBACK", NULL);
  return FALSE;
}
