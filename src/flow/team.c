/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

#include "team.h"

#include "random.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define Z_85 1.0364333894937898

static void
person_clear (gpointer data)
{
  BatonTeamPerson *person = data;

  g_free (person->name);
  g_array_unref (person->meetings);
  g_array_unref (person->absences);
}

static void
stage_clear (gpointer data)
{
  BatonTeamStage *stage = data;

  g_free (stage->name);
  baton_dist_clear (&stage->work);
}

static void
channel_clear (gpointer data)
{
  BatonTeamChannel *channel = data;

  g_free (channel->name);
}

BatonTeam *
baton_team_new (const char *name)
{
  BatonTeam *team = g_new0 (BatonTeam, 1);

  team->name = g_strdup (name);
  team->roles = g_ptr_array_new_with_free_func (g_free);
  team->people = g_array_new (FALSE, TRUE, sizeof (BatonTeamPerson));
  team->stages = g_array_new (FALSE, TRUE, sizeof (BatonTeamStage));
  team->channels = g_array_new (FALSE, TRUE, sizeof (BatonTeamChannel));
  g_array_set_clear_func (team->people, person_clear);
  g_array_set_clear_func (team->stages, stage_clear);
  g_array_set_clear_func (team->channels, channel_clear);
  team->handoffs = (BatonTeamHandoffs){ .meeting = 30,
    .slot = 30,
    .notice = 60,
    .note = 10,
    .questions_hybrid = 0.2,
    .questions_async = 0.2,
    .checkpoint_days = 0x1f,
    .checkpoint_from = 10 * 60,
    .checkpoint = 15,
    .answer = 10,
    .answer_after = 60 };
  return team;
}

static void
copy_people (BatonTeam *copy, const BatonTeam *team)
{
  for (guint i = 0; i < team->people->len; i++)
    {
      const BatonTeamPerson *from = baton_team_person (team, i);
      BatonTeamPerson person = *from;

      person.name = g_strdup (from->name);
      person.meetings = g_array_copy (from->meetings);
      person.absences = g_array_copy (from->absences);
      g_array_append_val (copy->people, person);
    }
}

BatonTeam *
baton_team_copy (const BatonTeam *team)
{
  BatonTeam *copy = baton_team_new (team->name);

  for (guint i = 0; i < team->roles->len; i++)
    g_ptr_array_add (copy->roles, g_strdup (g_ptr_array_index (team->roles, i)));
  copy_people (copy, team);
  for (guint i = 0; i < team->stages->len; i++)
    {
      BatonTeamStage stage = *baton_team_stage (team, i);

      stage.name = g_strdup (stage.name);
      stage.work.values = g_memdup2 (stage.work.values, stage.work.n_values * sizeof (guint32));
      g_array_append_val (copy->stages, stage);
    }
  for (guint i = 0; i < team->channels->len; i++)
    {
      const BatonTeamChannel *channel = baton_team_channel (team, i);

      baton_team_add_channel (copy, channel->name, channel->share, channel->work);
    }
  copy->arrivals = team->arrivals;
  copy->zone = team->zone;
  copy->any_time = team->any_time;
  copy->bundle = team->bundle;
  copy->present = team->present;
  copy->handoffs = team->handoffs;
  copy->claim_before = team->claim_before;
  copy->claim_after = team->claim_after;
  return copy;
}

void
baton_team_free (BatonTeam *team)
{
  if (team == NULL)
    return;
  g_free (team->name);
  g_ptr_array_unref (team->roles);
  g_array_unref (team->people);
  g_array_unref (team->stages);
  g_array_unref (team->channels);
  g_free (team);
}

guint
baton_team_add_role (BatonTeam *team, const char *name)
{
  guint index;

  if (g_ptr_array_find_with_equal_func (team->roles, name, g_str_equal, &index))
    return index;
  g_ptr_array_add (team->roles, g_strdup (name));
  return team->roles->len - 1;
}

BatonTeamPerson *
baton_team_add_person (BatonTeam *team, const char *name, guint role)
{
  BatonTeamPerson person = { .name = g_strdup (name),
    .roles = G_GUINT64_CONSTANT (1) << MIN (role, 63),
    .weekdays = 0x1f,
    .from = 9 * 60,
    .to = 17 * 60,
    .focus = 1,
    .meetings = g_array_new (FALSE, FALSE, sizeof (BatonTeamMeeting)),
    .absences = g_array_new (FALSE, FALSE, sizeof (BatonTeamAbsence)) };

  g_array_append_val (team->people, person);
  return baton_team_person (team, team->people->len - 1);
}

