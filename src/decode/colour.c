/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-decode"

#include "decode-colour.h"

#include <lcms2.h>
#include <string.h>

/* What the numbers of a picture mean: its profile (ICC.1), and the way from there to sRGB, which is what a
 * screen without a profile of its own is taken for. A picture that says nothing is sRGB. */

struct _BatonDecodeColour
{
  cmsHTRANSFORM transform; /* from GREY_8, BGRA_8 or CMYK_8 to BGRA_8; NULL: nothing to do */
  cmsColorSpaceSignature space;
};

/* The profile's own name, for people; letters of any script, no control characters. */
static void
name_profile (BatonDecodeJob *job, cmsHPROFILE profile)
{
  char text[256] = "";

  /* In ASCII by lcms: what is not becomes a question mark. */
  cmsGetProfileInfoASCII (profile, cmsInfoDescription, "en", "US", text, sizeof text);
  for (char *p = text; *p != '\0'; p++)
    {
      if (!g_ascii_isprint (*p))
        *p = ' ';
    }
  g_strstrip (text);
  g_strlcpy (job->reply->profile, *text != '\0' ? text : "?", sizeof job->reply->profile);
}

static cmsUInt32Number
format_of (cmsColorSpaceSignature space)
{
  switch ((guint) space)
    {
    case cmsSigGrayData:
      return TYPE_GRAY_8;
    case cmsSigCmykData:
      return TYPE_CMYK_8;
    default:
      return TYPE_BGRA_8;
    }
}

static gboolean
fits (cmsColorSpaceSignature space, BatonDecodeInk ink)
{
  switch (ink)
    {
    case BATON_DECODE_GREY:
      /* Grey is stored as equal red, green and blue here, so both will do. */
      return space == cmsSigGrayData || space == cmsSigRgbData;
    case BATON_DECODE_CMYK:
      return space == cmsSigCmykData;
    case BATON_DECODE_RGB:
    default:
      return space == cmsSigRgbData;
    }
}

/* Most profiles are sRGB by one name or another: then nothing has to be changed. */
static gboolean
changes_nothing (cmsHTRANSFORM transform)
{
  guint8 in[4 * 27], out[4 * 27];
  int n = 0;

  for (int r = 0; r < 3; r++)
    for (int g = 0; g < 3; g++)
      for (int b = 0; b < 3; b++, n++)
        {
          guint8 pixel[4] = { (guint8) (r * 127), (guint8) (g * 127), (guint8) (b * 127), 255 };

          memcpy (in + 4 * n, pixel, 4);
        }
  memset (out, 0, sizeof out);
  cmsDoTransform (transform, in, out, 27);
  for (int i = 0; i < 4 * 27; i++)
    {
      if (i % 4 != 3 && ABS (in[i] - out[i]) > 2)
        return FALSE;
    }
  return TRUE;
}

static cmsHTRANSFORM
make_transform (cmsHPROFILE profile, cmsColorSpaceSignature space)
{
  cmsHPROFILE target = cmsCreate_sRGBProfile ();
  cmsHTRANSFORM transform = cmsCreateTransform (profile, format_of (space), target, TYPE_BGRA_8,
      INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_BLACKPOINTCOMPENSATION);

  cmsCloseProfile (target);
  if (transform != NULL && space == cmsSigRgbData && changes_nothing (transform))
    {
      cmsDeleteTransform (transform);
      transform = NULL;
    }
  return transform;
}

BatonDecodeColour *
baton_decode_colour_new (BatonDecodeJob *job, gconstpointer data, gsize size, BatonDecodeInk ink)
{
  cmsHPROFILE profile = data != NULL && size >= 128 && size <= G_MAXUINT32
                            ? cmsOpenProfileFromMem (data, (cmsUInt32Number) size)
                            : NULL;
  BatonDecodeColour *self = NULL;

  if (profile == NULL)
    return NULL;
  if (fits (cmsGetColorSpace (profile), ink))
    {
      name_profile (job, profile);
      self = g_new0 (BatonDecodeColour, 1);
      self->space = cmsGetColorSpace (profile);
      if (!baton_decode_wants_facts (job))
        self->transform = make_transform (profile, self->space);
    }
  cmsCloseProfile (profile);
  return self;
}

void
baton_decode_colour_free (BatonDecodeColour *self)
{
  if (self->transform != NULL)
    cmsDeleteTransform (self->transform);
  g_free (self);
}

static void
set_opaque (guint32 *pixels, gsize n)
{
  for (gsize i = 0; i < n; i++)
    pixels[i] |= 0xff000000u;
}

void
baton_decode_colour_inks (const BatonDecodeColour *self, const guint8 *inks, guint32 *pixels, gsize n)
{
  if (self != NULL && self->transform != NULL)
    {
      cmsDoTransform (self->transform, inks, pixels, (cmsUInt32Number) n);
      set_opaque (pixels, n);
      return;
    }
  for (gsize i = 0; i < n; i++, inks += 4)
    {
      guint rest = 255 - inks[3];

      pixels[i] = baton_decode_premultiply (
          (255 - inks[0]) * rest / 255, (255 - inks[1]) * rest / 255, (255 - inks[2]) * rest / 255, 255);
    }
}

#define STEP 1024

static void
convert_grey (const BatonDecodeColour *self, guint32 *pixels, gsize n)
{
  guint8 greys[STEP];

  for (gsize i = 0; i < n; i++)
    greys[i] = (guint8) pixels[i];
  cmsDoTransform (self->transform, greys, pixels, (cmsUInt32Number) n);
}

/* Up to STEP pixels; the alpha, which is multiplied in, is taken out meanwhile. */
static void
convert (const BatonDecodeColour *self, guint32 *pixels, gsize n)
{
  gboolean opaque = baton_decode_is_opaque (pixels, n);
  guint8 alphas[STEP];

  for (gsize i = 0; !opaque && i < n; i++)
    {
      guint alpha = alphas[i] = (guint8) (pixels[i] >> 24);

      if (alpha != 0 && alpha != 255)
        pixels[i] = MIN (255, (pixels[i] >> 16 & 0xff) * 255 / alpha) << 16 |
                    MIN (255, (pixels[i] >> 8 & 0xff) * 255 / alpha) << 8 |
                    MIN (255, (pixels[i] & 0xff) * 255 / alpha);
    }
  if (self->space == cmsSigGrayData)
    convert_grey (self, pixels, n);
  else
    cmsDoTransform (self->transform, pixels, pixels, (cmsUInt32Number) n);
  if (opaque)
    set_opaque (pixels, n);
  else
    for (gsize i = 0; i < n; i++)
      pixels[i] = baton_decode_premultiply (
          pixels[i] >> 16 & 0xff, pixels[i] >> 8 & 0xff, pixels[i] & 0xff, alphas[i]);
}

void
baton_decode_colour_pixels (const BatonDecodeColour *self, guint32 *pixels, gsize n)
{
  if (self == NULL || self->transform == NULL || self->space == cmsSigCmykData)
    return;
  for (gsize at = 0; at < n; at += STEP)
    convert (self, pixels + at, MIN (STEP, n - at));
}
