/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

/* One replication: a year of the team under one way of working, event by event.
 *
 * A card is handed over into a stage, waits there, is started by a person and finished. Whoever is free and
 * at work takes what was handed over first, of the cards pushed to them and of the queues of their roles.
 * Work goes on only in the person's hours. Meetings to hand over are booked where both have time; they and
 * answers to questions come in between and make what is being worked on later. */

#include "random.h"
#include "sim-state.h"

#define AWAY_FOR (4 * (gint64) SIM_DAY) /* not back within this: nothing new is pushed to the person */
#define STOP_EVERY 4096

static void start_work (Sim *sim, guint index, guint card);
static void hand_over (Sim *sim, guint index, guint stage, guint sender);

/* The queue whose first card has waited longest, of what is pushed to the person and what the roles may pull.
 */
static Queue *
find_queue (Sim *sim, guint index)
{
  Person *person = &sim->people[index];
  Queue *best = person->queue.first != NO_CARD ? &person->queue : NULL;

  for (guint i = 0; i < sim->model->n_offers[index]; i++)
    {
      Queue *queue = &sim->queues[sim->model->offers[index][i]];

      if (queue->first != NO_CARD &&
          (best == NULL || sim->cards[queue->first].handed < sim->cards[best->first].handed))
        best = queue;
    }
  return best;
}

static void
wake_at (Sim *sim, guint index, gint64 at)
{
  Person *person = &sim->people[index];

  if (person->wake >= sim->now && person->wake <= at)
    return;
  person->wake = at;
  sim_heap_push (&sim->heap, at, EVENT_WAKE, index, 0);
}

/* Somebody free takes the next card, if there is one and the hours have begun. */
static void
pull (Sim *sim, guint index)
{
  Person *person = &sim->people[index];
  Queue *queue;
  gint64 next;

  while ((queue = find_queue (sim, index)) != NULL)
    {
      next = sim_calendar_next (&person->calendar, sim->now);
      if (next > sim->now)
        {
          wake_at (sim, index, next);
          return;
        }
      if (!sim->cards[queue->first].question)
        {
          start_work (sim, index, sim_queue_take (sim, queue));
          return;
        }
      sim_ask (sim, sim_queue_take (sim, queue));
    }
}

/* A card lies in the queue of a stage: whoever has been free longest takes it, else those who come to work.
 */
static void
offer (Sim *sim, guint stage)
{
  guint best = NOBODY;

  for (guint i = 0; i < sim->model->n_members[stage]; i++)
    {
      guint index = sim->model->members[stage][i];
      Person *person = &sim->people[index];

      if (person->state == PERSON_FREE && sim_calendar_next (&person->calendar, sim->now) == sim->now &&
          (best == NOBODY || person->free_since < sim->people[best].free_since))
        best = index;
    }
  if (best != NOBODY)
    {
      pull (sim, best);
      return;
    }
  for (guint i = 0; i < sim->model->n_members[stage]; i++)
    {
      if (sim->people[sim->model->members[stage][i]].state == PERSON_FREE)
        pull (sim, sim->model->members[stage][i]);
    }
}

static void
become_free (Sim *sim, guint index)
{
  sim->people[index].state = PERSON_FREE;
  sim->people[index].free_since = sim->now;
}

static gboolean
is_away (const Sim *sim, guint index)
{
  return sim_calendar_next (&sim->people[index].calendar, sim->now) - sim->now >= AWAY_FOR;
}

/* Whom a card is pushed to: who had it there before; the card's own person of that stage; or the one who is
 * there and has the least to do. */
static guint
choose_person (const Sim *sim, guint index, guint stage)
{
  const guint *members = sim->model->members[stage];
  guint n = sim->model->n_members[stage];
  guint maker = sim->makers[(gsize) index * sim->model->n_stages + stage];
  guint best = NOBODY;

  if (maker > 0)
    return maker - 1;
  if (baton_team_stage (sim->model->team, stage)->dedicated)
    return members[(guint) (sim_luck (sim, index, stage, 0, LUCK_PERSON) * n)];
  for (guint i = 0; i < n; i++)
    {
      if (!is_away (sim, members[i]) &&
          (best == NOBODY || sim->people[members[i]].assigned < sim->people[best].assigned))
        best = members[i];
    }
  return best != NOBODY ? best : members[0];
}

