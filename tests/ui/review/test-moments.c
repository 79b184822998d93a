/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "files.h"
#include "media-stream.h"
#include "pixels.h"
#include "review-fixture.h"
#include "review-ops.h"
#include "text-editor.h"

#include <string.h>

#define FRAME 40000 /* us */

/* Video in a review: played, stepped, compared, and marked in time, with real widgets. */

typedef struct
{
  ReviewFixture base;
  char *files;
  char *card, *asset, *versions[2];
  char *carried; /* a comment on a moment of the first version */
} Video;

static gboolean
press (Video *v, guint key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (v->base.view));
  gboolean taken = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !taken; i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
        g_signal_emit_by_name (controller, "key-pressed", key, 0, 0, &taken);
    }
  return taken;
}

static BatonMediaPane *
pane (Video *v, gboolean older)
{
  return baton_compare_media_pane (
      baton_compare_view_media (baton_review_view_compare (v->base.view)), older);
}

static GtkMediaStream *
stream (Video *v, gboolean older)
{
  return baton_media_pane_stream (pane (v, older));
}

static gboolean
is_quiet (ReviewFixture *f, gpointer data)
{
  Video *v = (Video *) f;

  for (int i = 0; i < 2; i++)
    {
      GtkMediaStream *one = stream (v, i == 1);

      if (one == NULL || gtk_media_stream_get_error (one) != NULL || !gtk_media_stream_is_prepared (one) ||
          !baton_media_stream_is_settled (BATON_MEDIA_STREAM (one)))
        return FALSE;
    }
  return gtk_media_stream_get_timestamp (stream (v, FALSE)) ==
         gtk_media_stream_get_timestamp (stream (v, TRUE));
}

static gboolean
is_first_settled (ReviewFixture *f, gpointer data)
{
  GtkMediaStream *one = stream ((Video *) f, FALSE);

  return one != NULL && gtk_media_stream_is_prepared (one) &&
         baton_media_stream_is_settled (BATON_MEDIA_STREAM (one));
}

/* Both have come to rest at the same frame. */
static void
rest (Video *v)
{
  ui_spin (150);
  review_until (&v->base, is_quiet, NULL, "both videos at rest");
}

static gint64
now_of (Video *v)
{
  return gtk_media_stream_get_timestamp (stream (v, FALSE));
}

static void
add_version (Video *v, int i, const char *path)
{
  g_autoptr (GBytes) bytes = NULL;
  char *data;
  gsize size;

  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  bytes = g_bytes_new_take (data, size);
  v->versions[i] = review_add_version (
      &v->base, v->asset, i > 0 ? v->versions[i - 1] : NULL, "teaser.mp4", "video/mp4", bytes);
}

/* Lea's, on the newest version of that time. */
static void
add_carried (Video *v)
{
  g_autoptr (BatonMark) mark = baton_mark_new_span (BATON_MARK_MOMENT, 3, 3);

  review_perform_as (&v->base, v->base.lea,
      baton_review_op_comment (
          v->card, v->versions[0], mark, 0, "The logo comes late", NULL, NULL, &v->carried));
}

/* FALSE: ffmpeg or a plug-in is missing, and the test is skipped. */
static gboolean
open_video (Video *v)
{
  g_autofree char *first = NULL, *second = NULL;

  *v = (Video){ .files = files_folder_new () };
  first = files_colours (v->files, "a.mp4");
  second = files_video (v->files, "b.mp4", 4);
  if (first == NULL || second == NULL)
    {
      g_test_skip ("ffmpeg cannot make it here");
      files_folder_remove (v->files);
      return FALSE;
    }
  review_fixture_open (&v->base, TRUE);
  review_add_asset (&v->base, "Teaser", "teaser.mp4", &v->card, &v->asset);
  add_version (v, 0, first);
  add_carried (v);
  add_version (v, 1, second);
  baton_review_view_show_asset (v->base.view, v->asset);
  review_until (&v->base, is_first_settled, NULL, "the video");
  rest (v);
  baton_review_view_focus (v->base.view);
  return TRUE;
}

static void
close_video (Video *v)
{
  review_fixture_close (&v->base);
  files_folder_remove (v->files);
  g_free (v->carried);
}

