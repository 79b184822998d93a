/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The diagram, where time goes, handoffs, yield, reviews and the bottleneck, by hand. */
#include "bottleneck.h"
#include "cases.h"
#include "cfd.h"
#include "handoff.h"
#include "quality.h"
#include "where.h"

static BatonFlowView *
view_at (const BatonFlow *flow, double hour)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  return baton_flow_view_new (flow, MONDAY + (gint64) (hour * (double) HOUR), utc);
}

static BatonFlowCfd *
cfd_of (const BatonFlowView *view, double from_hour, double to_hour)
{
  return baton_flow_cfd_new (
      view, baton_flow_days_new (view->zone, MONDAY + (gint64) (from_hour * (double) HOUR),
                MONDAY + (gint64) (to_hour * (double) HOUR)));
}

static void
check_points (const BatonFlowCfd *cfd, const guint32 *row, const char *wanted)
{
  g_autoptr (GString) found = g_string_new (NULL);

  for (guint i = 0; i < cfd->n_points; i++)
    g_string_append_printf (found, "%s%u", i > 0 ? " " : "", row[i]);
  g_assert_cmpstr (found->str, ==, wanted);
}

static void
test_cfd (void)
{
  g_autoptr (BatonFlow) flow = flow_of ("qad");
  g_autoptr (BatonFlowView) view = view_at (flow, 96);
  g_autoptr (BatonFlowCfd) cfd = NULL;

  flow_card (flow, "1:q 25:a 49:d");           /* straight through */
  flow_card (flow, "2:q 26:a 50:q 74:a");      /* goes back on the third day */
  flow_card (flow, "3:q 27:<");                /* is given up on the second day */
  flow_card (flow, "4:q 28:a 29:d 51:a 75:d"); /* is reopened */
  cfd = cfd_of (view, 0, 95);
  g_assert_cmpuint (cfd->n_points, ==, 5);
  check_points (cfd, cfd->arrived, "0 4 4 5 5");
  check_points (cfd, cfd->departed, "0 0 4 4 5");
  check_points (cfd, cfd->arrived + 2 * 5, "0 0 1 2 3");
  /* In the queue, in work, done: */
  for (guint i = 0; i < 5; i++)
    {
      static const guint queued[] = { 0, 4, 0, 1, 0 };
      static const guint working[] = { 0, 0, 2, 1, 1 };
      static const guint done[] = { 0, 0, 1, 1, 2 };

      g_assert_cmpuint (baton_flow_cfd_in_stage (cfd, 0, i), ==, queued[i]);
      g_assert_cmpuint (baton_flow_cfd_in_stage (cfd, 1, i), ==, working[i]);
      g_assert_cmpuint (baton_flow_cfd_in_stage (cfd, 2, i), ==, done[i]);
      g_assert_cmpuint (baton_flow_cfd_wip (cfd, i), ==, queued[i] + working[i]);
    }
  /* Four come; on the third day one goes back and one is reopened: both count as arriving anew. */
  check_points (cfd, cfd->lines, "0 4 4 6 6");
  /* Throughput is that of cards which are done now: one on the third day, the reopened one on the fourth. */
  g_assert_cmpuint (baton_flow_cfd_throughput (cfd, 1), ==, 0);
  g_assert_cmpuint (baton_flow_cfd_throughput (cfd, 2), ==, 1);
  g_assert_cmpuint (baton_flow_cfd_throughput (cfd, 3), ==, 1);
}

static void
test_approximate_time (void)
{
  g_autoptr (BatonFlow) flow = flow_of ("qad");
  g_autoptr (BatonFlowView) view = view_at (flow, 24 * 30);
  g_autoptr (BatonFlowCfd) cfd = NULL;

  /* One card a day is started, each is done four days later. */
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *events = g_strdup_printf ("%u:q %u:a %u:d", 24 * i, 24 * i + 12, 24 * (i + 4) + 12);

      flow_card (flow, events);
    }
  cfd = cfd_of (view, 0, 24 * 20 - 1);
  g_assert_cmpint (baton_flow_cfd_approximate_time (cfd, 3), ==, -1);
  g_assert_cmpint (baton_flow_cfd_approximate_time (cfd, 10), ==, 4 * DAY);
  g_assert_cmpint (baton_flow_cfd_approximate_time (cfd, 15), ==, 4 * DAY);
}

