/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Tells of files in a folder once nobody has written to them for a while: a file that is still being copied
 * or saved waits. Main thread. */
typedef struct _BatonQuiet BatonQuiet;

/* A file has been still. Called again when it changes again. */
typedef void (*BatonQuietFunc) (const char *path, gpointer data);

/* quiet: milliseconds without a change. With existing, files that are there already are told of as well. What
 * editors and downloads leave half done (hidden files, *.part, *~ …) is never told. Errors: G_IO_ERROR. */
BatonQuiet *baton_quiet_new (
    const char *folder, guint quiet, gboolean existing, BatonQuietFunc func, gpointer data, GError **error);
void baton_quiet_free (BatonQuiet *quiet);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonQuiet, baton_quiet_free)

/* Told when a file was deleted, moved away or got another name. */
void baton_quiet_set_gone (BatonQuiet *quiet, BatonQuietFunc gone);

/* Looks at a file (again), as if it had just been written. */
void baton_quiet_look (BatonQuiet *quiet, const char *path);

gboolean baton_quiet_is_passing (const char *name); /* a name that only passes through */

G_END_DECLS
