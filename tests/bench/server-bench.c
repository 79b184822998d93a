/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-bench"

/* baton-server under load, on this machine, load and server both:
 *
 *   server-bench BATON_SERVER [--seconds N] [--clients N]
 *
 * One client and eight that move cards, one move a request; a file of 100 MiB; a thousand clients on the live
 * channel while others move cards. */

#include "load-client.h"
#include "load-server.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define MOVES 3000
#define MANY 8
#define SYNCS 400
#define UPLOAD (100 << 20)
#define CHUNK (8 << 20)
#define PUSHERS 10
#define PER_SECOND 50
#define PING_SECONDS 25
#define BEFORE_ENTRIES 400 /* bytes: the head of a tail stands in front of its operations */

static int seconds = 20;
static int clients = 1000;

static const GOptionEntry entries[] = {
  { "seconds", 0, 0, G_OPTION_ARG_INT, &seconds, "How long the many are kept busy", "N" },
  { "clients", 0, 0, G_OPTION_ARG_INT, &clients, "How many are connected", "N" },
  { NULL },
};

typedef struct
{
  char board[37];
  char stages[2][37];
} Board;

static void
make_board (LoadClient *client, Board *board)
{
  load_make_id (board->board);
  {
    g_autofree char *values = g_strdup_printf (
        "\"rows\":[{\"e\":\"board\",\"id\":\"%s\",\"set\":{\"name\":\"Bench\"}}]", board->board);

    g_assert_true (load_push (client, "board.add", values));
  }
  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *values = NULL;

      load_make_id (board->stages[i]);
      values = g_strdup_printf ("\"rows\":[{\"e\":\"stage\",\"id\":\"%s\",\"set\":{\"board\":\"%s\","
                                "\"name\":\"S\",\"kind\":\"active\"}}]",
          board->stages[i], board->board);
      g_assert_true (load_push (client, "stage.add", values));
    }
}

/* A card of a client's own, which it moves back and forth. */
typedef struct
{
  LoadClient *client;
  const Board *board;
  char card[37];
  guint in;
} Mover;

static void
mover_init (Mover *mover, LoadClient *client, const Board *board)
{
  g_autofree char *values = NULL;

  mover->client = client;
  mover->board = board;
  load_make_id (mover->card);
  values = g_strdup_printf (
      "\"rows\":[{\"e\":\"card\",\"id\":\"%s\",\"set\":{\"stage\":\"%s\",\"title\":\"Hero image\"}}]",
      mover->card, board->stages[0]);
  g_assert_true (load_push (client, "card.add", values));
}

static gboolean
move (Mover *mover)
{
  guint to = 1 - mover->in;
  g_autofree char *values = g_strdup_printf ("\"ids\":[\"%s\"],\"from\":[\"%s\"],\"to\":\"%s\"", mover->card,
      mover->board->stages[mover->in], mover->board->stages[to]);

  if (!load_push (mover->client, "card.move", values))
    return FALSE;
  mover->in = to;
  return TRUE;
}

static LoadClient *
join (LoadServer *server, LoadClient *owner, guint number)
{
  LoadClient *client = load_client_new (server->port);
  g_autofree char *name = g_strdup_printf ("bench %u", number);
  g_autofree char *link = NULL;
  const char *body = "{\"role\":\"member\"}";

  g_assert_cmpuint (load_request (owner, "POST", "/v1/invitations", NULL, body, strlen (body)), ==, 201);
  link = load_answer (owner, "invitation");
  load_join (client, strstr (link, "invitation=") + 11, name);
  return client;
}

/* What the disk allows at this moment: small writes into a file that is there already, each made durable, as
 * many a second as one thread can. */
