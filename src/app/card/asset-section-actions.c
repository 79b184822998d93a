/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "asset-section-private.h"

#include "absence.h"
#include "fetch-file.h"
#include "file-drop.h"
#include "uploads.h"
#include "version-file.h"
#include "working-copies.h"

#include <glib/gi18n.h>

/* What can be done with the files of a card: asset.add, asset.next-version, asset.paste, asset.copy,
 * asset.save-copy, asset.open-with, asset.choose, asset.bin, asset.restore, asset.older, asset.newer; and
 * what is to be said about them: asset.say. */

static void
add_file (BatonAssetSection *self, const char *path, GBytes *bytes, const char *asset, gboolean alone)
{
  BatonAddFile *add = baton_add_file_new ();

  add->card = g_strdup (baton_card_model_id (self->model));
  add->path = g_strdup (path);
  add->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  add->file = bytes != NULL ? g_strdup (_ ("pasted.png")) : NULL;
  add->asset = g_strdup (asset);
  add->alone = alone;
  baton_upload_start (baton_card_model_workspace (self->model), add);
}

void
baton_asset_section_add_files (BatonAssetSection *self, GPtrArray *paths)
{
  g_return_if_fail (BATON_IS_ASSET_SECTION (self));
  for (guint i = 0; i < paths->len; i++)
    add_file (self, g_ptr_array_index (paths, i), NULL, NULL, paths->len == 1);
}

static GPtrArray *
chosen_paths (GtkFileChooser *chooser)
{
  g_autoptr (GListModel) files = gtk_file_chooser_get_files (chooser);
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);
      char *path = g_file_get_path (file);

      if (path != NULL)
        g_ptr_array_add (paths, path);
    }
  return paths;
}

static GtkFileChooserNative *
new_chooser (BatonAssetSection *self, const char *title, GtkFileChooserAction action, const char *accept)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
      title, GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, action, accept, _ ("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  return chooser;
}

static void
added_cb (GtkNativeDialog *dialog, int response, BatonAssetSection *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GPtrArray) paths = chosen_paths (GTK_FILE_CHOOSER (dialog));
      const char *asset = g_object_get_data (G_OBJECT (dialog), "asset");

      for (guint i = 0; i < paths->len; i++)
        add_file (self, g_ptr_array_index (paths, i), NULL, asset, paths->len == 1);
    }
  g_object_unref (dialog);
}

/* asset.add lets the names of the files decide, asset.next-version does not. */
static void
add_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BatonAssetSection *self = BATON_ASSET_SECTION (widget);
  gboolean next = g_str_equal (name, "asset.next-version") && self->asset != NULL;
  GtkFileChooserNative *chooser = new_chooser (
      self, next ? _ ("The next version") : _ ("Add files"), GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Add"));

  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (chooser), !next);
  if (next)
    g_object_set_data_full (G_OBJECT (chooser), "asset", g_strdup (self->asset), g_free);
  g_signal_connect_object (chooser, "response", G_CALLBACK (added_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
pasted_cb (GtkWidget *widget, GPtrArray *paths, GBytes *bytes, gpointer data)
{
  BatonAssetSection *self = BATON_ASSET_SECTION (widget);

  if (paths != NULL)
    baton_asset_section_add_files (self, paths);
  else
    add_file (self, NULL, bytes, NULL, TRUE);
}

static void
paste_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BatonAssetSection *self = BATON_ASSET_SECTION (widget);

  if (!baton_file_paste (widget, pasted_cb, NULL))
    baton_notice_say (self->notice, _ ("There is no file and no picture to paste."));
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BatonAssetSection) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = baton_version_file_export_finish (result, &error);

  if (path == NULL)
    baton_notice_say (self->notice, error->message);
}

static void
save_response_cb (GtkNativeDialog *dialog, int response, BatonAssetSection *self)
{
  g_autoptr (GFile) file =
      response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog)) : NULL;
  BatonItem *version = baton_card_model_find (self->model, g_object_get_data (G_OBJECT (dialog), "version"));

  if (file != NULL && g_file_peek_path (file) != NULL && version != NULL)
    baton_version_file_save_async (
        self->model, version, g_file_peek_path (file), saved_cb, g_object_ref (self));
  g_object_unref (dialog);
}

