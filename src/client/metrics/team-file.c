/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "team-fields.h"

#include "baton-error.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define HOUR 3600.0
#define MOST_VALUES 100000

static const char *
text_of (json_t *object, const char *key)
{
  return json_string_value (json_object_get (object, key));
}

static json_t *
list_of (json_t *object, const char *key)
{
  json_t *list = json_object_get (object, key);

  return json_is_array (list) ? list : NULL;
}

static double
hours_of (json_t *object, const char *key)
{
  json_t *value = json_object_get (object, key);

  return json_is_number (value) ? json_number_value (value) * HOUR : NAN;
}

static gboolean
read_values (json_t *list, BatonDist *dist)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (guint32));
  size_t i;
  json_t *value;

  json_array_foreach (list, i, value)
    {
      double seconds = json_number_value (value) * HOUR;
      guint32 whole;

      if (!json_is_number (value) || !(seconds >= 0 && seconds <= 365 * 86400.0) || i >= MOST_VALUES)
        return FALSE;
      whole = (guint32) lround (seconds);
      g_array_append_val (values, whole);
    }
  *dist = baton_dist_empirical ((const guint32 *) (gpointer) values->data, values->len);
  return values->len > 0;
}

/* {"kind":"lognormal","median_hours":1.5,"p85_hours":3} and the like. */
static gboolean
read_work (json_t *object, BatonDist *dist, const char *where, GError **error)
{
  static const char *const keys[] = { "kind", "hours", "mean_hours", "median_hours", "p85_hours", NULL };
  static const TeamField none[] = { { NULL } };
  const char *kind = text_of (object, "kind");
  double first;
  double second = 0;

  if (!team_fields_read (object, none, keys, NULL, where, error))
    return FALSE;
  if (g_strcmp0 (kind, "empirical") == 0)
    {
      if (read_values (list_of (object, "hours"), dist))
        return TRUE;
      return team_complain (error, where, _ ("the hours are not a list of numbers"));
    }
  if (g_strcmp0 (kind, "lognormal") == 0)
    {
      first = hours_of (object, "median_hours");
      second = hours_of (object, "p85_hours");
    }
  else if (g_strcmp0 (kind, "exponential") == 0)
    first = hours_of (object, "mean_hours");
  else if (g_strcmp0 (kind, "fixed") == 0)
    first = hours_of (object, "hours");
  else
    return team_complain (error, where, _ ("the kind is fixed, exponential, lognormal or empirical"));
  if (!isfinite (first) || !isfinite (second))
    return team_complain (error, where, _ ("a number of hours is missing"));
  *dist = *kind == 'l'   ? baton_dist_lognormal (first, second)
          : *kind == 'e' ? baton_dist_exponential (first)
                         : baton_dist_fixed (first);
  return TRUE;
}

static gboolean
read_list_of (
    json_t *list, const TeamField *fields, gsize size, GArray *into, const char *where, GError **error)
{
  size_t i;
  json_t *object;

  json_array_foreach (list, i, object)
    {
      guint64 element[4] = { 0 };

      g_assert (size <= sizeof element);
      if (!team_fields_read (object, fields, NULL, element, where, error))
        return FALSE;
      g_array_append_vals (into, element, 1);
    }
  return TRUE;
}

static gboolean
read_person (BatonTeam *team, json_t *object, const char *where, GError **error)
{
  static const char *const keys[] = { "name", "roles", "meetings", "absences", NULL };
  const char *name = text_of (object, "name");
  BatonTeamPerson *person = baton_team_add_person (team, name != NULL ? name : where, 0);
  size_t i;
  json_t *role;

  person->roles = 0;
  json_array_foreach (list_of (object, "roles"), i, role)
    {
      guint index = json_is_string (role) ? baton_team_add_role (team, json_string_value (role)) : G_MAXUINT;

      if (index > 63)
        return team_complain (error, where, _ ("a role is a text, and there are at most 64"));
      person->roles |= G_GUINT64_CONSTANT (1) << index;
    }
  return team_fields_read (object, team_person_fields, keys, person, where, error) &&
         read_list_of (list_of (object, "meetings"), team_meeting_fields, sizeof (BatonTeamMeeting),
             person->meetings, where, error) &&
         read_list_of (list_of (object, "absences"), team_absence_fields, sizeof (BatonTeamAbsence),
             person->absences, where, error);
}

