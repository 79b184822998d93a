/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "csv-file.h"
#include "workspace.h"

G_BEGIN_DECLS

/* Import and export. An import is planned first (a pure reading of bytes and of the workspace, on any thread
 * with a reader of its own) and then performed as one batch: all of it or nothing. A plan is for the
 * workspace as it was when it was made; perform it soon. */

typedef enum
{
  BATON_IMPORT_ASK,    /* if the board was imported before: the plan says so and cannot be performed */
  BATON_IMPORT_UPDATE, /* bring what is new in the file to the board that was imported before */
  BATON_IMPORT_AGAIN,  /* make a second board */
} BatonImportMode;

typedef struct
{
  BatonImportMode mode;
  const char *person;     /* id of who imports, or NULL; files that name their authors keep them */
  gint64 now;             /* microseconds; 0: the present time */
  BatonProgress progress; /* called on the planning thread; FALSE cancels */
  gpointer progress_data;
} BatonImportOptions;

/* One line of the summary. */
typedef struct
{
  char *what; /* "cards", in the language of the interface */
  gint64 count;
  char *reason; /* NULL: carried; else why it was not, or how it was changed */
} BatonImportLine;

typedef struct
{
  GPtrArray *ops;     /* BatonOp with a common batch; empty when there is nothing to do, or existing asks */
  char *batch;        /* the id that they share */
  char *board;        /* id of the board they make or change; NULL for a whole workspace */
  char *name;         /* its name */
  char *existing;     /* id of the board that was imported from the same source before, or NULL */
  GPtrArray *summary; /* BatonImportLine */
  BatonImportMode mode;
  gboolean verbatim; /* operations of another workspace, kept as they are */

  /* What comes after the operations, made while they are performed; NULL: nothing. */
  BatonOpSource source;
  gpointer source_data;
  GDestroyNotify free_source;
  guint n_source;     /* how many operations that will be */
  gint64 first, last; /* when they happened; 0: the operations say so */
} BatonImportPlan;

void baton_import_plan_free (BatonImportPlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonImportPlan, baton_import_plan_free)

/* The summary as lines of text for people. Transfer full. */
char *baton_import_plan_describe (const BatonImportPlan *plan);

/* Reads a file whole. Errors: BATON_ERROR_NOT_FOUND, IO. */
GBytes *baton_exchange_read_file (const char *path, GError **error);

/* A board as Trello exports it. Errors: BATON_ERROR_INVALID with a sentence, CANCELLED. */
BatonImportPlan *baton_exchange_plan_trello (GBytes *bytes, BatonReader *reader,
    const BatonImportOptions *options, GCancellable *cancellable, GError **error);

/* A table, read and mapped by csv-file.h, as a new board or into a board that is there. */
typedef struct
{
  const char *board;      /* id of the board to add to; NULL: a new one */
  const char *board_name; /* name of the new one */
} BatonCsvTarget;

BatonImportPlan *baton_exchange_plan_csv (BatonCsvFile *csv, const BatonCsvTarget *target,
    BatonReader *reader, const BatonImportOptions *options, GCancellable *cancellable, GError **error);

/* A complete export (baton_exchange_write_json), into a workspace without boards: else BATON_ERROR_EXISTS. */
BatonImportPlan *baton_exchange_plan_json (GBytes *bytes, BatonReader *reader,
    const BatonImportOptions *options, GCancellable *cancellable, GError **error);

/* Makes all operations that would be made while the plan is performed, for a program that performs them in
 * another way. */
gboolean baton_import_plan_gather (BatonImportPlan *plan, GError **error);

/* Performs a plan; its operations are used up. BATON_ERROR_EXISTS when the plan must ask first. Main thread;
 * the first one waits and suits the command line. progress is called on another thread; FALSE from it
 * cancels. */
gboolean baton_exchange_import (BatonWorkspace *workspace, BatonImportPlan *plan, BatonProgress progress,
    gpointer progress_data, GError **error);
void baton_exchange_import_async (BatonWorkspace *workspace, BatonImportPlan *plan, BatonProgress progress,
    gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
gboolean baton_exchange_import_finish (BatonWorkspace *workspace, GAsyncResult *result, GError **error);

typedef enum
{
  BATON_CSV_EXPORT_PLAIN = 0,
  /* Cells that a spreadsheet would take for a formula (they start with = + - @ tab or carriage return) get an
   * apostrophe in front. Off by default, because such a file does not read back as it was. */
  BATON_CSV_EXPORT_SAFE = 1 << 0,
} BatonCsvExportFlags;

/* All cards of a board (those in the archive too, those in the bin not) with their fields: RFC 4180, UTF-8.
 */
gboolean baton_exchange_write_csv (BatonReader *reader, const char *board, BatonCsvExportFlags flags,
    GOutputStream *stream, GCancellable *cancellable, GError **error);

/* Everything: {"format":"baton","version":1,"workspace":{…},"operations":[…],"state":{ENTITY:[row…]…}}. */
gboolean baton_exchange_write_json (
    BatonReader *reader, GOutputStream *stream, GCancellable *cancellable, GError **error);

/* The files of all versions, beside a complete export: in the folder PATH.files, named by their content.
 * Those that are not here are left out. workspace: its folder. */
gboolean baton_exchange_export_files (
    BatonReader *reader, const char *workspace, const char *path, GCancellable *cancellable, GError **error);
/* What is left out, in words: “hero.png” (version 3, “Hero image”), in the order of the versions. Of char *;
 * empty when all files are here. Transfer full. */
GPtrArray *baton_exchange_missing_files (BatonReader *reader, const char *workspace, GError **error);
/* A sentence about them for people, or NULL when there are none. */
char *baton_exchange_missing_words (const GPtrArray *missing);
/* Takes them into a workspace, and notes in the plan (which may be NULL) what came and what was damaged;
 * nothing happens when there is no such folder. */
gboolean baton_exchange_import_files (const char *workspace, const char *path, BatonImportPlan *plan,
    GCancellable *cancellable, GError **error);

G_END_DECLS
