/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

/* One replication: a year of the team under one way of working, event by event.
 *
 * A card is handed over into a stage, waits there, is started by a person and finished. Whoever is free and
 * at work takes what was handed over first, of the cards pushed to them and of the queues of their roles.
 * Work goes on only in the person's hours. Meetings to hand over are booked where both have time; they and
 * answers to questions come in between and make what is being worked on later. */

#include "random.h"
#include "sim-private.h"

#include <string.h>

#define NOBODY G_MAXUINT
#define NO_CARD G_MAXUINT
#define LONGEST_SEARCH (60 * (gint64) SIM_DAY)
#define AWAY_FOR (4 * (gint64) SIM_DAY) /* not back within this: nothing new is pushed to the person */
#define STOP_EVERY 4096

typedef enum
{
  EVENT_ARRIVE,   /* the next piece of work */
  EVENT_FINISH,   /* subject: person */
  EVENT_WAKE,     /* subject: person, who comes to work and may find some */
  EVENT_MEET,     /* subject: card, which is handed over now */
  EVENT_DELIVER,  /* subject: card, which its new person has now */
  EVENT_MET,      /* subject: person, whose meeting is over */
  EVENT_ASK,      /* subject: card, whose question is seen now */
  EVENT_ANSWERED, /* subject: card */
} EventType;

/* What a card's luck is asked for. */
typedef enum
{
  LUCK_WORK,
  LUCK_REWORK,
  LUCK_QUESTION,
  LUCK_PERSON,
  LUCK_VISIT,
  LUCK_CHANNEL,
} Luck;

typedef struct
{
  guint64 key;
  gint64 handed;  /* into the present stage */
  gint64 started; /* −1: not yet */
  gint64 wait;    /* since it was started first */
  guint bundle;
  guint next;   /* in a queue, or in a person's hands */
  guint person; /* it is pushed to, or worked on by */
  guint sender;
  guint16 stage;
  guint16 target; /* where it goes from here; n_stages: done */
  guint16 channel;
  guint8 question; /* not found yet */
} Card;

typedef struct
{
  gint64 arrived;
  gint64 started; /* −1 */
  gint64 wait;
  gint64 elapsed;
  guint first_card;
  guint n_cards;
  guint open;
} Bundle;

typedef struct
{
  guint first;
  guint last;
} Queue;

typedef struct
{
  gint64 from;
  gint64 to;
} Booking;

typedef enum
{
  PERSON_FREE,
  PERSON_AT_WORK,
  PERSON_IN_MEETING,
} PersonState;

typedef struct
{
  SimCalendar calendar;
  PersonState state;
  Queue queue;   /* pushed to this person */
  guint hands;   /* the card, or cards, being worked on */
  guint version; /* of the finish event that counts */
  gint64 finish;
  gint64 free_since;
  gint64 wake;    /* −1 */
  guint assigned; /* pushed cards not done by this person */
  Booking *bookings;
  guint n_bookings;
  guint room;
} Person;

struct _Sim
{
  const SimModel *model;
  BatonWay way;
  guint64 key;
  gint64 now;
  SimHeap heap;
  Person *people;
  Queue *queues; /* of each stage */
  Card *cards;
  guint n_cards;
  guint cards_room;
  guint16 *passes; /* of each card and stage: how often it was started there */
  guint16 *makers; /* … and by whom last, plus one */
  Bundle *bundles;
  guint n_bundles;
  guint bundles_room;
  gint64 wip_since;
  guint wip;
  GArray *leads;
  SimResult *result;
};

static void start_work (Sim *sim, guint index, guint card);
static void hand_over (Sim *sim, guint index, guint stage, guint sender);

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

static gboolean
counts (const Sim *sim)
{
  return sim->now >= sim->model->start && sim->now < sim->model->end;
}

static guint16 *
pass_of (const Sim *sim, guint card, guint stage)
{
  return &sim->passes[(gsize) card * sim->model->n_stages + stage];
}

/* Between 0 and 1; the same under every way of working. */
static double
luck (const Sim *sim, guint card, guint stage, guint pass, Luck what)
{
  guint64 counter = ((guint64) pass * sim->model->n_stages + stage) * 8 + what;

  return baton_random_unit (baton_random_at (sim->cards[card].key, counter));
}

