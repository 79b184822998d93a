/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "team-fields.h"

#include "baton-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdio.h>

#define HOUR 3600.0

const TeamField team_fields[] = {
  { "arrivals_per_week", TEAM_NUMBER, G_STRUCT_OFFSET (BatonTeam, arrivals) },
  { "zone_hours", TEAM_ZONE, G_STRUCT_OFFSET (BatonTeam, zone) },
  { "any_time", TEAM_YES, G_STRUCT_OFFSET (BatonTeam, any_time) },
  { "bundle", TEAM_YES, G_STRUCT_OFFSET (BatonTeam, bundle) },
  { "present", TEAM_WAY, G_STRUCT_OFFSET (BatonTeam, present) },
  { NULL },
};

const TeamField team_claim_fields[] = {
  { "before_hours", TEAM_HOURS, G_STRUCT_OFFSET (BatonTeam, claim_before) },
  { "after_hours", TEAM_HOURS, G_STRUCT_OFFSET (BatonTeam, claim_after) },
  { NULL },
};

const TeamField team_person_fields[] = {
  { "zone_hours", TEAM_ZONE, G_STRUCT_OFFSET (BatonTeamPerson, zone) },
  { "weekdays", TEAM_WEEKDAYS, G_STRUCT_OFFSET (BatonTeamPerson, weekdays) },
  { "from", TEAM_TIME, G_STRUCT_OFFSET (BatonTeamPerson, from) },
  { "to", TEAM_TIME, G_STRUCT_OFFSET (BatonTeamPerson, to) },
  { "focus", TEAM_NUMBER, G_STRUCT_OFFSET (BatonTeamPerson, focus) },
  { "days_away", TEAM_COUNT, G_STRUCT_OFFSET (BatonTeamPerson, days_away) },
  { NULL },
};

const TeamField team_meeting_fields[] = {
  { "weekday", TEAM_WEEKDAY, G_STRUCT_OFFSET (BatonTeamMeeting, weekday) },
  { "from", TEAM_TIME, G_STRUCT_OFFSET (BatonTeamMeeting, from) },
  { "minutes", TEAM_COUNT, G_STRUCT_OFFSET (BatonTeamMeeting, minutes) },
  { NULL },
};

const TeamField team_absence_fields[] = {
  { "from_day", TEAM_COUNT, G_STRUCT_OFFSET (BatonTeamAbsence, from) },
  { "to_day", TEAM_COUNT, G_STRUCT_OFFSET (BatonTeamAbsence, to) },
  { NULL },
};

const TeamField team_stage_fields[] = {
  { "review", TEAM_YES, G_STRUCT_OFFSET (BatonTeamStage, review) },
  { "batch", TEAM_COUNT, G_STRUCT_OFFSET (BatonTeamStage, batch) },
  { "visit", TEAM_NUMBER, G_STRUCT_OFFSET (BatonTeamStage, visit) },
  { "rework", TEAM_NUMBER, G_STRUCT_OFFSET (BatonTeamStage, rework) },
  { "rework_work", TEAM_NUMBER, G_STRUCT_OFFSET (BatonTeamStage, rework_work) },
  { "way", TEAM_WAY, G_STRUCT_OFFSET (BatonTeamStage, way) },
  { "dedicated", TEAM_YES, G_STRUCT_OFFSET (BatonTeamStage, dedicated) },
  { NULL },
};

const TeamField team_channel_fields[] = {
  { "share", TEAM_NUMBER, G_STRUCT_OFFSET (BatonTeamChannel, share) },
  { "work", TEAM_NUMBER, G_STRUCT_OFFSET (BatonTeamChannel, work) },
  { NULL },
};

const TeamField team_handoff_fields[] = {
  { "meeting_minutes", TEAM_COUNT, G_STRUCT_OFFSET (BatonTeamHandoffs, meeting) },
  { "slot_minutes", TEAM_COUNT, G_STRUCT_OFFSET (BatonTeamHandoffs, slot) },
  { "notice_minutes", TEAM_COUNT, G_STRUCT_OFFSET (BatonTeamHandoffs, notice) },
  { "in_turn", TEAM_YES, G_STRUCT_OFFSET (BatonTeamHandoffs, in_turn) },
  { "note_minutes", TEAM_COUNT, G_STRUCT_OFFSET (BatonTeamHandoffs, note) },
  { "questions_hybrid", TEAM_NUMBER, G_STRUCT_OFFSET (BatonTeamHandoffs, questions_hybrid) },
  { "questions_async", TEAM_NUMBER, G_STRUCT_OFFSET (BatonTeamHandoffs, questions_async) },
  { "checkpoint_weekdays", TEAM_WEEKDAYS, G_STRUCT_OFFSET (BatonTeamHandoffs, checkpoint_days) },
  { "checkpoint_from", TEAM_TIME, G_STRUCT_OFFSET (BatonTeamHandoffs, checkpoint_from) },
  { "checkpoint_minutes", TEAM_COUNT, G_STRUCT_OFFSET (BatonTeamHandoffs, checkpoint) },
  { "answer_minutes", TEAM_COUNT, G_STRUCT_OFFSET (BatonTeamHandoffs, answer) },
  { "answer_after_minutes", TEAM_COUNT, G_STRUCT_OFFSET (BatonTeamHandoffs, answer_after) },
  { "pickup_minutes", TEAM_COUNT, G_STRUCT_OFFSET (BatonTeamHandoffs, pickup) },
  { NULL },
};

