/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "batonctl"

#include "ctl.h"

#include "inbox.h"

#include <glib/gi18n.h>

/* What one person must act on. */

static char *person_name;

static const GOptionEntry inbox_options[] = {
  { "person", 0, 0, G_OPTION_ARG_FILENAME, &person_name, N_ ("Somebody else’s, as far as it is known here"),
      N_ ("PERSON") },
  { NULL },
};

static const char *
kind_name (BatonInboxKind kind)
{
  switch (kind)
    {
    case BATON_INBOX_MENTION:
      return "mention";
    case BATON_INBOX_REVIEW:
      return "review";
    case BATON_INBOX_TIME:
      return "time";
    case BATON_INBOX_REPLACED:
      return "replaced";
    case BATON_INBOX_REFUSED:
    default:
      return "refused";
    }
}

static void
write_json (Ctl *ctl, const BatonInboxEntry *entry)
{
  BatonJson *json = &ctl->writer;
  gboolean number = entry->kind == BATON_INBOX_REFUSED || entry->kind == BATON_INBOX_REPLACED;

  baton_json_begin_object (json, NULL);
  baton_json_string (json, "kind", kind_name (entry->kind));
  /* As “attention” takes it. */
  if (number)
    baton_json_int (json, "id", g_ascii_strtoll (entry->id, NULL, 10));
  else
    baton_json_string (json, "id", entry->id);
  baton_json_string (json, "what", entry->sentence);
  baton_json_string (json, "text", entry->text);
  baton_json_string (
      json, "person", entry->person != NULL ? ctl_name (ctl, BATON_ENTITY_PERSON, entry->person) : NULL);
  baton_json_string (json, "card", entry->card);
  baton_json_string (json, "title", entry->title);
  baton_json_string (json, "review", entry->review);
  baton_json_time (json, "at", entry->at);
  baton_json_time (json, "ends", entry->ends);
  baton_json_end_object (json);
}

static void
say (Ctl *ctl, const BatonInboxEntry *entry)
{
  g_autofree char *at = ctl_local_time (entry->at);
  g_autofree char *ends = ctl_local_time (entry->ends);
  g_autofree char *what = ctl_short (entry->sentence, 100);
  g_autofree char *text = entry->text != NULL ? ctl_short (entry->text, 100) : g_strdup ("");

  ctl_say (ctl, "%s  %s", at, what);
  if (*text != '\0')
    ctl_say (ctl, "    %s", text);
  if (*ends != '\0' && entry->kind == BATON_INBOX_TIME)
    ctl_say (ctl, _ ("    More time until %s"), ends);
  else if (*ends != '\0')
    ctl_say (ctl, _ ("    Open until %s"), ends);
}

/* Whose it is; NULL with an error when nobody is that. */
static char *
find_person (Ctl *ctl, GError **error)
{
  g_autoptr (BatonRow) row = NULL;
  const char *me = baton_workspace_me (baton_session_workspace (ctl->session));

  if (person_name != NULL)
    {
      row = ctl_find_person (ctl, person_name, error);
      return row != NULL ? g_strdup (row->id) : NULL;
    }
  if (me == NULL)
    g_set_error_literal (
        error, BATON_ERROR, BATON_ERROR_NOT_FOUND, _ ("Nobody works in this workspace yet."));
  return g_strdup (me);
}

/* What the server refused waits on this device, whoever is asked about. */
static gboolean
is_shown (Ctl *ctl, const BatonInboxEntry *entry, const char *person)
{
  return (entry->kind != BATON_INBOX_REFUSED && entry->kind != BATON_INBOX_REPLACED) ||
         g_strcmp0 (person, baton_workspace_me (baton_session_workspace (ctl->session))) == 0;
}

static gboolean
run_inbox (Ctl *ctl, char **args, GError **error)
{
  g_autofree char *person = find_person (ctl, error);
  g_autoptr (GPtrArray) entries = person != NULL ? baton_inbox_read (ctl->reader, person, error) : NULL;
  guint shown = 0;

  if (entries == NULL)
    return FALSE;
  if (ctl->json)
    baton_json_begin_array (&ctl->writer, NULL);
  for (guint i = 0; i < entries->len; i++)
    {
      const BatonInboxEntry *entry = g_ptr_array_index (entries, i);

      if (!is_shown (ctl, entry, person))
        continue;
      shown++;
      if (ctl->json)
        write_json (ctl, entry);
      else
        say (ctl, entry);
    }
  if (ctl->json)
    baton_json_end_array (&ctl->writer);
  else if (shown == 0)
    ctl_say (ctl, "%s", _ ("Nothing waits for you."));
  return TRUE;
}

const CtlCommand ctl_inbox_commands[] = {
  { "inbox", "", N_ ("Show what needs you: calls, reviews, changes that were not done"), 0, 0,
      CTL_NEEDS_READING, inbox_options, run_inbox, 0 },
  { NULL },
};
