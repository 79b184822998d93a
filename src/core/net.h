/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "effect.h"

G_BEGIN_DECLS

/* The net difference of many changes: what somebody who saw only the beginning has to change to see the end.
 * When a workspace follows its server, operations are taken back, others applied and the first ones applied
 * again; models follow only what that made different. */
typedef struct _BatonNet BatonNet;

BatonNet *baton_net_new (void);
void baton_net_free (BatonNet *net);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonNet, baton_net_free)

/* Changes in the order in which they were made. A row that vanishes must come with what it was just before.
 */
void baton_net_add (BatonNet *net, const BatonChange *change);
void baton_net_touch (BatonNet *net, const char *card);

/* An effect with every changed field once, new rows as they are now, and rows that are gone. Rows come in the
 * order in which they were first changed. Transfer full. */
BatonEffect *baton_net_finish (BatonNet *net);

G_END_DECLS
