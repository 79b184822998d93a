/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

#include "team-fit.h"

#include "days.h"
#include "fit-visits.h"
#include "handoff.h"
#include "hours.h"
#include "period.h"

#include <math.h>

#define FEWEST_CARDS 20
#define MOST_VALUES 2000 /* of an empirical distribution; more are thinned out evenly */
#define LEAST_SHARE 0.05 /* of a stage’s visits that make a person one of its role */
#define SLOT 15          /* minutes to which working hours are read off */
#define WEEK_SECONDS (7 * 86400.0)
#define MOST_PEOPLE 400
#define TRIES 4 /* replications while the delay is looked for */
#define STEPS 7
#define LONGEST_PICKUP 6000 /* minutes of open hours: two weeks */
#define REPLICATIONS 12

typedef struct
{
  const BatonTeamFitInput *input;
  const BatonFlow *flow;
  GArray *visits;
  guint16 *stages; /* the work stages that were visited, in the order of the flow */
  guint n_stages;
  gint64 from;
  gint64 to;
  guint n_cards;
} Fit;

static const FitVisit *
visit_at (const Fit *fit, guint index)
{
  return &g_array_index (fit->visits, FitVisit, index);
}

static const char *
name_of (const GPtrArray *names, guint index, const char *other)
{
  return index < names->len ? g_ptr_array_index (names, index) : other;
}

/* Work stages with a visit, by their place in the flow. */
static void
find_stages (Fit *fit)
{
  fit->stages = g_new0 (guint16, fit->flow->n_stages + 1);
  for (guint place = 0; place < fit->flow->n_stages; place++)
    {
      for (guint16 stage = 0; stage < fit->flow->n_stages; stage++)
        {
          gboolean visited = FALSE;

          for (guint i = 0; i < fit->visits->len && !visited; i++)
            visited = visit_at (fit, i)->stage == stage;
          if (fit->flow->places[stage] != place || !visited)
            continue;
          fit->stages[fit->n_stages++] = stage;
        }
    }
}

static int
compare_work (gconstpointer a, gconstpointer b)
{
  guint32 left = *(const guint32 *) a;
  guint32 right = *(const guint32 *) b;

  return left < right ? -1 : left > right;
}

/* The work of first visits as it was, and what later visits took of it. */
static BatonDist
fit_work (const Fit *fit, guint16 stage, double *again)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (guint32));
  double sums[2] = { 0, 0 };
  guint counts[2] = { 0, 0 };
  guint kept;

  for (guint i = 0; i < fit->visits->len; i++)
    {
      const FitVisit *visit = visit_at (fit, i);
      guint32 work = (guint32) CLAMP (visit->work + 0.5, 0, 300 * 86400.0);

      if (visit->stage != stage)
        continue;
      sums[visit->again] += visit->work;
      counts[visit->again]++;
      if (!visit->again)
        g_array_append_val (values, work);
    }
  *again = counts[0] > 0 && counts[1] > 0 && sums[0] > 0
               ? CLAMP (sums[1] / counts[1] / (sums[0] / counts[0]), 0, 10)
               : 0.5;
  g_array_sort (values, compare_work);
  kept = MIN (values->len, MOST_VALUES);
  for (guint i = 0; i < kept; i++)
    g_array_index (values, guint32, i) =
        g_array_index (values, guint32, ((guint64) i * 2 + 1) * values->len / (2 * kept));
  return baton_dist_empirical ((const guint32 *) (gpointer) values->data, kept);
}

/* The share of visits that were sent back, and where to most often. */
static void
fit_rework (const Fit *fit, guint16 stage, BatonTeamStage *fitted)
{
  g_autofree guint *targets = g_new0 (guint, fit->flow->n_stages);
  guint visits = 0;
  guint sent_back = 0;

  for (guint i = 0; i < fit->visits->len; i++)
    {
      const FitVisit *visit = visit_at (fit, i);

      if (visit->stage != stage)
        continue;
      visits++;
      if (visit->back_to == BATON_FLOW_NO_STAGE)
        continue;
      sent_back++;
      targets[visit->back_to]++;
    }
  fitted->rework = visits > 0 ? MIN ((double) sent_back / visits, 0.9) : 0;
  fitted->rework_to = 0;
  for (guint i = 0, most = 0; i < fit->n_stages; i++)
    {
      if (targets[fit->stages[i]] > most)
        {
          most = targets[fit->stages[i]];
          fitted->rework_to = i;
        }
    }
}

