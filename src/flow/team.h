/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A team as the simulation of ways of working sees it: who is there when, which stages a card passes, how
 * long each takes, and how it changes hands. Typed in, read from a file, an example, or fitted from a board.
 * Times are seconds, times of the day minutes. */

/* How a card comes from one person to the next. */
typedef enum
{
  BATON_WAY_LINEAR, /* pushed to one person, in a meeting at which both are present */
  BATON_WAY_HYBRID, /* into a queue from which anybody of the role pulls; questions wait for a checkpoint */
  BATON_WAY_ASYNC,  /* into a queue; questions are answered in writing when the asked person sees them */
  BATON_N_WAYS,
  BATON_WAY_MIXED = BATON_N_WAYS, /* each handoff as its stage says */
} BatonWay;

typedef enum
{
  BATON_DIST_FIXED,       /* mean */
  BATON_DIST_EXPONENTIAL, /* mean */
  BATON_DIST_LOGNORMAL,   /* median and 85th percentile */
  BATON_DIST_EMPIRICAL,   /* one of the values, all equally likely */
} BatonDistKind;

/* Seconds. Clear with baton_dist_clear. */
typedef struct
{
  BatonDistKind kind;
  double first;    /* mean, or median */
  double second;   /* 85th percentile */
  double sigma;    /* of the logarithm; made by baton_dist_lognormal */
  guint32 *values; /* owned; EMPIRICAL */
  guint n_values;
} BatonDist;

typedef struct
{
  guint weekday; /* 0: Monday */
  guint from;    /* minute of the person's day */
  guint minutes;
} BatonTeamMeeting;

/* Days of the simulated year, the first is 0: from … to − 1. */
typedef struct
{
  guint from;
  guint to;
} BatonTeamAbsence;

typedef struct
{
  char *name;
  guint64 roles;  /* bit i: role i */
  int zone;       /* minutes east of UTC */
  guint weekdays; /* bit 0: Monday */
  guint from;     /* working hours: from < to ≤ 1440 */
  guint to;
  double focus;     /* share of the hours that goes to this work, 0 < focus ≤ 1 */
  guint days_away;  /* working days a year, in weeks drawn at random */
  GArray *meetings; /* BatonTeamMeeting, every week */
  GArray *absences; /* BatonTeamAbsence */
} BatonTeamPerson;

typedef struct
{
  char *name;
  guint role;
  gboolean review;
  BatonDist work;     /* what one card takes of a person's time */
  guint batch;        /* so many cards are done together in the time of one; 1: one by one */
  double visit;       /* share of the cards that pass this stage, 0 … 1 */
  double rework;      /* share of the visits that send a card back, 0 … 0.9 */
  guint rework_to;    /* to this stage, not after this one */
  double rework_work; /* what the second time takes of the first, 0 … */
  BatonWay way;       /* of the handoff into this stage, in a mixture */
  gboolean
      dedicated; /* pushed: to the card's own person, present or not, else to the least loaded who is there */
} BatonTeamStage;

typedef struct
{
  char *name;
  double share; /* of the cards; they are scaled to 1 */
  double work;  /* times the work of the stages */
} BatonTeamChannel;

/* What handing over costs, minutes unless said otherwise. */
typedef struct
{
  guint meeting;           /* linear: of both */
  guint slot;              /* meetings begin at multiples of this */
  guint notice;            /* and not sooner than this */
  gboolean in_turn;        /* linear: the cards of one piece of work are done one after another */
  guint note;              /* hybrid and asynchronous: writing down the context */
  double questions_hybrid; /* share of the handoffs that leave a question */
  double questions_async;
  guint checkpoint_days; /* bits, bit 0: Monday */
  guint checkpoint_from; /* minute of the team's day */
  guint checkpoint;      /* of everybody who works then */
  guint answer;          /* asynchronous: of the person asked */
  guint answer_after;    /* of working time until the question is seen */
  guint pickup;          /* mean, in open hours: until somebody looks at what lies in a queue */
} BatonTeamHandoffs;

typedef struct
{
  char *name;
  GPtrArray *roles;  /* char *, at most 64 */
  GArray *people;    /* BatonTeamPerson, at least 1 */
  GArray *stages;    /* BatonTeamStage, at least 1 */
  GArray *channels;  /* BatonTeamChannel; may be empty */
  double arrivals;   /* pieces of work a week */
  int zone;          /* minutes east of UTC: of arrivals and checkpoints */
  gboolean any_time; /* they come at any hour; else Monday to Friday, 8 to 18 h */
  gboolean bundle;   /* a piece of work is a card for every channel, and done when all are */
  BatonWay present;  /* how the team works now */
  BatonTeamHandoffs handoffs;
  double claim_before; /* what somebody says that cycle time is and will be, seconds; 0: nobody does */
  double claim_after;
} BatonTeam;

BatonTeam *baton_team_new (const char *name); /* with the usual costs of handing over, and nobody in it */
BatonTeam *baton_team_copy (const BatonTeam *team);
void baton_team_free (BatonTeam *team);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonTeam, baton_team_free)

/* Each gives the new element, to be filled further; borrowed until the next is added. A person works Monday
 * to Friday, 9 to 17 h UTC; a stage takes every card, one by one, sends none back and is handed over
 * asynchronously. */
guint baton_team_add_role (BatonTeam *team, const char *name); /* or the one of that name; its index */
BatonTeamPerson *baton_team_add_person (BatonTeam *team, const char *name, guint role);
BatonTeamStage *baton_team_add_stage (BatonTeam *team, const char *name, guint role, BatonDist work);
BatonTeamChannel *baton_team_add_channel (BatonTeam *team, const char *name, double share, double work);

BatonTeamPerson *baton_team_person (const BatonTeam *team, guint index);
BatonTeamStage *baton_team_stage (const BatonTeam *team, guint index);
BatonTeamChannel *baton_team_channel (const BatonTeam *team, guint index);

/* NULL when it can be simulated, else what is wrong, for the reader. Transfer full. */
char *baton_team_problem (const BatonTeam *team);

BatonDist baton_dist_fixed (double seconds);
BatonDist baton_dist_exponential (double mean);
BatonDist baton_dist_lognormal (double median, double p85);
BatonDist baton_dist_empirical (const guint32 *values, guint n);
void baton_dist_clear (BatonDist *dist);
double baton_dist_mean (const BatonDist *dist);
/* The value that belongs to a number between 0 and 1. */
double baton_dist_value (const BatonDist *dist, double unit);

/* linear, hybrid, async, mixed */
const char *baton_way_id (BatonWay way);
gboolean baton_way_find (const char *id, BatonWay *way);
const char *baton_way_name (BatonWay way); /* translated */

/* The examples that come with Baton. Transfer full. */
extern const guint baton_n_scenarios;
const char *baton_scenario_id (guint index);      /* social, brand, start-up, launch */
const char *baton_scenario_summary (guint index); /* translated */
BatonTeam *baton_scenario_new (guint index);
BatonTeam *baton_scenario_find (const char *id); /* or the team's name; NULL: there is none of that name */

G_END_DECLS
