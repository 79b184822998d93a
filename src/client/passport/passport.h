/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "blobs.h"
#include "doc.h"
#include "reader.h"

G_BEGIN_DECLS

/* A card as one document: who made it, which version counts, its status, decisions and their criteria, what
 * it depends on, whose hands it went through, and its context. Any thread. */

typedef enum
{
  BATON_PASSPORT_MARKDOWN,
  BATON_PASSPORT_HTML,
  BATON_PASSPORT_PDF,
  BATON_PASSPORT_JSON,
} BatonPassportFormat;

/* FALSE when there is no format of this name: markdown (md), html, pdf, json. */
gboolean baton_passport_format (const char *name, BatonPassportFormat *format);

/* NULL with NOT_FOUND when there is no such card. */
BatonDoc *baton_passport_doc (BatonReader *reader, BatonBlobs *blobs, const char *card, GError **error);

/* The same as data, with keys that stay what they are. Transfer full. */
char *baton_passport_json (BatonReader *reader, BatonBlobs *blobs, const char *card, GError **error);

/* Writes it into a file. */
gboolean baton_passport_write (BatonReader *reader, BatonBlobs *blobs, const char *card,
    BatonPassportFormat format, const char *path, GError **error);

/* What a card handed from one stage to the next, in order: for both formats. */
typedef struct
{
  gint64 at;
  char *person; /* id or NULL */
  char *from;   /* ids of stages */
  char *to;
  gint64 stayed; /* microseconds in `from` */
} BatonHandoff;

GPtrArray *baton_passport_handoffs (
    BatonReader *reader, const BatonRow *card, GError **error); /* BatonHandoff */

G_END_DECLS
