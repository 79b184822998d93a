/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Lets a widget run the way its text is written, whichever way the language of the program is: an English
 * text begins left in a Hebrew window. A text without letters goes with the window. */
void baton_follow_text (GtkWidget *widget, const char *text);

G_END_DECLS
