/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "batonctl"

#include "ctl.h"

#include <glib/gi18n.h>

static char *name;
static char *kind;
static char *role;
static char *wip_limit;
static gboolean hard;
static gboolean soft;
static char *age_limit;
static char *before;
static char *after;
static char *to;

#define STAGE_OPTIONS                                                                                      \
  { "kind", 'k', 0, G_OPTION_ARG_FILENAME, &kind, N_ ("backlog, queue, active, review or done"),           \
    N_ ("KIND") },                                                                                         \
      { "role", 0, 0, G_OPTION_ARG_FILENAME, &role, N_ ("Who works here"), N_ ("ROLE") },                  \
      { "wip-limit", 0, 0, G_OPTION_ARG_FILENAME, &wip_limit, N_ ("Most cards at a time, 0 for no limit"), \
        N_ ("N") },                                                                                        \
      { "hard", 0, 0, G_OPTION_ARG_NONE, &hard, N_ ("Refuse cards beyond the limit"), NULL },              \
      { "soft", 0, 0, G_OPTION_ARG_NONE, &soft, N_ ("Only warn beyond the limit"), NULL },                 \
  {                                                                                                        \
    "age-limit", 0, 0, G_OPTION_ARG_FILENAME, &age_limit,                                                  \
        N_ ("When a card is old here (5d, 12h), 0 for never"), N_ ("TIME")                                 \
  }

#define PLACE_OPTIONS                                                                                \
  { "before", 0, 0, G_OPTION_ARG_FILENAME, &before, N_ ("Place it before this one"), N_ ("STAGE") }, \
  {                                                                                                  \
    "after", 0, 0, G_OPTION_ARG_FILENAME, &after, N_ ("Place it after this one"), N_ ("STAGE")       \
  }

static const GOptionEntry add_options[] = { STAGE_OPTIONS, PLACE_OPTIONS, { NULL } };

static const GOptionEntry set_options[] = {
  { "name", 'n', 0, G_OPTION_ARG_FILENAME, &name, N_ ("Another name"), N_ ("NAME") }, STAGE_OPTIONS, { NULL }
};

static const GOptionEntry move_options[] = { PLACE_OPTIONS, { NULL } };

static const GOptionEntry remove_options[] = {
  { "to", 0, 0, G_OPTION_ARG_FILENAME, &to, N_ ("Where its cards go"), N_ ("STAGE") },
  { NULL },
};

static void
list_one (Ctl *ctl, const BatonRow *stage, gint64 n_cards, CtlTable *table)
{
  gint64 limit = baton_row_int (stage, BATON_STAGE_WIP_LIMIT);
  g_autofree char *cards = g_strdup_printf ("%" G_GINT64_FORMAT, n_cards);
  g_autofree char *limit_text = limit > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, limit) : g_strdup ("");
  gboolean archived = baton_row_int (stage, BATON_STAGE_ARCHIVED) != 0;
  BatonJson *json = &ctl->writer;

  if (!ctl->json)
    {
      const char *stage_role = baton_row_text (stage, BATON_STAGE_ROLE);

      ctl_table_add (table, ctl_row_name (stage), baton_row_text (stage, BATON_STAGE_KIND),
          stage_role != NULL ? stage_role : "", cards, limit_text, archived ? _ ("archived") : "", stage->id,
          NULL);
      return;
    }
  baton_json_begin_object (json, NULL);
  baton_json_string (json, "id", stage->id);
  baton_json_string (json, "name", ctl_row_name (stage));
  baton_json_string (json, "kind", baton_row_text (stage, BATON_STAGE_KIND));
  baton_json_string (json, "role", baton_row_text (stage, BATON_STAGE_ROLE));
  baton_json_bool (json, "archived", archived);
  baton_json_int (json, "cards", n_cards);
  if (limit > 0)
    baton_json_int (json, "wip_limit", limit);
  else
    baton_json_null (json, "wip_limit");
  baton_json_bool (json, "wip_hard", baton_row_int (stage, BATON_STAGE_WIP_HARD) != 0);
  if (baton_row_int (stage, BATON_STAGE_AGE_LIMIT) > 0)
    baton_json_int (json, "age_limit", baton_row_int (stage, BATON_STAGE_AGE_LIMIT));
  else
    baton_json_null (json, "age_limit");
  baton_json_end_object (json);
}

static gint64
count_live (GPtrArray *cards)
{
  gint64 n = 0;

  for (guint i = 0; i < cards->len; i++)
    {
      const BatonRow *card = g_ptr_array_index (cards, i);

      n += baton_row_int (card, BATON_CARD_ARCHIVED) == 0 && baton_row_int (card, BATON_CARD_TEMPLATE) == 0;
    }
  return n;
}

