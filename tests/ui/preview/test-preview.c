/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "files.h"
#include "fixture.h"
#include "preview-view.h"
#include "thumbnails.h"

#include <glib/gstdio.h>

typedef struct
{
  char *folder;
  GtkWidget *window;
  BatonPreviewView *view;
  guint loaded;
} Preview;

static void
loaded_cb (BatonPreviewView *view, Preview *f)
{
  f->loaded++;
}

static void
set_up (Preview *f, gconstpointer data)
{
  f->folder = files_folder_new ();
  f->window = gtk_window_new ();
  f->view = BATON_PREVIEW_VIEW (
      baton_preview_view_new (NULL, BATON_INPUT_KEYS | BATON_INPUT_WHEEL | BATON_INPUT_DRAG));
  f->loaded = 0;
  g_signal_connect (f->view, "loaded", G_CALLBACK (loaded_cb), f);
  gtk_window_set_default_size (GTK_WINDOW (f->window), 700, 600);
  gtk_window_set_child (GTK_WINDOW (f->window), GTK_WIDGET (f->view));
  gtk_window_present (GTK_WINDOW (f->window));
  fixture_settle (f->window);
}

static void
tear_down (Preview *f, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (f->window));
  files_folder_remove (g_steal_pointer (&f->folder));
}

static void
wait_loaded (Preview *f, guint wanted)
{
  gint64 end = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  while (f->loaded < wanted && g_get_monotonic_time () < end)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (500);
    }
  g_assert_cmpuint (f->loaded, >=, wanted);
}

static void
show (Preview *f, const char *path, const char *hash)
{
  g_autofree char *type = path != NULL ? g_content_type_guess (path, NULL, 0, NULL) : NULL;
  g_autofree char *name = path != NULL ? g_path_get_basename (path) : g_strdup ("gone.png");
  guint before = f->loaded;

  baton_preview_view_show (
      f->view, &(BatonPreviewFile){ .path = path, .hash = hash, .name = name, .media = type, .size = 1234 });
  wait_loaded (f, before + 1);
  fixture_settle (f->window);
}

static void
test_kinds (Preview *f, gconstpointer data)
{
  g_autofree char *png = files_picture (f->folder, "a.png", "png", 320, 200, FALSE);
  g_autofree char *svg = files_svg (f->folder, "a.svg", 30, 20);
  g_autofree char *pdf = files_pdf (f->folder, "a.pdf", 3);
  g_autofree char *text = files_write_text (f->folder, "a.txt", "Spring is here.\n");
  g_autofree char *markdown = files_write_text (f->folder, "a.md", "# Spring\n\nis *here*.\n");
  g_autofree char *noise = files_write_text (f->folder, "a.psd", "8BPS and then something else");
  g_autofree char *empty = files_write_text (f->folder, "empty.png", "");

  show (f, png, "1");
  g_assert_cmpstr (baton_preview_view_showing (f->view), ==, "picture");
  g_assert_true (g_str_has_prefix (baton_preview_view_facts (f->view), "320 × 200"));
  show (f, svg, "2");
  g_assert_cmpstr (baton_preview_view_showing (f->view), ==, "picture");
  show (f, pdf, "3");
  g_assert_true (g_str_has_prefix (baton_preview_view_facts (f->view), "3 pages"));
  show (f, text, "4");
  g_assert_cmpstr (baton_preview_view_showing (f->view), ==, "text");
  show (f, markdown, "5");
  g_assert_cmpstr (baton_preview_view_showing (f->view), ==, "text");
  show (f, noise, "6");
  g_assert_cmpstr (baton_preview_view_showing (f->view), ==, "other");
  show (f, empty, "7");
  g_assert_cmpstr (baton_preview_view_showing (f->view), ==, "other");
  show (f, NULL, "8");
  g_assert_cmpstr (baton_preview_view_showing (f->view), ==, "other");
  show (f, png, "1");
  g_assert_cmpstr (baton_preview_view_showing (f->view), ==, "picture");
}

static void
assert_fact (Preview *f, const char *line)
{
  g_autofree char *text = baton_preview_facts_text (baton_preview_view_file_facts (f->view));

  if (strstr (text, line) == NULL)
    g_error ("no “%s” in %s", line, text);
}

