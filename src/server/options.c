/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-server"

#include "server.h"

#include "baton-error.h"
#include "listener.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define GIB (G_GUINT64_CONSTANT (1) << 30)

BatonServerOptions *
baton_server_options_new (const char *folder)
{
  BatonServerOptions *options = g_new0 (BatonServerOptions, 1);

  options->folder = g_canonicalize_filename (folder, NULL);
  options->host = g_strdup ("127.0.0.1");
  options->port = BATON_SERVER_PORT;
  options->blob_most = 4 * GIB;
  options->person_most = 200 * GIB;
  options->workspace_most = 1000 * GIB;
  options->backup_minutes = 60;
  return options;
}

void
baton_server_options_free (BatonServerOptions *options)
{
  g_free (options->folder);
  g_free (options->host);
  g_free (options->public_url);
  g_free (options->tls_certificate);
  g_free (options->tls_key);
  g_free (options->metrics_token);
  g_free (options);
}

static gboolean
parse_port (const char *text, guint16 *port)
{
  guint64 number;

  if (!g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT16, &number, NULL))
    return FALSE;
  *port = (guint16) number;
  return TRUE;
}

/* Splits at the last colon, unless that is one of an IPv6 address without brackets. */
static gboolean
split (const char *text, char **host, const char **port)
{
  const char *bracket = *text == '[' ? strchr (text, ']') : NULL;
  const char *colon = strrchr (text, ':');

  *port = NULL;
  if (bracket != NULL)
    {
      *host = g_strndup (text + 1, bracket - text - 1);
      if (bracket[1] == ':')
        *port = bracket + 2;
      return bracket[1] == ':' || bracket[1] == '\0';
    }
  if (*text == '[')
    return FALSE;
  if (colon == NULL || strchr (text, ':') != colon)
    *host = g_strdup (text);
  else
    {
      *host = g_strndup (text, colon - text);
      *port = colon + 1;
    }
  return TRUE;
}

gboolean
baton_server_options_listen (BatonServerOptions *options, const char *text, GError **error)
{
  g_autofree char *host = NULL;
  const char *port = NULL;
  guint16 number = options->port;
  gboolean ok = split (text, &host, &port);

  /* A number alone is a port. */
  if (ok && port == NULL && *host != '\0' && strspn (host, "0123456789") == strlen (host))
    {
      ok = parse_port (host, &number);
      *host = '\0';
    }
  if (!ok || (port != NULL && !parse_port (port, &number)))
    {
      g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID,
          _ ("“%s” is no address to listen on; say HOST:PORT, for example 127.0.0.1:8470."), text);
      return FALSE;
    }
  options->port = number;
  if (*host == '\0')
    return TRUE;
  g_free (options->host);
  options->host = g_steal_pointer (&host);
  return TRUE;
}

static gboolean
refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, BATON_ERROR, BATON_ERROR_INVALID, sentence);
  return FALSE;
}

gboolean
baton_server_options_check (const BatonServerOptions *options, GError **error)
{
  gboolean tls = options->tls_certificate != NULL || options->tls_key != NULL;

  if (tls && (options->tls_certificate == NULL || options->tls_key == NULL))
    return refuse (error, _ ("TLS wants both: --tls-cert FILE and --tls-key FILE."));
  if (options->public_url != NULL && !g_str_has_prefix (options->public_url, "https://") &&
      !g_str_has_prefix (options->public_url, "http://"))
    return refuse (error, _ ("The public address begins with https:// (or http://)."));
  if (tls || options->insecure_lan || baton_host_is_loopback (options->host))
    return TRUE;
  return refuse (error,
      _ ("On this address everybody in the network could read along: passwords, cards and files. Use a "
         "certificate (--tls-cert and --tls-key), or listen on 127.0.0.1 behind nginx or Caddy. In a network "
         "in which you trust everybody, --insecure-lan does without."));
}
