/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "sign-out.h"

#include "sharing.h"

#include <glib/gi18n.h>

typedef struct
{
  char *folder;
  BatonServerAccess access;
} Place;

static void
place_free (gpointer data)
{
  Place *place = data;

  g_free (place->folder);
  baton_server_access_clear (&place->access);
  g_free (place);
}

/* The server is told, and the keyring forgets: both may take their time. */
static void
sign_out (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Place *place = data;
  GError *error = NULL;

  if (baton_sharing_sign_out (place->folder, &place->access, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
signed_out_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BatonWindow) window = BATON_WINDOW (g_object_ref (source));
  Place *place = g_task_get_task_data (G_TASK (result));
  BatonWorkspace *workspace = baton_window_workspace (window);
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  if (workspace == NULL || !g_str_equal (baton_workspace_folder (workspace), place->folder))
    return;
  baton_window_signed_out (window);
  if (g_task_propagate_boolean (G_TASK (result), &error))
    {
      baton_window_toast (window, _ ("This device is signed out. Everything stays here."), FALSE);
      return;
    }
  words = g_strdup_printf (
      _ ("Signed out here. %s The server lists this device until you sign it out on another one."),
      error->message);
  baton_window_toast (window, words, FALSE);
}

static void
answered_cb (AdwMessageDialog *dialog, const char *response, BatonWindow *window)
{
  BatonWorkspace *workspace = baton_window_workspace (window);
  BatonSharing *sharing = workspace != NULL ? baton_workspace_sharing (workspace) : NULL;
  g_autoptr (GTask) task = NULL;
  const BatonServerAccess *access;
  Place *place;

  if (!g_str_equal (response, "go") || sharing == NULL)
    return;
  access = baton_sharing_access (sharing);
  place = g_new0 (Place, 1);
  place->folder = g_strdup (baton_workspace_folder (workspace));
  place->access = (BatonServerAccess){ g_strdup (access->server), g_strdup (access->token),
    g_strdup (access->authority) };
  task = g_task_new (window, NULL, signed_out_cb, NULL);
  g_task_set_task_data (task, place, place_free);
  g_task_run_in_thread (task, sign_out);
}

static char *
body_of (BatonWorkspace *workspace)
{
  gint64 pending = baton_reader_count_pending (baton_workspace_reader (workspace));
  const char *stays =
      _ ("The workspace stays on this computer with everything in it, and you can go on working. What others "
         "do does not arrive, and what you do is not sent, until you sign in again.");

  if (pending == 0)
    return g_strdup_printf ("%s\n\n%s", stays, _ ("Everything that you did has been sent."));
  return g_strdup_printf (
      ngettext ("%s\n\n%u change has not been sent yet. It stays here and waits.",
          "%s\n\n%u changes have not been sent yet. They stay here and wait.", (gulong) pending),
      stays, (guint) pending);
}

void
baton_sign_out_ask (BatonWindow *window)
{
  g_autofree char *body = body_of (baton_window_workspace (window));
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (window), _ ("Sign out this device?"), body);
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  adw_message_dialog_add_responses (message, "cancel", _ ("_Cancel"), "go", _ ("_Sign out"), NULL);
  adw_message_dialog_set_response_appearance (message, "go", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (message, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (answered_cb), window, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}
