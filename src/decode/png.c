/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-decode"

#include "decode-colour.h"

#include <png.h>
#include <setjmp.h>
#include <string.h>

/* libpng by itself: rows are made smaller while they come, so a thumbnail of a large picture needs the memory
 * of a thumbnail, and the profile can be had. */

typedef struct
{
  BatonDecodeJob *job;
  gsize at; /* read so far */
  png_structp png;
  png_infop info;
  guint32 width, height; /* as in the file */
  int every;             /* pixels across and down that become one */
  guint8 *row;           /* BGRA, alpha not multiplied in */
  guint8 *whole;         /* all rows, of an interlaced picture */
  guint32 *sums;         /* four for each pixel of the target row */
  guint32 *pixels;
  int out_width, out_height;
  guint32 done; /* rows of the file */
} Reading;

static void
read_cb (png_structp png, png_bytep target, png_size_t n)
{
  Reading *self = png_get_io_ptr (png);

  if (n > self->job->size - self->at)
    png_error (png, "ends early");
  memcpy (target, self->job->data + self->at, n);
  self->at += n;
}

static void
error_cb (png_structp png, png_const_charp message)
{
  png_longjmp (png, 1);
}

static void
warning_cb (png_structp png, png_const_charp message)
{
}

static const char *
colour_of (int type)
{
  if (type == PNG_COLOR_TYPE_PALETTE)
    return "indexed";
  return (type & PNG_COLOR_MASK_COLOR) != 0 ? "RGB" : "grey";
}

/* Whatever it is, rows of BGRA with 8 bits come out. */
static void
transform (Reading *self)
{
  png_set_expand (self->png);
  png_set_scale_16 (self->png);
  png_set_gray_to_rgb (self->png);
  png_set_bgr (self->png);
  png_set_filler (self->png, 0xff, PNG_FILLER_AFTER);
}

static void
take_profile (Reading *self, int type)
{
  png_charp name;
  png_bytep data = NULL;
  png_uint_32 size = 0;
  int compression, intent;

  if (png_get_iCCP (self->png, self->info, &name, &compression, &data, &size) == PNG_INFO_iCCP)
    self->job->colour = baton_decode_colour_new (
        self->job, data, size, (type & PNG_COLOR_MASK_COLOR) != 0 ? BATON_DECODE_RGB : BATON_DECODE_GREY);
  else if (png_get_sRGB (self->png, self->info, &intent) == PNG_INFO_sRGB)
    g_strlcpy (self->job->reply->profile, "sRGB", sizeof self->job->reply->profile);
}

static BatonDecodeStatus
describe (Reading *self)
{
  BatonDecodeJob *job = self->job;
  int fit_width, fit_height;

  png_read_info (self->png, self->info);
  self->width = png_get_image_width (self->png, self->info);
  self->height = png_get_image_height (self->png, self->info);
  baton_decode_describe (job, "PNG", colour_of (png_get_color_type (self->png, self->info)),
      png_get_bit_depth (self->png, self->info), (int) self->width, (int) self->height);
  take_profile (self, png_get_color_type (self->png, self->info));
  if (baton_decode_wants_facts (job))
    return BATON_DECODE_OK;
  if ((guint64) self->width * self->height > BATON_DECODE_SOURCE_PIXELS)
    return BATON_DECODE_TOO_LARGE;
  baton_decode_fit (job, (int) self->width, (int) self->height, FALSE, &fit_width, &fit_height);
  self->every =
      MAX (1, MIN ((int) self->width / MAX (fit_width, 1), (int) self->height / MAX (fit_height, 1)));
  self->out_width = ((int) self->width + self->every - 1) / self->every;
  self->out_height = ((int) self->height + self->every - 1) / self->every;
  return BATON_DECODE_OK;
}

static gboolean
make_room (Reading *self, int passes)
{
  gsize row = png_get_rowbytes (self->png, self->info);

  if (row != (gsize) self->width * 4 ||
      (passes > 1 && (guint64) self->width * self->height > 2 * BATON_DECODE_PIXELS))
    return FALSE;
  if (passes > 1)
    self->whole = g_try_malloc0 (row * self->height);
  else
    self->row = g_try_malloc (row);
  self->sums = g_try_malloc0 ((gsize) self->out_width * 4 * sizeof *self->sums);
  self->pixels = g_try_malloc0 ((gsize) self->out_width * (gsize) self->out_height * 4);
  return (self->row != NULL || self->whole != NULL) && self->sums != NULL && self->pixels != NULL;
}

static void
copy_row (const guint8 *from, guint32 *to, int width)
{
  for (int x = 0; x < width; x++, from += 4)
    to[x] = baton_decode_premultiply (from[2], from[1], from[0], from[3]);
}

