/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Cycle time, lead time, age and percentiles, against arithmetic that can be done in the head. */
#include "cases.h"
#include "times.h"

static BatonFlowView *
view_at (const BatonFlow *flow, double hour)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  return baton_flow_view_new (flow, MONDAY + (gint64) (hour * (double) HOUR), utc);
}

static void
check_card (const char *kinds, const char *events, BatonFlowState state, double cycle_hours)
{
  g_autoptr (BatonFlow) flow = flow_of (kinds);
  guint32 index = flow_card (flow, events);
  const BatonFlowCard *card = &flow->cards[index];

  g_assert_cmpint (card->state, ==, state);
  if (state == BATON_FLOW_FINISHED)
    g_assert_cmpint (card->finished - card->started, ==, (gint64) (cycle_hours * (double) HOUR));
  else if (state != BATON_FLOW_NEVER_STARTED)
    g_assert_cmpint (card->finished, ==, BATON_FLOW_NEVER);
}

static void
test_definition (void)
{
  /* From the first active at 10 to done at 34, whatever lies between. */
  check_card ("bqaqrd", "0:b 4:q 10:a 12:q2 30:r 34:d", BATON_FLOW_FINISHED, 24);
  /* A review stage starts the clock as well. */
  check_card ("bqaqrd", "0:b 30:r 34:d", BATON_FLOW_FINISHED, 4);
  /* Reopened and not done again: unfinished. */
  check_card ("bqad", "0:a 5:d 6:a", BATON_FLOW_IN_PROGRESS, 0);
  /* Reopened and done again: from the first start to the last done. */
  check_card ("bqad", "0:a 5:d 6:a 9:d", BATON_FLOW_FINISHED, 9);
  /* Done without work, and worked on only after that: first done at 2 does not count, the start is at 3. */
  check_card ("bqad", "0:b 2:d 3:a 7:d", BATON_FLOW_FINISHED, 4);
  check_card ("bqad", "0:b 2:q 3:d", BATON_FLOW_NEVER_STARTED, 0);
  check_card ("bqad", "0:b 2:q", BATON_FLOW_NOT_STARTED, 0);
  /* A second entry into done, into the same stage or another one, is the last one. */
  check_card ("bqadd", "0:a 5:d 8:d", BATON_FLOW_FINISHED, 8);
  check_card ("bqadd", "0:a 5:d 8:d2", BATON_FLOW_FINISHED, 8);
  /* Told out of order: at 6 it is done. */
  check_card ("bqad", "6:d 0:b 2:a", BATON_FLOW_FINISHED, 4);
  /* All at one instant: in the order in which they were told. */
  check_card ("bqad", "3:b 3:a 3:d", BATON_FLOW_FINISHED, 0);
  check_card ("bqad", "3:d 3:a", BATON_FLOW_IN_PROGRESS, 0);
  /* Blocked time runs on. */
  check_card ("bqad", "0:a 2:! 8:+ 10:d", BATON_FLOW_FINISHED, 10);
  /* In the archive it stays finished. */
  check_card ("bqad", "0:a 10:d 20:<", BATON_FLOW_FINISHED, 10);
}

static void
test_forty_times (void)
{
  g_autoptr (GString) events = g_string_new ("0:b");
  g_autoptr (BatonFlow) flow = flow_of ("bad");
  g_autoptr (BatonFlowView) view = view_at (flow, 1000);
  g_autoptr (BatonFlowTimes) times = NULL;

  for (guint i = 0; i < 40; i++)
    g_string_append_printf (events, " %u:a %u:d", 10 + 2 * i, 11 + 2 * i);
  flow_card (flow, events->str);
  times = baton_flow_times_new (view);
  g_assert_cmpuint (times->cycle.n, ==, 1);
  /* From 10 to 11 + 2 · 39 = 89. */
  g_assert_cmpint (baton_flow_sample_percentile (&times->cycle, 50), ==, 79 * HOUR);
  g_assert_cmpint (baton_flow_sample_percentile (&times->lead, 50), ==, 89 * HOUR);
}

