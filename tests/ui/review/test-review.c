/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "review-fixture.h"
#include "review-ops.h"

#include <string.h>

static const char *
stage_of (ReviewFixture *f, const char *card)
{
  g_autoptr (BatonRow) row = review_row (f, BATON_ENTITY_CARD, card);
  const char *stage = baton_row_text (row, BATON_CARD_STAGE);

  for (guint i = 0; i < G_N_ELEMENTS (f->stages); i++)
    {
      if (g_str_equal (f->stages[i], stage))
        return f->stages[i];
    }
  return NULL;
}

static void
assert_status (ReviewFixture *f, const char *version, const char *status)
{
  g_autoptr (BatonRow) row = review_row (f, BATON_ENTITY_VERSION, version);

  g_assert_cmpstr (baton_row_text (row, BATON_VERSION_STATUS), ==, status);
}

static gboolean
is_empty (ReviewFixture *f, gpointer data)
{
  return baton_review_view_model (f->view) == NULL;
}

static gboolean
answer_is (ReviewFixture *f, gpointer state)
{
  const GPtrArray *checks = baton_review_model_checks (baton_review_view_model (f->view));
  const BatonRow *check = g_ptr_array_index (checks, 0);
  const BatonRow *answer = baton_review_model_answer (baton_review_view_model (f->view), check->id, NULL);

  return answer != NULL && g_strcmp0 (baton_row_text (answer, BATON_ANSWER_STATE), state) == 0;
}

/* The fast lane first, then the window that ends first. */
static void
test_order (void)
{
  ReviewFixture f;
  guint position, n;

  review_fixture_open (&f, TRUE);
  review_wait_for (&f, f.print_review);
  g_assert_true (baton_review_view_position (f.view, &position, &n));
  g_assert_cmpuint (position, ==, 0);
  g_assert_cmpuint (n, ==, 3);
  g_assert_true (review_press (&f, GDK_KEY_j));
  review_wait_for (&f, f.copy_review);
  review_press (&f, GDK_KEY_j);
  review_wait_for (&f, f.hero_review);
  review_press (&f, GDK_KEY_j); /* the last one: nothing happens */
  g_assert_cmpstr (baton_review_view_review (f.view), ==, f.hero_review);
  review_press (&f, GDK_KEY_k);
  review_wait_for (&f, f.copy_review);
  review_fixture_close (&f);
}

/* The whole queue by keys: criteria, a decision of each kind, and nothing is left. */
static void
test_by_keys (void)
{
  ReviewFixture f;

  review_fixture_open (&f, TRUE);
  review_wait_for (&f, f.print_review);
  review_press (&f, GDK_KEY_1);
  review_expect (&f, "review.answer");
  review_until (&f, answer_is, (gpointer) "complete", "complete");
  review_press (&f, GDK_KEY_1);
  review_expect (&f, "review.answer");
  review_until (&f, answer_is, (gpointer) "not_applicable", "not applicable");
  review_press (&f, GDK_KEY_a);
  review_wait_for (&f, f.copy_review);
  assert_status (&f, f.print_version, "approved");
  g_assert_cmpstr (stage_of (&f, f.print), ==, f.stages[2]);

  review_press (&f, GDK_KEY_w);
  review_type (&f, "Sunday is the 7th");
  review_submit (&f);
  review_wait_for (&f, f.hero_review);
  assert_status (&f, f.copy_versions[1], "approved_with_changes");

  /* A criterion that failed: no approving, in words; then changes. */
  g_assert_true (
      baton_criteria_list_press (baton_review_side_criteria (baton_review_view_side (f.view)), 1, TRUE));
  review_type (&f, "Not ours");
  review_submit (&f);
  review_expect (&f, "review.answer");
  review_until (&f, answer_is, (gpointer) "failed", "failed");
  review_press (&f, GDK_KEY_a);
  ui_spin (60);
  g_assert_cmpuint (f.verbs->len, ==, 0);
  g_assert_nonnull (strstr (baton_notice_text (baton_review_side_notice (baton_review_view_side (f.view))),
      "Brand colours correct"));
  review_press (&f, GDK_KEY_c);
  review_submit (&f); /* a comment of mine is open: no further words needed */
  review_until (&f, is_empty, NULL, "nothing to wait");
  assert_status (&f, f.hero_versions[3], "changes_requested");
  g_assert_cmpstr (stage_of (&f, f.hero), ==, f.stages[1]);
  review_fixture_close (&f);
}

