/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* What people type, and which cards they find. */

#include "test-board.h"

#include <string.h>

typedef struct
{
  BatonTestStore *test;
  BatonTestBoard *board;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  static const char *const titles[] = { "Hero image for Instagram", "Café menu, naïve Größe",
    "春の特集ページのデザイン", "E-mail newsletter", "한국어 캠페인 포스터", "In-store window poster" };

  f->test = baton_test_store_new ();
  f->board = baton_test_board_fill (f->test);
  for (guint i = 0; i < G_N_ELEMENTS (titles); i++)
    baton_test_perform (
        f->test, baton_test_op_text (BATON_VERB_CARD_SET, f->board->cards[i], BATON_CARD_TITLE, titles[i]));
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  baton_test_store_check (f->test);
  baton_test_board_free (f->board);
  baton_test_store_free (f->test);
}

/* As a set it is the same answer. */
static void
assert_same_set (Fixture *f, const char *typed, GPtrArray *ids)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GHashTable) set = baton_reader_search_set (baton_test_reader (f->test), typed, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (set), ==, ids->len);
  for (guint i = 0; i < ids->len; i++)
    g_assert_true (g_hash_table_contains (set, g_ptr_array_index (ids, i)));
}

/* Finds these cards, named by digits: "02" is the first and the third. */
static void
assert_found (Fixture *f, const char *typed, const char *cards)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) ids = baton_reader_search (baton_test_reader (f->test), typed, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < BATON_TEST_N_CARDS; i++)
    {
      gboolean found = g_ptr_array_find_with_equal_func (ids, f->board->cards[i], g_str_equal, NULL);

      if (found != (strchr (cards, '0' + (int) i) != NULL))
        g_test_message ("“%s”: card %u", typed, i);
      g_assert_cmpint (found, ==, (strchr (cards, '0' + (int) i) != NULL));
    }
  g_assert_cmpuint (ids->len, ==, strlen (cards));
  assert_same_set (f, typed, ids);
}

static void
test_words (Fixture *f, gconstpointer data)
{
  assert_found (f, "hero", "0");
  assert_found (f, "HERO", "0");
  assert_found (f, "her", "0");
  assert_found (f, "inst", "0");
  assert_found (f, "image hero", "0");
  assert_found (f, "hero im", "0");
  assert_found (f, "hero newsletter", "");
  assert_found (f, "card", "67");
  assert_found (f, "poster", "5");
  assert_found (f, "in-store", "5");
  assert_found (f, "store", "5");
  assert_found (f, "e-mail", "3");
  assert_found (f, "mage", "");
  assert_found (f, "  hero\t image \n", "0");
}

static void
test_scripts (Fixture *f, gconstpointer data)
{
  assert_found (f, "cafe", "1");
  assert_found (f, "café", "1");
  assert_found (f, "cafe\xcc\x81", "1"); /* the accent as a character of its own */
  assert_found (f, "CAFÉ", "1");
  assert_found (f, "naive", "1");
  assert_found (f, "größe", "1");
  assert_found (f, "grosse", ""); /* ß is a letter, not an accent */
  assert_found (f, "特集", "2");
  assert_found (f, "デザイン", "2");
  assert_found (f, "ザイ", "2"); /* in the middle */
  assert_found (f, "集特", "");
  assert_found (f, "春", "2");
  assert_found (f, "캠페인", "4");
  assert_found (f, "페인", "4");
  assert_found (f, "春の hero", "");
}

/* Everything that a card says is found: its texts, labels, people, comments; and what they are called today.
 */
static void
test_everything (Fixture *f, gconstpointer data)
{
  const char *card = f->board->cards[6];
  BatonOp *op = baton_test_op_text (BATON_VERB_CARD_SET, card, BATON_CARD_BRIEF, "Mention the **voucher**");

  assert_found (f, "margins", "0");
  baton_op_set_text (op, BATON_CARD_NOTES, "Supplier is Druckhaus");
  baton_op_set_text (op, BATON_CARD_AUDIENCE, "commuters");
  baton_op_set_text (op, BATON_CARD_OWNER, f->board->people[1]);
  baton_test_perform (f->test, op);
  baton_test_perform (f->test, baton_test_op_link (BATON_VERB_CARD_LABEL, card, TRUE, f->board->labels[1]));
  baton_test_perform (f->test, baton_test_op_link (BATON_VERB_CARD_MEMBER, card, TRUE, f->board->people[2]));
  assert_found (f, "voucher", "6");
  assert_found (f, "druckhaus", "6");
  assert_found (f, "commuters voucher", "6");
  assert_found (f, "jose", "6");
  assert_found (f, "田中", "6");
  assert_found (f, "花子", "6");
  assert_found (f, "evergreen", "6");

  baton_test_perform (
      f->test, baton_test_op_text (BATON_VERB_LABEL_SET, f->board->labels[1], BATON_LABEL_NAME, "Timeless"));
  baton_test_perform (f->test,
      baton_test_op_text (BATON_VERB_PERSON_SET, f->board->people[1], BATON_PERSON_NAME, "Pepe Ibáñez"));
  assert_found (f, "evergreen", "");
  assert_found (f, "timeless", "6");
  assert_found (f, "jose", "");
  assert_found (f, "pepe", "6");
  baton_test_perform (f->test, baton_test_op_link (BATON_VERB_CARD_LABEL, card, FALSE, f->board->labels[1]));
  assert_found (f, "timeless", "");
}

static void
test_removed_names (Fixture *f, gconstpointer data)
{
  baton_test_perform (
      f->test, baton_test_op_link (BATON_VERB_CARD_LABEL, f->board->cards[6], TRUE, f->board->labels[1]));
  baton_test_perform (f->test, baton_test_op_ids (BATON_VERB_LABEL_REMOVE, f->board->labels[1], NULL));
  assert_found (f, "evergreen", "");
  baton_test_perform (f->test, baton_test_op_ids (BATON_VERB_LABEL_RESTORE, f->board->labels[1], NULL));
  assert_found (f, "evergreen", "6");
}