static double
share_of_cards (const Fit *fit, guint16 stage)
{
  guint cards = 0;

  for (guint i = 0; i < fit->visits->len; i++)
    cards += visit_at (fit, i)->stage == stage && !visit_at (fit, i)->again;
  return MIN ((double) cards / fit->n_cards, 1);
}

static void
add_stages (const Fit *fit, BatonTeam *team)
{
  for (guint i = 0; i < fit->n_stages; i++)
    {
      const char *name = name_of (fit->input->stage_names, fit->stages[i], "");
      double again;
      BatonDist work = fit_work (fit, fit->stages[i], &again);
      g_autofree char *role = g_strdup_printf ("%u. %s", i + 1, name);
      BatonTeamStage *stage = baton_team_add_stage (team, name, baton_team_add_role (team, role), work);

      stage->review = baton_flow_kind (fit->flow, fit->stages[i]) == BATON_FLOW_REVIEW;
      stage->visit = share_of_cards (fit, fit->stages[i]);
      stage->rework_work = again;
      fit_rework (fit, fit->stages[i], stage);
    }
}

/* When the hours’ clock runs in a week of the middle of the period, in quarters of an hour of UTC’s days
 * moved by the zone: the weekdays, the first and last minute, and breaks between them. */
static void
fit_hours (const Fit *fit, BatonTeamPerson *person)
{
  gint64 middle = fit->from + (fit->to - fit->from) / 2;
  gint64 monday;
  guint from = 24 * 60;
  guint to = 0;
  GDate date;

  baton_flow_local_date (fit->input->view->zone, middle, &date);
  g_date_subtract_days (&date, g_date_get_weekday (&date) - 1);
  monday = baton_flow_local_time (fit->input->view->zone, &date, 0);
  person->weekdays = 0;
  for (guint slot = 0; slot < 7 * 24 * 60 / SLOT; slot++)
    {
      gint64 at = monday + (gint64) slot * SLOT * 60 * G_USEC_PER_SEC;
      guint minute = slot * SLOT % (24 * 60);
      gint64 worked = baton_flow_hours_clock (fit->input->hours, at + (gint64) SLOT * 60 * G_USEC_PER_SEC) -
                      baton_flow_hours_clock (fit->input->hours, at);

      if (worked * 2 < (gint64) SLOT * 60 * G_USEC_PER_SEC)
        continue;
      person->weekdays |= 1u << (slot * SLOT / (24 * 60));
      from = MIN (from, minute);
      to = MAX (to, minute + SLOT);
    }
  if (from < to)
    {
      person->from = from;
      person->to = to;
    }
  if (person->weekdays == 0)
    person->weekdays = 0x1f;
}

/* How often each person took a card of the stage, how often anybody did, and how many lay in hands on
 * average. */
static double
count_hands (const Fit *fit, guint16 stage, guint *counts, guint *all)
{
  double in_hand = 0;

  *all = 0;
  for (guint i = 0; i < fit->visits->len; i++)
    {
      const FitVisit *visit = visit_at (fit, i);

      if (visit->stage != stage)
        continue;
      *all += 1;
      in_hand += (double) (visit->to - visit->from);
      if (visit->person < fit->input->people_names->len)
        counts[visit->person]++;
    }
  return in_hand / MAX (1.0, (double) (fit->to - fit->from));
}

/* Who is known to have done a fair part of the stage gets its role; how many those are. */
static guint
add_known (const Fit *fit, BatonTeam *team, guint stage, const guint *counts, guint all, guint *places)
{
  guint known = 0;

  for (guint person = 0; person < fit->input->people_names->len; person++)
    {
      if (counts[person] == 0 || counts[person] < LEAST_SHARE * all || team->people->len >= MOST_PEOPLE)
        continue;
      known++;
      if (places[person] == 0)
        {
          baton_team_add_person (team, name_of (fit->input->people_names, person, "?"), stage)->roles = 0;
          places[person] = team->people->len;
        }
      baton_team_person (team, places[person] - 1)->roles |= G_GUINT64_CONSTANT (1) << stage;
    }
  return known;
}

