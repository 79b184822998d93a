/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "text-place.h"

#include "mark-geometry.h"
#include "text-diff.h"

#include <string.h>

/* Characters that a text must have to be recognised in another place. */
#define FEWEST_TO_FIND 4
/* Places that are looked at, so that a text of one word a million times is no burden. */
#define MOST_PLACES 1000

static gboolean
is_blank (char c)
{
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* The byte of a character; FALSE behind the end. */
static gboolean
byte_of (const char *text, double character, gsize *byte)
{
  const char *p = text;

  for (gint64 left = (gint64) character; left > 0; left--)
    {
      if (*p == '\0')
        return FALSE;
      p = g_utf8_next_char (p);
    }
  *byte = (gsize) (p - text);
  return TRUE;
}

gboolean
baton_text_mark_bytes (const char *text, const BatonMark *mark, gsize *from, gsize *to)
{
  return mark->shape == BATON_MARK_TEXT && byte_of (text, mark->from, from) && byte_of (text, mark->to, to) &&
         *to > *from;
}

BatonMark *
baton_text_mark_new (const char *text, gsize from, gsize to)
{
  while (from < to && is_blank (text[from]))
    from++;
  while (from < to && is_blank (text[to - 1]))
    to--;
  if (from >= to)
    return NULL;
  return baton_mark_new_span (BATON_MARK_TEXT, (double) g_utf8_strlen (text, (gssize) from),
      (double) g_utf8_strlen (text, (gssize) to));
}

static gsize
count_signs (const char *text, gsize from, gsize to)
{
  gsize n = 0;

  for (gsize i = from; i < to; i++)
    n += !is_blank (text[i]);
  return n;
}

/* What is left of a range where it was: from the first piece to the last. Gives the signs that are left. */
static gsize
left_in_place (
    const char *old_text, const GArray *spans, gsize from, gsize to, gsize *new_from, gsize *new_to)
{
  gsize kept = 0;

  for (guint i = 0; i < spans->len; i++)
    {
      const BatonDiffSpan *span = &g_array_index (spans, BatonDiffSpan, i);
      gsize a = MAX (span->old_from, from), b = MIN (span->old_to, to), signs;

      if (span->old_from >= to)
        break;
      if (span->kind != BATON_DIFF_SAME || a >= b)
        continue;
      signs = count_signs (old_text, a, b);
      if (signs == 0)
        continue;
      if (kept == 0)
        *new_from = span->new_from + (a - span->old_from);
      *new_to = span->new_from + (b - span->old_from);
      kept += signs;
    }
  return kept;
}

/* Whether a piece of the new text was in the old one already, as something else. */
static gboolean
was_there (const GArray *spans, gsize from, gsize to)
{
  for (guint i = 0; i < spans->len; i++)
    {
      const BatonDiffSpan *span = &g_array_index (spans, BatonDiffSpan, i);

      if (span->kind == BATON_DIFF_ADDED && span->new_from < to && span->new_to > from)
        return FALSE;
    }
  return TRUE;
}

/* The same words somewhere among what is new. */
static gboolean
find_moved (const char *old_text, const char *new_text, const GArray *spans, gsize *from, gsize *to)
{
  g_autofree char *wanted = g_strndup (old_text + *from, *to - *from);
  const char *at = new_text;
  gsize length = *to - *from;

  if (g_utf8_strlen (wanted, -1) < FEWEST_TO_FIND)
    return FALSE;
  for (guint i = 0; i < MOST_PLACES && (at = strstr (at, wanted)) != NULL; i++, at++)
    {
      gsize place = (gsize) (at - new_text);

      if (was_there (spans, place, place + length))
        continue;
      *from = place;
      *to = place + length;
      return TRUE;
    }
  return FALSE;
}

BatonTextFate
baton_text_follow (const char *old_text, const char *new_text, const GArray *spans, gsize *from, gsize *to)
{
  gsize all = count_signs (old_text, *from, *to), new_from = 0, new_to = 0;
  gsize kept = left_in_place (old_text, spans, *from, *to, &new_from, &new_to);

  if (all == 0)
    return BATON_TEXT_GONE;
  if (kept < all && find_moved (old_text, new_text, spans, from, to))
    return BATON_TEXT_SAME;
  if (kept * 3 < all)
    return BATON_TEXT_GONE;
  while (is_blank (new_text[new_from]))
    new_from++;
  while (is_blank (new_text[new_to - 1]))
    new_to--;
  all = *to - *from;
  if (new_to - new_from == all && memcmp (old_text + *from, new_text + new_from, all) == 0)
    kept = 0; /* nothing of it changed */
  *from = new_from;
  *to = new_to;
  return kept == 0 ? BATON_TEXT_SAME : BATON_TEXT_CHANGED;
}

char *
baton_text_excerpt (const char *text, gsize from, gsize to, guint longest)
{
  g_autofree char *range = g_strndup (text + from, to - from);
  glong length;
  g_autofree char *begin = NULL, *end = NULL;

  g_strdelimit (range, "\n\r\t", ' ');
  length = g_utf8_strlen (range, -1);
  if (length <= (glong) longest)
    return g_steal_pointer (&range);
  begin = g_utf8_substring (range, 0, (glong) longest * 2 / 3);
  end = g_utf8_substring (range, length - (glong) longest / 3, length);
  return g_strdup_printf ("%s … %s", g_strchomp (begin), g_strchug (end));
}
