/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "workspace-private.h"

#include "words.h"
#include "workspace-replay.h"

#include <time.h>

/* Beyond this many operations at once the models are read anew instead of followed. */
#define MOST_FOLLOWED 200

enum
{
  PERFORMED,
  RELOADED,
  BROKEN,
  ARRIVED,
  ATTENDED,
  COPIED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

void
baton_workspace_signals_init (GObjectClass *klass)
{
  GType type = G_OBJECT_CLASS_TYPE (klass);

  signals[PERFORMED] = g_signal_new ("performed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
      2, G_TYPE_POINTER, G_TYPE_POINTER);
  signals[RELOADED] = g_signal_new ("reloaded", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  baton_workspace_permits_init (klass);
  signals[BROKEN] =
      g_signal_new ("broken", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[ARRIVED] =
      g_signal_new ("arrived", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[ATTENDED] = g_signal_new ("attended", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[COPIED] = g_signal_new ("copied", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

void
baton_workspace_tell_arrived (BatonWorkspace *self, const char *hash)
{
  g_return_if_fail (BATON_IS_WORKSPACE (self) && hash != NULL);
  g_signal_emit (self, signals[ARRIVED], 0, hash);
}

void
baton_workspace_emit_broken (BatonWorkspace *self, const GError *error)
{
  if (g_error_matches (error, BATON_ERROR, BATON_ERROR_CORRUPT) ||
      g_error_matches (error, BATON_ERROR, BATON_ERROR_FULL))
    g_signal_emit (self, signals[BROKEN], 0, error);
}

gint64
baton_workspace_boot_time (void)
{
  struct timespec now;

  return clock_gettime (CLOCK_BOOTTIME, &now) == 0 ? now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000 : 0;
}

/* An operation that is made now says who made it and when; an imported one knows that already. */
static void
complete_envelope (BatonWorkspace *self, BatonOp *op)
{
  if (op->person == NULL && op->batch == NULL)
    op->person = g_strdup (self->me);
  if (op->at == 0)
    {
      op->at = g_get_real_time ();
      op->boot = baton_workspace_boot_time ();
    }
}

typedef struct
{
  BatonWorkspace *workspace;
  gboolean redo;
  gboolean nothing; /* there was nothing to undo */
  char *undone;     /* what was undone, in words */
} JobData;

static void
job_data_free (gpointer data)
{
  JobData *job_data = data;

  g_object_unref (job_data->workspace);
  g_free (job_data->undone);
  g_free (job_data);
}

static gboolean
job_progress (guint done, guint total, gpointer data)
{
  BatonJob *job = data;

  if (job->cancellable != NULL && g_cancellable_is_cancelled (job->cancellable))
    return FALSE;
  return job->progress == NULL || job->progress (done, total, job->progress_data);
}

static void
work_perform (BatonStore *store, BatonJob *job)
{
  gboolean follow = job->ops->len <= MOST_FOLLOWED;
  gboolean watched = job->progress != NULL || job->cancellable != NULL;

  baton_store_perform (
      store, job->ops, watched ? job_progress : NULL, job, follow ? &job->effects : NULL, NULL, &job->error);
}

/* First the operations that are there, then those that are made. */
static BatonOp *
next_of_job (gpointer data, GError **error)
{
  BatonJob *job = data;

  if (job->ops->len > 0)
    return g_ptr_array_steal_index (job->ops, 0);
  return job->source (job->source_data, error);
}

static void
work_stream (BatonStore *store, BatonJob *job)
{
  gboolean watched = job->progress != NULL || job->cancellable != NULL;

  baton_store_perform_stream (store, next_of_job, job, watched ? job_progress : NULL, job,
      job->ops->len + job->n_source, &job->error);
}

static void
work_replay (BatonStore *store, BatonJob *job)
{
  gboolean watched = job->progress != NULL || job->cancellable != NULL;

  baton_store_replay (store, job->ops, watched ? job_progress : NULL, job, &job->error);
}

static void
work_undo (BatonStore *store, BatonJob *job)
{
  JobData *data = job->data;
  BatonReader *reader = baton_store_reader (store);
  g_autoptr (BatonEntry) what = NULL;
  g_autoptr (BatonNames) names = baton_names_new (reader);
  BatonOp *op = baton_reader_prepare_undo (
      reader, baton_store_device (store), data->redo, g_get_real_time (), &what, &job->error);

  data->nothing = op == NULL && job->error == NULL;
  if (op == NULL)
    return;
  data->undone = baton_words_entry (names, what, NULL);
  complete_envelope (data->workspace, op);
  g_ptr_array_add (job->ops, op);
  work_perform (store, job);
}

void
baton_workspace_reload (BatonWorkspace *self)
{
  g_autoptr (GError) error = NULL;

  baton_workspace_forget_slices (self);
  if (!baton_workspace_load (self, &error))
    baton_workspace_emit_broken (self, error);
  g_signal_emit (self, signals[RELOADED], 0);
}

void
baton_workspace_emit_attended (BatonWorkspace *self)
{
  g_signal_emit (self, signals[ATTENDED], 0);
}

void
baton_workspace_emit_copied (BatonWorkspace *self)
{
  g_signal_emit (self, signals[COPIED], 0);
}

void
baton_workspace_emit_performed (BatonWorkspace *self, BatonOp *op, BatonEffect *effect)
{
  g_signal_emit (self, signals[PERFORMED], 0, op, effect);
}

static void
announce (BatonWorkspace *self, BatonJob *job)
{
  baton_workspace_forget_ahead (self);
  baton_workspace_nudge (self);
  if (job->effects == NULL)
    {
      baton_workspace_reload (self);
      return;
    }
  for (guint i = 0; i < job->effects->len; i++)
    {
      baton_workspace_show (self, g_ptr_array_index (job->ops, i), g_ptr_array_index (job->effects, i));
    }
}

static void
done_perform (BatonStore *store, BatonJob *job)
{
  JobData *data = job->data;
  BatonWorkspace *self = data->workspace;

  if (job->error == NULL && !data->nothing)
    announce (self, job);
  else if (job->error != NULL)
    baton_workspace_emit_broken (self, job->error);
  if (job->task == NULL)
    return;
  if (job->error != NULL)
    g_task_return_error (job->task, g_steal_pointer (&job->error));
  else if (job->work == work_undo)
    g_task_return_pointer (job->task, g_steal_pointer (&data->undone), g_free);
  else if (job->effects != NULL && job->effects->len == 1)
    g_task_return_pointer (job->task, baton_effect_ref (g_ptr_array_index (job->effects, 0)),
        (GDestroyNotify) baton_effect_unref);
  else
    g_task_return_pointer (job->task, NULL, NULL);
}

static BatonJob *
new_job (BatonWorkspace *self, BatonJobWork work, GPtrArray *ops)
{
  BatonJob *job = baton_job_new (work, done_perform);
  JobData *data = g_new0 (JobData, 1);

  data->workspace = g_object_ref (self);
  job->data = data;
  job->destroy = job_data_free;
  job->ops = ops;
  for (guint i = 0; work != work_replay && i < ops->len; i++)
    complete_envelope (self, g_ptr_array_index (ops, i));
  baton_workspace_ensure_daily_backup (self);
  return job;
}

static GPtrArray *
single (BatonOp *op)
{
  GPtrArray *ops = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_op_free);

  if (op != NULL)
    g_ptr_array_add (ops, op);
  return ops;
}

void
baton_workspace_perform_async (BatonWorkspace *self, BatonOp *op, GAsyncReadyCallback callback, gpointer data)
{
  BatonJob *job;

  g_return_if_fail (BATON_IS_WORKSPACE (self) && self->writer != NULL);
  job = new_job (self, work_perform, single (op));
  if (callback != NULL)
    job->task = g_task_new (self, NULL, callback, data);
  baton_writer_push (self->writer, job);
}

BatonEffect *
baton_workspace_perform_finish (BatonWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* The job is freed when it has been handed back, so what it gives is taken out before. */
typedef struct
{
  JobData base;
  BatonEffect **effect;
  char **sentence;
  GError **error;
  gboolean ok;
} WaitData;

static void
done_wait (BatonStore *store, BatonJob *job)
{
  WaitData *wait = job->data;
  BatonWorkspace *self = wait->base.workspace;

  wait->ok = job->error == NULL;
  if (job->error != NULL)
    {
      baton_workspace_emit_broken (self, job->error);
      g_propagate_error (wait->error, g_steal_pointer (&job->error));
      return;
    }
  if (wait->base.nothing)
    return;
  announce (self, job);
  if (wait->effect != NULL && job->effects != NULL)
    *wait->effect = baton_effect_ref (g_ptr_array_index (job->effects, 0));
  if (wait->sentence != NULL)
    *wait->sentence = g_steal_pointer (&wait->base.undone);
}

static gboolean
run_and_wait (BatonWorkspace *self, BatonJob *job, WaitData *wait)
{
  JobData *data = job->data;

  wait->base = *data;
  g_free (data);
  job->data = wait;
  job->destroy = NULL;
  job->done = done_wait;
  baton_writer_run (self->writer, job);
  g_object_unref (wait->base.workspace);
  g_free (wait->base.undone);
  return wait->ok;
}

gboolean
baton_workspace_perform (BatonWorkspace *self, BatonOp *op, BatonEffect **effect, GError **error)
{
  WaitData wait = { .effect = effect, .error = error };

  g_return_val_if_fail (BATON_IS_WORKSPACE (self) && self->writer != NULL, FALSE);
  return run_and_wait (self, new_job (self, work_perform, single (op)), &wait);
}

static void
push_batch (BatonWorkspace *self, BatonJob *job, BatonProgress progress, gpointer progress_data,
    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  job->progress = progress;
  job->progress_data = progress_data;
  job->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  if (callback != NULL)
    job->task = g_task_new (self, NULL, callback, data);
  baton_writer_push (self->writer, job);
}

void
baton_workspace_perform_batch_async (BatonWorkspace *self, GPtrArray *ops, BatonProgress progress,
    gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  push_batch (self, new_job (self, work_perform, ops), progress, progress_data, cancellable, callback, data);
}

void
baton_workspace_replay_async (BatonWorkspace *self, GPtrArray *ops, BatonProgress progress,
    gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  push_batch (self, new_job (self, work_replay, ops), progress, progress_data, cancellable, callback, data);
}

gboolean
baton_workspace_perform_batch_finish (BatonWorkspace *self, GAsyncResult *result, GError **error)
{
  g_autoptr (GError) local = NULL;
  BatonEffect *effect = g_task_propagate_pointer (G_TASK (result), &local);

  g_clear_pointer (&effect, baton_effect_unref);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
run_batch (BatonWorkspace *self, BatonJobWork work, GPtrArray *ops, BatonProgress progress,
    gpointer progress_data, GError **error)
{
  WaitData wait = { .error = error };
  BatonJob *job;

  if (ops->len == 0)
    {
      g_ptr_array_unref (ops);
      return TRUE;
    }
  job = new_job (self, work, ops);
  job->progress = progress;
  job->progress_data = progress_data;
  return run_and_wait (self, job, &wait);
}

gboolean
baton_workspace_perform_batch (
    BatonWorkspace *self, GPtrArray *ops, BatonProgress progress, gpointer progress_data, GError **error)
{
  return run_batch (self, work_perform, ops, progress, progress_data, error);
}

static BatonJob *
stream_job (BatonWorkspace *self, GPtrArray *ops, BatonOpSource next, gpointer source, guint n_source)
{
  BatonJob *job = new_job (self, work_stream, ops);

  job->source = next;
  job->source_data = source;
  job->n_source = n_source;
  return job;
}

gboolean
baton_workspace_perform_stream (BatonWorkspace *self, GPtrArray *ops, BatonOpSource next, gpointer source,
    guint n_source, BatonProgress progress, gpointer progress_data, GError **error)
{
  BatonJob *job = stream_job (self, ops, next, source, n_source);
  WaitData wait = { .error = error };

  job->progress = progress;
  job->progress_data = progress_data;
  return run_and_wait (self, job, &wait);
}

void
baton_workspace_perform_stream_async (BatonWorkspace *self, GPtrArray *ops, BatonOpSource next,
    gpointer source, guint n_source, BatonProgress progress, gpointer progress_data,
    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  push_batch (self, stream_job (self, ops, next, source, n_source), progress, progress_data, cancellable,
      callback, data);
}

gboolean
baton_workspace_replay (
    BatonWorkspace *self, GPtrArray *ops, BatonProgress progress, gpointer progress_data, GError **error)
{
  return run_batch (self, work_replay, ops, progress, progress_data, error);
}

void
baton_workspace_undo_async (BatonWorkspace *self, gboolean redo, GAsyncReadyCallback callback, gpointer data)
{
  BatonJob *job = new_job (self, work_undo, single (NULL));

  ((JobData *) job->data)->redo = redo;
  job->task = g_task_new (self, NULL, callback, data);
  baton_writer_push (self->writer, job);
}

char *
baton_workspace_undo_finish (BatonWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
baton_workspace_undo (BatonWorkspace *self, gboolean redo, char **sentence, GError **error)
{
  WaitData wait = { .sentence = sentence, .error = error };
  BatonJob *job = new_job (self, work_undo, single (NULL));

  ((JobData *) job->data)->redo = redo;
  if (sentence != NULL)
    *sentence = NULL;
  return run_and_wait (self, job, &wait);
}
