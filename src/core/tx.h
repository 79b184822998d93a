/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "apply.h"

G_BEGIN_DECLS

typedef enum
{
  BATON_SUM_ITEMS = 1 << 0,
  BATON_SUM_COMMENTS = 1 << 1,
  BATON_SUM_ASSETS = 1 << 2,
  BATON_SUM_REVIEWS = 1 << 3,
} BatonSums;

/* Private to core: an operation while it is being applied. Functions return FALSE with the error set. */
typedef struct
{
  const BatonOp *op;
  BatonView *view;
  BatonEffect *effect;
  GHashTable *recount; /* ids of cards → BatonSums that have to be taken again */
  GPtrArray *reviews;  /* ids of reviews whose state has to be worked out again */
} BatonTx;

/* tx.c */
const BatonRow *baton_tx_get (BatonTx *tx, BatonEntity entity, const char *id, GError **error);
const BatonRow *baton_tx_get_live (BatonTx *tx, BatonEntity entity, const char *id, GError **error);
gboolean baton_tx_create (BatonTx *tx, BatonRow *row, GError **error);
gboolean baton_tx_set (
    BatonTx *tx, BatonEntity entity, const char *id, BatonField field, BatonValue value, GError **error);
gboolean baton_tx_set_int (
    BatonTx *tx, BatonEntity entity, const char *id, BatonField field, gint64 number, GError **error);
void baton_tx_note_board (BatonTx *tx, const BatonRow *row);

/* sums.c: after a row was written, what hangs from it has to be worked out again; at the end it is. */
void baton_tx_note_sums (BatonTx *tx, const char *card, const BatonRow *row);
gboolean baton_tx_recount (BatonTx *tx, GError **error);

/* rules.c */
gboolean baton_rule_value (const BatonFieldInfo *info, const BatonValue *value, GError **error);
gboolean baton_rule_references (BatonTx *tx, BatonField field, const BatonValue *value, GError **error);
gboolean baton_rule_row (BatonTx *tx, const BatonRow *row, GError **error);
gboolean baton_rule_wip (BatonTx *tx, const BatonRow *stage, GError **error);
gboolean baton_rule_done (
    BatonTx *tx, const BatonRow *card, const BatonRow *from, const BatonRow *to, GError **error);
gboolean baton_rule_no_cycle (BatonTx *tx, const char *card, const char *blocker, GError **error);

/* place.c */
gboolean baton_place (BatonTx *tx, BatonEntity entity, const char *parent, const char *before,
    const char *after, gint64 *rank, GError **error);
gboolean baton_place_is_taken (BatonTx *tx, BatonEntity entity, const char *parent, gint64 rank);
/* Of siblings that share a rank all but one step aside: those in the bin first, then those shown later. */
gboolean baton_place_apart (BatonTx *tx, BatonEntity entity, const char *parent, GError **error);

/* apply.c, apply-*.c */
gboolean baton_apply_sets (BatonTx *tx, BatonEntity entity, const char *id, GError **error);
gboolean baton_apply_add (BatonTx *tx, GError **error);
gboolean baton_apply_move (BatonTx *tx, GError **error);
gboolean baton_apply_stage_remove (BatonTx *tx, GError **error);
gboolean baton_apply_undo (BatonTx *tx, GError **error);

/* apply-move.c: the card goes where the board's field says, if it can: a full stage or an open definition of
 * done is no reason to refuse what a person did. forward: not back to an earlier stage. */
gboolean baton_apply_move_on (
    BatonTx *tx, const char *card, BatonField board_field, gboolean forward, GError **error);

/* apply-asset.c. complete: fills what the rules know of a new row and checks it. */
gboolean baton_rule_is_approved (const BatonRow *version);
gboolean baton_rule_is_head (BatonTx *tx, const char *version); /* nobody has gone on from it */
gboolean baton_rule_complete_asset (BatonTx *tx, BatonRow *row, GError **error);
gboolean baton_rule_complete_version (BatonTx *tx, BatonRow *row, GError **error);
gboolean baton_rule_complete_comment (BatonTx *tx, BatonRow *row, GError **error);
gboolean baton_rule_board_stages (BatonTx *tx, const BatonRow *board, GError **error);
gboolean baton_apply_version_added (BatonTx *tx, const BatonRow *version, GError **error);
gboolean baton_apply_version_restored (BatonTx *tx, GError **error);
gboolean baton_apply_choose (BatonTx *tx, const char *id, GError **error);
gboolean baton_apply_bin (BatonTx *tx, GError **error);

/* apply-review.c */
gboolean baton_rule_complete_review (BatonTx *tx, BatonRow *row, GError **error);
gboolean baton_rule_complete_answer (BatonTx *tx, BatonRow *row, GError **error);
gboolean baton_rule_complete_decision (BatonTx *tx, BatonRow *row, GError **error);
gboolean baton_rule_complete_excuse (BatonTx *tx, BatonRow *row, GError **error);
gboolean baton_rule_review_open (BatonTx *tx, const char *id, GError **error);
gboolean baton_rule_review_changed (BatonTx *tx, const char *id, GError **error);
gboolean baton_apply_review_added (BatonTx *tx, const BatonRow *review, GError **error);
gboolean baton_apply_excuse_added (BatonTx *tx, const BatonRow *excuse, GError **error);
gboolean baton_rule_grant (BatonTx *tx, const char *excuse, GError **error);
gboolean baton_apply_granted (BatonTx *tx, const char *excuse, GError **error);
gboolean baton_apply_again (BatonTx *tx, const BatonRow *row, gboolean *written, GError **error);
gboolean baton_settle_review (BatonTx *tx, const char *id, GError **error);
gboolean baton_settle_version (BatonTx *tx, const char *id, GError **error);

G_END_DECLS
