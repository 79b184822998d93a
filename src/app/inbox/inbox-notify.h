/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "window.h"

G_BEGIN_DECLS

/* Tells the desktop what has come to wait for the person while they looked elsewhere, unless they switched
 * that off (“notify” in the settings). One notification for a workspace: it is replaced when more comes, and
 * withdrawn when the window is looked at or nothing new is left. What was there when the workspace was opened
 * is not told. Its click is app.inbox, with the workspace's folder. */
void baton_inbox_notify_register (BatonWindow *window);

G_END_DECLS
