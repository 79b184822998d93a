/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "workspace-private.h"

#include "apply.h"

G_DEFINE_FINAL_TYPE (BatonWorkspace, baton_workspace, G_TYPE_OBJECT)

static void
reader_free (gpointer reader)
{
  baton_reader_close (reader);
}

static void
baton_workspace_finalize (GObject *object)
{
  BatonWorkspace *self = BATON_WORKSPACE (object);

  baton_workspace_close (self);
  baton_workspace_forget_ahead (self);
  baton_workspace_forget_slices (self);
  g_hash_table_unref (self->lists);
  g_hash_table_unref (self->items);
  g_hash_table_unref (self->drafts);
  g_hash_table_unref (self->vanished);
  g_async_queue_unref (self->readers);
  g_clear_pointer (&self->blobs, baton_blobs_unref);
  g_free (self->folder);
  g_free (self->database);
  g_free (self->read_only_reason);
  g_free (self->device);
  g_free (self->me);
  g_clear_object (&self->presence);
  G_OBJECT_CLASS (baton_workspace_parent_class)->finalize (object);
}

static void
baton_workspace_class_init (BatonWorkspaceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_workspace_finalize;
  baton_workspace_signals_init (G_OBJECT_CLASS (klass));
}

static void
baton_workspace_init (BatonWorkspace *self)
{
  g_queue_init (&self->slices);
  self->readers = g_async_queue_new_full (reader_free);
  self->items = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->drafts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->vanished = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/* The part that may take long, on any thread. */
BatonStore *
baton_workspace_open_store (BatonWorkspace *self, BatonStoreFlags flags, GError **error)
{
  BatonStore *store = baton_store_open (self->folder, flags, error);

  if (store == NULL)
    return NULL;
  self->database = g_strdup (baton_store_database (store));
  self->device = g_strdup (baton_store_device (store));
  self->read_only_reason = g_strdup (baton_store_read_only_reason (store));
  self->reader = baton_reader_open (self->database, error);
  if (self->reader != NULL && baton_workspace_load (self, error))
    return store;
  g_clear_pointer (&self->reader, baton_reader_close);
  baton_store_close (store);
  return NULL;
}

static void
start (BatonWorkspace *self, BatonStore *store)
{
  self->me = baton_reader_meta (self->reader, "me");
  baton_workspace_load_role (self);
  self->writer = baton_writer_new (store);
}

BatonWorkspace *
baton_workspace_new_for (const char *folder)
{
  BatonWorkspace *self = g_object_new (BATON_TYPE_WORKSPACE, NULL);

  self->folder = g_canonicalize_filename (folder, NULL);
  self->blobs = baton_blobs_new (self->folder);
  return self;
}

BatonWorkspace *
baton_workspace_open (const char *folder, BatonStoreFlags flags, GError **error)
{
  g_autoptr (BatonWorkspace) self = baton_workspace_new_for (folder);
  BatonStore *store = baton_workspace_open_store (self, flags, error);

  if (store == NULL)
    return NULL;
  start (self, store);
  return g_steal_pointer (&self);
}

static void
open_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  BatonWorkspace *self = task_data;
  BatonStoreFlags flags = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (task), "flags"));
  BatonAhead *ahead = g_object_steal_data (G_OBJECT (task), "ahead");
  GError *error = NULL;
  BatonStore *store =
      ahead != NULL ? baton_ahead_wait (ahead, &error) : baton_workspace_open_store (self, flags, &error);

  if (store != NULL)
    g_task_return_pointer (task, store, (GDestroyNotify) baton_store_close);
  else
    g_task_return_error (task, error);
}

void
baton_workspace_open_async (const char *folder, BatonStoreFlags flags, GCancellable *cancellable,
    GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  BatonAhead *ahead = baton_ahead_take (folder, flags);

  if (ahead != NULL)
    g_object_set_data (G_OBJECT (task), "ahead", ahead);
  g_task_set_task_data (task,
      ahead != NULL ? g_object_ref (baton_ahead_workspace (ahead)) : baton_workspace_new_for (folder),
      g_object_unref);
  g_object_set_data (G_OBJECT (task), "flags", GUINT_TO_POINTER (flags));
  g_task_run_in_thread (task, open_thread);
}

