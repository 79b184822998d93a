/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

#include "sim-private.h"

#include <math.h>

#define USEC ((double) G_USEC_PER_SEC)
#define OVERLOAD 0.03
#define MOST_THREADS 64
#define WEEK (7.0 * 86400)

/* The replications that are to be made, and where their results go: each has its place, whoever makes it. */
typedef struct
{
  const SimModel *model;
  SimResult *results; /* of way 0, then of way 1 … */
  int total;
  int taken; /* atomic */
  int done;  /* atomic */
  int stop;  /* atomic */
} Work;

static void
work_on (Work *work, gboolean tell)
{
  Sim *sim = sim_new (work->model);
  const BatonSimulationInput *input = work->model->input;
  int next;

  while (!g_atomic_int_get (&work->stop) && (next = g_atomic_int_add (&work->taken, 1)) < work->total)
    {
      guint way = (guint) next / work->model->replications;

      sim_run (
          sim, input->ways[way], (guint) next % work->model->replications, &work->stop, &work->results[next]);
      g_atomic_int_inc (&work->done);
      if (tell && input->progress != NULL &&
          !input->progress ((double) g_atomic_int_get (&work->done) / work->total, input->progress_data))
        g_atomic_int_set (&work->stop, TRUE);
    }
  sim_free (sim);
}

static gpointer
work_thread (gpointer data)
{
  work_on (data, FALSE);
  return NULL;
}

static void
work_together (Work *work)
{
  GThread *threads[MOST_THREADS];
  guint n = CLAMP (work->model->input->threads, 1, MOST_THREADS) - 1;
  guint started = 0;

  while (started < n)
    {
      GThread *thread = g_thread_try_new ("simulation", work_thread, work, NULL);

      /* Then the others do it. */
      if (thread == NULL)
        break;
      threads[started++] = thread;
    }
  work_on (work, TRUE);
  while (started > 0)
    g_thread_join (threads[--started]);
}

/* The quantile 0.975 of Student's distribution (Cornish and Fisher's expansion; exact for 1 and 2 degrees).
 */
static double
student (guint degrees)
{
  static const double small[] = { 12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060 };
  double z = 1.959963984540054;
  double n = degrees;

  if (degrees <= G_N_ELEMENTS (small))
    return small[MAX (degrees, 1) - 1];
  return z + (z * z * z + z) / (4 * n) + (5 * z * z * z * z * z + 16 * z * z * z + 3 * z) / (96 * n * n);
}

/* The mean of what the replications gave, those without a value left out. */
static BatonEstimate
estimate (const double *values, guint n)
{
  double sum = 0;
  double squares = 0;
  double half;
  guint used = 0;
  BatonEstimate result = { 0 };

  for (guint i = 0; i < n; i++)
    {
      if (!isfinite (values[i]))
        continue;
      sum += values[i];
      used++;
    }
  if (used == 0)
    return result;
  result.value = sum / used;
  for (guint i = 0; i < n; i++)
    squares += isfinite (values[i]) ? (values[i] - result.value) * (values[i] - result.value) : 0;
  half = used > 1 ? student (used - 1) * sqrt (squares / (used - 1) / used) : 0;
  result.low = result.value - half;
  result.high = result.value + half;
  return result;
}

static double
nearest_rank (const GArray *sorted, double percent)
{
  guint rank;

  if (sorted->len == 0)
    return NAN;
  rank = (guint) CLAMP (ceil (percent / 100 * sorted->len - 1e-9), 1, sorted->len);
  return (double) g_array_index (sorted, gint64, rank - 1) * USEC;
}

static double
mean_cycle (const SimResult *result)
{
  double sum = 0;

  for (guint i = 0; i < result->cycles->len; i++)
    sum += (double) g_array_index (result->cycles, gint64, i);
  return result->cycles->len > 0 ? sum / result->cycles->len * USEC : NAN;
}

typedef double (*Figure) (const SimModel *model, const SimResult *result);

static double
figure_mean (const SimModel *model, const SimResult *result)
{
  return mean_cycle (result);
}

static double
figure_median (const SimModel *model, const SimResult *result)
{
  return nearest_rank (result->cycles, 50);
}

