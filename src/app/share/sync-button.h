/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Where a shared workspace stands, in words and a symbol, with the details behind it. Invisible for a
 * workspace that is not shared. */
#define BATON_TYPE_SYNC_BUTTON (baton_sync_button_get_type ())
G_DECLARE_FINAL_TYPE (BatonSyncButton, baton_sync_button, BATON, SYNC_BUTTON, AdwBin)

GtkWidget *baton_sync_button_new (void);
void baton_sync_button_set_workspace (BatonSyncButton *self, BatonWorkspace *workspace); /* NULL: none */

G_END_DECLS
