/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "value.h"

G_BEGIN_DECLS

/* What an operation really changed, row by row. An effect is what lists follow, what history reads, and what
 * undo turns round. */

typedef struct
{
  BatonEntity entity;
  char *id;      /* GRefString */
  BatonRow *row; /* a new row as it was created, else NULL; also NULL in an effect read back from history */
  gboolean created;
  gboolean vanished; /* a created row that was taken back, as if it had never been; row: what it was */
  BatonField field;  /* what changed; BATON_FIELD_NONE for a new row and for one that vanished */
  BatonValue before;
  BatonValue after;
} BatonChange;

typedef struct
{
  gatomicrefcount refs;
  GPtrArray *changes; /* BatonChange */
  GPtrArray *cards;   /* GRefString: the cards whose history this belongs to */
  char *board;        /* GRefString: the board it happened on, or NULL */
} BatonEffect;

BatonChange *baton_change_new_created (BatonRow *row);
BatonChange *baton_change_new_vanished (BatonRow *row);
BatonChange *baton_change_new_set (
    BatonEntity entity, const char *id, BatonField field, const BatonValue *before, const BatonValue *after);
BatonChange *baton_change_copy (const BatonChange *change);
void baton_change_free (BatonChange *change);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonChange, baton_change_free)

BatonEffect *baton_effect_new (void);
BatonEffect *baton_effect_ref (BatonEffect *effect);
void baton_effect_unref (BatonEffect *effect);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonEffect, baton_effect_unref)

/* Merges several changes of one field of one row into one, so that an effect says only first and last. */
void baton_effect_add (BatonEffect *effect, BatonChange *change);

/* Notes that the effect belongs to the history of a card. Repeated ids are kept once. */
void baton_effect_touch (BatonEffect *effect, const char *card);

/* The change of a field of a row in this effect, or NULL. */
const BatonChange *baton_effect_find (const BatonEffect *effect, const char *id, BatonField field);

/* What would undo these effects, the last one first: for each changed field "expect after, write before"; for
 * each new row "removed: not set, write at". Sums that the rules keep are left out. Transfer full. */
BatonEffect *baton_effect_invert (BatonEffect *const *effects, guint n_effects, gint64 at);

G_END_DECLS
