/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "link.h"

#include "baton-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SECRET_LEAST 40 /* 256 bits in base64url have 43 characters */
#define LINK_MOST 4096

static gboolean
refuse (GError **error, const char *message)
{
  g_set_error_literal (error, BATON_ERROR, BATON_ERROR_INVALID, message);
  return FALSE;
}

static gboolean
is_secret (const char *text)
{
  gsize length = text != NULL ? strlen (text) : 0;

  return length >= SECRET_LEAST && length < 200 &&
         strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") == length;
}

/* The server's own address: scheme, host and port, and the folder that a proxy serves it below. */
static char *
clean_server (const char *address)
{
  g_autoptr (GUri) uri = address != NULL ? g_uri_parse (address, G_URI_FLAGS_ENCODED, NULL) : NULL;
  g_autoptr (GUri) clean = NULL;
  g_autofree char *path = NULL;
  char *text;

  if (uri == NULL ||
      (!g_str_equal (g_uri_get_scheme (uri), "https") && !g_str_equal (g_uri_get_scheme (uri), "http")) ||
      g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0' || g_uri_get_userinfo (uri) != NULL)
    return NULL;
  path = g_strdup (g_uri_get_path (uri));
  while (g_str_has_suffix (path, "/"))
    path[strlen (path) - 1] = '\0';
  clean = g_uri_build (G_URI_FLAGS_ENCODED, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri),
      g_uri_get_port (uri), path, NULL, NULL);
  text = g_uri_to_string (clean);
  if (g_str_has_suffix (text, "/"))
    text[strlen (text) - 1] = '\0';
  return text;
}

static void
read_query (const char *query, BatonLinkParts *parts)
{
  g_autoptr (GHashTable) values =
      query != NULL ? g_uri_parse_params (query, -1, "&", G_URI_PARAMS_NONE, NULL) : NULL;

  if (values == NULL)
    return;
  parts->server = clean_server (g_hash_table_lookup (values, "server"));
  parts->secret = g_strdup (g_hash_table_lookup (values, "invitation"));
}

static void
read_web_address (GUri *uri, const char *link, BatonLinkParts *parts)
{
  const char *hash = strchr (link, '#');
  g_autofree char *address = hash != NULL ? g_strndup (link, (gsize) (hash - link)) : NULL;

  if (address == NULL || !g_str_has_suffix (address, "/join"))
    return;
  address[strlen (address) - strlen ("/join")] = '\0';
  parts->server = clean_server (address);
  parts->secret = g_strdup (g_uri_get_fragment (uri));
}

gboolean
baton_link_parse (const char *link, BatonLinkParts *parts, GError **error)
{
  g_autofree char *text = g_strstrip (g_strndup (link != NULL ? link : "", LINK_MOST));
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_ENCODED, NULL);

  *parts = (BatonLinkParts){ NULL, NULL };
  if (uri == NULL)
    return refuse (
        error, _ ("This is not an invitation link. It begins with baton:// or https:// and comes from the "
                  "server’s owner."));
  if (g_str_equal (g_uri_get_scheme (uri), "baton"))
    read_query (g_uri_get_query (uri), parts);
  else
    read_web_address (uri, text, parts);
  if (parts->server != NULL && is_secret (parts->secret))
    return TRUE;
  baton_link_clear (parts);
  return refuse (error, _ ("The invitation link is not complete. Copy the whole of it and try again."));
}

/* An address ends in /join only where the rest of an invitation was lost. */
static char *
server_alone (const char *link)
{
  g_autofree char *text = g_strstrip (g_strndup (link != NULL ? link : "", LINK_MOST));
  g_autoptr (GUri) uri = g_uri_parse (text, G_URI_FLAGS_ENCODED, NULL);
  g_auto (BatonLinkParts) parts = { NULL, NULL };

  if (uri == NULL || g_uri_get_fragment (uri) != NULL || g_str_has_suffix (g_uri_get_path (uri), "/join"))
    return NULL;
  if (!g_str_equal (g_uri_get_scheme (uri), "baton"))
    return g_uri_get_query (uri) == NULL ? clean_server (text) : NULL;
  read_query (g_uri_get_query (uri), &parts);
  return parts.secret == NULL ? g_steal_pointer (&parts.server) : NULL;
}

gboolean
baton_link_parse_any (const char *link, BatonLinkParts *parts, GError **error)
{
  *parts = (BatonLinkParts){ server_alone (link), NULL };
  return parts->server != NULL || baton_link_parse (link, parts, error);
}

void
baton_link_clear (BatonLinkParts *parts)
{
  g_clear_pointer (&parts->server, g_free);
  g_clear_pointer (&parts->secret, g_free);
}
