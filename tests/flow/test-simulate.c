/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* The simulation against queueing theory, and against what has to be true of any team. */

#include "simulate.h"

#include <math.h>
#include <string.h>

#define USEC 1e6
#define WEEK (7.0 * 86400)
#define SERVICE 3600.0

/* People who are always there and hand over at no cost: what theory knows about. */
static BatonTeam *
servers (guint n, double load)
{
  BatonTeam *team = baton_team_new ("Theory");
  guint role = baton_team_add_role (team, "Server");

  for (guint i = 0; i < n; i++)
    {
      BatonTeamPerson *person = baton_team_add_person (team, "Server", role);

      person->weekdays = 0x7f;
      person->from = 0;
      person->to = 24 * 60;
    }
  team->any_time = TRUE;
  team->arrivals = load * n / SERVICE * WEEK;
  team->handoffs = (BatonTeamHandoffs){ .slot = 1 };
  return team;
}

static BatonSimulation *
simulate (const BatonTeam *team, BatonWay way, guint replications, guint days, guint64 seed)
{
  BatonSimulationInput input = BATON_SIMULATION_INPUT_INIT;
  g_autofree char *problem = baton_team_problem (team);

  g_assert_cmpstr (problem, ==, NULL);
  input.team = team;
  input.ways[0] = way;
  input.n_ways = 1;
  input.replications = replications;
  input.days = days;
  input.seed = seed;
  input.threads = 2;
  return baton_simulate (&input);
}

static void
assert_within (double value, double expected, double share, const char *what)
{
  g_test_message ("%s: %.6g, theory %.6g (%+.2f %%)", what, value, expected, 100 * (value / expected - 1));
  g_assert_cmpfloat (fabs (value / expected - 1), <=, share);
}

/* W_q = ρ / (1 − ρ) of a service, both ways of handing over; the second of two in a row is M/M/1 too (Burke).
 */
static void
test_one_server (void)
{
  g_autoptr (BatonTeam) team = servers (1, 0.5);
  guint role = 0;
  g_autoptr (BatonSimulation) one = NULL;
  g_autoptr (BatonSimulation) pushed = NULL;

  baton_team_add_stage (team, "Work", role, baton_dist_exponential (SERVICE));
  one = simulate (team, BATON_WAY_ASYNC, 8, 20000, 1);
  g_assert_cmpuint (one->ways[0].finished, >, 1500000);
  assert_within (one->ways[0].stages[0].wait / USEC, SERVICE * 0.5 / 0.5, 0.01, "M/M/1 wait");
  assert_within (one->ways[0].mean.value / USEC, SERVICE, 0.01, "M/M/1 service");
  assert_within (one->ways[0].people[0].work, 0.5, 0.01, "M/M/1 utilisation");
  assert_within (one->ways[0].throughput.value, 84, 0.01, "M/M/1 throughput a week");
  assert_within (one->ways[0].wip.value, 0.5, 0.01, "M/M/1 in service");
  pushed = simulate (team, BATON_WAY_LINEAR, 8, 20000, 1);
  g_assert_cmpfloat (pushed->ways[0].stages[0].wait, ==, one->ways[0].stages[0].wait);
}

static void
test_tandem (void)
{
  g_autoptr (BatonTeam) team = servers (1, 0.5);
  guint second = baton_team_add_role (team, "Second");
  BatonTeamPerson *person = baton_team_add_person (team, "Second", second);
  g_autoptr (BatonSimulation) result = NULL;
  const BatonWayResult *way;

  person->weekdays = 0x7f;
  person->from = 0;
  person->to = 24 * 60;
  baton_team_add_stage (team, "First", 0, baton_dist_exponential (SERVICE));
  baton_team_add_stage (team, "Second", second, baton_dist_exponential (SERVICE * 1.2));
  result = simulate (team, BATON_WAY_ASYNC, 8, 20000, 2);
  way = &result->ways[0];
  assert_within (way->stages[1].wait / USEC, 1.2 * SERVICE * 0.6 / 0.4, 0.01, "second wait");
  assert_within (way->mean.value / USEC, SERVICE + 1.2 * SERVICE / 0.4, 0.01, "cycle time");
  assert_within (way->wait_share.value, 1.8 / 4.0, 0.01, "wait share");
  /* Little: work in progress = throughput × cycle time. */
  assert_within (way->wip.value, way->throughput.value / WEEK * way->mean.value / USEC, 0.01, "Little's law");
  g_assert_cmpfloat (way->stages[1].wait_share, ==, 1);
}

