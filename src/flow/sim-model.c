/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

#include "sim-private.h"

/* Work begun before the end may be done after it; calendars go on for so many days. */
#define BEYOND 70
#define EXACT_CELLS 16 /* at either end, where values lie far apart */
#define OPEN_WEEK (5 * 10 * 3600.0)
#define WHOLE_WEEK (7 * 86400.0)

static gboolean
can_do (const BatonTeam *team, guint person, guint stage)
{
  return (baton_team_person (team, person)->roles >> baton_team_stage (team, stage)->role & 1) != 0;
}

static void
assign (SimModel *model)
{
  model->members = g_new0 (guint *, model->n_stages);
  model->n_members = g_new0 (guint, model->n_stages);
  model->offers = g_new0 (guint *, model->n_people);
  model->n_offers = g_new0 (guint, model->n_people);
  for (guint stage = 0; stage < model->n_stages; stage++)
    model->members[stage] = g_new (guint, model->n_people);
  for (guint person = 0; person < model->n_people; person++)
    {
      model->offers[person] = g_new (guint, model->n_stages);
      for (guint stage = 0; stage < model->n_stages; stage++)
        {
          if (!can_do (model->team, person, stage))
            continue;
          model->members[stage][model->n_members[stage]++] = person;
          model->offers[person][model->n_offers[person]++] = stage;
        }
    }
}

static void
tabulate (SimModel *model)
{
  model->work = g_new0 (double *, model->n_stages);
  for (guint stage = 0; stage < model->n_stages; stage++)
    {
      const BatonDist *dist = &baton_team_stage (model->team, stage)->work;

      if (dist->kind != BATON_DIST_EXPONENTIAL && dist->kind != BATON_DIST_LOGNORMAL)
        continue;
      model->work[stage] = g_new0 (double, SIM_CELLS + 1);
      for (guint i = 1; i < SIM_CELLS; i++)
        model->work[stage][i] = baton_dist_value (dist, (double) i / SIM_CELLS);
    }
}

double
sim_model_work (const SimModel *model, guint stage, double unit)
{
  const double *values = model->work[stage];
  double place = unit * SIM_CELLS;
  guint cell = (guint) place;

  if (values == NULL || cell < EXACT_CELLS || cell >= SIM_CELLS - EXACT_CELLS)
    return baton_dist_value (&baton_team_stage (model->team, stage)->work, unit);
  return values[cell] + (place - cell) * (values[cell + 1] - values[cell]);
}

static void
share_channels (SimModel *model)
{
  guint n = model->team->channels->len;
  double sum = 0;

  model->channel_shares = g_new0 (double, n + 1);
  for (guint i = 0; i < n; i++)
    {
      sum += baton_team_channel (model->team, i)->share;
      model->channel_shares[i] = sum;
    }
  for (guint i = 0; sum > 0 && i < n; i++)
    model->channel_shares[i] /= sum;
}

void
sim_model_init (SimModel *model, const BatonSimulationInput *input)
{
  guint days = input->days > 0 ? input->days : baton_simulation_days (input->team);
  guint warm_up = input->warm_up < 0   ? 0
                  : input->warm_up > 0 ? (guint) input->warm_up
                                       : BATON_SIMULATION_WARM_UP;

  /* Whole weeks, so that the first day that counts is a Monday. */
  warm_up = (warm_up + 6) / 7 * 7;
  *model = (SimModel){ .team = input->team, .input = input };
  model->n_people = input->team->people->len;
  model->n_stages = input->team->stages->len;
  model->replications = input->replications > 0 ? input->replications : BATON_SIMULATION_REPLICATIONS;
  model->start = (gint64) warm_up * SIM_DAY;
  model->end = model->start + (gint64) days * SIM_DAY;
  model->n_days = warm_up + days + BEYOND;
  model->arrival_gap = (input->team->any_time ? WHOLE_WEEK : OPEN_WEEK) / input->team->arrivals;
  sim_calendar_build_arrivals (&model->arrivals, input->team, model->n_days);
  assign (model);
  share_channels (model);
  tabulate (model);
}

void
sim_model_clear (SimModel *model)
{
  for (guint i = 0; i < model->n_stages; i++)
    {
      g_free (model->members[i]);
      g_free (model->work[i]);
    }
  g_free (model->work);
  for (guint i = 0; i < model->n_people; i++)
    g_free (model->offers[i]);
  g_free (model->members);
  g_free (model->n_members);
  g_free (model->offers);
  g_free (model->n_offers);
  g_free (model->channel_shares);
  sim_calendar_clear (&model->arrivals);
}

void
sim_result_clear (SimResult *result)
{
  g_clear_pointer (&result->cycles, g_array_unref);
  g_clear_pointer (&result->people, g_free);
  g_clear_pointer (&result->stages, g_free);
}
