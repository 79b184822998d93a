/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "preview-file.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The file on the whole screen, in a window of its own that Escape, F and F11 close. from: a widget of the
 * window it was asked in. Nothing happens when that is on the whole screen already. */
void baton_preview_fullscreen (GtkWidget *from, const BatonPreviewFile *file, int page);

G_END_DECLS
