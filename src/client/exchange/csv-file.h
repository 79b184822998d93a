/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A table of text on its way in: its form is guessed, every guess can be seen and changed, and its columns
 * are mapped to what a card has. Change the form by opening again with what is wanted; change the map in
 * place. */

typedef enum
{
  BATON_DATES_GUESS,
  BATON_DATES_ISO, /* 2026-03-01; understood in every order */
  BATON_DATES_DMY, /* 1.3.2026, 01/03/26 */
  BATON_DATES_MDY, /* 3/1/2026 */
} BatonDateOrder;

typedef struct
{
  const char *encoding; /* a name that iconv knows; NULL: guess */
  char delimiter;       /* '\0': guess among , ; tab | */
  char quote;           /* '\0': guess between " and ' */
  int header;           /* whether the first row names the columns; -1: guess */
  BatonDateOrder dates;
} BatonCsvFormat;

#define BATON_CSV_FORMAT_GUESS              \
  {                                         \
    NULL, '\0', '\0', -1, BATON_DATES_GUESS \
  }

typedef enum
{
  BATON_CSV_IGNORE,
  BATON_CSV_TITLE,
  BATON_CSV_BRIEF,
  BATON_CSV_NOTES,
  BATON_CSV_AUDIENCE,
  BATON_CSV_STAGE,
  BATON_CSV_OWNER,
  BATON_CSV_MEMBERS,
  BATON_CSV_CHANNEL,
  BATON_CSV_CAMPAIGN,
  BATON_CSV_ASSET_TYPE,
  BATON_CSV_LABELS,
  BATON_CSV_DUE,
  BATON_CSV_URGENCY,
  BATON_CSV_CREATED,
  BATON_CSV_ARCHIVED,
  BATON_CSV_CUSTOM, /* a field that the team names */
  BATON_CSV_N_ROLES,
} BatonCsvRole;

typedef struct
{
  char *name;        /* as the first row has it, else “Column 3” */
  BatonCsvRole role; /* may be changed; then call baton_csv_map_changed */
  char *field;       /* name of the custom field; NULL: the column's */
} BatonCsvColumn;

#define BATON_CSV_PREVIEW_ROWS 20

typedef struct
{
  const char *text; /* UTF-8, of owner */
  gsize length;
  gsize begin;      /* what is before the first row: blank lines, “sep=;” */
  guint first_line; /* in which that row is, from 1 */
  GBytes *owner;
  BatonCsvFormat format; /* as it is used; nothing in it is left to guess */
  char *encoding;        /* owned by this; format.encoding points to it */
  GPtrArray *columns;    /* BatonCsvColumn */
  GPtrArray *preview;    /* char **, the first rows after the header, each with a cell for every column */
  gboolean dates_sure;   /* the dates in the file leave no other order */
  gboolean dates_chosen; /* the order of dates was wanted, not guessed */
} BatonCsvFile;

/* Reads and guesses. Errors (BATON_ERROR_INVALID): not text, not in the encoding that was wanted, empty, a
 * quote that is not closed (with its line). */
BatonCsvFile *baton_csv_open (GBytes *bytes, const BatonCsvFormat *wanted, GError **error);
void baton_csv_free (BatonCsvFile *csv);
/* The same table with a map of its own. The text is shared, so this costs nothing for any size, and the copy
 * may be looked at on another thread. */
BatonCsvFile *baton_csv_copy (const BatonCsvFile *csv);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonCsvFile, baton_csv_free)

/* "title=Titel,stage=Status,custom:Budget=Kosten,ignore=Id": sets the roles of the columns that it names (by
 * name, or by number from 1) and leaves the others as proposed. BATON_ERROR_INVALID names what it does not
 * know. */
gboolean baton_csv_set_map (BatonCsvFile *csv, const char *map, GError **error);

/* Looks again at how dates are written, in the columns that now hold dates: reads the whole table. */
void baton_csv_map_changed (BatonCsvFile *csv);

/* Whether several columns can be this at once. */
gboolean baton_csv_role_repeats (BatonCsvRole role);

const char *baton_csv_role_name (
    BatonCsvRole role); /* "title": for the command line, the same in every language */
BatonCsvRole baton_csv_role_find (const char *name); /* BATON_CSV_N_ROLES when there is none */
gboolean baton_csv_dates_find (const char *name, BatonDateOrder *dates); /* "iso", "dmy", "mdy" */

/* Microseconds since 1970, UTC. FALSE leaves *at alone. */
gboolean baton_csv_parse_date (const char *text, BatonDateOrder dates, gint64 *at);

/* RFC 4180, one record at a time. cells: GString, kept and reused between records; *n_cells is how many
 * count. Returns FALSE at the end, and with the error set for a quote that is not closed. *line: where the
 * record begins, from 1. */
typedef struct
{
  const char *at;
  const char *end;
  const char *start;
  char delimiter;
  char quote;
  guint line;
} BatonCsvParser;

void baton_csv_parser_init (
    BatonCsvParser *parser, const char *text, gsize length, char delimiter, char quote);
/* At the first row of a file. */
void baton_csv_parser_start (BatonCsvParser *parser, const BatonCsvFile *csv);
gboolean baton_csv_parser_next (
    BatonCsvParser *parser, GPtrArray *cells, guint *n_cells, guint *line, GError **error);
GPtrArray *baton_csv_cells_new (void);

G_END_DECLS
