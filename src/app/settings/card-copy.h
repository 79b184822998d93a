/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workspace.h"

G_BEGIN_DECLS

/* The operation that makes a card from a template card: its texts, facts, labels and checklists, with nothing
 * ticked, last in its stage. id gets the new card's id; transfer full. NULL with the error when the template
 * cannot be read. */
BatonOp *baton_card_from_template (
    BatonWorkspace *workspace, const char *template_card, char **id, GError **error);

G_END_DECLS
