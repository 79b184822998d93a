/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "ways-private.h"

#include "bars.h"
#include "metrics-words.h"

#include <glib/gi18n.h>
#include <math.h>

/* What a simulation gave, as figures. */

static const BatonInk inks[] = { BATON_INK_ODD, BATON_INK_WARM, BATON_INK_MAIN, BATON_INK_DEEP };
static const BatonPattern patterns[] = { BATON_PATTERN_CROSS, BATON_PATTERN_HATCH, BATON_PATTERN_PLAIN,
  BATON_PATTERN_DOTS };

static BatonBarsContent *
new_bars (BatonWaysRun *run, BatonAxisKind kind)
{
  return baton_bars_content_new (kind, baton_ways_run_ref (run), baton_ways_run_unref);
}

static void
add_ways (BatonBarsContent *bars, GArray *legend, const BatonSimulation *simulation)
{
  for (guint i = 0; i < simulation->n_ways; i++)
    {
      const char *name = baton_way_name (simulation->ways[i].way);

      baton_bars_add_part (bars, name, inks[i], patterns[i]);
      baton_legend_add (legend, name, bars->ranges ? BATON_SAMPLE_MARK : BATON_SAMPLE_BLOCK, inks[i],
          patterns[i], (BatonShape) (i % 4));
    }
}

static void
put (BatonBarValue *value, const BatonEstimate *estimate, gboolean any)
{
  value->value = any ? estimate->value : NAN;
  value->low = any ? estimate->low : NAN;
  value->high = any ? estimate->high : NAN;
}

static const BatonEstimate *
time_of (const BatonWayResult *way, guint row)
{
  const BatonEstimate *estimates[] = { &way->median, &way->p85, &way->p95 };

  return estimates[row];
}

static const char *
time_name (guint row)
{
  return row == 0   ? _ ("Half done within")
         : row == 1 ? _ ("85 of 100 done within")
                    : _ ("95 of 100 done within");
}

static char *
time_words (gpointer data, guint row, guint part)
{
  const BatonWaysRun *run = data;
  const BatonWayResult *way = &run->simulation->ways[part];
  const BatonEstimate *estimate = time_of (way, row);
  g_autofree char *value = baton_words_span (estimate->value, 0);
  g_autofree char *low = baton_words_span (estimate->low, 0);
  g_autofree char *high = baton_words_span (estimate->high, 0);

  /* Translators: a way of working, what is measured, a duration and its interval. */
  return g_strdup_printf (
      _ ("%s\n%s: %s\nbetween %s and %s"), baton_way_name (way->way), time_name (row), value, low, high);
}

static BatonTable *
times_table (gpointer data)
{
  const BatonWaysRun *run = data;
  BatonTable *table = baton_table_new (NULL, 0);

  baton_table_add_column (table, "way", _ ("Way of working"), BATON_CELL_TEXT);
  baton_table_add_column (table, "median", _ ("Half done within"), BATON_CELL_SPAN);
  baton_table_add_column (table, "median_low", _ ("At least"), BATON_CELL_SPAN);
  baton_table_add_column (table, "median_high", _ ("At most"), BATON_CELL_SPAN);
  baton_table_add_column (table, "p85", _ ("85 of 100 done within"), BATON_CELL_SPAN);
  baton_table_add_column (table, "p95", _ ("95 of 100 done within"), BATON_CELL_SPAN);
  baton_table_add_column (table, "waiting", _ ("Waiting"), BATON_CELL_SHARE);
  baton_table_add_column (table, "done_a_week", _ ("Done in a week"), BATON_CELL_NUMBER);
  baton_table_add_column (table, "in_progress", _ ("In progress"), BATON_CELL_NUMBER);
  for (guint i = 0; i < run->simulation->n_ways; i++)
    {
      const BatonWayResult *way = &run->simulation->ways[i];

      baton_table_add_text (table, baton_way_name (way->way));
      baton_table_add_number (table, way->any ? way->median.value : NAN);
      baton_table_add_number (table, way->any ? way->median.low : NAN);
      baton_table_add_number (table, way->any ? way->median.high : NAN);
      baton_table_add_number (table, way->any ? way->p85.value : NAN);
      baton_table_add_number (table, way->any ? way->p95.value : NAN);
      baton_table_add_number (table, way->any ? way->wait_share.value : NAN);
      baton_table_add_number (table, way->throughput.value);
      baton_table_add_number (table, way->wip.value);
    }
  return table;
}

