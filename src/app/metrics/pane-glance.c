/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "pane-private.h"

#include <glib/gi18n.h>

/* At a glance: the answers that lead furthest, each a button that leads to its figure. */

static const BatonExhibitId chosen[] = { BATON_EXHIBIT_CYCLE, BATON_EXHIBIT_BY_STAGE, BATON_EXHIBIT_HANDOFFS,
  BATON_EXHIBIT_BOTTLENECK, BATON_EXHIBIT_AGE, BATON_EXHIBIT_WHEN };

G_STATIC_ASSERT (G_N_ELEMENTS (chosen) == BATON_N_GLANCES);

static void
clicked_cb (GtkButton *button, BatonMetricsPane *self)
{
  for (guint i = 0; i < BATON_N_GLANCES; i++)
    if (self->glances[i] == GTK_WIDGET (button))
      baton_metrics_pane_show_section (self, baton_exhibits[chosen[i]].section);
}

/* Only answers; a figure without data has none. */
void
baton_metrics_pane_refresh_glance (BatonMetricsPane *self)
{
  gboolean any = FALSE;

  for (guint i = 0; i < BATON_N_GLANCES; i++)
    {
      BatonFigure *figure = self->figures[chosen[i]];
      gboolean shown = baton_figure_empty (figure) == NULL;
      const char *answer = baton_figure_answer (figure);

      gtk_widget_set_visible (self->glances[i], shown);
      any |= shown;
      gtk_label_set_label (
          GTK_LABEL (gtk_widget_get_first_child (gtk_button_get_child (GTK_BUTTON (self->glances[i])))),
          answer != NULL ? answer : "");
      gtk_accessible_update_property (
          GTK_ACCESSIBLE (self->glances[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, answer != NULL ? answer : "", -1);
    }
  gtk_widget_set_visible (self->glance, any);
}

GtkWidget *
baton_metrics_pane_build_glance (BatonMetricsPane *self)
{
  self->glance = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (self->glance, "metrics-glance");
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->glance), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("At a glance"), -1);
  for (guint i = 0; i < BATON_N_GLANCES; i++)
    {
      GtkWidget *label = gtk_label_new (NULL), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      GtkWidget *leads_on = gtk_image_new_from_icon_name ("go-next-symbolic");

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      self->glances[i] = gtk_button_new ();
      gtk_widget_set_hexpand (label, TRUE);
      gtk_widget_add_css_class (leads_on, "figure-what");
      gtk_box_append (GTK_BOX (box), label);
      gtk_box_append (GTK_BOX (box), leads_on);
      gtk_button_set_child (GTK_BUTTON (self->glances[i]), box);
      gtk_widget_add_css_class (self->glances[i], "flat");
      gtk_widget_set_tooltip_text (self->glances[i], baton_section_title (baton_exhibits[chosen[i]].section));
      g_signal_connect (self->glances[i], "clicked", G_CALLBACK (clicked_cb), self);
      gtk_box_append (GTK_BOX (self->glance), self->glances[i]);
    }
  gtk_widget_set_visible (self->glance, FALSE);
  return self->glance;
}
