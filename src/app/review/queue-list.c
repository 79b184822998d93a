/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "queue-list.h"

#include "minutes.h"
#include "review-words.h"

#include <glib/gi18n.h>

struct _BatonQueueList
{
  GtkBox parent_instance;

  GtkListBox *head; /* one row: Review queue */
  GtkLabel *count;
  GtkWidget *title;
  GtkListBox *list;
  BatonWorkspace *workspace;
  BatonQueueModel *queue;
  char *selected;
  gboolean shown;
  gboolean marking; /* rows are being selected by us */
};

G_DEFINE_FINAL_TYPE (BatonQueueList, baton_queue_list, GTK_TYPE_BOX)

static BatonQueueItem *
item_of (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "item");
}

/* "Instagram · v4 · 6 h left", "▲ Web · v2 · over by 2 h"; of a card with several assets, which one. */
static char *
detail_words (BatonQueueList *self, const BatonWaiting *waiting, gboolean *over)
{
  const char *what = baton_row_int (waiting->card, BATON_CARD_ASSETS) > 1
                         ? baton_row_text (waiting->asset, BATON_ASSET_NAME)
                         : baton_workspace_name_of (self->workspace, BATON_ENTITY_CHANNEL,
                               baton_row_text (waiting->card, BATON_CARD_CHANNEL), NULL);
  g_autofree char *version = baton_review_version_name (waiting->version);
  g_autofree char *left =
      baton_review_left (baton_row_int (waiting->review, BATON_REVIEW_ENDS), g_get_real_time (), over);
  GString *words = g_string_new (NULL);

  if (g_strcmp0 (baton_row_text (waiting->card, BATON_CARD_URGENCY), "fast") == 0)
    g_string_append (words, "▲ ");
  if (what != NULL)
    g_string_append_printf (words, "%s · ", what);
  g_string_append (words, version);
  if (left != NULL)
    g_string_append_printf (words, " · %s", left);
  return g_string_free (words, FALSE);
}

static void
update_row (BatonQueueList *self, GtkListBoxRow *row)
{
  const BatonWaiting *waiting = baton_queue_item_waiting (item_of (row));
  GtkLabel *detail = g_object_get_data (G_OBJECT (row), "detail");
  gboolean over = FALSE;
  g_autofree char *words = detail_words (self, waiting, &over);
  g_autofree char *name = g_strdup_printf ("%s, %s", baton_row_text (waiting->card, BATON_CARD_TITLE), words);

  gtk_label_set_label (detail, words);
  if (over)
    gtk_widget_add_css_class (GTK_WIDGET (detail), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (detail), "error");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static gboolean
gone_cb (gpointer data)
{
  gtk_widget_unparent (data);
  return G_SOURCE_REMOVE;
}

static void
menu_closed_cb (GtkPopover *menu)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, gone_cb, g_object_ref (menu), g_object_unref);
}

/* What can be done with a review without looking at it first. */
static void
open_menu (GtkWidget *row, double x, double y)
{
  const char *review = baton_queue_item_waiting (item_of (GTK_LIST_BOX_ROW (row)))->review->id;
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenuItem) look = g_menu_item_new (_ ("Review"), NULL);
  g_autoptr (GMenuItem) excuse = g_menu_item_new (_ ("I cannot make the window…"), NULL);
  GtkWidget *popover, *list = gtk_widget_get_ancestor (row, BATON_TYPE_QUEUE_LIST);
  graphene_point_t point;

  g_menu_item_set_action_and_target (look, "win.review", "s", review);
  g_menu_item_set_action_and_target (excuse, "win.review-excuse", "s", review);
  g_menu_append_item (menu, look);
  g_menu_append_item (menu, excuse);
  popover = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
  /* Upon the list, which stays when the row goes. */
  gtk_widget_set_parent (popover, list);
  gtk_popover_set_has_arrow (GTK_POPOVER (popover), FALSE);
  gtk_popover_set_position (GTK_POPOVER (popover), GTK_POS_BOTTOM);
  if (gtk_widget_compute_point (row, list, &GRAPHENE_POINT_INIT ((float) x, (float) y), &point))
    gtk_popover_set_pointing_to (
        GTK_POPOVER (popover), &(GdkRectangle){ (int) point.x, (int) point.y, 1, 1 });
  g_signal_connect (popover, "closed", G_CALLBACK (menu_closed_cb), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}

static void
pressed_cb (GtkGestureClick *gesture, int n, double x, double y, GtkWidget *row)
{
  open_menu (row, x, y);
}

static gboolean
menu_key_cb (GtkWidget *row, GVariant *args, gpointer data)
{
  open_menu (row, 12, gtk_widget_get_height (row));
  return TRUE;
}

static void
add_menu (GtkWidget *row)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), row);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys), gtk_shortcut_new (gtk_shortcut_trigger_parse_string ("Menu|<Shift>F10"),
                                          gtk_callback_action_new (menu_key_cb, NULL, NULL)));
  gtk_widget_add_controller (row, keys);
}

