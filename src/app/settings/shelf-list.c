/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "shelf-list.h"

#include "when.h"

#include <glib/gi18n.h>

struct _BatonShelfList
{
  AdwBin parent_instance;

  GtkStack *stack;
  AdwStatusPage *empty_page;
  GtkListView *view;

  BatonBoard *board;
  BatonShelf shelf;
  GListStore *store;
  GtkFilterListModel *filtered;
  GtkCustomFilter *filter;
  char *needle;         /* casefolded, or NULL */
  GHashTable *selected; /* ids */
  guint refreshing;
};

enum
{
  SELECTION_CHANGED,
  ACTIVATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonShelfList, baton_shelf_list, ADW_TYPE_BIN)

BatonShelf
baton_shelf_list_shelf (BatonShelfList *self)
{
  return self->shelf;
}

guint
baton_shelf_list_size (BatonShelfList *self)
{
  return g_list_model_get_n_items (G_LIST_MODEL (self->filtered));
}

BatonItem *
baton_shelf_list_peek (BatonShelfList *self, guint position)
{
  g_autoptr (BatonItem) item = g_list_model_get_item (G_LIST_MODEL (self->filtered), position);

  return item;
}

/* When it was archived or binned, or, for a template, made; as people say it. */
static char *
when (BatonShelfList *self, BatonItem *card)
{
  BatonField field = self->shelf == BATON_SHELF_ARCHIVE ? BATON_CARD_ARCHIVED
                     : self->shelf == BATON_SHELF_BIN   ? BATON_CARD_REMOVED
                                                        : BATON_CARD_CREATED;
  g_autofree char *date = baton_when_day (baton_item_int (card, field), g_get_real_time ());

  return self->shelf == BATON_SHELF_ARCHIVE ? g_strdup_printf (C_ ("when", "archived %s"), date)
         : self->shelf == BATON_SHELF_BIN   ? g_strdup_printf (_ ("binned %s"), date)
                                            : g_strdup_printf (_ ("made %s"), date);
}

static const char *
stage_name (BatonShelfList *self, BatonItem *card)
{
  return baton_workspace_name_of (
      baton_board_workspace (self->board), BATON_ENTITY_STAGE, baton_item_text (card, BATON_CARD_STAGE), "");
}

