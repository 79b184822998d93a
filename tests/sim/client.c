/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-sim"

#include "sim.h"

#include <string.h>

#define VERIFY_EVERY 8 /* times that something arrived */

gint64
sim_client_wall (SimClient *client)
{
  return client->sim->now + G_GINT64_CONSTANT (1772355600) * SECOND + client->wall_off;
}

gint64
sim_client_boot (SimClient *client)
{
  return client->sim->now - client->booted + SECOND;
}

/* The engine's host. */

static gint64
host_monotonic (gpointer data)
{
  return ((SimClient *) data)->sim->now;
}

static gint64
host_wall (gpointer data)
{
  return sim_client_wall (data);
}

static gint64
host_boot (gpointer data)
{
  return sim_client_boot (data);
}

static guint32
host_random (gpointer data)
{
  return (guint32) baton_test_next (&((SimClient *) data)->sim->random);
}

typedef struct
{
  SimClient *client;
  guint life;
  guint alarm;
  BatonStoreWork work;
  BatonStoreDone done;
  gpointer job;
  gint64 head;
} Errand;

static void
ring (gpointer data)
{
  g_autofree Errand *errand = data;
  SimClient *client = errand->client;

  if (client->life == errand->life && client->alarm == errand->alarm && client->engine != NULL)
    baton_engine_wake (client->engine);
}

static Errand *
errand_new (SimClient *client)
{
  Errand *errand = g_new0 (Errand, 1);

  errand->client = client;
  errand->life = client->life;
  return errand;
}

static void
host_alarm (gint64 at, gpointer data)
{
  SimClient *client = data;
  Errand *errand = errand_new (client);

  errand->alarm = ++client->alarm;
  sim_at (client->sim, at, ring, errand);
}

gboolean
sim_client_survives (SimClient *client)
{
  if (!sim_crashed ())
    return TRUE;
  sim_client_crash (client);
  return FALSE;
}

/* The work and, as jobs are handed back in order, what it brings: nothing that a person does comes between.
 */
static void
work (gpointer data)
{
  g_autofree Errand *errand = data;
  SimClient *client = errand->client;
  Sim *sim = client->sim;

  if (client->life == errand->life && client->store != NULL)
    {
      sim_crash_in (!sim->calm && sim_chance (sim, 8) ? 1 + sim_below (sim, 60) : 0);
      errand->work (client->store, errand->job);
      sim_client_survives (client);
    }
  errand->done (errand->job);
}

static void
host_run (BatonStoreWork func, BatonStoreDone done, gpointer job, gpointer data)
{
  SimClient *client = data;
  Errand *errand = errand_new (client);

  errand->work = func;
  errand->done = done;
  errand->job = job;
  sim_at (client->sim, client->sim->now + sim_below (client->sim, 3000), work, errand);
}

static void
host_followed (const BatonFollowed *followed, gpointer data)
{
  SimClient *client = data;

  if (followed->unapplied > 0)
    sim_fail (
        client->sim, "client %u could not apply %u accepted operations", client->index, followed->unapplied);
  client->told_copied += followed->copied;
  if (followed->copied && client->sim->copies == 0)
    sim_fail (client->sim, "client %u believes that it was copied", client->index);
  if (followed->reload)
    sim_mirror_load (client);
  else if (followed->effect != NULL)
    sim_mirror_apply (client, followed->effect);
  /* Soon after, what is pending will have been accepted, and nobody could tell any more that it was missing
   * for a while. Not by chance: the history of a seed stays as it is. */
  if (followed->arrived > 0 && ++client->follows % VERIFY_EVERY == 0 &&
      baton_store_count_pending (client->store) > 0)
    sim_check_verify (client->sim, client);
}

static void
host_status (gpointer data)
{
  SimClient *client = data;
  BatonSyncStatus status;

  if (client->engine == NULL)
    return;
  baton_engine_status (client->engine, &status);
  if (status.state == BATON_SYNC_FAILED || status.state == BATON_SYNC_VERSION ||
      status.state == BATON_SYNC_SIGN_IN)
    sim_fail (client->sim, "client %u stopped: %s", client->index, status.message);
}