static void
test_percentiles (void)
{
  BatonFlowSample sample = { 0 };

  g_assert_cmpint (baton_flow_sample_percentile (&sample, 50), ==, 0);
  for (gint64 i = 20; i >= 1; i--)
    baton_flow_sample_add (&sample, i);
  /* 85 % of 20 are 17 values; 17 of them do not exceed 17. */
  g_assert_cmpint (baton_flow_sample_percentile (&sample, 85), ==, 17);
  g_assert_cmpint (baton_flow_sample_percentile (&sample, 86), ==, 18);
  g_assert_cmpint (baton_flow_sample_percentile (&sample, 50), ==, 10);
  g_assert_cmpint (baton_flow_sample_percentile (&sample, 95), ==, 19);
  g_assert_cmpint (baton_flow_sample_percentile (&sample, 0), ==, 1);
  g_assert_cmpint (baton_flow_sample_percentile (&sample, 100), ==, 20);
  g_assert_cmpfloat (baton_flow_sample_mean (&sample), ==, 10.5);
  baton_flow_sample_remove (&sample, 17);
  /* 19 values: ⌈0.85 · 19⌉ = ⌈16.15⌉ = 17th, which is 18 now. */
  g_assert_cmpint (baton_flow_sample_percentile (&sample, 85), ==, 18);
  baton_flow_sample_add (&sample, 5);
  g_assert_cmpint (baton_flow_sample_percentile (&sample, 30), ==, 5);
  baton_flow_sample_clear (&sample);
}

static void
test_sort (void)
{
  guint seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (guint round = 0; round < 20; round++)
    {
      guint n = g_rand_int_range (rand, 1, 20000);
      g_autofree gint64 *values = g_new (gint64, n);
      gint64 sum = 0;

      for (guint i = 0; i < n; i++)
        {
          values[i] = round % 3 == 0
                          ? g_rand_int_range (rand, -5, 5)
                          : ((gint64) g_rand_int (rand) << 31) - ((gint64) g_rand_int (rand) << 30);
          sum ^= values[i];
        }
      baton_flow_sort (values, n);
      for (guint i = 0; i < n; i++)
        {
          sum ^= values[i];
          g_assert_true (i == 0 || values[i - 1] <= values[i]);
        }
      g_assert_cmpint (sum, ==, 0);
    }
}

static void
test_counts (void)
{
  g_autoptr (BatonFlow) flow = flow_of ("bqad");
  g_autoptr (BatonFlowView) view = view_at (flow, 100);
  g_autoptr (BatonFlowTimes) times = NULL;
  guint32 hidden;

  flow_card (flow, "0:b 10:a 20:d"); /* 10 hours, lead 20 */
  flow_card (flow, "0:b 10:a 40:d"); /* 30, lead 40 */
  flow_card (flow, "0:b 10:a 90:d"); /* 80, lead 90 */
  flow_card (flow, "0:b 50:d");      /* never started, lead 50 */
  flow_card (flow, "0:b 60:a");      /* in progress */
  flow_card (flow, "0:b 60:a 70:<"); /* in progress and set aside */
  flow_card (flow, "0:b");           /* not started */
  hidden = flow_card (flow, "0:a 1:d");
  flow->cards[hidden].hidden = TRUE;
  times = baton_flow_times_new (view);
  g_assert_cmpuint (times->cycle.n, ==, 3);
  g_assert_cmpuint (times->never_started, ==, 1);
  g_assert_cmpuint (times->in_progress, ==, 2);
  g_assert_cmpuint (times->not_started, ==, 1);
  g_assert_cmpuint (times->set_aside, ==, 1);
  g_assert_cmpint (baton_flow_sample_percentile (&times->cycle, 50), ==, 30 * HOUR);
  g_assert_cmpfloat (baton_flow_sample_mean (&times->cycle), ==, 40.0 * HOUR);
  g_assert_cmpuint (times->lead.n, ==, 4);
  g_assert_cmpfloat (baton_flow_sample_mean (&times->lead), ==, 50.0 * HOUR);
}

/* What ended belongs to the period in which it ended, and the borders to one side only. */
static void
test_period (void)
{
  g_autoptr (BatonFlow) flow = flow_of ("bqad");
  g_autoptr (BatonFlowView) view = view_at (flow, 100);
  g_autoptr (BatonFlowTimes) first = NULL;
  g_autoptr (BatonFlowTimes) second = NULL;

  flow_card (flow, "0:a 20:d");
  flow_card (flow, "0:a 40:d");
  flow_card (flow, "0:a 41:d");
  view->to = MONDAY + 40 * HOUR;
  first = baton_flow_times_new (view);
  view->from = view->to;
  view->to = G_MAXINT64;
  second = baton_flow_times_new (view);
  g_assert_cmpuint (first->cycle.n, ==, 1);
  g_assert_cmpuint (second->cycle.n, ==, 2);
}

