/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "board.h"
#include "card-facts.h"
#include "card-model.h"
#include "excuse-popover.h"
#include "queue-list.h"
#include "request-dialog.h"
#include "review-fixture.h"
#include "review-ops.h"
#include "review-section.h"
#include "review-words.h"

#include <string.h>

static GtkWidget *
send_button (BatonRequestDialog *dialog)
{
  return ui_find_button (dialog, "Request review");
}

static BatonRow *
last_review (ReviewFixture *f, const char *asset)
{
  g_autoptr (GPtrArray) rows = baton_reader_rows (
      baton_workspace_reader (f->workspace), BATON_ENTITY_REVIEW, BATON_REVIEW_ASSET, asset, FALSE, NULL);

  return baton_row_ref (g_ptr_array_index (rows, rows->len - 1));
}

/* The review of the print ad is over: ask again, two people, any one of them, in working hours. */
static void
test_request (void)
{
  BatonRequestDialog *dialog;
  g_autoptr (BatonRow) review = NULL;
  GtkWidget *window;
  BatonOp *op;
  ReviewFixture f;

  review_fixture_open (&f, FALSE);
  review_perform (&f, baton_review_op_decide (f.print_review, "approved", NULL));
  op = baton_op_new (BATON_VERB_BOARD_SET);
  baton_op_add_id (op, f.board);
  baton_op_set_int (op, BATON_BOARD_REVIEW_HOURS, 2);
  baton_op_set_text (op, BATON_BOARD_WORKING_HOURS, "1-7 00:00-24:00");
  review_perform (&f, op);
  window = gtk_window_new ();
  gtk_window_present (GTK_WINDOW (window));
  dialog = baton_request_dialog_present (window, f.workspace, f.print_version);
  /* Who was asked the last time is asked again. */
  g_assert_true (gtk_widget_get_sensitive (send_button (dialog)));
  baton_request_dialog_choose (dialog, f.me, FALSE);
  g_assert_false (gtk_widget_get_sensitive (send_button (dialog)));
  baton_request_dialog_send (dialog); /* nobody is asked: nothing happens */
  baton_request_dialog_choose (dialog, f.me, TRUE);
  baton_request_dialog_choose (dialog, f.ana, TRUE);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (ui_find_type (dialog, GTK_TYPE_DROP_DOWN, 0)), 1);
  review_forget (&f);
  baton_request_dialog_send (dialog);
  review_expect (&f, "review.request");
  review = last_review (&f, f.print_asset);
  g_assert_cmpuint (baton_set_size (baton_row_text (review, BATON_REVIEW_REVIEWERS)), ==, 2);
  g_assert_cmpint (baton_row_int (review, BATON_REVIEW_NEEDED), ==, 1);
  g_assert_cmpint (
      ABS (baton_row_int (review, BATON_REVIEW_ENDS) - g_get_real_time () - 2 * G_TIME_SPAN_HOUR), <,
      2 * G_TIME_SPAN_MINUTE);
  gtk_window_destroy (GTK_WINDOW (window));
  review_fixture_close (&f);
}

static GtkWidget *
row_of (gpointer dialog, const char *name)
{
  for (guint i = 0;; i++)
    {
      GtkWidget *row = ui_find_type (dialog, ADW_TYPE_ACTION_ROW, i);

      if (row == NULL || g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), name) == 0)
        return row;
    }
}

/* Of many people those are seen who were asked before, and whoever is looked for. */
static void
test_many_people (void)
{
  BatonRequestDialog *dialog;
  GtkWidget *window, *search;
  ReviewFixture f;

  review_fixture_open (&f, FALSE);
  for (int i = 0; i < 20; i++)
    {
      BatonOp *op = baton_op_new (BATON_VERB_PERSON_ADD);
      g_autofree char *id = baton_store_new_id ();
      g_autofree char *name = g_strdup_printf ("Aa%02d Imported", i);

      baton_row_set_text (baton_op_add_row (op, BATON_ENTITY_PERSON, id), BATON_PERSON_NAME, name);
      review_perform (&f, op);
    }
  window = gtk_window_new ();
  gtk_window_present (GTK_WINDOW (window));
  dialog = baton_request_dialog_present (window, f.workspace, f.print_version);
  search = ui_find_type (dialog, GTK_TYPE_SEARCH_ENTRY, 0);
  g_assert_nonnull (search);
  g_assert_true (gtk_widget_get_visible (row_of (dialog, "Rui Keller")));
  g_assert_true (gtk_widget_get_visible (row_of (dialog, "Aa00 Imported")));
  g_assert_false (gtk_widget_get_visible (row_of (dialog, "Aa19 Imported")));
  gtk_editable_set_text (GTK_EDITABLE (search), "aA19");
  ui_spin (300);
  g_assert_true (gtk_widget_get_visible (row_of (dialog, "Aa19 Imported")));
  g_assert_false (gtk_widget_get_visible (row_of (dialog, "Aa00 Imported")));
  /* Who is ticked stays in view. */
  g_assert_true (gtk_widget_get_visible (row_of (dialog, "Rui Keller")));
  gtk_window_destroy (GTK_WINDOW (dialog));
  gtk_window_destroy (GTK_WINDOW (window));
  review_fixture_close (&f);
}

