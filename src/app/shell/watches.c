/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "watches.h"

#include <glib/gi18n.h>

#define KEY "baton-watches"

static void
added_cb (BatonWatch *watch, BatonAdded *added, const char *path, BatonWindow *window)
{
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *words = g_strdup_printf (_ ("“%s” was added from the watched folder."), name);

  baton_window_toast (window, words, TRUE);
}

static void
unmatched_cb (GListModel *model, guint position, guint removed, guint added, BatonWindow *window)
{
  g_autoptr (BatonUnmatched) item = added > 0 ? g_list_model_get_item (model, position) : NULL;

  if (item != NULL)
    baton_window_toast (window, baton_unmatched_reason (item), FALSE);
}

static void
add_watch (BatonWindow *window, BatonWorkspace *workspace, GPtrArray *watches, const char *board)
{
  g_autofree char *folder = baton_watch_folder_of (workspace, board);
  g_autoptr (GError) error = NULL;
  BatonWatch *watch;

  if (folder == NULL)
    return;
  watch = baton_watch_new (workspace, board, folder, BATON_WATCH_QUIET, &error);
  if (watch == NULL)
    {
      g_autofree char *words = g_strdup_printf (_ ("The folder %s cannot be watched."), folder);

      baton_window_toast (window, words, FALSE);
      return;
    }
  g_signal_connect_object (watch, "added", G_CALLBACK (added_cb), window, 0);
  g_signal_connect_object (
      baton_watch_unmatched (watch), "items-changed", G_CALLBACK (unmatched_cb), window, 0);
  g_ptr_array_add (watches, watch);
}

/* With another workspace, the folders of the one before are let go. */
void
baton_watches_start (BatonWindow *window, BatonWorkspace *workspace)
{
  BatonColumn *boards = baton_workspace_list (workspace, BATON_ENTITY_BOARD, NULL);
  GPtrArray *watches = g_ptr_array_new_with_free_func (g_object_unref);

  baton_watches_stop (window);
  for (guint i = 0; baton_workspace_read_only_reason (workspace) == NULL && i < baton_column_size (boards);
       i++)
    add_watch (window, workspace, watches, baton_item_id (baton_column_peek (boards, i)));
  g_object_set_data_full (G_OBJECT (window), KEY, watches, (GDestroyNotify) g_ptr_array_unref);
}

void
baton_watches_stop (BatonWindow *window)
{
  g_object_set_data (G_OBJECT (window), KEY, NULL);
}

guint
baton_watches_count_unmatched (BatonWindow *window, const char *board)
{
  GPtrArray *watches = g_object_get_data (G_OBJECT (window), KEY);

  for (guint i = 0; watches != NULL && i < watches->len; i++)
    {
      BatonWatch *watch = g_ptr_array_index (watches, i);

      if (g_str_equal (baton_watch_board (watch), board))
        return g_list_model_get_n_items (baton_watch_unmatched (watch));
    }
  return 0;
}
