/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-sim"

#include "sim.h"

#include <string.h>

typedef struct
{
  SimClient *from;
  char *body;
  SimAnswer answer;
  gpointer data;
} Waiting;

gint64
sim_server_wall (Sim *sim)
{
  return sim->now + G_GINT64_CONSTANT (1772355600) * SECOND + sim->server_off;
}

static void
waiting_free (gpointer data)
{
  Waiting *waiting = data;

  g_free (waiting->body);
  g_free (waiting);
}

SimServer *
sim_server_new (Sim *sim)
{
  SimServer *server = g_new0 (SimServer, 1);

  server->sim = sim;
  server->folder = g_build_filename (sim->folder, "server", NULL);
  server->waiting = g_ptr_array_new_with_free_func (waiting_free);
  return server;
}

void
sim_server_stop (SimServer *server)
{
  server->life++;
  server->committing = FALSE;
  /* Who waits gets no answer; their transports notice. */
  for (guint i = 0; i < server->waiting->len; i++)
    {
      Waiting *waiting = g_ptr_array_index (server->waiting, i);

      waiting->answer (0, NULL, waiting->data);
    }
  g_ptr_array_set_size (server->waiting, 0);
  g_clear_pointer (&server->reader, baton_reader_close);
  g_clear_pointer (&server->hub, baton_hub_close);
  g_clear_pointer (&server->snapshots, baton_hub_snapshots_free);
}

void
sim_server_free (SimServer *server)
{
  sim_server_stop (server);
  g_ptr_array_unref (server->waiting);
  g_free (server->folder);
  g_free (server);
}

static void
start_again (gpointer data)
{
  SimServer *server = data;

  if (server->hub == NULL && !server->sim->calm)
    sim_server_start (server);
}

void
sim_server_crash (SimServer *server)
{
  sim_say (server->sim, "server crashes");
  sim_server_stop (server);
  sim_at (
      server->sim, server->sim->now + (1 + sim_below (server->sim, 20)) * SECOND / 2, start_again, server);
}

void
sim_server_start (SimServer *server)
{
  g_autoptr (GError) error = NULL;

  server->hub = baton_hub_open (server->folder, &error);
  if (server->hub == NULL)
    {
      sim_fail (server->sim, "server does not start: %s", error->message);
      return;
    }
  server->reader = baton_reader_open (baton_hub_database (server->hub), &error);
  server->snapshots = baton_hub_snapshots_new ();
  server->head_told = baton_hub_head (server->hub);
  sim_say (server->sim, "server starts, epoch %s, head %" G_GINT64_FORMAT, baton_hub_epoch (server->hub),
      server->head_told);
}

void
sim_server_backup (SimServer *server)
{
  g_autoptr (GError) error = NULL;

  if (server->hub == NULL)
    return;
  if (!baton_hub_backup (server->hub, sim_server_wall (server->sim), NULL, &error))
    sim_fail (server->sim, "backup: %s", error->message);
  sim_say (server->sim, "backup at %" G_GINT64_FORMAT, baton_hub_head (server->hub));
}

void
sim_server_restore (SimServer *server)
{
  g_autoptr (GPtrArray) backups = baton_backup_list (server->folder);
  g_autoptr (GError) error = NULL;
  const char *backup;

  if (backups->len == 0)
    return;
  backup = g_ptr_array_index (backups, sim_below (server->sim, backups->len));
  sim_say (server->sim, "restore of %s", backup);
  sim_server_stop (server);
  server->restores++;
  if (!baton_hub_restore (server->folder, backup, sim_server_wall (server->sim), &error))
    sim_fail (server->sim, "restore: %s", error->message);
  sim_at (server->sim, server->sim->now + (1 + sim_below (server->sim, 8)) * SECOND / 2, start_again, server);
}

static void
tell_everybody (SimServer *server)
{
  Sim *sim = server->sim;
  gint64 head = baton_hub_head (server->hub);

  if (head == server->head_told)
    return;
  server->head_told = head;
  for (guint i = 0; i < sim->n_clients; i++)
    sim_client_tell (sim->clients[i], head);
}

static void
check_answer (SimServer *server, const BatonHubPush *push)
{
  if (push->status == 400)
    sim_fail (server->sim, "the server could not read a push: %s", push->reply->str);
}

