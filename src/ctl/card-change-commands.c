/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "batonctl"

#include "ctl.h"

#include <glib/gi18n.h>
#include <string.h>

/* Adding, setting and moving cards. */

static char *board_name;
static char *stage_name;
static char *title;
static char *brief;
static char *notes;
static char *audience;
static char *owner;
static char *channel;
static char *campaign;
static char *asset_type;
static char *satisfaction;
static char *due;
static char *urgency;
static char **labels;
static char **members;
static char *before;
static char *after;
static gboolean is_template;

#define FIELD_OPTIONS                                                                                    \
  { "brief", 0, 0, G_OPTION_ARG_FILENAME, &brief, N_ ("Brief in Markdown, “-” for standard input"),      \
    N_ ("TEXT") },                                                                                       \
      { "notes", 0, 0, G_OPTION_ARG_FILENAME, &notes, N_ ("Context notes"), N_ ("TEXT") },               \
      { "audience", 0, 0, G_OPTION_ARG_FILENAME, &audience, N_ ("Whom it is for"), N_ ("TEXT") },        \
      { "owner", 'o', 0, G_OPTION_ARG_FILENAME, &owner, N_ ("Who does it"), N_ ("PERSON") },             \
      { "channel", 0, 0, G_OPTION_ARG_FILENAME, &channel, N_ ("Channel"), N_ ("NAME") },                 \
      { "campaign", 0, 0, G_OPTION_ARG_FILENAME, &campaign, N_ ("Campaign"), N_ ("NAME") },              \
      { "type", 0, 0, G_OPTION_ARG_FILENAME, &asset_type, N_ ("Asset type"), N_ ("NAME") },              \
      { "due", 'd', 0, G_OPTION_ARG_FILENAME, &due, N_ ("Due: 2026-05-01 or 2026-05-01T17:00:00Z"),      \
        N_ ("TIME") },                                                                                   \
  {                                                                                                      \
    "urgency", 'u', 0, G_OPTION_ARG_FILENAME, &urgency, N_ ("low, normal, high or fast"), N_ ("URGENCY") \
  }

#define PLACE_OPTIONS                                                                                \
  { "before", 0, 0, G_OPTION_ARG_FILENAME, &before, N_ ("Place it before this card"), N_ ("CARD") }, \
  {                                                                                                  \
    "after", 0, 0, G_OPTION_ARG_FILENAME, &after, N_ ("Place it after this card"), N_ ("CARD")       \
  }

static const GOptionEntry add_options[] = {
  { "stage", 's', 0, G_OPTION_ARG_FILENAME, &stage_name, N_ ("The stage (the first one)"), N_ ("STAGE") },
  FIELD_OPTIONS,
  { "label", 'l', 0, G_OPTION_ARG_FILENAME_ARRAY, &labels, N_ ("A label; may be given again"), N_ ("LABEL") },
  { "member", 'm', 0, G_OPTION_ARG_FILENAME_ARRAY, &members, N_ ("A member; may be given again"),
      N_ ("PERSON") },
  PLACE_OPTIONS,
  { "as-template", 0, 0, G_OPTION_ARG_NONE, &is_template, N_ ("Make a template for cards"), NULL },
  { NULL },
};

static const GOptionEntry set_options[] = {
  { "title", 't', 0, G_OPTION_ARG_FILENAME, &title, N_ ("Another title"), N_ ("TITLE") },
  { "satisfaction", 0, 0, G_OPTION_ARG_FILENAME, &satisfaction,
      N_ ("How content people are with the result, 1 (not at all) to 5 (fully)"), N_ ("NUMBER") },
  FIELD_OPTIONS,
  CTL_BOARD_OPTION (board_name),
  { NULL },
};

static const GOptionEntry move_options[] = { PLACE_OPTIONS, CTL_BOARD_OPTION (board_name), { NULL } };

typedef void (*SetInt) (gpointer target, BatonField field, gint64 number);
typedef void (*SetText) (gpointer target, BatonField field, const char *text);

typedef struct
{
  Ctl *ctl;
  const char *board;
  gpointer target; /* a new row, or an operation that sets */
  SetText set_text;
  SetInt set_int;
  guint n;
} Taker;

static gboolean
take_text (Taker *taker, BatonField field, const char *typed, GError **error)
{
  g_autofree char *text = NULL;

  if (typed == NULL)
    return TRUE;
  text = ctl_read_text (typed, error);
  if (text == NULL)
    return FALSE;
  taker->set_text (taker->target, field, *text != '\0' ? text : NULL);
  taker->n++;
  return TRUE;
}