static void
test_comments (Fixture *f, gconstpointer data)
{
  g_autofree char *id = baton_test_board_id (f->board);

  baton_test_perform (f->test, baton_test_op_comment (id, f->board->cards[5], "The glass reflects"));
  assert_found (f, "reflects", "5");
  baton_test_perform (
      f->test, baton_test_op_text (BATON_VERB_COMMENT_SET, id, BATON_COMMENT_TEXT, "It shines"));
  assert_found (f, "reflects", "");
  assert_found (f, "shines", "5");
  baton_test_perform (f->test, baton_test_op_ids (BATON_VERB_COMMENT_REMOVE, id, NULL));
  assert_found (f, "shines", "");
  g_assert_true (baton_test_undo (f->test, FALSE, NULL));
  assert_found (f, "shines", "5");
}

static void
test_boards (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) here =
      baton_reader_search (baton_test_reader (f->test), "hero", f->board->board, NULL);
  g_autoptr (GPtrArray) elsewhere =
      baton_reader_search (baton_test_reader (f->test), "hero", f->board->cards[0], NULL);

  g_assert_cmpuint (here->len, ==, 1);
  g_assert_cmpuint (elsewhere->len, ==, 0);
}

/* What the full-text engine would take for its own language. */
static void
test_syntax (Fixture *f, gconstpointer data)
{
  static const char *const nothing[] = { "", " ", "\"", "*", "^", "-", "(", ")", ":", "\"\"", "AND",
    "NEAR(hero)x", "title:hero", "' OR 1=1 --", "\\", "{hero}: x", "hero NOT image", "\xff", "🚀", "+-*/",
    "hero OR newsletter" };

  for (guint i = 0; i < G_N_ELEMENTS (nothing); i++)
    assert_found (f, nothing[i], "");
  assert_found (f, "hero*", "0");
  assert_found (f, "^hero", "0");
  assert_found (f, "\"hero", "0");
  assert_found (f, "hero\" \"image", "0");
  assert_found (f, "-hero", "0");
  assert_found (f, "(hero)", "0");
  assert_found (f, "hero - image", "0");
}

/* Any bytes may be typed; the answer is cards or none, never an error. */
static void
test_random_input (Fixture *f, gconstpointer data)
{
  BatonTestRandom random = baton_test_random (9);
  guint n = baton_test_rounds (2000);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GString) typed = g_string_new (NULL);
      g_autoptr (GPtrArray) ids = NULL;
      g_autoptr (GError) error = NULL;
      guint length = baton_test_below (&random, 12);

      for (guint j = 0; j < length; j++)
        {
          if (baton_test_chance (&random, 50))
            g_string_append_c (typed, "\"*^-()+:{}' ,NEARORANDNOT\\"[baton_test_below (&random, 26)]);
          else
            g_string_append_unichar (
                typed, 1 + baton_test_below (&random, baton_test_chance (&random, 50) ? 256 : 0xd7ff));
        }
      ids = baton_reader_search (baton_test_reader (f->test), typed->str, NULL, &error);
      if (error != NULL)
        g_test_message ("“%s”", typed->str);
      g_assert_no_error (error);
      g_assert_nonnull (ids);
      assert_same_set (f, typed->str, ids);
    }
}

/* Cards whose title says it come before those that mention it in passing. */
static void
test_best_first (Fixture *f, gconstpointer data)
{
  g_autofree char *long_text = g_strnfill (5000, 'x');
  g_autofree char *brief =
      g_strconcat ("window ", long_text, " and so on and on, with many words around it", NULL);
  g_autoptr (GPtrArray) ids = NULL;

  baton_test_perform (
      f->test, baton_test_op_text (BATON_VERB_CARD_SET, f->board->cards[0], BATON_CARD_BRIEF, brief));
  ids = baton_reader_search (baton_test_reader (f->test), "window", NULL, NULL);
  g_assert_cmpuint (ids->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (ids, 0), ==, f->board->cards[5]);
}

/* Few are looked up one by one, many in one pass over all: the answer must not tell. */
static void
test_few_and_many (Fixture *f, gconstpointer data)
{
  guint extra = 700;

  for (guint i = 0; i < extra; i++)
    {
      g_autofree char *id = baton_test_board_id (f->board);
      g_autofree char *title = g_strdup_printf ("Zebra %s %u", i % 7 == 0 ? "quagga" : "okapi", i);

      baton_test_perform (f->test, baton_test_op_card (id, f->board->stages[0], title));
    }
  for (guint i = 0; i < 3; i++)
    {
      const char *typed[] = { "z", "quagga", "zebra okapi" };
      const guint wanted[] = { extra, extra / 7, extra - extra / 7 };
      g_autoptr (GPtrArray) ids = baton_reader_search (baton_test_reader (f->test), typed[i], NULL, NULL);

      g_assert_cmpuint (ids->len, ==, wanted[i]);
      assert_same_set (f, typed[i], ids);
    }
}

int
main (int argc, char **argv)
{
  baton_test_init (&argc, &argv);
#define ADD(name, function) g_test_add ("/search/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("words", test_words);
  ADD ("scripts", test_scripts);
  ADD ("everything", test_everything);
  ADD ("removed-names", test_removed_names);
  ADD ("comments", test_comments);
  ADD ("boards", test_boards);
  ADD ("syntax", test_syntax);
  ADD ("random-input", test_random_input);
  ADD ("few-and-many", test_few_and_many);
  ADD ("best-first", test_best_first);
#undef ADD
  return g_test_run ();
}