static gboolean
is_approved (ReviewFixture *f, gpointer version)
{
  g_autoptr (BatonRow) row = review_row (f, BATON_ENTITY_VERSION, version);

  return g_strcmp0 (baton_row_text (row, BATON_VERSION_STATUS), "approved") == 0;
}

/* What is approved is what is seen: with another version before one's eyes nothing is, and it is said why. */
static void
test_another_version (void)
{
  ReviewFixture f;
  const char *said;

  review_show_hero (&f);
  g_signal_emit_by_name (ui_find_type (f.view, BATON_TYPE_VERSION_STRIP, 0), "shown", f.hero_versions[2]);
  review_press (&f, GDK_KEY_a);
  ui_spin (60);
  g_assert_cmpuint (f.verbs->len, ==, 0);
  said = baton_notice_text (baton_review_side_notice (baton_review_view_side (f.view)));
  g_assert_nonnull (strstr (said, "version 3"));
  g_assert_nonnull (strstr (said, "version 4"));
  g_signal_emit_by_name (ui_find_type (f.view, BATON_TYPE_VERSION_STRIP, 0), "shown", f.hero_versions[3]);
  review_press (&f, GDK_KEY_a);
  review_until (&f, is_approved, f.hero_versions[3], "approved");
  review_fixture_close (&f);
}

/* Twenty in one sitting. */
static void
test_twenty (void)
{
  ReviewFixture f;
  gint64 start;

  review_fixture_open (&f, FALSE);
  for (guint i = 0; i < 17; i++)
    {
      g_autofree char *title = g_strdup_printf ("Story %u", i);
      char *review;

      review_add (&f, title, 0x203040 + i * 0x080604,
          g_get_real_time () + (gint64) (30 + i) * G_TIME_SPAN_HOUR, &review);
    }
  f.window = GTK_WINDOW (gtk_window_new ());
  f.view = BATON_REVIEW_VIEW (baton_review_view_new ());
  gtk_window_set_child (f.window, GTK_WIDGET (f.view));
  gtk_window_set_default_size (f.window, 1200, 780);
  gtk_window_present (f.window);
  baton_review_view_set_workspace (f.view, f.workspace);
  review_wait_for (&f, f.print_review);
  start = g_get_monotonic_time ();
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *review = g_strdup (baton_review_view_review (f.view));
      g_autoptr (BatonRow) row = NULL;

      review_wait_for (&f, review);
      review_press (&f, GDK_KEY_a);
      review_expect (&f, "review.decide");
      row = review_row (&f, BATON_ENTITY_REVIEW, review);
      g_assert_cmpstr (baton_row_text (row, BATON_REVIEW_OUTCOME), ==, "approved");
    }
  review_until (&f, is_empty, NULL, "nothing to wait");
  g_test_message ("20 reviews in %" G_GINT64_FORMAT " ms", (g_get_monotonic_time () - start) / 1000);
  review_fixture_close (&f);
}

/* From the queue, before the review is read. */
static void
test_excuse_ahead (void)
{
  GtkWidget *button;
  ReviewFixture f;

  review_show_hero (&f);
  baton_review_view_show_review (f.view, f.copy_review);
  baton_review_view_excuse (f.view);
  review_wait_for (&f, f.copy_review);
  button =
      ui_find_type (baton_review_side_decision (baton_review_view_side (f.view)), GTK_TYPE_MENU_BUTTON, 0);
  g_assert_true (
      gtk_widget_get_visible (GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)))));
  review_fixture_close (&f);
}

/* Somebody else decides, or the request is taken back, while I look at it. */
static void
test_goes_away (void)
{
  BatonOp *op;
  ReviewFixture f;

  review_fixture_open (&f, TRUE);
  review_wait_for (&f, f.print_review);
  op = baton_op_new (BATON_VERB_REVIEW_WITHDRAW);
  baton_op_add_id (op, f.print_review);
  review_perform_as (&f, f.lea, op);
  review_wait_for (&f, f.copy_review);
  review_fixture_close (&f);
}

static void
test_passed_on (void)
{
  g_autoptr (BatonRow) row = NULL;
  ReviewFixture f;

  review_fixture_open (&f, TRUE);
  review_wait_for (&f, f.print_review);
  review_perform (&f, baton_review_op_excuse (f.print_review, "On a train", f.ana, 0));
  review_wait_for (&f, f.copy_review);
  row = review_row (&f, BATON_ENTITY_REVIEW, f.print_review);
  g_assert_true (baton_set_contains (baton_row_text (row, BATON_REVIEW_REVIEWERS), f.ana));
  g_assert_false (baton_set_contains (baton_row_text (row, BATON_REVIEW_REVIEWERS), f.me));
  review_fixture_close (&f);
}

