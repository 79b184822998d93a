/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "filter-bar.h"

#include "button-names.h"
#include "filter-chooser.h"
#include "window.h"
#include "permits.h"

#include <glib/gi18n.h>

struct _BatonFilterBar
{
  GtkWidget parent_instance;

  GtkRevealer *revealer;
  GtkSearchEntry *entry;
  GtkMenuButton *choose;
  GtkMenuButton *save;
  GtkEntry *name;
  GtkFlowBox *chips;
  GtkLabel *found;
  BatonBoard *board;
  gboolean loading; /* the entry is being set from the filter */
};

enum
{
  PROP_0,
  PROP_SEARCH_MODE,
};

G_DEFINE_FINAL_TYPE (BatonFilterBar, baton_filter_bar, GTK_TYPE_WIDGET)

static void
apply (BatonFilterBar *self, BatonFilterKind kind, const char *value, gboolean on)
{
  g_autoptr (BatonFilter) filter = baton_filter_copy (baton_board_filter (self->board));

  baton_filter_set (filter, kind, value, on);
  baton_board_set_filter (self->board, filter);
}

/* The chip goes, and the focus with it: the entry takes that. */
static void
chip_clicked_cb (GtkButton *chip, BatonFilterBar *self)
{
  BatonFilterKind kind = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (chip), "kind"));

  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  apply (self, kind, g_object_get_data (G_OBJECT (chip), "value"), FALSE);
}

static void
add_chip (BatonFilterBar *self, BatonFilterKind kind, const char *value)
{
  g_autofree char *value_words = baton_filter_value_words (self->board, kind, value);
  g_autofree char *words = g_strdup_printf (_ ("%s: %s"), baton_filter_kind_words (kind), value_words);
  g_autofree char *tooltip = g_strdup_printf (_ ("Take the condition “%s” away"), words);
  GtkWidget *chip = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("window-close-symbolic"));
  gtk_button_set_child (GTK_BUTTON (chip), box);
  gtk_widget_add_css_class (chip, "chip");
  gtk_widget_set_tooltip_text (chip, tooltip);
  baton_name_buttons (chip);
  g_object_set_data (G_OBJECT (chip), "kind", GUINT_TO_POINTER (kind));
  g_object_set_data_full (G_OBJECT (chip), "value", g_strdup (value), g_free);
  g_signal_connect (chip, "clicked", G_CALLBACK (chip_clicked_cb), self);
  gtk_flow_box_append (self->chips, chip);
  gtk_widget_set_focusable (gtk_widget_get_parent (chip), FALSE);
}

static guint
count_shown (BatonFilterBar *self)
{
  BatonColumn *stages = baton_board_stages (self->board);
  guint n = 0;

  for (guint i = 0; i < baton_column_size (stages); i++)
    n += baton_board_count_shown (self->board, baton_item_id (baton_column_peek (stages, i)));
  return n;
}

static void
refresh_found (BatonFilterBar *self)
{
  guint n = count_shown (self);
  g_autofree char *found = g_strdup_printf (ngettext ("%u card", "%u cards", n), n);

  gtk_label_set_label (self->found, baton_board_is_filtered (self->board) ? found : "");
}

static void
refresh (BatonFilterBar *self)
{
  const BatonFilter *filter = baton_board_filter (self->board);
  gboolean any = !baton_filter_is_empty (filter);
  GtkWidget *child;

  refresh_found (self);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->chips))) != NULL)
    gtk_flow_box_remove (self->chips, child);
  for (guint i = 0; i < BATON_N_FILTERS; i++)
    {
      for (guint j = 0; j < filter->values[i]->len; j++)
        add_chip (self, i, g_ptr_array_index (filter->values[i], j));
    }
  gtk_widget_set_visible (
      GTK_WIDGET (self->chips), gtk_widget_get_first_child (GTK_WIDGET (self->chips)) != NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->save), any);
  gtk_widget_set_visible (GTK_WIDGET (self->save),
      baton_workspace_why_not (baton_board_workspace (self->board), BATON_VERB_FILTER_ADD) == NULL);
  self->loading = TRUE;
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->entry)),
          filter->text != NULL ? filter->text : "") != 0 &&
      gtk_widget_get_focus_child (GTK_WIDGET (self)) == NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), filter->text != NULL ? filter->text : "");
  self->loading = FALSE;
}

static void
typed_cb (GtkEditable *entry, BatonFilterBar *self)
{
  g_autoptr (BatonFilter) filter = NULL;

  if (self->loading || self->board == NULL)
    return;
  filter = baton_filter_copy (baton_board_filter (self->board));
  baton_filter_set_text (filter, gtk_editable_get_text (entry));
  baton_board_set_filter (self->board, filter);
}

static void
clear_all (BatonFilterBar *self)
{
  g_autoptr (BatonFilter) none = baton_filter_new ();

  self->loading = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  self->loading = FALSE;
  if (self->board != NULL)
    baton_board_set_filter (self->board, none);
}

/* Escape in the entry: everything is shown again. */
static void
stop_cb (GtkSearchEntry *entry, BatonFilterBar *self)
{
  clear_all (self);
  g_object_set (self, "search-mode", FALSE, NULL);
}

static void
make_chooser_cb (GtkMenuButton *button, gpointer data)
{
  BatonFilterBar *self = data;

  gtk_menu_button_set_popover (button, self->board != NULL ? baton_filter_chooser_new (self->board) : NULL);
}