static void
write_comment (Video *v, const char *text)
{
  GtkWidget *focus = gtk_window_get_focus (v->base.window);

  g_assert_true (GTK_IS_TEXT_VIEW (focus));
  gtk_text_buffer_insert_at_cursor (gtk_text_view_get_buffer (GTK_TEXT_VIEW (focus)), text, -1);
  review_forget (&v->base);
  g_signal_emit_by_name (gtk_widget_get_ancestor (focus, BATON_TYPE_TEXT_EDITOR), "submit");
  review_expect (&v->base, "comment.add");
  gtk_window_set_focus (v->base.window, NULL);
}

static gboolean
has_mark (ReviewFixture *f, gpointer id)
{
  return baton_time_marks_find (baton_media_pane_marks (pane ((Video *) f, FALSE)), id) != NULL;
}

/* The thread whose first words these are. */
static const BatonThread *
thread_of (Video *v, const char *text, GPtrArray *threads)
{
  for (guint i = 0; i < threads->len; i++)
    {
      const BatonThread *thread = g_ptr_array_index (threads, i);

      if (g_strcmp0 (baton_row_text (thread->comment, BATON_COMMENT_TEXT), text) == 0)
        return thread;
    }
  return NULL;
}

static gboolean
has_thread (ReviewFixture *f, gpointer text)
{
  BatonReviewModel *model = baton_review_view_model (f->view);
  g_autoptr (GPtrArray) threads = baton_review_model_threads (model, baton_review_model_subject (model));

  return thread_of ((Video *) f, text, threads) != NULL;
}

/* Gives the id of a comment, and wants its mark to be this. */
static char *
assert_thread (Video *v, const char *text, BatonMarkShape shape, double from, double to)
{
  BatonReviewModel *model = baton_review_view_model (v->base.view);
  g_autoptr (GPtrArray) threads = NULL;
  const BatonThread *thread;

  review_until (&v->base, has_thread, (gpointer) text, text);
  threads = baton_review_model_threads (model, baton_review_model_subject (model));
  thread = thread_of (v, text, threads);
  g_assert_nonnull (thread->mark);
  g_assert_cmpint (thread->mark->shape, ==, shape);
  g_assert_cmpfloat_with_epsilon (thread->mark->from, from, 1e-6);
  g_assert_cmpfloat_with_epsilon (thread->mark->to, to, 1e-6);
  g_assert_cmpstr (thread->version->id, ==, v->versions[1]);
  return g_strdup (thread->comment->id);
}

static void
test_step_and_compare (void)
{
  Video v;

  if (!open_video (&v))
    return;
  g_assert_cmpint (now_of (&v), ==, 0);
  g_assert_true (press (&v, GDK_KEY_period));
  rest (&v);
  g_assert_cmpint (now_of (&v), ==, FRAME);
  for (int i = 0; i < 4; i++)
    press (&v, GDK_KEY_period);
  rest (&v);
  g_assert_cmpint (now_of (&v), ==, 5 * FRAME);
  press (&v, GDK_KEY_comma);
  rest (&v);
  g_assert_cmpint (now_of (&v), ==, 4 * FRAME);
  press (&v, GDK_KEY_Right);
  rest (&v);
  g_assert_cmpint (now_of (&v), ==, 29 * FRAME);
  g_assert_true (press (&v, GDK_KEY_space));
  g_assert_true (gtk_media_stream_get_playing (stream (&v, FALSE)));
  ui_spin (900);
  press (&v, GDK_KEY_space);
  g_assert_false (gtk_media_stream_get_playing (stream (&v, FALSE)));
  g_assert_false (gtk_media_stream_get_playing (stream (&v, TRUE)));
  rest (&v);
  g_assert_cmpint (now_of (&v), >, 35 * FRAME);
  g_assert_cmpint (now_of (&v), <, 80 * FRAME);
  g_assert_false (gtk_media_stream_get_muted (stream (&v, FALSE)));
  g_assert_true (gtk_media_stream_get_muted (stream (&v, TRUE)));
  press (&v, GDK_KEY_M);
  g_assert_true (gtk_media_stream_get_muted (stream (&v, FALSE)));
  close_video (&v);
}

