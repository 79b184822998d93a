/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "account.h"
#include "roles.h"

G_BEGIN_DECLS

/* Who belongs to a server and with which devices, and what may be changed of that (PROTOCOL.md, section 12).
 */

typedef struct
{
  char *person; /* id */
  char *name;
  BatonRole role;
  gint64 since; /* µs since 1970, as all times here */
} BatonRosterMember;

typedef struct
{
  char *id;
  BatonRole role; /* that it gives */
  gint64 expires;
  char *by; /* id of the person who made it; NULL: the server's own command */
} BatonRosterInvitation;

typedef struct
{
  char *id;
  char *name;
  gint64 since; /* signed in */
  gint64 seen;  /* last heard of, to the minute */
  gboolean here;
} BatonRosterDevice;

typedef struct
{
  char *person; /* who asked, */
  char *name;   /* by which name they sign in, */
  BatonRole role;
  GPtrArray *members;
  GPtrArray *invitations; /* open ones; NULL when one's role may not see them */
  GPtrArray *devices;     /* one's own */
  char *link;             /* of the invitation that was just made, else NULL */
} BatonRoster;

void baton_roster_free (BatonRoster *roster);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonRoster, baton_roster_free)

typedef enum
{
  BATON_ROSTER_READ,
  BATON_ROSTER_SET_ROLE, /* id: a person; role */
  BATON_ROSTER_REMOVE,   /* id: a person */
  BATON_ROSTER_INVITE,   /* role */
  BATON_ROSTER_WITHDRAW, /* id: an invitation */
  BATON_ROSTER_REVOKE,   /* id: a device */
} BatonRosterAct;

/* Does it and reads the roster as it is then. Waits; any thread. Errors are sentences: BATON_ERROR_INVALID or
 * FORBIDDEN when the server refused, IO when it did not answer. */
BatonRoster *baton_roster_ask (const BatonServerAccess *access, BatonRosterAct act, const char *id,
    BatonRole role, GCancellable *cancellable, GError **error);

/* The same on another thread. */
void baton_roster_ask_async (const BatonServerAccess *access, BatonRosterAct act, const char *id,
    BatonRole role, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
BatonRoster *baton_roster_ask_finish (GAsyncResult *result, GError **error);

/* What this role may make of others: whether it may change or remove a member of that role, or give it away.
 * Only owners touch owners. */
gboolean baton_roster_may_touch (BatonRole own, BatonRole other);

G_END_DECLS
