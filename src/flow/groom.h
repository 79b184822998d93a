/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "flow-view.h"

G_BEGIN_DECLS

/* How well the places where work waits are looked after. A card is touched when it comes in, is put elsewhere
 * in its stage, gets another owner, is blocked or goes on again. Now, whatever the period. */
typedef struct
{
  guint16 stage; /* a backlog or a queue */
  guint cards;
  guint stale;      /* of them, not touched for longer than the limit */
  gint64 limit;     /* the stage's age limit, else a week */
  gint64 untouched; /* the longest, in the view's hours; 0 without cards */
  gint64 groomed;   /* when a card that was there already was touched last, ever; NEVER: not once */
} BatonFlowGroom;

/* In the order of the flow; stages that are no longer on the board and hold nothing are left out. Transfer
 * full, of BatonFlowGroom. */
GArray *baton_flow_groom (const BatonFlowView *view);

/* Whether a card is one of the stale ones of its stage. */
gboolean baton_flow_is_stale (const BatonFlowView *view, const BatonFlowCard *card);

G_END_DECLS
