/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A button that says which of some things are chosen, and lets one choose. Signal changed (). */
#define BATON_TYPE_FILTER_MENU (baton_filter_menu_get_type ())
G_DECLARE_FINAL_TYPE (BatonFilterMenu, baton_filter_menu, BATON, FILTER_MENU, GtkWidget)

/* all: "All channels"; some: "%u channels"; both translated. */
GtkWidget *baton_filter_menu_new (const char *name, const char *all, const char *some);

/* What there is to choose from: ids and names. What is chosen and no longer there is not chosen any more. */
void baton_filter_menu_set_values (BatonFilterMenu *self, GPtrArray *ids, GPtrArray *names);

/* The chosen ids as a set; NULL: all. Transfer full. */
GHashTable *baton_filter_menu_chosen (BatonFilterMenu *self);
void baton_filter_menu_choose (BatonFilterMenu *self, const char *id, gboolean chosen);

G_END_DECLS
