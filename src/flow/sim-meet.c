/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

/* Meetings, checkpoints, questions and answers. */

#include "sim-state.h"

#define LONGEST_SEARCH (60 * (gint64) SIM_DAY)

/* The checkpoint at which the person is there; both speak then. */
static gint64
next_checkpoint (const Sim *sim, guint index)
{
  const BatonTeamHandoffs *handoffs = &sim->model->team->handoffs;
  const BatonTeamPerson *person = baton_team_person (sim->model->team, index);

  for (gint64 day = sim->now / SIM_DAY; day < sim->now / SIM_DAY + 60; day++)
    {
      gint64 at = day * SIM_DAY + ((gint64) handoffs->checkpoint_from - sim->model->team->zone) * 60;
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
void
sim_ask (Sim *sim, guint index)
{
  Card *card = &sim->cards[index];
  const SimCalendar *calendar = &sim->people[card->sender].calendar;

  card->question = FALSE;
  if (sim_way_into (sim, card->stage) == BATON_WAY_HYBRID)
    sim_heap_push (&sim->heap, next_checkpoint (sim, card->sender), EVENT_ANSWERED, index, 0);
  else
    sim_heap_push (&sim->heap,
        sim_calendar_advance (calendar, sim->now, sim->model->team->handoffs.answer_after * 60), EVENT_ASK,
        index, 0);
}

/* Something comes in between; what is being worked on is done later by that much. */
void
sim_interrupt (Sim *sim, guint index, gint64 seconds)
{
  Person *person = &sim->people[index];

  if (sim_counts (sim))
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
void
sim_book_meeting (Sim *sim, guint index)
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
      sim->result->out_of_hours += sim_counts (sim);
    }
  book (sim, card->sender, at, at + seconds);
  book (sim, card->person, at, at + seconds);
  sim_heap_push (&sim->heap, at, EVENT_MEET, index, 0);
}

void
sim_meet (Sim *sim, guint index)
{
  const Card *card = &sim->cards[index];
  gint64 seconds = sim->model->team->handoffs.meeting * 60;

  sim_heap_push (&sim->heap, sim->now + seconds, EVENT_DELIVER, index, 0);
  sim_interrupt (sim, card->sender, seconds);
  sim_interrupt (sim, card->person, seconds);
}

void
sim_answer (Sim *sim, guint index)
{
  gint64 seconds = sim->model->team->handoffs.answer * 60;

  sim_interrupt (sim, sim->cards[index].sender, seconds);
  sim_heap_push (&sim->heap, sim->now + seconds, EVENT_ANSWERED, index, 0);
}
