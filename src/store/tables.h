/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db.h"
#include "schema.h"

G_BEGIN_DECLS

/* Private to store: the shape of the database. Truth: meta, device, log, draft, refused, attention,
 * settled, snapshot. All else is derived from the log and can be dropped and rebuilt. */

#define BATON_FORMAT 2 /* PRAGMA user_version: the format of truth */

#define BATON_APPLICATION 0x4241544e /* PRAGMA application_id: “BATN” */

/* Counts up with every change of what is derived that the table of fields does not show: an index, the
 * content of a search document, a rule of core. Derived tables of another number are rebuilt. */
#define BATON_DERIVED 7

/* Looks whether this is a workspace, of whatever format; create: an empty file will do, too.
 * BATON_ERROR_CORRUPT when it is empty or the database of another program. */
gboolean baton_tables_recognise (BatonDb *db, gboolean create, GError **error);

gboolean baton_tables_is_newer (BatonDb *db);

/* Brings truth to BATON_FORMAT, one step a transaction; BATON_ERROR_NEWER when the file is ahead of us. */
gboolean baton_tables_migrate (BatonDb *db, GError **error);

/* Creates the derived tables, empty. Called inside a transaction. */
gboolean baton_tables_create_derived (BatonDb *db, GError **error);
gboolean baton_tables_drop_derived (BatonDb *db, GError **error);

/* Whether the derived tables have the shape that this Baton wants. */
gboolean baton_tables_derived_current (BatonDb *db);

/* Notes that the log has operations that this Baton does not understand: one that knows other verbs or fields
 * makes the derived tables anew. */
gboolean baton_tables_note_behind (BatonDb *db, GError **error);

/* Names of all derived tables with, for each, the columns that a comparison orders and compares by;
 * NULL-terminated. */
/* above: what each operation did is compared from there on. */
GPtrArray *baton_tables_derived_queries (gint64 above);

char *baton_meta_get (BatonDb *db, const char *key);
gboolean baton_meta_set (BatonDb *db, const char *key, const char *value, GError **error);

G_END_DECLS
