/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "csv-cells.h"
#include "csv-known.h"
#include "csv-names.h"
#include "imported.h"

G_BEGIN_DECLS

/* Private to the import of tables: what is planned, row by row. */

/* Lines of the file that something has to be said about. */
typedef struct
{
  gint64 count;
  GString *lines;
} Lines;

typedef enum
{
  LINES_UNTITLED,
  LINES_DATE,
  LINES_URGENCY,
  LINES_WIDE,
  LINES_CLIPPED,
  LINES_BOTH, /* values changed in the file and here */
  N_LINES,
} LinesKind;

typedef struct
{
  BatonCsvFile *csv;
  const BatonCsvTarget *target;
  const char *into; /* the board that gets the cards; NULL: a new one */
  BatonReader *reader;
  const BatonImportOptions *options;
  GCancellable *cancellable;
  BatonImportPlan *plan;
  gint64 now;
  char board[37];
  CsvNames names;
  CsvKnown *known; /* in an update: what is there already */
  Lines lines[N_LINES];
  guint cards;
  guint kept;    /* cards that are here already, and nothing of them changed in the file */
  guint updated; /* cards that the file changed */
  guint binned;
  guint own; /* values changed here, not in the file */
  Imported *imported;
  GArray *moves; /* CsvMove, of cards that are here; NULL: none */

  GPtrArray *cells;
  guint n_cells;
  guint line;
} Csv;

/* A card that goes from a stage of this rank. */
typedef struct
{
  BatonOp *op; /* in the plan */
  gint64 rank;
} CsvMove;

/* csv-plan.c: about the row that is being read. */
void csv_note_line (Csv *self, LinesKind kind);
const char *csv_cell (Csv *self, guint index);
gboolean csv_has_role (Csv *self, BatonCsvRole role);
/* The cell of a role, or NULL when there is none or nothing is in it. */
const char *csv_role_cell (Csv *self, BatonCsvRole role);
/* FALSE: nothing is there, or it cannot be read, which is noted. */
gboolean csv_date_cell (Csv *self, BatonCsvRole role, gint64 *at);
/* The name of who owns the card, or NULL; the others are added to the members, as ids. Transfer full. */
char *csv_find_owner (Csv *self, GPtrArray *members);
/* Adds the ids that the cells of a role name. */
void csv_find_names (Csv *self, NamesKind kind, BatonCsvRole role, GPtrArray *ids);
const char *csv_find_stage (Csv *self, const char *name);
const char *csv_field_name (const BatonCsvColumn *column);

/* csv-update.c: brings a card that a table brought before up to date with the row. */
void csv_update_card (Csv *self, const BatonRow *card);
/* When all rows are read: cards leave the last stages first and come before new ones, so that a stage with a
 * limit is never fuller on the way than it is in the end. */
void csv_update_order (Csv *self);

G_END_DECLS
