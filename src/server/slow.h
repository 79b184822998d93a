/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Slows down those who fail: who tries passwords, by account and by address. A key is let go on freely for
 * its first failures; after that each one doubles the time that it has to wait, up to a bound. Names that are
 * no account are counted like those that are. Times are microseconds of a clock that only goes forward,
 * handed in. */
typedef struct _BatonSlow BatonSlow;

BatonSlow *baton_slow_new (guint free_failures, guint most_seconds);
void baton_slow_free (BatonSlow *slow);

/* Seconds that this key has to wait still, 0: none. */
guint baton_slow_wait (BatonSlow *slow, const char *key, gint64 now);
void baton_slow_failed (BatonSlow *slow, const char *key, gint64 now);
void baton_slow_succeeded (BatonSlow *slow, const char *key);
guint baton_slow_size (BatonSlow *slow);

#define BATON_SLOW_KEYS 20000 /* the most that are remembered; the longest quiet one goes first */

G_END_DECLS
