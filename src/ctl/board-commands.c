/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "batonctl"

#include "ctl.h"

#include "templates.h"

#include <glib/gi18n.h>
#include <string.h>

static gboolean all;
static char *template_name;

static const GOptionEntry list_options[] = {
  { "all", 'a', 0, G_OPTION_ARG_NONE, &all, N_ ("Show archived boards too"), NULL },
  { NULL },
};

static const GOptionEntry add_options[] = {
  { "template", 't', 0, G_OPTION_ARG_FILENAME, &template_name, N_ ("Make it like this template (blank)"),
      N_ ("TEMPLATE") },
  { NULL },
};

typedef struct
{
  guint stages;
  guint cards; /* outside the bin, archived ones too */
  guint archived;
} Counts;

static gboolean
is_ordinary (const BatonRow *card)
{
  return !ctl_is_removed (card) && baton_row_int (card, BATON_CARD_TEMPLATE) == 0;
}

static gboolean
count (Ctl *ctl, const char *board, Counts *counts, GError **error)
{
  g_autoptr (GPtrArray) stages = ctl_rows (ctl, BATON_ENTITY_STAGE, BATON_STAGE_BOARD, board, error);
  g_autoptr (GPtrArray) cards =
      stages != NULL ? ctl_rows (ctl, BATON_ENTITY_CARD, BATON_CARD_BOARD, board, error) : NULL;

  *counts = (Counts){ 0, 0, 0 };
  if (cards == NULL)
    return FALSE;
  counts->stages = stages->len;
  for (guint i = 0; i < cards->len; i++)
    {
      const BatonRow *card = g_ptr_array_index (cards, i);

      counts->cards += is_ordinary (card);
      counts->archived += is_ordinary (card) && baton_row_int (card, BATON_CARD_ARCHIVED) != 0;
    }
  return TRUE;
}

static void
list_one (Ctl *ctl, const BatonRow *board, const Counts *counts, CtlTable *table)
{
  g_autofree char *stages = g_strdup_printf ("%u", counts->stages);
  g_autofree char *cards = g_strdup_printf ("%u", counts->cards - counts->archived);
  g_autofree char *archived = g_strdup_printf ("%u", counts->archived);
  gboolean away = baton_row_int (board, BATON_BOARD_ARCHIVED) != 0;

  if (!ctl->json)
    {
      ctl_table_add (
          table, ctl_row_name (board), stages, cards, archived, away ? _ ("archived") : "", board->id, NULL);
      return;
    }
  baton_json_begin_object (&ctl->writer, NULL);
  baton_json_string (&ctl->writer, "id", board->id);
  baton_json_string (&ctl->writer, "name", ctl_row_name (board));
  baton_json_int (&ctl->writer, "stages", counts->stages);
  baton_json_int (&ctl->writer, "cards", counts->cards);
  baton_json_int (&ctl->writer, "archived", counts->archived);
  baton_json_bool (&ctl->writer, "board_archived", away);
  baton_json_end_object (&ctl->writer);
}

static gboolean
run_list (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (GPtrArray) boards = ctl_rows (ctl, BATON_ENTITY_BOARD, BATON_FIELD_NONE, NULL, error);
  CtlTable *table;

  if (boards == NULL)
    return FALSE;
  table = ctl_table_new (_ ("Board"), _ (">Stages"), _ (">Cards"), _ (">Archived"), "", _ ("Id"), NULL);
  if (ctl->json)
    baton_json_begin_array (&ctl->writer, NULL);
  for (guint i = 0; i < boards->len; i++)
    {
      const BatonRow *board = g_ptr_array_index (boards, i);
      Counts counts;

      if (baton_row_int (board, BATON_BOARD_ARCHIVED) != 0 && !all && !ctl->json)
        continue;
      if (!count (ctl, board->id, &counts, error))
        return FALSE;
      list_one (ctl, board, &counts, table);
    }
  if (ctl->json)
    baton_json_end_array (&ctl->writer);
  ctl_table_print (table, ctl);
  return TRUE;
}

