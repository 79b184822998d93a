/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "exhibit-private.h"
#include "metrics-words.h"

#include <glib/gi18n.h>
#include <math.h>

/* Reviews, what passes at the first go, what comes back. */

static BatonTable *
review_table (gpointer data)
{
  const BatonReport *report = data;
  BatonTable *table = baton_table_new (report->view->zone, report->day);

  baton_table_add_column (table, "turnaround", _ ("Turnaround"), BATON_CELL_SPAN);
  for (guint i = 0; i < report->reviews->turnaround.n; i++)
    baton_table_add_number (table, (double) report->reviews->turnaround.values[i]);
  return table;
}

/* How long the longest bar is, and how many: whole hours or days. */
static gint64
review_width (const BatonReport *report)
{
  static const gint64 hours[] = { 1, 2, 4, 6, 12, 24, 48, 120, 240, 720, 2400 };
  gint64 most = baton_flow_sample_percentile (&report->reviews->turnaround, 99);
  guint i = 0;

  while (i + 1 < G_N_ELEMENTS (hours) && most / (hours[i] * G_GINT64_CONSTANT (3600000000)) > 24)
    i++;
  return hours[i] * G_GINT64_CONSTANT (3600000000);
}

/* The bars end at their number: what lasted longer is in the last. */
#define MOST_REVIEW_BARS 60

static guint
review_bars (const BatonReport *report)
{
  gint64 longest = baton_flow_sample_percentile (&report->reviews->turnaround, 100);

  return MIN ((guint) (longest / review_width (report)) + 1, MOST_REVIEW_BARS);
}

static char *
review_words (gpointer data, guint i)
{
  const BatonReport *report = data;
  const BatonFlowSample *sample = &report->reviews->turnaround;
  gint64 width = review_width (report);
  guint n = 0, last = review_bars (report) - 1;
  g_autofree char *from = baton_words_span ((double) width * i, report->day);
  g_autofree char *to = baton_words_span ((double) width * (i + 1), report->day);

  for (guint v = 0; v < sample->n; v++)
    n += MIN ((guint64) (sample->values[v] / width), last) == i;
  if (i + 1 == MOST_REVIEW_BARS)
    return g_strdup_printf (ngettext ("%s and more\n%u review", "%s and more\n%u reviews", n), from, n);
  return g_strdup_printf (ngettext ("%s to %s\n%u review", "%s to %s\n%u reviews", n), from, to, n);
}

/* Windows of a board with working hours run in those, else through the night; they can be drawn where
 * turnarounds are measured alike. */
static gboolean
shows_window (const BatonReport *report)
{
  return report->review_window > 0 && report->dataset->metrics->own_hours == (report->hours != NULL);
}

/* Which review is whose is known while they are in the order in which they were found. */
static GPtrArray *
review_cards (gpointer data, guint mark)
{
  const BatonReport *report = data;
  g_autoptr (BatonFlowReviews) reviews = baton_metrics_reviews (report->dataset->metrics, report->view);
  g_autoptr (GArray) cards = g_array_new (FALSE, FALSE, sizeof (guint32));
  gint64 width = review_width (report);
  guint last = review_bars (report) - 1;

  for (guint i = 0; i < reviews->turnaround.n; i++)
    if (MIN ((guint64) (reviews->turnaround.values[i] / width), last) == mark)
      g_array_append_val (cards, g_array_index (reviews->cards, guint32, i));
  return baton_exhibit_ids (report, cards);
}

