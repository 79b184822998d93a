/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "board-settings-private.h"

#include "change.h"
#include "inline-edit.h"
#include "sharing.h"
#include "swatch.h"

#include <glib/gi18n.h>

/* The people of the workspace; each row opens to name, role, e-mail and colour. */

typedef struct
{
  BatonBoardSettings *settings; /* borrowed; outlives the page */
  GtkListBox *list;
  GtkEntry *entry;
  GtkWidget *add_button;
  gboolean shared; /* with a server */
} PeoplePage;

typedef struct
{
  PeoplePage *page;
  BatonItem *person;
  GtkWidget *row;
  GtkWidget *avatar;
  GtkWidget *me_label;
  GtkWidget *me_button;
  GtkWidget *color_button;
} PersonRow;

static void
person_row_free (gpointer data)
{
  PersonRow *self = data;

  g_object_unref (self->person);
  g_free (self);
}

static gboolean
is_me (PersonRow *self)
{
  return g_strcmp0 (baton_item_id (self->person), baton_workspace_me (self->page->settings->workspace)) == 0;
}

static void
show_person (PersonRow *self)
{
  const char *name = baton_item_text (self->person, BATON_PERSON_NAME);
  const char *role = baton_item_text (self->person, BATON_PERSON_ROLE);
  const char *email = baton_item_text (self->person, BATON_PERSON_EMAIL);
  g_autofree char *subtitle = role != NULL && email != NULL ? g_strdup_printf ("%s · %s", role, email)
                                                            : g_strdup (role != NULL ? role : email);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), name);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self->row), subtitle != NULL ? subtitle : "");
  adw_avatar_set_text (ADW_AVATAR (self->avatar), name);
  baton_color_button_set (self->color_button, baton_item_text (self->person, BATON_PERSON_COLOR), name);
  gtk_widget_set_visible (self->me_label, is_me (self));
  gtk_widget_set_sensitive (self->me_button, !is_me (self));
  /* At a server everybody is who they signed in as: work in another name would be refused there. */
  gtk_widget_set_visible (self->me_button, !self->page->shared);
  gtk_button_set_label (GTK_BUTTON (self->me_button), is_me (self) ? _ ("This is you") : _ ("This is me"));
}

static void
follow_cb (BatonItem *person, GtkWidget *row)
{
  show_person (g_object_get_data (G_OBJECT (row), "person-row"));
}

static void
show_all (PeoplePage *page)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (page->list, i)) != NULL; i++)
    show_person (g_object_get_data (G_OBJECT (row), "person-row"));
}

static void
me_clicked_cb (GtkButton *button, PersonRow *self)
{
  g_autoptr (GError) error = NULL;

  if (!baton_workspace_set_me (self->page->settings->workspace, baton_item_id (self->person), &error))
    baton_change_tell (GTK_WIDGET (button), error->message);
  show_all (self->page);
}

static void
color_chosen_cb (GtkWidget *button, const char *color, gpointer data)
{
  PersonRow *self = data;

  if (g_strcmp0 (color, baton_item_text (self->person, BATON_PERSON_COLOR)) != 0)
    baton_change (button, self->page->settings->workspace,
        baton_change_text (BATON_ENTITY_PERSON, baton_item_id (self->person), BATON_PERSON_COLOR, color),
        NULL);
}

static void
remove_clicked_cb (GtkButton *button, PersonRow *self)
{
  const char *id = baton_item_id (self->person);
  g_autofree char *done = NULL;

  if (is_me (self))
    {
      baton_change_tell (GTK_WIDGET (button), _ ("This is you. Say first who you are instead."));
      return;
    }
  done = g_strdup_printf (_ ("%s was removed. What they did stays in the history."),
      baton_item_text (self->person, BATON_PERSON_NAME));
  baton_change_with_toast (GTK_WIDGET (button), self->page->settings->workspace,
      baton_change_row (BATON_ENTITY_PERSON, BATON_ACTION_REMOVE, id), done, _ ("Restore"),
      baton_change_row (BATON_ENTITY_PERSON, BATON_ACTION_RESTORE, id));
}

