/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workspace.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Somebody wants to do something with a file that is not on this computer: it is fetched before all others,
 * with a dialog that shows how far it is and may be put away. func is called once the file is here, unless
 * the dialog was put away or `from` is gone. name: of the file, for people. */
typedef void (*BatonFetchedFunc) (GtkWidget *from, gpointer data);

void baton_fetch_file (GtkWidget *from, BatonWorkspace *workspace, const char *hash, const char *name,
    BatonFetchedFunc func, gpointer data, GDestroyNotify destroy);

G_END_DECLS
