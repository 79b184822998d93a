/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workspace.h"

G_BEGIN_DECLS

/* Why the file of a version is not here, and when it will be, in words. author: the name of who made it, or
 * NULL. Transfer full. */
char *baton_absence_words (BatonWorkspace *workspace, const char *author);

/* Whether a file that is not here can still come: from the server, asked at once or after signing in. */
gboolean baton_absence_may_end (BatonWorkspace *workspace);

/* Why the file of a version is not shown when it is known to be damaged. */
const char *baton_damage_words (BatonWorkspace *workspace);

G_END_DECLS