/* All that is known about a file, in words; an untagged picture is said to be taken for sRGB. */
static void
test_facts (Preview *f, gconstpointer data)
{
  g_autofree char *png = files_picture (f->folder, "a.png", "png", 320, 200, FALSE);
  g_autofree char *pdf = files_pdf (f->folder, "a.pdf", 3);
  g_autofree char *noise = files_write_text (f->folder, "a.psd", "8BPS and then something else");

  show (f, png, "aaaa");
  assert_fact (f, "Name: a.png\n");
  assert_fact (f, "Type: PNG (image/png)\n");
  assert_fact (f, "Size: ");
  assert_fact (f, "Pixels: 320 × 200\n");
  assert_fact (f, "Colours: RGB, 8 bits\n");
  assert_fact (f, "Colour profile: None: shown as sRGB\n");
  assert_fact (f, "Hash (BLAKE2b): aaaa\n");
  show (f, pdf, "bbbb");
  assert_fact (f, "Pages: 3\n");
  assert_fact (f, "Hash (BLAKE2b): bbbb\n");
  show (f, noise, "cccc");
  assert_fact (f, "Name: a.psd\n");
  assert_fact (f, "Hash (BLAKE2b): cccc\n");
}

/* More pixels come when somebody looks closer, and nothing moves when they do. */
static void
test_detail (Preview *f, gconstpointer data)
{
  g_autofree char *path = files_picture (f->folder, "a.jpg", "jpeg", 4000, 3000, FALSE);
  BatonImageView *view = baton_picture_pane_view (baton_preview_view_picture (f->view));
  graphene_rect_t before, after;

  show (f, path, "large");
  g_assert_cmpfloat (baton_picture_detail (baton_image_view_picture (view)), <, 0.9);
  gtk_widget_activate_action (GTK_WIDGET (f->view), "preview.actual", NULL);
  g_assert_true (baton_image_view_place (view, &before));
  g_assert_cmpfloat (baton_image_view_zoom (view), ==, 1);
  wait_loaded (f, 2);
  g_assert_cmpfloat (baton_picture_detail (baton_image_view_picture (view)), ==, 1);
  g_assert_true (baton_image_view_place (view, &after));
  g_assert_true (graphene_rect_equal (&before, &after));
  gtk_widget_activate_action (GTK_WIDGET (f->view), "preview.fit", NULL);
  g_assert_cmpfloat (baton_image_view_zoom (view), <, 0.3);
}

static void
test_drawing_detail (Preview *f, gconstpointer data)
{
  g_autofree char *path = files_svg (f->folder, "a.svg", 100, 100);
  BatonImageView *view = baton_picture_pane_view (baton_preview_view_picture (f->view));

  show (f, path, "drawing");
  baton_viewport_set_view (baton_image_view_viewport (view), 20, 0.5, 0.5);
  wait_loaded (f, 2);
  g_assert_cmpfloat (baton_picture_detail (baton_image_view_picture (view)), >=, 20);
}

/* What was seen before needs neither a helper nor a turn of the main loop. */
static void
test_seen (Preview *f, gconstpointer data)
{
  g_autofree char *one = files_picture (f->folder, "1.png", "png", 600, 400, FALSE);
  g_autofree char *two = files_picture (f->folder, "2.png", "png", 400, 600, FALSE);
  BatonImageView *view = baton_picture_pane_view (baton_preview_view_picture (f->view));

  show (f, one, "v1");
  show (f, two, "v2");
  g_unlink (one);
  for (int i = 0; i < 6; i++)
    {
      baton_preview_view_show (f->view, &(BatonPreviewFile){ .path = i % 2 ? two : one,
                                            .hash = i % 2 ? "v2" : "v1",
                                            .name = "x.png",
                                            .media = "image/png" });
      g_assert_cmpint (baton_picture_width (baton_image_view_picture (view)), ==, i % 2 ? 400 : 600);
      g_assert_cmpstr (baton_preview_view_showing (f->view), ==, "picture");
    }
}

static void
test_pages (Preview *f, gconstpointer data)
{
  g_autofree char *path = files_pdf (f->folder, "a.pdf", 40);
  BatonViewport *viewport = baton_preview_view_viewport (f->view);

  baton_preview_view_show (f->view, &(BatonPreviewFile){ .path = path,
                                        .hash = "pages",
                                        .name = "a.pdf",
                                        .media = "application/pdf",
                                        .label = "Flyer, version 2" });
  wait_loaded (f, 1);
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (f->view), GTK_ACCESSIBLE_PROPERTY_LABEL, "Flyer, version 2, page 1 of 40");
  baton_viewport_set_page (viewport, 30);
  wait_loaded (f, 2);
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (f->view), GTK_ACCESSIBLE_PROPERTY_LABEL, "Flyer, version 2, page 31 of 40");
  gtk_test_accessible_assert_role (
      GTK_ACCESSIBLE (baton_picture_pane_view (baton_preview_view_picture (f->view))),
      GTK_ACCESSIBLE_ROLE_IMG);
}

