/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "sidebar.h"

#include "queue-list.h"
#include "window.h"
#include "permits.h"

#include <glib/gi18n.h>

/* One list: the boards, and under a heading the saved filters of the board that is shown. */
struct _BatonSidebar
{
  AdwBin parent_instance;

  GtkBox *box;
  GtkListBox *views; /* My work */
  GtkLabel *mine;    /* how many cards are mine */
  GtkWidget *waits;  /* the row of the inbox */
  GtkLabel *waiting; /* how much waits in it */
  BatonInbox *inbox;
  gboolean inbox_shown;
  BatonQueueList *queue;
  GtkListBox *boards;
  GtkWidget *no_board; /* what leads to the first one */
  GtkListBox *filters;
  GtkLabel *filters_title;
  GtkListBox *sections;
  GtkLabel *sections_title;

  BatonWorkspace *workspace;
  BatonBoard *board;
  gboolean marking;  /* rows are being selected by us */
  guint counting;    /* timeout after which my cards are counted again */
  GtkFilter *in_use; /* boards that are not in the archive */
};

enum
{
  OPEN_BOARD,
  JUMP,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (BatonSidebar, baton_sidebar, ADW_TYPE_BIN)

static BatonItem *
row_item (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "item");
}

static void
follow_name_cb (BatonItem *item, GtkLabel *label)
{
  BatonField field = baton_item_entity (item) == BATON_ENTITY_BOARD ? BATON_BOARD_NAME : BATON_FILTER_NAME;

  gtk_label_set_label (label, baton_item_text (item, field));
}

static GtkWidget *
create_row (gpointer object, gpointer data)
{
  BatonItem *item = object;
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  g_object_set_data_full (G_OBJECT (row), "item", g_object_ref (item), g_object_unref);
  g_signal_connect_object (item, "changed", G_CALLBACK (follow_name_cb), label, 0);
  follow_name_cb (item, GTK_LABEL (label));
  gtk_accessible_update_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
  return row;
}

static void
select_board (BatonSidebar *self)
{
  GtkListBoxRow *row;

  self->marking = TRUE;
  gtk_list_box_unselect_all (self->boards);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->boards, i)) != NULL; i++)
    {
      if (self->board != NULL && g_str_equal (baton_item_id (row_item (row)), baton_board_id (self->board)))
        gtk_list_box_select_row (self->boards, row);
    }
  self->marking = FALSE;
}

static void
board_activated_cb (GtkListBox *list, GtkListBoxRow *row, BatonSidebar *self)
{
  g_signal_emit (self, signals[OPEN_BOARD], 0, baton_item_id (row_item (row)));
}

/* My work is the filter "owner: me". */
static BatonFilter *
my_filter (BatonSidebar *self)
{
  const char *me = baton_workspace_me (self->workspace);
  BatonFilter *filter = baton_filter_new ();

  if (me != NULL)
    baton_filter_set (filter, BATON_FILTER_OWNER, me, TRUE);
  return filter;
}

/* The saved filter that is in use is the one that equals what the board shows. */
static void
mark_filter (BatonSidebar *self)
{
  g_autoptr (BatonFilter) mine = my_filter (self);
  GtkListBoxRow *row;

  self->marking = TRUE;
  gtk_list_box_unselect_all (self->views);
  if (self->inbox_shown)
    gtk_list_box_select_row (self->views, GTK_LIST_BOX_ROW (self->waits));
  else if (baton_filter_equal (mine, baton_board_filter (self->board)) && !baton_filter_is_empty (mine))
    gtk_list_box_select_row (self->views, gtk_list_box_get_row_at_index (self->views, 0));
  gtk_list_box_unselect_all (self->filters);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->filters, i)) != NULL; i++)
    {
      g_autoptr (BatonFilter) filter =
          baton_filter_from_json (baton_item_text (row_item (row), BATON_FILTER_QUERY), NULL);

      if (filter != NULL && baton_filter_equal (filter, baton_board_filter (self->board)))
        gtk_list_box_select_row (self->filters, row);
    }
  self->marking = FALSE;
}

/* Selected is what the window shows. The list would select a row that the keyboard merely walks over. */
static void
selected_cb (GtkListBox *list, BatonSidebar *self)
{
  if (self->marking || self->board == NULL)
    return;
  select_board (self);
  mark_filter (self);
}

static gboolean
is_my_open_card (BatonSidebar *self, BatonItem *card)
{
  BatonItem *stage =
      baton_workspace_lookup (self->workspace, BATON_ENTITY_STAGE, baton_item_text (card, BATON_CARD_STAGE));

  return g_strcmp0 (baton_item_text (card, BATON_CARD_OWNER), baton_workspace_me (self->workspace)) == 0 &&
         (stage == NULL || g_strcmp0 (baton_item_text (stage, BATON_STAGE_KIND), "done") != 0);
}