/* What the rules refuse is said in the dialog, which stays open. */
static void
test_refused (void)
{
  BatonRequestDialog *dialog;
  g_autofree char *texts = NULL;
  GtkWidget *window;
  ReviewFixture f;

  review_fixture_open (&f, FALSE);
  window = gtk_window_new ();
  gtk_window_present (GTK_WINDOW (window));
  dialog = baton_request_dialog_present (window, f.workspace, f.hero_versions[0]);
  baton_request_dialog_choose (dialog, f.ana, TRUE);
  baton_request_dialog_send (dialog);
  ui_spin (300);
  texts = ui_texts (dialog);
  g_assert_nonnull (strstr (texts, "newer version"));
  gtk_window_destroy (GTK_WINDOW (dialog));
  gtk_window_destroy (GTK_WINDOW (window));
  review_fixture_close (&f);
}

static gboolean
says (ReviewFixture *f, gpointer data)
{
  gpointer *both = data;
  g_autofree char *texts = ui_texts (both[0]);

  return strstr (texts, both[1]) != NULL;
}

static void
wait_for_words (ReviewFixture *f, gpointer widget, const char *words)
{
  gpointer both[] = { widget, (gpointer) words };

  review_until (f, says, both, words);
}

/* The card page says where the review stands, and follows. */
static void
test_section (void)
{
  g_autoptr (BatonBoard) board = NULL;
  g_autoptr (BatonCardModel) model = NULL;
  GtkWidget *window, *section;
  ReviewFixture f;

  review_fixture_open (&f, FALSE);
  board = baton_board_open (f.workspace, f.board, NULL);
  model = baton_card_model_new (board, f.print);
  window = gtk_window_new ();
  section = baton_review_section_new (model);
  gtk_window_set_child (GTK_WINDOW (window), section);
  gtk_window_present (GTK_WINDOW (window));
  wait_for_words (&f, section, "v1 · Rui Keller reviews, window ends");
  review_perform (&f, baton_review_op_decide (f.print_review, "approved", NULL));
  wait_for_words (&f, section, "v1 · approved");
  wait_for_words (&f, section, "Request review…");
  gtk_window_destroy (GTK_WINDOW (window));
  review_fixture_close (&f);
}

/* The face of a card: a sign, a word and a number. */
static void
test_face (void)
{
  g_autoptr (BatonBoard) board = NULL;
  BatonCardFacts facts;
  gint64 now;
  ReviewFixture f;

  review_fixture_open (&f, FALSE);
  board = baton_board_open (f.workspace, f.board, NULL);
  now = g_get_real_time () + G_TIME_SPAN_MINUTE;
  baton_card_facts_init (&facts, board, baton_board_card (board, f.hero), now + G_TIME_SPAN_HOUR);
  g_assert_cmpstr (facts.review, ==, "◷ review: 4 h left");
  g_assert_cmpint (facts.review_tone, ==, BATON_TONE_WARNING);
  baton_card_facts_clear (&facts);
  baton_card_facts_init (&facts, board, baton_board_card (board, f.copy), now + G_TIME_SPAN_HOUR);
  g_assert_cmpstr (facts.review, ==, "! review over by 3 h");
  g_assert_cmpint (facts.review_tone, ==, BATON_TONE_URGENT);
  baton_card_facts_clear (&facts);
  review_perform (&f, baton_review_op_decide (f.copy_review, "approved", NULL));
  baton_card_facts_init (&facts, board, baton_board_card (board, f.copy), now);
  g_assert_null (facts.review);
  baton_card_facts_clear (&facts);
  g_clear_object (&board);
  review_fixture_close (&f);
}

/* A second asset of the card of a review, whose review waits too. */
static void
add_second_asset (ReviewFixture *f, const char *review)
{
  g_autoptr (BatonRow) row =
      baton_reader_row (baton_workspace_reader (f->workspace), BATON_ENTITY_REVIEW, review);
  g_autoptr (BatonRow) first =
      baton_reader_row (baton_workspace_reader (f->workspace), BATON_ENTITY_VERSION, f->print_version);
  g_autoptr (GPtrArray) people = g_ptr_array_new ();
  g_autofree char *asset = baton_store_new_id ();
  g_autofree char *version = baton_store_new_id ();
  BatonOp *op = baton_op_new (BATON_VERB_ASSET_ADD);
  BatonRow *added = baton_op_add_row (op, BATON_ENTITY_ASSET, asset);

  baton_row_set_text (added, BATON_ASSET_CARD, baton_row_text (row, BATON_REVIEW_CARD));
  baton_row_set_text (added, BATON_ASSET_NAME, "Teaser");
  added = baton_op_add_row (op, BATON_ENTITY_VERSION, version);
  baton_row_set_text (added, BATON_VERSION_ASSET, asset);
  baton_row_set_text (added, BATON_VERSION_FILE, "teaser.png");
  baton_row_set_text (added, BATON_VERSION_BLOB, baton_row_text (first, BATON_VERSION_BLOB));
  review_perform (f, op);
  g_ptr_array_add (people, f->me);
  review_perform (f, baton_review_op_request (version, people, 0, 0, NULL));
}

