/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "transfers-dialog.h"

#include "keep-row.h"
#include "transfer-row.h"

#include <glib/gi18n.h>

struct _BatonTransfersView
{
  AdwBin parent_instance;

  BatonFiles *files;
  GtkStack *stack;
  GtkLabel *total;
  GtkLabel *state;
  GtkToggleButton *pause;
  GtkListView *list;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (BatonTransfersView, baton_transfers_view, ADW_TYPE_BIN)

static void
refresh (BatonTransfersView *self)
{
  g_autofree char *words = baton_files_words (self->files);
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->files)) > 0;
  gboolean paused = baton_files_get_paused (self->files);
  const char *state =
      !baton_files_is_connected (self->files)
          ? _ ("Without a connection everything waits; it goes on by itself.")
      : paused
          ? _ ("Files are paused until you let them go on, also after a restart. Changes to cards go on.")
          : NULL;

  gtk_label_set_text (self->total, words != NULL ? words : _ ("Everything has arrived."));
  gtk_label_set_text (self->state, state != NULL ? state : "");
  gtk_widget_set_visible (GTK_WIDGET (self->state), state != NULL);
  self->filling = TRUE;
  gtk_toggle_button_set_active (self->pause, paused);
  self->filling = FALSE;
  gtk_button_set_icon_name (
      GTK_BUTTON (self->pause), paused ? "media-playback-start-symbolic" : "media-playback-pause-symbolic");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->pause), paused ? _ ("Go on") : _ ("Pause all files"));
  gtk_stack_set_visible_child_name (self->stack, any ? "list" : "empty");
}

static void
pause_cb (GtkToggleButton *button, BatonTransfersView *self)
{
  if (!self->filling)
    baton_files_set_paused (self->files, gtk_toggle_button_get_active (button));
  refresh (self);
}

static void
setup_cb (GtkListItemFactory *factory, GtkListItem *item, BatonTransfersView *self)
{
  gtk_list_item_set_child (item, baton_transfer_row_new (self->files));
  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_selectable (item, FALSE);
}

static void
bind_cb (GtkListItemFactory *factory, GtkListItem *item, BatonTransfersView *self)
{
  baton_transfer_row_bind (
      BATON_TRANSFER_ROW (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
unbind_cb (GtkListItemFactory *factory, GtkListItem *item, BatonTransfersView *self)
{
  baton_transfer_row_bind (BATON_TRANSFER_ROW (gtk_list_item_get_child (item)), NULL);
}

static GtkWidget *
new_list (BatonTransfersView *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkNoSelection *model = gtk_no_selection_new (g_object_ref (G_LIST_MODEL (self->files)));
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), self);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (unbind_cb), self);
  self->list = GTK_LIST_VIEW (gtk_list_view_new (GTK_SELECTION_MODEL (model), factory));
  gtk_list_view_set_show_separators (self->list, TRUE);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Files on their way"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->list));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  return scrolled;
}

static GtkWidget *
new_empty (void)
{
  GtkWidget *empty = adw_status_page_new ();

  gtk_widget_add_css_class (empty, "compact");
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (empty), "object-select-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (empty), _ ("No files on their way"));
  adw_status_page_set_description (ADW_STATUS_PAGE (empty),
      _ ("What you add goes to the server by itself. What others add comes when it counts on a card that is "
         "not done, when you look at it, or all of it for a board whose files are kept on this computer."));
  return empty;
}

static GtkLabel *
new_label (GtkWidget *box, const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static GtkWidget *
new_head (BatonTransfersView *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12),
            *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  gtk_widget_add_css_class (head, "transfers-head");
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  self->total = new_label (box, "numeric");
  self->state = new_label (box, "dim-label");
  gtk_box_append (GTK_BOX (head), box);
  self->pause = GTK_TOGGLE_BUTTON (gtk_toggle_button_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->pause), GTK_ALIGN_CENTER);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->pause), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Pause all files"), -1);
  g_signal_connect (self->pause, "toggled", G_CALLBACK (pause_cb), self);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->pause));
  return head;
}

