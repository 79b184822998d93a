/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "list-editor-row.h"

#include "change.h"
#include "inline-edit.h"
#include "reorder.h"
#include "swatch.h"

#include <glib/gi18n.h>

struct _BatonListEditorRow
{
  GtkListBoxRow parent_instance;

  BatonWorkspace *workspace;
  BatonItem *item;
  GtkEntry *entry;
  GtkWidget *color_button; /* NULL without colours */
  GtkWidget *remove_button;
};

G_DEFINE_FINAL_TYPE (BatonListEditorRow, baton_list_editor_row, GTK_TYPE_LIST_BOX_ROW)

GtkEntry *
baton_list_editor_row_entry (BatonListEditorRow *self)
{
  return self->entry;
}

GtkWidget *
baton_list_editor_row_color_button (BatonListEditorRow *self)
{
  return self->color_button;
}

static const char *
name_of (BatonListEditorRow *self)
{
  const char *name = baton_item_text (self->item, baton_change_name_field (baton_item_entity (self->item)));

  return name != NULL ? name : "";
}

static BatonField
color_field (BatonListEditorRow *self)
{
  return baton_field_find (baton_item_entity (self->item), "color");
}

static void
label_parts (BatonListEditorRow *self)
{
  g_autofree char *remove = g_strdup_printf (_ ("Remove “%s”"), name_of (self));

  if (self->color_button != NULL)
    baton_color_button_set (
        self->color_button, baton_item_text (self->item, color_field (self)), name_of (self));
  gtk_widget_set_tooltip_text (self->remove_button, remove);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->remove_button), GTK_ACCESSIBLE_PROPERTY_LABEL, remove, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name_of (self), -1);
}

static void
follow_cb (BatonItem *item, BatonListEditorRow *self)
{
  label_parts (self);
}

static void
color_chosen_cb (GtkWidget *button, const char *color, gpointer data)
{
  BatonListEditorRow *self = data;

  if (g_strcmp0 (color, baton_item_text (self->item, color_field (self))) != 0)
    baton_change (button, self->workspace,
        baton_change_text (
            baton_item_entity (self->item), baton_item_id (self->item), color_field (self), color),
        NULL);
}

void
baton_list_editor_row_remove (BatonListEditorRow *self)
{
  BatonEntity entity = baton_item_entity (self->item);
  const char *id = baton_item_id (self->item);
  g_autofree char *done = g_strdup_printf (_ ("“%s” was removed."), name_of (self));

  baton_change_with_toast (GTK_WIDGET (self), self->workspace,
      baton_change_row (entity, BATON_ACTION_REMOVE, id), done, _ ("Restore"),
      baton_change_row (entity, BATON_ACTION_RESTORE, id));
}

static gboolean
delete_key_cb (
    GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, BatonListEditorRow *self)
{
  if ((key != GDK_KEY_Delete && key != GDK_KEY_KP_Delete) || !gtk_widget_has_focus (GTK_WIDGET (self)))
    return GDK_EVENT_PROPAGATE;
  baton_list_editor_row_remove (self);
  return GDK_EVENT_STOP;
}

static void
add_entry (BatonListEditorRow *self, GtkWidget *box)
{
  BatonField field = baton_change_name_field (baton_item_entity (self->item));

  self->entry = GTK_ENTRY (gtk_entry_new ());
  gtk_entry_set_has_frame (self->entry, FALSE);
  gtk_entry_set_placeholder_text (self->entry, _ ("Without a name"));
  gtk_widget_set_hexpand (GTK_WIDGET (self->entry), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->entry), "inline-entry");
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 8);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Name"), -1);
  baton_inline_edit_install (GTK_WIDGET (self->entry), self->workspace, self->item, field, TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->entry));
}

static void
build (BatonListEditorRow *self, gboolean colored)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *handle = baton_reorder_handle_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_box_append (GTK_BOX (box), handle);
  if (colored)
    {
      self->color_button = baton_color_button_new (color_chosen_cb, self);
      gtk_box_append (GTK_BOX (box), self->color_button);
    }
  add_entry (self, box);
  self->remove_button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  gtk_widget_set_valign (self->remove_button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->remove_button, "flat");
  g_signal_connect_swapped (self->remove_button, "clicked", G_CALLBACK (baton_list_editor_row_remove), self);
  gtk_box_append (GTK_BOX (box), self->remove_button);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "list-editor-row");
  baton_reorder_install (GTK_WIDGET (self), handle, self->workspace, self->item);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (delete_key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
baton_list_editor_row_dispose (GObject *object)
{
  BatonListEditorRow *self = BATON_LIST_EDITOR_ROW (object);

  g_clear_object (&self->item);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (baton_list_editor_row_parent_class)->dispose (object);
}

static void
baton_list_editor_row_class_init (BatonListEditorRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_list_editor_row_dispose;
}

static void
baton_list_editor_row_init (BatonListEditorRow *self)
{
}

GtkWidget *
baton_list_editor_row_new (BatonWorkspace *workspace, BatonItem *item, gboolean colored)
{
  BatonListEditorRow *self = g_object_new (BATON_TYPE_LIST_EDITOR_ROW, NULL);

  self->workspace = g_object_ref (workspace);
  self->item = g_object_ref (item);
  build (self, colored);
  g_signal_connect_object (item, "changed", G_CALLBACK (follow_cb), self, 0);
  label_parts (self);
  return GTK_WIDGET (self);
}
