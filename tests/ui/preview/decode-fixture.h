/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "decoder.h"
#include "files.h"

G_BEGIN_DECLS

/* A decoder of one's own and a folder for files, for each test. */
typedef struct
{
  BatonDecoder *decoder;
  char *folder;
} DecodeFixture;

void decode_set_up (DecodeFixture *f, gconstpointer data);
void decode_tear_down (DecodeFixture *f, gconstpointer data);

/* For g_task callbacks: puts the result into the GAsyncResult * that data points to. */
void decode_done_cb (GObject *source, GAsyncResult *result, gpointer data);
/* Waits for the answer. */
BatonDecoded *decode (BatonDecoder *decoder, const BatonDecodeAsk *ask, GError **error);
/* A page or frame of a file that can be read. */
BatonDecoded *decode_path (DecodeFixture *f, const char *path, int page, int width, int height);
/* Why a file cannot be read; the test fails when it can, or when nothing is said. */
BatonDecodeStatus decode_refusal (DecodeFixture *f, const char *path);

guint32 decode_pixel_at (BatonDecoded *decoded, double along, double down); /* fractions of the picture */
void decode_assert_color (BatonDecoded *decoded, double along, double down, guint32 wanted);
/* What files_picture has drawn. */
void decode_assert_picture (BatonDecoded *decoded, int full_width, int full_height);

#define DECODE_ADD(name, func) \
  g_test_add ("/preview/decoder/" name, DecodeFixture, NULL, decode_set_up, func, decode_tear_down)

G_END_DECLS