/* What shall be done with a file that is still at the server: the same, once it is here. */

typedef struct
{
  char *version;
  char *action;
} Postponed;

static void
postponed_free (gpointer data)
{
  Postponed *postponed = data;

  g_free (postponed->version);
  g_free (postponed->action);
  g_free (postponed);
}

static void
fetched_cb (GtkWidget *widget, gpointer data)
{
  Postponed *postponed = data;

  if (g_strcmp0 (BATON_ASSET_SECTION (widget)->version, postponed->version) == 0)
    gtk_widget_activate_action (widget, postponed->action, NULL);
}

/* Whether the action can go on now. */
static gboolean
is_here (BatonAssetSection *self, BatonItem *version, const char *action)
{
  BatonWorkspace *workspace = baton_card_model_workspace (self->model);
  const char *hash = baton_item_text (version, BATON_VERSION_BLOB);
  Postponed *postponed;

  if (hash == NULL || baton_blobs_has (baton_workspace_blobs (workspace), hash))
    return TRUE;
  postponed = g_new (Postponed, 1);
  *postponed = (Postponed){ g_strdup (baton_item_id (version)), g_strdup (action) };
  baton_fetch_file (GTK_WIDGET (self), workspace, hash, baton_item_text (version, BATON_VERSION_FILE),
      fetched_cb, postponed, postponed_free);
  return FALSE;
}

static void
say_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  baton_notice_say (BATON_ASSET_SECTION (widget)->notice, g_variant_get_string (parameter, NULL));
}

static void
copy_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BatonAssetSection *self = BATON_ASSET_SECTION (widget);
  BatonItem *version = baton_asset_section_version (self);
  g_autoptr (GdkContentProvider) provider = NULL;

  if (version == NULL || !is_here (self, version, name))
    return;
  provider = baton_version_provider_new (widget, self->model, version);
  if (provider != NULL)
    gdk_clipboard_set_content (gtk_widget_get_clipboard (widget), provider);
}

