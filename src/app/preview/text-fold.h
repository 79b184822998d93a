/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Very long lines, broken so that they can be laid out: a line costs more than twice the time for twice the
 * text, and one of a megabyte (a page that a machine wrote) would stop the window for seconds. Pure. */

#define BATON_FOLD_LINE 4000 /* characters */

/* The text with a line break after every so many characters of a longer line, at a blank where there is one.
 * breaks: where in the result the breaks are that the text does not have, in characters, growing (of guint).
 * Both are transfer full; NULL when nothing had to be broken. */
char *baton_text_fold (const char *text, GArray **breaks);

/* From a place in the broken text to that in the text. breaks may be NULL. */
guint baton_text_unfold (const GArray *breaks, guint place);

G_END_DECLS
