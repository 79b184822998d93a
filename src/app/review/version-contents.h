/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "content.h"
#include "workspace.h"

G_BEGIN_DECLS

/* What there is to see of the versions that were looked at last: going back and forth costs nothing. */
typedef struct _BatonVersionContents BatonVersionContents;

BatonVersionContents *baton_version_contents_new (void);
void baton_version_contents_free (BatonVersionContents *self);
/* Forgets all of it. */
void baton_version_contents_set_workspace (BatonVersionContents *self, BatonWorkspace *workspace);

/* Borrowed; NULL for no version. soon: nobody looks at it yet. */
BatonContent *baton_version_contents_get (BatonVersionContents *self, const BatonRow *version, gboolean soon);

G_END_DECLS
