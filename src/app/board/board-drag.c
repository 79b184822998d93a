/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "board-view-private.h"

#include "board-ops.h"
#include "permits.h"

/* Cards, alone or several, and whole columns are dragged by BatonCardDrag; this file answers its questions. A
 * drop is an operation like any other: it comes back accepted, or refused with a sentence that is shown
 * beside the pointer. */

static gboolean
contains (GtkWidget *widget, GtkWidget *host, double x, double y)
{
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (widget, host, &bounds) &&
         graphene_rect_contains_point (&bounds, &GRAPHENE_POINT_INIT ((float) x, (float) y));
}

static GtkWidget *
pick_ancestor (BatonBoardView *self, double x, double y, GType type)
{
  GtkWidget *widget = gtk_widget_pick (GTK_WIDGET (self->host), x, y, GTK_PICK_DEFAULT);

  return widget != NULL ? gtk_widget_get_ancestor (widget, type) : NULL;
}

static gboolean
pick_cards (BatonBoardView *self, BatonCardFace *face, BatonCardDragSource *source)
{
  BatonItem *card = baton_card_face_card (face);

  if (card == NULL)
    return FALSE;
  if (!g_hash_table_contains (self->selected, baton_item_id (card)))
    {
      baton_board_view_unselect (self);
      baton_board_view_set_cursor (self, card, FALSE);
    }
  g_clear_pointer (&self->lifted, g_ptr_array_unref);
  self->lifted = baton_board_view_chosen (self);
  source->widget = GTK_WIDGET (face);
  source->n_cards = MAX (1, self->lifted->len);
  return self->lifted->len > 0;
}

/* What this person may not move stays where it is, and says why. */
static gboolean
may_lift (BatonBoardView *self, BatonVerb verb, double x, double y)
{
  const char *why = baton_workspace_why_not (baton_board_workspace (self->board), verb);

  if (why == NULL)
    return TRUE;
  baton_card_drag_show_message (self->drag, why, x, y);
  baton_board_view_announce (self, why);
  return FALSE;
}

static gboolean
drag_pick (BatonCardDrag *drag, double x, double y, BatonCardDragSource *source, gpointer data)
{
  BatonBoardView *self = data;
  GtkWidget *face, *header;

  if (self->board == NULL)
    return FALSE;
  g_clear_object (&self->lifted_stage);
  face = pick_ancestor (self, x, y, BATON_TYPE_CARD_FACE);
  if (face != NULL)
    return may_lift (self, BATON_VERB_CARD_MOVE, x, y) && pick_cards (self, BATON_CARD_FACE (face), source);
  header = pick_ancestor (self, x, y, BATON_TYPE_STAGE_HEADER);
  if (header == NULL || pick_ancestor (self, x, y, GTK_TYPE_BUTTON) != NULL ||
      pick_ancestor (self, x, y, GTK_TYPE_MENU_BUTTON) != NULL ||
      !may_lift (self, BATON_VERB_STAGE_MOVE, x, y))
    return FALSE;
  self->lifted_stage = g_object_ref (baton_stage_header_stage (BATON_STAGE_HEADER (header)));
  source->widget = header;
  source->n_cards = 1;
  return TRUE;
}

static void
set_lifted (BatonBoardView *self, GHashTable *items)
{
  for (guint i = 0; i < self->cells->len; i++)
    {
      BatonCell *cell = g_ptr_array_index (self->cells, i);

      if (cell->list != NULL)
        baton_lazy_list_set_lifted (cell->list, items);
    }
}

static void
drag_begin (BatonCardDrag *drag, gpointer data)
{
  BatonBoardView *self = data;
  g_autoptr (GHashTable) items = g_hash_table_new (NULL, NULL);

  for (guint i = 0; self->lifted_stage == NULL && i < self->lifted->len; i++)
    g_hash_table_add (items, g_ptr_array_index (self->lifted, i));
  set_lifted (self, items);
}

