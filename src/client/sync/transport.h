/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How a sync engine speaks to its server. A transport carries calls and answers as they are (texts of
 * PROTOCOL.md); what they mean is the engine's business. Everything happens on the engine's thread: callbacks
 * come from its main context, never from within the function that was called. */

typedef enum
{
  BATON_CALL_HELLO,    /* POST hello: body */
  BATON_CALL_PUSH,     /* POST push: body */
  BATON_CALL_PULL,     /* GET pull: epoch, device, number = after, most */
  BATON_CALL_SNAPSHOT, /* GET snapshot: id = board or NULL */
  BATON_CALL_PART,     /* GET snapshot/ID/K: id, number = K */
  BATON_CALL_HISTORY,  /* GET history: epoch, number = before, most */
} BatonCallKind;

typedef struct
{
  BatonCallKind kind;
  char *body;
  char *epoch;
  char *device;
  char *id;
  gint64 number;
  guint most;
} BatonCall;

BatonCall *baton_call_new (BatonCallKind kind);
void baton_call_free (BatonCall *call);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonCall, baton_call_free)

/* status: that of HTTP, 0 when there was no answer (no network, time out, broken connection: a sentence in
 * text). retry_after: seconds, 0 none. text is borrowed. */
typedef struct
{
  guint status;
  int retry_after;
  const char *text;
  gsize length;
} BatonAnswer;

typedef void (*BatonAnswerFunc) (const BatonAnswer *answer, gpointer data);

/* What the live channel said, one message; NULL when it was connected (then a head follows), and with length
 * 0 when it was lost. */
typedef void (*BatonLiveFunc) (const char *text, gsize length, gpointer data);

typedef struct _BatonTransport BatonTransport;

struct _BatonTransport
{
  /* Takes the call. Exactly one answer comes, unless cancel is called before. One call at a time. A transport
   * gives up by itself after a minute without a byte. */
  void (*call) (BatonTransport *self, BatonCall *call, BatonAnswerFunc answer, gpointer data);

  /* Forgets the call that is on its way: its answer does not come. */
  void (*cancel) (BatonTransport *self);

  /* Keeps a live channel open, connecting again by itself with the protocol's random waits; func NULL closes
   * it. May be NULL: a transport without one. */
  void (*listen) (BatonTransport *self, BatonLiveFunc func, gpointer data);

  /* Sends a message on the live channel, if it is open. May be NULL. */
  void (*say) (BatonTransport *self, const char *text);

  void (*free) (BatonTransport *self);
};

static inline void
baton_transport_free (BatonTransport *transport)
{
  transport->free (transport);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonTransport, baton_transport_free)

G_END_DECLS
