/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Toasts, one after the other. libadwaita 1.2 frees a toast that is dismissed while it still slides in, and
 * writes into it when it has arrived. So every toast goes through here: it is dismissed when it has arrived,
 * and the next one waits for that. */

/* Takes the toast. One of high priority takes the place of the one that is shown. */
void baton_toasts_add (AdwToastOverlay *overlay, AdwToast *toast);

/* Takes the toast away as soon as that is safe; one that waits never appears. "dismissed" is emitted. */
void baton_toasts_dismiss (AdwToast *toast);

G_END_DECLS
