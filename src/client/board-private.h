/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board.h"

G_BEGIN_DECLS

typedef struct _BatonBoardReading BatonBoardReading;

struct _BatonBoard
{
  GObject parent_instance;

  BatonWorkspace *workspace;
  char *id;
  BatonColumn *stages;
  GHashTable *cards; /* id → BatonItem, everything of the board */
  GPtrArray *sorted; /* the same by stage and rank, borrowed; NULL when it has to be made anew */
  GHashTable
      *foreign; /* id → BatonItem of another board that a card here waits for, as far as it was asked for */
  GHashTable *cells;  /* "stage/lane" → BatonColumn */
  GHashTable *counts; /* stage → number of cards that count */
  BatonLanes lanes;
  GPtrArray *lane_keys;
  BatonFilter *filter;
  BatonFilterClock clock;
  GHashTable *found;                 /* ids that the text search found, NULL without a text */
  GCancellable *search;              /* of the search under way */
  gboolean refilter, faces, touched; /* to be done when the last slice of what others did has come */
  BatonBoardReading *reading;        /* while the cards are read anew; or NULL */
};

/* board-follow.c */
void baton_board_take_cards (BatonBoard *self, GPtrArray *rows);
void baton_board_connect (BatonBoard *self);

void baton_board_follow_cards (BatonBoard *self, const BatonEffect *effect);
/* What depends on all cards: lanes, filters, faces. */
void baton_board_follow_rest (BatonBoard *self);
/* Writes a card as it is in the database, in the smallest step. */
void baton_board_take_card (BatonBoard *self, BatonRow *row);
/* A card that is not there any more. */
void baton_board_drop_card (BatonBoard *self, BatonItem *card);

/* board-read.c */
/* Reads the cards on another thread and takes them over bit by bit; what is performed meanwhile is followed
 * again behind them. */
void baton_board_read_again (BatonBoard *self);
void baton_board_note_missed (BatonBoard *self, BatonEffect *effect);
void baton_board_stop_reading (BatonBoard *self);

/* board-cells.c */
void baton_board_regroup (BatonBoard *self);
gboolean baton_board_counts_card (BatonBoard *self, BatonItem *card);
/* The cell that shows this card now, or NULL when nothing does. */
BatonColumn *baton_board_cell_of (BatonBoard *self, BatonItem *card);
void baton_board_adjust_count (BatonBoard *self, BatonItem *card, int by);
gboolean baton_board_refresh_lanes (BatonBoard *self);
void baton_board_run_search (BatonBoard *self);
void baton_board_emit_all_cells (BatonBoard *self);

void baton_board_emit_cells (BatonBoard *self, const char *stage);
void baton_board_emit_faces (BatonBoard *self);
void baton_board_emit_lanes (BatonBoard *self);
void baton_board_emit_filter (BatonBoard *self);

G_END_DECLS
