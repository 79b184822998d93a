/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "batonctl"

#include "ctl.h"

#include <glib/gi18n.h>

/* What happens to whole cards, and to what hangs from them. */

static char *board_name;
static gboolean take_away;
static gboolean off;
static gboolean add;
static char *list_name;

static const GOptionEntry board_options[] = { CTL_BOARD_OPTION (board_name), { NULL } };

static const GOptionEntry link_options[] = {
  CTL_BOARD_OPTION (board_name),
  { "remove", 'r', 0, G_OPTION_ARG_NONE, &take_away, N_ ("Take it away instead"), NULL },
  { NULL },
};

static const GOptionEntry check_options[] = {
  CTL_BOARD_OPTION (board_name),
  { "add", 'a', 0, G_OPTION_ARG_NONE, &add, N_ ("Add the item"), NULL },
  { "list", 'l', 0, G_OPTION_ARG_FILENAME, &list_name, N_ ("The checklist; made by --add when it is missing"),
      N_ ("TITLE") },
  { "off", 0, 0, G_OPTION_ARG_NONE, &off, N_ ("Untick it"), NULL },
  { "remove", 'r', 0, G_OPTION_ARG_NONE, &take_away, N_ ("Remove the item"), NULL },
  { NULL },
};

static const GOptionEntry tick_options[] = {
  CTL_BOARD_OPTION (board_name),
  { "off", 0, 0, G_OPTION_ARG_NONE, &off, N_ ("Untick it"), NULL },
  { NULL },
};

static BatonRow *
find_card (Ctl *ctl, const char *typed, GError **error)
{
  g_autoptr (BatonRow) board = board_name != NULL ? ctl_find_board (ctl, board_name, error) : NULL;

  if (board_name != NULL && board == NULL)
    return NULL;
  return ctl_find_card (ctl, board != NULL ? board->id : NULL, typed, error);
}

/* Performs an operation about its ids, and tells. */
static gboolean
finish (Ctl *ctl, BatonOp *op, const char *sentence, GError **error)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < op->ids->len; i++)
    g_ptr_array_add (ids, g_strdup (g_ptr_array_index (op->ids, i)));
  g_ptr_array_add (ids, NULL);
  if (!ctl_perform (ctl, op, error))
    return FALSE;
  ctl_done (ctl, (const char *const *) ids->pdata, sentence);
  return TRUE;
}

/* One operation for all the cards that are named. */
static gboolean
run_bulk (Ctl *ctl, char **args, BatonVerb verb, const char *sentence, GError **error)
{
  g_autoptr (BatonOp) op = baton_op_new (verb);

  for (guint i = 0; args[i] != NULL; i++)
    {
      g_autoptr (BatonRow) card = verb == BATON_VERB_CARD_RESTORE
                                      ? ctl_find_removed (ctl, BATON_ENTITY_CARD, args[i], error)
                                      : find_card (ctl, args[i], error);

      if (card == NULL)
        return FALSE;
      baton_op_add_id (op, card->id);
    }
  return finish (ctl, g_steal_pointer (&op), sentence, error);
}

static gboolean
run_bin (Ctl *ctl, char **args, GError **error)
{
  return run_bulk (ctl, args, BATON_VERB_CARD_BIN, _ ("In the bin now."), error);
}

static gboolean
run_restore (Ctl *ctl, char **args, GError **error)
{
  return run_bulk (ctl, args, BATON_VERB_CARD_RESTORE, _ ("Back from the bin."), error);
}

static gboolean
run_archive (Ctl *ctl, char **args, GError **error)
{
  return run_bulk (ctl, args, BATON_VERB_CARD_ARCHIVE, _ ("In the archive now."), error);
}

static gboolean
run_unarchive (Ctl *ctl, char **args, GError **error)
{
  return run_bulk (ctl, args, BATON_VERB_CARD_UNARCHIVE, _ ("Back from the archive."), error);
}

static BatonRow *
find_linked (Ctl *ctl, const BatonRow *card, BatonField field, const char *typed, GError **error)
{
  const char *board = baton_row_text (card, BATON_CARD_BOARD);

  switch ((int) field)
    {
    case BATON_CARD_LABELS:
      return ctl_find_below (ctl, BATON_LABEL_BOARD, board, typed, error);
    case BATON_CARD_MEMBERS:
      return ctl_find_person (ctl, typed, error);
    case BATON_CARD_DONE_CRITERIA:
      return ctl_find_below (
          ctl, BATON_CRITERION_STAGE, baton_row_text (card, BATON_CARD_STAGE), typed, error);
    default:
      return find_card (ctl, typed, error);
    }
}

