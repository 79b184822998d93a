/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-bench"

/* How long forecasts and simulations take. One JSON object a line. */

#include "forecast.h"
#include "random.h"
#include "simulate.h"

#include <stdio.h>

#define SEED 20260301
#define TIMES 5

static double
ms_since (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) / 1000.0;
}

/* 10,000 runs over a year, with the levels of every day; and with the backtest over four years. */
static void
bench_forecast (guint n_days, const char *name)
{
  g_autofree guint *days = g_new (guint, n_days);
  BatonForecastInput input = { .throughput = days, .n_days = n_days, .horizon = 365, .seed = SEED };
  BatonRandom random;
  double best = G_MAXDOUBLE;

  baton_random_init (&random, SEED);
  for (guint i = 0; i < n_days; i++)
    days[i] = i % 7 > 4 ? 0 : baton_random_below (&random, 6);
  for (guint i = 0; i < TIMES; i++)
    {
      gint64 start = g_get_monotonic_time ();
      g_autoptr (BatonForecast) forecast = baton_forecast_new (&input);

      best = MIN (best, ms_since (start));
    }
  printf ("{\"bench\":\"%s\",\"runs\":%d,\"days\":365,\"history_days\":%u,\"ms\":%.1f}\n", name,
      BATON_FORECAST_RUNS, n_days, best);
}

/* Twenty people, five stages, with meetings, absences and rework; about fifteen cards done a day. */
static BatonTeam *
twenty_people (void)
{
  static const char *const names[] = { "Copy", "Design", "Review", "Layout", "Publish" };
  const guint people[] = { 4, 7, 3, 4, 2 };
  const double hours[] = { 1.2, 2.4, 0.8, 1.3, 0.5 };
  BatonTeam *team = baton_team_new ("Bench");
  BatonTeamMeeting meeting = { 0, 9 * 60, 60 };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      guint role = baton_team_add_role (team, names[i]);
      BatonTeamStage *stage = baton_team_add_stage (
          team, names[i], role, baton_dist_lognormal (hours[i] * 3600, hours[i] * 2 * 3600));

      stage->review = i == 2;
      stage->rework = i == 2 ? 0.2 : 0;
      stage->rework_to = MIN (1, i);
      for (guint k = 0; k < people[i]; k++)
        {
          BatonTeamPerson *person = baton_team_add_person (team, names[i], role);

          person->days_away = 25;
          g_array_append_val (person->meetings, meeting);
        }
    }
  team->arrivals = 55;
  return team;
}

static void
bench_simulation (void)
{
  g_autoptr (BatonTeam) team = twenty_people ();
  BatonSimulationInput input = BATON_SIMULATION_INPUT_INIT;
  double best = G_MAXDOUBLE;
  double cards = 0;

  input.team = team;
  input.n_ways = BATON_N_WAYS;
  for (guint i = 0; i < BATON_N_WAYS; i++)
    input.ways[i] = (BatonWay) i;
  input.seed = SEED;
  input.threads = 2;
  for (guint i = 0; i < 3; i++)
    {
      gint64 start = g_get_monotonic_time ();
      g_autoptr (BatonSimulation) simulation = baton_simulate (&input);

      best = MIN (best, ms_since (start));
      cards = simulation->ways[0].throughput.value * 365 / 7;
    }
  printf (
      "{\"bench\":\"simulation_year\",\"people\":%u,\"ways\":%d,\"replications\":%d,\"cards_a_year\":%.0f,"
      "\"s\":%.2f}\n",
      team->people->len, BATON_N_WAYS, BATON_SIMULATION_REPLICATIONS, cards, best / 1000);
}

int
main (int argc, char **argv)
{
  bench_forecast (BATON_FORECAST_SAMPLE, "forecast_year");
  bench_forecast (4 * 365, "forecast_year_and_backtest");
  bench_simulation ();
  return 0;
}
