/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "inbox.h"
#include "window.h"

G_BEGIN_DECLS

/* A window's inbox changes with the workspace that it shows. Calls `begin` when another one, or none, has
 * taken the place of the last, and `changed` whenever the present one has been read anew. Ends with the
 * window, and frees data then. name: of the follower on this window, a static string. */
typedef void (*BatonInboxBegin) (gpointer data);
typedef void (*BatonInboxChanged) (BatonInbox *inbox, gpointer data);

void baton_inbox_follow (BatonWindow *window, const char *name, BatonInboxBegin begin,
    BatonInboxChanged changed, gpointer data, GDestroyNotify free);

G_END_DECLS
