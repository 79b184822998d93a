/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "card-model.h"
#include "mark.h"
#include "notice.h"

G_BEGIN_DECLS

/* Where something is said about words of a text, upon the words. What is typed is kept as a draft until it is
 * sent. Closes by itself. */
#define BATON_TYPE_WORDS_POPOVER (baton_words_popover_get_type ())
G_DECLARE_FINAL_TYPE (BatonWordsPopover, baton_words_popover, BATON, WORDS_POPOVER, GtkPopover)

/* over: what it is opened upon, place: of the words in it. The mark is copied; notice says why something was
 * refused. Borrowed: it belongs to `over`. */
BatonWordsPopover *baton_words_popover_open (GtkWidget *over, const GdkRectangle *place,
    BatonCardModel *model, BatonItem *version, const BatonMark *mark, const char *words, BatonNotice *notice);

G_END_DECLS
