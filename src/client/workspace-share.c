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
