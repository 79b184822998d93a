/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define BATON_ID_LENGTH 36

/* Writes a UUIDv7 (RFC 9562) in its 36-character lower-case form and a final NUL.
 * unix_ms: milliseconds since 1970; random: ten random bytes, handed in because core has no randomness of its
 * own. */
void baton_id_format (char out[BATON_ID_LENGTH + 1], gint64 unix_ms, const guint8 random[10]);

/* Whether text is a UUID in lower-case form (any version). */
gboolean baton_id_is_valid (const char *text);

/* Like g_str_hash, from the last eight bytes alone: in an id they are random. A GHashFunc, any text will do.
 */
guint baton_id_hash (gconstpointer id);

G_END_DECLS
