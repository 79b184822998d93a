/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "decode-protocol.h"

#include <sys/socket.h>
#include <unistd.h>

/* Says hello like baton-decode and then nothing. */
int
main (void)
{
  BatonDecodeReply hello = { .magic = BATON_DECODE_MAGIC, .status = BATON_DECODE_HELLO };

  if (send (BATON_DECODE_FD, &hello, sizeof hello, 0) != sizeof hello)
    return 1;
  sleep (60);
  return 0;
}
