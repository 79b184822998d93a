/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "preview-view.h"

#include <adwaita.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <stdlib.h>

/* preview-demo WIDTH HEIGHT light|dark FILE: a preview in a window, to look at. */
int
main (int argc, char **argv)
{
  static const char *const sheets[] = { "style.css", "preview/preview.css", "card/card.css" };
  g_autofree char *type = NULL;
  g_autofree char *name = NULL;
  GtkWidget *window, *view;
  GStatBuf file;

  setlocale (LC_ALL, "");
  if (argc < 5)
    return 2;
  adw_init ();
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
      g_str_equal (argv[3], "dark") ? ADW_COLOR_SCHEME_FORCE_DARK : ADW_COLOR_SCHEME_FORCE_LIGHT);
  for (guint i = 0; i < G_N_ELEMENTS (sheets); i++)
    {
      g_autofree char *path = g_strconcat ("/io/github/batonboard/Baton/", sheets[i], NULL);
      g_autoptr (GtkCssProvider) provider = gtk_css_provider_new ();

      gtk_css_provider_load_from_resource (provider, path);
      gtk_style_context_add_provider_for_display (
          gdk_display_get_default (), GTK_STYLE_PROVIDER (provider), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
    }
  type = g_content_type_guess (argv[4], NULL, 0, NULL);
  name = g_path_get_basename (argv[4]);
  g_stat (argv[4], &file);
  window = adw_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), atoi (argv[1]), atoi (argv[2]));
  view = baton_preview_view_new (NULL, BATON_INPUT_KEYS | BATON_INPUT_WHEEL | BATON_INPUT_DRAG);
  adw_window_set_content (ADW_WINDOW (window), view);
  baton_preview_view_show (BATON_PREVIEW_VIEW (view),
      &(BatonPreviewFile){
          .path = argv[4], .name = name, .media = type, .size = file.st_size, .hash = argv[4] });
  gtk_window_present (GTK_WINDOW (window));
  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);
  return 0;
}
