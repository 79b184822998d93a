/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Lays out the parts of the card page: head, facts, body and history below each other where it is narrow;
 * where there is room, head above two columns, body in the wide one and facts with history in the other.
 * Lines stay readable: the whole is never wider than it has to be, and centred. */
#define BATON_TYPE_CARD_COLUMNS (baton_card_columns_get_type ())
G_DECLARE_FINAL_TYPE (BatonCardColumns, baton_card_columns, BATON, CARD_COLUMNS, GtkWidget)

/* Takes the four widgets. */
GtkWidget *baton_card_columns_new (GtkWidget *head, GtkWidget *facts, GtkWidget *body, GtkWidget *history);

gboolean baton_card_columns_is_wide (BatonCardColumns *self);

G_END_DECLS
