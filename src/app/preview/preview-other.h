/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "preview-file.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What stands in for a file that cannot be shown: an icon of its kind, why, what is known about it, and a way
 * to open it elsewhere (the action preview.open-with) where there is something to open and somebody who does
 * it. */
#define BATON_TYPE_PREVIEW_OTHER (baton_preview_other_get_type ())
G_DECLARE_FINAL_TYPE (BatonPreviewOther, baton_preview_other, BATON, PREVIEW_OTHER, GtkWidget)

GtkWidget *baton_preview_other_new (void);
void baton_preview_other_show (
    BatonPreviewOther *self, const BatonPreviewFile *file, const char *words, gboolean can_open);

G_END_DECLS
