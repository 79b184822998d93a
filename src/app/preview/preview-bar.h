/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "preview-facts.h"

G_BEGIN_DECLS

/* The line below a preview: facts at the start, zoom, page and full screen at the end. Its buttons activate
 * preview.zoom-in, preview.zoom-out, preview.fit, preview.actual, preview.play, preview.fullscreen of the
 * widget around it. */
#define BATON_TYPE_PREVIEW_BAR (baton_preview_bar_get_type ())
G_DECLARE_FINAL_TYPE (BatonPreviewBar, baton_preview_bar, BATON, PREVIEW_BAR, GtkWidget)

GtkWidget *baton_preview_bar_new (void);
void baton_preview_bar_set_facts (BatonPreviewBar *self, const char *facts, const char *warning);
/* What the line of facts opens. */
BatonPreviewFacts *baton_preview_bar_facts (BatonPreviewBar *self);
/* zoom: 1 is 100 %; 0: nothing that could be zoomed. pages: 1 or 0 for none. */
void baton_preview_bar_set_zoom (BatonPreviewBar *self, double zoom);
void baton_preview_bar_set_page (BatonPreviewBar *self, int page, int pages);
/* animated: shows a button that plays or pauses. */
void baton_preview_bar_set_playing (BatonPreviewBar *self, gboolean animated, gboolean playing);

G_END_DECLS
