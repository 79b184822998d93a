/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "metrics-words.h"

#include "axis-time.h"

#include <glib/gi18n.h>
#include <math.h>

#define HOUR (3600.0 * G_USEC_PER_SEC)

char *
baton_words_span (double span, double day)
{
  double whole = day > 0 ? day : 24 * HOUR;
  g_autofree char *number = NULL;

  if (span < HOUR)
    return g_strdup_printf (ngettext ("%d minute", "%d minutes", (gulong) round (span * 60 / HOUR)),
        (int) round (span * 60 / HOUR));
  if (span < whole * 0.995)
    {
      number = baton_number_words (span / HOUR, span < 10 * HOUR ? 1 : 0);
      return g_strdup_printf (ngettext ("%s hour", "%s hours", g_str_equal (number, "1") ? 1 : 2), number);
    }
  number = baton_number_words (span / whole, span < 99.5 * whole ? 1 : 0);
  return g_strdup_printf (ngettext ("%s day", "%s days", g_str_equal (number, "1") ? 1 : 2), number);
}

char *
baton_words_cycle (const BatonReport *report)
{
  g_autofree char *half = baton_words_span (report->percentiles[0], report->day);
  g_autofree char *most = baton_words_span (report->percentiles[2], report->day);

  if (report->n_finished == 0)
    return g_strdup (_ ("How long does a card take?"));
  return g_strdup_printf (_ ("Half of the cards are done in %s, 85 %% in %s."), half, most);
}

char *
baton_words_cycle_what (const BatonReport *report)
{
  g_autofree char *outliers = NULL;

  if (report->n_outliers == 0)
    return g_strdup (_ ("Cycle time, first worked on to done."));
  outliers = g_strdup_printf (ngettext ("%u card took longer than 95 %% of all.",
                                  "%u cards took longer than 95 %% of all.", report->n_outliers),
      report->n_outliers);
  /* Translators: %s is "8 cards took longer than 95 % of all." */
  return g_strdup_printf (_ ("Cycle time, first worked on to done. %s"), outliers);
}

char *
baton_words_cycle_note (const BatonReport *report)
{
  guint never = report->times->never_started;

  if (report->n_finished > 0 && report->n_finished < 10)
    return g_strdup (_ ("These are few cards: the next one may change the lines a lot."));
  if (never == 0)
    return report->exact.estimated > 0 ? baton_words_exact (report) : NULL;
  return g_strdup_printf (
      ngettext ("%u more card was done without ever having been worked on; it has no cycle time.",
          "%u more cards were done without ever having been worked on; they have no cycle time.", never),
      never);
}

char *
baton_words_histogram (const BatonReport *report)
{
  g_autofree char *expected = baton_words_span (report->percentiles[2], report->day);
  double mean = baton_flow_sample_mean (&report->times->cycle);
  g_autofree char *average = baton_words_span (mean, report->day);

  if (report->n_finished == 0)
    return g_strdup (_ ("How even are cycle times?"));
  /* The further the average is above the median, the longer the tail. */
  if (mean > 1.4 * (double) report->percentiles[0])
    return g_strdup_printf (
        _ ("Expect 85 %% within %s. A few long ones pull the average up to %s."), expected, average);
  return g_strdup_printf (_ ("Expect 85 %% within %s; the average is %s."), expected, average);
}

char *
baton_words_lead (const BatonReport *report)
{
  BatonFlowSample *lead = &report->times->lead;
  g_autofree char *half = NULL;
  g_autofree char *before = NULL;
  gint64 median;

  if (lead->n == 0)
    return g_strdup (_ ("How long from the wish to the result?"));
  median = baton_flow_sample_percentile (lead, 50);
  half = baton_words_span (median, report->day);
  if (report->n_finished == 0 || median <= report->percentiles[0])
    return g_strdup_printf (_ ("From the wish to the result, half of the cards take %s."), half);
  before = baton_words_span (median - report->percentiles[0], report->day);
  return g_strdup_printf (
      _ ("From the wish to the result, half of the cards take %s: about %s of it before anybody begins."),
      half, before);
}

