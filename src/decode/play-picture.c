/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-play"

#include "play.h"

#include <fcntl.h>
#include <gst/video/video.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <unistd.h>

/* The frames of one size, in memory that the program sees too. */
static gboolean
make_ring (BatonPlay *play)
{
  BatonPlayReply reply = { .what = BATON_PLAY_RING, .width = play->width, .height = play->height };
  gsize size;
  int memfd = memfd_create ("frames", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  gboolean made;

  play->frame_size = (gsize) play->width * 4 * (gsize) play->height;
  size = play->frame_size * BATON_PLAY_SLOTS;
  made = memfd >= 0 && ftruncate (memfd, (off_t) size) == 0 &&
         fcntl (memfd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) == 0;
  if (made)
    {
      play->ring = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, memfd, 0);
      made = play->ring != MAP_FAILED;
    }
  if (made)
    made = baton_play_tell (play, &reply, NULL, 0, memfd);
  else
    {
      play->ring = NULL;
      baton_play_fail (play, BATON_DECODE_NO_MEMORY, NULL);
    }
  if (memfd >= 0)
    close (memfd);
  return made;
}

/* The first frame says how large all of them are: later ones are made to fit. */
static gboolean
learn_shape (BatonPlay *play, GstSample *sample)
{
  GstCaps *caps = gst_sample_get_caps (sample);
  g_autoptr (GstCaps) fixed = NULL;
  GstVideoInfo info;

  if (caps == NULL || !gst_video_info_from_caps (&info, caps) || info.width <= 0 || info.height <= 0 ||
      info.width > BATON_PLAY_SIDE || info.height > BATON_PLAY_SIDE ||
      info.width * info.height > BATON_PLAY_PIXELS)
    return FALSE;
  play->width = info.width;
  play->height = info.height;
  if (info.fps_n > 0 && info.fps_d > 0)
    {
      play->info.rate_n = (guint32) info.fps_n;
      play->info.rate_d = (guint32) info.fps_d;
    }
  fixed = gst_caps_new_simple ("video/x-raw", "format", G_TYPE_STRING, "BGRA", "width", G_TYPE_INT,
      info.width, "height", G_TYPE_INT, info.height, "pixel-aspect-ratio", GST_TYPE_FRACTION, 1, 1, NULL);
  g_object_set (play->shape, "caps", fixed, NULL);
  return TRUE;
}

/* Waits for a slot. -1: nobody wants the frame any more. */
static int
free_slot (BatonPlay *play)
{
  const guint all = (1u << BATON_PLAY_SLOTS) - 1;

  while (play->lent == all && !play->picture_void)
    g_cond_wait (&play->changed, &play->lock);
  return play->picture_void ? -1 : g_bit_nth_lsf (~play->lent & all, -1);
}

static void
hand_over (BatonPlay *play, GstSample *sample)
{
  BatonPlayReply reply = { .what = BATON_PLAY_FRAME, .serial = play->serial };
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  GstCaps *caps = gst_sample_get_caps (sample);
  GstVideoFrame frame;
  GstVideoInfo info;
  int slot = free_slot (play);

  if (slot < 0 || caps == NULL || !gst_video_info_from_caps (&info, caps) || info.width != play->width ||
      info.height != play->height || !gst_video_frame_map (&frame, &info, buffer, GST_MAP_READ))
    return;
  for (int y = 0; y < info.height; y++)
    memcpy (play->ring + play->frame_size * (gsize) slot + (gsize) y * 4 * (gsize) info.width,
        (guint8 *) GST_VIDEO_FRAME_PLANE_DATA (&frame, 0) +
            (gssize) y * GST_VIDEO_FRAME_PLANE_STRIDE (&frame, 0),
        (gsize) info.width * 4);
  gst_video_frame_unmap (&frame);
  play->lent |= 1u << slot;
  reply.slot = (guint32) slot;
  reply.time = MAX (baton_play_moment (sample), 0);
  if (GST_BUFFER_DURATION_IS_VALID (buffer))
    reply.length = (gint64) MIN (GST_BUFFER_DURATION (buffer), (guint64) BATON_PLAY_LONGEST);
  baton_play_tell (play, &reply, NULL, 0, -1);
}

/* What is wanted lies before the first that was decoded: the main thread begins farther back. */
static void
begin_again (BatonPlay *play)
{
  play->again = TRUE;
  play->picture_void = play->sound_void = TRUE;
  eventfd_write (play->wake, 1);
}

static void
hand_over_held (BatonPlay *play)
{
  g_autoptr (GstSample) held = g_steal_pointer (&play->held);

  play->target = -1;
  if (held != NULL)
    hand_over (play, held);
}

/* A frame after a seek: those before the moment are only looked at, the last of them is the one. */
static void
take_wanted (BatonPlay *play, GstSample *sample)
{
  gint64 at = MAX (baton_play_moment (sample), 0);
  gboolean first = play->first;

  play->first = FALSE;
  if (play->before ? at < play->target : at <= play->target)
    {
      g_clear_pointer (&play->held, gst_sample_unref);
      play->held = gst_sample_ref (sample);
      play->held_cut = first && play->begun > 0 && at <= play->begun;
    }
  else if (play->begun > 0 && (play->held == NULL || play->held_cut))
    begin_again (play);
  else
    {
      hand_over_held (play);
      hand_over (play, sample);
    }
}