static void
save_cb (GtkWidget *source, BatonFilterBar *self)
{
  BatonWindow *window = BATON_WINDOW (gtk_widget_get_ancestor (GTK_WIDGET (self), BATON_TYPE_WINDOW));
  const char *name = gtk_editable_get_text (GTK_EDITABLE (self->name));
  g_autofree char *id = baton_store_new_id ();
  g_autofree char *query = baton_filter_to_json (baton_board_filter (self->board));
  BatonOp *op;
  BatonRow *row;

  if (*name == '\0' || window == NULL)
    return;
  op = baton_op_new (BATON_VERB_FILTER_ADD);
  row = baton_op_add_row (op, BATON_ENTITY_FILTER, id);
  baton_row_set_text (row, BATON_FILTER_BOARD, baton_board_id (self->board));
  baton_row_set_text (row, BATON_FILTER_NAME, name);
  baton_row_set_text (row, BATON_FILTER_QUERY, query);
  baton_window_perform (window, op, _ ("Saved the filter. It is in the sidebar."));
  gtk_menu_button_popdown (self->save);
  gtk_editable_set_text (GTK_EDITABLE (self->name), "");
}

static GtkWidget *
new_save_popover (BatonFilterBar *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *button = gtk_button_new_with_label (_ ("Save"));

  self->name = GTK_ENTRY (gtk_entry_new ());
  gtk_entry_set_placeholder_text (self->name, _ ("Name of the filter"));
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->name), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Name of the filter"), -1);
  gtk_widget_add_css_class (button, "suggested-action");
  g_signal_connect (self->name, "activate", G_CALLBACK (save_cb), self);
  g_signal_connect (button, "clicked", G_CALLBACK (save_cb), self);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->name));
  gtk_box_append (GTK_BOX (box), button);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  return popover;
}

static GtkWidget *
build_row (BatonFilterBar *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *clear = gtk_button_new_with_label (_ ("Clear"));

  self->entry = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  g_object_set (self->entry, "placeholder-text", _ ("Titles, briefs, notes, comments, labels, people"), NULL);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Find cards"), -1);
  gtk_widget_set_hexpand (GTK_WIDGET (self->entry), TRUE);
  /* "changed", not "search-changed": the index answers within a frame or two, so there is nothing to wait
   * for. */
  g_signal_connect (self->entry, "changed", G_CALLBACK (typed_cb), self);
  g_signal_connect (self->entry, "stop-search", G_CALLBACK (stop_cb), self);
  self->found = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->found), "dim-label");
  self->choose = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_label (self->choose, _ ("Filter"));
  gtk_menu_button_set_create_popup_func (self->choose, make_chooser_cb, self, NULL);
  self->save = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_label (self->save, _ ("Save…"));
  gtk_menu_button_set_popover (self->save, new_save_popover (self));
  g_signal_connect_swapped (clear, "clicked", G_CALLBACK (clear_all), self);
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->entry));
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->found));
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->choose));
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (self->save));
  gtk_box_append (GTK_BOX (row), clear);
  return row;
}

void
baton_filter_bar_set_board (BatonFilterBar *self, BatonBoard *board)
{
  if (self->board != NULL)
    g_signal_handlers_disconnect_by_data (self->board, self);
  g_set_object (&self->board, board);
  if (board == NULL)
    return;
  g_signal_connect_swapped (board, "filter-changed", G_CALLBACK (refresh), self);
  g_signal_connect_swapped (board, "cells-changed", G_CALLBACK (refresh_found), self);
  refresh (self);
}

void
baton_filter_bar_start (BatonFilterBar *self)
{
  g_object_set (self, "search-mode", TRUE, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void
get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_boolean (value, gtk_revealer_get_reveal_child (BATON_FILTER_BAR (object)->revealer));
}

static void
set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BatonFilterBar *self = BATON_FILTER_BAR (object);
  gboolean shown = g_value_get_boolean (value);

  if (gtk_revealer_get_reveal_child (self->revealer) == shown)
    return;
  gtk_revealer_set_reveal_child (self->revealer, shown);
  if (shown)
    gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  g_object_notify_by_pspec (object, pspec);
}

static void
baton_filter_bar_dispose (GObject *object)
{
  BatonFilterBar *self = BATON_FILTER_BAR (object);

  baton_filter_bar_set_board (self, NULL);
  g_clear_pointer ((GtkWidget **) &self->revealer, gtk_widget_unparent);
  G_OBJECT_CLASS (baton_filter_bar_parent_class)->dispose (object);
}

static void
baton_filter_bar_class_init (BatonFilterBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = baton_filter_bar_dispose;
  object_class->get_property = get_property;
  object_class->set_property = set_property;
  g_object_class_install_property (object_class, PROP_SEARCH_MODE,
      g_param_spec_boolean ("search-mode", NULL, NULL, FALSE,
          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "filterbar");
}

static void
baton_filter_bar_init (BatonFilterBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->revealer = GTK_REVEALER (gtk_revealer_new ());
  self->chips = GTK_FLOW_BOX (gtk_flow_box_new ());
  gtk_flow_box_set_selection_mode (self->chips, GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (self->chips, 12);
  gtk_widget_set_halign (GTK_WIDGET (self->chips), GTK_ALIGN_START);
  gtk_widget_add_css_class (box, "filter-box");
  gtk_box_append (GTK_BOX (box), build_row (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->chips));
  gtk_revealer_set_child (self->revealer, box);
  gtk_widget_set_parent (GTK_WIDGET (self->revealer), GTK_WIDGET (self));
}

GtkWidget *
baton_filter_bar_new (void)
{
  return g_object_new (BATON_TYPE_FILTER_BAR, NULL);
}
