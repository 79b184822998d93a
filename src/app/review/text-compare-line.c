/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "text-compare-line.h"

#include "text-diff.h"

#include <glib/gi18n.h>
#include <string.h>

struct _BatonTextPair
{
  gatomicrefcount refs;
  char *newer, *older; /* older may be NULL */
  GArray *spans, *rows;
  guint removed, added; /* words */
};

struct _BatonDiffLine
{
  GObject parent_instance;

  BatonTextPair *pair;
  guint index;
};

G_DEFINE_FINAL_TYPE (BatonDiffLine, baton_diff_line, G_TYPE_OBJECT)

BatonTextPair *
baton_text_pair_new (const char *newer, const char *older)
{
  BatonTextPair *pair = g_new0 (BatonTextPair, 1);

  g_atomic_ref_count_init (&pair->refs);
  pair->newer = g_utf8_make_valid (newer != NULL ? newer : "", -1);
  pair->older = older != NULL ? g_utf8_make_valid (older, -1) : NULL;
  return pair;
}

BatonTextPair *
baton_text_pair_ref (BatonTextPair *pair)
{
  g_atomic_ref_count_inc (&pair->refs);
  return pair;
}

void
baton_text_pair_unref (BatonTextPair *pair)
{
  if (!g_atomic_ref_count_dec (&pair->refs))
    return;
  g_free (pair->newer);
  g_free (pair->older);
  g_clear_pointer (&pair->spans, g_array_unref);
  g_clear_pointer (&pair->rows, g_array_unref);
  g_free (pair);
}

/* A text alone differs in nothing from itself. */
void
baton_text_pair_compare (BatonTextPair *pair)
{
  const char *older = pair->older != NULL ? pair->older : pair->newer;

  pair->spans = baton_text_diff (older, pair->newer);
  pair->rows = baton_text_diff_rows (older, pair->newer, pair->spans);
  baton_text_diff_count (older, pair->newer, pair->spans, &pair->removed, &pair->added);
}

gboolean
baton_text_pair_has_older (const BatonTextPair *pair)
{
  return pair->older != NULL;
}

const char *
baton_text_pair_text (const BatonTextPair *pair, gboolean older)
{
  return older && pair->older != NULL ? pair->older : pair->newer;
}

gboolean
baton_text_pair_line_at (const BatonTextPair *pair, gsize offset, guint *line)
{
  for (guint i = 0; i < pair->rows->len; i++)
    {
      const BatonDiffRow *row = &g_array_index (pair->rows, BatonDiffRow, i);

      if (!row->in_new || offset < row->new_from || offset > row->new_to)
        continue;
      *line = i;
      return TRUE;
    }
  return FALSE;
}

guint
baton_text_pair_lines (const BatonTextPair *pair)
{
  return pair->rows->len;
}

char *
baton_text_pair_words (const BatonTextPair *pair)
{
  g_autofree char *added = NULL, *removed = NULL;

  if (pair->older == NULL)
    return NULL;
  if (pair->added == 0 && pair->removed == 0)
    return g_strdup (strcmp (pair->newer, pair->older) == 0 ? _ ("The texts are the same")
                                                            : _ ("Only blanks and signs changed"));
  added = g_strdup_printf (ngettext ("%u word added", "%u words added", pair->added), pair->added);
  removed = g_strdup_printf (ngettext ("%u removed", "%u removed", pair->removed), pair->removed);
  /* Translators: "12 words added, 3 removed". */
  return g_strdup_printf (_ ("%s, %s"), added, removed);
}

static void
baton_diff_line_finalize (GObject *object)
{
  baton_text_pair_unref (BATON_DIFF_LINE (object)->pair);
  G_OBJECT_CLASS (baton_diff_line_parent_class)->finalize (object);
}

static void
baton_diff_line_class_init (BatonDiffLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = baton_diff_line_finalize;
}

static void
baton_diff_line_init (BatonDiffLine *self)
{
}

