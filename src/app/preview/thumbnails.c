/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "thumbnails.h"

#include "thumbnail-file.h"

#define AT_ONCE 4
#define MOST_IN_MEMORY (48 * 1024 * 1024)
#define MOST_ON_DISK (G_GINT64_CONSTANT (256) * 1024 * 1024)
#define PRUNE_AFTER_S 20

/* One thumbnail that somebody waits for. */
typedef struct
{
  char *name;
  char *hash;
  char *path;
  int width;
  GPtrArray *tasks;
  gboolean running;
} Wish;

struct _BatonThumbnails
{
  GObject parent_instance;

  BatonDecoder *decoder;
  char *folder;
  GHashTable *wishes; /* name → Wish */
  GQueue waiting;     /* of Wish, the latest first */
  guint running;
  GQueue unwritten; /* of File */
  gsize unwritten_bytes;
  gboolean writing;

  GHashTable *pictures; /* name → link of order */
  GQueue order;         /* of Held, the latest first */
  gsize bytes;
  GHashTable *hopeless; /* hashes */
  guint prune;
};

typedef struct
{
  char *name;
  BatonPicture *picture;
} Held;

G_DEFINE_FINAL_TYPE (BatonThumbnails, baton_thumbnails, G_TYPE_OBJECT)

static void go_on (BatonThumbnails *self);
static void write_next (BatonThumbnails *self);

static void
wish_free (gpointer data)
{
  Wish *wish = data;

  g_free (wish->name);
  g_free (wish->hash);
  g_free (wish->path);
  g_ptr_array_unref (wish->tasks);
  g_free (wish);
}

/* What is kept was made by what the decoder did then: with another number all are made anew, and the old ones
 * go as the longest unused. 2: colours are turned into sRGB. */
#define MADE_BY 2

static char *
name_of (const char *hash, int width)
{
  return g_strdup_printf ("%s-%d-%d", hash, width, MADE_BY);
}

static void
let_go (BatonThumbnails *self, GList *link)
{
  Held *held = link->data;

  g_hash_table_remove (self->pictures, held->name);
  self->bytes -= baton_picture_bytes (held->picture);
  g_queue_delete_link (&self->order, link);
  g_object_unref (held->picture);
  g_free (held->name);
  g_free (held);
}

static void
hold (BatonThumbnails *self, const char *name, BatonPicture *picture)
{
  Held *held;

  if (g_hash_table_contains (self->pictures, name))
    return;
  held = g_new (Held, 1);
  *held = (Held){ g_strdup (name), g_object_ref (picture) };
  g_queue_push_head (&self->order, held);
  g_hash_table_insert (self->pictures, held->name, self->order.head);
  self->bytes += baton_picture_bytes (picture);
  while (self->bytes > MOST_IN_MEMORY && self->order.length > 1)
    let_go (self, self->order.tail);
}

BatonPicture *
baton_thumbnails_peek (BatonThumbnails *self, const char *hash, int width)
{
  g_autofree char *name = name_of (hash, width);
  GList *link;

  g_return_val_if_fail (BATON_IS_THUMBNAILS (self), NULL);
  link = g_hash_table_lookup (self->pictures, name);
  if (link == NULL)
    return NULL;
  g_queue_unlink (&self->order, link);
  g_queue_push_head_link (&self->order, link);
  return ((Held *) link->data)->picture;
}

gboolean
baton_thumbnails_is_hopeless (BatonThumbnails *self, const char *hash)
{
  g_return_val_if_fail (BATON_IS_THUMBNAILS (self), TRUE);
  return g_hash_table_contains (self->hopeless, hash);
}

/* Ends a wish: with a picture, or with an error. */
static void
fulfil (BatonThumbnails *self, Wish *wish, BatonPicture *picture, const GError *error)
{
  g_autoptr (GPtrArray) tasks = g_ptr_array_ref (wish->tasks);

  if (picture != NULL)
    hold (self, wish->name, picture);
  else if (error->domain == BATON_DECODER_ERROR && error->code != BATON_DECODE_NO_FILE &&
           error->code != BATON_DECODE_NO_HELPER)
    g_hash_table_add (self->hopeless, g_strdup (wish->hash));
  self->running--;
  g_hash_table_remove (self->wishes, wish->name);
  for (guint i = 0; i < tasks->len; i++)
    {
      GTask *task = g_ptr_array_index (tasks, i);

      if (g_task_return_error_if_cancelled (task))
        continue;
      if (picture != NULL)
        g_task_return_pointer (task, g_object_ref (picture), g_object_unref);
      else
        g_task_return_error (task, g_error_copy (error));
    }
  go_on (self);
  write_next (self);
}

