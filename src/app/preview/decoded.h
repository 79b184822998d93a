/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "decode-protocol.h"
#include "picture.h"

G_BEGIN_DECLS

/* What the helper found in a file. Immutable, counted. */
typedef struct
{
  BatonPicture *picture; /* NULL for a text */
  GBytes *text;          /* UTF-8 without a final NUL; NULL for a picture */
  BatonDecodedFlags flags;
  int pages;
  int frames;
  int delay; /* ms that this frame stays */
  int bits;  /* a channel; 0: unknown */
  char format[16];
  char colour[16];
  char profile[64]; /* name of its colour profile; empty: none */
} BatonDecoded;

BatonDecoded *baton_decoded_ref (BatonDecoded *self);
void baton_decoded_unref (BatonDecoded *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonDecoded, baton_decoded_unref)

/* Takes the sealed memfd that came with a reply; -1 when none did. NULL when the two do not fit together.
 * Large pictures take their time: call it in a thread. */
BatonDecoded *baton_decoded_new (const BatonDecodeReply *reply, BatonDecodeWhat what, int memfd);

gsize baton_decoded_bytes (BatonDecoded *self);

/* The codes of the domain are BatonDecodeStatus; the message is a sentence for people. */
#define BATON_DECODER_ERROR (baton_decoder_error_quark ())
GQuark baton_decoder_error_quark (void);
GError *baton_decoder_error_new (BatonDecodeStatus status);

/* "2160 × 2700 · RGB · JPEG", and below it what is wrong with it, if anything. NULL: nothing to say. */
char *baton_decoded_facts (BatonDecoded *self);
char *baton_decoded_warning (BatonDecoded *self);
/* "greyscale, 16 bits"; empty when nothing is known. Transfer full. */
char *baton_decoded_colours (const BatonDecoded *self);

G_END_DECLS