/* Who says so by the keyboard goes on by it: what had it goes with the popover. */
static void
test_excuse_by_keys (void)
{
  ReviewFixture f;

  review_fixture_open (&f, TRUE);
  review_wait_for (&f, f.print_review);
  baton_review_view_focus (f.view);
  review_press (&f, GDK_KEY_x);
  ui_spin (300);
  review_type (&f, "On a train");
  review_submit (&f);
  review_expect (&f, "review.excuse");
  review_wait_for (&f, f.copy_review);
  ui_spin (300);
  g_assert_nonnull (gtk_widget_get_focus_child (GTK_WIDGET (f.view)));
  review_press (&f, GDK_KEY_j);
  review_wait_for (&f, f.hero_review);
  review_fixture_close (&f);
}

static gboolean
asks_for_time (ReviewFixture *f, gpointer data)
{
  return ui_find_button (baton_review_view_side (f->view), "Give the time") != NULL;
}

static gboolean
asks_no_more (ReviewFixture *f, gpointer data)
{
  return !asks_for_time (f, data);
}

/* Another reviewer asks for time: one click gives it, and the window ends later. */
static void
test_more_time (void)
{
  gint64 until = g_get_real_time () + 50 * G_TIME_SPAN_HOUR;
  g_autoptr (BatonRow) review = NULL;
  g_autofree char *texts = NULL;
  BatonOp *op = baton_op_new (BATON_VERB_REVIEW_REVIEWER);
  ReviewFixture f;

  review_fixture_open (&f, TRUE);
  review_wait_for (&f, f.print_review);
  baton_op_add_id (op, f.print_review);
  baton_op_link (op, BATON_REVIEW_REVIEWERS, TRUE, f.ana);
  review_perform (&f, op);
  review_perform_as (&f, f.ana, baton_review_op_excuse (f.print_review, "At a shoot", NULL, until));
  review_until (&f, asks_for_time, NULL, "the request for time");
  texts = ui_texts (baton_review_view_side (f.view));
  g_assert_nonnull (strstr (texts, "Ana Kovač asks for time until"));
  g_assert_nonnull (strstr (texts, "At a shoot"));
  review_forget (&f);
  g_signal_emit_by_name (ui_find_button (baton_review_view_side (f.view), "Give the time"), "clicked");
  review_expect (&f, "review.grant");
  review = review_row (&f, BATON_ENTITY_REVIEW, f.print_review);
  g_assert_cmpint (baton_row_int (review, BATON_REVIEW_ENDS), ==, until);
  review_until (&f, asks_no_more, NULL, "the request to be answered");
  review_fixture_close (&f);
}

/* Decided in haste, taken back, decided again, many times: the queue never misses a change. */
static void
test_again (void)
{
  ReviewFixture f;

  review_fixture_open (&f, TRUE);
  review_wait_for (&f, f.print_review);
  review_perform (&f, baton_review_op_decide (f.copy_review, "approved", NULL));
  review_perform (&f, baton_review_op_decide (f.hero_review, "changes_requested", NULL));
  for (guint i = 0; i < 15; i++)
    {
      review_wait_for (&f, f.print_review);
      review_press (&f, GDK_KEY_a);
      review_until (&f, is_empty, NULL, "nothing to wait");
      g_assert_true (baton_workspace_undo (f.workspace, FALSE, NULL, NULL));
    }
  review_wait_for (&f, f.print_review);
  review_fixture_close (&f);
}

/* A screen reader finds criteria with their state, buttons with their names, comments with their place. */
static void
test_accessible (void)
{
  GtkWidget *button;
  ReviewFixture f;

  review_show_hero (&f);
  gtk_test_accessible_assert_role (baton_review_view_marks (f.view), GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_test_accessible_assert_property (review_thread (&f, f.open_comment), GTK_ACCESSIBLE_PROPERTY_LABEL,
      "Comment 2 by Rui Keller, on v4, rectangle");
  button = ui_find_type (baton_review_side_criteria (baton_review_view_side (f.view)), GTK_TYPE_BUTTON, 0);
  gtk_test_accessible_assert_property (button, GTK_ACCESSIBLE_PROPERTY_LABEL, "Brand colours correct: open");
  for (guint i = 0; (button = ui_find_type (f.view, GTK_TYPE_BUTTON, i)) != NULL; i++)
    {
      if (GTK_IS_TOGGLE_BUTTON (button) || !gtk_widget_get_mapped (button))
        continue;
      g_assert_true (
          gtk_widget_get_tooltip_text (button) != NULL ||
          gtk_button_get_label (GTK_BUTTON (button)) != NULL ||
          gtk_test_accessible_has_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL));
    }
  review_fixture_close (&f);
}