/* All pushes that have come by now share a commit. */
static void
commit (gpointer data)
{
  SimServer *server = data;
  Sim *sim = server->sim;
  g_autoptr (GPtrArray) waiting = NULL;
  BatonHubPush pushes[64];
  guint n;

  if (!server->committing || server->hub == NULL)
    return;
  server->committing = FALSE;
  waiting = g_steal_pointer (&server->waiting);
  server->waiting = g_ptr_array_new_with_free_func (waiting_free);
  n = MIN (waiting->len, G_N_ELEMENTS (pushes));
  for (guint i = 0; i < n; i++)
    {
      Waiting *one = g_ptr_array_index (waiting, i);

      pushes[i] = (BatonHubPush){ .caller = { one->from->person, "member", sim_server_wall (sim), 0 },
        .body = one->body,
        .length = strlen (one->body),
        .reply = g_string_new (NULL) };
      if (one->from->index % 3 == 2 || one->from->old)
        pushes[i].caller.protocol = 1;
    }
  sim_crash_in (!sim->calm && sim_chance (sim, 12) ? 1 + sim_below (sim, 30) : 0);
  baton_hub_push (server->hub, pushes, n);
  if (sim_crashed ())
    {
      for (guint i = 0; i < n; i++)
        {
          Waiting *one = g_ptr_array_index (waiting, i);

          g_string_free (pushes[i].reply, TRUE);
          one->answer (0, NULL, one->data);
        }
      sim_server_crash (server);
      return;
    }
  for (guint i = 0; i < n; i++)
    {
      Waiting *one = g_ptr_array_index (waiting, i);

      check_answer (server, &pushes[i]);
      sim_say (sim, "client %u pushed: %u %.300s", one->from->index, pushes[i].status, pushes[i].reply->str);
      one->answer (pushes[i].status, pushes[i].reply->str, one->data);
      g_string_free (pushes[i].reply, TRUE);
    }
  tell_everybody (server);
}

static guint
read_only (SimServer *server, const BatonCall *call, GString *reply)
{
  BatonReader *reader = server->reader;
  gint64 now = sim_server_wall (server->sim);
  guint status = 0;

  switch (call->kind)
    {
    case BATON_CALL_HELLO:
      status = baton_hub_hello (reader, call->body, strlen (call->body), TRUE, now, reply);
      break;
    case BATON_CALL_PULL:
      status = baton_hub_pull (reader, call->epoch, call->device, call->number, call->most, now, reply);
      break;
    case BATON_CALL_SNAPSHOT:
      status = baton_hub_snapshot (server->snapshots, reader, call->id, call->device, now, reply);
      break;
    case BATON_CALL_PART:
      status = baton_hub_snapshot_part (server->snapshots, call->id, (guint) call->number, now, reply);
      break;
    case BATON_CALL_HISTORY:
      status = baton_hub_history (reader, call->epoch, call->number, call->most, reply);
      break;
    case BATON_CALL_PUSH:
    default:
      g_assert_not_reached ();
    }
  return status;
}

void
sim_server_call (SimServer *server, SimClient *from, const BatonCall *call, SimAnswer answer, gpointer data)
{
  if (server->hub == NULL)
    {
      answer (0, NULL, data);
      return;
    }
  if (call->kind == BATON_CALL_PUSH)
    {
      Waiting *waiting = g_new0 (Waiting, 1);

      *waiting = (Waiting){ from, g_strdup (call->body), answer, data };
      g_ptr_array_add (server->waiting, waiting);
      if (!server->committing)
        sim_at (server->sim, server->sim->now + sim_below (server->sim, 8000), commit, server);
      server->committing = TRUE;
      return;
    }
  if (!server->sim->calm && sim_chance (server->sim, 10))
    answer (503, "{\"error\":\"busy\",\"message\":\"Busy.\",\"retry\":1}", data);
  else
    {
      g_autoptr (GString) reply = g_string_new (NULL);
      guint status = read_only (server, call, reply);

      if (status >= 400)
        sim_say (server->sim, "client %u asked %d: %u %s", from->index, call->kind, status, reply->str);
      answer (status, reply->str, data);
    }
}
