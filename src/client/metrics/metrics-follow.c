/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "metrics-private.h"

/* Changes beyond this many cards at once are read anew as a whole. */
#define MOST_FOLLOWED 100

static gboolean
is_measured (BatonField field)
{
  static const BatonField fields[] = { BATON_CARD_STAGE, BATON_CARD_OWNER, BATON_CARD_BLOCKED_REASON,
    BATON_CARD_ARCHIVED, BATON_CARD_REMOVED, BATON_CARD_CHANNEL, BATON_CARD_CAMPAIGN, BATON_CARD_ASSET_TYPE,
    BATON_CARD_URGENCY, BATON_CARD_TEMPLATE, BATON_CARD_SATISFACTION, BATON_CARD_RANK };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      if (fields[i] == field)
        return TRUE;
    }
  return FALSE;
}

/* Stages, people's names and the board itself are what everything is measured by. */
static gboolean
changes_ground (const BatonMetrics *metrics, const BatonChange *change)
{
  switch ((int) change->entity)
    {
    case BATON_ENTITY_STAGE:
      return change->created || change->field == BATON_STAGE_KIND || change->field == BATON_STAGE_RANK ||
             change->field == BATON_STAGE_REMOVED || change->field == BATON_STAGE_NAME ||
             change->field == BATON_STAGE_WIP_LIMIT;
    case BATON_ENTITY_PERSON:
    case BATON_ENTITY_CHANNEL:
    case BATON_ENTITY_CAMPAIGN:
    case BATON_ENTITY_ASSET_TYPE:
    case BATON_ENTITY_HANDOFF:
      return TRUE;
    case BATON_ENTITY_BOARD:
      return g_strcmp0 (change->id, metrics->board) == 0 &&
             (change->field == BATON_BOARD_WORKING_HOURS || change->field == BATON_BOARD_TIME_ZONE ||
                 change->field == BATON_BOARD_REVIEW_HOURS);
    case BATON_ENTITY_REVIEW:
    case BATON_ENTITY_DECISION:
      return TRUE;
    case BATON_ENTITY_COMMENT:
      return change->field == BATON_COMMENT_MENTIONS;
    default:
      return FALSE;
    }
}

static gboolean
follow_card (BatonMetrics *self, BatonReader *reader, const char *id, BatonMetricsChange func, gpointer data)
{
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (self->card_ids, id));
  guint before = self->flow->n_cards;

  if (index > 0 && func != NULL)
    func (index - 1, FALSE, data);
  if (!baton_metrics_load_cards (self, reader, id, NULL))
    return FALSE;
  if (index == 0 && self->flow->n_cards > before)
    index = self->flow->n_cards;
  if (index > 0 && func != NULL)
    func (index - 1, TRUE, data);
  return index > 0;
}

BatonMetricsFollow
baton_metrics_follow (BatonMetrics *self, BatonReader *reader, const BatonOp *op, const BatonEffect *effect,
    BatonMetricsChange func, gpointer data)
{
  g_autoptr (GHashTable) cards = g_hash_table_new (g_str_hash, g_str_equal);
  BatonMetricsFollow follow = BATON_METRICS_SAME;
  GHashTableIter iter;
  gpointer card;

  for (guint i = 0; i < effect->changes->len; i++)
    {
      const BatonChange *change = g_ptr_array_index (effect->changes, i);

      if (changes_ground (self, change))
        return BATON_METRICS_RELOAD;
      if (change->entity == BATON_ENTITY_CARD && (change->created || is_measured (change->field)))
        g_hash_table_add (cards, change->id);
    }
  if (g_hash_table_size (cards) > MOST_FOLLOWED)
    return BATON_METRICS_RELOAD;
  g_hash_table_iter_init (&iter, cards);
  while (g_hash_table_iter_next (&iter, &card, NULL))
    {
      if (follow_card (self, reader, card, func, data))
        follow = BATON_METRICS_CHANGED;
    }
  return follow;
}
