/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The pages of a document, small, in a row; only those that come into view are decoded.
 * Signal chosen (int page). */
#define BATON_TYPE_PAGE_STRIP (baton_page_strip_get_type ())
G_DECLARE_FINAL_TYPE (BatonPageStrip, baton_page_strip, BATON, PAGE_STRIP, GtkWidget)

GtkWidget *baton_page_strip_new (void);
void baton_page_strip_show (BatonPageStrip *self, const char *path, const char *key, int pages);
void baton_page_strip_set_page (BatonPageStrip *self, int page);

G_END_DECLS