typedef struct
{
  char *path;
  BatonPicture *picture;
} File;

static void
file_free (gpointer data)
{
  File *file = data;

  g_free (file->path);
  g_clear_object (&file->picture);
  g_free (file);
}

static void
write_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  File *file = data;

  baton_thumbnail_file_write (file->path, file->picture);
  g_task_return_boolean (task, TRUE);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  BatonThumbnails *self = BATON_THUMBNAILS (source);

  self->writing = FALSE;
  write_next (self);
}

/* Packing them takes the processor away from those that somebody waits for, so it is done afterwards, unless
 * more are waiting than what is held in memory anyway. */
static void
write_next (BatonThumbnails *self)
{
  g_autoptr (GTask) task = NULL;
  File *file;

  if (self->writing || g_queue_is_empty (&self->unwritten) ||
      (self->running > 0 && self->unwritten_bytes < MOST_IN_MEMORY))
    return;
  self->writing = TRUE;
  file = g_queue_pop_head (&self->unwritten);
  self->unwritten_bytes -= baton_picture_bytes (file->picture);
  task = g_task_new (self, NULL, written_cb, NULL);
  g_task_set_task_data (task, file, file_free);
  g_task_run_in_thread (task, write_thread);
}

static void
keep (BatonThumbnails *self, const char *name, BatonPicture *picture)
{
  File *file = g_new (File, 1);

  *file = (File){ g_build_filename (self->folder, name, NULL), g_object_ref (picture) };
  g_queue_push_tail (&self->unwritten, file);
  self->unwritten_bytes += baton_picture_bytes (picture);
}

static void
decoded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BatonThumbnails *self = g_task_get_source_object (task);
  Wish *wish = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonDecoded) decoded = baton_decoder_decode_finish (BATON_DECODER (source), result, &error);

  if (decoded != NULL)
    keep (self, wish->name, decoded->picture);
  fulfil (self, wish, decoded != NULL ? decoded->picture : NULL, error);
  g_task_return_boolean (task, TRUE);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  BatonThumbnails *self = BATON_THUMBNAILS (source);
  Wish *wish = data;
  g_autoptr (BatonPicture) picture = g_task_propagate_pointer (G_TASK (result), NULL);
  BatonDecodeAsk ask = {
    .path = wish->path, .flags = BATON_DECODE_EXACTLY, .width = wish->width, .height = 2 * wish->width
  };
  GTask *task;

  if (picture != NULL)
    {
      fulfil (self, wish, picture, NULL);
      return;
    }
  task = g_task_new (self, NULL, NULL, NULL);
  g_task_set_task_data (task, wish, NULL);
  baton_decoder_decode_async (self->decoder, &ask, BATON_DECODE_THUMBNAIL, NULL, decoded_cb, task);
}

static void
read_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_task_return_pointer (task, baton_thumbnail_file_read (data), g_object_unref);
}

static void
begin (BatonThumbnails *self, Wish *wish)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, read_cb, wish);

  wish->running = TRUE;
  self->running++;
  g_task_set_task_data (task, g_build_filename (self->folder, wish->name, NULL), g_free);
  g_task_run_in_thread (task, read_thread);
}

static gboolean
is_wanted (Wish *wish)
{
  for (guint i = 0; i < wish->tasks->len; i++)
    {
      if (!g_cancellable_is_cancelled (g_task_get_cancellable (g_ptr_array_index (wish->tasks, i))))
        return TRUE;
    }
  return FALSE;
}

/* What has been scrolled away meanwhile is not made. */
static void
drop (BatonThumbnails *self, Wish *wish)
{
  g_autoptr (GPtrArray) tasks = g_ptr_array_ref (wish->tasks);

  g_hash_table_remove (self->wishes, wish->name);
  for (guint i = 0; i < tasks->len; i++)
    g_task_return_error_if_cancelled (g_ptr_array_index (tasks, i));
}

