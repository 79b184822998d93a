/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "cover.h"

#include "shared-files.h"
#include "thumbnails.h"

#include <string.h>

struct _BatonCover
{
  GObject parent_instance;

  BatonWorkspace *workspace; /* weak */
  char *version;
  int scale;
  BatonPicture *picture;
  gboolean none;
  GCancellable *loading;
  gulong arrival; /* handler, while its file is not here */

  GdkTexture *texture;
  int texture_width, texture_height;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonCover, baton_cover, G_TYPE_OBJECT)

/* The content of a version never changes, so what was once looked up holds: id of the version → hash. */
static GHashTable *hashes;

static void load (BatonCover *self, const char *hash);

static void
forget_picture (BatonCover *self)
{
  g_clear_object (&self->picture);
  g_clear_object (&self->texture);
}

static void
settle (BatonCover *self, BatonPicture *picture)
{
  forget_picture (self);
  if (picture != NULL)
    self->picture = g_object_ref (picture);
  self->none = picture == NULL;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
stop_waiting (BatonCover *self)
{
  if (self->arrival != 0 && self->workspace != NULL)
    {
      g_signal_handler_disconnect (self->workspace, self->arrival);
      baton_files_unwant (
          baton_workspace_files (self->workspace), g_hash_table_lookup (hashes, self->version));
    }
  self->arrival = 0;
}

static void
arrived_cb (BatonCover *self, const char *hash)
{
  if (g_strcmp0 (g_hash_table_lookup (hashes, self->version), hash) != 0)
    return;
  stop_waiting (self);
  self->none = FALSE;
  self->loading = g_cancellable_new ();
  load (self, hash);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonPicture) picture = baton_thumbnails_load_finish (BATON_THUMBNAILS (source), result, &error);
  BatonCover *self = data;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->loading);
  if (g_error_matches (error, BATON_DECODER_ERROR, BATON_DECODE_NO_FILE) && self->workspace != NULL)
    {
      self->arrival = g_signal_connect_swapped (self->workspace, "arrived", G_CALLBACK (arrived_cb), self);
      baton_files_want (baton_workspace_files (self->workspace), g_hash_table_lookup (hashes, self->version),
          BATON_BLOB_RANK_SCREEN);
    }
  settle (self, picture);
}

static char *
path_of (BatonWorkspace *workspace, const char *hash)
{
  char start[3] = { hash[0], hash[1], '\0' };

  return g_build_filename (baton_workspace_folder (workspace), "blobs", start, hash, NULL);
}

/* A picture of what the file was would say that it still is. */
static gboolean
is_damaged (BatonCover *self, const char *hash)
{
  return *hash != '\0' && baton_blobs_is_damaged (baton_workspace_blobs (self->workspace), hash);
}

static void
load (BatonCover *self, const char *hash)
{
  g_autofree char *path = path_of (self->workspace, hash);

  baton_thumbnails_load_async (baton_thumbnails_get_default (), hash, path,
      BATON_THUMBNAIL_WIDTH * self->scale, self->loading, loaded_cb, self);
}

/* One query for all that came into view in one turn of the main loop. */

typedef struct
{
  GPtrArray *ids;
  GPtrArray *hashes; /* of the same length; "" where there is no file */
} Lookup;

typedef struct
{
  BatonWorkspace *workspace;
  GPtrArray *ids;    /* of char * */
  GPtrArray *covers; /* of weak references */
} Batch;

static Batch *batch;

static void
lookup_free (gpointer data)
{
  Lookup *lookup = data;

  g_ptr_array_unref (lookup->ids);
  g_ptr_array_unref (lookup->hashes);
  g_free (lookup);
}

static void
weak_free (gpointer data)
{
  g_weak_ref_clear (data);
  g_free (data);
}

static void
batch_free (Batch *self)
{
  g_object_unref (self->workspace);
  g_ptr_array_unref (self->covers);
  g_free (self);
}

static gpointer
look_up_thread (BatonReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  GPtrArray *ids = data;
  Lookup *lookup = g_new (Lookup, 1);

  lookup->ids = g_ptr_array_ref (ids);
  lookup->hashes = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (BatonRow) row = baton_reader_row (reader, BATON_ENTITY_VERSION, g_ptr_array_index (ids, i));
      const char *hash = row != NULL ? baton_row_text (row, BATON_VERSION_BLOB) : NULL;

      g_ptr_array_add (lookup->hashes, g_strdup (hash != NULL && strlen (hash) > 2 ? hash : ""));
    }
  return lookup;
}

static void
go_on (BatonCover *self)
{
  const char *hash = g_hash_table_lookup (hashes, self->version);

  if (hash == NULL || *hash == '\0' || self->workspace == NULL || is_damaged (self, hash) ||
      baton_thumbnails_is_hopeless (baton_thumbnails_get_default (), hash))
    settle (self, NULL);
  else
    load (self, hash);
}

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Batch *done = data;
  Lookup *lookup = baton_workspace_query_finish (BATON_WORKSPACE (source), result, NULL);

  for (guint i = 0; lookup != NULL && i < lookup->ids->len; i++)
    g_hash_table_insert (hashes, g_strdup (g_ptr_array_index (lookup->ids, i)),
        g_strdup (g_ptr_array_index (lookup->hashes, i)));
  for (guint i = 0; i < done->covers->len; i++)
    {
      g_autoptr (BatonCover) cover = g_weak_ref_get (g_ptr_array_index (done->covers, i));

      if (cover != NULL && cover->version != NULL && g_hash_table_contains (hashes, cover->version))
        go_on (cover);
    }
  g_clear_pointer (&lookup, lookup_free);
  batch_free (done);
}

