/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Days, weeks and working hours, over changes of the clocks and at the ends of time. */
#include "cases.h"
#include "days.h"
#include "hours.h"

/* 2026-03-29 02:00 in Berlin the clocks go to 03:00; 2026-10-25 03:00 back to 02:00. */
static gint64
utc (int year, int month, int day, double hour)
{
  g_autoptr (GDateTime) time = g_date_time_new_utc (year, month, day, 0, 0, 0);

  return g_date_time_to_unix (time) * G_USEC_PER_SEC + (gint64) (hour * (double) HOUR);
}

static void
test_days (void)
{
  g_autoptr (GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");
  g_autoptr (BatonFlowDays) days = NULL;
  g_autoptr (BatonFlowDays) weeks = NULL;

  g_assert_nonnull (berlin);
  days = baton_flow_days_new (berlin, utc (2026, 3, 28, 12), utc (2026, 3, 30, 12));
  g_assert_cmpuint (days->n, ==, 3);
  g_assert_cmpint (days->starts[0], ==, utc (2026, 3, 27, 23));
  g_assert_cmpint (days->starts[1], ==, utc (2026, 3, 28, 23));
  g_assert_cmpint (days->starts[2] - days->starts[1], ==, 23 * HOUR);
  g_assert_cmpint (days->starts[3] - days->starts[2], ==, 24 * HOUR);
  g_assert_cmpuint (baton_flow_days_find (days, utc (2026, 3, 29, 21.9)), ==, 1);
  g_assert_cmpuint (baton_flow_days_find (days, utc (2026, 3, 29, 22)), ==, 2);
  g_assert_cmpuint (baton_flow_days_find (days, 0), ==, 0);
  g_assert_cmpuint (baton_flow_days_find (days, utc (2150, 1, 1, 0)), ==, 2);
  weeks = baton_flow_weeks_new (berlin, utc (2026, 10, 25, 12), utc (2026, 10, 26, 12));
  g_assert_cmpuint (weeks->n, ==, 2);
  g_assert_cmpint (weeks->starts[0], ==, utc (2026, 10, 18, 22));
  g_assert_cmpint (weeks->starts[1] - weeks->starts[0], ==, (7 * 24 + 1) * HOUR);
}

static void
test_far (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (BatonFlowDays) days = baton_flow_days_new (zone, utc (1970, 1, 1, 0), utc (2150, 12, 31, 0));
  g_autoptr (BatonFlowDays) ages = baton_flow_days_new (zone, utc (1, 1, 1, 0), utc (2150, 12, 31, 0));
  g_autoptr (BatonFlowDays) one = baton_flow_days_new (zone, MONDAY, MONDAY - DAY);

  g_assert_cmpuint (days->days_each, ==, 1);
  g_assert_cmpuint (days->n, ==, 66109);
  g_assert_cmpuint (ages->days_each, >, 1);
  g_assert_cmpuint (ages->n, <=, BATON_FLOW_MOST_DAYS);
  g_assert_cmpuint (one->n, ==, 1);
}

static gint64
worked (const char *text, const char *zone_name, gint64 from, gint64 to)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (zone_name);
  g_autoptr (BatonFlowHours) hours = baton_flow_hours_new (text, zone, from, to);

  g_assert_nonnull (hours);
  return baton_flow_hours_clock (hours, to) - baton_flow_hours_clock (hours, from);
}

static void
test_hours (void)
{
  /* Monday 10 to 12, the rest of Monday from 13 to 17, Tuesday from 9 to 10. */
  g_assert_cmpint (worked ("mon-fri 09:00-12:00 13:00-17:00", "UTC", MONDAY + 10 * HOUR, MONDAY + 34 * HOUR),
      ==, 7 * HOUR);
  /* Friday 16 to Monday 10: an hour on each. */
  g_assert_cmpint (
      worked ("mon-fri 09:00-17:00", "UTC", MONDAY + (4 * 24 + 16) * HOUR, MONDAY + (7 * 24 + 10) * HOUR), ==,
      2 * HOUR);
  /* With Saturday. */
  g_assert_cmpint (worked ("1-5 09:00-17:00; 6 10:00-14:00", "UTC", MONDAY + (4 * 24 + 16) * HOUR,
                       MONDAY + (7 * 24 + 10) * HOUR),
      ==, 6 * HOUR);
  /* From a weekend to the same weekend: nothing. */
  g_assert_cmpint (
      worked ("mon-fri 09:00-17:00", "UTC", MONDAY + 5 * 24 * HOUR, MONDAY + 6 * 24 * HOUR), ==, 0);
  /* The day on which clocks go forward has 23 hours, the one on which they go back 25. */
  g_assert_cmpint (
      worked ("mon-sun 00:00-24:00", "Europe/Berlin", utc (2026, 3, 28, 23), utc (2026, 3, 29, 22)), ==,
      23 * HOUR);
  g_assert_cmpint (
      worked ("mon-sun 00:00-24:00", "Europe/Berlin", utc (2026, 10, 24, 22), utc (2026, 10, 25, 23)), ==,
      25 * HOUR);
  /* 01:00 to 04:00 of these days: two hours, and four. */
  g_assert_cmpint (worked ("sun 01:00-04:00", "Europe/Berlin", utc (2026, 3, 28, 12), utc (2026, 3, 29, 12)),
      ==, 2 * HOUR);
  g_assert_cmpint (
      worked ("sun 01:00-04:00", "Europe/Berlin", utc (2026, 10, 24, 12), utc (2026, 10, 25, 12)), ==,
      4 * HOUR);
  /* A span that begins in the hour that is left out begins when it is over. */
  g_assert_cmpint (
      worked ("sun 02:30-04:00", "Europe/Berlin", utc (2026, 3, 28, 12), utc (2026, 3, 29, 12)), ==, HOUR);
}

