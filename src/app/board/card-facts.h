/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board.h"

G_BEGIN_DECLS

/* What a card's face says, in words. Every warning is a sign and a word; colour only helps. */
typedef enum
{
  BATON_TONE_PLAIN,
  BATON_TONE_WARNING,
  BATON_TONE_URGENT,
} BatonTone;

typedef struct
{
  char *channel; /* or NULL */
  char *urgency; /* "▲ Fast lane", or NULL */
  char *age;     /* "queued 2 d", "3 d", or NULL in a done stage */
  BatonTone age_tone;
  char *due; /* "◷ 12 Jun", "◷ overdue 2 d", or NULL */
  BatonTone due_tone;
  char *checklist; /* "☑ 3/5", or NULL */
  char *blocked;   /* "■ waits for “Hero”", "■ blocked: …", or NULL */
  BatonTone blocked_tone;
  char *review; /* "◷ review: 5 h left", "! review over by 2 h", or NULL */
  BatonTone review_tone;
  char *owner; /* name, or NULL */
  gboolean fast;
} BatonCardFacts;

void baton_card_facts_init (BatonCardFacts *facts, BatonBoard *board, BatonItem *card, gint64 now);
void baton_card_facts_clear (BatonCardFacts *facts);

/* The whole card in a sentence for screen readers, without its title. Transfer full. */
char *baton_card_facts_describe (const BatonCardFacts *facts);

/* How many lines stand below the title. */
guint baton_card_facts_lines (BatonBoard *board, BatonItem *card);

/* A length of time in its largest unit: "3 d", "5 h", "12 min". Transfer full. */
char *baton_card_duration_words (gint64 microseconds);

/* "LM" for "Lea Moser". Transfer full. */
char *baton_initials (const char *name);

/* One of a few calm colours for a person without a colour of their own: "#26a269". */
const char *baton_person_color (BatonItem *person);

G_END_DECLS
