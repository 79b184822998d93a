/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "board-view-private.h"

#include "board-ops.h"
#include "permits.h"

#include <glib/gi18n.h>

/* The cursor is the card that the keyboard is on; the selection is what a command acts on when there is one.
 */

BatonItem *
baton_board_view_cursor_card (BatonBoardView *self)
{
  BatonItem *card = self->board != NULL ? baton_board_card (self->board, self->cursor) : NULL;
  guint position;

  /* It may have left the board, or a filter may hide it: commands have nothing to do with what is not seen.
   */
  return card != NULL && baton_board_view_cell_of (self, card, &position) != NULL ? card : NULL;
}

void
baton_board_view_set_cursor (BatonBoardView *self, BatonItem *card, gboolean focus)
{
  BatonCell *cell;
  guint position;

  if (g_strcmp0 (self->cursor, baton_item_id (card)) != 0)
    {
      g_free (self->cursor);
      self->cursor = g_strdup (baton_item_id (card));
    }
  cell = baton_board_view_cell_of (self, card, &position);
  if (!focus || cell == NULL || cell->list == NULL)
    return;
  gtk_widget_grab_focus (baton_lazy_list_get_row (cell->list, position));
  baton_lazy_list_scroll_to (cell->list, position);
}

static BatonItem *
first_card (BatonBoardView *self)
{
  for (guint i = 0; i < self->cells->len; i++)
    {
      BatonCell *cell = g_ptr_array_index (self->cells, i);

      if (cell->list != NULL && baton_column_size (cell->model) > 0)
        return baton_column_peek (cell->model, 0);
    }
  return NULL;
}

void
baton_board_view_focus (BatonBoardView *self)
{
  BatonItem *card = baton_board_view_cursor_card (self);
  guint position;

  if (card == NULL || baton_board_view_cell_of (self, card, &position) == NULL)
    card = first_card (self);
  if (card != NULL)
    baton_board_view_set_cursor (self, card, TRUE);
}

/* After a new layout the focus is on the card that it was on, and nothing is scrolled for it. */
void
baton_board_view_refocus (BatonBoardView *self)
{
  BatonItem *card = baton_board_view_cursor_card (self);
  guint position;
  BatonCell *cell;

  if (card == NULL)
    card = first_card (self);
  cell = card != NULL ? baton_board_view_cell_of (self, card, &position) : NULL;
  if (cell != NULL && cell->list != NULL)
    gtk_widget_grab_focus (baton_lazy_list_get_row (cell->list, position));
}

GPtrArray *
baton_board_view_chosen (BatonBoardView *self)
{
  GPtrArray *chosen = g_ptr_array_new_with_free_func (g_object_unref);
  BatonItem *cursor = baton_board_view_cursor_card (self);

  for (guint i = 0; i < self->cells->len && g_hash_table_size (self->selected) > 0; i++)
    {
      BatonCell *cell = g_ptr_array_index (self->cells, i);

      for (guint j = 0; j < baton_column_size (cell->model); j++)
        {
          BatonItem *card = baton_column_peek (cell->model, j);

          if (g_hash_table_contains (self->selected, baton_item_id (card)))
            g_ptr_array_add (chosen, g_object_ref (card));
        }
    }
  if (chosen->len == 0 && cursor != NULL && !baton_item_is_removed (cursor))
    g_ptr_array_add (chosen, g_object_ref (cursor));
  return chosen;
}

void
baton_board_view_toggle (BatonBoardView *self, BatonItem *card)
{
  if (!g_hash_table_remove (self->selected, baton_item_id (card)))
    g_hash_table_add (self->selected, g_strdup (baton_item_id (card)));
  baton_board_view_selection_changed (self);
}

void
baton_board_view_unselect (BatonBoardView *self)
{
  if (g_hash_table_size (self->selected) == 0)
    return;
  g_hash_table_remove_all (self->selected);
  baton_board_view_selection_changed (self);
}

