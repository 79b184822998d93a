/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "papers.h"

#include "notes.h"
#include "passport.h"
#include "window.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

typedef struct
{
  char *database;
  BatonBlobs *blobs;
  char *card;
  BatonPapers what;
  GFile *file;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free (work->database);
  baton_blobs_unref (work->blobs);
  g_free (work->card);
  g_object_unref (work->file);
  g_free (work);
}

static gboolean
has_ending (GFile *file, const char *ending)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *lower = g_utf8_strdown (name, -1);

  return g_str_has_suffix (lower, ending);
}

static gboolean
write_passport (Work *work, BatonReader *reader, const char *path, GError **error)
{
  BatonPassportFormat format =
      has_ending (work->file, ".html") || has_ending (work->file, ".htm")      ? BATON_PASSPORT_HTML
      : has_ending (work->file, ".md") || has_ending (work->file, ".markdown") ? BATON_PASSPORT_MARKDOWN
      : has_ending (work->file, ".json")                                       ? BATON_PASSPORT_JSON
                                                                               : BATON_PASSPORT_PDF;

  return baton_passport_write (reader, work->blobs, work->card, format, path, error);
}

static gboolean
write_notes (Work *work, BatonReader *reader, const char *path, GError **error)
{
  g_autofree char *text = NULL;

  if (!has_ending (work->file, ".csv"))
    return baton_notes_write_pdf (reader, work->blobs, work->card, path, error);
  text = baton_notes_csv (reader, work->blobs, work->card, error);
  return text != NULL && g_file_set_contents (path, text, -1, error);
}

/* Made where it is nobody's, then put into its place as a whole. */
static gboolean
write_paper (Work *work, BatonReader *reader, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = NULL;
  g_autofree char *content = NULL;
  gsize length;
  gboolean ok;
  int fd = g_file_open_tmp ("baton-XXXXXX", &path, error);

  if (fd < 0)
    return FALSE;
  close (fd);
  ok = (work->what == BATON_PAPERS_NOTES ? write_notes (work, reader, path, error)
                                         : write_passport (work, reader, path, error)) &&
       g_file_get_contents (path, &content, &length, error) &&
       g_file_replace_contents (work->file, content, length, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION,
           NULL, cancellable, error);
  g_unlink (path);
  return ok;
}

static void
write_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;
  GError *error = NULL;
  BatonReader *reader = baton_reader_open (work->database, &error);

  if (reader != NULL && write_paper (work, reader, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
  g_clear_pointer (&reader, baton_reader_close);
}

void
baton_papers_write_async (BatonWorkspace *workspace, const char *card, BatonPapers what, GFile *file,
    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (workspace, cancellable, callback, data);
  Work *work = g_new (Work, 1);

  *work = (Work){ g_strdup (baton_workspace_database (workspace)),
    baton_blobs_ref (baton_workspace_blobs (workspace)), g_strdup (card), what, g_object_ref (file) };
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, write_thread);
}

void
baton_papers_tell_error (GtkWidget *widget, const GError *error)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  if (error == NULL)
    return;
  if (BATON_IS_WINDOW (root))
    baton_window_toast_error (BATON_WINDOW (root), error);
  else
    g_warning ("%s", error->message);
}

typedef struct
{
  GtkWidget *widget;
  BatonWorkspace *workspace;
  char *card;
  BatonPapers what;
  GFile *file;
} Saving;

static void
saving_free (Saving *saving)
{
  g_object_unref (saving->widget);
  g_object_unref (saving->workspace);
  g_free (saving->card);
  g_clear_object (&saving->file);
  g_free (saving);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Saving *saving = data;
  GtkRoot *root = gtk_widget_get_root (saving->widget);
  g_autofree char *name = g_file_get_parse_name (saving->file);
  g_autofree char *words = g_strdup_printf (_ ("Saved as %s"), name);
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    baton_papers_tell_error (saving->widget, error);
  else if (BATON_IS_WINDOW (root))
    baton_window_toast (BATON_WINDOW (root), words, FALSE);
  saving_free (saving);
}

static void
chosen_cb (GtkNativeDialog *dialog, int response, gpointer data)
{
  Saving *saving = data;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      saving->file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
      baton_papers_write_async (
          saving->workspace, saving->card, saving->what, saving->file, NULL, written_cb, saving);
    }
  else
    saving_free (saving);
  g_object_unref (dialog);
}

/* A title may hold what a file's name must not. */
char *
baton_papers_propose_name (BatonWorkspace *workspace, const char *card, BatonPapers what)
{
  g_autoptr (BatonRow) row = baton_reader_row (baton_workspace_reader (workspace), BATON_ENTITY_CARD, card);
  const char *title = row != NULL ? baton_row_text (row, BATON_CARD_TITLE) : NULL;
  g_autofree char *safe = g_strdelimit (g_strdup (title != NULL ? title : ""), "/\\:*?\"<>|\n\r\t", '-');
  g_autofree char *head = g_utf8_substring (safe, 0, MIN (g_utf8_strlen (safe, -1), 60));

  /* Translators: names of files; %s is the title of the card. */
  return what == BATON_PAPERS_NOTES ? g_strdup_printf (_ ("%s review notes.pdf"), head)
                                    : g_strdup_printf (_ ("%s passport.pdf"), head);
}

static void
add_filter (GtkFileChooser *chooser, const char *name, const char *pattern)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  gtk_file_filter_add_pattern (filter, pattern);
  gtk_file_chooser_add_filter (chooser, filter);
}

void
baton_papers_save (GtkWidget *widget, BatonWorkspace *workspace, const char *card, BatonPapers what)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (
      what == BATON_PAPERS_NOTES ? _ ("Save the review notes") : _ ("Save the passport"),
      GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), NULL);
  g_autofree char *name = baton_papers_propose_name (workspace, card, what);
  Saving *saving = g_new (Saving, 1);

  *saving = (Saving){ g_object_ref (widget), g_object_ref (workspace), g_strdup (card), what, NULL };
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  add_filter (GTK_FILE_CHOOSER (chooser), _ ("PDF (name.pdf)"), "*.pdf");
  if (what == BATON_PAPERS_NOTES)
    add_filter (GTK_FILE_CHOOSER (chooser), _ ("Table (name.csv)"), "*.csv");
  else
    {
      add_filter (GTK_FILE_CHOOSER (chooser), _ ("Web page (name.html)"), "*.html");
      add_filter (GTK_FILE_CHOOSER (chooser), _ ("Markdown (name.md)"), "*.md");
    }
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect (chooser, "response", G_CALLBACK (chosen_cb), saving);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}
