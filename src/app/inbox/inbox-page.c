/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "inbox-page.h"

#include "inbox-row.h"

#include <glib/gi18n.h>

struct _BatonInboxPage
{
  AdwBin parent_instance;

  BatonWindow *window; /* borrowed: it holds this */
  BatonInbox *inbox;   /* of the window's workspace */
  GtkStack *stack;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (BatonInboxPage, baton_inbox_page, ADW_TYPE_BIN)

static gboolean
is_shown (BatonInboxPage *self)
{
  return g_strcmp0 (baton_window_view (self->window), "inbox") == 0;
}

static BatonInboxRow *
focused_row (BatonInboxPage *self)
{
  GtkWidget *child = gtk_widget_get_focus_child (GTK_WIDGET (self->list));

  return BATON_IS_INBOX_ROW (child) ? BATON_INBOX_ROW (child) : NULL;
}

/* A row that goes leaves the focus to the one that takes its place. */
static void
refocus (BatonInboxPage *self, const char *id, int index)
{
  GtkListBoxRow *row = NULL, *last = NULL;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    {
      last = row;
      if (g_strcmp0 (baton_inbox_row_id (BATON_INBOX_ROW (row)), id) == 0)
        break;
    }
  if (row == NULL)
    row = gtk_list_box_get_row_at_index (self->list, index);
  if (row == NULL)
    row = last;
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
refresh (BatonInboxPage *self)
{
  BatonInboxRow *focused = focused_row (self);
  int index = focused != NULL ? gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (focused)) : -1;
  g_autofree char *id = focused != NULL ? g_strdup (baton_inbox_row_id (focused)) : NULL;
  GPtrArray *entries = self->inbox != NULL ? baton_inbox_entries (self->inbox) : NULL;
  BatonWorkspace *workspace = baton_window_workspace (self->window);
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; entries != NULL && i < entries->len; i++)
    gtk_list_box_append (
        self->list, baton_inbox_row_new (workspace, self->inbox, g_ptr_array_index (entries, i)));
  gtk_stack_set_visible_child_name (self->stack, entries != NULL && entries->len > 0 ? "list" : "empty");
  if (index >= 0)
    refocus (self, id, index);
}

static void
activated_cb (GtkListBox *list, GtkListBoxRow *row, BatonInboxPage *self)
{
  baton_inbox_row_act (BATON_INBOX_ROW (row), self->window);
}

static void
put_aside_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  BatonInboxPage *self = BATON_INBOX_PAGE (widget);
  BatonInboxRow *row = focused_row (self);
  const BatonInboxEntry *entry = row != NULL ? baton_inbox_row_entry (row) : NULL;

  if (entry != NULL && entry->kind == BATON_INBOX_MENTION)
    baton_inbox_put_aside (self->inbox, entry);
  else
    gtk_widget_error_bell (widget);
}

static void
follow_workspace (BatonInboxPage *self)
{
  if (self->inbox != NULL)
    g_signal_handlers_disconnect_by_data (self->inbox, self);
  g_set_object (&self->inbox, baton_window_inbox (self->window));
  if (self->inbox != NULL)
    g_signal_connect_swapped (self->inbox, "changed", G_CALLBACK (refresh), self);
  refresh (self);
}

/* Leaving the page, one has seen what was on it; so long what is new is marked. */
static void
follow_view (BatonInboxPage *self)
{
  if (is_shown (self))
    gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
  else if (self->inbox != NULL)
    baton_inbox_mark_seen (self->inbox);
}

static void
baton_inbox_page_dispose (GObject *object)
{
  BatonInboxPage *self = BATON_INBOX_PAGE (object);

  if (self->inbox != NULL)
    g_signal_handlers_disconnect_by_data (self->inbox, self);
  g_clear_object (&self->inbox);
  G_OBJECT_CLASS (baton_inbox_page_parent_class)->dispose (object);
}

static void
baton_inbox_page_class_init (BatonInboxPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_inbox_page_dispose;
  gtk_widget_class_install_action (widget_class, "inbox.put-aside", NULL, put_aside_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "inbox.put-aside", NULL);
}

static void
baton_inbox_page_init (BatonInboxPage *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new (), *clamp = adw_clamp_new ();
  GtkWidget *empty = adw_status_page_new ();

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_set_valign (GTK_WIDGET (self->list), GTK_ALIGN_START);
  gtk_widget_set_margin_top (GTK_WIDGET (self->list), 24);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->list), 24);
  gtk_widget_set_margin_start (GTK_WIDGET (self->list), 12);
  gtk_widget_set_margin_end (GTK_WIDGET (self->list), 12);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, C_ ("place", "Inbox"), -1);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (activated_cb), self);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 720);
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->list));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), clamp);
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (empty), "object-select-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (empty), _ ("Nothing waits for you"));
  adw_status_page_set_description (
      ADW_STATUS_PAGE (empty), _ ("Only what you must act on comes here: somebody calls you in a comment, "
                                  "asks you for a review or for "
                                  "more time, or a change of yours could not be done."));
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, empty, "empty");
  gtk_stack_add_named (self->stack, scrolled, "list");
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->stack));
}

static GtkWidget *
build (BatonWindow *window)
{
  BatonInboxPage *self = g_object_new (BATON_TYPE_INBOX_PAGE, NULL);

  self->window = window;
  g_signal_connect_object (window, "notify::inbox", G_CALLBACK (follow_workspace), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (window, "notify::view", G_CALLBACK (follow_view), self, G_CONNECT_SWAPPED);
  follow_workspace (self);
  return GTK_WIDGET (self);
}

void
baton_inbox_page_register (BatonWindow *window)
{
  baton_window_add_view (window, "inbox", build);
}
