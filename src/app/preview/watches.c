/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "watches.h"

#include "permits.h"

/* workspace → (board → BatonWatch). A watch holds its workspace, so they end by baton_watches_stop. */
static GHashTable *all;

static GHashTable *
watches_of (BatonWorkspace *workspace)
{
  return all != NULL ? g_hash_table_lookup (all, workspace) : NULL;
}

static gboolean
begin (GHashTable *watches, BatonWorkspace *workspace, const char *board, const char *folder, GError **error)
{
  BatonWatch *watch = baton_watch_new (workspace, board, folder, BATON_WATCH_QUIET, error);

  if (watch == NULL)
    return FALSE;
  g_hash_table_insert (watches, g_strdup (board), watch);
  return TRUE;
}

void
baton_watches_start (BatonWorkspace *workspace)
{
  BatonColumn *boards = baton_workspace_list (workspace, BATON_ENTITY_BOARD, NULL);
  GHashTable *watches;

  if (baton_workspace_why_not (workspace, BATON_VERB_VERSION_ADD) != NULL || watches_of (workspace) != NULL)
    return;
  if (all == NULL)
    all = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_hash_table_unref);
  watches = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_hash_table_insert (all, workspace, watches);
  for (guint i = 0; i < baton_column_size (boards); i++)
    {
      const char *board = baton_item_id (baton_column_peek (boards, i));
      g_autofree char *folder = baton_watch_folder_of (workspace, board);
      g_autoptr (GError) error = NULL;

      if (folder != NULL && !begin (watches, workspace, board, folder, &error))
        g_message ("The folder %s is not watched: %s", folder, error->message);
    }
}

void
baton_watches_stop (BatonWorkspace *workspace)
{
  if (all != NULL)
    g_hash_table_remove (all, workspace);
}

BatonWatch *
baton_watches_get (BatonWorkspace *workspace, const char *board)
{
  GHashTable *watches = watches_of (workspace);

  return watches != NULL ? g_hash_table_lookup (watches, board) : NULL;
}

gboolean
baton_watches_set (BatonWorkspace *workspace, const char *board, const char *folder, GError **error)
{
  GHashTable *watches = watches_of (workspace);

  if (watches == NULL)
    return TRUE;
  g_hash_table_remove (watches, board);
  if (folder != NULL && !begin (watches, workspace, board, folder, error))
    return FALSE;
  return baton_watch_set_folder_of (workspace, board, folder, error);
}
