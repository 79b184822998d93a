/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "filter-menu.h"
#include "pane.h"
#include "ways-panel.h"

G_BEGIN_DECLS

#define BATON_N_GLANCES 6

struct _BatonMetricsPane
{
  AdwBin parent_instance;

  BatonWindow *window; /* borrowed: we are in it */
  GtkStack *stack;     /* "page", "loading", "problem" */
  AdwStatusPage *problem;
  GtkMenuButton *board_button;
  BatonPeriodMenu *period;
  BatonFilterMenu *filters[BATON_FLOW_N_DIMS];
  GtkDropDown *hours;
  GtkLabel *counts;
  GtkScrolledWindow *scrolled;
  GtkBox *content;  /* in it */
  GtkWidget *place; /* stays where it is on the screen when the page is laid out anew; borrowed, NULL: none */
  double place_y;   /* in the scrolled window */
  guint placing;    /* tick callback */
  GtkBox *sections[BATON_N_SECTIONS];
  GtkWidget *columns[BATON_N_SECTIONS]; /* where the figures of a section are */
  BatonFigure *figures[BATON_N_EXHIBITS];
  GtkSpinButton *horizon;
  GtkSpinButton *items;
  GtkDropDown *divide;  /* handoffs: all together, by channel, by asset type */
  GtkDropDown *compare; /* halves, a day, or one of the channels */
  GPtrArray *pilots;    /* ids of the channels in it */
  GtkWidget *split_button;
  GtkCalendar *split;
  BatonWaysPanel *ways;
  guint seeing;    /* idle source: the page has moved, and the ways of working may be in sight */
  gint64 fit_from; /* the period of the team that was read off last, or is being */
  gint64 fit_to;
  guint fits; /* how many were asked for: only the last one counts */
  GtkWidget *glance;
  GtkWidget *glances[BATON_N_GLANCES];

  BatonBoard *board;
  BatonDataset *dataset; /* NULL while it is being read */
  GCancellable *loading;
  guint lent;      /* threads that read the dataset; nobody may change it */
  gboolean stale;  /* something has changed since what is shown, or is computed, was asked for */
  gboolean reload; /* the dataset has to be read anew */
  guint later;     /* timeout after which is computed again */
  BatonReport *report;
  gboolean computing;
  GAsyncQueue *ready;                       /* BatonExhibit of what is being computed; NULL: nothing is */
  BatonExhibit *exhibits[BATON_N_EXHIBITS]; /* waiting to be shown; NULL: shown */
  guint showing;                            /* tick callback */
  guint building;                           /* idle source: the page is put together */
  guint built;                              /* how many pieces of it are there */
};

/* pane-build.c: the page comes in pieces, a turn of the main loop each. */
void baton_metrics_pane_begin_building (BatonMetricsPane *self);
void baton_metrics_pane_finish_building (BatonMetricsPane *self); /* what is missing, at once */
gboolean baton_metrics_pane_is_built (BatonMetricsPane *self);

/* pane-compute.c */
void baton_metrics_pane_take_dataset (BatonMetricsPane *self);
void baton_metrics_pane_follow_board (BatonMetricsPane *self);
void baton_metrics_pane_ask (BatonMetricsPane *self); /* the question is another one */
void baton_metrics_pane_let_go (BatonMetricsPane *self);

/* pane-boards.c */
GtkWidget *baton_metrics_pane_build_boards (BatonMetricsPane *self);
void baton_metrics_pane_show_board (BatonMetricsPane *self); /* its name, where there are others */

/* pane-filters.c */
GtkWidget *baton_metrics_pane_build_filters (BatonMetricsPane *self);
void baton_metrics_pane_fill_filters (BatonMetricsPane *self);
BatonReportQuestion *baton_metrics_pane_question (BatonMetricsPane *self);

gboolean baton_metrics_pane_returned (BatonMetricsPane *self, BatonBoard *board);

/* pane-glance.c */
GtkWidget *baton_metrics_pane_build_glance (BatonMetricsPane *self);
void baton_metrics_pane_refresh_glance (BatonMetricsPane *self);

/* pane-fit.c */
void baton_metrics_pane_fit (BatonMetricsPane *self);
/* The page was scrolled, laid out or reckoned anew: who has come to the ways of working sees them. */
void baton_metrics_pane_see_ways (BatonMetricsPane *self);

/* pane-compare.c */
GtkWidget *baton_metrics_pane_build_compare (BatonMetricsPane *self);
void baton_metrics_pane_fill_compare (BatonMetricsPane *self);
void baton_metrics_pane_ask_comparison (BatonMetricsPane *self, BatonReportQuestion *question);

/* pane-cards.c */
void baton_metrics_pane_show_cards (BatonMetricsPane *self, GPtrArray *ids, const char *title);
/* … with something above the list; transfer floating. The window is shown whatever the number of cards. */
void baton_metrics_pane_show_cards_below (
    BatonMetricsPane *self, GPtrArray *ids, const char *title, GtkWidget *above);

/* pane-place.c: a chart of the page stays where it is on the screen from now on. */
void baton_metrics_pane_keep_place (BatonMetricsPane *self, GtkWidget *place);

/* pane-mark.c */
void baton_metrics_pane_show_handoff (
    BatonMetricsPane *self, BatonExhibitId id, guint mark, GPtrArray *ids, const char *title);

/* pane-report.c */
void baton_metrics_pane_save_report (BatonMetricsPane *self);

G_END_DECLS
