/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "mark-paint.h"
#include "review-fixture.h"
#include "review-ops.h"
#include "text-editor.h"
#include "reply-row.h"
#include "thread-row.h"

#include <string.h>

/* Marks and what is said about them. */

static BatonImageView *
picture_view (ReviewFixture *f)
{
  return baton_compare_view_picture (baton_review_view_compare (f->view), FALSE);
}

/* Pins and lines are met at every zoom, and only there. */
static void
test_hit (void)
{
  static const double zooms[] = { 0.1, 0.5, 1, 3 };
  graphene_rect_t place;
  BatonMarksLayer *marks;
  ReviewFixture f;

  review_show_hero (&f);
  marks = baton_review_view_marks (f.view);
  for (guint i = 0; i < G_N_ELEMENTS (zooms); i++)
    {
      g_autoptr (BatonMark) mark = baton_mark_parse (BATON_MARK_RECTANGLE, "0.285,0.25 0.71,0.46");
      double x, y;

      baton_viewport_set_view (baton_image_view_viewport (picture_view (&f)), zooms[i], 0.6, 0.3);
      g_assert_true (baton_image_view_place (picture_view (&f), &place));
      baton_mark_pin_place (&place, mark, &x, &y);
      g_assert_cmpstr (baton_marks_layer_at (marks, x + 8, y - 8), ==, f.open_comment);
      g_assert_null (baton_marks_layer_at (marks, x + 16, y - 16));
      baton_image_view_from_fraction (picture_view (&f), 0.5, 0.46, &x, &y);
      g_assert_cmpstr (baton_marks_layer_at (marks, x, y + 5), ==, f.open_comment);
      g_assert_null (baton_marks_layer_at (marks, x, y + 7));
      if (zooms[i] < 0.2)
        continue;
      /* What is marked stays in reach. */
      baton_image_view_from_fraction (picture_view (&f), 0.5, 0.35, &x, &y);
      g_assert_null (baton_marks_layer_at (marks, x, y));
    }
  review_fixture_close (&f);
}

/* From the pin to the words, and from the words to the place. */
static void
test_jump (void)
{
  BatonConversation *conversation;
  double x, y;
  ReviewFixture f;

  review_show_hero (&f);
  conversation = baton_review_side_conversation (baton_review_view_side (f.view));
  g_signal_emit_by_name (baton_review_view_marks (f.view), "activated", f.settled_comment);
  g_assert_cmpstr (baton_conversation_selected (conversation), ==, f.settled_comment);
  baton_viewport_set_view (baton_image_view_viewport (picture_view (&f)), 4, 1, 1);
  g_signal_emit_by_name (conversation, "chosen", f.open_comment);
  baton_image_view_from_fraction (picture_view (&f), 0.5, 0.35, &x, &y);
  g_assert_cmpfloat (x, >=, 0);
  g_assert_cmpfloat (y, >=, 0);
  g_assert_cmpfloat (x, <=, gtk_widget_get_width (GTK_WIDGET (picture_view (&f))));
  g_assert_cmpfloat (y, <=, gtk_widget_get_height (GTK_WIDGET (picture_view (&f))));
  review_fixture_close (&f);
}

/* A rectangle by keys: crosshair, two corners, words. */
static void
test_draw_by_keys (void)
{
  g_autoptr (BatonRow) comment = NULL;
  g_autoptr (BatonMark) mark = NULL;
  BatonMarkPoint a, b;
  ReviewFixture f;

  review_show_hero (&f);
  review_press (&f, GDK_KEY_r);
  g_assert_cmpint (baton_marks_layer_tool (baton_review_view_marks (f.view)), ==, BATON_MARK_RECTANGLE);
  review_press_on (baton_review_view_marks (f.view), GDK_KEY_space, 0);
  for (guint i = 0; i < 3; i++)
    {
      review_press_on (baton_review_view_marks (f.view), GDK_KEY_Right, GDK_SHIFT_MASK);
      review_press_on (baton_review_view_marks (f.view), GDK_KEY_Down, 0);
    }
  review_press_on (baton_review_view_marks (f.view), GDK_KEY_space, 0);
  g_assert_cmpint (baton_marks_layer_tool (baton_review_view_marks (f.view)), ==, BATON_MARK_NONE);
  review_type (&f, "Here, @Lea Moser");
  review_submit (&f);
  review_expect (&f, "comment.add");
  comment = review_last_comment (&f, f.hero);
  g_assert_cmpstr (baton_row_text (comment, BATON_COMMENT_SHAPE), ==, "rectangle");
  g_assert_cmpstr (baton_row_text (comment, BATON_COMMENT_VERSION), ==, f.hero_versions[3]);
  g_assert_true (baton_set_contains (baton_row_text (comment, BATON_COMMENT_MENTIONS), f.lea));
  mark = baton_mark_parse (BATON_MARK_RECTANGLE, baton_row_text (comment, BATON_COMMENT_PLACE));
  baton_mark_bounds (mark, &a, &b);
  g_assert_cmpfloat (b.x - a.x, >, 0.1);
  g_assert_cmpfloat (b.y - a.y, >, 0.01);
  /* Nothing waits for words any more. */
  g_assert_null (
      baton_conversation_draft (baton_review_side_conversation (baton_review_view_side (f.view)), NULL));
  review_fixture_close (&f);
}

