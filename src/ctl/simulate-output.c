/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "batonctl"

#include "simulate-output.h"

#include "duration-words.h"

#include <glib/gi18n.h>
#include <math.h>

#define USEC ((double) G_USEC_PER_SEC)

static void
write_seconds (BatonJson *json, const char *name, double microseconds)
{
  baton_json_double (json, name, round (microseconds / 1000) / 1000);
}

/* {"value":…,"low":…,"high":…}, divided by a unit. */
static void
write_estimate (BatonJson *json, const char *name, const BatonEstimate *estimate, double unit)
{
  baton_json_begin_object (json, name);
  baton_json_double (json, "value", estimate->value / unit);
  baton_json_double (json, "low", estimate->low / unit);
  baton_json_double (json, "high", estimate->high / unit);
  baton_json_end_object (json);
}

static void
write_times (BatonJson *json, const BatonWayResult *way)
{
  static const guint shares[] = { 5, 15, 25, 50, 70, 75, 85, 95, 99 };

  baton_json_begin_object (json, "cycle_time");
  write_estimate (json, "mean", &way->mean, USEC);
  write_estimate (json, "median", &way->median, USEC);
  write_estimate (json, "p85", &way->p85, USEC);
  write_estimate (json, "p95", &way->p95, USEC);
  baton_json_begin_object (json, "percentiles");
  for (guint i = 0; i < G_N_ELEMENTS (shares); i++)
    {
      char key[8];

      g_snprintf (key, sizeof key, "%u", shares[i]);
      write_seconds (json, key, way->quantiles[shares[i] * (BATON_SIMULATION_QUANTILES - 1) / 100]);
    }
  baton_json_end_object (json);
  baton_json_end_object (json);
  baton_json_begin_object (json, "lead_time");
  write_estimate (json, "median", &way->lead, USEC);
  baton_json_end_object (json);
}

static void
write_people (BatonJson *json, const BatonTeam *team, const BatonWayResult *way)
{
  baton_json_begin_array (json, "people");
  for (guint i = 0; i < way->n_people; i++)
    {
      const BatonPersonLoad *load = &way->people[i];

      baton_json_begin_object (json, NULL);
      baton_json_string (json, "name", baton_team_person (team, i)->name);
      baton_json_double (json, "load", load->work + load->handoffs + load->meetings);
      baton_json_double (json, "work", load->work);
      baton_json_double (json, "handoffs", load->handoffs);
      baton_json_double (json, "meetings", load->meetings);
      baton_json_double (json, "interruptions_per_week", load->interruptions);
      baton_json_end_object (json);
    }
  baton_json_end_array (json);
}

static void
write_stages (BatonJson *json, const BatonTeam *team, const BatonWayResult *way)
{
  baton_json_begin_array (json, "stages");
  for (guint i = 0; i < way->n_stages; i++)
    {
      baton_json_begin_object (json, NULL);
      baton_json_string (json, "name", baton_team_stage (team, i)->name);
      write_seconds (json, "wait", way->stages[i].wait);
      baton_json_double (json, "wait_share", way->stages[i].wait_share);
      baton_json_double (json, "visits_per_week", way->stages[i].visits);
      baton_json_end_object (json);
    }
  baton_json_end_array (json);
}

/* How much less the median is than the linear one. */
static void
write_saving (BatonJson *json, const BatonSimulation *simulation, const BatonWayResult *way)
{
  const BatonWayResult *linear = baton_simulation_way (simulation, BATON_WAY_LINEAR);

  if (linear == NULL || !linear->any || !way->any)
    baton_json_null (json, "saving");
  else
    baton_json_double (json, "saving", 1 - way->median.value / linear->median.value);
}

static void
write_way (
    BatonJson *json, const BatonTeam *team, const BatonSimulation *simulation, const BatonWayResult *way)
{
  baton_json_begin_object (json, NULL);
  baton_json_string (json, "way", baton_way_id (way->way));
  baton_json_int (json, "finished", (gint64) way->finished);
  if (way->any)
    write_times (json, way);
  else
    baton_json_null (json, "cycle_time");
  write_estimate (json, "wait_share", &way->wait_share, 1);
  write_estimate (json, "throughput_per_week", &way->throughput, 1);
  write_estimate (json, "wip", &way->wip, 1);
  write_saving (json, simulation, way);
  baton_json_double (json, "growth", way->growth);
  baton_json_bool (json, "overloaded", way->overloaded);
  baton_json_int (json, "out_of_hours_meetings", (gint64) way->out_of_hours);
  write_stages (json, team, way);
  write_people (json, team, way);
  baton_json_end_object (json);
}

