/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "figure.h"
#include "prose.h"

G_BEGIN_DECLS

struct _BatonFigure
{
  GtkBox parent_instance;

  char *name;
  char *help;
  char *answer;
  char *what;
  char *note;
  char *empty;
  BatonProse *answer_label;
  BatonProse *what_label;
  BatonProse *note_label;
  BatonProse *empty_label;
  GtkToggleButton *table_button;
  GtkWidget *menu_button;
  GtkBox *tools;
  GtkWidget *legend;
  GtkStack *stack;
  BatonChart *chart;
  GtkWidget *table_box;

  BatonFigureTable make_table;
  BatonFigureCards find_cards;
  gpointer data;
  GDestroyNotify free_data;
};

/* figure-export.c */
void baton_figure_install_actions (GtkWidgetClass *klass);

G_END_DECLS
