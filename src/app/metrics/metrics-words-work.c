/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "metrics-words.h"

#include "axis.h"

#include <glib/gi18n.h>

/* Of the channels with enough finished cards to speak of, the one where least of the time is work. */
char *
baton_words_by_channel (const BatonReport *report)
{
  BatonFlowSpent all = baton_flow_where_total (report->where, 0);
  double least = 2, whole = baton_flow_efficiency (&all);
  guint found = 0;
  g_autofree char *share = NULL;
  g_autofree char *total = NULL;

  if (whole < 0)
    return g_strdup (_ ("How much of the time is work?"));
  for (guint i = 0; i < report->where->values->len; i++)
    {
      BatonFlowSpent spent = baton_flow_where_total (report->where, i + 1);
      double efficiency = baton_flow_efficiency (&spent);

      if (efficiency < 0 || efficiency >= least ||
          g_array_index (report->where->values, guint32, i) == BATON_FLOW_NONE)
        continue;
      least = efficiency;
      found = i;
    }
  total = baton_share_words (whole);
  if (least > 1 || report->where->values->len < 2)
    return g_strdup_printf (_ ("%s of the time is work, the rest is waiting and blocks."), total);
  share = baton_share_words (least);
  return g_strdup_printf (_ ("In %s, only %s of the time is work; over all channels it is %s."),
      baton_report_channel (report, g_array_index (report->where->values, guint32, found)), share, total);
}

char *
baton_words_by_stage (const BatonReport *report)
{
  const BatonFlow *flow = report->view->flow;
  BatonFlowSpent all = baton_flow_where_total (report->where, 0);
  double waiting = (double) (all.waiting + all.blocked);
  gint64 most = 0;
  guint found = 0;
  g_autofree char *share = NULL;
  g_autofree char *span = NULL;

  for (guint i = 0; i < flow->n_stages; i++)
    {
      gint64 here = report->where->spent[i].waiting + report->where->spent[i].blocked;

      if (here <= most)
        continue;
      most = here;
      found = i;
    }
  if (report->n_finished > 0 && most == 0)
    return g_strdup (_ ("No finished card waited between start and finish."));
  if (most == 0 || report->where->spent[found].cards == 0)
    return g_strdup (_ ("Where do cards wait?"));
  share = baton_share_words ((double) most / waiting);
  span = baton_words_span ((double) most / report->where->spent[found].cards, report->day);
  return g_strdup_printf (_ ("“%s” holds %s of all waiting: %s for each card that passes it."),
      baton_report_stage (report, (guint16) found), share, span);
}

char *
baton_words_reviews (const BatonReport *report)
{
  BatonFlowReviews *reviews = report->reviews;
  gboolean own = report->dataset->metrics->own_hours;
  int hours = (int) (report->review_window / ((gint64) 3600 * G_USEC_PER_SEC));
  g_autofree char *half = NULL;
  g_autofree char *share = NULL;
  g_autofree char *window = NULL;

  if (reviews->turnaround.n == 0)
    return g_strdup (_ ("How long does a review take?"));
  half = baton_words_span (baton_flow_sample_percentile (&reviews->turnaround, 50), report->day);
  if (reviews->with_window == 0)
    return g_strdup_printf (_ ("Half of the reviews take more than %s."), half);
  share = baton_share_words ((double) reviews->in_time / reviews->with_window);
  window = own ? g_strdup_printf (ngettext ("%d working hour", "%d working hours", hours), hours)
               : baton_words_span ((double) report->review_window, 0);
  if (reviews->from_requests || report->review_window == 0)
    return g_strdup_printf (
        _ ("Half of the reviews take more than %s; %s were done within their window."), half, share);
  return g_strdup_printf (
      _ ("Half of the reviews take more than %s; %s were done within %s."), half, share, window);
}

char *
baton_words_yield (const BatonReport *report)
{
  const BatonFlow *flow = report->view->flow;
  double rolled = baton_flow_quality_rolled (report->quality, flow), least = 2;
  guint found = 0;
  g_autofree char *share = NULL;
  g_autofree char *whole = NULL;

  if (rolled < 0)
    return g_strdup (_ ("How much passes at the first go?"));
  for (guint i = 0; i < flow->n_stages; i++)
    {
      double yield = baton_flow_yield (&report->quality->yields[i]);

      if (!baton_flow_is_work (flow->stages[i].kind) || yield < 0 || yield >= least)
        continue;
      least = yield;
      found = i;
    }
  whole = baton_share_words (rolled);
  share = baton_share_words (least);
  if (least >= 1)
    return g_strdup (_ ("Everything passes at the first go."));
  return g_strdup_printf (_ ("%s of the cards pass every step at the first go; “%s” lets %s through."), whole,
      baton_report_stage (report, (guint16) found), share);
}

char *
baton_words_rework (const BatonReport *report)
{
  const BatonFlowRework *most = NULL;

  if (report->quality->reworks == 0)
    return g_strdup (_ ("Nothing was sent back."));
  for (guint i = 0; i < report->quality->rework->len; i++)
    {
      const BatonFlowRework *one = &g_array_index (report->quality->rework, BatonFlowRework, i);

      if (most == NULL || one->count > most->count)
        most = one;
    }
  return g_strdup_printf (
      ngettext ("%u time a card was sent back, most often from “%s” to “%s”.",
          "%u times a card was sent back, most often from “%s” to “%s”.", report->quality->reworks),
      report->quality->reworks, baton_report_stage (report, most->from),
      baton_report_stage (report, most->to));
}

