/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "play-line.h"

#include "decode-command.h"
#include "talk.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef F_GET_SEALS
#define F_GET_SEALS 1034
#define F_SEAL_SHRINK 0x0002
#endif

#define START_MS 15000 /* until it says hello: a machine that has just started reads a hundred libraries */
#define PATIENCE_MS ((BATON_PLAY_SECONDS + 3) * 1000)

typedef struct
{
  BatonPlayReply reply;
  guint8 sound[BATON_PLAY_SOUND_BYTES];
} Message;

struct _BatonPlayLine
{
  GSubprocess *process;
  int fd;
  BatonDecodeStatus status;
  BatonPlayReply info; /* flags 0 until it is said */
  guint8 *ring;
  gsize ring_size;
  guint32 serial;
};

/* Set once bubblewrap was refused in this process: it will be the next time too. */
static int bare;

char *
baton_play_helper (void)
{
  const char *named = g_getenv ("BATON_PLAY");
  g_autofree char *decode = baton_decode_helper (), *folder = g_path_get_dirname (decode);

  return named != NULL && *named != '\0' ? g_strdup (named) : g_build_filename (folder, "baton-play", NULL);
}

gboolean
baton_play_is_picture (const BatonPlayReply *info)
{
  return info->width > 0 && info->height > 0 && info->width <= BATON_PLAY_SIDE &&
         info->height <= BATON_PLAY_SIDE && info->width * info->height <= BATON_PLAY_PIXELS;
}

guint8 *
baton_play_map_ring (int memfd, int width, int height, gsize *size)
{
  int seals = fcntl (memfd, F_GET_SEALS);
  gpointer pixels;
  struct stat file;

  *size = (gsize) width * 4 * (gsize) height * BATON_PLAY_SLOTS;
  if (seals < 0 || (seals & F_SEAL_SHRINK) == 0 || fstat (memfd, &file) != 0 || file.st_size < 0 ||
      (gsize) file.st_size != *size)
    return NULL;
  pixels = mmap (NULL, *size, PROT_READ, MAP_SHARED, memfd, 0);
  return pixels != MAP_FAILED ? pixels : NULL;
}

static void
hang_up (BatonPlayLine *self)
{
  if (self->process == NULL)
    return;
  close (self->fd);
  g_subprocess_force_exit (self->process);
  g_clear_object (&self->process);
}

/* Nothing more can be had from it. */
static void
fail (BatonPlayLine *self, BatonDecodeStatus status)
{
  hang_up (self);
  self->status = status;
}

/* Never waits for a helper that does not read: what is asked is little. */
static gboolean
send_request (BatonPlayLine *self, BatonPlayRequest *request, int file)
{
  struct iovec part = { request, sizeof *request };

  request->magic = BATON_PLAY_MAGIC;
  return baton_talk_send (self->fd, &part, 1, file, MSG_DONTWAIT);
}

/* The next message, waited for until then (g_get_monotonic_time). *fd: what came along, the caller's, or -1.
 */
static BatonDecodeStatus
receive (BatonPlayLine *self, Message *message, int *fd, gint64 end)
{
  struct pollfd wait = { .fd = self->fd, .events = POLLIN };
  gssize n;

  *fd = -1;
  for (;;)
    {
      int left = (int) ((end - g_get_monotonic_time ()) / G_TIME_SPAN_MILLISECOND);
      int ready = poll (&wait, 1, MAX (left, 0));

      if (ready > 0)
        break;
      if (ready == 0)
        return BATON_DECODE_TIMEOUT;
      if (errno != EINTR)
        return BATON_DECODE_CRASHED;
    }
  n = baton_talk_receive (self->fd, message, sizeof *message, fd, MSG_DONTWAIT);
  if (n < (gssize) sizeof message->reply || message->reply.magic != BATON_PLAY_MAGIC ||
      n != (gssize) (sizeof message->reply + message->reply.size))
    return BATON_DECODE_CRASHED;
  return BATON_DECODE_OK;
}

