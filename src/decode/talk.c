/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-decode"

#include "talk.h"

#include "decode-protocol.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

typedef union
{
  struct cmsghdr header;
  char room[CMSG_SPACE (sizeof (int))];
} Control;

gboolean
baton_talk_receive (gpointer request, gsize size, int *fd)
{
  struct iovec part = { request, size };
  Control control = { 0 };
  struct msghdr message = {
    .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control
  };
  struct cmsghdr *header;
  gssize n;

  do
    n = recvmsg (BATON_DECODE_FD, &message, MSG_CMSG_CLOEXEC);
  while (n < 0 && errno == EINTR);
  *fd = -1;
  if (n <= 0)
    return FALSE;
  header = CMSG_FIRSTHDR (&message);
  if (header != NULL && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS)
    memcpy (fd, CMSG_DATA (header), sizeof *fd);
  return n == (gssize) size;
}

gboolean
baton_talk_send (struct iovec *parts, guint n_parts, int fd)
{
  Control control = { 0 };
  struct msghdr message = { .msg_iov = parts, .msg_iovlen = n_parts };
  gsize size = 0;
  gssize n;

  for (guint i = 0; i < n_parts; i++)
    size += parts[i].iov_len;
  if (fd >= 0)
    {
      struct cmsghdr *header;

      message.msg_control = &control;
      message.msg_controllen = sizeof control;
      header = CMSG_FIRSTHDR (&message);
      header->cmsg_level = SOL_SOCKET;
      header->cmsg_type = SCM_RIGHTS;
      header->cmsg_len = CMSG_LEN (sizeof fd);
      memcpy (CMSG_DATA (header), &fd, sizeof fd);
    }
  do
    n = sendmsg (BATON_DECODE_FD, &message, MSG_NOSIGNAL);
  while (n < 0 && errno == EINTR);
  return n == (gssize) size;
}
