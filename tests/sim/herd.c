/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-sim"

#include "sim.h"

#include <string.h>

/* A thousand clients are in step when their server restarts. They do not come back at once. Each is an
 * engine; they share one workspace, which is in step, so that nothing but requests is left of them. */

#define CLIENTS 1000
#define BUCKET (SECOND / 10)
#define MOST_BUCKETS 1200

typedef struct
{
  Sim *sim;
  SimClient *client; /* whose workspace it is, and who asks */
  struct _Sheep *sheep;
  guint asked[MOST_BUCKETS]; /* requests that reached the server, by tenths of a second */
  gint64 since;
} Herd;

typedef struct _Sheep
{
  BatonTransport base;
  Herd *herd;
  BatonEngine *engine;
  guint alarm;
  guint serial;
  BatonAnswerFunc answer;
  gpointer data;
  BatonLiveFunc live;
  gpointer live_data;
} Sheep;

typedef struct
{
  Sheep *sheep;
  guint number; /* of the alarm, or of the call */
  BatonStoreWork work;
  BatonStoreDone done;
  gpointer job;
  guint status;
  char *text;
} Errand;

static gint64
host_monotonic (gpointer data)
{
  return ((Sheep *) data)->herd->sim->now;
}

static gint64
host_wall (gpointer data)
{
  return sim_client_wall (((Sheep *) data)->herd->client);
}

static guint32
host_random (gpointer data)
{
  return (guint32) baton_test_next (&((Sheep *) data)->herd->sim->random);
}

static void
ring (gpointer data)
{
  g_autofree Errand *errand = data;

  if (errand->sheep->engine != NULL && errand->sheep->alarm == errand->number)
    baton_engine_wake (errand->sheep->engine);
}

static void
host_alarm (gint64 at, gpointer data)
{
  Sheep *sheep = data;
  Errand *errand = g_new0 (Errand, 1);

  errand->sheep = sheep;
  errand->number = ++sheep->alarm;
  sim_at (sheep->herd->sim, at, ring, errand);
}

static void
work (gpointer data)
{
  g_autofree Errand *errand = data;

  errand->work (errand->sheep->herd->client->store, errand->job);
  errand->done (errand->job);
}

static void
host_run (BatonStoreWork func, BatonStoreDone done, gpointer job, gpointer data)
{
  Sheep *sheep = data;
  Errand *errand = g_new0 (Errand, 1);

  *errand = (Errand){ .sheep = sheep, .work = func, .done = done, .job = job };
  sim_at (sheep->herd->sim, sheep->herd->sim->now + 1000, work, errand);
}

static void
host_followed (const BatonFollowed *followed, gpointer data)
{
}

static void
host_status (gpointer data)
{
}

static const BatonEngineHost host = { host_monotonic, host_wall, host_monotonic, host_random, host_alarm,
  host_run, host_followed, host_status, NULL };

static void
deliver (gpointer data)
{
  g_autofree Errand *errand = data;
  g_autofree char *text = errand->text;
  BatonAnswer answer = { errand->status, 0, text, strlen (text) };

  if (errand->sheep->engine != NULL && errand->sheep->serial == errand->number)
    errand->sheep->answer (&answer, errand->sheep->data);
}

static void
answered (guint status, const char *text, gpointer data)
{
  Errand *errand = data;
  Sim *sim = errand->sheep->herd->sim;

  errand->status = status;
  errand->text = g_strdup (text != NULL ? text : "No answer.");
  sim_at (sim, sim->now + 2000, deliver, errand);
}

static void
transport_call (BatonTransport *base, BatonCall *call, BatonAnswerFunc answer, gpointer data)
{
  Sheep *sheep = (Sheep *) base;
  Herd *herd = sheep->herd;
  g_autoptr (BatonCall) held = call;
  Errand *errand = g_new0 (Errand, 1);
  gint64 bucket = (herd->sim->now - herd->since) / BUCKET;

  sheep->answer = answer;
  sheep->data = data;
  errand->sheep = sheep;
  errand->number = ++sheep->serial;
  if (herd->sim->server->hub != NULL && bucket < MOST_BUCKETS)
    herd->asked[bucket]++;
  sim_server_call (herd->sim->server, herd->client, held, answered, errand);
}

