/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* “3.1 days”, “18 hours”, “25 minutes” of microseconds, without a sign. Transfer full. */
char *baton_duration_words (double duration);

/* The same as one of several that stand in one sentence: as exact as the least of them, so that “13.8 days”
 * stands beside “6.0 days”. */
char *baton_duration_words_beside (double duration, double least);

G_END_DECLS
