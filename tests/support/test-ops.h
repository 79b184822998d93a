/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "op.h"
#include "test-random.h"

G_BEGIN_DECLS

/* Operations at random, of every verb. */

/* The ids that operations may speak of. */
typedef struct
{
  GPtrArray *ids[BATON_N_ENTITIES]; /* char *, owned */
} BatonTestPool;

BatonTestPool *baton_test_pool_new (void);
void baton_test_pool_add (BatonTestPool *pool, BatonEntity entity, const char *id);
void baton_test_pool_free (BatonTestPool *pool);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonTestPool, baton_test_pool_free)

/* An id of this entity, or an unknown one when there is none. Transfer full. */
char *baton_test_pool_pick (BatonTestPool *pool, BatonTestRandom *random, BatonEntity entity);

/* A value that the field may have; wrong: percent of values that the rules would refuse. */
BatonValue baton_test_value (BatonTestPool *pool, BatonTestRandom *random, BatonField field, guint wrong);

/* An operation of this verb, without device and number. Undo and redo get changes that nobody made, which is
 * good for the codec alone. wrong: percent of values and references that make no sense. */
BatonOp *baton_test_op (BatonTestPool *pool, BatonTestRandom *random, BatonVerb verb, gint64 at, guint wrong);

/* The field that a LINK verb changes. */
BatonField baton_test_linked_field (BatonVerb verb);

G_END_DECLS
