/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "flow-view.h"

G_BEGIN_DECLS

/* How well the times are known that the view's numbers are made of: its cards' entries into stages in the
 * period, by where their times come from. */
typedef struct
{
  guint exact;
  guint recorded;
  guint estimated;
} BatonFlowExact;

BatonFlowExact baton_flow_exact (const BatonFlowView *view);

/* Exact entries ÷ all, 0 … 1; -1 when there is none. */
double baton_flow_exact_share (const BatonFlowExact *exact);

G_END_DECLS
