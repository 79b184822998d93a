/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The token of this device for one workspace: in the desktop's keyring, or, where there is none (a server, a
 * script), in a file of the workspace that only its owner can read. All calls may wait; any thread. */

/* *in_file (may be NULL): there was no keyring. */
gboolean baton_token_store (
    const char *folder, const char *server, const char *token, gboolean *in_file, GError **error);
/* Only where it does not wait for a keyring. */
char *baton_token_load_file (const char *folder, const char *server);
char *baton_token_load (const char *folder, const char *server); /* NULL when there is none. Transfer full */
void baton_token_forget (const char *folder, const char *server);

G_END_DECLS
