/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "blob-sync.h"
#include "ctl.h"
#include "sharing.h"

G_BEGIN_DECLS

/* Waiting until a workspace and its server are in step. All of it happens in turns of the main loop, with the
 * files on a thread of their own, so that a limit of time and the signals that end a program are heeded
 * whatever is going on. */
typedef struct
{
  Ctl *ctl;
  BatonSharing *sharing;     /* once it is connected */
  GCancellable *cancellable; /* of the files */
  gint64 rate;               /* bytes a second that files may take in each direction, 0 as fast as it goes */
  gint64 deadline;           /* monotonic, 0 none */
  gboolean stopped;          /* somebody asked to end */
  guint turn;
} CtlWaiting;

/* limit: seconds, 0 none. It begins now. */
void ctl_waiting_init (CtlWaiting *waiting, Ctl *ctl, gint64 limit, gint64 rate);
void ctl_waiting_clear (CtlWaiting *waiting);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CtlWaiting, ctl_waiting_clear)

gboolean ctl_wait_connect (CtlWaiting *waiting, GError **error);

/* One turn of the main loop, of a fifth of a second at most. FALSE with the error when there is no time left.
 */
gboolean ctl_wait_turn (CtlWaiting *waiting, GError **error);

/* Ends what is waited for. */
void ctl_wait_stop (CtlWaiting *waiting);

gboolean ctl_is_in_step (const BatonSyncStatus *status);
/* Always FALSE. */
gboolean ctl_wait_fail (const BatonSyncStatus *status, BatonErrorCode code, GError **error);

/* The files, in both directions. */
gboolean ctl_wait_files (CtlWaiting *waiting, BatonBlobSync *counts, GError **error);

/* Once in both directions, files included: again when operations came while files travelled. */
gboolean ctl_wait_all (CtlWaiting *waiting, BatonBlobSync *counts, GError **error);

G_END_DECLS