static gboolean
start (BatonPlayLine *self, const char *helper, const char *bwrap)
{
  g_autofree Message *message = g_new (Message, 1);
  int fd = -1;
  gboolean greeted;

  self->process = baton_decode_spawn (helper, bwrap, &self->fd, NULL);
  if (self->process == NULL)
    return FALSE;
  greeted = receive (self, message, &fd, g_get_monotonic_time () + START_MS * G_TIME_SPAN_MILLISECOND) ==
                BATON_DECODE_OK &&
            message->reply.what == BATON_PLAY_HELLO && message->reply.status == 0;
  if (fd >= 0)
    close (fd);
  if (!greeted)
    hang_up (self);
  return greeted;
}

static gboolean
start_somehow (BatonPlayLine *self)
{
  g_autofree char *helper = baton_play_helper ();
  g_autofree char *bwrap = g_atomic_int_get (&bare) ? NULL : g_find_program_in_path ("bwrap");

  if (!g_file_test (helper, G_FILE_TEST_IS_EXECUTABLE))
    return FALSE;
  if (bwrap != NULL && start (self, helper, bwrap))
    return TRUE;
  g_atomic_int_set (&bare, TRUE);
  return start (self, helper, NULL);
}

static BatonDecodeStatus
failure (const BatonPlayReply *reply)
{
  return reply->status > BATON_DECODE_HELLO && reply->status < BATON_DECODE_CRASHED
             ? (BatonDecodeStatus) reply->status
             : BATON_DECODE_DAMAGED;
}

static BatonDecodeStatus
take_info (BatonPlayLine *self, const BatonPlayReply *reply)
{
  if (self->info.flags != 0)
    return BATON_DECODE_CRASHED;
  if ((reply->flags & BATON_PLAY_HAS_PICTURE) == 0)
    return BATON_DECODE_UNKNOWN;
  if (!baton_play_is_picture (reply))
    return BATON_DECODE_CRASHED;
  self->info = *reply;
  return BATON_DECODE_OK;
}

static BatonDecodeStatus
take_ring (BatonPlayLine *self, int memfd)
{
  if (self->ring != NULL || memfd < 0 || self->info.flags == 0)
    return BATON_DECODE_CRASHED;
  self->ring = baton_play_map_ring (memfd, self->info.width, self->info.height, &self->ring_size);
  return self->ring != NULL ? BATON_DECODE_OK : BATON_DECODE_CRASHED;
}

/* Whatever was sent for an earlier seek is given back unseen. */
static BatonDecodeStatus
give_back (BatonPlayLine *self, guint32 slot)
{
  BatonPlayRequest request = { .what = BATON_PLAY_RELEASE, .slot = slot };

  return send_request (self, &request, -1) ? BATON_DECODE_OK : BATON_DECODE_CRASHED;
}

static inline guint8
times_alpha (guint8 channel, guint8 alpha)
{
  return (guint8) ((channel * alpha + 127) / 255);
}

/* Blue, green, red and alpha, byte by byte; what is transparent has its colour in full. */
static void
copy_row (const guint8 *from, guint32 *to, int width, gboolean alpha)
{
  for (int x = 0; x < width; x++, from += 4)
    {
      guint8 a = alpha ? from[3] : 255;

      to[x] = (guint32) a << 24 | (guint32) times_alpha (from[2], a) << 16 |
              (guint32) times_alpha (from[1], a) << 8 | times_alpha (from[0], a);
    }
}

static cairo_surface_t *
take_frame (BatonPlayLine *self, guint32 slot)
{
  int width = self->info.width, height = self->info.height;
  gsize frame = self->ring_size / BATON_PLAY_SLOTS;
  cairo_surface_t *surface;

  if (self->ring == NULL || slot >= BATON_PLAY_SLOTS)
    return NULL;
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  if (cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS)
    return surface;
  cairo_surface_flush (surface);
  for (int y = 0; y < height; y++)
    copy_row (self->ring + frame * slot + (gsize) y * 4 * (gsize) width,
        (gpointer) (cairo_image_surface_get_data (surface) +
                    (gsize) y * (gsize) cairo_image_surface_get_stride (surface)),
        width, (self->info.flags & BATON_PLAY_ALPHA) != 0);
  cairo_surface_mark_dirty (surface);
  return surface;
}

