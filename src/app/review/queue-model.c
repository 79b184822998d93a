/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "queue-model.h"

#include <gio/gio.h>

struct _BatonQueueItem
{
  GObject parent_instance;
  BatonWaiting *waiting;
};

G_DEFINE_FINAL_TYPE (BatonQueueItem, baton_queue_item, G_TYPE_OBJECT)

static void
baton_queue_item_finalize (GObject *object)
{
  baton_waiting_free (BATON_QUEUE_ITEM (object)->waiting);
  G_OBJECT_CLASS (baton_queue_item_parent_class)->finalize (object);
}

static void
baton_queue_item_class_init (BatonQueueItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_queue_item_finalize;
}

static void
baton_queue_item_init (BatonQueueItem *self)
{
}

const BatonWaiting *
baton_queue_item_waiting (BatonQueueItem *self)
{
  return self->waiting;
}

struct _BatonQueueModel
{
  GObject parent_instance;

  BatonWorkspace *workspace; /* borrowed: it owns this */
  GPtrArray *items;
  GCancellable *loading;
  gboolean stale;
  gboolean loaded;
};

enum
{
  LOADED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (BatonQueueModel, baton_queue_model, G_TYPE_OBJECT,
    G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static GType
get_item_type (GListModel *model)
{
  return BATON_TYPE_QUEUE_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  return BATON_QUEUE_MODEL (model)->items->len;
}

static gpointer
get_item (GListModel *model, guint position)
{
  BatonQueueItem *item = baton_queue_model_peek (BATON_QUEUE_MODEL (model), position);

  return item != NULL ? g_object_ref (item) : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static gboolean
same_field (const BatonRow *a, const BatonRow *b, BatonField field)
{
  return baton_value_equal (baton_row_value (a, field), baton_row_value (b, field));
}

/* Whether both look the same in a list. */
static gboolean
same_waiting (const BatonWaiting *a, const BatonWaiting *b)
{
  return g_str_equal (a->review->id, b->review->id) && same_field (a->review, b->review, BATON_REVIEW_ENDS) &&
         same_field (a->card, b->card, BATON_CARD_TITLE) &&
         same_field (a->card, b->card, BATON_CARD_CHANNEL) &&
         same_field (a->card, b->card, BATON_CARD_URGENCY) &&
         same_field (a->card, b->card, BATON_CARD_BOARD) && same_field (a->asset, b->asset, BATON_ASSET_NAME);
}

static void
take_items (BatonQueueModel *self, GPtrArray *items)
{
  GPtrArray *old = self->items;
  guint from = 0, until = 0;

  for (guint i = 0; i < items->len; i++)
    {
      BatonQueueItem *item = g_ptr_array_index (items, i);
      guint position;

      if (!baton_queue_model_find (self, item->waiting->review->id, &position) ||
          !same_waiting (item->waiting, baton_queue_model_peek (self, position)->waiting))
        continue;
      items->pdata[i] = g_object_ref (baton_queue_model_peek (self, position));
      g_object_unref (item);
    }
  while (from < MIN (old->len, items->len) && old->pdata[from] == items->pdata[from])
    from++;
  while (until < MIN (old->len, items->len) - from &&
         old->pdata[old->len - 1 - until] == items->pdata[items->len - 1 - until])
    until++;
  self->items = g_ptr_array_ref (items);
  if (old->len - from - until > 0 || items->len - from - until > 0)
    g_list_model_items_changed (
        G_LIST_MODEL (self), from, old->len - from - until, items->len - from - until);
  g_ptr_array_unref (old);
}

static gpointer
read_queue (BatonReader *reader, gpointer person, GCancellable *cancellable, GError **error)
{
  return baton_review_queue (reader, person, error);
}

static void refresh (BatonQueueModel *self);

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BatonQueueModel) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) queue = baton_workspace_query_finish (BATON_WORKSPACE (source), result, &error);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  if (queue == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("The review queue could not be read: %s", error->message);
      return;
    }
  g_clear_object (&self->loading);
  g_ptr_array_set_free_func (queue, NULL);
  for (guint i = 0; i < queue->len; i++)
    {
      BatonQueueItem *item = g_object_new (BATON_TYPE_QUEUE_ITEM, NULL);

      item->waiting = g_ptr_array_index (queue, i);
      g_ptr_array_add (items, item);
    }
  take_items (self, items);
  self->loaded = TRUE;
  g_signal_emit (self, signals[LOADED], 0);
  if (self->stale)
    refresh (self);
}

