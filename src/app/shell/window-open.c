/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "window-private.h"

#include "sample.h"
#include "start-page.h"
#include "watches.h"
#include "working-copies.h"

#include <glib/gi18n.h>

/* Opening a workspace, and what is shown when that does not work. */

static void
clear_box (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

void
baton_window_let_go (BatonWindow *self)
{
  g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  if (self->board_view != NULL)
    baton_board_view_set_board (self->board_view, NULL);
  if (self->card_pane != NULL)
    baton_card_pane_set_card (self->card_pane, NULL, NULL);
  if (self->sidebar != NULL)
    {
      baton_sidebar_set_inbox (self->sidebar, NULL);
      baton_sidebar_set_workspace (self->sidebar, NULL);
    }
  if (self->board != NULL)
    {
      g_clear_object (&self->board);
      g_object_notify (G_OBJECT (self), "board");
    }
  if (self->inbox != NULL)
    {
      g_clear_object (&self->inbox);
      g_object_notify (G_OBJECT (self), "inbox");
    }
  g_clear_pointer (&self->bus, baton_bus_free);
  baton_window_disconnect (self);
  if (self->workspace != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->workspace, self);
      g_signal_handlers_disconnect_by_data (
          baton_workspace_list (self->workspace, BATON_ENTITY_BOARD, NULL), self);
      baton_watches_stop (self->workspace);
      baton_working_copies_forget (self->workspace);
      baton_workspace_close (self->workspace);
    }
  g_clear_object (&self->workspace);
}

static void
add_problem_button (BatonWindow *self, const char *label, const char *action, gboolean suggested)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "pill");
  if (suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  gtk_box_append (self->problem_buttons, button);
}

/* What happened, what was kept, and what can be done. */
static void
show_problem (BatonWindow *self, const GError *error)
{
  g_autofree char *text = g_markup_escape_text (error->message, -1);

  clear_box (self->problem_buttons);
  adw_status_page_set_description (self->problem_page, text);
  if (g_error_matches (error, BATON_ERROR, BATON_ERROR_CORRUPT))
    {
      g_autoptr (GPtrArray) backups = baton_backup_list (self->folder);
      g_autofree char *more =
          g_strdup_printf (backups->len > 0 ? _ ("%s\nYour files were not changed. A backup can be put in "
                                                 "its place; the damaged file is kept beside it.")
                                            : _ ("%s\nYour files were not changed. There is no backup "
                                                 "in this workspace."),
              text);

      adw_status_page_set_description (self->problem_page, more);
      if (backups->len > 0)
        add_problem_button (self, _ ("Restore a backup…"), "win.backups", TRUE);
    }
  add_problem_button (self, _ ("Try again"), "win.reopen", FALSE);
  if (g_error_matches (error, BATON_ERROR, BATON_ERROR_LOCKED))
    add_problem_button (self, _ ("Open for reading only"), "win.open-read-only", TRUE);
  add_problem_button (self, _ ("Open another workspace…"), "win.open-workspace", FALSE);
  gtk_stack_set_visible_child_name (self->stack, "problem");
}

static void
broken_cb (BatonWorkspace *workspace, const GError *error, BatonWindow *self)
{
  if (g_error_matches (error, BATON_ERROR, BATON_ERROR_CORRUPT))
    show_problem (self, error);
}

static void
show_read_only (BatonWindow *self)
{
  const char *reason = baton_workspace_read_only_reason (self->workspace);
  GtkWidget *label;

  clear_box (self->banner_box);
  gtk_label_set_label (self->status_label, reason != NULL ? _ ("Read-only") : "");
  if (reason == NULL)
    return;
  label = gtk_label_new (reason);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "read-only-banner");
  gtk_box_append (self->banner_box, label);
}

static void
check_pages_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BatonWindow) self = data;
  g_autoptr (GError) error = NULL;

  baton_workspace_query_finish (BATON_WORKSPACE (source), result, &error);
  if (error != NULL && self->workspace == BATON_WORKSPACE (source))
    show_problem (self, error);
}

static gpointer
check_pages (BatonReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  baton_quick_check (reader, error);
  return NULL;
}

/* batonctl hands its operations to us while we have the workspace open. Without a session bus it says that we
 * do. */
static void
offer_on_bus (BatonWindow *self)
{
  GDBusConnection *connection = g_application_get_dbus_connection (g_application_get_default ());
  g_autoptr (GError) error = NULL;

  if (connection == NULL || baton_workspace_read_only_reason (self->workspace) != NULL)
    return;
  self->bus = baton_bus_export (self->workspace, connection, &error);
  if (self->bus == NULL)
    g_message ("The workspace is not offered on the session bus: %s", error->message);
}

