/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "export-dialog.h"

#include "event-write.h"

#include <glib/gi18n.h>

typedef struct
{
  char *database;
  char *folder;
  char *board;
  BatonExportKind kind;
  GFile *file;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free (work->database);
  g_free (work->folder);
  g_free (work->board);
  g_object_unref (work->file);
  g_free (work);
}

static gboolean
write_all (Work *work, BatonReader *reader, GOutputStream *stream, GCancellable *cancellable, GError **error)
{
  switch (work->kind)
    {
    case BATON_EXPORT_JSON:
      return baton_exchange_write_json (reader, stream, cancellable, error);
    case BATON_EXPORT_EVENTS:
      return baton_exchange_write_events (
          reader, work->board, BATON_EVENT_FORMAT_CSV, stream, cancellable, error);
    case BATON_EXPORT_XES:
      return baton_exchange_write_events (
          reader, work->board, BATON_EVENT_FORMAT_XES, stream, cancellable, error);
    case BATON_EXPORT_ACTIONABLE_AGILE:
      return baton_exchange_write_events (
          reader, work->board, BATON_EVENT_FORMAT_ACTIONABLE_AGILE, stream, cancellable, error);
    case BATON_EXPORT_CSV:
    case BATON_EXPORT_CSV_SAFE:
    default:
      return baton_exchange_write_csv (reader, work->board,
          work->kind == BATON_EXPORT_CSV_SAFE ? BATON_CSV_EXPORT_SAFE : BATON_CSV_EXPORT_PLAIN, stream,
          cancellable, error);
    }
}

/* A stream that is closed after a failure would put half a file in the place of a whole one. */
static gboolean
write_file (Work *work, BatonReader *reader, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileOutputStream) stream =
      g_file_replace (work->file, NULL, FALSE, G_FILE_CREATE_REPLACE_DESTINATION, cancellable, error);
  g_autoptr (GCancellable) given_up = g_cancellable_new ();

  if (stream == NULL)
    return FALSE;
  if (write_all (work, reader, G_OUTPUT_STREAM (stream), cancellable, error) &&
      (work->kind != BATON_EXPORT_JSON || g_file_peek_path (work->file) == NULL ||
          baton_exchange_export_files (
              reader, work->folder, g_file_peek_path (work->file), cancellable, error)))
    return g_output_stream_close (G_OUTPUT_STREAM (stream), cancellable, error);
  g_cancellable_cancel (given_up);
  g_output_stream_close (G_OUTPUT_STREAM (stream), given_up, NULL);
  return FALSE;
}

typedef struct
{
  char *words;
  char *missing;
} Exported;

static void
exported_free (gpointer data)
{
  Exported *exported = data;

  g_free (exported->words);
  g_free (exported->missing);
  g_free (exported);
}

static Exported *
exported_new (Work *work, BatonReader *reader)
{
  g_autofree char *name = g_file_get_parse_name (work->file);
  g_autoptr (GPtrArray) missing =
      work->kind == BATON_EXPORT_JSON ? baton_exchange_missing_files (reader, work->folder, NULL) : NULL;
  Exported *exported = g_new (Exported, 1);

  *exported = (Exported){ g_strdup_printf (_ ("Exported to %s"), name),
    missing != NULL ? baton_exchange_missing_words (missing) : NULL };
  return exported;
}

static void
export_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;
  GError *error = NULL;
  BatonReader *reader = baton_reader_open (work->database, &error);
  gboolean ok = reader != NULL && write_file (work, reader, cancellable, &error);

  if (ok)
    g_task_return_pointer (task, exported_new (work, reader), exported_free);
  else
    g_task_return_error (task, error);
  g_clear_pointer (&reader, baton_reader_close);
}

void
baton_export_async (BatonWorkspace *workspace, const char *board, BatonExportKind kind, GFile *file,
    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (workspace, cancellable, callback, data);
  Work *work = g_new0 (Work, 1);

  work->database = g_strdup (baton_workspace_database (workspace));
  work->folder = g_strdup (baton_workspace_folder (workspace));
  work->board = g_strdup (board);
  work->kind = kind;
  work->file = g_object_ref (file);
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, export_thread);
}

char *
baton_export_finish (BatonWorkspace *workspace, GAsyncResult *result, char **missing, GError **error)
{
  Exported *exported = g_task_propagate_pointer (G_TASK (result), error);
  char *words;

  if (exported == NULL)
    return NULL;
  words = g_steal_pointer (&exported->words);
  *missing = g_steal_pointer (&exported->missing);
  exported_free (exported);
  return words;
}
