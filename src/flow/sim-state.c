/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

#include "sim-state.h"

#include "random.h"

#include <string.h>

Sim *
sim_new (const SimModel *model)
{
  Sim *sim = g_new0 (Sim, 1);

  sim->model = model;
  sim->people = g_new0 (Person, model->n_people);
  sim->queues = g_new (Queue, model->n_stages);
  sim->leads = g_array_new (FALSE, FALSE, sizeof (gint64));
  return sim;
}

void
sim_free (Sim *sim)
{
  for (guint i = 0; i < sim->model->n_people; i++)
    {
      sim_calendar_clear (&sim->people[i].calendar);
      g_free (sim->people[i].bookings);
    }
  g_free (sim->people);
  g_free (sim->queues);
  g_free (sim->cards);
  g_free (sim->passes);
  g_free (sim->makers);
  g_free (sim->bundles);
  g_free (sim->heap.events);
  g_array_unref (sim->leads);
  g_free (sim);
}

gboolean
sim_counts (const Sim *sim)
{
  return sim->now >= sim->model->start && sim->now < sim->model->end;
}

guint16 *
sim_pass (const Sim *sim, guint card, guint stage)
{
  return &sim->passes[(gsize) card * sim->model->n_stages + stage];
}

/* Between 0 and 1; the same under every way of working. */
double
sim_luck (const Sim *sim, guint card, guint stage, guint pass, Luck what)
{
  guint64 counter = ((guint64) pass * sim->model->n_stages + stage) * 8 + what;

  return baton_random_unit (baton_random_at (sim->cards[card].key, counter));
}

BatonWay
sim_way_into (const Sim *sim, guint stage)
{
  return sim->way == BATON_WAY_MIXED ? baton_team_stage (sim->model->team, stage)->way : sim->way;
}

/* The next stage that this card passes, from here on. */
guint
sim_stage_from (const Sim *sim, guint card, guint stage)
{
  for (; stage < sim->model->n_stages; stage++)
    {
      double visit = baton_team_stage (sim->model->team, stage)->visit;

      if (visit >= 1 || sim_luck (sim, card, stage, 0, LUCK_VISIT) < visit)
        break;
    }
  return stage;
}

static guint
choose_channel (const Sim *sim, guint index)
{
  double at = sim_luck (sim, index, 0, 0, LUCK_CHANNEL);
  guint channel = 0;

  while (channel + 1 < sim->model->team->channels->len && sim->model->channel_shares[channel] <= at)
    channel++;
  return channel;
}

static guint
add_card (Sim *sim, guint bundle, guint channel)
{
  guint index = sim->n_cards++;
  gsize width = sim->model->n_stages;

  if (sim->n_cards > sim->cards_room)
    {
      sim->cards_room = MAX (1024, 2 * sim->cards_room);
      sim->cards = g_renew (Card, sim->cards, sim->cards_room);
      sim->passes = g_renew (guint16, sim->passes, sim->cards_room * width);
      sim->makers = g_renew (guint16, sim->makers, sim->cards_room * width);
    }
  memset (sim->passes + index * width, 0, width * sizeof (guint16));
  memset (sim->makers + index * width, 0, width * sizeof (guint16));
  sim->cards[index] = (Card){ .key = baton_random_at (sim->key, 2 * (guint64) index + 1),
    .started = -1,
    .bundle = bundle,
    .next = NO_CARD,
    .behind = NO_CARD,
    .person = NOBODY,
    .sender = NOBODY,
    .channel = (guint16) channel };
  return index;
}

guint
sim_add_bundle (Sim *sim)
{
  guint n_channels = sim->model->team->channels->len;
  guint index = sim->n_bundles++;
  Bundle *bundle;

  if (sim->n_bundles > sim->bundles_room)
    {
      sim->bundles_room = MAX (1024, 2 * sim->bundles_room);
      sim->bundles = g_renew (Bundle, sim->bundles, sim->bundles_room);
    }
  bundle = &sim->bundles[index];
  *bundle = (Bundle){ .arrived = sim->now, .started = -1, .first_card = sim->n_cards };
  bundle->n_cards = bundle->open = sim->model->team->bundle && n_channels > 0 ? n_channels : 1;
  for (guint i = 0; i < bundle->n_cards; i++)
    add_card (sim, index, i);
  if (bundle->n_cards == 1 && n_channels > 0)
    sim->cards[bundle->first_card].channel = (guint16) choose_channel (sim, bundle->first_card);
  return index;
}

static gboolean
has_checkpoints (const Sim *sim)
{
  gboolean some = FALSE;

  for (guint i = 0; i < sim->model->n_stages; i++)
    some |= sim_way_into (sim, i) == BATON_WAY_HYBRID;
  return some;
}

static void
prepare_people (Sim *sim)
{
  const SimModel *model = sim->model;
  const BatonSimulationInput *input = model->input;

  for (guint i = 0; i < model->n_people; i++)
    {
      Person *person = &sim->people[i];
      SimCalendarInput calendar = { .n_days = model->n_days,
        .first_day = (guint) (model->start / SIM_DAY),
        .checkpoints = has_checkpoints (sim),
        .key = baton_random_key (sim->key, i) };

      if (input->away_person == (int) i)
        calendar.extra = (BatonTeamAbsence){ input->away_from, input->away_from + input->away_days };
      sim->result->people[i].meetings = sim_calendar_build (&person->calendar, model->team,
          baton_team_person (model->team, i), &calendar, model->start, model->end);
      sim->result->people[i].hours = sim_calendar_worked (&person->calendar, model->end) -
                                     sim_calendar_worked (&person->calendar, model->start) +
                                     sim->result->people[i].meetings;
      person->state = PERSON_FREE;
      person->queue = (Queue){ NO_CARD };
      person->hands = NO_CARD;
      person->version = 0;
      person->free_since = 0;
      person->wake = -1;
      person->assigned = 0;
      person->n_bookings = 0;
    }
}

void
sim_prepare (Sim *sim, BatonWay way, guint replication, SimResult *result)
{
  *result = (SimResult){ .cycles = g_array_new (FALSE, FALSE, sizeof (gint64)),
    .people = g_new0 (SimPersonResult, sim->model->n_people),
    .stages = g_new0 (SimStageResult, sim->model->n_stages) };
  sim->result = result;
  sim->way = way;
  sim->key = baton_random_key (sim->model->input->seed, replication);
  sim->now = 0;
  sim->heap.n = 0;
  sim->heap.order = 0;
  sim->n_cards = 0;
  sim->n_bundles = 0;
  sim->queued = 0;
  sim->wip = 0;
  sim->wip_since = 0;
  g_array_set_size (sim->leads, 0);
  for (guint i = 0; i < sim->model->n_stages; i++)
    sim->queues[i] = (Queue){ NO_CARD };
  prepare_people (sim);
}
