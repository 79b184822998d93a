/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-play"

#include "play.h"

#include "play-src.h"

#include <gst/pbutils/pbutils.h>
#include <string.h>
#include <sys/stat.h>

/* How far before the wanted moment decoding begins, so that the frame that is seen at it is among them with
 * its own time; when it is not, from farther back. */
static const gint64 margins[] = { GST_SECOND / 4, 2 * GST_SECOND, 16 * GST_SECOND, G_MAXINT64 };

gint64
baton_play_moment (GstSample *sample)
{
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  GstSegment *segment = gst_sample_get_segment (sample);
  guint64 at;

  if (buffer == NULL || segment == NULL || !GST_BUFFER_PTS_IS_VALID (buffer))
    return -1;
  at = gst_segment_to_stream_time (segment, GST_FORMAT_TIME, GST_BUFFER_PTS (buffer));
  return GST_CLOCK_TIME_IS_VALID (at) && at < BATON_PLAY_LONGEST ? (gint64) at : -1;
}

static BatonDecodeStatus
status_of (const GError *error)
{
  if (g_error_matches (error, GST_CORE_ERROR, GST_CORE_ERROR_MISSING_PLUGIN) ||
      g_error_matches (error, GST_STREAM_ERROR, GST_STREAM_ERROR_CODEC_NOT_FOUND))
    return BATON_DECODE_UNKNOWN;
  if (g_error_matches (error, GST_STREAM_ERROR, GST_STREAM_ERROR_TYPE_NOT_FOUND) ||
      g_error_matches (error, GST_STREAM_ERROR, GST_STREAM_ERROR_WRONG_TYPE))
    return BATON_DECODE_UNKNOWN;
  if (g_error_matches (error, GST_RESOURCE_ERROR, GST_RESOURCE_ERROR_NO_SPACE_LEFT))
    return BATON_DECODE_NO_MEMORY;
  return BATON_DECODE_DAMAGED;
}

/* What goes wrong after it began ends it there; what was seen stays. */
static void
went_wrong (BatonPlay *play, BatonDecodeStatus status)
{
  g_mutex_lock (&play->lock);
  if (play->told && !play->failed)
    {
      play->info.status = status;
      if (play->picture != NULL && !play->picture_ended)
        baton_play_tell_ended (play, BATON_PLAY_HAS_PICTURE);
      if (play->sound != NULL && !play->sound_ended)
        baton_play_tell_ended (play, BATON_PLAY_HAS_SOUND);
    }
  else if (!play->failed)
    baton_play_fail (play, status, play->info.codec);
  g_mutex_unlock (&play->lock);
}

static GstBusSyncReply
said_cb (GstBus *bus, GstMessage *message, gpointer data)
{
  BatonPlay *play = data;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    {
      g_autoptr (GError) error = NULL;

      gst_message_parse_error (message, &error, NULL);
      g_debug ("%s", error->message);
      went_wrong (play, status_of (error));
    }
  else if (gst_is_missing_plugin_message (message))
    {
      g_autofree char *codec = gst_missing_plugin_message_get_description (message);

      g_mutex_lock (&play->lock);
      play->info.flags |= BATON_PLAY_NO_CODEC;
      g_strlcpy (play->info.codec, codec, sizeof play->info.codec);
      g_mutex_unlock (&play->lock);
    }
  gst_message_unref (message);
  return GST_BUS_DROP;
}

/* Before a decoder makes room for a frame; and nothing that is neither seen nor heard is decoded. */
static gboolean
continue_cb (GstElement *bin, GstPad *pad, GstCaps *caps, BatonPlay *play)
{
  const GstStructure *structure = gst_caps_get_structure (caps, 0);
  const char *name = gst_structure_get_name (structure);
  int width = 0, height = 0;

  if (g_str_has_prefix (name, "text/") || g_str_has_prefix (name, "subpicture/") ||
      g_str_has_prefix (name, "application/x-subtitle") || g_str_has_prefix (name, "meta/"))
    return FALSE;
  if (gst_structure_get_int (structure, "width", &width) &&
      gst_structure_get_int (structure, "height", &height) && width > 0 && height > 0 &&
      (gint64) width * height > BATON_PLAY_SOURCE_PIXELS)
    {
      went_wrong (play, BATON_DECODE_TOO_LARGE);
      return FALSE;
    }
  return TRUE;
}

static void
pad_cb (GstElement *bin, GstPad *pad, BatonPlay *play)
{
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  const char *name = caps != NULL ? gst_structure_get_name (gst_caps_get_structure (caps, 0)) : "";
  gboolean linked = TRUE;

  if (g_str_has_prefix (name, "video/x-raw") && play->picture == NULL)
    linked = baton_play_add_picture (play, pad);
  else if (g_str_has_prefix (name, "audio/x-raw") && play->sound == NULL)
    linked = baton_play_add_sound (play, pad);
  if (!linked)
    went_wrong (play, BATON_DECODE_NO_HELPER);
}

static void
named_all_cb (GstElement *bin, BatonPlay *play)
{
  gboolean nothing;

  g_mutex_lock (&play->lock);
  play->named_all = TRUE;
  nothing = play->picture == NULL && play->sound == NULL && !play->failed;
  if (nothing)
    baton_play_fail (play, BATON_DECODE_UNKNOWN, play->info.codec);
  g_cond_broadcast (&play->changed);
  g_mutex_unlock (&play->lock);
}

static void
container_cb (GstElement *typefind, guint probability, GstCaps *caps, BatonPlay *play)
{
  g_autofree char *name = gst_pb_utils_get_codec_description (caps);

  g_mutex_lock (&play->lock);
  if (name != NULL && *play->info.format == '\0')
    g_strlcpy (play->info.format, name, sizeof play->info.format);
  g_mutex_unlock (&play->lock);
}

