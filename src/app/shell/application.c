/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "application.h"

#include "baton-config.h"
#include "window.h"

#include <glib/gi18n.h>

struct _BatonApplication
{
  AdwApplication parent_instance;
  GSettings *settings;
  char *wanted; /* the folder that the command line names, while we start */
};

G_DEFINE_FINAL_TYPE (BatonApplication, baton_application, ADW_TYPE_APPLICATION)

GSettings *
baton_application_settings (BatonApplication *self)
{
  return self->settings;
}

char *
baton_application_sample_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "baton", "sample", NULL);
}

char *
baton_application_default_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "baton", "workspace", NULL);
}

static BatonWindow *
find_window (BatonApplication *self, const char *folder)
{
  g_autofree char *wanted = g_canonicalize_filename (folder, NULL);

  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    {
      BatonWorkspace *workspace = BATON_IS_WINDOW (l->data) ? baton_window_workspace (l->data) : NULL;

      if (workspace != NULL && g_str_equal (baton_workspace_folder (workspace), wanted))
        return l->data;
    }
  return NULL;
}

/* A window that shows nothing yet is used before a new one is made. */
static BatonWindow *
free_window (BatonApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    {
      if (BATON_IS_WINDOW (l->data) && baton_window_workspace (l->data) == NULL)
        return l->data;
    }
  return baton_window_new (self);
}

void
baton_application_open_folder (BatonApplication *self, const char *folder, BatonStoreFlags flags)
{
  BatonWindow *window = find_window (self, folder);

  if (window == NULL)
    {
      window = free_window (self);
      baton_window_open_folder (window, folder, flags);
    }
  gtk_window_present (GTK_WINDOW (window));
}

static void
open_last (BatonApplication *self)
{
  g_autofree char *last = g_settings_get_string (self->settings, "last-workspace");
  BatonWindow *window;

  if (*last != '\0' && baton_store_exists (last))
    {
      baton_application_open_folder (self, last, BATON_STORE_OPEN);
      return;
    }
  window = free_window (self);
  baton_window_show_start (window);
  gtk_window_present (GTK_WINDOW (window));
}

static void
baton_application_activate (GApplication *application)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (application));

  if (window != NULL)
    gtk_window_present (window);
  else
    open_last (BATON_APPLICATION (application));
}

/* An invitation that somebody opened: baton://join?… Transfer full; NULL when there is none. */
static char *
link_of (GApplicationCommandLine *line)
{
  int n;
  g_auto (GStrv) words = g_application_command_line_get_arguments (line, &n);

  return n > 1 && g_str_has_prefix (words[1], "baton://") ? g_strdup (words[1]) : NULL;
}

/* A workspace that was named without an option. Transfer full; NULL when there is none. */
static GFile *
folder_of (GApplicationCommandLine *line)
{
  int n;
  g_auto (GStrv) words = g_application_command_line_get_arguments (line, &n);
  g_autoptr (GFile) file = n > 1 ? g_application_command_line_create_file_for_arg (line, words[1]) : NULL;

  return file != NULL && g_file_peek_path (file) != NULL &&
                 g_file_test (g_file_peek_path (file), G_FILE_TEST_IS_DIR)
             ? g_steal_pointer (&file)
             : NULL;
}

static void
join (GApplication *application, const char *link)
{
  GtkWindow *window;

  g_application_activate (application);
  window = gtk_application_get_active_window (GTK_APPLICATION (application));
  if (window != NULL)
    gtk_widget_activate_action (GTK_WIDGET (window), "win.join", "s", link);
}

