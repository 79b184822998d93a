/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "application.h"
#include "board.h"
#include "inbox.h"

G_BEGIN_DECLS

/* The one window of a workspace: sidebar, header, view, card pane.
 * Actions (win.): view(s), review(s: a review or ""), review-asset(s), open-board(s), open-card(s),
 * close-card, search, new-card, undo, redo, lanes(s), sidebar, board-settings, shelf, import, export-csv,
 * export-json, backup, restore … Every widget, key and test uses these. */
#define BATON_TYPE_WINDOW (baton_window_get_type ())
G_DECLARE_FINAL_TYPE (BatonWindow, baton_window, BATON, WINDOW, AdwApplicationWindow)

BatonWindow *baton_window_new (BatonApplication *application);

/* Opens a folder; shows a loading state, then its last board, or the problem in words with what can be done.
 */
void baton_window_open_folder (BatonWindow *self, const char *folder, BatonStoreFlags flags);
/* The same; then is called once the workspace is there and shown, and not when it could not be opened. */
typedef void (*BatonWindowThen) (BatonWindow *window, gpointer data);
void baton_window_open_folder_then (BatonWindow *self, const char *folder, BatonStoreFlags flags,
    BatonWindowThen then, gpointer data, GDestroyNotify free_data);
/* Shows what a person can start with. */
void baton_window_show_start (BatonWindow *self);

BatonWorkspace *baton_window_workspace (BatonWindow *self); /* borrowed; NULL while nothing is open */
BatonBoard *baton_window_board (BatonWindow *self);         /* borrowed; NULL while no board is shown */

/* The views of a board: "board", "review" and "metrics", each with a button in the header once it was added.
 * build makes the page when it is shown for the first time; the page follows the window's properties "board"
 * (a BatonBoard or NULL) and "view" (a name). Tools stand in the header while their view is shown. Asking for
 * a view that was not added changes nothing. The action is win.view(s). */
typedef GtkWidget *(*BatonViewBuild) (BatonWindow *window);
void baton_window_add_view (BatonWindow *self, const char *name, BatonViewBuild build);
void baton_window_add_view_tool (BatonWindow *self, const char *name, GtkWidget *tool);
void baton_window_show_view (BatonWindow *self, const char *name);
/* What the sidebar offers under “On this page” while a view is shown: titles, NULL-terminated. jump is called
 * with the index of the one that was chosen. */
typedef void (*BatonViewJump) (GtkWidget *page, guint section);
void baton_window_set_view_sections (
    BatonWindow *self, const char *name, const char *const *titles, BatonViewJump jump);
const char *baton_window_view (BatonWindow *self); /* borrowed */
GtkWidget *baton_window_view_page (
    BatonWindow *self, const char *name); /* borrowed; NULL before it was shown */

/* For the review view: what the sidebar shows of it. */
void baton_window_set_review (BatonWindow *self, gboolean shown, const char *review);

void baton_window_open_board (BatonWindow *self, const char *board);
void baton_window_open_card (BatonWindow *self, const char *card);
/* … and the focus goes into it; Escape there leads back to where it was. */
void baton_window_enter_card (BatonWindow *self, const char *card);

/* Opens a card wherever it is, on its board, and there begins to edit a text of it (a field of cards, or
 * BATON_COMMENT_TEXT for a new comment); BATON_FIELD_NONE: only opens it. What is kept as the text's draft is
 * what is edited. */
void baton_window_edit_card (BatonWindow *self, const char *card, BatonField field);

/* What waits for this person; NULL while nothing is open. Borrowed. Property "inbox" tells of another one. */
BatonInbox *baton_window_inbox (BatonWindow *self);

/* A short message at the bottom; undo adds a button that undoes the latest change. */
void baton_window_toast (BatonWindow *self, const char *message, gboolean undo);
void baton_window_toast_error (BatonWindow *self, const GError *error);
/* How an operation went: a refusal, or done with "Undo"; nothing when both are NULL. */
void baton_window_tell (BatonWindow *self, const GError *refusal, const char *done);
void baton_window_add_toast (BatonWindow *self, AdwToast *toast); /* takes it */

/* Performs an operation (taken) and tells a refusal as a toast. done (may be NULL) is a toast after success
 * with an Undo button. */
void baton_window_perform (BatonWindow *self, BatonOp *op, const char *done);

/* Connects the workspace to its server, if it has one and this device is signed in. */
void baton_window_connect (BatonWindow *self);
/* It was signed out: nothing is sent any more, and the header says so. */
void baton_window_signed_out (BatonWindow *self);

G_END_DECLS
