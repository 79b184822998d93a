/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "figure-private.h"

#include "table-view.h"

#include <glib/gi18n.h>

enum
{
  SHOW_CARDS,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonFigure, baton_figure, GTK_TYPE_BOX)

const char *
baton_figure_name (BatonFigure *self)
{
  return self->name;
}

BatonChart *
baton_figure_chart (BatonFigure *self)
{
  return self->chart;
}

const char *
baton_figure_answer (BatonFigure *self)
{
  return self->answer;
}

const char *
baton_figure_empty (BatonFigure *self)
{
  return self->empty;
}

static void
refresh_summary (BatonFigure *self)
{
  if (self->chart != NULL)
    baton_chart_set_summary (self->chart, self->answer, self->what);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->answer != NULL ? self->answer : "", -1);
}

static gboolean
set_text (char **text, BatonProse *label, const char *value)
{
  if (g_strcmp0 (*text, value) == 0)
    return FALSE;
  g_free (*text);
  *text = g_strdup (value);
  baton_prose_set_text (label, value != NULL ? value : "");
  gtk_widget_set_visible (GTK_WIDGET (label), value != NULL && *value != '\0');
  return TRUE;
}

void
baton_figure_set_words (BatonFigure *self, const char *answer, const char *what, const char *note)
{
  gboolean changed = set_text (&self->answer, self->answer_label, answer);

  changed |= set_text (&self->what, self->what_label, what);
  changed |= set_text (&self->note, self->note_label, note);
  if (changed)
    refresh_summary (self);
}

/* What is shown: nothing to show, the table, or the chart. */
static void
refresh_stack (BatonFigure *self)
{
  const char *name = "chart";

  if (self->empty != NULL)
    name = "empty";
  else if (self->chart == NULL || gtk_toggle_button_get_active (self->table_button))
    name = "table";
  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_widget_set_visible (GTK_WIDGET (self->table_button),
      self->empty == NULL && self->chart != NULL && self->make_table != NULL);
  gtk_widget_set_visible (self->menu_button, self->empty == NULL);
  if (self->empty != NULL)
    gtk_widget_set_visible (self->legend, FALSE);
}

void
baton_figure_set_empty (BatonFigure *self, const char *reason)
{
  if (g_strcmp0 (self->empty, reason) != 0)
    set_text (&self->empty, self->empty_label, reason);
  refresh_stack (self);
}

void
baton_figure_set_legend (BatonFigure *self, GArray *entries)
{
  baton_legend_set_entries (self->legend, entries);
  if (self->empty != NULL)
    gtk_widget_set_visible (self->legend, FALSE);
}

void
baton_figure_set_tools (BatonFigure *self, GtkWidget *tools)
{
  gtk_box_append (self->tools, tools);
  gtk_widget_set_visible (GTK_WIDGET (self->tools), TRUE);
}

BatonTable *
baton_figure_table (BatonFigure *self)
{
  return self->make_table != NULL ? self->make_table (self->data) : NULL;
}

GPtrArray *
baton_figure_cards (BatonFigure *self, guint mark)
{
  return self->find_cards != NULL ? self->find_cards (self->data, mark) : NULL;
}

static void
fill_table (BatonFigure *self)
{
  GtkWidget *old = gtk_widget_get_first_child (self->table_box);
  g_autoptr (BatonTable) table = NULL;

  if (old != NULL)
    gtk_box_remove (GTK_BOX (self->table_box), old);
  table = self->empty == NULL ? baton_figure_table (self) : NULL;
  if (table != NULL)
    gtk_box_append (GTK_BOX (self->table_box), baton_table_view_new (table));
}

void
baton_figure_set_data (BatonFigure *self, BatonFigureTable table, BatonFigureCards cards, gpointer data,
    GDestroyNotify free_data)
{
  if (self->free_data != NULL)
    self->free_data (self->data);
  self->make_table = table;
  self->find_cards = cards;
  self->data = data;
  self->free_data = free_data;
  if (self->chart != NULL)
    baton_chart_set_opens (self->chart, cards != NULL);
  refresh_stack (self);
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "table") == 0)
    fill_table (self);
}

void
baton_figure_show_table (BatonFigure *self, gboolean shown)
{
  gtk_toggle_button_set_active (self->table_button, shown);
}

gboolean
baton_figure_shows_table (BatonFigure *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "table") == 0;
}

static void
table_toggled_cb (BatonFigure *self)
{
  refresh_stack (self);
  if (baton_figure_shows_table (self))
    fill_table (self);
}

static void
open_mark_cb (BatonChart *chart, guint mark, BatonFigure *self)
{
  g_autoptr (GPtrArray) cards = baton_figure_cards (self, mark);
  g_autofree char *words = NULL;

  if (cards == NULL)
    return;
  words = baton_chart_mark_words (chart, mark);
  g_strdelimit (words, "\n", ' ');
  g_signal_emit (self, signals[SHOW_CARDS], 0, cards, words, mark);
}