static double
bare_syncs (LoadServer *server)
{
  g_autofree char *path = g_build_filename (server->folder, "bare", NULL);
  int fd = open (path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  g_autofree char *pages = g_malloc0 (4 * 4096);
  gint64 begin;

  for (guint i = 0; i < SYNCS; i++)
    g_assert_cmpint (write (fd, pages, 4 * 4096), ==, 4 * 4096);
  fsync (fd);
  begin = g_get_monotonic_time ();
  for (guint i = 0; i < SYNCS; i++)
    {
      g_assert_cmpint (pwrite (fd, pages, 4 * 4096, (off_t) i * 4 * 4096), ==, 4 * 4096);
      fdatasync (fd);
    }
  close (fd);
  unlink (path);
  return SYNCS * 1e6 / (double) (g_get_monotonic_time () - begin);
}

static void
bench_one (LoadServer *server, LoadClient *owner, const Board *board)
{
  Mover mover = { 0 };
  guint refused = 0;
  gint64 begin;
  double rate, before = bare_syncs (server), bare;

  mover_init (&mover, owner, board);
  begin = g_get_monotonic_time ();
  for (guint i = 0; i < MOVES; i++)
    refused += !move (&mover);
  rate = MOVES * 1e6 / (double) (g_get_monotonic_time () - begin);
  bare = (before + bare_syncs (server)) / 2;
  printf ("{\"bench\":\"server_moves_1\",\"per_s\":%.0f,\"refused\":%u,\"bare_syncs_per_s\":%.0f,\"share\":%."
          "2f}\n",
      rate, refused, bare, rate / bare);
}

static gpointer
move_many (gpointer data)
{
  guint refused = 0;

  for (guint i = 0; i < MOVES / 2; i++)
    refused += !move (data);
  return GUINT_TO_POINTER (refused);
}

static void
bench_many (LoadClient **members, const Board *board)
{
  Mover movers[MANY] = { 0 };
  GThread *threads[MANY];
  guint refused = 0;
  gint64 begin;

  for (guint i = 0; i < MANY; i++)
    mover_init (&movers[i], members[i], board);
  begin = g_get_monotonic_time ();
  for (guint i = 0; i < MANY; i++)
    threads[i] = g_thread_new ("mover", move_many, &movers[i]);
  for (guint i = 0; i < MANY; i++)
    refused += GPOINTER_TO_UINT (g_thread_join (threads[i]));
  printf ("{\"bench\":\"server_moves_8\",\"per_s\":%.0f,\"refused\":%u}\n",
      MANY * (MOVES / 2) * 1e6 / (double) (g_get_monotonic_time () - begin), refused);
}

static void
hash_text (const guint8 *data, gsize length, char hex[65])
{
  guint8 hash[32];

  crypto_generichash (hash, sizeof hash, data, length, NULL, 0);
  sodium_bin2hex (hex, 65, hash, sizeof hash);
}

/* The hashes are made before: a client knows them from taking the file in. */
static double
upload (LoadClient *client, guint8 *data)
{
  char hex[65], chunks[UPLOAD / CHUNK + 1][65];
  g_autofree char *path = NULL;
  g_autofree char *size = g_strdup_printf ("{\"size\":%d}", UPLOAD);
  gint64 begin;

  randombytes_buf (data, 64);
  hash_text (data, UPLOAD, hex);
  for (guint i = 0; i * CHUNK < UPLOAD; i++)
    hash_text (data + i * CHUNK, MIN (CHUNK, UPLOAD - i * CHUNK), chunks[i]);
  path = g_strdup_printf ("/v1/blobs/%s", hex);
  begin = g_get_monotonic_time ();
  g_assert_cmpuint (load_request (client, "POST", path, NULL, size, strlen (size)), ==, 200);
  for (guint i = 0; i * CHUNK < UPLOAD; i++)
    {
      g_autofree char *at = g_strdup_printf ("%s?off=%u", path, i * CHUNK);
      g_autofree char *extra = g_strdup_printf ("Baton-Chunk: %s\r\n", chunks[i]);

      if (load_request (client, "PUT", at, extra, data + i * CHUNK, MIN (CHUNK, UPLOAD - i * CHUNK)) != 200)
        g_error ("upload: %s", client->answer->str);
    }
  g_assert_nonnull (strstr (client->answer->str, "\"done\":true"));
  return UPLOAD / (double) (g_get_monotonic_time () - begin);
}

/* The same file hashed and written by one thread, without a network. */
static double
bare_copy (LoadServer *server, const guint8 *data)
{
  g_autofree char *path = g_build_filename (server->folder, "bare", NULL);
  int fd = open (path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  gint64 begin = g_get_monotonic_time ();
  char hex[65];

  hash_text (data, UPLOAD, hex);
  for (gsize at = 0; at < UPLOAD; at += CHUNK)
    g_assert_cmpint (write (fd, data + at, MIN (CHUNK, UPLOAD - at)), >, 0);
  fsync (fd);
  close (fd);
  unlink (path);
  return UPLOAD / (double) (g_get_monotonic_time () - begin);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return x < y ? -1 : x > y;
}

static void
bench_upload (LoadServer *server, LoadClient *client)
{
  g_autofree guint8 *data = g_malloc (UPLOAD);
  double rates[5], bare[5], peak;

  randombytes_buf (data, UPLOAD);
  load_server_reset_peak (server);
  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    {
      bare[i] = bare_copy (server, data);
      rates[i] = upload (client, data);
    }
  peak = load_server_peak_mb (server);
  qsort (rates, G_N_ELEMENTS (rates), sizeof *rates, compare_doubles);
  qsort (bare, G_N_ELEMENTS (bare), sizeof *bare, compare_doubles);
  printf ("{\"bench\":\"server_upload\",\"mb_per_s\":%.0f,\"best\":%.0f,\"bare_mb_per_s\":%.0f,\"share\":%."
          "2f,\"server_mb\":%.1f}\n",
      rates[2], rates[4], bare[2], rates[2] / bare[2], peak);
}

/* The many: sockets that read, and how many of them have seen each sequence. */
typedef struct
{
  int epoll;
  GArray *fds;        /* int, by socket */
  GPtrArray *buffers; /* GString, by socket */
  GArray *heads;      /* gint64, by socket: what it has seen */
  GArray *seen;       /* gint64: when the last socket had seen the sequence of this index */
  GArray *counts;     /* guint */
  GMutex mutex;
  int stop; /* atomic */
} Crowd;

static void
note_head (Crowd *crowd, guint socket, gint64 head)
{
  gint64 *known = &g_array_index (crowd->heads, gint64, socket);

  g_mutex_lock (&crowd->mutex);
  if ((gint64) crowd->counts->len <= head)
    {
      g_array_set_size (crowd->counts, (guint) head + 1);
      g_array_set_size (crowd->seen, (guint) head + 1);
    }
  for (gint64 seq = *known + 1; *known > 0 && seq <= head; seq++)
    {
      if (++g_array_index (crowd->counts, guint, seq) == crowd->buffers->len)
        g_array_index (crowd->seen, gint64, seq) = g_get_monotonic_time ();
    }
  *known = MAX (*known, head);
  g_mutex_unlock (&crowd->mutex);
}

/* Frames of a server have no mask; the answer to the handshake comes before them. */
static void
take_frames (Crowd *crowd, guint socket)
{
  GString *buffer = g_ptr_array_index (crowd->buffers, socket);
  gsize at = 0;

  if (g_str_has_prefix (buffer->str, "HTTP/1.1 "))
    {
      const char *end = strstr (buffer->str, "\r\n\r\n");

      if (end == NULL)
        return;
      g_assert_true (g_str_has_prefix (buffer->str, "HTTP/1.1 101"));
      at = (gsize) (end - buffer->str) + 4;
    }
  while (buffer->len - at >= 2)
    {
      const guint8 *frame = (const guint8 *) buffer->str + at;
      gsize length = frame[1], header = 2;
      const char *head;

      if (length == 126 && buffer->len - at >= 4)
        {
          length = (gsize) frame[2] << 8 | frame[3];
          header = 4;
        }
      else if (length >= 126)
        break;
      if (buffer->len - at < header + length)
        break;
      head = g_strstr_len ((const char *) frame + header, (gssize) MIN (length, BEFORE_ENTRIES), "\"head\":");
      if (head != NULL)
        note_head (crowd, socket, g_ascii_strtoll (head + 7, NULL, 10));
      at += header + length;
    }
  g_string_erase (buffer, 0, (gssize) at);
}

/* Everybody says something every so many seconds, a few of them each second: a server closes on who is
 * silent. */
static void
say_something (Crowd *crowd, gint64 second)
{
  static const guint8 ping[] = "\x81\x8c\0\0\0\0{\"t\":\"ping\"}";

  for (guint i = (guint) (second % PING_SECONDS); i < crowd->fds->len; i += PING_SECONDS)
    {
      if (write (g_array_index (crowd->fds, int, i), ping, sizeof ping - 1) != sizeof ping - 1)
        g_error ("a live connection does not take a ping: %s", g_strerror (errno));
    }
}

static gpointer
watch (gpointer data)
{
  Crowd *crowd = data;
  struct epoll_event events[256];
  char bytes[65536];
  gint64 said = g_get_monotonic_time () / G_USEC_PER_SEC;

  while (!g_atomic_int_get (&crowd->stop))
    {
      int n = epoll_wait (crowd->epoll, events, G_N_ELEMENTS (events), 100);

      for (; said < g_get_monotonic_time () / G_USEC_PER_SEC; said++)
        say_something (crowd, said);
      for (int i = 0; i < n; i++)
        {
          guint socket = (guint) (events[i].data.u64 >> 32);
          gssize got = read ((int) (events[i].data.u64 & 0xffffffff), bytes, sizeof bytes);

          if (got <= 0)
            g_error ("a live connection was closed");
          g_string_append_len (g_ptr_array_index (crowd->buffers, socket), bytes, got);
          take_frames (crowd, socket);
        }
    }
  return NULL;
}

static void
free_buffer (gpointer buffer)
{
  g_string_free (buffer, TRUE);
}

static void
gather_crowd (Crowd *crowd, LoadClient *client)
{
  crowd->epoll = epoll_create1 (EPOLL_CLOEXEC);
  crowd->fds = g_array_new (FALSE, FALSE, sizeof (int));
  crowd->buffers = g_ptr_array_new_with_free_func (free_buffer);
  crowd->heads = g_array_new (FALSE, TRUE, sizeof (gint64));
  crowd->seen = g_array_new (FALSE, TRUE, sizeof (gint64));
  crowd->counts = g_array_new (FALSE, TRUE, sizeof (guint));
  g_mutex_init (&crowd->mutex);
  g_array_set_size (crowd->heads, (guint) clients);
  for (guint i = 0; i < (guint) clients; i++)
    {
      int fd = load_live (client);
      struct epoll_event event = { .events = EPOLLIN, .data.u64 = (guint64) i << 32 | (guint32) fd };

      g_array_append_val (crowd->fds, fd);
      g_ptr_array_add (crowd->buffers, g_string_new (NULL));
      if (epoll_ctl (crowd->epoll, EPOLL_CTL_ADD, fd, &event) != 0)
        g_error ("epoll: %s", g_strerror (errno));
    }
}

typedef struct
{
  Mover mover;
  gint64 begin;
  guint index;
  GArray *took; /* double, ms */
  GArray *sent; /* gint64 pairs: sequence, when it was sent */
} Pusher;

static gpointer
push_steadily (gpointer data)
{
  Pusher *pusher = data;
  guint n = (guint) (seconds * PER_SECOND / PUSHERS);

  for (guint i = 0; i < n; i++)
    {
      gint64 due = pusher->begin + (gint64) (i * PUSHERS + pusher->index) * G_USEC_PER_SEC / PER_SECOND;
      gint64 wait = due - g_get_monotonic_time ();
      g_autofree char *seq = NULL;
      gint64 pair[2];
      double took;

      if (wait > 0)
        g_usleep ((gulong) wait);
      pair[1] = g_get_monotonic_time ();
      g_assert_true (move (&pusher->mover));
      took = (double) (g_get_monotonic_time () - pair[1]) / 1000;
      seq = load_answer (pusher->mover.client, "seq");
      pair[0] = g_ascii_strtoll (seq, NULL, 10);
      g_array_append_val (pusher->took, took);
      g_array_append_vals (pusher->sent, pair, 2);
    }
  return NULL;
}

static double
percentile (GArray *values, double share)
{
  g_array_sort (values, compare_doubles);
  return values->len > 0 ? g_array_index (values, double, (guint) (share * (values->len - 1))) : -1;
}

static void
bench_crowd (LoadServer *server, LoadClient **members, const Board *board)
{
  Crowd crowd = { 0 };
  Pusher pushers[PUSHERS] = { 0 };
  GThread *threads[PUSHERS], *watching;
  g_autoptr (GArray) took = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) seen = g_array_new (FALSE, FALSE, sizeof (double));
  guint unseen = 0;

  load_server_reset_peak (server);
  for (guint i = 0; i < PUSHERS; i++)
    mover_init (&pushers[i].mover, members[i], board);
  gather_crowd (&crowd, members[0]);
  watching = g_thread_new ("crowd", watch, &crowd);
  g_usleep (3 * G_USEC_PER_SEC);
  for (guint i = 0; i < PUSHERS; i++)
    {
      pushers[i].begin = g_get_monotonic_time () + 100000;
      pushers[i].index = i;
      pushers[i].took = g_array_new (FALSE, FALSE, sizeof (double));
      pushers[i].sent = g_array_new (FALSE, FALSE, sizeof (gint64));
      threads[i] = g_thread_new ("pusher", push_steadily, &pushers[i]);
    }
  for (guint i = 0; i < PUSHERS; i++)
    g_thread_join (threads[i]);
  g_usleep (2 * G_USEC_PER_SEC);
  g_atomic_int_set (&crowd.stop, TRUE);
  g_thread_join (watching);
  for (guint i = 0; i < PUSHERS; i++)
    {
      g_array_append_vals (took, pushers[i].took->data, pushers[i].took->len);
      for (guint j = 0; j < pushers[i].sent->len; j += 2)
        {
          gint64 seq = g_array_index (pushers[i].sent, gint64, j);
          gint64 at = seq < crowd.seen->len ? g_array_index (crowd.seen, gint64, seq) : 0;
          double ms = (double) (at - g_array_index (pushers[i].sent, gint64, j + 1)) / 1000;

          if (at != 0)
            g_array_append_val (seen, ms);
          unseen += at == 0;
        }
    }
  printf (
      "{\"bench\":\"server_crowd\",\"clients\":%d,\"seconds\":%d,\"pushes\":%u,\"push_p50_ms\":%.1f,"
      "\"push_p99_ms\":%.1f,\"seen_p50_ms\":%.1f,\"seen_p99_ms\":%.1f,\"unseen\":%u,\"server_mb\":%.1f}\n",
      clients, seconds, took->len, percentile (took, 0.5), percentile (took, 0.99), percentile (seen, 0.5),
      percentile (seen, 0.99), unseen, load_server_peak_mb (server));
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("BATON_SERVER");
  g_autoptr (GError) error = NULL;
  struct rlimit limit;
  LoadServer server = { 0 };
  Board board;
  LoadClient *members[MAX (MANY, PUSHERS)];
  g_autoptr (LoadClient) owner = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 2 || sodium_init () < 0)
    g_error ("usage: server-bench BATON_SERVER");
  signal (SIGPIPE, SIG_IGN);
  getrlimit (RLIMIT_NOFILE, &limit);
  limit.rlim_cur = limit.rlim_max;
  setrlimit (RLIMIT_NOFILE, &limit);
  setvbuf (stdout, NULL, _IOLBF, 0);
  load_server_start (&server, argv[1], NULL);
  owner = load_client_new (server.port);
  load_join (owner, server.secret, "owner");
  make_board (owner, &board);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    members[i] = join (&server, owner, i);
  bench_one (&server, owner, &board);
  bench_many (members, &board);
  bench_upload (&server, owner);
  bench_crowd (&server, members, &board);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    load_client_free (members[i]);
  load_server_stop (&server, SIGTERM);
  return 0;
}
