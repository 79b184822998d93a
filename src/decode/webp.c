/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-decode"

#include "decode-colour.h"

#include <webp/decode.h>
#include <webp/demux.h>

static BatonDecodeStatus
decode_still (BatonDecodeJob *job, const WebPBitstreamFeatures *features)
{
  WebPDecoderConfig config;
  g_autofree guint32 *pixels = NULL;
  int width, height;
  VP8StatusCode code;

  if (!WebPInitDecoderConfig (&config))
    return BATON_DECODE_DAMAGED;
  baton_decode_fit (job, features->width, features->height, FALSE, &width, &height);
  pixels = g_try_malloc0 ((gsize) width * (gsize) height * 4);
  if (pixels == NULL)
    return BATON_DECODE_NO_MEMORY;
  config.options.use_scaling = width != features->width || height != features->height;
  config.options.scaled_width = width;
  config.options.scaled_height = height;
  config.output.colorspace = MODE_bgrA;
  config.output.is_external_memory = 1;
  config.output.u.RGBA.rgba = (guint8 *) pixels;
  config.output.u.RGBA.stride = width * 4;
  config.output.u.RGBA.size = (gsize) width * (gsize) height * 4;
  code = WebPDecode (job->data, job->size, &config);
  WebPFreeDecBuffer (&config.output);
  if (code == VP8_STATUS_OUT_OF_MEMORY)
    return BATON_DECODE_NO_MEMORY;
  if (code != VP8_STATUS_OK && code != VP8_STATUS_NOT_ENOUGH_DATA)
    return BATON_DECODE_DAMAGED;
  if (code == VP8_STATUS_NOT_ENOUGH_DATA)
    job->reply->flags |= BATON_DECODED_INCOMPLETE;
  return baton_decode_hand_over (job, pixels, width, height, 1);
}

typedef struct
{
  guint8 *bytes; /* a copy: the decoder reads it as long as it lives */
  WebPAnimDecoder *decoder;
  WebPAnimInfo info;
  int next; /* the frame that comes next */
  int time; /* of the one before, ms */
} Animation;

static void
animation_free (gpointer data)
{
  Animation *self = data;

  if (self->decoder != NULL)
    WebPAnimDecoderDelete (self->decoder);
  g_free (self->bytes);
  g_free (self);
}

static Animation *
animation_new (BatonDecodeJob *job)
{
  Animation *self = g_new0 (Animation, 1);
  WebPAnimDecoderOptions options;
  WebPData data;

  self->bytes = g_memdup2 (job->data, job->size);
  data = (WebPData){ self->bytes, job->size };
  if (WebPAnimDecoderOptionsInit (&options))
    {
      options.color_mode = MODE_bgrA;
      self->decoder = WebPAnimDecoderNew (&data, &options);
    }
  if (self->decoder != NULL && WebPAnimDecoderGetInfo (self->decoder, &self->info))
    return self;
  animation_free (self);
  return NULL;
}

/* Frames build on each other: a later one is reached by way of those before it. */
static BatonDecodeStatus
decode_frame (BatonDecodeJob *job)
{
  Animation *animation = baton_decode_kept (job, "webp");
  guint8 *pixels = NULL;
  int before = 0;
  int wanted;

  if (animation == NULL)
    {
      animation = animation_new (job);
      if (animation == NULL)
        return BATON_DECODE_DAMAGED;
      baton_decode_keep (job, "webp", animation, animation_free);
    }
  if (animation->info.frame_count > BATON_DECODE_FRAMES)
    job->reply->flags |= BATON_DECODED_CUT;
  job->reply->frames = (int) MIN (animation->info.frame_count, BATON_DECODE_FRAMES);
  wanted = CLAMP (job->ask->frame, 0, MAX (job->reply->frames - 1, 0));
  if (animation->next > wanted)
    {
      WebPAnimDecoderReset (animation->decoder);
      animation->next = animation->time = 0;
    }
  while (animation->next <= wanted)
    {
      before = animation->time;
      if (!WebPAnimDecoderGetNext (animation->decoder, &pixels, &animation->time))
        return BATON_DECODE_DAMAGED;
      animation->next++;
    }
  job->reply->delay = animation->time - before;
  return baton_decode_hand_over (job, (const guint32 *) pixels, (int) animation->info.canvas_width,
      (int) animation->info.canvas_height, 1);
}

static void
take_profile (BatonDecodeJob *job)
{
  WebPData data = { job->data, job->size };
  WebPDemuxer *demuxer = WebPDemux (&data);
  WebPChunkIterator chunk;

  if (demuxer == NULL)
    return;
  if ((WebPDemuxGetI (demuxer, WEBP_FF_FORMAT_FLAGS) & ICCP_FLAG) != 0 &&
      WebPDemuxGetChunk (demuxer, "ICCP", 1, &chunk))
    {
      job->colour = baton_decode_colour_new (job, chunk.chunk.bytes, chunk.chunk.size, BATON_DECODE_RGB);
      WebPDemuxReleaseChunkIterator (&chunk);
    }
  WebPDemuxDelete (demuxer);
}

BatonDecodeStatus
baton_decode_webp (BatonDecodeJob *job)
{
  WebPBitstreamFeatures features;

  if (WebPGetFeatures (job->data, job->size, &features) != VP8_STATUS_OK)
    return BATON_DECODE_DAMAGED;
  if ((gint64) features.width * features.height > BATON_DECODE_SOURCE_PIXELS)
    return BATON_DECODE_TOO_LARGE;
  baton_decode_describe (job, "WebP", "RGB", 8, features.width, features.height);
  take_profile (job);
  if (baton_decode_wants_facts (job))
    return BATON_DECODE_OK;
  if (!features.has_animation)
    return decode_still (job, &features);
  if ((gint64) features.width * features.height > BATON_DECODE_PIXELS)
    return BATON_DECODE_TOO_LARGE;
  return decode_frame (job);
}