static int
baton_application_command_line (GApplication *application, GApplicationCommandLine *line)
{
  BatonApplication *self = BATON_APPLICATION (application);
  GVariantDict *options = g_application_command_line_get_options_dict (line);
  g_autofree char *link = link_of (line);
  g_autoptr (GFile) named = link == NULL ? folder_of (line) : NULL;
  const char *folder;

  if (g_variant_dict_contains (options, "sample"))
    {
      g_autofree char *sample = baton_application_sample_folder ();

      baton_application_open_folder (self, sample, BATON_STORE_CREATE);
    }
  else if (g_variant_dict_lookup (options, "workspace", "^&ay", &folder))
    {
      g_autoptr (GFile) file = g_application_command_line_create_file_for_arg (line, folder);

      baton_application_open_folder (self, g_file_peek_path (file), BATON_STORE_CREATE);
    }
  else if (link != NULL)
    join (application, link);
  else if (named != NULL)
    baton_application_open_folder (self, g_file_peek_path (named), BATON_STORE_OPEN);
  else if (g_variant_dict_contains (options, "new-window"))
    {
      BatonWindow *window = baton_window_new (self);

      baton_window_show_start (window);
      gtk_window_present (GTK_WINDOW (window));
    }
  else
    g_application_activate (application);
  baton_workspace_drop_ahead ();
  return 0;
}

static int
baton_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  BatonApplication *self = BATON_APPLICATION (application);
  const char *folder;

  if (g_variant_dict_contains (options, "sample"))
    self->wanted = baton_application_sample_folder ();
  else if (g_variant_dict_lookup (options, "workspace", "^&ay", &folder))
    self->wanted = g_canonicalize_filename (folder, NULL);
  if (!g_variant_dict_contains (options, "version"))
    return -1;
  g_print ("Baton %s\n", BATON_VERSION);
  return 0;
}

static void
follow_color_scheme_cb (GSettings *settings, const char *key, gpointer data)
{
  static const AdwColorScheme schemes[] = { ADW_COLOR_SCHEME_PREFER_LIGHT, ADW_COLOR_SCHEME_FORCE_LIGHT,
    ADW_COLOR_SCHEME_FORCE_DARK };
  int index = g_settings_get_enum (settings, "color-scheme");

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), schemes[CLAMP (index, 0, 2)]);
}

static void
load_style (void)
{
  static const char *const sheets[] = { "/io/github/batonboard/Baton/widgets/widgets.css",
    "/io/github/batonboard/Baton/settings/dialogs.css", "/io/github/batonboard/Baton/card/card.css",
    "/io/github/batonboard/Baton/metrics/metrics.css", "/io/github/batonboard/Baton/preview/preview.css",
    "/io/github/batonboard/Baton/review/review.css", "/io/github/batonboard/Baton/style.css" };

  for (guint i = 0; i < G_N_ELEMENTS (sheets); i++)
    {
      g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

      gtk_css_provider_load_from_resource (provider, sheets[i]);
      gtk_style_context_add_provider_for_display (
          gdk_display_get_default (), GTK_STYLE_PROVIDER (provider), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
    }
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  GtkApplication *application = data;
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (application));

  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
}

/* Where a notification leads: it may have stayed after the program had ended. */
static void
inbox_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BatonApplication *self = data;
  const char *folder = g_variant_get_string (parameter, NULL);
  BatonWindow *window;

  if (!baton_store_exists (folder))
    {
      g_application_activate (data);
      return;
    }
  baton_application_open_folder (self, folder, BATON_STORE_OPEN);
  window = find_window (self, folder);
  if (window != NULL)
    gtk_widget_activate_action (GTK_WIDGET (window), "win.view", "s", "inbox");
}

static void
help_shown_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  GtkWindow *window = gtk_application_get_active_window (data);
  g_autofree char *message = NULL;

  if (gtk_show_uri_full_finish (GTK_WINDOW (source), result, &error) || !BATON_IS_WINDOW (window))
    return;
  message = g_strdup_printf (_ ("The help cannot be shown (%s). The program Yelp shows it."), error->message);
  baton_window_toast (BATON_WINDOW (window), message, FALSE);
}