BatonDiffLine *
baton_diff_line_new (BatonTextPair *pair, guint index)
{
  BatonDiffLine *self = g_object_new (BATON_TYPE_DIFF_LINE, NULL);

  self->pair = baton_text_pair_ref (pair);
  self->index = index;
  return self;
}

static const BatonDiffRow *
row_of (BatonDiffLine *self)
{
  return &g_array_index (self->pair->rows, BatonDiffRow, self->index);
}

/* The first span that ends behind the beginning of the row: spans are in order on both sides. */
static guint
first_span (BatonDiffLine *self)
{
  const BatonDiffRow *row = row_of (self);
  const GArray *spans = self->pair->spans;
  guint low = 0, high = spans->len;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      const BatonDiffSpan *span = &g_array_index (spans, BatonDiffSpan, middle);

      if (span->old_to <= row->old_from && span->new_to <= row->new_from)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

static void
paint (PangoAttrList *attributes, BatonDiffKind kind, gsize from, gsize to)
{
  gboolean added = kind == BATON_DIFF_ADDED;
  PangoAttribute *list[] = {
    added ? pango_attr_background_new (0x2e2e, 0xc2c2, 0x7e7e)
          : pango_attr_background_new (0xe0e0, 0x1b1b, 0x2424),
    pango_attr_background_alpha_new (added ? 0x5555 : 0x4848),
    added ? pango_attr_underline_new (PANGO_UNDERLINE_SINGLE) : pango_attr_strikethrough_new (TRUE),
  };

  for (guint i = 0; i < G_N_ELEMENTS (list); i++)
    {
      list[i]->start_index = (guint) from;
      list[i]->end_index = (guint) to;
      pango_attr_list_insert (attributes, list[i]);
    }
}

/* The part of a span that lies in the row, on one side; FALSE when there is none. */
static gboolean
clip (const BatonDiffRow *row, const BatonDiffSpan *span, gboolean newer, gsize *from, gsize *to)
{
  *from = newer ? MAX (span->new_from, row->new_from) : MAX (span->old_from, row->old_from);
  *to = newer ? MIN (span->new_to, row->new_to) : MIN (span->old_to, row->old_to);
  return *from < *to;
}

/* A piece of what is shown: one after the other they are the line. */
typedef struct
{
  BatonDiffKind kind;
  gsize shown; /* where it begins in the line */
  gsize from;  /* and in the text of its side */
  gsize length;
} Piece;

static void
add_piece (GArray *pieces, BatonDiffKind kind, gsize from, gsize to)
{
  const Piece *last = pieces->len > 0 ? &g_array_index (pieces, Piece, pieces->len - 1) : NULL;
  Piece piece = { kind, last != NULL ? last->shown + last->length : 0, from, to - from };

  g_array_append_val (pieces, piece);
}

/* What the line shows on one side. Removed words are of the older text, all others of the newer one; on the
 * older side all are of the older text. */
static GArray *
pieces_of (BatonDiffLine *self, BatonDiffPart part)
{
  const BatonDiffRow *row = row_of (self);
  const GArray *spans = self->pair->spans;
  GArray *pieces = g_array_new (FALSE, FALSE, sizeof (Piece));
  gsize from, to;

  for (guint i = first_span (self); i < spans->len; i++)
    {
      const BatonDiffSpan *span = &g_array_index (spans, BatonDiffSpan, i);

      if (span->old_from > row->old_to && span->new_from > row->new_to)
        break;
      if (part != BATON_DIFF_PART_NEWER && span->kind != BATON_DIFF_ADDED &&
          (part == BATON_DIFF_PART_OLDER || span->kind == BATON_DIFF_REMOVED) &&
          clip (row, span, FALSE, &from, &to))
        add_piece (pieces, span->kind, from, to);
      else if (part != BATON_DIFF_PART_OLDER && span->kind != BATON_DIFF_REMOVED &&
               clip (row, span, TRUE, &from, &to))
        add_piece (pieces, span->kind, from, to);
    }
  return pieces;
}

static gboolean
is_older (BatonDiffPart part, const Piece *piece)
{
  return part == BATON_DIFF_PART_OLDER || piece->kind == BATON_DIFF_REMOVED;
}

gboolean
baton_diff_line_part (BatonDiffLine *self, BatonDiffPart part, char **text, PangoAttrList **attributes)
{
  const BatonDiffRow *row = row_of (self);
  const char *older = self->pair->older != NULL ? self->pair->older : self->pair->newer;
  g_autoptr (GArray) pieces = pieces_of (self, part);
  GString *line = g_string_new (NULL);

  *attributes = pango_attr_list_new ();
  for (guint i = 0; i < pieces->len; i++)
    {
      const Piece *piece = &g_array_index (pieces, Piece, i);

      g_string_append_len (
          line, (is_older (part, piece) ? older : self->pair->newer) + piece->from, (gssize) piece->length);
      if (piece->kind != BATON_DIFF_SAME)
        paint (*attributes, piece->kind, piece->shown, piece->shown + piece->length);
    }
  *text = g_string_free (line, FALSE);
  return part == BATON_DIFF_PART_BOTH || (part == BATON_DIFF_PART_NEWER ? row->in_new : row->in_old);
}

void
baton_diff_line_range (BatonDiffLine *self, BatonDiffPart part, gsize *from, gsize *to)
{
  const BatonDiffRow *row = row_of (self);

  *from = part == BATON_DIFF_PART_OLDER ? row->old_from : row->new_from;
  *to = part == BATON_DIFF_PART_OLDER ? row->old_to : row->new_to;
}

gsize
baton_diff_line_text_at (BatonDiffLine *self, BatonDiffPart part, gsize shown)
{
  g_autoptr (GArray) pieces = pieces_of (self, part);
  gsize at, end;

  baton_diff_line_range (self, part, &at, &end);
  for (guint i = 0; i < pieces->len; i++)
    {
      const Piece *piece = &g_array_index (pieces, Piece, i);

      if (piece->shown > shown)
        break;
      if (part != BATON_DIFF_PART_OLDER && piece->kind == BATON_DIFF_REMOVED)
        continue; /* stands where the words before it ended */
      at = piece->from + MIN (shown - piece->shown, piece->length);
    }
  return at;
}

GArray *
baton_diff_line_shown (BatonDiffLine *self, BatonDiffPart part, gsize from, gsize to)
{
  g_autoptr (GArray) pieces = pieces_of (self, part);
  GArray *shown = g_array_new (FALSE, FALSE, sizeof (BatonDiffShown));

  for (guint i = 0; i < pieces->len; i++)
    {
      const Piece *piece = &g_array_index (pieces, Piece, i);
      gsize a = MAX (from, piece->from), b = MIN (to, piece->from + piece->length);
      BatonDiffShown range;

      if (a >= b || (part != BATON_DIFF_PART_OLDER && piece->kind == BATON_DIFF_REMOVED))
        continue;
      range.from = (guint) (piece->shown + (a - piece->from));
      range.to = (guint) (piece->shown + (b - piece->from));
      g_array_append_val (shown, range);
    }
  return shown;
}

gboolean
baton_diff_line_is_changed (BatonDiffLine *self)
{
  const BatonDiffRow *row = row_of (self);
  gsize from, to;

  if (!row->in_old || !row->in_new)
    return TRUE;
  for (guint i = first_span (self); i < self->pair->spans->len; i++)
    {
      const BatonDiffSpan *span = &g_array_index (self->pair->spans, BatonDiffSpan, i);

      if (span->old_from > row->old_to && span->new_from > row->new_to)
        break;
      if (span->kind != BATON_DIFF_SAME &&
          (clip (row, span, FALSE, &from, &to) || clip (row, span, TRUE, &from, &to)))
        return TRUE;
    }
  return FALSE;
}
