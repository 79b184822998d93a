/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "window-private.h"

#include "button-names.h"
#include "inbox-notify.h"
#include "inbox-page.h"
#include "replaced-toast.h"
#include "pane.h"
#include "review-page.h"
#include "toasts.h"

#include <glib/gi18n.h>

enum
{
  PROP_0,
  PROP_VIEW,
  PROP_BOARD,
  PROP_INBOX,
};

#define NARROW 860 /* logical pixels */

G_DEFINE_FINAL_TYPE (BatonWindow, baton_window, ADW_TYPE_APPLICATION_WINDOW)

GSettings *
baton_window_settings (BatonWindow *self)
{
  return baton_application_settings (BATON_APPLICATION (g_application_get_default ()));
}

BatonWorkspace *
baton_window_workspace (BatonWindow *self)
{
  return self->workspace;
}

BatonInbox *
baton_window_inbox (BatonWindow *self)
{
  return self->inbox;
}

BatonBoard *
baton_window_board (BatonWindow *self)
{
  return self->board;
}

void
baton_window_add_toast (BatonWindow *self, AdwToast *toast)
{
  baton_toasts_add (self->toasts, toast);
}

static void
undo_toast_gone_cb (AdwToast *toast, BatonWindow *self)
{
  if (self->undo_toast == toast)
    self->undo_toast = NULL;
}

void
baton_window_toast (BatonWindow *self, const char *message, gboolean undo)
{
  g_autofree char *title = g_markup_escape_text (message, -1);
  AdwToast *toast = adw_toast_new (title);

  adw_toast_set_timeout (toast, 4);
  /* Only the newest change can be undone from a toast. */
  if (undo && self->undo_toast != NULL)
    baton_toasts_dismiss (self->undo_toast);
  if (undo)
    {
      adw_toast_set_button_label (toast, _ ("Undo"));
      adw_toast_set_action_name (toast, "win.undo");
      self->undo_toast = toast;
      g_signal_connect_object (toast, "dismissed", G_CALLBACK (undo_toast_gone_cb), self, 0);
    }
  baton_window_add_toast (self, toast);
}

void
baton_window_toast_error (BatonWindow *self, const GError *error)
{
  g_autofree char *title = g_markup_escape_text (error->message, -1);
  AdwToast *toast = adw_toast_new (title);

  adw_toast_set_timeout (toast, 8);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  baton_window_add_toast (self, toast);
}

void
baton_window_tell (BatonWindow *self, const GError *refusal, const char *done)
{
  if (refusal != NULL)
    baton_window_toast_error (self, refusal);
  else if (done != NULL)
    baton_window_toast (self, done, TRUE);
}

typedef struct
{
  BatonWindow *window;
  char *done;
} Performing;

static void
performed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Performing *performing = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonEffect) effect = baton_workspace_perform_finish (BATON_WORKSPACE (source), result, &error);

  baton_window_tell (performing->window, error, performing->done);
  g_object_unref (performing->window);
  g_free (performing->done);
  g_free (performing);
}

void
baton_window_perform (BatonWindow *self, BatonOp *op, const char *done)
{
  Performing *performing = g_new0 (Performing, 1);

  performing->window = g_object_ref (self);
  performing->done = g_strdup (done);
  baton_workspace_perform_async (self->workspace, op, performed_cb, performing);
}

static void
board_opened_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BatonWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonBoard) board = baton_board_open_finish (result, &error);

  if (board == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        baton_window_toast_error (self, error);
      return;
    }
  g_set_object (&self->board, board);
  baton_board_view_set_board (self->board_view, board);
  baton_sidebar_set_board (self->sidebar, board);
  baton_window_refresh_view (self);
  g_settings_set_string (baton_window_settings (self), "last-board", baton_board_id (board));
  gtk_label_set_label (self->title, baton_board_name (board));
  gtk_window_set_title (GTK_WINDOW (self), baton_board_name (board));
  baton_window_say_where (self, NULL);
  baton_window_update_actions (self);
  g_object_notify (G_OBJECT (self), "board");
  baton_window_open_wanted (self);
}

void
baton_window_open_board (BatonWindow *self, const char *board)
{
  /* Whoever chooses a board in the inbox wants to see it. */
  if (g_str_equal (self->view, "inbox") && self->board != NULL)
    baton_window_show_view (self, "board");
  if (self->board != NULL && g_str_equal (baton_board_id (self->board), board))
    return;
  g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  self->opening = g_cancellable_new ();
  baton_window_show_card_pane (self, FALSE);
  baton_board_open_async (self->workspace, board, self->opening, board_opened_cb, g_object_ref (self));
}

