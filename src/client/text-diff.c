/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "text-diff.h"

#include "token-diff.h"

#include <string.h>

/* About a quarter of a second on a small machine. */
#define BUDGET 40000000

/* One side of a stretch of text, cut into tokens. */
typedef struct
{
  const char *text;
  GArray *tokens; /* BatonToken */
  guint8 *changed;
  gsize at, end; /* next token while walking; end of the text, bytes */
} Side;

typedef void (*Cut) (GArray *tokens, GHashTable *ids, const char *text, gsize from, gsize to);

static void
side_init (Side *side, Cut cut, GHashTable *ids, const char *text, gsize from, gsize to)
{
  side->text = text;
  side->tokens = g_array_new (FALSE, FALSE, sizeof (BatonToken));
  cut (side->tokens, ids, text, from, to);
  side->changed = g_new0 (guint8, side->tokens->len + 1);
  side->at = 0;
  side->end = to;
}

static void
side_clear (Side *side)
{
  g_array_unref (side->tokens);
  g_free (side->changed);
}

static const BatonToken *
side_token (const Side *side, gsize i)
{
  return &g_array_index (side->tokens, BatonToken, i);
}

/* Where the next token begins, in bytes. */
static gsize
side_place (const Side *side)
{
  return side->at < side->tokens->len ? side_token (side, side->at)->from : side->end;
}

static void
side_skip (Side *side, gboolean changed)
{
  while (side->at < side->tokens->len && (side->changed[side->at] != 0) == changed)
    side->at++;
}

static void
emit (GArray *spans, BatonDiffKind kind, gsize old_from, gsize old_to, gsize new_from, gsize new_to)
{
  BatonDiffSpan *last = spans->len > 0 ? &g_array_index (spans, BatonDiffSpan, spans->len - 1) : NULL;
  BatonDiffSpan span = { kind, old_from, old_to, new_from, new_to };

  if (old_from == old_to && new_from == new_to)
    return;
  if (last != NULL && last->kind == kind)
    {
      last->old_to = old_to;
      last->new_to = new_to;
    }
  else
    g_array_append_val (spans, span);
}

static void
diff_sides (Side *old, Side *new_, gint64 *budget)
{
  baton_token_diff ((const BatonToken *) (gpointer) old->tokens->data, old->tokens->len,
      (const BatonToken *) (gpointer) new_->tokens->data, new_->tokens->len, old->changed, new_->changed,
      budget);
}

/* Goes over both sides at once: what is the same, then what was removed and added behind it. FALSE at the
 * end. */
static gboolean
next_stretch (Side *old, Side *new_, BatonDiffSpan *same, BatonDiffSpan *change)
{
  if (old->at == old->tokens->len && new_->at == new_->tokens->len)
    return FALSE;
  same->old_from = side_place (old);
  same->new_from = side_place (new_);
  while (old->at < old->tokens->len && new_->at < new_->tokens->len && !old->changed[old->at] &&
         !new_->changed[new_->at])
    old->at++, new_->at++;
  same->old_to = change->old_from = side_place (old);
  same->new_to = change->new_from = side_place (new_);
  side_skip (old, TRUE);
  side_skip (new_, TRUE);
  change->old_to = side_place (old);
  change->new_to = side_place (new_);
  return TRUE;
}

/* Blanks and signs between two replaced words say nothing: "one, two" → "three, four" reads better as one
 * change than as two with a comma between. Line breaks stay: they keep both texts side by side. */
static void
join_changes (Side *old, Side *new_)
{
  gboolean after_replaced = FALSE;
  gsize i = 0, j = 0;

  while (i < old->tokens->len || j < new_->tokens->len)
    {
      gsize same_i = i, same_j = j, n = 0, removed, added;
      gboolean dull = TRUE;

      while (i < old->tokens->len && j < new_->tokens->len && !old->changed[i] && !new_->changed[j])
        {
          const BatonToken *token = side_token (old, i);

          dull = dull && !baton_token_is_word (old->text, token) && old->text[token->from] != '\n';
          i++, j++, n++;
        }
      for (removed = 0; i < old->tokens->len && old->changed[i]; i++)
        removed++;
      for (added = 0; j < new_->tokens->len && new_->changed[j]; j++)
        added++;
      if (after_replaced && dull && n <= 3 && removed > 0 && added > 0)
        {
          memset (old->changed + same_i, 1, n);
          memset (new_->changed + same_j, 1, n);
        }
      after_replaced = removed > 0 && added > 0;
    }
}

static void
diff_words (
    GArray *spans, const char *old_text, const char *new_text, const BatonDiffSpan *lines, gint64 *budget)
{
  g_autoptr (GHashTable) ids = baton_tokens_new_ids ();
  BatonDiffSpan same, change;
  Side old, new_;

  side_init (&old, baton_tokens_add_words, ids, old_text, lines->old_from, lines->old_to);
  side_init (&new_, baton_tokens_add_words, ids, new_text, lines->new_from, lines->new_to);
  diff_sides (&old, &new_, budget);
  join_changes (&old, &new_);
  while (next_stretch (&old, &new_, &same, &change))
    {
      emit (spans, BATON_DIFF_SAME, same.old_from, same.old_to, same.new_from, same.new_to);
      emit (spans, BATON_DIFF_REMOVED, change.old_from, change.old_to, change.new_from, change.new_from);
      emit (spans, BATON_DIFF_ADDED, change.old_to, change.old_to, change.new_from, change.new_to);
    }
  side_clear (&old);
  side_clear (&new_);
}