static void
test_where (void)
{
  g_autoptr (BatonFlow) flow = flow_of ("bqard");
  g_autoptr (BatonFlowView) view = view_at (flow, 1000);
  g_autoptr (BatonFlowWhere) where = NULL;
  BatonFlowSpent total;
  guint32 first;

  /* Before the start: 4 in backlog, 6 in the queue. Then 2 of work, 3 blocked, 1 of work, 10 waiting for
   * review of which 5 blocked, 4 of review. */
  first = flow_card (flow, "0:b 4:q 10:a 12:! 15:+ 16:q 20:! 25:+ 26:r 30:d");
  flow->cards[first].dims[BATON_FLOW_CHANNEL] = 7;
  flow_card (flow, "0:a 10:d");
  flow_card (flow, "0:a 100:r"); /* unfinished: not in it */
  where = baton_flow_where_new (view, BATON_FLOW_CHANNEL);
  total = baton_flow_where_total (where, 1);
  g_assert_cmpuint (g_array_index (where->values, guint32, 0), ==, 7);
  g_assert_cmpint (total.before, ==, 10 * HOUR);
  g_assert_cmpint (total.active, ==, 7 * HOUR);
  g_assert_cmpint (total.blocked, ==, 8 * HOUR);
  g_assert_cmpint (total.waiting, ==, 5 * HOUR);
  g_assert_cmpfloat (baton_flow_efficiency (&total), ==, 7.0 / 20);
  g_assert_cmpint (where->spent[5 + 1].blocked, ==, 5 * HOUR);
  g_assert_cmpuint (where->spent[5 + 1].visits, ==, 2);
  g_assert_cmpuint (where->spent[5 + 1].cards, ==, 1);
  total = baton_flow_where_total (where, 0);
  g_assert_cmpint (total.active + total.waiting + total.blocked, ==, 30 * HOUR);
}

static const BatonFlowEdge *
edge (const BatonFlowHandoffs *handoffs, guint32 from, guint32 to)
{
  for (guint i = 0; i < handoffs->edges->len; i++)
    {
      const BatonFlowEdge *found = g_ptr_array_index (handoffs->edges, i);

      if (found->from == from && found->to == to)
        return found;
    }
  return NULL;
}

static void
test_handoffs (void)
{
  static const guint32 roles[] = { 5, 6, 6 };
  g_autoptr (BatonFlow) flow = flow_of ("bqaqrd");
  g_autoptr (BatonFlowView) view = view_at (flow, 1000);
  g_autoptr (BatonFlowHandoffs) handoffs = NULL;
  g_autoptr (BatonFlowHandoffs) by_role = NULL;

  baton_flow_set_roles (flow, roles, 3);
  /* 0 hands to 1 (6 hours), 1 to 2 (through two queues, 10 hours), 2 takes back own work (5 hours). */
  flow_card (flow, "0:b/0 4:q/0 10:a/1 20:q2/1 25:q/2 30:r/2 40:q2/2 45:r/2 50:d/2");
  /* 0 hands to 1 (2 hours); 1 straight to 2; in the backlog it is in nobody's hands; unknown hands. */
  flow_card (flow, "0:q/0 2:a/1 5:r/2 6:b/2 9:a/0 12:q2/0 20:r");
  handoffs = baton_flow_handoffs_new (view, BATON_FLOW_BY_PERSON);
  g_assert_cmpuint (handoffs->edges->len, ==, 2);
  g_assert_cmpuint (edge (handoffs, 0, 1)->wait.n, ==, 2);
  g_assert_cmpfloat (edge (handoffs, 0, 1)->wait.total, ==, 8.0 * HOUR);
  g_assert_cmpuint (edge (handoffs, 1, 2)->wait.n, ==, 2);
  g_assert_cmpuint (edge (handoffs, 1, 2)->direct, ==, 1);
  g_assert_cmpfloat (edge (handoffs, 1, 2)->wait.total, ==, 10.0 * HOUR);
  g_assert_false (baton_flow_edge_is_sync (edge (handoffs, 1, 2)));
  /* All waiting: 6 + 10 + 5 + 2 + 8 = 31. */
  g_assert_cmpfloat (handoffs->waiting, ==, 31.0 * HOUR);
  g_assert_cmpfloat (handoffs->own, ==, 5.0 * HOUR);
  g_assert_cmpfloat (handoffs->unknown, ==, 8.0 * HOUR);
  g_assert_cmpfloat (edge (handoffs, 1, 2)->share, ==, 10.0 / 31);
  /* The most waiting first. */
  g_assert_true (g_ptr_array_index (handoffs->edges, 0) == edge (handoffs, 1, 2));
  by_role = baton_flow_handoffs_new (view, BATON_FLOW_BY_ROLE);
  g_assert_cmpuint (edge (by_role, 5, 6)->wait.n, ==, 2);
  g_assert_cmpuint (edge (by_role, 6, 6)->wait.n, ==, 2);
}

