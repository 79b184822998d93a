/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

#include "team.h"

#include <glib/gi18n-lib.h>

/* The four teams that people are told about, with what is said of them. Nothing but the cycle times before
 * and after is told, so the people, hours and work times here are ours: plausible, and set so that the linear
 * way gives about the time before. What the queues then give is the simulation's own answer. */

#define HOUR 3600.0
#define DAY (24 * HOUR)

static BatonDist
hours (double median, double p85)
{
  return baton_dist_lognormal (median * HOUR, p85 * HOUR);
}

static void
add_people (BatonTeam *team, const char *role, guint n, guint days_away)
{
  guint index = baton_team_add_role (team, role);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = n > 1 ? g_strdup_printf ("%s %u", role, i + 1) : g_strdup (role);

      baton_team_add_person (team, name, index)->days_away = days_away;
    }
}

static BatonTeamStage *
add_stage (BatonTeam *team, const char *name, const char *role, double median, double p85)
{
  return baton_team_add_stage (team, name, baton_team_add_role (team, role), hours (median, p85));
}

/* Somebody who can also do what another role does. */
static void
can_also (BatonTeam *team, guint person, const char *role)
{
  baton_team_person (team, person)->roles |= G_GUINT64_CONSTANT (1) << baton_team_add_role (team, role);
}

static void
sends_back (BatonTeamStage *stage, double share, guint to)
{
  stage->review = TRUE;
  stage->rework = share;
  stage->rework_to = to;
}

/* Posts for six accounts: small, many, and everybody is in the same office. */
static BatonTeam *
social (void)
{
  BatonTeam *team = baton_team_new (_ ("Social team"));

  add_people (team, _ ("Copywriter"), 2, 25);
  add_people (team, _ ("Designer"), 2, 25);
  add_people (team, _ ("Brand reviewer"), 1, 25);
  add_people (team, _ ("Publisher"), 1, 25);
  add_stage (team, C_ ("stage", "Copy"), _ ("Copywriter"), 1.5, 2.5);
  add_stage (team, C_ ("stage", "Design"), _ ("Designer"), 1.4, 2.8);
  sends_back (add_stage (team, C_ ("stage", "Review"), _ ("Brand reviewer"), 0.3, 0.6), 0.2, 1);
  add_stage (team, C_ ("stage", "Publish"), _ ("Publisher"), 0.3, 0.5);
  baton_team_add_channel (team, "Instagram", 3, 1);
  baton_team_add_channel (team, "TikTok", 2, 1.2);
  baton_team_add_channel (team, "LinkedIn", 2, 0.9);
  /* One stands in for the reviewer, one for the publisher; handing over a post takes a quarter of an hour. */
  can_also (team, 1, _ ("Brand reviewer"));
  can_also (team, 0, _ ("Publisher"));
  team->handoffs.meeting = 15;
  team->handoffs.slot = 15;
  team->handoffs.note = 5;
  team->handoffs.answer = 5;
  team->arrivals = 14;
  team->claim_before = 36 * HOUR;
  team->claim_after = 18 * HOUR;
  return team;
}

/* Brand assets that two offices six hours apart and a lawyer have a say in. */
static BatonTeam *
brand (void)
{
  BatonTeam *team = baton_team_new (_ ("Brand team"));

  add_people (team, _ ("Strategist"), 1, 25);
  add_people (team, _ ("Copywriter"), 2, 25);
  add_people (team, _ ("Designer"), 3, 25);
  add_people (team, _ ("Brand lead"), 1, 25);
  add_people (team, _ ("Lawyer"), 1, 25);
  add_people (team, _ ("Producer"), 2, 25);
  add_stage (team, _ ("Concept"), _ ("Strategist"), 2, 4);
  add_stage (team, C_ ("stage", "Copy"), _ ("Copywriter"), 3, 6);
  add_stage (team, C_ ("stage", "Design"), _ ("Designer"), 6, 12);
  sends_back (add_stage (team, _ ("Brand review"), _ ("Brand lead"), 1, 2), 0.25, 2);
  sends_back (add_stage (team, _ ("Legal review"), _ ("Lawyer"), 0.7, 1.5), 0.1, 1);
  add_stage (team, _ ("Production"), _ ("Producer"), 3, 6);
  for (guint i = 0; i < team->people->len; i++)
    {
      /* The brand lead, the lawyer and the producers sit six hours to the west. */
      if (i >= 6)
        baton_team_person (team, i)->zone = -6 * 60;
      /* They have other things to do as well. */
      if (i == 6 || i == 7)
        baton_team_person (team, i)->focus = 0.5;
    }
  team->arrivals = 5;
  team->claim_before = 10 * DAY;
  team->claim_after = 6 * DAY;
  return team;
}

