/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What baton and baton-decode say to each other, over a SOCK_SEQPACKET socket that the helper finds at
 * BATON_DECODE_FD. Both are built together, so a message is the struct as it lies in memory; its size and the
 * magic number are checked. The helper says hello once it is locked in, then answers each request, in order,
 * with one reply. A request carries the descriptor of the file; the reply to one that went well carries a
 * sealed memfd. */

#define BATON_DECODE_FD 3
#define BATON_DECODE_MAGIC 0x42444331u

/* Limits. What exceeds them is shown smaller or in part, or not at all with a sentence. */
#define BATON_DECODE_PIXELS (64 * 1000 * 1000) /* of a picture that is handed over */
#define BATON_DECODE_SOURCE_PIXELS                                        \
  (400 * 1000 * 1000) /* of a picture that can be read smaller than it is \
                       */
#define BATON_DECODE_SIDE 32000
#define BATON_DECODE_PAGES 5000
#define BATON_DECODE_FRAMES 600
#define BATON_DECODE_TEXT (2 * 1024 * 1024) /* bytes of a text */
#define BATON_DECODE_FILE \
  (G_GINT64_CONSTANT (1) << 29) /* bytes of a picture file; pages are read where they are */
#define BATON_DECODE_MEMORY (G_GINT64_CONSTANT (3) << 30)
#define BATON_DECODE_SECONDS 12 /* for one request, of the processor and by the clock */

typedef enum
{
  BATON_DECODE_PICTURE, /* pixels: 32-bit ARGB, alpha multiplied in, rows of width * 4 bytes */
  BATON_DECODE_WORDS,   /* a text as UTF-8 without a final NUL */
  BATON_DECODE_FACTS,   /* nothing is handed over: what the file says about itself */
} BatonDecodeWhat;

typedef enum
{
  BATON_DECODE_EXACTLY =
      1 << 0, /* no larger than the box; else it may be up to twice as large, which is faster */
} BatonDecodeAskFlags;

typedef struct
{
  guint32 magic;
  guint32 what;
  guint64 id;
  guint32 flags;
  gint32 page;  /* from 0 */
  gint32 frame; /* of an animation, from 0 */
  gint32 width; /* the box to fit into, in pixels; 0: as large as the picture is */
  gint32 height;
  guint32 is_text; /* when nothing else is recognised, its media type says that it is a text */
} BatonDecodeRequest;

typedef enum
{
  BATON_DECODE_OK,
  BATON_DECODE_HELLO,
  BATON_DECODE_UNKNOWN,   /* nothing that can be shown */
  BATON_DECODE_EMPTY,     /* no bytes in it */
  BATON_DECODE_DAMAGED,   /* begins right, cannot be read */
  BATON_DECODE_TOO_LARGE, /* more pixels or bytes than the limits */
  BATON_DECODE_LOCKED,    /* wants a password */
  BATON_DECODE_NO_PAGE,
  BATON_DECODE_NO_MEMORY,
  /* The front end's own: */
  BATON_DECODE_CRASHED,
  BATON_DECODE_TIMEOUT,
  BATON_DECODE_NO_HELPER,
  BATON_DECODE_NO_FILE,
} BatonDecodeStatus;

typedef enum
{
  BATON_DECODED_OPAQUE = 1 << 0,
  BATON_DECODED_VECTOR = 1 << 1,     /* a page or a drawing: more pixels can be had for any zoom */
  BATON_DECODED_INCOMPLETE = 1 << 2, /* the file ends early or has errors; what there is, is shown */
  BATON_DECODED_REDUCED = 1 << 3,    /* has more pixels than can be handed over */
  BATON_DECODED_CUT = 1 << 4,        /* more pages, frames or characters than the limits */
} BatonDecodedFlags;

typedef struct
{
  guint32 magic;
  guint32 status;
  guint64 id;
  guint32 flags;
  gint32 width; /* of the pixels that are handed over */
  gint32 height;
  gint32 full_width; /* of the picture, upright; of a page at 96 dpi */
  gint32 full_height;
  gint32 pages;
  gint32 frames;
  gint32 delay;     /* of this frame, ms */
  gint32 bits;      /* a channel; 0: unknown or mixed */
  guint32 length;   /* bytes of text */
  gint64 duration;  /* of video and sound, ms; FACTS alone */
  char format[16];  /* "JPEG" */
  char colour[16];  /* "RGB", "CMYK", "grey", …; empty: unknown */
  char profile[64]; /* name of its colour profile; empty: it has none */
} BatonDecodeReply;

G_END_DECLS
