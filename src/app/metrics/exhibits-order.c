/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "axis-time.h"
#include "exhibit-private.h"
#include "metrics-words.h"

#include <glib/gi18n.h>
#include <math.h>

/* Who is called upon, whether queues are looked after, and what does not agree with the board's own way. */

#define MOST_PEOPLE 12

static const struct
{
  const char *name;
  BatonInk ink;
  BatonPattern pattern;
} calls[BATON_FLOW_N_CALLS] = {
  [BATON_FLOW_CALL_PULL] = { N_ ("handoffs taken"), BATON_INK_MAIN, BATON_PATTERN_PLAIN },
  [BATON_FLOW_CALL_REVIEW] = { N_ ("reviews asked"), BATON_INK_WARM, BATON_PATTERN_HATCH },
  [BATON_FLOW_CALL_MENTION] = { N_ ("mentions"), BATON_INK_DEEP, BATON_PATTERN_DOTS },
  [BATON_FLOW_CALL_ASSIGN] = { N_ ("cards given"), BATON_INK_REST, BATON_PATTERN_LINES },
};

static const BatonFlowTold *
told_at (const BatonReport *report, guint row)
{
  return &g_array_index (report->told, BatonFlowTold, row);
}

static const char *
person_of (const BatonReport *report, guint32 person)
{
  const char *name = baton_metrics_name (&report->dataset->metrics->people, person);

  return *name != '\0' ? name : _ ("Somebody");
}

static double
a_week (const BatonReport *report, guint count)
{
  return count / MAX (1, (double) (report->last - report->first) / (7 * 8.64e10));
}

GPtrArray *
baton_exhibit_ids (const BatonReport *report, const GArray *cards)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < cards->len; i++)
    {
      guint32 card = g_array_index (cards, guint32, i);

      if (g_hash_table_add (seen, GUINT_TO_POINTER (card)))
        g_ptr_array_add (ids, g_strdup (baton_report_card_id (report, card)));
    }
  return ids;
}

static char *
told_words (gpointer data, guint row, guint part)
{
  const BatonReport *report = data;
  const BatonFlowTold *told = told_at (report, row);
  g_autofree char *week = baton_number_words (a_week (report, told->counts[part]), 1);

  return g_strdup_printf (_ ("%s\n%s: %u\n%s a week"), person_of (report, told->person), _ (calls[part].name),
      told->counts[part], week);
}

static GPtrArray *
told_cards (gpointer data, guint mark)
{
  const BatonReport *report = data;
  g_autoptr (GArray) cards = baton_flow_told_cards (
      report->view, told_at (report, mark / BATON_FLOW_N_CALLS)->person, mark % BATON_FLOW_N_CALLS);

  return baton_exhibit_ids (report, cards);
}

static BatonTable *
told_table (gpointer data)
{
  const BatonReport *report = data;
  BatonTable *table = baton_table_new (report->view->zone, report->day);

  baton_table_add_column (table, "person", _ ("Person"), BATON_CELL_TEXT);
  baton_table_add_column (table, "handoffs_taken", _ ("Handoffs taken"), BATON_CELL_NUMBER);
  baton_table_add_column (table, "reviews_asked", _ ("Reviews asked"), BATON_CELL_NUMBER);
  baton_table_add_column (table, "mentions", _ ("Mentions"), BATON_CELL_NUMBER);
  baton_table_add_column (table, "cards_given", _ ("Cards given"), BATON_CELL_NUMBER);
  baton_table_add_column (table, "a_week", _ ("A week"), BATON_CELL_NUMBER);
  for (guint i = 0; i < report->told->len; i++)
    {
      const BatonFlowTold *told = told_at (report, i);

      baton_table_add_text (table, person_of (report, told->person));
      for (guint kind = 0; kind < BATON_FLOW_N_CALLS; kind++)
        baton_table_add_number (table, told->counts[kind]);
      baton_table_add_number (table, a_week (report, told->total));
    }
  return table;
}

