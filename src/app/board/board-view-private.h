/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board-view.h"
#include "card-drag.h"
#include "card-face.h"
#include "edge-scroll.h"
#include "filter-bar.h"
#include "lazy-list.h"
#include "stage-header.h"

G_BEGIN_DECLS

/* The cards of one stage in one lane, and the ground that they lie on. Collapsed cells have no list. */
typedef struct
{
  char *stage;
  char *lane;
  BatonColumn *model;
  GtkWidget *ground;        /* accepts drops */
  BatonLazyList *list;      /* or NULL */
  GtkAdjustment *vertical;  /* what scrolls the list, or NULL */
  BatonEdgeScroller *edges; /* or NULL */
} BatonCell;

struct _BatonBoardView
{
  AdwBin parent_instance;

  GtkBox *box;
  BatonFilterBar *filter_bar;
  GtkOverlay *host;
  GtkScrolledWindow *across;
  double from_right;  /* see board-across.c */
  double page_across; /* how much of the columns was seen last */
  char *watched;      /* the card that is open beside the board, or NULL */
  GtkWidget *body;    /* what is inside `across`, made anew with the layout */
  GtkRevealer *bulk_bar;
  GtkLabel *bulk_label;
  GtkLabel *hint;      /* what to do with a board that shows no card */
  GtkLabel *announcer; /* read aloud, not seen */

  BatonBoard *board;
  GSettings *settings;
  double scale;              /* of texts, 1 at 96 dpi */
  GPtrArray *cells;          /* BatonCell, stage by stage within lane by lane */
  GHashTable *headers;       /* stage id → BatonStageHeader */
  GHashTable *lane_heads;    /* lane key → the GtkButton over it */
  GHashTable *folded_stages; /* ids */
  GHashTable *folded_lanes;  /* keys */
  GHashTable *selected;      /* card ids */
  char *cursor;              /* id of the card that the keyboard is on, or NULL */
  guint relayout;            /* idle source */
  GtkWidget *quick_entry;    /* the open quick-add entry, or NULL */

  /* While a drag is on. */
  BatonCardDrag *drag;
  GPtrArray *lifted;       /* BatonItem */
  BatonItem *lifted_stage; /* a column is being moved */
  BatonCell *target;
  guint target_index;
  BatonEdgeScroller *across_edges;
};

/* board-view.c */
void baton_board_view_refresh_hint (BatonBoardView *self);

/* board-layout.c */
void baton_cell_free (gpointer cell);
void baton_board_view_layout (BatonBoardView *self);
void baton_board_view_queue_layout (BatonBoardView *self);
void baton_board_view_clear_layout (BatonBoardView *self);
void baton_board_view_refresh_headers (BatonBoardView *self, const char *stage);
void baton_board_view_rebind (BatonBoardView *self);
BatonCell *baton_board_view_cell_of (BatonBoardView *self, BatonItem *card, guint *position);
BatonCell *baton_board_view_first_cell (BatonBoardView *self, const char *stage);

/* board-cursor.c */
void baton_board_view_install_cursor_actions (GtkWidgetClass *klass);
void baton_board_view_set_cursor (BatonBoardView *self, BatonItem *card, gboolean focus);
BatonItem *baton_board_view_cursor_card (BatonBoardView *self); /* NULL while it is not seen */
GPtrArray *baton_board_view_chosen (
    BatonBoardView *self); /* selected cards in reading order, else the cursor's */
void baton_board_view_refocus (BatonBoardView *self);
void baton_board_view_toggle (BatonBoardView *self, BatonItem *card);
void baton_board_view_unselect (BatonBoardView *self);
void baton_board_view_selection_changed (BatonBoardView *self);
void baton_board_view_prune_selection (BatonBoardView *self);
void baton_board_view_clicked (BatonBoardView *self, BatonItem *card, GdkModifierType state);

/* board-commands.c */
void baton_board_view_install_commands (GtkWidgetClass *klass);
void baton_board_view_perform (BatonBoardView *self, BatonOp *op, const char *done);
void baton_board_view_announce (BatonBoardView *self, const char *message);

/* board-menus.c */
void baton_board_view_install_menus (GtkWidgetClass *klass);
GMenuModel *baton_board_view_make_menu (BatonBoardView *self, const char *kind);

/* board-bulk.c */
GtkWidget *baton_board_view_build_bulk_bar (BatonBoardView *self);

/* board-drag.c */
void baton_board_view_init_drag (BatonBoardView *self);
void baton_board_view_drag_again (BatonBoardView *self); /* what lies below the pointer has moved */

/* quick-add.c */
void baton_board_view_open_quick_add (BatonBoardView *self, const char *stage);
char *baton_board_view_note_quick_add (
    BatonBoardView *self, int *position); /* its stage; NULL when none is open */
void baton_board_view_reopen_quick_add (BatonBoardView *self, const char *stage, int position);

/* board-files.c */
void baton_board_view_accept_files_on_card (BatonBoardView *self, GtkWidget *face);
void baton_board_view_accept_files_on_column (BatonCell *cell);

/* board-across.c */
void baton_board_view_init_across (BatonBoardView *self);
void baton_board_view_scroll_to_start (BatonBoardView *self);

G_END_DECLS
