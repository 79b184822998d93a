/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Figures that are read from the left, also where the language is written from the right: there they are
 * isolates (Unicode, UAX 9). Transfer full. */
char *baton_size_words (int width, int height); /* "2160 × 2700" */
char *baton_from_left (char *text);             /* takes it */

G_END_DECLS
