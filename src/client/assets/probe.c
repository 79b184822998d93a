/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "probe.h"

#include "decode-command.h"
#include "decode-protocol.h"
#include "media.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define START_MS 6000 /* until it says hello */
#define ANSWER_MS 4000
#define REST (60 * G_USEC_PER_SEC) /* after it could not be started */

/* One helper for all threads: what is asked takes it a millisecond. */
static struct
{
  GMutex lock;
  GSubprocess *process;
  int fd;
  gboolean bare; /* bubblewrap does not work here */
  guint64 id;
  gint64 failed; /* when it did not start */
} helper;

typedef union
{
  struct cmsghdr header;
  char room[CMSG_SPACE (sizeof (int))];
} Control;

static void
stop (void)
{
  if (helper.process == NULL)
    return;
  close (helper.fd);
  g_subprocess_force_exit (helper.process);
  g_clear_object (&helper.process);
}

static gboolean
receive (BatonDecodeReply *reply, int ms)
{
  struct pollfd wait = { .fd = helper.fd, .events = POLLIN };
  gint64 end = g_get_monotonic_time () + ms * G_TIME_SPAN_MILLISECOND;

  for (;;)
    {
      int left = (int) ((end - g_get_monotonic_time ()) / G_TIME_SPAN_MILLISECOND);
      int n = poll (&wait, 1, MAX (left, 0));

      if (n < 0 && errno == EINTR)
        continue;
      /* No descriptor comes with what is asked here. */
      return n > 0 && recv (helper.fd, reply, sizeof *reply, MSG_DONTWAIT) == sizeof *reply &&
             reply->magic == BATON_DECODE_MAGIC;
    }
}

static gboolean
spawn (const char *path, const char *bwrap)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GPtrArray) argv = baton_decode_command (path, bwrap);
  BatonDecodeReply hello;
  int ends[2];

  if (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
    return FALSE;
  g_subprocess_launcher_take_fd (launcher, ends[1], BATON_DECODE_FD);
  helper.process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, NULL);
  /* The other end must be closed here, or its end would never be noticed. */
  g_subprocess_launcher_close (launcher);
  helper.fd = ends[0];
  if (helper.process == NULL)
    {
      close (ends[0]);
      return FALSE;
    }
  if (receive (&hello, START_MS) && hello.status == BATON_DECODE_HELLO)
    return TRUE;
  stop ();
  return FALSE;
}

static gboolean
start (void)
{
  g_autofree char *path = baton_decode_helper ();
  g_autofree char *bwrap = helper.bare ? NULL : g_find_program_in_path ("bwrap");

  if (!g_file_test (path, G_FILE_TEST_IS_EXECUTABLE))
    return FALSE;
  if (bwrap != NULL && spawn (path, bwrap))
    return TRUE;
  /* Without it the helper's own limits and filter still hold. */
  helper.bare = TRUE;
  return spawn (path, NULL);
}

static gboolean
send_request (int fd)
{
  BatonDecodeRequest request = { .magic = BATON_DECODE_MAGIC, .what = BATON_DECODE_FACTS, .id = ++helper.id };
  struct iovec part = { &request, sizeof request };
  Control control = { 0 };
  struct msghdr message = {
    .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control
  };
  struct cmsghdr *header = CMSG_FIRSTHDR (&message);

  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN (sizeof fd);
  memcpy (CMSG_DATA (header), &fd, sizeof fd);
  return sendmsg (helper.fd, &message, MSG_NOSIGNAL) == sizeof request;
}

/* The helper may have ended since the last file: with the thread that started it, or over that file. */
static gboolean
ask (int fd, BatonDecodeReply *reply)
{
  for (int try = 0; try < 2; try++)
    {
      gboolean old = helper.process != NULL;

      if (!old && (g_get_monotonic_time () - helper.failed < REST && helper.failed > 0))
        return FALSE;
      if (!old && !start ())
        {
          helper.failed = g_get_monotonic_time ();
          return FALSE;
        }
      if (send_request (fd) && receive (reply, ANSWER_MS) && reply->id == helper.id)
        return reply->status == BATON_DECODE_OK;
      stop ();
      if (!old)
        return FALSE;
    }
  return FALSE;
}

static gboolean
is_asked (const char *media)
{
  const char *kind = baton_media_kind (media);

  return !g_str_equal (kind, "other") && !g_str_equal (kind, "text");
}

gboolean
baton_probe_file (const char *path, const char *media, BatonProbe *probe)
{
  BatonDecodeReply reply;
  gboolean known;
  int fd;

  *probe = (BatonProbe){ 0 };
  if (!is_asked (media))
    return FALSE;
  fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0)
    return FALSE;
  g_mutex_lock (&helper.lock);
  known = ask (fd, &reply);
  g_mutex_unlock (&helper.lock);
  close (fd);
  if (!known)
    return FALSE;
  probe->width = MAX (reply.full_width, 0);
  probe->height = MAX (reply.full_height, 0);
  probe->duration = MAX (reply.duration, 0);
  if (reply.pages > 1 || g_str_equal (baton_media_kind (media), "document"))
    probe->pages = CLAMP (reply.pages, 0, BATON_DECODE_PAGES);
  return TRUE;
}
