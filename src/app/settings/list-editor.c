/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "list-editor.h"

#include "change.h"
#include "list-editor-row.h"
#include "swatch.h"

struct _BatonListEditor
{
  AdwBin parent_instance;

  /* Template */
  GtkListBox *list;
  GtkLabel *empty_label;
  GtkEntry *entry;
  GtkWidget *add_button;

  BatonWorkspace *workspace;
  BatonEntity entity;
  char *parent;
  gboolean colored;
  gboolean adding;
  GtkListBoxCreateWidgetFunc create_row; /* NULL: the usual row */
  gpointer create_data;
};

G_DEFINE_FINAL_TYPE (BatonListEditor, baton_list_editor, ADW_TYPE_BIN)

GtkEntry *
baton_list_editor_entry (BatonListEditor *self)
{
  return self->entry;
}

GtkListBox *
baton_list_editor_list (BatonListEditor *self)
{
  return self->list;
}

static BatonColumn *
items (BatonListEditor *self)
{
  return baton_workspace_list (self->workspace, self->entity, self->parent);
}

static void
added_cb (GtkWidget *widget, const GError *refusal)
{
  BatonListEditor *self = BATON_LIST_EDITOR (gtk_widget_get_ancestor (widget, BATON_TYPE_LIST_EDITOR));

  if (self == NULL)
    return;
  self->adding = FALSE;
  if (refusal == NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
}

static void
add_cb (BatonListEditor *self)
{
  g_autofree char *typed = baton_change_typed (GTK_EDITABLE (self->entry));
  BatonOp *op;
  BatonRow *row;

  if (typed == NULL || self->adding)
    return;
  self->adding = TRUE;
  op = baton_change_new_row (self->entity, self->parent, typed, &row);
  if (self->colored)
    baton_row_set_text (
        row, baton_field_find (self->entity, "color"), baton_color_next (baton_column_size (items (self))));
  baton_change (GTK_WIDGET (self->entry), self->workspace, op, added_cb);
}

static void
typed_cb (BatonListEditor *self)
{
  g_autofree char *typed = baton_change_typed (GTK_EDITABLE (self->entry));

  gtk_widget_set_sensitive (self->add_button, typed != NULL);
}

static GtkWidget *
create_row (gpointer item, gpointer data)
{
  BatonListEditor *self = data;

  if (self->create_row != NULL)
    return self->create_row (item, self->create_data);
  return baton_list_editor_row_new (self->workspace, item, self->colored);
}

static void
items_changed_cb (GListModel *model, guint position, guint removed, guint added, BatonListEditor *self)
{
  gboolean empty = g_list_model_get_n_items (model) == 0;

  gtk_widget_set_visible (GTK_WIDGET (self->empty_label), empty);
  gtk_widget_set_visible (GTK_WIDGET (self->list), !empty);
}

static void
baton_list_editor_dispose (GObject *object)
{
  BatonListEditor *self = BATON_LIST_EDITOR (object);

  g_clear_object (&self->workspace);
  g_clear_pointer (&self->parent, g_free);
  G_OBJECT_CLASS (baton_list_editor_parent_class)->dispose (object);
}

static void
baton_list_editor_class_init (BatonListEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_list_editor_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/batonboard/Baton/settings/list-editor.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonListEditor, list);
  gtk_widget_class_bind_template_child (widget_class, BatonListEditor, empty_label);
  gtk_widget_class_bind_template_child (widget_class, BatonListEditor, entry);
  gtk_widget_class_bind_template_child (widget_class, BatonListEditor, add_button);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, typed_cb);
}

static void
baton_list_editor_init (BatonListEditor *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
baton_list_editor_new (
    BatonWorkspace *workspace, BatonEntity entity, const char *parent, const BatonListWords *words)
{
  BatonListEditor *self = g_object_new (BATON_TYPE_LIST_EDITOR, NULL);
  GListModel *model;

  self->workspace = g_object_ref (workspace);
  self->entity = entity;
  self->parent = g_strdup (parent);
  self->colored = words->colored;
  self->create_row = words->create_row;
  self->create_data = words->create_data;
  gtk_label_set_label (self->empty_label, words->empty);
  gtk_entry_set_placeholder_text (self->entry, words->add);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, words->add, -1);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, words->title, -1);
  model = G_LIST_MODEL (items (self));
  gtk_list_box_bind_model (self->list, model, create_row, self, NULL);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (items_changed_cb), self, 0);
  items_changed_cb (model, 0, 0, 0, self);
  return GTK_WIDGET (self);
}
