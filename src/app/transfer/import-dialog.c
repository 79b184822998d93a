/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "import-private.h"

#include "button-names.h"
#include "change.h"

#include <glib/gi18n.h>
#include <string.h>

G_DEFINE_FINAL_TYPE (BatonImportDialog, baton_import_dialog, ADW_TYPE_WINDOW)

static void
show (BatonImportDialog *self, const char *page, const char *import_label, const char *cancel_label)
{
  gtk_stack_set_visible_child_name (self->stack, page);
  gtk_widget_set_visible (self->import_button, import_label != NULL);
  gtk_widget_set_sensitive (self->import_button, TRUE);
  if (import_label != NULL)
    {
      gtk_button_set_label (GTK_BUTTON (self->import_button), import_label);
      gtk_window_set_default_widget (GTK_WINDOW (self), self->import_button);
    }
  gtk_button_set_label (GTK_BUTTON (self->cancel_button), cancel_label);
  baton_name_buttons (self->import_button);
  baton_name_buttons (self->cancel_button);
}

/* A page that is made for what it shows. */
static void
show_made (BatonImportDialog *self, GtkWidget *page, const char *name, const char *import_label,
    const char *cancel_label)
{
  GtkWidget *before = gtk_stack_get_child_by_name (self->stack, name);

  if (before != NULL)
    gtk_stack_remove (self->stack, before);
  gtk_stack_add_named (self->stack, page, name);
  show (self, name, import_label, cancel_label);
}

static void
name_file (BatonImportDialog *self)
{
  g_autofree char *base = self->file != NULL ? g_file_get_basename (self->file) : NULL;
  g_autofree char *name = base != NULL ? g_filename_display_name (base) : NULL;

  adw_window_title_set_subtitle (self->title, name != NULL ? name : "");
}

void
baton_import_show_working (BatonImportDialog *self, const char *what)
{
  adw_status_page_set_title (self->working_page, what);
  name_file (self);
  show (self, "working", NULL, _ ("_Cancel"));
}

void
baton_import_show_problem (BatonImportDialog *self, const GError *error)
{
  g_autofree char *text = g_markup_escape_text (error->message, -1);

  /* A table can be mapped in another way and tried again. */
  if (self->kind == BATON_IMPORT_CSV && gtk_stack_get_child_by_name (self->stack, "table") != NULL)
    {
      show (self, "table", _ ("_Import"), _ ("_Cancel"));
      baton_change_toast (GTK_WIDGET (self->stack), error->message);
      return;
    }
  adw_status_page_set_description (self->problem_page, text);
  show (self, "problem", NULL, _ ("_Close"));
  gtk_widget_grab_focus (self->other_button);
}

void
baton_import_show_planned (BatonImportDialog *self)
{
  if (self->plan->existing != NULL && self->plan->mode == BATON_IMPORT_ASK)
    {
      g_autofree char *name = g_markup_escape_text (self->plan->name, -1);
      g_autofree char *text = g_strdup_printf (_ ("“%s” is in this workspace already. Updating brings what "
                                                  "is new in the file and keeps what you did since "
                                                  "then; a second board stands beside the first."),
          name);

      adw_status_page_set_description (self->again_page, text);
      show (self, "again", NULL, _ ("_Cancel"));
      gtk_widget_grab_focus (self->update_button);
      return;
    }
  /* Nothing new: there is nothing to press but Close. */
  if (self->plan->ops->len == 0)
    {
      baton_import_show_done (self);
      return;
    }
  show_made (self, baton_import_summary_new (self->plan, self->from, self->to, FALSE), "preview",
      self->plan->mode == BATON_IMPORT_UPDATE ? _ ("_Update") : _ ("_Import"), _ ("_Cancel"));
  gtk_widget_grab_focus (self->import_button);
}

void
baton_import_show_wizard (BatonImportDialog *self, BatonCsvFile *csv)
{
  BatonBoard *board = baton_window_board (self->window);
  BatonItem *item = board != NULL
                        ? baton_workspace_lookup (self->workspace, BATON_ENTITY_BOARD, baton_board_id (board))
                        : NULL;
  g_autofree char *base = g_file_get_basename (self->file);
  g_autofree char *name = g_filename_display_name (base);
  char *dot = strrchr (name, '.');
  GtkWidget *table;

  if (dot != NULL && dot > name)
    *dot = '\0';
  table = baton_import_table_new (self->bytes, csv, item, name);
  show_made (self, table, "table", _ ("_Import"), _ ("_Cancel"));
  g_object_bind_property (table, "reads", self->import_button, "sensitive", G_BINDING_INVERT_BOOLEAN);
}

void
baton_import_show_done (BatonImportDialog *self)
{
  gboolean can_open = self->plan->board != NULL || baton_column_size (baton_workspace_list (
                                                       self->workspace, BATON_ENTITY_BOARD, NULL)) > 0;

  show_made (self, baton_import_summary_new (self->plan, self->from, self->to, TRUE), "done",
      can_open ? _ ("_Open board") : NULL, _ ("_Close"));
  gtk_widget_grab_focus (can_open ? self->import_button : self->cancel_button);
}

static void
open_board (BatonImportDialog *self)
{
  const char *board = self->plan->board;

  if (board == NULL)
    board = baton_item_id (
        baton_column_peek (baton_workspace_list (self->workspace, BATON_ENTITY_BOARD, NULL), 0));
  baton_window_open_board (self->window, board);
  gtk_window_close (GTK_WINDOW (self));
}

