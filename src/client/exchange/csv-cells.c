/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "csv-cells.h"

#include "csv-names.h"

#include <string.h>

/* What programs write where there is nothing. Texts of people may say so and mean it. */
gboolean
csv_is_nothing (const char *text, BatonCsvRole role)
{
  static const char *const words[] = { "null", "(null)", "n/a", "#n/a", "none", "nil", "-", "–", "—",
    "unassigned", "nicht zugewiesen" };
  static const guint for_stages = 4;
  gboolean is_text = role == BATON_CSV_TITLE || role == BATON_CSV_BRIEF || role == BATON_CSV_NOTES ||
                     role == BATON_CSV_AUDIENCE || role == BATON_CSV_ARCHIVED;
  guint n = is_text ? 0 : role == BATON_CSV_STAGE ? for_stages : G_N_ELEMENTS (words);
  g_autofree char *folded = strlen (text) < 20 ? csv_fold (text) : NULL;

  for (guint i = 0; folded != NULL && i < n; i++)
    {
      if (g_str_equal (folded, words[i]))
        return TRUE;
    }
  return FALSE;
}

/* An address, or a name of several words. */
static gboolean
is_person (const char *part)
{
  g_autofree char *name = g_strstrip (g_strdup (part));

  return *name == '\0' || strchr (name, '@') != NULL || strchr (name, ' ') != NULL;
}

/* Commas stand between people, but “Weber, Jonas” is one person. */
char **
csv_split_owners (const char *text)
{
  char **parts = g_strsplit_set (text, ",;\n", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (is_person (parts[i]))
        continue;
      g_strfreev (parts);
      return g_strsplit_set (text, ";\n", -1);
    }
  return parts;
}

/* “[a, b]” and “["a","b"]” are lists too. */
char **
csv_split_names (const char *text)
{
  gsize length = strlen (text);
  gboolean bracketed = length > 1 && *text == '[' && text[length - 1] == ']';
  g_autofree char *inner = bracketed ? g_strndup (text + 1, length - 2) : g_strdup (text);
  char **names = g_strsplit_set (inner, ",;\n", -1);

  for (guint i = 0; bracketed && names[i] != NULL; i++)
    {
      char *name = g_strstrip (names[i]);
      gsize n = strlen (name);

      if (n > 1 && *name == '"' && name[n - 1] == '"')
        {
          memmove (name, name + 1, n - 2);
          name[n - 2] = '\0';
        }
    }
  return names;
}

const char *
csv_urgency_of (const char *text)
{
  static const char *const words[][2] = { { "normal", "normal" }, { "medium", "normal" },
    { "moderate", "normal" }, { "p2", "normal" }, { "no priority", "normal" }, { "mittel", "normal" },
    { "low", "low" }, { "lowest", "low" }, { "very low", "low" }, { "minor", "low" }, { "trivial", "low" },
    { "p3", "low" }, { "p4", "low" }, { "p5", "low" }, { "niedrig", "low" }, { "sehr niedrig", "low" },
    { "gering", "low" }, { "high", "high" }, { "major", "high" }, { "important", "high" }, { "p1", "high" },
    { "hoch", "high" }, { "wichtig", "high" }, { "fast", "fast" }, { "urgent", "fast" },
    { "critical", "fast" }, { "highest", "fast" }, { "very high", "fast" }, { "blocker", "fast" },
    { "immediate", "fast" }, { "asap", "fast" }, { "p0", "fast" }, { "dringend", "fast" },
    { "eilig", "fast" }, { "kritisch", "fast" }, { "sofort", "fast" }, { "sehr hoch", "fast" } };
  g_autofree char *folded = csv_fold (text);
  const char *word = folded;

  /* Some tools put a sign in front. */
  while (*word != '\0' && !g_unichar_isalnum (g_utf8_get_char (word)))
    word = g_utf8_next_char (word);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (g_str_equal (word, words[i][0]))
        return words[i][1];
    }
  return NULL;
}

gboolean
csv_is_yes (const char *text)
{
  static const char *const words[] = { "yes", "y", "true", "1", "x", "ja", "wahr", "archived", "closed",
    "archiviert", "geschlossen", "✓", "✔" };
  g_autofree char *folded = csv_fold (text);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      if (g_str_equal (folded, words[i]))
        return TRUE;
    }
  return FALSE;
}
