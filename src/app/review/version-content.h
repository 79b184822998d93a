/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "content.h"
#include "workspace.h"

G_BEGIN_DECLS

/* What there is to see of a version, decoded by a helper when it is asked for. soon: nobody waits for it yet,
 * so others go before. Transfer full. */
BatonContent *baton_version_content_new (BatonWorkspace *workspace, const BatonRow *version, gboolean soon);

/* Where the file of a version lies, or would lie. Transfer full. */
char *baton_version_path (BatonWorkspace *workspace, const BatonRow *version);

G_END_DECLS