static void
remember (BatonWindow *self)
{
  GSettings *settings = baton_window_settings (self);
  g_auto (GStrv) recent = g_settings_get_strv (settings, "recent-workspaces");
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  const char *folder = baton_workspace_folder (self->workspace);

  g_ptr_array_add (list, (char *) folder);
  for (guint i = 0; recent[i] != NULL && list->len < 8; i++)
    {
      if (!g_str_equal (recent[i], folder))
        g_ptr_array_add (list, recent[i]);
    }
  g_ptr_array_add (list, NULL);
  g_settings_set_strv (settings, "recent-workspaces", (const char *const *) list->pdata);
  g_settings_set_string (settings, "last-workspace", folder);
}

static const char *
board_to_show (BatonWindow *self)
{
  g_autofree char *last = g_settings_get_string (baton_window_settings (self), "last-board");
  BatonItem *item = baton_workspace_lookup (self->workspace, BATON_ENTITY_BOARD, last);
  BatonColumn *boards = baton_workspace_list (self->workspace, BATON_ENTITY_BOARD, NULL);

  if (item == NULL || baton_item_is_removed (item))
    item = baton_column_peek (boards, 0);
  return item != NULL ? baton_item_id (item) : NULL;
}

/* The first boards of a server that was joined just now come after the window. */
static void
boards_changed_cb (GListModel *boards, guint position, guint removed, guint added, BatonWindow *self)
{
  const char *board = self->board == NULL && added > 0 ? board_to_show (self) : NULL;

  if (board != NULL)
    baton_window_open_board (self, board);
}

static char *
my_name (BatonWindow *self)
{
  g_autofree char *name = g_settings_get_string (baton_window_settings (self), "person-name");
  const char *real = g_get_real_name ();

  if (*name != '\0')
    return g_steal_pointer (&name);
  return g_strdup (
      real != NULL && *real != '\0' && !g_str_equal (real, "Unknown") ? real : g_get_user_name ());
}

/* Reading every page takes the disk and a processor for a while: not while the first board is on its way. */
static gboolean
check_later_cb (gpointer data)
{
  BatonWindow *self = data;

  if (self->workspace != NULL)
    baton_workspace_query_async (
        self->workspace, check_pages, NULL, NULL, NULL, NULL, check_pages_done_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

void
baton_window_take_workspace (BatonWindow *self, BatonWorkspace *workspace)
{
  g_autofree char *name = baton_workspace_name (workspace);
  g_autofree char *me = my_name (self);
  g_autoptr (GError) error = NULL;
  const char *board;

  self->workspace = g_object_ref (workspace);
  g_signal_connect (workspace, "broken", G_CALLBACK (broken_cb), self);
  g_signal_connect (workspace, "copied", G_CALLBACK (baton_window_tell_copied), self);
  g_signal_connect (workspace, "role-changed", G_CALLBACK (baton_window_role_changed), self);
  if (!baton_workspace_ensure_me (workspace, me, &error))
    baton_window_toast_error (self, error);
  gtk_label_set_label (self->workspace_label, name);
  baton_sidebar_set_workspace (self->sidebar, workspace);
  self->inbox = baton_inbox_new (workspace);
  baton_sidebar_set_inbox (self->sidebar, self->inbox);
  g_object_notify (G_OBJECT (self), "inbox");
  baton_watches_start (workspace);
  show_read_only (self);
  offer_on_bus (self);
  baton_window_connect (self);
  remember (self);
  gtk_stack_set_visible_child_name (self->stack, "main");
  baton_window_restore_view (self);
  g_signal_connect_object (baton_workspace_list (workspace, BATON_ENTITY_BOARD, NULL), "items-changed",
      G_CALLBACK (boards_changed_cb), self, 0);
  board = board_to_show (self);
  if (board != NULL)
    baton_window_open_board (self, board);
  baton_window_update_actions (self);
  g_timeout_add_full (G_PRIORITY_LOW, 2000, check_later_cb, g_object_ref (self), g_object_unref);
}

/* What has to be done once the workspace is there. */
typedef struct
{
  BatonWindow *window;
  BatonWorkspace *workspace;
  BatonWindowThen then;
  gpointer data;
  GDestroyNotify free_data;
} Opening;

static void
opening_free (Opening *opening)
{
  if (opening->free_data != NULL)
    opening->free_data (opening->data);
  g_clear_object (&opening->workspace);
  g_object_unref (opening->window);
  g_free (opening);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Opening, opening_free)

static void
take (Opening *opening)
{
  baton_window_take_workspace (opening->window, opening->workspace);
  if (opening->then != NULL)
    opening->then (opening->window, opening->data);
}

/* In the sample campaign the person at the computer is the one with most to do, so that “My work” has
 * something in it. */
static void
be_somebody (BatonWorkspace *workspace)
{
  BatonColumn *people = baton_workspace_list (workspace, BATON_ENTITY_PERSON, NULL);
  BatonItem *board = baton_column_peek (baton_workspace_list (workspace, BATON_ENTITY_BOARD, NULL), 0);
  g_autoptr (BatonBoard) open = baton_board_open (workspace, baton_item_id (board), NULL);
  g_autoptr (GPtrArray) cards = open != NULL ? baton_board_live_cards (open) : NULL;
  const char *busiest = NULL;
  guint most = 0;

  for (guint i = 0; cards != NULL && i < baton_column_size (people); i++)
    {
      const char *person = baton_item_id (baton_column_peek (people, i));
      guint n = 0;

      for (guint j = 0; j < cards->len; j++)
        n += g_strcmp0 (baton_item_text (g_ptr_array_index (cards, j), BATON_CARD_OWNER), person) == 0;
      if (n > most)
        busiest = person;
      most = MAX (most, n);
    }
  if (busiest != NULL)
    baton_workspace_set_me (workspace, busiest, NULL);
}

static void
sample_performed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Opening) opening = data;
  g_autoptr (GError) error = NULL;

  if (baton_workspace_perform_batch_finish (BATON_WORKSPACE (source), result, &error))
    {
      be_somebody (opening->workspace);
      take (opening);
    }
  else
    show_problem (opening->window, error);
}

