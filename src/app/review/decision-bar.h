/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "notice.h"
#include "review-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The end of a review: approve, approve with changes, ask for changes, or say that the window cannot be made.
 * A criterion that failed, and looking at another version, take approving away and say so; asking for changes
 * wants a note, or a comment that is open.
 *
 * Signal decided (const char *decision)   it was said and applied; "excused" for the window */
#define BATON_TYPE_DECISION_BAR (baton_decision_bar_get_type ())
G_DECLARE_FINAL_TYPE (BatonDecisionBar, baton_decision_bar, BATON, DECISION_BAR, GtkBox)

GtkWidget *baton_decision_bar_new (BatonReviewModel *model, BatonNotice *notice);

/* As if the button were pressed; decision: a name of the schema's list. Says why not when it cannot be. */
void baton_decision_bar_press (BatonDecisionBar *self, const char *decision);
/* Which version is looked at. */
void baton_decision_bar_look_at (BatonDecisionBar *self, const BatonRow *version);
/* Opens what says that the window cannot be made. */
void baton_decision_bar_excuse (BatonDecisionBar *self);

G_END_DECLS
