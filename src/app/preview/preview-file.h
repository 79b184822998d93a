/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A file that is to be seen, and what is known about it before it is opened. */
typedef struct
{
  const char *path;    /* of the file; NULL when it is not on this computer */
  const char *hash;    /* of its content, or NULL */
  const char *name;    /* for people */
  const char *media;   /* type, or NULL */
  gint64 size;         /* bytes; 0: unknown */
  const char *label;   /* what assistive technology reads: "Hero image, version 3"; NULL: the name */
  const char *problem; /* a sentence to show instead, or NULL */
} BatonPreviewFile;

/* With texts of its own. */
BatonPreviewFile *baton_preview_file_copy (const BatonPreviewFile *file);
void baton_preview_file_free (BatonPreviewFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonPreviewFile, baton_preview_file_free)

/* Whether a file of this type (or NULL) has a picture to stand for it. */
gboolean baton_preview_has_thumbnail (const char *media);
gboolean baton_preview_file_is_text (const BatonPreviewFile *file);
gboolean baton_preview_file_is_markdown (const BatonPreviewFile *file);
gboolean baton_preview_file_is_media (const BatonPreviewFile *file); /* video or sound */

G_END_DECLS
