/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "asset-section.h"
#include "card-fixture.h"
#include "files.h"
#include "uploads.h"

G_BEGIN_DECLS

/* The page of a card without files, and a folder to make some in. */
typedef struct
{
  CardFixture card;
  char *folder;
  BatonAssetSection *section;
} Assets;

void assets_set_up (Assets *f, gconstpointer data);
void assets_tear_down (Assets *f, gconstpointer data);
#define ASSETS_ADD(name, func) \
  g_test_add ("/card/assets/" name, Assets, NULL, assets_set_up, func, assets_tear_down)

/* Until it is shown. */
void assets_add (Assets *f, const char *path);
void assets_activate (Assets *f, const char *action);
gint64 assets_shown_number (Assets *f); /* of the version that is looked at; 0: none */

/* For card_fixture_until. */
gboolean assets_nothing_on_its_way (CardFixture *card, gpointer data);
gboolean assets_one_has_failed (CardFixture *card, gpointer data);
gboolean assets_shows_picture (CardFixture *card, gpointer assets);
gboolean assets_shows_second (CardFixture *card, gpointer assets);
gboolean assets_has_words (CardFixture *card, gpointer words);

G_END_DECLS
