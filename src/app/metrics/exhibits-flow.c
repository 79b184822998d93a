/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "axis-time.h"
#include "exhibit-private.h"
#include "metrics-words.h"

#include <glib/gi18n.h>
#include <math.h>

/* Cumulative flow, throughput, work in progress, age. */

static char *
column_words (gpointer data, guint i)
{
  return baton_words_column (data, i);
}

/* The place where a stage is drawn has the stage's name; the legend reads from the top of the diagram down.
 */
static guint16
stage_at (const BatonFlow *flow, guint place)
{
  for (guint16 i = 0; i < flow->n_stages; i++)
    if (flow->places[i] == place)
      return i;
  return BATON_FLOW_NO_STAGE;
}

static BatonTable *
cfd_table (gpointer data)
{
  const BatonReport *report = data;
  const BatonFlowCfd *cfd = report->cfd;
  BatonTable *table = baton_table_new (report->view->zone, report->day);

  baton_table_add_column (table, "day", _ ("Day"), BATON_CELL_DAY);
  baton_table_add_column (table, "in_progress", _ ("In progress"), BATON_CELL_NUMBER);
  baton_table_add_column (table, "approximate_cycle_time", _ ("About so long through"), BATON_CELL_SPAN);
  for (guint p = 0; p < cfd->n_stages; p++)
    {
      const char *name = baton_report_stage (report, stage_at (report->view->flow, p));

      baton_table_add_column (table, name, name, BATON_CELL_NUMBER);
    }
  for (guint i = 0; i < cfd->n_points; i++)
    {
      gint64 through = baton_flow_cfd_approximate_time (cfd, i);

      baton_table_add_number (table, (double) cfd->days->starts[i]);
      baton_table_add_number (table, baton_flow_cfd_wip (cfd, i));
      baton_table_add_number (table, through >= 0 ? (double) through : NAN);
      for (guint p = 0; p < cfd->n_stages; p++)
        baton_table_add_number (table, baton_flow_cfd_line (cfd, p, i));
    }
  return table;
}

/* Cards that were in progress at the border of a day. */
static GPtrArray *
cards_at (gpointer data, guint mark)
{
  const BatonReport *report = data;
  const BatonFlow *flow = report->view->flow;
  gint64 at = report->cfd->days->starts[mark];
  GPtrArray *cards = g_ptr_array_new_with_free_func (g_free);

  for (guint32 c = 0; c < flow->n_cards; c++)
    {
      const BatonFlowEvent *events = baton_flow_events (flow, &flow->cards[c]);
      guint16 stage = BATON_FLOW_NO_STAGE;
      gboolean away = FALSE;

      for (guint i = 0; i < flow->cards[c].n && events[i].at < at; i++)
        {
          stage = events[i].type == BATON_FLOW_ENTER ? events[i].stage : stage;
          away = events[i].type == BATON_FLOW_LEAVE || (away && events[i].type != BATON_FLOW_RETURN);
        }
      if (away || stage == BATON_FLOW_NO_STAGE || flow->stages[stage].kind == BATON_FLOW_BACKLOG ||
          flow->stages[stage].kind == BATON_FLOW_DONE || !baton_flow_view_has (report->view, &flow->cards[c]))
        continue;
      g_ptr_array_add (cards, g_strdup (baton_report_card_id (report, c)));
    }
  return cards;
}

static void
set_columns (BatonPlotContent *content, const BatonReport *report, BatonMarkWords words)
{
  const BatonFlowCfd *cfd = report->cfd;
  double *columns = baton_plot_set_columns (content, cfd->n_points, words);

  for (guint i = 0; i < cfd->n_points; i++)
    columns[i] = (double) cfd->days->starts[i];
  baton_axis_cover (
      &content->x, (double) cfd->days->starts[0], (double) cfd->days->starts[cfd->n_points - 1]);
}