static char *
told_answer (const BatonReport *report)
{
  guint all = 0;
  g_autofree char *share = NULL;
  g_autofree char *week = NULL;

  if (report->told->len == 0)
    return g_strdup (_ ("Who is called upon most?"));
  for (guint i = 0; i < report->told->len; i++)
    all += told_at (report, i)->total;
  share = baton_share_words ((double) told_at (report, 0)->total / all);
  week = baton_number_words (a_week (report, told_at (report, 0)->total), 1);
  return g_strdup_printf (_ ("%s is called upon most: %s times a week, %s of all calls."),
      person_of (report, told_at (report, 0)->person), week, share);
}

void
baton_fill_told (BatonExhibit *exhibit, const BatonReport *report)
{
  exhibit->answer = told_answer (report);
  exhibit->what = g_strdup (
      _ ("What came to each person because somebody had to act; news that only inform are left out."));
  exhibit->table = told_table;
  exhibit->cards = told_cards;
  if (report->told->len == 0)
    {
      exhibit->empty = g_strdup (_ ("Nobody was handed, asked or given anything in this period."));
      return;
    }
  exhibit->bars = baton_exhibit_bars (report, BATON_AXIS_NUMBER);
  exhibit->bars->words = told_words;
  exhibit->legend = baton_legend_entries_new ();
  for (guint i = 0; i < BATON_FLOW_N_CALLS; i++)
    {
      baton_bars_add_part (exhibit->bars, _ (calls[i].name), calls[i].ink, calls[i].pattern);
      baton_legend_add (exhibit->legend, _ (calls[i].name), BATON_SAMPLE_BLOCK, calls[i].ink,
          calls[i].pattern, BATON_SHAPE_DOT);
    }
  for (guint i = 0; i < MIN (report->told->len, MOST_PEOPLE); i++)
    {
      const BatonFlowTold *told = told_at (report, i);
      g_autofree char *week = baton_number_words (a_week (report, told->total), 1);
      g_autofree char *note = g_strdup_printf (_ ("%s a week"), week);
      BatonBarValue *row = baton_bars_add_row (exhibit->bars, person_of (report, told->person), note);

      for (guint kind = 0; kind < BATON_FLOW_N_CALLS; kind++)
        row[kind].value = told->counts[kind];
    }
  baton_bars_content_cover (exhibit->bars);
}

static const BatonFlowGroom *
groom_at (const BatonReport *report, guint row)
{
  return &g_array_index (report->grooms, BatonFlowGroom, row);
}

static char *
groomed_words (const BatonReport *report, const BatonFlowGroom *groom)
{
  return groom->groomed != BATON_FLOW_NEVER
             ? baton_time_day_words (groom->groomed, report->view->zone, report->view->now)
             : g_strdup (_ ("never"));
}

static char *
groom_words (gpointer data, guint row, guint part)
{
  const BatonReport *report = data;
  const BatonFlowGroom *groom = groom_at (report, row);
  g_autofree char *limit = baton_words_span ((double) groom->limit, 0);
  g_autofree char *day = groomed_words (report, groom);

  if (part == 1)
    return g_strdup_printf (ngettext ("%s\n%u card not touched for over %s\nlast put in order: %s",
                                "%s\n%u cards not touched for over %s\nlast put in order: %s", groom->stale),
        baton_report_stage (report, groom->stage), groom->stale, limit, day);
  return g_strdup_printf (ngettext ("%s\n%u card touched within %s", "%s\n%u cards touched within %s",
                              groom->cards - groom->stale),
      baton_report_stage (report, groom->stage), groom->cards - groom->stale, limit);
}

static GPtrArray *
groom_cards (gpointer data, guint mark)
{
  const BatonReport *report = data;
  const BatonFlow *flow = report->view->flow;
  g_autoptr (GArray) cards = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 c = 0; c < flow->n_cards; c++)
    if (flow->cards[c].stage == groom_at (report, mark / 2)->stage &&
        flow->cards[c].left == BATON_FLOW_NEVER && baton_flow_view_has (report->view, &flow->cards[c]) &&
        baton_flow_is_stale (report->view, &flow->cards[c]) == (mark % 2 == 1))
      g_array_append_val (cards, c);
  return baton_exhibit_ids (report, cards);
}