void
baton_window_show_card_pane (BatonWindow *self, gboolean shown)
{
  if (!shown && adw_flap_get_reveal_flap (self->card_flap))
    {
      adw_flap_set_reveal_flap (self->card_flap, FALSE);
      gtk_widget_set_visible (GTK_WIDGET (self->board_stack), TRUE);
      gtk_widget_set_hexpand (GTK_WIDGET (self->card_box), FALSE);
      baton_card_pane_set_card (self->card_pane, NULL, NULL);
      baton_board_view_watch (self->board_view, NULL);
      baton_window_say_where (self, NULL);
      if (g_str_equal (self->view, "board"))
        baton_board_view_focus (self->board_view);
      else if (self->before_card != NULL && gtk_widget_get_mapped (self->before_card))
        gtk_widget_grab_focus (self->before_card);
      else
        gtk_widget_child_focus (GTK_WIDGET (self->board_stack), GTK_DIR_TAB_FORWARD);
      g_clear_weak_pointer (&self->before_card);
    }
  else if (shown && !adw_flap_get_reveal_flap (self->card_flap))
    {
      g_set_weak_pointer (&self->before_card, gtk_root_get_focus (GTK_ROOT (self)));
      adw_flap_set_reveal_flap (self->card_flap, TRUE);
    }
}

void
baton_window_open_card (BatonWindow *self, const char *card)
{
  BatonItem *item = self->board != NULL ? baton_board_card (self->board, card) : NULL;

  if (item == NULL)
    return;
  baton_card_pane_set_card (self->card_pane, self->board, card);
  baton_board_view_watch (self->board_view, card);
  baton_window_say_where (self, card);
  baton_window_show_card_pane (self, TRUE);
}

void
baton_window_set_review (BatonWindow *self, gboolean shown, const char *review)
{
  if (self->sidebar != NULL)
    baton_sidebar_set_review (self->sidebar, shown, review);
}

static void
open_card_cb (gpointer source, const char *card, BatonWindow *self)
{
  baton_window_open_card (self, card);
}

static void
close_card_cb (gpointer source, BatonWindow *self)
{
  baton_window_show_card_pane (self, FALSE);
}

/* The whole window for the card: the board steps aside. */
static void
card_expanded_cb (BatonCardPane *pane, GParamSpec *pspec, BatonWindow *self)
{
  gboolean expanded = baton_card_pane_get_expanded (pane);

  g_settings_set_boolean (baton_window_settings (self), "card-pane-expanded", expanded);
  adw_flap_set_fold_policy (
      self->card_flap, expanded ? ADW_FLAP_FOLD_POLICY_ALWAYS : ADW_FLAP_FOLD_POLICY_AUTO);
  gtk_widget_set_hexpand (GTK_WIDGET (self->card_box), expanded);
}

static void
board_open_cb (BatonSidebar *sidebar, const char *board, BatonWindow *self)
{
  baton_window_open_board (self, board);
  if (adw_flap_get_folded (self->sidebar_flap))
    adw_flap_set_reveal_flap (self->sidebar_flap, FALSE);
}

static void
jump_cb (BatonSidebar *sidebar, guint section, BatonWindow *self)
{
  baton_window_jump (self, section);
  if (adw_flap_get_folded (self->sidebar_flap))
    adw_flap_set_reveal_flap (self->sidebar_flap, FALSE);
}

static gboolean
close_request_cb (BatonWindow *self)
{
  GSettings *settings = baton_window_settings (self);
  gboolean maximized = gtk_window_is_maximized (GTK_WINDOW (self));
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_boolean (settings, "window-maximized", maximized);
  if (!maximized && width >= 360 && height >= 294)
    {
      g_settings_set_int (settings, "window-width", width);
      g_settings_set_int (settings, "window-height", height);
    }
  return GDK_EVENT_PROPAGATE;
}

static void
add_views (BatonWindow *self)
{
  self->sidebar = baton_sidebar_new ();
  gtk_box_append (self->sidebar_box, GTK_WIDGET (self->sidebar));
  g_signal_connect (self->sidebar, "open-board", G_CALLBACK (board_open_cb), self);
  g_signal_connect (self->sidebar, "jump", G_CALLBACK (jump_cb), self);

  self->sync_button = BATON_SYNC_BUTTON (baton_sync_button_new ());
  adw_header_bar_pack_end (self->header, GTK_WIDGET (self->sync_button));

  self->board_view = baton_board_view_new ();
  g_signal_connect (self->board_view, "open-card", G_CALLBACK (open_card_cb), self);
  g_object_bind_property (self->search_button, "active", self->board_view, "search-mode",
      G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);

  self->card_pane = baton_card_pane_new ();
  gtk_widget_set_hexpand (GTK_WIDGET (self->card_pane), TRUE);
  gtk_box_append (self->card_box, GTK_WIDGET (self->card_pane));
  g_signal_connect (self->card_pane, "open-card", G_CALLBACK (open_card_cb), self);
  g_signal_connect (self->card_pane, "close-requested", G_CALLBACK (close_card_cb), self);
  g_signal_connect (self->card_pane, "notify::expanded", G_CALLBACK (card_expanded_cb), self);
}

/* In a narrow window the sidebar slides over the view instead of taking its room. The flap by itself would
 * only do so when the view no longer fits at all. */