/* What is drawn and typed is there again after the program was ended, and never sent by itself. */
static void
test_draft (void)
{
  g_autoptr (BatonMark) mark = baton_mark_parse (BATON_MARK_POINT, "0.25,0.75");
  BatonConversation *conversation;
  const BatonMark *draft;
  g_autofree char *text = NULL;
  ReviewFixture f;

  review_show_hero (&f);
  conversation = baton_review_side_conversation (baton_review_view_side (f.view));
  baton_conversation_pin (conversation, mark, 0);
  review_type (&f, "Half a thought");
  ui_spin (300);
  baton_review_view_show_review (f.view, f.print_review);
  review_wait_for (&f, f.print_review);
  baton_review_view_show_review (f.view, f.hero_review);
  review_wait_for (&f, f.hero_review);
  conversation = baton_review_side_conversation (baton_review_view_side (f.view));
  draft = baton_conversation_draft (conversation, NULL);
  g_assert_nonnull (draft);
  g_assert_cmpint (draft->shape, ==, BATON_MARK_POINT);
  text = baton_text_editor_text (BATON_TEXT_EDITOR (ui_find_type (conversation, BATON_TYPE_TEXT_EDITOR, 0)));
  g_assert_cmpstr (text, ==, "Half a thought");
  review_fixture_close (&f);
}

static void
test_only_newest (void)
{
  GtkWidget *strip;
  ReviewFixture f;

  review_show_hero (&f);
  strip = ui_find_type (f.view, BATON_TYPE_VERSION_STRIP, 0);
  g_signal_emit_by_name (strip, "shown", f.hero_versions[2]);
  ui_spin (100);
  review_press (&f, GDK_KEY_p);
  g_assert_cmpint (baton_marks_layer_tool (baton_review_view_marks (f.view)), ==, BATON_MARK_NONE);
  g_assert_nonnull (baton_notice_text (baton_review_side_notice (baton_review_view_side (f.view))));
  review_fixture_close (&f);
}

static gboolean
is_resolved (ReviewFixture *f, gpointer comment)
{
  return review_thread (f, comment) != NULL &&
         baton_thread_view_is_resolved (baton_thread_row_view (review_thread (f, comment)));
}

static gboolean
is_reopened (ReviewFixture *f, gpointer comment)
{
  return !is_resolved (f, comment);
}

/* Carried along from v3, reopened, kept for v4, settled again. */
static void
test_carried (void)
{
  g_autofree char *texts = NULL, *later = NULL;
  g_autoptr (BatonRow) comment = NULL;
  GtkWidget *keep;
  ReviewFixture f;

  review_show_hero (&f);
  texts = ui_texts (review_thread (&f, f.settled_comment));
  g_assert_nonnull (strstr (texts, "from v3"));
  g_assert_null (strstr (texts, "Still holds"));
  baton_thread_view_resolve (baton_thread_row_view (review_thread (&f, f.settled_comment)));
  review_expect (&f, "comment.reopen");
  review_until (&f, is_reopened, f.settled_comment, "it to be open");
  keep = ui_find_button (review_thread (&f, f.settled_comment), "Keep it for this version");
  g_assert_true (gtk_widget_get_visible (keep));
  g_signal_emit_by_name (keep, "clicked");
  review_expect (&f, "comment.keep");
  comment = review_row (&f, BATON_ENTITY_COMMENT, f.settled_comment);
  g_assert_true (baton_set_contains (baton_row_text (comment, BATON_COMMENT_KEPT), f.hero_versions[3]));
  later = ui_texts (review_thread (&f, f.settled_comment));
  g_assert_nonnull (strstr (later, "still holds"));
  baton_thread_view_resolve (baton_thread_row_view (review_thread (&f, f.settled_comment)));
  review_expect (&f, "comment.resolve");
  review_until (&f, is_resolved, f.settled_comment, "it to be settled");
  review_fixture_close (&f);
}

