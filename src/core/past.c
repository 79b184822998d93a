/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-core"

#include "past.h"

#include "id.h"

#include <string.h>

void
baton_past_append (GString *past, gint64 at, const char *stage, const char *person)
{
  g_string_append_printf (
      past, "%" G_GINT64_FORMAT " %s %s\n", at, stage, person != NULL && *person != '\0' ? person : "-");
}

static gboolean
read_number (const char **text, gint64 *number)
{
  const char *at = *text;
  gboolean negative = *at == '-';
  gint64 value = 0;
  guint digits = 0;

  for (at += negative; g_ascii_isdigit (*at) && digits < 18; at++, digits++)
    value = value * 10 + *at - '0';
  if (digits == 0 || *at != ' ')
    return FALSE;
  *number = negative ? -value : value;
  *text = at + 1;
  return TRUE;
}

/* What is as long as an id, up to the character that ends it. */
static gboolean
read_id (const char **text, const char **id, char end)
{
  if (strnlen (*text, BATON_ID_LENGTH + 1) <= BATON_ID_LENGTH || (*text)[BATON_ID_LENGTH] != end)
    return FALSE;
  *id = *text;
  *text += BATON_ID_LENGTH + 1;
  return TRUE;
}

gboolean
baton_past_scan (const char **text, gint64 *time, const char **stage, const char **person)
{
  const char *at = *text;

  if (*at == '\0' || !read_number (&at, time) || !read_id (&at, stage, ' '))
    return FALSE;
  *person = NULL;
  if (at[0] == '-' && at[1] == '\n')
    at += 2;
  else if (!read_id (&at, person, '\n'))
    return FALSE;
  *text = at;
  return TRUE;
}

static gboolean
copy_id (char id[37], const char *from)
{
  memcpy (id, from, BATON_ID_LENGTH);
  id[BATON_ID_LENGTH] = '\0';
  return baton_id_is_valid (id);
}

gboolean
baton_past_next (const char **text, BatonPastStep *step)
{
  const char *at = *text;
  const char *stage, *person;

  if (!baton_past_scan (&at, &step->at, &stage, &person) || !copy_id (step->stage, stage))
    return FALSE;
  step->person[0] = '\0';
  if (person != NULL && !copy_id (step->person, person))
    return FALSE;
  *text = at;
  return TRUE;
}

gboolean
baton_past_check (const char *text, const char *stage, gint64 *last)
{
  BatonPastStep step = { G_MININT64, "", "" };
  gint64 before = G_MININT64;

  while (baton_past_next (&text, &step))
    {
      if (step.at < before)
        return FALSE;
      before = step.at;
    }
  *last = step.at;
  return *text == '\0' && g_strcmp0 (step.stage, stage) == 0;
}