/* An asset that nobody reviews: its versions and comments, and words instead of a decision. */
static void
test_asset (void)
{
  g_autofree char *texts = NULL;
  ReviewFixture f;

  review_fixture_open (&f, TRUE);
  review_wait_for (&f, f.print_review);
  review_press (&f, GDK_KEY_a);
  review_wait_for (&f, f.copy_review);
  baton_review_view_show_asset (f.view, f.print_asset);
  ui_spin (300);
  texts = ui_texts (baton_review_view_side (f.view));
  g_assert_nonnull (strstr (texts, "Print ad A4"));
  g_assert_nonnull (strstr (texts, "No review is open for this file."));
  review_press (&f, GDK_KEY_j);
  review_wait_for (&f, f.copy_review);
  review_fixture_close (&f);
}

static gboolean
is_shown_button (GtkWidget *widget, gconstpointer label)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) &&
         g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;
}

static gboolean
has_button (ReviewFixture *f, gpointer label)
{
  return ui_find (f->view, is_shown_button, label) != NULL;
}

static gboolean
has_no_button (ReviewFixture *f, gpointer label)
{
  return !has_button (f, label);
}

/* Two made apart from one: they stand beside each other, and which one counts is chosen there. */
static void
test_siblings (void)
{
  g_autoptr (BatonRow) asset = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static ("A line.\n", 8);
  g_autoptr (GBytes) other = g_bytes_new_static ("Another line.\n", 14);
  g_autoptr (GBytes) third = g_bytes_new_static ("A third line.\n", 14);
  ReviewFixture f;
  char *card, *id, *parent, *versions[2];

  review_fixture_open (&f, TRUE);
  review_wait_for (&f, f.print_review);
  review_add_asset (&f, "Teaser", "teaser.txt", &card, &id);
  parent = review_add_version (&f, id, NULL, "teaser.txt", "text/plain", bytes);
  versions[0] = review_add_version (&f, id, parent, "teaser.txt", "text/plain", other);
  versions[1] = review_add_version (&f, id, parent, "teaser.txt", "text/plain", third);
  baton_review_view_show_asset (f.view, id);
  /* Neither is beside what both were made from. */
  review_until (&f, has_button, (gpointer) "Choose version 3", "the third to be offered");
  g_assert_true (has_button (&f, (gpointer) "Keep version 2"));
  review_forget (&f);
  g_signal_emit_by_name (ui_find (f.view, is_shown_button, "Choose version 3"), "clicked");
  review_expect (&f, "asset.choose");
  asset = review_row (&f, BATON_ENTITY_ASSET, id);
  g_assert_cmpstr (baton_row_text (asset, BATON_ASSET_CURRENT), ==, versions[1]);
  /* It is settled. */
  review_until (&f, has_no_button, (gpointer) "Keep version 3", "nothing more to be asked");
  g_assert_false (has_button (&f, (gpointer) "Choose version 2"));
  g_assert_nonnull (versions[0]);
  review_fixture_close (&f);
}

int
main (int argc, char **argv)
{
  review_fixture_init (&argc, &argv);
  g_test_add_func ("/review/order", test_order);
  g_test_add_func ("/review/by-keys", test_by_keys);
  g_test_add_func ("/review/another-version", test_another_version);
  g_test_add_func ("/review/twenty", test_twenty);
  g_test_add_func ("/review/excuse-ahead", test_excuse_ahead);
  g_test_add_func ("/review/goes-away", test_goes_away);
  g_test_add_func ("/review/passed-on", test_passed_on);
  g_test_add_func ("/review/excuse-by-keys", test_excuse_by_keys);
  g_test_add_func ("/review/more-time", test_more_time);
  g_test_add_func ("/review/again", test_again);
  g_test_add_func ("/review/accessible", test_accessible);
  g_test_add_func ("/review/asset", test_asset);
  g_test_add_func ("/review/siblings", test_siblings);
  return g_test_run ();
}
