/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workspace.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The faces of those who look at a card now, with their names for who asks. Invisible when nobody else does.
 */
#define BATON_TYPE_PRESENCE_ROW (baton_presence_row_get_type ())
G_DECLARE_FINAL_TYPE (BatonPresenceRow, baton_presence_row, BATON, PRESENCE_ROW, GtkWidget)

GtkWidget *baton_presence_row_new (int size); /* diameter of a face in pixels */
/* card: id; NULL: none. */
void baton_presence_row_set_card (BatonPresenceRow *self, BatonWorkspace *workspace, const char *card);

/* “Lea Moser looks at this card now”; NULL when nobody does. Transfer full. */
char *baton_presence_words (BatonWorkspace *workspace, const char *card);

G_END_DECLS