/* One message. *frame: the one that was asked for, if it came. */
static BatonDecodeStatus
take (BatonPlayLine *self, const BatonPlayReply *reply, int fd, cairo_surface_t **frame)
{
  BatonDecodeStatus status;

  switch ((BatonPlayTell) reply->what)
    {
    case BATON_PLAY_INFO:
      return take_info (self, reply);
    case BATON_PLAY_RING:
      return take_ring (self, fd);
    case BATON_PLAY_FRAME:
      if (self->serial > 0 && reply->serial == self->serial && *frame == NULL &&
          (*frame = take_frame (self, reply->slot)) == NULL)
        return BATON_DECODE_CRASHED;
      return give_back (self, reply->slot);
    case BATON_PLAY_SOUND:
      return BATON_DECODE_OK;
    case BATON_PLAY_ENDED:
      status = reply->flags == BATON_PLAY_HAS_PICTURE && reply->serial == self->serial && self->serial > 0 &&
                       *frame == NULL
                   ? BATON_DECODE_DAMAGED
                   : BATON_DECODE_OK;
      return status;
    case BATON_PLAY_FAILED:
      return failure (reply);
    case BATON_PLAY_HELLO:
    default:
      return BATON_DECODE_CRASHED;
    }
}

/* Reads until the frame or, when frame is NULL, the ring is there. */
static gboolean
wait_for (BatonPlayLine *self, cairo_surface_t **frame)
{
  g_autofree Message *message = g_new (Message, 1);
  gint64 end = g_get_monotonic_time () + PATIENCE_MS * G_TIME_SPAN_MILLISECOND;
  cairo_surface_t *none = NULL;

  while (frame != NULL ? *frame == NULL : self->ring == NULL)
    {
      int fd;
      BatonDecodeStatus status = receive (self, message, &fd, end);

      if (status == BATON_DECODE_OK)
        status = take (self, &message->reply, fd, frame != NULL ? frame : &none);
      if (fd >= 0)
        close (fd);
      if (status != BATON_DECODE_OK)
        {
          fail (self, status);
          return FALSE;
        }
    }
  return TRUE;
}

BatonPlayLine *
baton_play_line_open (const char *path, int width, int height)
{
  BatonPlayLine *self = g_new0 (BatonPlayLine, 1);
  BatonPlayRequest request = { .what = BATON_PLAY_OPEN, .width = width, .height = height };
  int file = open (path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);

  self->status = BATON_DECODE_OK;
  if (file < 0)
    self->status = BATON_DECODE_NO_FILE;
  else if (!start_somehow (self))
    self->status = BATON_DECODE_NO_HELPER;
  else if (!send_request (self, &request, file))
    fail (self, BATON_DECODE_CRASHED);
  else
    wait_for (self, NULL);
  if (file >= 0)
    close (file);
  return self;
}

void
baton_play_line_close (BatonPlayLine *self)
{
  hang_up (self);
  if (self->ring != NULL)
    munmap (self->ring, self->ring_size);
  g_free (self);
}

BatonDecodeStatus
baton_play_line_status (BatonPlayLine *self)
{
  return self->status;
}

cairo_surface_t *
baton_play_line_frame (BatonPlayLine *self, double seconds)
{
  BatonPlayRequest request = { .what = BATON_PLAY_SEEK };
  cairo_surface_t *frame = NULL;

  if (self->process == NULL)
    return NULL;
  request.serial = ++self->serial;
  request.time = (gint64) CLAMP (seconds * 1e9, 0, (double) BATON_PLAY_LONGEST);
  if (!send_request (self, &request, -1))
    fail (self, BATON_DECODE_CRASHED);
  else
    wait_for (self, &frame);
  return frame;
}
