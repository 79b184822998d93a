/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "thread-view.h"

G_BEGIN_DECLS

/* A thread upon its pin: read when the pointer rests there, answered and resolved when it was opened. */
#define BATON_TYPE_THREAD_POPOVER (baton_thread_popover_get_type ())
G_DECLARE_FINAL_TYPE (BatonThreadPopover, baton_thread_popover, BATON, THREAD_POPOVER, GtkPopover)

/* Opens upon a pin, which owns it from then on. Others are borrowed and outlive it. held: stays until it is
 * closed; else it goes when the pointer does. */
BatonThreadPopover *baton_thread_popover_open (GtkWidget *pin, BatonReviewModel *model,
    const BatonThread *thread, const BatonRow *shown, BatonNotice *notice, gboolean held);
void baton_thread_popover_hold (BatonThreadPopover *self);
gboolean baton_thread_popover_is_held (BatonThreadPopover *self);
/* The keyboard went elsewhere: it goes in a moment, unless the pointer is there. */
void baton_thread_popover_release (BatonThreadPopover *self);
/* The pointer came to the pin, or left it. */
void baton_thread_popover_hover (BatonThreadPopover *self, gboolean over);
void baton_thread_popover_close (BatonThreadPopover *self);
BatonThreadView *baton_thread_popover_view (BatonThreadPopover *self);

G_END_DECLS
