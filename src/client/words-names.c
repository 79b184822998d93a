/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "words.h"

#include <glib/gi18n-lib.h>

#define LONGEST_EXCERPT 60

struct _BatonNames
{
  BatonReader *reader;
  GHashTable *names; /* id → char * */
};

BatonNames *
baton_names_new (BatonReader *reader)
{
  BatonNames *names = g_new0 (BatonNames, 1);

  names->reader = reader;
  names->names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return names;
}

void
baton_names_free (BatonNames *names)
{
  g_hash_table_unref (names->names);
  g_free (names);
}

static char *
excerpt (const char *text)
{
  g_autofree char *line = g_strdup (text);

  g_strdelimit (line, "\r\n\t", ' ');
  g_strstrip (line);
  if (g_utf8_strlen (line, -1) > LONGEST_EXCERPT)
    {
      g_autofree char *cut = g_utf8_substring (line, 0, LONGEST_EXCERPT - 1);

      return g_strconcat (cut, "…", NULL);
    }
  return g_steal_pointer (&line);
}

static char *
name_of_row (const BatonRow *row)
{
  static const char *const fields[] = { "name", "title", "text", "url" };

  for (guint i = 0; row != NULL && i < G_N_ELEMENTS (fields); i++)
    {
      BatonField field = baton_field_find (row->entity, fields[i]);
      const char *text = field != BATON_FIELD_NONE ? baton_row_text (row, field) : NULL;

      if (text != NULL)
        return excerpt (text);
    }
  return g_strdup ("");
}

/* "Hero v2". */
static char *
name_of_version (BatonNames *names, const BatonRow *row)
{
  return g_strdup_printf (_ ("%s v%d"),
      baton_names_get (names, BATON_ENTITY_ASSET, baton_row_text (row, BATON_VERSION_ASSET)),
      (int) baton_row_int (row, BATON_VERSION_NUMBER));
}

/* A review is spoken of by what it is about. */
static const BatonRow *
reviewed (BatonNames *names, const BatonRow *row, BatonRow **version)
{
  if (row == NULL || row->entity != BATON_ENTITY_REVIEW)
    return row;
  *version =
      baton_reader_row (names->reader, BATON_ENTITY_VERSION, baton_row_text (row, BATON_REVIEW_VERSION));
  return *version;
}

const char *
baton_names_get (BatonNames *names, BatonEntity entity, const char *id)
{
  char *name;

  if (id == NULL)
    return "";
  name = g_hash_table_lookup (names->names, id);
  if (name == NULL)
    {
      g_autoptr (BatonRow) row = baton_reader_row (names->reader, entity, id);

      g_autoptr (BatonRow) version = NULL;
      const BatonRow *named = reviewed (names, row, &version);

      name = named != NULL && named->entity == BATON_ENTITY_VERSION ? name_of_version (names, named)
                                                                    : name_of_row (named);
      g_hash_table_insert (names->names, g_strdup (id), name);
    }
  return name;
}

static char *
set_words (BatonNames *names, BatonEntity entity, const char *set)
{
  g_auto (GStrv) ids = baton_set_split (set);

  for (guint i = 0; ids[i] != NULL; i++)
    {
      char *name = g_strdup (baton_names_get (names, entity, ids[i]));

      g_free (ids[i]);
      ids[i] = name;
    }
  return g_strjoinv (", ", ids);
}

static char *
time_words (gint64 at)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (at / G_USEC_PER_SEC);

  return time != NULL ? g_date_time_format (time, "%x") : g_strdup ("?");
}

char *
baton_words_value (BatonNames *names, BatonField field, const BatonValue *value)
{
  const BatonFieldInfo *info = baton_field_info (field);

  if (value->kind == BATON_VALUE_NONE)
    return g_strdup ("–");
  switch (info->type)
    {
    case BATON_TYPE_REF:
      return g_strdup (baton_names_get (names, info->target, value->text));
    case BATON_TYPE_SET:
      return set_words (names, info->target, value->text);
    case BATON_TYPE_TIME:
      return time_words (value->number);
    case BATON_TYPE_BOOL:
      return g_strdup (value->number != 0 ? _ ("yes") : _ ("no"));
    case BATON_TYPE_INT:
      if (field == BATON_STAGE_AGE_LIMIT)
        return g_strdup_printf (
            g_dngettext (GETTEXT_PACKAGE, "%d day", "%d days", (gulong) (value->number / 86400)),
            (int) (value->number / 86400));
      return g_strdup_printf ("%" G_GINT64_FORMAT, value->number);
    case BATON_TYPE_ENUM:
      if (field == BATON_VERSION_STATUS || field == BATON_DECISION_DECISION || field == BATON_REVIEW_OUTCOME)
        return g_strdup (baton_words_decision (value->text));
      if (field == BATON_CARD_SATISFACTION)
        return g_strdup (baton_words_satisfaction (value->text));
      if (field == BATON_HANDOFF_MARK)
        return g_strdup (baton_words_handoff_mark (value->text));
      if (field == BATON_ANSWER_STATE)
        return g_strdup (baton_words_check_state (value->text));
      return g_strdup (field == BATON_STAGE_KIND ? baton_words_stage_kind (value->text)
                                                 : baton_words_urgency (value->text));
    case BATON_TYPE_TEXT:
    case BATON_TYPE_LONG:
    default:
      return excerpt (value->text);
    }
}

