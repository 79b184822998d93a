/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-core"

#include "merge.h"

#include <string.h>

/* The most insertions and deletions that are looked for one by one. */
#define MOST_EDITS 1000

/* A piece of a text: a line with its end, a word, or what is between two words. */
typedef struct
{
  const char *text;
  gsize length;
} Token;

typedef enum
{
  BY_LINE,
  BY_WORD,
} Level;

static gsize
token_length (const char *text, const char *end, Level level)
{
  const char *p = text;
  gboolean word;

  if (level == BY_LINE)
    {
      p = memchr (text, '\n', (gsize) (end - text));
      return p != NULL ? (gsize) (p + 1 - text) : (gsize) (end - text);
    }
  word = g_unichar_isalnum (g_utf8_get_char (p));
  p = g_utf8_next_char (p);
  while (word && p < end && g_unichar_isalnum (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  return (gsize) (p - text);
}

static GArray *
split (const char *text, gsize length, Level level)
{
  GArray *tokens = g_array_new (FALSE, FALSE, sizeof (Token));
  const char *end = text + length;

  while (text < end)
    {
      Token token = { text, token_length (text, end, level) };

      g_array_append_val (tokens, token);
      text += token.length;
    }
  return tokens;
}

static gboolean
same (const GArray *a, guint i, const GArray *b, guint j)
{
  const Token *left = &g_array_index (a, Token, i);
  const Token *right = &g_array_index (b, Token, j);

  return left->length == right->length && memcmp (left->text, right->text, left->length) == 0;
}

/* For each token of base the one of other that it stays, or -1. */
typedef struct
{
  const GArray *base;
  const GArray *other;
  gint *match;
  guint from; /* what is the same at the beginning and at the end is left out */
  guint n;
  guint m;
} Diff;

static void
note_match (Diff *diff, int x, int y)
{
  diff->match[diff->from + (guint) x] = (gint) diff->from + y;
}

/* Walks the way back through the furthest points of each number of edits. */
static void
trace_back (Diff *diff, GPtrArray *trace, int edits)
{
  int x = (int) diff->n;
  int y = (int) diff->m;

  for (int d = edits; d > 0; d--)
    {
      const int *furthest = (int *) trace->pdata[d - 1] + MOST_EDITS + 1;
      int k = x - y;
      int before = k == -d || (k != d && furthest[k - 1] < furthest[k + 1]) ? k + 1 : k - 1;
      int x_before = furthest[before];
      int y_before = x_before - before;

      while (x > x_before && y > y_before && x > 0 && y > 0)
        note_match (diff, --x, --y);
      x = x_before;
      y = y_before;
    }
  while (x > 0 && y > 0)
    note_match (diff, --x, --y);
}

static gboolean
is_end (Diff *diff, int *furthest, int d, int *reached)
{
  for (int k = -d; k <= d; k += 2)
    {
      int x =
          k == -d || (k != d && furthest[k - 1] < furthest[k + 1]) ? furthest[k + 1] : furthest[k - 1] + 1;
      int y = x - k;

      while (x < (int) diff->n && y >= 0 && y < (int) diff->m &&
             same (diff->base, diff->from + (guint) x, diff->other, diff->from + (guint) y))
        {
          x++;
          y++;
        }
      furthest[k] = x;
      if (x >= (int) diff->n && y >= (int) diff->m)
        {
          *reached = d;
          return TRUE;
        }
    }
  return FALSE;
}

static void
find_matches (Diff *diff)
{
  g_autoptr (GPtrArray) trace = g_ptr_array_new_with_free_func (g_free);
  g_autofree int *room = g_new0 (int, 2 * MOST_EDITS + 3);
  int *furthest = room + MOST_EDITS + 1;
  gsize size = (2 * MOST_EDITS + 3) * sizeof (int);
  int most = (int) MIN (diff->n + diff->m, MOST_EDITS);
  int reached;

  for (int d = 0; d <= most; d++)
    {
      if (is_end (diff, furthest, d, &reached))
        {
          trace_back (diff, trace, reached);
          return;
        }
      g_ptr_array_add (trace, g_memdup2 (room, size));
    }
}

static gint *
match_tokens (const GArray *base, const GArray *other)
{
  guint end = 0;
  Diff diff = { base, other, g_new (gint, base->len + 1), 0, 0, 0 };

  for (guint i = 0; i <= base->len; i++)
    diff.match[i] = -1;
  while (diff.from < base->len && diff.from < other->len && same (base, diff.from, other, diff.from))
    {
      diff.match[diff.from] = (gint) diff.from;
      diff.from++;
    }
  while (end < base->len - diff.from && end < other->len - diff.from &&
         same (base, base->len - 1 - end, other, other->len - 1 - end))
    {
      diff.match[base->len - 1 - end] = (gint) (other->len - 1 - end);
      end++;
    }
  diff.n = base->len - diff.from - end;
  diff.m = other->len - diff.from - end;
  if (diff.n > 0 && diff.m > 0)
    find_matches (&diff);
  return diff.match;
}

typedef struct
{
  const GArray *tokens;
  guint from;
  guint to;
} Range;

static gsize
range_text (Range range, const char **text)
{
  const Token *last;

  *text = "";
  if (range.from >= range.to)
    return 0;
  *text = g_array_index (range.tokens, Token, range.from).text;
  last = &g_array_index (range.tokens, Token, range.to - 1);
  return (gsize) (last->text + last->length - *text);
}

static gboolean
equal_ranges (Range a, Range b)
{
  const char *left;
  const char *right;
  gsize length = range_text (a, &left);

  return length == range_text (b, &right) && memcmp (left, right, length) == 0;
}

static gboolean merge_level (GString *out, const char *const texts[3], const gsize lengths[3], Level level);

/* One place where not all three agree. */
static gboolean
merge_chunk (GString *out, Range base, Range ours, Range theirs, Level level)
{
  const char *texts[3];
  gsize lengths[3] = { range_text (base, &texts[0]), range_text (ours, &texts[1]),
    range_text (theirs, &texts[2]) };

  if (equal_ranges (base, ours) || equal_ranges (ours, theirs))
    g_string_append_len (out, texts[2], (gssize) lengths[2]);
  else if (equal_ranges (base, theirs))
    g_string_append_len (out, texts[1], (gssize) lengths[1]);
  else
    return level == BY_LINE && lengths[0] > 0 && merge_level (out, texts, lengths, BY_WORD);
  return TRUE;
}

/* The next token of base that stays in both others, from i on; base's length when there is none. */
static guint
next_stable (const gint *ours, const gint *theirs, guint i, guint n)
{
  while (i < n && (ours[i] < 0 || theirs[i] < 0))
    i++;
  return i;
}

static gboolean
merge_tokens (GString *out, GArray *tokens[3], Level level)
{
  g_autofree gint *ours = match_tokens (tokens[0], tokens[1]);
  g_autofree gint *theirs = match_tokens (tokens[0], tokens[2]);
  guint at[3] = { 0, 0, 0 };

  while (TRUE)
    {
      guint stable = next_stable (ours, theirs, at[0], tokens[0]->len);
      gboolean end = stable == tokens[0]->len;
      guint to[3] = { stable, end ? tokens[1]->len : (guint) ours[stable],
        end ? tokens[2]->len : (guint) theirs[stable] };

      if (!merge_chunk (out, (Range){ tokens[0], at[0], to[0] }, (Range){ tokens[1], at[1], to[1] },
              (Range){ tokens[2], at[2], to[2] }, level))
        return FALSE;
      if (end)
        return TRUE;
      g_string_append_len (out, g_array_index (tokens[0], Token, stable).text,
          (gssize) g_array_index (tokens[0], Token, stable).length);
      for (guint i = 0; i < 3; i++)
        at[i] = to[i] + 1;
    }
}

static gboolean
merge_level (GString *out, const char *const texts[3], const gsize lengths[3], Level level)
{
  GArray *tokens[3];
  gboolean ok;

  for (guint i = 0; i < 3; i++)
    tokens[i] = split (texts[i], lengths[i], level);
  ok = merge_tokens (out, tokens, level);
  for (guint i = 0; i < 3; i++)
    g_array_unref (tokens[i]);
  return ok;
}

char *
baton_merge_texts (const char *base, const char *ours, const char *theirs)
{
  const char *texts[3] = { base, ours, theirs };
  const gsize lengths[3] = { strlen (base), strlen (ours), strlen (theirs) };
  GString *out = g_string_new (NULL);
  gboolean ok = merge_level (out, texts, lengths, BY_LINE);

  return g_string_free (out, !ok);
}
