/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "working-copy.h"

#include "naming.h"
#include "quiet.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/stat.h>

struct _BatonWorkingCopy
{
  GObject parent_instance;
  BatonWorkspace *workspace;
  char *card;
  char *asset;
  char *version;
  char *folder;
  char *path;
  gint64 size; /* as it was taken last */
  gint64 modified;
  BatonQuiet *quiet;
};

enum
{
  SAVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonWorkingCopy, baton_working_copy, G_TYPE_OBJECT)

static void
baton_working_copy_finalize (GObject *object)
{
  BatonWorkingCopy *self = BATON_WORKING_COPY (object);

  g_clear_pointer (&self->quiet, baton_quiet_free);
  g_clear_object (&self->workspace);
  g_free (self->card);
  g_free (self->asset);
  g_free (self->version);
  g_free (self->folder);
  g_free (self->path);
  G_OBJECT_CLASS (baton_working_copy_parent_class)->finalize (object);
}

static void
baton_working_copy_class_init (BatonWorkingCopyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_working_copy_finalize;
  signals[SAVED] =
      g_signal_new ("saved", BATON_TYPE_WORKING_COPY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
baton_working_copy_init (BatonWorkingCopy *self)
{
}

static gboolean
read_state (BatonWorkingCopy *self, gint64 *size, gint64 *modified)
{
  struct stat info;

  if (stat (self->path, &info) != 0)
    return FALSE;
  *size = info.st_size;
  *modified = info.st_mtim.tv_sec * G_USEC_PER_SEC + info.st_mtim.tv_nsec / 1000;
  return TRUE;
}

gboolean
baton_working_copy_has_changes (BatonWorkingCopy *self)
{
  gint64 size, modified;

  return read_state (self, &size, &modified) && (size != self->size || modified != self->modified);
}

/* Programs write other files beside it, and save by renaming: only the file itself counts. */
static void
still_cb (const char *path, gpointer data)
{
  BatonWorkingCopy *self = data;

  if (g_str_equal (path, self->path) && baton_working_copy_has_changes (self))
    g_signal_emit (self, signals[SAVED], 0);
}

/* A folder of its own for each version, so that the name can be the convention's. */
static char *
folder_of (BatonWorkspace *workspace, const char *version)
{
  g_autofree char *name = g_path_get_basename (baton_workspace_folder (workspace));

  return g_build_filename (g_get_user_data_dir (), "baton", "working-copies", name, version, NULL);
}

static gboolean
make_file (BatonWorkingCopy *self, const BatonRow *version, GError **error)
{
  BatonBlobs *blobs = baton_workspace_blobs (self->workspace);

  if (g_mkdir_with_parents (self->folder, 0700) != 0)
    {
      g_set_error (error, BATON_ERROR, BATON_ERROR_IO, _ ("The folder %s cannot be made."), self->folder);
      return FALSE;
    }
  return g_file_test (self->path, G_FILE_TEST_EXISTS) ||
         baton_blobs_copy (
             blobs, baton_row_text (version, BATON_VERSION_BLOB), self->path, NULL, NULL, NULL, error);
}

BatonWorkingCopy *
baton_working_copy_new (BatonWorkspace *workspace, const char *version, guint quiet, GError **error)
{
  g_autoptr (BatonWorkingCopy) self = g_object_new (BATON_TYPE_WORKING_COPY, NULL);
  BatonReader *reader = baton_workspace_reader (workspace);
  g_autoptr (BatonRow) row = baton_reader_row (reader, BATON_ENTITY_VERSION, version);
  g_autofree char *name = row != NULL ? baton_naming_export_name (reader, row) : NULL;
  gboolean there;

  if (row == NULL)
    {
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_NOT_FOUND, _ ("This version is not here."));
      return NULL;
    }
  self->workspace = g_object_ref (workspace);
  self->card = g_strdup (baton_row_text (row, BATON_VERSION_CARD));
  self->asset = g_strdup (baton_row_text (row, BATON_VERSION_ASSET));
  self->version = g_strdup (version);
  self->folder = folder_of (workspace, version);
  self->path = g_build_filename (self->folder, name, NULL);
  there = g_file_test (self->path, G_FILE_TEST_EXISTS);
  if (!make_file (self, row, error))
    return NULL;
  /* One that was there may hold work that nobody has taken yet; it is told as soon as it is still. */
  if (!there)
    read_state (self, &self->size, &self->modified);
  self->quiet = baton_quiet_new (self->folder, quiet, there, still_cb, self, error);
  return self->quiet != NULL ? g_steal_pointer (&self) : NULL;
}

const char *
baton_working_copy_path (BatonWorkingCopy *self)
{
  return self->path;
}

const char *
baton_working_copy_version (BatonWorkingCopy *self)
{
  return self->version;
}

typedef struct
{
  gint64 size;
  gint64 modified;
} Taken;

static void
added_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BatonWorkingCopy *self = g_task_get_source_object (task);
  const Taken *taken = g_task_get_task_data (task);
  GError *error = NULL;
  BatonAdded *added = baton_workspace_add_file_finish (BATON_WORKSPACE (source), result, &error);

  if (added == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  /* What was saved meanwhile is told as a save of its own. */
  self->size = taken->size;
  self->modified = taken->modified;
  g_free (self->version);
  self->version = g_strdup (added->version);
  g_task_return_pointer (task, added, (GDestroyNotify) baton_added_free);
}

void
baton_working_copy_take_async (
    BatonWorkingCopy *self, const char *note, GAsyncReadyCallback callback, gpointer data)
{
  GTask *task = g_task_new (self, NULL, callback, data);
  BatonAddFile *add = baton_add_file_new ();
  Taken *taken = g_new0 (Taken, 1);

  read_state (self, &taken->size, &taken->modified);
  g_task_set_task_data (task, taken, g_free);
  add->card = g_strdup (self->card);
  add->asset = g_strdup (self->asset);
  add->parent = g_strdup (self->version);
  add->note = g_strdup (note);
  add->path = g_strdup (self->path);
  baton_workspace_add_file_async (self->workspace, add, NULL, NULL, NULL, added_cb, task);
}

BatonAdded *
baton_working_copy_take_finish (BatonWorkingCopy *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
baton_working_copy_discard (BatonWorkingCopy *self)
{
  g_clear_pointer (&self->quiet, baton_quiet_free);
  g_unlink (self->path);
  g_rmdir (self->folder);
}