BatonWorkspace *
baton_workspace_open_finish (GAsyncResult *result, GError **error)
{
  BatonStore *store = g_task_propagate_pointer (G_TASK (result), error);
  BatonWorkspace *self;

  if (store == NULL)
    return NULL;
  self = g_object_ref (g_task_get_task_data (G_TASK (result)));
  start (self, store);
  return self;
}

void
baton_workspace_close (BatonWorkspace *self)
{
  BatonWriter *writer;
  gpointer reader;

  /* Whoever shows who is here has nothing to show it on any more. */
  g_clear_object (&self->presence);
  /* Until its thread has ended, what is heard from the server still goes to the writer. */
  baton_workspace_disconnect (self);
  writer = g_steal_pointer (&self->writer);
  if (writer != NULL)
    baton_writer_give_up (writer, TRUE);
  /* The store goes last: whoever closes the last connection writes the log of changes into the database, and
   * a reader may not. */
  if (writer != NULL)
    baton_writer_finish (writer);
  baton_workspace_forget_slices (self);
  if (self->backup != NULL)
    g_thread_join (g_steal_pointer (&self->backup));
  g_clear_pointer (&self->reader, baton_reader_close);
  while ((reader = g_async_queue_try_pop (self->readers)) != NULL)
    baton_reader_close (reader);
  g_clear_pointer (&writer, baton_writer_free);
}

const char *
baton_workspace_folder (BatonWorkspace *self)
{
  return self->folder;
}

const char *
baton_workspace_database (BatonWorkspace *self)
{
  return self->database;
}

const char *
baton_workspace_read_only_reason (BatonWorkspace *self)
{
  return self->read_only_reason;
}

BatonBlobs *
baton_workspace_blobs (BatonWorkspace *self)
{
  return self->blobs;
}

BatonReader *
baton_workspace_reader (BatonWorkspace *self)
{
  return self->reader;
}

const char *
baton_workspace_device (BatonWorkspace *self)
{
  return self->device;
}

char *
baton_workspace_name (BatonWorkspace *self)
{
  const char *name = baton_workspace_name_of (self, BATON_ENTITY_WORKSPACE, BATON_WORKSPACE_ID, NULL);

  return name != NULL ? g_strdup (name) : g_path_get_basename (self->folder);
}

const char *
baton_workspace_me (BatonWorkspace *self)
{
  return self->me;
}

typedef struct
{
  const char *key;
  const char *value;
} Meta;

static void
set_meta_work (BatonStore *store, BatonJob *job)
{
  const Meta *meta = job->data;

  baton_store_set_meta (store, meta->key, meta->value, &job->error);
}

static void
set_meta_done (BatonStore *store, BatonJob *job)
{
  GError **slot = job->progress_data;

  if (job->error != NULL)
    g_propagate_error (slot, g_steal_pointer (&job->error));
}