static gboolean
run_list (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRow) board = ctl_find_board (ctl, args[0], error);
  g_autoptr (GPtrArray) stages =
      board != NULL ? ctl_rows (ctl, BATON_ENTITY_STAGE, BATON_STAGE_BOARD, board->id, error) : NULL;
  CtlTable *table;

  if (stages == NULL)
    return FALSE;
  table = ctl_table_new (_ ("Stage"), _ ("Kind"), _ ("Role"), _ (">Cards"), _ (">Limit"), "", _ ("Id"), NULL);
  if (ctl->json)
    baton_json_begin_array (&ctl->writer, NULL);
  for (guint i = 0; i < stages->len; i++)
    {
      const BatonRow *stage = g_ptr_array_index (stages, i);
      g_autoptr (GPtrArray) cards = ctl_rows (ctl, BATON_ENTITY_CARD, BATON_CARD_STAGE, stage->id, error);

      if (cards == NULL)
        return FALSE;
      list_one (ctl, stage, count_live (cards), table);
    }
  if (ctl->json)
    baton_json_end_array (&ctl->writer);
  ctl_table_print (table, ctl);
  return TRUE;
}

typedef void (*SetInt) (gpointer target, BatonField field, gint64 number);
typedef void (*SetText) (gpointer target, BatonField field, const char *text);

/* What the options say, into a new row or into an operation that sets. 0 and "" unset. */
static gboolean
take_options (gpointer target, SetText set_text, SetInt set_int, GError **error)
{
  gint64 number;

  if (hard && soft)
    return ctl_usage (error, _ ("A limit is either hard or soft."));
  if (!ctl_parse_choice (BATON_STAGE_KIND, kind, error))
    return FALSE;
  if (kind != NULL)
    set_text (target, BATON_STAGE_KIND, *kind != '\0' ? kind : NULL);
  if (role != NULL)
    set_text (target, BATON_STAGE_ROLE, *role != '\0' ? role : NULL);
  if (hard || soft)
    set_int (target, BATON_STAGE_WIP_HARD, hard);
  if (wip_limit != NULL && !ctl_parse_count (wip_limit, &number, error))
    return FALSE;
  if (wip_limit != NULL)
    set_int (target, BATON_STAGE_WIP_LIMIT, number);
  if (age_limit != NULL && !ctl_parse_duration (age_limit, &number, error))
    return FALSE;
  if (age_limit != NULL)
    set_int (target, BATON_STAGE_AGE_LIMIT, number);
  return TRUE;
}

/* The siblings to stand beside, as ids. */
static gboolean
find_place (Ctl *ctl, const char *board, char **before_id, char **after_id, GError **error)
{
  g_autoptr (BatonRow) before_row = NULL;
  g_autoptr (BatonRow) after_row = NULL;

  if (before != NULL && after != NULL)
    return ctl_usage (error, _ ("Give either --before or --after."));
  if (before != NULL && (before_row = ctl_find_stage (ctl, board, before, error)) == NULL)
    return FALSE;
  if (after != NULL && (after_row = ctl_find_stage (ctl, board, after, error)) == NULL)
    return FALSE;
  *before_id = before_row != NULL ? g_strdup (before_row->id) : NULL;
  *after_id = after_row != NULL ? g_strdup (after_row->id) : NULL;
  return TRUE;
}

static gboolean
run_add (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRow) board = ctl_find_board (ctl, args[0], error);
  g_autoptr (BatonOp) op = baton_op_new (BATON_VERB_STAGE_ADD);
  g_autofree char *id = baton_store_new_id ();
  g_autofree char *before_id = NULL;
  g_autofree char *after_id = NULL;
  BatonRow *row;

  if (board == NULL || !find_place (ctl, board->id, &before_id, &after_id, error))
    return FALSE;
  row = baton_op_add_row (op, BATON_ENTITY_STAGE, id);
  baton_row_set_text (row, BATON_STAGE_BOARD, board->id);
  baton_row_set_text (row, BATON_STAGE_NAME, args[1]);
  baton_op_place_row (op, before_id, after_id);
  if (!take_options (row, (SetText) baton_row_set_text, (SetInt) baton_row_set_int, error) ||
      !ctl_perform (ctl, g_steal_pointer (&op), error))
    return FALSE;
  ctl_added (ctl, id, "name", args[1]);
  return TRUE;
}

