/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "csv-dates.h"

#include "timestamp.h"

#include <string.h>

typedef struct
{
  int numbers[3];
  int digits[3];
  char separator;
  const char *rest;
} DateParts;

static gboolean
split_date (const char *text, DateParts *parts)
{
  const char *at = text;

  for (guint i = 0; i < 3; i++)
    {
      const char *from = at;

      parts->numbers[i] = 0;
      while (g_ascii_isdigit (*at) && at - from < 5)
        parts->numbers[i] = parts->numbers[i] * 10 + *at++ - '0';
      parts->digits[i] = (int) (at - from);
      if (parts->digits[i] == 0 || parts->digits[i] > 4)
        return FALSE;
      if (i == 2)
        break;
      if (*at != '.' && *at != '/' && *at != '-')
        return FALSE;
      if (i == 0)
        parts->separator = *at;
      else if (*at != parts->separator)
        return FALSE;
      at++;
      while (*at == ' ')
        at++;
    }
  parts->rest = at;
  return TRUE;
}

/* "", " 14:30", " 2:30 pm", "T14:30:00Z" → seconds of the day. */
static gboolean
read_clock (const char *text, int *seconds)
{
  int values[3] = { 0, 0, 0 };
  guint n = 0;
  gboolean pm;

  *seconds = 0;
  while (*text == ' ' || *text == 'T' || *text == ',')
    text++;
  if (*text == '\0')
    return TRUE;
  for (; n < 3; n++)
    {
      if (!g_ascii_isdigit (*text))
        return FALSE;
      while (g_ascii_isdigit (*text) && values[n] < 100)
        values[n] = values[n] * 10 + *text++ - '0';
      if (*text != ':')
        break;
      text++;
    }
  while (*text == ' ')
    text++;
  pm = g_ascii_strcasecmp (text, "pm") == 0;
  if (n == 0 || values[0] > 23 || values[1] > 59 || values[2] > 60 ||
      (*text != '\0' && !pm && g_ascii_strcasecmp (text, "am") != 0))
    return FALSE;
  if (*text != '\0')
    values[0] = values[0] % 12 + (pm ? 12 : 0);
  *seconds = values[0] * 3600 + values[1] * 60 + values[2];
  return TRUE;
}

gboolean
baton_csv_parse_date (const char *text, BatonDateOrder dates, gint64 *at)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  g_autoptr (GDateTime) time = NULL;
  gboolean month_first = dates == BATON_DATES_MDY;
  DateParts parts;
  int seconds, year;

  if (strlen (trimmed) > 40 || !split_date (trimmed, &parts))
    return FALSE;
  if (parts.digits[0] == 4)
    {
      if (baton_timestamp_parse (trimmed, at))
        return TRUE;
      if (!read_clock (parts.rest, &seconds))
        return FALSE;
      time = g_date_time_new_utc (parts.numbers[0], parts.numbers[1], parts.numbers[2], 0, 0, 0);
    }
  else
    {
      if (dates == BATON_DATES_ISO || parts.digits[2] == 3 || !read_clock (parts.rest, &seconds))
        return FALSE;
      year =
          parts.digits[2] == 4 ? parts.numbers[2] : parts.numbers[2] + (parts.numbers[2] < 70 ? 2000 : 1900);
      time = g_date_time_new_utc (
          year, parts.numbers[month_first ? 0 : 1], parts.numbers[month_first ? 1 : 0], 0, 0, 0);
    }
  if (time == NULL)
    return FALSE;
  *at = (g_date_time_to_unix (time) + seconds) * G_USEC_PER_SEC;
  return TRUE;
}

void
csv_date_weigh (const char *text, CsvDateEvidence *evidence)
{
  DateParts parts;

  while (*text == ' ')
    text++;
  if (!split_date (text, &parts))
    return;
  if (parts.digits[0] == 4)
    evidence->iso++;
  else if (parts.separator == '.' || parts.numbers[0] > 12)
    evidence->dmy++;
  else if (parts.numbers[1] > 12)
    evidence->mdy++;
  else
    evidence->unclear++;
}

