/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "token.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <libsecret/secret.h>
#include <string.h>

static const SecretSchema schema = {
  .name = "io.github.batonboard.Baton.Device",
  .flags = SECRET_SCHEMA_NONE,
  .attributes = { { "folder", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { "server", SECRET_SCHEMA_ATTRIBUTE_STRING } },
};

/* Without a session bus there is no keyring, and asking for one would wait for it to be started. */
static gboolean
has_keyring (void)
{
  const char *wanted = g_getenv ("BATON_KEYRING");

  if (wanted != NULL && g_str_equal (wanted, "no"))
    return FALSE;
  return g_getenv ("DBUS_SESSION_BUS_ADDRESS") != NULL;
}

static char *
file_of (const char *folder)
{
  return g_build_filename (folder, "token", NULL);
}

static gboolean
store_in_file (const char *folder, const char *server, const char *token, GError **error)
{
  g_autofree char *path = file_of (folder);
  g_autofree char *text = g_strdup_printf ("%s\n%s\n", server, token);

  return g_file_set_contents_full (
      path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

gboolean
baton_token_store (
    const char *folder, const char *server, const char *token, gboolean *in_file, GError **error)
{
  g_autofree char *path = file_of (folder);
  g_autofree char *label = g_strdup_printf (_ ("Baton on %s"), server);
  g_autoptr (GError) local = NULL;
  gboolean kept = has_keyring () && secret_password_store_sync (&schema, SECRET_COLLECTION_DEFAULT, label,
                                        token, NULL, &local, "folder", folder, "server", server, NULL);

  if (local != NULL)
    g_debug ("No keyring: %s", local->message);
  if (in_file != NULL)
    *in_file = !kept;
  if (!kept)
    return store_in_file (folder, server, token, error);
  g_unlink (path);
  return TRUE;
}

char *
baton_token_load_file (const char *folder, const char *server)
{
  g_autofree char *path = file_of (folder);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return NULL;
  lines = g_strsplit (text, "\n", -1);
  return g_strv_length (lines) >= 2 && g_str_equal (lines[0], server) ? g_strdup (lines[1]) : NULL;
}

char *
baton_token_load (const char *folder, const char *server)
{
  char *token = baton_token_load_file (folder, server), *secret, *copy;

  if (token != NULL || !has_keyring ())
    return token;
  secret = secret_password_lookup_sync (&schema, NULL, NULL, "folder", folder, "server", server, NULL);
  copy = g_strdup (secret);
  secret_password_free (secret);
  return copy;
}

void
baton_token_forget (const char *folder, const char *server)
{
  g_autofree char *path = file_of (folder);

  g_unlink (path);
  if (has_keyring ())
    secret_password_clear_sync (&schema, NULL, NULL, "folder", folder, "server", server, NULL);
}
