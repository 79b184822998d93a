/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "shared-files.h"
#include "window.h"

G_BEGIN_DECLS

/* The files on their way, in a window of its own beside the work. */
void baton_transfers_dialog_present (BatonWindow *window);

/* What is in it, for tests: the list, and what there is to say of all. */
#define BATON_TYPE_TRANSFERS_VIEW (baton_transfers_view_get_type ())
G_DECLARE_FINAL_TYPE (BatonTransfersView, baton_transfers_view, BATON, TRANSFERS_VIEW, AdwBin)

GtkWidget *baton_transfers_view_new (BatonFiles *files);

G_END_DECLS