static gboolean
run_link (Ctl *ctl, char **args, BatonVerb verb, BatonField field, gboolean on, GError **error)
{
  g_autoptr (BatonRow) card = find_card (ctl, args[0], error);
  g_autoptr (BatonOp) op = baton_op_new (verb);

  if (card == NULL)
    return FALSE;
  baton_op_add_id (op, card->id);
  for (guint i = 1; args[i] != NULL; i++)
    {
      g_autoptr (BatonRow) row = find_linked (ctl, card, field, args[i], error);

      if (row == NULL)
        return FALSE;
      baton_op_link (op, field, on, row->id);
    }
  return finish (ctl, g_steal_pointer (&op), _ ("The card is changed."), error);
}

static gboolean
run_label (Ctl *ctl, char **args, GError **error)
{
  return run_link (ctl, args, BATON_VERB_CARD_LABEL, BATON_CARD_LABELS, !take_away, error);
}

static gboolean
run_member (Ctl *ctl, char **args, GError **error)
{
  return run_link (ctl, args, BATON_VERB_CARD_MEMBER, BATON_CARD_MEMBERS, !take_away, error);
}

static gboolean
run_depend (Ctl *ctl, char **args, GError **error)
{
  return run_link (ctl, args, BATON_VERB_CARD_DEPEND, BATON_CARD_BLOCKERS, !take_away, error);
}

static gboolean
run_tick (Ctl *ctl, char **args, GError **error)
{
  return run_link (ctl, args, BATON_VERB_CARD_TICK, BATON_CARD_DONE_CRITERIA, !off, error);
}

static gboolean
run_block (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRow) card = find_card (ctl, args[0], error);
  BatonOp *op;

  if (card == NULL)
    return FALSE;
  if (*args[1] == '\0')
    return ctl_usage (error, _ ("Say why it is blocked."));
  op = baton_op_new (BATON_VERB_CARD_BLOCK);
  baton_op_add_id (op, card->id);
  baton_op_set_text (op, BATON_CARD_BLOCKED_REASON, args[1]);
  return finish (ctl, op, _ ("The card is blocked."), error);
}

static gboolean
run_unblock (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRow) card = find_card (ctl, args[0], error);
  BatonOp *op;

  if (card == NULL)
    return FALSE;
  op = baton_op_new (BATON_VERB_CARD_UNBLOCK);
  baton_op_add_id (op, card->id);
  baton_op_set_none (op, BATON_CARD_BLOCKED_REASON);
  return finish (ctl, op, _ ("The card is no longer blocked."), error);
}

static gboolean
run_comment (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRow) card = find_card (ctl, args[0], error);
  g_autofree char *text = card != NULL ? ctl_read_text (args[1], error) : NULL;
  g_autofree char *id = baton_store_new_id ();
  BatonOp *op;
  BatonRow *row;

  if (text == NULL)
    return FALSE;
  op = baton_op_new (BATON_VERB_COMMENT_ADD);
  row = baton_op_add_row (op, BATON_ENTITY_COMMENT, id);
  baton_row_set_text (row, BATON_COMMENT_CARD, card->id);
  baton_row_set_text (row, BATON_COMMENT_TEXT, text);
  if (!ctl_perform (ctl, op, error))
    return FALSE;
  ctl_added (ctl, id, "text", text);
  return TRUE;
}

/* The list that a new item goes to: the named one, else the first; made with the item when there is none. */
static gboolean
find_list (Ctl *ctl, const char *card, BatonRow **list, GError **error)
{
  g_autoptr (GPtrArray) lists = ctl_rows (ctl, BATON_ENTITY_CHECKLIST, BATON_CHECKLIST_CARD, card, error);

  if (lists == NULL)
    return FALSE;
  for (guint i = 0; i < lists->len && *list == NULL; i++)
    {
      BatonRow *row = g_ptr_array_index (lists, i);

      if (list_name == NULL || g_str_equal (row->id, list_name) ||
          g_str_equal (ctl_row_name (row), list_name))
        *list = baton_row_ref (row);
    }
  return TRUE;
}

static gboolean
add_item (Ctl *ctl, const BatonRow *card, const char *text, GError **error)
{
  g_autoptr (BatonRow) list = NULL;
  g_autofree char *list_id = baton_store_new_id ();
  g_autofree char *id = baton_store_new_id ();
  BatonOp *op;
  BatonRow *row;

  if (!find_list (ctl, card->id, &list, error))
    return FALSE;
  op = baton_op_new (list != NULL ? BATON_VERB_ITEM_ADD : BATON_VERB_CHECKLIST_ADD);
  if (list == NULL)
    {
      row = baton_op_add_row (op, BATON_ENTITY_CHECKLIST, list_id);
      baton_row_set_text (row, BATON_CHECKLIST_CARD, card->id);
      baton_row_set_text (row, BATON_CHECKLIST_TITLE, list_name != NULL ? list_name : _ ("Checklist"));
    }
  row = baton_op_add_row (op, BATON_ENTITY_ITEM, id);
  baton_row_set_text (row, BATON_ITEM_CHECKLIST, list != NULL ? list->id : list_id);
  baton_row_set_text (row, BATON_ITEM_TEXT, text);
  if (!ctl_perform (ctl, op, error))
    return FALSE;
  ctl_added (ctl, id, "text", text);
  return TRUE;
}

