/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "workspace-private.h"

#include "sync.h"

/* What needs attention: done after all, or let go. Like every change it is the writer's work, and the models
 * follow. */

typedef struct
{
  BatonWorkspace *workspace;
  gint64 id;
  BatonOp *edited;
  char *person;
  gint64 boot;
  BatonOp *performed;
  BatonEffect *effect;
  GError **error; /* of who waits */
} Attending;

static void
attending_free (gpointer data)
{
  Attending *attending = data;

  g_clear_pointer (&attending->edited, baton_op_free);
  g_clear_pointer (&attending->performed, baton_op_free);
  g_clear_pointer (&attending->effect, baton_effect_unref);
  g_object_unref (attending->workspace);
  g_free (attending->person);
  g_free (attending);
}

static void
work_reapply (BatonStore *store, BatonJob *job)
{
  Attending *attending = job->data;

  baton_store_reapply (store, attending->id, g_steal_pointer (&attending->edited), attending->person,
      g_get_real_time (), attending->boot, &attending->performed, &attending->effect, &job->error);
}

static void
work_discard (BatonStore *store, BatonJob *job)
{
  Attending *attending = job->data;

  baton_store_discard (store, attending->id, g_get_real_time (), &job->error);
}

static void
done_attending (BatonStore *store, BatonJob *job)
{
  Attending *attending = job->data;
  BatonWorkspace *self = attending->workspace;

  if (attending->effect != NULL)
    baton_workspace_show (self, attending->performed, attending->effect);
  baton_workspace_nudge (self);
  baton_workspace_emit_attended (self);
  if (job->task != NULL && job->error != NULL)
    g_task_return_error (job->task, g_steal_pointer (&job->error));
  else if (job->task != NULL)
    g_task_return_boolean (job->task, TRUE);
  else if (job->error != NULL)
    g_propagate_error (attending->error, g_steal_pointer (&job->error));
}

static BatonJob *
new_job (BatonWorkspace *self, BatonJobWork work, gint64 id, BatonOp *edited)
{
  BatonJob *job = baton_job_new (work, done_attending);
  Attending *attending = g_new0 (Attending, 1);

  attending->workspace = g_object_ref (self);
  attending->id = id;
  attending->edited = edited;
  attending->person = g_strdup (self->me);
  attending->boot = baton_workspace_boot_time ();
  job->data = attending;
  job->destroy = attending_free;
  return job;
}

static gboolean
wait_for (BatonWorkspace *self, BatonJob *job, GError **error)
{
  GError *local = NULL;

  ((Attending *) job->data)->error = &local;
  baton_writer_run (self->writer, job);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

gboolean
baton_workspace_reapply (BatonWorkspace *self, gint64 id, BatonOp *edited, GError **error)
{
  return wait_for (self, new_job (self, work_reapply, id, edited), error);
}

gboolean
baton_workspace_discard (BatonWorkspace *self, gint64 id, GError **error)
{
  return wait_for (self, new_job (self, work_discard, id, NULL), error);
}

static void
push (BatonWorkspace *self, BatonJob *job, GAsyncReadyCallback callback, gpointer data)
{
  if (callback != NULL)
    job->task = g_task_new (self, NULL, callback, data);
  baton_writer_push (self->writer, job);
}

void
baton_workspace_reapply_async (
    BatonWorkspace *self, gint64 id, BatonOp *edited, GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (BATON_IS_WORKSPACE (self) && self->writer != NULL);
  push (self, new_job (self, work_reapply, id, edited), callback, data);
}

void
baton_workspace_discard_async (BatonWorkspace *self, gint64 id, GAsyncReadyCallback callback, gpointer data)
{
  g_return_if_fail (BATON_IS_WORKSPACE (self) && self->writer != NULL);
  push (self, new_job (self, work_discard, id, NULL), callback, data);
}

gboolean
baton_workspace_attend_finish (BatonWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
