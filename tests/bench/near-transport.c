/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-bench"

#include "near-transport.h"

#include "sync.h"

#include <string.h>

typedef struct
{
  BatonTransport base;
  Place *place;
  BatonReader *reader;
  BatonHubSnapshots *snapshots;
  BatonCall *call;
  BatonAnswerFunc answer;
  gpointer data;
  GSource *source; /* of the answer */
} Near;

static gboolean
near_answer (gpointer data)
{
  Near *self = data;
  g_autoptr (BatonCall) call = g_steal_pointer (&self->call);
  g_autoptr (GString) reply = g_string_new (NULL);
  gint64 now = g_get_real_time ();
  BatonAnswer answer = { 0 };

  g_clear_pointer (&self->source, g_source_unref);
  if (call->kind == BATON_CALL_PUSH)
    {
      BatonHubPush push = {
        .caller = { .now = now }, .body = call->body, .length = strlen (call->body), .reply = reply
      };

      baton_hub_push (self->place->hub, &push, 1);
      answer.status = push.status;
    }
  else if (call->kind == BATON_CALL_HELLO)
    answer.status = baton_hub_hello (self->reader, call->body, strlen (call->body), TRUE, now, reply);
  else if (call->kind == BATON_CALL_PULL)
    answer.status =
        baton_hub_pull (self->reader, call->epoch, call->device, call->number, call->most, now, reply);
  else if (call->kind == BATON_CALL_SNAPSHOT)
    answer.status = baton_hub_snapshot (self->snapshots, self->reader, call->id, call->device, now, reply);
  else if (call->kind == BATON_CALL_PART)
    answer.status = baton_hub_snapshot_part (self->snapshots, call->id, (guint) call->number, now, reply);
  else
    answer.status = baton_hub_history (self->reader, call->epoch, call->number, call->most, reply);
  answer.text = reply->str;
  answer.length = reply->len;
  self->answer (&answer, self->data);
  return G_SOURCE_REMOVE;
}

static void
near_call (BatonTransport *base, BatonCall *call, BatonAnswerFunc answer, gpointer data)
{
  Near *self = (Near *) base;

  self->call = call;
  self->answer = answer;
  self->data = data;
  self->source = g_idle_source_new ();
  g_source_set_callback (self->source, near_answer, self, NULL);
  g_source_attach (self->source, g_main_context_get_thread_default ());
}

static void
near_cancel (BatonTransport *base)
{
  Near *self = (Near *) base;

  if (self->source != NULL)
    g_source_destroy (self->source);
  g_clear_pointer (&self->source, g_source_unref);
  g_clear_pointer (&self->call, baton_call_free);
}

static void
near_free (BatonTransport *base)
{
  Near *self = (Near *) base;

  baton_reader_close (self->reader);
  baton_hub_snapshots_free (self->snapshots);
  g_free (self);
}

BatonTransport *
near_transport_new (Place *place)
{
  Near *self = g_new0 (Near, 1);

  self->base = (BatonTransport){ near_call, near_cancel, NULL, NULL, near_free };
  self->place = place;
  self->reader = baton_reader_open (baton_hub_database (place->hub), NULL);
  self->snapshots = baton_hub_snapshots_new ();
  return &self->base;
}
