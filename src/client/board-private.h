/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board.h"

G_BEGIN_DECLS

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
  GHashTable *found;    /* ids that the text search found, NULL without a text */
  GCancellable *search; /* of the search under way */
};

/* board-follow.c */
void baton_board_take_cards (BatonBoard *self, GPtrArray *rows);
void baton_board_connect (BatonBoard *self);

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
