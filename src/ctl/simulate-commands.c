/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "batonctl"

#include "interrupt.h"
#include "report-view.h"
#include "simulate-output.h"

#include "team-file.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

#define MOST_REPLICATIONS 20000
#define MOST_DAYS 3650

static char *scenario;
static char *file;
static char *board;
static char *ways;
static char *replications;
static char *seed;
static char *days;
static char *away;
static gboolean decouple;
static gboolean print_team;

static const GOptionEntry options[] = {
  { "scenario", 's', 0, G_OPTION_ARG_FILENAME, &scenario,
      N_ ("One of the examples: social, brand, start-up, launch"), N_ ("NAME") },
  { "file", 'f', 0, G_OPTION_ARG_FILENAME, &file, N_ ("The team in this file (“-”: standard input)"),
      N_ ("FILE") },
  { "board", 'b', 0, G_OPTION_ARG_FILENAME, &board, N_ ("The team that this board’s past shows"),
      N_ ("BOARD") },
  { "ways", 0, 0, G_OPTION_ARG_FILENAME, &ways,
      N_ ("Of linear, hybrid, async and mixed (linear,hybrid,async)"), N_ ("WAYS") },
  { "replications", 'n', 0, G_OPTION_ARG_FILENAME, &replications,
      N_ ("How often the time is simulated (200)"), N_ ("N") },
  { "days", 0, 0, G_OPTION_ARG_FILENAME, &days,
      N_ ("Days that are simulated (a year, or what brings 4,000 pieces of work)"), N_ ("N") },
  { "seed", 0, 0, G_OPTION_ARG_FILENAME, &seed,
      N_ ("Where chance begins; the same seed gives the same answer (1)"), N_ ("N") },
  { "away", 0, 0, G_OPTION_ARG_FILENAME, &away, N_ ("Whose absence for a week is looked at (a reviewer’s)"),
      N_ ("NAME") },
  { "decouple", 0, 0, G_OPTION_ARG_NONE, &decouple,
      N_ ("Also try each handoff alone in a queue, the rest as it is now"), NULL },
  { "print-team", 0, 0, G_OPTION_ARG_NONE, &print_team, N_ ("Print the team as JSON instead, to change it"),
      NULL },
  { NULL },
};

static gboolean
read_number (const char *option, const char *text, guint64 most, guint64 *number, GError **error)
{
  if (text == NULL)
    return TRUE;
  if (g_ascii_string_to_unsigned (text, 10, 0, most, number, NULL))
    return TRUE;
  return ctl_usage (error, _ ("--%s wants a whole number, at most %.0f."), option, (double) most);
}

static gboolean
read_ways (BatonSimulationInput *input, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (ways != NULL ? ways : "linear,hybrid,async", ",", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      if (input->n_ways == G_N_ELEMENTS (input->ways) ||
          !baton_way_find (g_strstrip (parts[i]), &input->ways[input->n_ways]))
        return ctl_usage (
            error, _ ("“%s” is no way of working; there are linear, hybrid, async and mixed."), parts[i]);
      input->n_ways++;
    }
  return TRUE;
}

static gboolean
read_options (BatonSimulationInput *input, GError **error)
{
  guint64 n_replications = BATON_SIMULATION_REPLICATIONS;
  guint64 n_days = 0;

  input->seed = 1;
  if (!read_ways (input, error) ||
      !read_number ("replications", replications, MOST_REPLICATIONS, &n_replications, error) ||
      !read_number ("days", days, MOST_DAYS, &n_days, error) ||
      !read_number ("seed", seed, G_MAXINT64, &input->seed, error))
    return FALSE;
  if (n_replications < 2 || (days != NULL && n_days < 7))
    return ctl_usage (error, _ ("At least 2 replications of 7 days are needed to say anything."));
  input->replications = (guint) n_replications;
  input->days = (guint) n_days;
  input->threads = g_get_num_processors ();
  return TRUE;
}

static BatonTeam *
find_scenario (GError **error)
{
  BatonTeam *team = baton_scenario_find (scenario);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; team == NULL && i < baton_n_scenarios; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", baton_scenario_id (i));
  if (team == NULL)
    ctl_usage (error, _ ("There is no scenario “%s”; there are %s."), scenario, names->str);
  return team;
}

static BatonTeam *
read_team (GError **error)
{
  g_autofree char *text = NULL;
  gsize length = 0;

  if (strcmp (file, "-") == 0)
    {
      text = ctl_read_text ("-", error);
      length = text != NULL ? strlen (text) : 0;
    }
  else if (!g_file_get_contents (file, &text, &length, error))
    return NULL;
  return text != NULL ? baton_team_read (text, length, error) : NULL;
}

/* Many short simulations, each from 0 to 100 %. */
static gboolean
fit_progress_cb (double done, gpointer data)
{
  return ctl_interrupt_show (done, _ ("Simulating…"));
}

