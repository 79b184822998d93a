/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "version-file.h"

#include "absence.h"
#include "naming.h"

#include <glib/gstdio.h>
#include <string.h>

char *
baton_version_file_path (BatonCardModel *model, BatonItem *version)
{
  BatonBlobs *blobs = baton_workspace_blobs (baton_card_model_workspace (model));
  const char *hash = baton_item_text (version, BATON_VERSION_BLOB);

  return hash != NULL && baton_blobs_size (blobs, hash) >= 0 ? baton_blobs_path (blobs, hash) : NULL;
}

gboolean
baton_version_file_is_damaged (BatonCardModel *model, BatonItem *version)
{
  const char *hash = baton_item_text (version, BATON_VERSION_BLOB);

  return hash != NULL &&
         baton_blobs_is_damaged (baton_workspace_blobs (baton_card_model_workspace (model)), hash);
}

char *
baton_version_file_problem (BatonCardModel *model, BatonItem *version)
{
  BatonWorkspace *workspace = baton_card_model_workspace (model);
  g_autofree char *path = baton_version_file_path (model, version);

  if (baton_version_file_is_damaged (model, version))
    return g_strdup (baton_damage_words (workspace));
  if (path == NULL)
    return baton_absence_words (
        workspace, baton_card_model_person (model, baton_item_text (version, BATON_VERSION_AUTHOR)));
  return NULL;
}

char *
baton_version_file_name (BatonCardModel *model, BatonItem *version)
{
  BatonReader *reader = baton_workspace_reader (baton_card_model_workspace (model));

  return baton_naming_export_name (reader, baton_item_row (version));
}

typedef struct
{
  BatonBlobs *blobs;
  char *hash;
  char *folder; /* of ours, made for it; NULL when a person chose the path */
  char *path;
} Export;

static void
export_free (gpointer data)
{
  Export *export = data;

  baton_blobs_unref (export->blobs);
  g_free (export->hash);
  g_free (export->folder);
  g_free (export->path);
  g_free (export);
}

/* Copies that left more than a day ago have been taken or not. */
static void
prune (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  gint64 limit = g_get_real_time () / G_USEC_PER_SEC - 24 * 60 * 60;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf file;

      if (g_stat (path, &file) != 0 || file.st_mtime > limit)
        continue;
      if (S_ISDIR (file.st_mode))
        {
          prune (path);
          g_rmdir (path);
        }
      else
        g_unlink (path);
    }
}

/* A hard link would be quicker, but whoever opens it could write through it into the workspace. */
static void
export_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Export *export = data;
  GError *error = NULL;

  if (export->folder != NULL)
    {
      g_autofree char *all = g_path_get_dirname (export->folder);

      prune (all);
      g_mkdir_with_parents (export->folder, 0700);
    }
  if (baton_blobs_copy (export->blobs, export->hash, export->path, NULL, NULL, cancellable, &error))
    g_task_return_pointer (task, g_strdup (export->path), g_free);
  else
    g_task_return_error (task, error);
}

/* folder and path are taken. */
static void
copy_to (BatonCardModel *model, BatonItem *version, char *folder, char *path, GAsyncReadyCallback callback,
    gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, data);
  Export *export = g_new (Export, 1);

  *export = (Export){ baton_blobs_ref (baton_workspace_blobs (baton_card_model_workspace (model))),
    g_strdup (baton_item_text (version, BATON_VERSION_BLOB)), folder, path };
  g_task_set_task_data (task, export, export_free);
  g_task_run_in_thread (task, export_thread);
}

void
baton_version_file_export_async (
    BatonCardModel *model, BatonItem *version, GAsyncReadyCallback callback, gpointer data)
{
  g_autofree char *name = baton_version_file_name (model, version);
  char *folder =
      g_build_filename (g_get_user_cache_dir (), "baton", "leaving", baton_item_id (version), NULL);

  copy_to (model, version, folder, g_build_filename (folder, name, NULL), callback, data);
}

void
baton_version_file_save_async (
    BatonCardModel *model, BatonItem *version, const char *path, GAsyncReadyCallback callback, gpointer data)
{
  copy_to (model, version, NULL, g_strdup (path), callback, data);
}

char *
baton_version_file_export_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

#define BATON_TYPE_VERSION_PROVIDER (baton_version_provider_get_type ())
G_DECLARE_FINAL_TYPE (
    BatonVersionProvider, baton_version_provider, BATON, VERSION_PROVIDER, GdkContentProvider)

struct _BatonVersionProvider
{
  GdkContentProvider parent_instance;
  BatonCardModel *model;
  BatonItem *version;
};

G_DEFINE_FINAL_TYPE (BatonVersionProvider, baton_version_provider, GDK_TYPE_CONTENT_PROVIDER)

static guint failed_signal;

static GdkContentFormats *
ref_formats (GdkContentProvider *provider)
{
  static const char *types[] = { "text/uri-list" };

  return gdk_content_formats_new (types, G_N_ELEMENTS (types));
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GOutputStream *stream = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree char *path = baton_version_file_export_finish (result, &error);
  g_autofree char *uri = path != NULL ? g_filename_to_uri (path, NULL, &error) : NULL;
  GCancellable *cancellable;
  char *line;

  if (uri == NULL)
    {
      g_signal_emit (g_task_get_source_object (task), failed_signal, 0, error->message);
      g_task_return_error (task, error);
      return;
    }
  line = g_strconcat (uri, "\r\n", NULL);
  g_object_set_data_full (G_OBJECT (task), "line", line, g_free);
  cancellable = g_task_get_cancellable (task);
  g_output_stream_write_all_async (
      stream, line, strlen (line), G_PRIORITY_DEFAULT, cancellable, written_cb, g_steal_pointer (&task));
}

static void
write_async (GdkContentProvider *provider, const char *type, GOutputStream *stream, int priority,
    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  BatonVersionProvider *self = BATON_VERSION_PROVIDER (provider);
  GTask *task = g_task_new (self, cancellable, callback, data);

  g_task_set_task_data (task, g_object_ref (stream), g_object_unref);
  baton_version_file_export_async (self->model, self->version, exported_cb, task);
}

static gboolean
write_finish (GdkContentProvider *provider, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
baton_version_provider_finalize (GObject *object)
{
  BatonVersionProvider *self = BATON_VERSION_PROVIDER (object);

  g_object_unref (self->model);
  g_object_unref (self->version);
  G_OBJECT_CLASS (baton_version_provider_parent_class)->finalize (object);
}

static void
baton_version_provider_class_init (BatonVersionProviderClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = baton_version_provider_finalize;
  failed_signal = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
      G_TYPE_NONE, 1, G_TYPE_STRING);
  provider_class->ref_formats = ref_formats;
  provider_class->write_mime_type_async = write_async;
  provider_class->write_mime_type_finish = write_finish;
}

static void
baton_version_provider_init (BatonVersionProvider *self)
{
}

static void
say (GtkWidget *from, const char *words)
{
  gtk_widget_activate_action (from, "asset.say", "s", words);
}

GdkContentProvider *
baton_version_provider_new (GtkWidget *from, BatonCardModel *model, BatonItem *version)
{
  g_autofree char *problem = baton_version_file_problem (model, version);
  BatonVersionProvider *self;

  if (problem != NULL)
    {
      say (from, problem);
      return NULL;
    }
  self = g_object_new (BATON_TYPE_VERSION_PROVIDER, NULL);
  self->model = g_object_ref (model);
  self->version = g_object_ref (version);
  g_signal_connect_object (self, "failed", G_CALLBACK (say), from, G_CONNECT_SWAPPED);
  return GDK_CONTENT_PROVIDER (self);
}
