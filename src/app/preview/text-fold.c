/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "text-fold.h"

/* Behind the last blank of what is left, if it is not too far back; else at the end. */
static const char *
place_to_break (const char *line, const char *end)
{
  for (const char *p = end; p > line + (end - line) * 3 / 4; p--)
    {
      if (p[-1] == ' ')
        return p;
    }
  return end;
}

/* The line up to a break or the end of the text; TRUE when it goes on. */
static gboolean
next_part (const char *line, const char **end, guint *characters)
{
  const char *p = line;

  for (*characters = 0; *p != '\0' && *p != '\n'; ++*characters)
    {
      if (*characters == BATON_FOLD_LINE)
        {
          *end = place_to_break (line, p);
          *characters = (guint) g_utf8_strlen (line, *end - line);
          return TRUE;
        }
      p = g_utf8_next_char (p);
    }
  *end = *p == '\n' ? p + 1 : p;
  *characters += *p == '\n';
  return FALSE;
}

char *
baton_text_fold (const char *text, GArray **breaks)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GString) folded = NULL;
  const char *end;
  guint characters, place = 0;

  *breaks = NULL;
  for (const char *p = text; *p != '\0'; p = end)
    {
      gboolean goes_on = next_part (p, &end, &characters);

      place += characters;
      if (goes_on && folded == NULL)
        folded = g_string_new_len (text, p - text);
      if (folded != NULL)
        g_string_append_len (folded, p, end - p);
      if (goes_on)
        {
          g_string_append_c (folded, '\n');
          g_array_append_val (places, place);
          place++;
        }
    }
  if (folded == NULL)
    return NULL;
  *breaks = g_steal_pointer (&places);
  return g_strdup (folded->str);
}

guint
baton_text_unfold (const GArray *breaks, guint place)
{
  guint before = 0;

  while (breaks != NULL && before < breaks->len && g_array_index (breaks, guint, before) < place)
    before++;
  return place - before;
}
