/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cases.h"

#include <math.h>
#include <string.h>

static const char letters[] = "bqard";

BatonFlow *
flow_of (const char *kinds)
{
  BatonFlowStage stages[64] = { 0 };
  guint n = strlen (kinds);

  g_assert_cmpuint (n, <=, G_N_ELEMENTS (stages));
  for (guint i = 0; i < n; i++)
    {
      const char *letter = strchr (letters, kinds[i]);

      g_assert_nonnull (letter);
      stages[i].kind = (BatonFlowKind) (letter - letters);
    }
  return baton_flow_new (stages, n);
}

static guint16
stage_of (const BatonFlow *flow, char letter, guint which)
{
  for (guint16 i = 0; i < flow->n_stages; i++)
    {
      if (letters[flow->stages[i].kind] == letter && --which == 0)
        return i;
    }
  g_assert_not_reached ();
}

static void
read_event (BatonFlow *flow, guint32 card, const char *text)
{
  static const char marks[] = "!+<>";
  static const BatonFlowEventType types[] = { BATON_FLOW_BLOCK, BATON_FLOW_UNBLOCK, BATON_FLOW_LEAVE,
    BATON_FLOW_RETURN };
  char *at;
  BatonFlowEvent event = { .at = MONDAY + (gint64) llround (g_ascii_strtod (text, &at) * (double) HOUR),
    .person = BATON_FLOW_NONE };

  g_assert_cmpint (*at, ==, ':');
  at++;
  if (strchr (marks, *at) != NULL)
    event.type = types[strchr (marks, *at) - marks];
  else
    {
      guint which = g_ascii_isdigit (at[1]) ? at[1] - '0' : 1;

      event.stage = stage_of (flow, *at, which);
      if (strchr (at, '/') != NULL)
        event.person = (guint32) g_ascii_strtoull (strchr (at, '/') + 1, NULL, 10);
    }
  baton_flow_add_event (flow, card, &event);
}

guint32
flow_card (BatonFlow *flow, const char *events)
{
  g_auto (GStrv) parts = g_strsplit (events, " ", -1);
  guint32 card =
      baton_flow_add_card (flow, MONDAY + (gint64) llround (g_ascii_strtod (events, NULL) * (double) HOUR));

  for (guint i = 0; parts[i] != NULL; i++)
    read_event (flow, card, parts[i]);
  baton_flow_derive (flow, card);
  return card;
}