static void
test_animation (Preview *f, gconstpointer data)
{
  g_autofree char *path = files_gif (f->folder, "a.gif", 5);
  BatonPicturePane *pane = baton_preview_view_picture (f->view);
  BatonPicture *first;

  show (f, path, "moving");
  g_assert_true (baton_picture_pane_is_animated (pane));
  first = baton_image_view_picture (baton_picture_pane_view (pane));
  if (!baton_picture_pane_is_playing (pane))
    baton_picture_pane_set_playing (pane, TRUE);
  for (int i = 0; i < 100 && baton_image_view_picture (baton_picture_pane_view (pane)) == first; i++)
    fixture_wait (20);
  g_assert_true (baton_image_view_picture (baton_picture_pane_view (pane)) != first);
  gtk_widget_activate_action (GTK_WIDGET (f->view), "preview.play", NULL);
  g_assert_false (baton_picture_pane_is_playing (pane));
}

static void
test_video (Preview *f, gconstpointer data)
{
  g_autofree char *path = files_video (f->folder, "a.mp4", 2);
  BatonMediaPane *media = baton_preview_view_media (f->view);
  GtkMediaStream *stream;

  if (path == NULL)
    {
      g_test_skip ("ffmpeg cannot make a video here");
      return;
    }
  show (f, path, "video");
  if (g_str_equal (baton_preview_view_showing (f->view), "other"))
    {
      g_test_skip ("no GStreamer plug-in for it");
      return;
    }
  g_assert_cmpstr (baton_preview_view_showing (f->view), ==, "media");
  g_assert_true (g_str_has_prefix (baton_preview_view_facts (f->view), "0:02"));
  stream = baton_media_pane_stream (media);
  baton_viewport_set_time (baton_preview_view_viewport (f->view), 1.2);
  for (int i = 0; i < 200 && gtk_media_stream_get_timestamp (stream) < G_USEC_PER_SEC; i++)
    fixture_wait (20);
  g_assert_cmpint (gtk_media_stream_get_timestamp (stream), >=, G_USEC_PER_SEC);
  g_assert_false (gtk_media_stream_get_playing (stream));
}

static void
test_bad_video (Preview *f, gconstpointer data)
{
  g_autofree char *path = files_write_text (f->folder, "a.mp4", "this is no video at all");

  show (f, path, "no video");
  g_assert_cmpstr (baton_preview_view_showing (f->view), ==, "other");
}

static void
test_fullscreen (Preview *f, gconstpointer data)
{
  g_autofree char *path = files_picture (f->folder, "a.png", "png", 300, 300, FALSE);
  GListModel *windows = gtk_window_get_toplevels ();

  show (f, path, "full");
  gtk_widget_activate_action (GTK_WIDGET (f->view), "preview.fullscreen", NULL);
  g_assert_cmpuint (g_list_model_get_n_items (windows), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (GTK_WIDGET (window) == f->window)
        continue;
      fixture_wait (200);
      g_assert_true (gtk_window_is_fullscreen (window));
      gtk_window_destroy (window);
      break;
    }
}

/* Shown and gone again in every state, with helpers at work. */
static void
test_gone (Preview *f, gconstpointer data)
{
  g_autofree char *path = files_picture (f->folder, "a.png", "png", 1500, 1500, FALSE);
  g_autofree char *pdf = files_pdf (f->folder, "a.pdf", 10);

  for (int i = 0; i < 20; i++)
    {
      GtkWidget *window = gtk_window_new ();
      GtkWidget *view = baton_preview_view_new (NULL, BATON_INPUT_KEYS);

      gtk_window_set_child (GTK_WINDOW (window), view);
      gtk_window_present (GTK_WINDOW (window));
      baton_preview_view_show (BATON_PREVIEW_VIEW (view),
          &(BatonPreviewFile){ .path = i % 2 ? path : pdf, .name = "a", .media = "image/png" });
      for (int turn = 0; turn < i * 4; turn++)
        g_main_context_iteration (NULL, FALSE);
      if (i % 3 == 0)
        baton_preview_view_show (BATON_PREVIEW_VIEW (view), NULL);
      gtk_window_destroy (GTK_WINDOW (window));
    }
  fixture_wait (500);
}

