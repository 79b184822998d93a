/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-sim"

#include "sim.h"

#include "defect.h"

#include "test-store.h"

#include <glib/gstdio.h>
#include <sodium.h>
#include <unistd.h>

/* One life of a team: some minutes of work with everything that goes wrong, then calm, then the reckoning. */

static Sim *the_sim;

/* Ids and tokens are drawn from the seed, too, so that a life can be lived again. */
static uint32_t
draw (void)
{
  return (uint32_t) baton_test_next (&the_sim->random);
}

static void
draw_bytes (void *const bytes, const size_t length)
{
  for (size_t i = 0; i < length; i++)
    ((guint8 *) bytes)[i] = (guint8) draw ();
}

static const char *
draw_name (void)
{
  return "simulated";
}

static struct randombytes_implementation drawing = {
  .implementation_name = draw_name, .random = draw, .buf = draw_bytes
};

static void
someone_acts (gpointer data)
{
  SimClient *client = data;
  Sim *sim = client->sim;

  if (sim->calm)
    return;
  if (client->store != NULL)
    sim_user_act (client);
  sim_at (sim, sim->now + (1 + sim_below (sim, 80)) * SECOND / 10, someone_acts, client);
}

static void
begin_if_up (gpointer data)
{
  SimClient *client = data;

  if (client->store != NULL && !client->sim->calm)
    sim_user_begin (client);
}

static void
begin_client (gpointer data)
{
  SimClient *client = data;
  Sim *sim = client->sim;
  gboolean before = sim_chance (sim, 500);

  sim_client_start (client);
  if (before && client->store != NULL)
    sim_user_begin (client);
  if (!before)
    sim_at (sim, sim->now + SECOND, begin_if_up, client);
  sim_at (sim, sim->now + 2 * SECOND, someone_acts, client);
}

static void
crash_someone (Sim *sim)
{
  SimClient *client = sim->clients[sim_below (sim, sim->n_clients)];

  if (client->store != NULL)
    sim_client_crash (client);
}

static void
cut_someone (Sim *sim)
{
  SimClient *client = sim->clients[sim_below (sim, sim->n_clients)];

  client->cut_until = sim->now + sim_below (sim, 40) * SECOND;
  sim_say (sim, "client %u is cut off", client->index);
}

static void
set_a_clock (Sim *sim)
{
  SimClient *client = sim->clients[sim_below (sim, sim->n_clients)];

  client->wall_off += ((gint64) sim_below (sim, 400000) - 200000) * SECOND;
}

static void
copy_someone (Sim *sim)
{
  SimClient *original = sim->clients[sim_below (sim, sim->n_clients)];

  if (sim->n_clients == MOST_CLIENTS || sim->copies > 1 || original->store == NULL)
    return;
  sim->clients[sim->n_clients] = sim_client_new (sim, sim->n_clients, original);
  sim_say (sim, "client %u is a copy of %u", sim->n_clients, original->index);
  sim_client_start (sim->clients[sim->n_clients]);
  sim_at (sim, sim->now + SECOND, someone_acts, sim->clients[sim->n_clients]);
  sim->n_clients++;
}

static void
new_client (Sim *sim)
{
  if (sim->n_clients == MOST_CLIENTS)
    return;
  sim->clients[sim->n_clients] = sim_client_new (sim, sim->n_clients, NULL);
  sim_say (sim, "client %u joins", sim->n_clients);
  begin_client (sim->clients[sim->n_clients]);
  sim->n_clients++;
}

static void
verify_someone (Sim *sim)
{
  SimClient *client = sim->clients[sim_below (sim, sim->n_clients)];

  if (client->store != NULL)
    sim_check_verify (sim, client);
}

static void
something_happens (gpointer data)
{
  Sim *sim = data;
  guint what = sim_below (sim, 100);

  if (sim->calm)
    return;
  if (what < 20)
    crash_someone (sim);
  else if (what < 50)
    cut_someone (sim);
  else if (what < 58 && sim->server->hub != NULL)
    sim_server_crash (sim->server);
  else if (what < 74)
    sim_server_backup (sim->server);
  else if (what < 81)
    sim_server_restore (sim->server);
  else if (what < 88)
    set_a_clock (sim);
  else if (what < 92)
    copy_someone (sim);
  else if (what < 96)
    new_client (sim);
  else
    verify_someone (sim);
  sim_at (sim, sim->now + (1 + sim_below (sim, 12)) * SECOND, something_happens, sim);
}

static void
heal (Sim *sim)
{
  sim_say (sim, "calm");
  sim->calm = TRUE;
  if (sim->server->hub == NULL)
    sim_server_start (sim->server);
  for (guint i = 0; i < sim->n_clients && sim->failure == NULL; i++)
    {
      SimClient *client = sim->clients[i];

      client->cut_until = 0;
      if (client->store == NULL)
        sim_client_start (client);
      if (client->engine != NULL)
        baton_engine_resume (client->engine);
    }
}

static void
live (Sim *sim, gboolean thorough)
{
  guint n = 2 + sim_below (sim, 3);

  sim_server_start (sim->server);
  for (guint i = 0; i < n; i++)
    {
      sim->clients[sim->n_clients] = sim_client_new (sim, i, NULL);
      sim_at (sim, i * SECOND, begin_client, sim->clients[sim->n_clients++]);
    }
  sim_at (sim, 8 * SECOND, something_happens, sim);
  if (!sim_run_until (sim, (40 + sim_below (sim, 60)) * SECOND))
    return;
  heal (sim);
  /* What was on its way when calm came may still take its time. */
  if (sim_run_until (sim, sim->now + 12 * SECOND))
    heal (sim);
  if (sim_run_until (sim, sim->now + 30 * SECOND))
    sim_check (sim, thorough);
}

char *
sim_close (Sim *sim)
{
  g_autofree char *failure = g_steal_pointer (&sim->failure);

  for (guint i = 0; i < sim->n_clients; i++)
    sim_client_stop (sim->clients[i]);
  sim->calm = TRUE;
  sim_server_stop (sim->server);
  /* What is still on its way is received by nobody, and freed. */
  sim->steps = 0;
  sim_run_until (sim, G_MAXINT64);
  g_free (sim->failure);
  sim->failure = g_steal_pointer (&failure);
  for (guint i = 0; i < sim->n_clients; i++)
    sim_client_free (sim->clients[i]);
  sim_server_free (sim->server);
  g_ptr_array_unref (sim->events);
  g_ptr_array_unref (sim->kept);
  g_hash_table_unref (sim->made);
  baton_test_folder_remove (sim->folder);
  g_free (sim->folder);
  return sim->failure;
}

void
sim_open (Sim *sim, guint seed, gboolean chatty)
{
  *sim = (Sim){ .seed = seed, .chatty = chatty };
  the_sim = sim;
  baton_sim_now = G_GINT64_CONSTANT (1772355600) * SECOND;
  randombytes_set_implementation (&drawing);
  sim->random = baton_test_random (seed);
  sim->folder = g_strdup_printf ("/dev/shm/baton-sim-%d-%u", (int) getpid (), seed);
  baton_test_folder_remove (sim->folder);
  g_mkdir_with_parents (sim->folder, 0700);
  sim->kept = g_ptr_array_new_with_free_func (g_free);
  sim->events = g_ptr_array_new ();
  sim->made = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  sim->server = sim_server_new (sim);
}

char *
sim_story (guint seed, const SimOptions *options)
{
  Sim sim;

  sim_open (&sim, seed, options->chatty);
  live (&sim, options->thorough);
  return sim_close (&sim);
}
