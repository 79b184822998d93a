/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "dependency-list.h"

#include "block-row.h"
#include "card-choices.h"
#include "notice.h"
#include "section.h"

#include <glib/gi18n.h>

struct _BatonDependencyList
{
  GtkBox parent_instance;

  BatonCardModel *model;
  BatonBlockRow *block;
  GtkWidget *heading;
  GtkListBox *blockers;
  GtkMenuButton *add;
  BatonNotice *notice;
  GtkWidget *needed_heading;
  GtkListBox *needed;
};

enum
{
  OPEN_CARD,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonDependencyList, baton_dependency_list, GTK_TYPE_BOX)

/* A card on this board, or read from another one. Transfer full, NULL when it is gone. */
static BatonItem *
find_card (BatonDependencyList *self, const char *id)
{
  BatonItem *card = baton_board_card (baton_card_model_board (self->model), id);
  BatonRow *row;

  if (card != NULL)
    return g_object_ref (card);
  row = baton_reader_row (
      baton_workspace_reader (baton_card_model_workspace (self->model)), BATON_ENTITY_CARD, id);
  return row != NULL ? baton_item_new (row) : NULL;
}

/* Where a card is, in words; *open says whether it still has to be waited for. */
static char *
state_words (BatonDependencyList *self, BatonItem *card, gboolean *open)
{
  BatonItem *stage = baton_workspace_lookup (
      baton_card_model_workspace (self->model), BATON_ENTITY_STAGE, baton_item_text (card, BATON_CARD_STAGE));
  gboolean done = stage != NULL && g_strcmp0 (baton_item_text (stage, BATON_STAGE_KIND), "done") == 0;

  *open = FALSE;
  if (baton_item_is_removed (card))
    return g_strdup (_ ("in the bin"));
  if (baton_item_int (card, BATON_CARD_ARCHIVED) != 0)
    return g_strdup (_ ("in the archive"));
  *open = !done;
  return g_strdup (stage != NULL ? baton_item_text (stage, BATON_STAGE_NAME) : "");
}

static void
remove_cb (GtkButton *button, BatonDependencyList *self)
{
  const char *id = g_object_get_data (G_OBJECT (button), "id");

  baton_notice_perform (self->notice, baton_card_model_workspace (self->model),
      baton_card_choose (self->model, BATON_CARD_BLOCKERS, id, FALSE), NULL, self);
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, BatonDependencyList *self)
{
  g_signal_emit (self, signals[OPEN_CARD], 0, g_object_get_data (G_OBJECT (row), "id"));
}

static GtkWidget *
create_row (BatonDependencyList *self, BatonItem *card, gboolean removable)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  const char *title = baton_item_text (card, BATON_CARD_TITLE);
  g_autofree char *start = g_utf8_substring (title, 0, MIN (200, g_utf8_strlen (title, -1)));
  gboolean open;
  g_autofree char *state = state_words (self, card, &open);
  g_autofree char *name = g_strdup_printf ("%s, %s", start, state);
  GtkWidget *icon =
      gtk_image_new_from_icon_name (open ? "content-loading-symbolic" : "object-select-symbolic");
  GtkWidget *label = baton_wrapped_label (start, NULL);

  gtk_label_set_lines (GTK_LABEL (label), 2);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_valign (icon, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (icon, "dim-label");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (texts), label);
  gtk_box_append (GTK_BOX (texts), baton_wrapped_label (state, "caption"));
  gtk_widget_add_css_class (gtk_widget_get_last_child (texts), "dim-label");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (box), texts);
  if (removable)
    {
      GtkWidget *button = baton_icon_button ("list-remove-symbolic", _ ("Wait no longer for this card"));

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      g_object_set_data_full (G_OBJECT (button), "id", g_strdup (baton_item_id (card)), g_free);
      g_signal_connect (button, "clicked", G_CALLBACK (remove_cb), self);
      gtk_box_append (GTK_BOX (box), button);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "id", g_strdup (baton_item_id (card)), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return row;
}

static void
clear (GtkListBox *list)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, child);
}

