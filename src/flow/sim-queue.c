/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

#include "sim-state.h"

/* What waits, as a pairing heap (Fredman, Sedgewick, Sleator and Tarjan 1986): whose hand-over is seen later
 * than that of others, or who comes back after a question, belongs before them, and the queue of a team that
 * cannot keep up has tens of thousands in it. */

static gboolean
is_before (const Sim *sim, guint left, guint right)
{
  const Card *a = &sim->cards[left];
  const Card *b = &sim->cards[right];

  return a->handed != b->handed ? a->handed < b->handed : a->queued < b->queued;
}

/* Two heaps become one; returns its first card. */
static guint
meld (Sim *sim, guint left, guint right)
{
  guint first = is_before (sim, left, right) ? left : right;
  guint other = first == left ? right : left;

  sim->cards[other].next = sim->cards[first].behind;
  sim->cards[first].behind = other;
  return first;
}

/* Behind those that were handed over before. */
void
sim_queue_add (Sim *sim, Queue *queue, guint index)
{
  Card *card = &sim->cards[index];

  card->next = NO_CARD;
  card->behind = NO_CARD;
  card->queued = sim->queued++;
  queue->first = queue->first == NO_CARD ? index : meld (sim, queue->first, index);
}

/* The heaps of a list, melded in pairs; the list of what comes out, from the last pair to the first. */
static guint
meld_pairs (Sim *sim, guint list)
{
  guint pairs = NO_CARD;

  while (list != NO_CARD)
    {
      guint left = list;
      guint right = sim->cards[left].next;

      list = right != NO_CARD ? sim->cards[right].next : NO_CARD;
      left = right != NO_CARD ? meld (sim, left, right) : left;
      sim->cards[left].next = pairs;
      pairs = left;
    }
  return pairs;
}

guint
sim_queue_take (Sim *sim, Queue *queue)
{
  guint index = queue->first;
  guint pairs = meld_pairs (sim, sim->cards[index].behind);
  guint first = pairs;

  while (pairs != NO_CARD)
    {
      guint next = sim->cards[pairs].next;

      first = first == pairs ? pairs : meld (sim, first, pairs);
      pairs = next;
    }
  if (first != NO_CARD)
    sim->cards[first].next = NO_CARD;
  queue->first = first;
  sim->cards[index].next = NO_CARD;
  return index;
}
