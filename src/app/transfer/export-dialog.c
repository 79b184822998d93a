/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "export-dialog.h"

#include "change.h"

#include <glib/gi18n.h>

#define BATON_TYPE_EXPORT_DIALOG (baton_export_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BatonExportDialog, baton_export_dialog, BATON, EXPORT_DIALOG, AdwWindow)

struct _BatonExportDialog
{
  AdwWindow parent_instance;

  /* Template */
  GtkProgressBar *progress_bar;
  GtkWidget *page;
  GtkWidget *board_group;
  GtkWidget *events_group;
  GtkWidget *csv_row;
  GtkSwitch *safe_switch;
  GtkWidget *json_row;

  BatonWindow *window; /* borrowed: it is the transient parent */
  GCancellable *work;  /* of the export under way */
  guint pulse;
};

G_DEFINE_FINAL_TYPE (BatonExportDialog, baton_export_dialog, ADW_TYPE_WINDOW)

static gboolean
pulse_cb (gpointer data)
{
  gtk_progress_bar_pulse (BATON_EXPORT_DIALOG (data)->progress_bar);
  return G_SOURCE_CONTINUE;
}

static void
set_working (BatonExportDialog *self, gboolean working)
{
  g_clear_handle_id (&self->pulse, g_source_remove);
  if (working)
    self->pulse = g_timeout_add (100, pulse_cb, self);
  gtk_widget_set_visible (GTK_WIDGET (self->progress_bar), working);
  gtk_widget_set_sensitive (self->page, !working);
}

/* Too much for a line that goes away by itself. */
static void
tell_missing (BatonExportDialog *self, const char *done, const char *missing)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self->window), done, missing);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BatonExportDialog) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *missing = NULL;
  g_autofree char *done = baton_export_finish (BATON_WORKSPACE (source), result, &missing, &error);

  if (self->work == NULL)
    return; /* closed meanwhile, and cancelled by that */
  g_clear_object (&self->work);
  set_working (self, FALSE);
  if (done == NULL)
    {
      baton_change_toast (self->page, error->message);
      return;
    }
  if (missing != NULL)
    tell_missing (self, done, missing);
  else
    baton_window_toast (self->window, done, FALSE);
  gtk_window_close (GTK_WINDOW (self));
}

static void
start (BatonExportDialog *self, BatonExportKind kind, GFile *file)
{
  BatonBoard *board = baton_window_board (self->window);

  self->work = g_cancellable_new ();
  set_working (self, TRUE);
  baton_export_async (baton_window_workspace (self->window), board != NULL ? baton_board_id (board) : NULL,
      kind, file, self->work, exported_cb, g_object_ref (self));
}

static void
file_chosen_cb (GtkNativeDialog *dialog, int response, BatonExportDialog *self)
{
  BatonExportKind kind = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (dialog), "kind"));
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      start (self, kind, file);
    }
  g_object_unref (dialog);
}

/* A board's name may hold what a file's name must not. */
static char *
propose_name (const char *name, const char *suffix)
{
  g_autofree char *safe = g_strdelimit (g_strdup (name), "/\\:*?\"<>|\n\r\t", '-');
  g_autofree char *head = g_utf8_substring (safe, 0, MIN (g_utf8_strlen (safe, -1), 60));

  return g_strconcat (head, suffix, NULL);
}

static void
choose (BatonExportDialog *self, BatonExportKind kind, const char *name, const char *suffix)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
      _ ("Export"), GTK_WINDOW (self), GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Export"), NULL);
  g_autofree char *proposed = propose_name (name, suffix);

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), proposed);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_object_set_data (G_OBJECT (chooser), "kind", GUINT_TO_POINTER (kind));
  g_signal_connect_object (chooser, "response", G_CALLBACK (file_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
csv_cb (BatonExportDialog *self)
{
  choose (self, gtk_switch_get_active (self->safe_switch) ? BATON_EXPORT_CSV_SAFE : BATON_EXPORT_CSV,
      baton_board_name (baton_window_board (self->window)), ".csv");
}

static void
json_cb (BatonExportDialog *self)
{
  g_autofree char *name = baton_workspace_name (baton_window_workspace (self->window));

  choose (self, BATON_EXPORT_JSON, name, ".json");
}

static void
choose_for_board (BatonExportDialog *self, BatonExportKind kind, const char *suffix)
{
  choose (self, kind, baton_board_name (baton_window_board (self->window)), suffix);
}

static void
events_cb (BatonExportDialog *self)
{
  choose_for_board (self, BATON_EXPORT_EVENTS, "-events.csv");
}

static void
xes_cb (BatonExportDialog *self)
{
  choose_for_board (self, BATON_EXPORT_XES, ".xes");
}

static void
agile_cb (BatonExportDialog *self)
{
  choose_for_board (self, BATON_EXPORT_ACTIONABLE_AGILE, "-actionable-agile.csv");
}

static gboolean
close_request_cb (BatonExportDialog *self)
{
  g_cancellable_cancel (self->work);
  return GDK_EVENT_PROPAGATE;
}

static void
baton_export_dialog_dispose (GObject *object)
{
  BatonExportDialog *self = BATON_EXPORT_DIALOG (object);

  g_clear_handle_id (&self->pulse, g_source_remove);
  g_cancellable_cancel (self->work);
  g_clear_object (&self->work);
  G_OBJECT_CLASS (baton_export_dialog_parent_class)->dispose (object);
}

static void
baton_export_dialog_class_init (BatonExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_export_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/batonboard/Baton/transfer/export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonExportDialog, progress_bar);
  gtk_widget_class_bind_template_child (widget_class, BatonExportDialog, page);
  gtk_widget_class_bind_template_child (widget_class, BatonExportDialog, board_group);
  gtk_widget_class_bind_template_child (widget_class, BatonExportDialog, events_group);
  gtk_widget_class_bind_template_child (widget_class, BatonExportDialog, csv_row);
  gtk_widget_class_bind_template_child (widget_class, BatonExportDialog, safe_switch);
  gtk_widget_class_bind_template_child (widget_class, BatonExportDialog, json_row);
  gtk_widget_class_bind_template_callback (widget_class, csv_cb);
  gtk_widget_class_bind_template_callback (widget_class, json_cb);
  gtk_widget_class_bind_template_callback (widget_class, events_cb);
  gtk_widget_class_bind_template_callback (widget_class, xes_cb);
  gtk_widget_class_bind_template_callback (widget_class, agile_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
baton_export_dialog_init (BatonExportDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (self, "close-request", G_CALLBACK (close_request_cb), NULL);
}

void
baton_export_dialog_present (BatonWindow *window)
{
  BatonExportDialog *self =
      g_object_new (BATON_TYPE_EXPORT_DIALOG, "transient-for", window, "destroy-with-parent", TRUE, NULL);
  BatonBoard *board = baton_window_board (window);

  self->window = window;
  gtk_widget_set_visible (self->board_group, board != NULL);
  gtk_widget_set_visible (self->events_group, board != NULL);
  if (board != NULL)
    {
      g_autofree char *name = g_markup_escape_text (baton_board_name (board), -1);

      adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->board_group), name);
    }
  gtk_window_present (GTK_WINDOW (self));
}
