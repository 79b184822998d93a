/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-core"

#include "tx.h"

/* What is worked out from other rows: taken again at the end of an operation for what it touched. */

static BatonSums
sums_of (BatonEntity entity)
{
  switch ((int) entity)
    {
    case BATON_ENTITY_ITEM:
    case BATON_ENTITY_CHECKLIST:
      return BATON_SUM_ITEMS;
    case BATON_ENTITY_COMMENT:
      return BATON_SUM_COMMENTS;
    case BATON_ENTITY_ASSET:
      return BATON_SUM_ASSETS | BATON_SUM_REVIEWS;
    case BATON_ENTITY_VERSION:
    case BATON_ENTITY_REVIEW:
    case BATON_ENTITY_ANSWER:
    case BATON_ENTITY_DECISION:
    case BATON_ENTITY_EXCUSE:
      return BATON_SUM_REVIEWS;
    default:
      return 0;
    }
}

/* The review whose state hangs from this row, or NULL. */
static const char *
review_of (const BatonRow *row)
{
  switch ((int) row->entity)
    {
    case BATON_ENTITY_REVIEW:
      return row->id;
    case BATON_ENTITY_DECISION:
      return baton_row_text (row, BATON_DECISION_REVIEW);
    case BATON_ENTITY_ANSWER:
      return baton_row_text (row, BATON_ANSWER_REVIEW);
    case BATON_ENTITY_EXCUSE:
      return baton_row_text (row, BATON_EXCUSE_REVIEW);
    default:
      return NULL;
    }
}

/* In the order in which they were first touched, so that a replay does the same in the same order. */
static void
note_review (BatonTx *tx, const char *review)
{
  for (guint i = 0; i < tx->reviews->len; i++)
    {
      if (g_str_equal (g_ptr_array_index (tx->reviews, i), review))
        return;
    }
  g_ptr_array_add (tx->reviews, g_strdup (review));
}

void
baton_tx_note_sums (BatonTx *tx, const char *card, const BatonRow *row)
{
  BatonSums sums = sums_of (row->entity);
  guint noted = GPOINTER_TO_UINT (g_hash_table_lookup (tx->recount, card));
  const char *review = review_of (row);

  if (sums != 0)
    g_hash_table_insert (tx->recount, g_strdup (card), GUINT_TO_POINTER (noted | sums));
  if (review != NULL)
    note_review (tx, review);
}

static void
count_items (BatonTx *tx, const char *checklist, gint64 *items, gint64 *done)
{
  g_autoptr (GPtrArray) ids = tx->view->children (tx->view, BATON_ITEM_CHECKLIST, checklist);

  for (guint i = 0; i < ids->len; i++)
    {
      const BatonRow *item = tx->view->get (tx->view, BATON_ENTITY_ITEM, g_ptr_array_index (ids, i));

      if (item == NULL || baton_row_int (item, BATON_ITEM_REMOVED) != 0)
        continue;
      *items += 1;
      *done += baton_row_int (item, BATON_ITEM_DONE) != 0;
    }
}

static gboolean
recount_items (BatonTx *tx, const char *card, GError **error)
{
  g_autoptr (GPtrArray) checklists = tx->view->children (tx->view, BATON_CHECKLIST_CARD, card);
  gint64 items = 0;
  gint64 done = 0;

  for (guint i = 0; i < checklists->len; i++)
    {
      const char *id = g_ptr_array_index (checklists, i);
      const BatonRow *checklist = tx->view->get (tx->view, BATON_ENTITY_CHECKLIST, id);

      if (checklist != NULL && baton_row_int (checklist, BATON_CHECKLIST_REMOVED) == 0)
        count_items (tx, id, &items, &done);
    }
  return baton_tx_set_int (tx, BATON_ENTITY_CARD, card, BATON_CARD_ITEMS, items, error) &&
         baton_tx_set_int (tx, BATON_ENTITY_CARD, card, BATON_CARD_ITEMS_DONE, done, error);
}

static gboolean
recount_comments (BatonTx *tx, const char *card, GError **error)
{
  gint64 comments = tx->view->count (tx->view, BATON_COMMENT_CARD, card);

  return baton_tx_set_int (tx, BATON_ENTITY_CARD, card, BATON_CARD_COMMENTS, comments, error);
}

