/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "media-link.h"

#include "decode-command.h"
#include "media-ring.h"
#include "play-line.h"
#include "talk.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#define START_MS 15000 /* until it says hello: a machine that has just started reads a hundred libraries */
#define AT_A_TIME 8    /* messages, before others of the main loop have their turn */
#define AHEAD_NS (G_GINT64_CONSTANT (2) * 1000000000) /* of sound that nobody asked for yet */

struct _BatonMediaLink
{
  char *path;
  char *bwrap;
  int width, height;
  const BatonMediaLinkFuncs *funcs;
  gpointer data;

  GSubprocess *process;
  int fd;
  guint source, timeout;
  gboolean greeted, over;

  BatonPlayReply info; /* flags 0 until it is said */
  BatonMediaRing *ring;
  guint32 serial;
  gint64 until, heard; /* ns */
};

typedef struct
{
  BatonPlayReply reply;
  guint8 bytes[BATON_PLAY_SOUND_BYTES];
} Message;

static gboolean start (BatonMediaLink *self);

static void
hang_up (BatonMediaLink *self)
{
  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_handle_id (&self->timeout, g_source_remove);
  if (self->process == NULL)
    return;
  if (self->ring != NULL)
    baton_media_ring_close (self->ring);
  g_clear_pointer (&self->ring, baton_media_ring_unref);
  close (self->fd);
  g_subprocess_force_exit (self->process);
  g_clear_object (&self->process);
}

static void
fail (BatonMediaLink *self, BatonDecodeStatus status, const char *codec)
{
  hang_up (self);
  if (self->over)
    return;
  self->over = TRUE;
  self->funcs->failed (self->data, status, codec);
}

/* It never said hello: bubblewrap may not be allowed here. The limits and the filter of system calls hold
 * without it too. */
static void
not_started (BatonMediaLink *self)
{
  gboolean boxed = self->bwrap != NULL;

  hang_up (self);
  g_clear_pointer (&self->bwrap, g_free);
  if (!boxed || !start (self))
    fail (self, BATON_DECODE_NO_HELPER, NULL);
}

static gboolean
send_request (BatonMediaLink *self, BatonPlayRequest *request, int fd)
{
  struct iovec part = { request, sizeof *request };

  request->magic = BATON_PLAY_MAGIC;
  return self->process != NULL && baton_talk_send (self->fd, &part, 1, fd, MSG_DONTWAIT);
}