static void
add_area (BatonExhibit *exhibit, const BatonReport *report, guint place, guint n_before)
{
  const BatonFlowCfd *cfd = report->cfd;
  guint16 stage = stage_at (report->view->flow, place);
  gboolean done = report->view->flow->stages[stage].kind == BATON_FLOW_DONE;
  gboolean waits = report->view->flow->stages[stage].kind == BATON_FLOW_QUEUE;
  BatonLayer *layer = baton_plot_add_layer (
      exhibit->plot, BATON_LAYER_AREA, NULL, cfd->n_points, done ? BATON_INK_GOOD : BATON_INK_MAIN);
  BatonLegendEntry *entry;

  layer->shade = done ? 0 : place;
  layer->n_shades = done ? 0 : n_before;
  layer->pattern = waits ? BATON_PATTERN_HATCH : BATON_PATTERN_PLAIN;
  baton_layer_low (layer);
  for (guint i = 0; i < cfd->n_points; i++)
    {
      layer->x[i] = (double) cfd->days->starts[i];
      layer->y[i] = baton_flow_cfd_line (cfd, place, i);
      layer->low[i] = place + 1 < cfd->n_stages ? baton_flow_cfd_line (cfd, place + 1, i) : 0;
    }
  baton_legend_add (exhibit->legend, baton_report_stage (report, stage), BATON_SAMPLE_BLOCK, layer->tone,
      layer->pattern, BATON_SHAPE_DOT);
  entry = &g_array_index (exhibit->legend, BatonLegendEntry, exhibit->legend->len - 1);
  entry->shade = layer->shade;
  entry->n_shades = layer->n_shades;
}

#define MOST_LEGEND 16

/* There are cards, but none ever left the backlog. */
static void
show_nothing (BatonExhibit *exhibit)
{
  g_clear_pointer (&exhibit->plot, baton_plot_content_free);
  g_clear_pointer (&exhibit->legend, g_array_unref);
  exhibit->empty = g_strdup (_ ("No card was in progress in this period."));
}

void
baton_fill_cfd (BatonExhibit *exhibit, const BatonReport *report)
{
  const BatonFlowCfd *cfd = report->cfd;
  const BatonFlow *flow = report->view->flow;
  double most = 0;

  exhibit->answer = baton_words_flow (report);
  exhibit->what = g_strdup (
      _ ("Cumulative flow. The height between the edges is work in progress, the width how long it takes."));
  exhibit->table = cfd_table;
  exhibit->cards = cards_at;
  if (report->unfinished + report->times->lead.n == 0)
    {
      exhibit->empty = baton_exhibit_nothing_finished (report);
      return;
    }
  exhibit->plot = baton_exhibit_plot (report, BATON_AXIS_TIME, BATON_AXIS_NUMBER);
  exhibit->legend = baton_legend_entries_new ();
  set_columns (exhibit->plot, report, column_words);
  /* Backlogs are a list of wishes: their height would hide the flow. */
  for (guint place = 0; place < cfd->n_stages; place++)
    {
      guint16 stage = stage_at (flow, place);

      if (flow->stages[stage].kind == BATON_FLOW_BACKLOG)
        continue;
      add_area (exhibit, report, place, MAX (flow->n_before_done, 1));
      most = MAX (most, baton_flow_cfd_line (cfd, place, cfd->n_points - 1));
    }
  /* The first and the last say what the rest is between. */
  if (exhibit->legend->len > MOST_LEGEND)
    {
      exhibit->note = baton_exhibit_left_out (exhibit->legend->len, MOST_LEGEND);
      g_array_remove_range (exhibit->legend, MOST_LEGEND / 2, exhibit->legend->len - MOST_LEGEND);
    }
  if (most == 0)
    show_nothing (exhibit);
  else
    baton_axis_cover (&exhibit->plot->y, 0, most);
}

static char *
week_words (gpointer data, guint i)
{
  const BatonReport *report = data;
  g_autofree char *day =
      baton_time_day_words (report->weeks->starts[i], report->view->zone, report->view->now);
  guint n = g_array_index (report->week_done, guint, i);

  return g_strdup_printf (ngettext ("week from %s\n%u card done", "week from %s\n%u cards done", n), day, n);
}

static GPtrArray *
week_cards (gpointer data, guint mark)
{
  const BatonReport *report = data;
  GPtrArray *cards = g_ptr_array_new_with_free_func (g_free);
  gint64 from = report->weeks->starts[mark], to = report->weeks->starts[mark + 1];

  for (guint i = 0; i < report->n_finished; i++)
    {
      const BatonFlowItem *item = baton_report_item (report, i);

      if (item->finished >= from && item->finished < to)
        g_ptr_array_add (cards, g_strdup (baton_report_card_id (report, item->card)));
    }
  return cards;
}

