/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "height-index.h"

static void
check (BatonHeightIndex *index, GArray *oracle, int spacing)
{
  int y = 0;

  g_assert_cmpuint (baton_height_index_get_n_rows (index), ==, oracle->len);
  for (guint i = 0; i < oracle->len; i++)
    {
      const BatonHeight *want = &g_array_index (oracle, BatonHeight, i),
                        *got = baton_height_index_get (index, i);

      g_assert_true (want->item == got->item);
      g_assert_cmpint (got->height, ==, want->height);
      g_assert_cmpint (baton_height_index_get_y (index, i), ==, y);
      if (want->height > 0)
        g_assert_cmpuint (baton_height_index_find (index, y), ==, i);
      y += want->height + spacing;
      g_assert_cmpuint (baton_height_index_find (index, y - 1), ==, i);
    }
  g_assert_cmpuint (baton_height_index_find (index, -5), ==, 0);
  g_assert_cmpuint (baton_height_index_find (index, y), ==, oracle->len);
  g_assert_cmpint (baton_height_index_get_total (index), ==, oracle->len > 0 ? y - spacing : 0);
}

static void
splice (BatonHeightIndex *index, GArray *oracle, guint position, guint removed, guint added)
{
  g_autofree BatonHeight *heights = g_new (BatonHeight, added + 1);

  for (guint i = 0; i < added; i++)
    heights[i] = (BatonHeight){ GUINT_TO_POINTER (g_test_rand_int_range (1, 1 << 30)),
      g_test_rand_int_range (1, 300), false };
  baton_height_index_splice (index, position, removed, heights, added);
  g_array_remove_range (oracle, position, removed);
  if (added > 0)
    g_array_insert_vals (oracle, position, heights, added);
}

static void
test_random (void)
{
  for (int round = 0; round < 20; round++)
    {
      int spacing = g_test_rand_int_range (0, 12);
      g_autoptr (BatonHeightIndex) index = baton_height_index_new (spacing);
      g_autoptr (GArray) oracle = g_array_new (FALSE, FALSE, sizeof (BatonHeight));

      splice (index, oracle, 0, 0, (guint) g_test_rand_int_range (0, 2000));
      for (int step = 0; step < 150; step++)
        {
          guint position = (guint) g_test_rand_int_range (0, (int) oracle->len + 1);
          guint left = oracle->len - position;
          gboolean large = g_test_rand_int_range (0, 10) == 0;
          guint removed = (guint) g_test_rand_int_range (0, large ? 1500 : 3);

          splice (index, oracle, position, MIN (removed, left),
              (guint) g_test_rand_int_range (0, large ? 1500 : 3));
          if (oracle->len > 0)
            {
              guint at = (guint) g_test_rand_int_range (0, (int) oracle->len);
              int height = g_test_rand_int_range (1, 300);

              g_array_index (oracle, BatonHeight, at).height = height;
              baton_height_index_set (index, at, height, true);
            }
          if (step % 10 == 0)
            check (index, oracle, spacing);
        }
      check (index, oracle, spacing);
    }
}

static void
test_empty (void)
{
  g_autoptr (BatonHeightIndex) index = baton_height_index_new (7);
  const BatonHeight one = { NULL, 50, false };

  g_assert_cmpint (baton_height_index_get_total (index), ==, 0);
  g_assert_cmpuint (baton_height_index_find (index, 10), ==, 0);
  baton_height_index_splice (index, 0, 0, &one, 1);
  g_assert_cmpint (baton_height_index_get_total (index), ==, 50);
  baton_height_index_splice (index, 0, 1, NULL, 0);
  g_assert_cmpuint (baton_height_index_get_n_rows (index), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/widgets/height-index/random", test_random);
  g_test_add_func ("/widgets/height-index/empty", test_empty);
  return g_test_run ();
}