static BatonWay
way_into (const Sim *sim, guint stage)
{
  return sim->way == BATON_WAY_MIXED ? baton_team_stage (sim->model->team, stage)->way : sim->way;
}

/* The next stage that this card passes, from here on. */
static guint
stage_from (const Sim *sim, guint card, guint stage)
{
  for (; stage < sim->model->n_stages; stage++)
    {
      double visit = baton_team_stage (sim->model->team, stage)->visit;

      if (visit >= 1 || luck (sim, card, stage, 0, LUCK_VISIT) < visit)
        break;
    }
  return stage;
}

/* Behind those that were handed over before. What comes back after a question was handed over long ago. */
static void
queue_add (Sim *sim, Queue *queue, guint index)
{
  Card *card = &sim->cards[index];
  guint before = NO_CARD;

  if (queue->first != NO_CARD && sim->cards[queue->last].handed <= card->handed)
    before = queue->last;
  else
    for (guint i = queue->first; i != NO_CARD && sim->cards[i].handed <= card->handed; i = sim->cards[i].next)
      before = i;
  card->next = before != NO_CARD ? sim->cards[before].next : queue->first;
  if (before != NO_CARD)
    sim->cards[before].next = index;
  else
    queue->first = index;
  if (card->next == NO_CARD)
    queue->last = index;
}

static guint
queue_take (Sim *sim, Queue *queue)
{
  guint index = queue->first;

  queue->first = sim->cards[index].next;
  sim->cards[index].next = NO_CARD;
  return index;
}

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

/* The checkpoint at which the person is there; both speak then. */
static gint64
next_checkpoint (const Sim *sim, guint index)
{
  const BatonTeamHandoffs *handoffs = &sim->model->team->handoffs;
  const BatonTeamPerson *person = baton_team_person (sim->model->team, index);

  for (gint64 day = sim->now / SIM_DAY; day < sim->now / SIM_DAY + 60; day++)
    {
      gint64 at = day * SIM_DAY + handoffs->checkpoint_from * 60;
      gint64 local = at + person->zone * 60;
      gint64 minute = local / 60 % (24 * 60);

      if (at < sim->now || (handoffs->checkpoint_days >> (day % 7) & 1) == 0)
        continue;
      /* The checkpoint is a hole in the calendar: who works that day and has it within the hours is there. */
      if (minute >= person->from && minute < person->to &&
          sim_calendar_next (&sim->people[index].calendar, at) < at + 12 * 3600)
        return at + handoffs->checkpoint * 60;
    }
  return sim_calendar_next (&sim->people[index].calendar, sim->now);
}

/* What was left open has to be asked of the sender; the card waits. */
static void
ask (Sim *sim, guint index)
{
  Card *card = &sim->cards[index];
  const SimCalendar *calendar = &sim->people[card->sender].calendar;

  card->question = FALSE;
  if (way_into (sim, card->stage) == BATON_WAY_HYBRID)
    sim_heap_push (&sim->heap, next_checkpoint (sim, card->sender), EVENT_ANSWERED, index, 0);
  else
    sim_heap_push (&sim->heap,
        sim_calendar_advance (calendar, sim->now, sim->model->team->handoffs.answer_after * 60), EVENT_ASK,
        index, 0);
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
          start_work (sim, index, queue_take (sim, queue));
          return;
        }
      ask (sim, queue_take (sim, queue));
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

/* Something comes in between; what is being worked on is done later by that much. */
static void
interrupt (Sim *sim, guint index, gint64 seconds)
{
  Person *person = &sim->people[index];

  if (counts (sim))
    {
      sim->result->people[index].handoffs += seconds;
      sim->result->people[index].interruptions++;
    }
  if (person->state == PERSON_AT_WORK)
    {
      person->finish = sim_calendar_advance (&person->calendar, person->finish, seconds);
      sim_heap_push (&sim->heap, person->finish, EVENT_FINISH, index, ++person->version);
    }
  else if (person->state == PERSON_FREE && sim_calendar_next (&person->calendar, sim->now) == sim->now)
    {
      person->state = PERSON_IN_MEETING;
      sim_heap_push (&sim->heap, sim->now + seconds, EVENT_MET, index, 0);
    }
}

