/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-server"

#include "secrets.h"

#include <sodium.h>
#include <string.h>

#define VARIANT sodium_base64_VARIANT_URLSAFE_NO_PADDING

char *
baton_secret_new (void)
{
  guint8 random[32];
  char *secret = g_malloc (BATON_SECRET_LENGTH + 1);

  randombytes_buf (random, sizeof random);
  sodium_bin2base64 (secret, BATON_SECRET_LENGTH + 1, random, sizeof random, VARIANT);
  sodium_memzero (random, sizeof random);
  return secret;
}

gboolean
baton_secret_hash (const char *secret, guint8 hash[BATON_SECRET_HASH])
{
  guint8 bytes[32];
  gsize length;

  if (secret == NULL || strlen (secret) != BATON_SECRET_LENGTH ||
      sodium_base642bin (bytes, sizeof bytes, secret, BATON_SECRET_LENGTH, NULL, &length, NULL, VARIANT) !=
          0 ||
      length != sizeof bytes)
    return FALSE;
  crypto_generichash (hash, BATON_SECRET_HASH, bytes, sizeof bytes, NULL, 0);
  sodium_memzero (bytes, sizeof bytes);
  return TRUE;
}

void
baton_secret_free (char *secret)
{
  if (secret != NULL)
    sodium_memzero (secret, strlen (secret));
  g_free (secret);
}

char *
baton_invitation_link (const char *url, const char *secret)
{
  g_autofree char *escaped = g_uri_escape_string (url, NULL, FALSE);

  return g_strdup_printf ("baton://join?server=%s&invitation=%s", escaped, secret);
}

char *
baton_invitation_web_link (const char *url, const char *secret)
{
  return g_strdup_printf ("%s/join#%s", url, secret);
}