/* Cards that are no longer seen are no longer selected. */
void
baton_board_view_prune_selection (BatonBoardView *self)
{
  GHashTableIter iter;
  gpointer id;
  gboolean pruned = FALSE;

  g_hash_table_iter_init (&iter, self->selected);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      BatonItem *card = baton_board_card (self->board, id);
      guint position;

      if (card != NULL && baton_board_view_cell_of (self, card, &position) != NULL)
        continue;
      g_hash_table_iter_remove (&iter);
      pruned = TRUE;
    }
  if (pruned)
    baton_board_view_selection_changed (self);
}

void
baton_board_view_selection_changed (BatonBoardView *self)
{
  guint n = g_hash_table_size (self->selected);
  g_autofree char *words = g_strdup_printf (ngettext ("%u card selected", "%u cards selected", n), n);

  gtk_label_set_label (self->bulk_label, words);
  /* Its commands change cards, all of them. */
  gtk_revealer_set_reveal_child (self->bulk_bar,
      n > 0 && baton_workspace_why_not (baton_board_workspace (self->board), BATON_VERB_CARD_SET) == NULL);
  baton_board_view_rebind (self);
}

/* Everything between the cursor and the card, in one column; else the card alone. */
static void
select_range (BatonBoardView *self, BatonItem *card)
{
  BatonItem *cursor = baton_board_view_cursor_card (self);
  guint from, to;
  BatonCell *cell = baton_board_view_cell_of (self, card, &to);

  if (cell == NULL || cursor == NULL || !baton_column_find (cell->model, cursor, &from))
    from = to;
  for (guint i = MIN (from, to); cell != NULL && i <= MAX (from, to); i++)
    g_hash_table_add (self->selected, g_strdup (baton_item_id (baton_column_peek (cell->model, i))));
  baton_board_view_selection_changed (self);
}

void
baton_board_view_clicked (BatonBoardView *self, BatonItem *card, GdkModifierType state)
{
  if (state & GDK_SHIFT_MASK)
    select_range (self, card);
  else if (state & GDK_CONTROL_MASK)
    {
      BatonItem *cursor = baton_board_view_cursor_card (self);

      /* The first Ctrl+click takes the card that the person was on along. */
      if (g_hash_table_size (self->selected) == 0 && cursor != NULL && cursor != card)
        g_hash_table_add (self->selected, g_strdup (baton_item_id (cursor)));
      baton_board_view_toggle (self, card);
    }
  else
    {
      baton_board_view_unselect (self);
      baton_board_view_set_cursor (self, card, TRUE);
      gtk_widget_activate_action (GTK_WIDGET (self), "board.open", NULL);
      return;
    }
  baton_board_view_set_cursor (self, card, TRUE);
}

static guint
cell_index (BatonBoardView *self, BatonCell *cell)
{
  guint index = 0;

  g_ptr_array_find (self->cells, cell, &index);
  return index;
}

static guint
stages_in_row (BatonBoardView *self)
{
  return MAX (1, g_hash_table_size (self->headers));
}

/* The next cell in a row of cells that has cards, or NULL. */
static BatonCell *
neighbour_cell (BatonBoardView *self, BatonCell *cell, int step, gboolean across)
{
  int columns = (int) stages_in_row (self);
  int index = (int) cell_index (self, cell);
  int row = index / columns;

  for (int i = index + (across ? step : step * columns); i >= 0 && i < (int) self->cells->len;
       i += across ? step : step * columns)
    {
      BatonCell *next = g_ptr_array_index (self->cells, i);

      if (across && i / columns != row)
        return NULL;
      if (next->list != NULL && baton_column_size (next->model) > 0)
        return next;
    }
  return NULL;
}

static int
forward (BatonBoardView *self, const char *way)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  return g_str_equal (way, "right") != rtl ? 1 : -1;
}

