/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* To comment on words that are selected in a text: a button that stands below them, and an item for the menu
 * of the text. action: what both do, on the widget that the text lies in. */

/* A popover that leaves the keyboard to the words, and with it their selection. parent: what it points into,
 * which is to unparent it when it goes. key: what does the same there, or NULL. */
GtkWidget *baton_selection_offer_new (GtkWidget *parent, const char *action, const char *key);

/* Transfer full. */
GMenuModel *baton_selection_menu_new (const char *action);

G_END_DECLS
