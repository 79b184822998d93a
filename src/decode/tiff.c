/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-decode"

#include "decode-colour.h"

#include <string.h>
#include <tiffio.h>

/* Reads from the file in memory. */
typedef struct
{
  const guint8 *data;
  gsize size;
  gsize at;
} Source;

static tmsize_t
read_cb (thandle_t handle, void *buffer, tmsize_t n)
{
  Source *source = handle;
  gsize left = source->at < source->size ? source->size - source->at : 0;
  gsize take = MIN (left, (gsize) MAX (n, 0));

  memcpy (buffer, source->data + source->at, take);
  source->at += take;
  return (tmsize_t) take;
}

static tmsize_t
write_cb (thandle_t handle, void *buffer, tmsize_t n)
{
  return -1;
}

static toff_t
seek_cb (thandle_t handle, toff_t offset, int whence)
{
  Source *source = handle;

  source->at = (gsize) (whence == SEEK_CUR   ? source->at + offset
                        : whence == SEEK_END ? source->size + offset
                                             : offset);
  source->at = MIN (source->at, source->size);
  return source->at;
}

static toff_t
size_cb (thandle_t handle)
{
  return ((Source *) handle)->size;
}

static int
close_cb (thandle_t handle)
{
  return 0;
}

static int
map_cb (thandle_t handle, void **base, toff_t *size)
{
  Source *source = handle;

  *base = (void *) source->data;
  *size = source->size;
  return 1;
}

static void
unmap_cb (thandle_t handle, void *base, toff_t size)
{
}

/* To the page; counts them all on the way, within the limit. */
static BatonDecodeStatus
find_page (BatonDecodeJob *job, TIFF *tiff)
{
  int n = 0;

  do
    n++;
  while (n < BATON_DECODE_PAGES && TIFFReadDirectory (tiff));
  if (n == BATON_DECODE_PAGES && TIFFReadDirectory (tiff))
    job->reply->flags |= BATON_DECODED_CUT;
  job->reply->pages = n;
  if (job->ask->page >= n)
    return BATON_DECODE_NO_PAGE;
  return TIFFSetDirectory (tiff, (tdir_t) job->ask->page) ? BATON_DECODE_OK : BATON_DECODE_DAMAGED;
}

static const char *
colour_of (TIFF *tiff)
{
  guint16 photometric = PHOTOMETRIC_RGB;

  TIFFGetField (tiff, TIFFTAG_PHOTOMETRIC, &photometric);
  switch (photometric)
    {
    case PHOTOMETRIC_MINISWHITE:
    case PHOTOMETRIC_MINISBLACK:
      return "grey";
    case PHOTOMETRIC_SEPARATED:
      return "CMYK";
    case PHOTOMETRIC_PALETTE:
      return "indexed";
    case PHOTOMETRIC_CIELAB:
    case PHOTOMETRIC_ICCLAB:
      return "Lab";
    default:
      return "RGB";
    }
}

static void
take_profile (BatonDecodeJob *job, TIFF *tiff)
{
  guint16 photometric = PHOTOMETRIC_RGB;
  guint32 size = 0;
  void *data = NULL;

  TIFFGetField (tiff, TIFFTAG_PHOTOMETRIC, &photometric);
  if (TIFFGetField (tiff, TIFFTAG_ICCPROFILE, &size, &data) && data != NULL)
    job->colour = baton_decode_colour_new (job, data, size,
        photometric == PHOTOMETRIC_SEPARATED                                             ? BATON_DECODE_CMYK
        : photometric == PHOTOMETRIC_MINISBLACK || photometric == PHOTOMETRIC_MINISWHITE ? BATON_DECODE_GREY
                                                                                         : BATON_DECODE_RGB);
}

/* Four inks, in rows, which can be read without libtiff's own idea of ink: it knows none of sixteen bits, nor
 * with further channels. 0: others; else bytes a pixel. */
static gsize
ink_bytes (TIFF *tiff, guint32 width)
{
  guint16 photometric = PHOTOMETRIC_RGB, bits = 1, samples = 1, planes = PLANARCONFIG_CONTIG;
  gsize bytes;

  TIFFGetField (tiff, TIFFTAG_PHOTOMETRIC, &photometric);
  TIFFGetFieldDefaulted (tiff, TIFFTAG_BITSPERSAMPLE, &bits);
  TIFFGetFieldDefaulted (tiff, TIFFTAG_SAMPLESPERPIXEL, &samples);
  TIFFGetFieldDefaulted (tiff, TIFFTAG_PLANARCONFIG, &planes);
  if (photometric != PHOTOMETRIC_SEPARATED || (bits != 8 && bits != 16) || samples < 4 ||
      planes != PLANARCONFIG_CONTIG || TIFFIsTiled (tiff))
    return 0;
  bytes = (gsize) samples * bits / 8;
  return TIFFScanlineSize64 (tiff) == (guint64) width * bytes ? bytes : 0;
}