/* Erlang C with c servers and offered load a. */
static double
erlang_wait (guint c, double load)
{
  double a = c * load;
  double term = 1;
  double sum = 0;

  for (guint k = 0; k < c; k++)
    {
      sum += term;
      term *= a / (k + 1);
    }
  term /= 1 - load;
  return term / (sum + term) * SERVICE / (c * (1 - load));
}

static void
test_many_servers (void)
{
  const guint servers_of[] = { 2, 3, 8 };
  const double loads[] = { 0.6, 0.6, 0.7 };
  const guint days[] = { 20000, 15000, 8000 };

  for (guint i = 0; i < G_N_ELEMENTS (servers_of); i++)
    {
      g_autoptr (BatonTeam) team = servers (servers_of[i], loads[i]);
      g_autoptr (BatonSimulation) result = NULL;
      g_autofree char *name = g_strdup_printf ("M/M/%u wait", servers_of[i]);

      baton_team_add_stage (team, "Work", 0, baton_dist_exponential (SERVICE));
      result = simulate (team, BATON_WAY_ASYNC, 8, days[i], 3);
      assert_within (
          result->ways[0].stages[0].wait / USEC, erlang_wait (servers_of[i], loads[i]), 0.01, name);
    }
}

/* M/G/1 by Pollaczek and Khinchine: fixed and lognormal work. */
static void
test_general_work (void)
{
  g_autoptr (BatonTeam) fixed = servers (1, 0.6);
  g_autoptr (BatonTeam) skewed = servers (1, 0.6);
  g_autoptr (BatonSimulation) one = NULL;
  g_autoptr (BatonSimulation) two = NULL;
  double sigma = 0.6;
  double median = SERVICE * exp (-sigma * sigma / 2);
  double wait = 0.6 / 0.4 * SERVICE / 2;

  baton_team_add_stage (fixed, "Work", 0, baton_dist_fixed (SERVICE));
  one = simulate (fixed, BATON_WAY_ASYNC, 8, 15000, 4);
  assert_within (one->ways[0].stages[0].wait / USEC, wait, 0.01, "M/D/1 wait");
  baton_team_add_stage (
      skewed, "Work", 0, baton_dist_lognormal (median, median * exp (1.0364333894937898 * sigma)));
  two = simulate (skewed, BATON_WAY_ASYNC, 8, 30000, 5);
  assert_within (two->ways[0].stages[0].wait / USEC, wait * exp (sigma * sigma), 0.01, "M/G/1 wait");
}

/* Batch service: up to b together, whoever comes meanwhile waits. With r the root in (0, 1) of
 * μ r^(b+1) − (λ+μ) r + λ = 0, q₀ = (λ/μ) p₀ and p₀ + q₀ / (1 − r) = 1, L_q = q₀ r / (1 − r)². */
static double
batch_wait (guint b, double lambda, double mu)
{
  double low = 0;
  double high = 1 - 1e-9;
  double p0;
  double q0;

  for (guint i = 0; i < 200; i++)
    {
      double r = (low + high) / 2;

      if (mu * pow (r, b + 1) - (lambda + mu) * r + lambda > 0)
        low = r;
      else
        high = r;
    }
  p0 = 1 / (1 + lambda / mu / (1 - low));
  q0 = lambda / mu * p0;
  return q0 * low / ((1 - low) * (1 - low)) / lambda;
}

static void
test_batch (void)
{
  for (guint b = 2; b <= 4; b += 2)
    {
      g_autoptr (BatonTeam) team = servers (1, 0.6 * b);
      g_autoptr (BatonSimulation) result = NULL;
      double lambda = 0.6 * b / SERVICE;

      baton_team_add_stage (team, "Work", 0, baton_dist_exponential (SERVICE))->batch = b;
      result = simulate (team, BATON_WAY_ASYNC, 8, 10000, 6);
      assert_within (
          result->ways[0].stages[0].wait / USEC, batch_wait (b, lambda, 1 / SERVICE), 0.01, "batch wait");
    }
}

