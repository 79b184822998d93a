/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "card-model.h"
#include "notice.h"
#include "working-copy.h"

G_BEGIN_DECLS

/* Versions that are being edited in other programs. A copy goes on being looked at while its card is closed.
 */

/* Opens a copy of the version in a program. NULL with error when it could not be made or opened; else
 * borrowed. */
BatonWorkingCopy *baton_working_copies_edit (
    BatonCardModel *model, BatonItem *version, GAppInfo *app, GError **error);

/* Before a workspace is closed: its copies are no longer looked at. Their files stay, and are taken up when
 * the version is edited again. */
void baton_working_copies_forget (BatonWorkspace *workspace);

/* A line for each copy that belongs to a card: what was saved is offered as the next version. Hidden while
 * there is none. */
GtkWidget *baton_working_copies_new (BatonCardModel *model, BatonNotice *notice);

G_END_DECLS