/* Never waits for the other end of a named pipe. */
static void
open_file (BatonMediaLink *self)
{
  BatonPlayRequest request = { .what = BATON_PLAY_OPEN, .width = self->width, .height = self->height };
  int fd = open (self->path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  struct stat file;
  gboolean there = fd >= 0 && fstat (fd, &file) == 0 && S_ISREG (file.st_mode);
  gboolean sent = there && send_request (self, &request, fd);

  if (fd >= 0)
    close (fd);
  if (!sent)
    fail (self, there ? BATON_DECODE_CRASHED : BATON_DECODE_NO_FILE, NULL);
}

static gboolean
is_time (gint64 ns)
{
  return ns >= 0 && ns <= BATON_PLAY_LONGEST;
}

static gboolean
take_info (BatonMediaLink *self, const BatonPlayReply *reply)
{
  const guint32 streams = BATON_PLAY_HAS_PICTURE | BATON_PLAY_HAS_SOUND;
  const guint32 known = streams | BATON_PLAY_SEEKABLE | BATON_PLAY_ALPHA | BATON_PLAY_NO_CODEC;
  gboolean sees = (reply->flags & BATON_PLAY_HAS_PICTURE) != 0;

  if (self->info.flags != 0 || (reply->flags & ~known) != 0 || (reply->flags & streams) == 0 ||
      !is_time (reply->length))
    return FALSE;
  if (sees && !baton_play_is_picture (reply))
    return FALSE;
  self->info = *reply;
  self->info.full_width = CLAMP (reply->full_width, 0, 1000000);
  self->info.full_height = CLAMP (reply->full_height, 0, 1000000);
  for (guint i = 0; i < sizeof reply->format; i++)
    self->info.format[i] = g_ascii_isprint (reply->format[i]) ? reply->format[i] : '\0';
  self->info.format[sizeof reply->format - 1] = '\0';
  self->info.codec[sizeof reply->codec - 1] = '\0';
  if (!g_utf8_validate (self->info.codec, -1, NULL))
    self->info.codec[0] = '\0';
  self->funcs->info (self->data, &self->info);
  return TRUE;
}

static gboolean
take_ring (BatonMediaLink *self, const BatonPlayReply *reply, int memfd)
{
  if (self->ring != NULL || memfd < 0 || (self->info.flags & BATON_PLAY_HAS_PICTURE) == 0)
    return FALSE;
  self->ring = baton_media_ring_new (
      memfd, self->fd, self->info.width, self->info.height, (self->info.flags & BATON_PLAY_ALPHA) != 0);
  return self->ring != NULL;
}

static gboolean
take_frame (BatonMediaLink *self, const BatonPlayReply *reply)
{
  g_autoptr (GdkTexture) texture = NULL;

  if (self->ring == NULL || !is_time (reply->time) || !is_time (reply->length))
    return FALSE;
  texture = baton_media_ring_lend (self->ring, reply->slot);
  if (texture == NULL)
    return FALSE;
  self->funcs->frame (self->data, reply->serial, reply->time / 1000, reply->length / 1000, texture);
  return TRUE;
}

/* Sound goes on in order and no farther than was asked for, so that nobody is flooded. */
static gboolean
take_sound (BatonMediaLink *self, const Message *message)
{
  const BatonPlayReply *reply = &message->reply;
  g_autoptr (GBytes) samples = NULL;

  if ((self->info.flags & BATON_PLAY_HAS_SOUND) == 0 || !is_time (reply->time) || reply->size == 0 ||
      reply->size % (BATON_PLAY_CHANNELS * 2) != 0)
    return FALSE;
  if (reply->serial != self->serial)
    return TRUE;
  if (reply->time > self->until + AHEAD_NS || reply->time + AHEAD_NS / 4 < self->heard)
    return FALSE;
  self->heard = MAX (self->heard,
      reply->time + (gint64) reply->size * 1000000000 / (BATON_PLAY_RATE * BATON_PLAY_CHANNELS * 2));
  samples = g_bytes_new (message->bytes, reply->size);
  self->funcs->sound (self->data, reply->serial, reply->time / 1000, samples);
  return TRUE;
}

static gboolean
take_ended (BatonMediaLink *self, const BatonPlayReply *reply)
{
  if (reply->flags != BATON_PLAY_HAS_PICTURE && reply->flags != BATON_PLAY_HAS_SOUND)
    return FALSE;
  self->funcs->ended (self->data, reply->serial, reply->flags, reply->status);
  return TRUE;
}

static gboolean
take_failed (BatonMediaLink *self, BatonPlayReply *reply)
{
  reply->codec[sizeof reply->codec - 1] = '\0';
  fail (self,
      reply->status > BATON_DECODE_HELLO && reply->status < BATON_DECODE_CRASHED
          ? (BatonDecodeStatus) reply->status
          : BATON_DECODE_DAMAGED,
      reply->codec[0] != '\0' && g_utf8_validate (reply->codec, -1, NULL) ? reply->codec : NULL);
  return TRUE;
}

static gboolean
take (BatonMediaLink *self, Message *message, int fd)
{
  BatonPlayReply *reply = &message->reply;

  if (!self->greeted)
    {
      if (reply->what != BATON_PLAY_HELLO || reply->status != 0)
        return FALSE;
      self->greeted = TRUE;
      g_clear_handle_id (&self->timeout, g_source_remove);
      open_file (self);
      return TRUE;
    }
  switch ((BatonPlayTell) reply->what)
    {
    case BATON_PLAY_INFO:
      return take_info (self, reply);
    case BATON_PLAY_RING:
      return take_ring (self, reply, fd);
    case BATON_PLAY_FRAME:
      return take_frame (self, reply);
    case BATON_PLAY_SOUND:
      return take_sound (self, message);
    case BATON_PLAY_ENDED:
      return take_ended (self, reply);
    case BATON_PLAY_FAILED:
      return take_failed (self, reply);
    case BATON_PLAY_HELLO:
    default:
      return FALSE;
    }
}

static gboolean
is_whole (const Message *message, gssize n)
{
  const BatonPlayReply *reply = &message->reply;

  return n >= (gssize) sizeof *reply && reply->magic == BATON_PLAY_MAGIC &&
         reply->size <= BATON_PLAY_SOUND_BYTES && n == (gssize) (sizeof *reply + reply->size) &&
         (reply->size == 0 || reply->what == BATON_PLAY_SOUND);
}

/* FALSE: nothing more for now, or the link is gone. */
static gboolean
read_one (BatonMediaLink *self)
{
  g_autofree Message *message = g_new (Message, 1);
  int fd;
  gssize n = baton_talk_receive (self->fd, message, sizeof *message, &fd, MSG_DONTWAIT);
  gboolean right;

  if (n < 0 && errno == EAGAIN)
    return FALSE;
  right = is_whole (message, n) && take (self, message, fd);
  if (fd >= 0)
    close (fd);
  /* Whoever was told may have freed it. */
  if (g_main_current_source () != NULL && g_source_is_destroyed (g_main_current_source ()))
    return FALSE;
  if (!right && self->greeted)
    fail (self, BATON_DECODE_CRASHED, NULL);
  else if (!right)
    not_started (self);
  return right;
}

static gboolean
readable_cb (int socket, GIOCondition condition, gpointer data)
{
  for (int i = 0; i < AT_A_TIME && read_one (data); i++)
    ;
  return g_source_is_destroyed (g_main_current_source ()) ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

static gboolean
timeout_cb (gpointer data)
{
  BatonMediaLink *self = data;

  self->timeout = 0;
  not_started (self);
  return G_SOURCE_REMOVE;
}

static gboolean
start (BatonMediaLink *self)
{
  g_autofree char *helper = baton_play_helper ();
  g_autoptr (GError) error = NULL;

  self->process = baton_decode_spawn (helper, self->bwrap, &self->fd, &error);
  if (self->process == NULL)
    {
      g_debug ("baton-play does not start: %s", error->message);
      return FALSE;
    }
  self->source = g_unix_fd_add (self->fd, G_IO_IN | G_IO_HUP | G_IO_ERR, readable_cb, self);
  self->timeout = g_timeout_add (START_MS, timeout_cb, self);
  return TRUE;
}

static gboolean
no_start_cb (gpointer data)
{
  BatonMediaLink *self = data;

  self->timeout = 0;
  not_started (self);
  return G_SOURCE_REMOVE;
}

BatonMediaLink *
baton_media_link_new (
    const char *path, int width, int height, const BatonMediaLinkFuncs *funcs, gpointer data)
{
  BatonMediaLink *self = g_new0 (BatonMediaLink, 1);

  self->path = g_strdup (path);
  self->width = width;
  self->height = height;
  self->funcs = funcs;
  self->data = data;
  self->bwrap = g_find_program_in_path ("bwrap");
  if (!start (self))
    self->timeout = g_idle_add (no_start_cb, self);
  return self;
}

void
baton_media_link_free (BatonMediaLink *self)
{
  hang_up (self);
  g_free (self->path);
  g_free (self->bwrap);
  g_free (self);
}

void
baton_media_link_kill (BatonMediaLink *self)
{
  if (self->process != NULL)
    g_subprocess_force_exit (self->process);
}

/* What it does not read any more it will not answer either. */
static void
ask (BatonMediaLink *self, BatonPlayRequest *request)
{
  if (self->greeted && !self->over && !send_request (self, request, -1))
    g_debug ("baton-play does not listen: %s", g_strerror (errno));
}

guint32
baton_media_link_seek (BatonMediaLink *self, gint64 at, gboolean before)
{
  BatonPlayRequest request = { .what = BATON_PLAY_SEEK,
    .serial = ++self->serial,
    .time = CLAMP (at, 0, BATON_PLAY_LONGEST / 1000) * 1000,
    .before = before };

  self->until = request.time;
  self->heard = 0;
  ask (self, &request);
  return self->serial;
}

void
baton_media_link_until (BatonMediaLink *self, gint64 at)
{
  BatonPlayRequest request = { .what = BATON_PLAY_UNTIL,
    .time = CLAMP (at, 0, BATON_PLAY_LONGEST / 1000) * 1000 };

  if ((self->info.flags & BATON_PLAY_HAS_SOUND) == 0 || request.time <= self->until)
    return;
  self->until = request.time;
  ask (self, &request);
}
