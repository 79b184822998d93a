/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-sim"

#include "sim.h"

#include "defect.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

int baton_sim_defect;
guint baton_sim_writes_left;
gboolean baton_sim_dead;
gint64 baton_sim_now;

static const struct
{
  const char *name;
  const char *what;
} defects[] = {
  { "NONE", "" },
#define DEFECT(NAME, text) { #NAME, text },
#include "defects.def"
};

static void
quiet (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
}

static int
run (guint first, guint last, const SimOptions *options)
{
  guint wrong = 0;

  for (guint seed = first; seed <= last; seed++)
    {
      g_autofree char *failure = sim_story (seed, options);

      if (failure == NULL)
        continue;
      wrong++;
      printf (
          "seed %u: %s\n  again: baton-sim --seeds %u-%u --thorough --chatty\n", seed, failure, seed, seed);
      fflush (stdout);
    }
  return wrong > 0 ? 1 : 0;
}

/* Each planted defect must be found; and how soon. */
static int
run_defects (guint most, const char *only)
{
  const SimOptions options = { 0 };
  int wrong = 0;

  for (guint i = 1; i < G_N_ELEMENTS (defects); i++)
    {
      guint seed = 0;
      g_autofree char *failure = NULL;
      g_autofree char *where = NULL;

      if (only != NULL && !g_str_equal (only, defects[i].name))
        continue;
      baton_sim_defect = (int) i;
      while (failure == NULL && seed < most)
        failure = sim_story (++seed, &options);
      where = failure != NULL ? g_strdup_printf ("seed %u: ", seed) : g_strdup ("a tale: ");
      if (failure == NULL)
        failure = sim_failed_tale (3);
      wrong += failure == NULL;
      printf ("%s %s (%s): %s%.160s\n", failure != NULL ? "found" : "NOT FOUND", defects[i].name,
          defects[i].what, failure != NULL ? where : "", failure != NULL ? failure : "");
      fflush (stdout);
    }
  printf (
      "%d of %d defects found\n", (int) G_N_ELEMENTS (defects) - 1 - wrong, (int) G_N_ELEMENTS (defects) - 1);
  return wrong > 0 ? 1 : 0;
}

int
main (int argc, char **argv)
{
  g_autofree char *seeds = NULL;
  g_autofree char *defect = NULL;
  gboolean all_defects = FALSE;
  gboolean tales = FALSE;
  gboolean thorough = FALSE;
  gboolean chatty = FALSE;
  const GOptionEntry entries[] = {
    { "seeds", 0, 0, G_OPTION_ARG_STRING, &seeds, "Lives to live", "FIRST-LAST" },
    { "defects", 0, 0, G_OPTION_ARG_NONE, &all_defects, "Find every planted defect", NULL },
    { "defect", 0, 0, G_OPTION_ARG_STRING, &defect, "Plant this one", "NAME" },
    { "tales", 0, 0, G_OPTION_ARG_NONE, &tales, "Tell what is known to happen, each LAST times", NULL },
    { "thorough", 0, 0, G_OPTION_ARG_NONE, &thorough, "Verify every workspace", NULL },
    { "chatty", 0, 0, G_OPTION_ARG_NONE, &chatty, "Tell what happens", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  guint first = 1;
  guint last = 100;
  SimOptions options;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return 2;
    }
  if (seeds != NULL && sscanf (seeds, "%u-%u", &first, &last) < 2)
    last = first;
  if (!chatty)
    g_log_set_default_handler (quiet, NULL);
  /* Once, before anything is drawn from a seed: it draws, too. */
  if (sodium_init () < 0)
    return 2;
  if (tales)
    return sim_tales (last, chatty);
  if (all_defects)
    return run_defects (last, NULL);
  for (guint i = 1; defect != NULL && i < G_N_ELEMENTS (defects); i++)
    {
      if (g_str_equal (defect, defects[i].name))
        baton_sim_defect = (int) i;
    }
  options = (SimOptions){ thorough, chatty };
  return run (first, last, &options);
}
