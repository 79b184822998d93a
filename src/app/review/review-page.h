/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "review-view.h"
#include "window.h"

G_BEGIN_DECLS

/* The review view as a page of the window, with its place in the queue in the header. */
void baton_review_page_add (BatonWindow *window);

/* Shows the page with a review of the queue (NULL: the one that was shown last, else the first), or with an
 * asset. */
/* The same, with the ways to say that the window cannot be made. */
void baton_review_page_excuse (BatonWindow *window, const char *review);
void baton_review_page_show_review (BatonWindow *window, const char *review);
void baton_review_page_show_asset (BatonWindow *window, const char *asset);

G_END_DECLS