static void
refresh_mine (BatonSidebar *self)
{
  g_autoptr (GPtrArray) cards = NULL;
  g_autofree char *number = NULL;
  guint n = 0;

  if (self->board == NULL)
    return;
  cards = baton_board_live_cards (self->board);
  for (guint i = 0; i < cards->len; i++)
    n += is_my_open_card (self, g_ptr_array_index (cards, i));
  number = g_strdup_printf ("%u", n);
  gtk_label_set_label (self->mine, number);
  gtk_widget_set_visible (GTK_WIDGET (self->mine), n > 0);
}

static void
set_or_clear_filter (BatonSidebar *self, const BatonFilter *filter)
{
  g_autoptr (BatonFilter) none = baton_filter_new ();

  if (self->board == NULL)
    return;
  gtk_widget_activate_action (GTK_WIDGET (self), "win.view", "s", "board");
  baton_board_set_filter (
      self->board, baton_filter_equal (filter, baton_board_filter (self->board)) ? none : filter);
}

static void
view_activated_cb (GtkListBox *list, GtkListBoxRow *row, BatonSidebar *self)
{
  g_autoptr (BatonFilter) filter = self->board != NULL ? my_filter (self) : NULL;

  if (filter == NULL)
    return;
  if (GTK_WIDGET (row) == self->waits)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "win.view", "s", "inbox");
      return;
    }
  set_or_clear_filter (self, filter);
  mark_filter (self);
}

static void
filter_activated_cb (GtkListBox *list, GtkListBoxRow *row, BatonSidebar *self)
{
  g_autoptr (BatonFilter) filter =
      baton_filter_from_json (baton_item_text (row_item (row), BATON_FILTER_QUERY), NULL);

  if (filter == NULL || self->board == NULL)
    return;
  /* A second click on the filter in use takes it off. */
  set_or_clear_filter (self, filter);
  mark_filter (self);
}

static void
remove_filter_cb (GtkButton *button, BatonItem *item)
{
  BatonWindow *window = BATON_WINDOW (gtk_widget_get_ancestor (GTK_WIDGET (button), BATON_TYPE_WINDOW));
  BatonOp *op = baton_op_new (BATON_VERB_FILTER_REMOVE);

  baton_op_add_id (op, baton_item_id (item));
  baton_window_perform (window, op, _ ("Removed the saved filter"));
}

/* A saved filter can be taken away where it is seen. */
static GtkWidget *
create_filter_row (gpointer object, gpointer data)
{
  GtkWidget *row = create_row (object, data);
  GtkWidget *label = g_object_ref (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row)));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), NULL);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_tooltip_text (button, _ ("Remove this saved filter"));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "row-button");
  gtk_widget_set_visible (
      button, baton_workspace_why_not (BATON_SIDEBAR (data)->workspace, BATON_VERB_FILTER_REMOVE) == NULL);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_filter_cb), object, 0);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_unref (label);
  return row;
}

static gboolean
is_in_use (gpointer item, gpointer data)
{
  return baton_item_int (item, BATON_BOARD_ARCHIVED) == 0;
}

/* Without a board the list leads to one. */
static void
boards_changed_cb (GListModel *boards, guint position, guint removed, guint added, BatonSidebar *self)
{
  gboolean none = boards == NULL || g_list_model_get_n_items (boards) == 0;

  gtk_widget_set_visible (GTK_WIDGET (self->boards), !none);
  gtk_widget_set_visible (self->no_board, none);
}

/* Archived boards are out of the way; the shelf brings them back. */
static GListModel *
boards_in_use (BatonSidebar *self, BatonWorkspace *workspace)
{
  BatonColumn *boards = baton_workspace_list (workspace, BATON_ENTITY_BOARD, NULL);
  GtkFilter *in_use = GTK_FILTER (gtk_custom_filter_new (is_in_use, NULL, NULL));

  g_set_object (&self->in_use, in_use);
  return G_LIST_MODEL (gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (boards)), in_use));
}

/* Saved filters are about the board: on a long page its sections stand in their place. */
static void
show_filters (BatonSidebar *self)
{
  gboolean page = gtk_list_box_get_row_at_index (self->sections, 0) != NULL;
  gboolean any = gtk_list_box_get_row_at_index (self->filters, 0) != NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->filters_title), any && !page);
  gtk_widget_set_visible (GTK_WIDGET (self->filters), !page);
  gtk_widget_set_visible (GTK_WIDGET (self->sections_title), page);
  gtk_widget_set_visible (GTK_WIDGET (self->sections), page);
}