void
baton_shelf_list_select (BatonShelfList *self, BatonItem *card, gboolean on)
{
  if (on)
    g_hash_table_add (self->selected, g_strdup (baton_item_id (card)));
  else
    g_hash_table_remove (self->selected, baton_item_id (card));
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

static void
check_toggled_cb (GtkCheckButton *check, BatonShelfList *self)
{
  GtkListItem *list_item = g_object_get_data (G_OBJECT (check), "list-item");
  BatonItem *card = gtk_list_item_get_item (list_item);
  gboolean on = gtk_check_button_get_active (check);

  if (card != NULL && on != g_hash_table_contains (self->selected, baton_item_id (card)))
    baton_shelf_list_select (self, card, on);
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, BatonShelfList *self)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *title = gtk_label_new (NULL);
  GtkWidget *facts = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (title), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (title), 2);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (facts), 0);
  gtk_label_set_ellipsize (GTK_LABEL (facts), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (facts, "dim-label");
  gtk_widget_add_css_class (facts, "caption");
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), title);
  gtk_box_append (GTK_BOX (texts), facts);
  gtk_box_append (GTK_BOX (row), check);
  gtk_box_append (GTK_BOX (row), texts);
  gtk_widget_add_css_class (row, "shelf-row");
  gtk_list_item_set_child (list_item, row);
  g_object_set_data (G_OBJECT (check), "list-item", list_item);
  g_object_set_data (G_OBJECT (row), "check", check);
  g_object_set_data (G_OBJECT (row), "title", title);
  g_object_set_data (G_OBJECT (row), "facts", facts);
  g_signal_connect_object (check, "toggled", G_CALLBACK (check_toggled_cb), self, 0);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, BatonShelfList *self)
{
  BatonItem *card = gtk_list_item_get_item (list_item);
  GObject *row = G_OBJECT (gtk_list_item_get_child (list_item));
  GtkWidget *check = g_object_get_data (row, "check");
  const char *title = baton_item_text (card, BATON_CARD_TITLE);
  g_autofree char *time = when (self, card);
  g_autofree char *facts = g_strdup_printf ("%s · %s", stage_name (self, card), time);

  gtk_label_set_label (g_object_get_data (row, "title"), title);
  gtk_label_set_label (g_object_get_data (row, "facts"), facts);
  gtk_check_button_set_active (
      GTK_CHECK_BUTTON (check), g_hash_table_contains (self->selected, baton_item_id (card)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, facts, -1);
  /* What a row is called can only be told to the widget that the list puts around it. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_widget_get_parent (GTK_WIDGET (row))),
      GTK_ACCESSIBLE_PROPERTY_LABEL, title, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, facts, -1);
}

static void
view_activate_cb (GtkListView *view, guint position, BatonShelfList *self)
{
  g_autoptr (BatonItem) card = g_list_model_get_item (G_LIST_MODEL (self->filtered), position);

  if (card != NULL)
    g_signal_emit (self, signals[ACTIVATED], 0, card);
}

static gboolean
matches (gpointer object, gpointer data)
{
  BatonShelfList *self = data;
  g_autofree char *title = NULL;

  if (self->needle == NULL)
    return TRUE;
  title = g_utf8_casefold (baton_item_text (object, BATON_CARD_TITLE), -1);
  return strstr (title, self->needle) != NULL;
}

static void
describe_empty (BatonShelfList *self)
{
  static const struct
  {
    const char *icon;
    const char *title;
    const char *description;
  } words[] = {
    [BATON_SHELF_ARCHIVE] = { "folder-documents-symbolic", N_ ("Nothing is archived"),
        N_ ("Archive finished cards to keep the board calm. They stay searchable, count in the numbers, and "
            "come "
            "back to the stage they were in.") },
    [BATON_SHELF_BIN] = { "user-trash-symbolic", N_ ("The bin is empty"),
        N_ ("Cards that you delete wait here with their whole history, until you restore them.") },
    [BATON_SHELF_TEMPLATES] = { "document-new-symbolic", N_ ("No card templates"),
        N_ ("Mark a card as a template to make new cards with its brief, labels and checklists.") },
  };
  gboolean searching = self->needle != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->store)) > 0;

  adw_status_page_set_icon_name (
      self->empty_page, searching ? "system-search-symbolic" : words[self->shelf].icon);
  adw_status_page_set_title (
      self->empty_page, searching ? _ ("Nothing found") : _ (words[self->shelf].title));
  adw_status_page_set_description (self->empty_page,
      searching ? _ ("No title here contains this text.") : _ (words[self->shelf].description));
}

static void
show_list_or_words (BatonShelfList *self)
{
  gboolean empty = baton_shelf_list_size (self) == 0;

  if (empty)
    describe_empty (self);
  gtk_stack_set_visible_child_name (self->stack, empty ? "empty" : "list");
}

static gboolean
is_gone (gpointer key, gpointer value, gpointer there)
{
  return !g_hash_table_contains (there, key);
}

static gboolean
refresh_cb (gpointer data)
{
  BatonShelfList *self = data;
  g_autoptr (GPtrArray) cards = baton_board_shelf (self->board, self->shelf);
  g_autoptr (GHashTable) there = g_hash_table_new (g_str_hash, g_str_equal);

  self->refreshing = 0;
  for (guint i = 0; i < cards->len; i++)
    g_hash_table_add (there, (char *) baton_item_id (g_ptr_array_index (cards, i)));
  g_hash_table_foreach_remove (self->selected, is_gone, there);
  g_list_store_splice (
      self->store, 0, g_list_model_get_n_items (G_LIST_MODEL (self->store)), cards->pdata, cards->len);
  show_list_or_words (self);
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

/* One restore of many cards tells of many stages; the list is read once afterwards. */
static void
follow_cb (BatonShelfList *self)
{
  if (self->refreshing == 0)
    self->refreshing = g_idle_add (refresh_cb, self);
}

void
baton_shelf_list_search (BatonShelfList *self, const char *text)
{
  g_free (self->needle);
  self->needle = text != NULL && *text != '\0' ? g_utf8_casefold (text, -1) : NULL;
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  show_list_or_words (self);
}

void
baton_shelf_list_select_all (BatonShelfList *self, gboolean on)
{
  guint n = baton_shelf_list_size (self);

  g_hash_table_remove_all (self->selected);
  for (guint i = 0; on && i < n; i++)
    g_hash_table_add (self->selected, g_strdup (baton_item_id (baton_shelf_list_peek (self, i))));
  /* Bound rows show their marks again. */
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  g_list_model_items_changed (G_LIST_MODEL (self->store), 0,
      g_list_model_get_n_items (G_LIST_MODEL (self->store)),
      g_list_model_get_n_items (G_LIST_MODEL (self->store)));
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

GPtrArray *
baton_shelf_list_selected (BatonShelfList *self)
{
  GPtrArray *cards = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->store));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BatonItem) card = g_list_model_get_item (G_LIST_MODEL (self->store), i);

      if (g_hash_table_contains (self->selected, baton_item_id (card)))
        g_ptr_array_add (cards, g_steal_pointer (&card));
    }
  return cards;
}

