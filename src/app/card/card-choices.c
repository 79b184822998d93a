/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "card-choices.h"

#include "change.h"
#include "due-chooser.h"
#include "swatch.h"
#include "words.h"

#include <glib/gi18n.h>
#include <string.h>

const char *
baton_card_field_title (BatonField field)
{
  switch ((int) field)
    {
    case BATON_CARD_STAGE:
      return _ ("Stage");
    case BATON_CARD_OWNER:
      return _ ("Owner");
    case BATON_CARD_MEMBERS:
      return _ ("Members");
    case BATON_CARD_CHANNEL:
      return _ ("Channel");
    case BATON_CARD_CAMPAIGN:
      return _ ("Campaign");
    case BATON_CARD_ASSET_TYPE:
      return _ ("Asset type");
    case BATON_CARD_URGENCY:
      return _ ("Urgency");
    case BATON_CARD_LABELS:
      return _ ("Labels");
    case BATON_CARD_BLOCKERS:
      return _ ("Waits for");
    case BATON_CARD_DUE:
      return _ ("Due date");
    case BATON_CARD_SATISFACTION:
      return _ ("Satisfied with it");
    default:
      return baton_words_field (field);
    }
}

static BatonVerb
link_verb (BatonField field)
{
  return field == BATON_CARD_LABELS     ? BATON_VERB_CARD_LABEL
         : field == BATON_CARD_MEMBERS  ? BATON_VERB_CARD_MEMBER
         : field == BATON_CARD_BLOCKERS ? BATON_VERB_CARD_DEPEND
                                        : BATON_VERB_CARD_TICK;
}

BatonOp *
baton_card_choose (BatonCardModel *model, BatonField field, const char *id, gboolean on)
{
  BatonItem *card = baton_card_model_card (model);
  BatonOp *op;

  if (field == BATON_CARD_STAGE)
    {
      op = baton_op_new (BATON_VERB_CARD_MOVE);
      baton_op_add_from (op, baton_item_text (card, BATON_CARD_STAGE));
      baton_op_set_to (op, id);
    }
  else if (baton_field_info (field)->type == BATON_TYPE_SET)
    {
      op = baton_op_new (link_verb (field));
      baton_op_link (op, field, on, id);
    }
  else
    {
      op = baton_op_new (BATON_VERB_CARD_SET);
      baton_op_set_text (op, field, *id != '\0' ? id : NULL);
    }
  baton_op_add_id (op, baton_item_id (card));
  return op;
}

BatonOp *
baton_card_set_due (BatonCardModel *model, gint64 due)
{
  BatonOp *op;

  if (baton_item_int (baton_card_model_card (model), BATON_CARD_DUE) == due)
    return NULL;
  op = baton_op_new (BATON_VERB_CARD_SET);
  baton_op_add_id (op, baton_card_model_id (model));
  if (due != 0)
    baton_op_set_int (op, BATON_CARD_DUE, due);
  else
    baton_op_set_none (op, BATON_CARD_DUE);
  return op;
}

static BatonChoice *
add_choice (GPtrArray *choices, const char *id, const char *title, const char *detail, gboolean chosen)
{
  BatonChoice *choice = g_new0 (BatonChoice, 1);

  choice->id = g_strdup (id);
  choice->title = g_strdup (title);
  choice->detail = g_strdup (detail);
  choice->chosen = chosen;
  g_ptr_array_add (choices, choice);
  return choice;
}

/* Typed is case-folded already. A very long text is only searched at its beginning. */
static gboolean
matches (const char *text, const char *typed)
{
  g_autofree char *start = NULL;
  g_autofree char *folded = NULL;

  if (*typed == '\0')
    return TRUE;
  start = g_strndup (text, 2000);
  folded = g_utf8_casefold (start, (gssize) strnlen (start, 2000));
  return strstr (folded, typed) != NULL;
}

static gboolean
is_chosen (BatonItem *card, BatonField field, const char *id)
{
  if (baton_field_info (field)->type == BATON_TYPE_SET)
    return baton_item_has (card, field, id);
  return g_strcmp0 (baton_item_text (card, field), id) == 0;
}

static gboolean
is_archived_stage (BatonItem *item)
{
  return baton_item_entity (item) == BATON_ENTITY_STAGE && baton_item_int (item, BATON_STAGE_ARCHIVED) != 0;
}

/* Rows of a shared list: people, or what the board has. */
static GPtrArray *
list_rows (BatonCardModel *model, BatonField field, const char *typed, guint most, guint *left_off)
{
  GPtrArray *choices = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_choice_free);
  BatonItem *card = baton_card_model_card (model);
  BatonEntity entity = baton_field_info (field)->target;
  BatonField name = baton_field_find (entity, "name");
  BatonColumn *rows = baton_workspace_list (baton_card_model_workspace (model), entity,
      entity == BATON_ENTITY_PERSON ? NULL : baton_board_id (baton_card_model_board (model)));

  if (baton_field_info (field)->type == BATON_TYPE_REF && field != BATON_CARD_STAGE && *typed == '\0')
    add_choice (choices, "", _ ("None"), NULL, baton_item_text (card, field) == NULL);
  for (guint i = 0; i < baton_column_size (rows); i++)
    {
      BatonItem *row = baton_column_peek (rows, i);
      const char *title = baton_item_text (row, name);
      const char *detail = entity == BATON_ENTITY_STAGE
                               ? baton_words_stage_kind (baton_item_text (row, BATON_STAGE_KIND))
                           : entity == BATON_ENTITY_PERSON ? baton_item_text (row, BATON_PERSON_ROLE)
                                                           : NULL;

      if (title == NULL || !matches (title, typed) || is_archived_stage (row))
        continue;
      if (choices->len >= most)
        ++*left_off;
      else
        add_choice (
            choices, baton_item_id (row), title, detail, is_chosen (card, field, baton_item_id (row)));
    }
  return choices;
}

