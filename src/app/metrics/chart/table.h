/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The numbers behind a chart, as rows and columns: for people (short and in their language) and for programs
 * (durations in seconds, times in ISO 8601, shares from 0 to 1, a point for decimals). */
typedef enum
{
  BATON_CELL_TEXT,
  BATON_CELL_NUMBER,
  BATON_CELL_SPAN, /* microseconds */
  BATON_CELL_TIME, /* microseconds since 1970 */
  BATON_CELL_DAY,  /* the same, shown as a day */
  BATON_CELL_SHARE,
} BatonCellKind;

typedef struct _BatonTable BatonTable;

/* zone: of times, NULL local. day: how long a day of durations is, microseconds; 0: 24 hours. */
BatonTable *baton_table_new (GTimeZone *zone, double day);
BatonTable *baton_table_ref (BatonTable *table);
void baton_table_unref (BatonTable *table);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonTable, baton_table_unref)

/* Columns first; key is the title for programs. Then cells, row by row. NAN: empty. */
void baton_table_add_column (BatonTable *table, const char *key, const char *title, BatonCellKind kind);
void baton_table_add_text (BatonTable *table, const char *text); /* NULL: empty */
void baton_table_add_number (BatonTable *table, double number);

guint baton_table_n_columns (const BatonTable *table);
guint baton_table_n_rows (const BatonTable *table);
const char *baton_table_title (const BatonTable *table, guint column);
BatonCellKind baton_table_kind (const BatonTable *table, guint column);
char *baton_table_cell (const BatonTable *table, guint row, guint column);
/* Less than, equal to or greater than zero. */
int baton_table_compare (const BatonTable *table, guint column, guint a, guint b);

/* RFC 4180, UTF-8. A text that a spreadsheet would take for a formula gets an apostrophe before it. */
char *baton_table_csv (const BatonTable *table);

G_END_DECLS