static BatonTable *
groom_table (gpointer data)
{
  const BatonReport *report = data;
  BatonTable *table = baton_table_new (report->view->zone, report->day);

  baton_table_add_column (table, "stage", _ ("Stage"), BATON_CELL_TEXT);
  baton_table_add_column (table, "cards", _ ("Cards"), BATON_CELL_NUMBER);
  baton_table_add_column (table, "not_touched", _ ("Not touched"), BATON_CELL_NUMBER);
  baton_table_add_column (table, "longest", _ ("Longest without a touch"), BATON_CELL_SPAN);
  baton_table_add_column (table, "in_order", _ ("Last put in order"), BATON_CELL_TEXT);
  for (guint i = 0; i < report->grooms->len; i++)
    {
      const BatonFlowGroom *groom = groom_at (report, i);
      g_autofree char *day = groomed_words (report, groom);

      baton_table_add_text (table, baton_report_stage (report, groom->stage));
      baton_table_add_number (table, groom->cards);
      baton_table_add_number (table, groom->stale);
      baton_table_add_number (table, groom->cards > 0 ? (double) groom->untouched : NAN);
      baton_table_add_text (table, day);
    }
  return table;
}

static char *
groom_answer (const BatonReport *report)
{
  const BatonFlowGroom *worst = NULL;
  guint cards = 0, stale = 0;
  g_autofree char *longest = NULL;

  for (guint i = 0; i < report->grooms->len; i++)
    {
      const BatonFlowGroom *groom = groom_at (report, i);

      cards += groom->cards;
      stale += groom->stale;
      /* The stage with most of what lies too long: the limits differ, so one that lies longer may be allowed
       * to. */
      if (groom->cards > 0 && (worst == NULL || groom->stale > worst->stale ||
                                  (groom->stale == worst->stale && groom->untouched > worst->untouched)))
        worst = groom;
    }
  if (worst == NULL)
    return g_strdup (_ ("Are the queues looked after?"));
  longest = baton_words_span ((double) worst->untouched, report->day);
  if (stale == 0)
    return g_strdup_printf (
        ngettext ("The %u card that waits is looked after: none lay longer than %s.",
            "All %u cards that wait are looked after: none lay untouched for longer than %s.", cards),
        cards, longest);
  return g_strdup_printf (
      ngettext ("%u of %u waiting cards has lain untouched for too long, in “%s”: for %s.",
          "%u of %u waiting cards have lain untouched for too long, most of them in “%s”: one for %s.",
          stale),
      stale, cards, baton_report_stage (report, worst->stage), longest);
}

void
baton_fill_groom (BatonExhibit *exhibit, const BatonReport *report)
{
  static const struct
  {
    const char *name;
    BatonInk ink;
    BatonPattern pattern;
  } parts[] = { { N_ ("touched lately"), BATON_INK_GOOD, BATON_PATTERN_PLAIN },
    { N_ ("not touched for long"), BATON_INK_ODD, BATON_PATTERN_HATCH } };
  guint cards = 0;

  exhibit->answer = groom_answer (report);
  exhibit->what =
      g_strdup (_ ("Cards in backlogs and queues now. Long is the stage’s own limit, else a week."));
  exhibit->table = groom_table;
  exhibit->cards = groom_cards;
  for (guint i = 0; i < report->grooms->len; i++)
    cards += groom_at (report, i)->cards;
  if (cards == 0)
    {
      exhibit->empty = g_strdup (_ ("No card waits in a backlog or a queue."));
      return;
    }
  exhibit->bars = baton_exhibit_bars (report, BATON_AXIS_NUMBER);
  exhibit->bars->words = groom_words;
  exhibit->legend = baton_legend_entries_new ();
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      baton_bars_add_part (exhibit->bars, _ (parts[i].name), parts[i].ink, parts[i].pattern);
      baton_legend_add (exhibit->legend, _ (parts[i].name), BATON_SAMPLE_BLOCK, parts[i].ink,
          parts[i].pattern, BATON_SHAPE_DOT);
    }
  for (guint i = 0; i < report->grooms->len; i++)
    {
      const BatonFlowGroom *groom = groom_at (report, i);
      g_autofree char *span = baton_span_short ((double) groom->untouched, report->day);
      /* Translators: beside a bar of cards: for how long the one that waits longest was not touched. */
      g_autofree char *longest = g_strdup_printf (_ ("longest %s"), span);
      BatonBarValue *row = baton_bars_add_row (
          exhibit->bars, baton_report_stage (report, groom->stage), groom->cards > 0 ? longest : NULL);

      row[0].value = groom->cards - groom->stale;
      row[1].value = groom->stale;
    }
  baton_bars_content_cover (exhibit->bars);
}

