/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "asset-section.h"
#include "card-fixture.h"

/* Shows the card pane with a card that has everything, for looking at: card-demo [WIDTH] [dark|contrast]
 * [blocked] [bottom] [popover] [rtl] [/PATH OF A FILE]…. */
static gboolean
has_word (int argc, char **argv, const char *word)
{
  for (int i = 1; i < argc; i++)
    {
      if (g_str_equal (argv[i], word))
        return TRUE;
    }
  return FALSE;
}

static void
block (CardFixture *f)
{
  BatonOp *op = baton_op_new (BATON_VERB_CARD_BLOCK);

  baton_op_add_id (op, f->hero);
  baton_op_set_text (op, BATON_CARD_BLOCKED_REASON, "The photographer sends the raw files on Thursday");
  baton_workspace_perform (f->workspace, op, NULL, NULL);
}

/* Every file that is named becomes a version. */
static void
add_files (CardFixture *f, int argc, char **argv)
{
  BatonAssetSection *section = BATON_ASSET_SECTION (ui_find_type (f->window, BATON_TYPE_ASSET_SECTION, 0));

  for (int i = 1; i < argc; i++)
    {
      g_autoptr (GPtrArray) paths = g_ptr_array_new ();

      if (!g_path_is_absolute (argv[i]))
        continue;
      g_ptr_array_add (paths, argv[i]);
      baton_asset_section_add_files (section, paths);
    }
}

static void
scroll_down (CardFixture *f, double part)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (f->pane->scrolled);

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment) * part);
}

int
main (int argc, char **argv)
{
  CardFixture f;
  int width;

  card_fixture_init (&argc, &argv);
  width = argc > 1 && atoi (argv[1]) > 0 ? atoi (argv[1]) : 360;
  if (has_word (argc, argv, "rtl"))
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  if (has_word (argc, argv, "dark"))
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_DARK);
  if (has_word (argc, argv, "contrast"))
    g_object_set (gtk_settings_get_default (), "gtk-theme-name", "Adwaita-hc", NULL);
  if (has_word (argc, argv, "large"))
    g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 2 * 96 * 1024, NULL);
  card_fixture_open (&f, has_word (argc, argv, "readonly") ? BATON_STORE_READ_ONLY : 0);
  if (has_word (argc, argv, "blocked"))
    block (&f);
  gtk_window_set_decorated (f.window, FALSE);
  gtk_window_set_default_size (f.window, width, 1000);
  card_fixture_show (&f, f.hero);
  if (has_word (argc, argv, "edit"))
    baton_text_field_edit (baton_card_page_text (baton_card_pane_page (f.pane), BATON_CARD_BRIEF));
  add_files (&f, argc, argv);
  ui_spin (300);
  if (has_word (argc, argv, "middle"))
    scroll_down (&f, 0.35);
  if (has_word (argc, argv, "bottom"))
    scroll_down (&f, 1);
  if (has_word (argc, argv, "popover"))
    gtk_menu_button_popup (baton_card_header_stage_button (f.pane->header));
  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);
  return 0;
}
