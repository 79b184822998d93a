/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "attention-edit.h"

#include "permits.h"

/* One text that was intended: where it belongs, and where its draft is kept. */
typedef struct
{
  char *card;
  char *key; /* of the draft */
  BatonField field;
  const char *text; /* borrowed from the operation */
} Intent;

static void
intent_clear (Intent *intent)
{
  g_free (intent->card);
  g_free (intent->key);
}
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Intent, intent_clear)

/* The fields of a card and of what hangs from it that are edited in place. */
static gboolean
is_edited_in_place (BatonField field)
{
  static const BatonField fields[] = { BATON_CARD_TITLE, BATON_CARD_BRIEF, BATON_CARD_NOTES,
    BATON_CARD_AUDIENCE, BATON_COMMENT_TEXT, BATON_ITEM_TEXT, BATON_CHECKLIST_TITLE };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      if (fields[i] == field)
        return TRUE;
    }
  return FALSE;
}

/* The card that a row hangs from; NULL when it is gone. Transfer full. */
static char *
card_of (BatonReader *reader, BatonEntity entity, const char *id)
{
  g_autoptr (BatonRow) row = baton_reader_row (reader, entity, id);
  BatonField card = baton_field_find (entity, "card");

  if (row == NULL || baton_row_int (row, baton_entity_removed (entity)) != 0)
    return NULL;
  if (entity == BATON_ENTITY_CARD)
    return g_strdup (id);
  if (entity == BATON_ENTITY_ITEM)
    return card_of (reader, BATON_ENTITY_CHECKLIST, baton_row_text (row, BATON_ITEM_CHECKLIST));
  return card != BATON_FIELD_NONE ? g_strdup (baton_row_text (row, card)) : NULL;
}

static gboolean
intent_of_set (BatonReader *reader, const BatonOp *op, Intent *intent)
{
  const BatonSet *set = NULL;
  BatonEntity entity;

  for (guint i = 0; op->ids->len == 1 && i < op->sets->len && set == NULL; i++)
    {
      const BatonSet *one = &g_array_index (op->sets, BatonSet, i);

      if (one->value.kind == BATON_VALUE_TEXT && is_edited_in_place (one->field))
        set = one;
    }
  if (set == NULL)
    return FALSE;
  entity = baton_field_info (set->field)->entity;
  intent->card = card_of (reader, entity, g_ptr_array_index (op->ids, 0));
  intent->field = set->field;
  intent->text = set->value.text;
  intent->key = g_strconcat (intent->card != NULL ? intent->card : "", "/",
      entity == BATON_ENTITY_CARD ? baton_field_info (set->field)->name : g_ptr_array_index (op->ids, 0),
      NULL);
  return intent->card != NULL;
}

/* A comment that was never made is written anew. */
static gboolean
intent_of_comment (BatonReader *reader, const BatonOp *op, Intent *intent)
{
  const BatonRow *row = op->rows->len == 1 ? ((BatonNewRow *) g_ptr_array_index (op->rows, 0))->row : NULL;

  if (row == NULL || row->entity != BATON_ENTITY_COMMENT || baton_row_text (row, BATON_COMMENT_TEXT) == NULL)
    return FALSE;
  intent->card = card_of (reader, BATON_ENTITY_CARD, baton_row_text (row, BATON_COMMENT_CARD));
  intent->field = BATON_COMMENT_TEXT;
  intent->text = baton_row_text (row, BATON_COMMENT_TEXT);
  intent->key = g_strconcat (intent->card != NULL ? intent->card : "", "/comment", NULL);
  return intent->card != NULL;
}

static gboolean
read_intent (BatonReader *reader, const BatonOp *op, Intent *intent)
{
  if (op->verb == BATON_VERB_COMMENT_ADD)
    return intent_of_comment (reader, op, intent);
  return op->verb != BATON_VERB_UNKNOWN && baton_verb_info (op->verb)->action == BATON_ACTION_SET &&
         intent_of_set (reader, op, intent);
}

gboolean
baton_attention_can_edit (BatonWorkspace *workspace, const BatonAttention *attention)
{
  g_auto (Intent) intent = { 0 };

  return baton_workspace_why_not (workspace, attention->op->verb) == NULL &&
         read_intent (baton_workspace_reader (workspace), attention->op, &intent);
}

/* What is being edited: until it is saved. */
typedef struct
{
  gint64 id;
  BatonVerb verb;
  char *row; /* that was set, or the card of a comment */
  BatonField field;
} Editing;

static void
editing_free (gpointer data, GClosure *closure)
{
  Editing *editing = data;

  g_free (editing->row);
  g_free (editing);
}

static gboolean
is_done_by (const Editing *editing, const BatonOp *op)
{
  if (op == NULL || op->verb != editing->verb)
    return FALSE;
  if (editing->verb == BATON_VERB_COMMENT_ADD)
    return op->rows->len == 1 &&
           g_strcmp0 (
               baton_row_text (((BatonNewRow *) g_ptr_array_index (op->rows, 0))->row, BATON_COMMENT_CARD),
               editing->row) == 0;
  if (op->ids->len != 1 || !g_str_equal (g_ptr_array_index (op->ids, 0), editing->row))
    return FALSE;
  for (guint i = 0; i < op->sets->len; i++)
    {
      if (g_array_index (op->sets, BatonSet, i).field == editing->field)
        return TRUE;
    }
  return FALSE;
}

static void
performed_cb (BatonWorkspace *workspace, const BatonOp *op, gpointer effect, const Editing *editing)
{
  if (!is_done_by (editing, op))
    return;
  baton_workspace_discard_async (workspace, editing->id, NULL, NULL);
  g_signal_handlers_disconnect_by_func (workspace, G_CALLBACK (performed_cb), (gpointer) editing);
}

void
baton_attention_edit (BatonWindow *window, const BatonAttention *attention)
{
  BatonWorkspace *workspace = baton_window_workspace (window);
  g_auto (Intent) intent = { 0 };
  Editing *editing;

  if (!read_intent (baton_workspace_reader (workspace), attention->op, &intent))
    return;
  baton_workspace_set_draft (workspace, intent.key, intent.text);
  editing = g_new0 (Editing, 1);
  editing->id = attention->id;
  editing->verb = attention->op->verb;
  editing->field = intent.field;
  editing->row = g_strdup (
      editing->verb == BATON_VERB_COMMENT_ADD ? intent.card : g_ptr_array_index (attention->op->ids, 0));
  g_signal_connect_data (workspace, "performed", G_CALLBACK (performed_cb), editing, editing_free, 0);
  baton_window_edit_card (window, intent.card, intent.field);
}
