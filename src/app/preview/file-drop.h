/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Files that come from other programs: dropped or pasted. paths: of char *, only of files that this computer
 * can read as files; others are left out. */
typedef void (*BatonFilesFunc) (GtkWidget *widget, GPtrArray *paths, gpointer data);

/* Lets files be dropped on a widget, which has the class "file-drop" while they hover over it. */
void baton_file_drop_add (GtkWidget *widget, BatonFilesFunc func, gpointer data);

/* What is in the clipboard: files, or a picture (bytes: of a PNG, name: "pasted.png"). Neither: both NULL. */
typedef void (*BatonPasteFunc) (GtkWidget *widget, GPtrArray *paths, GBytes *bytes, gpointer data);

/* FALSE when there is nothing of that kind to paste; else func is called later, while the widget lives. */
gboolean baton_file_paste (GtkWidget *widget, BatonPasteFunc func, gpointer data);

G_END_DECLS
