/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "batonctl"

#include "ctl.h"

#include "attention-words.h"
#include "sharing.h"
#include "words.h"

#include <glib/gi18n.h>

/* What the server refused, and values that were replaced unseen. */

static const char *
kind_name (BatonAttentionKind kind)
{
  return kind == BATON_ATTENTION_REPLACED ? "replaced" : "refused";
}

static void
write_json (BatonJson *json, BatonNames *names, const BatonAttention *attention)
{
  const BatonOp *op = attention->op;
  g_autofree char *what = baton_words_intent (names, attention->op);

  baton_json_begin_object (json, NULL);
  baton_json_int (json, "id", attention->id);
  baton_json_string (json, "kind", kind_name (attention->kind));
  baton_json_string (
      json, "verb", op->verb != BATON_VERB_UNKNOWN ? baton_verb_info (op->verb)->name : op->unknown_verb);
  baton_json_string (json, "what", what);
  baton_json_string (json, "reason", attention->code);
  baton_json_string (json, "why", attention->why);
  baton_json_time (json, "at", attention->at);
  baton_json_begin_array (json, "ids");
  for (guint i = 0; i < op->ids->len; i++)
    baton_json_string (json, NULL, g_ptr_array_index (op->ids, i));
  baton_json_end_array (json);
  baton_json_end_object (json);
}

/* What was intended, or was replaced, and why or by whom; two lines. */
static void
say (Ctl *ctl, BatonNames *names, const BatonAttention *attention)
{
  g_auto (BatonAttentionWords) words = { 0 };
  g_autofree char *what = baton_words_intent (names, attention->op);
  g_autofree char *at = ctl_local_time (attention->at);
  g_autofree char *mine = NULL;

  baton_attention_words_init (&words, names, ctl->reader, attention);
  if (words.mine != NULL)
    mine = g_strdup_printf (_ ("You had written: %s"), words.mine);
  ctl_say (ctl, "%" G_GINT64_FORMAT "  %s  %s\n    %s", attention->id, at,
      mine != NULL ? words.sentence : what,
      mine != NULL             ? mine
      : attention->why != NULL ? attention->why
                               : "");
}

static gboolean
run_list (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (GPtrArray) all = baton_reader_attention (ctl->reader, error);
  g_autoptr (BatonNames) names = baton_names_new (ctl->reader);

  if (all == NULL)
    return FALSE;
  if (ctl->json)
    baton_json_begin_array (&ctl->writer, NULL);
  for (guint i = 0; i < all->len; i++)
    {
      const BatonAttention *attention = g_ptr_array_index (all, i);

      if (ctl->json)
        write_json (&ctl->writer, names, attention);
      else
        say (ctl, names, attention);
    }
  if (ctl->json)
    baton_json_end_array (&ctl->writer);
  else if (all->len == 0)
    ctl_say (ctl, "%s", _ ("Nothing needs attention."));
  return TRUE;
}

static gboolean
find (Ctl *ctl, const char *text, gint64 *id, GError **error)
{
  if (!baton_session_is_remote (ctl->session))
    return ctl_parse_count (text, id, error);
  g_set_error (error, BATON_ERROR, BATON_ERROR_LOCKED,
      _ ("The workspace %s is open in another program. Do it there, or close it first."), ctl->folder);
  return FALSE;
}

static gboolean
run_reapply (Ctl *ctl, char **args, GError **error)
{
  gint64 id;

  if (!find (ctl, args[0], &id, error) ||
      !baton_workspace_reapply (baton_session_workspace (ctl->session), id, NULL, error))
    return FALSE;
  ctl_done (ctl, NULL, _ ("It is done now, as a new change."));
  return TRUE;
}

static gboolean
run_discard (Ctl *ctl, char **args, GError **error)
{
  gint64 id;

  if (!find (ctl, args[0], &id, error) ||
      !baton_workspace_discard (baton_session_workspace (ctl->session), id, error))
    return FALSE;
  ctl_done (ctl, NULL, _ ("It is let go."));
  return TRUE;
}

const CtlCommand ctl_attention_commands[] = {
  { "attention list", "", N_ ("Show what the server refused"), 0, 0, CTL_NEEDS_READING, NULL, run_list, 0 },
  { "attention reapply", N_ ("ID"), N_ ("Do it after all, on what is there now"), 1, 1, CTL_NEEDS_WRITING,
      NULL, run_reapply, 0 },
  { "attention discard", N_ ("ID"), N_ ("Let it go"), 1, 1, CTL_NEEDS_WRITING, NULL, run_discard, 0 },
  { NULL },
};
