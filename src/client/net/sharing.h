/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "account.h"
#include "engine.h"
#include "workspace.h"

G_BEGIN_DECLS

/* A workspace that is shared through a server: keeps it in step on a thread of its own while the workspace is
 * open. Main thread only; everything is told there.
 *
 * Signals:
 *   changed ()           the status is another one
 *   presence (char *)    who is here, as the live channel's JSON
 *   arrived (char *hash) a blob is at the server now
 */
#define BATON_TYPE_SHARING (baton_sharing_get_type ())
G_DECLARE_FINAL_TYPE (BatonSharing, baton_sharing, BATON, SHARING, GObject)

/* What is kept in the workspace about its server. */
typedef struct
{
  char *server;
  char *authority; /* may be NULL */
  char *account;   /* the name that one signs in with */
  char *role;
} BatonSharingPlace;

void baton_sharing_place_clear (BatonSharingPlace *place);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BatonSharingPlace, baton_sharing_place_clear)

/* FALSE when the workspace has no server. */
gboolean baton_sharing_read_place (BatonReader *reader, BatonSharingPlace *place);

/* Whoever shares is known there by the name that they sign in with; here they may have been called as the
 * computer calls them. What makes it so; NULL when it is. Transfer full. */
BatonOp *baton_sharing_take_name (BatonWorkspace *workspace, const char *name);

/* Notes the server that was joined and who one is there; the token goes into the keyring. Waits. *in_file:
 * see token.h. */
gboolean baton_sharing_note (BatonWorkspace *workspace, const BatonServerAccess *access,
    const BatonMembership *membership, const char *account, gboolean *in_file, GError **error);

/* The server forgets this device, and this device its token. Everything else stays here. FALSE with an error
 * when the server could not be told: then the device is signed out here all the same, and the server lists it
 * until somebody revokes it there. Waits; any thread. */
gboolean baton_sharing_sign_out (const char *folder, const BatonServerAccess *access, GError **error);

/* NULL with an error when the workspace has no server, or the token (token.h) is NULL (BATON_ERROR_FORBIDDEN:
 * sign in). The workspace is borrowed and must be told to stop before it is closed: baton_workspace_close
 * does that. */
BatonSharing *baton_sharing_new (BatonWorkspace *workspace, const char *token, GError **error);

/* The same over another way to a server, whatever the workspace knows of one: tests and benches have theirs
 * in the same process. make is called on the engine's thread. */
typedef BatonTransport *(*BatonTransportMaker) (gpointer data);
BatonSharing *baton_sharing_new_over (BatonWorkspace *workspace, BatonTransportMaker make, gpointer data);

/* prompt: ask at once, for the command line and tests. */
void baton_sharing_start (BatonSharing *self, gboolean prompt);
void baton_sharing_stop (BatonSharing *self);   /* waits until nothing happens any more */
void baton_sharing_resume (BatonSharing *self); /* the network is back: try now */
void baton_sharing_nudge (BatonSharing *self);  /* something was performed */

/* The text in it is borrowed until the next "changed". */
const BatonSyncStatus *baton_sharing_status (BatonSharing *self);
/* The status in words: “In step”, “Sending 3”, “Offline, 4 wait” … Transfer full. */
char *baton_sharing_words (BatonSharing *self);
char *baton_sharing_words_of (const BatonSyncStatus *status);
/* Whether this computer's clock and the server's are minutes apart: then ages and what is due are shown wrong
 * here, while the order and the times of what is done stay right (PROTOCOL.md, 4). */
gboolean baton_sharing_clock_is_off (const BatonSyncStatus *status);
/* That in a sentence, with both times; NULL when they agree. Transfer full. */
char *baton_sharing_clock_words (const BatonSyncStatus *status);

/* The people (ids, char *) of a "presence", each once. Transfer full. */
GPtrArray *baton_sharing_people (const char *presence);

const BatonServerAccess *baton_sharing_access (BatonSharing *self);

/* Whether the server is being asked for one's role, which is done beside the work. Once everything is in step
 * the question has been sent. */
gboolean baton_sharing_is_asking (BatonSharing *self);

/* Presence (baton_workspace_presence says where the others are): where this person is; NULL: nowhere. Said at
 * most a few times a second, and again when the connection was lost. */
void baton_sharing_say_where (BatonSharing *self, const char *board, const char *card);

G_END_DECLS