/* Half of the cards go round again (Jackson): the server sees twice the arrivals. */
static void
test_rework (void)
{
  g_autoptr (BatonTeam) team = servers (1, 0.3);
  BatonTeamStage *stage = baton_team_add_stage (team, "Work", 0, baton_dist_exponential (SERVICE));
  g_autoptr (BatonSimulation) result = NULL;

  stage->rework = 0.5;
  stage->rework_work = 1;
  result = simulate (team, BATON_WAY_ASYNC, 8, 20000, 7);
  assert_within (result->ways[0].stages[0].wait / USEC, SERVICE * 0.6 / 0.4, 0.01, "wait with rework");
  assert_within (result->ways[0].people[0].work, 0.6, 0.01, "utilisation with rework");
}

/* An example with everything in it. */
static BatonTeam *
studio (void)
{
  BatonTeam *team = baton_team_new ("Studio");
  guint design = baton_team_add_role (team, "Design");
  guint review = baton_team_add_role (team, "Review");
  BatonTeamMeeting meeting = { 0, 9 * 60, 60 };

  for (guint i = 0; i < 4; i++)
    baton_team_add_person (team, "Designer", design)->days_away = 25;
  baton_team_add_person (team, "Reviewer", review)->zone = 120;
  g_array_append_val (baton_team_person (team, 4)->meetings, meeting);
  baton_team_add_channel (team, "Print", 1, 1.5);
  baton_team_add_channel (team, "Web", 3, 1);
  baton_team_add_stage (team, "Design", design, baton_dist_lognormal (4 * 3600, 9 * 3600));
  baton_team_add_stage (team, "Review", review, baton_dist_lognormal (1800, 3600));
  baton_team_stage (team, 1)->review = TRUE;
  baton_team_stage (team, 1)->rework = 0.25;
  baton_team_stage (team, 1)->rework_to = 0;
  baton_team_add_stage (team, "Export", design, baton_dist_fixed (1800))->visit = 0.5;
  team->arrivals = 14;
  return team;
}

static gboolean
same (const BatonSimulation *a, const BatonSimulation *b)
{
  for (guint i = 0; i < a->n_ways; i++)
    {
      const BatonWayResult *left = &a->ways[i];
      const BatonWayResult *right = &b->ways[i];

      if (left->finished != right->finished || memcmp (&left->mean, &right->mean, sizeof left->mean) != 0 ||
          memcmp (&left->wip, &right->wip, sizeof left->wip) != 0 ||
          memcmp (left->quantiles, right->quantiles, BATON_SIMULATION_QUANTILES * sizeof (double)) != 0 ||
          memcmp (left->people, right->people, left->n_people * sizeof (BatonPersonLoad)) != 0)
        return FALSE;
    }
  return TRUE;
}

static BatonSimulationInput
all_ways (const BatonTeam *team, guint replications, guint64 seed, guint threads)
{
  BatonSimulationInput input = BATON_SIMULATION_INPUT_INIT;

  input.team = team;
  for (guint i = 0; i < BATON_N_WAYS; i++)
    input.ways[i] = (BatonWay) i;
  input.n_ways = BATON_N_WAYS;
  input.replications = replications;
  input.seed = seed;
  input.threads = threads;
  return input;
}

static void
test_threads (void)
{
  g_autoptr (BatonTeam) team = studio ();
  BatonSimulationInput alone = all_ways (team, 12, 99, 1);
  BatonSimulationInput together = all_ways (team, 12, 99, 5);
  BatonSimulationInput other = all_ways (team, 12, 100, 1);
  g_autoptr (BatonSimulation) first = baton_simulate (&alone);
  g_autoptr (BatonSimulation) second = baton_simulate (&together);
  g_autoptr (BatonSimulation) third = baton_simulate (&other);

  g_assert_true (same (first, second));
  g_assert_false (same (first, third));
}

