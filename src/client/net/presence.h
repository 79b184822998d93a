/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Who looks at which card now, as the server last said. Nobody when it is not there. Main thread.
 *
 * Signal: changed (char *card)  others look at it now */
#define BATON_TYPE_PRESENCE (baton_presence_get_type ())
G_DECLARE_FINAL_TYPE (BatonPresence, baton_presence, BATON, PRESENCE, GObject)

BatonPresence *baton_presence_new (void);

/* The live channel's message (PROTOCOL.md, section 10); NULL: nobody is known to be anywhere. me: the person
 * who is not counted, on whatever device; may be NULL. */
void baton_presence_take (BatonPresence *self, const char *message, const char *me);

/* The ids (char *) of those who look at a card, in a lasting order; NULL when nobody does. Borrowed until the
 * next message. */
GPtrArray *baton_presence_on (BatonPresence *self, const char *card);

/* Where the message says that a device is. FALSE when it does not speak of it. board, card: NULL: nowhere;
 * transfer full. */
gboolean baton_presence_where (const char *message, const char *device, char **board, char **card);

G_END_DECLS
