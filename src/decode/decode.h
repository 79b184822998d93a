/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "decode-protocol.h"

G_BEGIN_DECLS

typedef struct _BatonDecodeColour BatonDecodeColour; /* decode-colour.h */

/* One request while it is worked on. A decoder fills the reply and makes the pixels; what it returns is the
 * status. Everything here may meet hostile data: sizes are checked before memory is asked for. */
typedef struct
{
  int fd;             /* of the file; borrowed */
  const guint8 *data; /* the file in memory, NULL for one that is read where it is */
  gsize size;
  const BatonDecodeRequest *ask;
  BatonDecodeReply *reply;

  BatonDecodeColour *colour; /* of the pixels that are handed over, or NULL; freed with the job */

  int memfd; /* what is handed over, -1 for nothing */
  guint8 *out;
  gsize out_size;
} BatonDecodeJob;

typedef BatonDecodeStatus (*BatonDecodeFunc) (BatonDecodeJob *job);

/* dispatch.c: the whole of a request. Afterwards job->memfd is the caller's; baton_decode_job_clear frees the
 * rest. */
BatonDecodeStatus baton_decode_run (BatonDecodeJob *job);
void baton_decode_job_clear (BatonDecodeJob *job);

/* sniff.c: the decoder for what the file begins with, whatever its name says; NULL: none. */
BatonDecodeFunc baton_decode_sniff (const guint8 *head, gsize size);

/* pixels.c */
/* Room for width × height pixels to hand over, in job->out. */
BatonDecodeStatus baton_decode_make_pixels (BatonDecodeJob *job, int width, int height);
BatonDecodeStatus baton_decode_make_bytes (BatonDecodeJob *job, gsize size);
/* The size to fit full_width × full_height into the box that was asked for; never larger than it is unless
 * `grow`. */
void baton_decode_fit (
    const BatonDecodeJob *job, double full_width, double full_height, gboolean grow, int *width, int *height);
/* Hands over pixels (premultiplied ARGB) turned as the EXIF orientation 1–8 says, made smaller when EXACTLY
 * asks. */
BatonDecodeStatus baton_decode_hand_over (
    BatonDecodeJob *job, const guint32 *pixels, int width, int height, int orientation);
gboolean baton_decode_is_opaque (const guint32 *pixels, gsize n);
void baton_decode_describe (
    BatonDecodeJob *job, const char *format, const char *colour, int bits, int full_width, int full_height);
/* Nobody wants pixels: what describes the file is enough. */
gboolean baton_decode_wants_facts (const BatonDecodeJob *job);
guint32 baton_decode_premultiply (guint red, guint green, guint blue, guint alpha);

/* keep.c: what was opened for a file stays open for its next page or frame; one at a time. tag: a string
 * constant of the decoder. kept gives NULL when the file is another one. keep takes what it is given. */
gpointer baton_decode_kept (BatonDecodeJob *job, const char *tag);
void baton_decode_keep (BatonDecodeJob *job, const char *tag, gpointer opened, GDestroyNotify close);

/* exif.c: the orientation 1–8 in a TIFF structure ("II*\0…"); 1 when it says nothing. */
int baton_decode_exif_orientation (const guint8 *data, gsize size);

/* One for each kind of file. */
BatonDecodeStatus baton_decode_jpeg (BatonDecodeJob *job);
BatonDecodeStatus baton_decode_webp (BatonDecodeJob *job);
BatonDecodeStatus baton_decode_gif (BatonDecodeJob *job);
BatonDecodeStatus baton_decode_tiff (BatonDecodeJob *job);
BatonDecodeStatus baton_decode_svg (BatonDecodeJob *job);
BatonDecodeStatus baton_decode_pdf (BatonDecodeJob *job);
BatonDecodeStatus baton_decode_png (BatonDecodeJob *job);
BatonDecodeStatus baton_decode_pixbuf (BatonDecodeJob *job); /* what else gdk-pixbuf loads */
BatonDecodeStatus baton_decode_text (BatonDecodeJob *job);
BatonDecodeStatus baton_decode_timed (BatonDecodeJob *job); /* video and sound: FACTS alone */

/* timed.c, timed-sound.c: a part of that. The name of the format, or NULL. */
const char *baton_decode_timed_sound (const guint8 *data, gsize size, BatonDecodeReply *reply);
gboolean baton_decode_is_mpeg_sound (const guint8 *head, gsize size);
guint64 baton_decode_big_endian (const guint8 *data, int n); /* n bytes, at most eight */
guint64 baton_decode_little_endian (const guint8 *data, int n);
gint64 baton_decode_milliseconds (double units, double per_second); /* 0 for nonsense */

/* sandbox.c: limits on memory, files and processes, and no system call that opens, connects, runs or writes.
 */
void baton_decode_lock_in (void);
void baton_decode_limit_time (guint seconds); /* of the processor, from now */

G_END_DECLS