static void
refresh (BatonQueueModel *self)
{
  const char *me = baton_workspace_me (self->workspace);

  self->stale = self->loading != NULL;
  if (self->stale)
    return;
  self->loading = g_cancellable_new ();
  baton_workspace_query_async (self->workspace, read_queue, g_strdup (me), g_free,
      (GDestroyNotify) g_ptr_array_unref, self->loading, loaded_cb, g_object_ref (self));
}

/* What may change who waits for what, or how it looks. */
static gboolean
concerns (const BatonEffect *effect)
{
  for (guint i = 0; i < effect->changes->len; i++)
    {
      const BatonChange *change = g_ptr_array_index (effect->changes, i);

      switch ((int) change->entity)
        {
        case BATON_ENTITY_REVIEW:
        case BATON_ENTITY_DECISION:
        case BATON_ENTITY_EXCUSE:
        case BATON_ENTITY_VERSION:
        case BATON_ENTITY_ASSET:
        case BATON_ENTITY_CHANNEL:
          return TRUE;
        case BATON_ENTITY_CARD:
          if (!change->created &&
              (change->field == BATON_CARD_TITLE || change->field == BATON_CARD_CHANNEL ||
                  change->field == BATON_CARD_URGENCY || change->field == BATON_CARD_ARCHIVED ||
                  change->field == BATON_CARD_REMOVED || change->field == BATON_CARD_BOARD))
            return TRUE;
          break;
        default:
          break;
        }
    }
  return FALSE;
}

static void
performed_cb (BatonWorkspace *workspace, gpointer op, gpointer effect, BatonQueueModel *self)
{
  if (concerns (effect))
    refresh (self);
}

static void
baton_queue_model_dispose (GObject *object)
{
  BatonQueueModel *self = BATON_QUEUE_MODEL (object);

  if (self->loading != NULL)
    g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_pointer (&self->items, g_ptr_array_unref);
  G_OBJECT_CLASS (baton_queue_model_parent_class)->dispose (object);
}

static void
baton_queue_model_class_init (BatonQueueModelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_queue_model_dispose;
  signals[LOADED] = g_signal_new (
      "loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
baton_queue_model_init (BatonQueueModel *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
}

/* Belongs to the workspace, so that the sidebar and the view show the same. */
BatonQueueModel *
baton_queue_model_get (BatonWorkspace *workspace)
{
  BatonQueueModel *self = g_object_get_data (G_OBJECT (workspace), "review-queue");

  if (self != NULL)
    return g_object_ref (self);
  self = g_object_new (BATON_TYPE_QUEUE_MODEL, NULL);
  self->workspace = workspace;
  g_object_set_data_full (G_OBJECT (workspace), "review-queue", self, g_object_unref);
  g_signal_connect_object (workspace, "performed", G_CALLBACK (performed_cb), self, 0);
  g_signal_connect_object (workspace, "reloaded", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (self);
  return g_object_ref (self);
}

gboolean
baton_queue_model_is_loaded (BatonQueueModel *self)
{
  return self->loaded;
}

guint
baton_queue_model_size (BatonQueueModel *self)
{
  return self->items->len;
}

BatonQueueItem *
baton_queue_model_peek (BatonQueueModel *self, guint position)
{
  return position < self->items->len ? g_ptr_array_index (self->items, position) : NULL;
}

gboolean
baton_queue_model_find (BatonQueueModel *self, const char *review, guint *position)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      if (g_str_equal (baton_queue_model_peek (self, i)->waiting->review->id, review))
        {
          *position = i;
          return TRUE;
        }
    }
  return FALSE;
}
