/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "checklist-item.h"

#include "section.h"
#include "text-field.h"
#include "tick.h"

#include <glib/gi18n.h>

struct _BatonChecklistItem
{
  GtkListBoxRow parent_instance;

  BatonCardModel *model;
  BatonItem *item;
  BatonNotice *notice; /* borrowed */
  BatonTick *tick;
  GtkWidget *text;
  GtkWidget *remove;
};

G_DEFINE_FINAL_TYPE (BatonChecklistItem, baton_checklist_item, GTK_TYPE_LIST_BOX_ROW)

static void
perform (BatonChecklistItem *self, BatonOp *op, BatonPerformedFunc func)
{
  baton_notice_perform (self->notice, baton_card_model_workspace (self->model), op, func,
      func != NULL ? gtk_widget_get_parent (GTK_WIDGET (self)) : NULL);
}

static void
update (BatonChecklistItem *self)
{
  gboolean done = baton_item_int (self->item, BATON_ITEM_DONE) != 0;
  const char *text = baton_item_text (self->item, BATON_ITEM_TEXT);
  g_autofree char *start = g_strndup (text, 200);
  g_autofree char *valid = g_utf8_make_valid (start, -1);

  baton_tick_show (self->tick, done);
  if (done)
    gtk_widget_add_css_class (GTK_WIDGET (self), "done");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "done");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->tick), GTK_ACCESSIBLE_PROPERTY_LABEL, valid, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, valid, -1);
}

static void
asked_cb (BatonTick *tick, gboolean wanted, BatonChecklistItem *self)
{
  BatonOp *op = baton_op_new (BATON_VERB_ITEM_SET);

  baton_op_add_id (op, baton_item_id (self->item));
  baton_op_set_int (op, BATON_ITEM_DONE, wanted);
  perform (self, op, NULL);
}

static void
remove_cb (GtkButton *button, BatonChecklistItem *self)
{
  BatonOp *op = baton_op_new (BATON_VERB_ITEM_REMOVE);

  baton_op_add_id (op, baton_item_id (self->item));
  perform (self, op, NULL);
}

static GtkWidget *
row_of (GtkWidget *list, const char *id)
{
  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      if (BATON_IS_CHECKLIST_ITEM (row) && g_str_equal (baton_item_id (BATON_CHECKLIST_ITEM (row)->item), id))
        return row;
    }
  return NULL;
}

/* The row that moved was made anew; the keyboard goes with it. */
static void
moved_cb (gpointer owner, const BatonEffect *effect)
{
  const BatonChange *change =
      effect != NULL && effect->changes->len > 0 ? g_ptr_array_index (effect->changes, 0) : NULL;
  GtkWidget *row = NULL;

  for (guint i = 0; effect != NULL && i < effect->changes->len && row == NULL; i++)
    {
      change = g_ptr_array_index (effect->changes, i);
      row = change->entity == BATON_ENTITY_ITEM ? row_of (owner, change->id) : NULL;
    }
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (BATON_CHECKLIST_ITEM (row)->tick));
}

static void
move_beside (BatonChecklistItem *self, BatonItem *moved, gboolean after)
{
  const char *here = baton_item_id (self->item);
  BatonOp *op = baton_op_new (BATON_VERB_ITEM_MOVE);

  baton_op_add_id (op, baton_item_id (moved));
  baton_op_add_from (op, baton_item_text (moved, BATON_ITEM_CHECKLIST));
  baton_op_set_to (op, baton_item_text (self->item, BATON_ITEM_CHECKLIST));
  baton_op_set_place (op, after ? NULL : here, after ? here : NULL);
  perform (self, op, moved_cb);
}

static gboolean
key_cb (
    GtkEventControllerKey *controller, guint key, guint code, GdkModifierType state, BatonChecklistItem *self)
{
  gboolean up = key == GDK_KEY_Up;
  GtkWidget *other;

  if ((state & GDK_CONTROL_MASK) == 0 || (!up && key != GDK_KEY_Down))
    return GDK_EVENT_PROPAGATE;
  other =
      up ? gtk_widget_get_prev_sibling (GTK_WIDGET (self)) : gtk_widget_get_next_sibling (GTK_WIDGET (self));
  if (BATON_IS_CHECKLIST_ITEM (other))
    move_beside (BATON_CHECKLIST_ITEM (other), self->item, !up);
  return GDK_EVENT_STOP;
}

