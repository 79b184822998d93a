/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "card-model.h"

#include "card-rows.h"
#include "permits.h"
#include "text-target.h"

#include <glib/gi18n.h>

struct _BatonCardModel
{
  GObject parent_instance;

  BatonBoard *board;
  BatonWorkspace *workspace;
  BatonItem *card;
  BatonRow *row;     /* with the long texts */
  GHashTable *rows;  /* id → BatonItem of what belongs to the card */
  GHashTable *items; /* checklist → BatonColumn */
  BatonColumn *checklists;
  BatonColumn *comments;
  BatonColumn *links;
  BatonColumn *assets;
  GCancellable *loading;
  gboolean stale; /* something happened to the card while it was being read */
  char *editing;
};

enum
{
  LOADED,
  CHANGED,
  TEXT_CHANGED,
  RELATIVES_CHANGED,
  ASSETS_CHANGED,
  TOUCHED,
  TICK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonCardModel, baton_card_model, G_TYPE_OBJECT)

static void start_loading (BatonCardModel *self);

static gboolean
belongs (BatonCardModel *self, const BatonRow *row)
{
  BatonField field = baton_card_rows_owner (row->entity);
  const char *owner;

  if (field == BATON_FIELD_NONE)
    return FALSE;
  owner = baton_row_text (row, field);
  if (row->entity == BATON_ENTITY_ITEM)
    return owner != NULL && g_hash_table_contains (self->rows, owner);
  return g_strcmp0 (owner, baton_card_model_id (self)) == 0;
}

/* The model that shows an item, or NULL while nothing does. */
static BatonColumn *
column_of (BatonCardModel *self, BatonItem *item)
{
  BatonEntity entity = baton_item_entity (item);

  if (baton_item_is_removed (item))
    return NULL;
  if (entity == BATON_ENTITY_CHECKLIST)
    return self->checklists;
  if (entity == BATON_ENTITY_ITEM)
    return baton_card_model_items (self, baton_item_text (item, BATON_ITEM_CHECKLIST));
  return entity == BATON_ENTITY_COMMENT ? self->comments
         : entity == BATON_ENTITY_LINK  ? self->links
         : entity == BATON_ENTITY_ASSET ? self->assets
                                        : NULL;
}

static void
add_row (BatonCardModel *self, const BatonRow *row)
{
  BatonItem *item = baton_item_new (baton_row_copy (row));
  BatonColumn *column;

  g_hash_table_insert (self->rows, (char *) baton_item_id (item), item);
  column = column_of (self, item);
  if (column != NULL)
    baton_column_insert (column, item);
}

/* A row read again takes the place of what was known; the object stays, because somebody may be typing into
 * it. */
static void
refresh_row (BatonCardModel *self, const BatonRow *row)
{
  BatonItem *item = g_hash_table_lookup (self->rows, row->id);
  const BatonEntityInfo *info = baton_entity_info (row->entity);
  BatonColumn *column;

  if (item == NULL)
    {
      add_row (self, row);
      return;
    }
  column = column_of (self, item);
  if (column != NULL)
    baton_column_remove (column, item);
  for (guint i = 0; i < info->n_fields; i++)
    baton_item_write (item, info->first + i, &row->values[i]);
  column = column_of (self, item);
  if (column != NULL)
    baton_column_insert (column, item);
  baton_item_emit_changed (item);
}

static gboolean
is_placing (const BatonChange *change)
{
  const BatonEntityInfo *info = baton_entity_info (change->entity);

  return change->field == info->rank || change->field == info->parent ||
         change->field == baton_entity_removed (change->entity);
}

static void
emit_text_changed (BatonCardModel *self, const BatonChange *change, BatonItem *item, const char *person)
{
  g_autofree char *key = NULL;
  BatonType type = baton_field_info (change->field)->type;

  if (type != BATON_TYPE_TEXT && type != BATON_TYPE_LONG)
    return;
  key = baton_text_target_key_of (self, change->entity, change->field,
      change->entity == BATON_ENTITY_CUSTOM_VALUE ? baton_item_text (item, BATON_CUSTOM_VALUE_FIELD)
                                                  : change->id);
  g_signal_emit (self, signals[TEXT_CHANGED], 0, key, person);
}

