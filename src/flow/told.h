/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "flow-view.h"

G_BEGIN_DECLS

/* What each person was called upon for in the period: what came to them because somebody had to act. News
 * that only inform do not count. */
typedef struct
{
  guint32 person;
  guint counts[BATON_FLOW_N_CALLS];
  guint total;
} BatonFlowTold;

/* Who was called upon most comes first; people without a call are left out. Transfer full, of BatonFlowTold.
 */
GArray *baton_flow_told (const BatonFlowView *view);

/* The cards behind one of the numbers, each as often as it was a call. Transfer full, of guint32. */
GArray *baton_flow_told_cards (const BatonFlowView *view, guint32 person, BatonFlowCallKind kind);

G_END_DECLS