/* Four people who do everything, and a founder who has to see it all. */
static BatonTeam *
start_up (void)
{
  BatonTeam *team = baton_team_new (_ ("Start-up"));
  BatonTeamPerson *founder;

  add_people (team, _ ("Marketer"), 2, 20);
  add_people (team, _ ("Designer"), 1, 20);
  add_people (team, _ ("Founder"), 1, 20);
  add_stage (team, _ ("Draft"), _ ("Marketer"), 3, 6);
  add_stage (team, C_ ("stage", "Design"), _ ("Designer"), 3, 6);
  sends_back (add_stage (team, _ ("Approval"), _ ("Founder"), 0.5, 1), 0.25, 1);
  add_stage (team, C_ ("stage", "Publish"), _ ("Marketer"), 0.5, 1);
  /* One of the marketers can design, if need be. */
  can_also (team, 1, _ ("Designer"));
  founder = baton_team_person (team, 3);
  founder->focus = 0.5;
  for (guint day = 0; day < 5; day++)
    {
      BatonTeamMeeting meeting = { day, 13 * 60, 120 };

      g_array_append_val (founder->meetings, meeting);
    }
  team->arrivals = 5.6;
  team->claim_before = 5 * DAY;
  team->claim_after = 3 * DAY;
  return team;
}

/* One launch is a card for each of six channels; it is out when the last of them is. */
static BatonTeam *
launch (void)
{
  BatonTeam *team = baton_team_new (_ ("Six-channel launch"));

  add_people (team, _ ("Copywriter"), 2, 25);
  add_people (team, _ ("Designer"), 3, 25);
  add_people (team, _ ("Brand reviewer"), 1, 25);
  add_people (team, _ ("Channel manager"), 3, 25);
  add_stage (team, C_ ("stage", "Copy"), _ ("Copywriter"), 1.5, 3);
  add_stage (team, C_ ("stage", "Design"), _ ("Designer"), 3, 6);
  sends_back (add_stage (team, C_ ("stage", "Review"), _ ("Brand reviewer"), 0.4, 0.8), 0.2, 1);
  add_stage (team, _ ("Adapt and publish"), _ ("Channel manager"), 1.5, 3);
  baton_team_add_channel (team, "Instagram", 1, 1);
  baton_team_add_channel (team, _ ("E-mail"), 1, 1);
  baton_team_add_channel (team, _ ("Web"), 1, 1.3);
  baton_team_add_channel (team, _ ("Blog"), 1, 1);
  baton_team_add_channel (team, _ ("Print"), 1, 1.4);
  baton_team_add_channel (team, _ ("In-store"), 1, 1.2);
  team->bundle = TRUE;
  team->arrivals = 1.2;
  team->claim_before = 8 * DAY;
  team->claim_after = 3 * DAY;
  return team;
}

static const struct
{
  const char *id;
  const char *summary;
  BatonTeam *(*make) (void);
} scenarios[] = {
  { "social", N_ ("A social media team: many small posts, one reviewer"), social },
  { "brand", N_ ("A brand team: long work, two reviews, two offices"), brand },
  { "start-up", N_ ("A start-up: few people, a founder who approves everything"), start_up },
  { "launch", N_ ("A launch on six channels, out when the last one is"), launch },
};

const guint baton_n_scenarios = G_N_ELEMENTS (scenarios);

const char *
baton_scenario_id (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (scenarios), NULL);
  return scenarios[index].id;
}

const char *
baton_scenario_summary (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (scenarios), NULL);
  return _ (scenarios[index].summary);
}

BatonTeam *
baton_scenario_new (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (scenarios), NULL);
  return scenarios[index].make ();
}

BatonTeam *
baton_scenario_find (const char *id)
{
  g_autofree char *wanted = g_utf8_casefold (id, -1);

  for (guint i = 0; i < G_N_ELEMENTS (scenarios); i++)
    {
      g_autoptr (BatonTeam) team = scenarios[i].make ();
      g_autofree char *name = g_utf8_casefold (team->name, -1);

      if (g_str_equal (scenarios[i].id, wanted) || g_str_equal (name, wanted))
        return g_steal_pointer (&team);
    }
  return NULL;
}
