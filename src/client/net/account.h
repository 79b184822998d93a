/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <jansson.h>

G_BEGIN_DECLS

/* Accounts on a server (PROTOCOL.md, section 12). All calls wait for the answer: they are made on threads of
 * their own, or by the command line. */

/* Where a server is and how it is spoken to. */
typedef struct
{
  char *server;    /* address without a slash at the end */
  char *token;     /* of this device; NULL before joining */
  char *authority; /* file with certificates that are trusted instead of the system's, or NULL */
} BatonServerAccess;

void baton_server_access_clear (BatonServerAccess *access);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BatonServerAccess, baton_server_access_clear)

/* What joining and signing in give. */
typedef struct
{
  char *token;
  char *person; /* id */
  char *role;
  char *workspace; /* id */
  char *workspace_name;
  gint64 head; /* operations in its log */
} BatonMembership;

void baton_membership_clear (BatonMembership *membership);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BatonMembership, baton_membership_clear)

/* Uses an invitation up. person: one's own id in a local workspace that is going to be shared; else NULL.
 * Errors are sentences; BATON_ERROR_INVALID when the server refused. */
gboolean baton_account_join (const BatonServerAccess *access, const char *secret, const char *name,
    const char *password, const char *device, const char *person, GCancellable *cancellable,
    BatonMembership *membership, GError **error);

gboolean baton_account_sign_in (const BatonServerAccess *access, const char *name, const char *password,
    const char *device, GCancellable *cancellable, BatonMembership *membership, GError **error);

/* The same at a server that is not known here yet: it must greet as one of Baton before it is told a
 * password. */
gboolean baton_account_come_back (const BatonServerAccess *access, const char *name, const char *password,
    const char *device, GCancellable *cancellable, BatonMembership *membership, GError **error);

/* Any other request of section 12 (refused: BATON_ERROR_FORBIDDEN, NOT_FOUND or INVALID): path below /v1/.
 * body may be NULL and is taken. *answer (may be NULL): the object of the answer, NULL for one without a
 * body. */
gboolean baton_account_ask (const BatonServerAccess *access, const char *method, const char *path,
    json_t *body, GCancellable *cancellable, json_t **answer, GError **error);

G_END_DECLS