static void
fill_blockers (BatonDependencyList *self)
{
  g_auto (GStrv) ids =
      baton_set_split (baton_item_text (baton_card_model_card (self->model), BATON_CARD_BLOCKERS));
  gboolean editable = baton_card_model_can_edit (self->model);

  clear (self->blockers);
  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_autoptr (BatonItem) card = find_card (self, ids[i]);

      if (card != NULL)
        gtk_list_box_append (self->blockers, create_row (self, card, editable));
    }
  gtk_widget_set_visible (GTK_WIDGET (self->blockers), ids[0] != NULL);
  gtk_widget_set_visible (self->heading, editable || ids[0] != NULL);
}

static void
fill_needed (BatonDependencyList *self)
{
  g_autoptr (GPtrArray) cards = baton_board_cards (baton_card_model_board (self->model));
  gboolean any = FALSE;

  clear (self->needed);
  for (guint i = 0; i < cards->len; i++)
    {
      BatonItem *card = g_ptr_array_index (cards, i);

      if (!baton_item_has (card, BATON_CARD_BLOCKERS, baton_card_model_id (self->model)))
        continue;
      gtk_list_box_append (self->needed, create_row (self, card, FALSE));
      any = TRUE;
    }
  gtk_widget_set_visible (self->needed_heading, any);
  gtk_widget_set_visible (GTK_WIDGET (self->needed), any);
}

/* The lists are short and made anew; the keyboard stays on the row that it was on. */
static void
update (BatonDependencyList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  gboolean inside = focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->blockers));

  fill_blockers (self);
  fill_needed (self);
  if (inside && gtk_widget_get_visible (GTK_WIDGET (self->blockers)))
    gtk_widget_child_focus (GTK_WIDGET (self->blockers), GTK_DIR_TAB_FORWARD);
  else if (inside)
    gtk_widget_grab_focus (GTK_WIDGET (self->add));
}

GtkMenuButton *
baton_dependency_list_button (BatonDependencyList *self)
{
  return self->add;
}

void
baton_dependency_list_block (BatonDependencyList *self)
{
  baton_block_row_ask (self->block);
}

static void
baton_dependency_list_dispose (GObject *object)
{
  g_clear_object (&BATON_DEPENDENCY_LIST (object)->model);
  G_OBJECT_CLASS (baton_dependency_list_parent_class)->dispose (object);
}

static void
baton_dependency_list_class_init (BatonDependencyListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_dependency_list_dispose;
  signals[OPEN_CARD] = g_signal_new ("open-card", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
      NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static GtkListBox *
add_list (BatonDependencyList *self, const char *name)
{
  GtkWidget *list = baton_section_list (name, NULL, NULL, NULL);

  gtk_widget_add_css_class (list, "boxed-list");
  g_signal_connect (list, "row-activated", G_CALLBACK (row_activated_cb), self);
  gtk_box_append (GTK_BOX (self), list);
  return GTK_LIST_BOX (list);
}

static void
baton_dependency_list_init (BatonDependencyList *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  self->heading = baton_section_heading (_ ("Waits for"));
  self->add = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (self->add, "list-add-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->add), _ ("Wait for another card"));
  gtk_widget_add_css_class (GTK_WIDGET (self->add), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self->add), "small-button");
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->add), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Wait for another card"), -1);
  baton_section_add_end (self->heading, GTK_WIDGET (self->add));
}

GtkWidget *
baton_dependency_list_new (BatonCardModel *model)
{
  BatonDependencyList *self = g_object_new (BATON_TYPE_DEPENDENCY_LIST, NULL);

  self->model = g_object_ref (model);
  gtk_box_append (GTK_BOX (self), self->heading);
  self->block = BATON_BLOCK_ROW (baton_block_row_new (model));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->block));
  self->blockers = add_list (self, _ ("Waits for"));
  self->notice = BATON_NOTICE (baton_notice_new ());
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->notice));
  gtk_box_append (GTK_BOX (self), baton_block_row_button (self->block));
  self->needed_heading = baton_section_heading (_ ("Needed by"));
  gtk_box_append (GTK_BOX (self), self->needed_heading);
  self->needed = add_list (self, _ ("Needed by"));
  gtk_widget_set_visible (GTK_WIDGET (self->add), baton_card_model_can_edit (model));
  baton_card_chooser_attach (self->add, model, BATON_CARD_BLOCKERS);
  g_signal_connect_object (model, "relatives-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
