/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "op.h"
#include "view.h"

G_BEGIN_DECLS

/* The one row of the workspace entity. */
#define BATON_WORKSPACE_ID "00000000-0000-7000-8000-000000000000"

/* The step between the ranks of rows that are appended; there is room for 30 insertions at one place before
 * the rows around it are numbered anew. */
#define BATON_RANK_STEP (G_GINT64_CONSTANT (1) << 30)

/* Checks the rules and applies an operation through the view. Returns what changed (transfer full), or NULL
 * with a sentence in BATON_ERROR that says why not; then the caller rolls the view back. Pure: the same
 * operation on the same rows gives the same effect on every machine. */
BatonEffect *baton_apply (const BatonOp *op, BatonView *view, GError **error);

G_END_DECLS