static void
go_on (BatonThumbnails *self)
{
  while (self->running < AT_ONCE && !g_queue_is_empty (&self->waiting))
    {
      Wish *wish = g_queue_pop_head (&self->waiting);

      if (is_wanted (wish))
        begin (self, wish);
      else
        drop (self, wish);
    }
}

void
baton_thumbnails_load_async (BatonThumbnails *self, const char *hash, const char *path, int width,
    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *name = NULL;
  BatonPicture *picture;
  Wish *wish;

  g_return_if_fail (BATON_IS_THUMBNAILS (self) && hash != NULL && path != NULL);
  task = g_task_new (self, cancellable, callback, data);
  picture = baton_thumbnails_peek (self, hash, width);
  if (picture != NULL)
    {
      g_task_return_pointer (task, g_object_ref (picture), g_object_unref);
      return;
    }
  name = name_of (hash, width);
  wish = g_hash_table_lookup (self->wishes, name);
  if (wish == NULL)
    {
      wish = g_new0 (Wish, 1);
      wish->name = g_steal_pointer (&name);
      wish->hash = g_strdup (hash);
      wish->path = g_strdup (path);
      wish->width = width;
      wish->tasks = g_ptr_array_new_with_free_func (g_object_unref);
      g_hash_table_insert (self->wishes, wish->name, wish);
      g_queue_push_head (&self->waiting, wish);
    }
  else if (!wish->running)
    {
      g_queue_remove (&self->waiting, wish);
      g_queue_push_head (&self->waiting, wish);
    }
  g_ptr_array_add (wish->tasks, g_steal_pointer (&task));
  go_on (self);
}

BatonPicture *
baton_thumbnails_load_finish (BatonThumbnails *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
prune_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  baton_thumbnail_files_prune (data, MOST_ON_DISK);
  g_task_return_boolean (task, TRUE);
}

static gboolean
prune_cb (gpointer data)
{
  BatonThumbnails *self = data;
  g_autoptr (GTask) task = g_task_new (self, NULL, NULL, NULL);

  self->prune = 0;
  g_task_set_task_data (task, g_strdup (self->folder), g_free);
  g_task_run_in_thread (task, prune_thread);
  return G_SOURCE_REMOVE;
}

static void
baton_thumbnails_finalize (GObject *object)
{
  BatonThumbnails *self = BATON_THUMBNAILS (object);

  g_clear_handle_id (&self->prune, g_source_remove);
  while (self->order.head != NULL)
    let_go (self, self->order.head);
  g_queue_clear (&self->waiting);
  g_queue_clear_full (&self->unwritten, file_free);
  g_hash_table_unref (self->pictures);
  g_hash_table_unref (self->wishes);
  g_hash_table_unref (self->hopeless);
  g_object_unref (self->decoder);
  g_free (self->folder);
  G_OBJECT_CLASS (baton_thumbnails_parent_class)->finalize (object);
}

static void
baton_thumbnails_class_init (BatonThumbnailsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_thumbnails_finalize;
}

static void
baton_thumbnails_init (BatonThumbnails *self)
{
  g_queue_init (&self->waiting);
  g_queue_init (&self->order);
  g_queue_init (&self->unwritten);
  self->wishes = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, wish_free);
  self->pictures = g_hash_table_new (g_str_hash, g_str_equal);
  self->hopeless = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->prune = g_timeout_add_seconds (PRUNE_AFTER_S, prune_cb, self);
}

BatonThumbnails *
baton_thumbnails_new (BatonDecoder *decoder, const char *folder)
{
  BatonThumbnails *self = g_object_new (BATON_TYPE_THUMBNAILS, NULL);

  self->decoder = g_object_ref (decoder);
  self->folder = g_strdup (folder);
  return self;
}

BatonThumbnails *
baton_thumbnails_get_default (void)
{
  static BatonThumbnails *thumbnails;

  if (thumbnails == NULL)
    {
      g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "baton", "thumbnails", NULL);

      thumbnails = baton_thumbnails_new (baton_decoder_get_default (), folder);
    }
  return thumbnails;
}