static GMenuModel *
make_menu (BatonFigure *self)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) files = g_menu_new ();
  g_autoptr (GMenu) help = g_menu_new ();

  g_menu_append (files, C_ ("clipboard", "Copy"), "figure.copy");
  if (self->chart != NULL)
    {
      g_menu_append (files, _ ("Save as picture (PNG)…"), "figure.save-png");
      g_menu_append (files, _ ("Save as drawing (SVG)…"), "figure.save-svg");
    }
  g_menu_append (files, _ ("Save the numbers (CSV)…"), "figure.save-csv");
  g_menu_append (help, _ ("How to read this"), "figure.help");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (files));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (help));
  return G_MENU_MODEL (menu);
}

static BatonProse *
new_label (const char *style)
{
  GtkWidget *label = baton_prose_new ();

  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, style);
  gtk_widget_set_visible (label, FALSE);
  return BATON_PROSE (label);
}

static void
build_head (BatonFigure *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *table = gtk_toggle_button_new ();

  self->answer_label = new_label ("figure-answer");
  self->what_label = new_label ("figure-what");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->answer_label));
  gtk_box_append (GTK_BOX (words), GTK_WIDGET (self->what_label));
  self->table_button = GTK_TOGGLE_BUTTON (table);
  gtk_button_set_icon_name (GTK_BUTTON (table), "view-list-symbolic");
  gtk_widget_set_tooltip_text (table, _ ("The numbers as a table"));
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (table), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("The numbers as a table"), -1);
  g_signal_connect_swapped (table, "toggled", G_CALLBACK (table_toggled_cb), self);
  self->menu_button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu_button), "view-more-symbolic");
  gtk_widget_set_tooltip_text (self->menu_button, _ ("Copy, save, help"));
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->menu_button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Copy, save, help"), -1);
  for (guint i = 0; i < 2; i++)
    {
      GtkWidget *button = i == 0 ? table : self->menu_button;

      gtk_widget_add_css_class (button, "flat");
      gtk_widget_add_css_class (button, "figure-button");
      gtk_widget_set_valign (button, GTK_ALIGN_START);
    }
  gtk_box_append (GTK_BOX (head), words);
  gtk_box_append (GTK_BOX (head), table);
  gtk_box_append (GTK_BOX (head), self->menu_button);
  gtk_box_append (GTK_BOX (self), head);
}

static void
build_body (BatonFigure *self)
{
  self->tools = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  gtk_widget_set_visible (GTK_WIDGET (self->tools), FALSE);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->tools));
  self->legend = baton_legend_new ();
  gtk_widget_set_visible (self->legend, FALSE);
  gtk_box_append (GTK_BOX (self), self->legend);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  gtk_stack_set_hhomogeneous (self->stack, FALSE);
  self->empty_label = new_label ("figure-empty");
  self->table_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->empty_label), "empty");
  gtk_stack_add_named (self->stack, self->table_box, "table");
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->stack));
  self->note_label = new_label ("figure-note");
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->note_label));
}

static void
baton_figure_dispose (GObject *object)
{
  BatonFigure *self = BATON_FIGURE (object);

  if (self->free_data != NULL)
    self->free_data (self->data);
  self->free_data = NULL;
  self->make_table = NULL;
  self->find_cards = NULL;
  G_OBJECT_CLASS (baton_figure_parent_class)->dispose (object);
}

static void
baton_figure_finalize (GObject *object)
{
  BatonFigure *self = BATON_FIGURE (object);

  g_free (self->name);
  g_free (self->help);
  g_free (self->answer);
  g_free (self->what);
  g_free (self->note);
  g_free (self->empty);
  G_OBJECT_CLASS (baton_figure_parent_class)->finalize (object);
}

static void
baton_figure_class_init (BatonFigureClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_figure_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_figure_finalize;
  signals[SHOW_CARDS] = g_signal_new ("show-cards", BATON_TYPE_FIGURE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
      G_TYPE_NONE, 3, G_TYPE_PTR_ARRAY, G_TYPE_STRING, G_TYPE_UINT);
  gtk_widget_class_set_css_name (widget_class, "figure");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  baton_figure_install_actions (widget_class);
}

static void
baton_figure_init (BatonFigure *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  build_head (self);
  build_body (self);
}

BatonFigure *
baton_figure_new (const char *name, const char *help, BatonChart *chart)
{
  BatonFigure *self = g_object_new (BATON_TYPE_FIGURE, NULL);
  g_autoptr (GMenuModel) menu = NULL;

  self->name = g_strdup (name);
  self->help = g_strdup (help);
  self->chart = chart;
  if (chart != NULL)
    {
      gtk_widget_set_hexpand (GTK_WIDGET (chart), TRUE);
      gtk_stack_add_named (self->stack, GTK_WIDGET (chart), "chart");
      g_signal_connect (chart, "open-mark", G_CALLBACK (open_mark_cb), self);
    }
  menu = make_menu (self);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->menu_button), menu);
  refresh_stack (self);
  return self;
}