static void
test_marks (void)
{
  g_autofree char *moment = NULL, *range = NULL;
  BatonTimeMarks *marks;
  Video v;

  if (!open_video (&v))
    return;
  marks = baton_media_pane_marks (pane (&v, FALSE));
  /* What was said about the version before is carried along. */
  review_until (&v.base, has_mark, v.carried, "the carried mark");
  g_assert_true (baton_time_marks_find (marks, v.carried)->carried);
  g_assert_nonnull (strstr (baton_time_marks_find (marks, v.carried)->label, "0:03.00"));
  for (int i = 0; i < 10; i++)
    press (&v, GDK_KEY_period);
  rest (&v);
  g_assert_true (press (&v, GDK_KEY_m));
  write_comment (&v, "Cut here");
  moment = assert_thread (&v, "Cut here", BATON_MARK_MOMENT, 0.4, 0.4);
  review_until (&v.base, has_mark, moment, "the mark of the moment");
  g_assert_false (baton_time_marks_find (marks, moment)->carried);
  /* The end first, then the beginning: it is a stretch all the same. */
  press (&v, GDK_KEY_Right);
  rest (&v);
  g_assert_true (press (&v, GDK_KEY_o));
  for (int i = 0; i < 5; i++)
    press (&v, GDK_KEY_comma);
  rest (&v);
  g_assert_true (press (&v, GDK_KEY_i));
  write_comment (&v, "Too loud");
  range = assert_thread (&v, "Too loud", BATON_MARK_RANGE, 1.2, 1.4);
  review_until (&v.base, has_mark, range, "the mark of the stretch");
  close_video (&v);
}

/* From the words to the moment, and from the mark to the words. */
static void
test_jump (void)
{
  g_autofree char *moment = NULL;
  BatonConversation *conversation;
  BatonTimeMarks *marks;
  GtkWidget *button;
  Video v;

  if (!open_video (&v))
    return;
  marks = baton_media_pane_marks (pane (&v, FALSE));
  press (&v, GDK_KEY_Right);
  rest (&v);
  press (&v, GDK_KEY_m);
  write_comment (&v, "Here");
  moment = assert_thread (&v, "Here", BATON_MARK_MOMENT, 1, 1);
  review_until (&v.base, has_mark, moment, "the mark");
  conversation = baton_review_side_conversation (baton_review_view_side (v.base.view));
  g_signal_emit_by_name (conversation, "chosen", v.carried);
  rest (&v);
  g_assert_cmpint (now_of (&v), ==, 75 * FRAME);
  button = baton_time_marks_button (marks, moment);
  g_assert_nonnull (button);
  g_signal_emit_by_name (button, "clicked");
  rest (&v);
  g_assert_cmpint (now_of (&v), ==, 25 * FRAME);
  g_assert_cmpstr (baton_conversation_selected (conversation), ==, moment);
  gtk_window_set_focus (v.base.window, NULL);
  g_assert_true (press (&v, GDK_KEY_bracketright));
  rest (&v);
  g_assert_cmpint (now_of (&v), ==, 75 * FRAME);
  g_assert_cmpstr (baton_conversation_selected (conversation), ==, v.carried);
  close_video (&v);
}

static gboolean
is_handle (GtkWidget *widget, gconstpointer data)
{
  return g_str_equal (gtk_widget_get_css_name (widget), "slider");
}

/* A mark lies where its moment is, and is hit there. */
static void
test_place (void)
{
  BatonTimeMarks *marks;
  GtkWidget *button, *hit;
  graphene_rect_t bounds, place;
  GtkWidget *handle;
  double middle;
  Video v;

  if (!open_video (&v))
    return;
  marks = baton_media_pane_marks (pane (&v, FALSE));
  review_until (&v.base, has_mark, v.carried, "the carried mark");
  ui_spin (200);
  button = baton_time_marks_button (marks, v.carried);
  g_assert_true (gtk_widget_compute_bounds (button, GTK_WIDGET (marks), &bounds));
  middle = bounds.origin.x + bounds.size.width / 2;
  /* Over the middle of the scale's handle, when that is at the moment. */
  baton_media_pane_reveal (pane (&v, FALSE), v.carried);
  rest (&v);
  ui_spin (200);
  handle = ui_find (gtk_widget_get_parent (GTK_WIDGET (marks)), is_handle, NULL);
  g_assert_true (gtk_widget_compute_bounds (handle, GTK_WIDGET (marks), &place));
  g_assert_cmpfloat_with_epsilon (middle, place.origin.x + place.size.width / 2, 3);
  hit = gtk_widget_pick (
      GTK_WIDGET (marks), middle, bounds.origin.y + bounds.size.height / 2, GTK_PICK_DEFAULT);
  g_assert_true (hit == button || gtk_widget_is_ancestor (hit, button));
  hit = gtk_widget_pick (GTK_WIDGET (marks), middle / 2, bounds.origin.y + 4, GTK_PICK_DEFAULT);
  g_assert_true (hit != button);
  close_video (&v);
}

