/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-decode"
#define _GNU_SOURCE /* MSG_CMSG_CLOEXEC */

#include "talk.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

typedef union
{
  struct cmsghdr header;
  char room[CMSG_SPACE (sizeof (int))];
} Control;

gssize
baton_talk_receive (int socket, gpointer message, gsize size, int *fd, int flags)
{
  struct iovec part = { message, size };
  Control control = { 0 };
  struct msghdr envelope = {
    .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control
  };
  struct cmsghdr *header;
  gssize n;

  do
    n = recvmsg (socket, &envelope, MSG_CMSG_CLOEXEC | flags);
  while (n < 0 && errno == EINTR);
  *fd = -1;
  header = n > 0 ? CMSG_FIRSTHDR (&envelope) : NULL;
  if (header != NULL && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS)
    memcpy (fd, CMSG_DATA (header), sizeof *fd);
  return n;
}

gboolean
baton_talk_send (int socket, struct iovec *parts, guint n_parts, int fd, int flags)
{
  Control control = { 0 };
  struct msghdr envelope = { .msg_iov = parts, .msg_iovlen = n_parts };
  gsize size = 0;
  gssize n;

  for (guint i = 0; i < n_parts; i++)
    size += parts[i].iov_len;
  if (fd >= 0)
    {
      struct cmsghdr *header;

      envelope.msg_control = &control;
      envelope.msg_controllen = sizeof control;
      header = CMSG_FIRSTHDR (&envelope);
      header->cmsg_level = SOL_SOCKET;
      header->cmsg_type = SCM_RIGHTS;
      header->cmsg_len = CMSG_LEN (sizeof fd);
      memcpy (CMSG_DATA (header), &fd, sizeof fd);
    }
  do
    n = sendmsg (socket, &envelope, MSG_NOSIGNAL | flags);
  while (n < 0 && errno == EINTR);
  return n == (gssize) size;
}
