/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workspace.h"

G_BEGIN_DECLS

/* Private to client: operations of another workspace, performed as they are: who, when and in which batch
 * stay, only device and number become ours (baton_store_replay). Otherwise like
 * baton_workspace_perform_batch. */
gboolean baton_workspace_replay (
    BatonWorkspace *self, GPtrArray *ops, BatonProgress progress, gpointer progress_data, GError **error);
void baton_workspace_replay_async (BatonWorkspace *self, GPtrArray *ops, BatonProgress progress,
    gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);

G_END_DECLS
