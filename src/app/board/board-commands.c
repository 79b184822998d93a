/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "board-view-private.h"

#include "board-ops.h"
#include "card-copy.h"
#include "window.h"

#include <glib/gi18n.h>

/* What a person does to cards and columns: one action each, the same for keys, menus, buttons and tests. */

static BatonWindow *
window_of (BatonBoardView *self)
{
  return BATON_WINDOW (gtk_widget_get_ancestor (GTK_WIDGET (self), BATON_TYPE_WINDOW));
}

void
baton_board_view_announce (BatonBoardView *self, const char *message)
{
  gtk_label_set_label (self->announcer, message);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->announcer), GTK_ACCESSIBLE_PROPERTY_LABEL, message, -1);
}

/* How an operation went, for eyes and ears; nothing when it was done and done is NULL. */
static void
tell (BatonBoardView *self, const GError *refusal, const char *done)
{
  BatonWindow *window = window_of (self);

  if (refusal != NULL || done != NULL)
    baton_board_view_announce (self, refusal != NULL ? refusal->message : done);
  if (window != NULL)
    baton_window_tell (window, refusal, done);
}

typedef struct
{
  BatonBoardView *view;
  char *done;
} Doing;

static void
performed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Doing *doing = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonEffect) effect = baton_workspace_perform_finish (BATON_WORKSPACE (source), result, &error);

  tell (doing->view, error, doing->done);
  g_object_unref (doing->view);
  g_free (doing->done);
  g_free (doing);
}

void
baton_board_view_perform (BatonBoardView *self, BatonOp *op, const char *done)
{
  Doing *doing = g_new0 (Doing, 1);

  doing->view = g_object_ref (self);
  doing->done = g_strdup (done);
  baton_workspace_perform_async (baton_board_workspace (self->board), op, performed_cb, doing);
}

/* After a move by key the cursor goes along, and where the card is now is said. */
typedef struct
{
  BatonBoardView *view;
  GPtrArray *cards;
} Moving;

static void
moved_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Moving *moving = data;
  BatonBoardView *self = moving->view;
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonEffect) effect = baton_workspace_perform_finish (BATON_WORKSPACE (source), result, &error);
  BatonItem *card = g_ptr_array_index (moving->cards, 0);
  guint position;
  BatonCell *cell;

  if (effect == NULL)
    tell (self, error, NULL);
  else if (self->board != NULL && (cell = baton_board_view_cell_of (self, card, &position)) != NULL)
    {
      g_autofree char *words = baton_board_moved_words (self->board, moving->cards, cell->stage);
      g_autofree char *place =
          g_strdup_printf (_ ("%s, %u of %u"), words, position + 1, baton_column_size (cell->model));

      baton_board_view_set_cursor (self, card, TRUE);
      baton_board_view_announce (self, place);
    }
  g_object_unref (moving->view);
  g_ptr_array_unref (moving->cards);
  g_free (moving);
}

static void
move_cards (BatonBoardView *self, GPtrArray *cards, const char *stage, const char *lane, const char *before,
    const char *after)
{
  Moving *moving = g_new0 (Moving, 1);

  moving->view = g_object_ref (self);
  moving->cards = g_ptr_array_ref (cards);
  baton_workspace_perform_async (baton_board_workspace (self->board),
      baton_board_op_move (self->board, cards, stage, lane, before, after), moved_cb, moving);
}

static BatonItem *
stage_beside (BatonBoardView *self, const char *stage, int step)
{
  BatonColumn *stages = baton_board_stages (self->board);

  for (guint i = 0; i < baton_column_size (stages); i++)
    {
      if (!g_str_equal (baton_item_id (baton_column_peek (stages, i)), stage))
        continue;
      for (int j = (int) i + step; j >= 0 && j < (int) baton_column_size (stages); j += step)
        {
          BatonItem *found = baton_column_peek (stages, (guint) j);

          if (baton_item_int (found, BATON_STAGE_ARCHIVED) == 0)
            return found;
        }
    }
  return NULL;
}

