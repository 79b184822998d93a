/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Plain samples to the system's sound, in a thread of its own, because devices make people wait. Where there
 * is no device nothing is heard and nothing else is different; $BATON_SILENT does without one, for tests.
 * Times are in microseconds: `at` of what is played, `when` of the monotonic clock. */
typedef struct _BatonMediaSound BatonMediaSound;

BatonMediaSound *baton_media_sound_new (void);
/* Comes back at once; the thread ends when it can. */
void baton_media_sound_free (BatonMediaSound *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonMediaSound, baton_media_sound_free)

/* 16-bit samples of two channels, BATON_PLAY_RATE a second, in order. Kept until they are heard. */
void baton_media_sound_push (BatonMediaSound *self, gint64 at, GBytes *samples);
/* From now on the moment `at` is heard at `when`, and so on. */
void baton_media_sound_start (BatonMediaSound *self, gint64 at, gint64 when);
/* Silence; what was not heard by the moment `at` is kept. */
void baton_media_sound_stop (BatonMediaSound *self, gint64 at);
/* Forgets what was pushed. */
void baton_media_sound_flush (BatonMediaSound *self);
void baton_media_sound_set_volume (BatonMediaSound *self, double volume, gboolean muted);

G_END_DECLS
