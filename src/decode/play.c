/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-play"

#include "play.h"

#include "decode.h"
#include "play-plugins.h"
#include "play-src.h"
#include "talk.h"

#include <errno.h>
#include <locale.h>
#include <malloc.h>
#include <poll.h>
#include <stdio.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

/* baton-play: plays the video and sound that others made, so that baton need not. Started by baton alone; one
 * file for each. */

#define PROCESSOR_SECONDS 60 /* without a word from the program */
#define LOOK_MS 250
#define LOOKS 10 /* in a row that find nothing done */

gboolean
baton_play_tell (BatonPlay *play, BatonPlayReply *reply, gconstpointer bytes, gsize size, int fd)
{
  struct iovec parts[2] = { { reply, sizeof *reply }, { (gpointer) bytes, size } };
  gboolean sent;

  reply->magic = BATON_PLAY_MAGIC;
  reply->size = (guint32) size;
  g_mutex_lock (&play->sending);
  sent = baton_talk_send (BATON_DECODE_FD, parts, size > 0 ? 2 : 1, fd, 0);
  g_mutex_unlock (&play->sending);
  return sent;
}

void
baton_play_fail (BatonPlay *play, BatonDecodeStatus status, const char *codec)
{
  BatonPlayReply reply = { .what = BATON_PLAY_FAILED, .status = status };

  play->failed = TRUE;
  if (codec != NULL)
    g_strlcpy (reply.codec, codec, sizeof reply.codec);
  baton_play_tell (play, &reply, NULL, 0, -1);
}

static gboolean
receive (BatonPlayRequest *request, int *fd)
{
  return baton_talk_receive (BATON_DECODE_FD, request, sizeof *request, fd, 0) == sizeof *request &&
         request->magic == BATON_PLAY_MAGIC;
}

static gboolean
follow (BatonPlay *play, const BatonPlayRequest *request, int fd)
{
  switch ((BatonPlayAsk) request->what)
    {
    case BATON_PLAY_OPEN:
      if (play->pipeline != NULL || fd < 0)
        return FALSE;
      play->box_width = CLAMP (request->width, 16, BATON_PLAY_SIDE);
      play->box_height = CLAMP (request->height, 16, BATON_PLAY_SIDE);
      return baton_play_open (play, fd);
    case BATON_PLAY_SEEK:
      if (play->pipeline == NULL || request->time < 0)
        return FALSE;
      baton_play_seek (play, request->serial, request->time, request->before != 0);
      return TRUE;
    case BATON_PLAY_RELEASE:
    case BATON_PLAY_UNTIL:
      g_mutex_lock (&play->lock);
      if (request->what == BATON_PLAY_UNTIL)
        play->until = request->time;
      else if (request->slot < BATON_PLAY_SLOTS)
        play->lent &= ~(1u << request->slot);
      g_cond_broadcast (&play->changed);
      g_mutex_unlock (&play->lock);
      return TRUE;
    default:
      return FALSE;
    }
}

/* Only a program that is still there lets it go on; whoever looks at a film for an hour needs more than a
 * picture does. */
static void
renew_time (void)
{
  static time_t last;
  struct timespec now;

  clock_gettime (CLOCK_MONOTONIC, &now);
  if (last != 0 && now.tv_sec < last + 2)
    return;
  last = now.tv_sec;
  baton_decode_limit_time (PROCESSOR_SECONDS);
}

/* A file that ends before its index makes GStreamer wait for ever, without an error: neither reading nor
 * working, and nothing found out yet, is the end of it. */
static void
look_after (BatonPlay *play)
{
  static guint idle, last_reads;
  static gint64 last_work;
  struct rusage usage;
  gint64 work;
  guint n = baton_play_src_reads ();

  getrusage (RUSAGE_SELF, &usage);
  work = (gint64) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * G_USEC_PER_SEC + usage.ru_utime.tv_usec +
         usage.ru_stime.tv_usec;
  idle = n == last_reads && n % 2 == 0 && work - last_work < LOOK_MS * 1000 / 25 ? idle + 1 : 0;
  last_reads = n;
  last_work = work;
  if (idle < LOOKS)
    return;
  g_mutex_lock (&play->lock);
  if (!play->told && !play->failed)
    baton_play_fail (play, BATON_DECODE_DAMAGED, play->info.codec);
  g_mutex_unlock (&play->lock);
}

static int
converse (BatonPlay *play)
{
  struct pollfd ends[] = { { BATON_DECODE_FD, POLLIN, 0 }, { play->wake, POLLIN, 0 } };

  for (;;)
    {
      BatonPlayRequest request;
      eventfd_t times;
      int fd = -1;

      gboolean looking = play->pipeline != NULL && !play->told && !play->failed;

      renew_time ();
      if (poll (ends, G_N_ELEMENTS (ends), looking ? LOOK_MS : -1) < 0 && errno != EINTR)
        return 1;
      if (looking)
        look_after (play);
      if ((ends[1].revents & POLLIN) != 0 && eventfd_read (play->wake, &times) == 0)
        baton_play_seek_again (play);
      if (ends[0].revents == 0)
        continue;
      /* The file stays open: fd is not closed. */
      if (!receive (&request, &fd) || !follow (play, &request, fd))
        return 0;
    }
}

int
main (int argc, char **argv)
{
  BatonPlayReply hello = { .what = BATON_PLAY_HELLO };
  BatonPlay play = { .until = 0, .target = -1, .wake = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK) };

  setlocale (LC_CTYPE, "C.UTF-8");
  /* Each thread would reserve 64 MB of addresses, of which there are not many. */
  mallopt (M_ARENA_MAX, 2);
  baton_decode_lock_in ();
  if (!baton_play_load_plugins ())
    hello.status = BATON_DECODE_NO_HELPER;
  if (!baton_play_tell (&play, &hello, NULL, 0, -1))
    {
      fputs ("baton-play is started by baton and has nothing to say to others.\n", stderr);
      return 2;
    }
  /* Nothing is put away: the system takes it all back at once, and threads of plug-ins may still run. */
  _exit (converse (&play));
}