static void
move_across (BatonBoardView *self, GPtrArray *cards, int step)
{
  BatonItem *stage =
      stage_beside (self, baton_item_text (g_ptr_array_index (cards, 0), BATON_CARD_STAGE), step);
  BatonCell *cell;
  guint position = 0;
  BatonItem *beside;

  if (stage == NULL)
    {
      gtk_widget_error_bell (GTK_WIDGET (self));
      return;
    }
  baton_board_view_cell_of (self, g_ptr_array_index (cards, 0), &position);
  cell = baton_board_view_first_cell (self, baton_item_id (stage));
  /* It stays at about the same height, as if it had been pushed over. */
  beside = cell != NULL && baton_board_lanes (self->board) == BATON_LANES_NONE
               ? baton_column_peek (cell->model, position)
               : NULL;
  move_cards (self, cards, baton_item_id (stage), NULL, beside != NULL ? baton_item_id (beside) : NULL, NULL);
}

static void
move_along (BatonBoardView *self, GPtrArray *cards, const char *way)
{
  BatonItem *first = g_ptr_array_index (cards, 0);
  BatonItem *last = g_ptr_array_index (cards, cards->len - 1);
  guint from, to;
  BatonCell *cell = baton_board_view_cell_of (self, first, &from);
  BatonItem *before = NULL;
  BatonItem *after = NULL;

  if (cell == NULL || !baton_column_find (cell->model, last, &to))
    return;
  if (g_str_equal (way, "up") && from > 0)
    before = baton_column_peek (cell->model, from - 1);
  else if (g_str_equal (way, "down"))
    after = baton_column_peek (cell->model, to + 1);
  else if (g_str_equal (way, "first") && from > 0)
    before = baton_column_peek (cell->model, 0);
  else if (g_str_equal (way, "last") && to + 1 < baton_column_size (cell->model))
    after = baton_column_peek (cell->model, baton_column_size (cell->model) - 1);
  if (before == NULL && after == NULL)
    gtk_widget_error_bell (GTK_WIDGET (self));
  else
    move_cards (self, cards, cell->stage, NULL, before != NULL ? baton_item_id (before) : NULL,
        after != NULL ? baton_item_id (after) : NULL);
}

static void
move_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BatonBoardView *self = BATON_BOARD_VIEW (widget);
  const char *way = g_variant_get_string (parameter, NULL);
  g_autoptr (GPtrArray) cards = baton_board_view_chosen (self);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  if (cards->len == 0)
    return;
  if (g_str_equal (way, "left") || g_str_equal (way, "right"))
    move_across (self, cards, g_str_equal (way, "right") != rtl ? 1 : -1);
  else
    move_along (self, cards, way);
}

static void
move_to_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BatonBoardView *self = BATON_BOARD_VIEW (widget);
  g_autoptr (GPtrArray) cards = baton_board_view_chosen (self);

  if (cards->len > 0)
    move_cards (self, cards, g_variant_get_string (parameter, NULL), NULL, NULL, NULL);
}

static void
open_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BatonBoardView *self = BATON_BOARD_VIEW (widget);

  if (baton_board_view_cursor_card (self) != NULL)
    g_signal_emit_by_name (self, "open-card", self->cursor);
}

/* By keys one goes into what one opens; a click leaves the focus on the card. */
static void
enter_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  open_cb (widget, action, parameter);
  gtk_widget_activate_action (widget, "win.enter-card", NULL);
}

/* A command on the chosen cards that takes them off the board: the cursor goes to a neighbour first. */
static void
take_away (BatonBoardView *self, BatonVerb verb, const char *format)
{
  g_autoptr (GPtrArray) cards = baton_board_view_chosen (self);
  g_autofree char *what = NULL;
  g_autofree char *done = NULL;

  if (cards->len == 0)
    return;
  what = baton_board_cards_words (cards);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  done = g_strdup_printf (format, what);
#pragma GCC diagnostic pop
  baton_board_view_unselect (self);
  baton_board_view_perform (self, baton_board_op_on_cards (verb, cards), done);
}

