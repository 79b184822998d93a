/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "decode-fixture.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The helper process: killed, missing, without its sandbox, and asked for many things at once. */

static void
test_killed (DecodeFixture *f, gconstpointer data)
{
  g_autofree char *path = files_picture (f->folder, "a.png", "png", 2000, 2000, FALSE);

  for (int i = 0; i < 5; i++)
    {
      BatonDecodeAsk ask = { .path = path, .width = 400, .height = 400 };
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (BatonDecoded) decoded = NULL;
      g_autoptr (BatonDecoded) again = NULL;
      g_autoptr (GError) error = NULL;

      baton_decoder_decode_async (f->decoder, &ask, BATON_DECODE_NOW, NULL, decode_done_cb, &result);
      for (int turn = 0; turn < i * 3 && result == NULL; turn++)
        g_main_context_iteration (NULL, FALSE);
      baton_decoder_kill (f->decoder);
      while (result == NULL)
        g_main_context_iteration (NULL, TRUE);
      decoded = baton_decoder_decode_finish (f->decoder, result, &error);
      if (decoded == NULL)
        g_assert_error (error, BATON_DECODER_ERROR, (int) BATON_DECODE_CRASHED);
      again = decode (f->decoder, &ask, NULL);
      g_assert_nonnull (again);
    }
}

/* A helper that says hello and then nothing, one that ends at once, one that is not there. */
static void
test_bad_helpers (DecodeFixture *f, gconstpointer data)
{
  g_autofree char *path = files_picture (f->folder, "a.png", "png", 64, 64, FALSE);
  BatonDecodeAsk ask = { .path = path };
  g_autofree char *ends = files_write_text (f->folder, "ends", "#!/bin/sh\nexit 1\n");
  g_autofree char *missing = g_build_filename (f->folder, "missing", NULL);
  const char *helpers[] = { ends, missing };

  g_chmod (ends, 0755);
  for (guint i = 0; i < G_N_ELEMENTS (helpers); i++)
    {
      g_autoptr (BatonDecoder) decoder = baton_decoder_new (helpers[i]);
      g_autoptr (GError) error = NULL;

      g_assert_null (decode (decoder, &ask, &error));
      g_assert_error (error, BATON_DECODER_ERROR, (int) BATON_DECODE_NO_HELPER);
    }
  {
    g_autoptr (BatonDecoder) decoder = baton_decoder_new (g_getenv ("BATON_HUNG_DECODER"));
    g_autoptr (GError) error = NULL;
    gint64 start = g_get_monotonic_time ();

    baton_decoder_set_timeout (decoder, 300);
    g_assert_null (decode (decoder, &ask, &error));
    g_assert_error (error, BATON_DECODER_ERROR, (int) BATON_DECODE_TIMEOUT);
    g_assert_cmpint (g_get_monotonic_time () - start, <, 5 * G_USEC_PER_SEC);
  }
}

static void
test_without_bwrap (DecodeFixture *f, gconstpointer data)
{
  g_autofree char *path = files_pdf (f->folder, "a.pdf", 1);
  g_autoptr (BatonDecoded) decoded = NULL;

  baton_decoder_set_sandbox (f->decoder, FALSE);
  decoded = decode_path (f, path, 0, 300, 300);
  g_assert_nonnull (decoded);
  g_assert_false (baton_decoder_is_sandboxed (f->decoder));
}

/* A bubblewrap that is there but not allowed, as in containers and where user namespaces are switched off. */
static void
test_bwrap_refused (DecodeFixture *f, gconstpointer data)
{
  g_autofree char *path = files_picture (f->folder, "a.png", "png", 200, 200, FALSE);
  g_autofree char *refused = files_write_text (f->folder, "bwrap", "#!/bin/sh\nexit 1\n");
  g_autofree char *before = g_strdup (g_getenv ("PATH"));
  g_autofree char *with = g_strdup_printf ("%s:%s", f->folder, before);
  g_autoptr (BatonDecoder) decoder = NULL;
  GAsyncResult *results[6] = { NULL };
  BatonDecodeAsk ask = { .path = path, .width = 100, .height = 100 };

  g_chmod (refused, 0755);
  g_setenv ("PATH", with, TRUE);
  decoder = baton_decoder_new (g_getenv ("BATON_DECODE"));
  g_setenv ("PATH", before, TRUE);
  g_assert_true (baton_decoder_is_sandboxed (decoder));
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    baton_decoder_decode_async (decoder, &ask, BATON_DECODE_NOW, NULL, decode_done_cb, &results[i]);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BatonDecoded) decoded = NULL;

      while (results[i] == NULL)
        g_main_context_iteration (NULL, TRUE);
      decoded = baton_decoder_decode_finish (decoder, results[i], &error);
      g_assert_no_error (error);
      g_assert_nonnull (decoded);
      g_object_unref (results[i]);
    }
  g_assert_false (baton_decoder_is_sandboxed (decoder));
}

static void
test_cancel_and_order (DecodeFixture *f, gconstpointer data)
{
  g_autofree char *path = files_picture (f->folder, "a.png", "png", 1500, 1500, FALSE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GAsyncResult *results[12] = { NULL };
  BatonDecodeAsk ask = { .path = path, .width = 100, .height = 100 };
  guint done = 0;

  for (guint i = 0; i < 10; i++)
    baton_decoder_decode_async (
        f->decoder, &ask, BATON_DECODE_LATER, cancellable, decode_done_cb, &results[i]);
  baton_decoder_decode_async (f->decoder, &ask, BATON_DECODE_NOW, NULL, decode_done_cb, &results[10]);
  while (results[10] == NULL)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < 10; i++)
    done += results[i] != NULL;
  /* Two may have been on their way already, and the other helper goes on meanwhile; behind all it would be
   * last. */
  g_assert_cmpuint (done, <=, 7);
  g_cancellable_cancel (cancellable);
  baton_decoder_decode_async (f->decoder, &ask, BATON_DECODE_NOW, NULL, decode_done_cb, &results[11]);
  for (guint i = 0; i < 12; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BatonDecoded) decoded = NULL;

      while (results[i] == NULL)
        g_main_context_iteration (NULL, TRUE);
      decoded = baton_decoder_decode_finish (f->decoder, results[i], &error);
      if (i >= 10)
        g_assert_nonnull (decoded);
      else if (decoded == NULL)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_object_unref (results[i]);
    }
}

static void
test_kept (DecodeFixture *f, gconstpointer data)
{
  g_autofree char *path = files_picture (f->folder, "a.png", "png", 300, 300, FALSE);
  BatonDecodeAsk ask = { .path = path, .key = "hash-of-it", .width = 100, .height = 100 };
  g_autoptr (BatonDecoded) first = NULL;
  g_autoptr (BatonDecoded) kept = NULL;

  g_assert_null (baton_decoder_peek (f->decoder, &ask));
  first = decode (f->decoder, &ask, NULL);
  g_unlink (path);
  kept = baton_decoder_peek (f->decoder, &ask);
  g_assert_true (kept == first);
  ask.page = 1;
  g_assert_null (baton_decoder_peek (f->decoder, &ask));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (g_getenv ("BATON_DECODE") == NULL)
    g_error ("BATON_DECODE names the helper");
  DECODE_ADD ("killed", test_killed);
  DECODE_ADD ("bad-helpers", test_bad_helpers);
  DECODE_ADD ("without-bwrap", test_without_bwrap);
  DECODE_ADD ("bwrap-refused", test_bwrap_refused);
  DECODE_ADD ("cancel-and-order", test_cancel_and_order);
  DECODE_ADD ("kept", test_kept);
  return g_test_run ();
}
