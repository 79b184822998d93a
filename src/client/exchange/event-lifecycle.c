/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "event-private.h"

/* The standard transactional life-cycle of XES (IEEE 1849, lifecycle:transition). A card comes into a stage
 * when the activity begins: with “start”, or with “complete” where the record has no start of it. What else
 * that life-cycle knows says nothing about where the card is. Other words (“Resolved”) are of the tool that
 * wrote the log and count as events. */

LogTransition
baton_event_transition (const char *name)
{
  static const char *const neither[] = { "schedule", "assign", "reassign", "withdraw", "suspend", "resume",
    "autoskip", "manualskip", "ate_abort", "pi_abort", "unknown", NULL };

  if (g_ascii_strcasecmp (name, "start") == 0)
    return LOG_STARTS;
  if (g_ascii_strcasecmp (name, "complete") == 0)
    return LOG_COMPLETES;
  for (guint i = 0; neither[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (name, neither[i]) == 0)
        return LOG_NEITHER;
    }
  return LOG_ENTERS;
}

guint
baton_event_lifecycle (LogEvent *events, guint n)
{
  g_autoptr (GHashTable) begun = NULL; /* activity + 1 → how often it is begun and not ended */
  guint stay = 0;

  for (guint i = 0; i < n; i++)
    {
      gpointer key = GUINT_TO_POINTER (events[i].activity + 1);
      guint open = begun != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (begun, key)) : 0;
      gboolean ends = events[i].transition == LOG_COMPLETES && open > 0;

      if (begun == NULL && events[i].transition == LOG_STARTS)
        begun = g_hash_table_new (NULL, NULL);
      if (events[i].transition == LOG_STARTS)
        g_hash_table_insert (begun, key, GUINT_TO_POINTER (open + 1));
      else if (ends)
        g_hash_table_insert (begun, key, GUINT_TO_POINTER (open - 1));
      if (!ends && events[i].transition != LOG_NEITHER)
        events[stay++] = events[i];
    }
  return MAX (stay, 1);
}
