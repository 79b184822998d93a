/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "asset-section-private.h"

#include "mark-geometry.h"
#include "section.h"
#include "version-file.h"
#include "words-popover.h"
#include "working-copies.h"
#include "wrap-box.h"

#include <glib/gi18n.h>

/* What the files of a card are shown in: the preview, what is said about it, and what can be done. */

#define HERO_LOWEST 200
#define HERO_HIGHEST 560
#define WIDEST 1044 /* as the columns of the page below */

static GtkSizeRequestMode
hero_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
hero_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
    int *minimum_baseline, int *natural_baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  int child_minimum;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, NULL, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = child_minimum;
      *natural = MAX (child_minimum, 360);
      return;
    }
  if (for_size < 0)
    for_size = 360;
  gtk_widget_measure (
      child, GTK_ORIENTATION_VERTICAL, MAX (for_size, child_minimum), &child_minimum, NULL, NULL, NULL);
  *minimum = *natural = MAX (child_minimum, CLAMP (for_size * 2 / 3 + 34, HERO_LOWEST, HERO_HIGHEST));
}

static void
hero_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_size_allocate (gtk_widget_get_first_child (widget), &(GtkAllocation){ 0, 0, width, height }, -1);
}

static void
open_with_cb (BatonAssetSection *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "asset.open-with", NULL);
}

/* What can be moved about or selected in the preview is not lifted out of it. */
static GdkContentProvider *
prepare_cb (GtkDragSource *source, double x, double y, BatonAssetSection *self)
{
  BatonPreviewView *preview = BATON_PREVIEW_VIEW (self->preview);
  BatonItem *version = baton_asset_section_version (self);
  const char *showing = baton_preview_view_showing (preview);
  gboolean still =
      g_str_equal (showing, "other") ||
      (g_str_equal (showing, "picture") && baton_viewport_is_fit (baton_preview_view_viewport (preview)));

  return version != NULL && still ? baton_version_provider_new (self->preview, self->model, version) : NULL;
}

static void
drag_begin_cb (GtkDragSource *source, GdkDrag *drag, BatonAssetSection *self)
{
  const char *media = baton_item_text (baton_asset_section_version (self), BATON_VERSION_MEDIA);
  g_autoptr (GIcon) icon = g_content_type_get_icon (media != NULL ? media : "application/octet-stream");
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_drag_get_display (drag));
  g_autoptr (GtkIconPaintable) picture = gtk_icon_theme_lookup_by_gicon (theme, icon, 48,
      gtk_widget_get_scale_factor (self->preview), gtk_widget_get_direction (self->preview), 0);

  gtk_drag_source_set_icon (source, GDK_PAINTABLE (picture), 0, 0);
}

/* The version that is looked at leaves by the preview too: an asset of one version shows no tiles. */
static void
add_drag (BatonAssetSection *self)
{
  GtkDragSource *drag = gtk_drag_source_new ();

  gtk_drag_source_set_actions (drag, GDK_ACTION_COPY);
  g_signal_connect (drag, "prepare", G_CALLBACK (prepare_cb), self);
  g_signal_connect (drag, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  gtk_widget_add_controller (self->preview, GTK_EVENT_CONTROLLER (drag));
}

/* Of formatted words it may not be certain where they stand. */
static void
marked_cb (BatonAssetSection *self, guint from, guint to, const char *words, BatonPreviewText *text)
{
  g_autoptr (BatonMark) mark = to > from ? baton_mark_new_span (BATON_MARK_TEXT, from, to) : NULL;
  BatonItem *version = baton_asset_section_version (self);
  GdkRectangle place;

  baton_notice_say (self->notice, mark != NULL ? NULL
                                               : _ ("It is not certain which words of the file are meant. "
                                                    "Select them in the review, which shows the source."));
  if (mark != NULL && version != NULL && baton_preview_text_selection_place (text, &place))
    baton_words_popover_open (GTK_WIDGET (text), &place, self->model, version, mark, words, self->notice);
}

static GtkWidget *
create_hero (BatonAssetSection *self)
{
  GtkWidget *hero = adw_bin_new ();

  self->preview = baton_preview_view_new (NULL, BATON_INPUT_KEYS | BATON_INPUT_DRAG);
  g_signal_connect_swapped (self->preview, "open-with", G_CALLBACK (open_with_cb), self);
  g_signal_connect_swapped (
      baton_preview_view_text (BATON_PREVIEW_VIEW (self->preview)), "marked", G_CALLBACK (marked_cb), self);
  add_drag (self);
  adw_bin_set_child (ADW_BIN (hero), self->preview);
  gtk_widget_set_layout_manager (hero, gtk_custom_layout_new (hero_mode, hero_measure, hero_allocate));
  return hero;
}

static GtkWidget *
create_words (BatonAssetSection *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3), *buttons;

  self->facts = baton_wrapped_label (NULL, "dim-label");
  gtk_box_append (GTK_BOX (box), self->facts);
  self->note = baton_wrapped_label (NULL, NULL);
  gtk_label_set_selectable (GTK_LABEL (self->note), TRUE);
  gtk_box_append (GTK_BOX (box), self->note);
  self->choice = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (self->choice, "card-state");
  self->choice_words = baton_wrapped_label (NULL, NULL);
  gtk_box_append (GTK_BOX (self->choice), self->choice_words);
  buttons = baton_wrap_box_new (6);
  self->choose = gtk_button_new_with_label (_ ("Make current"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->choose), "asset.choose");
  gtk_box_append (GTK_BOX (buttons), self->choose);
  self->compare = gtk_button_new_with_label (_ ("Side by side…"));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->compare), "s", "");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->compare), "win.review-asset");
  gtk_box_append (GTK_BOX (buttons), self->compare);
  self->restore = gtk_button_new_with_label (_ ("Restore"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->restore), "asset.restore");
  gtk_box_append (GTK_BOX (buttons), self->restore);
  gtk_box_append (GTK_BOX (self->choice), buttons);
  gtk_box_append (GTK_BOX (box), self->choice);
  return box;
}

