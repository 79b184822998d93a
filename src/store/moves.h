/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader.h"

G_BEGIN_DECLS

/* What the numbers of a board are made of, read without making rows and operations of it. Texts are borrowed
 * and live until the function returns. */

typedef struct
{
  const char *id;
  const char *stage;
  const char *channel; /* NULL where there is none */
  const char *campaign;
  const char *asset_type;
  const char *owner;
  const char *creator;
  const char *urgency;
  const char *past;
  const char *satisfaction;
  gint64 created;
  gint64 removed; /* 0: not */
  gint64 archived;
  gint64 entered;
  gboolean is_template;
} BatonCardFacts;

typedef void (*BatonCardFactsFunc) (const BatonCardFacts *facts, gpointer data);

/* Calls back for every card of a board, the removed ones too, in order of creation; card NULL: all. */
gboolean baton_reader_card_facts (BatonReader *reader, const char *board, const char *card,
    BatonCardFactsFunc func, gpointer data, GError **error);

/* One field of one card that an operation changed: stage, owner, blocked_reason, archived, removed; rank only
 * where a person put the card elsewhere in its stage (its values are not told). */
typedef struct
{
  gint64 seq;
  gint64 at;
  int quality;        /* BatonQuality (sync.h): how well it is known when */
  gboolean live;      /* made at that moment, not from a record of the past */
  const char *person; /* NULL: unknown */
  const char *card;
  BatonField field;
  const char *before; /* as text; NULL: was not set */
  const char *after;
} BatonMove;

typedef void (*BatonMoveFunc) (const BatonMove *move, gpointer data);

/* Calls back for every such change that happened on the board (or, with a card, to that card), in the order
 * of the log. What was undone did not happen, and neither did the undoing. */
gboolean baton_reader_moves (BatonReader *reader, const char *board, const char *card, BatonMoveFunc func,
    gpointer data, GError **error);

/* How well it is known when a card was made, as in BatonMove. FALSE: the log does not tell. */
gboolean baton_reader_card_origin (BatonReader *reader, const char *card, int *quality, gboolean *live);

typedef void (*BatonMentionFunc) (
    const char *card, const char *author, const char *people, gint64 at, gpointer data);

/* Calls back for every comment on a card of the board in which people (a set) are named. */
gboolean baton_reader_mentions (
    BatonReader *reader, const char *board, BatonMentionFunc func, gpointer data, GError **error);

G_END_DECLS
