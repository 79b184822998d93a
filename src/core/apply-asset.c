/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-core"

#include "tx.h"

#include "baton-error.h"
#include "mark.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Assets and their versions: numbers, the version that counts, the bin, and where comments may be pinned. */

static gboolean
refuse (GError **error, BatonErrorCode code, const char *message)
{
  g_set_error_literal (error, BATON_ERROR, code, message);
  return FALSE;
}

gboolean
baton_rule_is_approved (const BatonRow *version)
{
  const char *status = baton_row_text (version, BATON_VERSION_STATUS);

  return g_strcmp0 (status, "approved") == 0 || g_strcmp0 (status, "approved_with_changes") == 0;
}

gboolean
baton_rule_is_head (BatonTx *tx, const char *version)
{
  g_autoptr (GPtrArray) later = tx->view->children (tx->view, BATON_VERSION_PARENT, version);

  for (guint i = 0; i < later->len; i++)
    {
      const BatonRow *row = tx->view->get (tx->view, BATON_ENTITY_VERSION, g_ptr_array_index (later, i));

      if (row != NULL && baton_row_int (row, BATON_VERSION_REMOVED) == 0)
        return FALSE;
    }
  return TRUE;
}

gboolean
baton_rule_complete_asset (BatonTx *tx, BatonRow *row, GError **error)
{
  if (baton_row_text (row, BATON_ASSET_CURRENT) != NULL)
    return refuse (error, BATON_ERROR_INVALID, _ ("A new asset has no version yet that could count."));
  baton_row_set_int (row, BATON_ASSET_LAST, 0);
  return baton_tx_get_live (tx, BATON_ENTITY_CARD, baton_row_text (row, BATON_ASSET_CARD), error) != NULL;
}

