/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

#include "simulate.h"

#include "duration-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define USEC ((double) G_USEC_PER_SEC)
#define FULL 0.9 /* of the hours: from here on queues grow out of all proportion */

static guint
percent (double share)
{
  return (guint) floor (MAX (share, 0) * 100 + 0.5);
}

/* The person with the least time left. */
static guint
busiest (const BatonWayResult *result)
{
  guint best = 0;

  for (guint i = 1; i < result->n_people; i++)
    {
      const BatonPersonLoad *load = &result->people[i];
      const BatonPersonLoad *most = &result->people[best];

      if (load->work + load->handoffs + load->meetings > most->work + most->handoffs + most->meetings)
        best = i;
    }
  return best;
}

char *
baton_way_words (const BatonTeam *team, const BatonWayResult *result)
{
  g_autofree char *median = baton_duration_words (result->median.value);
  g_autofree char *p85 = baton_duration_words_beside (result->p85.value, result->median.value);

  if (!result->any)
    return g_strdup_printf (_ ("%s: nothing was finished."), baton_way_name (result->way));
  if (result->overloaded)
    return g_strdup_printf (
        _ ("%s: more comes in than the team can do, by %u %%. Work piles up, and times depend on "
           "how long that has gone on."),
        baton_way_name (result->way), percent (result->growth));
  return g_strdup_printf (_ ("%s: half done within %s, 85 %% within %s; waiting is %u %% of the time."),
      baton_way_name (result->way), median, p85, percent (result->wait_share.value));
}

/* The quickest of the ways, against the way in which the team works now or the linear one. */
static void
append_best (GString *words, const BatonTeam *team, const BatonSimulation *simulation)
{
  const BatonWayResult *present = baton_simulation_way (simulation, team->present);
  const BatonWayResult *best = present;

  for (guint i = 0; present != NULL && i < simulation->n_ways; i++)
    {
      const BatonWayResult *way = &simulation->ways[i];

      if (way->any && !way->overloaded && (best->overloaded || way->median.high < best->median.value))
        best = way;
    }
  if (present == NULL || !present->any || present->overloaded)
    return;
  if (best == present)
    g_string_append_printf (
        words, _ ("No other way is clearly quicker than “%s”."), baton_way_name (present->way));
  else
    g_string_append_printf (words, _ ("“%s” saves %u %% of the time that half of the work takes now."),
        baton_way_name (best->way), percent (1 - best->median.value / present->median.value));
  g_string_append_c (words, ' ');
}

static void
append_busiest (GString *words, const BatonTeam *team, const BatonSimulation *simulation)
{
  const BatonWayResult *way = &simulation->ways[simulation->n_ways - 1];
  guint person = busiest (way);
  const BatonPersonLoad *load = &way->people[person];
  double full = load->work + load->handoffs + load->meetings;

  if (full < FULL)
    return;
  g_string_append_printf (words,
      _ ("%s has %u %% of the hours taken: no way of handing over helps where there is no time left."),
      baton_team_person (team, person)->name, percent (full));
  g_string_append_c (words, ' ');
}

char *
baton_simulation_words (const BatonTeam *team, const BatonSimulation *simulation)
{
  GString *words = g_string_new (NULL);

  append_best (words, team, simulation);
  append_busiest (words, team, simulation);
  g_string_truncate (words, words->len > 0 ? words->len - 1 : 0);
  return g_string_free (words, FALSE);
}

/* The quickest way that is not the linear one. */
static const BatonWayResult *
best_queue (const BatonSimulation *simulation)
{
  const BatonWayResult *best = NULL;

  for (guint i = 0; i < simulation->n_ways; i++)
    {
      const BatonWayResult *way = &simulation->ways[i];

      if (way->way != BATON_WAY_LINEAR && way->any &&
          (best == NULL || way->median.value < best->median.value))
        best = way;
    }
  return best;
}

char *
baton_claim_words (const BatonTeam *team, const BatonSimulation *simulation)
{
  const BatonWayResult *linear = baton_simulation_way (simulation, BATON_WAY_LINEAR);
  const BatonWayResult *queue = best_queue (simulation);
  double least = MIN (team->claim_before, team->claim_after) * USEC;
  g_autofree char *claimed_before = baton_duration_words_beside (team->claim_before * USEC, least);
  g_autofree char *claimed_after = baton_duration_words_beside (team->claim_after * USEC, least);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  double saved;
  double claimed;

  if (team->claim_before <= 0 || linear == NULL || queue == NULL || !linear->any || linear->overloaded)
    return g_strdup ("");
  least = MIN (linear->median.value, queue->median.value);
  before = baton_duration_words_beside (linear->median.value, least);
  after = baton_duration_words_beside (queue->median.value, least);
  saved = 1 - queue->median.value / linear->median.value;
  claimed = 1 - team->claim_after / team->claim_before;
  return g_strdup_printf (
      saved < claimed - 0.1
          ? _ ("It is said: from %s to %s, %u %% less. The simulation gives: from %s to %s, %u %% less, "
               "which is less than is said. Linear work waits %u %% of the time (30 to 50 %% is said).")
      : saved > claimed + 0.1
          ? _ ("It is said: from %s to %s, %u %% less. The simulation gives: from %s to %s, %u %% less, "
               "which is even more. Linear work waits %u %% of the time (30 to 50 %% is said).")
          : _ ("It is said: from %s to %s, %u %% less. The simulation gives: from %s to %s, %u %% less, "
               "which agrees. Linear work waits %u %% of the time (30 to 50 %% is said)."),
      claimed_before, claimed_after, percent (claimed), before, after, percent (saved),
      percent (linear->wait_share.value));
}
