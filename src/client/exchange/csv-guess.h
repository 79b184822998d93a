/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "csv-file.h"

G_BEGIN_DECLS

/* Private to exchange: how the form of a table is guessed. */

/* The text as UTF-8, by the encoding that is wanted or the one that fits. */
char *baton_csv_decode (GBytes *bytes, const char *wanted, char **encoding, gsize *length, GError **error);

/* UTF-16 or UTF-32, told by a byte order mark or by the look of it; else NULL. *skip: the bytes of the mark,
 * that of UTF-8, too. */
const char *baton_csv_wide_encoding (const char *text, gsize length, gsize *skip);

void baton_csv_guess_format (BatonCsvFile *csv); /* quote, delimiter, header */
void baton_csv_propose_map (BatonCsvFile *csv);

/* The role that a column of this name has, or BATON_CSV_N_ROLES. */
BatonCsvRole baton_csv_role_of_header (const char *name);

G_END_DECLS
