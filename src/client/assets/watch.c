/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "watch.h"

#include "file-match.h"
#include "quiet.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

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
  if (self->workspace != NULL)
    g_signal_handlers_disconnect_by_data (self->workspace, self);
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

/* Where a file is in the list; the list's end when it is not there. */
static guint
find_listed (BatonWatch *self, const char *path, BatonUnmatched **found)
{
  GListModel *model = G_LIST_MODEL (self->unmatched);
  guint n = g_list_model_get_n_items (model);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BatonUnmatched) item = g_list_model_get_item (model, i);

      if (!g_str_equal (item->path, path))
        continue;
      *found = item; /* the list's */
      return i;
    }
  *found = NULL;
  return n;
}

static void
forget (BatonWatch *self, const char *path)
{
  BatonUnmatched *old;
  guint at = find_listed (self, path, &old);

  if (old != NULL)
    g_list_store_remove (self->unmatched, at);
}

static void
list (BatonWatch *self, const char *path, const char *reason)
{
  g_autoptr (BatonUnmatched) item = NULL;
  BatonUnmatched *old;
  guint at = find_listed (self, path, &old);

  if (old != NULL && g_str_equal (old->reason, reason))
    return;
  item = g_object_new (BATON_TYPE_UNMATCHED, NULL);
  item->path = g_strdup (path);
  item->reason = g_strdup (reason);
  g_list_store_splice (self->unmatched, at, old != NULL, (gpointer *) &item, 1);
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
asset_has_content (BatonReader *reader, const char *asset, const BatonAdded *added)
{
  g_autoptr (GPtrArray) versions =
      baton_reader_rows (reader, BATON_ENTITY_VERSION, BATON_VERSION_ASSET, asset, TRUE, NULL);

  for (guint i = 0; versions != NULL && i < versions->len; i++)
    {
      if (g_strcmp0 (baton_row_text (g_ptr_array_index (versions, i), BATON_VERSION_BLOB), added->hash) == 0)
        return TRUE;
    }
  return FALSE;
}

/* A file that went to the only asset of its card is known there also when the card has several by now. */
static gboolean
has_content (BatonReader *reader, const BatonAddFile *add, const BatonAdded *added)
{
  g_autoptr (GPtrArray) assets = NULL;

  if (!added->new_asset)
    return asset_has_content (reader, added->asset, added);
  if (!add->next)
    return FALSE;
  assets = baton_reader_rows (reader, BATON_ENTITY_ASSET, BATON_ASSET_CARD, add->card, FALSE, NULL);
  for (guint i = 0; assets != NULL && i < assets->len; i++)
    {
      if (asset_has_content (reader, ((const BatonRow *) g_ptr_array_index (assets, i))->id, added))
        return TRUE;
    }
  return FALSE;
}

/* What makes a file and fills it later: nothing of it is lost, and nothing counts that is not there yet. */
static gboolean
is_filled (const char *path, GError **error)
{
  GStatBuf file;

  if (g_stat (path, &file) != 0 || file.st_size > 0)
    return TRUE;
  g_set_error_literal (error, BATON_ERROR, BATON_ERROR_INVALID, _ ("This file is empty."));
  return FALSE;
}

/* NULL without an error: the asset has this content already. */
static gpointer
prepare_in_thread (BatonReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  Arrival *arrival = data;
  g_autoptr (BatonAddFile) add = baton_file_match (reader, arrival->board, arrival->path, error);
  g_autoptr (BatonOp) op = NULL;

  if (add == NULL || !is_filled (arrival->path, error))
    return NULL;
  op = baton_add_file_prepare (reader, arrival->blobs, add, NULL, NULL, cancellable, &arrival->added, error);
  if (op == NULL || has_content (reader, add, arrival->added))
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

static void
gone_cb (const char *path, gpointer data)
{
  forget (data, path);
}

/* A file may fit when a card, an asset, or what their names say is new or called otherwise. */
static gboolean
names (const BatonEffect *effect)
{
  for (guint i = 0; i < effect->changes->len; i++)
    {
      const BatonChange *change = g_ptr_array_index (effect->changes, i);
      BatonEntity entity = change->entity;

      if ((entity == BATON_ENTITY_CARD && change->field != BATON_CARD_STAGE) ||
          entity == BATON_ENTITY_ASSET || entity == BATON_ENTITY_CHANNEL || entity == BATON_ENTITY_CAMPAIGN ||
          entity == BATON_ENTITY_ASSET_TYPE || entity == BATON_ENTITY_BOARD)
        return TRUE;
    }
  return FALSE;
}

static void
changed_cb (BatonWorkspace *workspace, gpointer op, gpointer effect, BatonWatch *self)
{
  if (g_list_model_get_n_items (G_LIST_MODEL (self->unmatched)) > 0 && names (effect))
    baton_watch_look_again (self);
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
  if (self->quiet == NULL)
    return NULL;
  baton_quiet_set_gone (self->quiet, gone_cb);
  g_signal_connect (workspace, "performed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (workspace, "reloaded", G_CALLBACK (baton_watch_look_again), self);
  return g_steal_pointer (&self);
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
