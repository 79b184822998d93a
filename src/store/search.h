/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db.h"

G_BEGIN_DECLS

/* Private to store: the full-text documents of cards. */

/* Writes the documents of these cards anew (keys of the table: card ids), and empties the table. */
gboolean baton_search_index (BatonDb *db, GHashTable *cards, GError **error);

/* Spaces around each character of scripts that are written without spaces, so that the tokenizer sees words.
 */
char *baton_search_fold (const char *text);

/* What a person typed as an FTS5 expression: every word must be there, the last one as a prefix. NULL when
 * there is no word in it. */
char *baton_search_expression (const char *typed);

/* Takes a card's document out of the index, before the card's row goes. */
gboolean baton_search_forget (BatonDb *db, const char *card, GError **error);

G_END_DECLS