static const BatonFlowEdge *
first_edge (const BatonReport *report)
{
  return report->handoffs->edges->len > 0 ? g_ptr_array_index (report->handoffs->edges, 0) : NULL;
}

/* Weeks of the period, at least one. */
static double
weeks_of (const BatonReport *report)
{
  return MAX (1, (double) (report->last - report->first) / (7.0 * 86400 * G_USEC_PER_SEC));
}

char *
baton_words_handoffs (const BatonReport *report)
{
  const BatonFlowEdge *edge = first_edge (report);
  g_autofree char *share = NULL;
  g_autofree char *hours = NULL;

  if (edge == NULL)
    return g_strdup (_ ("Who waits for whom?"));
  if (edge->share <= 0)
    return g_strdup (_ ("No card waited between two people."));
  share = baton_share_words (edge->share);
  hours = baton_number_words (edge->wait.total / 3.6e9 / weeks_of (report), 0);
  return g_strdup_printf (
      _ ("From %s to %s lies %s of all waiting. Decouple it first: about %s hours a week."),
      baton_report_hands (report, edge->from), baton_report_hands (report, edge->to), share, hours);
}

char *
baton_words_edge (const BatonReport *report, const BatonFlowEdge *edge)
{
  BatonFlowSample *wait = (BatonFlowSample *) &edge->wait;
  g_autofree char *median = baton_words_span (baton_flow_sample_percentile (wait, 50), report->day);
  g_autofree char *p85 = baton_words_span (baton_flow_sample_percentile (wait, 85), report->day);
  g_autofree char *share = baton_share_words (edge->share);

  /* Translators: who → whom, number of handoffs, median wait, 85th percentile, share of all waiting, and
   * whether both have to be there. */
  return g_strdup_printf (
      ngettext ("%s → %s\n%u handoff\nhalf wait more than %s, 85 %% at most %s\n%s of all waiting\n%s",
          "%s → %s\n%u handoffs\nhalf wait more than %s, 85 %% at most %s\n%s of all waiting\n%s", wait->n),
      baton_report_hands (report, edge->from), baton_report_hands (report, edge->to), wait->n, median, p85,
      share, baton_flow_edge_is_sync (edge) ? _ ("both have to be there") : _ ("works through a queue"));
}

char *
baton_words_decouple (const BatonReport *report)
{
  double sum = 0;
  guint n = MIN (3, report->divided->edges->len);
  g_autofree char *share = NULL;

  for (guint i = 0; i < n; i++)
    sum += ((BatonFlowEdge *) g_ptr_array_index (report->divided->edges, i))->share;
  if (n == 0 || sum <= 0)
    return g_strdup (_ ("Which handoffs should be decoupled first?"));
  share = baton_share_words (sum);
  if (n == 1)
    return g_strdup_printf (_ ("The first of these handoffs holds %s of all waiting."), share);
  return g_strdup_printf (_ ("The first %u of these handoffs hold %s of all waiting."), n, share);
}

char *
baton_words_bottleneck (const BatonReport *report)
{
  const BatonFlowNarrow *first =
      report->narrow->len > 0 ? &g_array_index (report->narrow, BatonFlowNarrow, 0) : NULL;

  if (first == NULL || first->score <= 0)
    return g_strdup (_ ("Which stage holds the others up?"));
  if (first->score < 0.05)
    return g_strdup (_ ("No stage holds the others up."));
  return g_strdup_printf (_ ("“%s” is the bottleneck."), baton_report_stage (report, first->stage));
}

/* The reasoning: all three parts, in words. */
char *
baton_words_narrow (const BatonReport *report, const BatonFlowNarrow *narrow)
{
  g_autofree char *wait = baton_words_span ((double) narrow->median_wait, report->day);
  g_autofree char *share = baton_share_words (narrow->utilisation);
  /* Translators: how busy a stage is: it “is busy on 58 % of the days”, or “at 80 % of its limit”. */
  g_autofree char *busy = report->view->flow->stages[narrow->stage].wip_limit > 0
                              ? g_strdup_printf (_ ("at %s of its limit"), share)
                              : g_strdup_printf (_ ("on %s of the days"), share);
  g_autofree char *growth =
      narrow->growth > 0.05    ? g_strdup_printf (_ ("grows by %.1f cards a week"), narrow->growth)
      : narrow->growth < -0.05 ? g_strdup_printf (_ ("shrinks by %.1f cards a week"), -narrow->growth)
                               : g_strdup (_ ("neither grows nor shrinks"));

  if (narrow->queue == BATON_FLOW_NO_STAGE)
    return g_strdup_printf (_ ("It %s and is busy %s; it has no queue before it."), growth, busy);
  return g_strdup_printf (
      _ ("With its queue it %s; half of the cards wait more than %s in “%s”; it is busy %s."), growth, wait,
      baton_report_stage (report, narrow->queue), busy);
}
