/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "preferences.h"

#include "inline-edit.h"
#include "permits.h"

#include <glib/gi18n.h>

static void
scheme_chosen_cb (GtkCheckButton *check, GSettings *settings)
{
  if (gtk_check_button_get_active (check))
    g_settings_set_string (settings, "color-scheme", g_object_get_data (G_OBJECT (check), "scheme"));
}

static GtkWidget *
create_schemes (GSettings *settings)
{
  static const struct
  {
    const char *nick;
    const char *title;
    const char *subtitle;
  } schemes[] = {
    { "follow", N_ ("Follow the desktop"), N_ ("Light by day and dark by night, if that is how it is set") },
    { "light", N_ ("Light"), NULL },
    { "dark", N_ ("Dark"), NULL },
  };
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *present = g_settings_get_string (settings, "color-scheme");
  GtkWidget *first = NULL;

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Appearance"));
  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      GtkWidget *row = adw_action_row_new ();
      GtkWidget *check = gtk_check_button_new ();

      if (first == NULL)
        first = check;
      else
        gtk_check_button_set_group (GTK_CHECK_BUTTON (check), GTK_CHECK_BUTTON (first));
      gtk_check_button_set_active (GTK_CHECK_BUTTON (check), g_str_equal (present, schemes[i].nick));
      g_object_set_data (G_OBJECT (check), "scheme", (char *) schemes[i].nick);
      g_signal_connect_object (check, "toggled", G_CALLBACK (scheme_chosen_cb), settings, 0);
      gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
      gtk_accessible_update_property (
          GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, _ (schemes[i].title), -1);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (schemes[i].title));
      adw_action_row_set_subtitle (
          ADW_ACTION_ROW (row), schemes[i].subtitle != NULL ? _ (schemes[i].subtitle) : "");
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
  return group;
}

static GtkWidget *
create_names (BatonWindow *window, GSettings *settings)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *row = adw_entry_row_new ();
  BatonWorkspace *workspace = baton_window_workspace (window);
  BatonItem *me = workspace != NULL ? baton_workspace_lookup (
                                          workspace, BATON_ENTITY_PERSON, baton_workspace_me (workspace))
                                    : NULL;

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("You"));
  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (group), _ ("Your name stands beside what you do. It stays on this computer and "
                                        "in the workspaces you work in."));
  if (me != NULL && baton_workspace_why_not (workspace, BATON_VERB_PERSON_SET) == NULL)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
        baton_text_row_new (workspace, me, BATON_PERSON_NAME, _ ("Your name in this workspace"), TRUE));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Your name in new workspaces"));
  g_settings_bind (settings, "person-name", row, "text", G_SETTINGS_BIND_DEFAULT);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return group;
}

/* AdwSwitchRow came later. */
static GtkWidget *
create_notices (GSettings *settings)
{
  GtkWidget *group = adw_preferences_group_new (), *row = adw_action_row_new ();
  GtkWidget *notify = gtk_switch_new ();

  gtk_widget_set_valign (notify, GTK_ALIGN_CENTER);
  g_settings_bind (settings, "notify", notify, "active", G_SETTINGS_BIND_DEFAULT);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Notifications"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Tell me what waits for me"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
      _ ("Only what comes into your inbox while you look elsewhere. Nothing else ever calls you."));
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (notify), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Tell me what waits for me"), -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), notify);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), notify);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return group;
}

/* AdwSpinRow came later. */
static GtkWidget *
create_limit (GSettings *settings, const char *key, const char *title)
{
  GtkWidget *row = adw_action_row_new (), *spin = gtk_spin_button_new_with_range (0, 10000000, 100);

  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  g_settings_bind (settings, key, spin, "value", G_SETTINGS_BIND_DEFAULT);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("kB per second; 0 is as fast as it goes"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), spin);
  return row;
}

static GtkWidget *
create_limits (GSettings *settings)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _ ("Files of shared workspaces"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
      _ ("How fast files may travel, so that others can use the connection, too. Changes to cards are never "
         "held back."));
  adw_preferences_group_add (
      ADW_PREFERENCES_GROUP (group), create_limit (settings, "upload-limit", _ ("To the server")));
  adw_preferences_group_add (
      ADW_PREFERENCES_GROUP (group), create_limit (settings, "download-limit", _ ("To this computer")));
  return group;
}

static gboolean
close_request_cb (GtkWindow *dialog)
{
  /* What is still being typed is committed by leaving it. */
  gtk_window_set_focus (dialog, NULL);
  return GDK_EVENT_PROPAGATE;
}

void
baton_preferences_present (BatonWindow *window)
{
  GSettings *settings =
      baton_application_settings (BATON_APPLICATION (gtk_window_get_application (GTK_WINDOW (window))));
  GtkWidget *dialog = adw_preferences_window_new ();
  GtkWidget *page = adw_preferences_page_new ();

  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (create_schemes (settings)));
  adw_preferences_page_add (
      ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (create_names (window, settings)));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (create_notices (settings)));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (create_limits (settings)));
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (dialog), ADW_PREFERENCES_PAGE (page));
  adw_preferences_window_set_search_enabled (ADW_PREFERENCES_WINDOW (dialog), FALSE);
  gtk_window_set_title (GTK_WINDOW (dialog), _ ("Preferences"));
  gtk_window_set_modal (GTK_WINDOW (dialog), TRUE);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (window));
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (dialog), 560, 520);
  g_signal_connect (dialog, "close-request", G_CALLBACK (close_request_cb), NULL);
  gtk_window_present (GTK_WINDOW (dialog));
}