static void
test_reply_and_edit (void)
{
  g_autoptr (BatonRow) reply = NULL, edited = NULL;
  ReviewFixture f;

  review_show_hero (&f);
  baton_thread_view_reply (baton_thread_row_view (review_thread (&f, f.open_comment)));
  review_type (&f, "Thank you");
  review_submit (&f);
  review_expect (&f, "comment.add");
  reply = review_last_comment (&f, f.hero);
  g_assert_cmpstr (baton_row_text (reply, BATON_COMMENT_REPLY_TO), ==, f.open_comment);
  g_signal_emit_by_name (ui_find_button (review_thread (&f, f.open_comment), "Edit this comment"), "clicked");
  review_type (&f, " Really.");
  review_submit (&f);
  review_expect (&f, "comment.set");
  edited = review_row (&f, BATON_ENTITY_COMMENT, f.open_comment);
  g_assert_true (g_str_has_suffix (baton_row_text (edited, BATON_COMMENT_TEXT), " Really."));
  /* Another one's cannot be edited. */
  g_assert_false (
      gtk_widget_get_visible (ui_find_button (review_thread (&f, f.settled_comment), "Edit this comment")));
  review_fixture_close (&f);
}

static gboolean
text_is (ReviewFixture *f, gpointer data)
{
  g_autofree char *texts = ui_texts (review_thread (f, f->open_comment));

  return strstr (texts, data) != NULL;
}

static gboolean
text_is_not (ReviewFixture *f, gpointer data)
{
  return !text_is (f, data);
}

/* The button of the only answer that has some: one's own. NULL: there is none. */
static GtkWidget *
answer_button (ReviewFixture *f, const char *tooltip)
{
  GtkWidget *row, *button;

  for (guint i = 0;
       (row = ui_find_type (review_thread (f, f->open_comment), BATON_TYPE_REPLY_ROW, i)) != NULL; i++)
    {
      button = ui_find_button (row, tooltip);
      if (gtk_widget_is_visible (button))
        return button;
    }
  return NULL;
}

/* One's own answers are changed and taken back; what is typed survives what others say meanwhile. */
static void
test_own_answers (void)
{
  g_autoptr (BatonRow) reply = NULL, edited = NULL;
  ReviewFixture f;
  BatonOp *other;
  BatonRow *row;

  review_show_hero (&f);
  baton_thread_view_reply (baton_thread_row_view (review_thread (&f, f.open_comment)));
  review_type (&f, "Sharper");
  review_submit (&f);
  review_expect (&f, "comment.add");
  reply = review_last_comment (&f, f.hero);
  review_until (&f, text_is, (gpointer) "Sharper", "the answer");
  g_signal_emit_by_name (answer_button (&f, "Edit this answer"), "clicked");
  review_type (&f, ", please");

  other = baton_op_new (BATON_VERB_COMMENT_ADD);
  row = baton_op_add_row (other, BATON_ENTITY_COMMENT, "0190a000-0000-7000-8000-00000000cc01");
  baton_row_set_text (row, BATON_COMMENT_CARD, f.hero);
  baton_row_set_text (row, BATON_COMMENT_VERSION, f.hero_versions[3]);
  baton_row_set_text (row, BATON_COMMENT_TEXT, "Of course");
  baton_row_set_text (row, BATON_COMMENT_REPLY_TO, f.open_comment);
  review_perform_as (&f, f.lea, other);
  review_until (&f, text_is, (gpointer) "Of course", "her answer");
  review_forget (&f);
  review_submit (&f);
  review_expect (&f, "comment.set");
  edited = review_row (&f, BATON_ENTITY_COMMENT, reply->id);
  g_assert_cmpstr (baton_row_text (edited, BATON_COMMENT_TEXT), ==, "Sharper, please");

  review_forget (&f);
  g_signal_emit_by_name (answer_button (&f, "Remove this answer"), "clicked");
  review_expect (&f, "comment.remove");
  review_until (&f, text_is_not, (gpointer) "Sharper, please", "the removal");
  g_assert_true (text_is (&f, (gpointer) "Of course"));
  g_assert_null (answer_button (&f, "Edit this answer"));
  review_fixture_close (&f);
}

