/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "csv-guess.h"

#include "timestamp.h"

#include <string.h>

static const char *const role_names[BATON_CSV_N_ROLES] = { "ignore", "title", "brief", "notes", "audience",
  "stage", "owner", "members", "channel", "campaign", "type", "labels", "due", "urgency", "created",
  "archived", "custom" };

const char *
baton_csv_role_name (BatonCsvRole role)
{
  return role_names[role];
}

BatonCsvRole
baton_csv_role_find (const char *name)
{
  for (guint i = 0; i < BATON_CSV_N_ROLES; i++)
    {
      if (g_ascii_strcasecmp (role_names[i], name) == 0)
        return i;
    }
  return g_ascii_strcasecmp (name, "asset-type") == 0 || g_ascii_strcasecmp (name, "asset_type") == 0
             ? BATON_CSV_ASSET_TYPE
             : BATON_CSV_N_ROLES;
}

gboolean
baton_csv_dates_find (const char *name, BatonDateOrder *dates)
{
  static const char *const names[] = { "guess", "iso", "dmy", "mdy" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_ascii_strcasecmp (names[i], name) != 0)
        continue;
      *dates = i;
      return TRUE;
    }
  return FALSE;
}

/* What columns are called in English and in German. */
static const struct
{
  BatonCsvRole role;
  const char *names;
} headers[] = {
  { BATON_CSV_TITLE,
      "|title|name|card|card name|card title|task|task name|summary|subject|deliverable|titel|karte|"
      "aufgabe|betreff|bezeichnung|thema|vorgang|" },
  { BATON_CSV_BRIEF,
      "|brief|description|desc|card description|details|body|briefing|beschreibung|inhalt|text|" },
  { BATON_CSV_NOTES,
      "|notes|note|comment|comments|remarks|context|notizen|notiz|anmerkung|anmerkungen|bemerkung|"
      "bemerkungen|kommentar|kommentare|" },
  { BATON_CSV_AUDIENCE, "|audience|target group|zielgruppe|publikum|" },
  { BATON_CSV_STAGE,
      "|stage|status|state|list|list name|column|step|phase|section|bucket|liste|spalte|schritt|"
      "zustand|stufe|" },
  { BATON_CSV_OWNER,
      "|owner|assignee|assigned to|responsible|person|zuständig|verantwortlich|verantwortliche|"
      "verantwortlicher|bearbeiter|bearbeiterin|besitzer|" },
  { BATON_CSV_MEMBERS, "|members|assignees|people|team|mitglieder|beteiligte|personen|" },
  { BATON_CSV_CHANNEL, "|channel|platform|medium|kanal|plattform|" },
  { BATON_CSV_CAMPAIGN, "|campaign|project|initiative|kampagne|projekt|" },
  { BATON_CSV_ASSET_TYPE, "|asset type|type|asset|format|asset_type|art|typ|" },
  { BATON_CSV_LABELS, "|labels|label|tags|tag|categories|category|etiketten|etikett|schlagwörter|schlagworte|"
                      "kategorie|kategorien|" },
  { BATON_CSV_DUE,
      "|due|due date|deadline|due on|end date|fällig|fälligkeit|fällig am|fälligkeitsdatum|termin|frist|"
      "abgabe|" },
  { BATON_CSV_URGENCY, "|urgency|priority|prio|dringlichkeit|priorität|" },
  { BATON_CSV_CREATED,
      "|created|created at|creation date|date created|created on|erstellt|erstellt am|angelegt|"
      "angelegt am|erstellungsdatum|" },
  { BATON_CSV_ARCHIVED, "|archived|closed|archiviert|geschlossen|" },
};

BatonCsvRole
baton_csv_role_of_header (const char *name)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (name));
  g_autofree char *folded = g_utf8_casefold (trimmed, -1);
  g_autofree char *wanted = g_strconcat ("|", folded, "|", NULL);

  if (*folded == '\0' || strlen (folded) > 100)
    return BATON_CSV_N_ROLES;
  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      if (strstr (headers[i].names, wanted) != NULL)
        return headers[i].role;
    }
  return BATON_CSV_N_ROLES;
}

static gboolean
is_taken (const BatonCsvFile *csv, BatonCsvRole role)
{
  for (guint i = 0; i < csv->columns->len; i++)
    {
      if (((BatonCsvColumn *) g_ptr_array_index (csv->columns, i))->role == role)
        return TRUE;
    }
  return FALSE;
}

/* Columns that nobody else claims become fields of the team's own; without a title, the first of them is it.
 */
void
baton_csv_propose_map (BatonCsvFile *csv)
{
  for (guint i = 0; i < csv->columns->len; i++)
    {
      BatonCsvColumn *column = g_ptr_array_index (csv->columns, i);
      BatonCsvRole role = csv->format.header ? baton_csv_role_of_header (column->name) : BATON_CSV_N_ROLES;

      column->role = role == BATON_CSV_N_ROLES || is_taken (csv, role) ? BATON_CSV_CUSTOM : role;
    }
  for (guint i = 0; i < csv->columns->len && !is_taken (csv, BATON_CSV_TITLE); i++)
    {
      BatonCsvColumn *column = g_ptr_array_index (csv->columns, i);

      if (column->role == BATON_CSV_CUSTOM)
        column->role = BATON_CSV_TITLE;
    }
}

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

typedef struct
{
  guint dmy, mdy, iso, unclear;
} Evidence;

static void
weigh_date (const char *text, Evidence *evidence)
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

/* Every date in the file is looked at: the one that settles it may come late. */
void
baton_csv_map_changed (BatonCsvFile *csv)
{
  g_autoptr (GPtrArray) cells = baton_csv_cells_new ();
  Evidence evidence = { 0 };
  BatonCsvParser parser;
  guint n_cells, line;

  baton_csv_parser_init (&parser, csv->text, csv->length, csv->format.delimiter, csv->format.quote);
  while (baton_csv_parser_next (&parser, cells, &n_cells, &line, NULL))
    {
      for (guint i = 0; i < MIN (n_cells, csv->columns->len); i++)
        {
          const BatonCsvColumn *column = g_ptr_array_index (csv->columns, i);

          if (column->role == BATON_CSV_DUE || column->role == BATON_CSV_CREATED ||
              column->role == BATON_CSV_ARCHIVED)
            weigh_date (((GString *) g_ptr_array_index (cells, i))->str, &evidence);
        }
    }
  csv->dates_sure = (evidence.dmy > 0) + (evidence.mdy > 0) == 1 ||
                    (evidence.unclear == 0 && evidence.dmy == 0 && evidence.mdy == 0);
  if (csv->dates_chosen)
    return;
  csv->format.dates = evidence.mdy > evidence.dmy                                      ? BATON_DATES_MDY
                      : evidence.iso > 0 && evidence.dmy == 0 && evidence.unclear == 0 ? BATON_DATES_ISO
                                                                                       : BATON_DATES_DMY;
}
