/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Private to exchange: “title=Titel,stage=Status,time=3”, which column of a table is what. */

/* The name of column index, from 0. */
typedef const char *(*BatonColumnName) (gpointer table, guint index);

/* Gives the column its role; the error names a role that the table does not know. */
typedef gboolean (*BatonColumnSetRole) (gpointer table, const char *role, guint index, GError **error);

/* Calls set_role for each ROLE=COLUMN of the list, the column by its name without regard to case, or by its
 * number from 1. BATON_ERROR_INVALID names the pair that cannot be read or the column that the file has not;
 * the roles before it are set. */
gboolean baton_column_map_apply (const char *map, gpointer table, guint n_columns, BatonColumnName name_of,
    BatonColumnSetRole set_role, GError **error);

G_END_DECLS
