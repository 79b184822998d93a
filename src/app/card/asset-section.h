/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "card-model.h"
#include "preview-view.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The files of a card, at the head of its page: what the chosen version looks like, the strip of its
 * versions, what is on its way, and how to add more. Files may be dropped anywhere on it. */
#define BATON_TYPE_ASSET_SECTION (baton_asset_section_get_type ())
G_DECLARE_FINAL_TYPE (BatonAssetSection, baton_asset_section, BATON, ASSET_SECTION, GtkWidget)

GtkWidget *baton_asset_section_new (BatonCardModel *model);

/* The asset and the version that are shown; NULL when the card has none. */
BatonItem *baton_asset_section_asset (BatonAssetSection *self);
BatonItem *baton_asset_section_version (BatonAssetSection *self);
void baton_asset_section_show_version (BatonAssetSection *self, const char *version);
BatonPreviewView *baton_asset_section_preview (BatonAssetSection *self);

/* Files (of char *) for the card, as if they were dropped. */
void baton_asset_section_add_files (BatonAssetSection *self, GPtrArray *paths);

G_END_DECLS
