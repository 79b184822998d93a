/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "test-board.h"

G_BEGIN_DECLS

/* The small board with two rows of every entity, so that there is something for every verb to change. */
typedef struct
{
  BatonTestStore *test;
  BatonTestBoard *board;
  char *ids[BATON_N_ENTITIES][2]; /* siblings where it has siblings */
} UndoCase;

void undo_case_set_up (UndoCase *f, gconstpointer data);
void undo_case_tear_down (UndoCase *f, gconstpointer data);

/* One operation of this verb that really changes something; several rows wherever the verb can. NULL for undo
 * and redo themselves. Transfer full. */
BatonOp *undo_case_make (UndoCase *f, BatonVerb verb);

G_END_DECLS