static void
filters_changed_cb (GListModel *model, guint position, guint removed, guint added, BatonSidebar *self)
{
  show_filters (self);
}

static void
section_activated_cb (GtkListBox *list, GtkListBoxRow *row, BatonSidebar *self)
{
  g_signal_emit (self, signals[JUMP], 0, (guint) gtk_list_box_row_get_index (row));
}

void
baton_sidebar_set_sections (BatonSidebar *self, const char *const *titles)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->sections, 0)) != NULL)
    gtk_list_box_remove (self->sections, GTK_WIDGET (row));
  for (guint i = 0; titles != NULL && titles[i] != NULL; i++)
    {
      GtkWidget *label = gtk_label_new (titles[i]);
      GtkWidget *child = gtk_list_box_row_new ();

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (child), label);
      gtk_accessible_update_relation (
          GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
      gtk_list_box_append (self->sections, child);
    }
  show_filters (self);
}

static GtkWidget *
add_title (BatonSidebar *self, const char *text)
{
  GtkWidget *title = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_widget_add_css_class (title, "sidebar-title");
  gtk_box_append (self->box, title);
  return title;
}

static GtkListBox *
add_list (BatonSidebar *self, const char *name, GCallback activated)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_widget_add_css_class (list, "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_box_append (self->box, list);
  g_signal_connect (list, "row-activated", activated, self);
  g_signal_connect (list, "selected-rows-changed", G_CALLBACK (selected_cb), self);
  return GTK_LIST_BOX (list);
}

static gboolean
count_cb (gpointer data)
{
  BatonSidebar *self = data;

  self->counting = 0;
  refresh_mine (self);
  return G_SOURCE_REMOVE;
}

static void
performed_cb (BatonWorkspace *workspace, const BatonOp *op, gpointer effect, BatonSidebar *self)
{
  gboolean cards_only = op != NULL && (op->verb == BATON_VERB_UNKNOWN ||
                                          baton_verb_info (op->verb)->entity == BATON_ENTITY_CARD);

  if (self->in_use != NULL && !cards_only)
    gtk_filter_changed (self->in_use, GTK_FILTER_CHANGE_DIFFERENT);
  /* Counting all cards is nothing that a drop should wait for. */
  if (self->counting == 0)
    self->counting = g_timeout_add (250, count_cb, self);
}

void
baton_sidebar_set_workspace (BatonSidebar *self, BatonWorkspace *workspace)
{
  g_autoptr (GListModel) boards = workspace != NULL ? boards_in_use (self, workspace) : NULL;

  baton_sidebar_set_board (self, NULL);
  g_set_object (&self->workspace, workspace);
  baton_queue_list_set_workspace (self->queue, workspace);
  gtk_list_box_bind_model (self->boards, boards, create_row, self, NULL);
  if (boards != NULL)
    g_signal_connect_object (boards, "items-changed", G_CALLBACK (boards_changed_cb), self, 0);
  boards_changed_cb (boards, 0, 0, 0, self);
}

void
baton_sidebar_set_board (BatonSidebar *self, BatonBoard *board)
{
  GListModel *filters = NULL;

  if (self->board != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->board, self);
      g_signal_handlers_disconnect_by_data (self->workspace, self);
      g_signal_handlers_disconnect_by_data (
          baton_workspace_list (self->workspace, BATON_ENTITY_FILTER, baton_board_id (self->board)), self);
    }
  g_set_object (&self->board, board);
  if (board != NULL)
    {
      filters =
          G_LIST_MODEL (baton_workspace_list (self->workspace, BATON_ENTITY_FILTER, baton_board_id (board)));
      g_signal_connect (filters, "items-changed", G_CALLBACK (filters_changed_cb), self);
      g_signal_connect_swapped (board, "filter-changed", G_CALLBACK (mark_filter), self);
      g_signal_connect_object (self->workspace, "performed", G_CALLBACK (performed_cb), self, 0);
    }
  gtk_list_box_bind_model (self->filters, filters, create_filter_row, self, NULL);
  show_filters (self);
  gtk_widget_set_visible (GTK_WIDGET (self->views), board != NULL);
  select_board (self);
  refresh_mine (self);
  if (board != NULL)
    mark_filter (self);
}

