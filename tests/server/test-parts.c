/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* The parts of the server that need no network: frames, waiting times, addresses, secrets, which backups
 * stay. */

#include "allow.h"
#include "baton-error.h"
#include "keep.h"
#include "passwords.h"
#include "secrets.h"
#include "server.h"
#include "slow.h"
#include "test-random.h"
#include "websocket.h"

#include <string.h>

/* Frames. */

typedef struct
{
  GString *heard; /* "T:text\n", "P:payload\n", "C\n" */
} Ear;

static void
hear (BatonFrame kind, const char *data, gsize length, gpointer user_data)
{
  Ear *ear = user_data;

  g_string_append_c (ear->heard, kind == BATON_FRAME_TEXT ? 'T' : kind == BATON_FRAME_PING ? 'P' : 'C');
  if (kind == BATON_FRAME_TEXT)
    g_assert_cmpuint (strlen (data), <=, length);
  g_string_append_c (ear->heard, ':');
  g_string_append_len (ear->heard, data, (gssize) length);
  g_string_append_c (ear->heard, '\n');
}

/* As a client sends it: with a mask. */
static void
append_frame (GByteArray *bytes, BatonTestRandom *random, guint8 first, const char *text, gsize length)
{
  guint8 head[4] = { first, 0x80, (guint8) (length >> 8), (guint8) length };
  guint8 mask[4];

  if (length < 126)
    head[1] |= (guint8) length;
  else
    head[1] |= 126;
  g_byte_array_append (bytes, head, length < 126 ? 2 : 4);
  for (guint i = 0; i < 4; i++)
    mask[i] = (guint8) baton_test_below (random, 256);
  g_byte_array_append (bytes, mask, 4);
  for (gsize i = 0; i < length; i++)
    {
      guint8 byte = (guint8) text[i] ^ mask[i & 3];

      g_byte_array_append (bytes, &byte, 1);
    }
}

/* Messages cut into frames at random, with pings between them, fed in pieces at random, are what was sent. */
static void
test_frames_at_random (void)
{
  BatonTestRandom random = baton_test_random (1);

  for (guint round = 0; round < baton_test_rounds (300); round++)
    {
      g_autoptr (GByteArray) bytes = g_byte_array_new ();
      g_autoptr (GString) wanted = g_string_new (NULL);
      Ear ear = { g_string_new (NULL) };
      g_autoptr (BatonFrames) frames = baton_frames_new (4096, hear, &ear);
      guint messages = 1 + baton_test_below (&random, 5);

      for (guint i = 0; i < messages; i++)
        {
          gsize length = baton_test_below (&random, 2) ? baton_test_below (&random, 300) : 0;
          g_autofree char *text = g_strnfill (length, 'a' + (char) (i % 26));
          gsize at = 0;
          gboolean first = TRUE;

          do
            {
              gsize most = 1 + (gsize) baton_test_below (&random, 200);
              gsize n = MIN (length - at, most);
              gboolean last = at + n == length;

              append_frame (bytes, &random,
                  (guint8) ((last ? 0x80 : 0) | (first ? BATON_FRAME_TEXT : BATON_FRAME_CONTINUATION)),
                  text + at, n);
              first = FALSE;
              at += n;
              if (last || baton_test_below (&random, 3) != 0)
                continue;
              append_frame (bytes, &random, 0x80 | BATON_FRAME_PING, "?", 1);
              g_string_append (wanted, "P:?\n");
            }
          while (at < length);
          g_string_append_printf (wanted, "T:%s\n", text);
        }
      for (gsize at = 0; at < bytes->len;)
        {
          gsize most = 1 + (gsize) baton_test_below (&random, 50);
          gsize n = MIN (bytes->len - at, most);

          g_assert_cmpuint (baton_frames_feed (frames, bytes->data + at, n), ==, 0);
          at += n;
        }
      g_assert_cmpstr (ear.heard->str, ==, wanted->str);
      g_string_free (ear.heard, TRUE);
    }
}

