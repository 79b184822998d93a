/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "schema.h"

G_BEGIN_DECLS

/* One field's value. NONE is "not set"; TIME, INT and BOOL are numbers, everything else is text (GRefString).
 */
typedef enum
{
  BATON_VALUE_NONE,
  BATON_VALUE_INT,
  BATON_VALUE_TEXT,
} BatonValueKind;

typedef struct
{
  BatonValueKind kind;
  union
  {
    gint64 number;
    char *text; /* GRefString, owned */
  };
} BatonValue;

#define BATON_VALUE_INIT \
  {                      \
    BATON_VALUE_NONE,    \
    {                    \
      0                  \
    }                    \
  }

BatonValue baton_value_none (void);
BatonValue baton_value_int (gint64 number);
BatonValue baton_value_text (const char *text); /* NULL gives NONE */
BatonValue baton_value_copy (const BatonValue *value);
void baton_value_clear (BatonValue *value);
gboolean baton_value_equal (const BatonValue *a, const BatonValue *b);

/* A row of one entity: its id and a value for each of the entity's fields. Rows are reference-counted; who
 * changes one must be its only holder. */
typedef struct
{
  gatomicrefcount refs;
  BatonEntity entity;
  guint first; /* the entity's first field: a value is one subtraction away */
  guint n_fields;
  char *id; /* GRefString */
  BatonValue values[];
} BatonRow;

BatonRow *baton_row_new (BatonEntity entity, const char *id);
BatonRow *baton_row_ref (BatonRow *row);
void baton_row_unref (BatonRow *row);
BatonRow *baton_row_copy (const BatonRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonRow, baton_row_unref)

const BatonValue *baton_row_value (const BatonRow *row, BatonField field);
const char *baton_row_text (const BatonRow *row, BatonField field); /* NULL when not set */
gint64 baton_row_int (const BatonRow *row, BatonField field);       /* 0 when not set */
void baton_row_take (BatonRow *row, BatonField field, BatonValue value);
void baton_row_set_text (BatonRow *row, BatonField field, const char *text);
void baton_row_set_int (BatonRow *row, BatonField field, gint64 number);

/* SET fields: ids of 36 characters, sorted, separated by one space. NULL is the empty set. */
gboolean baton_set_contains (const char *set, const char *id);
guint baton_set_size (const char *set);
char **baton_set_split (const char *set);
BatonValue baton_set_add (const char *set, const char *id);
BatonValue baton_set_remove (const char *set, const char *id);

G_END_DECLS