static void
show_times (BatonFigure *figure, BatonWaysRun *run)
{
  const BatonSimulation *simulation = run->simulation;
  g_autofree char *words = baton_simulation_words (run->team, simulation);
  g_autofree char *claim = baton_claim_words (run->team, simulation);
  g_autofree char *seed = g_strdup_printf ("%" G_GUINT64_FORMAT, simulation->seed);
  g_autofree char *what = g_strdup_printf (_ ("Cycle time under each way of working: %u simulations of "
                                              "%u days, seed %s. Lines are intervals of 95 %%."),
      simulation->replications, simulation->days, seed);
  BatonBarsContent *bars = new_bars (run, BATON_AXIS_SPAN);
  GArray *legend = baton_legend_entries_new ();

  bars->ranges = TRUE;
  bars->words = time_words;
  add_ways (bars, legend, simulation);
  for (guint row = 0; row < 3; row++)
    {
      BatonBarValue *values = baton_bars_add_row (bars, time_name (row), NULL);

      for (guint i = 0; i < simulation->n_ways; i++)
        put (&values[i], time_of (&simulation->ways[i], row), simulation->ways[i].any);
    }
  baton_bars_content_cover (bars);
  baton_figure_set_words (figure, words, what, *claim != '\0' ? claim : NULL);
  baton_figure_set_legend (figure, legend);
  baton_bars_set_content (BATON_BARS (baton_figure_chart (figure)), bars);
  baton_figure_set_data (figure, times_table, NULL, baton_ways_run_ref (run), baton_ways_run_unref);
}

static void
show_waiting (BatonFigure *figure, BatonWaysRun *run)
{
  const BatonSimulation *simulation = run->simulation;
  const BatonWayResult *first = &simulation->ways[0];
  g_autofree char *share = baton_share_words (first->wait_share.value);
  g_autofree char *words = g_strdup_printf (
      _ ("%s: %s of the time is waiting; 30 to 50 %% is what is said."), baton_way_name (first->way), share);
  BatonBarsContent *bars = new_bars (run, BATON_AXIS_SHARE);

  bars->beside = TRUE;
  baton_bars_add_part (bars, _ ("waiting"), BATON_INK_REST, BATON_PATTERN_HATCH);
  for (guint i = 0; i < simulation->n_ways; i++)
    {
      g_autofree char *note = baton_share_words (simulation->ways[i].wait_share.value);

      baton_bars_add_row (bars, baton_way_name (simulation->ways[i].way), note)->value =
          simulation->ways[i].any ? simulation->ways[i].wait_share.value : NAN;
    }
  baton_bars_content_cover (bars);
  baton_figure_set_words (
      figure, words, _ ("Share of the cycle time in which nobody works on the card."), NULL);
  baton_bars_set_content (BATON_BARS (baton_figure_chart (figure)), bars);
  baton_figure_set_data (figure, times_table, NULL, baton_ways_run_ref (run), baton_ways_run_unref);
}

static double
load_of (const BatonPersonLoad *load)
{
  return load->work + load->handoffs + load->meetings;
}

static char *
load_words (gpointer data, guint row, guint part)
{
  const BatonWaysRun *run = data;
  const BatonPersonLoad *load = &run->simulation->ways[part].people[row];
  g_autofree char *work = baton_share_words (load->work);
  g_autofree char *handoffs = baton_share_words (load->handoffs);
  g_autofree char *meetings = baton_share_words (load->meetings);

  return g_strdup_printf (_ ("%s · %s\nwork: %s\nhandoffs: %s\nmeetings: %s\n%.1f interruptions a week"),
      baton_team_person (run->team, row)->name, baton_way_name (run->simulation->ways[part].way), work,
      handoffs, meetings, load->interruptions);
}

static BatonTable *
load_table (gpointer data)
{
  const BatonWaysRun *run = data;
  BatonTable *table = baton_table_new (NULL, 0);

  baton_table_add_column (table, "person", _ ("Person"), BATON_CELL_TEXT);
  baton_table_add_column (table, "way", _ ("Way of working"), BATON_CELL_TEXT);
  baton_table_add_column (table, "work", _ ("Work"), BATON_CELL_SHARE);
  baton_table_add_column (table, "handoffs", _ ("Handoffs"), BATON_CELL_SHARE);
  baton_table_add_column (table, "meetings", _ ("Meetings"), BATON_CELL_SHARE);
  baton_table_add_column (table, "interruptions", _ ("Interruptions a week"), BATON_CELL_NUMBER);
  for (guint p = 0; p < run->team->people->len; p++)
    for (guint i = 0; i < run->simulation->n_ways; i++)
      {
        const BatonPersonLoad *load = &run->simulation->ways[i].people[p];

        baton_table_add_text (table, baton_team_person (run->team, p)->name);
        baton_table_add_text (table, baton_way_name (run->simulation->ways[i].way));
        baton_table_add_number (table, load->work);
        baton_table_add_number (table, load->handoffs);
        baton_table_add_number (table, load->meetings);
        baton_table_add_number (table, load->interruptions);
      }
  return table;
}

