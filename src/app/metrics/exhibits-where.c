/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "exhibit-private.h"
#include "metrics-words.h"

#include <glib/gi18n.h>
#include <math.h>

/* Where time goes, by channel and by stage. */

BatonBarsContent *
baton_exhibit_bars (const BatonReport *report, BatonAxisKind kind)
{
  BatonBarsContent *content =
      baton_bars_content_new (kind, baton_report_ref ((BatonReport *) report), baton_report_unref);

  content->axis.day = report->day;
  return content;
}

static void
add_kinds_of_time (BatonExhibit *exhibit)
{
  static const struct
  {
    const char *name;
    BatonInk ink;
    BatonPattern pattern;
  } kinds[] = { { N_ ("worked on"), BATON_INK_MAIN, BATON_PATTERN_PLAIN },
    { N_ ("waiting"), BATON_INK_REST, BATON_PATTERN_HATCH },
    { N_ ("blocked"), BATON_INK_ODD, BATON_PATTERN_CROSS } };

  exhibit->legend = baton_legend_entries_new ();
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      baton_bars_add_part (exhibit->bars, _ (kinds[i].name), kinds[i].ink, kinds[i].pattern);
      baton_legend_add (exhibit->legend, _ (kinds[i].name), BATON_SAMPLE_BLOCK, kinds[i].ink,
          kinds[i].pattern, BATON_SHAPE_DOT);
    }
}

static void
set_spent (BatonBarValue *row, const BatonFlowSpent *spent)
{
  row[0].value = (double) spent->active;
  row[1].value = (double) spent->waiting;
  row[2].value = (double) spent->blocked;
}

static void
add_spent_cells (BatonTable *table, const BatonFlowSpent *spent)
{
  double efficiency = baton_flow_efficiency (spent);

  baton_table_add_number (table, (double) spent->active);
  baton_table_add_number (table, (double) spent->waiting);
  baton_table_add_number (table, (double) spent->blocked);
  baton_table_add_number (table, efficiency >= 0 ? efficiency : NAN);
}

static void
add_spent_columns (BatonTable *table)
{
  baton_table_add_column (table, "worked_on", _ ("Worked on"), BATON_CELL_SPAN);
  baton_table_add_column (table, "waiting", _ ("Waiting"), BATON_CELL_SPAN);
  baton_table_add_column (table, "blocked", _ ("Blocked"), BATON_CELL_SPAN);
  baton_table_add_column (table, "flow_efficiency", _ ("Flow efficiency"), BATON_CELL_SHARE);
}

static guint32
channel_at (const BatonReport *report, guint row)
{
  return g_array_index (report->where->values, guint32, row);
}

static char *
spent_words (const BatonReport *report, const char *name, const BatonFlowSpent *spent)
{
  g_autofree char *active = baton_words_span ((double) spent->active, report->day);
  g_autofree char *waiting = baton_words_span ((double) spent->waiting, report->day);
  g_autofree char *blocked = baton_words_span ((double) spent->blocked, report->day);

  return g_strdup_printf (_ ("%s\nworked on: %s\nwaiting: %s\nblocked: %s"), name, active, waiting, blocked);
}

static char *
channel_words (gpointer data, guint row, guint part)
{
  const BatonReport *report = data;
  BatonFlowSpent spent = baton_flow_where_total (report->where, row + 1);

  return spent_words (report, baton_report_channel (report, channel_at (report, row)), &spent);
}

static GPtrArray *
channel_cards (gpointer data, guint mark)
{
  const BatonReport *report = data;
  GPtrArray *cards = g_ptr_array_new_with_free_func (g_free);
  guint32 channel = channel_at (report, mark / 3);

  for (guint i = 0; i < report->n_finished; i++)
    {
      const BatonFlowItem *item = baton_report_item (report, i);

      if (baton_report_card (report, item->card)->dims[BATON_FLOW_CHANNEL] == channel)
        g_ptr_array_add (cards, g_strdup (baton_report_card_id (report, item->card)));
    }
  return cards;
}

static BatonTable *
channel_table (gpointer data)
{
  const BatonReport *report = data;
  BatonTable *table = baton_table_new (report->view->zone, report->day);

  baton_table_add_column (table, "channel", _ ("Channel"), BATON_CELL_TEXT);
  add_spent_columns (table);
  for (guint i = 0; i < report->where->values->len; i++)
    {
      BatonFlowSpent spent = baton_flow_where_total (report->where, i + 1);

      baton_table_add_text (table, baton_report_channel (report, channel_at (report, i)));
      add_spent_cells (table, &spent);
    }
  return table;
}

/* Cards were finished, but all in the moment in which they were begun. */
static gboolean
took_no_time (BatonExhibit *exhibit, const BatonReport *report)
{
  BatonFlowSpent all = baton_flow_where_total (report->where, 0);

  if (report->n_finished == 0 || all.active + all.waiting + all.blocked > 0)
    return FALSE;
  exhibit->empty =
      g_strdup (_ ("All finished cards were begun and done in one moment, as their record tells it. There "
                   "is no time to divide."));
  return TRUE;
}

