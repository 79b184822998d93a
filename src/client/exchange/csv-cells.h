/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "csv-file.h"

G_BEGIN_DECLS

/* Private to exchange: what people and programs mean by what they write into cells. */

/* “N/A”, “None”, “-”: nothing, in columns of this role. */
gboolean csv_is_nothing (const char *text, BatonCsvRole role);

/* Names in one cell. Transfer full; some may be blank. */
char **csv_split_names (const char *text);
char **csv_split_owners (const char *text);

/* "low", "normal", "high" or "fast"; NULL for a word that nobody knows. */
const char *csv_urgency_of (const char *text);

gboolean csv_is_yes (const char *text);

G_END_DECLS