/* An item of any of the card's checklists. */
static BatonRow *
find_item (Ctl *ctl, const BatonRow *card, const char *text, GError **error)
{
  g_autoptr (GPtrArray) lists = ctl_rows (ctl, BATON_ENTITY_CHECKLIST, BATON_CHECKLIST_CARD, card->id, error);
  g_autoptr (GError) first = NULL;

  for (guint i = 0; lists != NULL && i < lists->len; i++)
    {
      const BatonRow *list = g_ptr_array_index (lists, i);
      g_autoptr (GError) local = NULL;
      BatonRow *item;

      if (list_name != NULL && !g_str_equal (list->id, list_name) &&
          !g_str_equal (ctl_row_name (list), list_name))
        continue;
      item = ctl_find_below (ctl, BATON_ITEM_CHECKLIST, list->id, text, &local);
      if (item != NULL)
        return item;
      if (!g_error_matches (local, BATON_ERROR, BATON_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return NULL;
        }
    }
  if (lists != NULL)
    g_set_error (error, BATON_ERROR, BATON_ERROR_NOT_FOUND, _ ("No checklist of this card has “%s”."), text);
  return NULL;
}

static gboolean
run_check (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRow) card = find_card (ctl, args[0], error);
  g_autoptr (BatonRow) item = NULL;
  BatonOp *op;

  if (card == NULL)
    return FALSE;
  if (add + off + take_away > 1)
    return ctl_usage (error, _ ("Give only one of --add, --off and --remove."));
  if (add)
    return add_item (ctl, card, args[1], error);
  item = find_item (ctl, card, args[1], error);
  if (item == NULL)
    return FALSE;
  op = baton_op_new (take_away ? BATON_VERB_ITEM_REMOVE : BATON_VERB_ITEM_SET);
  baton_op_add_id (op, item->id);
  if (!take_away)
    baton_op_set_int (op, BATON_ITEM_DONE, !off);
  return finish (ctl, op, _ ("The checklist is changed."), error);
}

const CtlCommand ctl_card_part_commands[] = {
  { "card bin", N_ ("CARD…"), N_ ("Put cards into the bin"), 1, -1, CTL_NEEDS_WRITING, board_options,
      run_bin },
  { "card restore", N_ ("CARD…"), N_ ("Take cards out of the bin"), 1, -1, CTL_NEEDS_WRITING, NULL,
      run_restore },
  { "card archive", N_ ("CARD…"), N_ ("Put cards into the archive"), 1, -1, CTL_NEEDS_WRITING, board_options,
      run_archive },
  { "card unarchive", N_ ("CARD…"), N_ ("Take cards out of the archive"), 1, -1, CTL_NEEDS_WRITING,
      board_options, run_unarchive },
  { "card label", N_ ("CARD LABEL…"), N_ ("Put labels on a card"), 2, -1, CTL_NEEDS_WRITING, link_options,
      run_label },
  { "card member", N_ ("CARD PERSON…"), N_ ("Add members to a card"), 2, -1, CTL_NEEDS_WRITING, link_options,
      run_member },
  { "card depend", N_ ("CARD OTHER…"), N_ ("Let a card wait for others"), 2, -1, CTL_NEEDS_WRITING,
      link_options, run_depend },
  { "card block", N_ ("CARD REASON"), N_ ("Say that a card cannot go on, and why"), 2, 2, CTL_NEEDS_WRITING,
      board_options, run_block },
  { "card unblock", N_ ("CARD"), N_ ("Say that a card can go on"), 1, 1, CTL_NEEDS_WRITING, board_options,
      run_unblock },
  { "card comment", N_ ("CARD TEXT"), N_ ("Comment on a card, “-” for standard input"), 2, 2,
      CTL_NEEDS_WRITING, board_options, run_comment },
  { "card check", N_ ("CARD ITEM"), N_ ("Tick an item of a checklist, or add one"), 2, 2, CTL_NEEDS_WRITING,
      check_options, run_check },
  { "card tick", N_ ("CARD CRITERION…"), N_ ("Tick what its stage’s definition of done asks"), 2, -1,
      CTL_NEEDS_WRITING, tick_options, run_tick },
  { NULL },
};
