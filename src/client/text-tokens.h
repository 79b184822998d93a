/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Private to the text difference: a text cut into pieces, equal pieces with equal numbers. */
typedef struct
{
  guint32 id;     /* equal in both texts for equal pieces */
  guint32 length; /* bytes */
  gsize from;     /* offset in the text, bytes */
} BatonToken;

/* Cuts the bytes from … to of a text into lines (each with its line break) and adds them. ids: piece →
 * number, for both texts; pieces are compared by their bytes. */
void baton_tokens_add_lines (GArray *tokens, GHashTable *ids, const char *text, gsize from, gsize to);

/* The same into words, single line breaks, runs of blanks and single signs. */
void baton_tokens_add_words (GArray *tokens, GHashTable *ids, const char *text, gsize from, gsize to);

/* For ids: pieces as keys. */
GHashTable *baton_tokens_new_ids (void);

/* Whether a piece of this text is a word rather than a sign or a blank. */
gboolean baton_token_is_word (const char *text, const BatonToken *token);

G_END_DECLS
