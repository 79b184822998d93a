/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-decode"

#include "decode-colour.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <jerror.h>

/* libjpeg-turbo by itself: it can leave out seven eighths of the work when a smaller picture is wanted, and
 * writes the order of bytes that we hand over. */

#define MOST_SCANS 100 /* a progressive file may pretend any number of them */

typedef struct
{
  struct jpeg_error_mgr base;
  jmp_buf back;
  gboolean out_of_memory;
} Errors;

static void
error_exit (j_common_ptr info)
{
  Errors *errors = (Errors *) info->err;

  errors->out_of_memory = info->err->msg_code == JERR_OUT_OF_MEMORY;
  longjmp (errors->back, 1);
}

static void
say_nothing (j_common_ptr info)
{
}

static void
watch_scans (j_common_ptr info)
{
  j_decompress_ptr jpeg = (j_decompress_ptr) info;

  if (jpeg->input_scan_number > MOST_SCANS)
    error_exit (info);
}

static int
orientation_of (j_decompress_ptr jpeg)
{
  for (jpeg_saved_marker_ptr marker = jpeg->marker_list; marker != NULL; marker = marker->next)
    {
      if (marker->marker == JPEG_APP0 + 1 && marker->data_length > 6 &&
          memcmp (marker->data, "Exif\0\0", 6) == 0)
        return baton_decode_exif_orientation (marker->data + 6, marker->data_length - 6);
    }
  return 1;
}

/* Eighths of the size, as few as still fill the box (or the limit of pixels). */
static int
eighths_for (BatonDecodeJob *job, int width, int height)
{
  int fit_width, fit_height;
  int eighths = 8;

  baton_decode_fit (job, width, height, FALSE, &fit_width, &fit_height);
  if (fit_width >= width)
    return 8;
  for (int i = 1; i < 8; i++)
    {
      if ((gint64) width * i >= (gint64) fit_width * 8 && (gint64) height * i >= (gint64) fit_height * 8)
        {
          eighths = i;
          break;
        }
    }
  return eighths;
}

/* Adobe's CMYK is stored inverted: 255 is no ink. */
static void
invert (guint8 *row, int width)
{
  for (int i = 0; i < 4 * width; i++)
    row[i] = 255 - row[i];
}

static void
read_rows (BatonDecodeJob *job, j_decompress_ptr jpeg, guint32 *pixels, guint8 *row)
{
  while (jpeg->output_scanline < jpeg->output_height)
    {
      guint32 *target = pixels + (gsize) jpeg->output_scanline * jpeg->output_width;
      JSAMPROW rows[1] = { jpeg->out_color_space == JCS_CMYK ? row : (JSAMPROW) target };

      if (jpeg_read_scanlines (jpeg, rows, 1) != 1)
        return;
      if (jpeg->out_color_space != JCS_CMYK)
        continue;
      if (jpeg->saw_Adobe_marker)
        invert (row, (int) jpeg->output_width);
      baton_decode_colour_inks (job->colour, row, target, jpeg->output_width);
    }
}

static const char *
colour_of (j_decompress_ptr jpeg)
{
  if (jpeg->jpeg_color_space == JCS_GRAYSCALE)
    return "grey";
  return jpeg->jpeg_color_space == JCS_CMYK || jpeg->jpeg_color_space == JCS_YCCK ? "CMYK" : "RGB";
}

static void
take_profile (BatonDecodeJob *job, j_decompress_ptr jpeg)
{
  BatonDecodeInk ink = jpeg->num_components == 4   ? BATON_DECODE_CMYK
                       : jpeg->num_components == 1 ? BATON_DECODE_GREY
                                                   : BATON_DECODE_RGB;
  JOCTET *data = NULL;
  unsigned size = 0;

  if (jpeg_read_icc_profile (jpeg, &data, &size))
    job->colour = baton_decode_colour_new (job, data, size, ink);
  free (data);
}