static GPtrArray *
list_urgencies (BatonCardModel *model, BatonField field, const char *typed, guint most, guint *left_off)
{
  GPtrArray *choices = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_choice_free);
  const char *const *names = baton_field_info (field)->choices;
  const char *now = baton_item_text (baton_card_model_card (model), field);

  for (guint i = 0; names[i] != NULL; i++)
    add_choice (choices, names[i], baton_words_urgency (names[i]), NULL,
        g_strcmp0 (now != NULL ? now : names[0], names[i]) == 0);
  return choices;
}

static GPtrArray *
list_answers (BatonCardModel *model, BatonField field, const char *typed, guint most, guint *left_off)
{
  GPtrArray *choices = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_choice_free);
  const char *const *names = baton_field_info (field)->choices;
  const char *now = baton_item_text (baton_card_model_card (model), field);

  add_choice (choices, "", _ ("No answer"), NULL, now == NULL);
  for (guint i = 0; names[i] != NULL; i++)
    add_choice (choices, names[i], baton_words_satisfaction (names[i]), NULL, g_strcmp0 (now, names[i]) == 0);
  return choices;
}

/* Other cards of the board; those that are waited for already come first. */
static GPtrArray *
list_cards (BatonCardModel *model, BatonField field, const char *typed, guint most, guint *left_off)
{
  GPtrArray *choices = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_choice_free);
  BatonItem *card = baton_card_model_card (model);
  g_autoptr (GPtrArray) cards = baton_board_cards (baton_card_model_board (model));

  for (int pass = 0; pass < 2; pass++)
    {
      for (guint i = 0; i < cards->len; i++)
        {
          BatonItem *other = g_ptr_array_index (cards, i);
          const char *title = baton_item_text (other, BATON_CARD_TITLE);
          gboolean chosen = baton_item_has (card, field, baton_item_id (other));

          if (chosen != (pass == 0) || other == card || !matches (title, typed))
            continue;
          if (choices->len >= most)
            ++*left_off;
          else
            add_choice (choices, baton_item_id (other), title,
                baton_workspace_name_of (baton_card_model_workspace (model), BATON_ENTITY_STAGE,
                    baton_item_text (other, BATON_CARD_STAGE), NULL),
                chosen);
        }
    }
  return choices;
}

/* Channels, campaigns, asset types and labels belong to the board and can be made in passing. */
static gboolean
can_create (BatonField field)
{
  switch ((int) field)
    {
    case BATON_CARD_CHANNEL:
    case BATON_CARD_CAMPAIGN:
    case BATON_CARD_ASSET_TYPE:
    case BATON_CARD_LABELS:
      return TRUE;
    default:
      return FALSE;
    }
}

static BatonOp *
create_named (BatonCardModel *model, BatonField field, const char *name, char **id)
{
  BatonEntity entity = baton_field_info (field)->target;
  const char *board = baton_board_id (baton_card_model_board (model));
  BatonColumn *others = baton_workspace_list (baton_card_model_workspace (model), entity, board);
  BatonRow *row;
  BatonOp *op = baton_change_new_row (entity, board, name, &row);

  if (field == BATON_CARD_LABELS)
    baton_row_set_text (row, BATON_LABEL_COLOR, baton_color_next (baton_column_size (others)));
  *id = g_strdup (row->id);
  return op;
}

GtkWidget *
baton_card_chooser_new (BatonCardModel *model, BatonField field)
{
  BatonChoicesFunc list = field == BATON_CARD_URGENCY        ? list_urgencies
                          : field == BATON_CARD_BLOCKERS     ? list_cards
                          : field == BATON_CARD_SATISFACTION ? list_answers
                                                             : list_rows;

  if (field == BATON_CARD_DUE)
    return baton_due_chooser_new (model);
  return baton_chooser_new (model, field, baton_card_field_title (field),
      baton_field_info (field)->type == BATON_TYPE_SET, list, baton_card_choose,
      can_create (field) ? create_named : NULL);
}

typedef struct
{
  BatonCardModel *model;
  BatonField field;
} Attached;

static void
attached_free (gpointer data)
{
  Attached *attached = data;

  g_object_unref (attached->model);
  g_free (attached);
}

static void
create_popover_cb (GtkMenuButton *button, gpointer data)
{
  Attached *attached = data;

  if (gtk_menu_button_get_popover (button) == NULL)
    gtk_menu_button_set_popover (button, baton_card_chooser_new (attached->model, attached->field));
}

void
baton_card_chooser_attach (GtkMenuButton *button, BatonCardModel *model, BatonField field)
{
  Attached *attached = g_new0 (Attached, 1);

  attached->model = g_object_ref (model);
  attached->field = field;
  gtk_menu_button_set_create_popup_func (button, create_popover_cb, attached, attached_free);
}
