/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sys/uio.h>

G_BEGIN_DECLS

/* Messages with a file beside them over the socket between the program and a helper; both ends use it. Any
 * thread, one at a time for each end of a socket. */

/* One message, of at most size bytes. flags: MSG_DONTWAIT or 0. Its length; 0 at the end of the conversation;
 * -1 with errno, EAGAIN when nothing waits. *fd: the file that came along, which is the caller's, or -1. */
gssize baton_talk_receive (int socket, gpointer message, gsize size, int *fd, int flags);

/* Sends the parts as one message. fd goes along unless it is -1, and stays the caller's. flags as above.
 * FALSE when the other end is gone or, with MSG_DONTWAIT, does not listen. */
gboolean baton_talk_send (int socket, struct iovec *parts, guint n_parts, int fd, int flags);

G_END_DECLS
