/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "import-private.h"

#include "event-log.h"

#include <glib/gi18n.h>
#include <string.h>

/* One piece of work on a thread. The thread sees only this; the dialog is touched again on the main thread.
 */
typedef struct
{
  gatomicrefcount refs;
  GFile *file;
  GBytes *bytes;
  BatonImportKind kind;
  char *database;
  char *person;
  BatonImportMode mode;
  char *board;
  char *board_name;
  BatonCsvFile *csv;
  BatonImportPlan *plan;
  int done, total; /* atomic; written by the thread */
  GCancellable *cancellable;
} Work;

static Work *
work_new (BatonImportDialog *self)
{
  Work *work = g_new0 (Work, 1);

  g_atomic_ref_count_init (&work->refs);
  work->kind = self->kind;
  work->bytes = self->bytes != NULL ? g_bytes_ref (self->bytes) : NULL;
  work->database = g_strdup (baton_workspace_database (self->workspace));
  work->person = g_strdup (baton_workspace_me (self->workspace));
  work->cancellable = g_cancellable_new ();
  return work;
}

static Work *
work_ref (Work *work)
{
  g_atomic_ref_count_inc (&work->refs);
  return work;
}

static void
work_unref (gpointer data)
{
  Work *work = data;

  if (!g_atomic_ref_count_dec (&work->refs))
    return;
  g_clear_object (&work->file);
  g_clear_pointer (&work->bytes, g_bytes_unref);
  g_free (work->database);
  g_free (work->person);
  g_free (work->board);
  g_free (work->board_name);
  g_clear_pointer (&work->csv, baton_csv_free);
  g_clear_pointer (&work->plan, baton_import_plan_free);
  g_object_unref (work->cancellable);
  g_free (work);
}

/* On the working thread. */
static gboolean
progress_cb (guint done, guint total, gpointer data)
{
  Work *work = data;

  g_atomic_int_set (&work->total, (int) MIN (total, G_MAXINT));
  g_atomic_int_set (&work->done, (int) MIN (done, G_MAXINT));
  return !g_cancellable_is_cancelled (work->cancellable);
}

typedef struct
{
  BatonImportDialog *dialog; /* borrowed: it owns the source */
  Work *work;
} Poll;

static void
poll_free (gpointer data)
{
  Poll *poll = data;

  work_unref (poll->work);
  g_free (poll);
}

static gboolean
poll_cb (gpointer data)
{
  Poll *poll = data;
  int total = g_atomic_int_get (&poll->work->total);
  int done = g_atomic_int_get (&poll->work->done);

  if (total > 0)
    gtk_progress_bar_set_fraction (poll->dialog->progress_bar, CLAMP ((double) done / total, 0, 1));
  else
    gtk_progress_bar_pulse (poll->dialog->progress_bar);
  return G_SOURCE_CONTINUE;
}

static void
begin (BatonImportDialog *self, Work *work, const char *what)
{
  Poll *poll = g_new0 (Poll, 1);

  baton_import_stop (self);
  self->work = g_object_ref (work->cancellable);
  poll->dialog = self;
  poll->work = work_ref (work);
  gtk_progress_bar_set_fraction (self->progress_bar, 0);
  self->poll = g_timeout_add_full (G_PRIORITY_DEFAULT, 100, poll_cb, poll, poll_free);
  baton_import_show_working (self, what);
}

void
baton_import_stop (BatonImportDialog *self)
{
  g_clear_handle_id (&self->poll, g_source_remove);
  g_cancellable_cancel (self->work);
  g_clear_object (&self->work);
}

/* Whether this work is still what the dialog waits for; it is then over. */
static gboolean
finish (BatonImportDialog *self, Work *work)
{
  if (self->work != work->cancellable)
    return FALSE;
  g_clear_handle_id (&self->poll, g_source_remove);
  g_clear_object (&self->work);
  return TRUE;
}

