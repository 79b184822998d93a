/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "exhibit-private.h"
#include "metrics-words.h"

#include <glib/gi18n.h>
#include <math.h>

/* The handoff map, what to decouple first, the bottleneck. */

#define MOST_NODES 12
#define MOST_EDGES 24

static const BatonFlowEdge *
edge_at (const BatonReport *report, guint i)
{
  return g_ptr_array_index (report->handoffs->edges, i);
}

static double
median_of (const BatonFlowEdge *edge)
{
  return (double) baton_flow_sample_percentile ((BatonFlowSample *) &edge->wait, 50);
}

/* Long waits stand out: against a day. */
static BatonInk
ink_of (const BatonReport *report, const BatonFlowEdge *edge)
{
  double day = report->day > 0 ? report->day : 8.64e10, median = median_of (edge);

  return edge->share > 0.25 && median > day / 2 ? BATON_INK_ODD
         : median > day                         ? BATON_INK_WARM
                                                : BATON_INK_GOOD;
}

static const BatonFlowEdge *
divided_at (const BatonReport *report, guint i)
{
  return g_ptr_array_index (report->divided->edges, i);
}

static BatonTable *
table_of (const BatonReport *report, const BatonFlowHandoffs *handoffs)
{
  BatonTable *table = baton_table_new (report->view->zone, report->day);
  gboolean divided = (handoffs->grain & (BATON_FLOW_BY_CHANNEL | BATON_FLOW_BY_ASSET_TYPE)) != 0;

  baton_table_add_column (table, "from", _ ("From"), BATON_CELL_TEXT);
  baton_table_add_column (table, "to", _ ("To"), BATON_CELL_TEXT);
  if (divided)
    baton_table_add_column (table, "of",
        handoffs->grain & BATON_FLOW_BY_CHANNEL ? _ ("Channel") : _ ("Asset type"), BATON_CELL_TEXT);
  baton_table_add_column (table, "handoffs", _ ("Handoffs"), BATON_CELL_NUMBER);
  baton_table_add_column (table, "median_wait", _ ("Half wait more than"), BATON_CELL_SPAN);
  baton_table_add_column (table, "p85_wait", _ ("85 % wait at most"), BATON_CELL_SPAN);
  baton_table_add_column (table, "total_wait", _ ("All waits together"), BATON_CELL_SPAN);
  baton_table_add_column (table, "share", _ ("Of all waiting"), BATON_CELL_SHARE);
  baton_table_add_column (table, "kind", _ ("Kind"), BATON_CELL_TEXT);
  baton_table_add_column (table, "said_by", _ ("Said by"), BATON_CELL_TEXT);
  for (guint i = 0; i < handoffs->edges->len; i++)
    {
      const BatonFlowEdge *edge = g_ptr_array_index (handoffs->edges, i);

      baton_table_add_text (table, baton_report_hands (report, edge->from));
      baton_table_add_text (table, baton_report_hands (report, edge->to));
      if (divided)
        baton_table_add_text (table, baton_report_division (report, edge));
      baton_table_add_number (table, edge->wait.n);
      baton_table_add_number (table, median_of (edge));
      baton_table_add_number (
          table, (double) baton_flow_sample_percentile ((BatonFlowSample *) &edge->wait, 85));
      baton_table_add_number (table, edge->wait.total);
      baton_table_add_number (table, edge->share);
      baton_table_add_text (
          table, baton_flow_edge_is_sync (edge) ? _ ("sync required") : _ ("async possible"));
      baton_table_add_text (table, edge->mark != NULL ? _ ("the team") : _ ("measured"));
    }
  return table;
}

static BatonTable *
handoff_table (gpointer data)
{
  const BatonReport *report = data;

  return table_of (report, report->handoffs);
}

static BatonTable *
divided_table (gpointer data)
{
  const BatonReport *report = data;

  return table_of (report, report->divided);
}

static int
by_volume (gconstpointer a, gconstpointer b)
{
  const BatonFlowEdge *x = *(BatonFlowEdge *const *) a, *y = *(BatonFlowEdge *const *) b;

  return x->wait.n > y->wait.n ? -1 : x->wait.n < y->wait.n;
}

/* Whether the map has room for these hands, which then are in it. */
static gboolean
has_room (GHashTable *nodes, guint32 hands)
{
  if (g_hash_table_contains (nodes, GUINT_TO_POINTER (hands)))
    return TRUE;
  if (g_hash_table_size (nodes) >= MOST_NODES)
    return FALSE;
  return g_hash_table_add (nodes, GUINT_TO_POINTER (hands));
}

