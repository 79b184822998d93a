/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "csv-guess.h"

#include "csv-dates.h"

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

/* What columns are called in English, German, French and Spanish, and by the tools that tables come from. */
static const struct
{
  BatonCsvRole role;
  const char *names;
} headers[] = {
  { BATON_CSV_TITLE,
      "|title|name|card|card name|card title|task|task name|issue|issue title|item|item name|summary|subject|"
      "deliverable|work item|titel|karte|aufgabe|aufgabenname|betreff|bezeichnung|thema|vorgang|"
      "titre|nom|tâche|título|titulo|nombre|tarea|" },
  { BATON_CSV_BRIEF,
      "|brief|description|desc|card description|task description|task content|details|body|briefing|"
      "beschreibung|inhalt|text|descripción|descripcion|" },
  { BATON_CSV_NOTES,
      "|notes|note|comment|comments|remarks|context|notizen|notiz|anmerkung|anmerkungen|bemerkung|"
      "bemerkungen|kommentar|kommentare|remarques|notas|" },
  { BATON_CSV_AUDIENCE, "|audience|target group|target audience|zielgruppe|publikum|" },
  { BATON_CSV_STAGE,
      "|stage|status|state|task status|list|list name|column|column name|step|phase|section|section/column|"
      "bucket|bucket name|liste|spalte|schritt|zustand|stufe|statut|état|etapa|estado|" },
  { BATON_CSV_OWNER,
      "|owner|assignee|assignee name|assign|assigned|assigned to|responsible|person|zuständig|zugewiesen an|"
      "verantwortlich|verantwortliche|verantwortlicher|bearbeiter|bearbeiterin|besitzer|responsable|assigné "
      "à|"
      "asignado a|" },
  { BATON_CSV_MEMBERS, "|members|assignees|people|mitglieder|beteiligte|personen|membres|miembros|" },
  { BATON_CSV_CHANNEL, "|channel|platform|medium|kanal|plattform|canal|" },
  { BATON_CSV_CAMPAIGN,
      "|campaign|project|projects|project name|initiative|epic|milestone|kampagne|projekt|campagne|projet|"
      "campaña|proyecto|" },
  { BATON_CSV_ASSET_TYPE,
      "|asset type|type|asset|format|asset_type|issue type|task type|work item type|art|typ|tipo|" },
  { BATON_CSV_LABELS, "|labels|label|tags|tag|categories|category|etiketten|etikett|schlagwörter|schlagworte|"
                      "kategorie|kategorien|étiquettes|etiquetas|" },
  { BATON_CSV_DUE,
      "|due|due date|due at|due by|due on|duedate|deadline|target date|end date|fällig|fälligkeit|fällig am|"
      "fälligkeitsdatum|termin|frist|abgabe|abgabedatum|date|datum|publish date|publication "
      "date|veröffentlichung|échéance|date d’échéance|date d'échéance|vencimiento|"
      "fecha de vencimiento|fecha límite|" },
  { BATON_CSV_URGENCY, "|urgency|priority|prio|dringlichkeit|priorität|priorité|prioridad|" },
  { BATON_CSV_CREATED,
      "|created|created at|created time|created date|creation date|creation time|date created|created on|"
      "erstellt|erstellt am|angelegt|angelegt am|erstellungsdatum|créé le|date de création|creado|"
      "fecha de creación|" },
  { BATON_CSV_ARCHIVED, "|archived|closed|archiviert|geschlossen|" },
};

/* “Due_Date*” and “dueDate” are “due date”. */
static char *
plain_header (const char *name)
{
  g_autoptr (GString) plain = g_string_new (NULL);
  g_autofree char *text = NULL;

  for (const char *at = name; *at != '\0'; at++)
    {
      if (at > name && g_ascii_isupper (*at) && g_ascii_islower (at[-1]))
        g_string_append_c (plain, ' ');
      g_string_append_c (plain, *at == '_' ? ' ' : *at);
    }
  while (plain->len > 0 && strchr (" *:?", plain->str[plain->len - 1]) != NULL)
    g_string_truncate (plain, plain->len - 1);
  text = g_strstrip (g_strdup (plain->str));
  return g_utf8_casefold (text, -1);
}

BatonCsvRole
baton_csv_role_of_header (const char *name)
{
  g_autofree char *folded = strlen (name) <= 100 ? plain_header (name) : g_strdup ("");
  g_autofree char *wanted = g_strconcat ("|", folded, "|", NULL);

  if (*folded == '\0' || strchr (folded, '|') != NULL)
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

static gboolean
has_column (const BatonCsvFile *csv, const char *name)
{
  for (guint i = 0; i < csv->columns->len; i++)
    {
      if (g_str_equal (((BatonCsvColumn *) g_ptr_array_index (csv->columns, i))->name, name))
        return TRUE;
    }
  return FALSE;
}

/* Baton's own tables have columns that are worked out from others. */
static gboolean
is_worked_out (const BatonCsvFile *csv, const char *name)
{
  static const char *const names[] = { "In stage since", "Items", "Items done", "Comments" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_str_equal (names[i], name))
        return has_column (csv, "In stage since") && has_column (csv, "Items done");
    }
  return FALSE;
}

/* Columns that nobody else claims become fields of the team's own; without a title, the first of them is it.
 * Some tools have a column for each label. */
void
baton_csv_propose_map (BatonCsvFile *csv)
{
  for (guint i = 0; i < csv->columns->len; i++)
    {
      BatonCsvColumn *column = g_ptr_array_index (csv->columns, i);
      BatonCsvRole role = csv->format.header ? baton_csv_role_of_header (column->name) : BATON_CSV_N_ROLES;
      gboolean repeats = role == BATON_CSV_LABELS || role == BATON_CSV_MEMBERS;

      if (csv->format.header && is_worked_out (csv, column->name))
        column->role = BATON_CSV_IGNORE;
      else
        column->role =
            role == BATON_CSV_N_ROLES || (!repeats && is_taken (csv, role)) ? BATON_CSV_CUSTOM : role;
    }
  for (guint i = 0; i < csv->columns->len && !is_taken (csv, BATON_CSV_TITLE); i++)
    {
      BatonCsvColumn *column = g_ptr_array_index (csv->columns, i);

      if (column->role == BATON_CSV_CUSTOM)
        column->role = BATON_CSV_TITLE;
    }
}

/* Every date in the file is looked at: the one that settles it may come late. */
void
baton_csv_map_changed (BatonCsvFile *csv)
{
  g_autoptr (GPtrArray) cells = baton_csv_cells_new ();
  CsvDateEvidence evidence = { 0 };
  BatonCsvParser parser;
  guint n_cells, line;

  baton_csv_parser_start (&parser, csv);
  while (baton_csv_parser_next (&parser, cells, &n_cells, &line, NULL))
    {
      for (guint i = 0; i < MIN (n_cells, csv->columns->len); i++)
        {
          const BatonCsvColumn *column = g_ptr_array_index (csv->columns, i);

          if (column->role == BATON_CSV_DUE || column->role == BATON_CSV_CREATED ||
              column->role == BATON_CSV_ARCHIVED)
            csv_date_weigh (((GString *) g_ptr_array_index (cells, i))->str, &evidence);
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
