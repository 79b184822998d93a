/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "watch.h"

#include "file-match.h"
#include "quiet.h"

struct _BatonUnmatched
{
  GObject parent_instance;
  char *path;
  char *reason;
};

G_DEFINE_FINAL_TYPE (BatonUnmatched, baton_unmatched, G_TYPE_OBJECT)

static void
baton_unmatched_finalize (GObject *object)
{
  BatonUnmatched *self = BATON_UNMATCHED (object);

  g_free (self->path);
  g_free (self->reason);
  G_OBJECT_CLASS (baton_unmatched_parent_class)->finalize (object);
}

static void
baton_unmatched_class_init (BatonUnmatchedClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_unmatched_finalize;
}

static void
baton_unmatched_init (BatonUnmatched *self)
{
}

const char *
baton_unmatched_path (BatonUnmatched *self)
{
  return self->path;
}

const char *
baton_unmatched_reason (BatonUnmatched *self)
{
  return self->reason;
}

struct _BatonWatch
{
  GObject parent_instance;
  BatonWorkspace *workspace;
  char *board;
  char *folder;
  BatonQuiet *quiet;
  GListStore *unmatched;
  GCancellable *closing;
};

enum
{
  ADDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonWatch, baton_watch, G_TYPE_OBJECT)

static void
baton_watch_dispose (GObject *object)
{
  BatonWatch *self = BATON_WATCH (object);

  g_cancellable_cancel (self->closing);
  g_clear_pointer (&self->quiet, baton_quiet_free);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (baton_watch_parent_class)->dispose (object);
}

static void
baton_watch_finalize (GObject *object)
{
  BatonWatch *self = BATON_WATCH (object);

  g_object_unref (self->unmatched);
  g_object_unref (self->closing);
  g_free (self->board);
  g_free (self->folder);
  G_OBJECT_CLASS (baton_watch_parent_class)->finalize (object);
}

static void
baton_watch_class_init (BatonWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_watch_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_watch_finalize;
  signals[ADDED] = g_signal_new ("added", BATON_TYPE_WATCH, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
      G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_STRING);
}

static void
baton_watch_init (BatonWatch *self)
{
  self->unmatched = g_list_store_new (BATON_TYPE_UNMATCHED);
  self->closing = g_cancellable_new ();
}

static void
forget (BatonWatch *self, const char *path)
{
  GListModel *model = G_LIST_MODEL (self->unmatched);

  for (guint i = g_list_model_get_n_items (model); i > 0; i--)
    {
      g_autoptr (BatonUnmatched) item = g_list_model_get_item (model, i - 1);

      if (g_str_equal (item->path, path))
        g_list_store_remove (self->unmatched, i - 1);
    }
}

static void
list (BatonWatch *self, const char *path, const char *reason)
{
  g_autoptr (BatonUnmatched) item = g_object_new (BATON_TYPE_UNMATCHED, NULL);

  forget (self, path);
  item->path = g_strdup (path);
  item->reason = g_strdup (reason);
  g_list_store_append (self->unmatched, item);
}

typedef struct
{
  BatonWatch *watch; /* weak: checked by the cancellable */
  GCancellable *closing;
  char *path;
  char *board;
  BatonBlobs *blobs;
  BatonAdded *added;
} Arrival;

static void
arrival_free (gpointer data)
{
  Arrival *arrival = data;

  g_object_unref (arrival->closing);
  g_free (arrival->path);
  g_free (arrival->board);
  baton_blobs_unref (arrival->blobs);
  g_clear_pointer (&arrival->added, baton_added_free);
  g_free (arrival);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Arrival, arrival_free)

static gboolean
has_content (BatonReader *reader, const BatonAdded *added)
{
  g_autoptr (GPtrArray) versions =
      baton_reader_rows (reader, BATON_ENTITY_VERSION, BATON_VERSION_ASSET, added->asset, TRUE, NULL);

  for (guint i = 0; versions != NULL && i < versions->len; i++)
    {
      if (g_strcmp0 (baton_row_text (g_ptr_array_index (versions, i), BATON_VERSION_BLOB), added->hash) == 0)
        return TRUE;
    }
  return FALSE;
}

