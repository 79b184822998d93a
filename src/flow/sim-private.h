/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sim-calendar.h"
#include "simulate.h"

G_BEGIN_DECLS

#define SIM_CELLS 2048

/* What all replications of a simulation share; made once, then only read. */
typedef struct
{
  const BatonTeam *team;
  const BatonSimulationInput *input;
  guint n_people;
  guint n_stages;
  guint replications;
  gint64 start; /* of what counts, seconds */
  gint64 end;
  guint n_days;    /* that calendars cover */
  guint **members; /* of each stage: who can do it */
  guint *n_members;
  guint **offers; /* of each person: the stages */
  guint *n_offers;
  double **work; /* of each stage: SIM_CELLS + 1 values of its work, evenly by probability; NULL: asked for
                    itself */
  double *channel_shares; /* summed up to 1 */
  SimCalendar arrivals;
  double arrival_gap; /* mean seconds of open hours between two pieces of work */
} SimModel;

/* The work of a stage that belongs to a number between 0 and 1: between two known values, but not near the
 * ends. */
double sim_model_work (const SimModel *model, guint stage, double unit);

void sim_model_init (SimModel *model, const BatonSimulationInput *input);
void sim_model_clear (SimModel *model);

typedef struct
{
  gint64 work;
  gint64 handoffs;
  gint64 meetings;
  gint64 hours;
  guint interruptions;
} SimPersonResult;

typedef struct
{
  double wait;       /* before every visit that began */
  double cycle_wait; /* the part after the card had begun */
  guint visits;
} SimStageResult;

/* What one replication gives. */
typedef struct
{
  GArray *cycles; /* gint64, sorted */
  gint64 median_lead;
  double wait;    /* of cards done */
  double elapsed; /* of cards done, from first work on */
  double wip_area;
  double watched; /* Σ cycle time of those that came on the watched days */
  guint n_watched;
  guint arrived;
  guint out_of_hours;
  SimPersonResult *people;
  SimStageResult *stages;
} SimResult;

void sim_result_clear (SimResult *result);

/* The memory of one replication, used again for the next. One for each thread. */
typedef struct _Sim Sim;
Sim *sim_new (const SimModel *model);
void sim_free (Sim *sim);
/* FALSE when *stop was set meanwhile. */
gboolean sim_run (Sim *sim, BatonWay way, guint replication, const int *stop, SimResult *result);

/* The events to come, the earliest first; those of one moment in the order in which they were added. */
typedef struct
{
  gint64 at;
  guint32 order;
  guint32 version;
  guint32 subject;
  guint32 type;
} SimEvent;

typedef struct
{
  SimEvent *events;
  guint n;
  guint room;
  guint32 order;
} SimHeap;

void sim_heap_push (SimHeap *heap, gint64 at, guint32 type, guint32 subject, guint32 version);
SimEvent sim_heap_pop (SimHeap *heap); /* not when it is empty */

G_END_DECLS
