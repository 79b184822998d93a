/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

#include "team.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Bounds that keep a simulation within memory and patience whatever a file says. */
#define MOST_PEOPLE 500
#define MOST_STAGES 60
#define MOST_CHANNELS 100
#define MOST_ARRIVALS 100000.0
#define LONGEST_WORK (365.0 * 86400)

static gboolean
within (double value, double least, double most)
{
  return isfinite (value) && value >= least && value <= most;
}

static char *
person_problem (const BatonTeam *team, const BatonTeamPerson *person)
{
  if (person->from >= person->to || person->to > 24 * 60 || (person->weekdays & 0x7f) == 0)
    return g_strdup_printf (_ ("The working hours of “%s” are empty."), person->name);
  if (ABS (person->zone) > 14 * 60)
    return g_strdup_printf (_ ("The time zone of “%s” is further than 14 hours from UTC."), person->name);
  if (!within (person->focus, 0.01, 1))
    return g_strdup_printf (
        _ ("“%s” has to have between 1 and 100 %% of the hours for this work."), person->name);
  if (person->days_away > 200)
    return g_strdup_printf (_ ("“%s” is away for more than 200 days a year."), person->name);
  for (guint i = 0; i < person->meetings->len; i++)
    {
      const BatonTeamMeeting *meeting = &g_array_index (person->meetings, BatonTeamMeeting, i);

      if (meeting->weekday > 6 || meeting->from + meeting->minutes > 24 * 60)
        return g_strdup_printf (_ ("A meeting of “%s” does not lie within a day."), person->name);
    }
  return NULL;
}

static gboolean
work_is_possible (const BatonDist *work)
{
  if (work->kind == BATON_DIST_EMPIRICAL)
    {
      for (guint i = 0; i < work->n_values; i++)
        {
          if (work->values[i] > LONGEST_WORK)
            return FALSE;
        }
      return work->n_values > 0;
    }
  return within (work->first, 0, LONGEST_WORK) &&
         (work->kind != BATON_DIST_LOGNORMAL ||
             (work->first > 0 && within (work->second, work->first, LONGEST_WORK)));
}

static gboolean
somebody_has (const BatonTeam *team, guint role)
{
  for (guint i = 0; i < team->people->len; i++)
    {
      if ((baton_team_person (team, i)->roles >> role & 1) != 0)
        return TRUE;
    }
  return FALSE;
}

static char *
stage_problem (const BatonTeam *team, const BatonTeamStage *stage, guint index)
{
  if (stage->role >= team->roles->len || !somebody_has (team, stage->role))
    return g_strdup_printf (_ ("Nobody has the role that “%s” needs."), stage->name);
  if (!work_is_possible (&stage->work))
    return g_strdup_printf (_ ("The work time of “%s” makes no sense."), stage->name);
  if (stage->batch < 1 || stage->batch > 1000)
    return g_strdup_printf (_ ("“%s” does between 1 and 1000 cards together."), stage->name);
  if (!within (stage->visit, 0, 1) || !within (stage->rework, 0, 0.9) || !within (stage->rework_work, 0, 10))
    return g_strdup_printf (
        _ ("A share of “%s” is not between 0 and 1 (what is sent back: 0 to 0.9)."), stage->name);
  if (stage->rework_to > index)
    return g_strdup_printf (_ ("“%s” sends cards back to a stage that comes after it."), stage->name);
  return NULL;
}

static char *
handoffs_problem (const BatonTeamHandoffs *handoffs)
{
  if (handoffs->slot < 1 || handoffs->slot > 24 * 60 || handoffs->meeting > 8 * 60 ||
      handoffs->note > 8 * 60 || handoffs->answer > 8 * 60 || handoffs->pickup > 30 * 24 * 60 ||
      handoffs->notice > 14 * 24 * 60 || handoffs->answer_after > 14 * 24 * 60 ||
      handoffs->checkpoint_from + handoffs->checkpoint > 24 * 60)
    return g_strdup (_ ("A time of the handoffs is too long or does not lie within a day."));
  if (!within (handoffs->questions_hybrid, 0, 1) || !within (handoffs->questions_async, 0, 1))
    return g_strdup (_ ("The share of handoffs that leave a question is not between 0 and 1."));
  return NULL;
}

static char *
channels_problem (const BatonTeam *team)
{
  double shares = 0;

  for (guint i = 0; i < team->channels->len; i++)
    {
      const BatonTeamChannel *channel = baton_team_channel (team, i);

      if (!within (channel->share, 0, 1e9) || !within (channel->work, 0, 100))
        return g_strdup_printf (
            _ ("The share or the work of the channel “%s” makes no sense."), channel->name);
      shares += channel->share;
    }
  if (team->channels->len > 0 && !team->bundle && shares <= 0)
    return g_strdup (_ ("No channel has a share of the cards."));
  return NULL;
}

char *
baton_team_problem (const BatonTeam *team)
{
  char *problem = NULL;

  if (team->people->len == 0 || team->stages->len == 0)
    return g_strdup (_ ("A team needs at least one person and one stage."));
  if (team->people->len > MOST_PEOPLE || team->stages->len > MOST_STAGES ||
      team->channels->len > MOST_CHANNELS || team->roles->len > 64)
    return g_strdup_printf (_ ("At most %d people, 64 roles, %d stages and %d channels can be simulated."),
        MOST_PEOPLE, MOST_STAGES, MOST_CHANNELS);
  if (ABS (team->zone) > 14 * 60)
    return g_strdup_printf (_ ("The time zone of “%s” is further than 14 hours from UTC."), team->name);
  if (!within (team->arrivals, 1e-3, MOST_ARRIVALS))
    return g_strdup (_ ("The number of cards that come in a week makes no sense."));
  for (guint i = 0; i < team->people->len && problem == NULL; i++)
    problem = person_problem (team, baton_team_person (team, i));
  for (guint i = 0; i < team->stages->len && problem == NULL; i++)
    problem = stage_problem (team, baton_team_stage (team, i), i);
  if (problem == NULL)
    problem = channels_problem (team);
  return problem != NULL ? problem : handoffs_problem (&team->handoffs);
}
