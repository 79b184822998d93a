/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "batonctl"

#include "ctl.h"

#include "id.h"

#include <glib/gi18n.h>

/* What a team has decided about its handoffs: whether both have to be there. */

static char *channel, *type;

static const GOptionEntry mark_options[] = {
  { "channel", 0, 0, G_OPTION_ARG_FILENAME, &channel, N_ ("Only cards of this channel"), N_ ("NAME") },
  { "type", 0, 0, G_OPTION_ARG_FILENAME, &type, N_ ("Only cards of this asset type"), N_ ("NAME") },
  G_OPTION_ENTRY_NULL,
};

/* A role that somebody has, by its name, else a person. */
static char *
find_hands (Ctl *ctl, const char *text, GError **error)
{
  g_autoptr (GPtrArray) people = ctl_rows (ctl, BATON_ENTITY_PERSON, BATON_FIELD_NONE, NULL, NULL);
  g_autoptr (BatonRow) person = NULL;

  for (guint i = 0; i < people->len; i++)
    if (g_strcmp0 (baton_row_text (g_ptr_array_index (people, i), BATON_PERSON_ROLE), text) == 0)
      return g_strdup (text);
  person = ctl_find_person (ctl, text, error);
  return person != NULL ? g_strdup (person->id) : NULL;
}

static gboolean
set_named (Ctl *ctl, BatonRow *row, BatonField field, BatonField parent, const char *text, GError **error)
{
  g_autoptr (BatonRow) named = NULL;

  if (text == NULL)
    return TRUE;
  named = ctl_find_below (ctl, parent, baton_row_text (row, BATON_HANDOFF_BOARD), text, error);
  if (named != NULL)
    baton_row_set_text (row, field, named->id);
  return named != NULL;
}

static gboolean
run_mark (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRow) board = ctl_find_board (ctl, args[0], error);
  g_autofree char *giver = board != NULL ? find_hands (ctl, args[1], error) : NULL;
  g_autofree char *taker = giver != NULL ? find_hands (ctl, args[2], error) : NULL;
  g_autofree char *id = baton_store_new_id ();
  g_autoptr (BatonOp) op = NULL;
  const char *ids[] = { id, NULL };
  BatonRow *row;

  if (taker == NULL)
    return FALSE;
  if (baton_id_is_valid (giver) != baton_id_is_valid (taker))
    return ctl_usage (error, _ ("Give two people or two roles."));
  if (!g_strv_contains ((const char *const *) baton_field_info (BATON_HANDOFF_MARK)->choices, args[3]))
    return ctl_usage (error, _ ("A handoff is marked sync, async or measured."));
  op = baton_op_new (BATON_VERB_HANDOFF_MARK);
  row = baton_op_add_row (op, BATON_ENTITY_HANDOFF, id);
  baton_row_set_text (row, BATON_HANDOFF_BOARD, board->id);
  baton_row_set_text (row, BATON_HANDOFF_GIVER, giver);
  baton_row_set_text (row, BATON_HANDOFF_TAKER, taker);
  baton_row_set_text (row, BATON_HANDOFF_MARK, args[3]);
  if (!set_named (ctl, row, BATON_HANDOFF_CHANNEL, BATON_CHANNEL_BOARD, channel, error) ||
      !set_named (ctl, row, BATON_HANDOFF_ASSET_TYPE, BATON_ASSET_TYPE_BOARD, type, error) ||
      !ctl_perform (ctl, g_steal_pointer (&op), error))
    return FALSE;
  ctl_done (ctl, ids, _ ("Marked."));
  return TRUE;
}

const CtlCommand ctl_handoff_commands[] = {
  { "handoff mark", N_ ("BOARD FROM TO sync|async|measured"),
      N_ ("Decide whether both have to be there when FROM hands over to TO"), 4, 4, CTL_NEEDS_WRITING,
      mark_options, run_mark },
  { NULL },
};
