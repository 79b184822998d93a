/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What the parts of the card page are built of. */

/* A heading (role heading, level 2) with words beside it that are said more quietly; note may be set later
 * with baton_section_set_note. */
GtkWidget *baton_section_heading (const char *text);
void baton_section_set_note (GtkWidget *heading, const char *note);
/* Adds a widget at the end of the heading's line. */
void baton_section_add_end (GtkWidget *heading, GtkWidget *widget);

/* A small flat button with a symbol and a name for it. */
GtkWidget *baton_icon_button (const char *icon, const char *name);

/* A flat button with text at its start, as wide as it must be. */
GtkWidget *baton_text_button (const char *text);

/* A label that wraps and begins at the start. style may be NULL. */
GtkWidget *baton_wrapped_label (const char *text, const char *style);

/* Keeps `box` filled with one widget per item of a model. */
GtkWidget *baton_section_list (
    const char *name, GListModel *model, GtkListBoxCreateWidgetFunc create, gpointer data);

G_END_DECLS