static BatonCell *
cell_at (BatonBoardView *self, double x, double y)
{
  /* What has been scrolled away still has bounds; only what lies in the visible part counts. */
  if (!contains (GTK_WIDGET (self->across), GTK_WIDGET (self->host), x, y))
    return NULL;
  for (guint i = 0; i < self->cells->len; i++)
    {
      BatonCell *cell = g_ptr_array_index (self->cells, i);
      GtkWidget *header = g_hash_table_lookup (self->headers, cell->stage);

      if (contains (cell->ground, GTK_WIDGET (self->host), x, y))
        return cell;
      /* Without lanes the head of a column is part of it; a drop there goes to the top. */
      if (baton_board_lanes (self->board) == BATON_LANES_NONE &&
          contains (header, GTK_WIDGET (self->host), x, y))
        return cell;
    }
  return NULL;
}

static gboolean
is_lifted (BatonBoardView *self, BatonItem *card)
{
  return g_ptr_array_find (self->lifted, card, NULL);
}

/* Beside itself, a single card would land where it is. */
static gboolean
is_own_place (BatonBoardView *self, BatonCell *cell, guint index)
{
  guint position;

  if (self->lifted->len != 1 ||
      !baton_column_find (cell->model, g_ptr_array_index (self->lifted, 0), &position))
    return FALSE;
  return index == position || index == position + 1;
}

static void
point_at_cell (BatonBoardView *self, BatonCell *cell, double x, double y)
{
  graphene_rect_t lifted;
  graphene_point_t at;

  self->target_index = baton_column_size (cell->model);
  if (cell->list == NULL || !baton_card_drag_get_lifted (self->drag, &lifted))
    return;
  if (!gtk_widget_compute_point (
          GTK_WIDGET (self->host), GTK_WIDGET (cell->list), &GRAPHENE_POINT_INIT ((float) x, (float) y), &at))
    return;
  self->target_index = baton_lazy_list_position_at (cell->list, at.y);
  baton_lazy_list_set_gap (cell->list,
      is_own_place (self, cell, self->target_index) ? -1 : (int) self->target_index,
      (int) lifted.size.height);
}

static void
scroll_at_edges (BatonBoardView *self, BatonCell *target, double x, double y)
{
  GtkWidget *area;
  graphene_point_t at;

  if (gtk_widget_compute_point (GTK_WIDGET (self->host), GTK_WIDGET (self->across),
          &GRAPHENE_POINT_INIT ((float) x, (float) y), &at))
    baton_edge_scroller_point (self->across_edges, at.x, at.y);
  for (guint i = 0; i < self->cells->len; i++)
    {
      BatonCell *cell = g_ptr_array_index (self->cells, i);

      if (cell->edges != NULL && cell != target)
        baton_edge_scroller_stop (cell->edges);
    }
  if (target == NULL || target->edges == NULL)
    return;
  area =
      gtk_widget_get_ancestor (GTK_WIDGET (target->list != NULL ? GTK_WIDGET (target->list) : target->ground),
          GTK_TYPE_SCROLLED_WINDOW);
  if (area != NULL && gtk_widget_compute_point (
                          GTK_WIDGET (self->host), area, &GRAPHENE_POINT_INIT ((float) x, (float) y), &at))
    baton_edge_scroller_point (target->edges, at.x, at.y);
}

static void
mark_target (BatonCell *cell, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (cell->ground, "drop-target");
  else
    gtk_widget_remove_css_class (cell->ground, "drop-target");
}

static void
clear_targets (BatonBoardView *self)
{
  GHashTableIter iter;
  gpointer header;

  for (guint i = 0; i < self->cells->len; i++)
    {
      BatonCell *cell = g_ptr_array_index (self->cells, i);

      mark_target (cell, FALSE);
      if (cell->list != NULL)
        baton_lazy_list_set_gap (cell->list, -1, 0);
      if (cell->edges != NULL)
        baton_edge_scroller_stop (cell->edges);
    }
  baton_edge_scroller_stop (self->across_edges);
  g_hash_table_iter_init (&iter, self->headers);
  while (g_hash_table_iter_next (&iter, NULL, &header))
    {
      gtk_widget_remove_css_class (header, "drop-before");
      gtk_widget_remove_css_class (header, "drop-after");
    }
  self->target = NULL;
}

