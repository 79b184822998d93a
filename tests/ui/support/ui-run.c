/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "ui-run.h"

void
ui_init (int *argc, char ***argv)
{
  g_setenv ("GTK_A11Y", "test", FALSE);
  gtk_test_init (argc, argv, NULL);
  if (gtk_get_minor_version () > 8)
    g_log_set_always_fatal (G_LOG_LEVEL_CRITICAL | G_LOG_FATAL_MASK);
}

BatonApplication *
ui_application (void)
{
  static BatonApplication *application;
  g_autoptr (GError) error = NULL;

  if (application != NULL)
    return application;
  application = baton_application_new ();
  g_application_set_flags (
      G_APPLICATION (application), G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_COMMAND_LINE);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  return application;
}

void
ui_load_style (const char *name)
{
  g_autofree char *path = g_strconcat ("/io/github/batonboard/Baton/", name, NULL);
  g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (provider, path);
  gtk_style_context_add_provider_for_display (
      gdk_display_get_default (), GTK_STYLE_PROVIDER (provider), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
}

static void
over_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
}

void
ui_spin (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add_once (ms, over_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}