static double
figure_p85 (const SimModel *model, const SimResult *result)
{
  return nearest_rank (result->cycles, 85);
}

static double
figure_p95 (const SimModel *model, const SimResult *result)
{
  return nearest_rank (result->cycles, 95);
}

static double
figure_lead (const SimModel *model, const SimResult *result)
{
  return result->cycles->len > 0 ? (double) result->median_lead * USEC : NAN;
}

static double
figure_wait (const SimModel *model, const SimResult *result)
{
  return result->elapsed > 0 ? result->wait / result->elapsed : NAN;
}

static double
figure_throughput (const SimModel *model, const SimResult *result)
{
  return result->cycles->len * WEEK / (double) (model->end - model->start);
}

static double
figure_wip (const SimModel *model, const SimResult *result)
{
  return result->wip_area / (double) (model->end - model->start);
}

static double
figure_watched (const SimModel *model, const SimResult *result)
{
  return result->n_watched > 0 ? result->watched / result->n_watched * USEC : NAN;
}

static BatonEstimate
estimate_figure (const SimModel *model, const SimResult *results, Figure figure)
{
  g_autofree double *values = g_new (double, model->replications);

  for (guint i = 0; i < model->replications; i++)
    values[i] = figure (model, &results[i]);
  return estimate (values, model->replications);
}

/* Quantiles of all cycle times together, counted in minutes where they last more than a few days. */
static void
pool_quantiles (const SimModel *model, const SimResult *results, BatonWayResult *way)
{
  gint64 longest = 0;
  gint64 unit;
  guint64 reached = 0;
  guint next = 0;
  g_autofree guint *counts = NULL;

  way->quantiles = g_new0 (double, BATON_SIMULATION_QUANTILES);
  for (guint i = 0; i < model->replications; i++)
    {
      const GArray *cycles = results[i].cycles;

      way->finished += cycles->len;
      if (cycles->len > 0)
        longest = MAX (longest, g_array_index (cycles, gint64, cycles->len - 1));
    }
  if (way->finished == 0)
    return;
  unit = longest / 1000000 + 1;
  counts = g_new0 (guint, longest / unit + 1);
  for (guint i = 0; i < model->replications; i++)
    {
      for (guint k = 0; k < results[i].cycles->len; k++)
        counts[g_array_index (results[i].cycles, gint64, k) / unit]++;
    }
  for (gint64 value = 0; value <= longest / unit && next < BATON_SIMULATION_QUANTILES; value++)
    {
      reached += counts[value];
      while (next < BATON_SIMULATION_QUANTILES &&
             reached * (BATON_SIMULATION_QUANTILES - 1) >= MAX (way->finished * next, 1))
        way->quantiles[next++] = (double) (value * unit) * USEC;
    }
}

static void
sum_people (const SimModel *model, const SimResult *results, BatonWayResult *way)
{
  double weeks = (double) (model->end - model->start) / WEEK * model->replications;

  way->n_people = model->n_people;
  way->people = g_new0 (BatonPersonLoad, model->n_people);
  for (guint person = 0; person < model->n_people; person++)
    {
      BatonPersonLoad *load = &way->people[person];
      double hours = 0;

      for (guint i = 0; i < model->replications; i++)
        {
          const SimPersonResult *result = &results[i].people[person];

          load->work += (double) result->work;
          load->handoffs += (double) result->handoffs;
          load->meetings += (double) result->meetings;
          load->interruptions += result->interruptions / weeks;
          hours += (double) result->hours;
        }
      load->work = hours > 0 ? load->work / hours : 0;
      load->handoffs = hours > 0 ? load->handoffs / hours : 0;
      load->meetings = hours > 0 ? load->meetings / hours : 0;
    }
}

static void
sum_stages (const SimModel *model, const SimResult *results, BatonWayResult *way)
{
  double weeks = (double) (model->end - model->start) / WEEK * model->replications;
  double all = 0;

  way->n_stages = model->n_stages;
  way->stages = g_new0 (BatonStageLoad, model->n_stages);
  for (guint stage = 0; stage < model->n_stages; stage++)
    {
      BatonStageLoad *load = &way->stages[stage];
      double visits = 0;

      for (guint i = 0; i < model->replications; i++)
        {
          load->wait += results[i].stages[stage].wait;
          load->wait_share += results[i].stages[stage].cycle_wait;
          visits += results[i].stages[stage].visits;
        }
      all += load->wait_share;
      load->wait = visits > 0 ? load->wait / visits * USEC : 0;
      load->visits = visits / weeks;
    }
  for (guint stage = 0; all > 0 && stage < model->n_stages; stage++)
    way->stages[stage].wait_share /= all;
}

