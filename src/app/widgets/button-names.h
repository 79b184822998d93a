/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Buttons that show an icon alone say what they do in their tooltip. GTK does not read that aloud as their
 * name, so it is made their name here: for every button in and below `root`. A label with a mnemonic would be
 * read with its underscore; here it is not. Call again when a tooltip or such a label is another. */
void baton_name_buttons (GtkWidget *root);

/* The button in a drop-down is read as "name: what is chosen". The name is its tooltip, too. To be asked
 * once. */
void baton_name_drop_down (GtkDropDown *drop_down, const char *name);

G_END_DECLS