const char *
baton_words_handoff_mark (const char *mark)
{
  if (g_strcmp0 (mark, "sync") == 0)
    return _ ("both have to be there");
  return g_strcmp0 (mark, "async") == 0 ? _ ("a queue is enough") : _ ("as measured");
}

const char *
baton_words_stage_kind (const char *kind)
{
  if (g_strcmp0 (kind, "backlog") == 0)
    return _ ("Backlog");
  if (g_strcmp0 (kind, "queue") == 0)
    return _ ("Queue");
  if (g_strcmp0 (kind, "review") == 0)
    return _ ("Review");
  return g_strcmp0 (kind, "done") == 0 ? _ ("Done") : _ ("Active");
}

const char *
baton_words_satisfaction (const char *satisfaction)
{
  static const char *const words[] = { N_ ("1 – not at all"), N_ ("2 – a little"), N_ ("3 – partly"),
    N_ ("4 – mostly"), N_ ("5 – fully") };
  guint n = satisfaction != NULL ? (guint) (satisfaction[0] - '1') : G_N_ELEMENTS (words);

  return n < G_N_ELEMENTS (words) ? _ (words[n]) : "–";
}

const char *
baton_words_urgency (const char *urgency)
{
  if (g_strcmp0 (urgency, "low") == 0)
    return _ ("Low");
  if (g_strcmp0 (urgency, "high") == 0)
    return _ ("High");
  return g_strcmp0 (urgency, "fast") == 0 ? _ ("Fast lane") : _ ("Normal");
}

static const struct
{
  const char *name;
  const char *words;
} field_words[] = {
  { "name", N_ ("name") },
  { "title", N_ ("title") },
  { "satisfaction", N_ ("satisfaction") },
  { "brief", N_ ("brief") },
  { "notes", N_ ("context notes") },
  { "audience", N_ ("audience") },
  { "owner", N_ ("owner") },
  { "members", N_ ("members") },
  { "channel", N_ ("channel") },
  { "campaign", N_ ("campaign") },
  { "asset_type", N_ ("asset type") },
  { "due", N_ ("due date") },
  { "urgency", N_ ("urgency") },
  { "labels", N_ ("labels") },
  { "blockers", N_ ("dependencies") },
  { "blocked_reason", N_ ("reason for the block") },
  { "done_criteria", N_ ("definition of done") },
  { "template", N_ ("use as a template") },
  { "kind", N_ ("kind") },
  { "mark", N_ ("mark") },
  { "role", N_ ("role") },
  { "wip_limit", N_ ("limit of work in progress") },
  { "wip_hard", N_ ("refuse beyond the limit") },
  { "age_limit", N_ ("age limit") },
  { "done_hard", N_ ("insist on the definition of done") },
  { "color", N_ ("colour") },
  { "email", N_ ("e-mail address") },
  { "text", N_ ("text") },
  { "done", N_ ("done") },
  { "url", N_ ("address") },
  { "query", N_ ("conditions") },
  { "description", N_ ("description") },
  { "stage", N_ ("stage") },
  { "naming", N_ ("naming convention") },
  { "review_hours", N_ ("review window") },
  { "working_hours", N_ ("working hours") },
  { "time_zone", N_ ("time zone") },
  { "on_version", N_ ("stage after a new version") },
  { "on_approved", N_ ("stage after approval") },
  { "on_changes", N_ ("stage after a request for changes") },
  { "fast_reason", N_ ("reason for the fast lane") },
  { "current", N_ ("version that counts") },
  { "reason", N_ ("reason") },
  { "note", N_ ("note") },
  { "reviewers", N_ ("reviewers") },
  { "needed", N_ ("decisions needed") },
  { "ends", N_ ("end of the window") },
  { "decision", N_ ("decision") },
  { "state", N_ ("answer") },
  { "mentions", N_ ("people mentioned") },
  { "resolved", N_ ("settled") },
};

const char *
baton_words_field (BatonField field)
{
  for (guint i = 0; i < G_N_ELEMENTS (field_words); i++)
    {
      if (g_str_equal (field_words[i].name, baton_field_info (field)->name))
        return g_dgettext (GETTEXT_PACKAGE, field_words[i].words);
    }
  return baton_field_info (field)->name;
}