/* Where it waits to be taken: with its person, or in the stage's queue. */
static void
lay_out (Sim *sim, guint index)
{
  const Card *card = &sim->cards[index];

  if (card->person == NOBODY)
    {
      sim_queue_add (sim, &sim->queues[card->stage], index);
      offer (sim, card->stage);
      return;
    }
  sim_queue_add (sim, &sim->people[card->person].queue, index);
  if (sim->people[card->person].state == PERSON_FREE)
    pull (sim, card->person);
}

/* Until somebody looks, in open hours; without delay where the team looks at once. */
static void
become_visible (Sim *sim, guint index)
{
  const Card *card = &sim->cards[index];
  double mean = sim->model->team->handoffs.pickup * 60.0;
  double unit;

  if (mean <= 0)
    {
      lay_out (sim, index);
      return;
    }
  unit = sim_luck (sim, index, card->stage, *sim_pass (sim, index, card->stage), LUCK_PICKUP);
  sim_heap_push (&sim->heap,
      sim_calendar_advance (&sim->model->arrivals, sim->now, (gint64) (-mean * baton_fixed_log (unit) + 0.5)),
      EVENT_NOTICED, index, 0);
}

static void
change_wip (Sim *sim, int by)
{
  gint64 from = MAX (sim->wip_since, sim->model->start);
  gint64 to = MIN (sim->now, sim->model->end);

  if (to > from)
    sim->result->wip_area += (double) sim->wip * (double) (to - from);
  sim->wip_since = sim->now;
  sim->wip = (guint) ((int) sim->wip + by);
}

static gboolean
is_watched (const Sim *sim, const Bundle *bundle)
{
  gint64 from = sim->model->start + (gint64) sim->model->input->watch_from * SIM_DAY;

  return bundle->arrived >= from && bundle->arrived < from + (gint64) sim->model->input->watch_days * SIM_DAY;
}

static void
close_bundle (Sim *sim, Bundle *bundle)
{
  gint64 cycle = sim->now - bundle->started;
  gint64 lead = sim->now - bundle->arrived;

  if (bundle->started < 0)
    return;
  change_wip (sim, -1);
  if (is_watched (sim, bundle))
    {
      sim->result->watched += (double) cycle;
      sim->result->n_watched++;
    }
  if (!sim_counts (sim))
    return;
  sim->result->wait += (double) bundle->wait;
  sim->result->elapsed += (double) bundle->elapsed;
  g_array_append_val (sim->result->cycles, cycle);
  g_array_append_val (sim->leads, lead);
}

static void
close_card (Sim *sim, guint index)
{
  const Card *card = &sim->cards[index];
  Bundle *bundle = &sim->bundles[card->bundle];

  if (card->started >= 0)
    {
      bundle->wait += card->wait;
      bundle->elapsed += sim->now - card->started;
    }
  if (--bundle->open == 0)
    close_bundle (sim, bundle);
  else if (sim->way == BATON_WAY_LINEAR && sim->model->team->handoffs.in_turn)
    hand_over (sim, bundle->first_card + bundle->n_cards - bundle->open,
        sim_stage_from (sim, bundle->first_card + bundle->n_cards - bundle->open, 0), NOBODY);
}

