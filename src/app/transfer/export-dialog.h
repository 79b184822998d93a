/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "window.h"

G_BEGIN_DECLS

/* Export of the shown board as CSV, of what happened on it, or of the whole workspace as JSON. */
void baton_export_dialog_present (BatonWindow *window);

typedef enum
{
  BATON_EXPORT_CSV,
  BATON_EXPORT_CSV_SAFE, /* cells that a spreadsheet would take for a formula are made harmless */
  BATON_EXPORT_JSON,
  BATON_EXPORT_EVENTS, /* what happened on the board */
  BATON_EXPORT_XES,
  BATON_EXPORT_ACTIONABLE_AGILE,
} BatonExportKind;

/* Writes on another thread, under a temporary name until it is complete. The result is a sentence that names
 * the file. *missing: what a complete export lacks, in a sentence, or NULL. */
void baton_export_async (BatonWorkspace *workspace, const char *board, BatonExportKind kind, GFile *file,
    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
char *baton_export_finish (BatonWorkspace *workspace, GAsyncResult *result, char **missing, GError **error);

G_END_DECLS
