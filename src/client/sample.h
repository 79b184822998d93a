/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workspace.h"

G_BEGIN_DECLS

/* The sample campaign: the board “Spring Launch” with eight people, six channels and four months of history
 * up to now, and a small board “Newsletter”. The same `now` (and language and time zone) gives the same
 * operations, all of one batch; none is in the future. */
GPtrArray *baton_sample_operations (gint64 now); /* BatonOp, for baton_workspace_perform_batch */

/* The same with files, reviews and decisions; the files are put into blobs. Any thread. */
GPtrArray *baton_sample_operations_with_files (gint64 now, BatonBlobs *blobs);

/* Makes and performs them, with files; blocking. */
gboolean baton_sample_make (
    BatonWorkspace *workspace, gint64 now, BatonProgress progress, gpointer data, GError **error);

G_END_DECLS
