/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "review-queue.h"
#include "workspace.h"

G_BEGIN_DECLS

/* A review that waits for me, as an item of a list. */
#define BATON_TYPE_QUEUE_ITEM (baton_queue_item_get_type ())
G_DECLARE_FINAL_TYPE (BatonQueueItem, baton_queue_item, BATON, QUEUE_ITEM, GObject)

const BatonWaiting *baton_queue_item_waiting (BatonQueueItem *self);

/* What waits for me in the whole workspace, the most urgent first, as a GListModel of BatonQueueItem. Follows
 * what happens; a review that stays keeps its item unless something of it changed. One for each workspace. */
#define BATON_TYPE_QUEUE_MODEL (baton_queue_model_get_type ())
G_DECLARE_FINAL_TYPE (BatonQueueModel, baton_queue_model, BATON, QUEUE_MODEL, GObject)

/* The one of a workspace; transfer full. Signal loaded (): it was read (again). */
BatonQueueModel *baton_queue_model_get (BatonWorkspace *workspace);
gboolean baton_queue_model_is_loaded (BatonQueueModel *self);
guint baton_queue_model_size (BatonQueueModel *self);
BatonQueueItem *baton_queue_model_peek (
    BatonQueueModel *self, guint position); /* borrowed; NULL past the end */
/* Where a review stands; FALSE when it does not wait. */
gboolean baton_queue_model_find (BatonQueueModel *self, const char *review, guint *position);

G_END_DECLS
