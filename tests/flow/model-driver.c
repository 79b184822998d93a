/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* For test-model.py: numbers on standard input, JSON on standard output. A list is its length and its values.
 *
 *   model-driver forecast HORIZON ITEMS SEED   days until the end
 *   model-driver rank                          two sorted lists
 *   model-driver percentile PERCENT SEED       two sorted lists
 *   model-driver ratio SEED                    parts and wholes, twice
 *   model-driver days SEED                     two lists of days
 *   model-driver share                         a, n, b, m
 *   model-driver compare SEED                  cycle times, waits, how many were reworked, days, answers,
 * twice */

#include "bootstrap.h"
#include "compare.h"
#include "forecast.h"
#include "json.h"

#include <stdio.h>
#include <stdlib.h>

static GArray *
read_numbers (void)
{
  GArray *numbers = g_array_new (FALSE, FALSE, sizeof (guint));
  guint number;

  while (scanf ("%u", &number) == 1)
    g_array_append_val (numbers, number);
  return numbers;
}

static void
write_counts (BatonJson *json, const char *name, const guint *counts, guint n)
{
  baton_json_begin_array (json, name);
  for (guint i = 0; i < n; i++)
    baton_json_int (json, NULL, counts[i]);
  baton_json_end_array (json);
}

static void
drive_forecast (BatonJson *json, char **args)
{
  g_autoptr (GArray) numbers = read_numbers ();
  BatonForecastInput input = { .throughput = (const guint *) (gpointer) numbers->data,
    .n_days = numbers->len,
    .horizon = (guint) atoi (args[0]),
    .items = (guint) atoi (args[1]),
    .seed = (guint64) atoi (args[2]) };
  g_autoptr (BatonForecast) forecast = baton_forecast_new (&input);

  baton_json_int (json, "state", forecast->state);
  baton_json_int (json, "windows", forecast->backtest.windows);
  baton_json_int (json, "horizon", forecast->backtest.horizon);
  write_counts (json, "held", forecast->backtest.held, BATON_FORECAST_LEVELS);
  baton_json_int (json, "safe_windows", forecast->backtest.safe_windows);
  write_counts (json, "safe_held", forecast->backtest.safe_held, BATON_FORECAST_LEVELS);
  baton_json_int (json, "plain", baton_backtest_plain (&forecast->backtest));
  baton_json_int (json, "safe", baton_backtest_safe (&forecast->backtest));
  if (forecast->counts != NULL)
    write_counts (json, "counts", forecast->counts, forecast->runs);
  if (forecast->days != NULL)
    write_counts (json, "days", forecast->days, forecast->runs);
}

static double
read_number (void)
{
  double number;

  if (scanf ("%lf", &number) != 1)
    g_error ("a number is missing");
  return number;
}

static double *
read_list (guint *n)
{
  double *values;

  *n = (guint) read_number ();
  values = g_new (double, *n);
  for (guint i = 0; i < *n; i++)
    values[i] = read_number ();
  return values;
}

static gint64 *
read_times (guint *n)
{
  g_autofree double *values = read_list (n);
  gint64 *times = g_new (gint64, *n);

  for (guint i = 0; i < *n; i++)
    times[i] = (gint64) values[i];
  return times;
}

static guint *
read_counts (guint *n)
{
  g_autofree double *values = read_list (n);
  guint *counts = g_new (guint, *n);

  for (guint i = 0; i < *n; i++)
    counts[i] = (guint) values[i];
  return counts;
}

static void
write_rank (BatonJson *json, const BatonRankTest *test)
{
  baton_json_double (json, "u", test->u);
  baton_json_double (json, "p", test->p);
  baton_json_bool (json, "exact", test->exact);
  baton_json_double (json, "cliff", test->cliff);
  baton_json_double (json, "shift", test->shift);
  baton_json_bool (json, "bounded", test->bounded);
  baton_json_int (json, "low", test->low);
  baton_json_int (json, "high", test->high);
}

static void
write_interval (BatonJson *json, const BatonInterval *interval)
{
  baton_json_double (json, "low", interval->low);
  baton_json_double (json, "high", interval->high);
}

static void
drive_rank (BatonJson *json, char **args)
{
  guint n;
  guint m;
  g_autofree gint64 *first = read_times (&n);
  g_autofree gint64 *second = read_times (&m);
  BatonRankTest test;

  baton_rank_test (first, n, second, m, &test);
  write_rank (json, &test);
}

static void
drive_percentile (BatonJson *json, char **args)
{
  guint n;
  guint m;
  g_autofree gint64 *first = read_times (&n);
  g_autofree gint64 *second = read_times (&m);
  BatonInterval interval;

  baton_bootstrap_percentile (first, n, second, m, atof (args[0]), (guint64) atoi (args[1]), &interval);
  write_interval (json, &interval);
}

