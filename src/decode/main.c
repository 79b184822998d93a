/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-decode"

#include "decode.h"
#include "talk.h"

#include <fcntl.h>
#include <locale.h>
#include <malloc.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

/* baton-decode: looks into files that others made, so that baton need not. Started by baton alone. */

static gboolean
receive (BatonDecodeRequest *request, int *fd)
{
  return baton_talk_receive (BATON_DECODE_FD, request, sizeof *request, fd, 0) == sizeof *request &&
         request->magic == BATON_DECODE_MAGIC;
}

static gboolean
answer (BatonDecodeReply *reply, int memfd)
{
  struct iovec part = { reply, sizeof *reply };

  return baton_talk_send (BATON_DECODE_FD, &part, 1, memfd, 0);
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
  while (receive (&request, &fd))
    {
      gboolean sent = fd >= 0 && serve (&request, fd);

      if (fd >= 0)
        close (fd);
      if (!sent)
        return 1;
    }
  return 0;
}