/* The names of months in the languages of the columns' names, by how they begin. */
static const char *const months[][4] = { { "jan" }, { "feb" }, { "mar", "mär", "mrz" }, { "apr" },
  { "may", "mai" }, { "jun" }, { "jul" }, { "aug" }, { "sep" }, { "oct", "okt" }, { "nov" },
  { "dec", "dez" } };

static int
month_of (const char *word)
{
  g_autofree char *folded = g_utf8_casefold (word, -1);

  for (guint i = 0; i < G_N_ELEMENTS (months); i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (months[i]) && months[i][j] != NULL; j++)
        {
          if (g_str_has_prefix (folded, months[i][j]))
            return (int) i + 1;
        }
    }
  return 0;
}

static gboolean
is_between (char c)
{
  return strchr (" -/.,", c) != NULL;
}

/* The next word or number of a date, or NULL. */
static char *
next_part (const char **text)
{
  const char *from;
  gboolean digits;

  while (**text != '\0' && is_between (**text))
    *text += 1;
  from = *text;
  digits = g_ascii_isdigit (*from);
  while (**text != '\0' && !is_between (**text) && g_ascii_isdigit (**text) == digits)
    *text += 1;
  return *text > from ? g_strndup (from, (gsize) (*text - from)) : NULL;
}

/* The numbers in the order in which they stand, and the month between them. */
static gboolean
read_written_month (const char *text, int numbers[3], const char **rest)
{
  guint n = 0;

  numbers[0] = numbers[1] = numbers[2] = 0;
  for (guint i = 0; i < 6 && (n < 2 || numbers[1] == 0); i++)
    {
      g_autofree char *part = next_part (&text);

      if (part == NULL || strlen (part) > 24)
        return FALSE;
      if (g_ascii_isdigit (*part))
        {
          if (n == 2 || strlen (part) > 4)
            return FALSE;
          numbers[n++ * 2] = (int) g_ascii_strtoll (part, NULL, 10);
        }
      else if (month_of (part) != 0 && numbers[1] == 0)
        numbers[1] = month_of (part);
      else if (n == 2)
        return FALSE;
    }
  *rest = text;
  return n == 2 && numbers[1] != 0;
}

gboolean
csv_date_written (const char *text, int numbers[3], const char **rest)
{
  int swap;

  if (!read_written_month (text, numbers, rest))
    return FALSE;
  /* The day stands first, unless the year does. */
  if (numbers[0] <= 31)
    {
      swap = numbers[0];
      numbers[0] = numbers[2] >= 100 ? numbers[2] : numbers[2] + (numbers[2] < 70 ? 2000 : 1900);
      numbers[2] = swap;
    }
  return TRUE;
}

static gboolean
civil (int year, int month, int day, int seconds, GTimeZone *zone, gint64 *at)
{
  g_autoptr (GDateTime) time = g_date_time_new (zone, year, month, day, 0, 0, 0);
  g_autoptr (GDateTime) moment = time != NULL ? g_date_time_add_seconds (time, seconds) : NULL;

  /* Hours are counted on the clock, also where it is set forward or back on that day. */
  if (moment != NULL && seconds >= 3600)
    {
      g_clear_pointer (&moment, g_date_time_unref);
      moment = g_date_time_new (
          zone, year, month, day, MIN (seconds / 3600, 23), seconds / 60 % 60, MIN (seconds % 60, 59));
    }
  if (moment == NULL)
    return FALSE;
  *at = g_date_time_to_unix (moment) * G_USEC_PER_SEC;
  return TRUE;
}

#define END_OF_DAY (24 * 3600 - 1)

