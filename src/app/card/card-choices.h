/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chooser.h"

G_BEGIN_DECLS

/* The chooser of a field of the card: stage, owner, members, channel, campaign, asset type, urgency, labels,
 * what it waits for, and the due date. */
GtkWidget *baton_card_chooser_new (BatonCardModel *model, BatonField field);

/* A menu button that opens it; the popover is made when it is opened first. */
void baton_card_chooser_attach (GtkMenuButton *button, BatonCardModel *model, BatonField field);

/* The field for people, with a capital: "Due date". */
const char *baton_card_field_title (BatonField field);

/* The operation that a choice makes. */
BatonOp *baton_card_choose (BatonCardModel *model, BatonField field, const char *id, gboolean on);
BatonOp *baton_card_set_due (BatonCardModel *model, gint64 due); /* 0: none */

G_END_DECLS