/* A stage that nobody is known for gets people of its own, one more than had cards in hand on average. */
static void
add_unknown (const Fit *fit, BatonTeam *team, guint stage, double in_hand)
{
  for (guint i = 0; i < MIN (20, (guint) ceil (in_hand) + 1); i++)
    {
      g_autofree char *name =
          g_strdup_printf ("%s %u", name_of (fit->input->stage_names, fit->stages[stage], ""), i + 1);

      baton_team_add_person (team, name, stage);
    }
}

static void
add_people (const Fit *fit, BatonTeam *team)
{
  g_autofree guint *places = g_new0 (guint, fit->input->people_names->len + 1);
  BatonTeamPerson usual = { .from = 9 * 60, .to = 17 * 60 };

  fit_hours (fit, &usual);
  for (guint stage = 0; stage < fit->n_stages; stage++)
    {
      g_autofree guint *counts = g_new0 (guint, fit->input->people_names->len + 1);
      guint all;
      double in_hand = count_hands (fit, fit->stages[stage], counts, &all);

      if (add_known (fit, team, stage, counts, all, places) == 0)
        add_unknown (fit, team, stage, in_hand);
    }
  for (guint i = 0; i < team->people->len; i++)
    {
      BatonTeamPerson *person = baton_team_person (team, i);

      person->weekdays = usual.weekdays;
      person->from = usual.from;
      person->to = usual.to;
      person->zone = team->zone;
    }
}

static void
find_period (Fit *fit)
{
  const BatonFlowView *view = fit->input->view;
  gint64 first = view->now;
  gint64 last = view->now;

  baton_flow_span (fit->flow, &first, &last);
  fit->from = MAX (view->from, first);
  fit->to = MAX (fit->from + 1, MIN (MIN (view->to, view->now), last));
}

static int
zone_minutes (const Fit *fit)
{
  gint64 middle = (fit->from + (fit->to - fit->from) / 2) / G_USEC_PER_SEC;
  GTimeZone *zone = fit->input->view->zone;
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, middle);

  return interval >= 0 ? g_time_zone_get_offset (zone, interval) / 60 : 0;
}

/* Handoffs into each work stage at which both must be there, and all. */
typedef struct
{
  const Fit *fit;
  BatonFlowHandoffs *measured; /* between people */
  guint *sync;
  guint *all;
} Marked;

static void
count_pass (const BatonFlowPass *pass, gpointer data)
{
  Marked *self = data;
  const BatonFlow *flow = self->fit->flow;
  const BatonFlowCard *card = &flow->cards[pass->card];
  guint32 from = pass->from < flow->n_roles ? flow->roles[pass->from] : BATON_FLOW_NONE;
  guint32 to = pass->to < flow->n_roles ? flow->roles[pass->to] : BATON_FLOW_NONE;
  guint32 channel = card->dims[BATON_FLOW_CHANNEL], type = card->dims[BATON_FLOW_ASSET_TYPE];
  const BatonFlowMark *mark = baton_flow_mark_find (flow, FALSE, pass->from, pass->to, channel, type);
  const BatonFlowEdge *edge = baton_flow_handoffs_find (self->measured, self->fit->input->view, pass);

  if (mark == NULL)
    mark = baton_flow_mark_find (flow, TRUE, from, to, channel, type);
  self->all[pass->stage]++;
  self->sync[pass->stage] += mark != NULL ? mark->sync : edge != NULL && baton_flow_edge_was_sync (edge);
}

/* A mixture as the team has marked it: a stage is handed over with both present when most of the handoffs
 * into it are marked so, or are so where nothing is marked. Without a mark there is no mixture. */
