/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "board-flight.h"
#include "board-view-private.h"
#include "minutes.h"

#include <glib/gi18n.h>

/* The board on screen. It holds no data of its own: cells of the board's model go into lazy lists, and what a
 * person does becomes an operation (board-commands.c, board-drag.c) whose effect comes back through the
 * model. */

enum
{
  PROP_0,
  PROP_SEARCH_MODE,
};

enum
{
  OPEN_CARD,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonBoardView, baton_board_view, ADW_TYPE_BIN)

BatonBoard *
baton_board_view_board (BatonBoardView *self)
{
  return self->board;
}

void
baton_board_view_refresh_hint (BatonBoardView *self)
{
  gboolean filtered = baton_board_is_filtered (self->board);
  gboolean any = FALSE;

  for (guint i = 0; i < self->cells->len && !any; i++)
    any = baton_column_size (((BatonCell *) g_ptr_array_index (self->cells, i))->model) > 0;
  gtk_widget_set_visible (GTK_WIDGET (self->hint), !any);
  if (!any)
    gtk_label_set_label (
        self->hint, filtered ? _ ("No card passes the filter. Escape in the search shows all again.")
                             : _ ("No cards yet. Press N, or the + of a stage, and type a title."));
}

static void
cells_changed_cb (BatonBoard *board, const char *stage, BatonBoardView *self)
{
  baton_board_view_refresh_headers (self, stage);
  baton_board_view_prune_selection (self);
  baton_board_view_refresh_hint (self);
}

static void
stages_changed_cb (GListModel *stages, guint position, guint removed, guint added, BatonBoardView *self)
{
  baton_board_view_queue_layout (self);
}

/* A stage's kind or its being archived decides how its column looks. */
static void
faces_changed_cb (BatonBoard *board, BatonBoardView *self)
{
  baton_board_view_rebind (self);
}

/* What an undo brought back is where the person looks. */
static void
follow_undo (BatonBoardView *self, const BatonOp *op, const BatonEffect *effect)
{
  BatonItem *card =
      effect->cards->len > 0 ? baton_board_card (self->board, g_ptr_array_index (effect->cards, 0)) : NULL;
  guint position;

  if (card != NULL && baton_verb_info (op->verb)->action == BATON_ACTION_UNDO &&
      baton_board_view_cell_of (self, card, &position) != NULL)
    baton_board_view_set_cursor (self, card, gtk_widget_get_focus_child (GTK_WIDGET (self->host)) != NULL);
}

static void
performed_cb (BatonWorkspace *workspace, const BatonOp *op, const BatonEffect *effect, BatonBoardView *self)
{
  if (op != NULL && op->verb != BATON_VERB_UNKNOWN)
    follow_undo (self, op, effect);
  if (op == NULL)
    baton_board_view_fly (self, effect);
  for (guint i = 0; i < effect->changes->len; i++)
    {
      const BatonChange *change = g_ptr_array_index (effect->changes, i);

      if (!change->created && (change->field == BATON_STAGE_KIND || change->field == BATON_STAGE_ARCHIVED))
        baton_board_view_queue_layout (self);
    }
}

static void
apply_lanes (BatonBoardView *self)
{
  if (self->board != NULL)
    baton_board_set_lanes (self->board, (BatonLanes) g_settings_get_enum (self->settings, "lanes"));
}

void
baton_board_view_set_board (BatonBoardView *self, BatonBoard *board)
{
  if (self->board == board)
    return;
  if (self->board != NULL)
    {
      baton_board_view_unselect (self);
      baton_board_view_clear_layout (self);
      g_signal_handlers_disconnect_by_data (self->board, self);
      g_signal_handlers_disconnect_by_data (baton_board_stages (self->board), self);
      g_signal_handlers_disconnect_by_data (baton_board_workspace (self->board), self);
    }
  g_clear_pointer (&self->cursor, g_free);
  g_clear_pointer (&self->watched, g_free);
  g_hash_table_remove_all (self->folded_stages);
  g_hash_table_remove_all (self->folded_lanes);
  g_set_object (&self->board, board);
  baton_filter_bar_set_board (self->filter_bar, board);
  if (board == NULL)
    return;
  apply_lanes (self);
  g_signal_connect (board, "cells-changed", G_CALLBACK (cells_changed_cb), self);
  g_signal_connect (board, "faces-changed", G_CALLBACK (faces_changed_cb), self);
  g_signal_connect_swapped (board, "lanes-changed", G_CALLBACK (baton_board_view_queue_layout), self);
  g_signal_connect (baton_board_stages (board), "items-changed", G_CALLBACK (stages_changed_cb), self);
  g_signal_connect (baton_board_workspace (board), "performed", G_CALLBACK (performed_cb), self);
  baton_board_view_layout (self);
  baton_board_view_scroll_to_start (self);
}

void
baton_board_view_layout_again (BatonBoardView *self)
{
  if (self->board != NULL)
    baton_board_view_layout (self);
}

void
baton_board_view_start_search (BatonBoardView *self)
{
  baton_filter_bar_start (self->filter_bar);
}

