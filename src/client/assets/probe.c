/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "probe.h"

#include "decode-line.h"
#include "media.h"

#include <fcntl.h>
#include <unistd.h>

#define ANSWER_MS 4000
#define REST (60 * G_USEC_PER_SEC) /* after it could not be started */

/* One helper for all threads: what is asked takes it a millisecond. */
static struct
{
  GMutex lock;
  BatonDecodeLine *line;
  gint64 failed; /* when it did not start */
} helper;

static gboolean
ask (BatonDecodeLine *line, int fd, BatonDecodeReply *reply)
{
  BatonDecodeRequest request = { .what = BATON_DECODE_FACTS };
  int memfd;
  gboolean answered = baton_decode_line_ask (line, &request, fd, reply, &memfd, ANSWER_MS);

  /* No descriptor comes with what is asked here. */
  if (memfd >= 0)
    close (memfd);
  return answered && memfd < 0;
}

/* The helper may have ended since the last file: with the thread that started it, or over that file. */
static gboolean
ask_again (int fd, BatonDecodeReply *reply)
{
  for (int try = 0; try < 2; try++)
    {
      gboolean old = helper.line != NULL;

      if (!old && helper.failed > 0 && g_get_monotonic_time () - helper.failed < REST)
        return FALSE;
      if (!old)
        helper.line = baton_decode_line_open ();
      if (helper.line == NULL)
        {
          helper.failed = g_get_monotonic_time ();
          return FALSE;
        }
      if (ask (helper.line, fd, reply))
        return reply->status == BATON_DECODE_OK;
      g_clear_pointer (&helper.line, baton_decode_line_close);
      if (!old)
        return FALSE;
    }
  return FALSE;
}

static gboolean
is_asked (const char *media)
{
  const char *kind = baton_media_kind (media);

  return !g_str_equal (kind, "other") && !g_str_equal (kind, "text");
}

gboolean
baton_probe_file (const char *path, const char *media, BatonProbe *probe)
{
  BatonDecodeReply reply;
  gboolean known;
  int fd;

  *probe = (BatonProbe){ 0 };
  if (!is_asked (media))
    return FALSE;
  fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0)
    return FALSE;
  g_mutex_lock (&helper.lock);
  known = ask_again (fd, &reply);
  g_mutex_unlock (&helper.lock);
  close (fd);
  if (!known)
    return FALSE;
  probe->width = MAX (reply.full_width, 0);
  probe->height = MAX (reply.full_height, 0);
  probe->duration = MAX (reply.duration, 0);
  if (reply.pages > 1 || g_str_equal (baton_media_kind (media), "document"))
    probe->pages = CLAMP (reply.pages, 0, BATON_DECODE_PAGES);
  return TRUE;
}

void
baton_probe_version (BatonBlobs *blobs, const BatonRow *version, BatonProbe *probe)
{
  const char *hash = baton_row_text (version, BATON_VERSION_BLOB);
  g_autofree char *path = NULL;

  *probe = (BatonProbe){ (int) baton_row_int (version, BATON_VERSION_WIDTH),
    (int) baton_row_int (version, BATON_VERSION_HEIGHT), (int) baton_row_int (version, BATON_VERSION_PAGES),
    baton_row_int (version, BATON_VERSION_DURATION) };
  if (probe->width > 0 || probe->pages > 0 || probe->duration > 0 || hash == NULL ||
      !baton_blobs_has (blobs, hash) || baton_blobs_is_damaged (blobs, hash))
    return;
  path = baton_blobs_path (blobs, hash);
  baton_probe_file (path, baton_row_text (version, BATON_VERSION_MEDIA), probe);
}

void
baton_probe_describe (const BatonProbe *probe, BatonRow *version)
{
  if (probe->width > 0 && probe->height > 0)
    {
      baton_row_set_int (version, BATON_VERSION_WIDTH, probe->width);
      baton_row_set_int (version, BATON_VERSION_HEIGHT, probe->height);
    }
  if (probe->pages > 0)
    baton_row_set_int (version, BATON_VERSION_PAGES, probe->pages);
  if (probe->duration > 0)
    baton_row_set_int (version, BATON_VERSION_DURATION, probe->duration);
}
