/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "notice.h"
#include "review-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The lines that a review looks at, each with what I say to it: a click or its number key goes from open to
 * complete, not applicable, failed and back; failed asks for a note. What others found failed is said below.
 */
#define BATON_TYPE_CRITERIA_LIST (baton_criteria_list_get_type ())
G_DECLARE_FINAL_TYPE (BatonCriteriaList, baton_criteria_list, BATON, CRITERIA_LIST, GtkBox)

GtkWidget *baton_criteria_list_new (BatonReviewModel *model, BatonNotice *notice);

/* The line with a number (from 1) goes to its next state; fail: at once to failed. FALSE when there is none.
 */
gboolean baton_criteria_list_press (BatonCriteriaList *self, guint number, gboolean fail);

G_END_DECLS
