/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "op.h"

G_BEGIN_DECLS

/* Boards to begin with: stages of the right kinds with their roles, limits and definitions of done, and the
 * channels, asset types and labels of a team. A template is known by its id ("social", "campaign",
 * "newsletter", "blank"). */

/* The ids, NULL-terminated, in the order in which they are offered. */
const char *const *baton_template_list (void);

/* Its name and what it is for, in the language of the interface; NULL for an unknown id. */
const char *baton_template_name (const char *id);
const char *baton_template_description (const char *id);

/* The id for what a person typed: an id or a name, in the language of the interface or in English, upper or
 * lower case. NULL when there is none like it. */
const char *baton_template_find (const char *typed);

/* Gives an id for a new row. */
typedef char *(*BatonIdFunc) (gpointer data);

/* One board.add operation that makes the whole board; its first row is the board. name NULL: the template's
 * own. make_id NULL: new random ids. NULL for an unknown template. */
BatonOp *baton_template_make_board (const char *id, const char *name);
BatonOp *baton_template_make_board_with_ids (
    const char *id, const char *name, BatonIdFunc make_id, gpointer data);

G_END_DECLS
