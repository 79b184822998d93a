/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "join-dialog.h"

#include "application.h"
#include "button-names.h"
#include "link.h"
#include "sharing.h"

#include <glib/gi18n.h>

#define BATON_TYPE_JOIN_DIALOG (baton_join_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BatonJoinDialog, baton_join_dialog, BATON, JOIN_DIALOG, AdwWindow)

struct _BatonJoinDialog
{
  AdwWindow parent_instance;

  BatonWindow *window; /* borrowed: it is the transient parent */
  BatonJoinKind kind;
  AdwEntryRow *link, *name, *password;
  GtkLabel *problem;
  GtkButton *go;
  GtkSpinner *spinner;
  GCancellable *cancellable;
  char *folder;              /* of the workspace that is being made */
  BatonWorkspace *workspace; /* that joins or is shared */
};

G_DEFINE_FINAL_TYPE (BatonJoinDialog, baton_join_dialog, ADW_TYPE_WINDOW)

/* One try, on a thread. */
typedef struct
{
  BatonJoinKind kind;
  BatonServerAccess access;
  char *secret, *name, *password, *device, *person;
  BatonMembership membership;
} Try;

static void
try_free (gpointer data)
{
  Try *attempt = data;

  baton_server_access_clear (&attempt->access);
  baton_membership_clear (&attempt->membership);
  g_free (attempt->secret);
  g_free (attempt->name);
  g_free (attempt->password);
  g_free (attempt->device);
  g_free (attempt->person);
  g_free (attempt);
}

static void
work (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Try *attempt = data;
  GError *error = NULL;
  gboolean ok =
      attempt->secret != NULL
          ? baton_account_join (&attempt->access, attempt->secret, attempt->name, attempt->password,
                attempt->device, attempt->person, cancellable, &attempt->membership, &error)
          : (attempt->kind == BATON_JOIN_SIGN_IN ? baton_account_sign_in : baton_account_come_back) (
                &attempt->access, attempt->name, attempt->password, attempt->device, cancellable,
                &attempt->membership, &error);

  if (ok)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
set_busy (BatonJoinDialog *self, gboolean busy)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->go), !busy);
  gtk_spinner_set_spinning (self->spinner, busy);
}

static void
tell (BatonJoinDialog *self, const char *problem)
{
  gtk_label_set_label (self->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
}

/* What was made for a try that failed goes away again. */
static void
drop_new_workspace (BatonJoinDialog *self)
{
  if (self->kind == BATON_JOIN_SERVER && self->workspace != NULL)
    {
      baton_workspace_close (self->workspace);
      baton_store_remove (self->folder);
    }
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->folder, g_free);
}

static void
named_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;

  baton_effect_unref (baton_workspace_perform_finish (BATON_WORKSPACE (source), result, &error));
  if (error != NULL)
    g_warning ("the name was not taken: %s", error->message);
}

static void
take_name (BatonJoinDialog *self, const char *name)
{
  BatonOp *op = self->kind == BATON_JOIN_SHARE ? baton_sharing_take_name (self->workspace, name) : NULL;

  if (op != NULL)
    baton_workspace_perform_async (self->workspace, op, named_cb, NULL);
}

static void
arrive (BatonJoinDialog *self, const char *name)
{
  BatonWindow *window = self->window;
  BatonApplication *application = BATON_APPLICATION (g_application_get_default ());

  if (self->kind == BATON_JOIN_SERVER)
    {
      baton_workspace_close (self->workspace);
      baton_application_open_folder (application, self->folder, BATON_STORE_OPEN);
    }
  else
    {
      /* With the new token; a dialog that was given up has changed nothing. */
      baton_workspace_disconnect (self->workspace);
      take_name (self, name);
      baton_window_connect (window);
    }
  g_clear_object (&self->workspace);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
tried_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BatonJoinDialog) self = data;
  Try *attempt = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  if (g_cancellable_is_cancelled (self->cancellable))
    {
      drop_new_workspace (self);
      return;
    }
  set_busy (self, FALSE);
  if (g_task_propagate_boolean (G_TASK (result), &error) &&
      baton_sharing_note (
          self->workspace, &attempt->access, &attempt->membership, attempt->name, NULL, &error))
    {
      arrive (self, attempt->name);
      return;
    }
  tell (self, error->message);
  drop_new_workspace (self);
}

