/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db.h"
#include "value.h"

G_BEGIN_DECLS

/* Private to store: rows of the entity tables. */

/* The row the statement stands on, selected by baton_rows_select's columns. Transfer full. */
BatonRow *baton_rows_read (sqlite3_stmt *statement, BatonEntity entity, gboolean face_only);

/* Every row has a check sum beside it, so that a page that was damaged on the disk and still looks like a
 * page is not taken for what a person wrote. The statement stands on the row and was selected with all
 * fields. FALSE with CORRUPT in words. */
gboolean baton_rows_check (sqlite3_stmt *statement, const BatonRow *row, GError **error);

/* The same for what an operation did (the tables effect and log). board may be NULL. */
gint64 baton_rows_effect_sum (const char *board, const char *body);

/* CORRUPT in words; always FALSE. */
gboolean baton_rows_fail_sum (const char *table, const char *id, GError **error);

/* "SELECT id, fields… FROM entity" for all fields and the check sum, or only those of the face; a static
 * string to append to. */
const char *baton_rows_select (BatonEntity entity, gboolean face_only);

/* NULL without an error when there is none, and with one when it is damaged. */
BatonRow *baton_rows_get (BatonDb *db, BatonEntity entity, const char *id, GError **error);

/* The row as it is, to be shown. */
BatonRow *baton_rows_look (BatonDb *db, BatonEntity entity, const char *id);
gboolean baton_rows_insert (BatonDb *db, const BatonRow *row, GError **error);

/* Writes the fields of a bit mask (bit i: the entity's i-th field). */
gboolean baton_rows_update (BatonDb *db, const BatonRow *row, guint64 mask, GError **error);

/* A row that was taken back, not one that a person removed. */
gboolean baton_rows_delete (BatonDb *db, BatonEntity entity, const char *id, GError **error);

G_END_DECLS
