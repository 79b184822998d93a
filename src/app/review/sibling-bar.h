/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "notice.h"
#include "review-model.h"

G_BEGIN_DECLS

/* Under two versions that were made apart from the same one: which of them counts, to be said there. Not seen
 * when the two are no such versions, when somebody has chosen since, or when this person may not choose. */
#define BATON_TYPE_SIBLING_BAR (baton_sibling_bar_get_type ())
G_DECLARE_FINAL_TYPE (BatonSiblingBar, baton_sibling_bar, BATON, SIBLING_BAR, GtkBox)

GtkWidget *baton_sibling_bar_new (void);

/* left and right as they stand above; any may be NULL. notice, borrowed, says why it was not done. */
void baton_sibling_bar_show (BatonSiblingBar *self, BatonReviewModel *model, const BatonRow *left,
    const BatonRow *right, BatonNotice *notice);

G_END_DECLS
