/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-core"

#include "tx.h"

#include "baton-error.h"
#include "id.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
refuse (GError **error, BatonErrorCode code, const char *message)
{
  g_set_error_literal (error, BATON_ERROR, code, message);
  return FALSE;
}

static gboolean
check_text (const BatonFieldInfo *info, const char *text, GError **error)
{
  gsize length = strlen (text);

  if (!g_utf8_validate (text, length, NULL))
    return refuse (error, BATON_ERROR_INVALID, _ ("The text is not valid Unicode."));
  if (info->limit > 0 && length > (gsize) info->limit)
    {
      g_set_error (error, BATON_ERROR, BATON_ERROR_LIMIT,
          _ ("The text for “%s” is too long: %d bytes, at most %d."), info->name, (int) length,
          (int) info->limit);
      return FALSE;
    }
  return TRUE;
}

static gboolean
check_set (const BatonFieldInfo *info, const char *text, GError **error)
{
  g_auto (GStrv) ids = baton_set_split (text);

  for (guint i = 0; ids[i] != NULL; i++)
    {
      if (!baton_id_is_valid (ids[i]) || (i > 0 && strcmp (ids[i - 1], ids[i]) >= 0))
        return refuse (error, BATON_ERROR_INVALID, _ ("The list of ids is not in order."));
    }
  if (info->limit > 0 && g_strv_length (ids) > (guint) info->limit)
    return refuse (error, BATON_ERROR_LIMIT, _ ("The list has too many members."));
  return TRUE;
}

static gboolean
has_kind (const BatonFieldInfo *info, const BatonValue *value)
{
  gboolean number =
      info->type == BATON_TYPE_INT || info->type == BATON_TYPE_BOOL || info->type == BATON_TYPE_TIME;

  return value->kind == (number ? BATON_VALUE_INT : BATON_VALUE_TEXT);
}

gboolean
baton_rule_value (const BatonFieldInfo *info, const BatonValue *value, GError **error)
{
  if (value->kind == BATON_VALUE_NONE)
    return TRUE;
  if (!has_kind (info, value))
    {
      g_set_error (
          error, BATON_ERROR, BATON_ERROR_INVALID, _ ("“%s” has a value of the wrong kind."), info->name);
      return FALSE;
    }
  switch (info->type)
    {
    case BATON_TYPE_INT:
    case BATON_TYPE_TIME:
      if (info->type == BATON_TYPE_INT &&
          (value->number < 0 || (info->limit > 0 && value->number > info->limit)))
        return refuse (error, BATON_ERROR_LIMIT, _ ("The number is out of its range."));
      return TRUE;
    case BATON_TYPE_BOOL:
      return value->number == 0 || value->number == 1 ||
             refuse (error, BATON_ERROR_INVALID, _ ("A yes-or-no value must be 0 or 1."));
    case BATON_TYPE_REF:
      return baton_id_is_valid (value->text) || refuse (error, BATON_ERROR_INVALID, _ ("This is not an id."));
    case BATON_TYPE_SET:
      return check_set (info, value->text, error);
    case BATON_TYPE_ENUM:
      if (g_strv_contains (info->choices, value->text))
        return TRUE;
      g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID, _ ("“%s” is not one of the choices for “%s”."),
          value->text, info->name);
      return FALSE;
    case BATON_TYPE_TEXT:
    case BATON_TYPE_LONG:
    default:
      return check_text (info, value->text, error);
    }
}