static void
add_review_bars (BatonExhibit *exhibit, const BatonReport *report)
{
  BatonFlowSample *sample = &report->reviews->turnaround;
  gint64 width = review_width (report);
  guint n = review_bars (report), most = 0;
  g_autofree guint *counts = NULL;
  BatonLayer *layer;

  counts = g_new0 (guint, n);
  baton_flow_sample_histogram (sample, width, n, counts);
  exhibit->plot = baton_exhibit_plot (report, BATON_AXIS_SPAN, BATON_AXIS_NUMBER);
  layer = baton_plot_add_layer (exhibit->plot, BATON_LAYER_BARS, NULL, n, BATON_INK_DEEP);
  layer->width = (double) width;
  layer->words = review_words;
  for (guint i = 0; i < n; i++)
    {
      layer->x[i] = (double) width * (i + 0.5);
      layer->y[i] = counts[i];
      most = MAX (most, counts[i]);
    }
  exhibit->plot->x.from = 0;
  exhibit->plot->x.to = (double) MAX (width * n, shows_window (report) ? report->review_window * 11 / 10 : 0);
  baton_axis_cover (&exhibit->plot->y, 0, most);
  if (shows_window (report))
    baton_plot_add_rule (exhibit->plot, TRUE, (double) report->review_window, _ ("window"), BATON_INK_ODD);
}

void
baton_fill_reviews (BatonExhibit *exhibit, const BatonReport *report)
{
  const BatonFlowReviews *reviews = report->reviews;

  exhibit->answer = baton_words_reviews (report);
  exhibit->what = reviews->from_requests
                      ? g_strdup (_ ("Review turnaround: from the request to its end."))
                      : g_strdup (_ ("Review turnaround: from ready for review to out of it."));
  exhibit->table = review_table;
  exhibit->cards = review_cards;
  if (reviews->turnaround.n == 0)
    {
      exhibit->empty = g_strdup (_ ("No review was finished in this period."));
      return;
    }
  if (reviews->overdue > 0)
    exhibit->note = g_strdup_printf (ngettext ("%u open review is past its window now.",
                                         "%u open reviews are past their windows now.", reviews->overdue),
        reviews->overdue);
  add_review_bars (exhibit, report);
}

static GArray *
yield_stages (const BatonReport *report)
{
  const BatonFlow *flow = report->view->flow;
  GArray *stages = g_array_new (FALSE, FALSE, sizeof (guint16));

  for (guint place = 0; place < flow->n_stages; place++)
    for (guint16 s = 0; s < flow->n_stages; s++)
      if (flow->places[s] == place && baton_flow_is_work (flow->stages[s].kind) &&
          report->quality->yields[s].left > 0)
        g_array_append_val (stages, s);
  return stages;
}

static double
not_passed (const BatonReport *report, guint16 stage)
{
  return (double) report->quality->yields[stage].left - report->quality->yields[stage].passed;
}

/* The rows of the chart but the last: where most had to come again. */
static GArray *
shown_yields (const BatonReport *report)
{
  GArray *stages = yield_stages (report);

  baton_exhibit_keep_most (report, stages, not_passed);
  return stages;
}

static char *
yield_words (gpointer data, guint row, guint part)
{
  const BatonReport *report = data;
  g_autoptr (GArray) stages = shown_yields (report);
  const BatonFlowYield *yield;
  guint16 stage;
  g_autofree char *rolled = NULL;

  if (row >= stages->len)
    {
      rolled = baton_share_words (baton_flow_quality_rolled (report->quality, report->view->flow));
      return g_strdup_printf (_ ("All steps together\n%s pass every one at the first go"), rolled);
    }
  stage = g_array_index (stages, guint16, row);
  yield = &report->quality->yields[stage];
  return g_strdup_printf (_ ("%s\n%u of %u cards passed at the first go"), baton_report_stage (report, stage),
      yield->passed, yield->left);
}

/* What each card alone would add to the numbers tells whose they are. */
typedef gboolean (*IsBehind) (const BatonReport *report, const BatonFlowQuality *of_card, guint mark);