static void
baton_window_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  BatonWindow *self = BATON_WINDOW (widget);
  AdwFlapFoldPolicy policy = width < NARROW ? ADW_FLAP_FOLD_POLICY_ALWAYS : ADW_FLAP_FOLD_POLICY_AUTO;

  if (adw_flap_get_fold_policy (self->sidebar_flap) != policy)
    adw_flap_set_fold_policy (self->sidebar_flap, policy);
  GTK_WIDGET_CLASS (baton_window_parent_class)->size_allocate (widget, width, height, baseline);
}

static void
baton_window_dispose (GObject *object)
{
  BatonWindow *self = BATON_WINDOW (object);

  baton_window_let_go (self);
  g_clear_weak_pointer (&self->before_card);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->wanted_card, g_free);
  g_clear_pointer (&self->views, g_ptr_array_unref);
  g_clear_object (&self->views_menu);
  G_OBJECT_CLASS (baton_window_parent_class)->dispose (object);
}

static void
baton_window_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  BatonWindow *self = BATON_WINDOW (object);

  if (id == PROP_VIEW)
    g_value_set_string (value, self->view);
  else if (id == PROP_BOARD)
    g_value_set_object (value, self->board);
  else if (id == PROP_INBOX)
    g_value_set_object (value, self->inbox);
}

static void
baton_window_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_VIEW)
    baton_window_show_view (BATON_WINDOW (object), g_value_get_string (value));
}

static void
install_properties (GObjectClass *klass)
{
  klass->get_property = baton_window_get_property;
  klass->set_property = baton_window_set_property;
  g_object_class_install_property (klass, PROP_VIEW,
      g_param_spec_string (
          "view", NULL, NULL, "board", G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));
  g_object_class_install_property (klass, PROP_BOARD,
      g_param_spec_object ("board", NULL, NULL, BATON_TYPE_BOARD, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
  g_object_class_install_property (klass, PROP_INBOX,
      g_param_spec_object ("inbox", NULL, NULL, BATON_TYPE_INBOX, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS));
}

static void
baton_window_class_init (BatonWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = baton_window_dispose;
  widget_class->size_allocate = baton_window_size_allocate;
  install_properties (G_OBJECT_CLASS (klass));
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/batonboard/Baton/window.ui");
  gtk_widget_class_bind_template_child (widget_class, BatonWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, BatonWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, BatonWindow, loading_page);
  gtk_widget_class_bind_template_child (widget_class, BatonWindow, problem_page);
  gtk_widget_class_bind_template_child (widget_class, BatonWindow, problem_buttons);
  gtk_widget_class_bind_template_child (widget_class, BatonWindow, start_box);
  gtk_widget_class_bind_template_child (widget_class, BatonWindow, sidebar_flap);
  gtk_widget_class_bind_template_child (widget_class, BatonWindow, sidebar_box);
  gtk_widget_class_bind_template_child (widget_class, BatonWindow, workspace_label);
  gtk_widget_class_bind_template_child (widget_class, BatonWindow, title);
  gtk_widget_class_bind_template_child (widget_class, BatonWindow, header);
  gtk_widget_class_bind_template_child (widget_class, BatonWindow, new_button);
  gtk_widget_class_bind_template_child (widget_class, BatonWindow, switcher);
  gtk_widget_class_bind_template_child (widget_class, BatonWindow, switcher_buttons);
  gtk_widget_class_bind_template_child (widget_class, BatonWindow, switcher_menu);
  gtk_widget_class_bind_template_child (widget_class, BatonWindow, search_button);
  gtk_widget_class_bind_template_child (widget_class, BatonWindow, lanes_button);
  gtk_widget_class_bind_template_child (widget_class, BatonWindow, status_label);
  gtk_widget_class_bind_template_child (widget_class, BatonWindow, banner_box);
  gtk_widget_class_bind_template_child (widget_class, BatonWindow, card_flap);
  gtk_widget_class_bind_template_child (widget_class, BatonWindow, card_box);
  gtk_widget_class_bind_template_child (widget_class, BatonWindow, board_stack);
  baton_window_install_actions (widget_class);
}

static void
baton_window_init (BatonWindow *self)
{
  GSettings *settings = baton_window_settings (self);
  g_autoptr (GAction) lanes = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (settings, "window-width"),
      g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  add_views (self);
  baton_window_init_views (self);
  baton_metrics_pane_register (self);
  baton_review_page_add (self);
  baton_inbox_page_register (self);
  baton_replaced_toast_watch (self);
  baton_inbox_notify_register (self);
  baton_name_buttons (GTK_WIDGET (self));
  lanes = g_settings_create_action (settings, "lanes");
  g_action_map_add_action (G_ACTION_MAP (self), lanes);
  g_settings_bind (settings, "sidebar-visible", self->sidebar_flap, "reveal-flap", G_SETTINGS_BIND_GET);
  g_signal_connect (self, "close-request", G_CALLBACK (close_request_cb), NULL);
  baton_window_update_actions (self);
}

BatonWindow *
baton_window_new (BatonApplication *application)
{
  return g_object_new (BATON_TYPE_WINDOW, "application", application, NULL);
}
