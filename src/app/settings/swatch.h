/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A dot of one colour ("#rrggbb"; NULL: an empty ring). */
#define BATON_TYPE_SWATCH (baton_swatch_get_type ())
G_DECLARE_FINAL_TYPE (BatonSwatch, baton_swatch, BATON, SWATCH, GtkWidget)

GtkWidget *baton_swatch_new (const char *color);
void baton_swatch_set_color (BatonSwatch *self, const char *color);

/* A button that shows a colour and opens the palette. chosen is told the colour, NULL for none; the button
 * itself does not change before somebody calls baton_color_button_set. name: what the colour is of, for
 * assistive technology. */
typedef void (*BatonColorFunc) (GtkWidget *button, const char *color, gpointer data);
GtkWidget *baton_color_button_new (BatonColorFunc chosen, gpointer data);
void baton_color_button_set (GtkWidget *button, const char *color, const char *name);

/* The colour that the next thing in a list may get: one of the palette, in turn. */
const char *baton_color_next (guint n);

G_END_DECLS