/* Into a stage, from a person, or from outside. */
static void
hand_over (Sim *sim, guint index, guint stage, guint sender)
{
  Card *card = &sim->cards[index];
  const BatonTeamHandoffs *handoffs = &sim->model->team->handoffs;
  BatonWay way;

  if (stage >= sim->model->n_stages)
    {
      close_card (sim, index);
      return;
    }
  way = sim_way_into (sim, stage);
  card->stage = (guint16) stage;
  card->handed = sim->now;
  card->sender = sender;
  card->question = FALSE;
  if (way == BATON_WAY_LINEAR)
    {
      card->person = choose_person (sim, index, stage);
      sim->people[card->person].assigned++;
      if (sender == NOBODY || sender == card->person || handoffs->meeting == 0)
        become_visible (sim, index);
      else
        sim_book_meeting (sim, index);
      return;
    }
  card->person = NOBODY;
  card->question = sender != NOBODY &&
                   sim_luck (sim, index, stage, *sim_pass (sim, index, stage), LUCK_QUESTION) <
                       (way == BATON_WAY_HYBRID ? handoffs->questions_hybrid : handoffs->questions_async);
  become_visible (sim, index);
}

static gboolean
is_sent_back (const Sim *sim, guint index, guint pass)
{
  guint stage = sim->cards[index].stage;

  return sim_luck (sim, index, stage, pass, LUCK_REWORK) < baton_team_stage (sim->model->team, stage)->rework;
}

static double
work_of (const Sim *sim, guint index, guint pass)
{
  const Card *card = &sim->cards[index];
  const BatonTeamStage *stage = baton_team_stage (sim->model->team, card->stage);
  double work = sim_model_work (sim->model, card->stage, sim_luck (sim, index, card->stage, pass, LUCK_WORK));

  if (sim->model->team->channels->len > 0)
    work *= baton_team_channel (sim->model->team, card->channel)->work;
  return pass > 0 ? work * stage->rework_work : work;
}

/* The card leaves the queue for a person's hands; where it goes from there is settled, and what has to be
 * written down for whoever gets it. Returns the seconds for that. */
static gint64
begin_card (Sim *sim, guint index, guint person)
{
  Card *card = &sim->cards[index];
  Bundle *bundle = &sim->bundles[card->bundle];
  SimStageResult *stage = &sim->result->stages[card->stage];
  guint16 *pass = sim_pass (sim, index, card->stage);
  gint64 wait = sim->now - card->handed;

  if (sim_counts (sim))
    {
      stage->visits++;
      stage->wait += (double) wait;
      stage->cycle_wait += card->started >= 0 ? (double) wait : 0;
    }
  if (card->started >= 0)
    card->wait += wait;
  else
    card->started = sim->now;
  if (bundle->started < 0)
    {
      bundle->started = sim->now;
      change_wip (sim, 1);
    }
  card->target = (guint16) (is_sent_back (sim, index, *pass)
                                ? baton_team_stage (sim->model->team, card->stage)->rework_to
                                : sim_stage_from (sim, index, card->stage + 1u));
  (*pass)++;
  sim->makers[(gsize) index * sim->model->n_stages + card->stage] = (guint16) (person + 1);
  if (card->target >= sim->model->n_stages || sim_way_into (sim, card->target) == BATON_WAY_LINEAR)
    return 0;
  return sim->model->team->handoffs.note * 60;
}

/* More cards of the same stage, where they are done together. */
static gint64
fill_batch (Sim *sim, guint index, guint first, Queue *queue)
{
  guint stage = sim->cards[first].stage;
  guint batch = baton_team_stage (sim->model->team, stage)->batch;
  guint last = first;
  gint64 notes = 0;

  for (guint n = 1; n < batch && queue->first != NO_CARD && sim->cards[queue->first].stage == stage &&
                    !sim->cards[queue->first].question;
       n++)
    {
      guint card = sim_queue_take (sim, queue);

      sim->cards[last].next = card;
      last = card;
      notes += begin_card (sim, card, index);
    }
  return notes;
}