static void
test_bounds (void)
{
  g_autoptr (BatonTeam) team = studio ();
  BatonSimulationInput input = all_ways (team, 20, 3, 2);
  g_autoptr (BatonSimulation) result = baton_simulate (&input);

  for (guint i = 0; i < result->n_ways; i++)
    {
      const BatonWayResult *way = &result->ways[i];
      double share = 0;

      g_test_message ("%s: median %.2f d, p85 %.2f d, wait %.0f %%", baton_way_id (way->way),
          way->median.value / 86400e6, way->p85.value / 86400e6, 100 * way->wait_share.value);
      g_assert_true (way->any);
      g_assert_cmpfloat (way->median.value, <, way->p85.value);
      g_assert_cmpfloat (way->p85.value, <, way->p95.value);
      g_assert_cmpfloat (way->median.low, <=, way->median.value);
      g_assert_cmpfloat (way->median.value, <=, way->median.high);
      g_assert_cmpfloat (way->wait_share.value, >=, 0);
      g_assert_cmpfloat (way->wait_share.value, <=, 1);
      g_assert_cmpfloat (way->lead.value, >=, way->median.value);
      g_assert_false (way->overloaded);
      assert_within (way->throughput.value, 14, 0.03, "what comes in goes out");
      assert_within (
          way->wip.value, way->throughput.value / WEEK * way->mean.value / USEC, 0.03, "Little's law");
      assert_within (way->quantiles[500], way->median.value, 0.05, "pooled median");
      for (guint k = 1; k < BATON_SIMULATION_QUANTILES; k++)
        g_assert_cmpfloat (way->quantiles[k - 1], <=, way->quantiles[k]);
      for (guint k = 0; k < way->n_stages; k++)
        share += way->stages[k].wait_share;
      g_assert_cmpfloat_with_epsilon (share, 1, 1e-9);
      for (guint k = 0; k < way->n_people; k++)
        g_assert_cmpfloat (way->people[k].work + way->people[k].handoffs + way->people[k].meetings, <=, 1.01);
      /* Half of the cards pass “Export”. */
      assert_within (way->stages[2].visits, 7, 0.05, "visits of Export");
    }
}

/* More work, more questions and longer meetings never make the team faster. */
static void
test_monotone (void)
{
  g_autoptr (BatonTeam) team = studio ();
  g_autoptr (BatonTeam) busy = baton_team_copy (team);
  BatonSimulationInput input = all_ways (team, 20, 5, 2);
  g_autoptr (BatonSimulation) calm = baton_simulate (&input);
  g_autoptr (BatonSimulation) result = NULL;

  busy->handoffs.meeting = 90;
  busy->handoffs.questions_async = 0.8;
  busy->handoffs.questions_hybrid = 0.8;
  input.team = busy;
  result = baton_simulate (&input);
  for (guint i = 0; i < BATON_N_WAYS; i++)
    g_assert_cmpfloat (result->ways[i].mean.value, >, calm->ways[i].mean.value);
}

static void
test_mixture (void)
{
  g_autoptr (BatonTeam) team = studio ();
  g_autoptr (BatonSimulation) pure = NULL;
  g_autoptr (BatonSimulation) mixed = NULL;
  g_autoptr (BatonSimulation) some = NULL;

  for (guint i = 0; i < team->stages->len; i++)
    baton_team_stage (team, i)->way = BATON_WAY_LINEAR;
  pure = simulate (team, BATON_WAY_LINEAR, 8, 200, 8);
  mixed = simulate (team, BATON_WAY_MIXED, 8, 200, 8);
  g_assert_cmpfloat (pure->ways[0].mean.value, ==, mixed->ways[0].mean.value);
  baton_team_stage (team, 1)->way = BATON_WAY_ASYNC;
  some = simulate (team, BATON_WAY_MIXED, 8, 200, 8);
  g_assert_cmpfloat (some->ways[0].mean.value, !=, mixed->ways[0].mean.value);
}

static void
test_overload (void)
{
  g_autoptr (BatonTeam) team = studio ();
  g_autoptr (BatonSimulation) result = NULL;
  g_autofree char *words = NULL;

  team->arrivals = 60;
  result = simulate (team, BATON_WAY_ASYNC, 4, 365, 9);
  g_assert_true (result->ways[0].overloaded);
  g_assert_cmpfloat (result->ways[0].growth, >, 0.3);
}

static void
test_absence (void)
{
  g_autoptr (BatonTeam) team = studio ();
  BatonSimulationInput input = all_ways (team, 40, 10, 2);
  BatonAbsenceResult results[BATON_N_WAYS];

  input.away_person = (int) baton_team_key_person (team);
  g_assert_cmpint (input.away_person, ==, 4);
  g_assert_true (baton_simulate_absence (&input, results));
  for (guint i = 0; i < BATON_N_WAYS; i++)
    {
      g_test_message ("%s: %.2f d, away %.2f d", baton_way_id (results[i].way),
          results[i].there.value / 86400e6, results[i].away.value / 86400e6);
      /* The only reviewer is away for a week. */
      g_assert_cmpfloat (results[i].more.low, >, 0);
    }
}

