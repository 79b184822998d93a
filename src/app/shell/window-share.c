/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "window-private.h"

#include "attention-dialog.h"
#include "shared-files.h"
#include "join-dialog.h"
#include "permits.h"
#include "sharing.h"
#include "sign-out.h"
#include "sync-button.h"
#include "team-dialog.h"
#include "transfers-dialog.h"

#include <glib/gi18n.h>

/* The window's workspace and its server. */

/* The settings speak of thousands of bytes a second. */
static void
limit_cb (GSettings *settings, const char *key, BatonFiles *files)
{
  baton_files_set_limits (files, g_settings_get_int (settings, "upload-limit") * G_GINT64_CONSTANT (1000),
      g_settings_get_int (settings, "download-limit") * G_GINT64_CONSTANT (1000));
}

static void
show_connection (BatonWindow *self)
{
  g_clear_pointer (&self->files, baton_files_free);
  if (baton_workspace_sharing (self->workspace) != NULL)
    {
      GSettings *settings = baton_window_settings (self);

      self->files = baton_files_new (self->workspace, baton_workspace_sharing (self->workspace));
      g_signal_connect_object (settings, "changed::upload-limit", G_CALLBACK (limit_cb), self->files, 0);
      g_signal_connect_object (settings, "changed::download-limit", G_CALLBACK (limit_cb), self->files, 0);
      limit_cb (settings, NULL, self->files);
      baton_window_say_where (self, baton_card_pane_get_card (self->card_pane));
    }
  baton_sync_button_set_workspace (self->sync_button, self->workspace);
  baton_window_update_actions (self);
}

static void
connected_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BatonWindow) self = data;
  BatonWorkspace *workspace = BATON_WORKSPACE (source);
  g_autoptr (GError) error = NULL;

  baton_workspace_connect_finish (workspace, result, &error);
  if (self->workspace != workspace || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL)
    baton_window_toast_error (self, error);
  else if (self->files == NULL)
    show_connection (self);
}

void
baton_window_connect (BatonWindow *self)
{
  g_auto (BatonSharingPlace) place = { 0 };

  if (baton_workspace_read_only_reason (self->workspace) == NULL &&
      baton_sharing_read_place (baton_workspace_reader (self->workspace), &place))
    baton_workspace_connect_async (self->workspace, FALSE, connected_cb, g_object_ref (self));
  show_connection (self);
}

void
baton_window_disconnect (BatonWindow *self)
{
  g_clear_pointer (&self->files, baton_files_free);
  if (self->sync_button != NULL)
    baton_sync_button_set_workspace (self->sync_button, NULL);
}

void
baton_window_signed_out (BatonWindow *self)
{
  baton_window_disconnect (self);
  baton_workspace_disconnect (self->workspace);
  baton_sync_button_set_workspace (self->sync_button, self->workspace);
  baton_window_update_actions (self);
}

/* Two devices with one folder's past: the server has told them apart. */
void
baton_window_tell_copied (BatonWorkspace *workspace, BatonWindow *self)
{
  baton_window_toast (self,
      _ ("This folder is a copy of another device’s. It counts as a device of its own now; nothing is lost."),
      FALSE);
}

/* Everything is offered anew, as the new role has it. */
void
baton_window_role_changed (BatonWorkspace *workspace, BatonWindow *self)
{
  g_autofree char *card = g_strdup (baton_card_pane_get_card (self->card_pane));
  g_autofree char *words = NULL;

  baton_window_update_actions (self);
  if (self->board != NULL)
    {
      baton_board_view_layout_again (self->board_view);
      baton_sidebar_set_board (self->sidebar, self->board);
    }
  if (card != NULL)
    {
      baton_card_pane_set_card (self->card_pane, NULL, NULL);
      baton_card_pane_set_card (self->card_pane, self->board, card);
    }
  words =
      g_strdup_printf (_ ("Your role here is now: %s."), baton_role_title (baton_workspace_role (workspace)));
  baton_window_toast (self, words, FALSE);
}

/* Others see where this person is. */
void
baton_window_say_where (BatonWindow *self, const char *card)
{
  BatonSharing *sharing = self->workspace != NULL ? baton_workspace_sharing (self->workspace) : NULL;

  if (sharing != NULL)
    baton_sharing_say_where (sharing, self->board != NULL ? baton_board_id (self->board) : NULL, card);
}

static void
join_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const char *link = parameter != NULL ? g_variant_get_string (parameter, NULL) : "";

  baton_join_dialog_present (BATON_WINDOW (widget), BATON_JOIN_SERVER, *link != '\0' ? link : NULL);
}

static void
share_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  baton_join_dialog_present (BATON_WINDOW (widget), BATON_JOIN_SHARE, NULL);
}

static void
sign_in_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  baton_join_dialog_present (BATON_WINDOW (widget), BATON_JOIN_SIGN_IN, NULL);
}

static void
attention_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  baton_attention_dialog_present (BATON_WINDOW (widget));
}

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BatonWindow) self = data;
  g_autoptr (GError) error = NULL;

  if (baton_workspace_attend_finish (BATON_WORKSPACE (source), result, &error))
    baton_window_toast (self, _ ("What you had written is back."), FALSE);
  else
    baton_window_toast_error (self, error);
}

/* The value of mine that somebody replaced, by the number of what needs attention. */
static void
restore_mine_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BatonWindow *self = BATON_WINDOW (widget);

  if (self->workspace != NULL)
    baton_workspace_reapply_async (
        self->workspace, g_variant_get_int64 (parameter), NULL, restored_cb, g_object_ref (self));
}

static void
transfers_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  baton_transfers_dialog_present (BATON_WINDOW (widget));
}

static void
team_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  baton_team_dialog_present (BATON_WINDOW (widget));
}

static void
sign_out_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  baton_sign_out_ask (BATON_WINDOW (widget));
}

void
baton_window_install_share_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "win.join", "s", join_cb);
  gtk_widget_class_install_action (klass, "win.share", NULL, share_cb);
  gtk_widget_class_install_action (klass, "win.sign-in", NULL, sign_in_cb);
  gtk_widget_class_install_action (klass, "win.attention", NULL, attention_cb);
  gtk_widget_class_install_action (klass, "win.restore-mine", "x", restore_mine_cb);
  gtk_widget_class_install_action (klass, "win.transfers", NULL, transfers_cb);
  gtk_widget_class_install_action (klass, "win.team", NULL, team_cb);
  gtk_widget_class_install_action (klass, "win.sign-out", NULL, sign_out_cb);
}

void
baton_window_update_share_actions (BatonWindow *self)
{
  g_auto (BatonSharingPlace) place = { 0 };
  gboolean open = self->workspace != NULL && baton_workspace_read_only_reason (self->workspace) == NULL;
  gboolean shared = open && baton_sharing_read_place (baton_workspace_reader (self->workspace), &place);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.share", open && !shared);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.sign-in", shared);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.attention", shared);
  gtk_widget_action_set_enabled (
      GTK_WIDGET (self), "win.transfers", open && baton_workspace_files (self->workspace) != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.team", shared);
  gtk_widget_action_set_enabled (
      GTK_WIDGET (self), "win.sign-out", shared && baton_workspace_sharing (self->workspace) != NULL);
}
