/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-core"

#include "tx.h"

/* Ranks are 64-bit integers. A row between two others takes the middle of theirs; when there is no room left,
 * the rows around that place are numbered anew, which is part of the effect like everything else. */

/* The least step that makes a renumbering worth it: room for 16 more insertions at one place. */
#define LEAST_STEP (G_GINT64_CONSTANT (1) << 16)

static gint64
rank_of (BatonTx *tx, BatonEntity entity, GPtrArray *ids, guint index)
{
  return baton_row_int (
      tx->view->get (tx->view, entity, g_ptr_array_index (ids, index)), baton_entity_info (entity)->rank);
}

/* Ranks for the rows from first to last (not included), spread evenly between their neighbours. */
static gboolean
spread (BatonTx *tx, BatonEntity entity, GPtrArray *ids, guint first, guint last, gint64 low, gint64 step,
    GError **error)
{
  for (guint i = first; i < last; i++)
    {
      if (!baton_tx_set_int (tx, entity, g_ptr_array_index (ids, i), baton_entity_info (entity)->rank,
              low + step * (i - first + 1), error))
        return FALSE;
    }
  return TRUE;
}

static GPtrArray *
siblings (BatonTx *tx, BatonEntity entity, const char *parent)
{
  const BatonEntityInfo *info = baton_entity_info (entity);

  return tx->view->children (tx->view, info->parent != BATON_FIELD_NONE ? info->parent : info->first, parent);
}

/* Numbers the rows around a rank anew: as few of them as have room between their neighbours. No more than
 * these are read, so that an insertion into a stage of thousands stays cheap. The outermost rows have all the
 * room there is. */
static gboolean
renumber (BatonTx *tx, BatonEntity entity, const char *parent, gint64 around, GError **error)
{
  for (guint reach = 4;; reach *= 2)
    {
      guint below;
      g_autoptr (GPtrArray) ids = tx->view->around (tx->view, entity, parent, around, reach + 1, &below);
      guint first = below > reach ? 1 : 0;
      guint last = ids->len - below > reach ? ids->len - 1 : ids->len;
      gint64 room = (last - first + 1) * BATON_RANK_STEP;
      gint64 low, high, step;

      if (first == 0 && last == ids->len && ids->len <= reach)
        return spread (tx, entity, ids, 0, ids->len, 0, BATON_RANK_STEP, error);
      low = rank_of (tx, entity, ids, first > 0 ? 0 : MIN (last, ids->len - 1)) - (first > 0 ? 0 : room);
      high = last < ids->len ? rank_of (tx, entity, ids, last) : low + room;
      step = (high - low) / (last - first + 1);
      if (step >= LEAST_STEP)
        return spread (tx, entity, ids, first, last, low, step, error);
    }
}

/* The sibling's rank, if it is (still) a sibling. */
static gboolean
sibling_rank (BatonTx *tx, BatonEntity entity, const char *parent, const char *id, gint64 *rank)
{
  const BatonEntityInfo *info = baton_entity_info (entity);
  const BatonRow *row = id != NULL ? tx->view->get (tx->view, entity, id) : NULL;

  if (row == NULL)
    return FALSE;
  if (info->parent != BATON_FIELD_NONE && g_strcmp0 (baton_row_text (row, info->parent), parent) != 0)
    return FALSE;
  *rank = baton_row_int (row, info->rank);
  return TRUE;
}

static gint64
place_last (BatonTx *tx, BatonEntity entity, const char *parent)
{
  gint64 last;

  if (!tx->view->rank_near (tx->view, entity, parent, BATON_NEAR_LAST, 0, &last))
    return BATON_RANK_STEP;
  return last + BATON_RANK_STEP;
}

/* Finds the two ranks to stand between; FALSE when there is none on that side. */
static gboolean
find_gap (BatonTx *tx, BatonEntity entity, const char *parent, const char *before, const char *after,
    gint64 *low, gint64 *high)
{
  BatonView *view = tx->view;

  if (sibling_rank (tx, entity, parent, before, high))
    {
      if (!view->rank_near (view, entity, parent, BATON_NEAR_BELOW, *high, low))
        *low = *high - 2 * BATON_RANK_STEP;
      return TRUE;
    }
  if (sibling_rank (tx, entity, parent, after, low))
    {
      if (!view->rank_near (view, entity, parent, BATON_NEAR_ABOVE, *low, high))
        *high = *low + 2 * BATON_RANK_STEP;
      return TRUE;
    }
  return FALSE;
}

/* The rank for a row that shall stand before or after a sibling, else at the end. A sibling that has
 * meanwhile gone elsewhere is no reason to refuse: the row then goes to the end. */
gboolean
baton_place (BatonTx *tx, BatonEntity entity, const char *parent, const char *before, const char *after,
    gint64 *rank, GError **error)
{
  gint64 low, high;

  if (!find_gap (tx, entity, parent, before, after, &low, &high))
    {
      *rank = place_last (tx, entity, parent);
      return TRUE;
    }
  if (high - low < 2)
    {
      if (!renumber (tx, entity, parent, high, error))
        return FALSE;
      find_gap (tx, entity, parent, before, after, &low, &high);
    }
  *rank = low + (high - low) / 2;
  return TRUE;
}

gboolean
baton_place_is_taken (BatonTx *tx, BatonEntity entity, const char *parent, gint64 rank)
{
  gint64 found;

  return tx->view->rank_near (tx->view, entity, parent, BATON_NEAR_BELOW, rank + 1, &found) && found == rank;
}

/* Puts a row right above the rank that it shares. */
static gboolean
step_aside (BatonTx *tx, BatonEntity entity, const char *parent, const char *id, gint64 rank, GError **error)
{
  gint64 high;

  if (!tx->view->rank_near (tx->view, entity, parent, BATON_NEAR_ABOVE, rank, &high))
    high = rank + 2 * BATON_RANK_STEP;
  if (high - rank < 2)
    return renumber (tx, entity, parent, rank, error);
  return baton_tx_set_int (tx, entity, id, baton_entity_info (entity)->rank, rank + (high - rank) / 2, error);
}

static gboolean
is_removed (BatonTx *tx, BatonEntity entity, const char *id)
{
  return baton_row_int (tx->view->get (tx->view, entity, id), baton_entity_removed (entity)) != 0;
}

gboolean
baton_place_apart (BatonTx *tx, BatonEntity entity, const char *parent, GError **error)
{
  g_autoptr (GPtrArray) ids = siblings (tx, entity, parent);
  const char *holder = ids->len > 0 ? g_ptr_array_index (ids, 0) : NULL;

  for (guint i = 1; i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i), *aside = id;
      gint64 rank = rank_of (tx, entity, ids, i);

      if (baton_row_int (tx->view->get (tx->view, entity, holder), baton_entity_info (entity)->rank) != rank)
        {
          holder = id;
          continue;
        }
      if (is_removed (tx, entity, holder) && !is_removed (tx, entity, id))
        {
          aside = holder;
          holder = id;
        }
      if (!step_aside (tx, entity, parent, aside, rank, error))
        return FALSE;
    }
  return TRUE;
}
