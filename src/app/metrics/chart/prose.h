/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Sentences that wrap at whatever width there is. A label finds out how narrow and how wide its text could
 * be, which shapes it four times; of the many sentences of a page only the height at one width matters, so
 * this shapes it once. Where words are still too long for the width they are broken. Screen readers find a
 * label of the same text. */
#define BATON_TYPE_PROSE (baton_prose_get_type ())
G_DECLARE_FINAL_TYPE (BatonProse, baton_prose, BATON, PROSE, GtkWidget)

GtkWidget *baton_prose_new (void);
const char *baton_prose_text (BatonProse *self); /* borrowed, never NULL */
void baton_prose_set_text (BatonProse *self, const char *text);

G_END_DECLS
