/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-sim"

#include "sim.h"

#include <stdio.h>

/* Tales: what is known to happen to a team one day, told on purpose. Lives at random (story.c) have most of
 * it, too; here each has its own reckoning. */

#define DAY (G_GINT64_CONSTANT (86400) * SECOND)

static void
act (gpointer data)
{
  SimClient *client = data;

  if (client->store != NULL)
    sim_user_act (client);
}

static void
begin (gpointer data)
{
  sim_user_begin (data);
}

/* So many people, who begin one after the other. */
static void
gather (Sim *sim, guint n)
{
  sim->calm = TRUE;
  sim_server_start (sim->server);
  for (guint i = 0; i < n; i++)
    {
      SimClient *client = sim_client_new (sim, i, NULL);

      client->wall_off = 0;
      sim->clients[sim->n_clients++] = client;
    }
}

static void
start_all (Sim *sim)
{
  for (guint i = 0; i < sim->n_clients; i++)
    {
      sim_client_start (sim->clients[i]);
      sim_at (sim, sim->now + (2 + 2 * i) * SECOND, begin, sim->clients[i]);
    }
  sim_run_until (sim, sim->now + (4 + 2 * sim->n_clients) * SECOND);
}

/* Everybody does something n times in this many seconds. */
static void
work_on (Sim *sim, guint n, guint seconds)
{
  for (guint i = 0; i < sim->n_clients; i++)
    {
      for (guint j = 0; j < n; j++)
        sim_at (sim, sim->now + sim_below (sim, seconds * 1000) * 1000, act, sim->clients[i]);
    }
  sim_run_until (sim, sim->now + seconds * SECOND);
}

static void
reckon (Sim *sim)
{
  for (guint i = 0; i < sim->n_clients; i++)
    {
      sim->clients[i]->cut_until = 0;
      if (sim->clients[i]->engine != NULL)
        baton_engine_resume (sim->clients[i]->engine);
    }
  if (sim_run_until (sim, sim->now + 60 * SECOND))
    sim_check (sim, TRUE);
}

/* What the boot-time clock tells happened when it happened, whatever the clocks on the wall say. */
static void
check_times (Sim *sim)
{
  BatonHistoryQuery query = { 0 };
  g_autoptr (GPtrArray) entries = baton_reader_history (sim->server->reader, &query, NULL);

  for (guint i = 0; i < entries->len; i++)
    {
      const BatonEntry *entry = g_ptr_array_index (entries, i);
      gint64 ago = entry->received - entry->op->at;

      if (ago < 0 || (entry->quality == BATON_QUALITY_EXACT && ago > 60 * SECOND))
        sim_fail (sim, "entry %d happened %d seconds before it was received", (int) entry->seq,
            (int) (ago / SECOND));
    }
}

/* One clock a day ahead, one a day behind, the server's perhaps, too; one of them is away for a while. */
static void
clocks (Sim *sim)
{
  gather (sim, 3);
  sim->clients[0]->wall_off = DAY;
  sim->clients[1]->wall_off = -DAY;
  sim->server_off = ((gint64) (sim->seed % 3) - 1) * DAY;
  start_all (sim);
  work_on (sim, 20, 20);
  sim->clients[sim->seed % 3]->cut_until = sim->now + 15 * SECOND;
  work_on (sim, 20, 20);
  sim->clients[0]->wall_off = -DAY;
  work_on (sim, 10, 10);
  reckon (sim);
  check_times (sim);
}

/* A folder is copied to a second machine and both go on, in step or with changes that were not sent. */
static void
copy (Sim *sim)
{
  SimClient *original;
  SimClient *copied;

  gather (sim, 2);
  original = sim->clients[0];
  start_all (sim);
  work_on (sim, 10, 10);
  if (sim->seed % 2 == 0)
    {
      original->cut_until = sim->now + 30 * SECOND;
      work_on (sim, 6, 6);
    }
  copied = sim_client_new (sim, sim->n_clients, original);
  sim->clients[sim->n_clients++] = copied;
  sim_client_start (copied);
  work_on (sim, 10, 20);
  original->cut_until = copied->cut_until = 0;
  work_on (sim, 10, 10);
  reckon (sim);
  if (sim->failure == NULL &&
      g_str_equal (baton_store_device (original->store), baton_store_device (copied->store)))
    sim_fail (sim, "both copies go by one name");
  if (sim->failure == NULL && original->told_copied + copied->told_copied == 0)
    sim_fail (sim, "neither copy was told");
}

/* A folder is copied, both go on, and while the copy has not sent what it did, it is copied in its turn: two
 * have the same changes under names that somebody else has taken. */
static void
copy_again (Sim *sim)
{
  SimClient *copied;
  SimClient *again;

  gather (sim, 1);
  start_all (sim);
  work_on (sim, 10, 10);
  copied = sim_client_new (sim, sim->n_clients, sim->clients[0]);
  sim->clients[sim->n_clients++] = copied;
  copied->cut_until = sim->now + DAY;
  sim_client_start (copied);
  work_on (sim, 6, 6);
  again = sim_client_new (sim, sim->n_clients, copied);
  sim->clients[sim->n_clients++] = again;
  sim_client_start (again);
  copied->cut_until = 0;
  work_on (sim, 5, 10);
  reckon (sim);
}

/* An older client, and messages with members that the other side does not know. */
static void
versions (Sim *sim)
{
  gather (sim, 3);
  sim->clients[1]->old = TRUE;
  sim->strange = TRUE;
  start_all (sim);
  work_on (sim, 20, 20);
  sim->clients[1]->cut_until = sim->now + 10 * SECOND;
  work_on (sim, 20, 20);
  reckon (sim);
}

static const struct
{
  const char *name;
  void (*tell) (Sim *sim);
} tales[] = {
  { "clocks a day off", clocks },
  { "a copied profile", copy },
  { "a copy of a copy", copy_again },
  { "a client of the version before", versions },
  { "a thousand clients after a restart", sim_herd },
};

static char *
tell (guint tale, guint seed, gboolean chatty)
{
  Sim sim;

  sim_open (&sim, seed, chatty);
  tales[tale].tell (&sim);
  return sim_close (&sim);
}

char *
sim_failed_tale (guint seeds)
{
  char *failure = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (tales); i++)
    {
      for (guint seed = 1; seed <= seeds && failure == NULL && tales[i].tell != sim_herd; seed++)
        failure = tell (i, seed, FALSE);
    }
  return failure;
}

int
sim_tales (guint seeds, gboolean chatty)
{
  int wrong = 0;

  for (guint i = 0; i < G_N_ELEMENTS (tales); i++)
    {
      guint n = tales[i].tell == sim_herd ? MIN (seeds, 2) : seeds;

      for (guint seed = 1; seed <= n; seed++)
        {
          g_autofree char *failure = tell (i, seed, chatty);

          if (failure == NULL)
            continue;
          wrong++;
          printf ("%s, seed %u: %s\n", tales[i].name, seed, failure);
        }
      printf ("%s: %u told\n", tales[i].name, n);
      fflush (stdout);
    }
  return wrong > 0 ? 1 : 0;
}
