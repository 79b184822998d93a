/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Private to the text comparison: two texts and what differs, shared by the lines that are shown. Written by
 * one thread before others see it. */
typedef struct _BatonTextPair BatonTextPair;

BatonTextPair *baton_text_pair_new (const char *newer, const char *older); /* older may be NULL */
BatonTextPair *baton_text_pair_ref (BatonTextPair *pair);
void baton_text_pair_unref (BatonTextPair *pair);
void baton_text_pair_compare (BatonTextPair *pair); /* any thread */
gboolean baton_text_pair_has_older (const BatonTextPair *pair);
guint baton_text_pair_lines (const BatonTextPair *pair);
char *baton_text_pair_words (const BatonTextPair *pair);
const char *baton_text_pair_text (const BatonTextPair *pair, gboolean older);
/* The line in which a byte of the newer text stands. */
gboolean baton_text_pair_line_at (const BatonTextPair *pair, gsize offset, guint *line);

/* One line of the view; what it shows is worked out when it is shown. */
#define BATON_TYPE_DIFF_LINE (baton_diff_line_get_type ())
G_DECLARE_FINAL_TYPE (BatonDiffLine, baton_diff_line, BATON, DIFF_LINE, GObject)

typedef enum
{
  BATON_DIFF_PART_NEWER,
  BATON_DIFF_PART_OLDER,
  BATON_DIFF_PART_BOTH, /* one in the other */
} BatonDiffPart;

BatonDiffLine *baton_diff_line_new (BatonTextPair *pair, guint index);
/* FALSE: nothing stands there on this side. text and attributes: transfer full. */
gboolean baton_diff_line_part (
    BatonDiffLine *self, BatonDiffPart part, char **text, PangoAttrList **attributes);
gboolean baton_diff_line_is_changed (BatonDiffLine *self);

/* Bytes of the text that the line covers on a side: of the older text on the older one, else of the newer
 * one. */
void baton_diff_line_range (BatonDiffLine *self, BatonDiffPart part, gsize *from, gsize *to);
/* Where a byte of what is shown stands in that text; words that were removed stand where those before them
 * ended. */
gsize baton_diff_line_text_at (BatonDiffLine *self, BatonDiffPart part, gsize shown);

typedef struct
{
  guint from, to; /* bytes of what is shown */
} BatonDiffShown;

/* What is shown of a range of that text. Transfer full, of BatonDiffShown. */
GArray *baton_diff_line_shown (BatonDiffLine *self, BatonDiffPart part, gsize from, gsize to);

G_END_DECLS
