/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ctl.h"
#include "team-fit.h"

G_BEGIN_DECLS

/* What “batonctl simulate” has to show; all borrowed. */
typedef struct
{
  const BatonTeam *team;
  const BatonTeamFit *fit; /* when the team was read off a board, else NULL */
  const BatonSimulation *simulation;
  const BatonAbsenceResult *absences; /* of each way */
  const BatonEstimate *decoupled;     /* what each stage’s handoff would save; NULL when not asked */
  guint away;                         /* the person */
} CtlSimulation;

void ctl_show_simulation (Ctl *ctl, const CtlSimulation *shown);

G_END_DECLS
