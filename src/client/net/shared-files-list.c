/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "shared-files-private.h"

#include <gio/gio.h>
#include <string.h>

/* The list: files in the order of their states, ranks and sizes. */

#define MOST_DONE 50 /* that stay to be seen */
#define TELL_MS 200
#define MANY 200

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonFileTransfer, baton_file_transfer, G_TYPE_OBJECT)

static void
baton_file_transfer_finalize (GObject *object)
{
  BatonFileTransfer *self = BATON_FILE_TRANSFER (object);

  g_free (self->hash);
  g_free (self->name);
  g_free (self->card);
  g_free (self->title);
  g_free (self->author);
  g_free (self->message);
  G_OBJECT_CLASS (baton_file_transfer_parent_class)->finalize (object);
}

static void
baton_file_transfer_class_init (BatonFileTransferClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_file_transfer_finalize;
  signals[CHANGED] = g_signal_new (
      "changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
baton_file_transfer_init (BatonFileTransfer *self)
{
}

static int
compare_numbers (gint64 a, gint64 b)
{
  return a < b ? -1 : a > b ? 1 : 0;
}

static int
compare_cb (gconstpointer one, gconstpointer other, gpointer data)
{
  const BatonFileTransfer *a = one, *b = other;
  int order = compare_numbers (a->state, b->state);

  if (order == 0 && a->state != BATON_FILE_DONE)
    order = compare_numbers (a->rank, b->rank);
  if (order == 0)
    order = compare_numbers (b->stamp, a->stamp);
  if (order == 0)
    order = compare_numbers (a->size, b->size);
  if (order == 0)
    order = strcmp (a->hash, b->hash);
  return order != 0 ? order : compare_numbers (a->way, b->way);
}

/* Nobody hears of single steps of a bulk. */
static void
tell_items (BatonFiles *self, guint position, guint removed, guint added)
{
  if (!self->bulk)
    g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
}

void
baton_files_list_begin (BatonFiles *self, guint n)
{
  /* A view that is told of all at once begins at its top again; so few are told one by one. */
  self->bulk = n > MANY;
  self->bulk_from = (guint) g_sequence_get_length (self->list);
}

void
baton_files_list_end (BatonFiles *self)
{
  if (self->bulk)
    {
      self->bulk = FALSE;
      tell_items (self, 0, self->bulk_from, (guint) g_sequence_get_length (self->list));
    }
  baton_files_list_tell (self);
}

static gboolean
tell_cb (gpointer data)
{
  BatonFiles *self = data;

  self->changed = 0;
  g_signal_emit_by_name (self, "changed");
  return G_SOURCE_REMOVE;
}

void
baton_files_list_tell (BatonFiles *self)
{
  if (self->changed == 0)
    self->changed = g_timeout_add (TELL_MS, tell_cb, self);
}

BatonFileTransfer *
baton_files_list_add (BatonFiles *self, BatonBlobWay way, const BatonBlobNeed *need)
{
  BatonFileTransfer *transfer = g_object_new (BATON_TYPE_FILE_TRANSFER, NULL);

  transfer->files = self;
  transfer->way = way;
  transfer->hash = g_strdup (need->hash);
  transfer->name = g_strdup (need->file);
  transfer->card = g_strdup (need->card);
  transfer->title = g_strdup (need->title);
  transfer->author = g_strdup (need->author);
  transfer->size = need->size;
  transfer->rank = need->rank;
  transfer->damaged = need->damaged;
  transfer->state = BATON_FILE_WAITS;
  transfer->place = g_sequence_insert_sorted (self->list, transfer, compare_cb, NULL);
  g_hash_table_insert (self->by_hash[way], transfer->hash, transfer);
  tell_items (self, (guint) g_sequence_iter_get_position (transfer->place), 0, 1);
  baton_files_list_tell (self);
  return transfer;
}

void
baton_files_list_remove (BatonFiles *self, BatonFileTransfer *transfer)
{
  guint position = (guint) g_sequence_iter_get_position (transfer->place);

  self->n_done -= transfer->state == BATON_FILE_DONE ? 1 : 0;
  transfer->files = NULL;
  g_hash_table_remove (self->by_hash[transfer->way], transfer->hash);
  g_sequence_remove (transfer->place);
  tell_items (self, position, 1, 0);
  baton_files_list_tell (self);
}

static gboolean
is_in_place (BatonFileTransfer *transfer)
{
  GSequenceIter *next = g_sequence_iter_next (transfer->place);

  if (!g_sequence_iter_is_begin (transfer->place) &&
      compare_cb (g_sequence_get (g_sequence_iter_prev (transfer->place)), transfer, NULL) > 0)
    return FALSE;
  return g_sequence_iter_is_end (next) || compare_cb (transfer, g_sequence_get (next), NULL) < 0;
}

void
baton_files_list_update (BatonFiles *self, BatonFileTransfer *transfer)
{
  if (!is_in_place (transfer))
    {
      guint position = (guint) g_sequence_iter_get_position (transfer->place);

      g_object_ref (transfer);
      g_sequence_remove (transfer->place);
      tell_items (self, position, 1, 0);
      transfer->place = g_sequence_insert_sorted (self->list, transfer, compare_cb, NULL);
      tell_items (self, (guint) g_sequence_iter_get_position (transfer->place), 0, 1);
    }
  g_signal_emit (transfer, signals[CHANGED], 0);
  baton_files_list_tell (self);
}

void
baton_files_list_done (BatonFiles *self, BatonFileTransfer *transfer)
{
  transfer->state = BATON_FILE_DONE;
  transfer->stamp = ++self->stamp;
  self->n_done++;
  baton_files_list_update (self, transfer);
  if (self->n_done > MOST_DONE)
    baton_files_list_remove (
        self, g_sequence_get (g_sequence_iter_prev (g_sequence_get_end_iter (self->list))));
}

BatonFileTransfer *
baton_files_list_at (GSequenceIter *iter)
{
  return g_sequence_iter_is_end (iter) ? NULL : g_sequence_get (iter);
}

void
baton_files_list_init (BatonFiles *self)
{
  self->list = g_sequence_new (g_object_unref);
  for (guint i = 0; i < BATON_BLOB_N_WAYS; i++)
    self->by_hash[i] = g_hash_table_new (g_str_hash, g_str_equal);
}

void
baton_files_list_clear (BatonFiles *self)
{
  guint n = (guint) g_sequence_get_length (self->list);
  GSequenceIter *iter = g_sequence_get_begin_iter (self->list);
  BatonFileTransfer *transfer;

  for (; (transfer = baton_files_list_at (iter)) != NULL; iter = g_sequence_iter_next (iter))
    transfer->files = NULL;
  for (guint i = 0; i < BATON_BLOB_N_WAYS; i++)
    g_hash_table_remove_all (self->by_hash[i]);
  g_sequence_remove_range (g_sequence_get_begin_iter (self->list), g_sequence_get_end_iter (self->list));
  self->n_done = 0;
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n, 0);
}

BatonFileState
baton_file_transfer_state (BatonFileTransfer *self)
{
  return self->state;
}

BatonBlobWay
baton_file_transfer_way (BatonFileTransfer *self)
{
  return self->way;
}

const char *
baton_file_transfer_hash (BatonFileTransfer *self)
{
  return self->hash;
}

const char *
baton_file_transfer_name (BatonFileTransfer *self)
{
  return self->name != NULL ? self->name : self->hash;
}

const char *
baton_file_transfer_card (BatonFileTransfer *self)
{
  return self->card;
}

const char *
baton_file_transfer_title (BatonFileTransfer *self)
{
  return self->title;
}

gint64
baton_file_transfer_size (BatonFileTransfer *self)
{
  return self->size;
}

gint64
baton_file_transfer_done (BatonFileTransfer *self)
{
  return self->state == BATON_FILE_DONE ? self->size : self->done;
}

gint64
baton_file_transfer_speed (BatonFileTransfer *self)
{
  return self->state == BATON_FILE_TRAVELS ? self->speed : 0;
}

gboolean
baton_file_transfer_can_cancel (BatonFileTransfer *self)
{
  return self->files != NULL && self->way == BATON_BLOB_DOWN && self->state != BATON_FILE_DONE &&
         self->state != BATON_FILE_GIVEN_UP;
}

gboolean
baton_file_transfer_can_retry (BatonFileTransfer *self)
{
  return self->files != NULL && (self->state == BATON_FILE_FAILED || self->state == BATON_FILE_GIVEN_UP ||
                                    (self->state == BATON_FILE_WAITS && self->message != NULL));
}
