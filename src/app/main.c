/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "baton-config.h"

#include "application.h"

#include <glib/gi18n.h>
#include <locale.h>

int
main (int argc, char **argv)
{
  g_autoptr (BatonApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (BATON_GETTEXT_PACKAGE, BATON_LOCALEDIR);
  bind_textdomain_codeset (BATON_GETTEXT_PACKAGE, "UTF-8");
  textdomain (BATON_GETTEXT_PACKAGE);
  g_set_application_name (_ ("Baton"));

  application = baton_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
