/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader.h"

G_BEGIN_DECLS

/* Everything that a workspace shows, as text: id → "entity field=value …" of each row, removed ones too. */
GHashTable *baton_test_snapshot (BatonReader *reader);

/* The same as one text, sorted. */
char *baton_test_snapshot_text (BatonReader *reader);

/* Aborts unless each row of before is the same in after, and each further row of after is removed. */
void baton_test_assert_undone (GHashTable *before, GHashTable *after, const char *what);

/* Aborts unless both say the same, except when rows were removed. */
void baton_test_assert_same (GHashTable *expected, GHashTable *actual, const char *what);

/* What holds on every board whatever was done: sums are right, cards stand in a stage that is there and on
 * its board, nobody waits for themselves, and ranks give one order. */
void baton_test_check_invariants (BatonReader *reader);

G_END_DECLS