static void
count_pass (const BatonFlowPass *pass, gpointer data)
{
  guint *counts = data;

  counts[pass->from * 3 + pass->to]++;
}

/* What a team has decided stands before what was measured: the closest of what it said. */
static void
test_marks (void)
{
  g_autoptr (BatonFlow) flow = flow_of ("bqaqrd");
  g_autoptr (BatonFlowView) view = view_at (flow, 1000);
  g_autoptr (BatonFlowHandoffs) all = NULL;
  g_autoptr (BatonFlowHandoffs) divided = NULL;
  const BatonFlowMark marks[] = { { FALSE, 0, 1, BATON_FLOW_NONE, BATON_FLOW_NONE, TRUE },
    { FALSE, 0, 1, 7, BATON_FLOW_NONE, FALSE }, { TRUE, 0, 1, BATON_FLOW_NONE, BATON_FLOW_NONE, FALSE },
    { FALSE, 1, 2, 8, BATON_FLOW_NONE, TRUE } };
  guint counts[9] = { 0 };

  for (guint i = 0; i < 2; i++)
    {
      guint32 card = flow_card (flow, "0:q/0 6:a/1 8:q2/1 18:r/2 20:d/2");

      flow->cards[card].dims[BATON_FLOW_CHANNEL] = 7 + i;
    }
  g_array_append_vals (flow->marks, marks, G_N_ELEMENTS (marks));
  all = baton_flow_handoffs_new (view, BATON_FLOW_BY_PERSON);
  divided = baton_flow_handoffs_new (view, BATON_FLOW_BY_CHANNEL);
  g_assert_true (baton_flow_edge_is_sync (edge (all, 0, 1)));
  g_assert_false (baton_flow_edge_was_sync (edge (all, 0, 1)));
  /* What is said of one channel says nothing of all. */
  g_assert_null (edge (all, 1, 2)->mark);
  g_assert_cmpuint (divided->edges->len, ==, 4);
  for (guint i = 0; i < divided->edges->len; i++)
    {
      const BatonFlowEdge *found = g_ptr_array_index (divided->edges, i);

      g_assert_true (baton_flow_edge_is_sync (found) == (found->channel == 8));
    }
  baton_flow_handoffs_each (view, count_pass, counts);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    g_assert_cmpuint (counts[i], ==, i == 1 || i == 5 ? 2 : 0);
}

static void
test_quality (void)
{
  g_autoptr (BatonFlow) flow = flow_of ("qard");
  g_autoptr (BatonFlowView) view = view_at (flow, 1000);
  g_autoptr (BatonFlowQuality) quality = NULL;
  BatonFlowReview review = {
    .card = 1, .asked = MONDAY, .closed = MONDAY + 20 * HOUR, .changes = TRUE, .reason = 9
  };

  flow_card (flow, "0:q 1:a 5:r 9:d");            /* passes both */
  flow_card (flow, "0:q 1:a 5:r 20:a 30:r 40:d"); /* came back once: passes neither */
  flow_card (flow, "0:q 1:a 5:r 6:r 9:d 10:<");   /* an event of the same stage is no second visit */
  flow_card (flow, "0:q 1:a 5:r");                /* still in review */
  g_array_append_val (flow->reviews, review);
  quality = baton_flow_quality_new (view);
  g_assert_cmpuint (quality->yields[1].left, ==, 4);
  g_assert_cmpuint (quality->yields[1].passed, ==, 3);
  g_assert_cmpuint (quality->yields[2].left, ==, 3);
  g_assert_cmpuint (quality->yields[2].passed, ==, 2);
  /* 3/4 · 2/3 */
  g_assert_cmpfloat_with_epsilon (baton_flow_quality_rolled (quality, flow), 0.5, 1e-12);
  g_assert_cmpuint (quality->reworks, ==, 1);
  g_assert_cmpuint (g_array_index (quality->rework, BatonFlowRework, 0).from, ==, 2);
  g_assert_cmpuint (g_array_index (quality->rework, BatonFlowRework, 0).to, ==, 1);
  g_assert_cmpuint (g_array_index (quality->rework, BatonFlowRework, 0).reason, ==, 9);
}

