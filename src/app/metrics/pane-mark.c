/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "pane-private.h"

#include "permits.h"

#include <glib/gi18n.h>

/* What a team decides about a handoff, set where the cards are listed that passed it. */

static const char *const marks[] = { "measured", "sync", "async" };

/* The handoff that a choice is about: ids, because the page may be about something else by then. */
typedef struct
{
  BatonMetricsPane *pane; /* borrowed: its window outlives the dialog */
  char *board;
  char *giver;
  char *taker;
  char *channel; /* NULL: all */
  char *asset_type;
} Handoff;

static void
handoff_free (gpointer data, GClosure *closure)
{
  Handoff *self = data;

  g_free (self->board);
  g_free (self->giver);
  g_free (self->taker);
  g_free (self->channel);
  g_free (self->asset_type);
  g_free (self);
}

static char *
id_of (const BatonMetricsNames *names, guint32 index)
{
  return index < names->ids->len ? g_strdup (g_ptr_array_index (names->ids, index)) : NULL;
}

static Handoff *
handoff_new (BatonMetricsPane *pane, BatonExhibitId id, const BatonFlowEdge *edge)
{
  const BatonReport *report = pane->report;
  const BatonMetrics *metrics = report->dataset->metrics;
  const BatonMetricsNames *hands = report->by_role ? &metrics->roles : &metrics->people;
  BatonFlowGrain grain = id == BATON_EXHIBIT_DECOUPLE ? report->divided->grain : report->handoffs->grain;
  Handoff *self = g_new0 (Handoff, 1);

  self->pane = pane;
  self->board = g_strdup (metrics->board);
  self->giver = id_of (hands, edge->from);
  self->taker = id_of (hands, edge->to);
  if (grain & BATON_FLOW_BY_CHANNEL)
    self->channel = id_of (&metrics->dims[BATON_FLOW_CHANNEL], edge->channel);
  if (grain & BATON_FLOW_BY_ASSET_TYPE)
    self->asset_type = id_of (&metrics->dims[BATON_FLOW_ASSET_TYPE], edge->asset_type);
  return self;
}

static void
chosen_cb (GtkDropDown *choice, GParamSpec *pspec, Handoff *self)
{
  guint selected = gtk_drop_down_get_selected (choice);
  BatonOp *op;
  BatonRow *row;
  g_autofree char *id = baton_store_new_id ();

  if (selected >= G_N_ELEMENTS (marks))
    return;
  op = baton_op_new (BATON_VERB_HANDOFF_MARK);
  row = baton_op_add_row (op, BATON_ENTITY_HANDOFF, id);
  baton_row_set_text (row, BATON_HANDOFF_BOARD, self->board);
  baton_row_set_text (row, BATON_HANDOFF_GIVER, self->giver);
  baton_row_set_text (row, BATON_HANDOFF_TAKER, self->taker);
  baton_row_set_text (row, BATON_HANDOFF_CHANNEL, self->channel);
  baton_row_set_text (row, BATON_HANDOFF_ASSET_TYPE, self->asset_type);
  baton_row_set_text (row, BATON_HANDOFF_MARK, marks[selected]);
  baton_window_perform (self->pane->window, op, _ ("Marked the handoff"));
}

static GtkWidget *
make_choice (BatonMetricsPane *self, BatonExhibitId id, const BatonFlowEdge *edge)
{
  g_autofree char *measured = g_strdup_printf (
      _ ("As measured: %s"), baton_flow_edge_was_sync (edge) ? _ ("sync required") : _ ("async possible"));
  const char *const choices[] = { measured, _ ("Sync required: both have to be there"),
    _ ("Async possible: a queue is enough"), NULL };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4), *label = gtk_label_new (_ ("This handoff"));
  GtkWidget *drop = gtk_drop_down_new_from_strings (choices);

  gtk_drop_down_set_selected (GTK_DROP_DOWN (drop), edge->mark == NULL ? 0 : edge->mark->sync ? 1 : 2);
  gtk_accessible_update_relation (
      GTK_ACCESSIBLE (drop), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
  g_signal_connect_data (
      drop, "notify::selected", G_CALLBACK (chosen_cb), handoff_new (self, id, edge), handoff_free, 0);
  gtk_widget_set_sensitive (
      drop, baton_workspace_why_not (baton_board_workspace (self->board), BATON_VERB_HANDOFF_MARK) == NULL);
  gtk_widget_set_tooltip_text (drop,
      _ ("The simulation of this team hands over as it is marked here, beside the three ways of working."));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "figure-what");
  gtk_widget_add_css_class (box, "metrics-mark");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), drop);
  return box;
}

/* Between unknown hands there is nothing to decide. */
void
baton_metrics_pane_show_handoff (
    BatonMetricsPane *self, BatonExhibitId id, guint mark, GPtrArray *ids, const char *title)
{
  const BatonFlowEdge *edge = self->report != NULL ? baton_exhibit_edge (id, self->report, mark) : NULL;

  if (edge == NULL || edge->from == BATON_FLOW_NONE || edge->to == BATON_FLOW_NONE)
    baton_metrics_pane_show_cards (self, ids, title);
  else
    baton_metrics_pane_show_cards_below (self, ids, title, make_choice (self, id, edge));
}