static void
save_copy_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BatonAssetSection *self = BATON_ASSET_SECTION (widget);
  BatonItem *version = baton_asset_section_version (self);
  GtkFileChooserNative *chooser;
  g_autofree char *file = NULL;

  if (version == NULL || !is_here (self, version, name))
    return;
  file = baton_version_file_name (self->model, version);
  chooser = new_chooser (self, _ ("Save a copy"), GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), file);
  g_object_set_data_full (G_OBJECT (chooser), "version", g_strdup (baton_item_id (version)), g_free);
  g_signal_connect_object (chooser, "response", G_CALLBACK (save_response_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
app_response_cb (GtkDialog *dialog, int response, BatonAssetSection *self)
{
  g_autoptr (GAppInfo) app =
      response == GTK_RESPONSE_OK ? gtk_app_chooser_get_app_info (GTK_APP_CHOOSER (dialog)) : NULL;
  GFile *file = g_object_get_data (G_OBJECT (dialog), "file");
  g_autoptr (GError) error = NULL;

  if (app != NULL && !g_app_info_launch (app, &(GList){ .data = file }, NULL, &error))
    baton_notice_say (self->notice, error->message);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* A copy is opened: what another program does to it leaves the version alone. */
static void
open_exported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BatonAssetSection) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = baton_version_file_export_finish (result, &error);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  g_autoptr (GFile) file = NULL;
  GtkWidget *dialog;

  if (path == NULL)
    {
      baton_notice_say (self->notice, error->message);
      return;
    }
  if (!GTK_IS_WINDOW (root))
    return;
  file = g_file_new_for_path (path);
  dialog =
      gtk_app_chooser_dialog_new (GTK_WINDOW (root), GTK_DIALOG_MODAL | GTK_DIALOG_DESTROY_WITH_PARENT, file);
  g_object_set_data_full (G_OBJECT (dialog), "section", g_object_ref (self), g_object_unref);
  g_object_set_data_full (G_OBJECT (dialog), "file", g_object_ref (file), g_object_unref);
  g_signal_connect (dialog, "response", G_CALLBACK (app_response_cb), self);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
open_with_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BatonAssetSection *self = BATON_ASSET_SECTION (widget);
  BatonItem *version = baton_asset_section_version (self);

  if (version != NULL && is_here (self, version, name))
    baton_version_file_export_async (self->model, version, open_exported_cb, g_object_ref (self));
}

static void
edit_response_cb (GtkDialog *dialog, int response, BatonAssetSection *self)
{
  g_autoptr (GAppInfo) app =
      response == GTK_RESPONSE_OK ? gtk_app_chooser_get_app_info (GTK_APP_CHOOSER (dialog)) : NULL;
  BatonItem *version = baton_card_model_find (self->model, g_object_get_data (G_OBJECT (dialog), "version"));
  g_autoptr (GError) error = NULL;

  gtk_window_destroy (GTK_WINDOW (dialog));
  if (app != NULL && version != NULL && !baton_working_copies_edit (self->model, version, app, &error))
    baton_notice_say (self->notice, error->message);
}

static void
edit_in_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BatonAssetSection *self = BATON_ASSET_SECTION (widget);
  BatonItem *version = baton_asset_section_version (self);
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autofree char *type = NULL;
  GtkWidget *dialog;

  if (version == NULL || !GTK_IS_WINDOW (root) || !is_here (self, version, name))
    return;
  type = g_content_type_from_mime_type (baton_item_text (version, BATON_VERSION_MEDIA));
  dialog = gtk_app_chooser_dialog_new_for_content_type (GTK_WINDOW (root),
      GTK_DIALOG_MODAL | GTK_DIALOG_DESTROY_WITH_PARENT, type != NULL ? type : "application/octet-stream");
  g_object_set_data_full (G_OBJECT (dialog), "version", g_strdup (baton_item_id (version)), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (edit_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
perform (BatonAssetSection *self, BatonOp *op)
{
  baton_notice_perform (self->notice, baton_card_model_workspace (self->model), op, NULL, NULL);
}

static void
choose_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BatonAssetSection *self = BATON_ASSET_SECTION (widget);
  BatonOp *op;

  if (self->asset == NULL || self->version == NULL)
    return;
  op = baton_op_new (BATON_VERB_ASSET_CHOOSE);
  baton_op_add_id (op, self->asset);
  baton_op_set_text (op, BATON_ASSET_CURRENT, self->version);
  perform (self, op);
}

static void
bin (BatonAssetSection *self, const char *version, const char *reason)
{
  BatonOp *op = baton_op_new (BATON_VERB_VERSION_BIN);

  baton_op_add_id (op, version);
  if (reason != NULL && *reason != '\0')
    baton_op_set_text (op, BATON_VERSION_REASON, reason);
  perform (self, op);
}

static void
reason_cb (AdwMessageDialog *dialog, const char *response, BatonAssetSection *self)
{
  GtkEditable *entry = g_object_get_data (G_OBJECT (dialog), "entry");

  if (g_str_equal (response, "bin"))
    bin (self, g_object_get_data (G_OBJECT (dialog), "version"), gtk_editable_get_text (entry));
}

/* What is approved does not go without a word; everything else can be had back from the bin. */
static void
bin_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BatonAssetSection *self = BATON_ASSET_SECTION (widget);
  BatonItem *version = baton_asset_section_version (self);
  const char *status = version != NULL ? baton_item_text (version, BATON_VERSION_STATUS) : NULL;
  GtkWidget *dialog, *entry;

  if (version == NULL)
    return;
  if (status == NULL || !g_str_has_prefix (status, "approved"))
    {
      bin (self, self->version, NULL);
      return;
    }
  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), _ ("This version is approved"),
      _ ("Say why it goes into the bin."));
  adw_message_dialog_add_responses (
      ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "bin", _ ("Move to the _bin"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "bin", ADW_RESPONSE_DESTRUCTIVE);
  entry = gtk_entry_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Reason"), -1);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), entry);
  g_object_set_data (G_OBJECT (dialog), "entry", entry);
  g_object_set_data_full (G_OBJECT (dialog), "version", g_strdup (self->version), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (reason_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
restore_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BatonAssetSection *self = BATON_ASSET_SECTION (widget);
  BatonOp *op;

  if (self->version == NULL)
    return;
  op = baton_op_new (BATON_VERB_VERSION_RESTORE);
  baton_op_add_id (op, self->version);
  perform (self, op);
}

static void
walk_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  BatonAssetSection *self = BATON_ASSET_SECTION (widget);
  guint position = gtk_single_selection_get_selected (self->selection);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->versions));

  if (n == 0 || position == GTK_INVALID_LIST_POSITION)
    return;
  if (g_str_equal (name, "asset.older") && position + 1 < n)
    gtk_single_selection_set_selected (self->selection, position + 1);
  else if (g_str_equal (name, "asset.newer") && position > 0)
    gtk_single_selection_set_selected (self->selection, position - 1);
}