static void
test_reviews (void)
{
  g_autoptr (BatonFlow) flow = flow_of ("qaqrd");
  g_autoptr (BatonFlowView) view = view_at (flow, 100);
  g_autoptr (BatonFlowReviews) visits = NULL;
  g_autoptr (BatonFlowReviews) requests = NULL;
  BatonFlowReview review = {
    .card = 0, .asked = MONDAY, .closed = MONDAY + 3 * HOUR, .ends = MONDAY + 2 * HOUR
  };

  flow_card (flow, "0:a 10:q2 20:r 30:d"); /* 20 hours from the queue on, within 24 */
  flow_card (flow, "0:a 10:r 40:a");       /* 30 hours, too long, and sent back */
  flow_card (flow, "0:a 50:r");            /* open for 50 hours */
  visits = baton_flow_reviews_new (view, 24 * HOUR, NULL);
  g_assert_false (visits->from_requests);
  g_assert_cmpuint (visits->turnaround.n, ==, 2);
  g_assert_cmpint (baton_flow_sample_percentile (&visits->turnaround, 50), ==, 20 * HOUR);
  g_assert_cmpuint (visits->in_time, ==, 1);
  g_assert_cmpuint (visits->changes, ==, 1);
  g_assert_cmpuint (visits->open, ==, 1);
  g_assert_cmpuint (visits->overdue, ==, 1);
  g_array_append_val (flow->reviews, review);
  requests = baton_flow_reviews_new (view, 24 * HOUR, NULL);
  g_assert_true (requests->from_requests);
  g_assert_cmpuint (requests->turnaround.n, ==, 1);
  g_assert_cmpuint (requests->in_time, ==, 0);
}

/* A window of eight hours on a board that works from nine to five: what was asked at four on Monday may be
 * decided until four on Tuesday, and over a weekend the window stands still. */
static void
test_window_hours (void)
{
  g_autoptr (BatonFlow) flow = flow_of ("arqrd");
  g_autoptr (BatonFlowView) view = view_at (flow, 24 * 7 + 16);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (BatonFlowHours) hours =
      baton_flow_hours_new ("mon-fri 09:00-17:00", utc, MONDAY, MONDAY + 8 * DAY);
  g_autoptr (BatonFlowReviews) working = NULL;
  g_autoptr (BatonFlowReviews) all = NULL;

  flow_card (flow, "0:a 16:r 40:d");     /* Monday 16 h to Tuesday 16 h: eight working hours */
  flow_card (flow, "0:a 16:r 40.01:d");  /* a little more */
  flow_card (flow, "0:a 112:r 183.9:d"); /* Friday 16 h to Monday 15.9 h: 7.9 */
  flow_card (flow, "0:a 112:r");         /* Friday 16 h until now, Monday 16 h: eight, not overdue */
  flow_card (flow, "0:a 111.9:r");       /* overdue */
  working = baton_flow_reviews_new (view, 8 * HOUR, hours);
  all = baton_flow_reviews_new (view, 8 * HOUR, NULL);
  g_assert_cmpuint (working->with_window, ==, 3);
  g_assert_cmpuint (working->in_time, ==, 2);
  g_assert_cmpuint (working->open, ==, 2);
  g_assert_cmpuint (working->overdue, ==, 1);
  g_assert_cmpuint (all->in_time, ==, 0);
  g_assert_cmpuint (all->overdue, ==, 2);
  /* How long they took is measured in the view's hours either way. */
  g_assert_cmpint (baton_flow_sample_percentile (&working->turnaround, 1), ==, 24 * HOUR);
}

