/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-review-window"

#include "hours.h"
#include "review-window.h"
#include "test-random.h"

static gint64
at (const char *zone_name, int year, int month, int day, int hour, int minute)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (zone_name);
  g_autoptr (GDateTime) time = g_date_time_new (zone, year, month, day, hour, minute, 0);

  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

#define VIENNA "Europe/Vienna"
#define WEEK "1-5 09:00-17:00"

static void
test_calendar (void)
{
  gint64 now = at (VIENNA, 2026, 6, 5, 15, 30);

  g_assert_cmpint (baton_review_window_end (now, 24, NULL, VIENNA), ==, at (VIENNA, 2026, 6, 6, 15, 30));
  g_assert_cmpint (baton_review_window_end (now, 24, "", NULL), ==, at (VIENNA, 2026, 6, 6, 15, 30));
  /* What cannot be read does not make a window endless. */
  g_assert_cmpint (baton_review_window_end (now, 24, "always", VIENNA), ==, at (VIENNA, 2026, 6, 6, 15, 30));
  g_assert_cmpint (baton_review_window_end (now, 0, WEEK, VIENNA), ==, now);
}

static void
test_working (void)
{
  /* Friday afternoon: an hour and a half today, the rest on Monday and on. */
  gint64 friday = at (VIENNA, 2026, 6, 5, 15, 30);

  g_assert_cmpint (baton_review_window_end (friday, 1, WEEK, VIENNA), ==, at (VIENNA, 2026, 6, 5, 16, 30));
  g_assert_cmpint (baton_review_window_end (friday, 2, WEEK, VIENNA), ==, at (VIENNA, 2026, 6, 8, 9, 30));
  g_assert_cmpint (baton_review_window_end (friday, 24, WEEK, VIENNA), ==, at (VIENNA, 2026, 6, 10, 15, 30));
  /* Asked for at night and at the weekend, it begins in the morning. */
  g_assert_cmpint (baton_review_window_end (at (VIENNA, 2026, 6, 6, 3, 0), 8, WEEK, VIENNA), ==,
      at (VIENNA, 2026, 6, 8, 17, 0));
  g_assert_cmpint (
      baton_review_window_end (friday, 6, "1-4 09:00-17:00; 5 09:00-13:00, 6 09:00-12:00", VIENNA), ==,
      friday + 6 * G_TIME_SPAN_HOUR);
  g_assert_cmpint (baton_review_window_end (friday, 6, "1-4 09:00-17:00; 5 09:00-13:00", VIENNA), ==,
      at (VIENNA, 2026, 6, 8, 15, 0));
  g_assert_cmpint (
      baton_review_window_end (friday, 3, "1,3 08:00-10:00", VIENNA), ==, at (VIENNA, 2026, 6, 10, 9, 0));
}

/* Clocks are set forward in the night to 29 March 2026; working hours by day do not mind. */
static void
test_summer_time (void)
{
  g_assert_cmpint (baton_review_window_end (at (VIENNA, 2026, 3, 27, 16, 0), 2, WEEK, VIENNA), ==,
      at (VIENNA, 2026, 3, 30, 10, 0));
  /* Who works through that night works an hour less on the clock. */
  g_assert_cmpint (baton_review_window_end (at (VIENNA, 2026, 3, 28, 20, 0), 8, "1-7 00:00-24:00", VIENNA),
      ==, at (VIENNA, 2026, 3, 28, 20, 0) + 8 * G_TIME_SPAN_HOUR);
}

static void
test_other_zone (void)
{
  gint64 now = at (VIENNA, 2026, 6, 5, 10, 0); /* four in the morning in New York */

  g_assert_cmpint (baton_review_window_end (now, 1, WEEK, "America/New_York"), ==,
      at ("America/New_York", 2026, 6, 5, 10, 0));
}

