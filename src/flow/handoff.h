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
  BatonFlowSample wait;      /* of each handoff, in the view's hours; direct ones count with 0 */
  guint direct;              /* handoffs without a queue */
  const BatonFlowMark *mark; /* what the team has decided; NULL: nothing. Borrowed from the flow */
  double share;              /* of all waiting in queues that ended in the period, 0 … 1 */
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

/* One card that passed from one person to the next. */
typedef struct
{
  guint32 card;
  guint32 from; /* people */
  guint32 to;
  guint16 stage; /* that it came into */
  gint64 wait;
  gboolean direct;
} BatonFlowPass;

typedef void (*BatonFlowPassFunc) (const BatonFlowPass *pass, gpointer data);

/* All handoffs that the map counts, card by card. */
void baton_flow_handoffs_each (const BatonFlowView *view, BatonFlowPassFunc func, gpointer data);
/* The edge to which one belongs; NULL: none. */
BatonFlowEdge *baton_flow_handoffs_find (
    const BatonFlowHandoffs *handoffs, const BatonFlowView *view, const BatonFlowPass *pass);

/* What the team has decided about such a handoff: what is said of the channel and the type comes before what
 * is said of one of them, and that before what is said of all. NULL: nothing. from and to are roles when
 * by_role. */
const BatonFlowMark *baton_flow_mark_find (
    const BatonFlow *flow, gboolean by_role, guint32 from, guint32 to, guint32 channel, guint32 asset_type);

/* Whether most of its handoffs go without a queue, so that both people must be there: what was measured. */
static inline gboolean
baton_flow_edge_was_sync (const BatonFlowEdge *edge)
{
  return edge->direct * 2 > edge->wait.n;
}

/* … unless the team has decided. */
static inline gboolean
baton_flow_edge_is_sync (const BatonFlowEdge *edge)
{
  return edge->mark != NULL ? edge->mark->sync : baton_flow_edge_was_sync (edge);
}

G_END_DECLS
