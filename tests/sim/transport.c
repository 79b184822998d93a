/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-sim"

#include "sim.h"

#include <string.h>

/* A network that loses, delays, repeats and cuts. A call may be carried more than once; the engine gets one
 * answer, and none when it did not wait for it. */

typedef struct
{
  BatonTransport base;
  SimClient *client;
  guint serial; /* of the call that is on its way; 0: none */
  guint last_serial;
  BatonAnswerFunc answer;
  gpointer data;
  guint refs;
  gboolean freed;
} SimTransport;

typedef struct
{
  SimTransport *transport;
  guint serial;
  BatonCall *call;
  guint status;
  char *text;
} Message;

static void
unref (SimTransport *self)
{
  if (--self->refs == 0)
    g_free (self);
}

static Message *
message_new (SimTransport *self, guint serial)
{
  Message *message = g_new0 (Message, 1);

  message->transport = self;
  message->serial = serial;
  self->refs++;
  return message;
}

static void
message_free (Message *message)
{
  unref (message->transport);
  g_clear_pointer (&message->call, baton_call_free);
  g_free (message->text);
  g_free (message);
}

static gint64
latency (Sim *sim)
{
  gint64 wait = 2000 + sim_below (sim, 60000);

  if (!sim->calm && sim_chance (sim, 50))
    wait += sim_below (sim, 12000) * 1000;
  return wait;
}

static gboolean
is_cut (SimTransport *self)
{
  return self->client->cut_until > self->client->sim->now;
}

static void
deliver (gpointer data)
{
  Message *message = data;
  SimTransport *self = message->transport;
  BatonAnswer answer = { message->status, 0, message->text,
    message->text != NULL ? strlen (message->text) : 0 };

  /* What was repeated, or given up, is not waited for any more. */
  if (!self->freed && self->serial == message->serial)
    {
      self->serial = 0;
      self->answer (&answer, self->data);
    }
  message_free (message);
}

static void
give_up (SimTransport *self, guint serial)
{
  Message *message = message_new (self, serial);

  message->text = g_strdup ("No answer.");
  sim_at (self->client->sim, self->client->sim->now + (1 + sim_below (self->client->sim, 10)) * SECOND,
      deliver, message);
}

/* The same object with a member that nobody knows. */
static char *
with_stranger (const char *text)
{
  return text != NULL && *text == '{' ? g_strdup_printf ("{\"later\":{\"of\":[1,\"two\",null]}%s%s",
                                            text[1] != '}' ? "," : "", text + 1)
                                      : g_strdup (text);
}

/* A client of the version before says nothing of this one. */
static void
make_old (BatonCall *call)
{
  char *both = call->kind == BATON_CALL_HELLO ? strstr (call->body, "[2,1]") : NULL;

  if (both != NULL)
    memcpy (both, "[1  ]", 5);
}

static void
answered (guint status, const char *text, gpointer data)
{
  Message *request = data;
  SimTransport *self = request->transport;
  Sim *sim = self->client->sim;
  Message *reply = message_new (self, request->serial);

  reply->status = status;
  reply->text = sim->strange ? with_stranger (text) : g_strdup (text);
  message_free (request);
  if (!self->freed && (is_cut (self) || (!sim->calm && sim_chance (sim, 30))))
    {
      guint serial = reply->serial;

      message_free (reply);
      give_up (self, serial);
      return;
    }
  sim_at (sim, sim->now + latency (sim), deliver, reply);
}

static void
arrive (gpointer data)
{
  Message *message = data;
  SimTransport *self = message->transport;

  sim_server_call (self->client->sim->server, self->client, message->call, answered, message);
}

static BatonCall *
copy_call (const BatonCall *call)
{
  BatonCall *copy = baton_call_new (call->kind);

  copy->body = g_strdup (call->body);
  copy->epoch = g_strdup (call->epoch);
  copy->device = g_strdup (call->device);
  copy->id = g_strdup (call->id);
  copy->number = call->number;
  copy->most = call->most;
  return copy;
}

static void
send_message (SimTransport *self, guint serial, BatonCall *call)
{
  Message *message = message_new (self, serial);

  message->call = call;
  sim_at (self->client->sim, self->client->sim->now + latency (self->client->sim), arrive, message);
}

static void
transport_call (BatonTransport *base, BatonCall *call, BatonAnswerFunc answer, gpointer data)
{
  SimTransport *self = (SimTransport *) base;
  Sim *sim = self->client->sim;

  g_assert (self->serial == 0);
  self->serial = ++self->last_serial;
  self->answer = answer;
  self->data = data;
  if (self->client->old)
    make_old (call);
  if (sim->strange && call->body != NULL)
    {
      g_autofree char *body = g_steal_pointer (&call->body);

      call->body = with_stranger (body);
    }
  if (is_cut (self) || (!sim->calm && sim_chance (sim, 30)))
    {
      baton_call_free (call);
      give_up (self, self->serial);
      return;
    }
  /* A message that comes twice, the second time perhaps much later. */
  if (!sim->calm && sim_chance (sim, 40))
    send_message (self, self->serial, copy_call (call));
  send_message (self, self->serial, call);
}

static void
transport_cancel (BatonTransport *base)
{
  ((SimTransport *) base)->serial = 0;
}

static void
transport_listen (BatonTransport *base, BatonLiveFunc func, gpointer data)
{
  SimTransport *self = (SimTransport *) base;

  self->client->live = func;
  self->client->live_data = data;
  self->client->listening = func != NULL;
}

static void
transport_free (BatonTransport *base)
{
  SimTransport *self = (SimTransport *) base;

  self->freed = TRUE;
  self->serial = 0;
  self->client->live = NULL;
  unref (self);
}

BatonTransport *
sim_transport_new (SimClient *client)
{
  SimTransport *self = g_new0 (SimTransport, 1);

  self->base = (BatonTransport){
    .call = transport_call, .cancel = transport_cancel, .listen = transport_listen, .free = transport_free
  };
  self->client = client;
  self->refs = 1;
  return &self->base;
}
