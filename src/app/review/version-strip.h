/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "review-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* The versions of an asset, the newest first, with the note of the one that is looked at. That one has a
 * solid frame, the one it is compared with a dashed one.
 *
 * Signals:
 *   shown (const char *version)      look at this one
 *   compared (const char *version)   compare with this one */
#define BATON_TYPE_VERSION_STRIP (baton_version_strip_get_type ())
G_DECLARE_FINAL_TYPE (BatonVersionStrip, baton_version_strip, BATON, VERSION_STRIP, GtkBox)

GtkWidget *baton_version_strip_new (void);
/* newer and older: ids; older may be NULL. */
void baton_version_strip_show (
    BatonVersionStrip *self, BatonReviewModel *model, const char *newer, const char *older);

G_END_DECLS