static void
sum_growth (const SimModel *model, const SimResult *results, BatonWayResult *way)
{
  double arrived = 0;

  for (guint i = 0; i < model->replications; i++)
    {
      arrived += results[i].arrived;
      way->out_of_hours += results[i].out_of_hours;
    }
  way->growth = arrived > 0 ? (arrived - (double) way->finished) / arrived : 0;
  way->overloaded = way->growth > OVERLOAD;
}

static void
sum_up (const SimModel *model, const SimResult *results, BatonWayResult *way)
{
  pool_quantiles (model, results, way);
  way->any = way->finished > 0;
  way->mean = estimate_figure (model, results, figure_mean);
  way->median = estimate_figure (model, results, figure_median);
  way->p85 = estimate_figure (model, results, figure_p85);
  way->p95 = estimate_figure (model, results, figure_p95);
  way->lead = estimate_figure (model, results, figure_lead);
  way->wait_share = estimate_figure (model, results, figure_wait);
  way->throughput = estimate_figure (model, results, figure_throughput);
  way->wip = estimate_figure (model, results, figure_wip);
  way->watched = estimate_figure (model, results, figure_watched);
  way->watched_means = g_new (double, model->replications);
  way->medians = g_new (double, model->replications);
  for (guint i = 0; i < model->replications; i++)
    {
      way->watched_means[i] = figure_watched (model, &results[i]);
      way->medians[i] = figure_median (model, &results[i]);
    }
  sum_people (model, results, way);
  sum_stages (model, results, way);
  sum_growth (model, results, way);
}

guint
baton_simulation_days (const BatonTeam *team)
{
  return (guint) CLAMP (7 * BATON_SIMULATION_CARDS / team->arrivals, 28, BATON_SIMULATION_DAYS);
}

BatonSimulation *
baton_simulate (const BatonSimulationInput *input)
{
  SimModel model;
  Work work = { .model = &model };
  BatonSimulation *simulation = NULL;

  g_return_val_if_fail (input->n_ways >= 1 && input->n_ways <= G_N_ELEMENTS (input->ways), NULL);
  sim_model_init (&model, input);
  work.total = (int) (model.replications * input->n_ways);
  work.results = g_new0 (SimResult, (gsize) work.total);
  work_together (&work);
  if (!g_atomic_int_get (&work.stop))
    {
      simulation = g_new0 (BatonSimulation, 1);
      simulation->seed = input->seed;
      simulation->replications = model.replications;
      simulation->days = (guint) ((model.end - model.start) / SIM_DAY);
      simulation->n_ways = input->n_ways;
      simulation->ways = g_new0 (BatonWayResult, input->n_ways);
    }
  for (guint i = 0; simulation != NULL && i < input->n_ways; i++)
    {
      simulation->ways[i].way = input->ways[i];
      sum_up (&model, work.results + (gsize) i * model.replications, &simulation->ways[i]);
    }
  for (int i = 0; i < work.total; i++)
    sim_result_clear (&work.results[i]);
  g_free (work.results);
  sim_model_clear (&model);
  return simulation;
}

void
baton_simulation_free (BatonSimulation *simulation)
{
  if (simulation == NULL)
    return;
  for (guint i = 0; i < simulation->n_ways; i++)
    {
      g_free (simulation->ways[i].quantiles);
      g_free (simulation->ways[i].people);
      g_free (simulation->ways[i].stages);
      g_free (simulation->ways[i].watched_means);
      g_free (simulation->ways[i].medians);
    }
  g_free (simulation->ways);
  g_free (simulation);
}

const BatonWayResult *
baton_simulation_way (const BatonSimulation *simulation, BatonWay way)
{
  for (guint i = 0; i < simulation->n_ways; i++)
    {
      if (simulation->ways[i].way == way)
        return &simulation->ways[i];
    }
  return NULL;
}

