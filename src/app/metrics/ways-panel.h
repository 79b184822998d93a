/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure.h"
#include "simulate.h"
#include "team-fit.h"

G_BEGIN_DECLS

/* Which way of working? The team of the board, once somebody has come here, or an example is
 * simulated on other threads under each way of handing over, with progress and a way to stop; it can be
 * changed and simulated again. What comes out is shown by figures. */
#define BATON_TYPE_WAYS_PANEL (baton_ways_panel_get_type ())
G_DECLARE_FINAL_TYPE (BatonWaysPanel, baton_ways_panel, BATON, WAYS_PANEL, GtkBox)

typedef enum
{
  BATON_WAYS_FIT, /* how well the board’s past comes out again */
  BATON_WAYS_TIMES,
  BATON_WAYS_WAITING,
  BATON_WAYS_LOAD,
  BATON_WAYS_AWAY,
  BATON_N_WAYS_FIGURES,
} BatonWaysFigure;

BatonWaysPanel *baton_ways_panel_new (void);
BatonFigure *baton_ways_panel_figure (BatonWaysPanel *self, BatonWaysFigure which); /* borrowed */

/* 0: the board's own team; from 1 on the examples. */
void baton_ways_panel_choose (BatonWaysPanel *self, guint choice);
void baton_ways_panel_take_fit (BatonWaysPanel *self, BatonTeamFit *fit); /* takes it */
/* The board or its period is another one: its team is read off the past when it is seen again. */
void baton_ways_panel_forget (BatonWaysPanel *self);
void baton_ways_panel_see (BatonWaysPanel *self);            /* somebody has come here */
gboolean baton_ways_panel_is_changed (BatonWaysPanel *self); /* the board's own team, by hand */
BatonTeam *baton_ways_panel_team (BatonWaysPanel *self);     /* borrowed; what would be simulated */
void baton_ways_panel_run (BatonWaysPanel *self);
void baton_ways_panel_stop (BatonWaysPanel *self);
gboolean baton_ways_panel_is_running (BatonWaysPanel *self);

G_END_DECLS
