/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "board.h"

G_BEGIN_DECLS

/* Everything that belongs to one card, live: its long texts, checklists, comments, links, assets with their
 * versions and custom values, beside the face that the board holds already. Loaded on another thread, then
 * kept by the operations that pass. Main thread only; the card must be on the board.
 *
 * Signals:
 *   loaded (): what belongs to the card is here (again)
 *   changed (): the card's face, a name on it, or what it waits for
 *   text-changed (const char *key, const char *person): a text has another value; key as in text-target.h,
 *       person the id of who did it, or NULL
 *   relatives-changed (): a card that this one waits for, or that waits for it
 *   assets-changed (): an asset or a version of it
 *   touched (): the history of the card has grown
 *   tick (): time has passed; words about time are made anew */
#define BATON_TYPE_CARD_MODEL (baton_card_model_get_type ())
G_DECLARE_FINAL_TYPE (BatonCardModel, baton_card_model, BATON, CARD_MODEL, GObject)

BatonCardModel *baton_card_model_new (BatonBoard *board, const char *card);

BatonBoard *baton_card_model_board (BatonCardModel *self);
BatonWorkspace *baton_card_model_workspace (BatonCardModel *self);
const char *baton_card_model_id (BatonCardModel *self);
BatonItem *baton_card_model_card (BatonCardModel *self); /* its face */
gboolean baton_card_model_is_loaded (BatonCardModel *self);
/* Whether this person may change the card and what belongs to it, and whether they may talk about it. */
gboolean baton_card_model_can_edit (BatonCardModel *self);
gboolean baton_card_model_can_comment (BatonCardModel *self);

/* The whole row, long texts too; NULL until it is loaded. Borrowed. */
const BatonRow *baton_card_model_row (BatonCardModel *self);

/* Live models, in order. Borrowed; the same object as long as the card model lives. */
BatonColumn *baton_card_model_checklists (BatonCardModel *self);
BatonColumn *baton_card_model_items (BatonCardModel *self, const char *checklist);
BatonColumn *baton_card_model_comments (BatonCardModel *self);
BatonColumn *baton_card_model_links (BatonCardModel *self);
BatonColumn *baton_card_model_assets (BatonCardModel *self);

/* The versions of an asset, the newest first, those in the bin too. Transfer full, of BatonItem. */
GPtrArray *baton_card_model_versions (BatonCardModel *self, const char *asset);

/* The value of a custom field, or NULL when the card has none. */
BatonItem *baton_card_model_custom_value (BatonCardModel *self, const char *custom_field);

/* Emits "tick". Whoever shows the model says when. */
void baton_card_model_tick (BatonCardModel *self);

/* A row that belongs to the card, removed ones too; NULL when there is none. */
BatonItem *baton_card_model_find (BatonCardModel *self, const char *id);

/* The text that is being edited, so that a row that is made anew goes on where the person was. NULL: none. */
void baton_card_model_set_editing (BatonCardModel *self, const char *key);
const char *baton_card_model_editing (BatonCardModel *self);

/* The name of a person for others to read, or words for nobody known. Borrowed. */
const char *baton_card_model_person (BatonCardModel *self, const char *person);

G_END_DECLS