/* The team of a board’s past, and how well a simulation gives that past again. */
static BatonTeamFit *
fit_board (Ctl *ctl, guint64 from_seed, GError **error)
{
  g_auto (CtlReport) report = { 0 };
  g_autoptr (BatonFlowHours) hours = NULL;
  g_autoptr (BatonFlowView) view = NULL;
  BatonTeamFit *fit;

  ctl->session = baton_session_open (ctl->folder, BATON_SESSION_READ, error);
  if (ctl->session == NULL)
    return NULL;
  ctl->reader = baton_session_reader (ctl->session);
  ctl_report_board = board;
  if (!ctl_report_open (&report, ctl, error))
    return NULL;
  view = baton_metrics_view (report.metrics, g_get_real_time (), TRUE, &hours);
  ctl_interrupt_begin ();
  fit = baton_team_fit (&(BatonTeamFitInput){ .view = report.view,
      .hours = hours,
      .stage_names = report.metrics->stages.names,
      .people_names = report.metrics->people.names,
      .name = report.metrics->name,
      .seed = from_seed,
      .threads = g_get_num_processors (),
      .progress = fit_progress_cb });
  if (fit == NULL)
    g_set_error_literal (error, BATON_ERROR, BATON_ERROR_CANCELLED, _ ("The simulation was stopped."));
  else if (fit->team == NULL)
    {
      g_autofree char *words = baton_team_fit_words (fit);

      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_INVALID, words);
      g_clear_pointer (&fit, baton_team_fit_free);
    }
  return fit;
}

static gboolean
find_team (Ctl *ctl, guint64 from_seed, BatonTeam **team, BatonTeamFit **fit, GError **error)
{
  if ((scenario != NULL) + (file != NULL) + (board != NULL) > 1)
    return ctl_usage (error, _ ("Give one of --scenario, --file and --board."));
  if (board == NULL)
    {
      *team = scenario != NULL ? find_scenario (error) : read_team (error);
      return *team != NULL;
    }
  *fit = fit_board (ctl, from_seed, error);
  *team = *fit != NULL ? baton_team_copy ((*fit)->team) : NULL;
  return *fit != NULL;
}

static gboolean
find_away (const BatonTeam *team, guint *person, GError **error)
{
  *person = baton_team_key_person (team);
  for (guint i = 0; away != NULL; i++)
    {
      if (i == team->people->len)
        return ctl_usage (error, _ ("There is nobody called “%s” in this team."), away);
      if (g_str_equal (baton_team_person (team, i)->name, away))
        {
          *person = i;
          break;
        }
    }
  return TRUE;
}

/* Nothing was named: the examples. */
static gboolean
list_scenarios (Ctl *ctl)
{
  CtlTable *table = ctl_table_new (_ ("Scenario"), _ ("What it is"), NULL);
  BatonJson *json = &ctl->writer;

  if (ctl->json)
    baton_json_begin_array (json, NULL);
  for (guint i = 0; i < baton_n_scenarios; i++)
    {
      ctl_table_add (table, baton_scenario_id (i), baton_scenario_summary (i), NULL);
      if (!ctl->json)
        continue;
      baton_json_begin_object (json, NULL);
      baton_json_string (json, "scenario", baton_scenario_id (i));
      baton_json_string (json, "summary", baton_scenario_summary (i));
      baton_json_end_object (json);
    }
  if (ctl->json)
    baton_json_end_array (json);
  ctl_table_print (table, ctl);
  return TRUE;
}

/* Several simulations follow each other, each from 0 to 100 %. */
static gboolean
progress_cb (double done, gpointer data)
{
  return ctl_interrupt_show (done, _ ("Simulating…"));
}

static gboolean
simulate (
    Ctl *ctl, const BatonTeam *team, const BatonTeamFit *fit, BatonSimulationInput *input, GError **error)
{
  g_autofree BatonEstimate *decoupled = decouple ? g_new0 (BatonEstimate, team->stages->len) : NULL;
  g_autofree BatonAbsenceResult *absences = g_new0 (BatonAbsenceResult, input->n_ways);
  g_autoptr (BatonSimulation) simulation = NULL;
  CtlSimulation shown = { .team = team, .fit = fit, .absences = absences };
  gboolean ok;

  if (!find_away (team, &shown.away, error))
    return FALSE;
  input->team = team;
  input->progress = progress_cb;
  ctl_interrupt_begin ();
  simulation = baton_simulate (input);
  ok = simulation != NULL && (!decouple || baton_simulate_handoffs (input, BATON_WAY_ASYNC, decoupled));
  shown.decoupled = decoupled;
  input->away_person = (int) shown.away;
  ok = ok && baton_simulate_absence (input, absences);
  if (!ok)
    {
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_CANCELLED, _ ("The simulation was stopped."));
      return FALSE;
    }
  shown.simulation = simulation;
  ctl_show_simulation (ctl, &shown);
  return TRUE;
}

static gboolean
run_simulate (Ctl *ctl, char **args, GError **error)
{
  BatonSimulationInput input = BATON_SIMULATION_INPUT_INIT;
  g_autoptr (BatonTeam) team = NULL;
  g_autoptr (BatonTeamFit) fit = NULL;

  if (scenario == NULL && file == NULL && board == NULL)
    return list_scenarios (ctl);
  if (!read_options (&input, error) || !find_team (ctl, input.seed, &team, &fit, error))
    return FALSE;
  if (!print_team)
    return simulate (ctl, team, fit, &input, error);
  ctl->json = TRUE;
  baton_team_write (team, &ctl->writer);
  return TRUE;
}

const CtlCommand ctl_simulate_commands[] = {
  { "simulate", "", N_ ("Try ways of working with a simulated team"), 0, 0, CTL_NEEDS_NOTHING, options,
      run_simulate },
  { NULL },
};
