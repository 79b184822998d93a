/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shared-files.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One file on its way: which way, its name, of which card, how far, and what can be done about it. */
#define BATON_TYPE_TRANSFER_ROW (baton_transfer_row_get_type ())
G_DECLARE_FINAL_TYPE (BatonTransferRow, baton_transfer_row, BATON, TRANSFER_ROW, GtkBox)

GtkWidget *baton_transfer_row_new (BatonFiles *files);
void baton_transfer_row_bind (BatonTransferRow *self, BatonFileTransfer *transfer); /* NULL lets go */

G_END_DECLS
