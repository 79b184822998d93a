/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "notice.h"
#include "review-model.h"
#include "text-mark.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What was said about a version, with a place to say more: about the version as a whole, or pinned to a mark
 * that was drawn. What is typed and what is drawn is kept until it is sent.
 *
 * Signals:
 *   chosen (const char *comment)   the person wants to see its place
 *   tool (int shape)               a drawing tool was taken (BatonMarkShape), or put away (none)
 *   draft-changed ()               the mark that waits for its words is another one, or gone */
#define BATON_TYPE_CONVERSATION (baton_conversation_get_type ())
G_DECLARE_FINAL_TYPE (BatonConversation, baton_conversation, BATON, CONVERSATION, GtkBox)

GtkWidget *baton_conversation_new (BatonReviewModel *model, BatonNotice *notice);

/* The version that is looked at; new comments are about it. */
void baton_conversation_set_version (BatonConversation *self, const char *version);

/* A mark was drawn: it waits for its words, and the keyboard goes there. Copied. */
void baton_conversation_pin (BatonConversation *self, const BatonMark *mark, int page);
const BatonMark *baton_conversation_draft (BatonConversation *self, int *page); /* borrowed; NULL: none */

/* Shows which tool is in use. */
void baton_conversation_show_tool (BatonConversation *self, BatonMarkShape tool);
/* Whether there are pictures to draw upon. */
void baton_conversation_offer_tools (BatonConversation *self, gboolean offer, const char *hint);
void baton_conversation_select (BatonConversation *self, const char *comment);
/* Selects the thread and brings it into view; the keyboard stays where it is. */
void baton_conversation_show (BatonConversation *self, const char *comment);
const char *baton_conversation_selected (BatonConversation *self);
/* To the next comment or the one before; chooses it. */
void baton_conversation_step (BatonConversation *self, gboolean forward);
/* Of BatonTextMark: which words comments are about, and what became of them. */
void baton_conversation_set_quotes (BatonConversation *self, const GPtrArray *marks);
/* What can be done to the comment that is selected. */
void baton_conversation_reply (BatonConversation *self);
void baton_conversation_resolve (BatonConversation *self);
/* The keyboard goes to the place to say more. */
void baton_conversation_write (BatonConversation *self);
void baton_conversation_set_unresolved_only (BatonConversation *self, gboolean only);
gboolean baton_conversation_unresolved_only (BatonConversation *self);

G_END_DECLS
