/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Small file systems of a test's own, which no other process sees. Call init first in main, before any
 * thread: it enters a mount namespace, as root or in a user namespace. Where that is not permitted, mounting
 * fails and tests skip. */
void baton_test_mount_init (void);

gboolean baton_test_mount (const char *folder, guint megabytes);
gboolean baton_test_remount (const char *folder, guint megabytes, gboolean read_only);
void baton_test_unmount (const char *folder); /* and removes the folder */

/* Copies the files in a folder, not its folders. */
void baton_test_copy_folder (const char *from, const char *to);

G_END_DECLS
