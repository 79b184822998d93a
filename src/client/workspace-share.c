/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "workspace-private.h"

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

<<<<<<< HEAD
static void
add_set (BatonEffect *effect, const BatonRow *row, BatonField field, const BatonValue *after)
{
  BatonValue none = baton_value_none ();

  g_ptr_array_add (effect->changes, baton_change_new_set (row->entity, row->id, field, &none, after));
}

/* A row that was taken back is shown as one in the bin until it comes again or the workspace is closed. */
static void
add_vanished (BatonWorkspace *self, BatonEffect *effect, const BatonRow *row)
{
  BatonValue now = baton_value_int (g_get_real_time ());

  g_hash_table_add (self->vanished, g_strdup (row->id));
  add_set (effect, row, baton_entity_removed (row->entity), &now);
}

/* One that comes again finds its old item: every field is written. */
static void
add_again (BatonEffect *effect, const BatonRow *row)
{
  for (guint i = 0; i < row->n_fields; i++)
    add_set (effect, row, row->first + i, &row->values[i]);
}

/* The same for models, which know no rows that vanish. Transfer full. */
static BatonEffect *
for_models (BatonWorkspace *self, const BatonEffect *effect)
{
  BatonEffect *shown = baton_effect_new ();

  for (guint i = 0; i < effect->changes->len; i++)
    {
      const BatonChange *change = g_ptr_array_index (effect->changes, i);

      if (change->vanished)
        add_vanished (self, shown, change->row);
      else
        g_ptr_array_add (shown->changes, baton_change_copy (change));
      if (change->created && g_hash_table_contains (self->vanished, change->row->id))
        add_again (shown, change->row);
    }
  for (guint i = 0; i < effect->cards->len; i++)
    baton_effect_touch (shown, g_ptr_array_index (effect->cards, i));
  return shown;
}

void
baton_workspace_followed (BatonWorkspace *self, BatonEffect *effect, gboolean reload)
{
  g_autoptr (BatonEffect) shown = NULL;

  baton_workspace_forget_ahead (self);
  if (reload)
    {
      baton_workspace_reload (self);
      return;
    }
  if (effect == NULL)
    return;
  shown = for_models (self, effect);
  baton_workspace_follow (self, shown);
  baton_workspace_emit_performed (self, NULL, shown);
=======
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
>>>>>>> main
}
