/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "flow-view.h"

G_BEGIN_DECLS

/* Cards whose record does not agree with the board's own way: not errors, but what somebody should look at.
 * Of cards finished in the period. */
typedef enum
{
  BATON_AUDIT_SKIPPED, /* never was in a stage of work that the board has between where it came from and done
                        */
  BATON_AUDIT_NO_REVIEW,  /* the board reviews, and this card was in no review stage and has no review that
                             passed */
  BATON_AUDIT_OWN_REVIEW, /* whoever took it out of the queue into review had put it there from work */
  BATON_AUDIT_TO_AND_FRO, /* went back at least three times */
  BATON_AUDIT_BLOCKED,    /* done while it was marked as blocked */
  BATON_N_AUDITS,
} BatonAuditKind;

typedef struct
{
  guint checked;                 /* cards finished in the period */
  guint clean;                   /* of them, without a finding */
  GArray *cards[BATON_N_AUDITS]; /* guint32, in order of the cards */
} BatonFlowAudit;

BatonFlowAudit *baton_flow_audit_new (const BatonFlowView *view);
void baton_flow_audit_free (BatonFlowAudit *audit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonFlowAudit, baton_flow_audit_free)

G_END_DECLS
