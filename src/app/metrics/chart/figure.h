/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "chart.h"
#include "chart-legend.h"
#include "table.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* A chart with its answer in words above it, what the marks mean, the table behind it, and what can be done
 * with it. Without data it says so instead of showing an empty chart.
 *
 * Actions (figure.): table, copy, save-png, save-svg, save-csv, help.
 * Signal show-cards (GPtrArray *ids, const char *title, guint mark): the cards behind a mark are asked for.
 */
#define BATON_TYPE_FIGURE (baton_figure_get_type ())
G_DECLARE_FINAL_TYPE (BatonFigure, baton_figure, BATON, FIGURE, GtkBox)

/* name: for files, "cycle-time". help: the page of the manual. chart may be NULL: only words and a table. */
BatonFigure *baton_figure_new (const char *name, const char *help, BatonChart *chart);
const char *baton_figure_name (BatonFigure *self);
BatonChart *baton_figure_chart (BatonFigure *self);

/* answer: the sentence above; what: what is shown, in a line; note: what to be careful with (NULL: nothing).
 */
void baton_figure_set_words (BatonFigure *self, const char *answer, const char *what, const char *note);
const char *baton_figure_answer (BatonFigure *self);
/* A sentence in place of the chart; NULL: there is one. */
void baton_figure_set_empty (BatonFigure *self, const char *reason);
const char *baton_figure_empty (BatonFigure *self);
/* Takes the entries (baton_legend_entries_new). NULL: none. */
void baton_figure_set_legend (BatonFigure *self, GArray *entries);
/* Something between the words and the chart, or NULL. */
void baton_figure_set_tools (BatonFigure *self, GtkWidget *tools);

/* The data behind: asked for when somebody wants it. Both may be NULL. table: transfer full. cards: ids of
 * the cards behind a mark, transfer full, with a free function; or NULL. */
typedef BatonTable *(*BatonFigureTable) (gpointer data);
typedef GPtrArray *(*BatonFigureCards) (gpointer data, guint mark);
void baton_figure_set_data (BatonFigure *self, BatonFigureTable table, BatonFigureCards cards, gpointer data,
    GDestroyNotify free_data);
BatonTable *baton_figure_table (BatonFigure *self); /* transfer full; NULL: none */
GPtrArray *baton_figure_cards (BatonFigure *self, guint mark);

void baton_figure_show_table (BatonFigure *self, gboolean shown);
gboolean baton_figure_shows_table (BatonFigure *self);

/* The figure with its words as one drawing of a width; gives its height. For files and the report. */
GskRenderNode *baton_figure_render (BatonFigure *self, double width, gboolean dark, double *height);

typedef enum
{
  BATON_FIGURE_PNG,
  BATON_FIGURE_SVG,
  BATON_FIGURE_CSV,
} BatonFigureFile;

GBytes *baton_figure_export (BatonFigure *self, BatonFigureFile file, GError **error);

G_END_DECLS
