/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "working-copies.h"

#include "section.h"

#include <glib/gi18n.h>

static GListStore *
copies (void)
{
  static GListStore *store;

  if (store == NULL)
    store = g_list_store_new (BATON_TYPE_WORKING_COPY);
  return store;
}

static BatonWorkingCopy *
find (const char *version)
{
  GListModel *model = G_LIST_MODEL (copies ());

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (BatonWorkingCopy) copy = g_list_model_get_item (model, i);

      if (g_strcmp0 (baton_working_copy_version (copy), version) == 0)
        return copy;
    }
  return NULL;
}

BatonWorkingCopy *
baton_working_copies_edit (BatonCardModel *model, BatonItem *version, GAppInfo *app, GError **error)
{
  g_autoptr (BatonWorkingCopy) made = NULL;
  BatonWorkingCopy *copy = find (baton_item_id (version));
  g_autoptr (GFile) file = NULL;

  if (copy == NULL)
    {
      made = baton_working_copy_new (
          baton_card_model_workspace (model), baton_item_id (version), BATON_WORKING_COPY_QUIET, error);
      if (made == NULL)
        return NULL;
      copy = made;
      g_object_set_data (G_OBJECT (made), "workspace", baton_card_model_workspace (model));
      g_list_store_append (copies (), made);
    }
  file = g_file_new_for_path (baton_working_copy_path (copy));
  return g_app_info_launch (app, &(GList){ .data = file }, NULL, error) ? copy : NULL;
}

static void
put_away (BatonWorkingCopy *copy)
{
  guint position;

  baton_working_copy_discard (copy);
  if (g_list_store_find (copies (), copy, &position))
    g_list_store_remove (copies (), position);
}

void
baton_working_copies_forget (BatonWorkspace *workspace)
{
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (copies ())); i > 0; i--)
    {
      g_autoptr (BatonWorkingCopy) copy = g_list_model_get_item (G_LIST_MODEL (copies ()), i - 1);

      if (g_object_get_data (G_OBJECT (copy), "workspace") == workspace)
        g_list_store_remove (copies (), i - 1);
    }
}

/* One row */

static void
update_row (BatonWorkingCopy *copy, GtkWidget *row)
{
  GtkWidget *words = g_object_get_data (G_OBJECT (row), "words");
  GtkWidget *take = g_object_get_data (G_OBJECT (row), "take");
  gboolean changed = baton_working_copy_has_changes (copy);
  g_autofree char *name = g_filename_display_basename (baton_working_copy_path (copy));
  g_autofree char *text =
      changed ? g_strdup_printf (_ ("“%s” was saved. Is it the next version?"), name)
              : g_strdup_printf (_ ("“%s” is open for editing. What you save is offered here."), name);

  gtk_label_set_text (GTK_LABEL (words), text);
  gtk_widget_set_sensitive (take, changed);
}

static void
taken_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) row = data;
  BatonNotice *notice = g_object_get_data (G_OBJECT (row), "notice");
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonAdded) added = baton_working_copy_take_finish (BATON_WORKING_COPY (source), result, &error);

  if (added == NULL)
    baton_notice_say (notice, error->message);
  update_row (BATON_WORKING_COPY (source), row);
}

static void
take_cb (GtkButton *button, GtkWidget *row)
{
  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
  baton_working_copy_take_async (
      g_object_get_data (G_OBJECT (row), "copy"), NULL, taken_cb, g_object_ref (row));
}

static void
discard_cb (AdwMessageDialog *dialog, const char *response, BatonWorkingCopy *copy)
{
  if (g_str_equal (response, "discard"))
    put_away (copy);
}

/* What was saved and not taken would be lost, so it is asked for. */
static void
end_cb (GtkButton *button, GtkWidget *row)
{
  BatonWorkingCopy *copy = g_object_get_data (G_OBJECT (row), "copy");
  GtkWidget *dialog;

  if (!baton_working_copy_has_changes (copy))
    {
      put_away (copy);
      return;
    }
  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (row)), _ ("Discard what was saved?"),
      _ ("It has not become a version. The versions of the card stay as they are."));
  adw_message_dialog_add_responses (
      ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "discard", _ ("_Discard"), NULL);
  adw_message_dialog_set_response_appearance (
      ADW_MESSAGE_DIALOG (dialog), "discard", ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (discard_cb), copy, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static GtkWidget *
create_row (BatonWorkingCopy *copy, BatonNotice *notice)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *words = baton_wrapped_label (NULL, NULL);
  GtkWidget *take = gtk_button_new_with_label (_ ("Add as next version"));
  GtkWidget *end = gtk_button_new_with_label (_ ("End editing"));

  gtk_widget_add_css_class (row, "card-state");
  gtk_box_append (GTK_BOX (row), words);
  gtk_box_append (GTK_BOX (line), take);
  gtk_box_append (GTK_BOX (line), end);
  gtk_box_append (GTK_BOX (row), line);
  g_object_set_data (G_OBJECT (row), "words", words);
  g_object_set_data (G_OBJECT (row), "take", take);
  g_object_set_data_full (G_OBJECT (row), "copy", g_object_ref (copy), g_object_unref);
  g_object_set_data_full (G_OBJECT (row), "notice", g_object_ref (notice), g_object_unref);
  g_signal_connect_object (take, "clicked", G_CALLBACK (take_cb), row, 0);
  g_signal_connect_object (end, "clicked", G_CALLBACK (end_cb), row, 0);
  g_signal_connect_object (copy, "saved", G_CALLBACK (update_row), row, 0);
  update_row (copy, row);
  return row;
}

/* The rows of one card */

static void
refill (GtkWidget *box)
{
  BatonCardModel *model = g_object_get_data (G_OBJECT (box), "model");
  BatonNotice *notice = g_object_get_data (G_OBJECT (box), "notice");
  GListModel *list = G_LIST_MODEL (copies ());
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (BatonWorkingCopy) copy = g_list_model_get_item (list, i);

      if (baton_card_model_find (model, baton_working_copy_version (copy)) != NULL)
        gtk_box_append (GTK_BOX (box), create_row (copy, notice));
    }
  gtk_widget_set_visible (box, gtk_widget_get_first_child (box) != NULL);
}

GtkWidget *
baton_working_copies_new (BatonCardModel *model, BatonNotice *notice)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  g_object_set_data_full (G_OBJECT (box), "model", g_object_ref (model), g_object_unref);
  g_object_set_data (G_OBJECT (box), "notice", notice);
  g_signal_connect_object (copies (), "items-changed", G_CALLBACK (refill), box, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "loaded", G_CALLBACK (refill), box, G_CONNECT_SWAPPED);
  refill (box);
  return box;
}
