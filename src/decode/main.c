/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-decode"

#include "decode.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <malloc.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

/* baton-decode: looks into files that others made, so that baton need not. Started by baton alone. */

typedef union
{
  struct cmsghdr header;
  char room[CMSG_SPACE (sizeof (int))];
} Control;

/* -1 at the end of the conversation. *fd is the caller's. */
static gssize
receive (BatonDecodeRequest *request, int *fd)
{
  struct iovec part = { request, sizeof *request };
  Control control = { 0 };
  struct msghdr message = {
    .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control
  };
  struct cmsghdr *header;
  gssize n;

  do
    n = recvmsg (BATON_DECODE_FD, &message, MSG_CMSG_CLOEXEC);
  while (n < 0 && errno == EINTR);
  header = CMSG_FIRSTHDR (&message);
  *fd = -1;
  if (header != NULL && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS)
    memcpy (fd, CMSG_DATA (header), sizeof *fd);
  return n == sizeof *request && request->magic == BATON_DECODE_MAGIC ? n : -1;
}

static gboolean
answer (BatonDecodeReply *reply, int memfd)
{
  struct iovec part = { reply, sizeof *reply };
  Control control = { 0 };
  struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };

  if (memfd >= 0)
    {
      struct cmsghdr *header;

      message.msg_control = &control;
      message.msg_controllen = sizeof control;
      header = CMSG_FIRSTHDR (&message);
      header->cmsg_level = SOL_SOCKET;
      header->cmsg_type = SCM_RIGHTS;
      header->cmsg_len = CMSG_LEN (sizeof memfd);
      memcpy (CMSG_DATA (header), &memfd, sizeof memfd);
    }
  return sendmsg (BATON_DECODE_FD, &message, MSG_NOSIGNAL) == sizeof *reply;
}

static gboolean
serve (const BatonDecodeRequest *request, int fd)
{
  BatonDecodeReply reply = { .magic = BATON_DECODE_MAGIC, .id = request->id };
  BatonDecodeJob job = { .fd = fd, .ask = request, .reply = &reply, .memfd = -1 };
  gboolean large, sent;

  baton_decode_limit_time (BATON_DECODE_SECONDS);
  reply.status = baton_decode_run (&job);
  large = job.size + job.out_size > 8 * 1024 * 1024;
  baton_decode_job_clear (&job);
  /* What is handed over can no longer be changed, or made shorter under the reader. */
  if (job.memfd >= 0 &&
      fcntl (job.memfd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL) != 0)
    reply.status = BATON_DECODE_NO_MEMORY;
  sent = answer (&reply, reply.status == BATON_DECODE_OK ? job.memfd : -1);
  if (job.memfd >= 0)
    close (job.memfd);
  if (large)
    malloc_trim (0);
  return sent;
}

int
main (int argc, char **argv)
{
  BatonDecodeReply hello = { .magic = BATON_DECODE_MAGIC, .status = BATON_DECODE_HELLO };
  BatonDecodeRequest request;
  int fd;

  setlocale (LC_CTYPE, "C.UTF-8");
  baton_decode_lock_in ();
  if (!answer (&hello, -1))
    {
      fputs ("baton-decode is started by baton and has nothing to say to others.\n", stderr);
      return 2;
    }
  while (receive (&request, &fd) > 0)
    {
      gboolean sent = fd >= 0 && serve (&request, fd);

      if (fd >= 0)
        close (fd);
      if (!sent)
        return 1;
    }
  return 0;
}
