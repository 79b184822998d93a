/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-decode"

#include "decode.h"

#include <string.h>
#include <sys/stat.h>

static struct
{
  const char *tag;
  struct stat file;
  gpointer opened;
  GDestroyNotify close;
} kept;

static gboolean
is_same (const struct stat *a, const struct stat *b)
{
  return a->st_dev == b->st_dev && a->st_ino == b->st_ino && a->st_size == b->st_size &&
         a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

static void
forget (void)
{
  if (kept.opened != NULL)
    kept.close (kept.opened);
  memset (&kept, 0, sizeof kept);
}

gpointer
baton_decode_kept (BatonDecodeJob *job, const char *tag)
{
  struct stat file;

  if (kept.opened == NULL || fstat (job->fd, &file) != 0)
    return NULL;
  if (strcmp (kept.tag, tag) == 0 && is_same (&file, &kept.file))
    return kept.opened;
  forget ();
  return NULL;
}

void
baton_decode_keep (BatonDecodeJob *job, const char *tag, gpointer opened, GDestroyNotify close)
{
  forget ();
  if (fstat (job->fd, &kept.file) != 0)
    memset (&kept.file, 0, sizeof kept.file);
  kept.tag = tag;
  kept.opened = opened;
  kept.close = close;
}
