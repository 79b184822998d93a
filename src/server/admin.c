/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-server"
#define _GNU_SOURCE /* O_PATH */

#include "admin.h"

#include "baton-config.h"
#include "baton-error.h"
#include "commands.h"
#include "live.h"
#include "served.h"
#include "server-private.h"
#include "transfers.h"

#include <fcntl.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MOST_LINE (64 << 10)
#define PATIENCE 30 /* seconds for a command to be sent */

struct _BatonAdmin
{
  BatonServer *server;
  GSocketService *service;
  char *path;
  guint under_way;
};

/* A path of a socket has at most 107 bytes, a folder may have a longer name: so it is opened and named by its
 * number. */
static GSocketAddress *
socket_address (const char *folder, int *fd)
{
  g_autofree char *name = NULL;

  *fd = open (folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
  name = g_strdup_printf ("/proc/self/fd/%d/%s", *fd, BATON_ADMIN_SOCKET);
  return g_unix_socket_address_new (name);
}

typedef struct
{
  BatonAdmin *admin;
  GSocketConnection *connection;
  json_t *command;
  json_t *made;
} Call;

static void
call_free (Call *call)
{
  call->admin->under_way--;
  g_object_unref (call->connection);
  json_decref (call->command);
  g_free (call);
}

static void
answer (Call *call, json_t *object, GError *error)
{
  json_t *shown = object != NULL ? object : baton_command_failed (error);
  char *dumped = json_dumps (shown, JSON_COMPACT);
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (call->connection));

  g_output_stream_write_all (out, dumped, strlen (dumped), NULL, NULL, NULL);
  g_output_stream_write_all (out, "\n", 1, NULL, NULL, NULL);
  g_io_stream_close (G_IO_STREAM (call->connection), NULL, NULL);
  free (dumped);
  json_decref (shown);
  g_clear_error (&error);
  call_free (call);
}

static json_t *
status_of (BatonServer *server)
{
  g_autoptr (BatonServedState) state = baton_served_state (server->served);

  return json_pack ("{s:b, s:s, s:s, s:s, s:s, s:s, s:I, s:I, s:I, s:i, s:i, s:i, s:I, s:s*}", "running", 1,
      "version", BATON_VERSION, "listen", server->url, "public_url", server->public_url, "workspace",
      state->workspace, "epoch", state->epoch, "head", (json_int_t) state->head, "backup",
      (json_int_t) state->backup, "backup_at", (json_int_t) state->backup_at, "members",
      (int) baton_accounts_count (server->accounts, BATON_ROLE_NONE), "devices",
      (int) baton_sessions_count (server->sessions), "connected", (int) baton_live_count (server->live),
      "blob_bytes", (json_int_t) baton_transfers_bytes (server->transfers), "trouble", state->trouble);
}

typedef struct
{
  char *folder;
  gboolean deep;
  gboolean backup;
} Long;

static void
long_free (gpointer data)
{
  g_free (((Long *) data)->folder);
  g_free (data);
}

/* The audit log is looked at with a connection of its own, so that the main loop goes on. */
static void
long_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Long *job = data;
  GError *error = NULL;
  g_autoptr (BatonAccounts) accounts = job->backup ? NULL : baton_accounts_look (job->folder, &error);
  json_t *made = NULL;

  if (job->backup)
    made = baton_command_backup (job->folder, g_get_real_time (), &error);
  else if (accounts != NULL)
    made = baton_command_verify (job->folder, job->deep, accounts, &error);
  if (made != NULL)
    g_task_return_pointer (task, made, (GDestroyNotify) (void (*) (void)) json_decref);
  else
    g_task_return_error (task, error);
}

/* Who asked may look at once whether clients are told. */
static void
noted_cb (gpointer data)
{
  Call *call = data;

  answer (call, call->made, NULL);
}

static void
long_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Call *call = data;
  BatonServer *server = call->admin->server;
  GError *error = NULL;
  json_t *made = g_task_propagate_pointer (G_TASK (result), &error);
  json_t *seq = json_object_get (made, "seq");

  call->made = made;
  if (seq != NULL)
    baton_served_note_backup (server->served, json_integer_value (seq),
        json_integer_value (json_object_get (made, "at")), noted_cb, call);
  else
    answer (call, made, error);
}

static void
run_long (Call *call, gboolean backup)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, long_done_cb, call);
  Long *job = g_new0 (Long, 1);

  job->folder = g_strdup (call->admin->server->options->folder);
  job->deep = json_is_true (json_object_get (call->command, "deep"));
  job->backup = backup;
  g_task_set_task_data (task, job, long_free);
  g_task_run_in_thread (task, long_thread);
}