/* Its file is here, or would be fetched. */
static gboolean
can_have (BatonAssetSection *self, BatonItem *version)
{
  g_autofree char *problem = version != NULL ? baton_version_file_problem (self->model, version) : NULL;

  return version != NULL &&
         (problem == NULL || baton_absence_may_end (baton_card_model_workspace (self->model)));
}

void
baton_asset_section_update_actions (BatonAssetSection *self)
{
  BatonItem *version = baton_asset_section_version (self);
  gboolean edit = baton_card_model_can_edit (self->model);
  gboolean removed = version != NULL && baton_item_is_removed (version), have = can_have (self, version);
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_action_set_enabled (widget, "asset.add", edit);
  gtk_widget_action_set_enabled (widget, "asset.paste", edit);
  gtk_widget_action_set_enabled (widget, "asset.next-version", edit && self->asset != NULL);
  gtk_widget_action_set_enabled (widget, "asset.choose", edit && version != NULL && !removed);
  gtk_widget_action_set_enabled (widget, "asset.bin", edit && version != NULL && !removed);
  gtk_widget_action_set_enabled (widget, "asset.restore", edit && removed);
  gtk_widget_action_set_enabled (widget, "asset.copy", have);
  gtk_widget_action_set_enabled (widget, "asset.save-copy", have);
  gtk_widget_action_set_enabled (widget, "asset.open-with", have);
  gtk_widget_action_set_enabled (widget, "asset.edit-in", edit && have && !removed);
}

void
baton_asset_section_install_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "asset.add", NULL, add_cb);
  gtk_widget_class_install_action (klass, "asset.next-version", NULL, add_cb);
  gtk_widget_class_install_action (klass, "asset.paste", NULL, paste_cb);
  gtk_widget_class_install_action (klass, "asset.copy", NULL, copy_cb);
  gtk_widget_class_install_action (klass, "asset.save-copy", NULL, save_copy_cb);
  gtk_widget_class_install_action (klass, "asset.open-with", NULL, open_with_cb);
  gtk_widget_class_install_action (klass, "asset.edit-in", NULL, edit_in_cb);
  gtk_widget_class_install_action (klass, "asset.say", "s", say_cb);
  gtk_widget_class_install_action (klass, "asset.choose", NULL, choose_cb);
  gtk_widget_class_install_action (klass, "asset.bin", NULL, bin_cb);
  gtk_widget_class_install_action (klass, "asset.restore", NULL, restore_cb);
  gtk_widget_class_install_action (klass, "asset.older", NULL, walk_cb);
  gtk_widget_class_install_action (klass, "asset.newer", NULL, walk_cb);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_v, GDK_CONTROL_MASK, "asset.paste", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_c, GDK_CONTROL_MASK, "asset.copy", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_bracketleft, 0, "asset.newer", NULL);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_bracketright, 0, "asset.older", NULL);
}