static void
drive_ratio (BatonJson *json, char **args)
{
  guint n;
  guint m;
  g_autofree double *parts = read_list (&n);
  g_autofree double *wholes = read_list (&n);
  g_autofree double *later_parts = read_list (&m);
  g_autofree double *later_wholes = read_list (&m);
  BatonInterval interval;

  baton_bootstrap_ratio (&(BatonRatioSample){ parts, wholes, n },
      &(BatonRatioSample){ later_parts, later_wholes, m }, (guint64) atoi (args[0]), &interval);
  write_interval (json, &interval);
}

static void
drive_days (BatonJson *json, char **args)
{
  guint n;
  guint m;
  g_autofree guint *first = read_counts (&n);
  g_autofree guint *second = read_counts (&m);
  BatonInterval interval;

  baton_bootstrap_days (first, n, second, m, (guint64) atoi (args[0]), &interval);
  write_interval (json, &interval);
}

static void
drive_share (BatonJson *json, char **args)
{
  guint a = (guint) read_number ();
  guint n = (guint) read_number ();
  guint b = (guint) read_number ();
  guint m = (guint) read_number ();
  BatonInterval interval;

  baton_share_interval (a, n, b, m, &interval);
  write_interval (json, &interval);
}

typedef struct
{
  gint64 *cycle;
  gint64 *wait;
  guint *throughput;
  double *satisfaction;
} Lists;

static void
read_period (BatonPeriod *period, Lists *lists)
{
  guint n;

  period->cycle = lists->cycle = read_times (&period->n);
  lists->wait = read_times (&n);
  period->wait = n > 0 ? lists->wait : NULL;
  period->reworked = (guint) read_number ();
  period->throughput = lists->throughput = read_counts (&period->n_days);
  period->satisfaction = lists->satisfaction = read_list (&period->n_answers);
}

static void
lists_clear (Lists *lists)
{
  g_free (lists->cycle);
  g_free (lists->wait);
  g_free (lists->throughput);
  g_free (lists->satisfaction);
}

static void
write_measure (BatonJson *json, const BatonMeasure *measure)
{
  baton_json_begin_object (json, NULL);
  baton_json_bool (json, "known", measure->known);
  baton_json_bool (json, "bounded", measure->bounded);
  baton_json_double (json, "before", measure->before);
  baton_json_double (json, "after", measure->after);
  baton_json_double (json, "low", measure->low);
  baton_json_double (json, "high", measure->high);
  baton_json_int (json, "verdict", measure->verdict);
  baton_json_end_object (json);
}

static void
drive_compare (BatonJson *json, char **args)
{
  Lists lists[2];
  BatonPeriod before;
  BatonPeriod after;
  BatonComparison comparison;
  g_autofree char *words = NULL;
  g_autofree char *warning = NULL;

  read_period (&before, &lists[0]);
  read_period (&after, &lists[1]);
  baton_compare (&before, &after, (guint64) atoi (args[0]), &comparison);
  words = baton_compare_words (&comparison);
  warning = baton_compare_warning_words (&comparison);
  baton_json_begin_array (json, "measures");
  for (guint i = 0; i < BATON_N_MEASURES; i++)
    write_measure (json, &comparison.measures[i]);
  baton_json_end_array (json);
  baton_json_int (json, "verdict", comparison.verdict);
  baton_json_string (json, "words", words);
  baton_json_string (json, "warning", warning);
  lists_clear (&lists[0]);
  lists_clear (&lists[1]);
}

static const struct
{
  const char *name;
  int n_args;
  void (*drive) (BatonJson *json, char **args);
} commands[] = {
  { "forecast", 3, drive_forecast },
  { "rank", 0, drive_rank },
  { "percentile", 2, drive_percentile },
  { "ratio", 1, drive_ratio },
  { "days", 1, drive_days },
  { "share", 0, drive_share },
  { "compare", 1, drive_compare },
};

int
main (int argc, char **argv)
{
  g_autoptr (GString) text = g_string_new (NULL);
  BatonJson json;

  baton_json_init (&json, text);
  baton_json_begin_object (&json, NULL);
  for (guint i = 0; argc > 1 && i < G_N_ELEMENTS (commands); i++)
    {
      if (g_str_equal (argv[1], commands[i].name) && argc == commands[i].n_args + 2)
        {
          commands[i].drive (&json, argv + 2);
          baton_json_end_object (&json);
          puts (text->str);
          return 0;
        }
    }
  return 2;
}
