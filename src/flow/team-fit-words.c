/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

#include "team-fit.h"

#include "duration-words.h"

#include <glib/gi18n-lib.h>

/* “Linear, both present” (9 %), …: of the ways that give the past again equally well. NULL when only one
 * does. */
static char *
alike_names (const BatonTeamFit *fit)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint n = 0;

  for (guint i = 0; i < BATON_N_WAYS; i++)
    {
      const BatonTeamLikeness *likeness = &fit->likeness[i];

      if (!likeness->alike)
        continue;
      g_string_append (names, n++ > 0 ? ", " : "");
      /* Translators: a way of working, and how far its simulation is from the past. */
      g_string_append_printf (
          names, _ ("“%s” (%.0f %%)"), baton_way_name (likeness->way), likeness->distance * 100);
    }
  return n > 1 ? g_string_free (g_steal_pointer (&names), FALSE) : NULL;
}

char *
baton_team_fit_alike_words (const BatonTeamFit *fit)
{
  g_autofree char *names = NULL;

  if (fit->team == NULL || fit->verdict < BATON_LIKENESS_FAIR)
    return NULL;
  names = alike_names (fit);
  if (names == NULL)
    return NULL;
  return g_strdup_printf (_ ("The past does not tell these ways of working apart: %s. The shares are the "
                             "greatest gaps between what was "
                             "simulated and what was seen. Where one is needed, “%s” is taken."),
      names, baton_way_name (fit->team->present));
}

char *
baton_team_fit_words (const BatonTeamFit *fit)
{
  const BatonTeamLikeness *likeness;
  double least;
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
  least = MIN (MIN (likeness->median.seen, likeness->median.simulated),
      MIN (likeness->p85.seen, likeness->p85.simulated));
  seen = baton_duration_words_beside (likeness->median.seen, least);
  simulated = baton_duration_words_beside (likeness->median.simulated, least);
  seen_p85 = baton_duration_words_beside (likeness->p85.seen, least);
  simulated_p85 = baton_duration_words_beside (likeness->p85.simulated, least);
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
