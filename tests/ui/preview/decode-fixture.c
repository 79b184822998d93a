/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "decode-fixture.h"

void
decode_set_up (DecodeFixture *f, gconstpointer data)
{
  f->decoder = baton_decoder_new (g_getenv ("BATON_DECODE"));
  f->folder = files_folder_new ();
}

void
decode_tear_down (DecodeFixture *f, gconstpointer data)
{
  g_clear_object (&f->decoder);
  files_folder_remove (g_steal_pointer (&f->folder));
}

void
decode_done_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

BatonDecoded *
decode (BatonDecoder *decoder, const BatonDecodeAsk *ask, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  baton_decoder_decode_async (decoder, ask, BATON_DECODE_NOW, NULL, decode_done_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return baton_decoder_decode_finish (decoder, result, error);
}

BatonDecoded *
decode_path (DecodeFixture *f, const char *path, int page, int width, int height)
{
  BatonDecodeAsk ask = { .path = path, .page = page, .frame = page, .width = width, .height = height };
  g_autoptr (GError) error = NULL;
  BatonDecoded *decoded = decode (f->decoder, &ask, &error);

  g_assert_no_error (error);
  return decoded;
}

BatonDecodeStatus
decode_refusal (DecodeFixture *f, const char *path)
{
  BatonDecodeAsk ask = { .path = path, .width = 400, .height = 400 };
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonDecoded) decoded = decode (f->decoder, &ask, &error);

  g_assert_null (decoded);
  g_assert_true (error->domain == BATON_DECODER_ERROR);
  g_assert_cmpstr (error->message, !=, "");
  return (BatonDecodeStatus) error->code;
}

guint32
decode_pixel_at (BatonDecoded *decoded, double along, double down)
{
  cairo_surface_t *surface = baton_picture_surface (decoded->picture);
  int x = (int) (along * cairo_image_surface_get_width (surface));
  int y = (int) (down * cairo_image_surface_get_height (surface));
  const guchar *row = cairo_image_surface_get_data (surface) + y * cairo_image_surface_get_stride (surface);

  return ((const guint32 *) row)[x];
}

void
decode_assert_color (BatonDecoded *decoded, double along, double down, guint32 wanted)
{
  guint32 found = decode_pixel_at (decoded, along, down);

  for (int shift = 0; shift < 32; shift += 8)
    {
      int difference = (int) (found >> shift & 0xff) - (int) (wanted >> shift & 0xff);

      if (ABS (difference) > 12)
        g_error ("at %g, %g: found %08x, wanted %08x", along, down, found, wanted);
    }
}

void
decode_assert_picture (BatonDecoded *decoded, int full_width, int full_height)
{
  g_assert_cmpint (baton_picture_width (decoded->picture), ==, full_width);
  g_assert_cmpint (baton_picture_height (decoded->picture), ==, full_height);
  decode_assert_color (decoded, 0.3, 0.1, 0xffffffff);
  decode_assert_color (decoded, 0.2, 0.7, 0xffff0000);
}