static guint
node_of (BatonGraphContent *graph, GHashTable *nodes, const BatonReport *report, guint32 hands)
{
  gpointer found;

  if (g_hash_table_lookup_extended (nodes, GUINT_TO_POINTER (hands), NULL, &found))
    return GPOINTER_TO_UINT (found);
  found = GUINT_TO_POINTER (baton_graph_add_node (graph, baton_report_hands (report, hands)));
  g_hash_table_insert (nodes, GUINT_TO_POINTER (hands), found);
  return GPOINTER_TO_UINT (found);
}

/* The edges that are drawn, as the graph numbers its marks: those with most handoffs. */
static GPtrArray *
drawn_edges (const BatonReport *report)
{
  g_autoptr (GHashTable) nodes = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) all = g_ptr_array_new ();
  GPtrArray *edges = g_ptr_array_new ();

  for (guint i = 0; i < report->handoffs->edges->len; i++)
    g_ptr_array_add (all, (gpointer) edge_at (report, i));
  g_ptr_array_sort (all, by_volume);
  for (guint i = 0; i < MIN (all->len, MOST_EDGES); i++)
    {
      BatonFlowEdge *edge = g_ptr_array_index (all, i);
      gboolean from = has_room (nodes, edge->from), to = has_room (nodes, edge->to);

      if (from && to)
        g_ptr_array_add (edges, edge);
    }
  return edges;
}

const BatonFlowEdge *
baton_exhibit_edge (BatonExhibitId id, const BatonReport *report, guint mark)
{
  g_autoptr (GPtrArray) edges = NULL;

  if (id == BATON_EXHIBIT_DECOUPLE)
    return mark < report->divided->edges->len ? divided_at (report, mark) : NULL;
  edges = drawn_edges (report);
  return id == BATON_EXHIBIT_HANDOFFS && mark < edges->len ? g_ptr_array_index (edges, mark) : NULL;
}

typedef struct
{
  const BatonReport *report;
  const BatonFlowHandoffs *handoffs;
  const BatonFlowEdge *edge;
  GHashTable *found; /* cards */
  GPtrArray *cards;
} Behind;

static void
add_pass (const BatonFlowPass *pass, gpointer data)
{
  Behind *self = data;

  if (baton_flow_handoffs_find (self->handoffs, self->report->view, pass) == self->edge &&
      g_hash_table_add (self->found, GUINT_TO_POINTER (pass->card)))
    g_ptr_array_add (self->cards, g_strdup (baton_report_card_id (self->report, pass->card)));
}

/* The cards that passed from the one to the other. */
static GPtrArray *
edge_cards (const BatonReport *report, const BatonFlowHandoffs *handoffs, const BatonFlowEdge *edge)
{
  g_autoptr (GHashTable) found = g_hash_table_new (NULL, NULL);
  Behind behind = { report, handoffs, edge, found, g_ptr_array_new_with_free_func (g_free) };

  if (edge != NULL)
    baton_flow_handoffs_each (report->view, add_pass, &behind);
  return behind.cards;
}

static GPtrArray *
handoff_cards (gpointer data, guint mark)
{
  const BatonReport *report = data;

  return edge_cards (report, report->handoffs, baton_exhibit_edge (BATON_EXHIBIT_HANDOFFS, report, mark));
}

static GPtrArray *
divided_cards (gpointer data, guint mark)
{
  const BatonReport *report = data;

  return edge_cards (report, report->divided, baton_exhibit_edge (BATON_EXHIBIT_DECOUPLE, report, mark));
}

