/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "preview-file.h"

#include <string.h>

BatonPreviewFile *
baton_preview_file_copy (const BatonPreviewFile *file)
{
  BatonPreviewFile *copy = g_new0 (BatonPreviewFile, 1);

  copy->path = g_strdup (file->path);
  copy->hash = g_strdup (file->hash);
  copy->name = g_strdup (file->name);
  copy->media = g_strdup (file->media);
  copy->size = file->size;
  copy->label = g_strdup (file->label);
  copy->problem = g_strdup (file->problem);
  return copy;
}

void
baton_preview_file_free (BatonPreviewFile *file)
{
  g_free ((char *) file->path);
  g_free ((char *) file->hash);
  g_free ((char *) file->name);
  g_free ((char *) file->media);
  g_free ((char *) file->label);
  g_free ((char *) file->problem);
  g_free (file);
}

gboolean
baton_preview_has_thumbnail (const char *media)
{
  return media != NULL && (g_str_has_prefix (media, "image/") || g_str_equal (media, "application/pdf"));
}

gboolean
baton_preview_file_is_text (const BatonPreviewFile *file)
{
  const char *media = file->media;

  return media != NULL && (g_str_has_prefix (media, "text/") || g_str_equal (media, "application/json") ||
                              g_str_equal (media, "application/xml"));
}

gboolean
baton_preview_file_is_markdown (const BatonPreviewFile *file)
{
  return g_strcmp0 (file->media, "text/markdown") == 0 ||
         (file->name != NULL &&
             (g_str_has_suffix (file->name, ".md") || g_str_has_suffix (file->name, ".markdown")));
}

gboolean
baton_preview_file_is_media (const BatonPreviewFile *file)
{
  return file->media != NULL &&
         (g_str_has_prefix (file->media, "video/") || g_str_has_prefix (file->media, "audio/"));
}
