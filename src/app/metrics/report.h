/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "bottleneck.h"
#include "cfd.h"
#include "exact.h"
#include "flow-audit.h"
#include "forecast.h"
#include "groom.h"
#include "handoff.h"
#include "board.h"
#include "compare.h"
#include "metrics.h"
#include "quality.h"
#include "times.h"
#include "told.h"
#include "where.h"

G_BEGIN_DECLS

/* The events of a board, shared by the page and all reports made from them. They grow while the page is open:
 * indexes stay what they are. */
typedef struct
{
  BatonMetrics *metrics;
} BatonDataset;

BatonDataset *baton_dataset_new (BatonMetrics *metrics); /* takes them */
BatonDataset *baton_dataset_ref (BatonDataset *dataset);
void baton_dataset_unref (BatonDataset *dataset);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonDataset, baton_dataset_unref)

/* The numbers of a report that are made together. */
typedef enum
{
  BATON_PART_TIMES = 1 << 0, /* and ages, pace, what is exact */
  BATON_PART_COMPARISON = 1 << 1,
  BATON_PART_FLOW = 1 << 2,
  BATON_PART_WEEKS = 1 << 3, /* and the fast lane */
  BATON_PART_WHERE = 1 << 4,
  BATON_PART_QUALITY = 1 << 5,
  BATON_PART_HANDOFFS = 1 << 6,
  BATON_PART_FORECAST = 1 << 7,
  BATON_PART_ORDER = 1 << 8,
} BatonReportParts;

/* All numbers of the page for one choice of filters. Made on another thread, then only read. */
typedef struct
{
  BatonDataset *dataset;
  BatonBoard *board; /* for titles; main thread only */
  BatonFlowView *view;
  BatonFlowHours *hours; /* NULL: calendar time */
  gint64 first;          /* of what is looked at */
  gint64 last;
  double day; /* how long a day of durations is; 0: 24 hours */

  BatonFlowTimes *times;
  gint64 percentiles[4]; /* of the cycle time: 50, 70, 85, 95 */
  guint n_finished;      /* with a cycle time */
  guint n_outliers;      /* beyond the 95th percentile */
  BatonFlowCfd *cfd;     /* by day */
  BatonFlowDays *weeks;
  GArray *week_done;     /* of each week: cards finished */
  GArray *ages;          /* BatonFlowAge */
  gint64 *pace;          /* per stage the 50th and 85th percentile of age at leaving */
  BatonFlowWhere *where; /* by channel */
  BatonFlowQuality *quality;
  BatonFlowReviews *reviews;
  gint64 review_window;
  BatonFlowHandoffs *handoffs; /* between roles where there are any, else between people */
  gboolean by_role;
  BatonFlowHandoffs *divided; /* the same by channel or asset type, as asked; may be handoffs itself */
  GArray *narrow;             /* BatonFlowNarrow */
  BatonForecast *forecast;
  gint64 ahead;           /* the beginning of the first day that is forecast */
  BatonBacktest backtest; /* of the forecast, or from fewer days when the past is too short for it */
  guint backtest_days;    /* … from so many days; 0: as the forecast */
  BatonComparison comparison;
  gint64 split;     /* before and after this moment; 0: a pilot against the others */
  guint unfinished; /* not in the archive */
  BatonFlowExact exact;
  GArray *told;   /* BatonFlowTold */
  GArray *grooms; /* BatonFlowGroom */
  BatonFlowAudit *audit;
  BatonFlowFast *fast;
} BatonReport;

/* What is looked at. */
typedef struct
{
  gint64 now;
  gint64 from;                           /* G_MININT64: from the beginning */
  gint64 to;                             /* G_MAXINT64: to the end */
  gboolean working;                      /* durations in working hours */
  GHashTable *chosen[BATON_FLOW_N_DIMS]; /* ids ("" for none); NULL: all. Owned */
  guint horizon;                         /* days ahead that the forecast looks; 0: 28 */
  guint items;                           /* how many cards it is asked about; 0: all that are unfinished */
  guint64 seed;
  gint64 split; /* “did it help?”: before and after this moment; 0: the two halves of the period */
  BatonFlowGrain
      divide;  /* BATON_FLOW_BY_CHANNEL or _ASSET_TYPE: what is decoupled first is told apart by it */
  char *pilot; /* instead: this channel against all others; its id, owned. NULL: none */
} BatonReportQuestion;

BatonReportQuestion *baton_report_question_copy (const BatonReportQuestion *question);
void baton_report_question_free (BatonReportQuestion *question);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonReportQuestion, baton_report_question_free)

/* A part is there: which were there before it, and with it. From any of the threads that make them; who looks
 * whether something became complete between before and after does so exactly once. */
typedef void (*BatonReportReady) (
    BatonReport *report, BatonReportParts before, BatonReportParts after, gpointer data);

BatonReport *baton_report_new (BatonDataset *dataset, BatonBoard *board, const BatonReportQuestion *question,
    BatonReportReady ready, gpointer data);
BatonReport *baton_report_ref (BatonReport *report);
void baton_report_unref (gpointer report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonReport, baton_report_unref)

/* Items in order of their finish; borrowed. */
static inline const BatonFlowItem *
baton_report_item (const BatonReport *report, guint i)
{
  return &g_array_index (report->times->items, BatonFlowItem, i);
}

/* Names; borrowed, never NULL. */
const char *baton_report_stage (const BatonReport *report, guint16 stage);
const char *baton_report_channel (const BatonReport *report, guint32 channel);
const char *baton_report_hands (const BatonReport *report, guint32 hands); /* a role or a person */
/* The channel or the asset type by which a handoff is told apart; NULL: by none. */
const char *baton_report_division (const BatonReport *report, const BatonFlowEdge *edge);
const char *baton_report_title (const BatonReport *report, guint32 card); /* main thread only */
const char *baton_report_card_id (const BatonReport *report, guint32 card);
/* The beginning of the n-th day that is forecast, from 1. */
gint64 baton_report_day_ahead (const BatonReport *report, guint days);
const BatonFlowCard *baton_report_card (const BatonReport *report, guint32 card);

G_END_DECLS
