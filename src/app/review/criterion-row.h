/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "notice.h"
#include "review-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* One line of the criteria. */
#define BATON_TYPE_CRITERION_ROW (baton_criterion_row_get_type ())
G_DECLARE_FINAL_TYPE (BatonCriterionRow, baton_criterion_row, BATON, CRITERION_ROW, GtkBox)

GtkWidget *baton_criterion_row_new (
    BatonReviewModel *model, const char *check, guint number, BatonNotice *notice);
const char *baton_criterion_row_check (BatonCriterionRow *self);
/* Shows what the model says now. */
void baton_criterion_row_update (BatonCriterionRow *self);
/* The next state; fail: asks for the note at once. */
void baton_criterion_row_press (BatonCriterionRow *self, gboolean fail);

G_END_DECLS
