/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "ways-private.h"

#include "bars.h"

#include <glib/gi18n.h>
#include <math.h>

/* Before anything is predicted: what the simulated team does in its present way, beside what was seen. */

static void
add_side (BatonTable *table, const char *what, const BatonTeamLikeness *likeness, gboolean simulated)
{
  const BatonTeamFigure *figures[] = { &likeness->median, &likeness->p85, &likeness->wait_share,
    &likeness->throughput };

  baton_table_add_text (table, what);
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    baton_table_add_number (table, simulated ? figures[i]->simulated : figures[i]->seen);
  baton_table_add_number (table, simulated ? likeness->distance : NAN);
}

/* What was seen, and what each way of working gives, so that nobody has to take our word for which is
 * closest. */
static BatonTable *
fit_table (gpointer data)
{
  const BatonTeamLikeness *likeness = data;
  BatonTable *table = baton_table_new (NULL, 0);

  baton_table_add_column (table, "what", _ ("What"), BATON_CELL_TEXT);
  baton_table_add_column (table, "median", _ ("Half done within"), BATON_CELL_SPAN);
  baton_table_add_column (table, "p85", _ ("85 of 100 done within"), BATON_CELL_SPAN);
  baton_table_add_column (table, "waiting", _ ("Waiting"), BATON_CELL_SHARE);
  baton_table_add_column (table, "done_a_week", _ ("Done in a week"), BATON_CELL_NUMBER);
  baton_table_add_column (table, "distance", _ ("Greatest gap"), BATON_CELL_SHARE);
  add_side (table, _ ("seen"), &likeness[0], FALSE);
  for (guint i = 0; i < BATON_N_WAYS; i++)
    {
      g_autofree char *what = g_strdup_printf (_ ("simulated: %s"), baton_way_name (likeness[i].way));

      add_side (table, what, &likeness[i], TRUE);
    }
  return table;
}

static void
add_row (BatonBarsContent *bars, const char *name, const BatonTeamFigure *figure)
{
  g_autofree char *seen = baton_span_short (figure->seen, 0);
  g_autofree char *simulated = baton_span_short (figure->simulated, 0);
  g_autofree char *note = g_strdup_printf ("%s / %s", seen, simulated);
  BatonBarValue *row = baton_bars_add_row (bars, name, note);

  row[0].value = figure->seen;
  row[1].value = figure->simulated;
}

void
baton_ways_show_fit (BatonFigure *figure, const BatonTeamFit *fit)
{
  static const char *const names[2] = { N_ ("seen"), N_ ("simulated") };
  const BatonInk inks[2] = { BATON_INK_REST, BATON_INK_MAIN };
  const BatonPattern patterns[2] = { BATON_PATTERN_HATCH, BATON_PATTERN_PLAIN };
  const BatonTeamLikeness *likeness;
  BatonBarsContent *bars;
  GArray *legend;
  g_autofree char *words = NULL;
  g_autofree char *alike = NULL;

  gtk_widget_set_visible (GTK_WIDGET (figure), fit != NULL && fit->team != NULL);
  if (fit == NULL || fit->team == NULL)
    return;
  likeness = &fit->likeness[MIN (fit->team->present, BATON_WAY_ASYNC)];
  words = baton_team_fit_words (fit);
  alike = baton_team_fit_alike_words (fit);
  bars = baton_bars_content_new (BATON_AXIS_SPAN, NULL, NULL);
  legend = baton_legend_entries_new ();
  bars->beside = TRUE;
  for (guint i = 0; i < 2; i++)
    {
      baton_bars_add_part (bars, _ (names[i]), inks[i], patterns[i]);
      baton_legend_add (legend, _ (names[i]), BATON_SAMPLE_BLOCK, inks[i], patterns[i], BATON_SHAPE_DOT);
    }
  add_row (bars, _ ("Half done within"), &likeness->median);
  add_row (bars, _ ("85 of 100 done within"), &likeness->p85);
  baton_bars_content_cover (bars);
  baton_figure_set_words (figure, words,
      _ ("First of all: this board’s past, and the same team simulated as it works now."), alike);
  baton_figure_set_legend (figure, legend);
  baton_figure_set_empty (figure, NULL);
  baton_bars_set_content (BATON_BARS (baton_figure_chart (figure)), bars);
  baton_figure_set_data (figure, fit_table, NULL, g_memdup2 (fit->likeness, sizeof fit->likeness), g_free);
}