/* Ages are told in minutes: what is seen is told anew. */
static void
minute_cb (gpointer data)
{
  baton_board_view_rebind (data);
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_object_get_property (G_OBJECT (BATON_BOARD_VIEW (object)->filter_bar), "search-mode", value);
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  g_object_set_property (G_OBJECT (BATON_BOARD_VIEW (object)->filter_bar), "search-mode", value);
}

static void
baton_board_view_dispose (GObject *object)
{
  BatonBoardView *self = BATON_BOARD_VIEW (object);

  baton_board_view_set_board (self, NULL);
  g_clear_object (&self->drag);
  g_clear_object (&self->across_edges);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (baton_board_view_parent_class)->dispose (object);
}

static void
baton_board_view_finalize (GObject *object)
{
  BatonBoardView *self = BATON_BOARD_VIEW (object);

  g_ptr_array_unref (self->cells);
  g_hash_table_unref (self->headers);
  g_hash_table_unref (self->lane_heads);
  g_hash_table_unref (self->folded_stages);
  g_hash_table_unref (self->folded_lanes);
  g_hash_table_unref (self->selected);
  g_clear_pointer (&self->lifted, g_ptr_array_unref);
  g_clear_object (&self->lifted_stage);
  g_free (self->cursor);
  g_free (self->watched);
  G_OBJECT_CLASS (baton_board_view_parent_class)->finalize (object);
}

static void
baton_board_view_class_init (BatonBoardViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = baton_board_view_dispose;
  object_class->finalize = baton_board_view_finalize;
  object_class->get_property = get_property;
  object_class->set_property = set_property;
  g_object_class_install_property (object_class, PROP_SEARCH_MODE,
      g_param_spec_boolean ("search-mode", NULL, NULL, FALSE,
          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));
  signals[OPEN_CARD] = g_signal_new ("open-card", BATON_TYPE_BOARD_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
      NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  baton_board_view_install_cursor_actions (widget_class);
  baton_board_view_install_commands (widget_class);
  baton_board_view_install_menus (widget_class);
}

static void
search_mode_cb (BatonBoardView *self)
{
  g_object_notify (G_OBJECT (self), "search-mode");
}

static GtkWidget *
new_announcer (void)
{
  GtkWidget *label = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, NULL);

  gtk_widget_set_opacity (label, 0);
  gtk_widget_set_can_target (label, FALSE);
  gtk_widget_set_halign (label, GTK_ALIGN_START);
  gtk_widget_set_valign (label, GTK_ALIGN_END);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 1);
  return label;
}

static void
build (BatonBoardView *self)
{
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  self->filter_bar = BATON_FILTER_BAR (baton_filter_bar_new ());
  self->host = GTK_OVERLAY (gtk_overlay_new ());
  self->across = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  self->announcer = GTK_LABEL (new_announcer ());
  gtk_scrolled_window_set_policy (self->across, GTK_POLICY_AUTOMATIC, GTK_POLICY_NEVER);
  gtk_overlay_set_child (self->host, GTK_WIDGET (self->across));
  gtk_overlay_add_overlay (self->host, GTK_WIDGET (self->announcer));
  self->hint = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->hint, TRUE);
  gtk_label_set_justify (self->hint, GTK_JUSTIFY_CENTER);
  gtk_label_set_max_width_chars (self->hint, 40);
  gtk_widget_add_css_class (GTK_WIDGET (self->hint), "board-hint");
  gtk_widget_set_can_target (GTK_WIDGET (self->hint), FALSE);
  gtk_widget_set_halign (GTK_WIDGET (self->hint), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self->hint), GTK_ALIGN_CENTER);
  gtk_widget_set_visible (GTK_WIDGET (self->hint), FALSE);
  gtk_overlay_add_overlay (self->host, GTK_WIDGET (self->hint));
  gtk_widget_set_vexpand (GTK_WIDGET (self->host), TRUE);
  gtk_box_append (self->box, GTK_WIDGET (self->filter_bar));
  gtk_box_append (self->box, GTK_WIDGET (self->host));
  gtk_box_append (self->box, baton_board_view_build_bulk_bar (self));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
  g_signal_connect_swapped (self->filter_bar, "notify::search-mode", G_CALLBACK (search_mode_cb), self);
}

static void
baton_board_view_init (BatonBoardView *self)
{
  self->cells = g_ptr_array_new_with_free_func (baton_cell_free);
  self->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->lane_heads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->folded_stages = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->folded_lanes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->selected = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->settings = g_settings_new ("io.github.batonboard.Baton");
  build (self);
  baton_board_view_init_drag (self);
  baton_board_view_init_across (self);
  g_signal_connect_swapped (self->settings, "changed::lanes", G_CALLBACK (apply_lanes), self);
  baton_each_minute (GTK_WIDGET (self), minute_cb);
  g_signal_connect_object (gtk_widget_get_settings (GTK_WIDGET (self)), "notify::gtk-xft-dpi",
      G_CALLBACK (baton_board_view_queue_layout), self, G_CONNECT_SWAPPED);
}

BatonBoardView *
baton_board_view_new (void)
{
  return g_object_new (BATON_TYPE_BOARD_VIEW, NULL);
}
