/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "csv-file.h"
#include "reader.h"

G_BEGIN_DECLS

/* Private to exchange: which rows of a table have been imported before. */

/* What a board's field “source” says about a table of this name. Transfer full. */
char *csv_board_source (const char *name);

/* What a card's field “source” says about a row: the value of the column that counts or names the rows (Id,
 * Key …), or the title. cells: GString. Transfer full. */
char *csv_key (const BatonCsvFile *csv, GPtrArray *cells, guint n_cells);

/* The cards of a board, those in the bin too: what was put there shall not come back. */
typedef struct _CsvKnown CsvKnown;
CsvKnown *csv_known_new (BatonReader *reader, const char *board, GError **error);
void csv_known_free (CsvKnown *known);
/* The card for the row, or NULL; each stands for one row only. Transfer full. */
BatonRow *csv_known_take (CsvKnown *known, const char *key);
/* Whether a table brought it. */
gboolean csv_is_imported (const BatonRow *card);

G_END_DECLS
