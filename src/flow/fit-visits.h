/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "flow-view.h"

G_BEGIN_DECLS

/* One stay of a card in an active or review stage. */
typedef struct
{
  guint32 card;
  guint32 person; /* who took it; BATON_FLOW_NONE: unknown */
  guint16 stage;
  guint16 back_to; /* the work stage to which it was sent back from here, or NO_STAGE */
  gboolean again;  /* the card has been here before */
  gint64 from;
  gint64 to;
  double work; /* seconds of the person's working time, shared among all that they had in hand */
} FitVisit;

/* Of the cards that were finished in the view's period. Transfer full, of FitVisit. */
GArray *fit_visits (const BatonFlowView *view, const BatonFlowHours *hours);

G_END_DECLS