/* Whatever the hours: never before the beginning plus its hours, and a longer window never ends earlier. */
static void
test_order (void)
{
  for (guint round = 0; round < baton_test_rounds (200); round++)
    {
      BatonTestRandom random = baton_test_random (round);
      gint64 from =
          at (VIENNA, 2026, 1, 1, 0, 0) + (gint64) baton_test_below (&random, 525600) * G_TIME_SPAN_MINUTE;
      gint64 hours = baton_test_below (&random, 60);
      g_autofree char *text = g_strdup_printf ("%u-%u %02u:00-%02u:30", 1 + baton_test_below (&random, 3),
          4 + baton_test_below (&random, 3), baton_test_below (&random, 12),
          12 + baton_test_below (&random, 11));
      gint64 end = baton_review_window_end (from, hours, text, VIENNA);

      g_assert_true (baton_working_hours_are_valid (text));
      g_assert_cmpint (end, >=, from + hours * G_TIME_SPAN_HOUR);
      g_assert_cmpint (baton_review_window_end (from, hours + 1, text, VIENNA), >, end);
    }
}

/* Some days and times, in several parts. */
static char *
random_hours (BatonTestRandom *random)
{
  GString *text = g_string_new (NULL);

  for (guint part = baton_test_below (random, 4) + 1; part > 0; part--)
    {
      guint from = baton_test_below (random, 20);

      g_string_append_printf (text, "%u", 1 + baton_test_below (random, 3));
      if (baton_test_below (random, 2) > 0)
        g_string_append_printf (text, "-%u", 4 + baton_test_below (random, 2));
      if (baton_test_below (random, 2) > 0)
        g_string_append_printf (text, ",%u", 5 + baton_test_below (random, 3));
      g_string_append_printf (text, " %02u:%02u-%02u:%02u", from, baton_test_below (random, 60),
          from + 1 + baton_test_below (random, 4), baton_test_below (random, 60));
      g_string_append (text, part > 1 ? ";" : "");
    }
  return g_string_free (text, FALSE);
}

/* What boards take as working hours the numbers read as well, and both count the same. */
static void
test_same_as_numbers (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  for (guint round = 0; round < baton_test_rounds (200); round++)
    {
      BatonTestRandom random = baton_test_random (round);
      gint64 from =
          at ("UTC", 2026, 1, 1, 0, 0) + (gint64) baton_test_below (&random, 9000) * G_TIME_SPAN_MINUTE;
      gint64 hours = baton_test_below (&random, 60);
      g_autofree char *text = random_hours (&random);
      gint64 end = baton_review_window_end (from, hours, text, "UTC");
      g_autoptr (BatonFlowHours) clock = NULL;

      g_test_message ("%s", text);
      g_assert_true (baton_working_hours_are_valid (text));
      clock = baton_flow_hours_new (text, utc, from, end);
      g_assert_nonnull (clock);
      g_assert_cmpint (baton_flow_hours_clock (clock, end) - baton_flow_hours_clock (clock, from), ==,
          hours * G_TIME_SPAN_HOUR);
    }
}

static void
test_malformed (void)
{
  static const char *const bad[] = { "", "1-5", "09:00-17:00", "0-5 09:00-17:00", "1-8 09:00-17:00",
    "5-1 09:00-17:00", "1-5 9:00-17:00", "1-5 09:00-25:00", "1-5 17:00-09:00", "1-5 09:00-09:00",
    "1-5 09:60-17:00", "1-5 09:00-17:00;", "1-5  09:00-17:00", "Mon-Fri 09:00-17:00", "1-5 09:00–17:00" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      if (baton_working_hours_are_valid (bad[i]))
        g_error ("“%s” was taken", bad[i]);
    }
}

int
main (int argc, char **argv)
{
  baton_test_init (&argc, &argv);
  g_test_add_func ("/review-window/calendar", test_calendar);
  g_test_add_func ("/review-window/working", test_working);
  g_test_add_func ("/review-window/summer-time", test_summer_time);
  g_test_add_func ("/review-window/other-zone", test_other_zone);
  g_test_add_func ("/review-window/order", test_order);
  g_test_add_func ("/review-window/same-as-numbers", test_same_as_numbers);
  g_test_add_func ("/review-window/malformed", test_malformed);
  return g_test_run ();
}
