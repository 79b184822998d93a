/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "checklist-view.h"

#include "checklist-item.h"
#include "reveal-editor.h"
#include "section.h"
#include "text-editor.h"
#include "text-field.h"

#include <glib/gi18n.h>

struct _BatonChecklistView
{
  GtkBox parent_instance;

  BatonCardModel *model;
  BatonItem *checklist;
  BatonColumn *items; /* borrowed from the model */
  GtkLabel *count;
  GtkProgressBar *progress;
  GtkListBox *list;
  BatonTextEditor *editor;
  BatonNotice *notice;
};

G_DEFINE_FINAL_TYPE (BatonChecklistView, baton_checklist_view, GTK_TYPE_BOX)

static void
update_progress (BatonChecklistView *self)
{
  guint n = baton_column_size (self->items);
  guint done = 0;
  g_autofree char *words = NULL;

  for (guint i = 0; i < n; i++)
    done += baton_item_int (baton_column_peek (self->items, i), BATON_ITEM_DONE) != 0;
  words = g_strdup_printf (_ ("%u of %u"), done, n);
  gtk_label_set_text (self->count, n > 0 ? words : "");
  gtk_progress_bar_set_fraction (self->progress, n > 0 ? (double) done / n : 0);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), n > 0);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, words, -1);
}

static GtkWidget *
create_row (gpointer object, gpointer data)
{
  BatonChecklistView *self = data;

  g_signal_handlers_disconnect_by_func (object, update_progress, self);
  g_signal_connect_object (object, "changed", G_CALLBACK (update_progress), self, G_CONNECT_SWAPPED);
  return baton_checklist_item_new (self->model, object, self->notice);
}

/* Markers that come with pasted lists are not part of the items. */
static const char *
skip_marker (const char *line)
{
  static const char *const markers[] = { "- [ ] ", "- [x] ", "* ", "- ", "• ", "☐ ", "☑ " };

  for (guint i = 0; i < G_N_ELEMENTS (markers); i++)
    {
      if (g_str_has_prefix (line, markers[i]))
        return line + strlen (markers[i]);
    }
  return line;
}

BatonOp *
baton_checklist_add_items_op (const char *checklist, const char *lines)
{
  g_auto (GStrv) each = g_strsplit_set (lines, "\r\n", -1);
  BatonOp *op = NULL;

  for (guint i = 0; each[i] != NULL; i++)
    {
      const char *text = skip_marker (g_strstrip (each[i]));
      g_autofree char *id = NULL;
      BatonRow *row;

      if (*text == '\0')
        continue;
      if (op == NULL)
        op = baton_op_new (BATON_VERB_ITEM_ADD);
      id = baton_store_new_id ();
      row = baton_op_add_row (op, BATON_ENTITY_ITEM, id);
      baton_row_set_text (row, BATON_ITEM_CHECKLIST, checklist);
      baton_row_set_text (row, BATON_ITEM_TEXT, text);
    }
  return op;
}

static void
added_cb (gpointer owner, const BatonEffect *effect)
{
  BatonChecklistView *self = owner;

  if (self->model == NULL)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->editor), TRUE);
  if (effect != NULL)
    {
      baton_text_editor_forget (self->editor);
      baton_text_editor_set (self->editor, "", "");
    }
  baton_text_editor_focus (self->editor);
}

static void
submit_cb (BatonTextEditor *editor, BatonChecklistView *self)
{
  g_autofree char *text = baton_text_editor_text (editor);
  BatonOp *op = baton_checklist_add_items_op (baton_item_id (self->checklist), text);

  if (op == NULL)
    return;
  /* A second Enter must not add it twice. */
  gtk_widget_set_sensitive (GTK_WIDGET (editor), FALSE);
  baton_notice_perform (self->notice, baton_card_model_workspace (self->model), op, added_cb, self);
}

static void
escape_cb (BatonTextEditor *editor, BatonChecklistView *self)
{
  gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
}

static void
remove_cb (GtkButton *button, BatonChecklistView *self)
{
  BatonOp *op = baton_op_new (BATON_VERB_CHECKLIST_REMOVE);

  baton_op_add_id (op, baton_item_id (self->checklist));
  baton_notice_perform (self->notice, baton_card_model_workspace (self->model), op, NULL, self);
}

static void
baton_checklist_view_dispose (GObject *object)
{
  BatonChecklistView *self = BATON_CHECKLIST_VIEW (object);

  g_clear_object (&self->model);
  g_clear_object (&self->checklist);
  G_OBJECT_CLASS (baton_checklist_view_parent_class)->dispose (object);
}

static void
baton_checklist_view_class_init (BatonChecklistViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_checklist_view_dispose;
}

static void
baton_checklist_view_init (BatonChecklistView *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
}

