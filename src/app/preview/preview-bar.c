/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "preview-bar.h"

#include <glib/gi18n.h>
#include <math.h>

struct _BatonPreviewBar
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *facts;
  GtkWidget *warning;
  GtkWidget *page;
  GtkWidget *play;
  GtkWidget *zoom; /* button with the percentage */
  GtkWidget *zooming;
};

G_DEFINE_FINAL_TYPE (BatonPreviewBar, baton_preview_bar, GTK_TYPE_WIDGET)

static void
baton_preview_bar_dispose (GObject *object)
{
  g_clear_pointer (&BATON_PREVIEW_BAR (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (baton_preview_bar_parent_class)->dispose (object);
}

static void
baton_preview_bar_class_init (BatonPreviewBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_preview_bar_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
name_button (GtkWidget *button, const char *name)
{
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static GtkWidget *
icon_button (const char *icon, const char *name, const char *action)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  name_button (button, name);
  return button;
}

static GtkWidget *
quiet_label (gboolean wrap)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "numeric");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (wrap)
    {
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
    }
  else
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  return label;
}

static GtkWidget *
create_zoom_button (void)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();

  g_menu_append (menu, _ ("Fit"), "preview.fit");
  g_menu_append (menu, "100 %", "preview.actual");
  g_menu_append (menu, _ ("Zoom in"), "preview.zoom-in");
  g_menu_append (menu, _ ("Zoom out"), "preview.zoom-out");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (button), GTK_ARROW_UP);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "numeric");
  return button;
}

static void
baton_preview_bar_init (BatonPreviewBar *self)
{
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  gtk_widget_add_css_class (self->box, "preview-bar");
  self->facts = baton_preview_facts_new ();
  self->warning = quiet_label (TRUE);
  gtk_widget_add_css_class (self->warning, "preview-warning");
  gtk_widget_set_visible (self->warning, FALSE);
  gtk_box_append (GTK_BOX (texts), self->facts);
  gtk_box_append (GTK_BOX (texts), self->warning);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->box), texts);
  self->page = quiet_label (FALSE);
  gtk_box_append (GTK_BOX (self->box), self->page);
  self->play = icon_button ("media-playback-pause-symbolic", _ ("Pause"), "preview.play");
  gtk_box_append (GTK_BOX (self->box), self->play);
  self->zooming = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_box_append (
      GTK_BOX (self->zooming), icon_button ("zoom-out-symbolic", _ ("Zoom out"), "preview.zoom-out"));
  self->zoom = create_zoom_button ();
  gtk_box_append (GTK_BOX (self->zooming), self->zoom);
  gtk_box_append (
      GTK_BOX (self->zooming), icon_button ("zoom-in-symbolic", _ ("Zoom in"), "preview.zoom-in"));
  gtk_box_append (GTK_BOX (self->box), self->zooming);
  gtk_box_append (
      GTK_BOX (self->box), icon_button ("view-fullscreen-symbolic", _ ("Full screen"), "preview.fullscreen"));
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  baton_preview_bar_set_zoom (self, 0);
  baton_preview_bar_set_page (self, 0, 0);
  baton_preview_bar_set_playing (self, FALSE, FALSE);
}

GtkWidget *
baton_preview_bar_new (void)
{
  return g_object_new (BATON_TYPE_PREVIEW_BAR, NULL);
}

void
baton_preview_bar_set_facts (BatonPreviewBar *self, const char *facts, const char *warning)
{
  g_return_if_fail (BATON_IS_PREVIEW_BAR (self));
  baton_preview_facts_set_line (BATON_PREVIEW_FACTS (self->facts), facts);
  gtk_label_set_text (GTK_LABEL (self->warning), warning != NULL ? warning : "");
  gtk_widget_set_visible (self->warning, warning != NULL);
}

void
baton_preview_bar_set_zoom (BatonPreviewBar *self, double zoom)
{
  g_autofree char *words = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (BATON_IS_PREVIEW_BAR (self));
  gtk_widget_set_visible (self->zooming, zoom > 0);
  if (zoom <= 0)
    return;
  words = g_strdup_printf (zoom < 0.0995 ? "%.1f %%" : "%.0f %%", zoom * 100);
  name = g_strdup_printf (_ ("Zoom: %s"), words);
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->zoom), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->zoom), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
baton_preview_bar_set_page (BatonPreviewBar *self, int page, int pages)
{
  g_autofree char *words = NULL;

  g_return_if_fail (BATON_IS_PREVIEW_BAR (self));
  gtk_widget_set_visible (self->page, pages > 1);
  words = g_strdup_printf (_ ("%d of %d"), page + 1, pages);
  gtk_label_set_text (GTK_LABEL (self->page), words);
}

void
baton_preview_bar_set_playing (BatonPreviewBar *self, gboolean animated, gboolean playing)
{
  g_return_if_fail (BATON_IS_PREVIEW_BAR (self));
  gtk_widget_set_visible (self->play, animated);
  gtk_button_set_icon_name (
      GTK_BUTTON (self->play), playing ? "media-playback-pause-symbolic" : "media-playback-start-symbolic");
  name_button (self->play, playing ? _ ("Pause") : _ ("Play"));
}

BatonPreviewFacts *
baton_preview_bar_facts (BatonPreviewBar *self)
{
  g_return_val_if_fail (BATON_IS_PREVIEW_BAR (self), NULL);
  return BATON_PREVIEW_FACTS (self->facts);
}