/* The four inks of each pixel as bytes, at the beginning of the row; spots and transparency are left out. */
static void
pack_inks (guint8 *row, guint32 width, gsize bytes, gboolean wide)
{
  for (gsize x = 0; x < width; x++)
    {
      for (gsize ink = 0; ink < 4; ink++)
        {
          const guint8 *from = row + x * bytes + ink * (wide ? 2 : 1);
          guint16 value = from[0];

          if (wide)
            {
              memcpy (&value, from, 2);
              value >>= 8;
            }
          row[x * 4 + ink] = (guint8) value;
        }
    }
}

static BatonDecodeStatus
read_inks (BatonDecodeJob *job, TIFF *tiff, guint32 width, guint32 height, int orientation, gsize bytes,
    gboolean wide)
{
  g_autofree guint32 *pixels = g_try_malloc0 ((gsize) width * height * 4);
  g_autofree guint8 *row = g_try_malloc ((gsize) width * bytes);

  if (pixels == NULL || row == NULL)
    return BATON_DECODE_NO_MEMORY;
  for (guint32 y = 0; y < height; y++)
    {
      if (TIFFReadScanline (tiff, row, y, 0) < 0)
        {
          job->reply->flags |= BATON_DECODED_INCOMPLETE;
          break;
        }
      if (bytes > 4)
        pack_inks (row, width, bytes, wide);
      baton_decode_colour_inks (job->colour, row, pixels + (gsize) y * width, width);
    }
  return baton_decode_hand_over (job, pixels, (int) width, (int) height, orientation);
}

static BatonDecodeStatus
read_page (BatonDecodeJob *job, TIFF *tiff)
{
  guint32 width = 0, height = 0;
  guint16 bits = 1, orientation = 1;
  g_autofree guint32 *pixels = NULL;
  gboolean sideways;
  gsize inks;
  char message[1024];

  if (!TIFFGetField (tiff, TIFFTAG_IMAGEWIDTH, &width) ||
      !TIFFGetField (tiff, TIFFTAG_IMAGELENGTH, &height) || width == 0 || height == 0)
    return BATON_DECODE_DAMAGED;
  if ((guint64) width * height > 2 * BATON_DECODE_PIXELS)
    return BATON_DECODE_TOO_LARGE;
  TIFFGetFieldDefaulted (tiff, TIFFTAG_BITSPERSAMPLE, &bits);
  TIFFGetFieldDefaulted (tiff, TIFFTAG_ORIENTATION, &orientation);
  sideways = orientation >= 5 && orientation <= 8;
  baton_decode_describe (job, "TIFF", colour_of (tiff), bits, (int) (sideways ? height : width),
      (int) (sideways ? width : height));
  take_profile (job, tiff);
  if (baton_decode_wants_facts (job))
    return BATON_DECODE_OK;
  inks = ink_bytes (tiff, width);
  if (inks > 0)
    return read_inks (job, tiff, width, height, orientation, inks, bits == 16);
  if (!TIFFRGBAImageOK (tiff, message))
    return BATON_DECODE_UNKNOWN;
  pixels = g_try_malloc0 ((gsize) width * height * 4);
  if (pixels == NULL)
    return BATON_DECODE_NO_MEMORY;
  /* As the rows are in the file; turned afterwards like every other picture. */
  TIFFSetField (tiff, TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);
  if (!TIFFReadRGBAImageOriented (tiff, width, height, pixels, ORIENTATION_TOPLEFT, 1))
    job->reply->flags |= BATON_DECODED_INCOMPLETE;
  for (gsize i = 0; i < (gsize) width * height; i++)
    pixels[i] = (pixels[i] & 0xff00ff00u) | (pixels[i] & 0xff) << 16 | (pixels[i] >> 16 & 0xff);
  return baton_decode_hand_over (job, pixels, (int) width, (int) height, orientation);
}

BatonDecodeStatus
baton_decode_tiff (BatonDecodeJob *job)
{
  Source source = { job->data, job->size, 0 };
  BatonDecodeStatus status;
  TIFF *tiff;

  TIFFSetErrorHandler (NULL);
  TIFFSetWarningHandler (NULL);
  tiff =
      TIFFClientOpen ("page", "r", &source, read_cb, write_cb, seek_cb, close_cb, size_cb, map_cb, unmap_cb);
  if (tiff == NULL)
    return BATON_DECODE_DAMAGED;
  status = find_page (job, tiff);
  if (status == BATON_DECODE_OK)
    status = read_page (job, tiff);
  TIFFClose (tiff);
  return status;
}