static GdkContentProvider *
prepare_cb (GtkDragSource *source, double x, double y, BatonChecklistItem *self)
{
  return gdk_content_provider_new_typed (BATON_TYPE_ITEM, self->item);
}

static void
drag_begin_cb (GtkDragSource *source, GdkDrag *drag, BatonChecklistItem *self)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (GTK_WIDGET (self));

  gtk_drag_source_set_icon (source, picture, 12, 12);
}

static gboolean
is_lower_half (BatonChecklistItem *self, double y)
{
  return y > gtk_widget_get_height (GTK_WIDGET (self)) / 2.0;
}

static void
show_gap (BatonChecklistItem *self, gboolean above, gboolean below)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self), "drop-above");
  gtk_widget_remove_css_class (GTK_WIDGET (self), "drop-below");
  if (above || below)
    gtk_widget_add_css_class (GTK_WIDGET (self), above ? "drop-above" : "drop-below");
}

static GdkDragAction
motion_cb (GtkDropTarget *target, double x, double y, BatonChecklistItem *self)
{
  gboolean below = is_lower_half (self, y);

  show_gap (self, !below, below);
  return GDK_ACTION_MOVE;
}

static void
leave_cb (GtkDropTarget *target, BatonChecklistItem *self)
{
  show_gap (self, FALSE, FALSE);
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, BatonChecklistItem *self)
{
  BatonItem *moved = g_value_get_object (value);

  show_gap (self, FALSE, FALSE);
  /* Only things of this card. */
  if (moved == NULL || moved == self->item ||
      baton_card_model_find (self->model, baton_item_id (moved)) != moved)
    return FALSE;
  move_beside (self, moved, is_lower_half (self, y));
  return TRUE;
}

static void
add_controllers (BatonChecklistItem *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (BATON_TYPE_ITEM, GDK_ACTION_MOVE);

  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (prepare_cb), self);
  g_signal_connect (source, "drag-begin", G_CALLBACK (drag_begin_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
  g_signal_connect (target, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect (target, "leave", G_CALLBACK (leave_cb), self);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

static void
baton_checklist_item_dispose (GObject *object)
{
  BatonChecklistItem *self = BATON_CHECKLIST_ITEM (object);

  g_clear_object (&self->model);
  g_clear_object (&self->item);
  G_OBJECT_CLASS (baton_checklist_item_parent_class)->dispose (object);
}

static void
baton_checklist_item_class_init (BatonChecklistItemClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_checklist_item_dispose;
}

static void
baton_checklist_item_init (BatonChecklistItem *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "checklist-item");
}

GtkWidget *
baton_checklist_item_new (BatonCardModel *model, BatonItem *item, BatonNotice *notice)
{
  BatonChecklistItem *self = g_object_new (BATON_TYPE_CHECKLIST_ITEM, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gboolean editable = baton_card_model_can_edit (model);

  self->model = g_object_ref (model);
  self->item = g_object_ref (item);
  self->notice = notice;
  self->tick = BATON_TICK (baton_tick_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->tick), GTK_ALIGN_START);
  gtk_widget_set_sensitive (GTK_WIDGET (self->tick), editable);
  g_signal_connect (self->tick, "asked", G_CALLBACK (asked_cb), self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->tick));
  self->text = baton_text_field_new (model,
      baton_text_target_new (BATON_ENTITY_ITEM, BATON_ITEM_TEXT, baton_item_id (item)), BATON_TEXT_PLAIN,
      _ ("Checklist item"), NULL, NULL);
  gtk_widget_set_hexpand (self->text, TRUE);
  gtk_box_append (GTK_BOX (box), self->text);
  self->remove = baton_icon_button ("user-trash-symbolic", _ ("Remove this item"));
  gtk_widget_add_css_class (self->remove, "quiet");
  gtk_widget_set_visible (self->remove, editable);
  g_signal_connect (self->remove, "clicked", G_CALLBACK (remove_cb), self);
  gtk_box_append (GTK_BOX (box), self->remove);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);
  if (editable)
    add_controllers (self);
  g_signal_connect_object (item, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

BatonItem *
baton_checklist_item_item (BatonChecklistItem *self)
{
  return self->item;
}
