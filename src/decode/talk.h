/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sys/uio.h>

G_BEGIN_DECLS

/* The helpers' end of the conversation with the program, on the socket that they were started with. */

/* One message of exactly this size; FALSE at the end of the conversation and for any other message. *fd: the
 * file that came along, which is the caller's, or -1. */
gboolean baton_talk_receive (gpointer request, gsize size, int *fd);

/* Sends the parts as one message; fd goes along unless it is -1, and stays the caller's. */
gboolean baton_talk_send (struct iovec *parts, guint n_parts, int fd);

G_END_DECLS