/* Also what needs to be known to be a date, because it could be something else in another column. */
static gboolean
parse_parts (const char *text, BatonDateOrder dates, int parts[3], const char **rest)
{
  gsize digits = strspn (text, "0123456789");
  DateParts split;

  if (digits == 8 && (text[8] == '\0' || text[8] == 'T' || text[8] == ' '))
    {
      gint64 number = g_ascii_strtoll (text, NULL, 10);

      parts[0] = (int) (number / 10000);
      parts[1] = (int) (number / 100 % 100);
      parts[2] = (int) (number % 100);
      *rest = text + 8;
      return TRUE;
    }
  if (split_date (text, &split))
    {
      gboolean month_first = dates == BATON_DATES_MDY;

      *rest = split.rest;
      memcpy (parts, split.numbers, sizeof split.numbers);
      if (split.digits[0] == 4)
        return TRUE;
      if (dates == BATON_DATES_ISO || split.digits[2] == 3)
        return FALSE;
      parts[0] =
          split.digits[2] == 4 ? split.numbers[2] : split.numbers[2] + (split.numbers[2] < 70 ? 2000 : 1900);
      parts[1] = split.numbers[month_first ? 0 : 1];
      parts[2] = split.numbers[month_first ? 1 : 0];
      return TRUE;
    }
  return csv_date_written (text, parts, rest);
}

/* Seconds or milliseconds since 1970; days since 1899-12-30, as spreadsheets count them. */
static gboolean
parse_number (const char *text, gboolean end_of_day, GTimeZone *zone, gint64 *at)
{
  gsize digits = strspn (text, "0123456789");
  double number = g_ascii_strtod (text, NULL);

  if (text[digits] == '\0' && (digits == 10 || digits == 13))
    {
      *at = (gint64) number * (digits == 10 ? G_USEC_PER_SEC : 1000);
      return TRUE;
    }
  if (digits == 5 && (text[5] == '\0' || text[5] == '.') &&
      strspn (text + 5, ".0123456789") == strlen (text + 5))
    {
      g_autoptr (GDateTime) zero = g_date_time_new_utc (1899, 12, 30, 0, 0, 0);
      g_autoptr (GDateTime) day = g_date_time_add_days (zero, (int) number);
      int seconds = (int) ((number - (int) number) * 86400 + 0.5);

      return number >= 10000 && civil (g_date_time_get_year (day), g_date_time_get_month (day),
                                    g_date_time_get_day_of_month (day),
                                    seconds == 0 && end_of_day ? END_OF_DAY : seconds, zone, at);
    }
  return FALSE;
}

/* “10:00:00 GMT+0100 (CET)”, “10:00 UTC”: cut off, and what it says. */
static GTimeZone *
take_zone (char *text)
{
  char *zone = strstr (text, " GMT");
  g_autofree char *offset = NULL;

  if (zone == NULL)
    zone = strstr (text, " UTC");
  if (zone == NULL)
    return g_time_zone_new_local ();
  offset = g_strndup (zone + 4, strcspn (zone + 4, " ("));
  *zone = '\0';
  return *offset != '\0' ? g_time_zone_new_identifier (offset) : g_time_zone_new_utc ();
}

/* Of “9 March → 12 March” the end. */
static const char *
end_of_range (const char *text)
{
  const char *arrow = strstr (text, "→");

  return arrow != NULL ? arrow + strlen ("→") : text;
}

gboolean
csv_date_moment (const char *text, BatonDateOrder dates, gboolean end_of_day, gint64 *at)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (end_of_range (text)));
  g_autoptr (GTimeZone) zone = take_zone (trimmed);
  const char *rest;
  int parts[3];
  int seconds;

  if (zone == NULL || strlen (trimmed) > 60)
    return FALSE;
  if (strspn (trimmed, "0123456789") >= 4 && strpbrk (trimmed, "T ") != NULL)
    {
      g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (trimmed, zone);

      if (time != NULL)
        {
          *at = g_date_time_to_unix (time) * G_USEC_PER_SEC + g_date_time_get_microsecond (time);
          return TRUE;
        }
    }
  if (!parse_parts (trimmed, dates, parts, &rest))
    return parse_number (trimmed, end_of_day, zone, at);
  if (g_str_equal (rest, "") && end_of_day)
    seconds = END_OF_DAY;
  else if (!read_clock (rest, &seconds))
    return FALSE;
  return civil (parts[0], parts[1], parts[2], seconds, zone, at);
}