static void
show_card (Ctl *ctl, const BatonRow *card)
{
  BatonJson *json = &ctl->writer;

  baton_json_begin_object (json, NULL);
  baton_json_string (json, "id", card->id);
  baton_json_string (json, "title", ctl_row_name (card));
  baton_json_bool (json, "archived", baton_row_int (card, BATON_CARD_ARCHIVED) != 0);
  ctl_names_json (ctl, "labels", BATON_ENTITY_LABEL, baton_row_text (card, BATON_CARD_LABELS));
  baton_json_time (json, "due", baton_row_int (card, BATON_CARD_DUE));
  baton_json_time (json, "created", baton_row_int (card, BATON_CARD_CREATED));
  baton_json_time (json, "entered", baton_row_int (card, BATON_CARD_ENTERED));
  baton_json_string (json, "owner",
      baton_row_text (card, BATON_CARD_OWNER) != NULL
          ? ctl_name (ctl, BATON_ENTITY_PERSON, baton_row_text (card, BATON_CARD_OWNER))
          : NULL);
  baton_json_string (json, "urgency", baton_row_text (card, BATON_CARD_URGENCY));
  baton_json_string (json, "blocked_reason", baton_row_text (card, BATON_CARD_BLOCKED_REASON));
  baton_json_end_object (json);
}

static void
show_stage_json (Ctl *ctl, const BatonRow *stage, GPtrArray *cards)
{
  BatonJson *json = &ctl->writer;

  baton_json_begin_object (json, NULL);
  baton_json_string (json, "id", stage->id);
  baton_json_string (json, "name", ctl_row_name (stage));
  baton_json_string (json, "kind", baton_row_text (stage, BATON_STAGE_KIND));
  baton_json_bool (json, "archived", baton_row_int (stage, BATON_STAGE_ARCHIVED) != 0);
  baton_json_begin_array (json, "cards");
  for (guint i = 0; i < cards->len; i++)
    {
      if (is_ordinary (g_ptr_array_index (cards, i)))
        show_card (ctl, g_ptr_array_index (cards, i));
    }
  baton_json_end_array (json);
  baton_json_end_object (json);
}

static void
show_stage (Ctl *ctl, const BatonRow *stage, GPtrArray *cards)
{
  g_autofree char *name = ctl_short (ctl_row_name (stage), 60);
  CtlTable *table = ctl_table_new ("  ", "", "", "", NULL);
  guint n = 0;

  for (guint i = 0; i < cards->len; i++)
    {
      const BatonRow *card = g_ptr_array_index (cards, i);
      g_autofree char *due = ctl_local_time (baton_row_int (card, BATON_CARD_DUE));

      if (!is_ordinary (card) || baton_row_int (card, BATON_CARD_ARCHIVED) != 0)
        continue;
      due[MIN (strlen (due), strlen ("2026-05-01"))] = '\0';
      ctl_table_add (table, "  ", ctl_row_name (card),
          ctl_name (ctl, BATON_ENTITY_PERSON, baton_row_text (card, BATON_CARD_OWNER)), due, NULL);
      n++;
    }
  ctl_say (ctl, "%s (%u)", name, n);
  ctl_table_print (table, ctl);
}

static gboolean
run_show (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRow) board = ctl_find_board (ctl, args[0], error);
  g_autoptr (GPtrArray) stages =
      board != NULL ? ctl_rows (ctl, BATON_ENTITY_STAGE, BATON_STAGE_BOARD, board->id, error) : NULL;

  if (stages == NULL)
    return FALSE;
  if (ctl->json)
    {
      baton_json_begin_object (&ctl->writer, NULL);
      baton_json_string (&ctl->writer, "id", board->id);
      baton_json_string (&ctl->writer, "name", ctl_row_name (board));
      baton_json_begin_array (&ctl->writer, "stages");
    }
  for (guint i = 0; i < stages->len; i++)
    {
      const BatonRow *stage = g_ptr_array_index (stages, i);
      g_autoptr (GPtrArray) cards = ctl_rows (ctl, BATON_ENTITY_CARD, BATON_CARD_STAGE, stage->id, error);

      if (cards == NULL)
        return FALSE;
      if (ctl->json)
        show_stage_json (ctl, stage, cards);
      else if (baton_row_int (stage, BATON_STAGE_ARCHIVED) == 0)
        show_stage (ctl, stage, cards);
    }
  if (ctl->json)
    {
      baton_json_end_array (&ctl->writer);
      baton_json_end_object (&ctl->writer);
    }
  return TRUE;
}

