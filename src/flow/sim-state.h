/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim-private.h"

G_BEGIN_DECLS

/* What one replication knows at a moment. */

#define NOBODY G_MAXUINT
#define NO_CARD G_MAXUINT

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
  EVENT_NOTICED,  /* subject: card that somebody looks at now */
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
  LUCK_PICKUP,
} Luck;

typedef struct
{
  guint64 key;
  gint64 handed;  /* into the present stage */
  gint64 started; /* −1: not yet */
  gint64 wait;    /* since it was started first */
  guint bundle;
  guint next;   /* beside it in a queue, or in a person's hands */
  guint behind; /* in a queue: those that wait behind it */
  guint queued; /* when it was put into the queue, among all */
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
  guint first; /* handed over before all others; NO_CARD: it is empty */
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
  guint queued; /* cards that were put into queues so far */
  gint64 wip_since;
  guint wip;
  GArray *leads;
  SimResult *result;
};

/* sim-state.c */
gboolean sim_counts (const Sim *sim); /* the moment lies in the year that is looked at */
guint16 *sim_pass (const Sim *sim, guint card, guint stage);
/* Between 0 and 1; the same under every way of working. */
double sim_luck (const Sim *sim, guint card, guint stage, guint pass, Luck what);
BatonWay sim_way_into (const Sim *sim, guint stage);
/* The next stage that this card passes, from here on; n_stages: it is done. */
guint sim_stage_from (const Sim *sim, guint card, guint stage);
guint sim_add_bundle (Sim *sim);
void sim_prepare (Sim *sim, BatonWay way, guint replication, SimResult *result);

/* sim-queue.c: who was handed over first comes first, and of those at one moment who was put in first. */
void sim_queue_add (Sim *sim, Queue *queue, guint index);
guint sim_queue_take (Sim *sim, Queue *queue); /* not from an empty one */

/* sim-meet.c: what has to be said from one person to another. */
void sim_interrupt (Sim *sim, guint index, gint64 seconds);
void sim_book_meeting (Sim *sim, guint index);
void sim_meet (Sim *sim, guint index);
void sim_ask (Sim *sim, guint index);
void sim_answer (Sim *sim, guint index);

G_END_DECLS
