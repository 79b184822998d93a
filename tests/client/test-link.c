/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "link.h"

#include "baton-error.h"
#include "token.h"

#include <glib/gstdio.h>

#define SECRET "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdE"

static void
check (const char *link, const char *server)
{
  g_auto (BatonLinkParts) parts = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (baton_link_parse (link, &parts, &error), ==, server != NULL);
  if (server != NULL)
    {
      g_assert_no_error (error);
      g_assert_cmpstr (parts.server, ==, server);
      g_assert_cmpstr (parts.secret, ==, SECRET);
      return;
    }
  g_assert_error (error, BATON_ERROR, BATON_ERROR_INVALID);
  g_assert_null (parts.server);
  g_assert_null (parts.secret);
}

static void
test_good (void)
{
  check (
      "baton://join?server=https%3A%2F%2Fexample.org%3A8443&invitation=" SECRET, "https://example.org:8443");
  check ("baton://join?invitation=" SECRET "&server=http%3A%2F%2F127.0.0.1%3A7070", "http://127.0.0.1:7070");
  check ("https://example.org/team/join#" SECRET, "https://example.org/team");
  check ("  https://example.org/join#" SECRET "\n", "https://example.org");
  check ("http://[::1]:7070/join#" SECRET, "http://[::1]:7070");
}

static void
test_bad (void)
{
  static const char *const links[] = { "", "hello", "https://example.org/", "https://example.org/join#short",
    "ftp://example.org/join#" SECRET, "baton://join?server=javascript%3Aalert&invitation=" SECRET,
    "baton://join?invitation=" SECRET, "https://user:password@example.org/join#" SECRET,
    "https:///join#" SECRET, "https://example.org/join#" SECRET "%0d%0aX",
    "baton://join?server=https%3A%2F%2Fa&invitation=" SECRET "<" };

  for (guint i = 0; i < G_N_ELEMENTS (links); i++)
    check (links[i], NULL);
  check (NULL, NULL);
}

/* Who has an account gives the address alone; what is left of an invitation is none. */
static void
test_address (void)
{
  static const struct
  {
    const char *link;
    const char *server; /* NULL: no address */
  } cases[] = { { "https://example.org", "https://example.org" },
    { " https://example.org:8443/team/ ", "https://example.org:8443/team" },
    { "http://127.0.0.1:7070", "http://127.0.0.1:7070" },
    { "baton://join?server=https%3A%2F%2Fexample.org", "https://example.org" },
    { "https://example.org/join", NULL }, { "https://example.org/join#", NULL }, { "https://", NULL },
    { "https://example.org/#x", NULL }, { "https://example.org/?q=1", NULL }, { "ftp://example.org", NULL },
    { "https://user:password@example.org", NULL }, { "example.org", NULL }, { "", NULL } };
  g_auto (BatonLinkParts) invited = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (BatonLinkParts) parts = { 0 };
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].link);
      g_assert_cmpint (baton_link_parse_any (cases[i].link, &parts, &error), ==, cases[i].server != NULL);
      g_assert_cmpstr (parts.server, ==, cases[i].server);
      g_assert_null (parts.secret);
      g_assert_true (cases[i].server != NULL || error != NULL);
    }
  g_assert_false (baton_link_parse_any (NULL, &invited, NULL));
  g_assert_true (baton_link_parse_any ("https://example.org/join#" SECRET, &invited, NULL));
  g_assert_cmpstr (invited.secret, ==, SECRET);
}

/* Without a keyring the token lies in a file that nobody else can read, and belongs to one server. */
static void
test_token (void)
{
  g_autofree char *folder = g_dir_make_tmp ("baton-token-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "token", NULL);
  g_autofree char *token = NULL;
  g_autofree char *other = NULL;
  g_autoptr (GError) error = NULL;
  gboolean in_file = FALSE;
  GStatBuf status;

  g_setenv ("BATON_KEYRING", "no", TRUE);
  g_assert_null (baton_token_load (folder, "https://a"));
  baton_token_store (folder, "https://a", SECRET, &in_file, &error);
  g_assert_no_error (error);
  g_assert_true (in_file);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpuint (status.st_mode & 0777, ==, 0600);
  token = baton_token_load (folder, "https://a");
  g_assert_cmpstr (token, ==, SECRET);
  other = baton_token_load (folder, "https://b");
  g_assert_null (other);
  baton_token_forget (folder, "https://a");
  g_assert_null (baton_token_load (folder, "https://a"));
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/link/good", test_good);
  g_test_add_func ("/link/bad", test_bad);
  g_test_add_func ("/link/address", test_address);
  g_test_add_func ("/link/token", test_token);
  return g_test_run ();
}
