/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "exhibit-private.h"
#include "metrics-words.h"

#include <glib/gi18n.h>
#include <math.h>

/* Did it help? What has changed, in shares of what was before, with how far chance alone could go. */

static gboolean
is_span (guint kind)
{
  return kind <= BATON_MEASURE_P95;
}

static char *
amount (const BatonReport *report, guint kind, double value)
{
  if (is_span (kind))
    return baton_words_span (value, report->day);
  if (kind == BATON_MEASURE_WAIT || kind == BATON_MEASURE_REWORK)
    return baton_share_words (value);
  return baton_number_words (value, 1);
}

/* Measures that can be shown as a share of what was before. */
static gboolean
is_shown (const BatonMeasure *measure)
{
  return measure->known && measure->bounded && measure->before > 0;
}

static guint
measure_at (const BatonReport *report, guint row)
{
  for (guint kind = 0; kind < BATON_N_MEASURES; kind++)
    if (is_shown (&report->comparison.measures[kind]) && row-- == 0)
      return kind;
  return 0;
}

static char *
measure_words (gpointer data, guint row, guint part)
{
  const BatonReport *report = data;
  guint kind = measure_at (report, row);
  const BatonMeasure *measure = &report->comparison.measures[kind];
  g_autofree char *before = amount (report, kind, measure->before);
  g_autofree char *after = amount (report, kind, measure->after);
  const char *verdict = measure->verdict == BATON_MEASURE_BETTER  ? _ ("better")
                        : measure->verdict == BATON_MEASURE_WORSE ? _ ("worse")
                                                                  : _ ("could be chance");

  return g_strdup_printf (
      _ ("%s\nbefore: %s\nafter: %s\n%s"), baton_measure_name (kind), before, after, verdict);
}

/* What is compared: everything that was finished, before and after. */
static GPtrArray *
compared_cards (gpointer data, guint mark)
{
  return baton_exhibit_finished_since (data, G_MININT64);
}

/* Durations as spans would need columns of their own: everything is written in the unit that it is said in.
 */
static BatonTable *
measure_table (gpointer data)
{
  const BatonReport *report = data;
  BatonTable *table = baton_table_new (report->view->zone, report->day);

  baton_table_add_column (table, "measure", _ ("What"), BATON_CELL_TEXT);
  baton_table_add_column (table, "before", _ ("Before"), BATON_CELL_TEXT);
  baton_table_add_column (table, "after", _ ("After"), BATON_CELL_TEXT);
  baton_table_add_column (table, "change", _ ("Change"), BATON_CELL_SHARE);
  baton_table_add_column (table, "low", _ ("At least"), BATON_CELL_SHARE);
  baton_table_add_column (table, "high", _ ("At most"), BATON_CELL_SHARE);
  for (guint kind = 0; kind < BATON_N_MEASURES; kind++)
    {
      const BatonMeasure *measure = &report->comparison.measures[kind];
      g_autofree char *before = measure->known ? amount (report, kind, measure->before) : NULL;
      g_autofree char *after = measure->known ? amount (report, kind, measure->after) : NULL;
      gboolean share = is_shown (measure);

      baton_table_add_text (table, baton_measure_name (kind));
      baton_table_add_text (table, before);
      baton_table_add_text (table, after);
      baton_table_add_number (table, share ? measure->change / measure->before : NAN);
      baton_table_add_number (table, share ? measure->low / measure->before : NAN);
      baton_table_add_number (table, share ? measure->high / measure->before : NAN);
    }
  return table;
}

void
baton_fill_compare (BatonExhibit *exhibit, const BatonReport *report)
{
  const BatonComparison *comparison = &report->comparison;
  g_autofree char *warning = baton_compare_warning_words (comparison);

  exhibit->answer = baton_compare_words (comparison);
  exhibit->what = baton_words_compared (report);
  exhibit->table = measure_table;
  exhibit->cards = compared_cards;
  exhibit->note = *warning != '\0' ? g_strdup (warning) : NULL;
  exhibit->bars = baton_exhibit_bars (report, BATON_AXIS_SHARE);
  exhibit->bars->ranges = TRUE;
  exhibit->bars->rule = 0;
  exhibit->bars->rule_label = g_strdup (_ ("no change"));
  exhibit->bars->words = measure_words;
  baton_bars_add_part (exhibit->bars, _ ("change"), BATON_INK_MAIN, BATON_PATTERN_PLAIN);
  for (guint kind = 0; kind < BATON_N_MEASURES; kind++)
    {
      const BatonMeasure *measure = &comparison->measures[kind];
      BatonBarValue *row;
      g_autofree char *before = NULL;
      g_autofree char *after = NULL;
      g_autofree char *note = NULL;

      if (!is_shown (measure))
        continue;
      before = amount (report, kind, measure->before);
      after = amount (report, kind, measure->after);
      note = g_strdup_printf ("%s → %s", before, after);
      row = baton_bars_add_row (exhibit->bars, baton_measure_name (kind), note);
      row->value = measure->change / measure->before;
      row->low = measure->low / measure->before;
      row->high = measure->high / measure->before;
    }
  if (exhibit->bars->names->len == 0)
    {
      g_clear_pointer (&exhibit->bars, baton_bars_content_free);
      exhibit->empty =
          g_strdup (_ ("As soon as both periods have enough finished cards, the changes stand here."));
      return;
    }
  baton_bars_content_cover (exhibit->bars);
}