static void
add_heading (BatonChecklistView *self)
{
  GtkWidget *box =
      g_object_new (GTK_TYPE_BOX, "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, "spacing", 6, NULL);
  GtkWidget *title = baton_text_field_new (self->model,
      baton_text_target_new (BATON_ENTITY_CHECKLIST, BATON_CHECKLIST_TITLE, baton_item_id (self->checklist)),
      BATON_TEXT_PLAIN, _ ("Name of the checklist"), _ ("Checklist"), "heading");
  GtkWidget *remove = baton_icon_button ("user-trash-symbolic", _ ("Remove this checklist"));

  gtk_widget_set_hexpand (title, TRUE);
  gtk_box_append (GTK_BOX (box), title);
  self->count = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_set_valign (GTK_WIDGET (self->count), GTK_ALIGN_START);
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "count");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->count));
  gtk_widget_add_css_class (remove, "quiet");
  gtk_widget_set_visible (remove, baton_card_model_can_edit (self->model));
  g_signal_connect (remove, "clicked", G_CALLBACK (remove_cb), self);
  gtk_box_append (GTK_BOX (box), remove);
  gtk_widget_add_css_class (box, "checklist-heading");
  gtk_box_append (GTK_BOX (self), box);
}

static void
add_editor (BatonChecklistView *self)
{
  g_autofree char *key =
      g_strconcat (baton_card_model_id (self->model), "/", baton_item_id (self->checklist), "/new", NULL);
  g_autofree char *draft = baton_workspace_draft (baton_card_model_workspace (self->model), key);

  self->editor = BATON_TEXT_EDITOR (baton_text_editor_new (baton_card_model_workspace (self->model), key,
      BATON_EDITOR_ONE_EACH, _ ("New checklist item"), _ ("Add an item…")));
  baton_text_editor_set (self->editor, draft != NULL ? draft : "", "");
  gtk_widget_add_css_class (GTK_WIDGET (self->editor), "quiet-editor");
  g_signal_connect (self->editor, "submit", G_CALLBACK (submit_cb), self);
  g_signal_connect (self->editor, "escape", G_CALLBACK (escape_cb), self);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->editor));
}

GtkWidget *
baton_checklist_view_new (BatonCardModel *model, BatonItem *checklist)
{
  BatonChecklistView *self = g_object_new (BATON_TYPE_CHECKLIST_VIEW, NULL);

  self->model = g_object_ref (model);
  self->checklist = g_object_ref (checklist);
  self->items = baton_card_model_items (model, baton_item_id (checklist));
  self->notice = BATON_NOTICE (baton_notice_new ());
  add_heading (self);
  self->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->progress), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Progress"), -1);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->progress));
  self->list =
      GTK_LIST_BOX (baton_section_list (_ ("Checklist items"), G_LIST_MODEL (self->items), create_row, self));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->notice));
  if (baton_card_model_can_edit (model))
    add_editor (self);
  g_signal_connect_object (
      self->items, "items-changed", G_CALLBACK (update_progress), self, G_CONNECT_SWAPPED);
  update_progress (self);
  return GTK_WIDGET (self);
}

static void
name_row_cb (BatonItem *checklist, GtkWidget *row)
{
  const char *title = baton_item_text (checklist, BATON_CHECKLIST_TITLE);
  g_autofree char *start = g_strndup (title != NULL ? title : "", 200);
  g_autofree char *valid = g_utf8_make_valid (start, -1);

  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, valid, -1);
}

static GtkWidget *
create_checklist (gpointer object, gpointer data)
{
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), baton_checklist_view_new (data, object));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  g_signal_connect_object (object, "changed", G_CALLBACK (name_row_cb), row, 0);
  name_row_cb (object, row);
  return row;
}

static BatonOp *
add_checklist_op (BatonCardModel *model, const char *text, char **refusal)
{
  BatonOp *op = baton_op_new (BATON_VERB_CHECKLIST_ADD);
  g_autofree char *id = baton_store_new_id ();
  BatonRow *row = baton_op_add_row (op, BATON_ENTITY_CHECKLIST, id);

  baton_row_set_text (row, BATON_CHECKLIST_CARD, baton_card_model_id (model));
  baton_row_set_text (row, BATON_CHECKLIST_TITLE, text);
  return op;
}

static void
update_list_cb (GtkWidget *list, guint position, guint removed, guint added, GListModel *model)
{
  gtk_widget_set_visible (list, g_list_model_get_n_items (model) > 0);
}

GtkWidget *
baton_checklists_new (BatonCardModel *model)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GListModel *checklists = G_LIST_MODEL (baton_card_model_checklists (model));
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "checklists");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Checklists"), -1);
  gtk_list_box_bind_model (
      GTK_LIST_BOX (list), checklists, create_checklist, g_object_ref (model), g_object_unref);
  gtk_box_append (GTK_BOX (box), list);
  g_signal_connect_object (checklists, "items-changed", G_CALLBACK (update_list_cb), list, G_CONNECT_SWAPPED);
  update_list_cb (list, 0, 0, 0, checklists);
  if (baton_card_model_can_edit (model))
    gtk_box_append (GTK_BOX (box), baton_reveal_editor_new (model, "checklist", _ ("Add a checklist"),
                                       _ ("Name of the new checklist"), add_checklist_op));
  return box;
}
