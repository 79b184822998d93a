/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "queue-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The review queue in the sidebar: a row that opens it, with a count, and what waits for me, the most urgent
 * first. Activating rows uses win.review(s), with the review's id or "". */
#define BATON_TYPE_QUEUE_LIST (baton_queue_list_get_type ())
G_DECLARE_FINAL_TYPE (BatonQueueList, baton_queue_list, BATON, QUEUE_LIST, GtkBox)

GtkWidget *baton_queue_list_new (void);
void baton_queue_list_set_workspace (BatonQueueList *self, BatonWorkspace *workspace); /* NULL: none */
/* The review that is shown; NULL: none, and the list is folded away when the review view is not shown. */
void baton_queue_list_select (BatonQueueList *self, gboolean shown, const char *review);

G_END_DECLS
