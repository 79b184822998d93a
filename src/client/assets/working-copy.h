/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "add-file.h"

G_BEGIN_DECLS

/* A version as a file that may be edited in any program. It lies in the user's data folder, named by the
 * convention, until it is discarded. Each save whose content is new is told; the person then says whether it
 * is the next version. Main thread.
 *
 * Signals:
 *   saved ()   the file was saved and is still, with content that no version of it has yet */
#define BATON_TYPE_WORKING_COPY (baton_working_copy_get_type ())
G_DECLARE_FINAL_TYPE (BatonWorkingCopy, baton_working_copy, BATON, WORKING_COPY, GObject)

#define BATON_WORKING_COPY_QUIET 1500 /* milliseconds */

/* Makes the file, or takes up one of this version that is there already with what was saved in it. Blocking
 * while it copies. Errors: those of baton_blobs_copy, G_IO_ERROR. */
BatonWorkingCopy *baton_working_copy_new (
    BatonWorkspace *workspace, const char *version, guint quiet, GError **error);

const char *baton_working_copy_path (BatonWorkingCopy *self);    /* to be opened in another program */
const char *baton_working_copy_version (BatonWorkingCopy *self); /* what it was made from, or became last */
gboolean baton_working_copy_has_changes (BatonWorkingCopy *self);

/* Adds what was saved as the next version; further saves go on from it. */
void baton_working_copy_take_async (
    BatonWorkingCopy *self, const char *note, GAsyncReadyCallback callback, gpointer data);
BatonAdded *baton_working_copy_take_finish (BatonWorkingCopy *self, GAsyncResult *result, GError **error);

/* Deletes the file. What was saved and not taken is lost with it. */
void baton_working_copy_discard (BatonWorkingCopy *self);

G_END_DECLS