/* An older version plays, and takes no marks. */
static void
test_old_version (void)
{
  BatonVersionStrip *strip;
  Video v;

  if (!open_video (&v))
    return;
  strip = BATON_VERSION_STRIP (ui_find_type (v.base.view, BATON_TYPE_VERSION_STRIP, 0));
  g_signal_emit_by_name (strip, "shown", v.versions[0]);
  review_until (&v.base, is_first_settled, NULL, "the older video");
  review_forget (&v.base);
  press (&v, GDK_KEY_m);
  g_assert_null (
      baton_conversation_draft (baton_review_side_conversation (baton_review_view_side (v.base.view)), NULL));
  close_video (&v);
}

static gboolean
shows_pictures (ReviewFixture *f, gpointer data)
{
  return gtk_widget_get_mapped (
      GTK_WIDGET (baton_compare_view_picture (baton_review_view_compare (f->view), FALSE)));
}

static void
draw (Video *v, BatonMarkShape shape, guint key)
{
  BatonMarksLayer *marks = baton_review_view_marks (v->base.view);

  g_assert_true (press (v, key));
  g_assert_cmpint (baton_marks_layer_tool (marks), ==, shape);
  review_press_on (marks, GDK_KEY_space, 0);
  for (int i = 0; i < 3 && shape != BATON_MARK_POINT; i++)
    {
      review_press_on (marks, GDK_KEY_Right, GDK_SHIFT_MASK);
      review_press_on (marks, GDK_KEY_Down, GDK_SHIFT_MASK);
      if (shape == BATON_MARK_STROKE)
        review_press_on (marks, GDK_KEY_space, 0);
    }
  review_press_on (marks, shape == BATON_MARK_STROKE ? GDK_KEY_Return : GDK_KEY_space, 0);
  g_assert_cmpint (baton_marks_layer_tool (marks), ==, BATON_MARK_NONE);
}

static gboolean
has_pin (ReviewFixture *f, gpointer comment)
{
  return baton_marks_layer_pin (baton_review_view_marks (f->view), comment) != NULL;
}

static gboolean
has_no_pin (ReviewFixture *f, gpointer comment)
{
  return !has_pin (f, comment);
}

/* Each shape, upon the frame that is seen; seen again there and nowhere else, and found from its words. */
static void
test_drawn (void)
{
  static const struct
  {
    guint key;
    BatonMarkShape shape;
    const char *words;
  } kinds[] = { { GDK_KEY_p, BATON_MARK_POINT, "A point" },
    { GDK_KEY_r, BATON_MARK_RECTANGLE, "A rectangle" }, { GDK_KEY_g, BATON_MARK_ARROW, "An arrow" },
    { GDK_KEY_f, BATON_MARK_STROKE, "A stroke" } };
  BatonConversation *conversation;
  BatonTimeMarks *marks;
  char *ids[G_N_ELEMENTS (kinds)];
  Video v;

  if (!open_video (&v))
    return;
  marks = baton_media_pane_marks (pane (&v, FALSE));
  conversation = baton_review_side_conversation (baton_review_view_side (v.base.view));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      double at = 0.2 * (i + 1);

      for (int j = 0; j < 5; j++)
        press (&v, GDK_KEY_period);
      rest (&v);
      review_until (&v.base, shows_pictures, NULL, "the frame as a picture");
      draw (&v, kinds[i].shape, kinds[i].key);
      write_comment (&v, kinds[i].words);
      ids[i] = assert_thread (&v, kinds[i].words, kinds[i].shape, at, at);
      review_until (&v.base, has_mark, ids[i], "the moment on the line of time");
      review_until (&v.base, has_pin, ids[i], "the pin upon the frame");
    }
  g_assert_true (has_no_pin (&v.base, ids[0]));
  g_assert_nonnull (strstr (baton_time_marks_find (marks, ids[1])->label, "rectangle, 0:00.40"));
  g_signal_emit_by_name (conversation, "chosen", ids[1]);
  rest (&v);
  g_assert_cmpint (now_of (&v), ==, 10 * FRAME);
  review_until (&v.base, has_pin, ids[1], "the rectangle");
  g_assert_true (has_no_pin (&v.base, ids[3]));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_free (ids[i]);
  close_video (&v);
}

