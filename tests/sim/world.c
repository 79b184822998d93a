/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-sim"

#include "sim.h"

#include "defect.h"

#include <gio/gio.h>

typedef struct
{
  gint64 when;
  guint64 order;
  SimFunc func;
  gpointer data;
} Event;

static gboolean
is_earlier (const Event *a, const Event *b)
{
  return a->when != b->when ? a->when < b->when : a->order < b->order;
}

static void
swap (GPtrArray *heap, guint a, guint b)
{
  gpointer held = heap->pdata[a];

  heap->pdata[a] = heap->pdata[b];
  heap->pdata[b] = held;
}

void
sim_at (Sim *sim, gint64 when, SimFunc func, gpointer data)
{
  Event *event = g_new (Event, 1);
  guint i = sim->events->len;

  *event = (Event){ MAX (when, sim->now), sim->order++, func, data };
  g_ptr_array_add (sim->events, event);
  while (i > 0 && is_earlier (sim->events->pdata[i], sim->events->pdata[(i - 1) / 2]))
    {
      swap (sim->events, i, (i - 1) / 2);
      i = (i - 1) / 2;
    }
}

static Event *
pop (GPtrArray *heap)
{
  Event *first = heap->pdata[0];
  guint i = 0;

  heap->pdata[0] = heap->pdata[heap->len - 1];
  g_ptr_array_set_size (heap, (int) heap->len - 1);
  while (TRUE)
    {
      guint least = i;

      for (guint child = 2 * i + 1; child <= 2 * i + 2 && child < heap->len; child++)
        {
          if (is_earlier (heap->pdata[child], heap->pdata[least]))
            least = child;
        }
      if (least == i)
        return first;
      swap (heap, i, least);
      i = least;
    }
}

/* Everything that happens until then; FALSE when something went wrong. */
gboolean
sim_run_until (Sim *sim, gint64 until)
{
  while (sim->failure == NULL && sim->events->len > 0 && ((Event *) sim->events->pdata[0])->when <= until)
    {
      Event *event = pop (sim->events);

      sim->now = event->when;
      baton_sim_now = sim->now + G_GINT64_CONSTANT (1772355600) * SECOND;
      sim->steps++;
      event->func (event->data);
      g_free (event);
      if (sim->steps > 400000)
        sim_fail (sim, "it never rests");
    }
  if (sim->failure == NULL)
    sim->now = MAX (sim->now, until);
  return sim->failure == NULL;
}

guint
sim_below (Sim *sim, guint bound)
{
  return baton_test_below (&sim->random, bound);
}

gboolean
sim_chance (Sim *sim, guint per_mille)
{
  return baton_test_below (&sim->random, 1000) < per_mille;
}

void
sim_fail (Sim *sim, const char *format, ...)
{
  va_list args;

  if (sim->failure != NULL)
    return;
  va_start (args, format);
  sim->failure = g_strdup_vprintf (format, args);
  va_end (args);
}

void
sim_say (Sim *sim, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  if (!sim->chatty)
    return;
  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_print ("# %10.6f %s\n", (double) sim->now / SECOND, text);
}

void
sim_crash_in (guint writes)
{
  baton_sim_writes_left = writes;
  baton_sim_dead = FALSE;
}

gboolean
sim_crashed (void)
{
  gboolean dead = baton_sim_dead;

  baton_sim_dead = FALSE;
  baton_sim_writes_left = 0;
  return dead;
}

void
sim_copy_folder (const char *from, const char *to)
{
  static const char *const names[] = { "workspace.db", "workspace.db-wal" };

  g_mkdir_with_parents (to, 0700);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *source = g_build_filename (from, names[i], NULL);
      g_autofree char *target = g_build_filename (to, names[i], NULL);
      g_autofree char *text = NULL;
      gsize length;

      if (g_file_get_contents (source, &text, &length, NULL))
        g_file_set_contents_full (target, text, (gssize) length, G_FILE_SET_CONTENTS_NONE, 0600, NULL);
    }
}