/* The card one step away from the cursor, or NULL. */
static BatonItem *
card_towards (BatonBoardView *self, const char *way)
{
  guint position = 0;
  BatonItem *cursor = baton_board_view_cursor_card (self);
  BatonCell *cell = cursor != NULL ? baton_board_view_cell_of (self, cursor, &position) : NULL;
  BatonCell *next;
  guint n;

  if (cell == NULL)
    return first_card (self);
  n = baton_column_size (cell->model);
  if (g_str_equal (way, "first") || g_str_equal (way, "last"))
    return baton_column_peek (cell->model, g_str_equal (way, "first") ? 0 : n - 1);
  if (g_str_equal (way, "up"))
    {
      next = position == 0 ? neighbour_cell (self, cell, -1, FALSE) : cell;
      return next == NULL ? NULL
                          : baton_column_peek (next->model,
                                next == cell ? position - 1 : baton_column_size (next->model) - 1);
    }
  if (g_str_equal (way, "down"))
    {
      next = position + 1 >= n ? neighbour_cell (self, cell, 1, FALSE) : cell;
      return next == NULL ? NULL : baton_column_peek (next->model, next == cell ? position + 1 : 0);
    }
  next = neighbour_cell (self, cell, forward (self, way), TRUE);
  return next == NULL ? NULL
                      : baton_column_peek (next->model, MIN (position, baton_column_size (next->model) - 1));
}

static void
walk_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BatonBoardView *self = BATON_BOARD_VIEW (widget);
  BatonItem *card = card_towards (self, g_variant_get_string (parameter, NULL));

  if (card != NULL)
    baton_board_view_set_cursor (self, card, TRUE);
  else
    gtk_widget_error_bell (widget);
}

static void
extend_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BatonBoardView *self = BATON_BOARD_VIEW (widget);
  BatonItem *cursor = baton_board_view_cursor_card (self);
  BatonItem *card = card_towards (self, g_variant_get_string (parameter, NULL));

  if (card == NULL || cursor == NULL)
    return;
  g_hash_table_add (self->selected, g_strdup (baton_item_id (cursor)));
  g_hash_table_add (self->selected, g_strdup (baton_item_id (card)));
  baton_board_view_set_cursor (self, card, TRUE);
  baton_board_view_selection_changed (self);
}

static void
toggle_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BatonBoardView *self = BATON_BOARD_VIEW (widget);
  BatonItem *card = baton_board_view_cursor_card (self);

  if (card != NULL)
    baton_board_view_toggle (self, card);
}

static void
unselect_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BatonBoardView *self = BATON_BOARD_VIEW (widget);

  if (g_hash_table_size (self->selected) > 0)
    baton_board_view_unselect (self);
  else
    gtk_widget_activate_action (widget, "win.close-card", NULL);
}

static void
select_cards_of (BatonBoardView *self, const char *stage)
{
  for (guint i = 0; i < self->cells->len; i++)
    {
      BatonCell *cell = g_ptr_array_index (self->cells, i);

      for (guint j = 0; g_str_equal (cell->stage, stage) && j < baton_column_size (cell->model); j++)
        g_hash_table_add (self->selected, g_strdup (baton_item_id (baton_column_peek (cell->model, j))));
    }
  baton_board_view_selection_changed (self);
}

static void
select_all_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BatonBoardView *self = BATON_BOARD_VIEW (widget);
  BatonItem *card = baton_board_view_cursor_card (self);

  if (card != NULL)
    select_cards_of (self, baton_item_text (card, BATON_CARD_STAGE));
}

static void
select_stage_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  select_cards_of (BATON_BOARD_VIEW (widget), g_variant_get_string (parameter, NULL));
}

void
baton_board_view_install_cursor_actions (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "board.walk", "s", walk_cb);
  gtk_widget_class_install_action (klass, "board.extend", "s", extend_cb);
  gtk_widget_class_install_action (klass, "board.toggle", NULL, toggle_cb);
  gtk_widget_class_install_action (klass, "board.unselect", NULL, unselect_cb);
  gtk_widget_class_install_action (klass, "board.select-all", NULL, select_all_cb);
  gtk_widget_class_install_action (klass, "board.select-stage", "s", select_stage_cb);
}
