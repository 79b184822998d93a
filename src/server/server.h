/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A server for one workspace, in the main loop of the thread that makes it. */
typedef struct _BatonServer BatonServer;

typedef struct
{
  char *folder;
  char *host; /* to listen on */
  guint16 port;
  char *public_url; /* what links carry; NULL: where we listen */
  char *tls_certificate;
  char *tls_key;
  char *metrics_token;
  gboolean insecure_lan;
  guint64 blob_most;      /* bytes of one file */
  guint64 person_most;    /* bytes that one person may upload */
  guint64 workspace_most; /* bytes of all files */
  guint backup_minutes;   /* 0: none */
} BatonServerOptions;

#define BATON_SERVER_PORT 8470

BatonServerOptions *baton_server_options_new (const char *folder); /* with what is usual */
void baton_server_options_free (BatonServerOptions *options);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonServerOptions, baton_server_options_free)

/* “HOST:PORT”, “[::1]:PORT”, “:PORT”, “HOST” or “PORT”. */
gboolean baton_server_options_listen (BatonServerOptions *options, const char *text, GError **error);

/* Everything but a loopback address wants TLS, or it said in words that it may be read by all. */
gboolean baton_server_options_check (const BatonServerOptions *options, GError **error);

BatonServer *baton_server_new (const BatonServerOptions *options, GError **error);
void baton_server_stop (BatonServer *server); /* says good-bye, finishes what is under way, closes */
void baton_server_free (BatonServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonServer, baton_server_free)

const char *baton_server_url (BatonServer *server); /* where it listens */
const char *baton_server_public_url (BatonServer *server);

/* A link that makes its first user the owner; NULL without an error when there is an owner already. */
char *baton_server_owner_invitation (BatonServer *server, GError **error);

G_END_DECLS
