/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "text-tokens.h"

G_BEGIN_DECLS

/* Private to the text difference: which of two rows of tokens have no partner in the other. The tokens that
 * are left unmarked are the same on both sides, in the same order. */

/* old_changed and new_changed: one byte per token, 0 on entry. budget: steps that may be spent, shared by the
 * calls for one pair of texts; when it is used up, what is left counts as changed. */
void baton_token_diff (const BatonToken *old, gsize n_old, const BatonToken *new_, gsize n_new,
    guint8 *old_changed, guint8 *new_changed, gint64 *budget);

G_END_DECLS
