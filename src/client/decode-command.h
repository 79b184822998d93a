/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How the helper that reads what others made is started. */

/* Its path: $BATON_DECODE, else where it is installed. Transfer full. */
char *baton_decode_helper (void);

/* The words of the command, NULL at the end; bwrap NULL: without a sandbox around it (it has limits of its
 * own). Inside there are programs, libraries and fonts, all read-only; no network, no home, no other process.
 */
GPtrArray *baton_decode_command (const char *helper, const char *bwrap);

/* Starts a helper of any kind with that command. *fd: this end of its conversation (talk.h), the caller's.
 * NULL with error when no process could be started; one that bubblewrap refuses ends without having said
 * hello. */
GSubprocess *baton_decode_spawn (const char *helper, const char *bwrap, int *fd, GError **error);

G_END_DECLS
