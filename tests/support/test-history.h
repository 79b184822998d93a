/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "test-random.h"
#include "test-store.h"

G_BEGIN_DECLS

/* What a team might do, at random: every verb, one operation at a time and many, sense and nonsense, undo and
 * redo, closing and opening. */
typedef struct
{
  guint tried[BATON_N_VERBS];
  guint accepted[BATON_N_VERBS];
} BatonTestTally;

/* Performs about n operations. tally may be NULL. Aborts when a refusal has no sentence or comes from
 * elsewhere than the rules. */
void baton_test_history (BatonTestStore *test, BatonTestRandom *random, guint n, BatonTestTally *tally);

/* Operations that do something, one at a time, without undo, batches and reopening. */
void baton_test_history_plain (BatonTestStore *test, BatonTestRandom *random, guint n);

G_END_DECLS