/* A video that plays stops for the pen. */
static void
test_pen_stops (void)
{
  Video v;

  if (!open_video (&v))
    return;
  press (&v, GDK_KEY_space);
  ui_spin (300);
  g_assert_true (gtk_media_stream_get_playing (stream (&v, FALSE)));
  g_assert_false (shows_pictures (&v.base, NULL));
  g_assert_true (press (&v, GDK_KEY_r));
  g_assert_false (gtk_media_stream_get_playing (stream (&v, FALSE)));
  g_assert_true (shows_pictures (&v.base, NULL));
  g_assert_cmpint (baton_marks_layer_tool (baton_review_view_marks (v.base.view)), ==, BATON_MARK_RECTANGLE);
  close_video (&v);
}

static gboolean
has_older_frame (ReviewFixture *f, gpointer data)
{
  BatonCompareView *compare = baton_review_view_compare (f->view);

  return baton_image_view_picture (baton_compare_view_picture (compare, FALSE)) != NULL &&
         baton_image_view_picture (baton_compare_view_picture (compare, TRUE)) != NULL;
}

/* Of videos that do not play every mode compares the frames; while they play they are side by side. */
static void
test_modes (void)
{
  BatonCompareView *compare;
  cairo_surface_t *seen;
  graphene_rect_t place;
  Video v;

  if (!open_video (&v))
    return;
  compare = baton_review_view_compare (v.base.view);
  press (&v, GDK_KEY_Right);
  rest (&v);
  review_until (&v.base, has_older_frame, NULL, "both frames");
  g_assert_true (baton_compare_view_is_comparing (compare));
  g_assert_cmpint (baton_compare_view_mode (compare), ==, BATON_COMPARE_SIDE_BY_SIDE);
  baton_compare_view_set_mode (compare, BATON_COMPARE_TOGGLE);
  g_assert_cmpint (baton_compare_view_mode (compare), ==, BATON_COMPARE_TOGGLE);
  if (!baton_compare_layer_shows_older (baton_compare_view_layer (compare)))
    baton_compare_view_toggle (compare);
  ui_spin (100);
  /* The older one is green from the first to the second second. */
  g_assert_true (baton_image_view_place (baton_compare_view_picture (compare, FALSE), &place));
  seen = pixels_of (GTK_WIDGET (baton_compare_view_picture (compare, FALSE)));
  assert_pixel (
      seen, place.origin.x + place.size.width / 2, place.origin.y + place.size.height / 4, 0x00ff00, 40);
  cairo_surface_destroy (seen);

  g_assert_nonnull (strstr (baton_compare_view_words (compare), "320 × 180"));

  baton_compare_view_set_mode (compare, BATON_COMPARE_DIFFERENCE);
  for (int i = 0; i < 100 && strstr (baton_compare_view_words (compare), "pixels differ") == NULL; i++)
    ui_spin (20);
  g_assert_nonnull (strstr (baton_compare_view_words (compare), "of the pixels differ"));
  press (&v, GDK_KEY_space);
  ui_spin (200);
  g_assert_cmpint (baton_compare_view_mode (compare), ==, BATON_COMPARE_SIDE_BY_SIDE);
  g_assert_cmpstr (baton_compare_view_words (compare), ==, "Side by side while it plays");
  press (&v, GDK_KEY_space);
  rest (&v);
  ui_spin (50);
  g_assert_cmpint (baton_compare_view_mode (compare), ==, BATON_COMPARE_DIFFERENCE);
  close_video (&v);
}

int
main (int argc, char **argv)
{
  review_fixture_init (&argc, &argv);
  g_test_add_func ("/moments/step-and-compare", test_step_and_compare);
  g_test_add_func ("/moments/marks", test_marks);
  g_test_add_func ("/moments/jump", test_jump);
  g_test_add_func ("/moments/place", test_place);
  g_test_add_func ("/moments/old-version", test_old_version);
  g_test_add_func ("/moments/drawn", test_drawn);
  g_test_add_func ("/moments/pen-stops", test_pen_stops);
  g_test_add_func ("/moments/modes", test_modes);
  return g_test_run ();
}
