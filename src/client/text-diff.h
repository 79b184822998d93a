/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What changed between two texts, word by word. Pure: no widgets, any thread. */

typedef enum
{
  BATON_DIFF_SAME,    /* in both */
  BATON_DIFF_REMOVED, /* only in the old text; the range of the new one is empty */
  BATON_DIFF_ADDED,   /* only in the new text; the range of the old one is empty */
} BatonDiffKind;

/* Ranges in bytes, from inclusive, to exclusive; always between characters. */
typedef struct
{
  BatonDiffKind kind;
  gsize old_from, old_to;
  gsize new_from, new_to;
} BatonDiffSpan;

/* The spans in order; together they cover both texts. What was removed comes before what was added in its
 * place. Equal texts give one SAME span (none, when they are empty). The texts are valid UTF-8. The work is
 * bounded: texts that have next to nothing in common are told apart in larger pieces. Transfer full, of
 * BatonDiffSpan. Algorithm: E. Myers, "An O(ND) Difference Algorithm and Its Variations" (1986), first by
 * lines, then by words; where that would take too long, split at words that are found once in each text (B.
 * Cohen's patience difference). */
GArray *baton_text_diff (const char *old_text, const char *new_text);

/* A line of a view that shows both texts side by side: what is between two line breaks that both texts have.
 * Lines that are on one side only are a row whose other range is empty. Line breaks at the end of a range are
 * left out. A line of more than BATON_DIFF_ROW bytes goes on in further rows, each of which begins where the
 * one before ends: whoever lays it out would need more than twice the time for twice the text. */
#define BATON_DIFF_ROW 4000

typedef struct
{
  gsize old_from, old_to;
  gsize new_from, new_to;
  gboolean in_old, in_new; /* FALSE: there is nothing on that side, not even an empty line */
} BatonDiffRow;

/* spans: from baton_text_diff of the same texts. Transfer full, of BatonDiffRow. */
GArray *baton_text_diff_rows (const char *old_text, const char *new_text, const GArray *spans);

/* How much changed: words that are only in the old or only in the new text. White space and punctuation are
 * no words. */
void baton_text_diff_count (
    const char *old_text, const char *new_text, const GArray *spans, guint *removed, guint *added);

G_END_DECLS
