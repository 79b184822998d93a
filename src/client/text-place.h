/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mark.h"

G_BEGIN_DECLS

/* Marked ranges of a text, and where they are in another version of it. Pure: no widgets, any thread.
 *
 * A mark (core/mark.h) counts characters (Unicode code points) from the beginning of the file's text as it is
 * shown: converted to UTF-8, without a byte order mark. Of Markdown it counts the source, not what it looks
 * like when it is formatted. Everything here counts bytes of the same text, from inclusive, to exclusive. */

/* What became of a range. */
typedef enum
{
  BATON_TEXT_SAME,    /* the same words, here or elsewhere in the text */
  BATON_TEXT_CHANGED, /* at least a third of it is still there */
  BATON_TEXT_GONE,
} BatonTextFate;

/* FALSE when the mark is none of a text, or the text is too short for it. text is valid UTF-8. */
gboolean baton_text_mark_bytes (const char *text, const BatonMark *mark, gsize *from, gsize *to);
/* Blanks at both ends are left out. NULL when nothing is left. */
BatonMark *baton_text_mark_new (const char *text, gsize from, gsize to);

/* Looks for a range of the old text in the new one. spans: from baton_text_diff of the two. *from and *to are
 * of the old text and become those of the new one; of GONE they are left as they were. Words that were moved
 * to another place are found when they are the same there. */
BatonTextFate baton_text_follow (
    const char *old_text, const char *new_text, const GArray *spans, gsize *from, gsize *to);

/* The range on one line, cut in the middle to so many characters at most. Transfer full. */
char *baton_text_excerpt (const char *text, gsize from, gsize to, guint longest);

G_END_DECLS