static gboolean
run_add (Ctl *ctl, char **args, GError **error)
{
  const char *template = baton_template_find (template_name != NULL ? template_name : "blank");
  g_autofree char *id = NULL;
  BatonOp *op;

  if (template == NULL)
    {
      g_set_error (error, BATON_ERROR, BATON_ERROR_NOT_FOUND,
          _ ("There is no template “%s”; “batonctl template list” shows them."), template_name);
      return FALSE;
    }
  op = baton_template_make_board (template, args[0]);
  id = g_strdup (((BatonNewRow *) g_ptr_array_index (op->rows, 0))->row->id);
  if (!ctl_perform (ctl, op, error))
    return FALSE;
  ctl_added (ctl, id, "name", args[0]);
  return TRUE;
}

static gboolean
change_board (
    Ctl *ctl, BatonVerb verb, BatonRow *board, const char *new_name, const char *sentence, GError **error)
{
  BatonOp *op = baton_op_new (verb);
  const char *ids[] = { board->id, NULL };
  g_autofree char *short_name = ctl_short (new_name != NULL ? new_name : ctl_row_name (board), 60);
  g_autofree char *words = NULL;

  baton_op_add_id (op, board->id);
  if (new_name != NULL)
    baton_op_set_text (op, BATON_BOARD_NAME, new_name);
  if (!ctl_perform (ctl, op, error))
    return FALSE;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  words = g_strdup_printf (sentence, short_name);
#pragma GCC diagnostic pop
  ctl_done (ctl, ids, words);
  return TRUE;
}

static gboolean
run_rename (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRow) board = ctl_find_board (ctl, args[0], error);

  return board != NULL &&
         change_board (ctl, BATON_VERB_BOARD_SET, board, args[1], _ ("The board is called “%s” now."), error);
}

static gboolean
run_archive (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRow) board = ctl_find_board (ctl, args[0], error);

  return board != NULL &&
         change_board (ctl, BATON_VERB_BOARD_ARCHIVE, board, NULL, _ ("“%s” is in the archive now."), error);
}

static gboolean
run_unarchive (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRow) board = ctl_find_board (ctl, args[0], error);

  return board != NULL && change_board (ctl, BATON_VERB_BOARD_UNARCHIVE, board, NULL,
                              _ ("“%s” is back from the archive."), error);
}

static gboolean
run_bin (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRow) board = ctl_find_board (ctl, args[0], error);

  return board != NULL &&
         change_board (ctl, BATON_VERB_BOARD_REMOVE, board, NULL, _ ("“%s” is in the bin now."), error);
}

static gboolean
run_restore (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRow) board = ctl_find_removed (ctl, BATON_ENTITY_BOARD, args[0], error);

  return board != NULL &&
         change_board (ctl, BATON_VERB_BOARD_RESTORE, board, NULL, _ ("“%s” is back from the bin."), error);
}

const CtlCommand ctl_board_commands[] = {
  { "board list", "", N_ ("List the boards"), 0, 0, CTL_NEEDS_READING, list_options, run_list },
  { "board show", N_ ("BOARD"), N_ ("Show a board with its stages and cards"), 1, 1, CTL_NEEDS_READING, NULL,
      run_show },
  { "board add", N_ ("NAME"), N_ ("Add a board"), 1, 1, CTL_NEEDS_WRITING, add_options, run_add },
  { "board rename", N_ ("BOARD NAME"), N_ ("Give a board another name"), 2, 2, CTL_NEEDS_WRITING, NULL,
      run_rename },
  { "board archive", N_ ("BOARD"), N_ ("Put a board into the archive"), 1, 1, CTL_NEEDS_WRITING, NULL,
      run_archive },
  { "board unarchive", N_ ("BOARD"), N_ ("Take a board out of the archive"), 1, 1, CTL_NEEDS_WRITING, NULL,
      run_unarchive },
  { "board bin", N_ ("BOARD"), N_ ("Put a board into the bin"), 1, 1, CTL_NEEDS_WRITING, NULL, run_bin },
  { "board restore", N_ ("BOARD"), N_ ("Take a board out of the bin"), 1, 1, CTL_NEEDS_WRITING, NULL,
      run_restore },
  { NULL },
};
