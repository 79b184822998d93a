/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "pin.h"
#include "review-fixture.h"
#include "review-ops.h"
#include "text-line.h"
#include "thread-popover.h"

#include <string.h>

static BatonTextCompare *
text_view (ReviewFixture *f)
{
  return baton_compare_view_text (baton_review_view_compare (f->view));
}

static gboolean
has_words (ReviewFixture *f, gpointer words)
{
  g_autofree char *texts = ui_texts (text_view (f));

  return strstr (texts, words) != NULL;
}

static gboolean
has_pin (ReviewFixture *f, gpointer comment)
{
  return baton_text_compare_pin (text_view (f), comment) != NULL;
}

static void
show_copy (ReviewFixture *f, const char *words)
{
  baton_review_view_show_review (f->view, f->copy_review);
  review_wait_for (f, f->copy_review);
  review_until (f, has_words, (gpointer) words, "the text");
  ui_spin (60);
}

static void
open_copy (ReviewFixture *f)
{
  review_fixture_open (f, TRUE);
  review_wait_for (f, f->print_review);
  show_copy (f, "Kids travel");
}

/* The label that shows some words of the newer text. */
static GtkLabel *
label_of (ReviewFixture *f, const char *words)
{
  GtkWidget *line;

  for (guint i = 0; (line = ui_find_type (text_view (f), BATON_TYPE_TEXT_LINE, i)) != NULL; i++)
    {
      GtkLabel *label = baton_text_line_label (BATON_TEXT_LINE (line));

      if (baton_text_line_is_newer (BATON_TEXT_LINE (line)) &&
          strstr (gtk_label_get_text (label), words) != NULL)
        return label;
    }
  g_error ("“%s” is not shown", words);
}

/* As a person does by Shift and the arrow keys, or the pointer. */
static void
select_words (ReviewFixture *f, const char *words)
{
  GtkLabel *label = label_of (f, words);
  const char *text = gtk_label_get_text (label);
  int from = (int) g_utf8_strlen (text, strstr (text, words) - text);

  gtk_widget_grab_focus (GTK_WIDGET (label));
  gtk_label_select_region (label, from, from + (int) g_utf8_strlen (words, -1));
}

static void
assert_marks (ReviewFixture *f, const char *words)
{
  g_autoptr (BatonRow) comment = review_last_comment (f, f->copy);
  g_autoptr (BatonMark) mark =
      baton_mark_parse (BATON_MARK_TEXT, baton_row_text (comment, BATON_COMMENT_PLACE));
  g_autofree char *range = NULL;

  g_assert_cmpstr (baton_row_text (comment, BATON_COMMENT_SHAPE), ==, "text");
  range = g_utf8_substring (f->copy_text, (glong) mark->from, (glong) mark->to);
  g_assert_cmpstr (range, ==, words);
}

/* Selected, C, words, sent: the range has a number beside it, and the words are quoted in the conversation.
 */
static void
test_by_keys (void)
{
  g_autofree char *texts = NULL;
  g_autoptr (BatonRow) comment = NULL;
  ReviewFixture f;

  open_copy (&f);
  select_words (&f, "25 % on all");
  g_assert_true (review_press (&f, GDK_KEY_c));
  review_type (&f, "Really 25?");
  review_submit (&f);
  review_expect (&f, "comment.add");
  assert_marks (&f, "25 % on all");
  comment = review_last_comment (&f, f.copy);
  g_assert_cmpstr (baton_row_text (comment, BATON_COMMENT_VERSION), ==, f.copy_versions[1]);
  review_until (&f, has_pin, comment->id, "the number");
  texts = ui_texts (review_thread (&f, comment->id));
  g_assert_nonnull (strstr (texts, "“25 % on all”"));
  g_assert_null (
      baton_conversation_draft (baton_review_side_conversation (baton_review_view_side (f.view)), NULL));
  /* With nothing selected the same key asks for changes. */
  baton_review_view_focus (f.view);
  review_press (&f, GDK_KEY_c);
  ui_spin (30);
  review_type (&f, "Shorter");
  review_submit (&f);
  review_expect (&f, "review.decide");
  review_fixture_close (&f);
}

static GtkWidget *
offer (ReviewFixture *f)
{
  return gtk_widget_get_ancestor (ui_find_button (text_view (f), "text.comment"), GTK_TYPE_POPOVER);
}

static gboolean
is_offered (ReviewFixture *f, gpointer data)
{
  return gtk_widget_get_visible (offer (f));
}

static gboolean
is_not_offered (ReviewFixture *f, gpointer data)
{
  return !is_offered (f, data);
}

