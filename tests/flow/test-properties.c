/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What must hold whatever happened on a board: on histories at random, and on a queue in a steady state. */
#include "bottleneck.h"
#include "cases.h"
#include "cfd.h"
#include "handoff.h"
#include "quality.h"
#include "times.h"
#include "where.h"

#include <math.h>

#define N_STAGES 7

static BatonFlow *
random_flow (GRand *rand, guint n_cards)
{
  BatonFlow *flow = flow_of ("bqaqrad");

  flow->stages[3].removed = TRUE;
  for (guint i = 0; i < n_cards; i++)
    {
      gint64 at = MONDAY + (gint64) (g_rand_double (rand) * (double) (60 * DAY));
      guint32 card = baton_flow_add_card (flow, at);
      guint n = g_rand_int_range (rand, 1, 15);

      flow->cards[card].dims[BATON_FLOW_CHANNEL] =
          g_rand_boolean (rand) ? (guint32) g_rand_int_range (rand, 0, 4) : BATON_FLOW_NONE;
      for (guint j = 0; j < n; j++)
        {
          BatonFlowEvent event = { .at = at,
            .person =
                g_rand_int_range (rand, 0, 6) > 0 ? (guint32) g_rand_int_range (rand, 0, 4) : BATON_FLOW_NONE,
            .stage = (guint16) g_rand_int_range (rand, 0, N_STAGES),
            .type = j == 0 || g_rand_int_range (rand, 0, 3) > 0
                        ? BATON_FLOW_ENTER
                        : (guint8) g_rand_int_range (rand, BATON_FLOW_BLOCK, BATON_FLOW_RETURN + 1) };

          baton_flow_add_event (flow, card, &event);
          at += g_rand_int_range (rand, 0, 3) == 0 ? 0 : (gint64) (g_rand_double (rand) * (double) (4 * DAY));
        }
    }
  baton_flow_derive_all (flow);
  return flow;
}

static guint
seed (void)
{
  guint number = g_test_rand_int ();

  g_test_message ("seed %u", number);
  return number;
}

static BatonFlowView *
view_of (const BatonFlow *flow, const char *zone_name)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (zone_name);

  return baton_flow_view_new (flow, MONDAY + 150 * DAY, zone);
}

/* Where every card is right before a moment, counted in the plainest way. */
static void
count_stages (const BatonFlow *flow, gint64 before, guint *counts)
{
  for (guint i = 0; i < flow->n_cards; i++)
    {
      const BatonFlowCard *card = &flow->cards[i];
      guint16 stage = BATON_FLOW_NO_STAGE;
      gboolean away = FALSE;

      for (guint32 j = 0; j < card->n && baton_flow_events (flow, card)[j].at < before; j++)
        {
          const BatonFlowEvent *event = &baton_flow_events (flow, card)[j];

          if (event->type == BATON_FLOW_ENTER)
            {
              stage = event->stage;
              away = FALSE;
            }
          else if (event->type == BATON_FLOW_LEAVE)
            away = baton_flow_kind (flow, stage) != BATON_FLOW_DONE;
          else if (event->type == BATON_FLOW_RETURN)
            away = FALSE;
        }
      if (stage != BATON_FLOW_NO_STAGE && !away)
        counts[stage]++;
    }
}

static BatonFlowDays *
days_of_instants (const BatonFlow *flow)
{
  BatonFlowDays *days = g_new0 (BatonFlowDays, 1);
  g_autoptr (GArray) all = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint n = 0;

  for (guint i = 0; i < flow->n_cards; i++)
    {
      for (guint32 j = 0; j < flow->cards[i].n; j++)
        {
          gint64 at = baton_flow_events (flow, &flow->cards[i])[j].at;
          gint64 after = at + 1;

          g_array_append_val (all, at);
          g_array_append_val (all, after);
        }
    }
  baton_flow_sort ((gint64 *) (gpointer) all->data, all->len);
  days->starts = g_new (gint64, all->len);
  for (guint i = 0; i < all->len; i++)
    {
      gint64 at = g_array_index (all, gint64, i);

      if (n == 0 || days->starts[n - 1] < at)
        days->starts[n++] = at;
    }
  days->n = n - 1;
  days->days_each = 1;
  return days;
}