/* Day by day, with the week that each belongs to: both can be summed up from it. */
static BatonTable *
throughput_table (gpointer data)
{
  const BatonReport *report = data;
  const BatonFlowDays *days = report->cfd->days;
  BatonTable *table = baton_table_new (report->view->zone, report->day);

  baton_table_add_column (table, "day", _ ("Day"), BATON_CELL_DAY);
  baton_table_add_column (table, "week_from", _ ("Week from"), BATON_CELL_DAY);
  baton_table_add_column (table, "done", _ ("Done"), BATON_CELL_NUMBER);
  for (guint i = 0; i < days->n; i++)
    {
      guint week = baton_flow_days_find (report->weeks, days->starts[i]);

      baton_table_add_number (table, (double) days->starts[i]);
      baton_table_add_number (table, (double) report->weeks->starts[week]);
      baton_table_add_number (table, baton_flow_cfd_throughput (report->cfd, i));
    }
  return table;
}

void
baton_fill_throughput (BatonExhibit *exhibit, const BatonReport *report)
{
  const BatonFlowDays *weeks = report->weeks;
  BatonPlotContent *content;
  BatonLayer *layer;
  double most = 0;

  exhibit->answer = baton_words_throughput (report);
  exhibit->what = g_strdup (_ ("Throughput: cards done in each week; each day is in the table."));
  exhibit->table = throughput_table;
  exhibit->cards = week_cards;
  if (report->times->lead.n == 0)
    {
      exhibit->empty = baton_exhibit_nothing_finished (report);
      return;
    }
  content = exhibit->plot = baton_exhibit_plot (report, BATON_AXIS_TIME, BATON_AXIS_NUMBER);
  layer = baton_plot_add_layer (content, BATON_LAYER_BARS, NULL, weeks->n, BATON_INK_GOOD);
  layer->width = 7 * 8.64e10 * weeks->days_each / 7.0;
  layer->words = week_words;
  for (guint i = 0; i < weeks->n; i++)
    {
      layer->x[i] = (double) (weeks->starts[i] + (weeks->starts[i + 1] - weeks->starts[i]) / 2);
      layer->y[i] = g_array_index (report->week_done, guint, i);
      most = MAX (most, layer->y[i]);
    }
  baton_axis_cover (&content->x, (double) weeks->starts[0], (double) weeks->starts[weeks->n]);
  baton_axis_cover (&content->y, 0, most);
}

static char *
wip_words (gpointer data, guint i)
{
  const BatonReport *report = data;
  const BatonFlow *flow = report->view->flow;
  GString *text = g_string_new (NULL);
  g_autofree char *first = baton_words_column (report, i);

  g_string_append (text, first);
  for (guint16 s = 0; s < flow->n_stages; s++)
    {
      guint n = baton_flow_cfd_in_stage (report->cfd, s, i);

      if (n > 0 && flow->stages[s].kind != BATON_FLOW_BACKLOG && flow->stages[s].kind != BATON_FLOW_DONE)
        g_string_append_printf (text, "\n%s: %u", baton_report_stage (report, s), n);
    }
  return g_string_free (text, FALSE);
}

static BatonTable *
wip_table (gpointer data)
{
  const BatonReport *report = data;
  BatonTable *table = baton_table_new (report->view->zone, report->day);

  baton_table_add_column (table, "day", _ ("Day"), BATON_CELL_DAY);
  for (guint s = 0; s < report->cfd->n_stages; s++)
    {
      const char *name = baton_report_stage (report, (guint16) s);

      baton_table_add_column (table, name, name, BATON_CELL_NUMBER);
    }
  for (guint i = 0; i < report->cfd->n_points; i++)
    {
      baton_table_add_number (table, (double) report->cfd->days->starts[i]);
      for (guint s = 0; s < report->cfd->n_stages; s++)
        baton_table_add_number (table, baton_flow_cfd_in_stage (report->cfd, s, i));
    }
  return table;
}