static void
mix_ways (const Fit *fit, BatonTeam *team)
{
  g_autofree guint *sync = g_new0 (guint, fit->flow->n_stages + 1);
  g_autofree guint *all = g_new0 (guint, fit->flow->n_stages + 1);
  g_autoptr (BatonFlowHandoffs) measured = NULL;
  Marked marked = { fit, NULL, sync, all };

  if (fit->flow->marks->len == 0)
    return;
  marked.measured = measured = baton_flow_handoffs_new (fit->input->view, BATON_FLOW_BY_PERSON);
  baton_flow_handoffs_each (fit->input->view, count_pass, &marked);
  for (guint i = 0; i < fit->n_stages; i++)
    baton_team_stage (team, i)->way =
        2 * sync[fit->stages[i]] > all[fit->stages[i]] ? BATON_WAY_LINEAR : BATON_WAY_ASYNC;
}

static BatonTeam *
make_team (const Fit *fit)
{
  g_autoptr (BatonTeam) team = baton_team_new (fit->input->name);
  g_autofree char *problem = NULL;

  team->zone = zone_minutes (fit);
  /* What is written and asked is in the time that the work took. */
  team->handoffs.note = 0;
  team->arrivals = fit->n_cards / ((double) (fit->to - fit->from) / G_USEC_PER_SEC / WEEK_SECONDS);
  add_stages (fit, team);
  add_people (fit, team);
  mix_ways (fit, team);
  problem = baton_team_problem (team);
  return problem == NULL ? g_steal_pointer (&team) : NULL;
}

double
baton_likeness_distance (const gint64 *sorted, guint n, const double *quantiles, guint n_quantiles)
{
  double distance = 0;
  guint below = 0;

  /* The share that is simulated to be no longer than each seen value, against the shares seen around it. */
  for (guint i = 0; i < n; i++)
    {
      double share;

      while (below < n_quantiles && quantiles[below] <= (double) sorted[i])
        below++;
      share = below == 0 ? 0 : (double) (below - 1) / (n_quantiles - 1);
      distance = MAX (distance, fabs (share - (double) i / n));
      distance = MAX (distance, fabs (share - (i + 1.0) / n));
    }
  return distance;
}

/* A simulation of the team, as it was fitted, under one way; NULL: stopped. */
static BatonSimulation *
try_way (const BatonTeamFitInput *input, BatonTeam *team, BatonWay way, guint pickup, guint replications)
{
  BatonSimulationInput asked = BATON_SIMULATION_INPUT_INIT;

  team->handoffs.pickup = pickup;
  asked.team = team;
  asked.ways[0] = way;
  asked.n_ways = 1;
  asked.replications = replications;
  asked.seed = input->seed;
  asked.threads = input->threads;
  asked.progress = input->progress;
  asked.progress_data = input->progress_data;
  return baton_simulate (&asked);
}

static double
median_with (const BatonTeamFitInput *input, BatonTeam *team, BatonWay way, guint pickup)
{
  g_autoptr (BatonSimulation) simulation = try_way (input, team, way, pickup, TRIES);

  return simulation != NULL ? simulation->ways[0].median.value : 0;
}

/* The delay until somebody looks is what a board does not tell: it is set so that the median is that of the
 * past. When even without any the simulation is slower, it is none. */
static guint
find_pickup (const BatonTeamFitInput *input, BatonTeam *team, BatonWay way, double median)
{
  guint low = 0;
  guint high = LONGEST_PICKUP;

  if (median_with (input, team, way, 0) >= median)
    return 0;
  for (guint i = 0; i < STEPS; i++)
    {
      guint middle = low + (high - low) / 2;

      if (median_with (input, team, way, middle) < median)
        low = middle;
      else
        high = middle;
    }
  return low + (high - low) / 2;
}

