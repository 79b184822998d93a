/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "test-random.h"

#include "op.h"

G_BEGIN_DECLS

/* A workspace such as a busy team has after half a year: one board with six stages, twelve channels, twelve
 * people, and thousands of cards that were moved, edited, discussed and ticked. The same for the same
 * numbers. */
typedef struct _BigWorkspace BigWorkspace;

/* operations counts those that make the board and the cards as well. */
BigWorkspace *big_workspace_new (guint64 seed, guint cards, guint operations);
void big_workspace_free (BigWorkspace *big);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BigWorkspace, big_workspace_free)

/* The next n operations, fewer at the end, none when all were given. To be performed in order. Transfer full.
 */
GPtrArray *big_workspace_next (BigWorkspace *big, guint n);

/* One more move of a card, as a person does it by hand. */
BatonOp *big_workspace_move (BigWorkspace *big);

const char *big_workspace_board (BigWorkspace *big);

/* Makes it in a folder. Aborts on failure. */
void big_workspace_write (const char *folder, guint64 seed, guint cards, guint operations);

G_END_DECLS