void
baton_fill_wip (BatonExhibit *exhibit, const BatonReport *report)
{
  const BatonFlowCfd *cfd = report->cfd;
  const BatonFlow *flow = report->view->flow;
  BatonLayer *waits, *works;
  double most = 0;

  exhibit->answer = baton_words_wip (report);
  exhibit->what = g_strdup (_ ("Work in progress at the beginning of each day."));
  exhibit->table = wip_table;
  exhibit->cards = cards_at;
  if (report->unfinished + report->times->lead.n == 0)
    {
      exhibit->empty = baton_exhibit_nothing_finished (report);
      return;
    }
  exhibit->plot = baton_exhibit_plot (report, BATON_AXIS_TIME, BATON_AXIS_NUMBER);
  set_columns (exhibit->plot, report, wip_words);
  works = baton_plot_add_layer (exhibit->plot, BATON_LAYER_AREA, NULL, cfd->n_points, BATON_INK_MAIN);
  waits = baton_plot_add_layer (exhibit->plot, BATON_LAYER_AREA, NULL, cfd->n_points, BATON_INK_REST);
  waits->pattern = BATON_PATTERN_HATCH;
  baton_layer_low (waits);
  for (guint i = 0; i < cfd->n_points; i++)
    {
      works->x[i] = waits->x[i] = (double) cfd->days->starts[i];
      for (guint16 s = 0; s < flow->n_stages; s++)
        {
          if (baton_flow_is_work (flow->stages[s].kind))
            works->y[i] += baton_flow_cfd_in_stage (cfd, s, i);
          else if (flow->stages[s].kind == BATON_FLOW_QUEUE)
            waits->y[i] += baton_flow_cfd_in_stage (cfd, s, i);
        }
      waits->low[i] = works->y[i];
      waits->y[i] += works->y[i];
      most = MAX (most, waits->y[i]);
    }
  if (most == 0)
    {
      show_nothing (exhibit);
      return;
    }
  baton_axis_cover (&exhibit->plot->y, 0, most);
  exhibit->legend = baton_legend_entries_new ();
  baton_legend_add (exhibit->legend, _ ("waiting in queues"), BATON_SAMPLE_BLOCK, BATON_INK_REST,
      BATON_PATTERN_HATCH, BATON_SHAPE_DOT);
  baton_legend_add (exhibit->legend, _ ("being worked on or reviewed"), BATON_SAMPLE_BLOCK, BATON_INK_MAIN,
      BATON_PATTERN_PLAIN, BATON_SHAPE_DOT);
}

static const BatonFlowAge *
age_at (const BatonReport *report, guint i)
{
  return &g_array_index (report->ages, BatonFlowAge, i);
}

static char *
age_words (gpointer data, guint i)
{
  const BatonReport *report = data;
  const BatonFlowAge *age = age_at (report, i);
  g_autofree char *span = baton_words_span ((double) age->age, report->day);
  g_autofree char *here = baton_words_span ((double) age->in_stage, report->day);
  g_autofree char *chance = age->chance_late >= 0 ? baton_share_words (age->chance_late) : NULL;
  const char *title = baton_report_title (report, age->card),
             *stage = baton_report_stage (report, age->stage);

  if (chance == NULL)
    return g_strdup_printf (_ ("%s\n%s old, %s of it in “%s”"), title, span, here, stage);
  if (age->chance_late >= 1)
    return g_strdup_printf (
        _ ("%s\n%s old, %s of it in “%s”\nlater than 85 %% of all"), title, span, here, stage);
  return g_strdup_printf (
      _ ("%s\n%s old, %s of it in “%s”\nlate with a chance of %s"), title, span, here, stage, chance);
}

static GPtrArray *
age_cards (gpointer data, guint mark)
{
  const BatonReport *report = data;
  GPtrArray *cards = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (cards, g_strdup (baton_report_card_id (report, age_at (report, mark)->card)));
  return cards;
}

static BatonTable *
age_table (gpointer data)
{
  const BatonReport *report = data;
  BatonTable *table = baton_table_new (report->view->zone, report->day);

  baton_table_add_column (table, "card", _ ("Card"), BATON_CELL_TEXT);
  baton_table_add_column (table, "stage", _ ("Stage"), BATON_CELL_TEXT);
  baton_table_add_column (table, "age", _ ("Age"), BATON_CELL_SPAN);
  baton_table_add_column (table, "in_stage", _ ("In this stage"), BATON_CELL_SPAN);
  baton_table_add_column (table, "chance_late", _ ("Chance to be late"), BATON_CELL_SHARE);
  for (guint i = 0; i < report->ages->len; i++)
    {
      const BatonFlowAge *age = age_at (report, i);

      baton_table_add_text (table, baton_report_title (report, age->card));
      baton_table_add_text (table, baton_report_stage (report, age->stage));
      baton_table_add_number (table, (double) age->age);
      baton_table_add_number (table, (double) age->in_stage);
      baton_table_add_number (table, age->chance_late >= 0 ? age->chance_late : NAN);
    }
  return table;
}