/* The head that the lifted column would stand before (or, past the last one, after). */
static BatonStageHeader *
header_at (BatonBoardView *self, double x, gboolean *after)
{
  BatonColumn *stages = baton_board_stages (self->board);
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  BatonStageHeader *last = NULL;

  *after = FALSE;
  for (guint i = 0; i < baton_column_size (stages); i++)
    {
      BatonStageHeader *header =
          g_hash_table_lookup (self->headers, baton_item_id (baton_column_peek (stages, i)));
      graphene_rect_t bounds;
      float middle;

      if (header == NULL ||
          !gtk_widget_compute_bounds (GTK_WIDGET (header), GTK_WIDGET (self->host), &bounds))
        continue;
      middle = bounds.origin.x + bounds.size.width / 2;
      if (rtl ? x > middle : x < middle)
        return header;
      last = header;
    }
  *after = TRUE;
  return last;
}

static void
move_column (BatonBoardView *self, double x)
{
  gboolean after;
  BatonStageHeader *header;

  clear_targets (self);
  header = header_at (self, x, &after);
  if (header != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (header), after ? "drop-after" : "drop-before");
}

static void
drag_motion (BatonCardDrag *drag, double x, double y, gpointer data)
{
  BatonBoardView *self = data;
  BatonCell *cell;

  if (self->lifted_stage != NULL)
    {
      move_column (self, x);
      scroll_at_edges (self, NULL, x, y);
      return;
    }
  cell = cell_at (self, x, y);
  if (self->target != cell && self->target != NULL)
    {
      mark_target (self->target, FALSE);
      if (self->target->list != NULL)
        baton_lazy_list_set_gap (self->target->list, -1, 0);
    }
  self->target = cell;
  if (cell != NULL)
    {
      mark_target (cell, TRUE);
      point_at_cell (self, cell, x, y);
    }
  scroll_at_edges (self, cell, x, y);
}

void
baton_board_view_drag_again (BatonBoardView *self)
{
  double x, y;

  if (baton_card_drag_is_active (self->drag) && baton_card_drag_get_pointer (self->drag, &x, &y))
    drag_motion (self->drag, x, y, self);
}

static void
column_dropped_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BatonBoardView) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonEffect) effect = baton_workspace_perform_finish (BATON_WORKSPACE (source), result, &error);

  if (effect == NULL)
    baton_card_drag_refuse (self->drag, error->message);
  else
    baton_card_drag_finish (self->drag, TRUE, NULL);
}

static gboolean
drop_column (BatonBoardView *self, double x)
{
  gboolean after;
  BatonStageHeader *header = header_at (self, x, &after);
  const char *sibling = header != NULL ? baton_item_id (baton_stage_header_stage (header)) : NULL;
  BatonOp *op;

  clear_targets (self);
  if (sibling == NULL || g_str_equal (sibling, baton_item_id (self->lifted_stage)))
    return FALSE;
  op = baton_op_new (BATON_VERB_STAGE_MOVE);
  baton_op_add_id (op, baton_item_id (self->lifted_stage));
  baton_op_set_place (op, after ? NULL : sibling, after ? sibling : NULL);
  baton_workspace_perform_async (
      baton_board_workspace (self->board), op, column_dropped_cb, g_object_ref (self));
  return TRUE;
}

typedef struct
{
  BatonBoardView *view;
  GPtrArray *cards;
  char *stage;
  graphene_rect_t rect; /* where the card glides to */
  gboolean has_rect;
} Drop;