static void
run (Call *call)
{
  BatonServer *server = call->admin->server;
  const char *name = json_string_value (json_object_get (call->command, "do"));
  GError *error = NULL;
  json_t *made;

  if (g_strcmp0 (name, "status") == 0)
    answer (call, status_of (server), NULL);
  else if (g_strcmp0 (name, "backup") == 0 || g_strcmp0 (name, "verify") == 0)
    run_long (call, g_str_equal (name, "backup"));
  else
    {
      made = baton_command_people (server->accounts, server->public_url, call->command, &error);
      if (made != NULL)
        baton_sessions_reload (server->sessions);
      answer (call, made, error);
    }
}

static void
line_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  Call *call = data;
  gsize length = 0;
  g_autofree char *line =
      g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, &length, NULL);

  if (line != NULL && length <= MOST_LINE)
    call->command = json_loadb (line, length, JSON_REJECT_DUPLICATES, NULL);
  if (json_is_object (call->command))
    run (call);
  else
    call_free (call);
}

static gboolean
is_allowed (GSocketConnection *connection)
{
  g_autoptr (GCredentials) who = g_socket_get_credentials (g_socket_connection_get_socket (connection), NULL);
  uid_t uid = who != NULL ? g_credentials_get_unix_user (who, NULL) : (uid_t) -1;

  return uid == 0 || uid == geteuid ();
}

static gboolean
incoming_cb (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  BatonAdmin *admin = data;
  g_autoptr (GDataInputStream) in = NULL;
  Call *call;

  if (!is_allowed (connection))
    return TRUE;
  g_socket_set_timeout (g_socket_connection_get_socket (connection), PATIENCE);
  in = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  call = g_new0 (Call, 1);
  call->admin = admin;
  call->connection = g_object_ref (connection);
  admin->under_way++;
  g_data_input_stream_read_line_async (in, G_PRIORITY_DEFAULT, NULL, line_cb, call);
  return TRUE;
}

BatonAdmin *
baton_admin_new (BatonServer *server, GError **error)
{
  BatonAdmin *admin = g_new0 (BatonAdmin, 1);
  int fd;
  g_autoptr (GSocketAddress) address = socket_address (server->options->folder, &fd);
  mode_t mask = umask (0177);
  gboolean ok;

  admin->server = server;
  admin->service = g_socket_service_new ();
  admin->path = g_build_filename (server->options->folder, BATON_ADMIN_SOCKET, NULL);
  /* We hold the folder's lock: whoever left this socket is gone. */
  g_unlink (admin->path);
  ok = g_socket_listener_add_address (G_SOCKET_LISTENER (admin->service), address, G_SOCKET_TYPE_STREAM,
      G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, error);
  umask (mask);
  if (fd >= 0)
    close (fd);
  g_signal_connect (admin->service, "incoming", G_CALLBACK (incoming_cb), admin);
  if (ok)
    return admin;
  baton_admin_free (admin);
  return NULL;
}

void
baton_admin_free (BatonAdmin *admin)
{
  g_socket_service_stop (admin->service);
  g_socket_listener_close (G_SOCKET_LISTENER (admin->service));
  g_signal_handlers_disconnect_by_data (admin->service, admin);
  g_unlink (admin->path);
  while (admin->under_way > 0)
    g_main_context_iteration (NULL, TRUE);
  g_object_unref (admin->service);
  g_free (admin->path);
  g_free (admin);
}

json_t *
baton_admin_ask (const char *folder, json_t *command, GError **error)
{
  int fd;
  g_autoptr (GSocketAddress) address = socket_address (folder, &fd);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection =
      g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, NULL);
  g_autoptr (GDataInputStream) in = NULL;
  g_autofree char *line = NULL;
  char *dumped;
  json_t *answered;

  if (fd >= 0)
    close (fd);
  if (connection == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _ ("No server runs on this folder."));
      return NULL;
    }
  dumped = json_dumps (command, JSON_COMPACT);
  g_output_stream_write_all (
      g_io_stream_get_output_stream (G_IO_STREAM (connection)), dumped, strlen (dumped), NULL, NULL, NULL);
  g_output_stream_write_all (
      g_io_stream_get_output_stream (G_IO_STREAM (connection)), "\n", 1, NULL, NULL, NULL);
  free (dumped);
  in = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  line = g_data_input_stream_read_line (in, NULL, NULL, NULL);
  answered = line != NULL ? json_loads (line, 0, NULL) : NULL;
  if (answered == NULL)
    g_set_error_literal (error, BATON_ERROR, BATON_ERROR_IO, _ ("The running server did not answer."));
  return answered;
}