/* Across lines, in both ways to look at it; the button appears beside it and does the same. */
static void
test_across_lines (void)
{
  gsize from, to;
  ReviewFixture f;

  open_copy (&f);
  from = (gsize) (strstr (f.copy_text, "Sunday evening") - f.copy_text);
  to = (gsize) (strstr (f.copy_text, " now.") - f.copy_text);
  g_assert_false (gtk_widget_get_visible (offer (&f)));
  baton_text_compare_select_range (text_view (&f), from, to);
  review_until (&f, is_offered, NULL, "the button");
  g_signal_emit_by_name (ui_find_button (text_view (&f), "text.comment"), "clicked");
  review_type (&f, "All of this");
  review_submit (&f);
  review_expect (&f, "comment.add");
  assert_marks (&f, "Sunday evening.\nKids travel for free.\nBook");
  review_until (&f, is_not_offered, NULL, "the button to go");
  /* In one another: words that were removed are between, and do not count. */
  baton_compare_view_set_mode (baton_review_view_compare (f.view), BATON_COMPARE_INLINE);
  ui_spin (60);
  select_words (&f, "evening");
  review_press (&f, GDK_KEY_c);
  review_type (&f, "Or night");
  review_submit (&f);
  review_expect (&f, "comment.add");
  assert_marks (&f, "evening");
  review_fixture_close (&f);
}

/* Shift+Down at the end of a paragraph takes the next one in. */
static void
test_extend (void)
{
  g_autoptr (BatonMark) more = NULL, less = NULL;
  GtkWidget *list;
  ReviewFixture f;

  open_copy (&f);
  list = ui_find_type (text_view (&f), GTK_TYPE_LIST_VIEW, 0);
  select_words (&f, "by the sea");
  g_assert_true (review_press_on (list, GDK_KEY_Down, GDK_SHIFT_MASK));
  g_assert_true (review_press_on (list, GDK_KEY_Down, GDK_SHIFT_MASK));
  more = baton_text_compare_selection (text_view (&f));
  g_assert_cmpfloat (more->from, ==, strlen ("Spring "));
  g_assert_cmpfloat (more->to, >, strlen ("Spring by the sea") + 20);
  g_assert_true (review_press_on (list, GDK_KEY_Up, GDK_SHIFT_MASK));
  g_assert_true (review_press_on (list, GDK_KEY_Up, GDK_SHIFT_MASK));
  less = baton_text_compare_selection (text_view (&f));
  g_assert_cmpfloat (less->to, ==, strlen ("Spring by the sea"));
  review_fixture_close (&f);
}

/* What was said about the first version is carried along: at its place, or with the word that it is gone. */
static void
test_carried (void)
{
  g_autofree char *same = NULL, *changed = NULL, *gone = NULL;
  ReviewFixture f;

  open_copy (&f);
  review_until (&f, has_pin, f.copy_comments[1], "the number");
  same = ui_texts (review_thread (&f, f.copy_comments[1]));
  g_assert_nonnull (strstr (same, "from v1"));
  g_assert_nonnull (strstr (same, "“Book now.”\n"));
  changed = ui_texts (review_thread (&f, f.copy_comments[0]));
  g_assert_nonnull (strstr (changed, "was changed since"));
  review_next_copy (&f, "Book now.\n\nNothing else is left of it.\n");
  ui_spin (100);
  show_copy (&f, "Nothing else");
  g_assert_nonnull (baton_text_compare_pin (text_view (&f), f.copy_comments[1]));
  gone = ui_texts (review_thread (&f, f.copy_comments[0]));
  g_assert_nonnull (strstr (gone, "is gone from this version"));
  review_fixture_close (&f);
}

static void
test_only_newest (void)
{
  GtkWidget *strip;
  ReviewFixture f;

  open_copy (&f);
  strip = ui_find_type (f.view, BATON_TYPE_VERSION_STRIP, 0);
  g_signal_emit_by_name (strip, "shown", f.copy_versions[0]);
  review_until (&f, has_words, (gpointer) "every ticket", "the first version");
  ui_spin (100);
  select_words (&f, "every ticket");
  review_press (&f, GDK_KEY_c);
  g_assert_nonnull (strstr (baton_notice_text (baton_review_side_notice (baton_review_view_side (f.view))),
      "Only the newest version"));
  g_assert_null (
      baton_conversation_draft (baton_review_side_conversation (baton_review_view_side (f.view)), NULL));
  review_fixture_close (&f);
}