static void
bin_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  take_away (BATON_BOARD_VIEW (widget), BATON_VERB_CARD_BIN, _ ("Put %s into the bin"));
}

static void
archive_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  take_away (BATON_BOARD_VIEW (widget), BATON_VERB_CARD_ARCHIVE, _ ("Archived %s"));
}

static void
perform_copy (BatonBoardView *self, const char *card, BatonCopyKind kind, const char *stage, const char *done)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  BatonOp *op = baton_card_copy (
      baton_workspace_reader (baton_board_workspace (self->board)), card, kind, stage, &id, &error);

  if (op != NULL)
    baton_board_view_perform (self, op, done);
  else
    baton_window_toast_error (window_of (self), error);
}

static void
duplicate_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BatonBoardView *self = BATON_BOARD_VIEW (widget);

  if (baton_board_view_cursor_card (self) != NULL)
    perform_copy (self, self->cursor, BATON_COPY_DUPLICATE, NULL, _ ("Duplicated the card"));
}

static void
make_template_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BatonBoardView *self = BATON_BOARD_VIEW (widget);

  if (baton_board_view_cursor_card (self) != NULL)
    perform_copy (self, self->cursor, BATON_COPY_TO_TEMPLATE, NULL, _ ("Made a template of the card"));
}

static void
from_template_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const char *template, *stage;

  g_variant_get (parameter, "(&s&s)", &template, &stage);
  perform_copy (BATON_BOARD_VIEW (widget), template, BATON_COPY_FROM_TEMPLATE, stage,
      _ ("Added a card from the template"));
}

static void
set_ref_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  static const struct
  {
    const char *action;
    BatonField field;
  } table[] = { { "board.assign", BATON_CARD_OWNER }, { "board.channel", BATON_CARD_CHANNEL },
    { "board.campaign", BATON_CARD_CAMPAIGN }, { "board.urgency", BATON_CARD_URGENCY } };
  BatonBoardView *self = BATON_BOARD_VIEW (widget);
  g_autoptr (GPtrArray) cards = baton_board_view_chosen (self);
  const char *id = g_variant_get_string (parameter, NULL);
  g_autofree char *what = baton_board_cards_words (cards);
  g_autofree char *done = g_strdup_printf (_ ("Changed %s"), what);

  for (guint i = 0; cards->len > 0 && i < G_N_ELEMENTS (table); i++)
    {
      if (g_str_equal (table[i].action, action))
        baton_board_view_perform (
            self, baton_board_op_set_ref (table[i].field, cards, *id != '\0' ? id : NULL), done);
    }
}

/* A label that every chosen card has is taken away, else it is added to all. */
static void
label_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BatonBoardView *self = BATON_BOARD_VIEW (widget);
  g_autoptr (GPtrArray) cards = baton_board_view_chosen (self);
  const char *label = g_variant_get_string (parameter, NULL);
  g_autofree char *what = baton_board_cards_words (cards);
  g_autofree char *done = g_strdup_printf (_ ("Changed the labels of %s"), what);
  gboolean add = FALSE;

  for (guint i = 0; i < cards->len; i++)
    add = add || !baton_item_has (g_ptr_array_index (cards, i), BATON_CARD_LABELS, label);
  if (cards->len > 0)
    baton_board_view_perform (self, baton_board_op_label (cards, label, add), done);
}

static void
due_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BatonBoardView *self = BATON_BOARD_VIEW (widget);
  g_autoptr (GPtrArray) cards = baton_board_view_chosen (self);
  g_autofree char *what = baton_board_cards_words (cards);
  g_autofree char *done = g_strdup_printf (_ ("Changed the due date of %s"), what);

  if (cards->len > 0)
    baton_board_view_perform (
        self, baton_board_op_set_time (BATON_CARD_DUE, cards, g_variant_get_int64 (parameter)), done);
}

