/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "board-view-private.h"

#include "text-scale.h"

#include <glib/gi18n.h>

/* Columns beside each other, each scrolling by itself; with swimlanes, the heads of the columns on top and
 * the lanes below them in one scrolled area. Cards live in lazy lists, so a layout is a handful of widgets.
 */

#define COLUMN_WIDTH 296
#define FOLDED_WIDTH 44

static int
column_width (BatonBoardView *self, gboolean folded)
{
  double scale = MAX (1.0, baton_text_scale (GTK_WIDGET (self)));

  /* At 200 % a column is half as wide again: the words fit, and there is still more than one column. */
  return folded ? FOLDED_WIDTH : (int) (COLUMN_WIDTH * (1.0 + (scale - 1.0) / 2.0));
}

void
baton_cell_free (gpointer data)
{
  BatonCell *cell = data;

  if (cell->edges != NULL)
    baton_edge_scroller_stop (cell->edges);
  g_clear_object (&cell->edges);
  g_clear_object (&cell->model);
  g_free (cell->stage);
  g_free (cell->lane);
  g_free (cell);
}

static void
face_pressed_cb (GtkGestureClick *click, int n_press, double x, double y, BatonBoardView *self)
{
  GtkWidget *face = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (click));
  BatonItem *card = baton_card_face_card (BATON_CARD_FACE (face));

  if (card == NULL)
    return;
  if (gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (click)) == GDK_BUTTON_SECONDARY)
    {
      baton_board_view_set_cursor (self, card, TRUE);
      gtk_widget_activate_action (GTK_WIDGET (self), "board.menu", NULL);
      gtk_gesture_set_state (GTK_GESTURE (click), GTK_EVENT_SEQUENCE_CLAIMED);
    }
}

static void
face_released_cb (GtkGestureClick *click, int n_press, double x, double y, BatonBoardView *self)
{
  GtkWidget *face = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (click));
  BatonItem *card = baton_card_face_card (BATON_CARD_FACE (face));
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (click));

  if (card != NULL &&
      gtk_gesture_single_get_current_button (GTK_GESTURE_SINGLE (click)) == GDK_BUTTON_PRIMARY &&
      gtk_widget_contains (face, x, y))
    baton_board_view_clicked (self, card, state);
}

static void
face_focused_cb (GtkEventControllerFocus *focus, BatonBoardView *self)
{
  GtkWidget *face = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (focus));
  BatonItem *card = baton_card_face_card (BATON_CARD_FACE (face));

  if (card != NULL)
    baton_board_view_set_cursor (self, card, FALSE);
}

static GtkWidget *
create_row (gpointer data)
{
  GtkWidget *face = baton_card_face_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  g_signal_connect (click, "pressed", G_CALLBACK (face_pressed_cb), data);
  g_signal_connect (click, "released", G_CALLBACK (face_released_cb), data);
  gtk_widget_add_controller (face, GTK_EVENT_CONTROLLER (click));
  g_signal_connect (focus, "enter", G_CALLBACK (face_focused_cb), data);
  gtk_widget_add_controller (face, focus);
  baton_board_view_accept_files_on_card (data, face);
  return face;
}

static void
bind_row (GtkWidget *row, GObject *item, guint position, gpointer data)
{
  BatonBoardView *self = data;

  BatonCardFace *face = BATON_CARD_FACE (row);
  const char *card = baton_item_id (BATON_ITEM (item));

  baton_card_face_bind (face, self->board, BATON_ITEM (item));
  baton_card_face_set_selected (face, g_hash_table_contains (self->selected, card));
  baton_card_face_set_open (face, g_strcmp0 (self->watched, card) == 0);
}

static void
unbind_row (GtkWidget *row, GObject *item, gpointer data)
{
  baton_card_face_bind (BATON_CARD_FACE (row), NULL, NULL);
}

static int
estimate_row (GObject *item, int width, gpointer data)
{
  BatonBoardView *self = data;

  return baton_card_face_estimate (self->board, BATON_ITEM (item), width, self->scale);
}

static GtkWidget *
new_list (BatonBoardView *self, BatonCell *cell, const char *lane)
{
  static const BatonLazyListFuncs funcs = { create_row, bind_row, unbind_row, estimate_row };
  GtkWidget *list = baton_lazy_list_new (&funcs, self, NULL);
  const char *stage =
      baton_workspace_name_of (baton_board_workspace (self->board), BATON_ENTITY_STAGE, cell->stage, "");
  g_autofree char *name = lane != NULL ? g_strdup_printf (_ ("%s, %s"), stage, lane) : g_strdup (stage);

  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  baton_lazy_list_set_model (BATON_LAZY_LIST (list), G_LIST_MODEL (cell->model));
  return list;
}