static gboolean
recount_assets (BatonTx *tx, const char *card, GError **error)
{
  g_autoptr (GPtrArray) ids = tx->view->children (tx->view, BATON_ASSET_CARD, card);
  g_autofree char *cover = NULL;
  gint64 assets = 0;

  for (guint i = 0; i < ids->len; i++)
    {
      const BatonRow *asset = tx->view->get (tx->view, BATON_ENTITY_ASSET, g_ptr_array_index (ids, i));

      if (baton_row_int (asset, BATON_ASSET_REMOVED) != 0)
        continue;
      assets++;
      if (cover == NULL)
        cover = g_strdup (baton_row_text (asset, BATON_ASSET_CURRENT));
    }
  return baton_tx_set_int (tx, BATON_ENTITY_CARD, card, BATON_CARD_ASSETS, assets, error) &&
         baton_tx_set (tx, BATON_ENTITY_CARD, card, BATON_CARD_COVER, baton_value_text (cover), error);
}

/* Whether anybody still waits for this review: neither it nor what it is about is in the bin. */
static gboolean
is_waited_for (BatonTx *tx, const BatonRow *review)
{
  const BatonRow *version =
      tx->view->get (tx->view, BATON_ENTITY_VERSION, baton_row_text (review, BATON_REVIEW_VERSION));
  const BatonRow *asset;

  if (baton_row_int (review, BATON_REVIEW_CLOSED) != 0 || version == NULL ||
      baton_row_int (version, BATON_VERSION_REMOVED) != 0)
    return FALSE;
  asset = tx->view->get (tx->view, BATON_ENTITY_ASSET, baton_row_text (version, BATON_VERSION_ASSET));
  return asset != NULL && baton_row_int (asset, BATON_ASSET_REMOVED) == 0;
}

static gboolean
recount_reviews (BatonTx *tx, const char *card, GError **error)
{
  g_autoptr (GPtrArray) ids = tx->view->children (tx->view, BATON_REVIEW_CARD, card);
  gint64 reworks = 0;
  gint64 first = 0;

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (BatonRow) review = baton_row_ref (
          (BatonRow *) tx->view->get (tx->view, BATON_ENTITY_REVIEW, g_ptr_array_index (ids, i)));
      gint64 ends = baton_row_int (review, BATON_REVIEW_ENDS);

      if (baton_row_int (review, BATON_REVIEW_REMOVED) != 0)
        continue;
      reworks += g_strcmp0 (baton_row_text (review, BATON_REVIEW_OUTCOME), "changes_requested") == 0;
      if (ends != 0 && (first == 0 || ends < first) && is_waited_for (tx, review))
        first = ends;
    }
  return baton_tx_set_int (tx, BATON_ENTITY_CARD, card, BATON_CARD_REWORKS, reworks, error) &&
         baton_tx_set (tx, BATON_ENTITY_CARD, card, BATON_CARD_REVIEW_ENDS,
             first != 0 ? baton_value_int (first) : baton_value_none (), error);
}

static gboolean
settle_reviews (BatonTx *tx, GError **error)
{
  for (guint i = 0; i < tx->reviews->len; i++)
    {
      const char *id = g_ptr_array_index (tx->reviews, i);
      g_autofree char *version = NULL;

      if (!baton_settle_review (tx, id, error))
        return FALSE;
      version =
          g_strdup (baton_row_text (tx->view->get (tx->view, BATON_ENTITY_REVIEW, id), BATON_REVIEW_VERSION));
      if (!baton_settle_version (tx, version, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
baton_tx_recount (BatonTx *tx, GError **error)
{
  GHashTableIter iter;
  gpointer card, sums;

  if (!settle_reviews (tx, error))
    return FALSE;
  g_hash_table_iter_init (&iter, tx->recount);
  while (g_hash_table_iter_next (&iter, &card, &sums))
    {
      if ((GPOINTER_TO_UINT (sums) & BATON_SUM_ITEMS) && !recount_items (tx, card, error))
        return FALSE;
      if ((GPOINTER_TO_UINT (sums) & BATON_SUM_COMMENTS) && !recount_comments (tx, card, error))
        return FALSE;
      if ((GPOINTER_TO_UINT (sums) & BATON_SUM_ASSETS) && !recount_assets (tx, card, error))
        return FALSE;
      if ((GPOINTER_TO_UINT (sums) & BATON_SUM_REVIEWS) && !recount_reviews (tx, card, error))
        return FALSE;
    }
  return TRUE;
}
