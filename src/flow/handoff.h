/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "flow-sample.h"
#include "flow-view.h"

G_BEGIN_DECLS

/* The handoff map: who waits for whom. A card leaves the hands of the person who puts it into a queue stage,
 * and comes into those of the person who takes it out of the queue (into active, review or done): the time
 * between is the wait. A queue that is followed by another queue is one wait. Coming into a backlog stage
 * ends a wait without a handoff: nobody has promised that work yet. A card that goes from one person’s active
 * or review stage straight into another person’s is a handoff without a wait: both have to be there. */
typedef struct
{
  guint32 from; /* person, or role; BATON_FLOW_NONE: unknown */
  guint32 to;
  guint32 channel; /* BATON_FLOW_NONE too when the map is not divided by it */
  guint32 asset_type;
  BatonFlowSample wait; /* of each handoff, in the view's hours; direct ones count with 0 */
  guint direct;         /* handoffs without a queue */
  double share;         /* of all waiting in queues that ended in the period, 0 … 1 */
} BatonFlowEdge;

typedef enum
{
  BATON_FLOW_BY_PERSON = 0,
  BATON_FLOW_BY_ROLE = 1 << 0,
  BATON_FLOW_BY_CHANNEL = 1 << 1,
  BATON_FLOW_BY_ASSET_TYPE = 1 << 2,
} BatonFlowGrain;

typedef struct
{
  BatonFlowGrain grain;
  GPtrArray *edges;  /* BatonFlowEdge; after _rank the most total wait first */
  GHashTable *found; /* edge → itself */
  double waiting;    /* all waiting in queues that ended in the period: handoffs, and what people took back */
  double own;        /* of that, what ended in the hands that had put it there */
  double unknown;    /* … and what ended or began in unknown hands */
} BatonFlowHandoffs;

/* Only between two different people that are known. */
BatonFlowHandoffs *baton_flow_handoffs_new (const BatonFlowView *view, BatonFlowGrain grain);
void baton_flow_handoffs_free (BatonFlowHandoffs *handoffs);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonFlowHandoffs, baton_flow_handoffs_free)
void baton_flow_handoffs_put (
    BatonFlowHandoffs *handoffs, const BatonFlowView *view, guint32 card, gboolean in);

/* Sorts by total wait, fills in shares, drops edges that have nothing left. “Decouple these first” is the
 * order of the edges; what each would free is its total wait. */
void baton_flow_handoffs_rank (BatonFlowHandoffs *handoffs);

/* Whether most of its handoffs go without a queue, so that both people must be there. */
static inline gboolean
baton_flow_edge_is_sync (const BatonFlowEdge *edge)
{
  return edge->direct * 2 > edge->wait.n;
}

G_END_DECLS