static GtkWidget *
create_row (gpointer object, gpointer data)
{
  BatonQueueList *self = data;
  const BatonWaiting *waiting = baton_queue_item_waiting (object);
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (baton_row_text (waiting->card, BATON_CARD_TITLE));
  GtkWidget *detail = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (detail), 0);
  gtk_label_set_ellipsize (GTK_LABEL (detail), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (detail, "caption");
  gtk_widget_add_css_class (detail, "queue-detail");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), detail);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "item", g_object_ref (object), g_object_unref);
  g_object_set_data (G_OBJECT (row), "detail", detail);
  add_menu (row);
  update_row (self, GTK_LIST_BOX_ROW (row));
  return row;
}

static void
mark_selected (BatonQueueList *self)
{
  GtkListBoxRow *row;

  self->marking = TRUE;
  gtk_list_box_unselect_all (self->list);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      if (g_strcmp0 (baton_queue_item_waiting (item_of (row))->review->id, self->selected) == 0)
        gtk_list_box_select_row (self->list, row);
    }
  gtk_list_box_unselect_all (self->head);
  if (self->shown)
    gtk_list_box_select_row (self->head, gtk_list_box_get_row_at_index (self->head, 0));
  self->marking = FALSE;
}

/* The list would select a row that the keyboard merely walks over. */
static void
selected_cb (GtkListBox *list, BatonQueueList *self)
{
  if (!self->marking && self->queue != NULL)
    mark_selected (self);
}

static void
update (BatonQueueList *self)
{
  guint n = self->queue != NULL ? baton_queue_model_size (self->queue) : 0;
  g_autofree char *number = g_strdup_printf ("%u", n);

  gtk_label_set_label (self->count, number);
  gtk_widget_set_visible (GTK_WIDGET (self->count), n > 0);
  gtk_widget_set_visible (self->title, self->shown && n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->list), self->shown && n > 0);
  mark_selected (self);
}

void
baton_queue_list_select (BatonQueueList *self, gboolean shown, const char *review)
{
  self->shown = shown;
  g_free (self->selected);
  self->selected = g_strdup (review);
  update (self);
}

static void
minute_cb (gpointer data)
{
  BatonQueueList *self = data;
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    update_row (self, row);
}

static void
activated_cb (GtkListBox *list, GtkListBoxRow *row, BatonQueueList *self)
{
  const char *review = item_of (row) != NULL ? baton_queue_item_waiting (item_of (row))->review->id : "";

  gtk_widget_activate_action (GTK_WIDGET (self), "win.review", "s", review);
}

void
baton_queue_list_set_workspace (BatonQueueList *self, BatonWorkspace *workspace)
{
  if (self->queue != NULL)
    g_signal_handlers_disconnect_by_data (self->queue, self);
  gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  g_clear_object (&self->queue);
  self->workspace = workspace;
  if (workspace != NULL)
    {
      self->queue = baton_queue_model_get (workspace);
      gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->queue), create_row, self, NULL);
      g_signal_connect_swapped (self->queue, "loaded", G_CALLBACK (update), self);
    }
  update (self);
}

static void
baton_queue_list_dispose (GObject *object)
{
  BatonQueueList *self = BATON_QUEUE_LIST (object);

  if (self->queue != NULL)
    g_signal_handlers_disconnect_by_data (self->queue, self);
  g_clear_object (&self->queue);
  g_clear_pointer (&self->selected, g_free);
  G_OBJECT_CLASS (baton_queue_list_parent_class)->dispose (object);
}

static void
baton_queue_list_class_init (BatonQueueListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_queue_list_dispose;
}

static GtkListBox *
add_list (BatonQueueList *self, const char *name)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_widget_add_css_class (list, "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect (list, "row-activated", G_CALLBACK (activated_cb), self);
  g_signal_connect (list, "selected-rows-changed", G_CALLBACK (selected_cb), self);
  gtk_box_append (GTK_BOX (self), list);
  return GTK_LIST_BOX (list);
}

static void
add_head (BatonQueueList *self)
{
  GtkWidget *row = gtk_list_box_row_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (_ ("Review queue"));

  self->head = add_list (self, _ ("Review queue"));
  gtk_widget_add_css_class (GTK_WIDGET (self->head), "queue-head");
  self->count = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->count), "sidebar-count");
  gtk_widget_set_valign (GTK_WIDGET (self->count), GTK_ALIGN_CENTER);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->count));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_tooltip_text (row, _ ("What waits for your review"));
  gtk_accessible_update_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
  gtk_list_box_append (self->head, row);
}

static void
baton_queue_list_init (BatonQueueList *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  add_head (self);
  self->title = gtk_label_new (_ ("Waits for me"));
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_widget_add_css_class (self->title, "sidebar-title");
  gtk_box_append (GTK_BOX (self), self->title);
  self->list = add_list (self, _ ("Waits for me"));
  baton_each_minute (GTK_WIDGET (self), minute_cb);
  update (self);
}

GtkWidget *
baton_queue_list_new (void)
{
  return g_object_new (BATON_TYPE_QUEUE_LIST, NULL);
}
