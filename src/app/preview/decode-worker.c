/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "decode-worker.h"

#include "decode-command.h"
#include "talk.h"

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

static gboolean
readable_cb (int socket, GIOCondition condition, gpointer data)
{
  BatonDecodeWorker *self = data;
  BatonDecodeReply reply;
  int fd;
  gssize n = baton_talk_receive (socket, &reply, sizeof reply, &fd, MSG_DONTWAIT);

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

  return baton_talk_send (self->fd, &part, 1, fd, MSG_DONTWAIT);
}
