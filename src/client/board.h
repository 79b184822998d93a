/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "filter.h"
#include "workspace.h"

G_BEGIN_DECLS

/* An open board: its cards as live columns, by stage and swimlane, filtered. It follows the workspace by
 * itself; main thread only.
 *
 * Signals:
 *   lanes-changed ()  the list of lanes, or what they are by, is another
 *   cells-changed (const char *stage)  counts of a stage changed (after cards came, went or were filtered)
 *   faces-changed ()  names or colours that card faces show have changed: bind what is visible again
 *   filter-changed () */
#define BATON_TYPE_BOARD (baton_board_get_type ())
G_DECLARE_FINAL_TYPE (BatonBoard, baton_board, BATON, BOARD, GObject)

typedef enum
{
  BATON_LANES_NONE,
  BATON_LANES_CHANNEL,
  BATON_LANES_CAMPAIGN,
  BATON_LANES_OWNER,
  BATON_LANES_ASSET_TYPE,
  BATON_LANES_URGENCY,
} BatonLanes;

/* Loads the cards on another thread. */
void baton_board_open_async (BatonWorkspace *workspace, const char *id, GCancellable *cancellable,
    GAsyncReadyCallback callback, gpointer data);
BatonBoard *baton_board_open_finish (GAsyncResult *result, GError **error);
BatonBoard *baton_board_open (BatonWorkspace *workspace, const char *id, GError **error);
/* So much was changed at once that the cards are being read anew; meanwhile the board shows what it has. */
gboolean baton_board_is_reading (BatonBoard *self);

BatonWorkspace *baton_board_workspace (BatonBoard *self);
const char *baton_board_id (BatonBoard *self);
const char *baton_board_name (BatonBoard *self);

/* Live stages in order, archived ones too (BATON_STAGE_ARCHIVED says so). */
BatonColumn *baton_board_stages (BatonBoard *self);

/* Lanes: keys are ids (urgency: its names), "" for cards without one. With BATON_LANES_NONE there is one
 * lane, "". */
void baton_board_set_lanes (BatonBoard *self, BatonLanes lanes);
BatonLanes baton_board_lanes (BatonBoard *self);
guint baton_board_n_lanes (BatonBoard *self);
const char *baton_board_lane_key (BatonBoard *self, guint index);
const char *baton_board_lane_title (BatonBoard *self, guint index); /* for people */
const char *baton_board_lane_of (BatonBoard *self, BatonItem *card);
/* What an operation has to set so that a card lies in a lane; BATON_FIELD_NONE without lanes. */
BatonField baton_board_lane_field (BatonBoard *self);

/* The cards of a stage in a lane that pass the filter, in order. Borrowed; the same object as long as lanes
 * stay. */
BatonColumn *baton_board_cell (BatonBoard *self, const char *stage, const char *lane);

/* All cards of a board, in the archive and the bin too (check their fields), and one by id. Borrowed. */
BatonItem *baton_board_card (BatonBoard *self, const char *id);
/* Cards in the archive, in the bin, and templates, newest first or by title. Transfer full, of BatonItem. */
typedef enum
{
  BATON_SHELF_ARCHIVE,
  BATON_SHELF_BIN,
  BATON_SHELF_TEMPLATES,
} BatonShelf;
GPtrArray *baton_board_shelf (BatonBoard *self, BatonShelf shelf);
/* Every shown card in reading order; every live card whatever the filter shows, in no order. Transfer full.
 */
GPtrArray *baton_board_cards (BatonBoard *self);
GPtrArray *baton_board_live_cards (BatonBoard *self);

/* Cards that count towards a stage's limit, whatever the filter shows; and those that are shown. */
guint baton_board_count (BatonBoard *self, const char *stage);
guint baton_board_count_shown (BatonBoard *self, const char *stage);

/* The filter. The text part is answered by the full-text index on another thread; the models follow when it
 * is there. */
void baton_board_set_filter (BatonBoard *self, const BatonFilter *filter);
const BatonFilter *baton_board_filter (BatonBoard *self);
gboolean baton_board_is_filtered (BatonBoard *self);

/* Whether a card waits: it has a reason for a block, or a blocker that is not done. reason (may be NULL):
 * what it waits for, in words; transfer full. */
gboolean baton_board_is_blocked (BatonBoard *self, BatonItem *card, char **reason);

/* Microseconds that the card has been in its stage. */
gint64 baton_board_age (BatonBoard *self, BatonItem *card, gint64 now);

G_END_DECLS
