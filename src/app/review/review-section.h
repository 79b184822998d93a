/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "card-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The reviews of a card's assets, on the card page: where each stands, with a way to ask for one, and to
 * versions side by side with their comments. Not seen while the card has no file. */
#define BATON_TYPE_REVIEW_SECTION (baton_review_section_get_type ())
G_DECLARE_FINAL_TYPE (BatonReviewSection, baton_review_section, BATON, REVIEW_SECTION, GtkBox)

GtkWidget *baton_review_section_new (BatonCardModel *model);

G_END_DECLS
