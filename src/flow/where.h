/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "flow-sample.h"
#include "flow-view.h"

G_BEGIN_DECLS

/* Where time goes: for the cards that were finished in the period, how long they were in each stage, and what
 * that time was. Blocked time is blocked wherever the card was; else time in active and review stages is
 * active, all other time waiting. What lies before the start of a card's cycle time is kept apart, so that
 * active + waiting + blocked of all stages is the sum of all cycle times, and with before that of the lead
 * times of the same cards. Those never started have no start to count from and are left out. Microseconds, in
 * the view's hours. */
typedef struct
{
  gint64 active;
  gint64 waiting;
  gint64 blocked;
  gint64 before; /* of the lead time, but not of the cycle time */
  guint visits;  /* times that a card came into the stage from another one */
  guint cards;   /* that were in it */
} BatonFlowSpent;

typedef struct
{
  guint n_stages;
  BatonFlowDim dim;
  GArray *values;        /* guint32: the values of the dimension that occur, in order of first sight */
  BatonFlowSpent *spent; /* row * n_stages + stage; row 0 is all cards, row 1 + i those of values[i] */
  GHashTable *rows;
} BatonFlowWhere;

BatonFlowWhere *baton_flow_where_new (const BatonFlowView *view, BatonFlowDim dim);
void baton_flow_where_free (BatonFlowWhere *where);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonFlowWhere, baton_flow_where_free)
void baton_flow_where_put (BatonFlowWhere *where, const BatonFlowView *view, guint32 card, gboolean in);

/* Sum over all stages of a row. */
BatonFlowSpent baton_flow_where_total (const BatonFlowWhere *where, guint row);

/* Active share of the elapsed cycle time, 0 … 1; -1 when no time has passed. */
double baton_flow_efficiency (const BatonFlowSpent *spent);

G_END_DECLS
