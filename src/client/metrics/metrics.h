/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "flow.h"
#include "flow-view.h"
#include "quality.h"
#include "workspace.h"

G_BEGIN_DECLS

/* A board as flow sees it: its cards and what happened to them as arrays, and what the indexes in these
 * arrays stand for. Read on any thread with a reader of one's own (baton_workspace_query_async), then used by
 * one thread; it follows what is performed without reading again. */

/* What indexes stand for: index → id and name. */
typedef struct
{
  GPtrArray *ids;
  GPtrArray *names;
  GHashTable *indexes; /* id → index + 1 */
} BatonMetricsNames;

typedef struct
{
  char *board;
  char *name; /* of the board */
  BatonFlow *flow;
  GPtrArray *cards;     /* index → id */
  GHashTable *card_ids; /* id → index + 1 */
  BatonMetricsNames stages;
  BatonMetricsNames people;
  BatonMetricsNames roles;                   /* ids are the names */
  BatonMetricsNames dims[BATON_FLOW_N_DIMS]; /* owners: none, they are people; urgencies: ids are the names */
  GByteArray *used[BATON_FLOW_N_DIMS];       /* index → whether a card has or had it; may end early */
  gboolean without[BATON_FLOW_N_DIMS];       /* a card that counts has, or had, none */
  BatonMetricsNames reasons;                 /* of reviews that asked for changes */
  GTimeZone *zone;                           /* the board's, else this machine's */
  char *hours;                               /* the board's working hours, or the usual ones */
  gboolean own_hours;                        /* the board has said which */
  gint64 review_window;                      /* microseconds */
} BatonMetrics;

BatonMetrics *baton_metrics_load (BatonReader *reader, const char *board, GError **error);
void baton_metrics_free (BatonMetrics *metrics);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonMetrics, baton_metrics_free)

/* As a BatonQueryFunc: data is the board's id; gives a BatonMetrics. */
gpointer baton_metrics_query (BatonReader *reader, gpointer board, GCancellable *cancellable, GError **error);

/* A card is about to change, and has changed: what is summed up takes it out and puts it in again. The card
 * may be new; then there is only the second call. */
typedef void (*BatonMetricsChange) (guint32 card, gboolean after, gpointer data);

typedef enum
{
  BATON_METRICS_SAME,    /* nothing that is measured has changed */
  BATON_METRICS_CHANGED, /* the arrays have followed */
  BATON_METRICS_RELOAD,  /* stages, hours or much else have changed: load again */
} BatonMetricsFollow;

/* Follows "performed". reader: for single cards; the main thread's. func may be NULL. */
BatonMetricsFollow baton_metrics_follow (BatonMetrics *metrics, BatonReader *reader, const BatonOp *op,
    const BatonEffect *effect, BatonMetricsChange func, gpointer data);

/* A view with the board's time zone. working: in its working hours; they are kept in *hours, which must live
 * as long as the view. */
BatonFlowView *baton_metrics_view (
    BatonMetrics *metrics, gint64 now, gboolean working, BatonFlowHours **hours);

/* Reviews against their window. Without requests, a visit's window runs in the board's own working hours
 * where it has said which, as the windows of requests do, and in all hours else. */
BatonFlowReviews *baton_metrics_reviews (const BatonMetrics *metrics, const BatonFlowView *view);

/* The owner dimension's names are people. */
const BatonMetricsNames *baton_metrics_dim (const BatonMetrics *metrics, BatonFlowDim dim);
/* "" for BATON_FLOW_NONE. */
const char *baton_metrics_name (const BatonMetricsNames *names, guint32 index);
guint32 baton_metrics_index (const BatonMetricsNames *names, const char *id); /* BATON_FLOW_NONE: unknown */

G_END_DECLS
