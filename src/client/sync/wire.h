/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sync.h"
#include "transport.h"

#include <jansson.h>

G_BEGIN_DECLS

/* Private to sync: the texts of PROTOCOL.md, read and written. */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (json_t, json_decref)

/* Whether a live message that begins with {"sum":HASH, is what the server meant to say; others are believed.
 */
gboolean baton_wire_is_sound (const char *text, gsize length);

json_t *baton_wire_parse (const char *text, gsize length); /* an object, or NULL */
const char *baton_wire_text (json_t *object, const char *key);
gint64 baton_wire_int (json_t *object, const char *key, gint64 fallback);
char *baton_wire_dump (json_t *value);

/* Entries of an answer; NULL when one of them cannot be read. history: with effects. */
GPtrArray *baton_wire_entries (json_t *array, gboolean history, GError **error);

/* Refusals of a push's receipts. */
GPtrArray *baton_wire_refusals (json_t *receipts, const char *device);

char *baton_wire_hello (const char *program, const char *device, const char *epoch, gint64 cursor);

/* boot: the boot-time clock now. most 0: without entries. */
char *baton_wire_push (const char *device, const char *epoch, gint64 wall, gint64 boot, GPtrArray *outgoing,
    gint64 cursor, guint most);

/* How far two logs are the same: the end of their common part, at most cursor. Lineages as JSON texts. */
gint64 baton_wire_common (const char *ours, const char *theirs, gint64 cursor);

G_END_DECLS
