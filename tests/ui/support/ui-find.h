/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Looking for widgets as a person would: below a widget, itself too, a parent before its children. What is
 * found is borrowed; NULL when there is nothing. */
typedef gboolean (*UiMatches) (GtkWidget *widget, gconstpointer data);
GtkWidget *ui_find (gpointer root, UiMatches matches, gconstpointer data);

/* The index-th of a type, counted from 0. */
GtkWidget *ui_find_type (gpointer root, GType type, guint index);
/* By its tooltip, its label or its action. */
GtkWidget *ui_find_button (gpointer root, const char *text);
GtkWidget *ui_find_tip (gpointer root, const char *tip);

/* The texts of the labels below a widget that are not hidden, one a line. Transfer full. */
char *ui_texts (gpointer root);

G_END_DECLS
