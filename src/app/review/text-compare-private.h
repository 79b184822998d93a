/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "text-compare.h"
#include "text-line.h"

G_BEGIN_DECLS

struct _BatonTextCompare
{
  GtkWidget parent_instance;

  GtkWidget *scrolled;
  GtkListView *list;
  GListStore *lines; /* BatonDiffLine */
  GPtrArray *shown;  /* BatonTextLine, borrowed: those that the list has made */
  BatonTextPair *pair;
  GCancellable *comparing;
  gboolean in_one;
  guint at; /* the line that was gone to last */

  BatonTextLook look;
  BatonMark *draft; /* in characters, for a text that is not here yet */
  gboolean takes_marks;
  GtkWidget *offer;         /* popover: comment on the selection */
  BatonTextLine *drag_line; /* where a selection began; borrowed */
  gsize drag_from;
  guint reading; /* idle that looks what is selected */
};

/* text-compare-select.c: what somebody selects in the newer text, within a line or across lines. */
void baton_text_compare_add_selecting (BatonTextCompare *self);
void baton_text_compare_install_actions (GtkWidgetClass *klass);
void baton_text_compare_forget_selection (BatonTextCompare *self);

/* text-compare.c */
void baton_text_compare_refresh (BatonTextCompare *self);
void baton_text_compare_say_marked (BatonTextCompare *self, const BatonMark *mark);
void baton_text_compare_say_activated (BatonTextCompare *self, const char *comment);

G_END_DECLS
