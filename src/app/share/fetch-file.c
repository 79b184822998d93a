/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "fetch-file.h"

#include "shared-files.h"

#include <adwaita.h>
#include <glib/gi18n.h>

typedef struct
{
  GtkWidget *from;   /* weak */
  GtkWidget *dialog; /* owns this */
  GtkProgressBar *bar;
  BatonFiles *files;
  BatonFileTransfer *transfer; /* NULL before it is listed */
  char *hash;
  BatonFetchedFunc func;
  gpointer data;
  GDestroyNotify destroy;
} Fetch;

static void
let_go (Fetch *fetch)
{
  if (fetch->transfer != NULL)
    g_signal_handlers_disconnect_by_data (fetch->transfer, fetch);
  g_clear_object (&fetch->transfer);
}

static void
fetch_free (gpointer data)
{
  Fetch *fetch = data;

  let_go (fetch);
  if (fetch->destroy != NULL)
    fetch->destroy (fetch->data);
  g_clear_weak_pointer (&fetch->from);
  g_clear_object (&fetch->files);
  g_free (fetch->hash);
  g_free (fetch);
}

static void
show (Fetch *fetch)
{
  gint64 size = baton_file_transfer_size (fetch->transfer), done = baton_file_transfer_done (fetch->transfer);
  g_autofree char *words = baton_file_transfer_words (fetch->transfer);

  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (fetch->dialog), words);
  gtk_progress_bar_set_fraction (fetch->bar, size > 0 ? CLAMP ((double) done / (double) size, 0, 1) : 0);
}

/* A file that the workspace has just heard of is listed a moment later. */
static void
follow (Fetch *fetch)
{
  BatonFileTransfer *transfer = baton_files_find (fetch->files, BATON_BLOB_DOWN, fetch->hash);

  if (transfer != NULL && transfer != fetch->transfer)
    {
      let_go (fetch);
      fetch->transfer = g_object_ref (transfer);
      g_signal_connect_swapped (transfer, "changed", G_CALLBACK (show), fetch);
    }
  if (fetch->transfer != NULL)
    show (fetch);
}

static void
arrived_cb (BatonWorkspace *workspace, const char *hash, GtkWidget *dialog)
{
  Fetch *fetch = g_object_get_data (G_OBJECT (dialog), "fetch");

  if (!g_str_equal (hash, fetch->hash))
    return;
  g_object_ref (dialog);
  gtk_window_destroy (GTK_WINDOW (dialog));
  if (fetch->from != NULL)
    fetch->func (fetch->from, fetch->data);
  g_object_unref (dialog);
}

static void
changed_cb (BatonFiles *files, GtkWidget *dialog)
{
  follow (g_object_get_data (G_OBJECT (dialog), "fetch"));
}

void
baton_fetch_file (GtkWidget *from, BatonWorkspace *workspace, const char *hash, const char *name,
    BatonFetchedFunc func, gpointer data, GDestroyNotify destroy)
{
  BatonFiles *files = baton_workspace_files (workspace);
  GtkRoot *root = gtk_widget_get_root (from);
  g_autofree char *heading = g_strdup_printf (_ ("“%s” is not on this computer yet"), name);
  Fetch *fetch = g_new0 (Fetch, 1);

  fetch->func = func;
  fetch->data = data;
  fetch->destroy = destroy;
  fetch->hash = g_strdup (hash);
  fetch->dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading,
      files != NULL ? _ ("It is fetched now.")
                    : _ ("It comes from the server: sign in there, and try again."));
  g_object_set_data_full (G_OBJECT (fetch->dialog), "fetch", fetch, fetch_free);
  g_set_weak_pointer (&fetch->from, from);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (fetch->dialog), "close", _ ("_Close"));
  fetch->bar = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_widget_set_visible (GTK_WIDGET (fetch->bar), files != NULL);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (fetch->dialog), GTK_WIDGET (fetch->bar));
  if (files != NULL)
    {
      fetch->files = g_object_ref (files);
      g_signal_connect_object (files, "changed", G_CALLBACK (changed_cb), fetch->dialog, 0);
      g_signal_connect_object (workspace, "arrived", G_CALLBACK (arrived_cb), fetch->dialog, 0);
      baton_files_want (files, hash, BATON_BLOB_RANK_ASKED);
      follow (fetch);
    }
  gtk_window_present (GTK_WINDOW (fetch->dialog));
}
