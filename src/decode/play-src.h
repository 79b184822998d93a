/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* Reads a regular file by its descriptor, from wherever it is asked to: nothing is ever opened by name.
 * fd: borrowed; stays open as long as the element lives. */
GstElement *baton_play_src_new (int fd, guint64 size);

/* Goes up with every piece that is read; odd while one is being waited for. Any thread. */
guint baton_play_src_reads (void);

G_END_DECLS
