/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The text of a file that need not fit into memory: packed by gzip or not, in UTF-8 or in what its first
 * bytes say (a byte order mark, the look of UTF-16, the declaration of XML). */
typedef struct _BatonEventBytes BatonEventBytes;

BatonEventBytes *baton_event_bytes_open (const char *path, GError **error);
void baton_event_bytes_free (BatonEventBytes *bytes);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonEventBytes, baton_event_bytes_free)

/* Some more text, at most `room` bytes (at least 64 of them); *got is 0 at the end alone. Text in eight bits
 * that is no UTF-8 comes as it is. Errors: IO, INVALID. */
gboolean baton_event_bytes_read (
    BatonEventBytes *bytes, char *buffer, gsize room, gsize *got, GError **error);

/* Whether the text begins like XML that is no web page. */
gboolean baton_event_bytes_is_xml (BatonEventBytes *bytes);

/* What the text is converted from, as iconv calls it; NULL: it is read as it is. */
const char *baton_event_bytes_encoding (BatonEventBytes *bytes);

gint64 baton_event_bytes_done (BatonEventBytes *bytes); /* bytes of the file read so far */
gint64 baton_event_bytes_size (BatonEventBytes *bytes); /* of the file */

G_END_DECLS
