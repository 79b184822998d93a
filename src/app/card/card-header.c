/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "card-header.h"

#include "card-choices.h"
#include "presence-row.h"

#include <glib/gi18n.h>

struct _BatonCardHeader
{
  GtkBox parent_instance;

  /* Template */
  GtkMenuButton *stage_button;
  GtkLabel *stage_label;
  GtkLabel *stage_only;
  GtkToggleButton *expand_button;
  GtkWidget *close_button;
  GtkMenuButton *menu_button;

  GtkWidget *presence; /* who else looks at it */
  BatonCardModel *model;
};

G_DEFINE_FINAL_TYPE (BatonCardHeader, baton_card_header, GTK_TYPE_BOX)

/* What can be done depends on where the card is. */
static GMenuModel *
build_menu (BatonCardModel *model)
{
  BatonItem *card = baton_card_model_card (model);
  gboolean binned = baton_item_is_removed (card);
  gboolean archived = baton_item_int (card, BATON_CARD_ARCHIVED) != 0;
  gboolean template = baton_item_int (card, BATON_CARD_TEMPLATE) != 0;
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) copies = g_menu_new ();
  g_autoptr (GMenu) places = g_menu_new ();
  g_autoptr (GMenu) papers = g_menu_new ();
  g_autoptr (GMenu) ids = g_menu_new ();

  if (baton_card_model_can_edit (model))
    {
      if (template)
        g_menu_append (copies, _ ("New card from this template"), "card.use-template");
      else
        g_menu_append (copies, _ ("Duplicate"), "card.duplicate");
      if (!template)
        g_menu_append (copies, _ ("Make a template"), "card.make-template");
      if (!binned && !template)
        g_menu_append (places, archived ? _ ("Take out of the archive") : C_ ("verb", "Archive"),
            archived ? "card.unarchive" : "card.archive");
      g_menu_append (places, binned ? _ ("Restore from the bin") : _ ("Put into the bin"),
          binned ? "card.restore" : "card.bin");
    }
  g_menu_append (papers, _ ("Print the passport…"), "card.print-passport");
  g_menu_append (papers, _ ("Save the passport…"), "card.save-passport");
  g_menu_append (papers, _ ("Save the review notes…"), "card.save-notes");
  g_menu_append (ids, _ ("Copy the title"), "card.copy-title");
  g_menu_append (ids, _ ("Copy the ID"), "card.copy-id");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (copies));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (places));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (papers));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (ids));
  return G_MENU_MODEL (menu);
}

static void
update (BatonCardHeader *self)
{
  BatonItem *card = baton_card_model_card (self->model);
  const char *stage = baton_workspace_name_of (baton_card_model_workspace (self->model), BATON_ENTITY_STAGE,
      baton_item_text (card, BATON_CARD_STAGE), "");
  gboolean movable = baton_card_model_can_edit (self->model) && !baton_item_is_removed (card);
  g_autofree char *name = g_strdup_printf (_ ("Stage: %s. Move the card"), stage);
  g_autoptr (GMenuModel) menu = build_menu (self->model);

  gtk_label_set_text (self->stage_label, stage);
  gtk_label_set_text (self->stage_only, stage);
  gtk_widget_set_visible (GTK_WIDGET (self->stage_button), movable);
  gtk_widget_set_visible (GTK_WIDGET (self->stage_only), !movable);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->stage_button), _ ("Move to another stage"));
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->stage_button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_menu_button_set_menu_model (self->menu_button, menu);
}

void
baton_card_header_set_model (BatonCardHeader *self, BatonCardModel *model)
{
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  gtk_menu_button_set_popover (self->stage_button, NULL);
  g_set_object (&self->model, model);
  baton_presence_row_set_card (BATON_PRESENCE_ROW (self->presence),
      model != NULL ? baton_card_model_workspace (model) : NULL,
      model != NULL ? baton_item_id (baton_card_model_card (model)) : NULL);
  if (model == NULL)
    {
      gtk_menu_button_set_create_popup_func (self->stage_button, NULL, NULL, NULL);
      return;
    }
  baton_card_chooser_attach (self->stage_button, model, BATON_CARD_STAGE);
  g_signal_connect_object (model, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

GtkMenuButton *
baton_card_header_stage_button (BatonCardHeader *self)
{
  return self->stage_button;
}

static void
expanded_cb (GtkToggleButton *button, GParamSpec *pspec, BatonCardHeader *self)
{
  gboolean expanded = gtk_toggle_button_get_active (button);

  gtk_button_set_icon_name (
      GTK_BUTTON (button), expanded ? "view-restore-symbolic" : "view-fullscreen-symbolic");
  gtk_widget_set_tooltip_text (
      GTK_WIDGET (button), expanded ? _ ("Beside the board (Escape)") : _ ("Full size"));
  gtk_widget_set_tooltip_text (
      GTK_WIDGET (self->close_button), expanded ? _ ("Close") : _ ("Close (Escape)"));
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Full size"), -1);
}

enum
{
  PROP_0,
  PROP_EXPANDED,
};

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, gtk_toggle_button_get_active (BATON_CARD_HEADER (object)->expand_button));
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  gtk_toggle_button_set_active (BATON_CARD_HEADER (object)->expand_button, g_value_get_boolean (value));
}

static void
notify_cb (GtkToggleButton *button, GParamSpec *pspec, GObject *header)
{
  g_object_notify (header, "expanded");
}

static void
baton_card_header_dispose (GObject *object)
{
  BatonCardHeader *self = BATON_CARD_HEADER (object);

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (baton_card_header_parent_class)->dispose (object);
}

static void
baton_card_header_class_init (BatonCardHeaderClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = baton_card_header_dispose;
  object_class->get_property = get_property;
  object_class->set_property = set_property;
  g_object_class_install_property (object_class, PROP_EXPANDED,
      g_param_spec_boolean ("expanded", NULL, NULL, FALSE,
          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY));
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/batonboard/Baton/card/card-header.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonCardHeader, stage_button);
  gtk_widget_class_bind_template_child (widget_class, BatonCardHeader, stage_label);
  gtk_widget_class_bind_template_child (widget_class, BatonCardHeader, stage_only);
  gtk_widget_class_bind_template_child (widget_class, BatonCardHeader, expand_button);
  gtk_widget_class_bind_template_child (widget_class, BatonCardHeader, close_button);
  gtk_widget_class_bind_template_child (widget_class, BatonCardHeader, menu_button);
}

static void
baton_card_header_init (BatonCardHeader *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->presence = baton_presence_row_new (22);
  gtk_widget_set_margin_end (self->presence, 6);
  gtk_box_insert_child_after (
      GTK_BOX (self), self->presence, gtk_widget_get_prev_sibling (GTK_WIDGET (self->expand_button)));
  g_signal_connect (self->expand_button, "notify::active", G_CALLBACK (expanded_cb), self);
  g_signal_connect (self->expand_button, "notify::active", G_CALLBACK (notify_cb), self);
  expanded_cb (self->expand_button, NULL, self);
}

GtkWidget *
baton_card_header_new (void)
{
  return g_object_new (BATON_TYPE_CARD_HEADER, NULL);
}
