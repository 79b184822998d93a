/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "flow-view.h"
#include "simulate.h"

G_BEGIN_DECLS

/* A team read off the past of a board, and how well a simulation of it gives that past again. */

typedef struct
{
  const BatonFlowView *view;    /* the cards and the period; its kind of hours does not matter */
  const BatonFlowHours *hours;  /* the board’s working hours */
  const GPtrArray *stage_names; /* of the flow’s stages, and of its people; char * */
  const GPtrArray *people_names;
  const char *name;   /* of the team */
  guint replications; /* for comparing with the past; 0: 12 */
  guint64 seed;
  guint threads;
  BatonSimulationProgress progress; /* NULL: none. How far one of its many simulations is; FALSE stops */
  gpointer progress_data;
} BatonTeamFitInput;

/* What was seen and what the simulation of the same team gives, in microseconds, shares, and cards a week. */
typedef struct
{
  double seen;
  double simulated;
} BatonTeamFigure;

typedef struct
{
  BatonWay way;
  double distance; /* Kolmogorov and Smirnov's: the greatest gap between the two distributions, 0 … 1 */
  BatonTeamFigure median;
  BatonTeamFigure p85;
  BatonTeamFigure wait_share;
  BatonTeamFigure throughput;
  guint pickup;   /* minutes until somebody looks, with which the median comes closest */
  gboolean alike; /* gives the past again as well as the best way does, as far as so many cards can tell */
} BatonTeamLikeness;

typedef enum
{
  BATON_LIKENESS_NONE, /* fewer than 20 finished cards, or nobody who works: there is no team */
  BATON_LIKENESS_POOR, /* distance over 0.25 or the 85th percentile off by half: do not believe predictions */
  BATON_LIKENESS_FAIR,
  BATON_LIKENESS_GOOD, /* distance up to 0.12, and the 85th percentile within a fifth */
} BatonLikenessVerdict;

typedef struct
{
  BatonTeam *team; /* NULL when there is none. Its present way is the one that is most like the past */
  guint n_cards;   /* finished, that it was read off */
  guint n_visits;
  BatonTeamLikeness likeness[BATON_N_WAYS];
  BatonLikenessVerdict verdict; /* of the present way */
} BatonTeamFit;

BatonTeamFit *baton_team_fit (const BatonTeamFitInput *input); /* NULL: stopped */
void baton_team_fit_free (BatonTeamFit *fit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonTeamFit, baton_team_fit_free)

/* A sentence for the reader; transfer full. */
char *baton_team_fit_words (const BatonTeamFit *fit);

/* Which ways of working give the past again about equally well, so that it cannot be said which of them the
 * team works in; NULL: one is clearly closest, or none is close. Transfer full. */
char *baton_team_fit_alike_words (const BatonTeamFit *fit);

/* The greatest gap between a sample (sorted, microseconds) and simulated quantiles. */
double baton_likeness_distance (const gint64 *sorted, guint n, const double *quantiles, guint n_quantiles);

G_END_DECLS