/* Stages between backlog and done, in the order of the flow: where each is on the axis. */
static int *
stage_columns (const BatonReport *report, GPtrArray *names)
{
  const BatonFlow *flow = report->view->flow;
  int *columns = g_new (int, MAX (flow->n_stages, 1));

  for (guint i = 0; i < flow->n_stages; i++)
    columns[i] = -1;
  for (guint place = 0; place < flow->n_stages; place++)
    {
      guint16 stage = stage_at (flow, place);

      if (flow->stages[stage].removed || flow->stages[stage].kind == BATON_FLOW_DONE)
        continue;
      columns[stage] = (int) names->len;
      g_ptr_array_add (names, g_strdup (baton_report_stage (report, stage)));
    }
  return columns;
}

/* The ages at which half and 85 % of the finished cards had left each stage. */
static void
add_pace (BatonPlotContent *content, const BatonReport *report, const int *columns)
{
  for (guint p = 0; p < 2; p++)
    {
      BatonLayer *band = baton_plot_add_layer (
          content, BATON_LAYER_BARS, NULL, report->view->flow->n_stages, BATON_INK_REST);

      band->quiet = TRUE;
      band->width = 0.9;
      band->shade = p == 0 ? 1 : 0;
      band->n_shades = 4;
      baton_layer_low (band);
      for (guint s = 0; s < band->n; s++)
        {
          band->x[s] = columns[s] >= 0 ? columns[s] : -9;
          band->low[s] = p == 0 ? 0 : (double) report->pace[s * 2];
          band->y[s] = (double) report->pace[s * 2 + p];
        }
    }
}

/* Cards of one stage side by side, in a pattern that is always the same. */
static double
aside (guint nth)
{
  return 0.1 * ((double) (nth % 7) - 3);
}

void
baton_fill_age (BatonExhibit *exhibit, const BatonReport *report)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autofree int *columns = NULL;
  g_autofree guint *seen = g_new0 (guint, MAX (report->view->flow->n_stages, 1));
  BatonPlotContent *content;
  BatonLayer *layer;
  double most = (double) report->percentiles[2] * 1.1;

  exhibit->answer = baton_words_age (report);
  exhibit->what =
      g_strdup (_ ("Age of the work in progress, by stage, against what finished cards needed until there."));
  exhibit->table = age_table;
  exhibit->cards = age_cards;
  if (report->ages->len == 0)
    {
      exhibit->empty = g_strdup (_ ("No card is in progress."));
      return;
    }
  columns = stage_columns (report, names);
  g_ptr_array_add (names, NULL);
  content = exhibit->plot = baton_exhibit_plot (report, BATON_AXIS_NAMES, BATON_AXIS_SPAN);
  content->x.names = (GStrv) g_ptr_array_free (g_steal_pointer (&names), FALSE);
  baton_axis_cover (&content->x, 0, g_strv_length (content->x.names));
  add_pace (content, report, columns);
  layer = baton_plot_add_layer (content, BATON_LAYER_POINTS, NULL, report->ages->len, BATON_INK_MAIN);
  layer->words = age_words;
  baton_layer_odd (layer);
  for (guint i = 0; i < report->ages->len; i++)
    {
      const BatonFlowAge *age = age_at (report, i);

      layer->x[i] = columns[age->stage] + aside (seen[age->stage]++);
      layer->y[i] = (double) age->age;
      layer->odd[i] = report->n_finished > 0 && age->age > report->percentiles[2];
      most = MAX (most, layer->y[i]);
    }
  if (report->n_finished > 0)
    baton_plot_add_rule (content, FALSE, (double) report->percentiles[2], "85 %", BATON_INK_MAIN);
  baton_axis_cover (&content->y, 0, most);
  exhibit->legend = baton_legend_entries_new ();
  baton_legend_add (exhibit->legend, _ ("in progress"), BATON_SAMPLE_MARK, BATON_INK_MAIN,
      BATON_PATTERN_PLAIN, BATON_SHAPE_DOT);
  baton_legend_add (exhibit->legend, _ ("late already"), BATON_SAMPLE_MARK, BATON_INK_ODD,
      BATON_PATTERN_PLAIN, BATON_SHAPE_DIAMOND);
  baton_legend_add (exhibit->legend, _ ("where half, and 85 %, of the finished cards were through"),
      BATON_SAMPLE_BLOCK, BATON_INK_REST, BATON_PATTERN_PLAIN, BATON_SHAPE_DOT);
}