static gboolean
is_hash (const char *text)
{
  return text != NULL && strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

static gboolean
check_parent (BatonTx *tx, const BatonRow *row, GError **error)
{
  const char *parent = baton_row_text (row, BATON_VERSION_PARENT);
  const BatonRow *earlier;

  if (parent == NULL)
    return TRUE;
  earlier = baton_tx_get (tx, BATON_ENTITY_VERSION, parent, error);
  if (earlier == NULL)
    return FALSE;
  return g_strcmp0 (
             baton_row_text (earlier, BATON_VERSION_ASSET), baton_row_text (row, BATON_VERSION_ASSET)) == 0 ||
         refuse (error, BATON_ERROR_INVALID, _ ("The earlier version belongs to another asset."));
}

gboolean
baton_rule_complete_version (BatonTx *tx, BatonRow *row, GError **error)
{
  const BatonRow *asset =
      baton_tx_get_live (tx, BATON_ENTITY_ASSET, baton_row_text (row, BATON_VERSION_ASSET), error);

  if (asset == NULL)
    return FALSE;
  if (!is_hash (baton_row_text (row, BATON_VERSION_BLOB)))
    return refuse (error, BATON_ERROR_INVALID, _ ("A version needs a file."));
  baton_row_set_text (row, BATON_VERSION_CARD, baton_row_text (asset, BATON_ASSET_CARD));
  baton_row_set_int (row, BATON_VERSION_NUMBER, baton_row_int (asset, BATON_ASSET_LAST) + 1);
  baton_row_set_text (row, BATON_VERSION_STATUS, "draft");
  if (baton_row_text (row, BATON_VERSION_AUTHOR) == NULL)
    baton_row_set_text (row, BATON_VERSION_AUTHOR, tx->op->person);
  return check_parent (tx, row, error) &&
         baton_tx_get_live (tx, BATON_ENTITY_CARD, baton_row_text (row, BATON_VERSION_CARD), error) != NULL;
}

/* The version that continues the one that counts counts from now on. One that was made from another is its
 * sibling's rival, and a person has to choose. */
gboolean
baton_apply_version_added (BatonTx *tx, const BatonRow *version, GError **error)
{
  const char *asset = baton_row_text (version, BATON_VERSION_ASSET);
  const BatonRow *row = baton_tx_get (tx, BATON_ENTITY_ASSET, asset, error);
  const char *current = row != NULL ? baton_row_text (row, BATON_ASSET_CURRENT) : NULL;
  gboolean follows =
      current == NULL || g_strcmp0 (current, baton_row_text (version, BATON_VERSION_PARENT)) == 0;

  if (row == NULL || !baton_tx_set_int (tx, BATON_ENTITY_ASSET, asset, BATON_ASSET_LAST,
                         baton_row_int (version, BATON_VERSION_NUMBER), error))
    return FALSE;
  if (follows && !baton_tx_set (tx, BATON_ENTITY_ASSET, asset, BATON_ASSET_CURRENT,
                     baton_value_text (version->id), error))
    return FALSE;
  /* Who drops a file on a column has said where the card belongs. */
  return tx->op->verb == BATON_VERB_CARD_ADD ||
         baton_apply_move_on (
             tx, baton_row_text (version, BATON_VERSION_CARD), BATON_BOARD_ON_VERSION, TRUE, error);
}

gboolean
baton_apply_choose (BatonTx *tx, const char *id, GError **error)
{
  const BatonRow *asset = tx->view->get (tx->view, BATON_ENTITY_ASSET, id);
  const BatonSet *set = tx->op->sets->len == 1 ? &g_array_index (tx->op->sets, BatonSet, 0) : NULL;
  const BatonRow *version;

  if (set == NULL || set->field != BATON_ASSET_CURRENT || set->value.kind != BATON_VALUE_TEXT)
    return refuse (error, BATON_ERROR_INVALID, _ ("A choice names one version."));
  version = baton_tx_get_live (tx, BATON_ENTITY_VERSION, set->value.text, error);
  if (version == NULL)
    return FALSE;
  if (g_strcmp0 (baton_row_text (version, BATON_VERSION_ASSET), id) != 0)
    return refuse (error, BATON_ERROR_INVALID, _ ("This version belongs to another asset."));
  return baton_tx_set_int (
      tx, BATON_ENTITY_ASSET, id, BATON_ASSET_SETTLED, baton_row_int (asset, BATON_ASSET_LAST), error);
}

/* Without the one that counted, the one it was made from counts, else the newest that is left. */
static gboolean
choose_again (BatonTx *tx, const char *asset, const char *gone, GError **error)
{
  const BatonRow *row = tx->view->get (tx->view, BATON_ENTITY_VERSION, gone);
  const char *parent = baton_row_text (row, BATON_VERSION_PARENT);
  g_autoptr (GPtrArray) ids = NULL;
  g_autofree char *best = NULL;
  gint64 number = 0;

  row = parent != NULL ? tx->view->get (tx->view, BATON_ENTITY_VERSION, parent) : NULL;
  if (row != NULL && baton_row_int (row, BATON_VERSION_REMOVED) == 0)
    return baton_tx_set (
        tx, BATON_ENTITY_ASSET, asset, BATON_ASSET_CURRENT, baton_value_text (row->id), error);
  ids = tx->view->children (tx->view, BATON_VERSION_ASSET, asset);
  for (guint i = 0; i < ids->len; i++)
    {
      row = tx->view->get (tx->view, BATON_ENTITY_VERSION, g_ptr_array_index (ids, i));
      if (baton_row_int (row, BATON_VERSION_REMOVED) != 0 ||
          baton_row_int (row, BATON_VERSION_NUMBER) < number)
        continue;
      number = baton_row_int (row, BATON_VERSION_NUMBER);
      g_free (best);
      best = g_strdup (row->id);
    }
  return baton_tx_set (tx, BATON_ENTITY_ASSET, asset, BATON_ASSET_CURRENT, baton_value_text (best), error);
}

static gboolean
has_reason (const BatonOp *op, BatonField field)
{
  for (guint i = 0; i < op->sets->len; i++)
    {
      const BatonSet *set = &g_array_index (op->sets, BatonSet, i);

      if (set->field == field && set->value.kind == BATON_VALUE_TEXT)
        return strspn (set->value.text, " \t\r\n") < strlen (set->value.text);
    }
  return FALSE;
}

static gboolean
check_bin (BatonTx *tx, const BatonRow *version, BatonField reason, GError **error)
{
  if (version == NULL || !baton_rule_is_approved (version) || has_reason (tx->op, reason))
    return TRUE;
  g_set_error (error, BATON_ERROR, BATON_ERROR_INVALID,
      _ ("Version %d is approved. Say why it goes into the bin."),
      (int) baton_row_int (version, BATON_VERSION_NUMBER));
  return FALSE;
}

static gboolean
bin_version (BatonTx *tx, const char *id, GError **error)
{
  const BatonRow *version = baton_tx_get (tx, BATON_ENTITY_VERSION, id, error);
  g_autofree char *asset = NULL;

  if (version == NULL)
    return FALSE;
  if (baton_row_int (version, BATON_VERSION_REMOVED) != 0)
    return TRUE;
  asset = g_strdup (baton_row_text (version, BATON_VERSION_ASSET));
  if (!check_bin (tx, version, BATON_VERSION_REASON, error) ||
      !baton_apply_sets (tx, BATON_ENTITY_VERSION, id, error) ||
      !baton_tx_set_int (tx, BATON_ENTITY_VERSION, id, BATON_VERSION_REMOVED, tx->op->at, error))
    return FALSE;
  return g_strcmp0 (baton_row_text (tx->view->get (tx->view, BATON_ENTITY_ASSET, asset), BATON_ASSET_CURRENT),
             id) != 0 ||
         choose_again (tx, asset, id, error);
}

static gboolean
bin_asset (BatonTx *tx, const char *id, GError **error)
{
  const BatonRow *asset = baton_tx_get (tx, BATON_ENTITY_ASSET, id, error);
  const char *current = asset != NULL ? baton_row_text (asset, BATON_ASSET_CURRENT) : NULL;

  if (asset == NULL)
    return FALSE;
  if (baton_row_int (asset, BATON_ASSET_REMOVED) != 0)
    return TRUE;
  return (current == NULL || check_bin (tx, tx->view->get (tx->view, BATON_ENTITY_VERSION, current),
                                 BATON_ASSET_REASON, error)) &&
         baton_apply_sets (tx, BATON_ENTITY_ASSET, id, error) &&
         baton_tx_set_int (tx, BATON_ENTITY_ASSET, id, BATON_ASSET_REMOVED, tx->op->at, error);
}

gboolean
baton_apply_bin (BatonTx *tx, GError **error)
{
  gboolean version = tx->op->verb == BATON_VERB_VERSION_BIN;

  for (guint i = 0; i < tx->op->ids->len; i++)
    {
      const char *id = g_ptr_array_index (tx->op->ids, i);

      if (version ? !bin_version (tx, id, error) : !bin_asset (tx, id, error))
        return FALSE;
    }
  return TRUE;
}

/* Back from the bin: the reason for it is history, and an asset that had lost its last version has one again.
 */
gboolean
baton_apply_version_restored (BatonTx *tx, GError **error)
{
  for (guint i = 0; i < tx->op->ids->len; i++)
    {
      const char *id = g_ptr_array_index (tx->op->ids, i);
      const BatonRow *asset;
      g_autofree char *asset_id =
          g_strdup (baton_row_text (tx->view->get (tx->view, BATON_ENTITY_VERSION, id), BATON_VERSION_ASSET));

      if (!baton_tx_set (tx, BATON_ENTITY_VERSION, id, BATON_VERSION_REASON, baton_value_none (), error))
        return FALSE;
      asset = baton_tx_get (tx, BATON_ENTITY_ASSET, asset_id, error);
      if (asset == NULL)
        return FALSE;
      if (baton_row_text (asset, BATON_ASSET_CURRENT) == NULL &&
          !baton_tx_set (tx, BATON_ENTITY_ASSET, asset_id, BATON_ASSET_CURRENT, baton_value_text (id), error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_mark (BatonTx *tx, const BatonRow *comment, GError **error)
{
  const char *version = baton_row_text (comment, BATON_COMMENT_VERSION);
  BatonMarkShape shape = baton_mark_shape (baton_row_text (comment, BATON_COMMENT_SHAPE));
  g_autoptr (BatonMark) mark = baton_mark_parse (shape, baton_row_text (comment, BATON_COMMENT_PLACE));

  if (mark == NULL || (version == NULL && shape != BATON_MARK_NONE))
    return refuse (error, BATON_ERROR_INVALID, _ ("The place of this mark cannot be understood."));
  if (shape == BATON_MARK_NONE || baton_rule_is_head (tx, version))
    return TRUE;
  return refuse (error, BATON_ERROR_STALE,
      _ ("There is a newer version. Only the newest one takes new marks; pin the comment there."));
}

gboolean
baton_rule_complete_comment (BatonTx *tx, BatonRow *row, GError **error)
{
  const char *version = baton_row_text (row, BATON_COMMENT_VERSION);
  const char *reply_to = baton_row_text (row, BATON_COMMENT_REPLY_TO);
  const char *card = baton_row_text (row, BATON_COMMENT_CARD);
  const BatonRow *other;

  if (version != NULL)
    {
      other = baton_tx_get_live (tx, BATON_ENTITY_VERSION, version, error);
      if (other == NULL)
        return FALSE;
      if (g_strcmp0 (baton_row_text (other, BATON_VERSION_CARD), card) != 0)
        return refuse (error, BATON_ERROR_INVALID, _ ("The version belongs to another card."));
    }
  if (reply_to != NULL)
    {
      other = baton_tx_get (tx, BATON_ENTITY_COMMENT, reply_to, error);
      if (other == NULL)
        return FALSE;
      if (g_strcmp0 (baton_row_text (other, BATON_COMMENT_CARD), card) != 0)
        return refuse (error, BATON_ERROR_INVALID, _ ("The comment it answers belongs to another card."));
    }
  return check_mark (tx, row, error);
}

gboolean
baton_rule_board_stages (BatonTx *tx, const BatonRow *board, GError **error)
{
  static const BatonField fields[] = { BATON_BOARD_ON_VERSION, BATON_BOARD_ON_APPROVED,
    BATON_BOARD_ON_CHANGES };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const char *id = baton_row_text (board, fields[i]);
      const BatonRow *stage = id != NULL ? tx->view->get (tx->view, BATON_ENTITY_STAGE, id) : NULL;

      if (stage != NULL && g_strcmp0 (baton_row_text (stage, BATON_STAGE_BOARD), board->id) != 0)
        return refuse (error, BATON_ERROR_INVALID, _ ("This stage belongs to another board."));
    }
  return TRUE;
}
