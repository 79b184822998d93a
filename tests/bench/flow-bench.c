/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-bench"

#include "bottleneck.h"
#include "cfd.h"
#include "event-log.h"
#include "handoff.h"
#include "metrics.h"
#include "past.h"
#include "quality.h"
#include "times.h"
#include "where.h"
#include "workspace.h"
#include "test-folder.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

/* A board of 100,000 cards with 1,000,000 events: from an event log on the disk to the board, from the board
 * to every section of the metrics, and what a filter and one more move cost then. */

#define N_CARDS 100000
#define N_EVENTS 10
#define STEP ((gint64) 3600)

static const char *const activities[] = { "Ready for design", "In design", "Ready for review", "In review" };
static const char kinds[] =
    "Ready for design=queue,In design=active,Ready for review=queue,In review=review,Published=done";

static char *
make_log (const char *folder, GRand *rand)
{
  char *path = g_build_filename (folder, "log.csv", NULL);
  FILE *file = g_fopen (path, "w");

  g_assert_nonnull (file);
  fputs ("case_id,activity,timestamp,resource,channel\n", file);
  for (guint i = 0; i < N_CARDS; i++)
    {
      gint64 at = 1262304000 + g_rand_int_range (rand, 0, 86400 * 1000) * 3LL;
      guint channel = (guint) g_rand_int_range (rand, 0, 6);

      for (guint j = 0; j < N_EVENTS; j++)
        {
          g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (at);
          g_autofree char *text = g_date_time_format_iso8601 (time);

          fprintf (file, "Card %u,%s,%s,Person %d,Channel %u\n", i,
              j + 1 == N_EVENTS && i % 20 != 0 ? "Published" : activities[j % 4], text,
              g_rand_int_range (rand, 0, 20), channel);
          at += STEP * g_rand_int_range (rand, 0, 100);
        }
    }
  g_assert_cmpint (fclose (file), ==, 0);
  return path;
}

static double
peak_mb (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (double) usage.ru_maxrss / 1024;
}

static void
import (BatonWorkspace *workspace, const char *path)
{
  g_autoptr (GError) error = NULL;
  BatonEventOptions options = { 0 };
  BatonImportOptions import_options = { BATON_IMPORT_ASK };
  double before = peak_mb ();
  gint64 started = g_get_monotonic_time ();
  g_autoptr (BatonEventLog) log = baton_event_log_open (path, &error);
  g_autoptr (BatonImportPlan) plan = NULL;

  g_assert_no_error (error);
  baton_event_log_read (log, &options, NULL, NULL, &error);
  g_assert_no_error (error);
  baton_event_log_set_kinds (log, kinds, &error);
  g_assert_no_error (error);
  plan = baton_exchange_plan_events (
      g_steal_pointer (&log), "Bench", baton_workspace_reader (workspace), &import_options, NULL, &error);
  g_assert_no_error (error);
  baton_exchange_import (workspace, plan, NULL, NULL, &error);
  g_assert_no_error (error);
  g_print ("{\"bench\":\"import_events\",\"events\":%u,\"cards\":%u,\"s\":%.3f,\"peak_mb\":%.0f,\"before_"
           "mb\":%.0f}\n",
      N_CARDS * N_EVENTS, N_CARDS, (double) (g_get_monotonic_time () - started) / 1e6, peak_mb (), before);
}

typedef struct
{
  const BatonFlowView *view;
  BatonFlowTimes *times;
  BatonFlowCfd *cfd;
  BatonFlowWhere *where;
  BatonFlowHandoffs *handoffs;
  BatonFlowQuality *quality;
  BatonFlowFast *fast;
} Sections;

/* Every section as the pane shows it: with percentiles, lines, shares and ranks. */
static void
make_sections (Sections *self, const BatonMetrics *metrics, const BatonFlowView *view)
{
  static const double percents[] = { 50, 85 };
  gint64 first, last, expected;
  g_autofree gint64 *pace = NULL;
  g_autoptr (GArray) ages = NULL;
  g_autoptr (GArray) narrow = NULL;
  g_autoptr (BatonFlowReviews) reviews = NULL;

  baton_flow_span (view->flow, &first, &last);
  self->view = view;
  self->times = baton_flow_times_new (view);
  expected = baton_flow_sample_percentile (&self->times->cycle, 85);
  baton_flow_sample_percentile (&self->times->lead, 85);
  ages = baton_flow_ages (view, self->times, expected);
  pace = baton_flow_pace (view, self->times, percents, 2);
  self->cfd = baton_flow_cfd_new (view, baton_flow_days_new (view->zone, first, last));
  self->where = baton_flow_where_new (view, BATON_FLOW_CHANNEL);
  self->handoffs = baton_flow_handoffs_new (view, BATON_FLOW_BY_PERSON);
  for (guint i = 0; i < self->handoffs->edges->len; i++)
    baton_flow_sample_percentile (
        &((BatonFlowEdge *) g_ptr_array_index (self->handoffs->edges, i))->wait, 85);
  self->quality = baton_flow_quality_new (view);
  reviews = baton_metrics_reviews (metrics, view);
  baton_flow_sample_percentile (&reviews->turnaround, 50);
  self->fast = baton_flow_fast_new (view);
  narrow = baton_flow_bottleneck (view, self->cfd);
}

static void
clear_sections (Sections *self)
{
  baton_flow_times_free (self->times);
  baton_flow_cfd_free (self->cfd);
  baton_flow_where_free (self->where);
  baton_flow_handoffs_free (self->handoffs);
  baton_flow_quality_free (self->quality);
  baton_flow_fast_free (self->fast);
}

