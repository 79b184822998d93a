/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "keep-row.h"

#include "shared-files.h"

#include <glib/gi18n.h>

typedef struct
{
  GtkWidget *row; /* owns this */
  BatonWorkspace *workspace;
  BatonFiles *files; /* NULL when nobody looks after them */
  char *board;
} Keep;

static void
keep_free (gpointer data)
{
  Keep *keep = data;

  if (keep->files != NULL)
    g_signal_handlers_disconnect_by_data (keep->files, keep);
  g_clear_object (&keep->files);
  g_object_unref (keep->workspace);
  g_free (keep->board);
  g_free (keep);
}

static void
show (Keep *keep)
{
  BatonBoardFiles files;
  g_autofree char *words = NULL;

  if (keep->files != NULL && baton_files_board (keep->files, keep->board, &files))
    words = baton_board_files_words (&files);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (keep->row),
      words != NULL ? words
                    : _ ("Older versions and finished cards, too, so that everything can be seen without a "
                         "connection."));
}

static gboolean
switched_cb (GtkSwitch *widget, gboolean on, Keep *keep)
{
  g_autoptr (GError) error = NULL;

  if (baton_workspace_keep_board (keep->workspace, keep->board, on, &error))
    return FALSE;
  adw_action_row_set_subtitle (ADW_ACTION_ROW (keep->row), error->message);
  return TRUE;
}

GtkWidget *
baton_keep_row_new (BatonWorkspace *workspace, const char *board, const char *title)
{
  GtkWidget *toggle = gtk_switch_new ();
  Keep *keep = g_new0 (Keep, 1);

  keep->row = adw_action_row_new ();
  keep->workspace = g_object_ref (workspace);
  keep->board = g_strdup (board);
  g_object_set_data_full (G_OBJECT (keep->row), "keep", keep, keep_free);
  gtk_widget_set_valign (toggle, GTK_ALIGN_CENTER);
  gtk_switch_set_active (GTK_SWITCH (toggle), baton_workspace_keeps_board (workspace, board));
  g_signal_connect (toggle, "state-set", G_CALLBACK (switched_cb), keep);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (keep->row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (keep->row), title);
  adw_action_row_add_suffix (ADW_ACTION_ROW (keep->row), toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (keep->row), toggle);
  g_set_object (&keep->files, baton_workspace_files (workspace));
  if (keep->files != NULL)
    g_signal_connect_swapped (keep->files, "changed", G_CALLBACK (show), keep);
  show (keep);
  return keep->row;
}
