/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-server"

#include "server-private.h"

#include "admin.h"
#include "baton-error.h"
#include "http-in.h"
#include "keep.h"
#include "live.h"
#include "people.h"
#include "served.h"
#include "transfers.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/resource.h>

#define SEEN_SECONDS 300
#define MOST_CONNECTIONS 8192
#define MOST_PER_HOST 256
#define IDLE_SECONDS 75

static void
session_ended_cb (BatonSession *session, gpointer data)
{
  BatonServer *server = data;

  if (server->live != NULL)
    baton_live_end (server->live, session);
}

static void
role_changed_cb (BatonSession *session, gpointer data)
{
  BatonServer *server = data;

  if (server->live != NULL)
    baton_live_role (server->live, session);
}

static void
tail_cb (GString *message, gpointer data)
{
  BatonServer *server = data;

  if (server->live != NULL)
    baton_live_tell (server->live, message);
}

static void
peer_cb (BatonPeer *peer, gpointer data)
{
  BatonServer *server = data;

  if (baton_slow_wait (server->rude_hosts, baton_peer_host (peer), g_get_monotonic_time ()) == 0)
    baton_http_in_take (server, peer);
}

static gboolean
seen_cb (gpointer data)
{
  baton_sessions_write_seen (((BatonServer *) data)->sessions);
  return G_SOURCE_CONTINUE;
}