/* Whatever comes, it ends in an answer, and what it keeps is bounded. */
static void
test_frames_of_garbage (void)
{
  BatonTestRandom random = baton_test_random (2);

  for (guint round = 0; round < baton_test_rounds (3000); round++)
    {
      Ear ear = { g_string_new (NULL) };
      g_autoptr (BatonFrames) frames = baton_frames_new (256, hear, &ear);
      guint8 bytes[64];
      guint16 code = 0;

      for (guint i = 0; i < 20 && code == 0; i++)
        {
          for (guint j = 0; j < sizeof bytes; j++)
            bytes[j] = (guint8) baton_test_below (&random, 256);
          if (i == 0)
            {
              bytes[0] = (guint8) (0x80 * (round & 1) + (round >> 1) % 16);
              bytes[1] |= 0x80;
            }
          code = baton_frames_feed (frames, bytes, sizeof bytes);
        }
      g_assert_true (code == 0 || (code >= 1002 && code <= 1009));
      g_string_free (ear.heard, TRUE);
    }
}

static void
test_frames_out (void)
{
  static const gsize lengths[] = { 0, 1, 125, 126, 65535, 65536, 100000 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      g_autofree char *text = g_strnfill (lengths[i], 'x');
      g_autoptr (GBytes) frame = baton_frame_new (BATON_FRAME_TEXT, text, lengths[i]);
      gsize size;
      const guint8 *bytes = g_bytes_get_data (frame, &size);
      gsize header = lengths[i] < 126 ? 2 : lengths[i] < 65536 ? 4 : 10;

      g_assert_cmpuint (size, ==, lengths[i] + header);
      g_assert_cmpuint (bytes[0], ==, 0x81);
      g_assert_cmpmem (bytes + header, size - header, text, lengths[i]);
    }
}