gboolean
baton_workspace_set_meta (BatonWorkspace *self, const char *key, const char *value, GError **error)
{
  BatonJob *job = baton_job_new (set_meta_work, set_meta_done);
  Meta meta = { key, value };
  GError *local = NULL;

  job->data = &meta;
  job->progress_data = &local;
  baton_writer_run (self->writer, job);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

gboolean
baton_workspace_set_me (BatonWorkspace *self, const char *person, GError **error)
{
  if (!baton_workspace_set_meta (self, "me", person, error))
    return FALSE;
  g_free (self->me);
  self->me = g_strdup (person);
  return TRUE;
}

gboolean
baton_workspace_ensure_me (BatonWorkspace *self, const char *name, GError **error)
{
  g_autofree char *id = NULL;
  BatonOp *op;
  BatonRow *row;

  if (self->me != NULL || self->read_only_reason != NULL)
    return TRUE;
  id = baton_store_new_id ();
  op = baton_op_new (BATON_VERB_PERSON_ADD);
  op->person = g_strdup (id);
  row = baton_op_add_row (op, BATON_ENTITY_PERSON, id);
  baton_row_set_text (row, BATON_PERSON_NAME, name);
  return baton_workspace_perform (self, op, NULL, error) && baton_workspace_set_me (self, id, error);
}

/* What interrupted programs left behind among the files: half copies at once, transfers that nobody took up
 * again after a week, files that nobody speaks of after a month (somebody may still want to try again what
 * was refused). */
static void
tidy_up (const char *folder, const char *database)
{
  g_autoptr (BatonBlobs) blobs = baton_blobs_new (folder);
  BatonReader *reader = baton_reader_open (database, NULL);

  baton_blobs_sweep (blobs, 7 * G_TIME_SPAN_DAY);
  if (reader == NULL)
    return;
  baton_blobs_collect (blobs, reader, 30 * G_TIME_SPAN_DAY);
  baton_reader_close (reader);
}

static gpointer
backup_thread (gpointer data)
{
  char **paths = data;
  g_autoptr (GError) error = NULL;

  if (!baton_backup_create (paths[0], paths[1], g_get_real_time (), NULL, &error))
    g_warning ("The daily backup could not be made: %s", error->message);
  tidy_up (paths[0], paths[1]);
  g_strfreev (paths);
  return NULL;
}

static gboolean
is_today (gint64 at)
{
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_local (at / G_USEC_PER_SEC);
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  return g_date_time_get_year (then) == g_date_time_get_year (now) &&
         g_date_time_get_day_of_year (then) == g_date_time_get_day_of_year (now);
}

/* Before the first change of a day the workspace is copied as it stands, beside the work. */
void
baton_workspace_ensure_daily_backup (BatonWorkspace *self)
{
  g_autoptr (GPtrArray) backups = NULL;
  char **paths;

  if (self->backed_up || self->read_only_reason != NULL)
    return;
  self->backed_up = TRUE;
  backups = baton_backup_list (self->folder);
  if (backups->len > 0 && is_today (baton_backup_time (g_ptr_array_index (backups, 0))))
    return;
  if (baton_reader_last_seq (self->reader) == 0)
    return;
  paths = g_new0 (char *, 3);
  paths[0] = g_strdup (self->folder);
  paths[1] = g_strdup (self->database);
  self->backup = g_thread_new ("baton-backup", backup_thread, paths);
}

static void
backup_task (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  BatonWorkspace *self = source;
  GError *error = NULL;
  char *path = NULL;

  if (baton_backup_create (self->folder, self->database, g_get_real_time (), &path, &error))
    g_task_return_pointer (task, path, g_free);
  else
    g_task_return_error (task, error);
}

void
baton_workspace_backup_async (BatonWorkspace *self, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, data);

  g_task_run_in_thread (task, backup_task);
}

char *
baton_workspace_backup_finish (BatonWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
draft_work (BatonStore *store, BatonJob *job)
{
  char **draft = job->data;

  baton_store_set_draft (store, draft[0], draft[1], g_get_real_time (), &job->error);
}

static void
draft_done (BatonStore *store, BatonJob *job)
{
  if (job->error != NULL)
    g_warning ("What is being typed could not be kept: %s", job->error->message);
}

void
baton_workspace_set_draft (BatonWorkspace *self, const char *key, const char *text)
{
  BatonJob *job = baton_job_new (draft_work, draft_done);
  char **draft = g_new0 (char *, 3);

  draft[0] = g_strdup (key);
  draft[1] = g_strdup (text);
  job->data = draft;
  job->destroy = (GDestroyNotify) g_strfreev;
  g_hash_table_insert (self->drafts, g_strdup (key), g_strdup (text));
  baton_writer_push (self->writer, job);
}

char *
baton_workspace_draft (BatonWorkspace *self, const char *key)
{
  gpointer text;

  if (g_hash_table_lookup_extended (self->drafts, key, NULL, &text))
    return g_strdup (text);
  return baton_reader_draft (self->reader, key);
}
