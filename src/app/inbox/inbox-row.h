/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "inbox.h"
#include "window.h"

G_BEGIN_DECLS

/* Private to the inbox: one line of it. */
#define BATON_TYPE_INBOX_ROW (baton_inbox_row_get_type ())
G_DECLARE_FINAL_TYPE (BatonInboxRow, baton_inbox_row, BATON, INBOX_ROW, GtkListBoxRow)

/* The entry is borrowed: the row goes before it does. */
GtkWidget *baton_inbox_row_new (BatonWorkspace *workspace, BatonInbox *inbox, const BatonInboxEntry *entry);
const char *baton_inbox_row_id (BatonInboxRow *self); /* of the entry, and stays when that has gone */
const BatonInboxEntry *baton_inbox_row_entry (BatonInboxRow *self);
/* Goes where it can be dealt with. */
void baton_inbox_row_act (BatonInboxRow *self, BatonWindow *window);

G_END_DECLS