gboolean
baton_rule_references (BatonTx *tx, BatonField field, const BatonValue *value, GError **error)
{
  const BatonFieldInfo *info = baton_field_info (field);
  g_auto (GStrv) ids = NULL;

  if (value->kind != BATON_VALUE_TEXT || info->target == BATON_ENTITY_NONE)
    return TRUE;
  if (info->type == BATON_TYPE_REF)
    return baton_tx_get (tx, info->target, value->text, error) != NULL;
  ids = baton_set_split (value->text);
  for (guint i = 0; ids[i] != NULL; i++)
    {
      if (baton_tx_get (tx, info->target, ids[i], error) == NULL)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_blank (const char *text)
{
  if (text == NULL)
    return TRUE;
  while (g_ascii_isspace (*text))
    text++;
  return *text == '\0';
}

/* What a row must have, whatever wrote it. */
static gboolean
check_required (const BatonRow *row, GError **error)
{
  static const BatonField named[] = { BATON_PERSON_NAME, BATON_BOARD_NAME, BATON_STAGE_NAME,
    BATON_CHANNEL_NAME, BATON_CAMPAIGN_NAME, BATON_ASSET_TYPE_NAME, BATON_CARD_TITLE, BATON_CRITERION_TEXT,
    BATON_ITEM_TEXT, BATON_COMMENT_TEXT, BATON_LINK_URL, BATON_CUSTOM_FIELD_NAME, BATON_FILTER_NAME,
    BATON_REVIEW_CHECK_TEXT, BATON_ASSET_NAME, BATON_VERSION_FILE };

  for (guint i = 0; i < G_N_ELEMENTS (named); i++)
    {
      const BatonFieldInfo *info = baton_field_info (named[i]);

      if (info->entity != row->entity || !is_blank (baton_row_text (row, named[i])))
        continue;
      return refuse (error, BATON_ERROR_INVALID,
          row->entity == BATON_ENTITY_CARD      ? _ ("A card needs a title.")
          : row->entity == BATON_ENTITY_COMMENT ? _ ("A comment needs a text.")
                                                : _ ("A name is needed here."));
    }
  return TRUE;
}

gboolean
baton_rule_row (BatonTx *tx, const BatonRow *row, GError **error)
{
  const BatonEntityInfo *info = baton_entity_info (row->entity);

  for (guint i = 0; i < info->n_fields; i++)
    {
      const BatonFieldInfo *field = baton_field_info (info->first + i);

      if (row->values[i].kind == BATON_VALUE_NONE)
        continue;
      if (!(field->flags & BATON_FIELD_SYSTEM) && !baton_rule_value (field, &row->values[i], error))
        return FALSE;
      if (!baton_rule_references (tx, info->first + i, &row->values[i], error))
        return FALSE;
    }
  return check_required (row, error);
}

gboolean
baton_rule_wip (BatonTx *tx, const BatonRow *stage, GError **error)
{
  gint64 limit = baton_row_int (stage, BATON_STAGE_WIP_LIMIT);

  if (limit <= 0 || baton_row_int (stage, BATON_STAGE_WIP_HARD) == 0)
    return TRUE;
  if (tx->view->count (tx->view, BATON_CARD_STAGE, stage->id) < limit)
    return TRUE;
  g_set_error (error, BATON_ERROR, BATON_ERROR_WIP,
      g_dngettext (GETTEXT_PACKAGE, "“%s” is full: at most %d card at a time. Finish or move one first.",
          "“%s” is full: at most %d cards at a time. Finish or move one first.", (gulong) limit),
      baton_row_text (stage, BATON_STAGE_NAME), (int) limit);
  return FALSE;
}

/* A stage that insists on its definition of done lets a card go only backwards while something is open. */
gboolean
baton_rule_done (BatonTx *tx, const BatonRow *card, const BatonRow *from, const BatonRow *to, GError **error)
{
  g_autoptr (GPtrArray) criteria = NULL;
  const char *done = baton_row_text (card, BATON_CARD_DONE_CRITERIA);

  if (baton_row_int (from, BATON_STAGE_DONE_HARD) == 0)
    return TRUE;
  if (g_strcmp0 (baton_row_text (from, BATON_STAGE_BOARD), baton_row_text (to, BATON_STAGE_BOARD)) == 0 &&
      baton_row_int (to, BATON_STAGE_RANK) < baton_row_int (from, BATON_STAGE_RANK))
    return TRUE;

  criteria = tx->view->children (tx->view, BATON_CRITERION_STAGE, from->id);
  for (guint i = 0; i < criteria->len; i++)
    {
      const char *id = g_ptr_array_index (criteria, i);
      const BatonRow *criterion = tx->view->get (tx->view, BATON_ENTITY_CRITERION, id);

      if (baton_row_int (criterion, BATON_CRITERION_REMOVED) != 0 || baton_set_contains (done, id))
        continue;
      g_set_error (error, BATON_ERROR, BATON_ERROR_NOT_DONE, _ ("“%s” asks first: %s."),
          baton_row_text (from, BATON_STAGE_NAME), baton_row_text (criterion, BATON_CRITERION_TEXT));
      return FALSE;
    }
  return TRUE;
}

/* From the blocker along what blocks it: if that leads to the card, they would wait for each other. With a
 * list instead of recursion, since chains may be as long as the board. */
static gboolean
reaches (BatonTx *tx, const char *from, const char *card)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) open = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (open, g_strdup (from));
  for (guint i = 0; i < open->len; i++)
    {
      const char *id = g_ptr_array_index (open, i);
      const BatonRow *row;
      g_auto (GStrv) blockers = NULL;

      if (g_str_equal (id, card))
        return TRUE;
      row = g_hash_table_add (seen, (gpointer) id) ? tx->view->get (tx->view, BATON_ENTITY_CARD, id) : NULL;
      if (row == NULL)
        continue;
      blockers = baton_set_split (baton_row_text (row, BATON_CARD_BLOCKERS));
      for (guint j = 0; blockers[j] != NULL; j++)
        g_ptr_array_add (open, g_strdup (blockers[j]));
    }
  return FALSE;
}

gboolean
baton_rule_no_cycle (BatonTx *tx, const char *card, const char *blocker, GError **error)
{
  const BatonRow *row;

  if (!reaches (tx, blocker, card))
    return TRUE;
  row = tx->view->get (tx->view, BATON_ENTITY_CARD, blocker);
  if (g_str_equal (card, blocker))
    return refuse (error, BATON_ERROR_CYCLE, _ ("A card cannot wait for itself."));
  g_set_error (error, BATON_ERROR, BATON_ERROR_CYCLE,
      _ ("“%s” already waits for this card; they would wait for each other for ever."),
      row != NULL ? baton_row_text (row, BATON_CARD_TITLE) : "");
  return FALSE;
}
