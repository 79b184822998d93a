/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "listener.h"
#include "roles.h"
#include "sessions.h"

#include <jansson.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

typedef struct _BatonServer BatonServer;
typedef struct _BatonRequest BatonRequest;

typedef enum
{
  BATON_AUTH_NONE,     /* nobody need be signed in */
  BATON_AUTH_OPTIONAL, /* a token is looked at when there is one */
  BATON_AUTH_TOKEN,
  BATON_AUTH_LOCAL, /* from this machine, or with the token of the metrics */
} BatonAuth;

typedef enum
{
  BATON_ROUTE_BODY, /* the whole body is read first */
  BATON_ROUTE_TAKE, /* the handler takes the connection, body unread */
} BatonRouteKind;

typedef struct
{
  const char *method;
  const char *path; /* a segment “*” stands for one of any text */
  BatonAuth auth;
  BatonRight right; /* BATON_N_RIGHTS: whoever has a token */
  BatonRouteKind kind;
  goffset most_body; /* bytes */
  void (*handle) (BatonRequest *request);
} BatonRoute;

/* One request on its way through the server. A handler answers at once or keeps a reference and answers
 * later, once. Main thread only. */
struct _BatonRequest
{
  guint refs;
  BatonServer *server;
  SoupServerMessage *message;
  const BatonRoute *route;
  BatonPeer *peer;
  BatonSession *session; /* NULL without a token */
  const char *method;
  char *path;
  char *host;   /* where it comes from, behind a proxy too */
  char **parts; /* what the “*” of the route stand for */
  GHashTable *query;
  GByteArray *body;
  goffset length;    /* of the body */
  GIOStream *stream; /* ROUTE_TAKE: the connection, from which the body is read */
  gboolean expects;  /* ROUTE_TAKE: the client waits for “100 Continue” */
  gint64 started;    /* monotonic */
  guint status;      /* answered with, or 0 */
  gboolean paused;
  gboolean gone; /* the client went away */
};

BatonRequest *baton_request_ref (BatonRequest *request);
void baton_request_unref (BatonRequest *request);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonRequest, baton_request_unref)

const char *baton_request_query (BatonRequest *request, const char *name); /* or NULL */
gint64 baton_request_query_int (BatonRequest *request, const char *name, gint64 fallback, gboolean *ok);
const char *baton_request_header (BatonRequest *request, const char *name);

/* The body as strict JSON: an object, no deeper than 32, no key twice. NULL after an error was answered. */
json_t *baton_request_json (BatonRequest *request);
const char *baton_json_text (
    json_t *object, const char *name, gsize most);            /* NULL: missing, no text or too long */
gboolean baton_json_shallow (const char *text, gsize length); /* nesting of at most 32 */

/* Answers. A text is copied by reply, taken by reply_take. */
void baton_request_reply_take (BatonRequest *request, guint status, char *text, gsize length);
void baton_request_reply (BatonRequest *request, guint status, const char *text);
void baton_request_reply_json (BatonRequest *request, guint status, json_t *answer); /* takes it */
void baton_request_reply_empty (BatonRequest *request);                              /* 204 */

/* An error of PROTOCOL.md: code, sentence, seconds until it may be tried again (0: not said). */
void baton_request_fail (
    BatonRequest *request, guint status, const char *code, const char *sentence, guint retry);
void baton_request_fail_json (BatonRequest *request, guint status, json_t *answer, guint retry);

/* The same for a GError of BATON_ERROR. */
void baton_request_fail_error (BatonRequest *request, const GError *error);

/* The text of an error answer. Transfer full. */
char *baton_error_json (const char *code, const char *sentence, guint retry);

G_END_DECLS
