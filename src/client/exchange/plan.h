/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange.h"

G_BEGIN_DECLS

/* Private to exchange: building a plan. */

BatonImportPlan *baton_import_plan_new (void);

/* A new operation at the end of the plan; borrowed. at: when it happened; person: id of its author or NULL.
 */
BatonOp *baton_import_plan_op (BatonImportPlan *plan, BatonVerb verb, gint64 at, const char *person);

/* A line of the summary; nothing when count is 0. reason NULL: it was carried. */
void baton_import_plan_note (BatonImportPlan *plan, gint64 count, const char *what, const char *reason);

/* Writes a new id. */
void baton_exchange_make_id (char out[37]);

/* The text cut to what the field may hold, at a character; NULL when it fits as it is. */
char *baton_exchange_clip (BatonField field, const char *text);

/* Whether a text has anything to read in it, as the rules see it. */
gboolean baton_exchange_is_blank (const char *text);

/* A SET value of ids (char *), sorted. */
BatonValue baton_exchange_make_set (GPtrArray *ids);

/* The kind of work that a stage's name speaks of, or NULL. */
const char *baton_exchange_stage_kind (const char *name);

/* Proposes kinds for stages in their order: by name, else the first is the backlog and the last is done.
 * kinds has room for n; the answers are static. */
void baton_exchange_stage_kinds (const char *const *names, guint n, const char **kinds);

gboolean baton_exchange_cancelled (
    const BatonImportOptions *options, GCancellable *cancellable, guint done, guint total, GError **error);

G_END_DECLS
