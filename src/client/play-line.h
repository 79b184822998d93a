/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "play-protocol.h"

#include <cairo.h>

G_BEGIN_DECLS

/* A conversation with the helper that plays one video (baton-play), waited for, where there is no main loop:
 * to have single frames of it. Any thread, one at a time. */
typedef struct _BatonPlayLine BatonPlayLine;

/* The helper's path: $BATON_PLAY, else beside baton-decode. Transfer full. */
char *baton_play_helper (void);

/* Starts a helper for a file and waits until it knows what is in it: in bubblewrap where that is there and
 * allowed, else with the helper's own limits and filter alone. Frames are made to fit into width × height.
 * Always gives one; baton_play_line_status says what became of it. */
BatonPlayLine *baton_play_line_open (const char *path, int width, int height);
/* Ends the helper. */
void baton_play_line_close (BatonPlayLine *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonPlayLine, baton_play_line_close)

/* OK while frames can be had; UNKNOWN when it is sound without a picture, or nothing that can be played. */
BatonDecodeStatus baton_play_line_status (BatonPlayLine *self);

/* The frame that is seen at a moment, in seconds from the beginning; the last one when it lies beyond the
 * end. NULL when there is none: the helper is of no use any more then, and the status says why. Surface of
 * the caller. */
cairo_surface_t *baton_play_line_frame (BatonPlayLine *self, double seconds);

/* Whether the numbers that a helper tells of a file with a picture are possible; nothing is asked of its
 * words.
 */
gboolean baton_play_is_picture (const BatonPlayReply *info);
/* The memory of a ring that somebody else writes, of *size bytes, to be unmapped. NULL unless it has the
 * right size and can no longer shrink, which could end this process. */
guint8 *baton_play_map_ring (int memfd, int width, int height, gsize *size);

G_END_DECLS