/* A folder of its own beside the default workspace, named after the server. */
static char *
new_folder (const char *server)
{
  g_autofree char *base = baton_application_default_folder ();
  g_autofree char *above = g_path_get_dirname (base);
  g_autoptr (GUri) uri = g_uri_parse (server, G_URI_FLAGS_NONE, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : "server";
  char *folder = g_build_filename (above, host, NULL);

  for (guint i = 2; g_file_test (folder, G_FILE_TEST_EXISTS); i++)
    {
      g_free (folder);
      folder = g_strdup_printf ("%s/%s-%u", above, host, i);
    }
  return folder;
}

static gboolean
find_workspace (BatonJoinDialog *self, const char *server, GError **error)
{
  if (self->kind != BATON_JOIN_SERVER)
    {
      self->workspace = g_object_ref (baton_window_workspace (self->window));
      return TRUE;
    }
  self->folder = new_folder (server);
  self->workspace = baton_workspace_open (self->folder, BATON_STORE_CREATE, error);
  return self->workspace != NULL;
}

static gboolean
read_server (BatonJoinDialog *self, Try *attempt, GError **error)
{
  g_auto (BatonLinkParts) parts = { 0 };
  g_auto (BatonSharingPlace) place = { 0 };
  const char *link;

  if (self->kind == BATON_JOIN_SIGN_IN)
    {
      baton_sharing_read_place (baton_workspace_reader (baton_window_workspace (self->window)), &place);
      attempt->access.server = g_steal_pointer (&place.server);
      attempt->access.authority = g_steal_pointer (&place.authority);
      return TRUE;
    }
  link = gtk_editable_get_text (GTK_EDITABLE (self->link));
  if (!(self->kind == BATON_JOIN_SHARE ? baton_link_parse (link, &parts, error)
                                       : baton_link_parse_any (link, &parts, error)))
    return FALSE;
  attempt->access.server = g_steal_pointer (&parts.server);
  attempt->secret = g_steal_pointer (&parts.secret);
  return TRUE;
}

static void
go_cb (BatonJoinDialog *self)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  Try *attempt;

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->go)))
    return;
  tell (self, NULL);
  task = g_task_new (NULL, self->cancellable, tried_cb, g_object_ref (self));
  attempt = g_new0 (Try, 1);
  g_task_set_task_data (task, attempt, try_free);
  attempt->kind = self->kind;
  attempt->name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
  attempt->password = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->password)));
  if (!read_server (self, attempt, &error) || !find_workspace (self, attempt->access.server, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  attempt->device = g_strdup (baton_workspace_device (self->workspace));
  attempt->person = self->kind == BATON_JOIN_SHARE ? g_strdup (baton_workspace_me (self->workspace)) : NULL;
  set_busy (self, TRUE);
  g_task_run_in_thread (task, work);
}

static void
typed_cb (BatonJoinDialog *self)
{
  gboolean linked =
      self->kind == BATON_JOIN_SIGN_IN || *gtk_editable_get_text (GTK_EDITABLE (self->link)) != '\0';

  gtk_widget_set_sensitive (
      GTK_WIDGET (self->go), linked && *gtk_editable_get_text (GTK_EDITABLE (self->name)) != '\0' &&
                                 *gtk_editable_get_text (GTK_EDITABLE (self->password)) != '\0');
}

static void
baton_join_dialog_dispose (GObject *object)
{
  BatonJoinDialog *self = BATON_JOIN_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  G_OBJECT_CLASS (baton_join_dialog_parent_class)->dispose (object);
}

static void
baton_join_dialog_finalize (GObject *object)
{
  BatonJoinDialog *self = BATON_JOIN_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->workspace);
  g_free (self->folder);
  G_OBJECT_CLASS (baton_join_dialog_parent_class)->finalize (object);
}

static void
baton_join_dialog_class_init (BatonJoinDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_join_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_join_dialog_finalize;
  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_Escape, 0, "window.close", NULL);
}

static AdwEntryRow *
add_row (BatonJoinDialog *self, AdwPreferencesGroup *group, GtkWidget *row, const char *title)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (group, row);
  g_signal_connect_swapped (row, "changed", G_CALLBACK (typed_cb), self);
  g_signal_connect_swapped (row, "entry-activated", G_CALLBACK (go_cb), self);
  return ADW_ENTRY_ROW (row);
}

static void
baton_join_dialog_init (BatonJoinDialog *self)
{
  self->cancellable = g_cancellable_new ();
}