static void
make_sample (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, baton_sample_operations_with_files (g_get_real_time (), data),
      (GDestroyNotify) g_ptr_array_unref);
}

static void
sample_made_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Opening *opening = data;
  GPtrArray *ops = g_task_propagate_pointer (G_TASK (result), NULL);

  baton_workspace_perform_batch_async (
      opening->workspace, ops, NULL, NULL, NULL, sample_performed_cb, opening);
}

/* The folder of the sample campaign is filled when it is opened for the first time. */
static gboolean
wants_sample (BatonWindow *self, BatonWorkspace *workspace)
{
  g_autofree char *sample = baton_application_sample_folder ();

  return g_str_equal (self->folder, sample) && baton_workspace_read_only_reason (workspace) == NULL &&
         baton_reader_last_seq (baton_workspace_reader (workspace)) == 0;
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Opening) opening = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) task = NULL;
  BatonBlobs *blobs;

  opening->workspace = baton_workspace_open_finish (result, &error);
  if (opening->workspace == NULL)
    {
      show_problem (opening->window, error);
      return;
    }
  if (!wants_sample (opening->window, opening->workspace))
    {
      take (opening);
      return;
    }
  adw_status_page_set_title (opening->window->loading_page, _ ("Making the sample campaign…"));
  blobs = baton_blobs_ref (baton_workspace_blobs (opening->workspace));
  task = g_task_new (NULL, NULL, sample_made_cb, g_steal_pointer (&opening));
  g_task_set_task_data (task, blobs, (GDestroyNotify) baton_blobs_unref);
  g_task_run_in_thread (task, make_sample);
}

void
baton_window_open_folder_then (BatonWindow *self, const char *folder, BatonStoreFlags flags,
    BatonWindowThen then, gpointer data, GDestroyNotify free_data)
{
  Opening *opening = g_new0 (Opening, 1);
  g_autofree char *path = g_canonicalize_filename (folder, NULL);

  opening->window = g_object_ref (self);
  opening->then = then;
  opening->data = data;
  opening->free_data = free_data;
  baton_window_let_go (self);
  g_free (self->folder);
  self->folder = g_steal_pointer (&path);
  adw_status_page_set_title (self->loading_page, _ ("Opening…"));
  gtk_stack_set_visible_child_name (self->stack, "loading");
  baton_workspace_open_async (self->folder, flags, NULL, opened_cb, opening);
}

void
baton_window_open_folder (BatonWindow *self, const char *folder, BatonStoreFlags flags)
{
  baton_window_open_folder_then (self, folder, flags, NULL, NULL, NULL);
}

void
baton_window_show_start (BatonWindow *self)
{
  if (!self->showed_start)
    gtk_box_append (self->start_box, GTK_WIDGET (baton_start_page_new ()));
  self->showed_start = TRUE;
  gtk_stack_set_visible_child_name (self->stack, "start");
}