static void
collapse_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BatonBoardView *self = BATON_BOARD_VIEW (widget);
  const char *stage = g_variant_get_string (parameter, NULL);

  if (!g_hash_table_remove (self->folded_stages, stage))
    g_hash_table_add (self->folded_stages, g_strdup (stage));
  baton_board_view_queue_layout (self);
}

static void
move_stage_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BatonBoardView *self = BATON_BOARD_VIEW (widget);
  const char *stage = g_variant_get_string (parameter, NULL);
  gboolean earlier = g_str_equal (action, "board.stage-earlier");
  BatonItem *beside = stage_beside (self, stage, earlier ? -1 : 1);
  BatonOp *op;

  if (beside == NULL)
    {
      gtk_widget_error_bell (widget);
      return;
    }
  op = baton_op_new (BATON_VERB_STAGE_MOVE);
  baton_op_add_id (op, stage);
  baton_op_set_place (op, earlier ? baton_item_id (beside) : NULL, earlier ? NULL : baton_item_id (beside));
  baton_board_view_perform (self, op, NULL);
}

static void
archive_stage_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BatonBoardView *self = BATON_BOARD_VIEW (widget);

  baton_board_view_unselect (self);
  gtk_widget_activate_action (widget, "board.select-stage", "s", g_variant_get_string (parameter, NULL));
  if (g_hash_table_size (self->selected) > 0)
    gtk_widget_activate_action (widget, "board.archive", NULL);
}

static void
add_card_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  baton_board_view_open_quick_add (BATON_BOARD_VIEW (widget), g_variant_get_string (parameter, NULL));
}

static void
new_card_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  baton_board_view_new_card (BATON_BOARD_VIEW (widget));
}

void
baton_board_view_install_commands (GtkWidgetClass *klass)
{
  gtk_widget_class_install_action (klass, "board.move", "s", move_cb);
  gtk_widget_class_install_action (klass, "board.move-to", "s", move_to_cb);
  gtk_widget_class_install_action (klass, "board.open", NULL, open_cb);
  gtk_widget_class_install_action (klass, "board.enter", NULL, enter_cb);
  gtk_widget_class_install_action (klass, "board.bin", NULL, bin_cb);
  gtk_widget_class_install_action (klass, "board.archive", NULL, archive_cb);
  gtk_widget_class_install_action (klass, "board.duplicate", NULL, duplicate_cb);
  gtk_widget_class_install_action (klass, "board.make-template", NULL, make_template_cb);
  gtk_widget_class_install_action (klass, "board.from-template", "(ss)", from_template_cb);
  gtk_widget_class_install_action (klass, "board.assign", "s", set_ref_cb);
  gtk_widget_class_install_action (klass, "board.channel", "s", set_ref_cb);
  gtk_widget_class_install_action (klass, "board.campaign", "s", set_ref_cb);
  gtk_widget_class_install_action (klass, "board.urgency", "s", set_ref_cb);
  gtk_widget_class_install_action (klass, "board.label", "s", label_cb);
  gtk_widget_class_install_action (klass, "board.due", "x", due_cb);
  gtk_widget_class_install_action (klass, "board.collapse", "s", collapse_cb);
  gtk_widget_class_install_action (klass, "board.stage-earlier", "s", move_stage_cb);
  gtk_widget_class_install_action (klass, "board.stage-later", "s", move_stage_cb);
  gtk_widget_class_install_action (klass, "board.archive-stage", "s", archive_stage_cb);
  gtk_widget_class_install_action (klass, "board.add-card", "s", add_card_cb);
  gtk_widget_class_install_action (klass, "board.new-card", NULL, new_card_cb);
  gtk_widget_class_add_binding_action (klass, GDK_KEY_n, 0, "board.new-card", NULL);
}
