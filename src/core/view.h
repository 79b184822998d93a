/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "effect.h"

G_BEGIN_DECLS

/* What the rules read and write. The store implements it on SQLite; tests on a hash table. All calls happen
 * inside one transaction: what was written is what the next read gives. */

typedef enum
{
  BATON_NEAR_FIRST, /* the least rank of all */
  BATON_NEAR_LAST,  /* the greatest rank of all */
  BATON_NEAR_BELOW, /* the greatest rank below the given one */
  BATON_NEAR_ABOVE, /* the least rank above the given one */
} BatonNear;

typedef struct _BatonView BatonView;

struct _BatonView
{
  /* The row as it is now, borrowed until the next write; NULL when there is none. */
  const BatonRow *(*get) (BatonView *view, BatonEntity entity, const char *id);

  /* How many rows refer to id by this field, without removed rows, and without archived and template cards.
   */
  gint64 (*count) (BatonView *view, BatonField field, const char *id);

  /* A neighbouring rank among the rows of one parent (parent NULL: all rows of an entity without parent). */
  gboolean (*rank_near) (
      BatonView *view, BatonEntity entity, const char *parent, BatonNear near, gint64 rank, gint64 *found);

  /* The ids of all rows, removed ones too, that refer to id by this field, in rank order; id NULL: of all
   * rows of the field's entity. Transfer full. */
  GPtrArray *(*children) (BatonView *view, BatonField field, const char *id);

  /* The rows of one parent (as for rank_near) around a rank, removed ones too, in rank order: at most `reach`
   * with a lesser rank, whose number is left in `below`, and at most `reach` with this rank or a greater one.
   * Transfer full. */
  GPtrArray *(*around) (
      BatonView *view, BatonEntity entity, const char *parent, gint64 rank, guint reach, guint *below);

  gboolean (*write) (BatonView *view, const BatonChange *change, GError **error);
};

G_END_DECLS