/* The present week's day that work in progress was last as low as it is usual, in words of the whole. */
char *
baton_words_flow (const BatonReport *report)
{
  const BatonFlowCfd *cfd = report->cfd;
  guint n = cfd->days->n, quarter = n / 4;
  double early = 0, late = 0;
  guint now = baton_flow_cfd_wip (cfd, n);

  if (n < 8)
    return g_strdup_printf (ngettext ("%u card is under way.", "%u cards are under way.", now), now);
  for (guint i = 0; i < quarter; i++)
    {
      early += baton_flow_cfd_wip (cfd, n / 2 + i) / (double) quarter;
      late += baton_flow_cfd_wip (cfd, n - quarter + 1 + i) / (double) quarter;
    }
  if (late > early * 1.2 + 1)
    return g_strdup_printf (
        _ ("Work comes in faster than it leaves: %.0f cards were under way, now it is %u."), early, now);
  if (late < early * 0.83 - 1)
    return g_strdup_printf (
        _ ("More leaves than comes in: %.0f cards were under way, now it is %u."), early, now);
  return g_strdup_printf (ngettext ("As much leaves as comes in: about %u card is under way.",
                              "As much leaves as comes in: about %u cards are under way.", now),
      now);
}

char *
baton_words_column (const BatonReport *report, guint i)
{
  const BatonFlowCfd *cfd = report->cfd;
  gint64 through = baton_flow_cfd_approximate_time (cfd, i);
  guint wip = baton_flow_cfd_wip (cfd, i);
  g_autofree char *day = baton_time_day_words (
      cfd->days->starts[i] - (i == cfd->days->n ? 1 : 0), report->view->zone, report->view->now);
  g_autofree char *span = through >= 0 ? baton_words_span ((double) through, 0) : NULL;

  if (span == NULL)
    /* Translators: a day, and how many cards are in progress. */
    return g_strdup_printf (_ ("%s: %u under way"), day, wip);
  return g_strdup_printf (_ ("%s: %u under way\nabout %s through"), day, wip, span);
}

char *
baton_words_throughput (const BatonReport *report)
{
  const BatonFlowDays *weeks = report->weeks;
  guint n = weeks->n, whole = 0, sum = 0, least = G_MAXUINT, most = 0;

  for (guint i = 0; i < n; i++)
    {
      guint done = g_array_index (report->week_done, guint, i);

      /* Weeks that the period cuts say nothing about a week. */
      if (weeks->starts[i] < report->first - G_GINT64_CONSTANT (86400000000) ||
          weeks->starts[i + 1] > report->last + 1)
        continue;
      whole++;
      sum += done;
      least = MIN (least, done);
      most = MAX (most, done);
    }
  if (whole < 2)
    return g_strdup_printf (
        ngettext ("%u card was done.", "%u cards were done.", report->times->lead.n), report->times->lead.n);
  return g_strdup_printf (
      _ ("%.1f cards are done in a week on average, between %u and %u."), (double) sum / whole, least, most);
}

char *
baton_words_wip (const BatonReport *report)
{
  const BatonFlowCfd *cfd = report->cfd;
  guint n = cfd->days->n, most = 0, when = 0;
  g_autofree char *day = NULL;

  for (guint i = 1; i <= n; i++)
    {
      if (baton_flow_cfd_wip (cfd, i) < most)
        continue;
      most = baton_flow_cfd_wip (cfd, i);
      when = i;
    }
  if (most == 0)
    return g_strdup (_ ("Nothing was under way."));
  day = baton_time_day_words (cfd->days->starts[when] - 1, report->view->zone, report->view->now);
  return g_strdup_printf (
      ngettext ("%u card is under way now; the most were %u, on %s.",
          "%u cards are under way now; the most were %u, on %s.", baton_flow_cfd_wip (cfd, n)),
      baton_flow_cfd_wip (cfd, n), most, day);
}