static const BatonEngineHost host = { host_monotonic, host_wall, host_boot, host_random, host_alarm, host_run,
  host_followed, host_status, NULL };

/* The live channel: what the server tells at once, if it gets through. */

static void
hear (gpointer data)
{
  g_autofree Errand *errand = data;
  SimClient *client = errand->client;
  SimServer *server = client->sim->server;
  g_autoptr (GString) message = g_string_new (NULL);

  if (client->life != errand->life || client->live == NULL || server->hub == NULL)
    return;
  baton_hub_live (server->reader, client->heard, message);
  client->heard = baton_reader_last_seq (server->reader);
  client->live (message->str, message->len, client->live_data);
}

void
sim_client_tell (SimClient *client, gint64 head)
{
  Sim *sim = client->sim;
  Errand *errand;

  if (client->live == NULL || client->cut_until > sim->now || (!sim->calm && sim_chance (sim, 200)))
    return;
  errand = errand_new (client);
  sim_at (sim, sim->now + 1000 + sim_below (sim, 30000), hear, errand);
}

void
sim_client_start (SimClient *client)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *boot = NULL;

  client->store = baton_store_open (client->folder, BATON_STORE_CREATE, &error);
  if (client->store == NULL)
    {
      sim_fail (client->sim, "client %u does not start: %s", client->index, error->message);
      return;
    }
  if (!baton_store_set_meta (client->store, "me", client->person, &error))
    sim_fail (client->sim, "client %u: %s", client->index, error->message);
  boot = g_strdup_printf ("boot-%u-%u", client->index, client->boots);
  sim_mirror_load (client);
  client->engine = baton_engine_new (&host, client, sim_transport_new (client), "Baton simulator", boot);
  baton_engine_start (client->engine, sim_chance (client->sim, 500));
}

static void
start_again (gpointer data)
{
  g_autofree Errand *errand = data;

  if (errand->client->store == NULL && errand->client->life == errand->life)
    sim_client_start (errand->client);
}

void
sim_client_stop (SimClient *client)
{
  client->life++;
  g_clear_pointer (&client->engine, baton_engine_free);
  g_clear_pointer (&client->store, baton_store_close);
}

void
sim_client_crash (SimClient *client)
{
  Sim *sim = client->sim;

  sim_say (sim, "client %u crashes", client->index);
  sim_client_stop (client);
  /* Now and then the machine starts anew, and perhaps with another time. */
  if (sim_chance (sim, 300))
    {
      client->booted = sim->now;
      client->boots++;
      if (sim_chance (sim, 300))
        client->wall_off = ((gint64) sim_below (sim, 200000) - 100000) * SECOND;
    }
  sim_at (sim, sim->now + sim_below (sim, 20) * SECOND / 2, start_again, errand_new (client));
}

SimClient *
sim_client_new (Sim *sim, guint index, const SimClient *copy_of)
{
  SimClient *client = g_new0 (SimClient, 1);
  g_autofree char *name = g_strdup_printf ("client-%u", index);

  client->sim = sim;
  client->index = index;
  client->folder = g_build_filename (sim->folder, name, NULL);
  client->person = copy_of != NULL ? g_strdup (copy_of->person) : baton_test_id (&sim->random, 1);
  client->booted = sim->now - sim_below (sim, 100000) * SECOND;
  client->wall_off = sim_chance (sim, 700)   ? (gint64) sim_below (sim, 2000000) - 1000000
                     : sim_chance (sim, 500) ? ((gint64) sim_below (sim, 400) - 200) * SECOND
                                             : ((gint64) sim_below (sim, 4000000) - 2000000) * SECOND;
  if (copy_of != NULL)
    {
      sim->copies++;
      sim_copy_folder (copy_of->folder, client->folder);
    }
  return client;
}

void
sim_client_free (SimClient *client)
{
  sim_client_stop (client);
  g_clear_pointer (&client->mirror, g_hash_table_unref);
  g_free (client->folder);
  g_free (client->person);
  g_free (client);
}
