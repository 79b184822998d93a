/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "play-protocol.h"

G_BEGIN_DECLS

/* Why a video or sound cannot be played, and what to do. codec: what is missing, or NULL. Transfer full. */
char *baton_media_words (BatonDecodeStatus status, const char *codec);

/* "1:07", "1:02:03"; exactly: with hundredths, "1:07.24". us: microseconds. Transfer full. */
char *baton_media_clock (gint64 us, gboolean exactly);

G_END_DECLS
