/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "apply.h"
#include "baton-error.h"
#include "test-board.h"

G_BEGIN_DECLS

/* The rules' view on hash tables: what the store does with SQL, in the plainest way. */
typedef struct
{
  BatonView base;
  GHashTable *rows[BATON_N_ENTITIES]; /* id → BatonRow */
  gint64 now;
} MemoryView;

MemoryView *memory_view_new (void);
void memory_view_free (MemoryView *view);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemoryView, memory_view_free)

const BatonRow *memory_view_row (MemoryView *view, BatonEntity entity, const char *id);
const char *memory_view_text (MemoryView *view, const char *id, BatonField field);
gint64 memory_view_int (MemoryView *view, const char *id, BatonField field);

/* The ids below a parent in rank order, live ones, joined by spaces; titles of cards instead of ids. */
char *memory_view_titles (MemoryView *view, const char *stage);

/* Applies an operation at the next second; takes it. On refusal nothing has changed. */
BatonEffect *memory_view_try (MemoryView *view, BatonOp *op, GError **error);
BatonEffect *memory_view_perform (MemoryView *view, BatonOp *op); /* must succeed; transfer full */
void memory_view_done (MemoryView *view, BatonOp *op);            /* the same, effect dropped */
void memory_view_refused (MemoryView *view, BatonOp *op, BatonErrorCode code, const char *sentence);

/* The small board. */
BatonTestBoard *memory_view_fill (MemoryView *view);

G_END_DECLS