static void
baton_shelf_list_dispose (GObject *object)
{
  BatonShelfList *self = BATON_SHELF_LIST (object);

  g_clear_handle_id (&self->refreshing, g_source_remove);
  g_clear_object (&self->board);
  g_clear_object (&self->filtered);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (baton_shelf_list_parent_class)->dispose (object);
}

static void
baton_shelf_list_finalize (GObject *object)
{
  BatonShelfList *self = BATON_SHELF_LIST (object);

  g_hash_table_unref (self->selected);
  g_free (self->needle);
  G_OBJECT_CLASS (baton_shelf_list_parent_class)->finalize (object);
}

static void
baton_shelf_list_class_init (BatonShelfListClass *klass)
{
  GType type = G_OBJECT_CLASS_TYPE (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_shelf_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = baton_shelf_list_finalize;
  signals[SELECTION_CHANGED] =
      g_signal_new ("selection-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATED] = g_signal_new (
      "activated", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, BATON_TYPE_ITEM);
}

static void
baton_shelf_list_init (BatonShelfList *self)
{
  self->selected = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->store = g_list_store_new (BATON_TYPE_ITEM);
}

static void
build (BatonShelfList *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_scrollable_new ();

  self->filter = gtk_custom_filter_new (matches, self, NULL);
  self->filtered =
      gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->store)), GTK_FILTER (self->filter));
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
  self->view = GTK_LIST_VIEW (gtk_list_view_new (
      GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->filtered)))), factory));
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Cards"), -1);
  gtk_list_view_set_show_separators (self->view, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->view), "shelf");
  g_signal_connect_object (self->view, "activate", G_CALLBACK (view_activate_cb), self, 0);
  adw_clamp_scrollable_set_maximum_size (ADW_CLAMP_SCROLLABLE (clamp), 600);
  adw_clamp_scrollable_set_child (ADW_CLAMP_SCROLLABLE (clamp), GTK_WIDGET (self->view));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  self->stack = GTK_STACK (gtk_stack_new ());
  self->empty_page = ADW_STATUS_PAGE (adw_status_page_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->empty_page), "compact");
  gtk_stack_add_named (self->stack, scrolled, "list");
  gtk_stack_add_named (self->stack, GTK_WIDGET (self->empty_page), "empty");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
}

GtkWidget *
baton_shelf_list_new (BatonBoard *board, BatonShelf shelf)
{
  BatonShelfList *self = g_object_new (BATON_TYPE_SHELF_LIST, NULL);

  self->board = g_object_ref (board);
  self->shelf = shelf;
  build (self);
  g_signal_connect_object (
      baton_board_workspace (board), "performed", G_CALLBACK (follow_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
      baton_board_workspace (board), "reloaded", G_CALLBACK (follow_cb), self, G_CONNECT_SWAPPED);
  refresh_cb (self);
  return GTK_WIDGET (self);
}
