/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "apply.h"

G_BEGIN_DECLS

typedef enum
{
  BATON_SUM_ITEMS = 1 << 0,
  BATON_SUM_COMMENTS = 1 << 1,
} BatonSums;

/* Private to core: an operation while it is being applied. Functions return FALSE with the error set. */
typedef struct
{
  const BatonOp *op;
  BatonView *view;
  BatonEffect *effect;
  GHashTable *recount; /* ids of cards → BatonSums that have to be taken again */
} BatonTx;

/* tx.c */
const BatonRow *baton_tx_get (BatonTx *tx, BatonEntity entity, const char *id, GError **error);
const BatonRow *baton_tx_get_live (BatonTx *tx, BatonEntity entity, const char *id, GError **error);
gboolean baton_tx_create (BatonTx *tx, BatonRow *row, GError **error);
gboolean baton_tx_set (
    BatonTx *tx, BatonEntity entity, const char *id, BatonField field, BatonValue value, GError **error);
gboolean baton_tx_set_int (
    BatonTx *tx, BatonEntity entity, const char *id, BatonField field, gint64 number, GError **error);
gboolean baton_tx_recount (BatonTx *tx, GError **error);
void baton_tx_note_board (BatonTx *tx, const BatonRow *row);

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

/* apply.c, apply-*.c */
gboolean baton_apply_sets (BatonTx *tx, BatonEntity entity, const char *id, GError **error);
gboolean baton_apply_add (BatonTx *tx, GError **error);
gboolean baton_apply_move (BatonTx *tx, GError **error);
gboolean baton_apply_stage_remove (BatonTx *tx, GError **error);
gboolean baton_apply_undo (BatonTx *tx, GError **error);

G_END_DECLS