static guint
count_roles (guint64 roles)
{
  guint n = 0;

  for (; roles != 0; roles &= roles - 1)
    n++;
  return n;
}

guint
baton_team_key_person (const BatonTeam *team)
{
  const BatonTeamStage *stage = baton_team_stage (team, team->stages->len - 1);
  guint fewest = 0;
  guint person = 0;

  for (guint i = 0; i < team->stages->len; i++)
    {
      if (baton_team_stage (team, i)->review)
        {
          stage = baton_team_stage (team, i);
          break;
        }
    }
  for (guint i = 0; i < team->people->len; i++)
    {
      guint64 roles = baton_team_person (team, i)->roles;

      if ((roles >> stage->role & 1) != 0 && (fewest == 0 || count_roles (roles) < fewest))
        {
          fewest = count_roles (roles);
          person = i;
        }
    }
  return person;
}

/* Each replication with somebody away beside the same one with them there. */
static void
compare_absence (const BatonWayResult *there, const BatonWayResult *away, guint n, BatonAbsenceResult *result)
{
  g_autofree double *more = g_new (double, n);

  for (guint i = 0; i < n; i++)
    more[i] = away->watched_means[i] - there->watched_means[i];
  result->way = there->way;
  result->there = there->watched;
  result->away = away->watched;
  result->more = estimate (more, n);
}

gboolean
baton_simulate_absence (const BatonSimulationInput *input, BatonAbsenceResult *results)
{
  BatonSimulationInput asked = *input;
  g_autoptr (BatonSimulation) there = NULL;
  g_autoptr (BatonSimulation) away = NULL;

  asked.days =
      input->days > 0 ? MIN (input->days, 120) : CLAMP (baton_simulation_days (input->team), 60, 120);
  asked.away_days = input->away_days > 0 ? input->away_days : 7;
  asked.away_from = input->away_from > 0 ? input->away_from : 14;
  asked.watch_days = input->watch_days > 0 ? input->watch_days : 28;
  asked.watch_from = input->watch_days > 0 ? input->watch_from : asked.away_from;
  away = baton_simulate (&asked);
  asked.away_person = -1;
  there = away != NULL ? baton_simulate (&asked) : NULL;
  for (guint i = 0; there != NULL && i < input->n_ways; i++)
    compare_absence (&there->ways[i], &away->ways[i], there->replications, &results[i]);
  return there != NULL;
}

/* The team with one handoff changed, if there is one to change. */
static BatonSimulation *
simulate_mixture (const BatonSimulationInput *input, const BatonTeam *team, guint stage, BatonWay way)
{
  g_autoptr (BatonTeam) mixture = baton_team_copy (team);
  BatonSimulationInput asked = *input;

  if (stage < team->stages->len)
    baton_team_stage (mixture, stage)->way = way;
  asked.team = mixture;
  asked.ways[0] = BATON_WAY_MIXED;
  asked.n_ways = 1;
  return baton_simulate (&asked);
}

gboolean
baton_simulate_handoffs (const BatonSimulationInput *input, BatonWay way, BatonEstimate *saved)
{
  g_autoptr (BatonTeam) team = baton_team_copy (input->team);
  g_autoptr (BatonSimulation) present = NULL;

  for (guint i = 0; i < team->stages->len && team->present != BATON_WAY_MIXED; i++)
    baton_team_stage (team, i)->way = team->present;
  present = simulate_mixture (input, team, G_MAXUINT, way);
  for (guint stage = 0; present != NULL && stage < team->stages->len; stage++)
    {
      g_autoptr (BatonSimulation) changed = NULL;
      g_autofree double *less = g_new (double, present->replications);

      saved[stage] = (BatonEstimate){ 0 };
      if (stage == 0 || baton_team_stage (team, stage)->way == way)
        continue;
      changed = simulate_mixture (input, team, stage, way);
      if (changed == NULL)
        return FALSE;
      for (guint i = 0; i < present->replications; i++)
        less[i] = present->ways[0].medians[i] - changed->ways[0].medians[i];
      saved[stage] = estimate (less, present->replications);
    }
  return present != NULL;
}
