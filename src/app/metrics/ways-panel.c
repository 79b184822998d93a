/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "ways-private.h"

#include "bars.h"
#include "team-file.h"

#include <glib/gi18n.h>

struct _BatonWaysPanel
{
  GtkBox parent_instance;
  GtkDropDown *choice;
  GtkWidget *run;
  GtkWidget *stop;
  GtkProgressBar *progress;
  GtkLabel *summary;
  GtkExpander *expander;
  BatonFigure *figures[BATON_N_WAYS_FIGURES];

  BatonTeam *team;
  GCancellable *running;
  BatonTeamFit *fit; /* of the board's own team; NULL: not asked for yet */
  gboolean fitting;
  gboolean seen; /* somebody has come to this section: before, nothing is reckoned */
  int done;      /* of 1000; atomic: written by the thread that simulates */
  guint watching;
};

enum
{
  FIT_WANTED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonWaysPanel, baton_ways_panel, GTK_TYPE_BOX)

BatonWaysRun *
baton_ways_run_ref (BatonWaysRun *run)
{
  return g_atomic_rc_box_acquire (run);
}

static void
run_clear (BatonWaysRun *run)
{
  g_clear_pointer (&run->simulation, baton_simulation_free);
  g_clear_pointer (&run->team, baton_team_free);
}

void
baton_ways_run_unref (gpointer run)
{
  g_atomic_rc_box_release_full (run, (GDestroyNotify) run_clear);
}

BatonFigure *
baton_ways_panel_figure (BatonWaysPanel *self, BatonWaysFigure which)
{
  return self->figures[which];
}

BatonTeam *
baton_ways_panel_team (BatonWaysPanel *self)
{
  return self->team;
}

gboolean
baton_ways_panel_is_running (BatonWaysPanel *self)
{
  return self->running != NULL;
}

static void
show_running (BatonWaysPanel *self)
{
  gboolean running = self->running != NULL;

  gtk_widget_set_visible (self->run, !running);
  gtk_widget_set_visible (self->stop, running);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), running);
  gtk_widget_set_sensitive (GTK_WIDGET (self->expander), !running);
}

static gboolean
watch_cb (gpointer data)
{
  BatonWaysPanel *self = data;

  gtk_progress_bar_set_fraction (self->progress, g_atomic_int_get (&self->done) / 1000.0);
  return G_SOURCE_CONTINUE;
}

typedef struct
{
  BatonWaysRun *run;
  GCancellable *cancellable;
  int *done;
  double from;
  double share;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_object_unref (work->cancellable);
  baton_ways_run_unref (work->run);
  g_free (work);
}

static gboolean
progress (double done, gpointer data)
{
  Work *work = data;

  if (g_cancellable_is_cancelled (work->cancellable))
    return FALSE;
  g_atomic_int_set (work->done, (int) (1000 * (work->from + done * work->share)));
  return TRUE;
}

/* A mixture is asked about when it is one. */
static void
choose_ways (BatonSimulationInput *input, const BatonTeam *team)
{
  gboolean mixed = FALSE;

  for (guint i = 0; i < BATON_N_WAYS; i++)
    input->ways[input->n_ways++] = (BatonWay) i;
  for (guint i = 1; i < team->stages->len; i++)
    mixed |= baton_team_stage (team, i)->way != baton_team_stage (team, 0)->way;
  if (mixed)
    input->ways[input->n_ways++] = BATON_WAY_MIXED;
}

static void
work_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Work *work = data;
  BatonWaysRun *run = work->run;
  BatonSimulationInput input = BATON_SIMULATION_INPUT_INIT;

  input.team = run->team;
  input.seed = 1;
  input.threads = MAX (1, g_get_num_processors ());
  input.progress = progress;
  input.progress_data = work;
  choose_ways (&input, run->team);
  work->share = 0.5;
  run->simulation = baton_simulate (&input);
  work->from = 0.5;
  run->away = baton_team_key_person (run->team);
  input.away_person = (int) run->away;
  if (run->simulation != NULL && !baton_simulate_absence (&input, run->absences))
    g_clear_pointer (&run->simulation, baton_simulation_free);
  g_task_return_boolean (task, TRUE);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  BatonWaysPanel *self = BATON_WAYS_PANEL (source);
  Work *work = g_task_get_task_data (G_TASK (result));

  if (self->running != work->cancellable)
    return;
  g_clear_handle_id (&self->watching, g_source_remove);
  g_clear_object (&self->running);
  show_running (self);
  if (work->run->simulation == NULL)
    return;
  for (guint i = BATON_WAYS_TIMES; i < BATON_N_WAYS_FIGURES; i++)
    baton_ways_show (self->figures[i], i, work->run);
}

