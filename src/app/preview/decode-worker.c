/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "decode-worker.h"

#include "decode-command.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

struct _BatonDecodeWorker
{
  GSubprocess *process;
  int fd;
  guint source;
  gboolean ready;
  BatonDecodeWorkerFunc func;
  gpointer data;
};

typedef union
{
  struct cmsghdr header;
  char room[CMSG_SPACE (sizeof (int))];
} Control;

static gssize
receive (int socket, BatonDecodeReply *reply, int *fd)
{
  struct iovec part = { reply, sizeof *reply };
  Control control = { 0 };
  struct msghdr message = {
    .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control
  };
  struct cmsghdr *header;
  gssize n;

  do
    n = recvmsg (socket, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT);
  while (n < 0 && errno == EINTR);
  *fd = -1;
  header = n > 0 ? CMSG_FIRSTHDR (&message) : NULL;
  if (header != NULL && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS)
    memcpy (fd, CMSG_DATA (header), sizeof *fd);
  return n;
}

static gboolean
readable_cb (int socket, GIOCondition condition, gpointer data)
{
  BatonDecodeWorker *self = data;
  BatonDecodeReply reply;
  int fd;
  gssize n = receive (socket, &reply, &fd);

  if (n < 0 && errno == EAGAIN)
    return G_SOURCE_CONTINUE;
  if (n != sizeof reply || reply.magic != BATON_DECODE_MAGIC)
    {
      if (fd >= 0)
        close (fd);
      self->source = 0;
      self->func (self, NULL, -1, self->ready, self->data);
      return G_SOURCE_REMOVE;
    }
  self->ready = TRUE;
  self->func (self, &reply, fd, TRUE, self->data);
  return G_SOURCE_CONTINUE;
}

GSubprocess *
baton_decode_spawn (const char *helper, const char *bwrap, int *fd, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GPtrArray) argv = baton_decode_command (helper, bwrap);
  GSubprocess *process;
  int ends[2];

  if (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
    {
      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
      return NULL;
    }
  g_subprocess_launcher_take_fd (launcher, ends[1], BATON_DECODE_FD);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, error);
  /* The other end must be closed here, or its end would never be noticed. */
  g_subprocess_launcher_close (launcher);
  if (process == NULL)
    close (ends[0]);
  else
    *fd = ends[0];
  return process;
}

BatonDecodeWorker *
baton_decode_worker_new (
    const char *helper, const char *bwrap, BatonDecodeWorkerFunc func, gpointer data, GError **error)
{
  BatonDecodeWorker *self;
  int fd;
  GSubprocess *process = baton_decode_spawn (helper, bwrap, &fd, error);

  if (process == NULL)
    return NULL;
  self = g_new0 (BatonDecodeWorker, 1);
  self->process = process;
  self->fd = fd;
  self->func = func;
  self->data = data;
  self->source = g_unix_fd_add (self->fd, G_IO_IN | G_IO_HUP | G_IO_ERR, readable_cb, self);
  return self;
}

void
baton_decode_worker_free (BatonDecodeWorker *self)
{
  if (self->source != 0)
    g_source_remove (self->source);
  close (self->fd);
  g_subprocess_force_exit (self->process);
  g_object_unref (self->process);
  g_free (self);
}

gboolean
baton_decode_worker_send (BatonDecodeWorker *self, const BatonDecodeRequest *request, int fd)
{
  struct iovec part = { (gpointer) request, sizeof *request };
  Control control = { 0 };
  struct msghdr message = {
    .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control
  };
  struct cmsghdr *header = CMSG_FIRSTHDR (&message);

  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN (sizeof fd);
  memcpy (CMSG_DATA (header), &fd, sizeof fd);
  return sendmsg (self->fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT) == sizeof *request;
}
