/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "sim-state.h"

#include "test-random.h"

/* What waits in a simulated queue, against a list that is searched from its beginning. */

#define CARDS 400
#define STEPS 4000

static gboolean
is_before (const Sim *sim, const guint *order, guint a, guint b)
{
  gint64 left = sim->cards[a].handed;
  gint64 right = sim->cards[b].handed;

  return left != right ? left < right : order[a] < order[b];
}

static guint
take_from_list (const Sim *sim, GArray *list, const guint *order)
{
  guint first = 0;
  guint card;

  for (guint i = 1; i < list->len; i++)
    if (is_before (sim, order, g_array_index (list, guint, i), g_array_index (list, guint, first)))
      first = i;
  card = g_array_index (list, guint, first);
  g_array_remove_index (list, first);
  return card;
}

/* Two queues over the same cards, filled mostly in order and sometimes long afterwards. */
static void
test_random (void)
{
  BatonTestRandom random = baton_test_random (1);
  Sim sim = { .cards = g_new0 (Card, CARDS) };
  Queue queues[2] = { { NO_CARD }, { NO_CARD } };
  GArray *lists[2] = { g_array_new (FALSE, FALSE, sizeof (guint)),
    g_array_new (FALSE, FALSE, sizeof (guint)) };
  g_autofree guint *order = g_new0 (guint, CARDS);
  g_autoptr (GArray) idle = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < CARDS; i++)
    g_array_append_val (idle, i);
  for (guint step = 0; step < STEPS; step++)
    {
      guint which = baton_test_next (&random) % 2;
      gboolean add = lists[which]->len == 0 || (idle->len > 0 && baton_test_next (&random) % 100 < 55);

      if (add && idle->len > 0)
        {
          guint card = g_array_index (idle, guint, idle->len - 1);

          g_array_set_size (idle, idle->len - 1);
          sim.cards[card].handed = step / 8;
          if (baton_test_next (&random) % 3 == 0)
            sim.cards[card].handed -= baton_test_next (&random) % 200;
          order[card] = step;
          sim_queue_add (&sim, &queues[which], card);
          g_array_append_val (lists[which], card);
        }
      else if (lists[which]->len > 0)
        {
          guint card = take_from_list (&sim, lists[which], order);

          g_assert_cmpuint (queues[which].first, ==, card);
          g_assert_cmpuint (sim_queue_take (&sim, &queues[which]), ==, card);
          g_assert_cmpuint (sim.cards[card].next, ==, NO_CARD);
          g_array_append_val (idle, card);
        }
    }
  for (guint which = 0; which < 2; which++)
    {
      while (lists[which]->len > 0)
        g_assert_cmpuint (
            sim_queue_take (&sim, &queues[which]), ==, take_from_list (&sim, lists[which], order));
      g_assert_cmpuint (queues[which].first, ==, NO_CARD);
      g_array_unref (lists[which]);
    }
  g_free (sim.cards);
}

/* A team that cannot keep up: half a million wait, and each is seen a little later than those after it. A
 * list that is searched would take hours. */
static void
test_long (void)
{
  const guint n = 500000;
  Sim sim = { .cards = g_new0 (Card, n) };
  Queue queue = { NO_CARD };
  gint64 last = -1;

  for (guint i = 0; i < n; i++)
    {
      sim.cards[i].handed = i ^ 7;
      sim_queue_add (&sim, &queue, i);
    }
  for (guint i = 0; i < n; i++)
    {
      guint card = sim_queue_take (&sim, &queue);

      g_assert_cmpint (sim.cards[card].handed, >, last);
      last = sim.cards[card].handed;
    }
  g_assert_cmpuint (queue.first, ==, NO_CARD);
  g_free (sim.cards);
}

int
main (int argc, char **argv)
{
  baton_test_init (&argc, &argv);
  g_test_add_func ("/flow/queue/random", test_random);
  g_test_add_func ("/flow/queue/long", test_long);
  return g_test_run ();
}