void
baton_ways_panel_run (BatonWaysPanel *self)
{
  g_autofree char *problem = self->team != NULL ? baton_team_problem (self->team) : NULL;
  g_autoptr (GTask) task = NULL;
  Work *work;

  if (self->running != NULL || self->team == NULL)
    return;
  if (problem != NULL)
    {
      baton_ways_show (self->figures[BATON_WAYS_TIMES], BATON_WAYS_TIMES, NULL);
      baton_figure_set_empty (self->figures[BATON_WAYS_TIMES], problem);
      return;
    }
  work = g_new0 (Work, 1);
  work->run = g_atomic_rc_box_new0 (BatonWaysRun);
  work->run->team = baton_team_copy (self->team);
  work->cancellable = g_cancellable_new ();
  work->done = &self->done;
  self->running = g_object_ref (work->cancellable);
  self->done = 0;
  self->watching = g_timeout_add (60, watch_cb, self);
  show_running (self);
  task = g_task_new (self, NULL, done_cb, NULL);
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, work_thread);
}

void
baton_ways_panel_stop (BatonWaysPanel *self)
{
  g_cancellable_cancel (self->running);
}

/* Another team is looked at now; what comes of the one before is of no use. */
static void
leave_run (BatonWaysPanel *self)
{
  g_cancellable_cancel (self->running);
  g_clear_handle_id (&self->watching, g_source_remove);
  g_clear_object (&self->running);
  show_running (self);
}

static void
show_nothing (BatonWaysPanel *self)
{
  baton_ways_show_fit (self->figures[BATON_WAYS_FIT], NULL);
  for (guint i = BATON_WAYS_TIMES; i < BATON_N_WAYS_FIGURES; i++)
    baton_ways_show (self->figures[i], i, NULL);
}

/* A team has dozens of fields: they are made when somebody wants to see them. */
static void
show_parameters (BatonWaysPanel *self)
{
  if (self->team != NULL && gtk_expander_get_expanded (self->expander) &&
      gtk_expander_get_child (self->expander) == NULL)
    gtk_expander_set_child (self->expander, baton_ways_parameters_new (self->team));
}

/* Takes the team; NULL: there is none to simulate. */
static void
take_team (BatonWaysPanel *self, BatonTeam *team, const char *summary)
{
  leave_run (self);
  gtk_expander_set_child (self->expander, NULL);
  g_clear_pointer (&self->team, baton_team_free);
  self->team = team;
  gtk_label_set_label (self->summary, summary);
  gtk_widget_set_sensitive (self->run, team != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->expander), team != NULL);
  show_parameters (self);
  show_nothing (self);
}

static void
show_own_team (BatonWaysPanel *self)
{
  g_autofree char *words = self->fit != NULL ? baton_team_fit_words (self->fit) : NULL;

  if (self->fit == NULL)
    {
      take_team (self, NULL, _ ("Reading the team off the board’s past…"));
      if (self->seen && !self->fitting)
        {
          self->fitting = TRUE;
          g_signal_emit (self, signals[FIT_WANTED], 0);
        }
      return;
    }
  take_team (self, self->fit->team != NULL ? baton_team_copy (self->fit->team) : NULL,
      self->fit->team != NULL ? _ ("The people, hours, stages and work of this board, read off its past.")
                              : words);
  baton_ways_show_fit (self->figures[BATON_WAYS_FIT], self->fit);
  baton_ways_panel_run (self);
}

void
baton_ways_panel_take_fit (BatonWaysPanel *self, BatonTeamFit *fit)
{
  self->fitting = FALSE;
  g_clear_pointer (&self->fit, baton_team_fit_free);
  self->fit = fit;
  if (gtk_drop_down_get_selected (self->choice) == 0)
    show_own_team (self);
}

static void
chosen_cb (BatonWaysPanel *self)
{
  guint choice = gtk_drop_down_get_selected (self->choice);

  if (choice == 0)
    {
      show_own_team (self);
      return;
    }
  if (choice > baton_n_scenarios)
    return;
  take_team (self, baton_scenario_new (choice - 1), baton_scenario_summary (choice - 1));
  baton_ways_panel_run (self);
}

void
baton_ways_panel_forget (BatonWaysPanel *self)
{
  self->fitting = FALSE;
  self->seen = FALSE;
  g_clear_pointer (&self->fit, baton_team_fit_free);
  if (gtk_drop_down_get_selected (self->choice) == 0)
    show_own_team (self);
}