static GMenuModel *
create_menu (void)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) away = g_menu_new ();

  g_menu_append (menu, _ ("Add other files…"), "asset.add");
  g_menu_append (menu, _ ("Paste"), "asset.paste");
  g_menu_append (menu, _ ("Edit in…"), "asset.edit-in");
  g_menu_append (menu, _ ("Open with…"), "asset.open-with");
  g_menu_append (menu, _ ("Save a copy…"), "asset.save-copy");
  g_menu_append (menu, C_ ("clipboard", "Copy"), "asset.copy");
  g_menu_append (away, _ ("Move this version to the bin"), "asset.bin");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (away));
  return G_MENU_MODEL (menu);
}

static GtkWidget *
create_buttons (BatonAssetSection *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *next = gtk_button_new_with_label (_ ("Next version…"));
  g_autoptr (GMenuModel) menu = create_menu ();

  gtk_actionable_set_action_name (GTK_ACTIONABLE (next), "asset.next-version");
  gtk_widget_set_tooltip_text (next, _ ("Add a file as the next version; it can also be dropped here"));
  gtk_box_append (GTK_BOX (box), next);
  self->menu = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->menu), menu);
  gtk_widget_set_tooltip_text (self->menu, _ ("More for this file"));
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->menu), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("More for this file"), -1);
  gtk_box_append (GTK_BOX (box), self->menu);
  return box;
}

/* Beside each other or, in a narrow pane, below. */
static GtkWidget *
create_empty (void)
{
  GtkWidget *zone = baton_wrap_box_new (9);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *icon = gtk_image_new_from_icon_name ("mail-attachment-symbolic");
  GtkWidget *words = baton_wrapped_label (_ ("Drop files here or paste them"), "dim-label");
  GtkWidget *button = gtk_button_new_with_label (_ ("Add files…"));

  gtk_widget_add_css_class (zone, "drop-zone");
  gtk_widget_add_css_class (icon, "dim-label");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (zone), box);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "asset.add");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (zone), button);
  return zone;
}

void
baton_asset_section_build (BatonAssetSection *self, GtkWidget *strip)
{
  GtkWidget *box;
  GtkWidget *list[8];

  self->hero = create_hero (self);
  gtk_widget_set_parent (self->hero, GTK_WIDGET (self));
  self->below = adw_clamp_new ();
  adw_clamp_set_maximum_size (ADW_CLAMP (self->below), WIDEST);
  adw_clamp_set_tightening_threshold (ADW_CLAMP (self->below), WIDEST);
  gtk_widget_add_css_class (self->below, "asset-below");
  gtk_widget_set_parent (self->below, GTK_WIDGET (self));
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  adw_clamp_set_child (ADW_CLAMP (self->below), box);
  self->notice = BATON_NOTICE (baton_notice_new ());
  self->uploads = baton_asset_uploads_new (self->model);
  self->tabs = gtk_drop_down_new (NULL, NULL);
  gtk_widget_set_halign (self->tabs, GTK_ALIGN_START);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->tabs), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Which file of the card"), -1);
  self->strip = strip;
  self->words = create_words (self);
  self->buttons = create_buttons (self);
  self->empty = create_empty ();
  list[0] = self->tabs;
  list[1] = self->strip;
  list[2] = self->words;
  list[3] = self->uploads;
  list[4] = GTK_WIDGET (self->notice);
  list[5] = baton_working_copies_new (self->model, self->notice);
  list[6] = self->buttons;
  list[7] = self->empty;
  for (guint i = 0; i < G_N_ELEMENTS (list); i++)
    gtk_box_append (GTK_BOX (box), list[i]);
}
