/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "plan.h"

G_BEGIN_DECLS

/* Private to exchange: what the cells of a table call by name – stages, people, channels … – and what that is
 * here. */

/* What is named by a cell: stages, channels, people … → their ids. */
typedef struct
{
  BatonEntity entity;
  BatonVerb verb;
  BatonField name;
  BatonField board; /* BATON_FIELD_NONE for people */
  GHashTable *ids;  /* folded name → id */
  GHashTable
      *were; /* folded name that an import gave → id, of what may have another name now or be removed */
  guint made;
} CsvNamesOfKind;

typedef enum
{
  NAMES_STAGE,
  NAMES_PERSON,
  NAMES_CHANNEL,
  NAMES_CAMPAIGN,
  NAMES_ASSET_TYPE,
  NAMES_LABEL,
  NAMES_FIELD,
  N_NAMES,
} NamesKind;

typedef struct
{
  CsvNamesOfKind kinds[N_NAMES];
  BatonImportPlan *plan; /* borrowed: what is missing is made there */
  const char *board;
  const char *person;
  gint64 now;
  char *first_stage; /* for cards that name none */
} CsvNames;

void csv_names_init (CsvNames *names, BatonImportPlan *plan);
void csv_names_clear (CsvNames *names);

/* Learns what the workspace has already; of the board only if it is not new. */
gboolean csv_names_load (CsvNames *names, BatonReader *reader, gboolean new_board, GError **error);

/* For an update: learns what earlier imports called what they made on the board, so that what was renamed
 * here is found by the name that the file still has. */
gboolean csv_names_load_were (CsvNames *names, BatonReader *reader, GError **error);

/* The id of what is called so, or NULL. */
const char *csv_names_known (CsvNames *names, NamesKind kind, const char *name);

/* Whether the name stands for this id, by its name now or by the one that an import gave it. */
gboolean csv_names_mean (CsvNames *names, NamesKind kind, const char *name, const char *id);

/* The id of what is called so, made if there is none. name: not blank; stage_kind: for a new stage. */
const char *csv_names_find (CsvNames *names, NamesKind kind, const char *name, const char *stage_kind);

/* Names are the same without regard to case, to spaces around them, and to how accents are put together. */
char *csv_fold (const char *name);

G_END_DECLS