static void
baton_transfers_view_dispose (GObject *object)
{
  BatonTransfersView *self = BATON_TRANSFERS_VIEW (object);

  if (self->files != NULL)
    g_signal_handlers_disconnect_by_data (self->files, self);
  /* Its rows hold the files, too. */
  if (self->list != NULL)
    gtk_list_view_set_model (self->list, NULL);
  self->list = NULL;
  g_clear_object (&self->files);
  G_OBJECT_CLASS (baton_transfers_view_parent_class)->dispose (object);
}

static void
baton_transfers_view_class_init (BatonTransfersViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = baton_transfers_view_dispose;
}

static void
baton_transfers_view_init (BatonTransfersView *self)
{
}

GtkWidget *
baton_transfers_view_new (BatonFiles *files)
{
  BatonTransfersView *self = g_object_new (BATON_TYPE_TRANSFERS_VIEW, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->files = g_object_ref (files);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_named (self->stack, new_list (self), "list");
  gtk_stack_add_named (self->stack, new_empty (), "empty");
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (box), new_head (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_bin_set_child (ADW_BIN (self), box);
  g_signal_connect_swapped (files, "changed", G_CALLBACK (refresh), self);
  g_signal_connect_swapped (files, "items-changed", G_CALLBACK (refresh), self);
  refresh (self);
  return GTK_WIDGET (self);
}

/* Not an action of the dialog: the window's own. */
static void
limits_cb (GtkWidget *row, BatonWindow *window)
{
  gtk_widget_activate_action (GTK_WIDGET (window), "win.preferences", NULL);
}

/* Whoever sees that files fill the connection finds here what to do about it. */
static GtkWidget *
new_limits_row (BatonWindow *window)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("How fast files may travel…"));
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect_object (row, "activated", G_CALLBACK (limits_cb), window, 0);
  return row;
}

/* What is fetched without being asked is said and set where it is seen to arrive. */
static GtkWidget *
new_foot (BatonWindow *window, BatonWorkspace *workspace)
{
  GtkWidget *list = gtk_list_box_new ();
  BatonBoard *board = baton_window_board (window);

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_add_css_class (list, "transfers-foot");
  if (board != NULL)
    {
      g_autofree char *title = g_strdup_printf (_ ("Keep everything of “%s” here"), baton_board_name (board));

      gtk_list_box_append (
          GTK_LIST_BOX (list), baton_keep_row_new (workspace, baton_board_id (board), title));
    }
  gtk_list_box_append (GTK_LIST_BOX (list), new_limits_row (window));
  return list;
}

static gboolean
key_cb (GtkWidget *window, GVariant *args, gpointer data)
{
  gtk_window_close (GTK_WINDOW (window));
  return TRUE;
}

void
baton_transfers_dialog_present (BatonWindow *window)
{
  BatonWorkspace *workspace = baton_window_workspace (window);
  BatonFiles *files = workspace != NULL ? baton_workspace_files (workspace) : NULL;
  GtkWidget *dialog, *box;
  GtkEventController *keys;

  if (files == NULL)
    return;
  dialog = adw_window_new ();
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_window_set_title (GTK_WINDOW (dialog), _ ("Files on their way"));
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (window));
  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  gtk_window_set_default_size (GTK_WINDOW (dialog), 480, 560);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), baton_transfers_view_new (files));
  gtk_box_append (GTK_BOX (box), new_foot (window, workspace));
  adw_window_set_content (ADW_WINDOW (dialog), box);
  keys = gtk_shortcut_controller_new ();
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys), gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                          gtk_callback_action_new (key_cb, NULL, NULL)));
  gtk_widget_add_controller (dialog, keys);
  g_signal_connect_object (files, "closed", G_CALLBACK (gtk_window_destroy), dialog, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}