static void
become_free (Sim *sim, guint index)
{
  sim->people[index].state = PERSON_FREE;
  sim->people[index].free_since = sim->now;
}

/* The first moment at which the person has so long without another booking. */
static gint64
free_at (const Sim *sim, guint index, gint64 t, gint64 seconds, gint64 slot)
{
  const Person *person = &sim->people[index];
  gint64 at = sim_calendar_free (&person->calendar, t, seconds, slot);

  for (guint i = 0; i < person->n_bookings; i++)
    {
      const Booking *booking = &person->bookings[i];

      if (at < booking->to && booking->from < at + seconds)
        {
          at = sim_calendar_free (&person->calendar, booking->to, seconds, slot);
          i = G_MAXUINT;
        }
    }
  return at;
}

static void
book (Sim *sim, guint index, gint64 from, gint64 to)
{
  Person *person = &sim->people[index];
  guint kept = 0;

  for (guint i = 0; i < person->n_bookings; i++)
    {
      if (person->bookings[i].to > sim->now)
        person->bookings[kept++] = person->bookings[i];
    }
  if (kept == person->room)
    {
      person->room = MAX (8, 2 * person->room);
      person->bookings = g_renew (Booking, person->bookings, person->room);
    }
  person->bookings[kept++] = (Booking){ from, to };
  person->n_bookings = kept;
}

/* The earliest half hour, or whatever it takes, that both have. */
static void
book_meeting (Sim *sim, guint index)
{
  const BatonTeamHandoffs *handoffs = &sim->model->team->handoffs;
  Card *card = &sim->cards[index];
  gint64 seconds = handoffs->meeting * 60;
  gint64 slot = handoffs->slot * 60;
  gint64 earliest = sim->now + handoffs->notice * 60;
  gint64 at = earliest;
  gint64 other = -1;

  while (at != other && at < earliest + LONGEST_SEARCH)
    {
      other = free_at (sim, card->sender, at, seconds, slot);
      at = free_at (sim, card->person, other, seconds, slot);
    }
  if (at >= earliest + LONGEST_SEARCH)
    {
      at = free_at (sim, card->person, earliest, seconds, slot);
      sim->result->out_of_hours += counts (sim);
    }
  book (sim, card->sender, at, at + seconds);
  book (sim, card->person, at, at + seconds);
  sim_heap_push (&sim->heap, at, EVENT_MEET, index, 0);
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
    return members[(guint) (luck (sim, index, stage, 0, LUCK_PERSON) * n)];
  for (guint i = 0; i < n; i++)
    {
      if (!is_away (sim, members[i]) &&
          (best == NOBODY || sim->people[members[i]].assigned < sim->people[best].assigned))
        best = members[i];
    }
  return best != NOBODY ? best : members[0];
}

static void
push_to_person (Sim *sim, guint index)
{
  Person *person = &sim->people[sim->cards[index].person];

  queue_add (sim, &person->queue, index);
  if (person->state == PERSON_FREE)
    pull (sim, sim->cards[index].person);
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
  if (!counts (sim))
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
        stage_from (sim, bundle->first_card + bundle->n_cards - bundle->open, 0), NOBODY);
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
  way = way_into (sim, stage);
  card->stage = (guint16) stage;
  card->handed = sim->now;
  card->sender = sender;
  card->question = FALSE;
  if (way == BATON_WAY_LINEAR)
    {
      card->person = choose_person (sim, index, stage);
      sim->people[card->person].assigned++;
      if (sender == NOBODY || sender == card->person || handoffs->meeting == 0)
        push_to_person (sim, index);
      else
        book_meeting (sim, index);
      return;
    }
  card->person = NOBODY;
  card->question = sender != NOBODY &&
                   luck (sim, index, stage, *pass_of (sim, index, stage), LUCK_QUESTION) <
                       (way == BATON_WAY_HYBRID ? handoffs->questions_hybrid : handoffs->questions_async);
  queue_add (sim, &sim->queues[stage], index);
  offer (sim, stage);
}

static gboolean
is_sent_back (const Sim *sim, guint index, guint pass)
{
  guint stage = sim->cards[index].stage;

  return luck (sim, index, stage, pass, LUCK_REWORK) < baton_team_stage (sim->model->team, stage)->rework;
}

