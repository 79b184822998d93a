/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "picture.h"

G_BEGIN_DECLS

/* What there is to see of a version: pictures of its pages, a text, or words that say why there is nothing.
 * Filled by whoever decodes it; views follow. Main thread only.
 *
 * Signals:
 *   changed ()            something of it has arrived
 *   wanted (int page)     somebody looks at a page that is not here yet */
#define BATON_TYPE_CONTENT (baton_content_get_type ())
G_DECLARE_FINAL_TYPE (BatonContent, baton_content, BATON, CONTENT, GObject)

typedef enum
{
  BATON_CONTENT_LOADING,
  BATON_CONTENT_PICTURE, /* one picture, or pages */
  BATON_CONTENT_TEXT,
  BATON_CONTENT_MEDIA, /* video or sound: a file that is played */
  BATON_CONTENT_OTHER, /* nothing that can be compared: unknown; or a problem */
} BatonContentKind;

BatonContent *baton_content_new (void);
BatonContentKind baton_content_kind (BatonContent *self);

/* NULL while it is not here; then it is asked for. Pages count from 0. */
BatonPicture *baton_content_picture (BatonContent *self, int page);
int baton_content_pages (BatonContent *self);
gboolean baton_content_grows (BatonContent *self); /* a page or a drawing: fitting may enlarge it */
const char *baton_content_text (BatonContent *self);
const char *baton_content_path (BatonContent *self); /* of what is played; NULL: nothing is */
/* Why there is no picture and no text. NULL when there is. */
const char *baton_content_words (BatonContent *self);

/* For who decodes. */
void baton_content_set_pages (BatonContent *self, int pages, gboolean grows);
void baton_content_set_picture (BatonContent *self, int page, BatonPicture *picture);
void baton_content_set_text (BatonContent *self, const char *text);
void baton_content_set_path (BatonContent *self, const char *path); /* it is played */
void baton_content_set_words (BatonContent *self, const char *words);
/* Forgets the words: it is on its way after all. */
void baton_content_set_loading (BatonContent *self);

G_END_DECLS