static void
import_table (BatonImportDialog *self)
{
  BatonImportTable *table = BATON_IMPORT_TABLE (gtk_stack_get_visible_child (self->stack));
  g_autofree char *name = baton_import_table_name (table);
  g_autoptr (GError) error = NULL;
  BatonCsvFile *csv;

  if (baton_import_table_board (table) == NULL && name == NULL)
    {
      baton_change_tell (self->import_button, _ ("The new board needs a name."));
      return;
    }
  csv = baton_import_table_copy (table, &error);
  if (csv == NULL)
    baton_change_tell (self->import_button, error->message);
  else
    baton_import_table (self, csv, baton_import_table_board (table), name);
}

/* The one button on the right: what it does follows from the page. */
static void
import_cb (BatonImportDialog *self)
{
  const char *page = gtk_stack_get_visible_child_name (self->stack);

  if (g_str_equal (page, "preview"))
    baton_import_perform (self);
  else if (g_str_equal (page, "table"))
    import_table (self);
  else if (g_str_equal (page, "done"))
    open_board (self);
}

/* Cancelling work leaves nothing behind and goes back to the beginning; a second time closes. */
static void
cancel_cb (BatonImportDialog *self)
{
  if (self->work == NULL)
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  baton_import_stop (self);
  show (self, "choose", NULL, _ ("_Close"));
  adw_window_title_set_subtitle (self->title, "");
  baton_change_toast (GTK_WIDGET (self->stack), _ ("Cancelled. Nothing was imported."));
  gtk_widget_grab_focus (self->choose_button);
}

static void
update_cb (BatonImportDialog *self)
{
  baton_import_plan (self, BATON_IMPORT_UPDATE);
}

static void
second_cb (BatonImportDialog *self)
{
  baton_import_plan (self, BATON_IMPORT_AGAIN);
}

static void
file_chosen_cb (GtkNativeDialog *dialog, int response, BatonImportDialog *self)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      baton_import_read (self, file);
    }
  g_object_unref (dialog);
}

static void
choose_cb (BatonImportDialog *self)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
      _ ("Import a file"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), NULL);
  g_autoptr (GtkFileFilter) known = gtk_file_filter_new ();
  g_autoptr (GtkFileFilter) all = gtk_file_filter_new ();

  gtk_file_filter_set_name (known, _ ("Boards, tables and event logs (JSON, CSV, XES)"));
  gtk_file_filter_add_suffix (known, "json");
  gtk_file_filter_add_suffix (known, "xes");
  gtk_file_filter_add_suffix (known, "csv");
  gtk_file_filter_add_suffix (known, "tsv");
  gtk_file_filter_add_suffix (known, "txt");
  gtk_file_filter_add_suffix (known, "gz");
  gtk_file_filter_set_name (all, _ ("All files"));
  gtk_file_filter_add_pattern (all, "*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), known);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (chooser), all);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (file_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static gboolean
dropped_cb (GtkDropTarget *target, const GValue *value, double x, double y, BatonImportDialog *self)
{
  if (self->work != NULL)
    return FALSE;
  baton_import_read (self, g_value_get_object (value));
  return TRUE;
}

static void
baton_import_dialog_dispose (GObject *object)
{
  BatonImportDialog *self = BATON_IMPORT_DIALOG (object);

  baton_import_stop (self);
  g_clear_pointer (&self->plan, baton_import_plan_free);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_object (&self->file);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (baton_import_dialog_parent_class)->dispose (object);
}

static gboolean
close_request_cb (BatonImportDialog *self)
{
  baton_import_stop (self);
  return GDK_EVENT_PROPAGATE;
}

static void
baton_import_dialog_class_init (BatonImportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_import_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/batonboard/Baton/transfer/import-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonImportDialog, title);
  gtk_widget_class_bind_template_child (widget_class, BatonImportDialog, cancel_button);
  gtk_widget_class_bind_template_child (widget_class, BatonImportDialog, import_button);
  gtk_widget_class_bind_template_child (widget_class, BatonImportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, BatonImportDialog, choose_button);
  gtk_widget_class_bind_template_child (widget_class, BatonImportDialog, working_page);
  gtk_widget_class_bind_template_child (widget_class, BatonImportDialog, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, BatonImportDialog, again_page);
  gtk_widget_class_bind_template_child (widget_class, BatonImportDialog, update_button);
  gtk_widget_class_bind_template_child (widget_class, BatonImportDialog, second_button);
  gtk_widget_class_bind_template_child (widget_class, BatonImportDialog, problem_page);
  gtk_widget_class_bind_template_child (widget_class, BatonImportDialog, other_button);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_cb);
  gtk_widget_class_bind_template_callback (widget_class, import_cb);
  gtk_widget_class_bind_template_callback (widget_class, second_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
baton_import_dialog_init (BatonImportDialog *self)
{
  GtkDropTarget *target;

  g_type_ensure (BATON_TYPE_IMPORT_TABLE);
  gtk_widget_init_template (GTK_WIDGET (self));
  baton_name_buttons (GTK_WIDGET (self));
  target = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);
  g_signal_connect (target, "drop", G_CALLBACK (dropped_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->stack), GTK_EVENT_CONTROLLER (target));
  g_signal_connect (self, "close-request", G_CALLBACK (close_request_cb), NULL);
}

void
baton_import_dialog_present (BatonWindow *window, GFile *file)
{
  BatonImportDialog *self =
      g_object_new (BATON_TYPE_IMPORT_DIALOG, "transient-for", window, "destroy-with-parent", TRUE, NULL);

  self->window = window;
  self->workspace = g_object_ref (baton_window_workspace (window));
  gtk_window_present (GTK_WINDOW (self));
  if (file != NULL)
    baton_import_read (self, file);
}
