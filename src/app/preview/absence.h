/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workspace.h"

G_BEGIN_DECLS

/* Why the file of a version is not here, and when it will be, in words. author: the name of who made it, or
 * NULL. Transfer full. */
char *baton_absence_words (BatonWorkspace *workspace, const char *author);

G_END_DECLS