static void
add_details (PersonRow *self)
{
  static const struct
  {
    BatonField field;
    const char *title;
  } fields[] = { { BATON_PERSON_NAME, N_ ("Name") }, { BATON_PERSON_ROLE, N_ ("Role") },
    { BATON_PERSON_EMAIL, N_ ("E-mail address") } };
  AdwExpanderRow *expander = ADW_EXPANDER_ROW (self->row);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *remove = gtk_button_new_with_label (_ ("Remove"));

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    adw_expander_row_add_row (expander, baton_text_row_new (self->page->settings->workspace, self->person,
                                            fields[i].field, _ (fields[i].title), i == 0));
  self->color_button = baton_color_button_new (color_chosen_cb, self);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Colour"));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->color_button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), self->color_button);
  adw_expander_row_add_row (expander, row);

  row = adw_action_row_new ();
  self->me_button = gtk_button_new ();
  gtk_widget_set_valign (self->me_button, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  g_signal_connect (self->me_button, "clicked", G_CALLBACK (me_clicked_cb), self);
  g_signal_connect (remove, "clicked", G_CALLBACK (remove_clicked_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->me_button);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), remove);
  adw_expander_row_add_row (expander, row);
}

static GtkWidget *
create_row (gpointer item, gpointer data)
{
  PersonRow *self = g_new0 (PersonRow, 1);

  self->page = data;
  self->person = g_object_ref (item);
  self->row = adw_expander_row_new ();
  self->avatar = adw_avatar_new (32, NULL, TRUE);
  self->me_label = gtk_label_new (_ ("You"));
  g_object_set_data_full (G_OBJECT (self->row), "person-row", self, person_row_free);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->row), FALSE);
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (self->row), self->avatar);
  gtk_widget_add_css_class (self->me_label, "pill-label");
  gtk_widget_set_valign (self->me_label, GTK_ALIGN_CENTER);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self->row), self->me_label);
  add_details (self);
  g_signal_connect_object (item, "changed", G_CALLBACK (follow_cb), self->row, 0);
  show_person (self);
  return self->row;
}

static void
added_cb (GtkWidget *entry, const GError *refusal)
{
  if (refusal == NULL)
    gtk_editable_set_text (GTK_EDITABLE (entry), "");
}

static void
add_person (PeoplePage *self)
{
  g_autofree char *typed = baton_change_typed (GTK_EDITABLE (self->entry));
  BatonWorkspace *workspace = self->settings->workspace;
  BatonOp *op;
  BatonRow *row;

  if (typed == NULL)
    return;
  op = baton_change_new_row (BATON_ENTITY_PERSON, NULL, typed, &row);
  baton_row_set_text (row, BATON_PERSON_COLOR,
      baton_color_next (baton_column_size (baton_workspace_list (workspace, BATON_ENTITY_PERSON, NULL))));
  baton_change (GTK_WIDGET (self->entry), workspace, op, added_cb);
}

static void
typed_cb (GtkEditable *entry, PeoplePage *self)
{
  g_autofree char *typed = baton_change_typed (entry);

  gtk_widget_set_sensitive (self->add_button, typed != NULL);
}

static GtkWidget *
create_adder (PeoplePage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->entry = GTK_ENTRY (gtk_entry_new ());
  gtk_entry_set_placeholder_text (self->entry, _ ("Name of a new person"));
  gtk_entry_set_has_frame (self->entry, FALSE);
  gtk_entry_set_icon_from_icon_name (self->entry, GTK_ENTRY_ICON_PRIMARY, "list-add-symbolic");
  gtk_widget_add_css_class (GTK_WIDGET (self->entry), "inline-entry");
  gtk_widget_set_hexpand (GTK_WIDGET (self->entry), TRUE);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Name of a new person"), -1);
  self->add_button = gtk_button_new_with_label (_ ("Add"));
  gtk_widget_set_sensitive (self->add_button, FALSE);
  gtk_widget_set_valign (self->add_button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->entry));
  gtk_box_append (GTK_BOX (box), self->add_button);
  gtk_widget_add_css_class (box, "card");
  gtk_widget_add_css_class (box, "list-editor-add");
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (add_person), self);
  g_signal_connect_swapped (self->add_button, "clicked", G_CALLBACK (add_person), self);
  g_signal_connect (self->entry, "changed", G_CALLBACK (typed_cb), self);
  return box;
}

GtkWidget *
baton_board_settings_people_new (BatonBoardSettings *settings)
{
  PeoplePage *self = g_new0 (PeoplePage, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  g_auto (BatonSharingPlace) place = { 0 };

  self->settings = settings;
  self->shared = baton_sharing_read_place (baton_workspace_reader (settings->workspace), &place);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("People"), -1);
  g_object_set_data_full (G_OBJECT (box), "people-page", self, g_free);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (box), create_adder (self));
  gtk_list_box_bind_model (self->list,
      G_LIST_MODEL (baton_workspace_list (settings->workspace, BATON_ENTITY_PERSON, NULL)), create_row, self,
      NULL);
  return baton_board_settings_page (
      box, NULL, _ ("Everybody who owns, makes or reviews cards, on all boards of this workspace."));
}
