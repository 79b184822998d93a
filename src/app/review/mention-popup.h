/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workspace.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Completes "@name" while somebody types into the text view below a widget: a list of people, chosen by the
 * arrow keys with Enter or Tab, or by a click. Escape closes it. */
void baton_mention_popup_attach (GtkWidget *editor, BatonWorkspace *workspace);

/* id → name of all people. Transfer full. */
GHashTable *baton_mention_names (BatonWorkspace *workspace);

G_END_DECLS