static void
show_load (BatonFigure *figure, BatonWaysRun *run)
{
  const BatonSimulation *simulation = run->simulation;
  BatonBarsContent *bars = new_bars (run, BATON_AXIS_SHARE);
  GArray *legend = baton_legend_entries_new ();
  guint busiest = 0, way = 0;
  g_autofree char *share = NULL;
  g_autofree char *words = NULL;

  bars->beside = TRUE;
  bars->words = load_words;
  add_ways (bars, legend, simulation);
  for (guint p = 0; p < run->team->people->len; p++)
    {
      BatonBarValue *values = baton_bars_add_row (bars, baton_team_person (run->team, p)->name, NULL);

      for (guint i = 0; i < simulation->n_ways; i++)
        {
          values[i].value = load_of (&simulation->ways[i].people[p]);
          if (values[i].value <= load_of (&simulation->ways[way].people[busiest]))
            continue;
          busiest = p;
          way = i;
        }
    }
  baton_bars_content_cover (bars);
  share = baton_share_words (load_of (&simulation->ways[way].people[busiest]));
  words = g_strdup_printf (_ ("%s has most to do: %s of the hours (%s)."),
      baton_team_person (run->team, busiest)->name, share, baton_way_name (simulation->ways[way].way));
  baton_figure_set_words (
      figure, words, _ ("Share of the working hours that is taken: work, handoffs, meetings."), NULL);
  baton_figure_set_legend (figure, legend);
  baton_bars_set_content (BATON_BARS (baton_figure_chart (figure)), bars);
  baton_figure_set_data (figure, load_table, NULL, baton_ways_run_ref (run), baton_ways_run_unref);
}

static char *
away_words (gpointer data, guint row, guint part)
{
  const BatonWaysRun *run = data;
  const BatonAbsenceResult *absence = &run->absences[row];
  g_autofree char *there = baton_words_span (absence->there.value, 0);
  g_autofree char *away = baton_words_span (absence->away.value, 0);

  return g_strdup_printf (
      _ ("%s\nthere: %s\naway: %s"), baton_way_name (run->simulation->ways[row].way), there, away);
}

static BatonTable *
away_table (gpointer data)
{
  const BatonWaysRun *run = data;
  BatonTable *table = baton_table_new (NULL, 0);

  baton_table_add_column (table, "way", _ ("Way of working"), BATON_CELL_TEXT);
  baton_table_add_column (table, "there", _ ("There"), BATON_CELL_SPAN);
  baton_table_add_column (table, "away", _ ("Away"), BATON_CELL_SPAN);
  baton_table_add_column (table, "more", _ ("More"), BATON_CELL_SPAN);
  for (guint i = 0; i < run->simulation->n_ways; i++)
    {
      baton_table_add_text (table, baton_way_name (run->simulation->ways[i].way));
      baton_table_add_number (table, run->absences[i].there.value);
      baton_table_add_number (table, run->absences[i].away.value);
      baton_table_add_number (table, run->absences[i].more.value);
    }
  return table;
}

static void
show_away (BatonFigure *figure, BatonWaysRun *run)
{
  const BatonSimulation *simulation = run->simulation;
  BatonBarsContent *bars = new_bars (run, BATON_AXIS_SPAN);
  guint worst = 0;
  g_autofree char *more = NULL;
  g_autofree char *words = NULL;

  bars->ranges = TRUE;
  bars->rule = 0;
  bars->words = away_words;
  baton_bars_add_part (bars, _ ("more time"), BATON_INK_ODD, BATON_PATTERN_PLAIN);
  for (guint i = 0; i < simulation->n_ways; i++)
    {
      g_autofree char *note = baton_span_short (run->absences[i].more.value, 0);

      put (baton_bars_add_row (bars, baton_way_name (simulation->ways[i].way), note), &run->absences[i].more,
          simulation->ways[i].any);
      worst = run->absences[i].more.value > run->absences[worst].more.value ? i : worst;
    }
  baton_bars_content_cover (bars);
  more = baton_words_span (MAX (0, run->absences[worst].more.value), 0);
  words = g_strdup_printf (_ ("When %s is away for a week, work takes up to %s more (%s)."),
      baton_team_person (run->team, run->away)->name, more, baton_way_name (simulation->ways[worst].way));
  baton_figure_set_words (figure, words,
      _ ("By how much the work of that week and the three after it takes longer on average."), NULL);
  baton_bars_set_content (BATON_BARS (baton_figure_chart (figure)), bars);
  baton_figure_set_data (figure, away_table, NULL, baton_ways_run_ref (run), baton_ways_run_unref);
}

void
baton_ways_show (BatonFigure *figure, BatonWaysFigure which, BatonWaysRun *run)
{
  static const char *const questions[BATON_N_WAYS_FIGURES] = { NULL, N_ ("Which way of working is quicker?"),
    N_ ("How much is waiting?"), N_ ("Who has how much to do?"), N_ ("What if somebody is away?") };

  gtk_widget_set_visible (GTK_WIDGET (figure), run != NULL || which == BATON_WAYS_TIMES);
  if (run == NULL)
    {
      baton_figure_set_words (figure, _ (questions[which]), NULL, NULL);
      baton_figure_set_empty (
          figure, _ ("Simulate plays the team’s time many times under each way of working, with "
                     "the same work, the same people and the same luck."));
      return;
    }
  baton_figure_set_empty (figure, NULL);
  if (which == BATON_WAYS_TIMES)
    show_times (figure, run);
  else if (which == BATON_WAYS_WAITING)
    show_waiting (figure, run);
  else if (which == BATON_WAYS_LOAD)
    show_load (figure, run);
  else
    show_away (figure, run);
}