static char *
team_text (const BatonTeam *team)
{
  GString *text = g_string_new (NULL);
  BatonJson json;

  baton_json_init (&json, text);
  baton_team_write (team, &json);
  return g_string_free (text, FALSE);
}

gboolean
baton_ways_panel_is_changed (BatonWaysPanel *self)
{
  g_autofree char *fitted = NULL;
  g_autofree char *now = NULL;

  if (gtk_drop_down_get_selected (self->choice) != 0 || self->team == NULL || self->fit == NULL)
    return FALSE;
  fitted = team_text (self->fit->team);
  now = team_text (self->team);
  return !g_str_equal (fitted, now);
}

void
baton_ways_panel_see (BatonWaysPanel *self)
{
  if (self->seen)
    return;
  self->seen = TRUE;
  if (gtk_drop_down_get_selected (self->choice) == 0)
    show_own_team (self);
}

void
baton_ways_panel_choose (BatonWaysPanel *self, guint choice)
{
  gtk_drop_down_set_selected (self->choice, choice);
}

static GtkWidget *
build_choice (BatonWaysPanel *self)
{
  GtkStringList *names = gtk_string_list_new (NULL);

  gtk_string_list_append (names, _ ("This board’s team"));
  for (guint i = 0; i < baton_n_scenarios; i++)
    {
      g_autoptr (BatonTeam) team = baton_scenario_new (i);

      gtk_string_list_append (names, team->name);
    }
  self->choice = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (names), NULL));
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->choice), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Team"), -1);
  g_signal_connect_swapped (self->choice, "notify::selected", G_CALLBACK (chosen_cb), self);
  return GTK_WIDGET (self->choice);
}

static void
build_bar (BatonWaysPanel *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_box_append (GTK_BOX (bar), build_choice (self));
  self->run = gtk_button_new_with_label (_ ("Simulate"));
  gtk_widget_add_css_class (self->run, "suggested-action");
  g_signal_connect_swapped (self->run, "clicked", G_CALLBACK (baton_ways_panel_run), self);
  self->stop = gtk_button_new_with_label (_ ("Stop"));
  g_signal_connect_swapped (self->stop, "clicked", G_CALLBACK (baton_ways_panel_stop), self);
  self->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->progress), GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (GTK_WIDGET (self->progress), TRUE);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("How far the simulation is"), -1);
  gtk_box_append (GTK_BOX (bar), self->run);
  gtk_box_append (GTK_BOX (bar), self->stop);
  gtk_box_append (GTK_BOX (bar), GTK_WIDGET (self->progress));
  gtk_box_append (GTK_BOX (self), bar);
}

static void
baton_ways_panel_dispose (GObject *object)
{
  BatonWaysPanel *self = BATON_WAYS_PANEL (object);

  g_cancellable_cancel (self->running);
  g_clear_handle_id (&self->watching, g_source_remove);
  g_clear_object (&self->running);
  if (self->expander != NULL)
    gtk_expander_set_child (self->expander, NULL);
  self->expander = NULL;
  g_clear_pointer (&self->team, baton_team_free);
  g_clear_pointer (&self->fit, baton_team_fit_free);
  G_OBJECT_CLASS (baton_ways_panel_parent_class)->dispose (object);
}

static void
baton_ways_panel_class_init (BatonWaysPanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_ways_panel_dispose;
  signals[FIT_WANTED] = g_signal_new (
      "fit-wanted", BATON_TYPE_WAYS_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
baton_ways_panel_init (BatonWaysPanel *self)
{
  static const char *const names[BATON_N_WAYS_FIGURES] = { "ways-fit", "ways-times", "ways-waiting",
    "ways-load", "ways-away" };

  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 8);
  for (guint i = 0; i < BATON_N_WAYS_FIGURES; i++)
    self->figures[i] = baton_figure_new (names[i], "metrics-ways", BATON_CHART (baton_bars_new ()));
  build_bar (self);
  self->summary = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->summary, TRUE);
  gtk_label_set_xalign (self->summary, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->summary), "figure-what");
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->summary));
  self->expander = GTK_EXPANDER (gtk_expander_new (_ ("Change the team")));
  g_signal_connect_swapped (self->expander, "notify::expanded", G_CALLBACK (show_parameters), self);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->expander));
  chosen_cb (self);
  show_running (self);
}

BatonWaysPanel *
baton_ways_panel_new (void)
{
  return g_object_new (BATON_TYPE_WAYS_PANEL, NULL);
}