/* A name of something on the board (or a person); "" unsets. */
static gboolean
take_name (Taker *taker, BatonField field, const char *typed, GError **error)
{
  BatonEntity entity = baton_field_info (field)->target;
  g_autoptr (BatonRow) row = NULL;

  if (typed == NULL)
    return TRUE;
  if (*typed != '\0')
    {
      row = entity == BATON_ENTITY_PERSON
                ? ctl_find_person (taker->ctl, typed, error)
                : ctl_find_below (taker->ctl, baton_field_find (entity, "board"), taker->board, typed, error);
      if (row == NULL)
        return FALSE;
    }
  taker->set_text (taker->target, field, row != NULL ? row->id : NULL);
  taker->n++;
  return TRUE;
}

static gboolean
take_due (Taker *taker, GError **error)
{
  gint64 at;

  if (due == NULL)
    return TRUE;
  if (!ctl_parse_time (due, &at, error))
    return FALSE;
  taker->n++;
  if (at != 0)
    taker->set_int (taker->target, BATON_CARD_DUE, at);
  else
    taker->set_text (taker->target, BATON_CARD_DUE, NULL);
  return TRUE;
}

static gboolean
take_fields (Taker *taker, GError **error)
{
  return ctl_parse_choice (BATON_CARD_URGENCY, urgency, error) &&
         ctl_parse_choice (BATON_CARD_SATISFACTION, satisfaction, error) &&
         take_text (taker, BATON_CARD_BRIEF, brief, error) &&
         take_text (taker, BATON_CARD_NOTES, notes, error) &&
         take_text (taker, BATON_CARD_AUDIENCE, audience, error) &&
         take_text (taker, BATON_CARD_URGENCY, urgency, error) &&
         take_text (taker, BATON_CARD_SATISFACTION, satisfaction, error) &&
         take_name (taker, BATON_CARD_OWNER, owner, error) &&
         take_name (taker, BATON_CARD_CHANNEL, channel, error) &&
         take_name (taker, BATON_CARD_CAMPAIGN, campaign, error) &&
         take_name (taker, BATON_CARD_ASSET_TYPE, asset_type, error) && take_due (taker, error);
}

static gboolean
take_set (Taker *taker, BatonRow *card, BatonField field, char **names, GError **error)
{
  BatonEntity entity = baton_field_info (field)->target;

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      g_autoptr (BatonRow) row =
          entity == BATON_ENTITY_PERSON
              ? ctl_find_person (taker->ctl, names[i], error)
              : ctl_find_below (taker->ctl, BATON_LABEL_BOARD, taker->board, names[i], error);

      if (row == NULL)
        return FALSE;
      baton_row_take (card, field, baton_set_add (baton_row_text (card, field), row->id));
    }
  return TRUE;
}

/* The card to stand beside must be in the stage that the other one goes to. */
static gboolean
find_sibling (Ctl *ctl, const char *stage, const char *typed, char **id, GError **error)
{
  g_autoptr (BatonRow) row = NULL;

  if (typed == NULL)
    return TRUE;
  row = ctl_find_below (ctl, BATON_CARD_STAGE, stage, typed, error);
  if (row == NULL)
    {
      g_prefix_error (error, _ ("In the stage “%s”: "), ctl_name (ctl, BATON_ENTITY_STAGE, stage));
      return FALSE;
    }
  *id = g_strdup (row->id);
  return TRUE;
}

static gboolean
find_place (Ctl *ctl, const char *stage, char **before_id, char **after_id, GError **error)
{
  if (before != NULL && after != NULL)
    return ctl_usage (error, _ ("Give either --before or --after."));
  return find_sibling (ctl, stage, before, before_id, error) &&
         find_sibling (ctl, stage, after, after_id, error);
}

static BatonRow *
first_stage (Ctl *ctl, const BatonRow *board, GError **error)
{
  g_autoptr (GPtrArray) stages = ctl_rows (ctl, BATON_ENTITY_STAGE, BATON_STAGE_BOARD, board->id, error);

  for (guint i = 0; stages != NULL && i < stages->len; i++)
    {
      if (baton_row_int (g_ptr_array_index (stages, i), BATON_STAGE_ARCHIVED) == 0)
        return baton_row_ref (g_ptr_array_index (stages, i));
    }
  if (stages != NULL)
    g_set_error (error, BATON_ERROR, BATON_ERROR_NOT_FOUND, _ ("“%s” has no stage to put a card in."),
        ctl_row_name (board));
  return NULL;
}

/* "-" reads it: a title may be longer than what the system lets stand on a command line. */
static char *
read_title (const char *typed, GError **error)
{
  char *text = ctl_read_text (typed, error);

  if (text != NULL && g_str_equal (typed, "-") && g_str_has_suffix (text, "\n"))
    text[strlen (text) - 1] = '\0';
  return text;
}

