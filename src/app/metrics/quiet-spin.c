/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "quiet-spin.h"

GtkWidget *
baton_quiet_spin_new (double low, double high, double step)
{
  GtkWidget *spin = gtk_spin_button_new_with_range (low, high, step);
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (spin);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) one = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_SCROLL (one))
        gtk_event_controller_set_propagation_phase (one, GTK_PHASE_NONE);
    }
  return spin;
}
