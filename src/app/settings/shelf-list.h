/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* One shelf of a board (archive, bin or templates) as a searchable list with check marks, or what the shelf
 * is for when it is empty. It follows the board. Signals: selection-changed (); activated (BatonItem *card).
 */
#define BATON_TYPE_SHELF_LIST (baton_shelf_list_get_type ())
G_DECLARE_FINAL_TYPE (BatonShelfList, baton_shelf_list, BATON, SHELF_LIST, AdwBin)

GtkWidget *baton_shelf_list_new (BatonBoard *board, BatonShelf shelf);

BatonShelf baton_shelf_list_shelf (BatonShelfList *self);
void baton_shelf_list_search (BatonShelfList *self, const char *text);
guint baton_shelf_list_size (BatonShelfList *self);                      /* shown */
BatonItem *baton_shelf_list_peek (BatonShelfList *self, guint position); /* borrowed */
void baton_shelf_list_select_all (BatonShelfList *self, gboolean on);
void baton_shelf_list_select (BatonShelfList *self, BatonItem *card, gboolean on);
GPtrArray *baton_shelf_list_selected (BatonShelfList *self); /* BatonItem, transfer full */

G_END_DECLS
