/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workspace.h"

G_BEGIN_DECLS

/* What is looked at is read whole once while the program runs, in a thread, so that a file whose content is
 * no longer what was added is found before somebody approves it. Very large files are left to `batonctl
 * verify`. */
#define BATON_SOUNDNESS_MOST (G_GINT64_CONSTANT (256) * 1024 * 1024)

/* found: is called on the main thread, at most once, when the file turned out to be damaged, which the
 * workspace knows from then on; never when it is sound, has been read before, or the owner is gone. */
typedef void (*BatonDamageFound) (gpointer owner);
void baton_soundness_check (
    BatonWorkspace *workspace, const char *hash, GObject *owner, BatonDamageFound found);

G_END_DECLS
