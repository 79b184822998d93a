/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "shelf-dialog.h"

#include "card-copy.h"
#include "change.h"
#include "shelf-boards.h"
#include "shelf-list.h"
#include "permits.h"

#include <glib/gi18n.h>

#define BATON_TYPE_SHELF_DIALOG (baton_shelf_dialog_get_type ())
G_DECLARE_FINAL_TYPE (BatonShelfDialog, baton_shelf_dialog, BATON, SHELF_DIALOG, AdwWindow)

struct _BatonShelfDialog
{
  AdwWindow parent_instance;

  /* Template */
  AdwViewSwitcherTitle *switcher;
  AdwViewStack *stack;
  GtkToggleButton *search_button;
  GtkSearchBar *search_bar;
  GtkSearchEntry *search_entry;
  GtkRevealer *bar;
  GtkWidget *action_button;
  GtkButton *all_button;

  BatonWindow *window; /* borrowed: it is the transient parent */
  BatonBoard *board;
};

G_DEFINE_FINAL_TYPE (BatonShelfDialog, baton_shelf_dialog, ADW_TYPE_WINDOW)

/* The list of cards that is shown; NULL for the page of boards. */
static BatonShelfList *
shown (BatonShelfDialog *self)
{
  GtkWidget *page = adw_view_stack_get_visible_child (self->stack);

  return BATON_IS_SHELF_LIST (page) ? BATON_SHELF_LIST (page) : NULL;
}

static gboolean
is_writable (BatonShelfDialog *self)
{
  return baton_workspace_why_not (baton_board_workspace (self->board), BATON_VERB_CARD_RESTORE) == NULL;
}

static void
update_bar (BatonShelfDialog *self)
{
  BatonShelfList *list = shown (self);
  g_autoptr (GPtrArray) selected = NULL;
  g_autofree char *label = NULL;
  gboolean templates;

  if (list == NULL || self->board == NULL)
    {
      gtk_revealer_set_reveal_child (self->bar, FALSE);
      return;
    }
  selected = baton_shelf_list_selected (list);
  templates = baton_shelf_list_shelf (list) == BATON_SHELF_TEMPLATES;
  label =
      selected->len == 0 ? g_strdup (templates ? _ ("New card") : _ ("Restore"))
      : templates
          ? g_strdup_printf (ngettext ("Make %u new card", "Make %u new cards", selected->len), selected->len)
          : g_strdup_printf (ngettext ("Restore %u card", "Restore %u cards", selected->len), selected->len);
  gtk_button_set_label (GTK_BUTTON (self->action_button), label);
  gtk_widget_set_sensitive (self->action_button, selected->len > 0 && is_writable (self));
  gtk_button_set_label (self->all_button, selected->len > 0 && selected->len == baton_shelf_list_size (list)
                                              ? _ ("Select none")
                                              : _ ("Select all"));
  gtk_revealer_set_reveal_child (self->bar, baton_shelf_list_size (list) > 0);
}

static void
restore (BatonShelfDialog *self, BatonShelf shelf, GPtrArray *cards)
{
  BatonOp *op =
      baton_op_new (shelf == BATON_SHELF_ARCHIVE ? BATON_VERB_CARD_UNARCHIVE : BATON_VERB_CARD_RESTORE);
  g_autofree char *done = NULL;

  for (guint i = 0; i < cards->len; i++)
    baton_op_add_id (op, baton_item_id (g_ptr_array_index (cards, i)));
  done = cards->len == 1 ? g_strdup_printf (_ ("“%s” is back on the board."),
                               baton_item_text (g_ptr_array_index (cards, 0), BATON_CARD_TITLE))
                         : g_strdup_printf (ngettext ("%u card is back on the board.",
                                                "%u cards are back on the board.", cards->len),
                               cards->len);
  baton_change_with_toast (
      self->action_button, baton_board_workspace (self->board), op, done, _ ("Undo"), NULL);
}

static void
make_cards (BatonShelfDialog *self, GPtrArray *templates)
{
  for (guint i = 0; i < templates->len; i++)
    {
      BatonItem *card = g_ptr_array_index (templates, i);
      g_autoptr (GError) error = NULL;
      g_autofree char *id = NULL;
      BatonOp *op = baton_card_copy (baton_workspace_reader (baton_board_workspace (self->board)),
          baton_item_id (card), BATON_COPY_FROM_TEMPLATE, NULL, &id, &error);
      g_autofree char *done =
          g_strdup_printf (_ ("A new card “%s” is on the board."), baton_item_text (card, BATON_CARD_TITLE));

      if (op == NULL)
        baton_change_tell (self->action_button, error->message);
      else
        baton_change_with_toast (
            self->action_button, baton_board_workspace (self->board), op, done, _ ("Undo"), NULL);
    }
}

