/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "card-chips.h"

#include "card-choices.h"
#include "when.h"
#include "words.h"
#include "wrap-box.h"

#include <glib/gi18n.h>

static const BatonField fields[] = { BATON_CARD_CHANNEL, BATON_CARD_ASSET_TYPE, BATON_CARD_CAMPAIGN,
  BATON_CARD_DUE, BATON_CARD_URGENCY, BATON_CARD_LABELS };

typedef struct
{
  GtkWidget *chip; /* a menu button, or a box where nothing can be changed */
  GtkImage *icon;
  GtkLabel *label;
} Chip;

typedef struct
{
  BatonCardModel *model;
  Chip chips[G_N_ELEMENTS (fields)];
} Chips;

static void
chips_free (gpointer data)
{
  Chips *self = data;

  g_object_unref (self->model);
  g_free (self);
}

static char *
due_words (gint64 due, const char **icon, const char **style)
{
  gint64 now = g_get_real_time ();
  int days = baton_when_days (due, now);
  g_autofree char *day = baton_when_day (due, now);

  if (due < now)
    {
      *icon = "alarm-symbolic";
      *style = "error";
      /* Translators: %s is a date. */
      return g_strdup_printf (_ ("overdue, %s"), day);
    }
  if (days == 0)
    return g_strdup (_ ("due today"));
  return days == 1 ? g_strdup (_ ("due tomorrow")) : g_strdup_printf (_ ("due %s"), day);
}

static char *
label_words (BatonCardModel *model, BatonItem *card)
{
  g_auto (GStrv) ids = baton_set_split (baton_item_text (card, BATON_CARD_LABELS));

  for (guint i = 0; ids[i] != NULL; i++)
    {
      const char *name =
          baton_workspace_name_of (baton_card_model_workspace (model), BATON_ENTITY_LABEL, ids[i], "?");

      g_free (ids[i]);
      ids[i] = g_strdup (name);
    }
  return g_strjoinv (" · ", ids);
}

/* NULL when there is nothing to say. */
static char *
chip_words (BatonCardModel *model, BatonField field, const char **icon, const char **style)
{
  BatonItem *card = baton_card_model_card (model);
  const char *text = field != BATON_CARD_DUE ? baton_item_text (card, field) : NULL;

  if (field == BATON_CARD_DUE)
    return baton_item_int (card, field) != 0 ? due_words (baton_item_int (card, field), icon, style) : NULL;
  if (text == NULL || *text == '\0')
    return NULL;
  if (field == BATON_CARD_LABELS)
    return label_words (model, card);
  if (field == BATON_CARD_URGENCY)
    {
      if (g_str_equal (text, baton_field_info (field)->choices[0]))
        return NULL;
      *icon = g_str_equal (text, "low") ? "go-down-symbolic" : "go-up-symbolic";
      *style = g_str_equal (text, "fast") ? "warning" : NULL;
      return g_strdup (baton_words_urgency (text));
    }
  return g_strdup (baton_workspace_name_of (
      baton_card_model_workspace (model), baton_field_info (field)->target, text, "?"));
}

static void
update_chip (Chips *self, guint index)
{
  static const char *const styles[] = { "error", "warning", "unset" };
  Chip *chip = &self->chips[index];
  const char *icon = NULL;
  const char *style = NULL;
  g_autofree char *words = chip_words (self->model, fields[index], &icon, &style);
  g_autofree char *name = g_strdup_printf (
      "%s: %s", baton_card_field_title (fields[index]), words != NULL ? words : _ ("not set"));

  if (words == NULL)
    {
      icon = "list-add-symbolic";
      style = "unset";
    }
  gtk_label_set_text (chip->label, words != NULL ? words : baton_card_field_title (fields[index]));
  gtk_widget_set_visible (GTK_WIDGET (chip->icon), icon != NULL);
  if (icon != NULL)
    gtk_image_set_from_icon_name (chip->icon, icon);
  gtk_image_set_pixel_size (chip->icon, words == NULL ? 10 : 14);
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_widget_remove_css_class (chip->chip, styles[i]);
  if (style != NULL)
    gtk_widget_add_css_class (chip->chip, style);
  gtk_widget_set_visible (chip->chip, words != NULL || baton_card_model_can_edit (self->model));
  gtk_widget_set_tooltip_text (chip->chip, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip->chip), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
update_cb (GtkWidget *box)
{
  Chips *self = g_object_get_data (G_OBJECT (box), "chips");

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    update_chip (self, i);
}

static GtkWidget *
create_chip (Chips *self, guint index)
{
  Chip *chip = &self->chips[index];
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);

  chip->icon = GTK_IMAGE (gtk_image_new ());
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (chip->icon));
  chip->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_ellipsize (chip->label, PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (chip->label));
  if (baton_card_model_can_edit (self->model))
    {
      chip->chip = gtk_menu_button_new ();
      gtk_menu_button_set_child (GTK_MENU_BUTTON (chip->chip), content);
      baton_card_chooser_attach (GTK_MENU_BUTTON (chip->chip), self->model, fields[index]);
    }
  else
    chip->chip = content;
  gtk_widget_add_css_class (chip->chip, "card-chip");
  return chip->chip;
}

GtkWidget *
baton_card_chips_new (BatonCardModel *model)
{
  GtkWidget *box = baton_wrap_box_new (6);
  Chips *self = g_new0 (Chips, 1);

  self->model = g_object_ref (model);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    gtk_box_append (GTK_BOX (box), create_chip (self, i));
  g_object_set_data_full (G_OBJECT (box), "chips", self, chips_free);
  g_signal_connect_object (model, "changed", G_CALLBACK (update_cb), box, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "tick", G_CALLBACK (update_cb), box, G_CONNECT_SWAPPED);
  update_cb (box);
  return box;
}