gboolean
team_complain (GError **error, const char *where, const char *what)
{
  g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID, "%s: %s", where, what);
  return FALSE;
}

static gboolean
read_time (json_t *value, guint *minutes)
{
  const char *text = json_string_value (value);
  guint hour, minute;
  int used = 0;

  if (text == NULL || sscanf (text, "%2u:%2u%n", &hour, &minute, &used) != 2 || text[used] != '\0' ||
      hour > 24 || minute > 59)
    return FALSE;
  *minutes = hour * 60 + minute;
  return TRUE;
}

static gboolean
read_weekday (json_t *value, guint *weekday)
{
  json_int_t day = json_integer_value (value);

  *weekday = (guint) (day - 1);
  return json_is_integer (value) && day >= 1 && day <= 7;
}

static gboolean
read_weekdays (json_t *value, guint *bits)
{
  size_t i;
  json_t *element;

  *bits = 0;
  json_array_foreach (value, i, element)
    {
      guint weekday;

      if (!read_weekday (element, &weekday))
        return FALSE;
      *bits |= 1u << weekday;
    }
  return json_is_array (value);
}

static gboolean
read_count (json_t *value, guint *count)
{
  json_int_t number = json_integer_value (value);

  *count = (guint) CLAMP (number, 0, G_MAXINT);
  return json_is_integer (value) && number >= 0 && number <= G_MAXINT;
}

static gboolean
read_value (json_t *value, TeamFieldKind kind, gpointer into)
{
  double number = json_number_value (value);

  switch (kind)
    {
    case TEAM_NUMBER:
      *(double *) into = number;
      return json_is_number (value);
    case TEAM_HOURS:
      *(double *) into = number * HOUR;
      return json_is_number (value);
    case TEAM_ZONE:
      *(int *) into = (int) lround (CLAMP (number, -100, 100) * 60);
      return json_is_number (value);
    case TEAM_COUNT:
      return read_count (value, into);
    case TEAM_YES:
      *(gboolean *) into = json_is_true (value);
      return json_is_boolean (value);
    case TEAM_TIME:
      return read_time (value, into);
    case TEAM_WEEKDAY:
      return read_weekday (value, into);
    case TEAM_WEEKDAYS:
      return read_weekdays (value, into);
    case TEAM_WAY:
      return json_is_string (value) && baton_way_find (json_string_value (value), into);
    default:
      return FALSE;
    }
}

static const TeamField *
find_field (const TeamField *fields, const char *key)
{
  for (const TeamField *field = fields; field->key != NULL; field++)
    {
      if (g_str_equal (field->key, key))
        return field;
    }
  return NULL;
}

gboolean
team_fields_read (json_t *object, const TeamField *fields, const char *const *others, gpointer into,
    const char *where, GError **error)
{
  const char *key;
  json_t *value;

  if (!json_is_object (object))
    return team_complain (error, where, _ ("an object is wanted"));
  json_object_foreach (object, key, value)
    {
      const TeamField *field = find_field (fields, key);
      g_autofree char *what = NULL;

      if (field == NULL && others != NULL && g_strv_contains (others, key))
        continue;
      if (field != NULL && read_value (value, field->kind, (char *) into + field->offset))
        continue;
      what = g_strdup_printf (
          field == NULL ? _ ("“%s” is not known here") : _ ("the value of “%s” makes no sense"), key);
      return team_complain (error, where, what);
    }
  return TRUE;
}

static void
write_time (BatonJson *json, const char *key, guint minutes)
{
  g_autofree char *text = g_strdup_printf ("%02u:%02u", minutes / 60, minutes % 60);

  baton_json_string (json, key, text);
}

static void
write_weekdays (BatonJson *json, const char *key, guint bits)
{
  baton_json_begin_array (json, key);
  for (guint day = 0; day < 7; day++)
    {
      if ((bits >> day & 1) != 0)
        baton_json_int (json, NULL, day + 1);
    }
  baton_json_end_array (json);
}

static void
write_value (BatonJson *json, const TeamField *field, gconstpointer from)
{
  switch (field->kind)
    {
    case TEAM_NUMBER:
      baton_json_double (json, field->key, *(const double *) from);
      break;
    case TEAM_HOURS:
      baton_json_double (json, field->key, *(const double *) from / HOUR);
      break;
    case TEAM_ZONE:
      baton_json_double (json, field->key, *(const int *) from / 60.0);
      break;
    case TEAM_COUNT:
      baton_json_int (json, field->key, *(const guint *) from);
      break;
    case TEAM_YES:
      baton_json_bool (json, field->key, *(const gboolean *) from);
      break;
    case TEAM_TIME:
      write_time (json, field->key, *(const guint *) from);
      break;
    case TEAM_WEEKDAY:
      baton_json_int (json, field->key, *(const guint *) from + 1);
      break;
    case TEAM_WEEKDAYS:
      write_weekdays (json, field->key, *(const guint *) from);
      break;
    case TEAM_WAY:
      baton_json_string (json, field->key, baton_way_id (*(const BatonWay *) from));
      break;
    default:
      g_assert_not_reached ();
    }
}

void
team_fields_write (const TeamField *fields, gconstpointer from, BatonJson *json)
{
  for (const TeamField *field = fields; field->key != NULL; field++)
    write_value (json, field, (const char *) from + field->offset);
}