static double
work_of (const Sim *sim, guint index, guint pass)
{
  const Card *card = &sim->cards[index];
  const BatonTeamStage *stage = baton_team_stage (sim->model->team, card->stage);
  double work = baton_dist_value (&stage->work, luck (sim, index, card->stage, pass, LUCK_WORK));

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
  guint16 *pass = pass_of (sim, index, card->stage);
  gint64 wait = sim->now - card->handed;

  if (counts (sim))
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
                                : stage_from (sim, index, card->stage + 1u));
  (*pass)++;
  sim->makers[(gsize) index * sim->model->n_stages + card->stage] = (guint16) (person + 1);
  if (card->target >= sim->model->n_stages || way_into (sim, card->target) == BATON_WAY_LINEAR)
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
      guint card = queue_take (sim, queue);

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
  guint pass = *pass_of (sim, first, card->stage);
  double focus = baton_team_person (sim->model->team, index)->focus;
  gint64 work = (gint64) (work_of (sim, first, pass) / focus + 0.5);
  gint64 notes = begin_card (sim, first, index);

  notes +=
      fill_batch (sim, index, first, card->person == NOBODY ? &sim->queues[card->stage] : &person->queue);
  if (counts (sim))
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
meet (Sim *sim, guint index)
{
  const Card *card = &sim->cards[index];
  gint64 seconds = sim->model->team->handoffs.meeting * 60;

  sim_heap_push (&sim->heap, sim->now + seconds, EVENT_DELIVER, index, 0);
  interrupt (sim, card->sender, seconds);
  interrupt (sim, card->person, seconds);
}

static void
answer (Sim *sim, guint index)
{
  gint64 seconds = sim->model->team->handoffs.answer * 60;

  interrupt (sim, sim->cards[index].sender, seconds);
  sim_heap_push (&sim->heap, sim->now + seconds, EVENT_ANSWERED, index, 0);
}

static guint
choose_channel (const Sim *sim, guint index)
{
  double at = luck (sim, index, 0, 0, LUCK_CHANNEL);
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
    .person = NOBODY,
    .sender = NOBODY,
    .channel = (guint16) channel };
  return index;
}

static guint
add_bundle (Sim *sim)
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
  guint index = add_bundle (sim);
  guint first = sim->bundles[index].first_card;
  guint n = sim->bundles[index].n_cards;

  sim->result->arrived += counts (sim);
  plan_arrival (sim);
  if (sim->way == BATON_WAY_LINEAR && sim->model->team->handoffs.in_turn)
    n = 1;
  for (guint i = 0; i < n; i++)
    hand_over (sim, first + i, stage_from (sim, first + i, 0), NOBODY);
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
      meet (sim, event->subject);
      break;
    case EVENT_DELIVER:
      push_to_person (sim, event->subject);
      break;
    case EVENT_MET:
      become_free (sim, event->subject);
      pull (sim, event->subject);
      break;
    case EVENT_ASK:
      answer (sim, event->subject);
      break;
    case EVENT_ANSWERED:
      queue_add (sim, &sim->queues[sim->cards[event->subject].stage], event->subject);
      offer (sim, sim->cards[event->subject].stage);
      break;
    default:
      g_assert_not_reached ();
    }
}

static gboolean
has_checkpoints (const Sim *sim)
{
  gboolean some = FALSE;

  for (guint i = 0; i < sim->model->n_stages; i++)
    some |= way_into (sim, i) == BATON_WAY_HYBRID;
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
      person->queue = (Queue){ NO_CARD, NO_CARD };
      person->hands = NO_CARD;
      person->version = 0;
      person->free_since = 0;
      person->wake = -1;
      person->assigned = 0;
      person->n_bookings = 0;
    }
}

static void
prepare (Sim *sim, BatonWay way, guint replication, SimResult *result)
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
  sim->wip = 0;
  sim->wip_since = 0;
  g_array_set_size (sim->leads, 0);
  for (guint i = 0; i < sim->model->n_stages; i++)
    sim->queues[i] = (Queue){ NO_CARD, NO_CARD };
  prepare_people (sim);
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

  prepare (sim, way, replication, result);
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