void
baton_fill_handoffs (BatonExhibit *exhibit, const BatonReport *report)
{
  g_autoptr (GHashTable) nodes = g_hash_table_new (NULL, NULL);
  g_autoptr (GPtrArray) edges = drawn_edges (report);
  guint left_out = report->handoffs->edges->len - edges->len;

  exhibit->answer = baton_words_handoffs (report);
  exhibit->what =
      report->by_role
          ? g_strdup (_ (
                "Handoffs between roles. Width is volume, the number is the median wait; ⇄ means that both "
                "have to be there."))
          : g_strdup (
                _ ("Handoffs between people. Width is volume, the number is the median wait; ⇄ means that "
                   "both have to be there."));
  exhibit->table = handoff_table;
  exhibit->cards = handoff_cards;
  if (edges->len == 0)
    {
      exhibit->empty = g_strdup (_ (
          "No card passed from one person to another in this period. A handoff is when somebody takes a card "
          "out of a queue into which somebody else has put it."));
      return;
    }
  exhibit->graph = baton_graph_content_new ();
  for (guint i = 0; i < edges->len; i++)
    {
      const BatonFlowEdge *edge = g_ptr_array_index (edges, i);
      guint from = node_of (exhibit->graph, nodes, report, edge->from);
      guint to = node_of (exhibit->graph, nodes, report, edge->to);
      g_autofree char *wait = baton_span_short (median_of (edge), report->day);
      g_autofree char *label =
          baton_flow_edge_is_sync (edge) ? g_strdup_printf ("⇄ %s", wait) : g_strdup (wait);
      g_autofree char *words = baton_words_edge (report, edge);

      baton_graph_add_edge (exhibit->graph, from, to, edge->wait.n, label, words, ink_of (report, edge));
    }
  baton_graph_arrange (exhibit->graph);
  exhibit->wide = exhibit->graph->n_layers > 3 || edges->len > 12;
  if (left_out > 0)
    exhibit->note = g_strdup_printf (ngettext ("%u rare handoff is only in the table.",
                                         "%u rare handoffs are only in the table.", left_out),
        left_out);
  exhibit->legend = baton_legend_entries_new ();
  baton_legend_add (exhibit->legend, _ ("short wait"), BATON_SAMPLE_LINE, BATON_INK_GOOD, BATON_PATTERN_PLAIN,
      BATON_SHAPE_DOT);
  baton_legend_add (exhibit->legend, _ ("more than a day"), BATON_SAMPLE_LINE, BATON_INK_WARM,
      BATON_PATTERN_PLAIN, BATON_SHAPE_DOT);
  baton_legend_add (exhibit->legend, _ ("a quarter of all waiting"), BATON_SAMPLE_LINE, BATON_INK_ODD,
      BATON_PATTERN_PLAIN, BATON_SHAPE_DOT);
}

static char *
decouple_words (gpointer data, guint row, guint part)
{
  const BatonReport *report = data;

  return baton_words_edge (report, divided_at (report, row));
}

static char *
edge_name (const BatonReport *report, const BatonFlowEdge *edge)
{
  const char *division = baton_report_division (report, edge);
  const char *from = baton_report_hands (report, edge->from), *to = baton_report_hands (report, edge->to);

  return division != NULL ? g_strdup_printf ("%s → %s · %s", from, to, division)
                          : g_strdup_printf ("%s → %s", from, to);
}

void
baton_fill_decouple (BatonExhibit *exhibit, const BatonReport *report)
{
  guint n = MIN (report->divided->edges->len, 8);
  double weeks = MAX (1, (double) (report->last - report->first) / (7 * 8.64e10));

  exhibit->answer = baton_words_decouple (report);
  exhibit->what = g_strdup (_ ("Decouple these first: hours of waiting that each would free in a week."));
  exhibit->table = divided_table;
  exhibit->cards = divided_cards;
  if (n == 0 || divided_at (report, 0)->wait.total <= 0)
    {
      exhibit->empty = g_strdup (_ ("There is no waiting between people that could be freed."));
      return;
    }
  exhibit->bars = baton_exhibit_bars (report, BATON_AXIS_NUMBER);
  exhibit->bars->words = decouple_words;
  baton_bars_add_part (exhibit->bars, _ ("waiting in a week"), BATON_INK_WARM, BATON_PATTERN_PLAIN);
  for (guint i = 0; i < n; i++)
    {
      const BatonFlowEdge *edge = divided_at (report, i);
      g_autofree char *name = edge_name (report, edge);
      g_autofree char *hours = baton_number_words (edge->wait.total / weeks / 3.6e9, 0);
      g_autofree char *note = g_strdup_printf (_ ("%s h"), hours);

      baton_bars_add_row (exhibit->bars, name, note)->value = edge->wait.total / weeks / 3.6e9;
    }
  baton_bars_content_cover (exhibit->bars);
}

static const BatonFlowNarrow *
narrow_at (const BatonReport *report, guint i)
{
  return &g_array_index (report->narrow, BatonFlowNarrow, i);
}

static char *
narrow_words (gpointer data, guint row, guint part)
{
  const BatonReport *report = data;
  g_autofree char *why = baton_words_narrow (report, narrow_at (report, row));

  return g_strdup_printf ("%s\n%s", baton_report_stage (report, narrow_at (report, row)->stage), why);
}

static GPtrArray *
narrow_cards (gpointer data, guint mark)
{
  const BatonReport *report = data;
  const BatonFlow *flow = report->view->flow;
  const BatonFlowNarrow *narrow = narrow_at (report, mark / 3);
  GPtrArray *cards = g_ptr_array_new_with_free_func (g_free);

  for (guint32 c = 0; c < flow->n_cards; c++)
    if (flow->cards[c].left == BATON_FLOW_NEVER && baton_flow_view_has (report->view, &flow->cards[c]) &&
        (flow->cards[c].stage == narrow->stage || flow->cards[c].stage == narrow->queue) &&
        flow->cards[c].stage != BATON_FLOW_NO_STAGE)
      g_ptr_array_add (cards, g_strdup (baton_report_card_id (report, c)));
  return cards;
}