static GPtrArray *
cards_where (const BatonReport *report, IsBehind is_behind, guint mark)
{
  const BatonFlow *flow = report->view->flow;
  g_autoptr (GArray) cards = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autofree BatonFlowYield *yields = g_new0 (BatonFlowYield, flow->n_stages + 1);
  g_autoptr (GArray) rework = g_array_new (FALSE, FALSE, sizeof (BatonFlowRework));
  BatonFlowQuality of_card = { .n_stages = flow->n_stages, .yields = yields, .rework = rework };

  for (guint32 c = 0; c < flow->n_cards; c++)
    {
      baton_flow_quality_put (&of_card, report->view, c, TRUE);
      if (is_behind (report, &of_card, mark))
        g_array_append_val (cards, c);
      baton_flow_quality_put (&of_card, report->view, c, FALSE);
    }
  return baton_exhibit_ids (report, cards);
}

/* The last row is about all steps. */
static gboolean
has_left (const BatonReport *report, const BatonFlowQuality *of_card, guint mark)
{
  g_autoptr (GArray) shown = shown_yields (report);
  g_autoptr (GArray) stages = yield_stages (report);
  gboolean left = FALSE;

  if (mark < shown->len)
    return of_card->yields[g_array_index (shown, guint16, mark)].left > 0;
  for (guint i = 0; i < stages->len; i++)
    left |= of_card->yields[g_array_index (stages, guint16, i)].left > 0;
  return left;
}

static GPtrArray *
yield_cards (gpointer data, guint mark)
{
  return cards_where (data, has_left, mark);
}

static BatonTable *
yield_table (gpointer data)
{
  const BatonReport *report = data;
  BatonTable *table = baton_table_new (report->view->zone, report->day);
  g_autoptr (GArray) stages = yield_stages (report);

  baton_table_add_column (table, "stage", _ ("Stage"), BATON_CELL_TEXT);
  baton_table_add_column (table, "left", _ ("Left it"), BATON_CELL_NUMBER);
  baton_table_add_column (table, "passed", _ ("At the first go"), BATON_CELL_NUMBER);
  baton_table_add_column (table, "first_pass_yield", _ ("First-pass yield"), BATON_CELL_SHARE);
  for (guint i = 0; i < stages->len; i++)
    {
      guint16 stage = g_array_index (stages, guint16, i);

      baton_table_add_text (table, baton_report_stage (report, stage));
      baton_table_add_number (table, report->quality->yields[stage].left);
      baton_table_add_number (table, report->quality->yields[stage].passed);
      baton_table_add_number (table, baton_flow_yield (&report->quality->yields[stage]));
    }
  return table;
}

void
baton_fill_yield (BatonExhibit *exhibit, const BatonReport *report)
{
  g_autoptr (GArray) all = yield_stages (report);
  g_autoptr (GArray) stages = shown_yields (report);
  double rolled = baton_flow_quality_rolled (report->quality, report->view->flow);
  g_autofree char *whole = NULL;

  exhibit->answer = baton_words_yield (report);
  exhibit->what = g_strdup (_ (
      "First-pass yield: share of the cards that went on without coming back; below, all steps together."));
  exhibit->table = yield_table;
  exhibit->cards = yield_cards;
  if (stages->len == 0 || rolled < 0)
    {
      exhibit->empty = g_strdup (_ ("No card has left a stage of work in this period."));
      return;
    }
  exhibit->note = baton_exhibit_left_out (all->len, stages->len);
  exhibit->bars = baton_exhibit_bars (report, BATON_AXIS_SHARE);
  exhibit->bars->words = yield_words;
  baton_bars_add_part (exhibit->bars, _ ("passed at the first go"), BATON_INK_GOOD, BATON_PATTERN_PLAIN);
  for (guint i = 0; i < stages->len; i++)
    {
      guint16 stage = g_array_index (stages, guint16, i);
      double yield = baton_flow_yield (&report->quality->yields[stage]);
      g_autofree char *note = baton_share_words (yield);

      baton_bars_add_row (exhibit->bars, baton_report_stage (report, stage), note)->value = yield;
    }
  whole = baton_share_words (rolled);
  baton_bars_add_row (exhibit->bars, _ ("All steps"), whole)->value = rolled;
  baton_bars_content_cover (exhibit->bars);
}