static void
start_work (Sim *sim, guint index, guint first)
{
  Person *person = &sim->people[index];
  const Card *card = &sim->cards[first];
  guint pass = *sim_pass (sim, first, card->stage);
  double focus = baton_team_person (sim->model->team, index)->focus;
  gint64 work = (gint64) (work_of (sim, first, pass) / focus + 0.5);
  gint64 notes = begin_card (sim, first, index);

  notes +=
      fill_batch (sim, index, first, card->person == NOBODY ? &sim->queues[card->stage] : &person->queue);
  if (sim_counts (sim))
    {
      sim->result->people[index].work += work;
      sim->result->people[index].handoffs += notes;
    }
  person->state = PERSON_AT_WORK;
  person->hands = first;
  person->finish = sim_calendar_advance (&person->calendar, sim->now, work + notes);
  sim_heap_push (&sim->heap, person->finish, EVENT_FINISH, index, ++person->version);
}

static void
finish_work (Sim *sim, guint index)
{
  Person *person = &sim->people[index];
  guint card = person->hands;

  person->hands = NO_CARD;
  become_free (sim, index);
  while (card != NO_CARD)
    {
      guint next = sim->cards[card].next;

      sim->cards[card].next = NO_CARD;
      if (sim->cards[card].person != NOBODY)
        person->assigned--;
      hand_over (sim, card, sim->cards[card].target, index);
      card = next;
    }
  if (person->state == PERSON_FREE)
    pull (sim, index);
}

static void
plan_arrival (Sim *sim)
{
  double unit = baton_random_unit (baton_random_at (sim->key, 2 * (guint64) sim->n_bundles));
  gint64 gap = (gint64) (-sim->model->arrival_gap * baton_fixed_log (unit) + 0.5);

  sim_heap_push (&sim->heap, sim_calendar_advance (&sim->model->arrivals, sim->now, gap), EVENT_ARRIVE, 0, 0);
}

static void
arrive (Sim *sim)
{
  guint index = sim_add_bundle (sim);
  guint first = sim->bundles[index].first_card;
  guint n = sim->bundles[index].n_cards;

  sim->result->arrived += sim_counts (sim);
  plan_arrival (sim);
  if (sim->way == BATON_WAY_LINEAR && sim->model->team->handoffs.in_turn)
    n = 1;
  for (guint i = 0; i < n; i++)
    hand_over (sim, first + i, sim_stage_from (sim, first + i, 0), NOBODY);
}

static void
handle (Sim *sim, const SimEvent *event)
{
  switch ((EventType) event->type)
    {
    case EVENT_ARRIVE:
      arrive (sim);
      break;
    case EVENT_FINISH:
      if (sim->people[event->subject].state == PERSON_AT_WORK &&
          sim->people[event->subject].version == event->version)
        finish_work (sim, event->subject);
      break;
    case EVENT_WAKE:
      if (sim->people[event->subject].state == PERSON_FREE)
        pull (sim, event->subject);
      break;
    case EVENT_MEET:
      sim_meet (sim, event->subject);
      break;
    case EVENT_DELIVER:
      become_visible (sim, event->subject);
      break;
    case EVENT_MET:
      become_free (sim, event->subject);
      pull (sim, event->subject);
      break;
    case EVENT_ASK:
      sim_answer (sim, event->subject);
      break;
    case EVENT_ANSWERED:
    case EVENT_NOTICED:
      lay_out (sim, event->subject);
      break;
    default:
      g_assert_not_reached ();
    }
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *) a;
  gint64 right = *(const gint64 *) b;

  return left < right ? -1 : left > right;
}

gboolean
sim_run (Sim *sim, BatonWay way, guint replication, const int *stop, SimResult *result)
{
  guint n = 0;

  sim_prepare (sim, way, replication, result);
  plan_arrival (sim);
  while (sim->heap.n > 0)
    {
      SimEvent event = sim_heap_pop (&sim->heap);

      if (event.at >= sim->model->end)
        break;
      if (++n % STOP_EVERY == 0 && g_atomic_int_get (stop))
        return FALSE;
      sim->now = event.at;
      handle (sim, &event);
    }
  sim->now = sim->model->end;
  change_wip (sim, 0);
  g_array_sort (result->cycles, compare_times);
  g_array_sort (sim->leads, compare_times);
  if (sim->leads->len > 0)
    result->median_lead = g_array_index (sim->leads, gint64, (sim->leads->len - 1) / 2);
  return TRUE;
}
