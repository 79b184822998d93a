/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "naive.h"

#include <string.h>

static void
set (Naive *naive, guint card, BatonField field, const char *value)
{
  naive_do (naive, baton_test_op_text (BATON_VERB_CARD_SET, naive->ids->cards[card], field, value));
}

static void
show (Naive *naive, BatonFilterKind kind, const char *value, const char *expected)
{
  g_autoptr (BatonFilter) filter = baton_filter_new ();
  g_autofree char *titles = NULL;

  baton_filter_set (filter, kind, value, TRUE);
  baton_board_set_filter (naive->board, filter);
  naive_check (naive, baton_filter_kind_name (kind));
  titles = naive_cell (naive, naive->ids->stages[0], "");
  g_assert_cmpstr (titles, ==, expected);
}

static void
set_due (Naive *naive, guint card, gint64 at)
{
  naive_do (naive, baton_test_op_int (BATON_VERB_CARD_SET, naive->ids->cards[card], BATON_CARD_DUE, at));
}

static void
test_kinds (void)
{
  g_autoptr (Naive) naive = naive_new ();
  BatonFilterClock clock = baton_filter_clock (g_get_real_time ());
  BatonTestBoard *ids = naive->ids;

  set (naive, 0, BATON_CARD_OWNER, ids->people[1]);
  set (naive, 1, BATON_CARD_CHANNEL, ids->channels[0]);
  set (naive, 2, BATON_CARD_CAMPAIGN, ids->campaign);
  set (naive, 3, BATON_CARD_ASSET_TYPE, ids->asset_type);
  set (naive, 4, BATON_CARD_URGENCY, "fast");
  naive_do (naive, baton_test_op_link (BATON_VERB_CARD_LABEL, ids->cards[5], TRUE, ids->labels[1]));
  naive_do (naive, baton_test_op_link (BATON_VERB_CARD_DEPEND, ids->cards[6], TRUE, ids->cards[0]));
  set_due (naive, 0, clock.now - G_USEC_PER_SEC);
  set_due (naive, 1, clock.end_of_today - 1);
  set_due (naive, 2, clock.end_of_today);
  set_due (naive, 3, clock.end_of_week);

  show (naive, BATON_FILTER_OWNER, ids->people[1], "Card 1");
  show (naive, BATON_FILTER_CHANNEL, ids->channels[0], "Card 2");
  show (naive, BATON_FILTER_CAMPAIGN, ids->campaign, "Card 3");
  show (naive, BATON_FILTER_ASSET_TYPE, ids->asset_type, "Card 4");
  show (naive, BATON_FILTER_URGENCY, "fast", "Card 5");
  show (naive, BATON_FILTER_LABEL, ids->labels[1], "Card 6");
  show (naive, BATON_FILTER_BLOCKED, "yes", "Card 7");
  show (naive, BATON_FILTER_DUE, "overdue", "Card 1");
  show (naive, BATON_FILTER_DUE, "week", "Card 3");
  show (naive, BATON_FILTER_DUE, "later", "Card 4");
  show (naive, BATON_FILTER_DUE, "none", "Card 5 Card 6 Card 7 Card 8");
  show (naive, BATON_FILTER_OWNER, "", "Card 2 Card 3 Card 4 Card 5 Card 6 Card 7 Card 8");
  show (naive, BATON_FILTER_LABEL, "", "Card 1 Card 2 Card 3 Card 4 Card 5 Card 7 Card 8");
  show (naive, BATON_FILTER_KIND, "done", "");
  show (naive, BATON_FILTER_KIND, "backlog", "Card 1 Card 2 Card 3 Card 4 Card 5 Card 6 Card 7 Card 8");
}

/* Several values of one kind: one of them is enough. Several kinds: every one of them. */
static void
test_combined (void)
{
  g_autoptr (Naive) naive = naive_new ();
  g_autoptr (BatonFilter) filter = baton_filter_new ();
  BatonTestBoard *ids = naive->ids;
  g_autofree char *titles = NULL;

  set (naive, 0, BATON_CARD_OWNER, ids->people[0]);
  set (naive, 1, BATON_CARD_OWNER, ids->people[1]);
  set (naive, 2, BATON_CARD_OWNER, ids->people[2]);
  set (naive, 1, BATON_CARD_CHANNEL, ids->channels[0]);
  set (naive, 2, BATON_CARD_CHANNEL, ids->channels[0]);
  baton_filter_set (filter, BATON_FILTER_OWNER, ids->people[0], TRUE);
  baton_filter_set (filter, BATON_FILTER_OWNER, ids->people[1], TRUE);
  baton_filter_set (filter, BATON_FILTER_CHANNEL, ids->channels[0], TRUE);
  baton_board_set_filter (naive->board, filter);
  titles = naive_cell (naive, ids->stages[0], "");
  g_assert_cmpstr (titles, ==, "Card 2");
  /* A card that comes to pass comes, and one that ceases to goes, by one step each. */
  naive_forget (naive);
  set (naive, 0, BATON_CARD_CHANNEL, ids->channels[0]);
  g_assert_cmpuint (naive->signals, ==, 1);
  g_assert_cmpuint (naive->added, ==, 1);
  set (naive, 1, BATON_CARD_OWNER, NULL);
  g_assert_cmpuint (naive->signals, ==, 2);
  g_assert_cmpuint (naive->removed, ==, 1);
  naive_check (naive, "combined");
}