/* At every instant at which anything happens, and right after it. */
static void
test_cfd_gaps (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed ());

  for (guint round = 0; round < 5; round++)
    {
      g_autoptr (BatonFlow) flow = random_flow (rand, 60);
      g_autoptr (BatonFlowView) view = view_of (flow, "UTC");
      g_autoptr (BatonFlowCfd) cfd = baton_flow_cfd_new (view, days_of_instants (flow));

      for (guint i = 0; i < cfd->n_points; i++)
        {
          guint counts[N_STAGES] = { 0 };
          guint wip = 0;

          count_stages (flow, cfd->days->starts[i], counts);
          for (guint stage = 0; stage < N_STAGES; stage++)
            {
              guint place = flow->places[stage];

              g_assert_cmpuint (baton_flow_cfd_in_stage (cfd, stage, i), ==, counts[stage]);
              g_assert_cmpuint (baton_flow_cfd_line (cfd, place, i) - baton_flow_cfd_line (cfd, place + 1, i),
                  ==, counts[stage]);
              if (i > 0)
                g_assert_cmpuint (
                    baton_flow_cfd_line (cfd, place, i), >=, baton_flow_cfd_line (cfd, place, i - 1));
              wip += stage > 0 && stage < N_STAGES - 1 ? counts[stage] : 0;
            }
          g_assert_cmpuint (baton_flow_cfd_wip (cfd, i), ==, wip);
        }
    }
}

static void
test_sums (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed ());
  g_autoptr (BatonFlow) flow = random_flow (rand, 1000);
  g_autoptr (BatonFlowView) view = view_of (flow, "Europe/Berlin");
  g_autoptr (BatonFlowHours) hours =
      baton_flow_hours_new (BATON_FLOW_USUAL_HOURS, view->zone, MONDAY - DAY, MONDAY + 400 * DAY);

  for (guint pass = 0; pass < 2; pass++)
    {
      g_autoptr (BatonFlowTimes) times = NULL;
      g_autoptr (BatonFlowWhere) where = NULL;
      BatonFlowSpent total;
      double lead = 0;

      view->hours = pass == 1 ? hours : NULL;
      times = baton_flow_times_new (view);
      where = baton_flow_where_new (view, BATON_FLOW_CHANNEL);
      total = baton_flow_where_total (where, 0);
      for (guint i = 0; i < times->items->len; i++)
        {
          const BatonFlowItem *item = &g_array_index (times->items, BatonFlowItem, i);

          g_assert_cmpint (item->cycle, >=, 0);
          g_assert_cmpint (item->lead, >=, item->cycle);
          lead += (double) item->lead;
        }
      g_assert_cmpuint (times->items->len, >, 50);
      g_assert_cmpfloat ((double) (total.active + total.waiting + total.blocked), ==, times->cycle.total);
      g_assert_cmpfloat (times->cycle.total + (double) total.before, ==, lead);
    }
}

static void
test_percentiles (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed ());
  BatonFlowSample sample = { 0 };

  for (guint round = 0; round < 200; round++)
    {
      gint64 before = G_MININT64;

      baton_flow_sample_add (&sample, g_rand_int_range (rand, 0, 50));
      for (double percent = 0; percent <= 100; percent += 0.5)
        {
          gint64 value = baton_flow_sample_percentile (&sample, percent);
          guint above = baton_flow_sample_above (&sample, value);

          g_assert_cmpint (value, >=, before);
          /* At least so many do not exceed it. */
          g_assert_cmpfloat ((double) (sample.n - above) * 100, >=, percent * sample.n - 1e-6);
          before = value;
        }
    }
  baton_flow_sample_clear (&sample);
}

