/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "add-file.h"

G_BEGIN_DECLS

/* Whose next version a file is, by its name alone: the card of the board whose campaign, channel, title,
 * asset and type are those in the name, as far as the board's naming convention names them. A name with a
 * version number goes on from the number before it; from the second on it goes to the only asset of a card
 * that is called like it, if they are of one kind. Without a convention names look like {asset}_v{version},
 * or {asset} alone.
 *
 * Gives what baton_workspace_add_file_async takes, or NULL with a sentence that says what is missing or what
 * it fits: INVALID for a name that does not fit the convention, NOT_FOUND for one that fits no card or
 * several. Any thread. */
BatonAddFile *baton_file_match (BatonReader *reader, const char *board, const char *path, GError **error);

G_END_DECLS