static void
edge_scrolled_cb (BatonEdgeScroller *edges, BatonBoardView *self)
{
  baton_board_view_drag_again (self);
}

/* The ground of a cell; without a title of a lane it is a column that scrolls by itself. */
static BatonCell *
add_cell (BatonBoardView *self, BatonItem *stage, const char *lane, const char *lane_title)
{
  BatonCell *cell = g_new0 (BatonCell, 1);
  gboolean folded = g_hash_table_contains (self->folded_stages, baton_item_id (stage));

  cell->stage = g_strdup (baton_item_id (stage));
  cell->lane = g_strdup (lane);
  cell->model = g_object_ref (baton_board_cell (self->board, cell->stage, lane));
  cell->ground = adw_bin_new ();
  gtk_widget_add_css_class (cell->ground, "stage-ground");
  baton_board_view_accept_files_on_column (cell);
  if (baton_stage_waits (stage))
    gtk_widget_add_css_class (cell->ground, "waits");
  gtk_widget_set_size_request (cell->ground, column_width (self, folded), -1);
  gtk_widget_set_overflow (cell->ground, GTK_OVERFLOW_HIDDEN);
  g_ptr_array_add (self->cells, cell);
  if (folded)
    return cell;

  cell->list = BATON_LAZY_LIST (new_list (self, cell, lane_title));
  if (lane_title == NULL)
    {
      GtkWidget *scrolled = gtk_scrolled_window_new ();

      gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
      gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (cell->list));
      cell->vertical = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
      cell->edges = baton_edge_scroller_new (scrolled, NULL, cell->vertical);
      g_signal_connect (cell->edges, "scrolled", G_CALLBACK (edge_scrolled_cb), self);
      adw_bin_set_child (ADW_BIN (cell->ground), scrolled);
    }
  else
    adw_bin_set_child (ADW_BIN (cell->ground), GTK_WIDGET (cell->list));
  return cell;
}

static GtkWidget *
add_header (BatonBoardView *self, GtkBox *box, BatonItem *stage)
{
  GtkWidget *header = baton_stage_header_new (self->board, stage);
  gboolean folded = g_hash_table_contains (self->folded_stages, baton_item_id (stage));

  baton_stage_header_set_collapsed (BATON_STAGE_HEADER (header), folded);
  gtk_widget_set_size_request (header, column_width (self, folded), -1);
  gtk_box_append (box, header);
  g_hash_table_insert (self->headers, g_strdup (baton_item_id (stage)), header);
  return header;
}

static gboolean
is_shown (BatonItem *stage)
{
  return baton_item_int (stage, BATON_STAGE_ARCHIVED) == 0;
}

static GtkWidget *
layout_columns (BatonBoardView *self)
{
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  BatonColumn *stages = baton_board_stages (self->board);

  for (guint i = 0; i < baton_column_size (stages); i++)
    {
      BatonItem *stage = baton_column_peek (stages, i);
      GtkWidget *column;
      BatonCell *cell;

      if (!is_shown (stage))
        continue;
      column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
      add_header (self, GTK_BOX (column), stage);
      cell = add_cell (self, stage, "", NULL);
      gtk_widget_set_vexpand (cell->ground, TRUE);
      gtk_box_append (GTK_BOX (column), cell->ground);
      gtk_box_append (GTK_BOX (body), column);
    }
  return body;
}

static void
fold_lane_cb (GtkButton *button, BatonBoardView *self)
{
  const char *key = g_object_get_data (G_OBJECT (button), "lane");

  if (!g_hash_table_remove (self->folded_lanes, key))
    g_hash_table_add (self->folded_lanes, g_strdup (key));
  baton_board_view_queue_layout (self);
}

static guint
count_lane (BatonBoardView *self, const char *key)
{
  BatonColumn *stages = baton_board_stages (self->board);
  guint n = 0;

  for (guint i = 0; i < baton_column_size (stages); i++)
    n += baton_column_size (
        baton_board_cell (self->board, baton_item_id (baton_column_peek (stages, i)), key));
  return n;
}