static void
dropped_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Drop *drop = data;
  BatonBoardView *self = drop->view;
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonEffect) effect = baton_workspace_perform_finish (BATON_WORKSPACE (source), result, &error);

  if (effect == NULL)
    {
      baton_card_drag_refuse (self->drag, error->message);
      baton_board_view_announce (self, error->message);
    }
  else
    {
      g_autofree char *words = baton_board_moved_words (self->board, drop->cards, drop->stage);

      baton_card_drag_finish (self->drag, TRUE, drop->has_rect ? &drop->rect : NULL);
      baton_board_view_announce (self, words);
      baton_board_view_set_cursor (self, g_ptr_array_index (drop->cards, 0), TRUE);
    }
  g_object_unref (drop->view);
  g_ptr_array_unref (drop->cards);
  g_free (drop->stage);
  g_free (drop);
}

static Drop *
new_drop (BatonBoardView *self, BatonCell *cell)
{
  Drop *drop = g_new0 (Drop, 1);
  graphene_rect_t gap;

  drop->view = g_object_ref (self);
  drop->cards = g_ptr_array_ref (self->lifted);
  drop->stage = g_strdup (cell->stage);
  if (cell->list != NULL && baton_lazy_list_get_gap_bounds (cell->list, &gap))
    {
      drop->rect = gap;
      drop->has_rect = gtk_widget_compute_point (
          GTK_WIDGET (cell->list), GTK_WIDGET (self->host), &gap.origin, &drop->rect.origin);
    }
  return drop;
}

/* The visible neighbours that do not move themselves: what the person aimed at. */
static void
find_neighbours (BatonBoardView *self, BatonCell *cell, guint index, const char **before, const char **after)
{
  *before = *after = NULL;
  for (guint i = index; i < baton_column_size (cell->model) && *before == NULL; i++)
    {
      if (!is_lifted (self, baton_column_peek (cell->model, i)))
        *before = baton_item_id (baton_column_peek (cell->model, i));
    }
  for (guint i = index; i > 0 && *before == NULL && *after == NULL; i--)
    {
      if (!is_lifted (self, baton_column_peek (cell->model, i - 1)))
        *after = baton_item_id (baton_column_peek (cell->model, i - 1));
    }
}

static gboolean
drag_drop (BatonCardDrag *drag, double x, double y, gpointer data)
{
  BatonBoardView *self = data;
  const char *before, *after;
  BatonCell *cell;
  Drop *drop;

  if (self->lifted_stage != NULL)
    return drop_column (self, x);
  drag_motion (drag, x, y, self);
  cell = self->target;
  if (cell == NULL || is_own_place (self, cell, self->target_index))
    {
      clear_targets (self);
      return FALSE;
    }
  find_neighbours (self, cell, self->target_index, &before, &after);
  drop = new_drop (self, cell);
  baton_workspace_perform_async (baton_board_workspace (self->board),
      baton_board_op_move (self->board, self->lifted, cell->stage, cell->lane, before, after), dropped_cb,
      drop);
  clear_targets (self);
  return TRUE;
}

static void
drag_cancel (BatonCardDrag *drag, gpointer data)
{
  clear_targets (data);
}

static void
drag_ended (BatonCardDrag *drag, gboolean accepted, gpointer data)
{
  BatonBoardView *self = data;

  clear_targets (self);
  set_lifted (self, NULL);
}

void
baton_board_view_init_drag (BatonBoardView *self)
{
  static const BatonCardDragFuncs funcs = { drag_pick, drag_begin, drag_motion, drag_drop, drag_cancel, NULL,
    drag_ended };

  self->drag = baton_card_drag_new (self->host, &funcs, self);
  self->across_edges = baton_edge_scroller_new (
      GTK_WIDGET (self->across), gtk_scrolled_window_get_hadjustment (self->across), NULL);
  g_signal_connect_swapped (self->across_edges, "scrolled", G_CALLBACK (baton_board_view_drag_again), self);
}