static void
write_claim (BatonJson *json, const BatonTeam *team)
{
  if (team->claim_before <= 0)
    {
      baton_json_null (json, "claim");
      return;
    }
  baton_json_begin_object (json, "claim");
  baton_json_double (json, "before", team->claim_before);
  baton_json_double (json, "after", team->claim_after);
  baton_json_double (json, "saving", 1 - team->claim_after / team->claim_before);
  baton_json_end_object (json);
}

static void
write_absence (BatonJson *json, const CtlSimulation *shown)
{
  baton_json_begin_object (json, "absence");
  baton_json_string (json, "person", baton_team_person (shown->team, shown->away)->name);
  baton_json_int (json, "days", 7);
  baton_json_begin_array (json, "ways");
  for (guint i = 0; i < shown->simulation->n_ways; i++)
    {
      const BatonAbsenceResult *result = &shown->absences[i];

      baton_json_begin_object (json, NULL);
      baton_json_string (json, "way", baton_way_id (result->way));
      write_estimate (json, "there", &result->there, USEC);
      write_estimate (json, "away", &result->away, USEC);
      write_estimate (json, "more", &result->more, USEC);
      baton_json_end_object (json);
    }
  baton_json_end_array (json);
  baton_json_end_object (json);
}

static void
write_figure (BatonJson *json, const char *name, const BatonTeamFigure *figure, double unit)
{
  baton_json_begin_object (json, name);
  baton_json_double (json, "seen", figure->seen / unit);
  baton_json_double (json, "simulated", figure->simulated / unit);
  baton_json_end_object (json);
}

static void
write_fit (BatonJson *json, const BatonTeamFit *fit)
{
  static const char *const verdicts[] = { "none", "poor", "fair", "good" };
  g_autofree char *words = NULL;
  g_autofree char *alike = NULL;

  if (fit == NULL)
    {
      baton_json_null (json, "fit");
      return;
    }
  words = baton_team_fit_words (fit);
  alike = baton_team_fit_alike_words (fit);
  baton_json_begin_object (json, "fit");
  baton_json_string (json, "verdict", verdicts[fit->verdict]);
  baton_json_int (json, "cards", fit->n_cards);
  baton_json_int (json, "visits", fit->n_visits);
  baton_json_begin_array (json, "ways");
  for (guint i = 0; i < BATON_N_WAYS; i++)
    {
      const BatonTeamLikeness *likeness = &fit->likeness[i];

      baton_json_begin_object (json, NULL);
      baton_json_string (json, "way", baton_way_id (likeness->way));
      baton_json_double (json, "distance", likeness->distance);
      baton_json_bool (json, "alike", likeness->alike);
      baton_json_int (json, "pickup_minutes", likeness->pickup);
      write_figure (json, "median", &likeness->median, USEC);
      write_figure (json, "p85", &likeness->p85, USEC);
      write_figure (json, "wait_share", &likeness->wait_share, 1);
      write_figure (json, "throughput_per_week", &likeness->throughput, 1);
      baton_json_end_object (json);
    }
  baton_json_end_array (json);
  baton_json_string (json, "words", words);
  baton_json_string (json, "alike_words", alike);
  baton_json_end_object (json);
}

static void
write_decoupled (BatonJson *json, const CtlSimulation *shown)
{
  if (shown->decoupled == NULL)
    {
      baton_json_null (json, "decouple");
      return;
    }
  baton_json_begin_array (json, "decouple");
  for (guint i = 1; i < shown->team->stages->len; i++)
    {
      baton_json_begin_object (json, NULL);
      baton_json_string (json, "stage", baton_team_stage (shown->team, i)->name);
      write_estimate (json, "saved", &shown->decoupled[i], USEC);
      baton_json_end_object (json);
    }
  baton_json_end_array (json);
}

static void
print_decoupled (Ctl *ctl, const CtlSimulation *shown)
{
  CtlTable *table = ctl_table_new (_ ("Only this handoff in a queue"), _ (">Half within, less"), NULL);

  for (guint i = 1; i < shown->team->stages->len; i++)
    {
      g_autofree char *name = g_strdup_printf ("→ %s", baton_team_stage (shown->team, i)->name);
      g_autofree char *length = baton_duration_words (shown->decoupled[i].value);
      g_autofree char *saved = g_strdup_printf ("%s%s", shown->decoupled[i].value < 0 ? "−" : "", length);

      ctl_table_add (table, name, saved, NULL);
    }
  ctl_table_print (table, ctl);
}

