/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "workspace-private.h"

#include "presence.h"
#include "shared-files.h"

/* The workspace and its server. */

gboolean
baton_workspace_connect (BatonWorkspace *self, gboolean prompt, GError **error)
{
  g_return_val_if_fail (BATON_IS_WORKSPACE (self) && self->writer != NULL, FALSE);

  if (self->sharing != NULL)
    return TRUE;
  self->sharing = baton_sharing_new (self, error);
  if (self->sharing == NULL)
    return FALSE;
  baton_sharing_start (self->sharing, prompt);
  return TRUE;
}

void
baton_workspace_disconnect (BatonWorkspace *self)
{
  if (self->sharing != NULL)
    baton_sharing_stop (self->sharing);
  g_clear_object (&self->sharing);
}

BatonSharing *
baton_workspace_sharing (BatonWorkspace *self)
{
  return self->sharing;
}

BatonPresence *
baton_workspace_presence (BatonWorkspace *self)
{
  if (self->presence == NULL)
    self->presence = baton_presence_new ();
  return self->presence;
}

BatonFiles *
baton_workspace_files (BatonWorkspace *self)
{
  return self->files;
}

gboolean
baton_workspace_keep_board (BatonWorkspace *self, const char *board, gboolean keep, GError **error)
{
  g_autofree char *key = baton_blob_keep_key (board);

  if (!baton_workspace_set_meta (self, key, keep ? "yes" : NULL, error))
    return FALSE;
  if (self->files != NULL)
    baton_files_refresh (self->files);
  return TRUE;
}

gboolean
baton_workspace_keeps_board (BatonWorkspace *self, const char *board)
{
  g_autofree char *key = baton_blob_keep_key (board);
  g_autofree char *keep = baton_reader_meta (self->reader, key);

  return keep != NULL;
}

void
baton_workspace_nudge (BatonWorkspace *self)
{
  if (self->sharing != NULL)
    baton_sharing_nudge (self->sharing);
}

/* Needs attention. */

typedef struct
{
  BatonWorkspace *workspace;
  gint64 id;
  BatonOp *edited;
  BatonOp *performed;
  BatonEffect *effect;
  gint64 boot;
  GError **error; /* of who waits */
  gboolean ok;
} Attending;

static void
work_reapply (BatonStore *store, BatonJob *job)
{
  Attending *attending = job->data;

  attending->ok = baton_store_reapply (store, attending->id, g_steal_pointer (&attending->edited),
      attending->workspace->me, g_get_real_time (), attending->boot, &attending->performed,
      &attending->effect, &job->error);
}

static void
work_discard (BatonStore *store, BatonJob *job)
{
  Attending *attending = job->data;

  attending->ok = baton_store_discard (store, attending->id, g_get_real_time (), &job->error);
}

static void
done_attending (BatonStore *store, BatonJob *job)
{
  Attending *attending = job->data;
  BatonWorkspace *self = attending->workspace;

  if (job->error != NULL)
    g_propagate_error (attending->error, g_steal_pointer (&job->error));
  if (attending->effect != NULL)
    {
      baton_workspace_show (self, attending->performed, attending->effect);
    }
  baton_workspace_nudge (self);
}

static gboolean
attend (BatonWorkspace *self, BatonJobWork work, gint64 id, BatonOp *edited, GError **error)
{
  BatonJob *job = baton_job_new (work, done_attending);
  Attending attending = {
    .workspace = self, .id = id, .edited = edited, .boot = baton_workspace_boot_time (), .error = error
  };

  job->data = &attending;
  baton_writer_run (self->writer, job);
  g_clear_pointer (&attending.performed, baton_op_free);
  g_clear_pointer (&attending.effect, baton_effect_unref);
  return attending.ok;
}

gboolean
baton_workspace_reapply (BatonWorkspace *self, gint64 id, BatonOp *edited, GError **error)
{
  return attend (self, work_reapply, id, edited, error);
}

gboolean
baton_workspace_discard (BatonWorkspace *self, gint64 id, GError **error)
{
  return attend (self, work_discard, id, NULL, error);
}