static BatonThreadPopover *
open_thread (gpointer pin)
{
  return BATON_THREAD_POPOVER (ui_find_type (pin, BATON_TYPE_THREAD_POPOVER, 0));
}

static gboolean
is_closed (ReviewFixture *f, gpointer pin)
{
  return ui_find_type (pin, BATON_TYPE_THREAD_POPOVER, 0) == NULL;
}

static gboolean
has_reply (ReviewFixture *f, gpointer pin)
{
  g_autofree char *texts = ui_texts (open_thread (pin));

  return strstr (texts, "Rui Keller: Up by 40") != NULL;
}

/* Where words are wrapped as well: nothing of a short thread has to be scrolled into sight. */
static void
assert_all_in_sight (BatonThreadPopover *thread)
{
  GtkWidget *scrolled = ui_find_type (GTK_WIDGET (thread), GTK_TYPE_SCROLLED_WINDOW, 0);
  GtkAdjustment *down = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));

  g_assert_cmpfloat (gtk_adjustment_get_upper (down), <=, gtk_adjustment_get_page_size (down));
}

/* Upon the pin of a picture: opened by its button, answered, settled, closed by a key. */
static void
test_thread (void)
{
  g_autoptr (BatonRow) reply = NULL;
  g_autofree char *texts = NULL;
  BatonConversation *conversation;
  GtkWidget *pin;
  ReviewFixture f;

  review_fixture_open (&f, TRUE);
  review_wait_for (&f, f.print_review);
  baton_review_view_show_review (f.view, f.hero_review);
  review_wait_for (&f, f.hero_review);
  pin = baton_marks_layer_pin (baton_review_view_marks (f.view), f.open_comment);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (pin), GTK_ACCESSIBLE_ROLE_BUTTON);
  gtk_widget_grab_focus (pin);
  g_signal_emit_by_name (pin, "clicked");
  ui_spin (30);
  texts = ui_texts (open_thread (pin));
  g_assert_nonnull (strstr (texts, "Horizon still cuts"));
  g_assert_nonnull (strstr (texts, "moves up 40 px"));
  assert_all_in_sight (open_thread (pin));
  conversation = baton_review_side_conversation (baton_review_view_side (f.view));
  g_assert_cmpstr (baton_conversation_selected (conversation), ==, f.open_comment);
  g_signal_emit_by_name (pin, "clicked"); /* again: an answer is wanted */
  ui_spin (30);
  review_type (&f, "Up by 40");
  review_submit (&f);
  review_expect (&f, "comment.add");
  reply = review_last_comment (&f, f.hero);
  g_assert_cmpstr (baton_row_text (reply, BATON_COMMENT_REPLY_TO), ==, f.open_comment);
  review_until (&f, has_reply, pin, "the answer upon the pin");
  g_signal_emit_by_name (ui_find_button (open_thread (pin), "Resolve"), "clicked");
  review_expect (&f, "comment.resolve");
  g_assert_true (review_press (&f, GDK_KEY_Escape));
  review_until (&f, is_closed, pin, "it to be closed");
  review_fixture_close (&f);
}

/* The pointer that rests opens it, and takes it away again when it goes. The next review does, too. */
static void
test_hover (void)
{
  GtkWidget *pin;
  ReviewFixture f;

  open_copy (&f);
  review_until (&f, has_pin, f.copy_comments[1], "the number");
  pin = baton_text_compare_pin (text_view (&f), f.copy_comments[1]);
  g_signal_emit_by_name (pin, "touched", BATON_PIN_ENTERED);
  ui_spin (350);
  g_assert_nonnull (open_thread (pin));
  g_signal_emit_by_name (pin, "touched", BATON_PIN_LEFT);
  review_until (&f, is_closed, pin, "it to be closed");
  g_signal_emit_by_name (pin, "touched", BATON_PIN_ENTERED);
  ui_spin (350);
  review_press (&f, GDK_KEY_j);
  review_wait_for (&f, f.hero_review);
  review_fixture_close (&f);
}

int
main (int argc, char **argv)
{
  review_fixture_init (&argc, &argv);
  g_test_add_func ("/text-marks/by-keys", test_by_keys);
  g_test_add_func ("/text-marks/across-lines", test_across_lines);
  g_test_add_func ("/text-marks/extend", test_extend);
  g_test_add_func ("/text-marks/carried", test_carried);
  g_test_add_func ("/text-marks/only-newest", test_only_newest);
  g_test_add_func ("/threads/upon-the-pin", test_thread);
  g_test_add_func ("/threads/hover", test_hover);
  return g_test_run ();
}
