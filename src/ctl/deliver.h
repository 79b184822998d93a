/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where an answer goes that a person named with --output. */

/* Nothing was named, or “-”. */
gboolean ctl_is_standard_output (const char *path);

/* A pipe, a terminal, a device: to be written into, never to be replaced by a file. */
gboolean ctl_is_stream (const char *path);

/* Puts a file there, all of it or nothing; a stream is written into, a link stays and what it points to is
 * replaced. Errors: BATON_ERROR_IO, FULL, with the reason in words. */
gboolean ctl_write_file (const char *path, const char *data, gsize size, GError **error);

/* Copies a file into standard output or a stream, in constant memory. */
gboolean ctl_pour (const char *from, const char *to, GError **error);

/* For what can only be written into a file: an empty one that nobody else sees. The caller removes it. */
gboolean ctl_temporary (char **path, GError **error);
/* Appends all of a file. */
gboolean ctl_read_back (const char *path, GString *out, GError **error);

G_END_DECLS