static BatonTable *
narrow_table (gpointer data)
{
  const BatonReport *report = data;
  BatonTable *table = baton_table_new (report->view->zone, report->day);

  baton_table_add_column (table, "stage", _ ("Stage"), BATON_CELL_TEXT);
  baton_table_add_column (table, "arrivals_a_week", _ ("Come in a week"), BATON_CELL_NUMBER);
  baton_table_add_column (table, "departures_a_week", _ ("Leave in a week"), BATON_CELL_NUMBER);
  baton_table_add_column (table, "growth_a_week", _ ("Growth a week"), BATON_CELL_NUMBER);
  baton_table_add_column (table, "queued", _ ("In the queue now"), BATON_CELL_NUMBER);
  baton_table_add_column (table, "median_wait", _ ("Half wait more than"), BATON_CELL_SPAN);
  baton_table_add_column (table, "oldest", _ ("The oldest waits"), BATON_CELL_SPAN);
  baton_table_add_column (table, "utilisation", _ ("Busy"), BATON_CELL_SHARE);
  baton_table_add_column (table, "score", _ ("Score"), BATON_CELL_NUMBER);
  for (guint i = 0; i < report->narrow->len; i++)
    {
      const BatonFlowNarrow *narrow = narrow_at (report, i);

      baton_table_add_text (table, baton_report_stage (report, narrow->stage));
      baton_table_add_number (table, narrow->arrivals);
      baton_table_add_number (table, narrow->departures);
      baton_table_add_number (table, narrow->growth);
      baton_table_add_number (table, narrow->queued);
      baton_table_add_number (table, (double) narrow->median_wait);
      baton_table_add_number (table, (double) narrow->oldest);
      baton_table_add_number (table, narrow->utilisation);
      baton_table_add_number (table, narrow->score);
    }
  return table;
}

static void
add_narrow_parts (BatonExhibit *exhibit)
{
  static const struct
  {
    const char *name;
    BatonInk ink;
    BatonPattern pattern;
  } parts[] = { { N_ ("queue grows"), BATON_INK_ODD, BATON_PATTERN_PLAIN },
    { N_ ("cards wait long"), BATON_INK_WARM, BATON_PATTERN_HATCH },
    { N_ ("busy all the time"), BATON_INK_MAIN, BATON_PATTERN_LINES } };

  exhibit->legend = baton_legend_entries_new ();
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      baton_bars_add_part (exhibit->bars, _ (parts[i].name), parts[i].ink, parts[i].pattern);
      baton_legend_add (exhibit->legend, _ (parts[i].name), BATON_SAMPLE_BLOCK, parts[i].ink,
          parts[i].pattern, BATON_SHAPE_DOT);
    }
}

void
baton_fill_bottleneck (BatonExhibit *exhibit, const BatonReport *report)
{
  exhibit->answer = baton_words_bottleneck (report);
  exhibit->table = narrow_table;
  exhibit->cards = narrow_cards;
  if (report->narrow->len == 0 || report->unfinished + report->times->lead.n == 0)
    {
      exhibit->what = g_strdup (_ ("Each stage of work with the queue before it."));
      exhibit->empty = report->narrow->len == 0
                           ? g_strdup (_ ("This board has no stage where somebody works or reviews."))
                           : baton_exhibit_nothing_finished (report);
      return;
    }
  if (narrow_at (report, 0)->score <= 0)
    {
      exhibit->what = g_strdup (_ ("Each stage of work with the queue before it."));
      exhibit->empty = g_strdup (_ ("No card was in progress in this period."));
      return;
    }
  exhibit->what = baton_words_narrow (report, narrow_at (report, 0));
  exhibit->bars = baton_exhibit_bars (report, BATON_AXIS_NUMBER);
  exhibit->bars->words = narrow_words;
  add_narrow_parts (exhibit);
  exhibit->note = baton_exhibit_left_out (report->narrow->len, MIN (report->narrow->len, BATON_MOST_ROWS));
  for (guint i = 0; i < MIN (report->narrow->len, BATON_MOST_ROWS); i++)
    {
      const BatonFlowNarrow *narrow = narrow_at (report, i);
      BatonBarValue *row =
          baton_bars_add_row (exhibit->bars, baton_report_stage (report, narrow->stage), NULL);

      row[0].value = narrow->part_growth / 3;
      row[1].value = narrow->part_wait / 3;
      row[2].value = narrow->utilisation / 3;
    }
  exhibit->bars->axis.kind = BATON_AXIS_SHARE;
  exhibit->bars->axis.from = 0;
  exhibit->bars->axis.to = 1;
}