static void
take (BatonPlay *play, GstSample *sample)
{
  if (play->picture_void || play->failed || gst_sample_get_buffer (sample) == NULL)
    return;
  if (play->width == 0 && !learn_shape (play, sample))
    {
      baton_play_fail (play, BATON_DECODE_TOO_LARGE, NULL);
      return;
    }
  while (!baton_play_introduce (play) && !play->failed && !play->named_all)
    g_cond_wait (&play->changed, &play->lock);
  if (play->failed || (play->ring == NULL && !make_ring (play)))
    return;
  if (play->target >= 0)
    take_wanted (play, sample);
  else
    hand_over (play, sample);
}

static void
end (BatonPlay *play)
{
  if (play->picture_void || play->failed)
    return;
  if (play->target >= 0 && play->begun > 0 && (play->held == NULL || play->held_cut))
    {
      begin_again (play);
      return;
    }
  hand_over_held (play);
  /* A picture of which there is not one frame is none. */
  if (!play->told && play->sound != NULL)
    play->picture = NULL;
  if (!play->told && play->picture != NULL)
    baton_play_fail (play, BATON_DECODE_DAMAGED, NULL);
  else if (play->picture != NULL)
    baton_play_tell_ended (play, BATON_PLAY_HAS_PICTURE);
  g_cond_broadcast (&play->changed);
}

static GstElement *
chain (BatonPlay *play, GstElement *last, const char *name)
{
  GstElement *element = gst_element_factory_make (name, NULL);

  if (element == NULL)
    return last;
  gst_bin_add (GST_BIN (play->pipeline), element);
  if (last != NULL)
    gst_element_link (last, element);
  return element;
}

/* What the file has, upright and with square pixels. */
static void
learn_source (BatonPlay *play, GstPad *pad)
{
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  GstVideoInfo info;
  guint num = 1, den = 1;

  if (caps == NULL || !gst_video_info_from_caps (&info, caps))
    return;
  play->info.full_width = info.width;
  play->info.full_height = info.height;
  if (info.par_n > 0 && info.par_d > 0 && info.par_n != info.par_d &&
      gst_video_calculate_display_ratio (
          &num, &den, (guint) info.width, (guint) info.height, (guint) info.par_n, (guint) info.par_d, 1, 1))
    play->info.full_width =
        (int) MIN (gst_util_uint64_scale_int ((guint64) info.height, (int) num, (int) den), 1000000);
  if (GST_VIDEO_INFO_HAS_ALPHA (&info))
    play->info.flags |= BATON_PLAY_ALPHA;
}

static GstElement *
shaping (BatonPlay *play)
{
  g_autoptr (GstCaps) caps = gst_caps_new_simple ("video/x-raw", "format", G_TYPE_STRING, "BGRA", "width",
      GST_TYPE_INT_RANGE, 1, play->box_width, "height", GST_TYPE_INT_RANGE, 1, play->box_height,
      "pixel-aspect-ratio", GST_TYPE_FRACTION, 1, 1, NULL);
  GstElement *shape = gst_element_factory_make ("capsfilter", NULL);

  g_object_set (shape, "caps", caps, NULL);
  return shape;
}

gboolean
baton_play_add_picture (BatonPlay *play, GstPad *pad)
{
  GstElement *first = gst_element_factory_make ("videoconvert", NULL);
  GstElement *sink = baton_play_sink_new (play, take, end, &play->picture_void), *last;
  g_autoptr (GstPad) entry = NULL;

  if (first == NULL || sink == NULL)
    return FALSE;
  learn_source (play, pad);
  gst_bin_add (GST_BIN (play->pipeline), first);
  last = chain (play, first, "deinterlace");
  if (last != first)
    gst_util_set_object_arg (G_OBJECT (last), "fields", "top");
  last = chain (play, last, "videoflip");
  if (g_object_class_find_property (G_OBJECT_GET_CLASS (last), "video-direction") != NULL)
    gst_util_set_object_arg (G_OBJECT (last), "video-direction", "auto");
  last = chain (play, chain (play, last, "videoscale"), "videoconvert");
  play->shape = shaping (play);
  gst_bin_add_many (GST_BIN (play->pipeline), play->shape, sink, NULL);
  if (!gst_element_link_many (last, play->shape, sink, NULL))
    return FALSE;
  play->picture = sink;
  for (GstElement *element = sink; element != NULL;)
    {
      g_autoptr (GstPad) in = gst_element_get_static_pad (element, "sink");
      g_autoptr (GstPad) peer = gst_pad_get_peer (in);

      gst_element_sync_state_with_parent (element);
      element = peer != NULL ? GST_PAD_PARENT (peer) : NULL;
    }
  entry = gst_element_get_static_pad (first, "sink");
  return gst_pad_link (pad, entry) == GST_PAD_LINK_OK;
}
