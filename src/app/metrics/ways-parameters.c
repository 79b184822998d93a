/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "ways-private.h"

#include "columns-layout.h"
#include "quiet-spin.h"

#include <glib/gi18n.h>

/* One field of a team: a number of some type somewhere in it, shown divided by scale. */
typedef struct
{
  double *number;
  guint *count;
  BatonDist *dist; /* its middle; the spread goes with it */
  double scale;
} Field;

static void
changed_cb (GtkSpinButton *spin, Field *field)
{
  double value = gtk_spin_button_get_value (spin) * field->scale, factor;

  if (field->number != NULL)
    *field->number = value;
  if (field->count != NULL)
    *field->count = (guint) (value + 0.5);
  if (field->dist == NULL || field->dist->first <= 0)
    return;
  factor = value / field->dist->first;
  field->dist->first *= factor;
  field->dist->second *= factor;
}

static double
value_of (const Field *field)
{
  double value = field->number != NULL  ? *field->number
                 : field->count != NULL ? *field->count
                                        : field->dist->first;

  return value / field->scale;
}

static void
free_field (gpointer data, GClosure *closure)
{
  g_free (data);
}

static void
add_field (GtkWidget *box, const char *name, Field field, double low, double high, double step)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *spin = baton_quiet_spin_new (low, high, step);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_spin_button_set_digits (GTK_SPIN_BUTTON (spin), step < 1 ? 1 : 0);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), value_of (&field));
  gtk_accessible_update_relation (
      GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
  g_signal_connect_data (
      spin, "value-changed", G_CALLBACK (changed_cb), g_memdup2 (&field, sizeof field), free_field, 0);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), spin);
  gtk_box_append (GTK_BOX (box), row);
}

static void
add_handoffs (GtkWidget *box, BatonTeam *team)
{
  BatonTeamHandoffs *handoffs = &team->handoffs;

  add_field (
      box, _ ("Pieces of work a week"), (Field){ .number = &team->arrivals, .scale = 1 }, 0.1, 10000, 0.1);
  add_field (box, _ ("Linear: minutes of a handoff meeting"),
      (Field){ .count = &handoffs->meeting, .scale = 1 }, 0, 480, 5);
  add_field (box, _ ("Linear: hours of notice for it"), (Field){ .count = &handoffs->notice, .scale = 60 }, 0,
      240, 0.5);
  add_field (box, _ ("Queues: minutes to write down the context"),
      (Field){ .count = &handoffs->note, .scale = 1 }, 0, 480, 1);
  add_field (box, _ ("Hybrid: questions in 100 handoffs"),
      (Field){ .number = &handoffs->questions_hybrid, .scale = 0.01 }, 0, 100, 1);
  add_field (box, _ ("Asynchronous: questions in 100 handoffs"),
      (Field){ .number = &handoffs->questions_async, .scale = 0.01 }, 0, 100, 1);
  add_field (box, _ ("Asynchronous: hours until a question is seen"),
      (Field){ .count = &handoffs->answer_after, .scale = 60 }, 0, 240, 0.5);
  add_field (box, _ ("Asynchronous: minutes to answer"), (Field){ .count = &handoffs->answer, .scale = 1 }, 0,
      480, 1);
}

static void
add_stages (GtkWidget *box, BatonTeam *team)
{
  for (guint i = 0; i < team->stages->len; i++)
    {
      BatonTeamStage *stage = baton_team_stage (team, i);
      g_autofree char *work = g_strdup_printf (_ ("%s: hours of work"), stage->name);
      g_autofree char *rework = g_strdup_printf (_ ("%s: sent back, of 100"), stage->name);

      if (stage->work.kind != BATON_DIST_EMPIRICAL)
        add_field (box, work, (Field){ .dist = &stage->work, .scale = 3600 }, 0.1, 1000, 0.1);
      if (stage->rework > 0 || stage->review)
        add_field (box, rework, (Field){ .number = &stage->rework, .scale = 0.01 }, 0, 90, 1);
    }
}

static void
add_people (GtkWidget *box, BatonTeam *team)
{
  for (guint i = 0; i < team->people->len; i++)
    {
      BatonTeamPerson *person = baton_team_person (team, i);
      g_autofree char *focus = g_strdup_printf (_ ("%s: %% of the hours for this"), person->name);
      g_autofree char *away = g_strdup_printf (_ ("%s: days away in a year"), person->name);

      add_field (box, focus, (Field){ .number = &person->focus, .scale = 0.01 }, 1, 100, 1);
      add_field (box, away, (Field){ .count = &person->days_away, .scale = 1 }, 0, 200, 1);
    }
}

static void
way_changed_cb (GtkDropDown *drop, GParamSpec *pspec, BatonTeamStage *stage)
{
  stage->way = gtk_drop_down_get_selected (drop);
}

/* The mixture: how each stage is handed over into. */
static void
add_ways (GtkWidget *box, BatonTeam *team)
{
  const char *const ways[] = { baton_way_name (BATON_WAY_LINEAR), baton_way_name (BATON_WAY_HYBRID),
    baton_way_name (BATON_WAY_ASYNC), NULL };

  for (guint i = 0; i < team->stages->len; i++)
    {
      BatonTeamStage *stage = baton_team_stage (team, i);
      g_autofree char *name = g_strdup_printf (_ ("Mixture: into %s"), stage->name);
      GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
      GtkWidget *label = gtk_label_new (name), *drop = gtk_drop_down_new_from_strings (ways);

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_widget_set_hexpand (label, TRUE);
      gtk_drop_down_set_selected (GTK_DROP_DOWN (drop), MIN (stage->way, BATON_WAY_ASYNC));
      gtk_accessible_update_relation (
          GTK_ACCESSIBLE (drop), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
      g_signal_connect (drop, "notify::selected", G_CALLBACK (way_changed_cb), stage);
      gtk_box_append (GTK_BOX (row), label);
      gtk_box_append (GTK_BOX (row), drop);
      gtk_box_append (GTK_BOX (box), row);
    }
}

GtkWidget *
baton_ways_parameters_new (BatonTeam *team)
{
  GtkWidget *box = baton_columns_box_new (330, 10);

  add_handoffs (box, team);
  add_stages (box, team);
  add_people (box, team);
  add_ways (box, team);
  return box;
}
