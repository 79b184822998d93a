/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "compare-layer.h"
#include "compare-media.h"
#include "content.h"
#include "text-compare.h"

G_BEGIN_DECLS

/* One version, or two of them compared: the newer left, its predecessor right. Pictures and pages side by
 * side, upon each other, wiped, as a difference or by turns, with zoom, pan and page locked together until
 * the lock is opened; texts side by side or in one another. Versions of other sizes are scaled to fit, and
 * the bar says so.
 *
 * Signal mode-changed (): the mode, the lock, which version is shown by turns, or what kind of thing it is.
 */
#define BATON_TYPE_COMPARE_VIEW (baton_compare_view_get_type ())
G_DECLARE_FINAL_TYPE (BatonCompareView, baton_compare_view, BATON, COMPARE_VIEW, GtkBox)

GtkWidget *baton_compare_view_new (void);

/* older and its label may be NULL: one version alone. Labels say version, author and time. Looks at the whole
 * picture again when `newer` is another one. */
void baton_compare_view_set (BatonCompareView *self, BatonContent *newer, const char *newer_label,
    BatonContent *older, const char *older_label);

/* A mode that does not fit what is compared is kept for later and not shown. */
void baton_compare_view_set_mode (BatonCompareView *self, BatonCompareMode mode);
BatonCompareMode baton_compare_view_mode (BatonCompareView *self); /* that is shown */
gboolean baton_compare_view_is_comparing (BatonCompareView *self); /* there are two that can be compared */

void baton_compare_view_set_locked (BatonCompareView *self, gboolean locked);
gboolean baton_compare_view_is_locked (BatonCompareView *self);

/* Toggle: whether the older one is seen now. */
gboolean baton_compare_view_shows_older (BatonCompareView *self);
/* Toggle: shows the other one. */
void baton_compare_view_toggle (BatonCompareView *self);
/* The next page or the one before, where there are pages; the next change or the one before in a text. */
void baton_compare_view_step (BatonCompareView *self, gboolean forward);
/* Zoom and pan by keys, for those who catch keys elsewhere. */
gboolean baton_compare_view_key (BatonCompareView *self, guint key, GdkModifierType state);

/* What kind of thing the newer one is. */
BatonContentKind baton_compare_view_kind (BatonCompareView *self);
/* What the newer (or older) version is shown in; for marks upon it. Borrowed. */
BatonImageView *baton_compare_view_picture (BatonCompareView *self, gboolean older);
BatonCompareLayer *baton_compare_view_layer (BatonCompareView *self);
/* Video and sound. */
BatonCompareMedia *baton_compare_view_media (BatonCompareView *self);
BatonTextCompare *baton_compare_view_text (BatonCompareView *self);
/* What has stopped is a picture now, not in a moment. */
void baton_compare_view_hold (BatonCompareView *self);
/* Lies over the picture, above what is compared. Once for each. */
void baton_compare_view_add_marks (BatonCompareView *self, gboolean older, GtkWidget *marks);

/* What the bar says about sizes and differences, for tests and assistive technology. Borrowed. */
const char *baton_compare_view_words (BatonCompareView *self);

G_END_DECLS
