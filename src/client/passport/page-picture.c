/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"
#define _GNU_SOURCE /* MSG_CMSG_CLOEXEC */

#include "notes-private.h"

#include "decode-command.h"
#include "decode-protocol.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

/* One page read by a helper process that is started for it and waited for. What others made is never decoded
 * here; a helper that crashes, hangs or is not there costs the picture. */

#define PATIENCE_MS ((BATON_DECODE_SECONDS + 3) * 1000)

typedef union
{
  struct cmsghdr header;
  char room[CMSG_SPACE (sizeof (int))];
} Control;

/* The next reply, with its descriptor or -1. */
static gboolean
receive (int socket, BatonDecodeReply *reply, int *fd)
{
  struct pollfd ready = { socket, POLLIN, 0 };
  struct iovec part = { reply, sizeof *reply };
  Control control = { 0 };
  struct msghdr message = {
    .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control
  };
  struct cmsghdr *header;

  *fd = -1;
  if (poll (&ready, 1, PATIENCE_MS) <= 0 ||
      recvmsg (socket, &message, MSG_CMSG_CLOEXEC | MSG_DONTWAIT) != (gssize) sizeof *reply)
    return FALSE;
  header = CMSG_FIRSTHDR (&message);
  if (header != NULL && header->cmsg_level == SOL_SOCKET && header->cmsg_type == SCM_RIGHTS)
    memcpy (fd, CMSG_DATA (header), sizeof *fd);
  return reply->magic == BATON_DECODE_MAGIC;
}

static gboolean
send_request (int socket, const BatonDecodeRequest *request, int fd)
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
  return sendmsg (socket, &message, MSG_NOSIGNAL) == (gssize) sizeof *request;
}

/* Copies the pixels out of what the helper handed over, which it cannot change any more, into a picture of
 * ours. */
static cairo_surface_t *
take_pixels (const BatonDecodeReply *reply, int fd)
{
  gsize length = (gsize) MAX (reply->width, 0) * 4 * (gsize) MAX (reply->height, 0);
  struct stat info;
  cairo_surface_t *surface;
  guint8 *pixels;

  if (reply->status != BATON_DECODE_OK || length == 0 || reply->width > BATON_DECODE_SIDE ||
      reply->height > BATON_DECODE_SIDE || fstat (fd, &info) != 0 || (gsize) info.st_size < length)
    return NULL;
  pixels = mmap (NULL, length, PROT_READ, MAP_PRIVATE, fd, 0);
  if (pixels == MAP_FAILED)
    return NULL;
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, reply->width, reply->height);
  if (cairo_surface_status (surface) == CAIRO_STATUS_SUCCESS)
    {
      guint8 *target = cairo_image_surface_get_data (surface);
      int stride = cairo_image_surface_get_stride (surface);

      cairo_surface_flush (surface);
      for (int y = 0; y < reply->height; y++)
        memcpy (target + (gsize) y * (gsize) stride, pixels + (gsize) y * (gsize) reply->width * 4,
            (gsize) reply->width * 4);
      cairo_surface_mark_dirty (surface);
    }
  munmap (pixels, length);
  return surface;
}

static cairo_surface_t *
ask (int socket, int file, int page, double width, double height)
{
  BatonDecodeRequest request = { .magic = BATON_DECODE_MAGIC,
    .what = BATON_DECODE_PICTURE,
    .id = 1,
    .flags = BATON_DECODE_EXACTLY,
    .page = page,
    .width = (gint32) width,
    .height = (gint32) height };
  BatonDecodeReply reply;
  cairo_surface_t *surface = NULL;
  int fd = -1;

  if (!receive (socket, &reply, &fd) || reply.status != BATON_DECODE_HELLO ||
      !send_request (socket, &request, file) || !receive (socket, &reply, &fd) || fd < 0)
    return NULL;
  surface = take_pixels (&reply, fd);
  close (fd);
  return surface;
}

static GSubprocess *
start (int *socket)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autofree char *helper = baton_decode_helper ();
  g_autofree char *bwrap = g_find_program_in_path ("bwrap");
  g_autoptr (GPtrArray) argv = baton_decode_command (helper, bwrap);
  GSubprocess *process;
  int ends[2];

  if (!g_file_test (helper, G_FILE_TEST_IS_EXECUTABLE) ||
      socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
    return NULL;
  g_subprocess_launcher_take_fd (launcher, ends[1], BATON_DECODE_FD);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, NULL);
  g_subprocess_launcher_close (launcher);
  *socket = ends[0];
  if (process == NULL)
    close (ends[0]);
  return process;
}

cairo_surface_t *
baton_page_picture (const char *path, int page, double width, double height)
{
  int file = open (path, O_RDONLY | O_CLOEXEC);
  int socket;
  g_autoptr (GSubprocess) process = file >= 0 ? start (&socket) : NULL;
  cairo_surface_t *surface = NULL;

  if (process != NULL)
    {
      surface = ask (socket, file, page, width, height);
      close (socket);
      g_subprocess_force_exit (process);
      g_subprocess_wait (process, NULL, NULL);
    }
  if (file >= 0)
    close (file);
  return surface;
}