static BatonDecodeStatus
begin (BatonDecodeJob *job, j_decompress_ptr jpeg, int *orientation)
{
  int width, height;

  jpeg_save_markers (jpeg, JPEG_APP0 + 1, 0xffff);
  jpeg_save_markers (jpeg, JPEG_APP0 + 2, 0xffff);
  jpeg_mem_src (jpeg, job->data, job->size);
  jpeg_read_header (jpeg, TRUE);
  *orientation = orientation_of (jpeg);
  width = (int) jpeg->image_width;
  height = (int) jpeg->image_height;
  if ((gint64) width * height > BATON_DECODE_SOURCE_PIXELS)
    return BATON_DECODE_TOO_LARGE;
  baton_decode_describe (job, "JPEG", colour_of (jpeg), jpeg->data_precision,
      *orientation >= 5 ? height : width, *orientation >= 5 ? width : height);
  take_profile (job, jpeg);
  jpeg->scale_num =
      (unsigned) eighths_for (job, *orientation >= 5 ? height : width, *orientation >= 5 ? width : height);
  jpeg->scale_denom = 8;
  jpeg->dct_method = JDCT_ISLOW;
  /* What is made smaller afterwards needs no colours that were smoothed between pixels before. */
  if ((job->ask->flags & BATON_DECODE_EXACTLY) != 0 && jpeg->scale_num < 8)
    jpeg->do_fancy_upsampling = FALSE;
  jpeg->out_color_space = jpeg->num_components == 4 ? JCS_CMYK : JCS_EXT_BGRA;
  jpeg_calc_output_dimensions (jpeg);
  return BATON_DECODE_OK;
}

typedef struct
{
  struct jpeg_decompress_struct jpeg;
  struct jpeg_progress_mgr progress;
  Errors errors;
  guint32 *pixels;
  guint8 *row;
  int orientation;
} Reading;

/* An error of the library leaves this by longjmp; everything to free is in the struct. */
static BatonDecodeStatus
read_all (BatonDecodeJob *job, Reading *self)
{
  BatonDecodeStatus status;

  jpeg_create_decompress (&self->jpeg);
  self->jpeg.progress = &self->progress;
  status = begin (job, &self->jpeg, &self->orientation);
  if (status != BATON_DECODE_OK || baton_decode_wants_facts (job))
    return status;
  self->pixels = g_try_malloc0 ((gsize) self->jpeg.output_width * self->jpeg.output_height * 4);
  self->row = g_try_malloc ((gsize) self->jpeg.output_width * 4);
  if (self->pixels == NULL || self->row == NULL)
    return BATON_DECODE_NO_MEMORY;
  jpeg_start_decompress (&self->jpeg);
  read_rows (job, &self->jpeg, self->pixels, self->row);
  return BATON_DECODE_OK;
}

BatonDecodeStatus
baton_decode_jpeg (BatonDecodeJob *job)
{
  Reading *self = g_new0 (Reading, 1);
  BatonDecodeStatus status;

  self->orientation = 1;
  self->progress.progress_monitor = watch_scans;
  self->jpeg.err = jpeg_std_error (&self->errors.base);
  self->errors.base.error_exit = error_exit;
  self->errors.base.output_message = say_nothing;
  if (setjmp (self->errors.back) == 0)
    status = read_all (job, self);
  else if (self->errors.out_of_memory)
    status = BATON_DECODE_NO_MEMORY;
  else
    {
      /* The upper part of a picture that breaks in the middle is better than a sentence. */
      self->errors.base.num_warnings++;
      status =
          self->pixels != NULL && self->jpeg.output_scanline > 0 ? BATON_DECODE_OK : BATON_DECODE_DAMAGED;
    }
  if (self->errors.base.num_warnings > 0)
    job->reply->flags |= BATON_DECODED_INCOMPLETE;
  if (status == BATON_DECODE_OK && self->pixels != NULL)
    status = baton_decode_hand_over (
        job, self->pixels, (int) self->jpeg.output_width, (int) self->jpeg.output_height, self->orientation);
  jpeg_destroy_decompress (&self->jpeg);
  g_free (self->pixels);
  g_free (self->row);
  g_free (self);
  return status;
}
