/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "asset-section.h"
#include "notice.h"

G_BEGIN_DECLS

struct _BatonAssetSection
{
  GtkWidget parent_instance;

  BatonCardModel *model;
  GtkWidget *hero; /* holds the preview, as high as its width suggests */
  GtkWidget *preview;
  GtkWidget *below; /* everything under the hero */
  GtkWidget *tabs;  /* the assets, when there are several */
  GtkWidget *strip; /* the versions */
  GListStore *versions;
  GtkSingleSelection *selection;
  GtkWidget *words; /* who, when, status; the note; what is to be chosen */
  GtkWidget *facts;
  GtkWidget *note;
  GPtrArray *bound;  /* GtkListItem, those of the strip that show a version; borrowed */
  GtkWidget *choice; /* a line that asks, with its button */
  GtkWidget *choice_words;
  GtkWidget *choose;
  GtkWidget *compare; /* the siblings, beside each other */
  GtkWidget *restore;
  GtkWidget *buttons;
  GtkWidget *menu;
  GtkWidget *empty; /* where files can be dropped while there are none */
  GtkWidget *uploads;
  BatonNotice *notice;

  char *asset; /* ids of what is shown */
  char *version;
  char *previewed;  /* the version and the state that the preview shows */
  gboolean filling; /* the strip is being made anew */
};

/* asset-section-build.c; takes the strip of versions */
void baton_asset_section_build (BatonAssetSection *self, GtkWidget *strip);

/* asset-section-actions.c */
void baton_asset_section_install_actions (GtkWidgetClass *klass);
void baton_asset_section_update_actions (BatonAssetSection *self);

/* asset-uploads.c: rows for what is on its way to a card */
GtkWidget *baton_asset_uploads_new (BatonCardModel *model);

G_END_DECLS
