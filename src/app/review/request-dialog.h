/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "review-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Asks for the review of a version: who, how many of them, until when, with a word of one's own. The window
 * counts in the board's working hours; the criteria are those of the card's asset type. */
#define BATON_TYPE_REQUEST_DIALOG (baton_request_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BatonRequestDialog, baton_request_dialog, BATON, REQUEST_DIALOG, AdwWindow)

/* near: a widget of the window that asks. Presents the dialog and gives it, for tests. */
BatonRequestDialog *baton_request_dialog_present (
    GtkWidget *near, BatonWorkspace *workspace, const char *version);

/* For tests: as if a person were ticked, and the button pressed. */
void baton_request_dialog_choose (BatonRequestDialog *self, const char *person, gboolean on);
void baton_request_dialog_send (BatonRequestDialog *self);

G_END_DECLS