void
baton_fill_by_channel (BatonExhibit *exhibit, const BatonReport *report)
{
  exhibit->answer = baton_words_by_channel (report);
  exhibit->what = g_strdup (
      _ ("What the cycle time of each channel is made of; the share of work is written at the end."));
  exhibit->table = channel_table;
  exhibit->cards = channel_cards;
  if (report->n_finished == 0)
    {
      exhibit->empty = baton_exhibit_nothing_finished (report);
      return;
    }
  if (took_no_time (exhibit, report))
    return;
  exhibit->bars = baton_exhibit_bars (report, BATON_AXIS_SPAN);
  exhibit->bars->whole = TRUE;
  exhibit->bars->words = channel_words;
  add_kinds_of_time (exhibit);
  for (guint i = 0; i < report->where->values->len; i++)
    {
      BatonFlowSpent spent = baton_flow_where_total (report->where, i + 1);
      double efficiency = baton_flow_efficiency (&spent);
      g_autofree char *note = efficiency >= 0 ? baton_share_words (efficiency) : NULL;

      set_spent (
          baton_bars_add_row (exhibit->bars, baton_report_channel (report, channel_at (report, i)), note),
          &spent);
    }
  baton_bars_content_cover (exhibit->bars);
}

/* Stages in which any time passed, in the order of the flow. */
static GArray *
stages_with_time (const BatonReport *report)
{
  const BatonFlow *flow = report->view->flow;
  GArray *stages = g_array_new (FALSE, FALSE, sizeof (guint16));

  for (guint place = 0; place < flow->n_stages; place++)
    for (guint16 s = 0; s < flow->n_stages; s++)
      {
        const BatonFlowSpent *spent = &report->where->spent[s];

        if (flow->places[s] == place && spent->active + spent->waiting + spent->blocked > 0)
          g_array_append_val (stages, s);
      }
  return stages;
}

static double
time_in (const BatonReport *report, guint16 stage)
{
  const BatonFlowSpent *spent = &report->where->spent[stage];

  return (double) (spent->active + spent->waiting + spent->blocked);
}

/* The rows of the chart. */
static GArray *
shown_stages (const BatonReport *report)
{
  GArray *stages = stages_with_time (report);

  baton_exhibit_keep_most (report, stages, time_in);
  return stages;
}

static char *
stage_words (gpointer data, guint row, guint part)
{
  const BatonReport *report = data;
  g_autoptr (GArray) stages = shown_stages (report);
  guint16 stage = g_array_index (stages, guint16, row);
  const BatonFlowSpent *spent = &report->where->spent[stage];
  g_autofree char *whole = spent_words (report, baton_report_stage (report, stage), spent);
  g_autofree char *each = baton_words_span (
      (double) (spent->active + spent->waiting + spent->blocked) / MAX (spent->cards, 1), report->day);

  return g_strdup_printf (_ ("%s\n%s for each card"), whole, each);
}

static GPtrArray *
stage_cards (gpointer data, guint mark)
{
  const BatonReport *report = data;
  const BatonFlow *flow = report->view->flow;
  GPtrArray *cards = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GArray) stages = shown_stages (report);
  guint16 stage = g_array_index (stages, guint16, mark / 3);

  for (guint i = 0; i < report->n_finished; i++)
    {
      guint32 card = baton_report_item (report, i)->card;
      const BatonFlowEvent *events = baton_flow_events (flow, &flow->cards[card]);
      gboolean was = FALSE;

      for (guint e = 0; e < flow->cards[card].n && !was; e++)
        was = events[e].type == BATON_FLOW_ENTER && events[e].stage == stage;
      if (was)
        g_ptr_array_add (cards, g_strdup (baton_report_card_id (report, card)));
    }
  return cards;
}

static BatonTable *
stage_table (gpointer data)
{
  const BatonReport *report = data;
  BatonTable *table = baton_table_new (report->view->zone, report->day);
  g_autoptr (GArray) stages = stages_with_time (report);

  baton_table_add_column (table, "stage", _ ("Stage"), BATON_CELL_TEXT);
  baton_table_add_column (table, "cards", _ ("Cards"), BATON_CELL_NUMBER);
  baton_table_add_column (table, "visits", _ ("Visits"), BATON_CELL_NUMBER);
  add_spent_columns (table);
  for (guint i = 0; i < stages->len; i++)
    {
      guint16 stage = g_array_index (stages, guint16, i);

      baton_table_add_text (table, baton_report_stage (report, stage));
      baton_table_add_number (table, report->where->spent[stage].cards);
      baton_table_add_number (table, report->where->spent[stage].visits);
      add_spent_cells (table, &report->where->spent[stage]);
    }
  return table;
}

void
baton_fill_by_stage (BatonExhibit *exhibit, const BatonReport *report)
{
  g_autoptr (GArray) all = stages_with_time (report);
  g_autoptr (GArray) stages = shown_stages (report);

  exhibit->answer = baton_words_by_stage (report);
  exhibit->what = g_strdup (_ ("Time that the finished cards spent in each stage, per card."));
  exhibit->table = stage_table;
  exhibit->cards = stage_cards;
  if (report->n_finished == 0)
    {
      exhibit->empty = baton_exhibit_nothing_finished (report);
      return;
    }
  if (took_no_time (exhibit, report))
    return;
  exhibit->note = baton_exhibit_left_out (all->len, stages->len);
  exhibit->bars = baton_exhibit_bars (report, BATON_AXIS_SPAN);
  exhibit->bars->words = stage_words;
  add_kinds_of_time (exhibit);
  for (guint i = 0; i < stages->len; i++)
    {
      guint16 stage = g_array_index (stages, guint16, i);
      BatonFlowSpent each = report->where->spent[stage];
      guint n = report->n_finished;
      g_autofree char *note = NULL;

      each.active /= n;
      each.waiting /= n;
      each.blocked /= n;
      note = baton_span_short ((double) (each.active + each.waiting + each.blocked), report->day);
      set_spent (baton_bars_add_row (exhibit->bars, baton_report_stage (report, stage), note), &each);
    }
  baton_bars_content_cover (exhibit->bars);
}