static void
refresh_lane_head (BatonBoardView *self, GtkWidget *head, const char *key)
{
  GtkLabel *number = g_object_get_data (G_OBJECT (head), "number");
  const char *title = g_object_get_data (G_OBJECT (head), "title");
  guint n = count_lane (self, key);
  g_autofree char *count = g_strdup_printf ("%u", n);
  g_autofree char *words = g_strdup_printf (ngettext ("%s, %u card", "%s, %u cards", n), title, n);

  gtk_label_set_label (number, count);
  gtk_accessible_update_property (GTK_ACCESSIBLE (head), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static GtkWidget *
new_lane_header (BatonBoardView *self, guint index, gboolean folded)
{
  const char *key = baton_board_lane_key (self->board, index);
  const char *title = baton_board_lane_title (self->board, index);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *number = gtk_label_new (NULL);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "lane-header");
  gtk_widget_add_css_class (label, "heading");
  gtk_widget_add_css_class (number, "stage-count");
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_box_append (
      GTK_BOX (box), gtk_image_new_from_icon_name (folded ? "pan-end-symbolic" : "pan-down-symbolic"));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), number);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_set_tooltip_text (button, folded ? _ ("Unfold this lane") : _ ("Fold this lane"));
  gtk_accessible_update_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_EXPANDED, !folded, -1);
  g_object_set_data_full (G_OBJECT (button), "lane", g_strdup (key), g_free);
  g_object_set_data_full (G_OBJECT (button), "title", g_strdup (title), g_free);
  g_object_set_data (G_OBJECT (button), "number", number);
  g_signal_connect (button, "clicked", G_CALLBACK (fold_lane_cb), self);
  g_hash_table_insert (self->lane_heads, g_strdup (key), button);
  refresh_lane_head (self, button, key);
  return button;
}

/* A folded lane keeps a thin strip below its head in every stage, so that cards can still be dropped into it.
 */
static GtkWidget *
layout_lane (BatonBoardView *self, guint index)
{
  const char *key = baton_board_lane_key (self->board, index);
  gboolean folded = g_hash_table_contains (self->folded_lanes, key);
  GtkWidget *lane = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  BatonColumn *stages = baton_board_stages (self->board);

  gtk_box_append (GTK_BOX (lane), new_lane_header (self, index, folded));
  for (guint i = 0; i < baton_column_size (stages); i++)
    {
      BatonItem *stage = baton_column_peek (stages, i);
      BatonCell *cell;

      if (!is_shown (stage))
        continue;
      cell = add_cell (self, stage, key, baton_board_lane_title (self->board, index));
      gtk_widget_add_css_class (cell->ground, "lane-ground");
      if (folded && cell->list != NULL)
        {
          adw_bin_set_child (ADW_BIN (cell->ground), NULL);
          cell->list = NULL;
        }
      if (folded)
        gtk_widget_add_css_class (cell->ground, "folded");
      gtk_box_append (GTK_BOX (row), cell->ground);
    }
  gtk_box_append (GTK_BOX (lane), row);
  return lane;
}

static GtkWidget *
layout_lanes (BatonBoardView *self)
{
  GtkWidget *body = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *heads = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *lanes = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  BatonColumn *stages = baton_board_stages (self->board);
  GtkAdjustment *vertical = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));

  for (guint i = 0; i < baton_column_size (stages); i++)
    {
      if (is_shown (baton_column_peek (stages, i)))
        add_header (self, GTK_BOX (heads), baton_column_peek (stages, i));
    }
  for (guint i = 0; i < baton_board_n_lanes (self->board); i++)
    gtk_box_append (GTK_BOX (lanes), layout_lane (self, i));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), lanes);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (body), heads);
  gtk_box_append (GTK_BOX (body), scrolled);
  /* One edge scroller for all cells: they lie in one scrolled area. */
  for (guint i = 0; i < self->cells->len; i++)
    {
      BatonCell *cell = g_ptr_array_index (self->cells, i);

      cell->vertical = vertical;
      cell->edges = baton_edge_scroller_new (scrolled, NULL, vertical);
      g_signal_connect (cell->edges, "scrolled", G_CALLBACK (edge_scrolled_cb), self);
    }
  return body;
}

void
baton_board_view_clear_layout (BatonBoardView *self)
{
  self->target = NULL;
  self->quick_entry = NULL;
  g_clear_handle_id (&self->relayout, g_source_remove);
  if (self->body != NULL)
    gtk_scrolled_window_set_child (self->across, NULL);
  self->body = NULL;
  g_ptr_array_set_size (self->cells, 0);
  g_hash_table_remove_all (self->headers);
  g_hash_table_remove_all (self->lane_heads);
}

/* Where each column was scrolled to, by stage and lane. */
static GHashTable *
note_places (BatonBoardView *self)
{
  GHashTable *places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < self->cells->len; i++)
    {
      BatonCell *cell = g_ptr_array_index (self->cells, i);
      double value = cell->vertical != NULL ? gtk_adjustment_get_value (cell->vertical) : 0;

      if (value > 0)
        g_hash_table_insert (
            places, g_strconcat (cell->stage, "/", cell->lane, NULL), g_memdup2 (&value, sizeof value));
    }
  return places;
}

