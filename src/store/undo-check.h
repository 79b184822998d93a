/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db.h"
#include "sync.h"

G_BEGIN_DECLS

/* Private to store, for the server. An undo says itself what it writes, because it was made from what its
 * maker saw; so a server compares that with its own log: every field is one that the targets wrote, every
 * value one that the field has had, and the targets are the same account's. Times and ranks that the rules
 * keep may differ from the server's own; they are held within bounds. FALSE with *refusal when it is not so;
 * FALSE without when something broke. Any other operation is fine. */
gboolean baton_undo_check (BatonDb *db, const BatonSubmission *submission, GError **refusal, GError **error);

G_END_DECLS
