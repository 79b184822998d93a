/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sharing.h"

G_BEGIN_DECLS

/* Keeps the files of a shared workspace in step behind the operations, on a thread of its own: so a large
 * file never holds back a small change. Lives as long as the sharing it was made for. Main thread. */
typedef struct _BatonFiles BatonFiles;

BatonFiles *baton_files_new (BatonWorkspace *workspace, BatonSharing *sharing);
void baton_files_free (BatonFiles *files); /* stops what travels; it goes on next time where it was */

G_END_DECLS
