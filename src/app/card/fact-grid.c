/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "fact-grid.h"

#include "card-choices.h"
#include "person-face.h"
#include "section.h"
#include "text-field.h"
#include "when.h"
#include "words.h"

#include <glib/gi18n.h>

#define BATON_TYPE_FACT_GRID (baton_fact_grid_get_type ())
G_DECLARE_FINAL_TYPE (BatonFactGrid, baton_fact_grid, BATON, FACT_GRID, AdwBin)

#define CONTENT_ROW 5

struct _BatonFactGrid
{
  AdwBin parent_instance;

  BatonCardModel *model;
  GtkGrid *grid;
  int n_fixed;
  GtkWidget *owner; /* menu button or label, as may be changed */
  GtkBox *owner_box;
  GtkWidget *members;
  GtkBox *members_box;
  GtkLabel *maker;
  GtkLabel *created;
  GtkLabel *entered;
  GtkWidget *content; /* how content people are with what was made: menu button or label */
  GtkLabel *content_words;
};

G_DEFINE_FINAL_TYPE (BatonFactGrid, baton_fact_grid, ADW_TYPE_BIN)

static GtkWidget *
fact_label (const char *text)
{
  GtkWidget *label = baton_wrapped_label (text, "dim-label");

  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 14);
  gtk_widget_add_css_class (label, "fact-name");
  return label;
}

static void
attach (BatonFactGrid *self, int row, const char *name, GtkWidget *value)
{
  GtkWidget *label = fact_label (name);

  gtk_grid_attach (self->grid, label, 0, row, 1, 1);
  gtk_widget_set_hexpand (value, TRUE);
  gtk_grid_attach (self->grid, value, 1, row, 1, 1);
  gtk_accessible_update_relation (
      GTK_ACCESSIBLE (value), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
}

static GtkLabel *
attach_text (BatonFactGrid *self, int row, const char *name)
{
  GtkWidget *value = baton_wrapped_label (NULL, "fact-value");

  attach (self, row, name, value);
  return GTK_LABEL (value);
}

/* A person or several, each with a face; a button where it can be changed. */
static GtkBox *
attach_people (BatonFactGrid *self, int row, BatonField field, GtkWidget **widget)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  *widget = box;
  if (baton_card_model_can_edit (self->model))
    {
      *widget = gtk_menu_button_new ();
      gtk_menu_button_set_child (GTK_MENU_BUTTON (*widget), box);
      gtk_widget_set_halign (*widget, GTK_ALIGN_START);
      gtk_widget_add_css_class (*widget, "flat");
      gtk_widget_add_css_class (*widget, "fact-button");
      baton_card_chooser_attach (GTK_MENU_BUTTON (*widget), self->model, field);
    }
  attach (self, row, baton_card_field_title (field), *widget);
  return GTK_BOX (box);
}

static void
add_person (GtkBox *box, BatonItem *person, const char *name)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *face = baton_person_face_new (20);
  GtkWidget *label = gtk_label_new (name);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  baton_person_face_set (BATON_PERSON_FACE (face), person, name);
  gtk_box_append (GTK_BOX (row), face);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (box, row);
}

static void
update_people (BatonFactGrid *self, GtkBox *box, GtkWidget *widget, BatonField field)
{
  g_auto (GStrv) ids = baton_set_split (baton_item_text (baton_card_model_card (self->model), field));
  g_autoptr (GString) names = g_string_new (baton_card_field_title (field));
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
  for (guint i = 0; ids[i] != NULL; i++)
    {
      const char *name = baton_card_model_person (self->model, ids[i]);

      add_person (box,
          baton_workspace_lookup (baton_card_model_workspace (self->model), BATON_ENTITY_PERSON, ids[i]),
          name);
      g_string_append_printf (names, "%s%s", i == 0 ? ": " : ", ", name);
    }
  if (ids[0] == NULL)
    {
      const char *nobody = field == BATON_CARD_OWNER ? _ ("Nobody yet") : _ ("None");

      child = baton_wrapped_label (nobody, "dim-label");
      gtk_box_append (box, child);
      g_string_append_printf (names, ": %s", nobody);
    }
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, names->str, -1);
}

static void
set_time (GtkLabel *label, char *text, gint64 at)
{
  g_autofree char *exact = baton_when_exact (at);

  gtk_label_set_text (label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (label), exact);
  g_free (text);
}

static void
update_times (BatonFactGrid *self)
{
  BatonItem *card = baton_card_model_card (self->model);
  gint64 now = g_get_real_time ();
  gint64 created = baton_item_int (card, BATON_CARD_CREATED);
  gint64 entered = baton_item_int (card, BATON_CARD_ENTERED);
  g_autofree char *age = baton_when_age (baton_board_age (baton_card_model_board (self->model), card, now));
  g_autofree char *since = baton_when_day (entered, now);

  set_time (self->created, baton_when_relative (created, now), created);
  /* Translators: how long, and since which day: "9 h, since Fri 5 June". */
  set_time (self->entered, g_strdup_printf (_ ("%s, since %s"), age, since), entered);
}