static BatonRow *
find_named (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRow) board = ctl_find_board (ctl, args[0], error);

  return board != NULL ? ctl_find_stage (ctl, board->id, args[1], error) : NULL;
}

static gboolean
finish (Ctl *ctl, BatonOp *op, const BatonRow *stage, const char *sentence, GError **error)
{
  const char *ids[] = { stage->id, NULL };

  if (!ctl_perform (ctl, op, error))
    return FALSE;
  ctl_done (ctl, ids, sentence);
  return TRUE;
}

static gboolean
run_set (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRow) stage = find_named (ctl, args, error);
  g_autoptr (BatonOp) op = baton_op_new (BATON_VERB_STAGE_SET);

  if (stage == NULL || !take_options (op, (SetText) baton_op_set_text, (SetInt) baton_op_set_int, error))
    return FALSE;
  if (name != NULL)
    baton_op_set_text (op, BATON_STAGE_NAME, name);
  if (op->sets->len == 0)
    return ctl_usage (error, _ ("Say what to set, for example --name or --wip-limit."));
  baton_op_add_id (op, stage->id);
  return finish (ctl, g_steal_pointer (&op), stage, _ ("The stage is changed."), error);
}

static gboolean
run_move (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRow) stage = find_named (ctl, args, error);
  g_autofree char *before_id = NULL;
  g_autofree char *after_id = NULL;
  BatonOp *op;

  if (stage == NULL)
    return FALSE;
  if (!find_place (ctl, baton_row_text (stage, BATON_STAGE_BOARD), &before_id, &after_id, error))
    return FALSE;
  op = baton_op_new (BATON_VERB_STAGE_MOVE);
  baton_op_add_id (op, stage->id);
  baton_op_set_place (op, before_id, after_id);
  return finish (ctl, op, stage, _ ("The stage is in its new place."), error);
}

static gboolean
run_remove (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRow) stage = find_named (ctl, args, error);
  g_autoptr (BatonRow) target = NULL;
  BatonOp *op;

  if (stage == NULL)
    return FALSE;
  if (to != NULL &&
      (target = ctl_find_stage (ctl, baton_row_text (stage, BATON_STAGE_BOARD), to, error)) == NULL)
    return FALSE;
  op = baton_op_new (BATON_VERB_STAGE_REMOVE);
  baton_op_add_id (op, stage->id);
  if (target != NULL)
    baton_op_set_to (op, target->id);
  return finish (ctl, op, stage, _ ("The stage is gone; its cards and their history are kept."), error);
}

static gboolean
run_simple (Ctl *ctl, char **args, BatonVerb verb, const char *sentence, GError **error)
{
  g_autoptr (BatonRow) stage = find_named (ctl, args, error);
  BatonOp *op;

  if (stage == NULL)
    return FALSE;
  op = baton_op_new (verb);
  baton_op_add_id (op, stage->id);
  return finish (ctl, op, stage, sentence, error);
}

static gboolean
run_archive (Ctl *ctl, char **args, GError **error)
{
  return run_simple (ctl, args, BATON_VERB_STAGE_ARCHIVE, _ ("The stage is in the archive now."), error);
}

static gboolean
run_unarchive (Ctl *ctl, char **args, GError **error)
{
  return run_simple (ctl, args, BATON_VERB_STAGE_UNARCHIVE, _ ("The stage is back from the archive."), error);
}

const CtlCommand ctl_stage_commands[] = {
  { "stage list", N_ ("BOARD"), N_ ("List the stages of a board"), 1, 1, CTL_NEEDS_READING, NULL, run_list },
  { "stage add", N_ ("BOARD NAME"), N_ ("Add a stage"), 2, 2, CTL_NEEDS_WRITING, add_options, run_add },
  { "stage set", N_ ("BOARD STAGE"), N_ ("Change a stage"), 2, 2, CTL_NEEDS_WRITING, set_options, run_set },
  { "stage move", N_ ("BOARD STAGE"), N_ ("Put a stage in another place, at the end by default"), 2, 2,
      CTL_NEEDS_WRITING, move_options, run_move },
  { "stage remove", N_ ("BOARD STAGE"), N_ ("Remove a stage; its cards go to another"), 2, 2,
      CTL_NEEDS_WRITING, remove_options, run_remove },
  { "stage archive", N_ ("BOARD STAGE"), N_ ("Put a stage into the archive"), 2, 2, CTL_NEEDS_WRITING, NULL,
      run_archive },
  { "stage unarchive", N_ ("BOARD STAGE"), N_ ("Take a stage out of the archive"), 2, 2, CTL_NEEDS_WRITING,
      NULL, run_unarchive },
  { NULL },
};