static gboolean
flush_cb (gpointer data)
{
  Batch *now = g_steal_pointer (&batch);

  baton_workspace_query_async (now->workspace, look_up_thread, now->ids, (GDestroyNotify) g_ptr_array_unref,
      lookup_free, NULL, looked_up_cb, now);
  return G_SOURCE_REMOVE;
}

static void
look_up (BatonCover *self)
{
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  if (batch != NULL && batch->workspace != self->workspace)
    {
      g_source_remove_by_user_data (batch);
      flush_cb (batch);
    }
  if (batch == NULL)
    {
      batch = g_new (Batch, 1);
      batch->workspace = g_object_ref (self->workspace);
      batch->ids = g_ptr_array_new_with_free_func (g_free);
      batch->covers = g_ptr_array_new_with_free_func (weak_free);
      g_idle_add_full (G_PRIORITY_HIGH_IDLE + 25, flush_cb, batch, NULL);
    }
  g_ptr_array_add (batch->ids, g_strdup (self->version));
  g_weak_ref_init (weak, self);
  g_ptr_array_add (batch->covers, weak);
}

static void
stop (BatonCover *self)
{
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  stop_waiting (self);
}

void
baton_cover_set (BatonCover *self, BatonWorkspace *workspace, const char *version, int scale)
{
  const char *hash;
  BatonPicture *known;

  g_return_if_fail (BATON_IS_COVER (self));
  if (g_strcmp0 (self->version, version) == 0 && self->scale == scale &&
      (self->picture != NULL || self->loading != NULL || self->none))
    return;
  stop (self);
  forget_picture (self);
  g_set_weak_pointer (&self->workspace, workspace);
  g_free (self->version);
  self->version = g_strdup (version);
  self->scale = scale;
  self->none = version == NULL;
  if (version == NULL || workspace == NULL)
    return;
  hash = g_hash_table_lookup (hashes, version);
  if (hash != NULL && is_damaged (self, hash))
    {
      self->none = TRUE;
      return;
    }
  known = hash != NULL
              ? baton_thumbnails_peek (baton_thumbnails_get_default (), hash, BATON_THUMBNAIL_WIDTH * scale)
              : NULL;
  if (known != NULL)
    {
      self->picture = g_object_ref (known);
      return;
    }
  if (hash != NULL && (*hash == '\0' || baton_thumbnails_is_hopeless (baton_thumbnails_get_default (), hash)))
    {
      self->none = TRUE;
      return;
    }
  self->loading = g_cancellable_new ();
  if (hash != NULL)
    load (self, hash);
  else
    look_up (self);
}

BatonPicture *
baton_cover_picture (BatonCover *self)
{
  g_return_val_if_fail (BATON_IS_COVER (self), NULL);
  return self->picture;
}

gboolean
baton_cover_is_expected (BatonCover *self)
{
  g_return_val_if_fail (BATON_IS_COVER (self), FALSE);
  return self->version != NULL && !self->none;
}

GdkTexture *
baton_cover_texture (BatonCover *self, int width, int height)
{
  double across, down, scale;

  g_return_val_if_fail (BATON_IS_COVER (self), NULL);
  if (self->picture == NULL)
    return NULL;
  if (self->texture != NULL && self->texture_width == width && self->texture_height == height)
    return self->texture;
  g_clear_object (&self->texture);
  across = (double) width * self->scale;
  down = (double) height * self->scale;
  scale = MAX (across / baton_picture_width (self->picture), down / baton_picture_height (self->picture));
  self->texture = baton_texture_from_surface (baton_picture_draw (self->picture,
      (across - baton_picture_width (self->picture) * scale) / 2,
      (down - baton_picture_height (self->picture) * scale) / 2, baton_picture_width (self->picture) * scale,
      baton_picture_height (self->picture) * scale, (int) across, (int) down));
  self->texture_width = width;
  self->texture_height = height;
  return self->texture;
}

static void
baton_cover_dispose (GObject *object)
{
  BatonCover *self = BATON_COVER (object);

  stop (self);
  forget_picture (self);
  g_clear_weak_pointer (&self->workspace);
  g_clear_pointer (&self->version, g_free);
  G_OBJECT_CLASS (baton_cover_parent_class)->dispose (object);
}

static void
baton_cover_class_init (BatonCoverClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_cover_dispose;
  hashes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  signals[CHANGED] = g_signal_new (
      "changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
baton_cover_init (BatonCover *self)
{
  self->none = TRUE;
}

BatonCover *
baton_cover_new (void)
{
  return g_object_new (BATON_TYPE_COVER, NULL);
}