static void
transport_cancel (BatonTransport *base)
{
  ((Sheep *) base)->serial++;
}

static void
transport_listen (BatonTransport *base, BatonLiveFunc func, gpointer data)
{
  ((Sheep *) base)->live = func;
  ((Sheep *) base)->live_data = data;
}

static void
transport_free (BatonTransport *base)
{
}

static gboolean
is_in_step (Sheep *sheep)
{
  BatonSyncStatus status;

  baton_engine_status (sheep->engine, &status);
  return status.state == BATON_SYNC_IN_STEP;
}

static void
server_comes_back (gpointer data)
{
  Herd *herd = data;

  sim_server_start (herd->sim->server);
  memset (herd->asked, 0, sizeof herd->asked);
  herd->since = herd->sim->now;
}

/* The server is away for so long, and everybody's live channel with it. Afterwards no tenth of a second sees
 * more than `most` requests, and everybody is in step again. */
static void
restart (Herd *herd, gint64 away, guint most)
{
  Sim *sim = herd->sim;
  guint worst = 0;
  guint all = 0;

  sim_server_stop (sim->server);
  for (guint i = 0; i < CLIENTS; i++)
    {
      if (herd->sheep[i].live != NULL)
        herd->sheep[i].live ("", 0, herd->sheep[i].live_data);
    }
  sim_at (sim, sim->now + away, server_comes_back, herd);
  sim_run_until (sim, sim->now + away + 30 * SECOND);
  for (guint i = 0; i < MOST_BUCKETS; i++)
    {
      worst = MAX (worst, herd->asked[i]);
      all += herd->asked[i];
    }
  sim_say (sim, "%u requests, at most %u in a tenth of a second", all, worst);
  if (worst > most)
    sim_fail (sim, "%u of %u requests came in a tenth of a second", worst, all);
  for (guint i = 0; i < CLIENTS; i++)
    {
      if (!is_in_step (&herd->sheep[i]))
        sim_fail (sim, "client %u is not back half a minute later", i);
    }
}

static void
start (Herd *herd)
{
  for (guint i = 0; i < CLIENTS; i++)
    {
      Sheep *sheep = &herd->sheep[i];

      sheep->base =
          (BatonTransport){ transport_call, transport_cancel, transport_listen, NULL, transport_free };
      sheep->herd = herd;
      sheep->engine = baton_engine_new (&host, sheep, &sheep->base, "Baton simulator", "boot");
      baton_engine_start (sheep->engine, FALSE);
    }
}

void
sim_herd (Sim *sim)
{
  Herd herd = { .sim = sim, .since = sim->now };

  sim->calm = TRUE;
  sim_server_start (sim->server);
  herd.client = sim->clients[sim->n_clients++] = sim_client_new (sim, 0, NULL);
  sim_client_start (herd.client);
  sim_user_begin (herd.client);
  sim_run_until (sim, sim->now + 10 * SECOND);
  g_clear_pointer (&herd.client->engine, baton_engine_free);
  herd.sheep = g_new0 (Sheep, CLIENTS);
  /* An alarm that was set for later still comes, and finds a sheep without an engine. */
  g_ptr_array_add (sim->kept, herd.sheep);
  start (&herd);
  sim_run_until (sim, sim->now + 20 * SECOND);
  /* A restart that nobody would notice but for the live channel: all within two seconds. A minute: within
   * twenty. */
  restart (&herd, SECOND / 2, 150);
  restart (&herd, 60 * SECOND, 60);
  for (guint i = 0; i < CLIENTS; i++)
    g_clear_pointer (&herd.sheep[i].engine, baton_engine_free);
  sim_run_until (sim, sim->now + SECOND);
}
