/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

#include "team-fit.h"

#include "duration-words.h"

#include <glib/gi18n-lib.h>

char *
baton_team_fit_words (const BatonTeamFit *fit)
{
  const BatonTeamLikeness *likeness;
  g_autofree char *seen = NULL;
  g_autofree char *simulated = NULL;
  g_autofree char *seen_p85 = NULL;
  g_autofree char *simulated_p85 = NULL;
  g_autofree char *figures = NULL;

  if (fit->team == NULL)
    return g_strdup_printf (
        _ ("Too little to build a team from: %u finished cards that somebody worked on. It takes 20."),
        fit->n_cards);
  likeness = &fit->likeness[fit->team->present];
  seen = baton_duration_words (likeness->median.seen);
  simulated = baton_duration_words (likeness->median.simulated);
  seen_p85 = baton_duration_words (likeness->p85.seen);
  simulated_p85 = baton_duration_words (likeness->p85.simulated);
  figures = g_strdup_printf (_ ("Half within %s (simulated: %s), 85 %% within %s (simulated: %s)."), seen,
      simulated, seen_p85, simulated_p85);
  switch (fit->verdict)
    {
    case BATON_LIKENESS_GOOD:
      return g_strdup_printf (_ ("The simulation gives the past of this board well. %s"), figures);
    case BATON_LIKENESS_FAIR:
      return g_strdup_printf (
          _ ("The simulation gives the past of this board roughly; take predictions as a direction. %s"),
          figures);
    case BATON_LIKENESS_POOR:
    case BATON_LIKENESS_NONE:
    default:
      return g_strdup_printf (
          _ ("The simulation does not give the past of this board; do not believe what it predicts. %s"),
          figures);
    }
}
