/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-play"

#include "play-src.h"

#include <errno.h>
#include <gst/base/gstbasesrc.h>
#include <unistd.h>

#define BATON_TYPE_PLAY_SRC (baton_play_src_get_type ())
G_DECLARE_FINAL_TYPE (BatonPlaySrc, baton_play_src, BATON, PLAY_SRC, GstBaseSrc)

struct _BatonPlaySrc
{
  GstBaseSrc parent_instance;

  int fd;
  guint64 size;
};

G_DEFINE_FINAL_TYPE (BatonPlaySrc, baton_play_src, GST_TYPE_BASE_SRC)

static int reads;

guint
baton_play_src_reads (void)
{
  return (guint) g_atomic_int_get (&reads);
}

static gboolean
is_seekable (GstBaseSrc *src)
{
  return TRUE;
}

static gboolean
get_size (GstBaseSrc *src, guint64 *size)
{
  *size = BATON_PLAY_SRC (src)->size;
  return TRUE;
}

static GstFlowReturn
fill (GstBaseSrc *src, guint64 offset, guint length, GstBuffer *buffer)
{
  BatonPlaySrc *self = BATON_PLAY_SRC (src);
  GstMapInfo map;
  guint done = 0;

  if (!gst_buffer_map (buffer, &map, GST_MAP_WRITE))
    return GST_FLOW_ERROR;
  g_atomic_int_inc (&reads);
  while (done < length)
    {
      gssize n = pread (self->fd, map.data + done, length - done, (off_t) (offset + done));

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        break;
      done += (guint) n;
    }
  g_atomic_int_inc (&reads);
  gst_buffer_unmap (buffer, &map);
  if (done == 0)
    return GST_FLOW_EOS;
  gst_buffer_resize (buffer, 0, done);
  GST_BUFFER_OFFSET (buffer) = offset;
  GST_BUFFER_OFFSET_END (buffer) = offset + done;
  return GST_FLOW_OK;
}

static void
baton_play_src_class_init (BatonPlaySrcClass *klass)
{
  GstBaseSrcClass *src_class = GST_BASE_SRC_CLASS (klass);

  src_class->is_seekable = is_seekable;
  src_class->get_size = get_size;
  src_class->fill = fill;
  gst_element_class_set_static_metadata (
      GST_ELEMENT_CLASS (klass), "File by descriptor", "Source/File", "Reads an open file", "Baton");
  gst_element_class_add_pad_template (
      GST_ELEMENT_CLASS (klass), gst_pad_template_new ("src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_CAPS_ANY));
}

static void
baton_play_src_init (BatonPlaySrc *self)
{
  gst_base_src_set_format (GST_BASE_SRC (self), GST_FORMAT_BYTES);
  gst_base_src_set_blocksize (GST_BASE_SRC (self), 65536);
}

GstElement *
baton_play_src_new (int fd, guint64 size)
{
  BatonPlaySrc *self = g_object_new (BATON_TYPE_PLAY_SRC, NULL);

  self->fd = fd;
  self->size = size;
  return GST_ELEMENT (self);
}