static void
follow_change (BatonCardModel *self, const BatonChange *change, const char *person)
{
  BatonItem *item = g_hash_table_lookup (self->rows, change->id);
  BatonColumn *column = NULL;

  if (item == NULL)
    return;
  if (is_placing (change))
    {
      column = column_of (self, item);
      if (column != NULL)
        baton_column_remove (column, item);
      baton_item_write (item, change->field, &change->after);
      column = column_of (self, item);
      if (column != NULL)
        baton_column_insert (column, item);
    }
  else
    baton_item_write (item, change->field, &change->after);
  baton_item_emit_changed (item);
  emit_text_changed (self, change, item, person);
}

/* A custom value that comes or goes changes what its field shows. */
static void
tell_custom_value (BatonCardModel *self, const char *id, const char *person)
{
  BatonItem *item = g_hash_table_lookup (self->rows, id);
  g_autofree char *key = NULL;

  if (item == NULL || baton_item_entity (item) != BATON_ENTITY_CUSTOM_VALUE)
    return;
  key = baton_text_target_key_of (self, BATON_ENTITY_CUSTOM_VALUE, BATON_CUSTOM_VALUE_TEXT,
      baton_item_text (item, BATON_CUSTOM_VALUE_FIELD));
  g_signal_emit (self, signals[TEXT_CHANGED], 0, key, person);
}

static void
follow_card (BatonCardModel *self, const BatonChange *change, const char *person)
{
  if (self->row != NULL && change->field != BATON_FIELD_NONE)
    baton_row_take (self->row, change->field, baton_value_copy (&change->after));
  if (change->field != BATON_FIELD_NONE)
    emit_text_changed (self, change, NULL, person);
}

static void
follow (BatonCardModel *self, const BatonChange *change, const char *person)
{
  if (change->entity == BATON_ENTITY_CARD && g_str_equal (change->id, baton_card_model_id (self)))
    follow_card (self, change, person);
  else if (change->created && change->row != NULL && belongs (self, change->row) &&
           !g_hash_table_contains (self->rows, change->id))
    {
      add_row (self, change->row);
      tell_custom_value (self, change->id, person);
    }
  else if (!change->created && baton_card_rows_owner (change->entity) != BATON_FIELD_NONE)
    {
      follow_change (self, change, person);
      if (change->field == BATON_CUSTOM_VALUE_REMOVED)
        tell_custom_value (self, change->id, person);
    }
}

static gboolean
concerns_relatives (const BatonChange *change)
{
  return change->entity == BATON_ENTITY_CARD &&
         (change->created || change->field == BATON_CARD_BLOCKERS || change->field == BATON_CARD_TITLE ||
             change->field == BATON_CARD_STAGE || change->field == BATON_CARD_ARCHIVED ||
             change->field == BATON_CARD_REMOVED);
}

static gboolean
concerns_assets (BatonCardModel *self, const BatonChange *change)
{
  return (change->entity == BATON_ENTITY_ASSET || change->entity == BATON_ENTITY_VERSION) &&
         g_hash_table_contains (self->rows, change->id);
}

static gboolean
concerns_names (const BatonChange *change)
{
  return change->entity == BATON_ENTITY_CRITERION || change->entity == BATON_ENTITY_CUSTOM_FIELD ||
         change->entity == BATON_ENTITY_CAMPAIGN;
}

static void
performed_cb (BatonWorkspace *workspace, gpointer op_pointer, gpointer effect_pointer, BatonCardModel *model)
{
  g_autoptr (BatonCardModel) self = g_object_ref (model); /* whoever is told may drop it */
  const BatonOp *op = op_pointer;
  const char *person = op != NULL ? op->person : NULL; /* NULL: others, and perhaps several */
  const BatonEffect *effect = effect_pointer;
  gboolean touched = FALSE, relatives = FALSE, names = FALSE, assets = FALSE;

  for (guint i = 0; i < effect->cards->len; i++)
    touched = touched || g_str_equal (g_ptr_array_index (effect->cards, i), baton_card_model_id (self));
  self->stale = self->stale || (touched && self->loading != NULL);
  for (guint i = 0; i < effect->changes->len; i++)
    {
      const BatonChange *change = g_ptr_array_index (effect->changes, i);

      follow (self, change, person);
      relatives = relatives || concerns_relatives (change);
      assets = assets || concerns_assets (self, change);
      names = names || concerns_names (change);
    }
  if (relatives)
    g_signal_emit (self, signals[RELATIVES_CHANGED], 0);
  if (assets)
    g_signal_emit (self, signals[ASSETS_CHANGED], 0);
  if (names)
    g_signal_emit (self, signals[CHANGED], 0);
  if (touched)
    g_signal_emit (self, signals[TOUCHED], 0);
}