static void
height_known_cb (GtkAdjustment *vertical, double *place)
{
  if (gtk_adjustment_get_upper (vertical) - gtk_adjustment_get_page_size (vertical) < *place)
    return;
  gtk_adjustment_set_value (vertical, *place);
  g_signal_handlers_disconnect_by_func (vertical, height_known_cb, place);
}

static void
free_place (gpointer place, GClosure *closure)
{
  g_free (place);
}

/* A list knows how tall it is when it is laid out for the first time; then it is scrolled to where it was. */
static void
return_to_places (BatonBoardView *self, GHashTable *places)
{
  for (guint i = 0; i < self->cells->len; i++)
    {
      BatonCell *cell = g_ptr_array_index (self->cells, i);
      g_autofree char *key = g_strconcat (cell->stage, "/", cell->lane, NULL);
      double *place = g_hash_table_lookup (places, key);

      if (place != NULL && cell->vertical != NULL)
        g_signal_connect_data (cell->vertical, "changed", G_CALLBACK (height_known_cb),
            g_memdup2 (place, sizeof *place), free_place, 0);
    }
}

void
baton_board_view_layout (BatonBoardView *self)
{
  gboolean focused = gtk_widget_get_focus_child (GTK_WIDGET (self->host)) != NULL;
  g_autoptr (GHashTable) places = note_places (self);
  int typed_to = 0;
  g_autofree char *adding = baton_board_view_note_quick_add (self, &typed_to);

  if (baton_card_drag_is_active (self->drag))
    baton_card_drag_cancel (self->drag);
  baton_board_view_clear_layout (self);
  self->scale = baton_text_scale (GTK_WIDGET (self));
  if (self->board == NULL)
    return;
  self->body =
      baton_board_lanes (self->board) == BATON_LANES_NONE ? layout_columns (self) : layout_lanes (self);
  gtk_widget_add_css_class (self->body, "board-body");
  gtk_scrolled_window_set_child (self->across, self->body);
  baton_board_view_refresh_hint (self);
  return_to_places (self, places);
  if (focused)
    baton_board_view_refocus (self);
  baton_board_view_reopen_quick_add (self, adding, typed_to);
}

static gboolean
relayout_cb (gpointer data)
{
  BatonBoardView *self = data;

  self->relayout = 0;
  baton_board_view_layout (self);
  return G_SOURCE_REMOVE;
}

void
baton_board_view_queue_layout (BatonBoardView *self)
{
  if (self->relayout == 0)
    self->relayout = g_idle_add_full (G_PRIORITY_HIGH_IDLE, relayout_cb, self, NULL);
}

void
baton_board_view_refresh_headers (BatonBoardView *self, const char *stage)
{
  BatonStageHeader *header = stage != NULL ? g_hash_table_lookup (self->headers, stage) : NULL;

  GHashTableIter iter;
  gpointer key, head;

  if (header != NULL)
    baton_stage_header_refresh (header);
  g_hash_table_iter_init (&iter, self->lane_heads);
  while (g_hash_table_iter_next (&iter, &key, &head))
    refresh_lane_head (self, head, key);
}

/* What is seen is bound again: names, colours or ages on it have changed. */
void
baton_board_view_rebind (BatonBoardView *self)
{
  for (guint i = 0; i < self->cells->len; i++)
    {
      BatonCell *cell = g_ptr_array_index (self->cells, i);
      GtkWidget *row = cell->list != NULL ? gtk_widget_get_first_child (GTK_WIDGET (cell->list)) : NULL;

      for (; row != NULL; row = gtk_widget_get_next_sibling (row))
        {
          BatonItem *card = BATON_IS_CARD_FACE (row) ? baton_card_face_card (BATON_CARD_FACE (row)) : NULL;

          if (card != NULL)
            bind_row (row, G_OBJECT (card), 0, self);
        }
    }
}

BatonCell *
baton_board_view_cell_of (BatonBoardView *self, BatonItem *card, guint *position)
{
  for (guint i = 0; i < self->cells->len; i++)
    {
      BatonCell *cell = g_ptr_array_index (self->cells, i);

      if (baton_column_find (cell->model, card, position))
        return cell;
    }
  return NULL;
}

BatonCell *
baton_board_view_first_cell (BatonBoardView *self, const char *stage)
{
  for (guint i = 0; i < self->cells->len; i++)
    {
      BatonCell *cell = g_ptr_array_index (self->cells, i);

      if (g_str_equal (cell->stage, stage))
        return cell;
    }
  return NULL;
}