static void
test_filters (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed ());
  g_autoptr (BatonFlow) flow = random_flow (rand, 800);
  g_autoptr (BatonFlowView) all = view_of (flow, "UTC");
  g_autoptr (BatonFlowTimes) whole = baton_flow_times_new (all);
  g_autoptr (BatonFlowHandoffs) handoffs = baton_flow_handoffs_new (all, BATON_FLOW_BY_PERSON);
  guint finished = 0, unfinished = 0, never = 0;
  double cycle = 0, waiting = 0;

  for (guint32 channel = 0; channel < 5; channel++)
    {
      g_autoptr (BatonFlowView) view = view_of (flow, "UTC");
      g_autoptr (BatonFlowTimes) times = NULL;
      g_autoptr (BatonFlowHandoffs) part = NULL;

      baton_flow_view_choose (view, BATON_FLOW_CHANNEL, channel == 4 ? BATON_FLOW_NONE : channel);
      times = baton_flow_times_new (view);
      part = baton_flow_handoffs_new (view, BATON_FLOW_BY_PERSON);
      finished += times->cycle.n;
      never += times->never_started;
      unfinished += times->in_progress + times->not_started;
      cycle += times->cycle.total;
      waiting += part->waiting;
    }
  g_assert_cmpuint (finished, ==, whole->cycle.n);
  g_assert_cmpuint (never, ==, whole->never_started);
  g_assert_cmpuint (unfinished, ==, whole->in_progress + whole->not_started);
  g_assert_cmpfloat (cycle, ==, whole->cycle.total);
  g_assert_cmpfloat (waiting, ==, handoffs->waiting);
  g_assert_cmpuint (finished + never + unfinished, ==, flow->n_cards);
}

/* Time zones move the borders of days; no duration and no total changes. */
static void
test_zones (void)
{
  static const char *const zones[] = { "UTC", "Asia/Kathmandu", "America/St_Johns", "Pacific/Apia",
    "Europe/Berlin" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed ());
  g_autoptr (BatonFlow) flow = random_flow (rand, 500);
  gint64 first, last;
  double cycle = -1;
  guint finished = 0;

  g_assert_true (baton_flow_span (flow, &first, &last));
  for (guint i = 0; i < G_N_ELEMENTS (zones); i++)
    {
      g_autoptr (BatonFlowView) view = view_of (flow, zones[i]);
      g_autoptr (BatonFlowTimes) times = baton_flow_times_new (view);
      g_autoptr (BatonFlowCfd) cfd = baton_flow_cfd_new (view, baton_flow_days_new (view->zone, first, last));
      guint sum = 0;

      for (guint day = 0; day < cfd->days->n; day++)
        sum += baton_flow_cfd_throughput (cfd, day);
      if (i == 0)
        {
          cycle = times->cycle.total;
          finished = sum;
        }
      g_assert_cmpfloat (times->cycle.total, ==, cycle);
      g_assert_cmpuint (sum, ==, finished);
      g_assert_cmpuint (sum, ==, times->lead.n);
    }
}

/* Little: in a steady state, average work in progress = arrivals per time × average time in it. */
static void
test_little (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed ());
  g_autoptr (BatonFlow) flow = flow_of ("ad");
  g_autoptr (BatonFlowView) view = view_of (flow, "UTC");
  g_autoptr (BatonFlowTimes) times = NULL;
  g_autoptr (BatonFlowCfd) cfd = NULL;
  double at = 0, free_at = 0, wip = 0, days = 0;
  guint from = 200, to = 3800;

  /* One server, busy 80 % of the time. */
  while (at < 4000.0 * 24)
    {
      g_autofree char *events = NULL;
      double done;

      at += -log (1 - g_rand_double (rand)) * 10;
      done = MAX (at, free_at) - log (1 - g_rand_double (rand)) * 8;
      free_at = done;
      events = g_strdup_printf ("%.6f:a %.6f:d", at, done);
      flow_card (flow, events);
    }
  view->now = MONDAY + 4100 * DAY;
  cfd = baton_flow_cfd_new (view, baton_flow_days_new (view->zone, MONDAY, MONDAY + 4000 * DAY));
  view->from = cfd->days->starts[from];
  view->to = cfd->days->starts[to];
  times = baton_flow_times_new (view);
  for (guint i = from; i <= to; i++)
    wip += baton_flow_cfd_wip (cfd, i);
  wip /= to - from + 1;
  days = to - from;
  {
    double little = times->cycle.n / days * baton_flow_sample_mean (&times->cycle) / (double) DAY;

    g_test_message ("wip %.3f, arrivals × time %.3f", wip, little);
    g_assert_cmpfloat (fabs (wip - little) / little, <, 0.05);
  }
}