static void
put_card (guint32 card, gboolean after, gpointer data)
{
  Sections *self = data;

  baton_flow_times_put (self->times, self->view, card, after);
  baton_flow_cfd_put (self->cfd, self->view, card, after);
  baton_flow_where_put (self->where, self->view, card, after);
  baton_flow_handoffs_put (self->handoffs, self->view, card, after);
  baton_flow_quality_put (self->quality, self->view, card, after);
  baton_flow_fast_put (self->fast, self->view, card, after);
}

typedef struct
{
  BatonMetrics *metrics;
  Sections *sections;
  BatonReader *reader;
  gint64 spent;
} Following;

static void
performed_cb (BatonWorkspace *workspace, BatonOp *op, BatonEffect *effect, Following *self)
{
  gint64 started = g_get_monotonic_time ();

  g_assert_cmpint (baton_metrics_follow (self->metrics, self->reader, op, effect, put_card, self->sections),
      ==, BATON_METRICS_CHANGED);
  baton_flow_cfd_sum (self->sections->cfd);
  baton_flow_handoffs_rank (self->sections->handoffs);
  baton_flow_sample_percentile (&self->sections->times->cycle, 85);
  self->spent = g_get_monotonic_time () - started;
}

static int
compare (const void *a, const void *b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

static void
move_cards (BatonWorkspace *workspace, BatonMetrics *metrics, Sections *sections, GRand *rand)
{
  Following following = { metrics, sections, baton_workspace_reader (workspace), 0 };
  gulong handler = g_signal_connect (workspace, "performed", G_CALLBACK (performed_cb), &following);
  gint64 spent[100];

  for (guint i = 0; i < G_N_ELEMENTS (spent); i++)
    {
      g_autoptr (GError) error = NULL;
      BatonOp *op = baton_op_new (BATON_VERB_CARD_MOVE);
      guint card = (guint) g_rand_int_range (rand, 0, N_CARDS);
      guint stage = (metrics->flow->cards[card].stage + 1) % metrics->stages.ids->len;

      baton_op_add_id (op, g_ptr_array_index (metrics->cards, card));
      baton_op_set_to (op, g_ptr_array_index (metrics->stages.ids, stage));
      baton_workspace_perform (workspace, op, NULL, &error);
      g_assert_no_error (error);
      spent[i] = following.spent;
    }
  g_signal_handler_disconnect (workspace, handler);
  qsort (spent, G_N_ELEMENTS (spent), sizeof *spent, compare);
  g_print ("{\"bench\":\"metrics_one_move\",\"n\":%u,\"p50_ms\":%.3f,\"p99_ms\":%.3f}\n",
      (guint) G_N_ELEMENTS (spent), (double) spent[49] / 1000, (double) spent[98] / 1000);
}

static void
measure (BatonWorkspace *workspace, GRand *rand)
{
  g_autoptr (GError) error = NULL;
  BatonReader *reader = baton_workspace_reader (workspace);
  g_autoptr (GPtrArray) boards =
      baton_reader_rows (reader, BATON_ENTITY_BOARD, BATON_FIELD_NONE, NULL, TRUE, &error);
  const char *board = ((BatonRow *) g_ptr_array_index (boards, 0))->id;
  g_autoptr (GTimer) timer = g_timer_new ();
  g_autoptr (BatonMetrics) metrics = baton_metrics_load (reader, board, &error);
  double loaded = g_timer_elapsed (timer, NULL);
  g_autoptr (BatonFlowView) view = NULL;
  g_autoptr (BatonFlowView) filtered = NULL;
  g_autoptr (BatonFlowView) working = NULL;
  g_autoptr (BatonFlowHours) hours = NULL;
  Sections sections, narrowed;
  double all, filter_one, filter_hours;

  g_assert_no_error (error);
  view = baton_metrics_view (metrics, g_get_real_time (), FALSE, NULL);
  make_sections (&sections, metrics, view);
  all = g_timer_elapsed (timer, NULL);
  g_print ("{\"bench\":\"metrics_cold\",\"events\":%u,\"load_ms\":%.0f,\"sections_ms\":%.0f,\"ms\":%.0f}\n",
      N_CARDS * N_EVENTS, loaded * 1000, (all - loaded) * 1000, all * 1000);

  g_timer_start (timer);
  filtered = baton_metrics_view (metrics, g_get_real_time (), FALSE, NULL);
  for (guint32 i = 0; i < 5; i++)
    baton_flow_view_choose (filtered, BATON_FLOW_CHANNEL, i);
  make_sections (&narrowed, metrics, filtered);
  filter_one = g_timer_elapsed (timer, NULL);
  clear_sections (&narrowed);
  g_timer_start (timer);
  working = baton_metrics_view (metrics, g_get_real_time (), TRUE, &hours);
  make_sections (&narrowed, metrics, working);
  filter_hours = g_timer_elapsed (timer, NULL);
  clear_sections (&narrowed);
  g_print ("{\"bench\":\"metrics_filter\",\"ms\":%.0f,\"working_hours_ms\":%.0f}\n", filter_one * 1000,
      filter_hours * 1000);
  move_cards (workspace, metrics, &sections, rand);
  clear_sections (&sections);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("baton-flow-bench-XXXXXX", &error);
  g_autofree char *inside = g_build_filename (folder, "workspace", NULL);
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  g_autofree char *path = make_log (folder, rand);
  g_autoptr (BatonWorkspace) workspace = baton_workspace_open (inside, BATON_STORE_CREATE, &error);

  g_assert_no_error (error);
  import (workspace, path);
  measure (workspace, rand);
  baton_workspace_close (workspace);
  baton_test_folder_remove (folder);
  return 0;
}