static void
write_json (Ctl *ctl, const CtlSimulation *shown)
{
  BatonJson *json = &ctl->writer;
  g_autofree char *words = baton_simulation_words (shown->team, shown->simulation);
  g_autofree char *claim = baton_claim_words (shown->team, shown->simulation);

  baton_json_begin_object (json, NULL);
  baton_json_string (json, "team", shown->team->name);
  baton_json_int (json, "seed", (gint64) shown->simulation->seed);
  baton_json_int (json, "replications", shown->simulation->replications);
  baton_json_int (json, "days", shown->simulation->days);
  baton_json_string (json, "present", baton_way_id (shown->team->present));
  write_fit (json, shown->fit);
  write_claim (json, shown->team);
  baton_json_begin_array (json, "ways");
  for (guint i = 0; i < shown->simulation->n_ways; i++)
    write_way (json, shown->team, shown->simulation, &shown->simulation->ways[i]);
  baton_json_end_array (json);
  write_absence (json, shown);
  write_decoupled (json, shown);
  baton_json_string (json, "words", words);
  baton_json_string (json, "claim_words", claim);
  baton_json_end_object (json);
}

static void
print_ways (Ctl *ctl, const CtlSimulation *shown)
{
  CtlTable *table = ctl_table_new (_ ("Way of working"), _ (">Half within"), _ (">85 of 100 within"),
      _ (">Waiting"), _ (">Done a week"), _ (">One away"), NULL);

  for (guint i = 0; i < shown->simulation->n_ways; i++)
    {
      const BatonWayResult *way = &shown->simulation->ways[i];
      g_autofree char *median = baton_duration_words (way->median.value);
      g_autofree char *p85 = baton_duration_words (way->p85.value);
      g_autofree char *wait = g_strdup_printf ("%.0f %%", way->wait_share.value * 100);
      g_autofree char *done = g_strdup_printf ("%.1f", way->throughput.value);
      g_autofree char *more = baton_duration_words (shown->absences[i].more.value);
      g_autofree char *away = g_strdup_printf ("%s%s", shown->absences[i].more.value < 0 ? "−" : "+", more);

      ctl_table_add (table, baton_way_name (way->way), way->any ? median : "–", way->any ? p85 : "–", wait,
          done, away, NULL);
    }
  ctl_table_print (table, ctl);
}

static void
print_words (Ctl *ctl, const CtlSimulation *shown)
{
  g_autofree char *words = baton_simulation_words (shown->team, shown->simulation);
  g_autofree char *claim = baton_claim_words (shown->team, shown->simulation);
  g_autofree char *seed = NULL;

  for (guint i = 0; i < shown->simulation->n_ways; i++)
    {
      g_autofree char *line = baton_way_words (shown->team, &shown->simulation->ways[i]);

      if (shown->simulation->ways[i].overloaded || !shown->simulation->ways[i].any)
        ctl_say (ctl, "%s", line);
    }
  ctl_say (ctl, _ ("“One away”: what the cards of that time take longer when %s is away for a week."),
      baton_team_person (shown->team, shown->away)->name);
  if (*words != '\0')
    ctl_say (ctl, "%s", words);
  if (*claim != '\0')
    ctl_say (ctl, "%s", claim);
  seed = g_strdup_printf ("%" G_GUINT64_FORMAT, shown->simulation->seed);
  ctl_say (ctl, _ ("%u simulations of %u days of %s, seed %s."), shown->simulation->replications,
      shown->simulation->days, shown->team->name, seed);
}

void
ctl_show_simulation (Ctl *ctl, const CtlSimulation *shown)
{
  if (ctl->json)
    {
      write_json (ctl, shown);
      return;
    }
  if (shown->fit != NULL)
    {
      g_autofree char *words = baton_team_fit_words (shown->fit);
      g_autofree char *alike = baton_team_fit_alike_words (shown->fit);

      ctl_say (ctl, "%s", words);
      if (alike != NULL)
        ctl_say (ctl, "%s", alike);
    }
  print_ways (ctl, shown);
  if (shown->decoupled != NULL)
    print_decoupled (ctl, shown);
  print_words (ctl, shown);
}
