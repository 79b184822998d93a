/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "item.h"

struct _BatonItem
{
  GObject parent_instance;
  BatonRow *row;
  guint32 remembered;
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonItem, baton_item, G_TYPE_OBJECT)

static void
baton_item_finalize (GObject *object)
{
  baton_row_unref (BATON_ITEM (object)->row);
  G_OBJECT_CLASS (baton_item_parent_class)->finalize (object);
}

static void
baton_item_class_init (BatonItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_item_finalize;
  signals[CHANGED] =
      g_signal_new ("changed", BATON_TYPE_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
baton_item_init (BatonItem *self)
{
}

BatonItem *
baton_item_new (BatonRow *row)
{
  BatonItem *self = g_object_new (BATON_TYPE_ITEM, NULL);

  self->row = row;
  return self;
}

BatonEntity
baton_item_entity (BatonItem *self)
{
  return self->row->entity;
}

const char *
baton_item_id (BatonItem *self)
{
  return self->row->id;
}

const char *
baton_item_text (BatonItem *self, BatonField field)
{
  return baton_row_text (self->row, field);
}

gint64
baton_item_int (BatonItem *self, BatonField field)
{
  return baton_row_int (self->row, field);
}

gboolean
baton_item_has (BatonItem *self, BatonField field, const char *id)
{
  return baton_set_contains (baton_row_text (self->row, field), id);
}

gboolean
baton_item_is_removed (BatonItem *self)
{
  return baton_row_int (self->row, baton_entity_removed (self->row->entity)) != 0;
}

const BatonRow *
baton_item_row (BatonItem *self)
{
  return self->row;
}

guint32
baton_item_remembered (BatonItem *self)
{
  return self->remembered;
}

void
baton_item_remember (BatonItem *self, guint32 number)
{
  self->remembered = number;
}

void
baton_item_write (BatonItem *self, BatonField field, const BatonValue *value)
{
  self->remembered = 0;
  baton_row_take (self->row, field, baton_value_copy (value));
}

void
baton_item_emit_changed (BatonItem *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}
