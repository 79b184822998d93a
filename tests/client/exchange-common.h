/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange.h"

#include <jansson.h>

/* What the tests of import and export share: workspaces in temporary folders. */

char *fresh_folder (void);
BatonWorkspace *fresh_workspace (char **folder);
/* Closes, checks that the rebuilt tables equal the live ones, removes the folder. */
void close_workspace (BatonWorkspace *workspace, char *folder);
void assert_clean (BatonWorkspace *workspace);

/* One of the real boards, or NULL (and the test is skipped) where they are not there. */
GBytes *shared_file (const char *name);

BatonImportPlan *plan_trello (BatonWorkspace *workspace, GBytes *bytes, BatonImportMode mode);
/* Plans and imports; the board's id. */
char *import_trello (BatonWorkspace *workspace, GBytes *bytes, BatonImportMode mode);
GBytes *json_bytes (json_t *root);
gint64 summary_count (const BatonImportPlan *plan, const char *what);

GPtrArray *rows_of (BatonWorkspace *workspace, BatonEntity entity, BatonField field, const char *id);
BatonRow *find_row (BatonWorkspace *workspace, BatonEntity entity, const char *source_key);
guint count_verb (BatonWorkspace *workspace, const char *board, const char *verb);

/* That the board in the workspace is what the file says, looked at with nothing but jansson. */
void assert_board_equals_file (BatonWorkspace *workspace, const char *board, json_t *root);

/* Everything of a workspace but its devices, as text. */
char *dump_workspace (BatonWorkspace *workspace);

guint32 test_seed (void);
guint test_rounds (guint usual);
