/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board-settings.h"
#include "list-editor.h"

G_BEGIN_DECLS

/* The window: pages on the left, the chosen one on the right; on a narrow screen one after the other. */
#define BATON_TYPE_BOARD_SETTINGS (baton_board_settings_get_type ())
G_DECLARE_FINAL_TYPE (BatonBoardSettings, baton_board_settings, BATON, BOARD_SETTINGS, AdwWindow)

struct _BatonBoardSettings
{
  AdwWindow parent_instance;

  /* Template */
  AdwLeaflet *leaflet;
  GtkListBox *pages;
  GtkWidget *content;
  AdwWindowTitle *title;
  GtkWidget *back_button;
  GtkStack *stack;

  /* Owned */
  BatonWorkspace *workspace;
  BatonBoard *board;
  BatonItem *item; /* the board's row */

  /* Borrowed */
  BatonWindow *window;
};

/* Shows a page by name ("stages", "channels", "campaigns", "asset-types", "labels", "reviews", "people",
 * "fields", "board"). */
void baton_board_settings_show_page (BatonBoardSettings *self, const char *name);
/* Shows everything about one stage. */
void baton_board_settings_show_stage (BatonBoardSettings *self, BatonItem *stage);
/* From a stage back to the list of stages, from a page to the list of pages. */
void baton_board_settings_go_back (BatonBoardSettings *self);

/* A page, and a list editor in it. */
GtkWidget *baton_board_settings_page (GtkWidget *content, const char *title, const char *description);

/* One file each. */
GtkWidget *baton_board_settings_stages_new (BatonBoardSettings *self);
GtkWidget *baton_board_settings_stage_new (BatonBoardSettings *self, BatonItem *stage);
GtkWidget *baton_board_settings_people_new (BatonBoardSettings *self);
GtkWidget *baton_board_settings_board_new (BatonBoardSettings *self);
GtkWidget *baton_board_settings_review_new (BatonBoardSettings *self);

/* Asks where the cards of a stage go and removes it. Gives the dialog, for tests. */
AdwMessageDialog *baton_stage_remove_ask (BatonBoardSettings *self, BatonItem *stage);

G_END_DECLS