static const char *
finding_name (BatonAuditKind kind)
{
  static const char *const names[BATON_N_AUDITS] = {
    [BATON_AUDIT_SKIPPED] = N_ ("A stage of work was skipped"),
    [BATON_AUDIT_NO_REVIEW] = N_ ("Done without a review"),
    [BATON_AUDIT_OWN_REVIEW] = N_ ("Reviewed by who made it"),
    [BATON_AUDIT_TO_AND_FRO] = N_ ("Went back three times or more"),
    [BATON_AUDIT_BLOCKED] = N_ ("Done while blocked"),
  };

  return _ (names[kind]);
}

static GPtrArray *
finding_cards (gpointer data, guint mark)
{
  const BatonReport *report = data;

  return baton_exhibit_ids (report, report->audit->cards[mark]);
}

static BatonTable *
finding_table (gpointer data)
{
  const BatonReport *report = data;
  BatonTable *table = baton_table_new (report->view->zone, report->day);

  baton_table_add_column (table, "finding", _ ("Finding"), BATON_CELL_TEXT);
  baton_table_add_column (table, "cards", _ ("Cards"), BATON_CELL_NUMBER);
  baton_table_add_column (table, "share", _ ("Of all finished"), BATON_CELL_SHARE);
  for (guint i = 0; i < BATON_N_AUDITS; i++)
    {
      baton_table_add_text (table, finding_name (i));
      baton_table_add_number (table, report->audit->cards[i]->len);
      baton_table_add_number (table,
          report->audit->checked > 0 ? (double) report->audit->cards[i]->len / report->audit->checked : NAN);
    }
  return table;
}

static char *
finding_answer (const BatonReport *report)
{
  const BatonFlowAudit *audit = report->audit;
  guint odd = audit->checked - audit->clean, most = 0;

  if (audit->checked == 0)
    return g_strdup (_ ("Do cards go the way that the board says?"));
  if (odd == 0)
    return g_strdup_printf (ngettext ("The %u finished card went the way that the board says.",
                                "All %u finished cards went the way that the board says.", audit->checked),
        audit->checked);
  for (guint i = 1; i < BATON_N_AUDITS; i++)
    if (audit->cards[i]->len > audit->cards[most]->len)
      most = i;
  return g_strdup_printf (
      ngettext ("%u of %u finished cards went another way than the board says: “%s”.",
          "%u of %u finished cards went another way than the board says, most often “%s”.", odd),
      odd, audit->checked, finding_name (most));
}

void
baton_fill_audit (BatonExhibit *exhibit, const BatonReport *report)
{
  exhibit->answer = finding_answer (report);
  exhibit->what = g_strdup (_ ("Findings: not errors, but worth a look. A card can have several."));
  exhibit->table = finding_table;
  exhibit->cards = finding_cards;
  if (report->audit->checked == 0)
    {
      exhibit->empty = baton_exhibit_nothing_finished (report);
      return;
    }
  exhibit->bars = baton_exhibit_bars (report, BATON_AXIS_NUMBER);
  baton_bars_add_part (exhibit->bars, _ ("cards"), BATON_INK_WARM, BATON_PATTERN_PLAIN);
  for (guint i = 0; i < BATON_N_AUDITS; i++)
    {
      g_autofree char *note = g_strdup_printf ("%u", report->audit->cards[i]->len);

      baton_bars_add_row (exhibit->bars, finding_name (i), note)->value = report->audit->cards[i]->len;
    }
  baton_bars_content_cover (exhibit->bars);
}
