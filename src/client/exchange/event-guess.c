/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "event-private.h"
#include "plan.h"

#include <string.h>

static const char *const role_names[BATON_EVENT_N_ROLES] = { "ignore", "case", "activity", "time", "person",
  "lifecycle", "title", "channel", "campaign", "type", "custom" };

const char *
baton_event_role_name (BatonEventRole role)
{
  return role_names[role];
}

/* What the columns of event logs are called: by the XES standard, by process-mining tools, by boards, and in
 * German; without capitals and what stands between words (squeeze). Better names stand first. */
static const struct
{
  BatonEventRole role;
  const char *names[28];
} headers[] = {
  { BATON_EVENT_CASE,
      { "case:concept:name", "caseid", "case", "casekey", "casename", "traceid", "trace", "ticketid",
          "ticket", "incidentid", "incident", "orderid", "issuekey", "issueid", "issue", "key", "cardid",
          "card", "fallid", "fall", "vorgangsnummer", "vorgang", "srnumber", "id", NULL } },
  { BATON_EVENT_ACTIVITY, { "concept:name", "activity", "activityname", "activityid", "eventname", "event",
                              "taskname", "task", "stepname", "step", "stage", "status", "to", "action",
                              "aktivität", "tätigkeit", "schritt", "ereignis", "phase", NULL } },
  { BATON_EVENT_TIME, { "time:timestamp", "timestamp", "time", "completetimestamp", "completetime",
                          "completiontime", "endtimestamp", "endtime", "completed", "eventtimestamp",
                          "eventtime", "datetime", "date", "starttimestamp", "starttime", "at", "changed",
                          "changedate+time", "zeitstempel", "zeitpunkt", "zeit", "datum", NULL } },
  { BATON_EVENT_PERSON, { "org:resource", "resource", "person", "username", "user", "userid", "actor",
                            "agent", "employee", "performer", "assignee", "author", "owner", "mitarbeiter",
                            "bearbeiter", "ressource", "benutzer", NULL } },
  { BATON_EVENT_LIFECYCLE, { "lifecycle:transition", "lifecycle", "transition", NULL } },
  { BATON_EVENT_TITLE, { "title", "summary", "subject", "titel", "betreff", NULL } },
  { BATON_EVENT_CHANNEL, { "channel", "kanal", NULL } },
  { BATON_EVENT_CAMPAIGN, { "campaign", "kampagne", NULL } },
  { BATON_EVENT_ASSET_TYPE, { "assettype", NULL } },
};

/* “Case_ID”, “case id” and “CaseID” are one name. */
static char *
squeeze (const char *name)
{
  g_autofree char *folded = g_utf8_casefold (name, -1);
  char *to = folded;

  for (const char *from = folded; *from != '\0'; from++)
    {
      if (strchr (" _-.", *from) == NULL)
        *to++ = *from;
    }
  *to = '\0';
  return g_steal_pointer (&folded);
}

static BatonEventColumn *
column_named (BatonEventLog *log, const char *name, gboolean by_field)
{
  for (guint i = 0; i < log->columns->len; i++)
    {
      BatonEventColumn *column = g_ptr_array_index (log->columns, i);
      const char *text = by_field ? column->field : column->name;
      g_autofree char *folded = text != NULL ? squeeze (text) : NULL;

      if (column->role == BATON_EVENT_CUSTOM && g_strcmp0 (folded, name) == 0)
        return column;
    }
  return NULL;
}

/* What nobody claims is kept as a field of the team's own. */
void
baton_event_propose_map (BatonEventLog *log)
{
  for (guint i = 0; i < log->columns->len; i++)
    ((BatonEventColumn *) g_ptr_array_index (log->columns, i))->role = BATON_EVENT_CUSTOM;
  for (guint i = 0; i < G_N_ELEMENTS (headers); i++)
    {
      BatonEventColumn *column = NULL;

      /* Attributes of traces go by their key alone, too. */
      for (guint by_field = 0; by_field < 2; by_field++)
        {
          for (guint j = 0; headers[i].names[j] != NULL && column == NULL; j++)
            column = column_named (log, headers[i].names[j], by_field > 0);
        }
      if (column != NULL)
        column->role = headers[i].role;
    }
}

static const char *const waiting_words[] = { "wait", "waiting", "queue", "queued", "ready", "pending",
  "on hold", "hold", "submitted", "requested", "registered", "received", "open", "new", "warten", "wartet",
  "bereit", "offen", "neu", NULL };

static gboolean
speaks_of_waiting (const char *name)
{
  g_autofree char *folded = g_utf8_strdown (name, -1);

  for (guint i = 0; waiting_words[i] != NULL; i++)
    {
      const char *at = strstr (folded, waiting_words[i]);
      gsize length = strlen (waiting_words[i]);

      if (at != NULL && (at == folded || !g_ascii_isalpha (at[-1])) && !g_ascii_isalpha (at[length]))
        return TRUE;
    }
  return FALSE;
}

/* By name; else, what most cases end with is done, and everything else is work. */
void
baton_event_propose_kinds (BatonEventLog *log)
{
  BatonEventActivity *last = NULL;
  gboolean done = FALSE;

  for (guint i = 0; i < log->activities->len; i++)
    {
      BatonEventActivity *activity = g_ptr_array_index (log->activities, i);
      const char *kind = baton_exchange_stage_kind (activity->name);

      if (kind == NULL && speaks_of_waiting (activity->name))
        kind = "queue";
      activity->kind = kind != NULL ? kind : "active";
      done = done || (g_strcmp0 (kind, "done") == 0 && activity->ends > 0);
      if (last == NULL || activity->ends > last->ends)
        last = activity;
    }
  if (last != NULL && !done && log->activities->len > 1)
    last->kind = "done";
}
