/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange.h"
#include "import-dialog.h"

G_BEGIN_DECLS

/* What a file is, by what is in it. */
typedef enum
{
  BATON_IMPORT_TRELLO,
  BATON_IMPORT_BATON,
  BATON_IMPORT_CSV,
  BATON_IMPORT_EVENTS, /* a table whose columns are those of an event log, packed or not */
} BatonImportKind;

BatonImportKind baton_import_detect (GBytes *bytes);

/* Life of the dialog: choose → working (read and plan, on a thread) → again, if the board is there already →
 * preview or the table's wizard → working (one batch on the writer's thread) → done. Nothing is written
 * before the last step. */
#define BATON_TYPE_IMPORT_DIALOG (baton_import_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BatonImportDialog, baton_import_dialog, BATON, IMPORT_DIALOG, AdwWindow)

struct _BatonImportDialog
{
  AdwWindow parent_instance;

  /* Template */
  AdwWindowTitle *title;
  GtkWidget *cancel_button;
  GtkWidget *import_button;
  GtkStack *stack;
  GtkWidget *choose_button;
  AdwStatusPage *working_page;
  GtkProgressBar *progress_bar;
  AdwStatusPage *again_page;
  GtkWidget *update_button;
  GtkWidget *second_button;
  AdwStatusPage *problem_page;
  GtkWidget *other_button;

  /* Borrowed */
  BatonWindow *window; /* the transient parent */

  /* Owned */
  BatonWorkspace *workspace;
  GFile *file;
  GBytes *bytes;
  BatonImportKind kind;
  BatonImportPlan *plan;
  GCancellable *work; /* of what is under way; NULL when nothing is */
  guint poll;         /* source that shows the progress */
  gint64 from, to;    /* the span of the plan's history */
};

/* import-work.c: off the main thread. Each ends in one of the calls below. */
void baton_import_read (BatonImportDialog *self, GFile *file);
void baton_import_plan (BatonImportDialog *self, BatonImportMode mode);
/* Plans and performs a table; takes csv. */
void baton_import_table (
    BatonImportDialog *self, BatonCsvFile *csv, const char *board, const char *board_name);
void baton_import_perform (BatonImportDialog *self);
void baton_import_stop (BatonImportDialog *self);

/* import-dialog.c */
void baton_import_show_working (BatonImportDialog *self, const char *what);
void baton_import_show_problem (BatonImportDialog *self, const GError *error);
void baton_import_show_planned (BatonImportDialog *self);
void baton_import_show_wizard (BatonImportDialog *self, BatonCsvFile *csv);
void baton_import_show_done (BatonImportDialog *self);

/* import-summary.c: what a plan carries and what it cannot carry. */
GtkWidget *baton_import_summary_new (const BatonImportPlan *plan, gint64 from, gint64 to, gboolean done);

/* import-table.c: the wizard for a table. */
#define BATON_TYPE_IMPORT_TABLE (baton_import_table_get_type ())
G_DECLARE_FINAL_TYPE (BatonImportTable, baton_import_table, BATON, IMPORT_TABLE, AdwBin)

/* Takes csv, which was read from bytes. board may be NULL. */
GtkWidget *baton_import_table_new (GBytes *bytes, BatonCsvFile *csv, BatonItem *board, const char *name);
BatonCsvFile *baton_import_table_peek (BatonImportTable *self);
/* The table as it is mapped now; it stays in the wizard. Transfer full; NULL with the error. */
BatonCsvFile *baton_import_table_copy (BatonImportTable *self, GError **error);
const char *baton_import_table_board (BatonImportTable *self); /* id, or NULL for a new board */
char *baton_import_table_name (BatonImportTable *self);        /* of the new board; NULL when empty */

G_END_DECLS
