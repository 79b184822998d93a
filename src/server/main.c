/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-server"

#include "cli.h"
#include "server.h"

#include "baton-config.h"

#include <gio/gunixsocketaddress.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <jansson.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static char *folder;
static char *listen_on;
static char *public_url;
static char *tls_certificate;
static char *tls_key;
static char *metrics_token_file;
static gint64 blob_most;
static gint64 person_most;
static gint64 workspace_most;
static int backup_minutes = 60;
static gboolean insecure_lan;
static gboolean json;
static gboolean version;

static const GOptionEntry entries[] = {
  { "data", 0, 0, G_OPTION_ARG_FILENAME, &folder,
      N_ ("The folder that everything is kept in; made when missing"), N_ ("DIR") },
  { "listen", 0, 0, G_OPTION_ARG_STRING, &listen_on, N_ ("Where to listen (127.0.0.1:8470)"),
      N_ ("HOST:PORT") },
  { "public-url", 0, 0, G_OPTION_ARG_STRING, &public_url, N_ ("The address that links carry, behind a proxy"),
      N_ ("URL") },
  { "tls-cert", 0, 0, G_OPTION_ARG_FILENAME, &tls_certificate, N_ ("Certificate chain (PEM)"), N_ ("FILE") },
  { "tls-key", 0, 0, G_OPTION_ARG_FILENAME, &tls_key, N_ ("Its private key (PEM)"), N_ ("FILE") },
  { "insecure-lan", 0, 0, G_OPTION_ARG_NONE, &insecure_lan,
      N_ ("Listen in a network without TLS: everybody in it can read along"), NULL },
  { "max-file", 0, 0, G_OPTION_ARG_INT64, &blob_most, N_ ("Largest file, in MiB (4096)"), N_ ("MIB") },
  { "max-person", 0, 0, G_OPTION_ARG_INT64, &person_most, N_ ("Most that one person may upload, in MiB"),
      N_ ("MIB") },
  { "max-workspace", 0, 0, G_OPTION_ARG_INT64, &workspace_most, N_ ("Most of all files together, in MiB"),
      N_ ("MIB") },
  { "backup-minutes", 0, 0, G_OPTION_ARG_INT, &backup_minutes, N_ ("Time between backups; 0: none (60)"),
      N_ ("N") },
  { "metrics-token-file", 0, 0, G_OPTION_ARG_FILENAME, &metrics_token_file,
      N_ ("Token with which /metrics may be read from elsewhere"), N_ ("FILE") },
  { "json", 0, 0, G_OPTION_ARG_NONE, &json, N_ ("Say where it listens as one line of JSON"), NULL },
  { "version", 0, 0, G_OPTION_ARG_NONE, &version, N_ ("Show the version"), NULL },
  { NULL },
};

static gboolean
quit_cb (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_CONTINUE;
}

/* Tells systemd that we are there (sd_notify). */
static void
notify (const char *state)
{
  const char *name = g_getenv ("NOTIFY_SOCKET");
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GSocketAddress) address = NULL;

  if (name == NULL || (*name != '/' && *name != '@'))
    return;
  address = g_unix_socket_address_new_with_type (*name == '@' ? name + 1 : name, -1,
      *name == '@' ? G_UNIX_SOCKET_ADDRESS_ABSTRACT : G_UNIX_SOCKET_ADDRESS_PATH);
  socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_DATAGRAM, G_SOCKET_PROTOCOL_DEFAULT, NULL);
  if (socket != NULL)
    g_socket_send_to (socket, address, state, strlen (state), NULL, NULL);
}

static void
say_where (BatonServer *server, const char *invitation)
{
  if (json)
    {
      json_t *line = json_pack ("{s:s, s:s?}", "listen", baton_server_url (server), "invitation", invitation);
      char *dumped = json_dumps (line, JSON_COMPACT);

      printf ("%s\n", dumped);
      free (dumped);
      json_decref (line);
    }
  else
    {
      printf (_ ("Baton listens on %s.\n"), baton_server_url (server));
      if (invitation != NULL)
        printf (_ ("\nOpen this link in Baton to become the owner. It works once, for 72 hours:\n\n  %s\n\n"),
            invitation);
    }
  fflush (stdout);
}

static gboolean
fill_options (BatonServerOptions *options, GError **error)
{
  g_autofree char *token = NULL;

  if (listen_on != NULL && !baton_server_options_listen (options, listen_on, error))
    return FALSE;
  if (metrics_token_file != NULL && !g_file_get_contents (metrics_token_file, &token, NULL, error))
    return FALSE;
  options->metrics_token = token != NULL ? g_strstrip (g_steal_pointer (&token)) : NULL;
  options->public_url = g_strdup (public_url);
  options->tls_certificate = g_strdup (tls_certificate);
  options->tls_key = g_strdup (tls_key);
  options->insecure_lan = insecure_lan;
  options->backup_minutes = (guint) MAX (backup_minutes, 0);
  if (blob_most > 0)
    options->blob_most = (guint64) blob_most << 20;
  if (person_most > 0)
    options->person_most = (guint64) person_most << 20;
  if (workspace_most > 0)
    options->workspace_most = (guint64) workspace_most << 20;
  return TRUE;
}

static int
serve (void)
{
  g_autoptr (BatonServerOptions) options = baton_server_options_new (folder);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonServer) server = NULL;
  g_autofree char *invitation = NULL;

  if (fill_options (options, &error))
    server = baton_server_new (options, &error);
  if (server != NULL)
    invitation = baton_server_owner_invitation (server, &error);
  if (error != NULL)
    {
      fprintf (stderr, "baton-server: %s\n", error->message);
      return 1;
    }
  g_unix_signal_add (SIGTERM, quit_cb, loop);
  g_unix_signal_add (SIGINT, quit_cb, loop);
  say_where (server, invitation);
  notify ("READY=1");
  g_main_loop_run (loop);
  notify ("STOPPING=1");
  baton_server_stop (server);
  return 0;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = NULL;
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (BATON_GETTEXT_PACKAGE, BATON_LOCALEDIR);
  bind_textdomain_codeset (BATON_GETTEXT_PACKAGE, "UTF-8");
  textdomain (BATON_GETTEXT_PACKAGE);
  signal (SIGPIPE, SIG_IGN);
  umask (0077); /* what is kept is nobody else's */
  g_set_prgname ("baton-server");
  if (argc > 1 && baton_cli_is_command (argv[1]))
    return baton_cli_run (argv + 1);
  context = g_option_context_new (NULL);
  g_option_context_set_summary (context, _ ("Shares one workspace of Baton with a team."));
  g_option_context_set_description (context,
      _ ("Commands, also while it runs: invite, user, role, revoke, backup, restore, verify, status, log.\n"
         "“man baton-server” shows how they are used.\n"));
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    fprintf (stderr, "baton-server: %s\n", error->message);
  else if (version)
    {
      printf ("baton-server %s\n", BATON_VERSION);
      return 0;
    }
  else if (folder != NULL && argc == 1)
    return serve ();
  else
    {
      fprintf (stderr, "%s\n",
          argc > 1 ? _ ("baton-server: There is no such command.")
                   : _ ("baton-server: Say where to keep the data: --data DIR."));
      baton_cli_show_commands ();
    }
  return 2;
}
