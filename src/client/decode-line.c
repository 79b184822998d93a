/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "decode-line.h"

#include "decode-command.h"
#include "talk.h"

#include <errno.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#define START_MS 6000 /* until it says hello */

struct _BatonDecodeLine
{
  GSubprocess *process;
  int fd;
  guint64 asked;
};

/* Set once bubblewrap was refused in this process: it will be the next time too. */
static int bare;

static gboolean
receive (BatonDecodeLine *self, BatonDecodeReply *reply, int *memfd, int ms)
{
  struct pollfd wait = { .fd = self->fd, .events = POLLIN };
  gint64 end = g_get_monotonic_time () + ms * G_TIME_SPAN_MILLISECOND;

  *memfd = -1;
  for (;;)
    {
      int left = (int) ((end - g_get_monotonic_time ()) / G_TIME_SPAN_MILLISECOND);
      int n = poll (&wait, 1, MAX (left, 0));

      if (n < 0 && errno == EINTR)
        continue;
      return n > 0 &&
             baton_talk_receive (self->fd, reply, sizeof *reply, memfd, MSG_DONTWAIT) == sizeof *reply &&
             reply->magic == BATON_DECODE_MAGIC;
    }
}

static void
drop (int memfd)
{
  if (memfd >= 0)
    close (memfd);
}

static BatonDecodeLine *
start (const char *path, const char *bwrap)
{
  BatonDecodeLine *self = g_new0 (BatonDecodeLine, 1);
  BatonDecodeReply hello = { 0 };
  int memfd = -1;

  self->process = baton_decode_spawn (path, bwrap, &self->fd, NULL);
  if (self->process != NULL && receive (self, &hello, &memfd, START_MS) &&
      hello.status == BATON_DECODE_HELLO && memfd < 0)
    return self;
  drop (memfd);
  baton_decode_line_close (self);
  return NULL;
}

BatonDecodeLine *
baton_decode_line_open (void)
{
  g_autofree char *path = baton_decode_helper ();
  g_autofree char *bwrap = g_atomic_int_get (&bare) ? NULL : g_find_program_in_path ("bwrap");
  BatonDecodeLine *self = NULL;

  if (!g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
    return NULL;
  if (bwrap != NULL)
    self = start (path, bwrap);
  if (self == NULL)
    {
      g_atomic_int_set (&bare, TRUE);
      self = start (path, NULL);
    }
  return self;
}

void
baton_decode_line_close (BatonDecodeLine *self)
{
  if (self->process != NULL)
    {
      close (self->fd);
      g_subprocess_force_exit (self->process);
      g_object_unref (self->process);
    }
  g_free (self);
}

gboolean
baton_decode_line_ask (
    BatonDecodeLine *self, BatonDecodeRequest *request, int file, BatonDecodeReply *reply, int *memfd, int ms)
{
  struct iovec part = { request, sizeof *request };

  *memfd = -1;
  request->magic = BATON_DECODE_MAGIC;
  request->id = ++self->asked;
  if (!baton_talk_send (self->fd, &part, 1, file, 0) || !receive (self, reply, memfd, ms))
    {
      drop (*memfd);
      *memfd = -1;
      return FALSE;
    }
  return reply->id == request->id;
}