static void
act_on (BatonShelfDialog *self, BatonShelfList *list, GPtrArray *cards)
{
  if (cards->len == 0 || !is_writable (self))
    return;
  if (baton_shelf_list_shelf (list) == BATON_SHELF_TEMPLATES)
    make_cards (self, cards);
  else
    restore (self, baton_shelf_list_shelf (list), cards);
}

static void
act_cb (BatonShelfDialog *self)
{
  BatonShelfList *list = shown (self);
  g_autoptr (GPtrArray) cards = baton_shelf_list_selected (list);

  act_on (self, list, cards);
  if (baton_shelf_list_shelf (list) == BATON_SHELF_TEMPLATES)
    baton_shelf_list_select_all (list, FALSE);
}

/* Enter on a card takes it alone. */
static void
activated_cb (BatonShelfList *list, BatonItem *card, BatonShelfDialog *self)
{
  g_autoptr (GPtrArray) cards = g_ptr_array_new ();

  g_ptr_array_add (cards, card);
  act_on (self, list, cards);
}

static void
select_all_cb (BatonShelfDialog *self)
{
  BatonShelfList *list = shown (self);
  g_autoptr (GPtrArray) selected = baton_shelf_list_selected (list);

  baton_shelf_list_select_all (list, selected->len < baton_shelf_list_size (list));
}

static void
search_changed_cb (BatonShelfDialog *self)
{
  if (shown (self) != NULL)
    baton_shelf_list_search (shown (self), gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  update_bar (self);
}

static void
page_changed_cb (BatonShelfDialog *self)
{
  if (self->board != NULL)
    search_changed_cb (self);
}

static gboolean
find_cb (GtkWidget *widget, GVariant *args, gpointer data)
{
  gtk_search_bar_set_search_mode (BATON_SHELF_DIALOG (widget)->search_bar, TRUE);
  return TRUE;
}

static void
add_list (BatonShelfDialog *self, BatonShelf shelf, const char *name, const char *title, const char *icon)
{
  GtkWidget *list = baton_shelf_list_new (self->board, shelf);

  g_signal_connect_object (list, "selection-changed", G_CALLBACK (update_bar), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (list, "activated", G_CALLBACK (activated_cb), self, 0);
  adw_view_stack_add_titled (self->stack, list, name, title);
  adw_view_stack_page_set_icon_name (adw_view_stack_get_page (self->stack, list), icon);
}

static void
baton_shelf_dialog_dispose (GObject *object)
{
  g_clear_object (&BATON_SHELF_DIALOG (object)->board);
  G_OBJECT_CLASS (baton_shelf_dialog_parent_class)->dispose (object);
}

static void
baton_shelf_dialog_class_init (BatonShelfDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_shelf_dialog_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/batonboard/Baton/settings/shelf-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonShelfDialog, switcher);
  gtk_widget_class_bind_template_child (widget_class, BatonShelfDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, BatonShelfDialog, search_button);
  gtk_widget_class_bind_template_child (widget_class, BatonShelfDialog, search_bar);
  gtk_widget_class_bind_template_child (widget_class, BatonShelfDialog, search_entry);
  gtk_widget_class_bind_template_child (widget_class, BatonShelfDialog, bar);
  gtk_widget_class_bind_template_child (widget_class, BatonShelfDialog, action_button);
  gtk_widget_class_bind_template_child (widget_class, BatonShelfDialog, all_button);
  gtk_widget_class_bind_template_callback (widget_class, act_cb);
  gtk_widget_class_bind_template_callback (widget_class, select_all_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, page_changed_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, find_cb, NULL);
}

static void
baton_shelf_dialog_init (BatonShelfDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
}

void
baton_shelf_dialog_present (BatonWindow *window)
{
  BatonShelfDialog *self =
      g_object_new (BATON_TYPE_SHELF_DIALOG, "transient-for", window, "destroy-with-parent", TRUE, NULL);
  GtkWidget *boards;

  self->window = window;
  self->board = g_object_ref (baton_window_board (window));
  add_list (self, BATON_SHELF_ARCHIVE, "archive", _ ("Archive"), "folder-documents-symbolic");
  add_list (self, BATON_SHELF_BIN, "bin", _ ("Bin"), "user-trash-symbolic");
  add_list (self, BATON_SHELF_TEMPLATES, "templates", _ ("Templates"), "document-new-symbolic");
  boards = baton_shelf_boards_new (baton_board_workspace (self->board));
  adw_view_stack_add_titled (self->stack, boards, "boards", _ ("Boards"));
  adw_view_stack_page_set_icon_name (adw_view_stack_get_page (self->stack, boards), "view-grid-symbolic");
  update_bar (self);
  gtk_window_present (GTK_WINDOW (self));
}
