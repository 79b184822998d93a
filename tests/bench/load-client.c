/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-bench"
#define _GNU_SOURCE /* strcasestr */

#include "load-client.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

static int
open_socket (int port)
{
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons ((guint16) port) };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  int on = 1;

  address.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  if (fd < 0 || connect (fd, (struct sockaddr *) &address, sizeof address) != 0)
    g_error ("no connection to the server: %s", g_strerror (errno));
  setsockopt (fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return fd;
}

void
load_make_id (char id[37])
{
  guint8 bytes[16];

  randombytes_buf (bytes, sizeof bytes);
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  for (guint i = 0, at = 0; i < 16; i++)
    {
      if (i == 4 || i == 6 || i == 8 || i == 10)
        id[at++] = '-';
      at += (guint) g_snprintf (id + at, 3, "%02x", bytes[i]);
    }
}

LoadClient *
load_client_new (int port)
{
  LoadClient *client = g_new0 (LoadClient, 1);

  client->port = port;
  client->fd = open_socket (port);
  client->answer = g_string_new (NULL);
  client->head = g_string_new (NULL);
  load_make_id (client->device);
  return client;
}

void
load_client_free (LoadClient *client)
{
  close (client->fd);
  g_string_free (client->answer, TRUE);
  g_string_free (client->head, TRUE);
  g_free (client->token);
  g_free (client->person);
  g_free (client->epoch);
  g_free (client);
}

static void
send_all (int fd, const char *head, gsize head_length, const void *body, gsize length)
{
  struct iovec parts[2] = { { (void *) head, head_length }, { (void *) body, length } };
  guint first = 0;

  while (first < 2)
    {
      gssize n = writev (fd, parts + first, 2 - (int) first);

      if (n < 0)
        g_error ("the server does not take it: %s", g_strerror (errno));
      while (first < 2 && (gsize) n >= parts[first].iov_len)
        n -= (gssize) parts[first++].iov_len;
      if (first < 2)
        {
          parts[first].iov_base = (char *) parts[first].iov_base + n;
          parts[first].iov_len -= (gsize) n;
        }
    }
}

static void
read_more (int fd, GString *into)
{
  char buffer[65536];
  gssize n = read (fd, buffer, sizeof buffer);

  if (n <= 0)
    g_error ("the server closed the connection");
  g_string_append_len (into, buffer, n);
}

static guint
read_answer (LoadClient *client)
{
  const char *end, *length_text;
  gsize head, length;

  g_string_truncate (client->head, 0);
  while ((end = strstr (client->head->str, "\r\n\r\n")) == NULL)
    read_more (client->fd, client->head);
  head = (gsize) (end - client->head->str) + 4;
  length_text = strcasestr (client->head->str, "Content-Length: ");
  length = length_text != NULL ? g_ascii_strtoull (length_text + 16, NULL, 10) : 0;
  g_string_truncate (client->answer, 0);
  g_string_append_len (client->answer, client->head->str + head, (gssize) (client->head->len - head));
  while (client->answer->len < length)
    read_more (client->fd, client->answer);
  return (guint) g_ascii_strtoull (client->head->str + 9, NULL, 10);
}

guint
load_request (LoadClient *client, const char *method, const char *path, const char *extra, const void *body,
    gsize length)
{
  g_autofree char *authorization =
      client->token != NULL ? g_strdup_printf ("Authorization: Bearer %s\r\n", client->token) : g_strdup ("");
  g_autofree char *head = g_strdup_printf ("%s %s HTTP/1.1\r\nHost: bench\r\nBaton-Protocol: 2\r\n%s%s"
                                           "Content-Length: %" G_GSIZE_FORMAT "\r\n\r\n",
      method, path, authorization, extra != NULL ? extra : "", length);

  send_all (client->fd, head, strlen (head), body, length);
  return read_answer (client);
}

char *
load_answer (LoadClient *client, const char *member)
{
  g_autofree char *mark = g_strdup_printf ("\"%s\":", member);
  const char *at = strstr (client->answer->str, mark);

  if (at == NULL)
    return NULL;
  at += strlen (mark);
  at += *at == '"';
  return g_strndup (at, strcspn (at, "\",}]"));
}

static void
post (LoadClient *client, const char *path, const char *body)
{
  guint status = load_request (client, "POST", path, NULL, body, strlen (body));

  if (status >= 300)
    g_error ("%s: %u %s", path, status, client->answer->str);
}

void
load_join (LoadClient *client, const char *secret, const char *name)
{
  g_autofree char *body = g_strdup_printf (
      "{\"invitation\":\"%s\",\"name\":\"%s\",\"password\":\"not a secret\",\"device\":\"%s\","
      "\"device_name\":\"bench\"}",
      secret, name, client->device);

  post (client, "/v1/join", body);
  client->token = load_answer (client, "token");
  client->person = load_answer (client, "person");
  post (client, "/v1/hello", "{\"protocols\":[2]}");
  client->epoch = load_answer (client, "epoch");
}

gboolean
load_push (LoadClient *client, const char *verb, const char *values)
{
  gint64 now = g_get_real_time ();
  g_autofree char *body = g_strdup_printf ("{\"device\":\"%s\",\"epoch\":\"%s\",\"wall\":%" G_GINT64_FORMAT
                                           ",\"ops\":[{\"op\":{\"v\":1,\"dev\":\"%s\",\"n\":%" G_GINT64_FORMAT
                                           ",\"verb\":\"%s\",\"person\":\"%s\",\"at\":%" G_GINT64_FORMAT
                                           ",\"boot\":%" G_GINT64_FORMAT ",\"base\":0,%s},\"age\":0}]}",
      client->device, client->epoch, now, client->device, ++client->number, verb, client->person, now,
      g_get_monotonic_time (), values);
  guint status = load_request (client, "POST", "/v1/push", NULL, body, strlen (body));

  if (status != 200)
    g_error ("push: %u %s", status, client->answer->str);
  return strstr (client->answer->str, ",\"seq\":") != NULL;
}

int
load_live (LoadClient *client)
{
  int fd = open_socket (client->port);
  g_autofree char *head = g_strdup_printf ("GET /v1/live HTTP/1.1\r\nHost: bench\r\nUpgrade: websocket\r\n"
                                           "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                                           "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                                           "Authorization: Bearer %s\r\n\r\n",
      client->token);

  send_all (fd, head, strlen (head), NULL, 0);
  return fd;
}
