/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board.h"
#include "test-board.h"

G_BEGIN_DECLS

/* A board in a workspace of its own, its models watched, and a second opinion on what they should say. */
typedef struct
{
  char *folder;
  BatonWorkspace *workspace;
  BatonTestBoard *ids;
  BatonBoard *board;
  GHashTable *shadows; /* BatonColumn → GPtrArray of BatonItem, kept by items-changed alone */
  guint signals;       /* items-changed since naive_forget */
  guint removed;
  guint added;
  guint reloads;
} Naive;

Naive *naive_new (void);
void naive_free (Naive *naive);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Naive, naive_free)

/* Performs (takes the operation); must succeed. */
void naive_do (Naive *naive, BatonOp *op);
gboolean naive_try (Naive *naive, BatonOp *op, GError **error);

/* Begins to count items-changed anew. */
void naive_forget (Naive *naive);

/* What the models say and should not, in words, or NULL. Computed from the rows in the database alone. */
char *naive_difference (Naive *naive);

/* Waits a little for searches under way, then aborts if there is a difference. what: said then. */
void naive_check (Naive *naive, const char *what);

/* Titles of a cell, with blanks between them. Transfer full. */
char *naive_cell (Naive *naive, const char *stage, const char *lane);

/* Runs the main loop until done says so; aborts after a few seconds. */
void naive_wait (gboolean (*done) (gpointer data), gpointer data);

G_END_DECLS