/* Adds a row up; with the alpha multiplied in, so that what cannot be seen has no colour. */
static void
add_row (Reading *self, const guint8 *from)
{
  guint32 *sum = self->sums;

  for (guint32 x = 0; x < self->width; sum += 4)
    {
      guint32 end = MIN (x + (guint32) self->every, self->width);

      for (; x < end; x++, from += 4)
        {
          guint alpha = from[3];

          sum[0] += alpha == 255 ? from[0] : (from[0] * alpha + 127) / 255;
          sum[1] += alpha == 255 ? from[1] : (from[1] * alpha + 127) / 255;
          sum[2] += alpha == 255 ? from[2] : (from[2] * alpha + 127) / 255;
          sum[3] += alpha;
        }
    }
}

/* What was added up becomes a row; those at the edges have fewer pixels to share. */
static void
close_row (Reading *self, int y, int rows)
{
  guint32 *to = self->pixels + (gsize) y * (gsize) self->out_width;
  guint32 *sum = self->sums;

  for (int x = 0; x < self->out_width; x++, sum += 4)
    {
      guint32 n = (guint32) MIN (self->every, (int) self->width - x * self->every) * (guint32) rows;

      to[x] = ((sum[3] + n / 2) / n) << 24 | ((sum[2] + n / 2) / n) << 16 | ((sum[1] + n / 2) / n) << 8 |
              (sum[0] + n / 2) / n;
    }
  memset (self->sums, 0, (gsize) self->out_width * 4 * sizeof *self->sums);
}

static void
take_row (Reading *self, const guint8 *row, guint32 y)
{
  int target = (int) y / self->every;

  if (self->every == 1)
    copy_row (row, self->pixels + (gsize) y * self->width, (int) self->width);
  else
    {
      add_row (self, row);
      if ((int) (y + 1) % self->every == 0 || y + 1 == self->height)
        close_row (self, target, (int) y + 1 - target * self->every);
    }
  self->done = y + 1;
}

static void
read_rows (Reading *self, int passes)
{
  gsize stride = (gsize) self->width * 4;

  for (int pass = 0; pass < passes - 1; pass++)
    {
      for (guint32 y = 0; y < self->height; y++)
        png_read_row (self->png, self->whole + y * stride, NULL);
    }
  for (guint32 y = 0; y < self->height; y++)
    {
      guint8 *row = self->whole != NULL ? self->whole + y * stride : self->row;

      png_read_row (self->png, row, NULL);
      take_row (self, row, y);
    }
}

/* An error of the library leaves this by longjmp; everything to free is in the struct. */
static BatonDecodeStatus
read_all (Reading *self)
{
  BatonDecodeStatus status;
  int passes;

  png_set_read_fn (self->png, self, read_cb);
  /* Ours come later and know what is wanted. */
  png_set_user_limits (self->png, 0x7fffffff, 0x7fffffff);
  png_set_chunk_malloc_max (self->png, 64 * 1024 * 1024);
  status = describe (self);
  if (status != BATON_DECODE_OK || baton_decode_wants_facts (self->job))
    return status;
  transform (self);
  passes = png_set_interlace_handling (self->png);
  png_read_update_info (self->png, self->info);
  if (!make_room (self, passes))
    return BATON_DECODE_NO_MEMORY;
  read_rows (self, passes);
  return BATON_DECODE_OK;
}

/* The upper part of a picture that breaks in the middle is better than a sentence. */
static BatonDecodeStatus
broken (Reading *self)
{
  if (self->pixels == NULL || (self->done == 0 && self->whole == NULL))
    return BATON_DECODE_DAMAGED;
  if (self->done == 0)
    {
      memset (self->sums, 0, (gsize) self->out_width * 4 * sizeof *self->sums);
      for (guint32 y = 0; y < self->height; y++)
        take_row (self, self->whole + (gsize) y * self->width * 4, y);
    }
  self->job->reply->flags |= BATON_DECODED_INCOMPLETE;
  return BATON_DECODE_OK;
}

BatonDecodeStatus
baton_decode_png (BatonDecodeJob *job)
{
  Reading *self = g_new0 (Reading, 1);
  BatonDecodeStatus status = BATON_DECODE_NO_MEMORY;

  self->job = job;
  self->png = png_create_read_struct (PNG_LIBPNG_VER_STRING, NULL, error_cb, warning_cb);
  self->info = self->png != NULL ? png_create_info_struct (self->png) : NULL;
  if (self->info != NULL)
    status = setjmp (png_jmpbuf (self->png)) == 0 ? read_all (self) : broken (self);
  if (status == BATON_DECODE_OK && self->pixels != NULL)
    status = baton_decode_hand_over (job, self->pixels, self->out_width, self->out_height, 1);
  if (self->png != NULL)
    png_destroy_read_struct (&self->png, &self->info, NULL);
  g_free (self->row);
  g_free (self->whole);
  g_free (self->sums);
  g_free (self->pixels);
  g_free (self);
  return status;
}