/* How much waits; what is new since one last looked has the colour. */
static void
refresh_inbox (BatonSidebar *self)
{
  guint n = self->inbox != NULL ? baton_inbox_entries (self->inbox)->len : 0;
  guint n_new = self->inbox != NULL ? baton_inbox_n_new (self->inbox) : 0;
  g_autofree char *number = g_strdup_printf ("%u", n);
  g_autofree char *words = g_strdup_printf (ngettext ("%u waits for me", "%u wait for me", n), n);
  g_autofree char *more =
      n_new > 0 ? g_strdup_printf (_ ("%s, %u of them new"), words, n_new) : g_strdup (words);

  gtk_label_set_label (self->waiting, number);
  gtk_widget_set_visible (GTK_WIDGET (self->waiting), n > 0);
  if (n_new > 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->waiting), "new");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->waiting), "new");
  gtk_widget_set_tooltip_text (self->waits, n > 0 ? more : _ ("What I must act on"));
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->waits), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, n > 0 ? more : "", -1);
}

void
baton_sidebar_set_inbox (BatonSidebar *self, BatonInbox *inbox)
{
  if (self->inbox != NULL)
    g_signal_handlers_disconnect_by_data (self->inbox, self);
  g_set_object (&self->inbox, inbox);
  if (inbox != NULL)
    g_signal_connect_swapped (inbox, "changed", G_CALLBACK (refresh_inbox), self);
  refresh_inbox (self);
}

void
baton_sidebar_set_inbox_shown (BatonSidebar *self, gboolean shown)
{
  self->inbox_shown = shown;
  if (self->board != NULL)
    mark_filter (self);
}

void
baton_sidebar_set_review (BatonSidebar *self, gboolean shown, const char *review)
{
  baton_queue_list_select (self->queue, shown, review);
}

static void
baton_sidebar_dispose (GObject *object)
{
  baton_sidebar_set_inbox (BATON_SIDEBAR (object), NULL);
  baton_sidebar_set_workspace (BATON_SIDEBAR (object), NULL);
  g_clear_object (&BATON_SIDEBAR (object)->in_use);
  g_clear_handle_id (&BATON_SIDEBAR (object)->counting, g_source_remove);
  G_OBJECT_CLASS (baton_sidebar_parent_class)->dispose (object);
}

static void
baton_sidebar_class_init (BatonSidebarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_sidebar_dispose;
  signals[OPEN_BOARD] = g_signal_new ("open-board", BATON_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
      NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[JUMP] = g_signal_new (
      "jump", BATON_TYPE_SIDEBAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

/* A row of the first list, with a number behind its name. */
static GtkWidget *
add_view (BatonSidebar *self, const char *name, const char *tip, GtkLabel **count)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (name);

  *count = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (*count), "sidebar-count");
  gtk_widget_set_valign (GTK_WIDGET (*count), GTK_ALIGN_CENTER);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (*count));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_tooltip_text (row, tip);
  gtk_accessible_update_relation (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
  gtk_list_box_append (self->views, row);
  return row;
}

static GtkWidget *
add_new_board (BatonSidebar *self)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *content = adw_button_content_new ();

  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), "list-add-symbolic");
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), _ ("New board…"));
  gtk_widget_set_halign (content, GTK_ALIGN_START);
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.new-board");
  gtk_widget_set_tooltip_text (button, _ ("There is no board yet. A new one starts from a template."));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "sidebar-new");
  gtk_box_append (self->box, button);
  return button;
}

static void
baton_sidebar_init (BatonSidebar *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->box));
  gtk_widget_set_vexpand (scrolled, TRUE);
  adw_bin_set_child (ADW_BIN (self), scrolled);
  self->views = add_list (self, _ ("Views"), G_CALLBACK (view_activated_cb));
  add_view (self, _ ("My work"), _ ("Show only the cards that I own"), &self->mine);
  self->waits = add_view (self, C_ ("place", "Inbox"), _ ("What I must act on"), &self->waiting);
  self->queue = BATON_QUEUE_LIST (baton_queue_list_new ());
  gtk_box_append (self->box, GTK_WIDGET (self->queue));
  add_title (self, _ ("Boards"));
  self->boards = add_list (self, _ ("Boards"), G_CALLBACK (board_activated_cb));
  self->no_board = add_new_board (self);
  self->filters_title = GTK_LABEL (add_title (self, _ ("Saved filters")));
  self->filters = add_list (self, _ ("Saved filters"), G_CALLBACK (filter_activated_cb));
  self->sections_title = GTK_LABEL (add_title (self, _ ("On this page")));
  self->sections = add_list (self, _ ("On this page"), G_CALLBACK (section_activated_cb));
  gtk_list_box_set_selection_mode (self->sections, GTK_SELECTION_NONE);
  show_filters (self);
}

BatonSidebar *
baton_sidebar_new (void)
{
  return g_object_new (BATON_TYPE_SIDEBAR, NULL);
}
