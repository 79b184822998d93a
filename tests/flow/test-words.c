/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "duration-words.h"

#define MINUTE (60.0 * G_USEC_PER_SEC)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)

/* Each as exact as the least of those that stand in one sentence, where that is said in the same unit. */
static void
test_durations (void)
{
  static const struct
  {
    double duration, least;
    const char *words;
  } cases[] = {
    { 6 * DAY, 6 * DAY, "6.0 days" },
    { 13.8 * DAY, 13.8 * DAY, "14 days" },
    { 13.8 * DAY, 6 * DAY, "13.8 days" },
    { -13.8 * DAY, -6.9 * DAY, "13.8 days" },
    { 36 * HOUR, 18 * HOUR, "36 hours" },
    { 36 * HOUR, 9 * HOUR, "36.0 hours" },
    { 14 * DAY, 5 * HOUR, "14 days" },
    { 14 * DAY, 10 * MINUTE, "14 days" },
    { 2000 * DAY, 3 * DAY, "2000 days" },
    { 5 * HOUR, 10 * MINUTE, "5.0 hours" },
    { 30 * HOUR, 1 * HOUR, "30 hours" },
    { 25 * MINUTE, 5 * MINUTE, "25 minutes" },
    { MINUTE, MINUTE, "1 minute" },
    { 0, 0, "0 minutes" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = baton_duration_words_beside (cases[i].duration, cases[i].least);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/flow/words/durations", test_durations);
  return g_test_run ();
}