/* Review is fed faster than it drains; design has as many cards in it, but no queue that grows. */
static void
test_bottleneck (void)
{
  g_autoptr (BatonFlow) flow = flow_of ("qaqrd");
  g_autoptr (BatonFlowView) view = view_at (flow, 24 * 28);
  g_autoptr (BatonFlowCfd) cfd = NULL;
  g_autoptr (GArray) narrow = NULL;
  const BatonFlowNarrow *first;

  for (guint i = 0; i < 28; i++)
    {
      guint pulled = 48 * i + 20;
      g_autoptr (GString) events = g_string_new (NULL);

      g_string_append_printf (events, "%u:q %u:a %u:q2", 24 * i, 24 * i + 1, 24 * i + 10);
      if (pulled < 24 * 28)
        g_string_append_printf (events, " %u:r %u:d", pulled, pulled + 30);
      flow_card (flow, events->str);
    }
  cfd = cfd_of (view, 0, 24 * 28 - 1);
  narrow = baton_flow_bottleneck (view, cfd);
  g_assert_cmpuint (narrow->len, ==, 2);
  first = &g_array_index (narrow, BatonFlowNarrow, 0);
  g_assert_cmpuint (first->stage, ==, 3);
  g_assert_cmpuint (first->queue, ==, 2);
  /* Four weeks: 28 come, 14 are reviewed and all of those are out but the last (13 · 48 + 50 = 674 > 672). */
  g_assert_cmpfloat (first->arrivals, ==, 7);
  g_assert_cmpfloat (first->departures, ==, 13 / 4.0);
  g_assert_cmpuint (first->queued, ==, 14);
  g_assert_cmpfloat (first->part_growth, ==, 1);
  g_assert_cmpfloat (first->part_wait, ==, 1);
  g_assert_cmpfloat (g_array_index (narrow, BatonFlowNarrow, 1).growth, ==, 0);
}

static void
test_no_stages (void)
{
  g_autoptr (BatonFlow) flow = baton_flow_new (NULL, 0);
  g_autoptr (BatonFlowView) view = view_at (flow, 10);
  g_autoptr (BatonFlowCfd) cfd = cfd_of (view, 0, 10);
  g_autoptr (BatonFlowWhere) where = baton_flow_where_new (view, BATON_FLOW_CHANNEL);
  g_autoptr (BatonFlowHandoffs) handoffs = baton_flow_handoffs_new (view, BATON_FLOW_BY_PERSON);
  g_autoptr (BatonFlowQuality) quality = baton_flow_quality_new (view);
  g_autoptr (BatonFlowReviews) reviews = baton_flow_reviews_new (view, DAY, NULL);
  g_autoptr (GArray) narrow = baton_flow_bottleneck (view, cfd);
  BatonFlowSpent total = baton_flow_where_total (where, 0);

  g_assert_cmpuint (narrow->len, ==, 0);
  g_assert_cmpfloat (baton_flow_efficiency (&total), ==, -1);
  g_assert_cmpfloat (baton_flow_quality_rolled (quality, flow), ==, -1);
  g_assert_cmpuint (handoffs->edges->len, ==, 0);
  g_assert_cmpuint (baton_flow_cfd_wip (cfd, 0), ==, 0);
  g_assert_cmpint (baton_flow_cfd_approximate_time (cfd, 1), ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/flow/formulas/cfd", test_cfd);
  g_test_add_func ("/flow/formulas/approximate-time", test_approximate_time);
  g_test_add_func ("/flow/formulas/where", test_where);
  g_test_add_func ("/flow/formulas/handoffs", test_handoffs);
  g_test_add_func ("/flow/formulas/marks", test_marks);
  g_test_add_func ("/flow/formulas/quality", test_quality);
  g_test_add_func ("/flow/formulas/reviews", test_reviews);
  g_test_add_func ("/flow/formulas/window-hours", test_window_hours);
  g_test_add_func ("/flow/formulas/bottleneck", test_bottleneck);
  g_test_add_func ("/flow/formulas/no-stages", test_no_stages);
  return g_test_run ();
}