static void
picture_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static BatonPicture *
load_thumbnail (BatonThumbnails *thumbnails, const char *hash, const char *path, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  baton_thumbnails_load_async (thumbnails, hash, path, BATON_THUMBNAIL_WIDTH, NULL, picture_cb, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return baton_thumbnails_load_finish (thumbnails, result, error);
}

/* Made once, then read from the disk, even when the file is gone; what cannot be made is not tried again. */
static void
test_thumbnails (Preview *f, gconstpointer data)
{
  g_autofree char *path = files_picture (f->folder, "a.png", "png", 1600, 800, TRUE);
  g_autofree char *noise = files_write_text (f->folder, "noise.png", "no picture");
  g_autofree char *cache = g_build_filename (f->folder, "cache", NULL);
  g_autofree char *kept = g_build_filename (cache, "hash-320-2", NULL);
  /* Made before colours were managed: never looked at again. */
  g_autofree char *old =
      g_mkdir (cache, 0700) == 0 ? files_picture (cache, "hash-320", "png", 10, 10, FALSE) : NULL;
  BatonDecoder *decoder = baton_decoder_get_default ();
  g_autoptr (BatonThumbnails) first = baton_thumbnails_new (decoder, cache);
  g_autoptr (BatonThumbnails) second = baton_thumbnails_new (decoder, cache);
  g_autoptr (BatonPicture) made = load_thumbnail (first, "hash", path, NULL);
  g_autoptr (BatonPicture) read = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (baton_picture_width (made), ==, 1600);
  g_assert_cmpfloat_with_epsilon (baton_picture_detail (made), 0.2, 0.001);
  g_assert_true (baton_thumbnails_peek (first, "hash", BATON_THUMBNAIL_WIDTH) == made);
  for (int i = 0; i < 100 && !g_file_test (kept, G_FILE_TEST_EXISTS); i++)
    fixture_wait (20);
  g_unlink (path);
  read = load_thumbnail (second, "hash", path, &error);
  g_assert_no_error (error);
  g_assert_cmpint (baton_picture_width (read), ==, 320);
  g_assert_false (baton_picture_is_opaque (read));
  g_assert_null (load_thumbnail (first, "noise", noise, &error));
  g_assert_error (error, BATON_DECODER_ERROR, (int) BATON_DECODE_UNKNOWN);
  g_assert_true (baton_thumbnails_is_hopeless (first, "noise"));
  g_assert_false (baton_thumbnails_is_hopeless (first, "hash"));
}

/* What came into view last is there first; what went out of view is not made. */
static void
test_thumbnail_order (Preview *f, gconstpointer data)
{
  g_autofree char *cache = g_build_filename (f->folder, "cache", NULL);
  g_autoptr (BatonThumbnails) thumbnails = baton_thumbnails_new (baton_decoder_get_default (), cache);
  g_autoptr (GCancellable) gone = g_cancellable_new ();
  GAsyncResult *results[30] = { NULL };
  guint made = 0, before = 0;

  for (guint i = 0; i < 30; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.png", i);
      g_autofree char *path = files_picture (f->folder, name, "png", 800, 800, FALSE);

      baton_thumbnails_load_async (thumbnails, name, path, BATON_THUMBNAIL_WIDTH,
          i >= 10 && i < 20 ? gone : NULL, picture_cb, &results[i]);
    }
  g_cancellable_cancel (gone);
  while (results[29] == NULL)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 4; i < 29; i++)
    before += results[i] != NULL;
  g_assert_cmpuint (before, <=, 3);
  for (guint i = 0; i < 30; i++)
    {
      g_autoptr (BatonPicture) picture = NULL;

      while (results[i] == NULL)
        g_main_context_iteration (NULL, TRUE);
      picture = baton_thumbnails_load_finish (thumbnails, results[i], NULL);
      g_assert_true ((picture != NULL) == (i < 10 || i >= 20));
      made += picture != NULL;
      g_object_unref (results[i]);
    }
  g_assert_cmpuint (made, ==, 20);
}

#define ADD(name, func) g_test_add ("/preview/view/" name, Preview, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  fixture_init (&argc, &argv);
  ADD ("kinds", test_kinds);
  ADD ("facts", test_facts);
  ADD ("detail", test_detail);
  ADD ("drawing-detail", test_drawing_detail);
  ADD ("seen", test_seen);
  ADD ("pages", test_pages);
  ADD ("animation", test_animation);
  ADD ("video", test_video);
  ADD ("bad-video", test_bad_video);
  ADD ("fullscreen", test_fullscreen);
  ADD ("gone", test_gone);
  ADD ("thumbnails", test_thumbnails);
  ADD ("thumbnail-order", test_thumbnail_order);
  return g_test_run ();
}