static void
check_same_sample (BatonFlowSample *a, BatonFlowSample *b)
{
  baton_flow_sample_sort (a);
  baton_flow_sample_sort (b);
  g_assert_cmpmem (a->values, a->n * sizeof (gint64), b->values, b->n * sizeof (gint64));
}

/* What is kept up to date card by card is what is made anew. */
static void
test_incremental (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed ());
  g_autoptr (BatonFlow) flow = random_flow (rand, 200);
  g_autoptr (BatonFlowView) view = view_of (flow, "UTC");
  g_autoptr (BatonFlowTimes) times = NULL;
  g_autoptr (BatonFlowCfd) cfd = NULL;
  g_autoptr (BatonFlowWhere) where = NULL;
  g_autoptr (BatonFlowHandoffs) handoffs = NULL;
  g_autoptr (BatonFlowQuality) quality = NULL;

  view->from = MONDAY + 10 * DAY;
  times = baton_flow_times_new (view);
  cfd = baton_flow_cfd_new (view, baton_flow_days_new (view->zone, MONDAY, MONDAY + 150 * DAY));
  where = baton_flow_where_new (view, BATON_FLOW_CHANNEL);
  handoffs = baton_flow_handoffs_new (view, BATON_FLOW_BY_PERSON);
  quality = baton_flow_quality_new (view);
  for (guint i = 0; i < 300; i++)
    {
      guint32 card = (guint32) g_rand_int_range (rand, 0, 200);
      BatonFlowEvent event = { .at = MONDAY + (gint64) (g_rand_double (rand) * (double) (150 * DAY)),
        .person = (guint32) g_rand_int_range (rand, 0, 4),
        .stage = (guint16) g_rand_int_range (rand, 0, N_STAGES),
        .type = (guint8) g_rand_int_range (rand, 0, BATON_FLOW_RETURN + 1) };

      for (guint pass = 0; pass < 2; pass++)
        {
          baton_flow_times_put (times, view, card, pass == 1);
          baton_flow_cfd_put (cfd, view, card, pass == 1);
          baton_flow_where_put (where, view, card, pass == 1);
          baton_flow_handoffs_put (handoffs, view, card, pass == 1);
          baton_flow_quality_put (quality, view, card, pass == 1);
          if (pass == 0)
            {
              baton_flow_add_event (flow, card, &event);
              baton_flow_derive (flow, card);
            }
        }
    }
  baton_flow_cfd_sum (cfd);
  baton_flow_handoffs_rank (handoffs);
  {
    g_autoptr (BatonFlowTimes) times2 = baton_flow_times_new (view);
    g_autoptr (BatonFlowCfd) cfd2 =
        baton_flow_cfd_new (view, baton_flow_days_new (view->zone, MONDAY, MONDAY + 150 * DAY));
    g_autoptr (BatonFlowWhere) where2 = baton_flow_where_new (view, BATON_FLOW_CHANNEL);
    g_autoptr (BatonFlowHandoffs) handoffs2 = baton_flow_handoffs_new (view, BATON_FLOW_BY_PERSON);
    g_autoptr (BatonFlowQuality) quality2 = baton_flow_quality_new (view);
    BatonFlowSpent a = baton_flow_where_total (where, 0);
    BatonFlowSpent b = baton_flow_where_total (where2, 0);

    check_same_sample (&times->cycle, &times2->cycle);
    check_same_sample (&times->lead, &times2->lead);
    g_assert_cmpuint (times->items->len, ==, times2->items->len);
    g_assert_cmpuint (times->never_started, ==, times2->never_started);
    g_assert_cmpuint (times->in_progress, ==, times2->in_progress);
    g_assert_cmpuint (times->set_aside, ==, times2->set_aside);
    g_assert_cmpmem (cfd->arrived, (3 * N_STAGES + 2) * cfd->n_points * sizeof (guint32), cfd2->arrived,
        (3 * N_STAGES + 2) * cfd2->n_points * sizeof (guint32));
    g_assert_cmpmem (&a, sizeof a, &b, sizeof b);
    g_assert_cmpuint (handoffs->edges->len, ==, handoffs2->edges->len);
    for (guint i = 0; i < handoffs->edges->len; i++)
      {
        BatonFlowEdge *x = g_ptr_array_index (handoffs->edges, i);
        BatonFlowEdge *y = g_ptr_array_index (handoffs2->edges, i);

        g_assert_cmpuint (x->from, ==, y->from);
        g_assert_cmpuint (x->direct, ==, y->direct);
        check_same_sample (&x->wait, &y->wait);
      }
    g_assert_cmpmem (quality->yields, N_STAGES * sizeof (BatonFlowYield), quality2->yields,
        N_STAGES * sizeof (BatonFlowYield));
    g_assert_cmpuint (quality->reworks, ==, quality2->reworks);
  }
}