/* By turns each version is seen with its own marks, and a new one is drawn upon the newer. */
static void
test_toggled_marks (void)
{
  BatonCompareView *compare;
  ReviewFixture f;

  review_show_hero (&f);
  compare = baton_review_view_compare (f.view);
  baton_compare_view_set_mode (compare, BATON_COMPARE_TOGGLE);
  if (!baton_compare_view_shows_older (compare))
    baton_compare_view_toggle (compare);
  g_assert_null (baton_marks_layer_pin (baton_review_view_marks (f.view), f.open_comment));
  baton_compare_view_toggle (compare);
  g_assert_nonnull (baton_marks_layer_pin (baton_review_view_marks (f.view), f.open_comment));
  baton_compare_view_toggle (compare);
  review_press (&f, GDK_KEY_p);
  g_assert_false (baton_compare_view_shows_older (compare));
  g_assert_cmpint (baton_marks_layer_tool (baton_review_view_marks (f.view)), ==, BATON_MARK_POINT);
  review_fixture_close (&f);
}

/* The keys of the view leave alone what is typed. */
static void
test_typing (void)
{
  ReviewFixture f;

  review_show_hero (&f);
  review_press (&f, GDK_KEY_n);
  g_assert_true (GTK_IS_TEXT_VIEW (gtk_window_get_focus (f.window)));
  g_assert_false (review_press (&f, GDK_KEY_a));
  g_assert_false (review_press (&f, GDK_KEY_j));
  g_assert_false (review_press (&f, GDK_KEY_1));
  ui_spin (60);
  g_assert_cmpuint (f.verbs->len, ==, 0);
  review_fixture_close (&f);
}

static void
test_mentions (void)
{
  g_autoptr (GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) found = NULL, none = NULL;

  g_hash_table_insert (names, (gpointer) "1", (gpointer) "Lea Moser");
  g_hash_table_insert (names, (gpointer) "2", (gpointer) "Lea Mosermann");
  g_hash_table_insert (names, (gpointer) "3", (gpointer) "Ana Kovač");
  found = baton_review_mentions ("@lea mosermann and @Ana, please; @Lea Moser too. @ana again", names);
  g_assert_cmpuint (found->len, ==, 3);
  g_assert_cmpstr (g_ptr_array_index (found, 0), ==, "2");
  g_assert_cmpstr (g_ptr_array_index (found, 1), ==, "3");
  g_assert_cmpstr (g_ptr_array_index (found, 2), ==, "1");
  /* Two are called Lea, and nobody is called Anabel. */
  none = baton_review_mentions ("@Lea? @Anabel @", names);
  g_assert_cmpuint (none->len, ==, 0);
}

/* An English comment begins left in a Hebrew window. */
static void
test_direction (void)
{
  g_autoptr (BatonRow) comment = NULL;
  GtkWidget *label;
  ReviewFixture f;
  guint i = 0;

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  review_show_hero (&f);
  comment = review_row (&f, BATON_ENTITY_COMMENT, f.open_comment);
  do
    label = ui_find_type (review_thread (&f, f.open_comment), GTK_TYPE_LABEL, i++);
  while (label != NULL && g_strcmp0 (gtk_label_get_text (GTK_LABEL (label)),
                              baton_row_text (comment, BATON_COMMENT_TEXT)) != 0);
  g_assert_nonnull (label);
  g_assert_cmpint (gtk_widget_get_direction (GTK_WIDGET (f.view)), ==, GTK_TEXT_DIR_RTL);
  g_assert_cmpint (gtk_widget_get_direction (label), ==, GTK_TEXT_DIR_LTR);
  review_fixture_close (&f);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

int
main (int argc, char **argv)
{
  review_fixture_init (&argc, &argv);
  g_test_add_func ("/review/hit", test_hit);
  g_test_add_func ("/review/jump", test_jump);
  g_test_add_func ("/review/draw-by-keys", test_draw_by_keys);
  g_test_add_func ("/review/draft", test_draft);
  g_test_add_func ("/review/only-newest", test_only_newest);
  g_test_add_func ("/review/carried", test_carried);
  g_test_add_func ("/review/reply-and-edit", test_reply_and_edit);
  g_test_add_func ("/review/own-answers", test_own_answers);
  g_test_add_func ("/review/toggled-marks", test_toggled_marks);
  g_test_add_func ("/review/typing", test_typing);
  g_test_add_func ("/review/mentions", test_mentions);
  g_test_add_func ("/review/direction", test_direction);
  return g_test_run ();
}