static int
by_count (gconstpointer a, gconstpointer b)
{
  const BatonFlowRework *x = a, *y = b;

  return x->count > y->count ? -1 : x->count < y->count ? 1 : (int) x->from - (int) y->from;
}

static GArray *
sorted_rework (const BatonReport *report)
{
  GArray *rework = g_array_copy (report->quality->rework);

  g_array_sort (rework, by_count);
  return rework;
}

static gboolean
went_back (const BatonReport *report, const BatonFlowQuality *of_card, guint mark)
{
  g_autoptr (GArray) all = NULL;
  const BatonFlowRework *wanted;

  if (of_card->reworks == 0)
    return FALSE;
  all = sorted_rework (report);
  wanted = &g_array_index (all, BatonFlowRework, mark);
  for (guint i = 0; i < of_card->rework->len; i++)
    {
      const BatonFlowRework *one = &g_array_index (of_card->rework, BatonFlowRework, i);

      if (one->count > 0 && one->from == wanted->from && one->to == wanted->to &&
          one->reason == wanted->reason)
        return TRUE;
    }
  return FALSE;
}

static GPtrArray *
rework_cards (gpointer data, guint mark)
{
  return cards_where (data, went_back, mark);
}

static char *
rework_name (const BatonReport *report, const BatonFlowRework *one)
{
  const char *reason = baton_metrics_name (&report->dataset->metrics->reasons, one->reason);

  if (*reason != '\0')
    return g_strdup_printf (
        "%s → %s: %s", baton_report_stage (report, one->from), baton_report_stage (report, one->to), reason);
  return g_strdup_printf (
      "%s → %s", baton_report_stage (report, one->from), baton_report_stage (report, one->to));
}

static BatonTable *
rework_table (gpointer data)
{
  const BatonReport *report = data;
  BatonTable *table = baton_table_new (report->view->zone, report->day);
  g_autoptr (GArray) rework = sorted_rework (report);

  baton_table_add_column (table, "from", _ ("From"), BATON_CELL_TEXT);
  baton_table_add_column (table, "to", _ ("Back to"), BATON_CELL_TEXT);
  baton_table_add_column (table, "reason", _ ("Reason"), BATON_CELL_TEXT);
  baton_table_add_column (table, "times", _ ("Times"), BATON_CELL_NUMBER);
  for (guint i = 0; i < rework->len; i++)
    {
      const BatonFlowRework *one = &g_array_index (rework, BatonFlowRework, i);

      baton_table_add_text (table, baton_report_stage (report, one->from));
      baton_table_add_text (table, baton_report_stage (report, one->to));
      baton_table_add_text (table, baton_metrics_name (&report->dataset->metrics->reasons, one->reason));
      baton_table_add_number (table, one->count);
    }
  return table;
}

void
baton_fill_rework (BatonExhibit *exhibit, const BatonReport *report)
{
  g_autoptr (GArray) rework = sorted_rework (report);

  exhibit->answer = baton_words_rework (report);
  exhibit->what = g_strdup (_ ("Rework: where cards went back, and why, where a review gave a reason."));
  exhibit->table = rework_table;
  exhibit->cards = rework_cards;
  if (rework->len == 0)
    {
      exhibit->empty = g_strdup (_ ("No card went back to an earlier stage of work in this period."));
      return;
    }
  exhibit->bars = baton_exhibit_bars (report, BATON_AXIS_NUMBER);
  baton_bars_add_part (exhibit->bars, _ ("sent back"), BATON_INK_WARM, BATON_PATTERN_PLAIN);
  for (guint i = 0; i < MIN (rework->len, 10); i++)
    {
      const BatonFlowRework *one = &g_array_index (rework, BatonFlowRework, i);
      g_autofree char *name = rework_name (report, one);
      g_autofree char *note = g_strdup_printf ("%u", one->count);

      baton_bars_add_row (exhibit->bars, name, note)->value = one->count;
    }
  baton_bars_content_cover (exhibit->bars);
}