static void
take_loaded (BatonCardModel *self, BatonCardRows *loaded)
{
  g_clear_pointer (&self->row, baton_row_unref);
  if (loaded->card != NULL)
    self->row = baton_row_copy (loaded->card);
  for (guint i = 0; i < loaded->rows->len; i++)
    refresh_row (self, g_ptr_array_index (loaded->rows, i));
  g_signal_emit (self, signals[LOADED], 0);
  g_signal_emit (self, signals[ASSETS_CHANGED], 0);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BatonCardModel) self = data;
  g_autoptr (GError) error = NULL;
  BatonCardRows *loaded = baton_workspace_query_finish (BATON_WORKSPACE (source), result, &error);

  if (loaded == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_warning ("The card could not be read: %s", error->message);
      return;
    }
  g_clear_object (&self->loading);
  /* What happened meanwhile may or may not be in what was read. */
  if (self->stale)
    start_loading (self);
  else
    take_loaded (self, loaded);
  baton_card_rows_free (loaded);
}

static void
start_loading (BatonCardModel *self)
{
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  self->stale = FALSE;
  baton_workspace_query_async (self->workspace, baton_card_rows_read, g_strdup (baton_card_model_id (self)),
      g_free, baton_card_rows_free, self->loading, loaded_cb, g_object_ref (self));
}

