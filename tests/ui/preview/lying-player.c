/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "play-protocol.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

/* Begins like baton-play and then does what the first letter of the file says: a helper that somebody else
 * has taken over. */

#define WIDTH 64
#define HEIGHT 36

typedef union
{
  struct cmsghdr header;
  char room[CMSG_SPACE (sizeof (int))];
} Control;

static void
tell (BatonPlayReply reply, gsize extra, int fd)
{
  static char bytes[4 * BATON_PLAY_SOUND_BYTES];
  struct iovec parts[2] = { { &reply, sizeof reply }, { bytes, extra } };
  Control control = { 0 };
  struct msghdr message = { .msg_iov = parts, .msg_iovlen = extra > 0 ? 2 : 1 };

  reply.magic = BATON_PLAY_MAGIC;
  if (fd >= 0)
    {
      message.msg_control = &control;
      message.msg_controllen = sizeof control;
      control.header.cmsg_level = SOL_SOCKET;
      control.header.cmsg_type = SCM_RIGHTS;
      control.header.cmsg_len = CMSG_LEN (sizeof fd);
      memcpy (CMSG_DATA (&control.header), &fd, sizeof fd);
    }
  if (sendmsg (BATON_DECODE_FD, &message, MSG_NOSIGNAL) < 0)
    exit (1);
}

static char
receive (void)
{
  BatonPlayRequest request;
  struct iovec part = { &request, sizeof request };
  Control control = { 0 };
  struct msghdr message = {
    .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control
  };
  char letter = 0;
  int fd = -1;

  if (recvmsg (BATON_DECODE_FD, &message, 0) <= 0)
    exit (0);
  if (CMSG_FIRSTHDR (&message) != NULL)
    memcpy (&fd, CMSG_DATA (CMSG_FIRSTHDR (&message)), sizeof fd);
  return fd >= 0 && pread (fd, &letter, 1, 0) == 1 ? letter : 0;
}

static void
introduce (int width, int height)
{
  tell ((BatonPlayReply){ .what = BATON_PLAY_INFO,
            .flags = BATON_PLAY_HAS_PICTURE | BATON_PLAY_HAS_SOUND | BATON_PLAY_SEEKABLE,
            .length = G_GINT64_CONSTANT (2000000000),
            .width = width,
            .height = height,
            .full_width = width,
            .full_height = height },
      0, -1);
}

static void
ring (gsize size, gboolean sealed)
{
  int memfd = memfd_create ("lie", MFD_ALLOW_SEALING);

  if (ftruncate (memfd, (off_t) size) != 0)
    exit (1);
  if (sealed)
    fcntl (memfd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW);
  tell ((BatonPlayReply){ .what = BATON_PLAY_RING, .width = WIDTH, .height = HEIGHT }, 0, memfd);
}

static void
frame (guint slot, gint64 time)
{
  tell ((BatonPlayReply){ .what = BATON_PLAY_FRAME, .slot = slot, .time = time }, 0, -1);
}

static void
sound (gint64 time, gsize said, gsize sent)
{
  tell ((BatonPlayReply){ .what = BATON_PLAY_SOUND, .time = time, .size = (guint32) said }, sent, -1);
}

static void
lie (char letter)
{
  const gsize right = WIDTH * 4 * HEIGHT * BATON_PLAY_SLOTS;

  if (letter == 'a') /* more pixels than anybody may send */
    introduce (BATON_PLAY_SIDE, BATON_PLAY_SIDE);
  else if (letter == 'b')
    introduce (-1, 100000);
  else if (letter == 'c')
    exit (0);
  else if (letter == 'd')
    abort ();
  else if (letter == 'e') /* a frame before anything */
    frame (0, 0);
  if (strchr ("abe", letter) != NULL)
    return;
  introduce (WIDTH, HEIGHT);
  if (letter == 'f') /* memory that could shrink under the reader */
    ring (right, FALSE);
  else if (letter == 'g')
    ring (right - 4096, TRUE);
  else if (letter == 'h') /* one descriptor would do */
    introduce (WIDTH, HEIGHT);
  else if (letter == 'i')
    sound (0, 3, 3);
  else if (letter == 'j')
    sound (0, 16, BATON_PLAY_SOUND_BYTES * 2);
  else if (letter == 'k') /* of an hour later */
    sound (G_GINT64_CONSTANT (3600000000000), 16, 16);
  if (strchr ("fghijk", letter) != NULL)
    return;
  ring (right, TRUE);
  if (letter == 'l')
    frame (BATON_PLAY_SLOTS, 0);
  else if (letter == 'm') /* what is shown is written again */
    {
      frame (0, 0);
      frame (0, 1);
    }
  else if (letter == 'n')
    frame (0, -5);
  else if (letter == 'o')
    tell ((BatonPlayReply){ .what = 77 }, 0, -1);
  else if (letter == 'p')
    tell ((BatonPlayReply){ .what = BATON_PLAY_ENDED, .flags = 3 }, 0, -1);
  else if (letter == 'q') /* plays for a while and dies */
    {
      frame (0, 0);
      usleep (200000);
      abort ();
    }
  else if (letter == 'r') /* one frame, and never another word */
    frame (0, 0);
}

int
main (void)
{
  tell ((BatonPlayReply){ .what = BATON_PLAY_HELLO }, 0, -1);
  for (;;)
    {
      char letter = receive ();

      if (letter != 0)
        lie (letter);
    }
}