static void
test_ages (void)
{
  g_autoptr (BatonFlow) flow = flow_of ("bqad");
  g_autoptr (BatonFlowView) view = view_at (flow, 100);
  g_autoptr (BatonFlowTimes) times = NULL;
  g_autoptr (GArray) ages = NULL;
  const BatonFlowAge *age;
  guint32 old, young;

  flow_card (flow, "0:a 10:d");
  flow_card (flow, "0:a 20:d");
  flow_card (flow, "0:a 30:d");
  flow_card (flow, "0:a 40:d");
  young = flow_card (flow, "0:b 75:a");
  old = flow_card (flow, "0:a 30:q");
  flow_card (flow, "0:a 30:q 40:<");
  flow_card (flow, "0:b");
  times = baton_flow_times_new (view);
  /* 75 % of 4 is the third: 30 hours. */
  ages = baton_flow_ages (view, times, baton_flow_sample_percentile (&times->cycle, 75));
  g_assert_cmpuint (ages->len, ==, 2);
  age = &g_array_index (ages, BatonFlowAge, 0);
  g_assert_cmpuint (age->card, ==, old);
  g_assert_cmpint (age->age, ==, 100 * HOUR);
  g_assert_cmpint (age->in_stage, ==, 70 * HOUR);
  g_assert_cmpfloat (age->chance_late, ==, 1);
  age = &g_array_index (ages, BatonFlowAge, 1);
  g_assert_cmpuint (age->card, ==, young);
  /* 25 hours old: of those that lasted longer, 30 and 40, one missed 30. */
  g_assert_cmpfloat (age->chance_late, ==, 0.5);
}

static void
test_pace (void)
{
  static const double percents[] = { 50, 100 };
  g_autoptr (BatonFlow) flow = flow_of ("bard");
  g_autoptr (BatonFlowView) view = view_at (flow, 100);
  g_autoptr (BatonFlowTimes) times = NULL;
  g_autofree gint64 *pace = NULL;

  flow_card (flow, "0:b 1:a 5:r 11:d");          /* left active at age 4, review at 10 */
  flow_card (flow, "0:b 1:a 7:r 9:a 15:r 21:d"); /* active for the last time at 14, review at 20 */
  times = baton_flow_times_new (view);
  pace = baton_flow_pace (view, times, percents, 2);
  g_assert_cmpint (pace[1 * 2], ==, 4 * HOUR);
  g_assert_cmpint (pace[1 * 2 + 1], ==, 14 * HOUR);
  g_assert_cmpint (pace[2 * 2], ==, 10 * HOUR);
  g_assert_cmpint (pace[2 * 2 + 1], ==, 20 * HOUR);
}

static void
test_fast (void)
{
  g_autoptr (BatonFlow) flow = flow_of ("bqad");
  g_autoptr (BatonFlowView) view = view_at (flow, 100);
  g_autoptr (BatonFlowFast) fast = NULL;

  flow->fast = 3;
  flow_card (flow, "0:b 2:a 6:d");
  flow_card (flow, "0:b 8:a");
  flow->cards[0].dims[BATON_FLOW_URGENCY] = 3;
  flow->cards[1].dims[BATON_FLOW_URGENCY] = 3;
  flow_card (flow, "0:b 2:a 32:d");
  fast = baton_flow_fast_new (view);
  g_assert_cmpuint (fast->cards, ==, 2);
  g_assert_cmpuint (fast->unfinished, ==, 1);
  g_assert_cmpint (baton_flow_sample_percentile (&fast->response, 100), ==, 8 * HOUR);
  g_assert_cmpint (baton_flow_sample_percentile (&fast->cycle, 50), ==, 4 * HOUR);
  g_assert_cmpint (baton_flow_sample_percentile (&fast->other_cycle, 50), ==, 30 * HOUR);
}

static void
test_empty (void)
{
  g_autoptr (BatonFlow) none = baton_flow_new (NULL, 0);
  g_autoptr (BatonFlow) flow = flow_of ("bqad");
  g_autoptr (BatonFlowView) view = view_at (flow, 0);
  g_autoptr (BatonFlowView) void_view = view_at (none, 0);
  g_autoptr (BatonFlowTimes) times = baton_flow_times_new (view);
  g_autoptr (BatonFlowTimes) void_times = baton_flow_times_new (void_view);
  g_autoptr (GArray) ages = baton_flow_ages (view, times, 0);
  g_autofree gint64 *pace = baton_flow_pace (void_view, void_times, NULL, 0);
  gint64 first, last;

  g_assert_cmpuint (ages->len, ==, 0);
  g_assert_cmpfloat (baton_flow_sample_mean (&times->cycle), ==, 0);
  g_assert_false (baton_flow_span (flow, &first, &last));
  g_assert_nonnull (pace);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/flow/times/definition", test_definition);
  g_test_add_func ("/flow/times/forty-times", test_forty_times);
  g_test_add_func ("/flow/times/percentiles", test_percentiles);
  g_test_add_func ("/flow/times/sort", test_sort);
  g_test_add_func ("/flow/times/counts", test_counts);
  g_test_add_func ("/flow/times/period", test_period);
  g_test_add_func ("/flow/times/ages", test_ages);
  g_test_add_func ("/flow/times/pace", test_pace);
  g_test_add_func ("/flow/times/fast-lane", test_fast);
  g_test_add_func ("/flow/times/empty", test_empty);
  return g_test_run ();
}