static void
test_sidebar (void)
{
  GtkWidget *window, *list;
  ReviewFixture f;

  review_fixture_open (&f, FALSE);
  window = gtk_window_new ();
  list = baton_queue_list_new ();
  gtk_window_set_child (GTK_WINDOW (window), list);
  gtk_window_present (GTK_WINDOW (window));
  baton_queue_list_set_workspace (BATON_QUEUE_LIST (list), f.workspace);
  wait_for_words (&f, list, "Review queue\n3");
  baton_queue_list_select (BATON_QUEUE_LIST (list), TRUE, f.copy_review);
  wait_for_words (&f, list, "Landing page copy\nWeb · v2 · over by 2 h");
  wait_for_words (&f, list, "▲ Print · v1 · 22 h left");
  review_perform (&f, baton_review_op_decide (f.copy_review, "approved", NULL));
  wait_for_words (&f, list, "Review queue\n2");
  /* Which of two assets of one card is meant. */
  add_second_asset (&f, f.print_review);
  wait_for_words (&f, list, "Teaser · v1");
  wait_for_words (&f, list, "Review queue\n3");
  baton_queue_list_set_workspace (BATON_QUEUE_LIST (list), NULL);
  gtk_window_destroy (GTK_WINDOW (window));
  review_fixture_close (&f);
}

static void
chosen_cb (BatonExcusePopover *popover, BatonOp *op, ReviewFixture *f)
{
  review_perform (f, op);
}

/* One click: more time, asked for and seen; the reviewer stays. */
static void
test_excuse (void)
{
  g_autoptr (GPtrArray) excuses = NULL;
  g_autoptr (BatonRow) review = NULL;
  GtkWidget *popover, *choice, *say;
  ReviewFixture f;

  review_fixture_open (&f, TRUE);
  review_wait_for (&f, f.print_review);
  popover = g_object_ref_sink (baton_excuse_popover_new (baton_review_view_model (f.view)));
  gtk_widget_set_parent (popover, GTK_WIDGET (f.view));
  g_signal_connect (popover, "chosen", G_CALLBACK (chosen_cb), &f);
  choice = ui_find_type (popover, GTK_TYPE_CHECK_BUTTON, 2);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (choice), TRUE);
  say = ui_find_button (popover, "Say so");
  g_signal_emit_by_name (say, "clicked");
  review_expect (&f, "review.excuse");
  excuses = baton_reader_rows (baton_workspace_reader (f.workspace), BATON_ENTITY_EXCUSE, BATON_EXCUSE_REVIEW,
      f.print_review, FALSE, NULL);
  g_assert_cmpuint (excuses->len, ==, 1);
  review = review_row (&f, BATON_ENTITY_REVIEW, f.print_review);
  g_assert_cmpint (baton_row_int (g_ptr_array_index (excuses, 0), BATON_EXCUSE_MORE_TIME), ==,
      baton_row_int (review, BATON_REVIEW_ENDS) + 24 * G_TIME_SPAN_HOUR);
  g_assert_true (baton_set_contains (baton_row_text (review, BATON_REVIEW_REVIEWERS), f.me));
  wait_for_words (&f, baton_review_view_side (f.view), "Rui Keller asks for time until");
  gtk_widget_unparent (popover);
  g_object_unref (popover);
  review_fixture_close (&f);
}

static void
test_words (void)
{
  gint64 now = g_get_real_time ();
  gboolean over;
  g_autofree char *left = baton_review_left (now + 6 * G_TIME_SPAN_HOUR + G_TIME_SPAN_MINUTE, now, &over);
  g_autofree char *gone = NULL, *none = NULL;

  g_assert_cmpstr (left, ==, "6 h left");
  g_assert_false (over);
  gone = baton_review_left (now - 2 * G_TIME_SPAN_HOUR, now, &over);
  g_assert_cmpstr (gone, ==, "over by 2 h");
  g_assert_true (over);
  none = baton_review_left (0, now, &over);
  g_assert_null (none);
  g_assert_false (over);
}

int
main (int argc, char **argv)
{
  review_fixture_init (&argc, &argv);
  g_test_add_func ("/review/request", test_request);
  g_test_add_func ("/review/many-people", test_many_people);
  g_test_add_func ("/review/refused", test_refused);
  g_test_add_func ("/review/section", test_section);
  g_test_add_func ("/review/face", test_face);
  g_test_add_func ("/review/sidebar", test_sidebar);
  g_test_add_func ("/review/excuse", test_excuse);
  g_test_add_func ("/review/words", test_words);
  return g_test_run ();
}
