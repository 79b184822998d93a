/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "naming.h"

#include "baton-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LONGEST_NAME 200

static const char *const examples[BATON_NAMING_N_PARTS] = {
  [BATON_NAMING_BOARD] = "Marketing",
  [BATON_NAMING_CAMPAIGN] = "Spring-launch",
  [BATON_NAMING_CHANNEL] = "Instagram",
  [BATON_NAMING_CARD] = "Hero-image",
  [BATON_NAMING_ASSET] = "Hero",
  [BATON_NAMING_TYPE] = "Image",
  [BATON_NAMING_VERSION] = "3",
  [BATON_NAMING_DATE] = "2026-05-01",
  [BATON_NAMING_STATUS] = "approved",
  [BATON_NAMING_AUTHOR] = "Ada",
};

void
baton_naming_values_clear (BatonNamingValues *values)
{
  for (guint i = 0; i < BATON_NAMING_N_PARTS; i++)
    g_clear_pointer (&values->parts[i], g_free);
}

/* Letters, marks and digits stay; runs of everything else become one “-”. */
static void
append_written (GString *out, const char *text)
{
  gsize begin = out->len;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isalnum (c) || g_unichar_ismark (c))
        g_string_append_unichar (out, c);
      else if (out->len > begin && out->str[out->len - 1] != '-')
        g_string_append_c (out, '-');
    }
  while (out->len > begin && out->str[out->len - 1] == '-')
    g_string_truncate (out, out->len - 1);
}

static char *
written (const char *text)
{
  GString *out = g_string_new (NULL);

  if (text != NULL)
    append_written (out, text);
  if (out->len == 0)
    g_string_append (out, "none");
  return g_string_free (out, FALSE);
}

gboolean
baton_naming_same (const char *text, const char *other)
{
  g_autofree char *a = written (text);
  g_autofree char *b = written (other);
  g_autofree char *folded_a = g_utf8_casefold (a, -1);
  g_autofree char *folded_b = g_utf8_casefold (b, -1);
  g_autofree char *normal_a = g_utf8_normalize (folded_a, -1, G_NORMALIZE_ALL);
  g_autofree char *normal_b = g_utf8_normalize (folded_b, -1, G_NORMALIZE_ALL);

  return g_strcmp0 (normal_a, normal_b) == 0;
}

/* Long titles are cut evenly until the name is short enough for every file system. */
static char *
format_within (BatonNaming *naming, const BatonNamingValues *values, glong longest)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < naming->pieces->len; i++)
    {
      const BatonNamingPiece *piece = &g_array_index (naming->pieces, BatonNamingPiece, i);
      g_autofree char *value = written (values->parts[piece->part]);
      g_autofree char *cut =
          g_utf8_strlen (value, -1) > longest ? g_utf8_substring (value, 0, longest) : NULL;

      g_string_append (out, piece->literal);
      g_string_append (out, cut != NULL ? cut : value);
    }
  g_string_append (out, naming->tail);
  return g_string_free (out, FALSE);
}

char *
baton_naming_format (BatonNaming *naming, const BatonNamingValues *values)
{
  for (glong longest = LONGEST_NAME; longest > 1; longest /= 2)
    {
      g_autofree char *name = format_within (naming, values, longest);

      if (strlen (name) <= LONGEST_NAME)
        return g_steal_pointer (&name);
    }
  return format_within (naming, values, 1);
}

char *
baton_naming_example (BatonNaming *naming)
{
  BatonNamingValues values;

  for (guint i = 0; i < BATON_NAMING_N_PARTS; i++)
    values.parts[i] = (char *) examples[i];
  return baton_naming_format (naming, &values);
}

const char *
baton_naming_extension (const char *name)
{
  const char *point = strrchr (name, '.');

  /* A point at the beginning hides a file, and what has spaces or is long is no extension. */
  if (point == NULL || point == name || strlen (point) > 12 || strpbrk (point, " /_") != NULL)
    return name + strlen (name);
  return point;
}