char *
baton_words_age (const BatonReport *report)
{
  guint late = 0, soon = 0;

  for (guint i = 0; i < report->ages->len; i++)
    {
      const BatonFlowAge *age = &g_array_index (report->ages, BatonFlowAge, i);

      late += report->n_finished > 0 && age->age > report->percentiles[2];
      soon += age->chance_late >= 0.5 && age->age <= report->percentiles[2];
    }
  if (report->ages->len == 0)
    return g_strdup (_ ("Nothing is being worked on, so nothing can be late."));
  if (report->n_finished == 0)
    return g_strdup_printf (
        ngettext ("%u card is under way.", "%u cards are under way.", report->ages->len), report->ages->len);
  if (late == 0 && soon == 0)
    return g_strdup_printf (
        ngettext ("The %u card under way is younger than 85 %% of the finished ones got.",
            "All %u cards under way are younger than 85 %% of the finished ones got.", report->ages->len),
        report->ages->len);
  if (late == 0)
    return g_strdup_printf (ngettext ("%u card will more likely than not be late.",
                                "%u cards will more likely than not be late.", soon),
        soon);
  if (soon == 0)
    return g_strdup_printf (ngettext ("%u card has taken longer than 85 %% of the finished ones did.",
                                "%u cards have taken longer than 85 %% of the finished ones did.", late),
        late);
  return g_strdup_printf (
      ngettext ("%u card has taken longer than 85 %% of the finished ones did, %u more will probably.",
          "%u cards have taken longer than 85 %% of the finished ones did, %u more will probably.", late),
      late, soon);
}

char *
baton_words_counts (const BatonReport *report)
{
  guint under_way = report->ages->len;
  g_autofree char *n_finished = baton_number_words (report->times->lead.n, 0);
  g_autofree char *n_under_way = baton_number_words (under_way, 0);
  g_autofree char *finished =
      g_strdup_printf (ngettext ("%s finished", "%s finished", report->times->lead.n), n_finished);
  g_autofree char *progress =
      g_strdup_printf (ngettext ("%s in progress", "%s in progress", under_way), n_under_way);
  g_autofree char *share = NULL;

  if (baton_flow_exact_share (&report->exact) < 0)
    return g_strdup_printf ("%s · %s", finished, progress);
  if (report->exact.exact == 0 && report->exact.estimated == 0)
    return g_strdup_printf ("%s · %s · %s", finished, progress, _ ("times as recorded elsewhere"));
  share = baton_share_words (baton_flow_exact_share (&report->exact));
  /* Translators: "150 finished · 21 in progress · times exact for 97 %" */
  return g_strdup_printf (_ ("%s · %s · times exact for %s"), finished, progress, share);
}

char *
baton_words_exact (const BatonReport *report)
{
  const BatonFlowExact *exact = &report->exact;
  double all = (double) exact->exact + exact->recorded + exact->estimated;
  g_autofree char *share = NULL;
  g_autofree char *recorded = NULL;
  g_autofree char *estimated = NULL;

  if (exact->recorded + exact->estimated == 0)
    return NULL;
  if (exact->recorded == all)
    return g_strdup (_ ("All times are as another tool recorded them."));
  share = baton_share_words (exact->exact / all);
  recorded = baton_share_words (exact->recorded / all);
  estimated = baton_share_words (exact->estimated / all);
  if (exact->estimated == 0)
    return g_strdup_printf (
        _ ("%s of the times are exact, %s are as another tool recorded them."), share, recorded);
  if (exact->recorded == 0)
    return g_strdup_printf (
        _ ("%s of the times are exact, %s are estimated: a clock was off, or nothing tells "
           "when it happened."),
        share, estimated);
  return g_strdup_printf (_ ("%s of the times are exact, %s are as another tool recorded them, and %s are "
                             "estimated: a clock was off, or nothing tells when it happened."),
      share, recorded, estimated);
}
