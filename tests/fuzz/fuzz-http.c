/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"
#define _GNU_SOURCE /* memmem */

/* A whole server, to which raw bytes are sent over a socket. It has to come to an end with them: it answers
 * or closes, it is alive for the next, and its folder is in order at the end. TOKEN, DEVICE, EPOCH, PERSON
 * and HASH stand for what they say. Where the input has the line “---”, a pause is made. */

#include "fuzz.h"

#include "server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PAUSE "---\n"
#define QUIET 3000                         /* µs without a word after which we close our side */
#define PATIENCE (10 * G_TIME_SPAN_SECOND) /* after which a connection hangs */

/* libsoup 3.2 does not free the path of a request that it cannot read. */
int __lsan_is_turned_off (void);

int
__lsan_is_turned_off (void)
{
  return 1;
}

static BatonServer *server;
static guint16 port;
static char *token, *epoch, *person, *database;
static const char device[] = "01890000-0000-7000-8000-000000000001";
static const char hash[] =
    "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faa45cdf12fe3a81"; /* of nothing */

static int
open_socket (void)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons (port) };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  g_assert_cmpint (connect (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  fcntl (fd, F_SETFL, O_NONBLOCK);
  return fd;
}

/* Lets the server work; TRUE when it has said something, or closed (*closed). */
static gboolean
listen_once (int fd, GString *heard, gboolean *closed)
{
  char bytes[16384];
  gssize n;

  while (g_main_context_iteration (NULL, FALSE))
    ;
  n = recv (fd, bytes, sizeof bytes, 0);
  *closed = n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR);
  if (n > 0 && heard->len < (1 << 20))
    g_string_append_len (heard, bytes, n);
  return n > 0 || *closed;
}

static gboolean
listen_until_quiet (int fd, GString *heard)
{
  gint64 until = g_get_monotonic_time () + QUIET;
  gboolean closed = FALSE;

  while (!closed && g_get_monotonic_time () < until)
    {
      if (listen_once (fd, heard, &closed))
        until = g_get_monotonic_time () + QUIET;
      else
        g_usleep (20);
    }
  return closed;
}

static gboolean
say (int fd, const guint8 *data, gsize size, GString *heard)
{
  gboolean closed = FALSE;

  while (size > 0 && !closed)
    {
      gssize n = send (fd, data, size, MSG_NOSIGNAL);

      if (n < 0 && errno != EAGAIN)
        return FALSE;
      data += MAX (n, 0);
      size -= (gsize) MAX (n, 0);
      listen_once (fd, heard, &closed);
    }
  return !closed;
}

static void
converse (const guint8 *data, gsize size, GString *heard)
{
  int fd = open_socket ();
  gint64 until;
  gboolean closed = FALSE;

  while (!closed && size > 0)
    {
      const guint8 *pause = memmem (data, size, PAUSE, strlen (PAUSE));
      gsize part = pause != NULL ? (gsize) (pause - data) : size;

      closed = !say (fd, data, part, heard) || listen_until_quiet (fd, heard);
      data += part + (pause != NULL ? strlen (PAUSE) : 0);
      size -= part + (pause != NULL ? strlen (PAUSE) : 0);
    }
  shutdown (fd, SHUT_WR);
  until = g_get_monotonic_time () + PATIENCE;
  while (!closed && g_get_monotonic_time () < until)
    {
      if (!listen_once (fd, heard, &closed))
        g_usleep (20);
    }
  if (!closed)
    g_error ("a connection hangs; it said “%.300s”", heard->str);
  close (fd);
}

/* What comes behind a name and a colon in an answer. */
static char *
member (const GString *heard, const char *name)
{
  g_autofree char *mark = g_strdup_printf ("\"%s\":\"", name);
  const char *at = strstr (heard->str, mark);

  g_assert_nonnull (at);
  at += strlen (mark);
  return g_strndup (at, strcspn (at, "\""));
}