static void
test_json (void)
{
  g_autoptr (BatonFilter) filter = baton_filter_new ();
  g_autoptr (BatonFilter) back = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;

  for (guint kind = 0; kind < BATON_N_FILTERS; kind++)
    {
      baton_filter_set (filter, kind, "", TRUE);
      for (guint i = 0; baton_test_nasty_text (i) != NULL; i++)
        baton_filter_set (filter, kind, baton_test_nasty_text (i), TRUE);
    }
  baton_filter_set_text (filter, "“quoted” \"and\" \\ <b>😀");
  json = baton_filter_to_json (filter);
  back = baton_filter_from_json (json, &error);
  g_assert_no_error (error);
  g_assert_true (baton_filter_equal (filter, back));
  g_assert_cmpstr (back->text, ==, filter->text);
  for (guint kind = 0; kind < BATON_N_FILTERS; kind++)
    {
      g_assert_cmpuint (back->values[kind]->len, ==, filter->values[kind]->len);
      for (guint i = 0; i < back->values[kind]->len; i++)
        g_assert_true (baton_filter_has (filter, kind, g_ptr_array_index (back->values[kind], i)));
    }
}

static void
test_json_refused (void)
{
  static const char *const wrong[] = { "", "[]", "{", "7", "{\"owner\":[\"a\"]", "\xff\xfe",
    "{\"text\":1}{" };
  static const char *const harmless[] = { "{}", "{\"owner\":7}", "{\"owner\":[7,null,{}]}",
    "{\"unknown\":[\"x\"]}", "{\"text\":[]}", "{\"text\":\"\"}" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BatonFilter) filter = baton_filter_from_json (wrong[i], &error);

      g_assert_null (filter);
      g_assert_nonnull (error);
    }
  for (guint i = 0; i < G_N_ELEMENTS (harmless); i++)
    {
      g_autoptr (BatonFilter) filter = baton_filter_from_json (harmless[i], NULL);

      g_assert_nonnull (filter);
      g_assert_true (baton_filter_is_empty (filter));
    }
}

static void
search (Naive *naive, const char *text)
{
  g_autoptr (BatonFilter) filter = baton_filter_new ();

  baton_filter_set_text (filter, text);
  baton_board_set_filter (naive->board, filter);
  naive_check (naive, text);
}

static guint
shown (Naive *naive)
{
  guint n = 0;

  for (guint i = 0; i < BATON_TEST_N_STAGES; i++)
    n += baton_board_count_shown (naive->board, naive->ids->stages[i]);
  return n;
}

/* What was typed finds what is there now: after a title, a comment, a label's name or a person's name
 * changed. */
static void
test_text_follows (void)
{
  g_autoptr (Naive) naive = naive_new ();
  BatonTestBoard *ids = naive->ids;

  search (naive, "pan");
  g_assert_cmpuint (shown (naive), ==, 0);
  set (naive, 4, BATON_CARD_TITLE, "Panorama");
  naive_check (naive, "after the title");
  g_assert_cmpuint (shown (naive), ==, 1);
  naive_do (naive, baton_test_op_comment (ids->campaign, ids->cards[5], "a pancake"));
  naive_check (naive, "after the comment");
  naive_do (naive, baton_test_op_link (BATON_VERB_CARD_LABEL, ids->cards[6], TRUE, ids->labels[0]));
  naive_do (naive, baton_test_op_text (BATON_VERB_LABEL_SET, ids->labels[0], BATON_LABEL_NAME, "Pandora"));
  naive_check (naive, "after the label's name");
  set (naive, 7, BATON_CARD_OWNER, ids->people[1]);
  naive_do (naive, baton_test_op_text (BATON_VERB_PERSON_SET, ids->people[1], BATON_PERSON_NAME, "Pan Tau"));
  naive_check (naive, "after the person's name");
  g_assert_cmpuint (shown (naive), ==, 4);
  naive_do (naive, baton_test_op_ids (BATON_VERB_CARD_BIN, ids->cards[4], NULL));
  naive_check (naive, "after it went into the bin");
  g_assert_cmpuint (shown (naive), ==, 3);
}

/* Typing fast: only the last question counts, and none comes after it. */
static void
test_typing (void)
{
  g_autoptr (Naive) naive = naive_new ();
  static const char *const typed[] = { "c", "ca", "car", "card", "card 1", "card", "car", "ca", "card 5" };

  for (guint round = 0; round < 20; round++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
        {
          g_autoptr (BatonFilter) filter = baton_filter_new ();

          baton_filter_set_text (filter, typed[i]);
          baton_board_set_filter (naive->board, filter);
          if ((i + round) % 3 == 0)
            g_main_context_iteration (NULL, FALSE);
        }
      naive_check (naive, "after typing");
      g_assert_cmpuint (shown (naive), ==, 1);
    }
}

/* A stage's kind decides what a filter by kind, and one by blocked, shows. */
static void
test_kind_changes (void)
{
  g_autoptr (Naive) naive = naive_new ();
  BatonTestBoard *ids = naive->ids;

  show (naive, BATON_FILTER_KIND, "queue", "");
  naive_do (naive, baton_test_op_text (BATON_VERB_STAGE_SET, ids->stages[0], BATON_STAGE_KIND, "queue"));
  naive_check (naive, "after its kind is another");
  g_assert_cmpuint (shown (naive), ==, BATON_TEST_N_CARDS);
}

int
main (int argc, char **argv)
{
  baton_test_init (&argc, &argv);
  g_test_add_func ("/filter/kinds", test_kinds);
  g_test_add_func ("/filter/combined", test_combined);
  g_test_add_func ("/filter/json", test_json);
  g_test_add_func ("/filter/json/refused", test_json_refused);
  g_test_add_func ("/filter/text-follows", test_text_follows);
  g_test_add_func ("/filter/typing", test_typing);
  g_test_add_func ("/filter/kind-changes", test_kind_changes);
  return g_test_run ();
}
