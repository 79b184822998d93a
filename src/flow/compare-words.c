/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

#include "compare.h"

#include "duration-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

const char *
baton_measure_name (BatonMeasureKind kind)
{
  static const char *const names[BATON_N_MEASURES] = {
    [BATON_MEASURE_MEDIAN] = N_ ("Half are done within"),
    [BATON_MEASURE_P85] = N_ ("85 of 100 are done within"),
    [BATON_MEASURE_P95] = N_ ("95 of 100 are done within"),
    [BATON_MEASURE_WAIT] = N_ ("Share of the time spent waiting"),
    [BATON_MEASURE_THROUGHPUT] = N_ ("Done a week"),
    [BATON_MEASURE_REWORK] = N_ ("Sent back at least once"),
    [BATON_MEASURE_SATISFACTION] = N_ ("Satisfaction"),
  };

  return _ (names[kind]);
}

static char *
too_little_words (const BatonMeasure *median)
{
  return g_strdup_printf (
      _ ("Too little to tell: %u finished cards before and %u after. It takes at least %u in each "
         "period."),
      median->n_before, median->n_after, BATON_COMPARE_FEWEST);
}

/* In how many of 100 pairs the card of the second period took less; equal ones count half. */
static guint
pairs_faster (const BatonRankTest *test)
{
  return (guint) floor (100 * (1 - test->cliff) / 2 + 0.5);
}

static char *
clear_words (const BatonComparison *comparison)
{
  const BatonMeasure *median = &comparison->measures[BATON_MEASURE_MEDIAN];
  gboolean faster = comparison->verdict == BATON_VERDICT_FASTER;
  double least = MIN (MIN (median->before, median->after), fabs (comparison->test.shift));
  g_autofree char *before = baton_duration_words_beside (median->before, least);
  g_autofree char *after = baton_duration_words_beside (median->after, least);
  g_autofree char *shift = baton_duration_words_beside (comparison->test.shift, least);
  guint pairs = pairs_faster (&comparison->test);

  return g_strdup_printf (
      faster
          ? _ ("Cards are done sooner: half within %s instead of %s, typically %s less. Of 100 pairs of a "
               "card "
               "from each period, the later one took less time in %u.")
          : _ ("Cards take longer: half within %s instead of %s, typically %s more. Of 100 pairs of a card "
               "from each period, the later one took more time in %u."),
      after, before, shift, faster ? pairs : 100 - pairs);
}

static char *
unclear_words (const BatonComparison *comparison)
{
  const BatonMeasure *median = &comparison->measures[BATON_MEASURE_MEDIAN];
  const BatonRankTest *test = &comparison->test;
  double least = MIN (median->before, median->after);
  double nearer = MIN (fabs ((double) test->low), fabs ((double) test->high));
  g_autofree char *before = baton_duration_words_beside (median->before, least);
  g_autofree char *after = baton_duration_words_beside (median->after, least);
  g_autofree char *low = baton_duration_words_beside ((double) test->low, nearer);
  g_autofree char *high = baton_duration_words_beside ((double) test->high, nearer);
  g_autofree char *beginning = g_strdup_printf (
      _ ("No difference that chance alone would not make as well: half within %s, before within %s."), after,
      before);

  if (!test->bounded || test->low > 0 || test->high < 0)
    return g_steal_pointer (&beginning);
  return g_strdup_printf (
      _ ("%s Anything from %s less to %s more fits what was seen."), beginning, low, high);
}

char *
baton_compare_words (const BatonComparison *comparison)
{
  switch (comparison->verdict)
    {
    case BATON_VERDICT_FASTER:
    case BATON_VERDICT_SLOWER:
      return clear_words (comparison);
    case BATON_VERDICT_UNCLEAR:
      return unclear_words (comparison);
    case BATON_VERDICT_TOO_LITTLE:
    default:
      return too_little_words (&comparison->measures[BATON_MEASURE_MEDIAN]);
    }
}

char *
baton_compare_warning_words (const BatonComparison *comparison)
{
  const BatonMeasure *satisfaction = &comparison->measures[BATON_MEASURE_SATISFACTION];

  if (!comparison->at_a_cost)
    return g_strdup ("");
  if (comparison->cost_is_clear)
    return g_strdup_printf (
        _ ("Cards take less time, and people are less satisfied: %.1f instead of %.1f. Ask them "
           "before calling it a success."),
        satisfaction->after, satisfaction->before);
  return g_strdup_printf (
      _ ("Satisfaction went from %.1f to %.1f while the time fell. That may be chance; keep an "
         "eye on it."),
      satisfaction->before, satisfaction->after);
}
