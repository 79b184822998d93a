/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* “3.1 days”, “18 hours”, “25 minutes” of microseconds, without a sign. Transfer full. */
char *baton_duration_words (double duration);

G_END_DECLS
