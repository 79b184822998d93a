/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A popover with every condition that the board's cards can be filtered by, as check buttons in groups. It
 * changes the board's filter at once. */
GtkWidget *baton_filter_chooser_new (BatonBoard *board);

/* For people: "Owner"; "Lea Moser", "overdue". */
const char *baton_filter_kind_words (BatonFilterKind kind);
char *baton_filter_value_words (BatonBoard *board, BatonFilterKind kind, const char *value);

G_END_DECLS