/* NULL without an error: the asset has this content already. */
static gpointer
prepare_in_thread (BatonReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  Arrival *arrival = data;
  g_autoptr (BatonAddFile) add = baton_file_match (reader, arrival->board, arrival->path, error);
  g_autoptr (BatonOp) op = NULL;

  if (add == NULL)
    return NULL;
  op = baton_add_file_prepare (reader, arrival->blobs, add, NULL, NULL, cancellable, &arrival->added, error);
  if (op == NULL || (!arrival->added->new_asset && has_content (reader, arrival->added)))
    return NULL;
  return g_steal_pointer (&op);
}

/* What changed while it was taken in is looked at again when it is still; all else is listed with its reason.
 */
static void
take_problem (Arrival *arrival, const GError *error)
{
  if (g_error_matches (error, BATON_ERROR, BATON_ERROR_STALE))
    baton_quiet_look (arrival->watch->quiet, arrival->path);
  else if (g_file_test (arrival->path, G_FILE_TEST_EXISTS))
    list (arrival->watch, arrival->path, error->message);
}

static void
performed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Arrival) arrival = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonEffect) effect = baton_workspace_perform_finish (BATON_WORKSPACE (source), result, &error);

  if (g_cancellable_is_cancelled (arrival->closing))
    return;
  if (effect == NULL)
    {
      list (arrival->watch, arrival->path, error->message);
      return;
    }
  forget (arrival->watch, arrival->path);
  g_signal_emit (arrival->watch, signals[ADDED], 0, arrival->added, arrival->path);
}

static void
prepared_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Arrival) arrival = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonOp) op = baton_workspace_query_finish (BATON_WORKSPACE (source), result, &error);

  if (g_cancellable_is_cancelled (arrival->closing))
    return;
  if (error != NULL)
    take_problem (arrival, error);
  else if (op == NULL)
    forget (arrival->watch, arrival->path);
  else
    baton_workspace_perform_async (
        BATON_WORKSPACE (source), g_steal_pointer (&op), performed_cb, g_steal_pointer (&arrival));
}

static void
still_cb (const char *path, gpointer data)
{
  BatonWatch *self = data;
  Arrival *arrival = g_new0 (Arrival, 1);

  arrival->watch = self;
  arrival->closing = g_object_ref (self->closing);
  arrival->path = g_strdup (path);
  arrival->board = g_strdup (self->board);
  arrival->blobs = baton_blobs_ref (baton_workspace_blobs (self->workspace));
  baton_workspace_query_async (self->workspace, prepare_in_thread, arrival, NULL,
      (GDestroyNotify) baton_op_free, NULL, prepared_cb, arrival);
}

BatonWatch *
baton_watch_new (
    BatonWorkspace *workspace, const char *board, const char *folder, guint quiet, GError **error)
{
  g_autoptr (BatonWatch) self = g_object_new (BATON_TYPE_WATCH, NULL);

  self->workspace = g_object_ref (workspace);
  self->board = g_strdup (board);
  self->folder = g_strdup (folder);
  self->quiet = baton_quiet_new (folder, quiet, TRUE, still_cb, self, error);
  return self->quiet != NULL ? g_steal_pointer (&self) : NULL;
}

const char *
baton_watch_folder (BatonWatch *self)
{
  return self->folder;
}

const char *
baton_watch_board (BatonWatch *self)
{
  return self->board;
}

GListModel *
baton_watch_unmatched (BatonWatch *self)
{
  return G_LIST_MODEL (self->unmatched);
}

void
baton_watch_look_again (BatonWatch *self)
{
  GListModel *model = G_LIST_MODEL (self->unmatched);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (BatonUnmatched) item = g_list_model_get_item (model, i);

      baton_quiet_look (self->quiet, item->path);
    }
}

/* One line a board in a key file: a device's own matter, and no part of the workspace's history. */
static char *
settings_path (BatonWorkspace *workspace)
{
  return g_build_filename (baton_workspace_folder (workspace), "watched.ini", NULL);
}

char *
baton_watch_folder_of (BatonWorkspace *workspace, const char *board)
{
  g_autofree char *path = settings_path (workspace);
  g_autoptr (GKeyFile) file = g_key_file_new ();

  g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL);
  return g_key_file_get_string (file, "folders", board, NULL);
}

gboolean
baton_watch_set_folder_of (BatonWorkspace *workspace, const char *board, const char *folder, GError **error)
{
  g_autofree char *path = settings_path (workspace);
  g_autoptr (GKeyFile) file = g_key_file_new ();

  g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL);
  if (folder != NULL)
    g_key_file_set_string (file, "folders", board, folder);
  else
    g_key_file_remove_key (file, "folders", board, NULL);
  return g_key_file_save_to_file (file, path, error);
}