static GString *
ask (const char *head, const char *body)
{
  GString *heard = g_string_new (NULL);
  g_autofree char *text = g_strdup_printf ("%s HTTP/1.1\r\nHost: x\r\n%s%s%sContent-Length: %u\r\n\r\n%s",
      head, token != NULL ? "Authorization: Bearer " : "", token != NULL ? token : "",
      token != NULL ? "\r\n" : "", (guint) strlen (body), body);
  gint64 until = g_get_monotonic_time () + PATIENCE;
  gboolean closed = FALSE;
  int fd = open_socket ();

  say (fd, (const guint8 *) text, strlen (text), heard);
  while (!closed && strstr (heard->str, "\r\n\r\n{") == NULL && g_get_monotonic_time () < until)
    listen_once (fd, heard, &closed);
  listen_until_quiet (fd, heard);
  close (fd);
  return heard;
}

static void
join (void)
{
  g_autofree char *link = baton_server_owner_invitation (server, NULL);
  g_autofree char *body = NULL;
  g_autoptr (GString) joined = NULL;
  g_autoptr (GString) greeted = NULL;

  g_assert_nonnull (link);
  body = g_strdup_printf ("{\"invitation\":\"%s\",\"name\":\"Ada\",\"password\":\"not a secret\","
                          "\"device\":\"%s\",\"device_name\":\"fuzz\"}",
      strstr (link, "invitation=") + strlen ("invitation="), device);
  joined = ask ("POST /v1/join", body);
  token = member (joined, "token");
  person = member (joined, "person");
  greeted = ask ("POST /v1/hello", "{\"protocols\":[2]}");
  epoch = member (greeted, "epoch");
}

static void
begin (const char *folder)
{
  g_autofree char *data = g_build_filename (folder, "data", NULL);
  g_autoptr (BatonServerOptions) options = baton_server_options_new (data);
  g_autoptr (GError) error = NULL;

  options->port = 0;
  options->backup_minutes = 0;
  server = baton_server_new (options, &error);
  g_assert_no_error (error);
  port = (guint16) atoi (strrchr (baton_server_url (server), ':') + 1);
  database = g_build_filename (data, "workspace.db", NULL);
  join ();
}

static void
end (void)
{
  g_clear_pointer (&server, baton_server_free);
  g_clear_pointer (&token, g_free);
  g_clear_pointer (&epoch, g_free);
  g_clear_pointer (&person, g_free);
  fuzz_verify (database);
  g_clear_pointer (&database, g_free);
}

static const FuzzStage fuzz = { "http", 2000, begin, end };

/* It still serves; FALSE when the input has signed us out, so that a new server is wanted. */
static gboolean
is_alive (void)
{
  g_autoptr (GString) health = ask ("GET /health", "");
  g_autoptr (GString) me = NULL;

  if (!g_str_has_prefix (health->str, "HTTP/1.1 200"))
    g_error ("the server is not well: %s", health->str);
  me = ask ("GET /v1/me", "");
  g_assert_true (g_str_has_prefix (me->str, "HTTP/1.1 200") || g_str_has_prefix (me->str, "HTTP/1.1 401"));
  return me->str[9] == '2';
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static guint n;
  g_autoptr (GByteArray) bytes = NULL;
  g_autoptr (GString) heard = g_string_new (NULL);

  fuzz_stage (&fuzz);
  {
    const char *const pairs[] = { "TOKEN", token, "DEVICE", device, "EPOCH", epoch, "PERSON", person, "HASH",
      hash, NULL };

    bytes = fuzz_replace (data, size, pairs);
  }
  converse (bytes->data, bytes->len, heard);
  if (heard->len > 0 && !g_str_has_prefix (heard->str, "HTTP/1."))
    g_error ("the first thing it says is no answer: “%.300s”", heard->str);
  if (n++ % 50 == 0 && !is_alive ())
    fuzz_stage_over ();
  return 0;
}
