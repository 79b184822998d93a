/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "decode-protocol.h"

G_BEGIN_DECLS

/* What baton and baton-play say to each other about one video or sound, over a SOCK_SEQPACKET socket at
 * BATON_DECODE_FD. A message is a struct as it lies in memory; its size, its magic number and every value in
 * it are checked by who reads it.
 *
 * The helper says HELLO once it is locked in. OPEN carries the descriptor of the file. When its streams are
 * known the helper says INFO, and where there is a picture RING with a memfd of BATON_PLAY_SLOTS frames,
 * whose size can no longer change. Then it sends FRAMEs, each in a slot that is the program's until it says
 * RELEASE, and SOUND up to the moment that the program asked for with UNTIL: so nobody runs ahead of the
 * other, and play and pause are the program's own. SEEK begins a new series of both; what carries an earlier
 * serial is void. ENDED comes once for the picture and once for the sound of a series. */

#define BATON_PLAY_MAGIC 0x42504c31u

#define BATON_PLAY_SLOTS 6
#define BATON_PLAY_PIXELS (2560 * 1600)                                  /* of a frame that is handed over */
#define BATON_PLAY_SIDE 4096                                             /* of the same */
#define BATON_PLAY_SOURCE_PIXELS (8192 * 8192)                           /* of a frame in the file */
#define BATON_PLAY_RATE 48000                                            /* sound is 16-bit, little-endian, */
#define BATON_PLAY_CHANNELS 2                                            /* two channels by turns */
#define BATON_PLAY_SOUND_BYTES 16384                                     /* of one message */
#define BATON_PLAY_LONGEST (G_GINT64_CONSTANT (100) * 3600 * 1000000000) /* ns */
#define BATON_PLAY_SECONDS 20 /* until what was asked for has come */

typedef enum
{
  BATON_PLAY_OPEN,    /* width, height: the box that frames fit into */
  BATON_PLAY_SEEK,    /* serial, time, before */
  BATON_PLAY_RELEASE, /* slot */
  BATON_PLAY_UNTIL,   /* time */
} BatonPlayAsk;

typedef struct
{
  guint32 magic;
  guint32 what;
  guint32 serial;
  guint32 slot;
  gint64 time; /* ns from the beginning */
  gint32 width;
  gint32 height;
  guint32 before; /* begin with the last frame before `time`, not with the one that is seen at it */
  guint32 unused;
} BatonPlayRequest;

typedef enum
{
  BATON_PLAY_HELLO,
  BATON_PLAY_INFO,
  BATON_PLAY_RING, /* carries a descriptor */
  BATON_PLAY_FRAME,
  BATON_PLAY_SOUND, /* `size` bytes follow */
  BATON_PLAY_ENDED,
  BATON_PLAY_FAILED, /* status, codec */
} BatonPlayTell;

typedef enum
{
  BATON_PLAY_HAS_PICTURE = 1 << 0,
  BATON_PLAY_HAS_SOUND = 1 << 1,
  BATON_PLAY_SEEKABLE = 1 << 2,
  BATON_PLAY_ALPHA = 1 << 3,    /* frames have transparent pixels; alpha is not multiplied in */
  BATON_PLAY_NO_CODEC = 1 << 4, /* one of its streams cannot be decoded here: `codec` */
} BatonPlayFlags;

typedef struct
{
  guint32 magic;
  guint32 what;
  guint32 serial;
  guint32 status; /* BatonDecodeStatus; of ENDED: whether it ended as it should */
  gint64 time;    /* of a frame or of the first sample, ns */
  gint64 length;  /* INFO: of the whole, 0 when unknown; FRAME: how long it is seen, 0 when unknown */
  guint32 flags;  /* INFO; ENDED: which of the two streams */
  guint32 slot;
  gint32 width; /* of the frames that are handed over: 32 bits a pixel, blue green red alpha */
  gint32 height;
  gint32 full_width; /* in the file, upright, with square pixels */
  gint32 full_height;
  guint32 rate_n; /* frames a second: rate_n / rate_d; 0 when it varies */
  guint32 rate_d;
  guint32 size;
  guint32 unused;
  char format[16]; /* "Quicktime" */
  char codec[64];  /* UTF-8: that is missing */
} BatonPlayReply;

G_END_DECLS
