/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "team.h"

G_BEGIN_DECLS

/* “Which way of working?”: a discrete-event simulation of a team over a year, many times, under one or
 * several ways of handing over. Every card has the same work, the same luck and the same people under each of
 * them, so what differs is the way. Durations of results are microseconds, shares 0 … 1. README.md tells the
 * rules. */

#define BATON_SIMULATION_REPLICATIONS 200
#define BATON_SIMULATION_DAYS 365
#define BATON_SIMULATION_CARDS 4000.0 /* pieces of work are enough for one replication */
#define BATON_SIMULATION_WARM_UP 56   /* days before the first that counts: the team does not begin idle */
#define BATON_SIMULATION_QUANTILES 1001

/* Called in the thread that asked, from time to time; done is 0 … 1. FALSE stops the simulation. */
typedef gboolean (*BatonSimulationProgress) (double done, gpointer data);

typedef struct
{
  const BatonTeam *team; /* without a problem; borrowed */
  BatonWay ways[BATON_N_WAYS + 1];
  guint n_ways;
  guint replications; /* 0: BATON_SIMULATION_REPLICATIONS */
  guint days;         /* 0: as baton_simulation_days() says */
  int warm_up;        /* 0: BATON_SIMULATION_WARM_UP; −1: none */
  guint64 seed;
  guint threads; /* at work at once; 0 or 1: the caller’s alone. The result is the same */

  /* One person away, on top of the absences of the team: days from … from + days − 1 of the year. */
  int away_person; /* −1: nobody */
  guint away_from;
  guint away_days;
  /* Cards that come on these days are looked at apart. */
  guint watch_from;
  guint watch_days;

  BatonSimulationProgress progress;
  gpointer progress_data;
} BatonSimulationInput;

#define BATON_SIMULATION_INPUT_INIT \
  {                                 \
    .away_person = -1               \
  }

/* The mean over the replications and its interval of 95 %. */
typedef struct
{
  double value;
  double low;
  double high;
} BatonEstimate;

typedef struct
{
  double work;          /* shares of the working hours: at stages … */
  double handoffs;      /* … meetings to hand over, notes, answers … */
  double meetings;      /* … and standing meetings and checkpoints */
  double interruptions; /* meetings and questions that came in between, a week */
} BatonPersonLoad;

typedef struct
{
  double wait;       /* mean wait before the stage, of a visit */
  double wait_share; /* of all waiting */
  double visits;     /* a week */
} BatonStageLoad;

typedef struct
{
  BatonWay way;
  guint64 finished;   /* in all replications */
  gboolean any;       /* something was finished, the times mean something */
  BatonEstimate mean; /* cycle time: first work to done */
  BatonEstimate median;
  BatonEstimate p85;
  BatonEstimate p95;
  BatonEstimate lead; /* median of the time since it came */
  BatonEstimate wait_share;
  BatonEstimate throughput; /* pieces of work a week */
  BatonEstimate wip;        /* mean number that have begun and are not done */
  BatonEstimate watched;    /* mean cycle time of those that came on the watched days; 0 without */
  double growth;            /* by how much more comes in than leaves, of what comes in */
  gboolean overloaded;      /* that is more than 3 %: there is no steady state, times grow with the year */
  guint64 out_of_hours;     /* meetings for which no common hour was found within 60 days */
  double *quantiles;        /* of all cycle times: BATON_SIMULATION_QUANTILES of them, 0, 0.1 … 100 % */
  BatonPersonLoad *people;
  guint n_people;
  BatonStageLoad *stages;
  guint n_stages;
  double *medians;       /* cycle time, of each replication; NAN where nothing was finished */
  double *watched_means; /* of each replication; NAN where there was none */
} BatonWayResult;

typedef struct
{
  guint64 seed;
  guint replications;
  guint days;
  guint n_ways;
  BatonWayResult *ways;
} BatonSimulation;

/* A year; less for a team that does more than BATON_SIMULATION_CARDS in it, but four weeks at least. */
guint baton_simulation_days (const BatonTeam *team);

/* Transfer full; NULL when it was stopped. */
BatonSimulation *baton_simulate (const BatonSimulationInput *input);
void baton_simulation_free (BatonSimulation *simulation);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonSimulation, baton_simulation_free)

/* NULL: that way was not simulated. */
const BatonWayResult *baton_simulation_way (const BatonSimulation *simulation, BatonWay way);

/* “One reviewer away for a week”: the cards that come in that week and the three after it, with the person
 * there and away, each replication with itself. */
typedef struct
{
  BatonWay way;
  BatonEstimate there; /* mean cycle time */
  BatonEstimate away;
  BatonEstimate more; /* the difference */
} BatonAbsenceResult;

/* results holds input->n_ways. The input says who is away; watch and away days are chosen here when they are
 * 0. FALSE when it was stopped. */
gboolean baton_simulate_absence (const BatonSimulationInput *input, BatonAbsenceResult *results);
/* What the median would be less if only the handoff into one stage were changed, everything else staying as
 * the team works now; each replication with itself. For every stage; 0 for the first, into which nobody hands
 * over, and for those that are handed over in this way already. FALSE when it was stopped. */
gboolean baton_simulate_handoffs (const BatonSimulationInput *input, BatonWay way, BatonEstimate *saved);

/* The person whose absence is asked about: of the first review stage’s role, else of the last stage’s; the
 * one with the fewest other roles. */
guint baton_team_key_person (const BatonTeam *team);

/* Sentences for the reader; transfer full. */
char *baton_way_words (const BatonTeam *team, const BatonWayResult *result); /* one line */
char *baton_simulation_words (const BatonTeam *team, const BatonSimulation *simulation);
/* What somebody claims beside what the simulation gives; "" without a claim. */
char *baton_claim_words (const BatonTeam *team, const BatonSimulation *simulation);

G_END_DECLS