/* One descriptor a connection, and a few: as many as the system lets us have. */
static void
raise_descriptors (void)
{
  struct rlimit limit;

  if (getrlimit (RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == limit.rlim_max)
    return;
  limit.rlim_cur = limit.rlim_max;
  setrlimit (RLIMIT_NOFILE, &limit);
}

static GTlsCertificate *
load_certificate (const BatonServerOptions *options, GError **error)
{
  g_autofree char *certificate = g_canonicalize_filename (options->tls_certificate, NULL);
  g_autofree char *key = g_canonicalize_filename (options->tls_key, NULL);

  return g_tls_certificate_new_from_files (certificate, key, error);
}

static gboolean
begin_listening (BatonServer *server, GError **error)
{
  const BatonServerOptions *options = server->options;
  BatonListenerLimits limits = { MOST_CONNECTIONS, MOST_PER_HOST, IDLE_SECONDS };
  g_autoptr (GTlsCertificate) certificate = NULL;
  gboolean any = g_str_equal (options->host, "0.0.0.0") || g_str_equal (options->host, "::") ||
                 g_str_equal (options->host, "*");
  const char *host = any ? g_get_host_name () : options->host;

  if (options->tls_certificate != NULL && (certificate = load_certificate (options, error)) == NULL)
    return FALSE;
  server->listener =
      baton_listener_new (options->host, options->port, certificate, &limits, peer_cb, server, error);
  if (server->listener == NULL)
    return FALSE;
  server->url = g_strdup_printf (strchr (host, ':') != NULL ? "%s://[%s]:%u" : "%s://%s:%u",
      certificate != NULL ? "https" : "http", host, baton_listener_port (server->listener));
  server->public_url = g_strdup (options->public_url != NULL ? options->public_url : server->url);
  if (g_str_has_suffix (server->public_url, "/"))
    server->public_url[strlen (server->public_url) - 1] = '\0';
  return TRUE;
}

static gboolean
open_parts (BatonServer *server, GError **error)
{
  const BatonServerOptions *options = server->options;
  BatonActor console = { "console", g_get_real_time () };

  server->served = baton_served_new (options->folder, tail_cb, server, error);
  if (server->served == NULL)
    return FALSE;
  server->accounts = baton_accounts_open (options->folder, error);
  if (server->accounts == NULL || !baton_http_in_attach (server, error))
    return FALSE;
  server->devices = baton_devices_new (server->accounts);
  server->sessions = baton_sessions_new (server->accounts, session_ended_cb, role_changed_cb, server);
  server->transfers = baton_transfers_new (server, error);
  if (server->transfers == NULL || !begin_listening (server, error))
    return FALSE;
  server->admin = baton_admin_new (server, error);
  return server->admin != NULL &&
         baton_accounts_set_meta (server->accounts, "public_url", server->public_url, error) &&
         baton_accounts_audit (server->accounts, console, "start", server->url, error);
}

static BatonServerOptions *
copy_options (const BatonServerOptions *options)
{
  BatonServerOptions *copy = g_memdup2 (options, sizeof *options);

  copy->folder = g_strdup (options->folder);
  copy->host = g_strdup (options->host);
  copy->public_url = g_strdup (options->public_url);
  copy->tls_certificate = g_strdup (options->tls_certificate);
  copy->tls_key = g_strdup (options->tls_key);
  copy->metrics_token = g_strdup (options->metrics_token);
  return copy;
}

BatonServer *
baton_server_new (const BatonServerOptions *options, GError **error)
{
  g_autoptr (BatonServer) server = NULL;

  g_return_val_if_fail (options != NULL, NULL);
  if (!baton_server_options_check (options, error))
    return NULL;
  raise_descriptors ();
  server = g_new0 (BatonServer, 1);
  server->options = copy_options (options);
  server->passwords = baton_passwords_new ();
  server->slow_names = baton_slow_new (5, 60);
  server->slow_hosts = baton_slow_new (20, 900);
  server->rude_hosts = baton_slow_new (50, 900);
  server->bodies = baton_bodies_new ();
  server->live = baton_live_new (server);
  if (!open_parts (server, error))
    return NULL;
  server->seen_timer = g_timeout_add_seconds (SEEN_SECONDS, seen_cb, server);
  baton_keep_begin (server);
  return g_steal_pointer (&server);
}

void
baton_server_stop (BatonServer *server)
{
  if (server->stopping)
    return;
  server->stopping = TRUE;
  if (server->listener != NULL)
    baton_listener_stop (server->listener);
  g_clear_pointer (&server->admin, baton_admin_free);
  baton_keep_end (server);
  g_clear_pointer (&server->live, baton_live_free);
}

void
baton_server_free (BatonServer *server)
{
  baton_server_stop (server);
  g_clear_handle_id (&server->seen_timer, g_source_remove);
  g_clear_pointer (&server->transfers, baton_transfers_free);
  g_clear_pointer (&server->served, baton_served_free);
  g_clear_pointer (&server->passwords, baton_passwords_free);
  while (g_main_context_iteration (NULL, FALSE))
    ; /* what the threads answered last goes out */
  g_clear_pointer (&server->listener, baton_listener_free);
  while (server->answers > 0)
    g_main_context_iteration (NULL, TRUE);
  if (server->soup != NULL)
    soup_server_disconnect (server->soup);
  g_clear_object (&server->soup);
  if (server->sessions != NULL)
    baton_sessions_write_seen (server->sessions);
  g_clear_pointer (&server->sessions, baton_sessions_free);
  g_clear_pointer (&server->devices, baton_devices_free);
  g_clear_pointer (&server->accounts, baton_accounts_close);
  g_clear_pointer (&server->slow_names, baton_slow_free);
  g_clear_pointer (&server->slow_hosts, baton_slow_free);
  g_clear_pointer (&server->rude_hosts, baton_slow_free);
  g_clear_pointer (&server->bodies, baton_bodies_free);
  g_clear_pointer (&server->options, baton_server_options_free);
  g_free (server->url);
  g_free (server->public_url);
  g_free (server);
}

const char *
baton_server_url (BatonServer *server)
{
  return server->url;
}

const char *
baton_server_public_url (BatonServer *server)
{
  return server->public_url;
}

char *
baton_server_owner_invitation (BatonServer *server, GError **error)
{
  BatonActor console = { "console", g_get_real_time () };
  json_t *made;
  char *link;

  if (baton_accounts_count (server->accounts, BATON_ROLE_OWNER) > 0)
    return NULL;
  made = baton_people_invite (server->accounts, server->public_url, BATON_ROLE_OWNER, console, error);
  link = made != NULL ? g_strdup (json_string_value (json_object_get (made, "invitation"))) : NULL;
  json_decref (made);
  return link;
}