static gboolean
find_stage (const BatonTeam *team, const char *name, guint *index)
{
  for (guint i = 0; i < team->stages->len; i++)
    {
      if (g_strcmp0 (baton_team_stage (team, i)->name, name) == 0)
        {
          *index = i;
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
read_stage (BatonTeam *team, json_t *object, const char *where, GError **error)
{
  static const char *const keys[] = { "name", "role", "work", "rework_to", NULL };
  const char *name = text_of (object, "name");
  const char *role = text_of (object, "role");
  json_t *work = json_object_get (object, "work");
  BatonDist dist = { 0 };
  BatonTeamStage *stage;

  if (role == NULL || work == NULL)
    return team_complain (error, where, _ ("“role” and “work” are wanted"));
  if (!read_work (work, &dist, where, error))
    return FALSE;
  stage = baton_team_add_stage (team, name != NULL ? name : where, baton_team_add_role (team, role), dist);
  stage->rework_to = team->stages->len - 1;
  if (text_of (object, "rework_to") != NULL &&
      !find_stage (team, text_of (object, "rework_to"), &stage->rework_to))
    return team_complain (error, where, _ ("“rework_to” is no stage before this one"));
  return team_fields_read (object, team_stage_fields, keys, stage, where, error);
}

static gboolean
read_channel (BatonTeam *team, json_t *object, const char *where, GError **error)
{
  static const char *const keys[] = { "name", NULL };
  const char *name = text_of (object, "name");
  BatonTeamChannel *channel = baton_team_add_channel (team, name != NULL ? name : where, 1, 1);

  return team_fields_read (object, team_channel_fields, keys, channel, where, error);
}

typedef gboolean (*ReadFunc) (BatonTeam *team, json_t *object, const char *where, GError **error);

static gboolean
read_each (BatonTeam *team, json_t *root, const char *key, ReadFunc func, GError **error)
{
  size_t i;
  json_t *object;

  if (json_object_get (root, key) != NULL && list_of (root, key) == NULL)
    return team_complain (error, key, _ ("a list is wanted"));
  json_array_foreach (list_of (root, key), i, object)
    {
      g_autofree char *where = g_strdup_printf ("%s %" G_GSIZE_FORMAT, key, i + 1);

      if (!json_is_object (object))
        return team_complain (error, where, _ ("an object is wanted"));
      if (!func (team, object, where, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_parts (BatonTeam *team, json_t *root, GError **error)
{
  static const char *const keys[] = { "name", "people", "stages", "channels", "handoffs", "claim", NULL };
  json_t *handoffs = json_object_get (root, "handoffs");
  json_t *claim = json_object_get (root, "claim");

  return team_fields_read (root, team_fields, keys, team, _ ("The team"), error) &&
         read_each (team, root, "people", read_person, error) &&
         read_each (team, root, "stages", read_stage, error) &&
         read_each (team, root, "channels", read_channel, error) &&
         (handoffs == NULL ||
             team_fields_read (handoffs, team_handoff_fields, NULL, &team->handoffs, "handoffs", error)) &&
         (claim == NULL || team_fields_read (claim, team_claim_fields, NULL, team, "claim", error));
}

BatonTeam *
baton_team_read (const char *text, gsize length, GError **error)
{
  json_error_t problem;
  json_t *root = json_loadb (text, length, JSON_REJECT_DUPLICATES, &problem);
  g_autoptr (BatonTeam) team = NULL;
  g_autofree char *wrong = NULL;
  gboolean ok;

  if (root == NULL)
    {
      g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID, _ ("This is no JSON: line %d: %s."), problem.line,
          problem.text);
      return NULL;
    }
  team = baton_team_new (
      json_is_object (root) && text_of (root, "name") != NULL ? text_of (root, "name") : _ ("Team"));
  ok = read_parts (team, root, error);
  json_decref (root);
  wrong = ok ? baton_team_problem (team) : NULL;
  if (wrong != NULL)
    g_set_error_literal (error, BATON_ERROR, BATON_ERROR_INVALID, wrong);
  return ok && wrong == NULL ? g_steal_pointer (&team) : NULL;
}

static void
write_work (const BatonDist *dist, BatonJson *json)
{
  baton_json_begin_object (json, "work");
  switch (dist->kind)
    {
    case BATON_DIST_EXPONENTIAL:
      baton_json_string (json, "kind", "exponential");
      baton_json_double (json, "mean_hours", dist->first / HOUR);
      break;
    case BATON_DIST_LOGNORMAL:
      baton_json_string (json, "kind", "lognormal");
      baton_json_double (json, "median_hours", dist->first / HOUR);
      baton_json_double (json, "p85_hours", dist->second / HOUR);
      break;
    case BATON_DIST_EMPIRICAL:
      baton_json_string (json, "kind", "empirical");
      baton_json_begin_array (json, "hours");
      for (guint i = 0; i < dist->n_values; i++)
        baton_json_double (json, NULL, dist->values[i] / HOUR);
      baton_json_end_array (json);
      break;
    case BATON_DIST_FIXED:
    default:
      baton_json_string (json, "kind", "fixed");
      baton_json_double (json, "hours", dist->first / HOUR);
      break;
    }
  baton_json_end_object (json);
}

static void
write_list (BatonJson *json, const char *key, const GArray *list, const TeamField *fields)
{
  gsize size = g_array_get_element_size ((GArray *) list);

  baton_json_begin_array (json, key);
  for (guint i = 0; i < list->len; i++)
    {
      baton_json_begin_object (json, NULL);
      team_fields_write (fields, list->data + i * size, json);
      baton_json_end_object (json);
    }
  baton_json_end_array (json);
}

static void
write_person (const BatonTeam *team, const BatonTeamPerson *person, BatonJson *json)
{
  baton_json_begin_object (json, NULL);
  baton_json_string (json, "name", person->name);
  baton_json_begin_array (json, "roles");
  for (guint i = 0; i < team->roles->len; i++)
    {
      if ((person->roles >> i & 1) != 0)
        baton_json_string (json, NULL, g_ptr_array_index (team->roles, i));
    }
  baton_json_end_array (json);
  team_fields_write (team_person_fields, person, json);
  write_list (json, "meetings", person->meetings, team_meeting_fields);
  write_list (json, "absences", person->absences, team_absence_fields);
  baton_json_end_object (json);
}

static void
write_stage (const BatonTeam *team, const BatonTeamStage *stage, BatonJson *json)
{
  baton_json_begin_object (json, NULL);
  baton_json_string (json, "name", stage->name);
  baton_json_string (json, "role", g_ptr_array_index (team->roles, stage->role));
  write_work (&stage->work, json);
  team_fields_write (team_stage_fields, stage, json);
  baton_json_string (json, "rework_to", baton_team_stage (team, stage->rework_to)->name);
  baton_json_end_object (json);
}

static void
write_channels (const BatonTeam *team, BatonJson *json)
{
  baton_json_begin_array (json, "channels");
  for (guint i = 0; i < team->channels->len; i++)
    {
      baton_json_begin_object (json, NULL);
      baton_json_string (json, "name", baton_team_channel (team, i)->name);
      team_fields_write (team_channel_fields, baton_team_channel (team, i), json);
      baton_json_end_object (json);
    }
  baton_json_end_array (json);
}

void
baton_team_write (const BatonTeam *team, BatonJson *json)
{
  baton_json_begin_object (json, NULL);
  baton_json_string (json, "name", team->name);
  team_fields_write (team_fields, team, json);
  baton_json_begin_array (json, "people");
  for (guint i = 0; i < team->people->len; i++)
    write_person (team, baton_team_person (team, i), json);
  baton_json_end_array (json);
  baton_json_begin_array (json, "stages");
  for (guint i = 0; i < team->stages->len; i++)
    write_stage (team, baton_team_stage (team, i), json);
  baton_json_end_array (json);
  write_channels (team, json);
  baton_json_begin_object (json, "handoffs");
  team_fields_write (team_handoff_fields, &team->handoffs, json);
  baton_json_end_object (json);
  baton_json_begin_object (json, "claim");
  team_fields_write (team_claim_fields, team, json);
  baton_json_end_object (json);
  baton_json_end_object (json);
}