/* Histories with ties, gaps and unknown people never give a number that is none, or a share beyond 0 … 1. */
static void
test_no_nonsense (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed ());

  for (guint round = 0; round < 30; round++)
    {
      g_autoptr (BatonFlow) flow = random_flow (rand, (guint) g_rand_int_range (rand, 0, 12));
      g_autoptr (BatonFlowView) view = view_of (flow, "UTC");
      g_autoptr (BatonFlowTimes) times = baton_flow_times_new (view);
      g_autoptr (BatonFlowCfd) cfd = baton_flow_cfd_new (view,
          baton_flow_days_new (view->zone, MONDAY, MONDAY + (gint64) g_rand_int_range (rand, 0, 90) * DAY));
      g_autoptr (GArray) narrow = baton_flow_bottleneck (view, cfd);
      g_autoptr (GArray) ages =
          baton_flow_ages (view, times, baton_flow_sample_percentile (&times->cycle, 85));
      g_autoptr (BatonFlowHandoffs) handoffs = baton_flow_handoffs_new (view, BATON_FLOW_BY_PERSON);

      for (guint i = 0; i < narrow->len; i++)
        {
          const BatonFlowNarrow *item = &g_array_index (narrow, BatonFlowNarrow, i);

          g_assert_true (isfinite (item->score) && item->score >= 0 && item->score <= 1);
          g_assert_true (isfinite (item->utilisation) && item->utilisation >= 0 && item->utilisation <= 1);
          g_assert_cmpint (item->median_wait, >=, 0);
          g_assert_cmpint (item->oldest, >=, 0);
        }
      for (guint i = 0; i < ages->len; i++)
        {
          const BatonFlowAge *age = &g_array_index (ages, BatonFlowAge, i);

          g_assert_cmpint (age->age, >=, age->in_stage);
          g_assert_true (age->chance_late == -1 || (age->chance_late >= 0 && age->chance_late <= 1));
        }
      for (guint i = 0; i < handoffs->edges->len; i++)
        {
          const BatonFlowEdge *edge = g_ptr_array_index (handoffs->edges, i);

          g_assert_true (edge->share >= 0 && edge->share <= 1);
          g_assert_cmpuint (edge->direct, <=, edge->wait.n);
        }
      for (guint i = 0; i < cfd->n_points; i++)
        g_assert_cmpint (baton_flow_cfd_approximate_time (cfd, i), >=, -1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/flow/properties/cfd-gaps", test_cfd_gaps);
  g_test_add_func ("/flow/properties/sums", test_sums);
  g_test_add_func ("/flow/properties/percentiles", test_percentiles);
  g_test_add_func ("/flow/properties/filters", test_filters);
  g_test_add_func ("/flow/properties/zones", test_zones);
  g_test_add_func ("/flow/properties/little", test_little);
  g_test_add_func ("/flow/properties/incremental", test_incremental);
  g_test_add_func ("/flow/properties/no-nonsense", test_no_nonsense);
  return g_test_run ();
}