static void
test_texts (void)
{
  static const char *const good[] = { "mon-fri 09:00-17:00", "MON 9:00-12:00", "1-7 00:00-24:00",
    "mon-fri 09:00-12:00, 13:00-17:00; sat 10:00-14:00;", " sun 01:00-02:00", "1,3,5 08:00-12:00",
    "mon, wed-fri 08:00-12:00", "1-5 09:00-17:00; 1-5 20:00-21:00" };
  static const char *const bad[] = { "", "mon", "mon-fri", "09:00-17:00", "mon 17:00-09:00",
    "mon 09:00-25:00", "fri-mon 09:00-17:00", "mon 09:00-12:00 11:00-13:00", "mon 09:00-17:00 tue",
    "8 09:00-17:00", "mon 9-17", "1,8 09:00-17:00", "1,,2; 3 09:00-10:00" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    g_assert_true (baton_flow_hours_valid (good[i]));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_test_message ("%s", bad[i]);
      g_assert_false (baton_flow_hours_valid (bad[i]));
    }
  g_assert_false (baton_flow_hours_valid (NULL));
}

/* Days in a list, and days that are named again: what is said of them adds up, and no minute counts twice. */
static void
test_lists (void)
{
  static const char *const same[] = { "1,3,5 08:00-12:00 13:00-17:00", "mon,wed,fri 8:00-12:00, 13:00-17:00",
    "1,3,5 13:00-17:00; 1,3,5 08:00-12:00", "1 08:00-12:00; 3,5 08:00-12:00; 1,3,5 13:00-17:00",
    "1,3,5 08:00-10:00; 1,3,5 09:00-12:00; 5,1,3 13:00-17:00; 1 14:00-15:00" };

  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_assert_cmpint (worked (same[i], "UTC", MONDAY, MONDAY + 7 * DAY), ==, 24 * HOUR);
      g_assert_cmpint (worked (same[i], "UTC", MONDAY + 14 * HOUR, MONDAY + 3 * DAY), ==, 11 * HOUR);
      g_assert_cmpint (worked (same[i], "UTC", MONDAY + DAY, MONDAY + 2 * DAY), ==, 0);
    }
}

/* However the hours are, the clock never falls, never runs faster than time, and parts add up. */
static void
test_clock (void)
{
  guint seed = g_test_rand_int ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/New_York");
  g_autoptr (BatonFlowHours) hours = baton_flow_hours_new (
      "mon-thu 08:00-12:00 13:00-17:30; fri 08:00-14:00", zone, MONDAY, MONDAY + 400 * DAY);
  gint64 at = MONDAY;
  gint64 sum = 0;

  g_test_message ("seed %u", seed);
  while (at < MONDAY + 400 * DAY)
    {
      gint64 next = at + (gint64) (g_rand_double (rand) * (double) (2 * DAY));
      gint64 passed = baton_flow_hours_clock (hours, next) - baton_flow_hours_clock (hours, at);

      g_assert_cmpint (passed, >=, 0);
      g_assert_cmpint (passed, <=, next - at);
      sum += passed;
      at = next;
    }
  g_assert_cmpint (sum, ==, baton_flow_hours_clock (hours, at) - baton_flow_hours_clock (hours, MONDAY));
  /* About 57 weeks of 40 hours. */
  g_assert_cmpint (ABS (sum - 57 * 40 * HOUR), <, 41 * HOUR);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/flow/hours/days", test_days);
  g_test_add_func ("/flow/hours/far", test_far);
  g_test_add_func ("/flow/hours/hours", test_hours);
  g_test_add_func ("/flow/hours/texts", test_texts);
  g_test_add_func ("/flow/hours/lists", test_lists);
  g_test_add_func ("/flow/hours/clock", test_clock);
  return g_test_run ();
}
