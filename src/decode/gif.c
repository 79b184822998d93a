/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-decode"

#include "decode-pixbuf.h"

#include <string.h>

/* The blocks of a GIF are counted here, because gdk-pixbuf neither tells the number of frames nor stops after
 * some: it is given the file up to the last frame that is wanted, and an end. */

static gsize
skip_blocks (const guint8 *data, gsize size, gsize at)
{
  while (at < size && data[at] != 0)
    at += 1 + (gsize) data[at];
  return at + 1;
}

static gsize
table_size (guint8 packed)
{
  return (packed & 0x80) != 0 ? (gsize) 3 << ((packed & 7) + 1) : 0;
}

/* Counts up to `most` frames; gives the offset behind the last one that is whole. more: there are others;
 * cut: the file ends within something. */
static int
count_frames (const guint8 *data, gsize size, int most, gsize *end, gboolean *more, gboolean *cut)
{
  gsize at = 13 + (size > 10 ? table_size (data[10]) : 0);
  int n = 0;

  *end = 0;
  *more = FALSE;
  *cut = TRUE;
  while (at < size && data[at] != 0x3b)
    {
      if (data[at] == 0x21)
        at = skip_blocks (data, size, at + 2);
      else if (data[at] == 0x2c && at + 10 < size)
        {
          if (n == most)
            {
              *more = TRUE;
              *cut = FALSE;
              return n;
            }
          at = skip_blocks (data, size, at + 11 + table_size (data[at + 9]));
          if (at > size)
            return n;
          n++;
          *end = at;
        }
      else
        return n;
    }
  *cut = at > size;
  return n;
}

typedef struct
{
  GdkPixbufAnimation *animation;
  GdkPixbufAnimationIter *iter;
  int n;
  int at; /* the frame that the iter shows */
  gint64 time;
  guint flags;
} Animation;

static void
animation_free (gpointer data)
{
  Animation *self = data;

  g_clear_object (&self->iter);
  g_clear_object (&self->animation);
  g_free (self);
}

G_GNUC_BEGIN_IGNORE_DEPRECATIONS
static void
rewind_animation (Animation *self)
{
  GTimeVal start = { 0, 0 };

  g_clear_object (&self->iter);
  self->iter = gdk_pixbuf_animation_get_iter (self->animation, &start);
  self->at = 0;
  self->time = 0;
}

static void
step (Animation *self)
{
  GTimeVal now;
  int delay = gdk_pixbuf_animation_iter_get_delay_time (self->iter);

  self->time += delay > 0 ? delay : 100;
  now = (GTimeVal){ (glong) (self->time / 1000), (glong) (self->time % 1000 * 1000) };
  gdk_pixbuf_animation_iter_advance (self->iter, &now);
  self->at++;
}
G_GNUC_END_IGNORE_DEPRECATIONS

static GdkPixbufLoader *
load_frames (BatonDecodeJob *job, gsize end, BatonDecodeStatus *status)
{
  g_autofree guint8 *part = g_try_malloc (end + 1);

  if (part == NULL)
    {
      *status = BATON_DECODE_NO_MEMORY;
      return NULL;
    }
  memcpy (part, job->data, end);
  part[end] = 0x3b;
  return baton_decode_load (job, "gif", part, end + 1, FALSE, status);
}

static Animation *
animation_new (BatonDecodeJob *job, int n, gsize end, BatonDecodeStatus *status)
{
  g_autoptr (GdkPixbufLoader) loader = load_frames (job, end, status);
  Animation *self;

  if (loader == NULL || gdk_pixbuf_loader_get_animation (loader) == NULL)
    {
      *status = loader != NULL ? BATON_DECODE_DAMAGED : *status;
      return NULL;
    }
  self = g_new0 (Animation, 1);
  self->animation = g_object_ref (gdk_pixbuf_loader_get_animation (loader));
  self->n = n;
  rewind_animation (self);
  return self;
}

static BatonDecodeStatus
decode_still (BatonDecodeJob *job)
{
  BatonDecodeStatus status;
  g_autoptr (GdkPixbufLoader) loader = NULL;
  gboolean more, cut;
  gsize end;

  /* A frame that is cut off is tried too: gdk-pixbuf may know what to do. */
  if (count_frames (job->data, job->size, 1, &end, &more, &cut) == 0)
    end = job->size;
  loader = load_frames (job, end, &status);
  if (loader == NULL || gdk_pixbuf_loader_get_pixbuf (loader) == NULL)
    return loader != NULL ? BATON_DECODE_DAMAGED : status;
  return baton_decode_pixbuf_over (job, gdk_pixbuf_loader_get_pixbuf (loader), 1);
}

BatonDecodeStatus
baton_decode_gif (BatonDecodeJob *job)
{
  BatonDecodeStatus status = BATON_DECODE_DAMAGED;
  Animation *animation;
  gboolean more, cut;
  gsize end;
  int n, wanted;

  if (job->size < 14)
    return BATON_DECODE_DAMAGED;
  n = count_frames (job->data, job->size, BATON_DECODE_FRAMES, &end, &more, &cut);
  baton_decode_describe (
      job, "GIF", "indexed", 8, job->data[6] | job->data[7] << 8, job->data[8] | job->data[9] << 8);
  job->reply->frames = MAX (n, 1);
  job->reply->flags |= (more ? BATON_DECODED_CUT : 0) | (cut ? BATON_DECODED_INCOMPLETE : 0);
  if (baton_decode_wants_facts (job))
    return n > 0 ? BATON_DECODE_OK : BATON_DECODE_DAMAGED;
  wanted = CLAMP (job->ask->frame, 0, MAX (n - 1, 0));
  if (n <= 1 || wanted == 0)
    {
      job->reply->delay = 100;
      return decode_still (job);
    }
  animation = baton_decode_kept (job, "gif");
  if (animation == NULL)
    {
      animation = animation_new (job, n, end, &status);
      if (animation == NULL)
        return status;
      baton_decode_keep (job, "gif", animation, animation_free);
    }
  if (animation->at > wanted)
    rewind_animation (animation);
  while (animation->at < wanted)
    step (animation);
  job->reply->delay = gdk_pixbuf_animation_iter_get_delay_time (animation->iter);
  return baton_decode_pixbuf_over (job, gdk_pixbuf_animation_iter_get_pixbuf (animation->iter), 1);
}
