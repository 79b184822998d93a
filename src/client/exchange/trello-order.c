/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "trello.h"

static int
compare_ranks (const void *a, const void *b)
{
  const TrelloCard *card_a = *(TrelloCard *const *) a;
  const TrelloCard *card_b = *(TrelloCard *const *) b;
  gint64 rank_a = baton_row_int (card_a->base.row, BATON_CARD_RANK);
  gint64 rank_b = baton_row_int (card_b->base.row, BATON_CARD_RANK);

  return rank_a < rank_b ? -1 : rank_a > rank_b;
}

/* The heaviest run of cards, in the order of their ranks, that is also in the order of the file. A card that
 * was not touched in Trello weighs more than all that were: if somebody has to move, then these. A Fenwick
 * tree holds for each order the heaviest run that ends up to there. */
static void
mark_run (GPtrArray *here, guint n_orders)
{
  g_autofree guint64 *weights = g_new0 (guint64, here->len);
  g_autofree int *previous = g_new (int, here->len);
  g_autofree int *tree = g_new (int, n_orders + 1);
  int best = -1;

  for (guint i = 0; i <= n_orders; i++)
    tree[i] = -1;
  for (guint i = 0; i < here->len; i++)
    {
      const TrelloCard *card = g_ptr_array_index (here, i);

      previous[i] = -1;
      for (guint at = card->order; at > 0; at &= at - 1)
        {
          if (tree[at] >= 0 && (previous[i] < 0 || weights[tree[at]] > weights[previous[i]]))
            previous[i] = tree[at];
        }
      weights[i] = (previous[i] >= 0 ? weights[previous[i]] : 0) + (card->touched ? 1 : here->len + 1);
      for (guint at = card->order + 1; at <= n_orders; at += at & -at)
        {
          if (tree[at] < 0 || weights[i] > weights[tree[at]])
            tree[at] = (int) i;
        }
      if (best < 0 || weights[i] > weights[best])
        best = (int) i;
    }
  for (; best >= 0; best = previous[best])
    ((TrelloCard *) g_ptr_array_index (here, best))->reorder = FALSE;
}

/* Of the cards that stand in a list already, those that stand in the file's order stay; of the others, those
 * that were touched in Trello are put where the file has them. */
void
trello_find_misplaced (TrelloList *list)
{
  g_autoptr (GPtrArray) here = g_ptr_array_new ();

  for (guint i = 0; i < list->cards->len; i++)
    {
      TrelloCard *card = g_ptr_array_index (list->cards, i);

      card->reorder = card->settled && card->list == list && card->last_entry < 0;
      if (card->reorder)
        g_ptr_array_add (here, card);
    }
  g_ptr_array_sort (here, compare_ranks);
  mark_run (here, list->cards->len);
  for (guint i = 0; i < here->len; i++)
    {
      TrelloCard *card = g_ptr_array_index (here, i);

      card->reorder = card->reorder && card->touched;
      card->settled = !card->reorder;
    }
}
