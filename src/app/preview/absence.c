/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "absence.h"

#include "shared-files.h"
#include "sharing.h"

#include <glib/gi18n.h>

gboolean
baton_absence_may_end (BatonWorkspace *workspace)
{
  g_auto (BatonSharingPlace) place = { 0 };

  return baton_sharing_read_place (baton_workspace_reader (workspace), &place);
}

static gboolean
is_connected (BatonWorkspace *workspace)
{
  BatonSharing *sharing = baton_workspace_sharing (workspace);
  BatonSyncState state = sharing != NULL ? baton_sharing_status (sharing)->state : BATON_SYNC_OFF;

  return state == BATON_SYNC_WORKING || state == BATON_SYNC_IN_STEP;
}

char *
baton_absence_words (BatonWorkspace *workspace, const char *author)
{
  if (!baton_absence_may_end (workspace))
    return g_strdup (
        _ ("The file of this version is not on this computer. Take it from a backup, or add it again."));
  if (!is_connected (workspace))
    return g_strdup (_ ("The file is not on this computer yet. It arrives when the server can be reached "
                        "again, and is shown then."));
  if (author == NULL || *author == '\0')
    return g_strdup (
        _ ("The file is not on this computer yet. It is arriving, and is shown when it is here."));
  return g_strdup_printf (
      _ ("The file is not on this computer yet. It is arriving from %s, and is shown when it is here."),
      author);
}

const char *
baton_damage_words (BatonWorkspace *workspace)
{
  if (baton_workspace_files (workspace) != NULL)
    return _ ("The file of this version is damaged on this computer. It is fetched again from "
              "the server, and is shown when it is here.");
  return _ ("The file of this version is damaged: its content is no longer what was added. It is "
            "not shown. Take it from a backup, or add it again.");
}
