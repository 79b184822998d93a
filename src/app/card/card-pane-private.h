/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "card-header.h"
#include "card-model.h"
#include "card-page.h"
#include "card-pane.h"
#include "notice.h"

G_BEGIN_DECLS

struct _BatonCardPane
{
  AdwBin parent_instance;

  /* Template */
  BatonCardHeader *header;
  BatonNotice *notice;
  GtkScrolledWindow *scrolled;
  AdwBin *holder;

  /* Owned */
  GtkWidget *handle;
  GSettings *settings;
  BatonCardModel *model;

  /* Borrowed: the holder's child */
  BatonCardPage *page;

  gboolean expanded;
  int width;        /* beside the board, in pixels at 100 % */
  int width_before; /* when a drag of the edge began */
  float x_before;   /* where, in the window */
};

/* card-pane-actions.c */
void baton_card_pane_install_actions (GtkWidgetClass *klass);
void baton_card_pane_update_actions (BatonCardPane *self);

/* card-pane-size.c */
#define BATON_CARD_PANE_NARROWEST 280
#define BATON_CARD_PANE_WIDEST 640
void baton_card_pane_install_size (GtkWidgetClass *klass);
void baton_card_pane_add_handle (BatonCardPane *self);
int baton_card_pane_width_beside (BatonCardPane *self); /* in pixels, with texts as large as they are */

/* For tests. */
BatonCardPage *baton_card_pane_page (BatonCardPane *self);
BatonCardModel *baton_card_pane_model (BatonCardPane *self);

G_END_DECLS
