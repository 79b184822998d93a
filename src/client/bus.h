/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workspace.h"

G_BEGIN_DECLS

/* One writer, several programs: whoever has a workspace open takes operations for it over the session bus.
 *
 * Name: io.github.batonboard.Baton.Workspace.w<DIGITS>, the first 32 hexadecimal digits of the SHA-256 of the
 *     folder's real path
 * Object: /io/github/batonboard/Baton/Workspace/w<DIGITS>
 * Interface: io.github.batonboard.Baton.Workspace1
 *   Perform (s operation) → (x sequence): one operation as in codec.h
 *   PerformBatch (h file) → (x sequence): a file of operations, one a line, in one transaction
 *   Undo (b redo) → (s sentence): what was undone; "" when there is nothing to undo
 *
 * Each is answered when the transaction is on the disk. The owner fills in person and time where they are
 * missing. A refusal is an error io.github.batonboard.Baton.Error.CODE with a sentence, which becomes the
 * same BATON_ERROR again on the other side. */

char *baton_bus_name (const char *folder);
char *baton_bus_path (const char *folder);

/* The owner's side. Takes the name and answers until baton_bus_free; main thread. The workspace is kept. */
typedef struct _BatonBus BatonBus;
BatonBus *baton_bus_export (BatonWorkspace *workspace, GDBusConnection *connection, GError **error);
void baton_bus_free (BatonBus *bus);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonBus, baton_bus_free)

void baton_bus_register_errors (void);

/* The other side: blocking. BATON_ERROR_LOCKED when nobody answers. */
gboolean baton_bus_is_owned (const char *folder);
gboolean baton_bus_perform (const char *folder, const BatonOp *op, GError **error);
gboolean baton_bus_perform_batch (const char *folder, GPtrArray *ops, GError **error);
gboolean baton_bus_undo (const char *folder, gboolean redo, char **sentence, GError **error);

G_END_DECLS
