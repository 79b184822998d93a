/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db.h"
#include "view.h"

G_BEGIN_DECLS

/* Private to store: the rules' view of the tables. Rows that were read stay in memory; changes are collected
 * per row and written together, before any query that could see them and at the end of an operation. */
typedef struct
{
  BatonView base;
  BatonDb *db;
  GHashTable *rows;            /* BatonRow by entity and id */
  GHashTable *dirty;           /* rows with changes → mask of fields, of this operation */
  GHashTable *fresh;           /* rows created in this operation and not inserted yet */
  GHashTable *stale_documents; /* ids of cards whose search document has to be written again */
  GArray *journal;             /* what this operation wrote: Written, for baton_sql_view_take_back */
  GError *error;               /* what a query met; reported by baton_sql_view_flush */
} BatonSqlView;

BatonSqlView *baton_sql_view_new (BatonDb *db);
void baton_sql_view_free (BatonSqlView *view);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonSqlView, baton_sql_view_free)

/* Writes what is collected. FALSE when that or an earlier query failed. */
gboolean baton_sql_view_flush (BatonSqlView *view, GError **error);

/* After an operation: its rows are kept, unless there are too many by now. */
void baton_sql_view_commit (BatonSqlView *view);

/* Takes back what was written since the last commit of the view: after an operation was refused, while those
 * before it in the same transaction stand. */
gboolean baton_sql_view_take_back (BatonSqlView *view, GError **error);

/* Writes the opposite of a change: a created row goes, a field gets back what it had. *vanished (may be
 * NULL): the created row as it was just before; transfer full. */
gboolean baton_sql_view_reverse (
    BatonSqlView *view, const BatonChange *change, BatonRow **vanished, GError **error);

/* Forgets every row: after the whole transaction was rolled back. */
void baton_sql_view_clear (BatonSqlView *view);

G_END_DECLS
