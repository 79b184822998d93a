/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ways-panel.h"

G_BEGIN_DECLS

/* What a run gives; shared by the figures. */
typedef struct
{
  BatonTeam *team;
  BatonSimulation *simulation; /* NULL: it was stopped */
  BatonAbsenceResult absences[BATON_N_WAYS + 1];
  guint away; /* whose absence */
} BatonWaysRun;

BatonWaysRun *baton_ways_run_ref (BatonWaysRun *run);
void baton_ways_run_unref (gpointer run);

/* ways-fit.c; fit NULL: the team is an example, there is nothing to reproduce. */
void baton_ways_show_fit (BatonFigure *figure, const BatonTeamFit *fit);

/* ways-exhibits.c: run NULL: nothing was simulated yet. */
void baton_ways_show (BatonFigure *figure, BatonWaysFigure which, BatonWaysRun *run);

/* ways-parameters.c: fields for what can be changed about a team. They write into it, so it must outlive
 * them. */
GtkWidget *baton_ways_parameters_new (BatonTeam *team);

G_END_DECLS
