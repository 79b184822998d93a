/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "batonctl"

#include "report-view.h"

#include "flow-audit.h"
#include "groom.h"
#include "told.h"

#include <glib/gi18n.h>

/* report order: who is called upon, how queues are looked after, what does not agree with the board's way. */

static const char *const call_keys[BATON_FLOW_N_CALLS] = {
  [BATON_FLOW_CALL_PULL] = "handoffs_taken",
  [BATON_FLOW_CALL_REVIEW] = "reviews_asked",
  [BATON_FLOW_CALL_MENTION] = "mentions",
  [BATON_FLOW_CALL_ASSIGN] = "cards_given",
};

static const struct
{
  const char *key;
  const char *words;
} findings[BATON_N_AUDITS] = {
  [BATON_AUDIT_SKIPPED] = { "skipped", N_ ("A stage of work was skipped") },
  [BATON_AUDIT_NO_REVIEW] = { "no_review", N_ ("Done without a review") },
  [BATON_AUDIT_OWN_REVIEW] = { "own_review", N_ ("Reviewed by who made it") },
  [BATON_AUDIT_TO_AND_FRO] = { "to_and_fro", N_ ("Went back three times or more") },
  [BATON_AUDIT_BLOCKED] = { "blocked", N_ ("Done while blocked") },
};

typedef struct
{
  const CtlReport *report;
  GArray *told;
  GArray *grooms;
  BatonFlowAudit *audit;
} Order;

static void
json_told (const Order *order)
{
  BatonJson *json = &order->report->ctl->writer;

  baton_json_begin_array (json, "load");
  for (guint i = 0; i < order->told->len; i++)
    {
      const BatonFlowTold *told = &g_array_index (order->told, BatonFlowTold, i);

      baton_json_begin_object (json, NULL);
      baton_json_string (json, "person", baton_metrics_name (&order->report->metrics->people, told->person));
      for (guint kind = 0; kind < BATON_FLOW_N_CALLS; kind++)
        baton_json_int (json, call_keys[kind], told->counts[kind]);
      baton_json_int (json, "total", told->total);
      baton_json_end_object (json);
    }
  baton_json_end_array (json);
}

static void
json_grooms (const Order *order)
{
  BatonJson *json = &order->report->ctl->writer;

  baton_json_begin_array (json, "queues");
  for (guint i = 0; i < order->grooms->len; i++)
    {
      const BatonFlowGroom *groom = &g_array_index (order->grooms, BatonFlowGroom, i);

      baton_json_begin_object (json, NULL);
      baton_json_string (json, "stage", baton_metrics_name (&order->report->metrics->stages, groom->stage));
      baton_json_int (json, "cards", groom->cards);
      baton_json_int (json, "not_touched", groom->stale);
      ctl_json_seconds (json, "limit", (double) groom->limit);
      ctl_json_seconds (json, "longest", (double) groom->untouched);
      if (groom->groomed != BATON_FLOW_NEVER)
        baton_json_time (json, "in_order", groom->groomed);
      else
        baton_json_null (json, "in_order");
      baton_json_end_object (json);
    }
  baton_json_end_array (json);
}

static void
json_audit (const Order *order)
{
  const CtlReport *report = order->report;
  BatonJson *json = &report->ctl->writer;

  baton_json_begin_object (json, "findings");
  baton_json_int (json, "finished", order->audit->checked);
  baton_json_int (json, "clean", order->audit->clean);
  for (guint i = 0; i < BATON_N_AUDITS; i++)
    {
      baton_json_begin_array (json, findings[i].key);
      for (guint c = 0; c < order->audit->cards[i]->len; c++)
        baton_json_string (json, NULL,
            g_ptr_array_index (report->metrics->cards, g_array_index (order->audit->cards[i], guint32, c)));
      baton_json_end_array (json);
    }
  baton_json_end_object (json);
}

static void
say_told (const Order *order)
{
  CtlTable *table = ctl_table_new (
      _ ("Person"), _ (">Handoffs taken"), _ (">Reviews asked"), _ (">Mentions"), _ (">Cards given"), NULL);

  for (guint i = 0; i < order->told->len; i++)
    {
      const BatonFlowTold *told = &g_array_index (order->told, BatonFlowTold, i);
      g_autofree char *counts[BATON_FLOW_N_CALLS] = { NULL };

      for (guint kind = 0; kind < BATON_FLOW_N_CALLS; kind++)
        counts[kind] = g_strdup_printf ("%u", told->counts[kind]);
      ctl_table_add (table, baton_metrics_name (&order->report->metrics->people, told->person), counts[0],
          counts[1], counts[2], counts[3], NULL);
      for (guint kind = 1; kind < BATON_FLOW_N_CALLS; kind++)
        g_clear_pointer (&counts[kind], g_free);
    }
  ctl_table_print (table, order->report->ctl);
}

static void
say_grooms (const Order *order)
{
  CtlTable *table =
      ctl_table_new (_ ("Stage"), _ (">Cards"), _ (">Not touched"), _ (">Longest without a touch"), NULL);

  for (guint i = 0; i < order->grooms->len; i++)
    {
      const BatonFlowGroom *groom = &g_array_index (order->grooms, BatonFlowGroom, i);
      g_autofree char *cards = g_strdup_printf ("%u", groom->cards);
      g_autofree char *stale = g_strdup_printf ("%u", groom->stale);
      g_autofree char *longest =
          ctl_duration (order->report, groom->cards > 0 ? (double) groom->untouched : -1);

      ctl_table_add (table, baton_metrics_name (&order->report->metrics->stages, groom->stage), cards, stale,
          longest, NULL);
    }
  ctl_table_print (table, order->report->ctl);
}

static void
say_audit (const Order *order)
{
  CtlTable *table = ctl_table_new (_ ("Finding"), _ (">Cards"), NULL);

  for (guint i = 0; i < BATON_N_AUDITS; i++)
    {
      g_autofree char *cards = g_strdup_printf ("%u", order->audit->cards[i]->len);

      ctl_table_add (table, _ (findings[i].words), cards, NULL);
    }
  ctl_table_print (table, order->report->ctl);
  ctl_say (order->report->ctl, _ ("%u of %u finished cards went the way that the board says."),
      order->audit->clean, order->audit->checked);
}

gboolean
ctl_run_report_order (Ctl *ctl, char **args, GError **error)
{
  g_auto (CtlReport) report = { 0 };
  g_autoptr (GArray) told = NULL;
  g_autoptr (GArray) grooms = NULL;
  g_autoptr (BatonFlowAudit) audit = NULL;
  Order order;

  if (!ctl_report_open (&report, ctl, error))
    return FALSE;
  told = baton_flow_told (report.view);
  grooms = baton_flow_groom (report.view);
  audit = baton_flow_audit_new (report.view);
  order = (Order){ &report, told, grooms, audit };
  if (!ctl->json)
    {
      say_told (&order);
      say_grooms (&order);
      say_audit (&order);
      return TRUE;
    }
  baton_json_begin_object (&ctl->writer, NULL);
  json_told (&order);
  json_grooms (&order);
  json_audit (&order);
  baton_json_end_object (&ctl->writer);
  return TRUE;
}
