/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "window.h"

#include "sharing.h"

G_BEGIN_DECLS

/* A refused or replaced change is taken up where it was made: the card opens with the text in its field,
 * ready to be changed and saved. When it was saved, it needs attention no more; until then it goes on
 * waiting. */

/* Whether it is about a text that can be edited on a card that is there. */
gboolean baton_attention_can_edit (BatonWorkspace *workspace, const BatonAttention *attention);
void baton_attention_edit (BatonWindow *window, const BatonAttention *attention);

G_END_DECLS