GArray *
baton_text_diff (const char *old_text, const char *new_text)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (BatonDiffSpan));
  g_autoptr (GHashTable) ids = baton_tokens_new_ids ();
  gint64 budget = BUDGET;
  BatonDiffSpan same, change;
  Side old, new_;

  g_return_val_if_fail (old_text != NULL && new_text != NULL, spans);

  side_init (&old, baton_tokens_add_lines, ids, old_text, 0, strlen (old_text));
  side_init (&new_, baton_tokens_add_lines, ids, new_text, 0, strlen (new_text));
  diff_sides (&old, &new_, &budget);
  while (next_stretch (&old, &new_, &same, &change))
    {
      emit (spans, BATON_DIFF_SAME, same.old_from, same.old_to, same.new_from, same.new_to);
      diff_words (spans, old_text, new_text, &change, &budget);
    }
  side_clear (&old);
  side_clear (&new_);
  return spans;
}

/* A row as it grows. */
typedef struct
{
  const char *old_text, *new_text;
  GArray *rows;
  gsize old_from, new_from; /* where the row begins */
} Rows;

static void
add_row (Rows *rows, gsize old_to, gsize new_to, gboolean in_old, gboolean in_new)
{
  BatonDiffRow row = { rows->old_from, old_to, rows->new_from, new_to, in_old, in_new };

  g_array_append_val (rows->rows, row);
}

/* Whether a row that is so long may end before this character: behind a blank, or anywhere when none comes.
 */
static gboolean
may_end (const char *text, gsize at, gsize length)
{
  return (length >= BATON_DIFF_ROW && text[at - 1] == ' ') ||
         (length >= BATON_DIFF_ROW + BATON_DIFF_ROW / 4 && ((guchar) text[at] & 0xc0) != 0x80);
}

static void
begin_row (Rows *rows, gsize old_from, gsize new_from)
{
  rows->old_from = old_from;
  rows->new_from = new_from;
}

/* Line breaks that both have end a row. */
static void
rows_add_same (Rows *rows, const BatonDiffSpan *span)
{
  for (gsize i = 0; i < span->old_to - span->old_from; i++)
    {
      gsize old = span->old_from + i, new_ = span->new_from + i;
      gsize length = MAX (old - rows->old_from, new_ - rows->new_from);

      if (rows->old_text[old] == '\n')
        {
          add_row (rows, old, new_, TRUE, TRUE);
          begin_row (rows, old + 1, new_ + 1);
        }
      else if (length >= BATON_DIFF_ROW && may_end (rows->old_text, old, length))
        {
          add_row (rows, old, new_, old > rows->old_from, new_ > rows->new_from);
          begin_row (rows, old, new_);
        }
    }
}

/* Whole lines that are on one side only, and begin where a row begins, get rows of their own; so do parts of
 * what is too long for one. */
static void
rows_add_change (Rows *rows, const BatonDiffSpan *span)
{
  gboolean is_old = span->kind == BATON_DIFF_REMOVED;
  const char *text = is_old ? rows->old_text : rows->new_text;
  gsize from = is_old ? span->old_from : span->new_from, to = is_old ? span->old_to : span->new_to;
  gsize *begin = is_old ? &rows->old_from : &rows->new_from;
  gboolean whole = span->old_from == rows->old_from && span->new_from == rows->new_from;

  for (gsize i = from; i < to; i++)
    {
      gsize old = is_old ? i : span->old_from, new_ = is_old ? span->new_from : i;

      if (whole && text[i] == '\n')
        {
          add_row (rows, old, new_, is_old, !is_old);
          *begin = i + 1;
        }
      else if (i - *begin >= BATON_DIFF_ROW && may_end (text, i, i - *begin))
        {
          add_row (rows, old, new_, old > rows->old_from, new_ > rows->new_from);
          begin_row (rows, old, new_);
        }
    }
}

GArray *
baton_text_diff_rows (const char *old_text, const char *new_text, const GArray *spans)
{
  Rows rows = { old_text, new_text, g_array_new (FALSE, FALSE, sizeof (BatonDiffRow)), 0, 0 };
  gsize old_end = strlen (old_text), new_end = strlen (new_text);

  for (guint i = 0; i < spans->len; i++)
    {
      const BatonDiffSpan *span = &g_array_index (spans, BatonDiffSpan, i);

      if (span->kind == BATON_DIFF_SAME)
        rows_add_same (&rows, span);
      else
        rows_add_change (&rows, span);
    }
  if (rows.old_from < old_end || rows.new_from < new_end)
    add_row (&rows, old_end, new_end, rows.old_from < old_end, rows.new_from < new_end);
  return rows.rows;
}

static guint
count_words (const char *text, gsize from, gsize to)
{
  g_autoptr (GArray) tokens = g_array_new (FALSE, FALSE, sizeof (BatonToken));
  g_autoptr (GHashTable) ids = baton_tokens_new_ids ();
  guint n = 0;

  baton_tokens_add_words (tokens, ids, text, from, to);
  for (guint i = 0; i < tokens->len; i++)
    n += baton_token_is_word (text, &g_array_index (tokens, BatonToken, i));
  return n;
}

void
baton_text_diff_count (
    const char *old_text, const char *new_text, const GArray *spans, guint *removed, guint *added)
{
  *removed = *added = 0;
  for (guint i = 0; i < spans->len; i++)
    {
      const BatonDiffSpan *span = &g_array_index (spans, BatonDiffSpan, i);

      if (span->kind == BATON_DIFF_REMOVED)
        *removed += count_words (old_text, span->old_from, span->old_to);
      else if (span->kind == BATON_DIFF_ADDED)
        *added += count_words (new_text, span->new_from, span->new_to);
    }
}
