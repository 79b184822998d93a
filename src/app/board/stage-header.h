/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The head of a column: name, count against the limit, whether work waits here, and a menu. Collapsed, it is
 * a narrow strip with the name written upwards. Its buttons activate board.collapse(s), board.add-card(s),
 * board.stage-*(s). */
#define BATON_TYPE_STAGE_HEADER (baton_stage_header_get_type ())
G_DECLARE_FINAL_TYPE (BatonStageHeader, baton_stage_header, BATON, STAGE_HEADER, GtkWidget)

GtkWidget *baton_stage_header_new (BatonBoard *board, BatonItem *stage);
BatonItem *baton_stage_header_stage (BatonStageHeader *self);
void baton_stage_header_set_collapsed (BatonStageHeader *self, gboolean collapsed);
void baton_stage_header_refresh (BatonStageHeader *self); /* after counts changed */

/* Whether work waits in a stage instead of being worked on. */
gboolean baton_stage_waits (BatonItem *stage);

G_END_DECLS