static void
help_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_show_uri_full (
      gtk_application_get_active_window (data), "help:baton", GDK_CURRENT_TIME, NULL, help_shown_cb, data);
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  static const char *const developers[] = { "The Baton team", NULL };

  adw_show_about_window (gtk_application_get_active_window (data), "application-name", _ ("Baton"),
      "application-icon", BATON_APP_ID, "version", BATON_VERSION, "developer-name", _ ("The Baton team"),
      "developers", developers, "license-type", GTK_LICENSE_GPL_3_0, "comments",
      _ ("Work that travels through many hands, without waiting at each of them."), "translator-credits",
      _ ("translator-credits"), NULL);
}

static void
new_window_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BatonWindow *window = baton_window_new (data);

  baton_window_show_start (window);
  gtk_window_present (GTK_WINDOW (window));
}

static void
add_accelerators (GtkApplication *application)
{
  static const char *const table[][3] = {
    { "app.quit", "<Ctrl>q", NULL },
    { "app.help", "F1", NULL },
    { "window.close", "<Ctrl>w", NULL },
    { "win.search", "<Ctrl>f", NULL },
    { "win.undo", "<Ctrl>z", NULL },
    { "win.redo", "<Ctrl><Shift>z", "<Ctrl>y" },
    { "win.sidebar", "F9", NULL },
    { "win.other-pane", "F6", NULL },
    { "win.view::board", "<Ctrl>1", NULL },
    { "win.view::review", "<Ctrl>2", NULL },
    { "win.view::metrics", "<Ctrl>3", NULL },
    { "win.preferences", "<Ctrl>comma", NULL },
    { "win.show-help-overlay", "<Ctrl>question", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const char *accelerators[] = { table[i][1], table[i][2], NULL };

      gtk_application_set_accels_for_action (application, table[i][0], accelerators);
    }
}

/* The database is opened while GTK starts. */
static void
open_ahead (BatonApplication *self)
{
  g_autofree char *board = g_settings_get_string (self->settings, "last-board");

  if (self->wanted == NULL)
    self->wanted = g_settings_get_string (self->settings, "last-workspace");
  if (*self->wanted != '\0')
    baton_workspace_open_ahead (self->wanted, board);
  g_clear_pointer (&self->wanted, g_free);
}

static void
baton_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = { { "quit", quit_cb }, { "help", help_cb }, { "about", about_cb },
    { "new-window", new_window_cb }, { "inbox", inbox_cb, "s" } };
  BatonApplication *self = BATON_APPLICATION (application);

  self->settings = g_settings_new (BATON_APP_ID);
  open_ahead (self);
  G_APPLICATION_CLASS (baton_application_parent_class)->startup (application);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), application);
  add_accelerators (GTK_APPLICATION (application));
  load_style ();
  g_signal_connect (self->settings, "changed::color-scheme", G_CALLBACK (follow_color_scheme_cb), NULL);
  follow_color_scheme_cb (self->settings, NULL, NULL);
}

static void
baton_application_finalize (GObject *object)
{
  g_clear_object (&BATON_APPLICATION (object)->settings);
  g_clear_pointer (&BATON_APPLICATION (object)->wanted, g_free);
  G_OBJECT_CLASS (baton_application_parent_class)->finalize (object);
}

static void
baton_application_class_init (BatonApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = baton_application_finalize;
  application_class->startup = baton_application_startup;
  application_class->activate = baton_application_activate;
  application_class->command_line = baton_application_command_line;
  application_class->handle_local_options = baton_application_handle_local_options;
}

static void
baton_application_init (BatonApplication *self)
{
  static const GOptionEntry options[] = {
    { "sample", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Open the sample campaign, making it if it is not there"),
        NULL },
    { "workspace", 'w', 0, G_OPTION_ARG_FILENAME, NULL, N_ ("Open the workspace in this folder"),
        N_ ("FOLDER") },
    { "new-window", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Open another window"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Say which version this is"), NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

BatonApplication *
baton_application_new (void)
{
  return g_object_new (BATON_TYPE_APPLICATION, "application-id", BATON_APP_ID, "flags",
      G_APPLICATION_HANDLES_COMMAND_LINE, "resource-base-path", "/io/github/batonboard/Baton", NULL);
}