/* decodebin's own typefind tells what kind of file it is. */
static void
element_cb (GstBin *bin, GstBin *sub, GstElement *element, BatonPlay *play)
{
  if (g_str_equal (G_OBJECT_TYPE_NAME (element), "GstTypeFindElement"))
    g_signal_connect (element, "have-type", G_CALLBACK (container_cb), play);
}

gboolean
baton_play_open (BatonPlay *play, int fd)
{
  GstElement *src, *bin;
  g_autoptr (GstBus) bus = NULL;
  struct stat file;

  play->pipeline = gst_pipeline_new (NULL);
  if (fstat (fd, &file) != 0 || !S_ISREG (file.st_mode) || file.st_size == 0)
    {
      baton_play_fail (play, BATON_DECODE_EMPTY, NULL);
      return TRUE;
    }
  src = baton_play_src_new (fd, (guint64) file.st_size);
  bin = gst_element_factory_make ("decodebin", NULL);
  if (bin == NULL)
    {
      baton_play_fail (play, BATON_DECODE_NO_HELPER, NULL);
      return TRUE;
    }
  bus = gst_element_get_bus (play->pipeline);
  gst_bus_set_sync_handler (bus, said_cb, play, NULL);
  g_signal_connect (play->pipeline, "deep-element-added", G_CALLBACK (element_cb), play);
  gst_bin_add_many (GST_BIN (play->pipeline), src, bin, NULL);
  gst_element_link (src, bin);
  g_signal_connect (bin, "autoplug-continue", G_CALLBACK (continue_cb), play);
  g_signal_connect (bin, "pad-added", G_CALLBACK (pad_cb), play);
  g_signal_connect (bin, "no-more-pads", G_CALLBACK (named_all_cb), play);
  if (gst_element_set_state (play->pipeline, GST_STATE_PLAYING) == GST_STATE_CHANGE_FAILURE)
    went_wrong (play, BATON_DECODE_DAMAGED);
  return TRUE;
}

gboolean
baton_play_introduce (BatonPlay *play)
{
  BatonPlayReply *info = &play->info;
  gint64 length = 0;
  g_autoptr (GstQuery) seeking = NULL;
  gboolean seekable = FALSE;

  if (play->told || play->failed)
    return play->told;
  if (!play->named_all || (play->picture != NULL && play->width == 0))
    return FALSE;
  info->what = BATON_PLAY_INFO;
  info->flags |=
      (play->picture != NULL ? BATON_PLAY_HAS_PICTURE : 0) | (play->sound != NULL ? BATON_PLAY_HAS_SOUND : 0);
  if (gst_element_query_duration (play->pipeline, GST_FORMAT_TIME, &length))
    info->length = CLAMP (length, 0, BATON_PLAY_LONGEST);
  seeking = gst_query_new_seeking (GST_FORMAT_TIME);
  if (gst_element_query (play->pipeline, seeking))
    gst_query_parse_seeking (seeking, NULL, &seekable, NULL, NULL);
  info->flags |= seekable ? BATON_PLAY_SEEKABLE : 0;
  info->width = play->width;
  info->height = play->height;
  baton_play_tell (play, info, NULL, 0, -1);
  play->told = TRUE;
  g_cond_broadcast (&play->changed);
  return TRUE;
}

void
baton_play_tell_ended (BatonPlay *play, BatonPlayFlags stream)
{
  BatonPlayReply reply = {
    .what = BATON_PLAY_ENDED, .serial = play->serial, .flags = stream, .status = play->info.status
  };

  if (stream == BATON_PLAY_HAS_PICTURE)
    play->picture_ended = TRUE;
  else
    play->sound_ended = TRUE;
  if (play->told)
    baton_play_tell (play, &reply, NULL, 0, -1);
}

static gint64
begin_of (gint64 time, guint i)
{
  return margins[i] > time ? 0 : time - margins[i];
}

static void
seek_from (BatonPlay *play, gint64 begin)
{
  g_mutex_lock (&play->lock);
  play->begun = begin;
  play->again = FALSE;
  play->first = TRUE;
  play->picture_void = play->sound_void = TRUE;
  play->picture_ended = play->sound_ended = FALSE;
  g_clear_pointer (&play->held, gst_sample_unref);
  g_cond_broadcast (&play->changed);
  g_mutex_unlock (&play->lock);
  if (gst_element_seek_simple (
          play->pipeline, GST_FORMAT_TIME, GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_ACCURATE, begin))
    return;
  g_mutex_lock (&play->lock);
  play->target = -1;
  play->picture_void = play->sound_void = FALSE;
  if (play->picture != NULL)
    baton_play_tell_ended (play, BATON_PLAY_HAS_PICTURE);
  if (play->sound != NULL)
    baton_play_tell_ended (play, BATON_PLAY_HAS_SOUND);
  g_mutex_unlock (&play->lock);
}

void
baton_play_seek (BatonPlay *play, guint32 serial, gint64 time, gboolean before)
{
  g_mutex_lock (&play->lock);
  play->serial = serial;
  play->target = play->picture != NULL ? time : -1;
  play->before = before;
  play->sound_from = time;
  play->until = MAX (time, 0);
  g_mutex_unlock (&play->lock);
  seek_from (play, play->picture != NULL ? begin_of (time, 0) : time);
}

void
baton_play_seek_again (BatonPlay *play)
{
  gint64 begin = 0;

  g_mutex_lock (&play->lock);
  if (!play->again || play->target < 0)
    {
      g_mutex_unlock (&play->lock);
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (margins); i++)
    {
      begin = begin_of (play->target, i);
      if (begin < play->begun)
        break;
    }
  g_mutex_unlock (&play->lock);
  seek_from (play, begin);
}
