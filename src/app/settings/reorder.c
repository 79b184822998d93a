/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "reorder.h"

#include "change.h"

#include <glib/gi18n.h>

typedef struct
{
  BatonWorkspace *workspace;
  BatonItem *item;
} Place;

static void
place_free (gpointer data)
{
  Place *place = data;

  g_object_unref (place->workspace);
  g_object_unref (place->item);
  g_free (place);
}

static Place *
place_of (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "reorder-place");
}

BatonItem *
baton_reorder_item (GtkWidget *row)
{
  Place *place = place_of (row);

  return place != NULL ? place->item : NULL;
}

static const char *
parent_of (BatonItem *item)
{
  return baton_item_text (item, baton_entity_info (baton_item_entity (item))->parent);
}

static GtkWidget *
find_row (GtkWidget *list, const char *id)
{
  for (GtkWidget *row = gtk_widget_get_first_child (list); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      BatonItem *item = baton_reorder_item (row);

      if (item != NULL && g_str_equal (baton_item_id (item), id))
        return row;
    }
  return NULL;
}

/* The list was rebuilt around the moved item; the keyboard goes with it. */
static void
moved_cb (GtkWidget *list, const GError *refusal)
{
  const char *id = g_object_get_data (G_OBJECT (list), "reorder-moved");
  GtkWidget *row = id != NULL ? find_row (list, id) : NULL;

  if (row != NULL)
    gtk_widget_grab_focus (row);
  g_object_set_data (G_OBJECT (list), "reorder-moved", NULL);
}

static void
move (GtkWidget *list, Place *place, BatonItem *item, BatonItem *before, BatonItem *after)
{
  BatonOp *op = baton_change_row (baton_item_entity (item), BATON_ACTION_MOVE, baton_item_id (item));

  baton_op_set_place (
      op, before != NULL ? baton_item_id (before) : NULL, after != NULL ? baton_item_id (after) : NULL);
  g_object_set_data_full (G_OBJECT (list), "reorder-moved", g_strdup (baton_item_id (item)), g_free);
  baton_change (list, place->workspace, op, moved_cb);
}

static gboolean
move_by_key_cb (GtkWidget *row, GVariant *args, gpointer data)
{
  Place *place = place_of (row);
  GtkWidget *list = gtk_widget_get_parent (row);
  BatonColumn *items;
  BatonItem *neighbour;
  guint position;
  gboolean up = g_variant_get_boolean (args);

  items = baton_workspace_list (place->workspace, baton_item_entity (place->item), parent_of (place->item));
  if (!baton_column_find (items, place->item, &position) || (up && position == 0))
    return TRUE;
  neighbour = baton_column_peek (items, up ? position - 1 : position + 1);
  if (neighbour != NULL)
    move (list, place, place->item, up ? neighbour : NULL, up ? NULL : neighbour);
  return TRUE;
}

static GdkContentProvider *
drag_prepare_cb (GtkDragSource *source, double x, double y, GtkWidget *row)
{
  return gdk_content_provider_new_typed (BATON_TYPE_ITEM, place_of (row)->item);
}

static void
drag_begin_cb (GtkDragSource *source, GdkDrag *drag, GtkWidget *row)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (row);
  g_autoptr (GdkPaintable) picture = gdk_paintable_get_current_image (paintable);

  gtk_drag_source_set_icon (source, picture, 12, gtk_widget_get_height (row) / 2);
  gtk_widget_add_css_class (row, "lifted");
}

static void
drag_end_cb (GtkDragSource *source, GdkDrag *drag, gboolean delete, GtkWidget *row)
{
  gtk_widget_remove_css_class (row, "lifted");
}

static void
show_gap (GtkWidget *row, gboolean above, gboolean below)
{
  if (above)
    gtk_widget_add_css_class (row, "drop-above");
  else
    gtk_widget_remove_css_class (row, "drop-above");
  if (below)
    gtk_widget_add_css_class (row, "drop-below");
  else
    gtk_widget_remove_css_class (row, "drop-below");
}

static GdkDragAction
drop_motion_cb (GtkDropTarget *target, double x, double y, GtkWidget *row)
{
  gboolean above = y < gtk_widget_get_height (row) / 2.0;

  show_gap (row, above, !above);
  return GDK_ACTION_MOVE;
}

static void
drop_leave_cb (GtkDropTarget *target, GtkWidget *row)
{
  show_gap (row, FALSE, FALSE);
}

static gboolean
drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, GtkWidget *row)
{
  Place *place = place_of (row);
  BatonItem *item = g_value_get_object (value);
  gboolean above = y < gtk_widget_get_height (row) / 2.0;

  show_gap (row, FALSE, FALSE);
  if (item == NULL || item == place->item || baton_item_entity (item) != baton_item_entity (place->item) ||
      g_strcmp0 (parent_of (item), parent_of (place->item)) != 0)
    return FALSE;
  move (gtk_widget_get_parent (row), place, item, above ? place->item : NULL, above ? NULL : place->item);
  return TRUE;
}

static void
add_keys (GtkWidget *row)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();
  static const guint values[] = { GDK_KEY_Up, GDK_KEY_Down };

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      GtkShortcut *shortcut = gtk_shortcut_new (gtk_keyval_trigger_new (values[i], GDK_ALT_MASK),
          gtk_callback_action_new (move_by_key_cb, NULL, NULL));

      gtk_shortcut_set_arguments (shortcut, g_variant_new_boolean (i == 0));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), shortcut);
    }
  gtk_widget_add_controller (row, keys);
}

GtkWidget *
baton_reorder_handle_new (void)
{
  GtkWidget *handle = gtk_image_new_from_icon_name ("list-drag-handle-symbolic");

  gtk_widget_set_tooltip_text (handle, _ ("Drag to reorder, or press Alt+Up and Alt+Down"));
  gtk_widget_set_cursor_from_name (handle, "grab");
  gtk_widget_add_css_class (handle, "drag-handle");
  return handle;
}

void
baton_reorder_install (GtkWidget *row, GtkWidget *handle, BatonWorkspace *workspace, BatonItem *item)
{
  Place *place = g_new0 (Place, 1);
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (BATON_TYPE_ITEM, GDK_ACTION_MOVE);

  place->workspace = g_object_ref (workspace);
  place->item = g_object_ref (item);
  g_object_set_data_full (G_OBJECT (row), "reorder-place", place, place_free);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (drag_prepare_cb), row);
  g_signal_connect (source, "drag-begin", G_CALLBACK (drag_begin_cb), row);
  g_signal_connect (source, "drag-end", G_CALLBACK (drag_end_cb), row);
  gtk_widget_add_controller (handle, GTK_EVENT_CONTROLLER (source));

  g_signal_connect (target, "motion", G_CALLBACK (drop_motion_cb), row);
  g_signal_connect (target, "leave", G_CALLBACK (drop_leave_cb), row);
  g_signal_connect (target, "drop", G_CALLBACK (drop_cb), row);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (target));
  add_keys (row);
}