static gboolean
run_add (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRow) board = ctl_find_board (ctl, args[0], error);
  g_autoptr (BatonRow) stage = NULL;
  g_autoptr (BatonOp) op = baton_op_new (BATON_VERB_CARD_ADD);
  g_autofree char *text = board != NULL ? read_title (args[1], error) : NULL;
  g_autofree char *id = baton_store_new_id ();
  g_autofree char *before_id = NULL;
  g_autofree char *after_id = NULL;
  BatonRow *row;

  if (text == NULL)
    return FALSE;
  stage = stage_name != NULL ? ctl_find_stage (ctl, board->id, stage_name, error)
                             : first_stage (ctl, board, error);
  if (stage == NULL || !find_place (ctl, stage->id, &before_id, &after_id, error))
    return FALSE;
  row = baton_op_add_row (op, BATON_ENTITY_CARD, id);
  baton_op_place_row (op, before_id, after_id);
  baton_row_set_text (row, BATON_CARD_STAGE, stage->id);
  baton_row_set_text (row, BATON_CARD_TITLE, text);
  if (is_template)
    baton_row_set_int (row, BATON_CARD_TEMPLATE, 1);
  Taker taker = { ctl, board->id, row, (SetText) baton_row_set_text, (SetInt) baton_row_set_int, 0 };
  if (!take_fields (&taker, error) || !take_set (&taker, row, BATON_CARD_LABELS, labels, error) ||
      !take_set (&taker, row, BATON_CARD_MEMBERS, members, error) ||
      !ctl_perform (ctl, g_steal_pointer (&op), error))
    return FALSE;
  ctl_added (ctl, id, "title", text);
  return TRUE;
}

static BatonRow *
find_card (Ctl *ctl, const char *typed, GError **error)
{
  g_autoptr (BatonRow) board = board_name != NULL ? ctl_find_board (ctl, board_name, error) : NULL;

  if (board_name != NULL && board == NULL)
    return NULL;
  return ctl_find_card (ctl, board != NULL ? board->id : NULL, typed, error);
}

static gboolean
run_set (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRow) card = find_card (ctl, args[0], error);
  g_autoptr (BatonOp) op = baton_op_new (BATON_VERB_CARD_SET);
  const char *ids[] = { NULL, NULL };

  if (card == NULL)
    return FALSE;
  Taker taker = { ctl, baton_row_text (card, BATON_CARD_BOARD), op, (SetText) baton_op_set_text,
    (SetInt) baton_op_set_int, 0 };
  if (!take_text (&taker, BATON_CARD_TITLE, title, error) || !take_fields (&taker, error))
    return FALSE;
  if (taker.n == 0)
    return ctl_usage (error, _ ("Say what to set, for example --title or --due."));
  baton_op_add_id (op, card->id);
  if (!ctl_perform (ctl, g_steal_pointer (&op), error))
    return FALSE;
  ids[0] = card->id;
  ctl_done (ctl, ids, _ ("The card is changed."));
  return TRUE;
}

/* A stage of the card's own board, or the id of a stage of another. */
static BatonRow *
find_target (Ctl *ctl, const BatonRow *card, const char *typed, GError **error)
{
  g_autoptr (BatonRow) elsewhere = baton_reader_row (ctl->reader, BATON_ENTITY_STAGE, typed);

  if (elsewhere != NULL)
    return g_steal_pointer (&elsewhere);
  return ctl_find_stage (ctl, baton_row_text (card, BATON_CARD_BOARD), typed, error);
}

static gboolean
run_move (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRow) card = find_card (ctl, args[0], error);
  g_autoptr (BatonRow) stage = card != NULL ? find_target (ctl, card, args[1], error) : NULL;
  g_autofree char *before_id = NULL;
  g_autofree char *after_id = NULL;
  g_autofree char *name = NULL;
  g_autofree char *sentence = NULL;
  const char *ids[] = { NULL, NULL };
  BatonOp *op;

  if (stage == NULL || !find_place (ctl, stage->id, &before_id, &after_id, error))
    return FALSE;
  op = baton_op_new (BATON_VERB_CARD_MOVE);
  baton_op_add_id (op, card->id);
  baton_op_add_from (op, baton_row_text (card, BATON_CARD_STAGE));
  baton_op_set_to (op, stage->id);
  baton_op_set_place (op, before_id, after_id);
  if (!ctl_perform (ctl, op, error))
    return FALSE;
  name = ctl_short (ctl_row_name (card), 60);
  sentence = g_strdup_printf (_ ("“%s” is in “%s” now."), name, ctl_row_name (stage));
  ids[0] = card->id;
  ctl_done (ctl, ids, sentence);
  return TRUE;
}

const CtlCommand ctl_card_change_commands[] = {
  { "card add", N_ ("BOARD TITLE"), N_ ("Add a card"), 2, 2, CTL_NEEDS_WRITING, add_options, run_add },
  { "card set", N_ ("CARD"), N_ ("Change a card’s fields; an empty value unsets"), 1, 1, CTL_NEEDS_WRITING,
      set_options, run_set },
  { "card move", N_ ("CARD STAGE"), N_ ("Move a card to a stage, or to a place in it"), 2, 2,
      CTL_NEEDS_WRITING, move_options, run_move },
  { NULL },
};