/* Asked where a card is done. */
static void
update_content (BatonFactGrid *self)
{
  BatonItem *card = baton_card_model_card (self->model);
  const char *answer = baton_item_text (card, BATON_CARD_SATISFACTION);
  BatonItem *stage = baton_workspace_lookup (
      baton_card_model_workspace (self->model), BATON_ENTITY_STAGE, baton_item_text (card, BATON_CARD_STAGE));
  gboolean done = stage != NULL && g_strcmp0 (baton_item_text (stage, BATON_STAGE_KIND), "done") == 0;
  gboolean shown = answer != NULL || (done && baton_card_model_can_edit (self->model));
  const char *words = answer != NULL ? baton_words_satisfaction (answer) : _ ("Nobody has said");
  g_autofree char *name = g_strdup_printf ("%s: %s", baton_card_field_title (BATON_CARD_SATISFACTION), words);

  gtk_label_set_text (self->content_words, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->content), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_set_visible (self->content, shown);
  gtk_widget_set_visible (gtk_grid_get_child_at (self->grid, 0, CONTENT_ROW), shown);
}

static void
attach_content (BatonFactGrid *self)
{
  GtkWidget *label = baton_wrapped_label (NULL, "fact-value");

  self->content_words = GTK_LABEL (label);
  self->content = label;
  if (baton_card_model_can_edit (self->model))
    {
      self->content = gtk_menu_button_new ();
      gtk_menu_button_set_child (GTK_MENU_BUTTON (self->content), label);
      gtk_widget_set_halign (self->content, GTK_ALIGN_START);
      gtk_widget_add_css_class (self->content, "flat");
      gtk_widget_add_css_class (self->content, "fact-button");
      baton_card_chooser_attach (GTK_MENU_BUTTON (self->content), self->model, BATON_CARD_SATISFACTION);
    }
  attach (self, CONTENT_ROW, baton_card_field_title (BATON_CARD_SATISFACTION), self->content);
}

static void
update (BatonFactGrid *self)
{
  BatonItem *card = baton_card_model_card (self->model);

  update_people (self, self->owner_box, self->owner, BATON_CARD_OWNER);
  update_people (self, self->members_box, self->members, BATON_CARD_MEMBERS);
  gtk_label_set_text (
      self->maker, baton_card_model_person (self->model, baton_item_text (card, BATON_CARD_CREATOR)));
  update_times (self);
  update_content (self);
}

/* The team's own fields may come and go. */
static void
update_custom (BatonFactGrid *self)
{
  BatonColumn *custom = baton_workspace_list (baton_card_model_workspace (self->model),
      BATON_ENTITY_CUSTOM_FIELD, baton_board_id (baton_card_model_board (self->model)));

  while (gtk_grid_get_child_at (self->grid, 0, self->n_fixed) != NULL)
    gtk_grid_remove_row (self->grid, self->n_fixed);
  for (guint i = 0; i < baton_column_size (custom); i++)
    {
      BatonItem *field = baton_column_peek (custom, i);
      const char *name = baton_item_text (field, BATON_CUSTOM_FIELD_NAME);
      BatonTextTarget *target =
          baton_text_target_new (BATON_ENTITY_CUSTOM_VALUE, BATON_CUSTOM_VALUE_TEXT, baton_item_id (field));

      attach (self, self->n_fixed + (int) i, name,
          baton_text_field_new (self->model, target, BATON_TEXT_PLAIN, name, _ ("Not set"), NULL));
    }
}

static void
baton_fact_grid_dispose (GObject *object)
{
  g_clear_object (&BATON_FACT_GRID (object)->model);
  G_OBJECT_CLASS (baton_fact_grid_parent_class)->dispose (object);
}

static void
baton_fact_grid_class_init (BatonFactGridClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_fact_grid_dispose;
}

static void
baton_fact_grid_init (BatonFactGrid *self)
{
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->grid, 12);
  gtk_grid_set_row_spacing (self->grid, 3);
  gtk_widget_add_css_class (GTK_WIDGET (self->grid), "facts");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->grid));
}

GtkWidget *
baton_fact_grid_new (BatonCardModel *model)
{
  BatonFactGrid *self = g_object_new (BATON_TYPE_FACT_GRID, NULL);
  BatonColumn *custom = baton_workspace_list (baton_card_model_workspace (model), BATON_ENTITY_CUSTOM_FIELD,
      baton_board_id (baton_card_model_board (model)));

  self->model = g_object_ref (model);
  self->owner_box = attach_people (self, 0, BATON_CARD_OWNER, &self->owner);
  self->members_box = attach_people (self, 1, BATON_CARD_MEMBERS, &self->members);
  self->maker = attach_text (self, 2, _ ("Made by"));
  self->created = attach_text (self, 3, _ ("Created"));
  self->entered = attach_text (self, 4, _ ("In this stage"));
  attach_content (self);
  self->n_fixed = CONTENT_ROW + 1;
  g_signal_connect_object (model, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "tick", G_CALLBACK (update_times), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (custom, "items-changed", G_CALLBACK (update_custom), self, G_CONNECT_SWAPPED);
  update (self);
  update_custom (self);
  return GTK_WIDGET (self);
}
