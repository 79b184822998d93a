/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

#include "sim-private.h"

/* The order may wrap round in a very long run; events of one moment are never that far apart. */
static gboolean
earlier (const SimEvent *a, const SimEvent *b)
{
  return a->at != b->at ? a->at < b->at : (gint32) (a->order - b->order) < 0;
}

void
sim_heap_push (SimHeap *heap, gint64 at, guint32 type, guint32 subject, guint32 version)
{
  SimEvent event = { at, heap->order++, version, subject, type };
  guint i = heap->n++;

  if (heap->n > heap->room)
    {
      heap->room = MAX (256, 2 * heap->room);
      heap->events = g_renew (SimEvent, heap->events, heap->room);
    }
  while (i > 0 && earlier (&event, &heap->events[(i - 1) / 2]))
    {
      heap->events[i] = heap->events[(i - 1) / 2];
      i = (i - 1) / 2;
    }
  heap->events[i] = event;
}

SimEvent
sim_heap_pop (SimHeap *heap)
{
  SimEvent first = heap->events[0];
  SimEvent last = heap->events[--heap->n];
  guint i = 0;

  while (2 * i + 1 < heap->n)
    {
      guint child = 2 * i + 1;

      if (child + 1 < heap->n && earlier (&heap->events[child + 1], &heap->events[child]))
        child++;
      if (!earlier (&heap->events[child], &last))
        break;
      heap->events[i] = heap->events[child];
      i = child;
    }
  heap->events[i] = last;
  return first;
}
