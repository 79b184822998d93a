/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "decode.h"

G_BEGIN_DECLS

/* colour.c: the profile of a picture and the way from there to sRGB. */

typedef enum
{
  BATON_DECODE_GREY,
  BATON_DECODE_RGB,
  BATON_DECODE_CMYK,
} BatonDecodeInk;

/* data: the profile as it is in the file, of a picture in these colours. Its name goes into the reply. NULL
 * when it is none, or one for other colours: then the picture counts as one without. */
BatonDecodeColour *baton_decode_colour_new (
    BatonDecodeJob *job, gconstpointer data, gsize size, BatonDecodeInk ink);
void baton_decode_colour_free (BatonDecodeColour *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonDecodeColour, baton_decode_colour_free)

/* Changes pixels in place: ARGB with the alpha multiplied in. self may be NULL. */
void baton_decode_colour_pixels (const BatonDecodeColour *self, guint32 *pixels, gsize n);

/* A row of a picture of four inks, 0 none to 255 full, to opaque pixels. self NULL: without a profile, as the
 * plainest inks would be. */
void baton_decode_colour_inks (const BatonDecodeColour *self, const guint8 *inks, guint32 *pixels, gsize n);

G_END_DECLS
