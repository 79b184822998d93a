/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "value.h"

G_BEGIN_DECLS

/* Rows as JSON text, all of their fields: what a snapshot is made of (src/client/PROTOCOL.md, section 9).
 * {"tables":[{"e":ENTITY,"f":[FIELD…],"r":[[ID,VALUE…]…]}…]} */

void baton_part_begin (GString *out);
void baton_part_add (GString *out, BatonEntity entity, GPtrArray *rows); /* BatonRow; nothing when empty */
void baton_part_end (GString *out);

/* Of BatonRow; transfer full. Entities and fields that this Baton does not know are left out. */
GPtrArray *baton_part_read (const char *text, gssize length, GError **error);

G_END_DECLS
