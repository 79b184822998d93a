/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workspace.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* Says who asks for how much time, and lets others give it with one click, or decline. */

/* Whether an excuse asks for time and nobody has answered. */
gboolean baton_time_request_waits (const BatonRow *excuse);
/* review: its requester may answer whoever asks. name: of the person who asks. */
GtkWidget *baton_time_request_new (
    BatonWorkspace *workspace, const BatonRow *review, const BatonRow *excuse, const char *name);

G_END_DECLS
