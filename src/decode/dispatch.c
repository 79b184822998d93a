/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-decode"

#include "decode-colour.h"
#include "drawing-head.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static BatonDecodeFunc
choose (BatonDecodeJob *job)
{
  guint8 head[BATON_DRAWING_HEAD];
  gssize n = pread (job->fd, head, sizeof head, 0);

  if (job->ask->what == BATON_DECODE_WORDS)
    return baton_decode_text;
  return n > 0 ? baton_decode_sniff (head, (gsize) n) : NULL;
}

/* A file that is made shorter meanwhile ends this process (SIGBUS), which is what it is for. */
static BatonDecodeStatus
map_file (BatonDecodeJob *job, gsize size, gsize most)
{
  gpointer data = mmap (NULL, MIN (size, most), PROT_READ, MAP_PRIVATE, job->fd, 0);

  if (data == MAP_FAILED)
    return BATON_DECODE_NO_MEMORY;
  job->data = data;
  job->size = MIN (size, most);
  return BATON_DECODE_OK;
}

/* Of a container only a few bytes here and there are read. */
static gsize
most_bytes (BatonDecodeFunc decoder)
{
  if (decoder == baton_decode_text)
    return BATON_DECODE_TEXT + 1;
  return decoder == baton_decode_timed ? (gsize) BATON_DECODE_MEMORY / 4 * 3 : (gsize) BATON_DECODE_FILE;
}

BatonDecodeStatus
baton_decode_run (BatonDecodeJob *job)
{
  BatonDecodeFunc decoder;
  BatonDecodeStatus status;
  struct stat file;

  if (fstat (job->fd, &file) != 0 || !S_ISREG (file.st_mode))
    return BATON_DECODE_UNKNOWN;
  if (file.st_size == 0)
    return BATON_DECODE_EMPTY;
  decoder = choose (job);
  if (decoder == NULL)
    return BATON_DECODE_UNKNOWN;
  if (decoder != baton_decode_pdf)
    {
      gsize most = most_bytes (decoder);

      if (decoder != baton_decode_text && (guint64) file.st_size > most)
        return BATON_DECODE_TOO_LARGE;
      status = map_file (job, (gsize) file.st_size, most);
      if (status != BATON_DECODE_OK)
        return status;
    }
  status = decoder (job);
  if (status == BATON_DECODE_OK && job->reply->width > 0 && (job->reply->flags & BATON_DECODED_VECTOR) == 0 &&
      job->ask->width == 0 && job->reply->width < job->reply->full_width)
    job->reply->flags |= BATON_DECODED_REDUCED;
  return status;
}

void
baton_decode_job_clear (BatonDecodeJob *job)
{
  if (job->out != NULL)
    munmap (job->out, job->out_size);
  if (job->data != NULL)
    munmap ((gpointer) job->data, job->size);
  g_clear_pointer (&job->colour, baton_decode_colour_free);
  job->out = NULL;
  job->data = NULL;
}