static void
emit_changed (BatonCardModel *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* The board reads its cards anew too, into other objects. */
static void
reloaded_cb (BatonWorkspace *workspace, BatonCardModel *self)
{
  BatonItem *card = baton_board_card (self->board, baton_card_model_id (self));

  if (card != NULL && card != self->card)
    {
      g_signal_handlers_disconnect_by_data (self->card, self);
      g_set_object (&self->card, card);
      g_signal_connect_object (card, "changed", G_CALLBACK (emit_changed), self, G_CONNECT_SWAPPED);
    }
  start_loading (self);
  emit_changed (self);
  g_signal_emit (self, signals[RELATIVES_CHANGED], 0);
  g_signal_emit (self, signals[TOUCHED], 0);
}

void
baton_card_model_tick (BatonCardModel *self)
{
  g_signal_emit (self, signals[TICK], 0);
}

static void
baton_card_model_dispose (GObject *object)
{
  BatonCardModel *self = BATON_CARD_MODEL (object);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_object (&self->card);
  g_clear_object (&self->board);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (baton_card_model_parent_class)->dispose (object);
}

static void
baton_card_model_finalize (GObject *object)
{
  BatonCardModel *self = BATON_CARD_MODEL (object);

  g_clear_pointer (&self->row, baton_row_unref);
  g_hash_table_unref (self->items);
  g_object_unref (self->checklists);
  g_object_unref (self->comments);
  g_object_unref (self->links);
  g_object_unref (self->assets);
  g_hash_table_unref (self->rows);
  g_free (self->editing);
  G_OBJECT_CLASS (baton_card_model_parent_class)->finalize (object);
}

static void
baton_card_model_class_init (BatonCardModelClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_card_model_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_card_model_finalize;
  signals[LOADED] = g_signal_new ("loaded", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[TEXT_CHANGED] = g_signal_new ("text-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
      G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[RELATIVES_CHANGED] =
      g_signal_new ("relatives-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ASSETS_CHANGED] =
      g_signal_new ("assets-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[TOUCHED] = g_signal_new ("touched", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[TICK] = g_signal_new ("tick", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
baton_card_model_init (BatonCardModel *self)
{
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_object_unref);
  self->items = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->checklists = baton_column_new (BATON_ENTITY_CHECKLIST);
  self->comments = baton_column_new (BATON_ENTITY_COMMENT);
  self->links = baton_column_new (BATON_ENTITY_LINK);
  self->assets = baton_column_new (BATON_ENTITY_ASSET);
}

BatonCardModel *
baton_card_model_new (BatonBoard *board, const char *card)
{
  BatonCardModel *self;
  BatonItem *item = baton_board_card (board, card);

  g_return_val_if_fail (item != NULL, NULL);
  self = g_object_new (BATON_TYPE_CARD_MODEL, NULL);
  self->board = g_object_ref (board);
  self->workspace = g_object_ref (baton_board_workspace (board));
  self->card = g_object_ref (item);
  g_signal_connect_object (item, "changed", G_CALLBACK (emit_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (board, "faces-changed", G_CALLBACK (emit_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->workspace, "performed", G_CALLBACK (performed_cb), self, 0);
  g_signal_connect_object (self->workspace, "reloaded", G_CALLBACK (reloaded_cb), self, 0);
  start_loading (self);
  return self;
}

BatonBoard *
baton_card_model_board (BatonCardModel *self)
{
  return self->board;
}

BatonWorkspace *
baton_card_model_workspace (BatonCardModel *self)
{
  return self->workspace;
}

const char *
baton_card_model_id (BatonCardModel *self)
{
  return baton_item_id (self->card);
}

BatonItem *
baton_card_model_card (BatonCardModel *self)
{
  return self->card;
}

gboolean
baton_card_model_is_loaded (BatonCardModel *self)
{
  return self->row != NULL;
}

gboolean
baton_card_model_can_edit (BatonCardModel *self)
{
  return baton_workspace_why_not (self->workspace, BATON_VERB_CARD_SET) == NULL;
}

gboolean
baton_card_model_can_comment (BatonCardModel *self)
{
  return baton_workspace_why_not (self->workspace, BATON_VERB_COMMENT_ADD) == NULL;
}

const BatonRow *
baton_card_model_row (BatonCardModel *self)
{
  return self->row;
}

BatonColumn *
baton_card_model_checklists (BatonCardModel *self)
{
  return self->checklists;
}

BatonColumn *
baton_card_model_items (BatonCardModel *self, const char *checklist)
{
  BatonColumn *column = g_hash_table_lookup (self->items, checklist);

  if (column == NULL)
    {
      column = baton_column_new (BATON_ENTITY_ITEM);
      g_hash_table_insert (self->items, g_strdup (checklist), column);
    }
  return column;
}

BatonColumn *
baton_card_model_comments (BatonCardModel *self)
{
  return self->comments;
}

BatonColumn *
baton_card_model_links (BatonCardModel *self)
{
  return self->links;
}

BatonColumn *
baton_card_model_assets (BatonCardModel *self)
{
  return self->assets;
}

static int
newest_first (gconstpointer a, gconstpointer b)
{
  gint64 left = baton_item_int (*(BatonItem *const *) a, BATON_VERSION_NUMBER);
  gint64 right = baton_item_int (*(BatonItem *const *) b, BATON_VERSION_NUMBER);

  return left > right ? -1 : left < right;
}

GPtrArray *
baton_card_model_versions (BatonCardModel *self, const char *asset)
{
  GPtrArray *versions = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    {
      if (baton_item_entity (item) == BATON_ENTITY_VERSION &&
          g_strcmp0 (baton_item_text (item, BATON_VERSION_ASSET), asset) == 0)
        g_ptr_array_add (versions, g_object_ref (item));
    }
  g_ptr_array_sort (versions, newest_first);
  return versions;
}

/* Two devices may have made a value each; the older one is shown. */
BatonItem *
baton_card_model_custom_value (BatonCardModel *self, const char *custom_field)
{
  GHashTableIter iter;
  gpointer item;
  BatonItem *found = NULL;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    {
      if (baton_item_entity (item) == BATON_ENTITY_CUSTOM_VALUE && !baton_item_is_removed (item) &&
          g_strcmp0 (baton_item_text (item, BATON_CUSTOM_VALUE_FIELD), custom_field) == 0 &&
          (found == NULL || strcmp (baton_item_id (item), baton_item_id (found)) < 0))
        found = item;
    }
  return found;
}

BatonItem *
baton_card_model_find (BatonCardModel *self, const char *id)
{
  return g_hash_table_lookup (self->rows, id);
}

void
baton_card_model_set_editing (BatonCardModel *self, const char *key)
{
  if (key == self->editing)
    return;
  g_free (self->editing);
  self->editing = g_strdup (key);
}

const char *
baton_card_model_editing (BatonCardModel *self)
{
  return self->editing;
}

const char *
baton_card_model_person (BatonCardModel *self, const char *person)
{
  return baton_workspace_name_of (self->workspace, BATON_ENTITY_PERSON, person, _ ("Somebody"));
}