static const char *
title_of (BatonJoinKind kind)
{
  return kind == BATON_JOIN_SERVER  ? _ ("Join a server")
         : kind == BATON_JOIN_SHARE ? _ ("Share this workspace")
                                    : _ ("Sign in");
}

static const char *
explain (BatonJoinKind kind)
{
  switch (kind)
    {
    case BATON_JOIN_SERVER:
      return _ ("Paste the invitation that you were sent, and choose the name and password to sign in with. "
                "If you have an account there already, from another device, the address of the server is "
                "enough.");
    case BATON_JOIN_SHARE:
      return _ ("Paste the invitation that a new, empty server printed. Everything in this workspace goes "
                "up, with its "
                "whole history, and you become the owner there.");
    case BATON_JOIN_SIGN_IN:
    default:
      return _ ("This device is signed out. What you do stays here and is sent when you have signed in.");
    }
}

static void
build (BatonJoinDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0), *bar = adw_header_bar_new ();
  GtkWidget *page = adw_preferences_page_new (), *words = adw_preferences_group_new ();
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  self->go = GTK_BUTTON (gtk_button_new_with_mnemonic (self->kind == BATON_JOIN_SHARE     ? _ ("_Share")
                                                       : self->kind == BATON_JOIN_SIGN_IN ? _ ("_Sign in")
                                                                                          : _ ("_Join")));
  baton_name_buttons (GTK_WIDGET (self->go));
  gtk_widget_add_css_class (GTK_WIDGET (self->go), "suggested-action");
  g_signal_connect_swapped (self->go, "clicked", G_CALLBACK (go_cb), self);
  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), GTK_WIDGET (self->go));
  adw_header_bar_pack_end (ADW_HEADER_BAR (bar), GTK_WIDGET (self->spinner));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (words), explain (self->kind));
  self->problem = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->problem, TRUE);
  gtk_label_set_xalign (self->problem, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->problem), "error");
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->problem), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("What went wrong"), -1);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (words), GTK_WIDGET (self->problem));
  self->link = add_row (self, group, adw_entry_row_new (),
      self->kind == BATON_JOIN_SERVER ? _ ("Invitation link or server address") : _ ("Invitation link"));
  self->name = add_row (self, group, adw_entry_row_new (), _ ("Name"));
  self->password = add_row (self, group, adw_password_entry_row_new (), _ ("Password"));
  gtk_widget_set_visible (GTK_WIDGET (self->link), self->kind != BATON_JOIN_SIGN_IN);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (words));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), group);
  gtk_widget_set_vexpand (page, TRUE);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_box_append (GTK_BOX (box), page);
  adw_window_set_content (ADW_WINDOW (self), box);
}

/* Whoever has taken another name on the boards since still signs in with the one of their account. */
static void
propose_name (BatonJoinDialog *self)
{
  BatonWorkspace *workspace = baton_window_workspace (self->window);
  const char *me = workspace != NULL ? baton_workspace_me (workspace) : NULL;
  const char *name =
      me != NULL ? baton_workspace_name_of (workspace, BATON_ENTITY_PERSON, me, "") : g_get_real_name ();
  g_auto (BatonSharingPlace) place = { 0 };

  if (self->kind == BATON_JOIN_SIGN_IN)
    baton_sharing_read_place (baton_workspace_reader (workspace), &place);
  gtk_editable_set_text (GTK_EDITABLE (self->name), place.account != NULL ? place.account : name);
}

void
baton_join_dialog_present (BatonWindow *window, BatonJoinKind kind, const char *link)
{
  BatonJoinDialog *self = g_object_new (BATON_TYPE_JOIN_DIALOG, "transient-for", window, "modal", TRUE,
      "title", title_of (kind), "default-width", 480, "default-height", 500, NULL);

  self->window = window;
  self->kind = kind;
  build (self);
  propose_name (self);
  if (link != NULL)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->link), link);
      /* What is there need not be typed. */
      gtk_widget_grab_focus (GTK_WIDGET (self->name));
    }
  /* Who signs in again is known by name. */
  if (kind == BATON_JOIN_SIGN_IN && *gtk_editable_get_text (GTK_EDITABLE (self->name)) != '\0')
    gtk_widget_grab_focus (GTK_WIDGET (self->password));
  typed_cb (self);
  gtk_window_present (GTK_WINDOW (self));
}
