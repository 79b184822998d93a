/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db.h"
#include "value.h"

G_BEGIN_DECLS

/* Private to store: rows of the entity tables. */

/* The row the statement stands on, selected by baton_rows_select's columns. Transfer full. */
BatonRow *baton_rows_read (sqlite3_stmt *statement, BatonEntity entity, gboolean face_only);

/* "SELECT id, fields… FROM entity" for all fields or only those of the face; a static string to append to. */
const char *baton_rows_select (BatonEntity entity, gboolean face_only);

/* NULL without an error when there is none. */
BatonRow *baton_rows_get (BatonDb *db, BatonEntity entity, const char *id, GError **error);
gboolean baton_rows_insert (BatonDb *db, const BatonRow *row, GError **error);

/* Writes the fields of a bit mask (bit i: the entity's i-th field). */
gboolean baton_rows_update (BatonDb *db, const BatonRow *row, guint64 mask, GError **error);

/* A row that was taken back, not one that a person removed. */
gboolean baton_rows_delete (BatonDb *db, BatonEntity entity, const char *id, GError **error);

G_END_DECLS