static void
test_handshake (void)
{
  g_autofree char *accept = baton_websocket_accept ("dGhlIHNhbXBsZSBub25jZQ=="); /* RFC 6455, 1.3 */

  g_assert_cmpstr (accept, ==, "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  g_assert_null (baton_websocket_accept (NULL));
  g_assert_null (baton_websocket_accept (""));
  g_assert_null (baton_websocket_accept ("dGhlIHNhbXBsZSBub25jZQ"));
}

/* Waiting. */

static void
test_slow (void)
{
  BatonSlow *slow = baton_slow_new (3, 60);
  gint64 now = 1000 * G_TIME_SPAN_SECOND;
  guint waits[] = { 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60 };

  for (guint i = 0; i < G_N_ELEMENTS (waits); i++)
    {
      baton_slow_failed (slow, "ada", now);
      g_assert_cmpuint (baton_slow_wait (slow, "ada", now), ==, waits[i]);
      g_assert_cmpuint (baton_slow_wait (slow, "bob", now), ==, 0);
      now += (waits[i] + 1) * G_TIME_SPAN_SECOND;
      g_assert_cmpuint (baton_slow_wait (slow, "ada", now), ==, 0);
    }
  baton_slow_succeeded (slow, "ada");
  baton_slow_failed (slow, "ada", now);
  g_assert_cmpuint (baton_slow_wait (slow, "ada", now), ==, 0);
  baton_slow_free (slow);
}

/* Who tries a million names must not fill the memory, nor push out who is watched most by trying a few. */
static void
test_slow_is_bounded (void)
{
  BatonSlow *slow = baton_slow_new (0, 60);
  gint64 now = 1000 * G_TIME_SPAN_SECOND;

  for (guint i = 0; i < BATON_SLOW_KEYS + 5000; i++)
    {
      g_autofree char *key = g_strdup_printf ("name %u", i);

      baton_slow_failed (slow, key, now + i);
      if (i % 1000 == 0)
        baton_slow_failed (slow, "ada", now + i);
    }
  g_assert_cmpuint (baton_slow_size (slow), <=, BATON_SLOW_KEYS);
  g_assert_cmpuint (baton_slow_wait (slow, "ada", now), >, 0);
  baton_slow_failed (slow, "late", now + G_TIME_SPAN_DAY);
  g_assert_cmpuint (baton_slow_size (slow), ==, 1);
  baton_slow_free (slow);
}

/* Addresses. */

static void
test_listen (void)
{
  static const struct
  {
    const char *text;
    const char *host; /* NULL: refused */
    guint port;
  } cases[] = {
    { "127.0.0.1:80", "127.0.0.1", 80 },
    { "[::1]:80", "::1", 80 },
    { "[::1]", "::1", BATON_SERVER_PORT },
    { "::1", "::1", BATON_SERVER_PORT },
    { ":9000", "127.0.0.1", 9000 },
    { "9000", "127.0.0.1", 9000 },
    { "host.example", "host.example", BATON_SERVER_PORT },
    { "host.example:0", "host.example", 0 },
    { "*:1", "*", 1 },
    { "host:", NULL, 0 },
    { "host:x", NULL, 0 },
    { "host:65536", NULL, 0 },
    { "host:-1", NULL, 0 },
    { "[::1", NULL, 0 },
    { "[::1]x", NULL, 0 },
    { "99999", NULL, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BatonServerOptions) options = baton_server_options_new ("/nowhere");
      g_autoptr (GError) error = NULL;
      gboolean ok = baton_server_options_listen (options, cases[i].text, &error);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (ok, ==, cases[i].host != NULL);
      if (!ok)
        {
          g_assert_error (error, BATON_ERROR, BATON_ERROR_INVALID);
          continue;
        }
      g_assert_cmpstr (options->host, ==, cases[i].host);
      g_assert_cmpuint (options->port, ==, cases[i].port);
    }
}

static gboolean
may_listen (const char *host, gboolean tls, gboolean insecure)
{
  g_autoptr (BatonServerOptions) options = baton_server_options_new ("/nowhere");

  g_free (options->host);
  options->host = g_strdup (host);
  options->tls_certificate = tls ? g_strdup ("cert.pem") : NULL;
  options->tls_key = tls ? g_strdup ("key.pem") : NULL;
  options->insecure_lan = insecure;
  return baton_server_options_check (options, NULL);
}

static void
test_who_may_read_along (void)
{
  static const char *const here[] = { "127.0.0.1", "127.1.2.3", "::1", "localhost", "LOCALHOST" };
  static const char *const there[] = { "0.0.0.0", "::", "*", "192.168.1.1", "example.org",
    "localhost.example.org", "127.0.0.1.example.org" };

  for (guint i = 0; i < G_N_ELEMENTS (here); i++)
    g_assert_true (may_listen (here[i], FALSE, FALSE));
  for (guint i = 0; i < G_N_ELEMENTS (there); i++)
    {
      g_assert_false (may_listen (there[i], FALSE, FALSE));
      g_assert_true (may_listen (there[i], TRUE, FALSE));
      g_assert_true (may_listen (there[i], FALSE, TRUE));
    }
}

/* Secrets. */

static void
test_secrets (void)
{
  g_autoptr (GHashTable) all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint8 hash[BATON_SECRET_HASH], again[BATON_SECRET_HASH];

  for (guint i = 0; i < 1000; i++)
    {
      char *secret = baton_secret_new ();

      g_assert_cmpuint (strlen (secret), ==, BATON_SECRET_LENGTH);
      g_assert_cmpuint (strspn (secret, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
          ==, BATON_SECRET_LENGTH);
      g_assert_true (baton_secret_hash (secret, hash));
      g_assert_true (baton_secret_hash (secret, again));
      g_assert_cmpmem (hash, sizeof hash, again, sizeof again);
      g_assert_true (g_hash_table_add (all, secret));
    }
  g_assert_false (baton_secret_hash (NULL, hash));
  g_assert_false (baton_secret_hash ("", hash));
  g_assert_false (baton_secret_hash ("short", hash));
  g_assert_false (baton_secret_hash ("++++++++++++++++++++++++++++++++++++++++++", hash));
  g_assert_false (baton_secret_hash ("!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!", hash));
}

static void
test_links (void)
{
  g_autofree char *link = baton_invitation_link ("https://a.example:8470", "SECRET");
  g_autofree char *web = baton_invitation_web_link ("https://a.example", "SECRET");

  g_assert_cmpstr (link, ==, "baton://join?server=https%3A%2F%2Fa.example%3A8470&invitation=SECRET");
  g_assert_cmpstr (web, ==, "https://a.example/join#SECRET");
}

static void
test_password_rules (void)
{
  g_autofree char *long_one = g_strnfill (BATON_PASSWORD_MOST + 1, 'x');

  g_assert_nonnull (baton_password_complaint (NULL));
  g_assert_nonnull (baton_password_complaint ("seven.."));
  g_assert_nonnull (baton_password_complaint ("\xff\xff\xff\xff\xff\xff\xff\xff"));
  g_assert_nonnull (baton_password_complaint (long_one));
  g_assert_null (baton_password_complaint ("eight..."));
  g_assert_null (baton_password_complaint ("äöüßäöüß"));
}

/* A first look at bodies. */

static void
test_peek (void)
{
  static const struct
  {
    const char *text;
    const char *found;
  } cases[] = {
    { "{\"device\":\"d\"}", "d" },
    { " { \"a\" : [ {\"device\":\"x\"} ] , \"device\" : \"d\" }", "d" },
    { "{\"a\":\"\\\"device\\\":\\\"x\\\"\",\"device\":\"d\"}", "d" },
    { "{\"a\":\"device\",\"b\":\"x\"}", NULL },
    { "{\"a\":{\"device\":\"x\"}}", NULL },
    { "{\"device\":7}", NULL },
    { "{\"device\":\"a\\u0062\"}", NULL },
    { "{\"d\\u0065vice\":\"x\"}", NULL },
    { "{\"device\"", NULL },
    { "{\"device\":", NULL },
    { "{\"device\":\"", NULL },
    { "{\"device\":\"d", NULL },
    { "{\"\\", NULL },
    { "\"device\":\"x\"", NULL },
    { "]]]{\"device\":\"d\"}", "d" },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      /* Exactly as long as it is, so that a look behind the end is seen. */
      gsize length = strlen (cases[i].text);
      g_autofree char *copy = g_memdup2 (cases[i].text, length);
      g_autofree char *found = baton_json_peek (copy, length, "device");

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (found, ==, cases[i].found);
    }
}

/* Backups: an hourly one for two years leaves few, of all ages, and a young one never goes. */
static void
test_thinning (void)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 now = G_GINT64_CONSTANT (1767009600000000);
  gint64 ages[] = { 0, 2, 10, 30, 100, 300, 600 }; /* days */

  for (guint hour = 0; hour < 2 * 365 * 24; hour++)
    {
      g_autoptr (GArray) stay = NULL;

      now += G_TIME_SPAN_HOUR;
      g_array_insert_val (times, 0, now);
      stay = baton_keep_thin ((const gint64 *) (void *) times->data, times->len, now);
      for (guint i = times->len; i-- > 0;)
        {
          gint64 age = now - g_array_index (times, gint64, i);

          g_assert_true (age >= G_TIME_SPAN_DAY || g_array_index (stay, gboolean, i));
          if (!g_array_index (stay, gboolean, i))
            g_array_remove_index (times, i);
        }
    }
  g_assert_cmpuint (times->len, <, 90);
  for (guint i = 0; i < G_N_ELEMENTS (ages); i++)
    {
      gint64 nearest = G_MAXINT64;

      for (guint j = 0; j < times->len; j++)
        nearest = MIN (nearest, ABS (now - g_array_index (times, gint64, j) - ages[i] * G_TIME_SPAN_DAY));
      g_test_message (
          "a backup of %d days ago: %d hours off", (int) ages[i], (int) (nearest / G_TIME_SPAN_HOUR));
      g_assert_cmpint (nearest, <=, (ages[i] < 31 ? 1 : 31) * G_TIME_SPAN_DAY);
    }
}

int
main (int argc, char **argv)
{
  baton_test_init (&argc, &argv);
  g_test_add_func ("/server/frames/at-random", test_frames_at_random);
  g_test_add_func ("/server/frames/of-garbage", test_frames_of_garbage);
  g_test_add_func ("/server/frames/out", test_frames_out);
  g_test_add_func ("/server/frames/handshake", test_handshake);
  g_test_add_func ("/server/slow", test_slow);
  g_test_add_func ("/server/slow/bounded", test_slow_is_bounded);
  g_test_add_func ("/server/listen", test_listen);
  g_test_add_func ("/server/listen/who-may-read-along", test_who_may_read_along);
  g_test_add_func ("/server/secrets", test_secrets);
  g_test_add_func ("/server/links", test_links);
  g_test_add_func ("/server/password-rules", test_password_rules);
  g_test_add_func ("/server/peek", test_peek);
  g_test_add_func ("/server/backups-thinned", test_thinning);
  return g_test_run ();
}