static GBytes *
load (GFile *file, GCancellable *cancellable, GError **error)
{
  const char *path = g_file_peek_path (file);

  return path != NULL ? baton_exchange_read_file (path, error)
                      : g_file_load_bytes (file, cancellable, NULL, error);
}

/* A complete export has its files beside it. They count for nothing until the import names them. */
static gboolean
take_files (Work *work, GError **error)
{
  const char *path = work->file != NULL ? g_file_peek_path (work->file) : NULL;
  g_autofree char *folder = g_path_get_dirname (work->database);

  return work->kind != BATON_IMPORT_BATON || path == NULL ||
         baton_exchange_import_files (folder, path, work->plan, work->cancellable, error);
}

static gboolean
make_plan (Work *work, GError **error)
{
  BatonImportOptions options = { work->mode, work->person, 0, progress_cb, work };
  BatonReader *reader = baton_reader_open (work->database, error);
  BatonCsvTarget target = { work->board, work->board_name };

  if (reader == NULL)
    return FALSE;
  /* The map may have changed a moment ago. */
  if (work->csv != NULL)
    baton_csv_map_changed (work->csv);
  work->plan = work->csv != NULL
                   ? baton_exchange_plan_csv (work->csv, &target, reader, &options, work->cancellable, error)
               : work->kind == BATON_IMPORT_BATON
                   ? baton_exchange_plan_json (work->bytes, reader, &options, work->cancellable, error)
                   : baton_exchange_plan_trello (work->bytes, reader, &options, work->cancellable, error);
  baton_reader_close (reader);
  return work->plan != NULL && take_files (work, error);
}

/* “tickets.csv.gz” becomes the board “tickets”. */
static char *
name_of_file (GFile *file)
{
  char *name = g_file_get_basename (file);
  char *dot = strchr (name + 1, '.');

  if (dot != NULL)
    *dot = '\0';
  return name;
}

static gboolean
plan_events (Work *work, BatonEventLog *taken, GError **error)
{
  g_autoptr (BatonEventLog) log = taken;
  BatonImportOptions options = { BATON_IMPORT_AGAIN, work->person, 0, progress_cb, work };
  BatonEventOptions how = { 0 };
  BatonReader *reader = baton_reader_open (work->database, error);
  g_autofree char *name = name_of_file (work->file);

  if (reader == NULL)
    return FALSE;
  if (baton_event_log_read (log, &how, &options, work->cancellable, error))
    work->plan =
        baton_exchange_plan_events (g_steal_pointer (&log), name, reader, &options, work->cancellable, error);
  baton_reader_close (reader);
  return work->plan != NULL;
}

/* An event log tells itself by the names of its columns. It is read from the disk piece by piece, so it is
 * looked for before the file is loaded as a whole. */
static BatonEventLog *
find_log (Work *work)
{
  const char *path = g_file_peek_path (work->file);
  g_autoptr (BatonEventLog) log = path != NULL ? baton_event_log_open (path, NULL) : NULL;

  return log != NULL && baton_event_log_is_certain (log) ? g_steal_pointer (&log) : NULL;
}

static void
read_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const BatonCsvFormat guess = BATON_CSV_FORMAT_GUESS;
  Work *work = data;
  BatonEventLog *log = find_log (work);
  GError *error = NULL;
  gboolean ok;

  if (log != NULL)
    {
      work->kind = BATON_IMPORT_EVENTS;
      ok = plan_events (work, log, &error);
    }
  else
    {
      work->bytes = load (work->file, work->cancellable, &error);
      ok = work->bytes != NULL;
    }
  if (ok && log == NULL)
    {
      work->kind = baton_import_detect (work->bytes);
      if (work->kind == BATON_IMPORT_CSV)
        ok = (work->csv = baton_csv_open (work->bytes, &guess, &error)) != NULL;
      else
        ok = make_plan (work, &error);
    }
  if (ok)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