/* One handoff changed saves something, all of them more, and nothing is changed into itself. */
static void
test_handoffs (void)
{
  g_autoptr (BatonTeam) team = studio ();
  BatonSimulationInput input = all_ways (team, 60, 21, 2);
  BatonEstimate saved[3];
  g_autoptr (BatonSimulation) all = baton_simulate (&input);
  double most = all->ways[BATON_WAY_LINEAR].median.value - all->ways[BATON_WAY_ASYNC].median.value;

  g_assert_true (baton_simulate_handoffs (&input, BATON_WAY_ASYNC, saved));
  g_assert_cmpfloat (saved[0].value, ==, 0);
  g_assert_cmpfloat (saved[1].low, >, 0);
  g_assert_cmpfloat (saved[1].value, <, most);
  g_assert_true (baton_simulate_handoffs (&input, BATON_WAY_LINEAR, saved));
  g_assert_cmpfloat (saved[1].value, ==, 0);
}

static gboolean
stop_cb (double done, gpointer data)
{
  guint *calls = data;

  g_assert_cmpfloat (done, >=, 0);
  g_assert_cmpfloat (done, <=, 1);
  return ++*calls < 3;
}

static void
test_stop (void)
{
  g_autoptr (BatonTeam) team = studio ();
  BatonSimulationInput input = all_ways (team, 200, 1, 2);
  guint calls = 0;

  input.progress = stop_cb;
  input.progress_data = &calls;
  g_assert_null (baton_simulate (&input));
  g_assert_cmpuint (calls, ==, 3);
}

/* Two people whose hours never meet still get their work done, and it is said. */
static void
test_no_common_hour (void)
{
  g_autoptr (BatonTeam) team = studio ();
  g_autoptr (BatonSimulation) result = NULL;

  baton_team_person (team, 4)->zone = 12 * 60;
  result = simulate (team, BATON_WAY_LINEAR, 2, 100, 11);
  g_assert_cmpuint (result->ways[0].out_of_hours, >, 0);
  g_assert_true (result->ways[0].any);
}

static void
test_nothing_done (void)
{
  g_autoptr (BatonTeam) team = studio ();
  g_autoptr (BatonSimulation) result = NULL;

  team->arrivals = 0.01;
  result = simulate (team, BATON_WAY_HYBRID, 2, 7, 12);
  g_assert_cmpuint (result->ways[0].finished, <=, 2);
  g_assert_true (isfinite (result->ways[0].mean.value));
  g_assert_true (isfinite (result->ways[0].wait_share.value));
}

static void
test_problems (void)
{
  g_autoptr (BatonTeam) team = studio ();
  g_autofree char *none = baton_team_problem (team);
  g_autofree char *nobody = NULL;
  g_autofree char *hours = NULL;
  g_autoptr (BatonTeam) empty = baton_team_new ("Empty");
  g_autofree char *missing = baton_team_problem (empty);

  g_assert_null (none);
  g_assert_nonnull (missing);
  baton_team_person (team, 4)->from = 1200;
  hours = baton_team_problem (team);
  g_assert_nonnull (strstr (hours, "Reviewer"));
  baton_team_person (team, 4)->from = 540;
  baton_team_person (team, 4)->roles = 1;
  nobody = baton_team_problem (team);
  g_assert_nonnull (strstr (nobody, "Review"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/flow/simulate/one-server", test_one_server);
  g_test_add_func ("/flow/simulate/tandem", test_tandem);
  g_test_add_func ("/flow/simulate/many-servers", test_many_servers);
  g_test_add_func ("/flow/simulate/general-work", test_general_work);
  g_test_add_func ("/flow/simulate/batch", test_batch);
  g_test_add_func ("/flow/simulate/rework", test_rework);
  g_test_add_func ("/flow/simulate/threads", test_threads);
  g_test_add_func ("/flow/simulate/bounds", test_bounds);
  g_test_add_func ("/flow/simulate/monotone", test_monotone);
  g_test_add_func ("/flow/simulate/mixture", test_mixture);
  g_test_add_func ("/flow/simulate/overload", test_overload);
  g_test_add_func ("/flow/simulate/absence", test_absence);
  g_test_add_func ("/flow/simulate/handoffs", test_handoffs);
  g_test_add_func ("/flow/simulate/stop", test_stop);
  g_test_add_func ("/flow/simulate/no-common-hour", test_no_common_hour);
  g_test_add_func ("/flow/simulate/nothing-done", test_nothing_done);
  g_test_add_func ("/flow/simulate/problems", test_problems);
  return g_test_run ();
}