static const char *
pattern_of (BatonNamingPart part)
{
  switch (part)
    {
    case BATON_NAMING_VERSION:
      return "([0-9]{1,9})";
    case BATON_NAMING_DATE:
      return "([0-9]{4}-?[0-9]{2}-?[0-9]{2})";
    case BATON_NAMING_STATUS:
      return "(draft|in-review|approved-with-changes|approved|changes-requested)";
    case BATON_NAMING_BOARD:
    case BATON_NAMING_CAMPAIGN:
    case BATON_NAMING_CHANNEL:
    case BATON_NAMING_CARD:
    case BATON_NAMING_ASSET:
    case BATON_NAMING_TYPE:
    case BATON_NAMING_AUTHOR:
    case BATON_NAMING_N_PARTS:
    default:
      return "(.+?)";
    }
}

/* The first n pieces as a pattern; with the whole template, to the end of the name. */
static GRegex *
make_pattern (BatonNaming *naming, guint n, gboolean with_literal)
{
  g_autoptr (GString) text = g_string_new ("^");

  for (guint i = 0; i < n; i++)
    {
      const BatonNamingPiece *piece = &g_array_index (naming->pieces, BatonNamingPiece, i);
      g_autofree char *literal = g_regex_escape_string (piece->literal, -1);

      g_string_append_printf (text, "%s%s", literal, pattern_of (piece->part));
    }
  if (n == naming->pieces->len)
    {
      g_autofree char *tail = g_regex_escape_string (naming->tail, -1);

      g_string_append_printf (text, "%s$", tail);
    }
  else if (with_literal)
    {
      g_autofree char *literal =
          g_regex_escape_string (g_array_index (naming->pieces, BatonNamingPiece, n).literal, -1);

      g_string_append (text, literal);
    }
  return g_regex_new (text->str, G_REGEX_CASELESS | G_REGEX_DOTALL, 0, NULL);
}

/* Says how far the name fits and what should come next. */
static gboolean
say_what_is_missing (BatonNaming *naming, const char *name, GError **error)
{
  guint n = naming->pieces->len;
  g_autofree char *example = baton_naming_example (naming);
  g_autoptr (GRegex) up_to = NULL;
  const BatonNamingPiece *piece;

  while (n > 0)
    {
      g_autoptr (GRegex) pattern = make_pattern (naming, n - 1, FALSE);

      if (n - 1 == 0 || g_regex_match (pattern, name, 0, NULL))
        break;
      n--;
    }
  piece = &g_array_index (naming->pieces, BatonNamingPiece, n - 1);
  up_to = make_pattern (naming, n - 1, TRUE);
  if (*piece->literal != '\0' && !g_regex_match (up_to, name, 0, NULL))
    g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID,
        _ ("“%s” does not fit: “%s” and the %s are missing. It should look like “%s”."), name, piece->literal,
        baton_naming_part_words (piece->part), example);
  else
    g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID,
        _ ("“%s” does not fit: the %s is missing. It should look like “%s”."), name,
        baton_naming_part_words (piece->part), example);
  return FALSE;
}

gboolean
baton_naming_read (BatonNaming *naming, const char *name, BatonNamingValues *values, GError **error)
{
  g_autofree char *valid = g_utf8_make_valid (name, -1);
  g_autofree char *stem = g_strndup (valid, baton_naming_extension (valid) - valid);
  g_autoptr (GRegex) pattern = make_pattern (naming, naming->pieces->len, FALSE);
  g_autoptr (GMatchInfo) match = NULL;

  memset (values, 0, sizeof *values);
  if (!g_regex_match (pattern, stem, 0, &match))
    return say_what_is_missing (naming, stem, error);
  for (guint i = 0; i < naming->pieces->len; i++)
    {
      char **value = &values->parts[g_array_index (naming->pieces, BatonNamingPiece, i).part];

      g_free (*value);
      *value = g_match_info_fetch (match, (int) i + 1);
      if (g_ascii_strcasecmp (*value, "none") == 0)
        g_clear_pointer (value, g_free);
    }
  return TRUE;
}
