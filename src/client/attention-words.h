/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync.h"
#include "words.h"

G_BEGIN_DECLS

/* What needs attention, in words, and what it is about. */
typedef struct
{
  char *sentence; /* “Ben replaced what you had written in “Hero image” (title)” */
  char *mine;     /* what was replaced, for people; NULL when nothing was */
  char *person;   /* id of who replaced it; NULL */
  char *card;     /* id of the card that it is about; NULL */
} BatonAttentionWords;

void baton_attention_words_init (
    BatonAttentionWords *words, BatonNames *names, BatonReader *reader, const BatonAttention *attention);
void baton_attention_words_clear (BatonAttentionWords *words);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BatonAttentionWords, baton_attention_words_clear)

G_END_DECLS
