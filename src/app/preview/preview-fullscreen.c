/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "preview-fullscreen.h"

#include "preview-view.h"

static gboolean
close_key_cb (GtkWidget *window, GVariant *arguments, gpointer data)
{
  gtk_window_close (GTK_WINDOW (window));
  return TRUE;
}

static void
add_closing_keys (GtkWidget *window)
{
  static const guint keys[] = { GDK_KEY_Escape, GDK_KEY_F11, GDK_KEY_f };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (controller), gtk_shortcut_new (gtk_keyval_trigger_new (keys[i], 0),
                                                  gtk_callback_action_new (close_key_cb, NULL, NULL)));
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (window, controller);
}

void
baton_preview_fullscreen (GtkWidget *from, const BatonPreviewFile *file, int page)
{
  GtkRoot *root = gtk_widget_get_root (from);
  GtkWidget *window, *view;

  if (file->name == NULL || gtk_window_is_fullscreen (GTK_WINDOW (root)))
    return;
  window = gtk_window_new ();
  gtk_window_set_title (GTK_WINDOW (window), file->name);
  gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (root));
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (window), 1024, 768);
  /* Its own way of looking: it begins with the whole, on the same page. */
  view = baton_preview_view_new (NULL, BATON_INPUT_KEYS | BATON_INPUT_WHEEL | BATON_INPUT_DRAG);
  baton_viewport_set_page (baton_preview_view_viewport (BATON_PREVIEW_VIEW (view)), page);
  gtk_window_set_child (GTK_WINDOW (window), view);
  add_closing_keys (window);
  baton_preview_view_show (BATON_PREVIEW_VIEW (view), file);
  gtk_window_fullscreen (GTK_WINDOW (window));
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_grab_focus (
      GTK_WIDGET (baton_picture_pane_view (baton_preview_view_picture (BATON_PREVIEW_VIEW (view)))));
}
