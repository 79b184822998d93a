/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "text-tokens.h"

#include <string.h>

/* A piece that is looked up before it is known whether it is kept. */
typedef struct
{
  const char *text; /* borrowed: the texts outlive the table */
  gsize length;
} Piece;

static guint
piece_hash (gconstpointer data)
{
  const Piece *piece = data;
  guint hash = 5381;

  for (gsize i = 0; i < piece->length; i++)
    hash = hash * 33 + (guchar) piece->text[i];
  return hash;
}

static gboolean
piece_equal (gconstpointer a, gconstpointer b)
{
  const Piece *one = a, *other = b;

  return one->length == other->length && memcmp (one->text, other->text, one->length) == 0;
}

GHashTable *
baton_tokens_new_ids (void)
{
  return g_hash_table_new_full (piece_hash, piece_equal, g_free, NULL);
}

static void
add (GArray *tokens, GHashTable *ids, const char *text, gsize from, gsize to)
{
  Piece piece = { text + from, to - from };
  BatonToken token = { 0, (guint32) (to - from), from };
  gpointer known = g_hash_table_lookup (ids, &piece);

  if (known == NULL)
    {
      known = GUINT_TO_POINTER (g_hash_table_size (ids) + 1);
      g_hash_table_insert (ids, g_memdup2 (&piece, sizeof piece), known);
    }
  token.id = GPOINTER_TO_UINT (known);
  g_array_append_val (tokens, token);
}

void
baton_tokens_add_lines (GArray *tokens, GHashTable *ids, const char *text, gsize from, gsize to)
{
  while (from < to)
    {
      const char *end = memchr (text + from, '\n', to - from);
      gsize next = end != NULL ? (gsize) (end - text) + 1 : to;

      add (tokens, ids, text, from, next);
      from = next;
    }
}

typedef enum
{
  WORD,
  BLANK,
  ALONE, /* a sign, a line break, or a character of a script that writes without blanks between words */
} Class;

static gboolean
is_written_without_blanks (gunichar c)
{
  return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF) ||
         (c >= 0x0E00 && c <= 0x0EFF) || (c >= 0x1000 && c <= 0x109F) || (c >= 0x1780 && c <= 0x17FF);
}

/* Marks go with the letter before them; so do the joiners and variation selectors of emoji. */
static gboolean
is_attached (gunichar c)
{
  return g_unichar_ismark (c) || c == 0x200D || c == 0xFE0F;
}

static Class
class_of (gunichar c)
{
  if (c == '\n')
    return ALONE;
  if (g_unichar_isspace (c))
    return BLANK;
  if (g_unichar_isalnum (c) && !is_written_without_blanks (c))
    return WORD;
  return ALONE;
}

/* "don’t" is one word, and so is "3.5"; a sign at the end of a word is not part of it. */
static gboolean
joins_words (gunichar sign, const char *next, const char *end)
{
  if (sign != '\'' && sign != 0x2019 && sign != '.' && sign != ',')
    return FALSE;
  if (next >= end)
    return FALSE;
  if (sign == '\'' || sign == 0x2019)
    return class_of (g_utf8_get_char (next)) == WORD;
  return g_ascii_isdigit (*next) && g_ascii_isdigit (next[-2]);
}

static const char *
end_of_token (const char *start, const char *end)
{
  Class class = class_of (g_utf8_get_char (start));
  const char *p = g_utf8_next_char (start);

  while (p < end)
    {
      gunichar c = g_utf8_get_char (p);

      if (!is_attached (c) && (class == ALONE || class_of (c) != class) &&
          !(class == WORD && joins_words (c, g_utf8_next_char (p), end)))
        break;
      p = g_utf8_next_char (p);
    }
  return p;
}

void
baton_tokens_add_words (GArray *tokens, GHashTable *ids, const char *text, gsize from, gsize to)
{
  const char *end = text + to;

  for (const char *p = text + from; p < end;)
    {
      const char *next = end_of_token (p, end);

      add (tokens, ids, text, (gsize) (p - text), (gsize) (next - text));
      p = next;
    }
}

gboolean
baton_token_is_word (const char *text, const BatonToken *token)
{
  gunichar c = g_utf8_get_char (text + token->from);

  return class_of (c) == WORD || is_written_without_blanks (c);
}