static gboolean
compare_way (const BatonTeamFitInput *input, BatonTeam *team, const BatonFlowPeriod *seen, double weeks,
    BatonTeamLikeness *likeness)
{
  const gint64 *cycle = (const gint64 *) (gpointer) seen->cycle->data;
  guint n = seen->cycle->len;
  g_autoptr (BatonSimulation) simulation = NULL;
  const BatonWayResult *way;
  double waits = 0;
  double cycles = 0;

  for (guint i = 0; i < n; i++)
    {
      waits += (double) g_array_index (seen->wait, gint64, i);
      cycles += (double) cycle[i];
    }
  likeness->median.seen = (double) cycle[(n + 1) / 2 - 1];
  likeness->p85.seen = (double) cycle[(guint) ceil (0.85 * n - 1e-9) - 1];
  likeness->wait_share.seen = cycles > 0 ? waits / cycles : 0;
  likeness->throughput.seen = n / weeks;
  likeness->pickup = find_pickup (input, team, likeness->way, likeness->median.seen);
  simulation = try_way (input, team, likeness->way, likeness->pickup,
      input->replications > 0 ? input->replications : REPLICATIONS);
  if (simulation == NULL)
    return FALSE;
  way = &simulation->ways[0];
  likeness->distance =
      way->any ? baton_likeness_distance (cycle, n, way->quantiles, BATON_SIMULATION_QUANTILES) : 1;
  likeness->median.simulated = way->median.value;
  likeness->p85.simulated = way->p85.value;
  likeness->wait_share.simulated = way->wait_share.value;
  likeness->throughput.simulated = way->throughput.value;
  return TRUE;
}

static BatonLikenessVerdict
judge (const BatonTeamLikeness *likeness)
{
  double off = likeness->p85.seen > 0 ? fabs (likeness->p85.simulated / likeness->p85.seen - 1) : 1;

  if (likeness->distance <= 0.12 && off <= 0.2)
    return BATON_LIKENESS_GOOD;
  return likeness->distance <= 0.25 && off <= 0.5 ? BATON_LIKENESS_FAIR : BATON_LIKENESS_POOR;
}

/* Two ways cannot be told apart when their distances differ by less than chance makes one: Kolmogorov's
 * statistic of n values has a standard deviation of 0.26 ÷ √n, and two of them are taken. */
static void
find_alike (BatonTeamFit *result, double best, guint n)
{
  for (guint i = 0; i < BATON_N_WAYS; i++)
    result->likeness[i].alike = result->likeness[i].distance <= best + 0.52 / sqrt (n);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *) a;
  gint64 right = *(const gint64 *) b;

  return left < right ? -1 : left > right;
}

/* Under each way; the one that is most like the past is how the team works now. FALSE: stopped. */
static gboolean
compare_ways (const Fit *fit, BatonTeamFit *result)
{
  BatonFlowView calendar = *fit->input->view;
  g_autoptr (BatonFlowPeriod) seen = NULL;
  double weeks = (double) (fit->to - fit->from) / G_USEC_PER_SEC / WEEK_SECONDS;
  const BatonTeamLikeness *best = &result->likeness[0];

  calendar.hours = NULL;
  seen = baton_flow_period_new (&calendar);
  g_array_sort (seen->cycle, compare_times);
  for (guint i = 0; i < BATON_N_WAYS; i++)
    {
      result->likeness[i].way = (BatonWay) i;
      if (!compare_way (fit->input, result->team, seen, weeks, &result->likeness[i]))
        return FALSE;
      if (result->likeness[i].distance < best->distance)
        best = &result->likeness[i];
    }
  result->team->present = best->way;
  result->team->handoffs.pickup = best->pickup;
  result->verdict = judge (best);
  find_alike (result, best->distance, seen->cycle->len);
  return TRUE;
}

BatonTeamFit *
baton_team_fit (const BatonTeamFitInput *input)
{
  BatonTeamFit *result = g_new0 (BatonTeamFit, 1);
  Fit fit = { .input = input, .flow = input->view->flow };
  guint32 last = BATON_FLOW_NONE;

  fit.visits = fit_visits (input->view, input->hours);
  for (guint i = 0; i < fit.visits->len; i++)
    {
      fit.n_cards += visit_at (&fit, i)->card != last;
      last = visit_at (&fit, i)->card;
    }
  result->n_cards = fit.n_cards;
  result->n_visits = fit.visits->len;
  if (fit.n_cards >= FEWEST_CARDS)
    {
      find_period (&fit);
      find_stages (&fit);
      result->team = make_team (&fit);
    }
  if (result->team != NULL && !compare_ways (&fit, result))
    g_clear_pointer (&result, baton_team_fit_free);
  g_array_unref (fit.visits);
  g_free (fit.stages);
  return result;
}

void
baton_team_fit_free (BatonTeamFit *fit)
{
  if (fit == NULL)
    return;
  baton_team_free (fit->team);
  g_free (fit);
}
