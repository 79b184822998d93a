/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hub.h"
#include "id.h"
#include "json.h"
#include "sync.h"

#include <jansson.h>

G_BEGIN_DECLS

/* Private to the server's logic. */

BatonStore *baton_hub_store (BatonHub *hub);

/* A JSON object, or NULL; strict, and not deeper than the protocol allows. */
json_t *baton_hub_parse (const char *text, gsize length);

/* The 409 that tells a client the lineage. */
guint baton_hub_fail_epoch (BatonReader *reader, GString *reply);
/* What cannot be read, with what to do where it is damaged. error may be NULL. */
guint baton_hub_fail_to_read (GString *reply, const GError *error);
gint64 baton_hub_backup_seq (BatonReader *reader);

G_END_DECLS
