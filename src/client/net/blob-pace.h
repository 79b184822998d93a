/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How fast files may travel in one direction: a bucket that fills with so many bytes a second, and holds a
 * quarter of a second's worth at the most. Several links may share one, so that together they stay within it.
 * Any thread. */
typedef struct _BatonBlobPace BatonBlobPace;

#define BATON_BLOB_PACE_BURST (G_USEC_PER_SEC / 4)

BatonBlobPace *baton_blob_pace_new (void); /* as fast as it goes */
BatonBlobPace *baton_blob_pace_ref (BatonBlobPace *pace);
void baton_blob_pace_unref (BatonBlobPace *pace);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonBlobPace, baton_blob_pace_unref)

void baton_blob_pace_set (BatonBlobPace *pace, gint64 bytes_per_second); /* 0: as fast as it goes */
gint64 baton_blob_pace_get (BatonBlobPace *pace);

/* Takes so many bytes out of the bucket. Gives the time (µs, of the same clock as now) when they may travel:
 * now, or later when the bucket was empty. */
gint64 baton_blob_pace_take (BatonBlobPace *pace, gsize bytes, gint64 now);

G_END_DECLS