plan_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (make_plan (data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
take_plan (BatonImportDialog *self, Work *work)
{
  g_clear_pointer (&self->plan, baton_import_plan_free);
  self->plan = g_steal_pointer (&work->plan);
  self->from = self->plan->first;
  self->to = self->plan->last;
  if (self->plan->source != NULL)
    return;
  for (guint i = 0; i < self->plan->ops->len; i++)
    {
      const BatonOp *op = g_ptr_array_index (self->plan->ops, i);

      self->from = self->from == 0 ? op->at : MIN (self->from, op->at);
      self->to = MAX (self->to, op->at);
    }
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  BatonImportDialog *self = BATON_IMPORT_DIALOG (source);
  Work *work = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  gboolean ok = g_task_propagate_boolean (G_TASK (result), &error);

  if (!finish (self, work))
    return;
  if (!ok)
    {
      baton_import_show_problem (self, error);
      return;
    }
  g_clear_pointer (&self->bytes, g_bytes_unref);
  self->bytes = work->bytes != NULL ? g_bytes_ref (work->bytes) : NULL;
  self->kind = work->kind;
  if (work->kind == BATON_IMPORT_CSV)
    {
      baton_import_show_wizard (self, g_steal_pointer (&work->csv));
      return;
    }
  take_plan (self, work);
  baton_import_show_planned (self);
}

static void
planned_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  BatonImportDialog *self = BATON_IMPORT_DIALOG (source);
  Work *work = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  gboolean ok = g_task_propagate_boolean (G_TASK (result), &error);

  if (!finish (self, work))
    return;
  if (!ok)
    {
      baton_import_show_problem (self, error);
      return;
    }
  take_plan (self, work);
  /* A table was looked at in the wizard; what it makes is performed at once. */
  if (work->csv != NULL)
    baton_import_perform (self);
  else
    baton_import_show_planned (self);
}

static void
run (BatonImportDialog *self, Work *work, GTaskThreadFunc thread, GAsyncReadyCallback callback,
    const char *what)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, NULL);

  begin (self, work, what);
  g_task_set_task_data (task, work, work_unref);
  g_task_run_in_thread (task, thread);
}

void
baton_import_read (BatonImportDialog *self, GFile *file)
{
  Work *work;

  g_set_object (&self->file, file);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  self->kind = BATON_IMPORT_TRELLO;
  work = work_new (self);
  work->file = g_object_ref (file);
  run (self, work, read_thread, read_cb, _ ("Reading the file…"));
}

void
baton_import_plan (BatonImportDialog *self, BatonImportMode mode)
{
  Work *work = work_new (self);

  work->mode = mode;
  run (self, work, plan_thread, planned_cb, _ ("Reading the file…"));
}

void
baton_import_table (BatonImportDialog *self, BatonCsvFile *csv, const char *board, const char *board_name)
{
  Work *work = work_new (self);

  work->mode = BATON_IMPORT_AGAIN;
  work->csv = csv;
  work->board = g_strdup (board);
  work->board_name = g_strdup (board_name);
  run (self, work, plan_thread, planned_cb, _ ("Reading the table…"));
}

typedef struct
{
  BatonImportDialog *dialog;
  Work *work;
} Performing;

static void
performed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Performing *performing = data;
  g_autoptr (BatonImportDialog) self = performing->dialog;
  g_autoptr (GError) error = NULL;
  gboolean ok = baton_exchange_import_finish (BATON_WORKSPACE (source), result, &error);
  gboolean awaited = finish (self, performing->work);

  work_unref (performing->work);
  g_free (performing);
  if (!awaited)
    return;
  if (ok)
    baton_import_show_done (self);
  else
    baton_import_show_problem (self, error);
}

void
baton_import_perform (BatonImportDialog *self)
{
  Performing *performing;
  Work *work;

  if (self->plan->ops->len == 0)
    {
      baton_import_show_done (self);
      return;
    }
  work = work_new (self);
  performing = g_new0 (Performing, 1);
  performing->dialog = g_object_ref (self);
  performing->work = work;
  begin (self, work, _ ("Importing…"));
  baton_exchange_import_async (
      self->workspace, self->plan, progress_cb, work, work->cancellable, performed_cb, performing);
}
