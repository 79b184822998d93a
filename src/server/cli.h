/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The commands that administer a server's folder, also while the server runs. words: the command and its
 * arguments, NULL-terminated. Returns the exit status. */
int baton_cli_run (char **words);
gboolean baton_cli_is_command (const char *word);
void baton_cli_show_commands (void);

G_END_DECLS
