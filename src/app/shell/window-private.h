/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board-view.h"
#include "bus.h"
#include "card-pane.h"
#include "shared-files.h"
#include "sidebar.h"
#include "sync-button.h"
#include "window.h"

G_BEGIN_DECLS

struct _BatonWindow
{
  AdwApplicationWindow parent_instance;

  /* Template */
  AdwToastOverlay *toasts;
  GtkStack *stack;
  AdwStatusPage *loading_page;
  AdwStatusPage *problem_page;
  GtkBox *problem_buttons;
  GtkBox *start_box;
  AdwFlap *sidebar_flap;
  GtkBox *sidebar_box;
  GtkLabel *workspace_label;
  GtkLabel *title;
  AdwSqueezer *switcher;
  GtkBox *switcher_buttons;
  GtkMenuButton *switcher_menu;
  AdwHeaderBar *header;
  GtkButton *new_button;
  GtkToggleButton *search_button;
  GtkMenuButton *lanes_button;
  GtkLabel *status_label;
  GtkBox *banner_box;
  AdwFlap *card_flap;
  GtkBox *card_box;
  GtkStack *board_stack;

  /* Owned */
  BatonWorkspace *workspace;
  BatonBoard *board;
  BatonBus *bus;     /* other programs of the session change the workspace through it */
  BatonFiles *files; /* of a workspace that is connected to its server */
  GCancellable *opening;
  BatonInbox *inbox;
  char *wanted_card; /* to be opened when its board is there */
  BatonField wanted_field;
  char *folder;
  gboolean showed_start;
  const char *view;  /* of the board: a name in window-views.c */
  GPtrArray *views;  /* those that were added */
  GMenu *views_menu; /* the switcher where the window is narrow */

  /* Borrowed: children of the template's boxes */
  BatonSidebar *sidebar;
  BatonSyncButton *sync_button;
  BatonBoardView *board_view;
  BatonCardPane *card_pane;
  AdwToast *undo_toast;
  GtkWidget *before_card; /* had the focus when the pane opened; weak */
};

/* window-actions.c */
void baton_window_install_actions (GtkWidgetClass *klass);
void baton_window_update_actions (BatonWindow *self);

/* window-open.c */
void baton_window_take_workspace (BatonWindow *self, BatonWorkspace *workspace);
void baton_window_let_go (BatonWindow *self);

/* window-card.c */
void baton_window_open_wanted (BatonWindow *self);

/* window-views.c */
void baton_window_init_views (BatonWindow *self);
void baton_window_refresh_view (BatonWindow *self);
void baton_window_restore_view (BatonWindow *self);
void baton_window_jump (BatonWindow *self, guint section);

/* window-share.c */
void baton_window_install_share_actions (GtkWidgetClass *klass);
void baton_window_update_share_actions (BatonWindow *self);
void baton_window_disconnect (BatonWindow *self);
void baton_window_tell_copied (BatonWorkspace *workspace, BatonWindow *self);
void baton_window_role_changed (BatonWorkspace *workspace, BatonWindow *self);
void baton_window_say_where (BatonWindow *self, const char *card); /* NULL: on the board */

/* window.c */
GSettings *baton_window_settings (BatonWindow *self);
void baton_window_show_card_pane (BatonWindow *self, gboolean shown);

G_END_DECLS
