/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "add-file.h"

G_BEGIN_DECLS

/* A file on its way into the workspace. It goes on while the card that it is for is closed.
 * Signals: changed ()   further on
 *          finished (BatonAdded *added, GError *error)  one of them is NULL */
#define BATON_TYPE_UPLOAD (baton_upload_get_type ())
G_DECLARE_FINAL_TYPE (BatonUpload, baton_upload, BATON, UPLOAD, GObject)

const char *baton_upload_name (BatonUpload *self);
const char *baton_upload_card (BatonUpload *self);    /* NULL: makes a card of its own */
double baton_upload_fraction (BatonUpload *self);     /* 0–1; below 0: not known */
const char *baton_upload_problem (BatonUpload *self); /* a sentence once it has failed, else NULL */
void baton_upload_cancel (BatonUpload *self);         /* or puts away what has failed */

/* All that are on their way, and those that failed and nobody has put away; they are done one after the
 * other, so that the order of versions is the order of asking. */
GListModel *baton_uploads (void);

/* Takes `add`. */
BatonUpload *baton_upload_start (BatonWorkspace *workspace, BatonAddFile *add); /* borrowed */

G_END_DECLS