BatonTeamStage *
baton_team_add_stage (BatonTeam *team, const char *name, guint role, BatonDist work)
{
  BatonTeamStage stage = { .name = g_strdup (name),
    .role = role,
    .work = work,
    .batch = 1,
    .visit = 1,
    .rework_work = 0.5,
    .way = BATON_WAY_ASYNC };

  g_array_append_val (team->stages, stage);
  return baton_team_stage (team, team->stages->len - 1);
}

BatonTeamChannel *
baton_team_add_channel (BatonTeam *team, const char *name, double share, double work)
{
  BatonTeamChannel channel = { .name = g_strdup (name), .share = share, .work = work };

  g_array_append_val (team->channels, channel);
  return baton_team_channel (team, team->channels->len - 1);
}

BatonTeamPerson *
baton_team_person (const BatonTeam *team, guint index)
{
  return &g_array_index (team->people, BatonTeamPerson, index);
}

BatonTeamStage *
baton_team_stage (const BatonTeam *team, guint index)
{
  return &g_array_index (team->stages, BatonTeamStage, index);
}

BatonTeamChannel *
baton_team_channel (const BatonTeam *team, guint index)
{
  return &g_array_index (team->channels, BatonTeamChannel, index);
}

BatonDist
baton_dist_fixed (double seconds)
{
  return (BatonDist){ .kind = BATON_DIST_FIXED, .first = seconds };
}

BatonDist
baton_dist_exponential (double mean)
{
  return (BatonDist){ .kind = BATON_DIST_EXPONENTIAL, .first = mean };
}

BatonDist
baton_dist_lognormal (double median, double p85)
{
  BatonDist dist = { .kind = BATON_DIST_LOGNORMAL, .first = median, .second = MAX (median, p85) };

  dist.sigma = median > 0 && dist.second < G_MAXDOUBLE ? baton_fixed_log (dist.second / median) / Z_85 : 0;
  return dist;
}

BatonDist
baton_dist_empirical (const guint32 *values, guint n)
{
  return (BatonDist){
    .kind = BATON_DIST_EMPIRICAL, .values = g_memdup2 (values, n * sizeof (guint32)), .n_values = n
  };
}

void
baton_dist_clear (BatonDist *dist)
{
  g_clear_pointer (&dist->values, g_free);
}

double
baton_dist_mean (const BatonDist *dist)
{
  double sum = 0;

  switch (dist->kind)
    {
    case BATON_DIST_LOGNORMAL:
      return dist->first * baton_fixed_exp (dist->sigma * dist->sigma / 2);
    case BATON_DIST_EMPIRICAL:
      for (guint i = 0; i < dist->n_values; i++)
        sum += dist->values[i];
      return dist->n_values > 0 ? sum / dist->n_values : 0;
    case BATON_DIST_FIXED:
    case BATON_DIST_EXPONENTIAL:
    default:
      return dist->first;
    }
}

double
baton_dist_value (const BatonDist *dist, double unit)
{
  switch (dist->kind)
    {
    case BATON_DIST_EXPONENTIAL:
      return -dist->first * baton_fixed_log (unit);
    case BATON_DIST_LOGNORMAL:
      return dist->first * baton_fixed_exp (dist->sigma * baton_normal_quantile (unit));
    case BATON_DIST_EMPIRICAL:
      return dist->n_values > 0 ? dist->values[MIN ((guint) (unit * dist->n_values), dist->n_values - 1)] : 0;
    case BATON_DIST_FIXED:
    default:
      return dist->first;
    }
}

static const char *const way_ids[] = { "linear", "hybrid", "async", "mixed" };

const char *
baton_way_id (BatonWay way)
{
  return way_ids[MIN ((guint) way, G_N_ELEMENTS (way_ids) - 1)];
}

gboolean
baton_way_find (const char *id, BatonWay *way)
{
  for (guint i = 0; i < G_N_ELEMENTS (way_ids); i++)
    {
      if (g_str_equal (id, way_ids[i]))
        {
          *way = (BatonWay) i;
          return TRUE;
        }
    }
  return FALSE;
}

const char *
baton_way_name (BatonWay way)
{
  static const char *const names[] = { N_ ("Linear, both present"), N_ ("Queues and checkpoints"),
    N_ ("Queues and notifications"), N_ ("As marked per handoff") };

  return _ (names[MIN ((guint) way, G_N_ELEMENTS (names) - 1)]);
}
