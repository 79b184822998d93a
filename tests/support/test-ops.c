/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "test-ops.h"

#include "apply.h"
#include "past.h"

BatonTestPool *
baton_test_pool_new (void)
{
  BatonTestPool *pool = g_new0 (BatonTestPool, 1);

  for (guint i = 0; i < BATON_N_ENTITIES; i++)
    pool->ids[i] = g_ptr_array_new_with_free_func (g_free);
  return pool;
}

void
baton_test_pool_add (BatonTestPool *pool, BatonEntity entity, const char *id)
{
  g_ptr_array_add (pool->ids[entity], g_strdup (id));
}

void
baton_test_pool_free (BatonTestPool *pool)
{
  for (guint i = 0; i < BATON_N_ENTITIES; i++)
    g_ptr_array_unref (pool->ids[i]);
  g_free (pool);
}

char *
baton_test_pool_pick (BatonTestPool *pool, BatonTestRandom *random, BatonEntity entity)
{
  const GPtrArray *ids = pool->ids[entity];

  if (ids->len == 0)
    return baton_test_id (random, G_USEC_PER_SEC);
  return g_strdup (g_ptr_array_index (ids, baton_test_below (random, ids->len)));
}

static BatonValue
wrong_value (BatonTestRandom *random, const BatonFieldInfo *info)
{
  g_autofree char *unknown = baton_test_id (random, G_USEC_PER_SEC);
  g_autofree char *long_text = NULL;

  switch (info->type)
    {
    case BATON_TYPE_INT:
      return baton_value_int (-1);
    case BATON_TYPE_BOOL:
      return baton_value_int (2);
    case BATON_TYPE_ENUM:
      return baton_value_text ("no such choice");
    case BATON_TYPE_REF:
    case BATON_TYPE_SET:
      return baton_value_text (baton_test_chance (random, 50) ? unknown : "not an id");
    case BATON_TYPE_TIME:
      return baton_value_none ();
    case BATON_TYPE_TEXT:
    case BATON_TYPE_LONG:
    default:
      if (info->limit > 20000 || baton_test_chance (random, 50))
        return baton_value_text (" \t ");
      long_text = g_strnfill ((gsize) info->limit + 1, 'x');
      return baton_value_text (long_text);
    }
}

static BatonValue
random_blob (BatonTestRandom *random)
{
  g_autofree char *text = g_strdup_printf ("%064x", baton_test_below (random, 50));

  return baton_value_text (text);
}

static BatonValue
random_text (BatonTestRandom *random, const BatonFieldInfo *info)
{
  guint nasty = baton_test_below (random, 60);
  g_autofree char *text = NULL;

  if (g_str_equal (info->name, "blob"))
    return random_blob (random);

  if (baton_test_nasty_text (nasty) != NULL && info->limit >= 200)
    return baton_value_text (baton_test_nasty_text (nasty));
  if (info->limit < 200)
    return baton_value_text ("#3584e4");
  text = info->type == BATON_TYPE_LONG ? baton_test_prose (random, 1 + baton_test_below (random, 5))
                                       : baton_test_title (random);
  return baton_value_text (text);
}

static BatonValue
random_set (BatonTestPool *pool, BatonTestRandom *random, const BatonFieldInfo *info)
{
  BatonValue value = baton_value_none ();
  guint n = pool->ids[info->target]->len > 0 ? 1 + baton_test_below (random, 3) : 0;

  for (guint i = 0; i < n; i++)
    {
      BatonValue old = value;
      g_autofree char *id = baton_test_pool_pick (pool, random, info->target);

      value = baton_set_add (old.kind == BATON_VALUE_TEXT ? old.text : NULL, id);
      baton_value_clear (&old);
    }
  return value;
}

BatonValue
baton_test_value (BatonTestPool *pool, BatonTestRandom *random, BatonField field, guint wrong)
{
  const BatonFieldInfo *info = baton_field_info (field);
  g_autofree char *id = NULL;
  guint n = 0;

  if (wrong > 0 && baton_test_chance (random, wrong))
    return wrong_value (random, info);
  switch (info->type)
    {
    case BATON_TYPE_INT:
      return baton_value_int (baton_test_below (random, 12));
    case BATON_TYPE_BOOL:
      return baton_value_int (baton_test_below (random, 2));
    case BATON_TYPE_TIME:
      return baton_value_int ((gint64) baton_test_below (random, G_MAXUINT) * 1000000);
    case BATON_TYPE_ENUM:
      while (info->choices[n] != NULL)
        n++;
      return baton_value_text (info->choices[baton_test_below (random, n)]);
    case BATON_TYPE_REF:
      if (pool->ids[info->target]->len == 0)
        return baton_value_none ();
      id = baton_test_pool_pick (pool, random, info->target);
      return baton_value_text (id);
    case BATON_TYPE_SET:
      return random_set (pool, random, info);
    case BATON_TYPE_TEXT:
    case BATON_TYPE_LONG:
    default:
      if (field == BATON_BOARD_NAMING)
        return baton_value_text (baton_test_chance (random, 50) ? "{asset}_v{version}" : "{card}");
      return random_text (random, info);
    }
}

static gboolean
is_written_by_people (const BatonFieldInfo *info)
{
  return !(info->flags & (BATON_FIELD_SYSTEM | BATON_FIELD_COUNT));
}

/* What a new row needs: what it hangs from and its name. */
static gboolean
is_needed (BatonField field)
{
  const BatonFieldInfo *info = baton_field_info (field);
  static const char *const names[] = { "board", "stage", "card", "checklist", "name", "title", "text", "url",
    "field", "asset_type", "asset", "blob", "file", "version", "reviewers", "review", "check", "state",
    "decision", NULL };

  /* A comment and a card need none of these. */
  if (field == BATON_COMMENT_VERSION || field == BATON_CARD_ASSET_TYPE)
    return FALSE;

  return g_strv_contains (names, info->name);
}

static guint
chance_of (BatonField field)
{
  return field == BATON_COMMENT_VERSION || field == BATON_COMMENT_REPLY_TO ? 8
         : field == BATON_EXCUSE_MORE_TIME                                 ? 70
         : field == BATON_EXCUSE_GRANTED                                   ? 0 /* comes later */
                                                                           : 35;
}

/* A mark needs a version, and a place that fits its shape. */
static void
fill_mark (BatonRow *row)
{
  gboolean pinned = baton_row_text (row, BATON_COMMENT_VERSION) != NULL;

  baton_row_set_text (row, BATON_COMMENT_SHAPE, pinned ? "point" : NULL);
  baton_row_set_text (row, BATON_COMMENT_PLACE, pinned ? "0.25,0.5" : NULL);
}

/* A card that brings a past along: it ends in the stage where the card is. */
static void
fill_past (BatonTestPool *pool, BatonTestRandom *random, BatonRow *row)
{
  g_autoptr (GString) past = g_string_new (NULL);
  const char *stage = baton_row_text (row, BATON_CARD_STAGE);
  guint n = baton_test_below (random, 5);
  gint64 at = baton_test_below (random, 1000000);

  if (baton_row_text (row, BATON_CARD_PAST) == NULL || stage == NULL)
    return;
  for (guint i = 0; i <= n; i++)
    {
      g_autofree char *elsewhere = baton_test_pool_pick (pool, random, BATON_ENTITY_STAGE);

      at += baton_test_below (random, 3) * 1000000;
      baton_past_append (past, at, i == n ? stage : elsewhere, NULL);
    }
  baton_row_set_text (row, BATON_CARD_PAST, past->str);
}

static void
fill_row (BatonTestPool *pool, BatonTestRandom *random, BatonRow *row, guint wrong)
{
  const BatonEntityInfo *info = baton_entity_info (row->entity);

  for (guint i = 0; i < info->n_fields; i++)
    {
      const BatonField field = info->first + i;

      if (!is_written_by_people (baton_field_info (field)) || field == BATON_ASSET_CURRENT)
        continue;
      if (is_needed (field) || baton_test_chance (random, chance_of (field)))
        baton_row_take (row, field, baton_test_value (pool, random, field, wrong));
    }
  if (row->entity == BATON_ENTITY_COMMENT && !baton_test_chance (random, wrong))
    fill_mark (row);
  if (row->entity == BATON_ENTITY_CARD)
    fill_past (pool, random, row);
  if (row->entity == BATON_ENTITY_BOARD && !baton_test_chance (random, wrong))
    {
      baton_row_set_text (row, BATON_BOARD_ON_VERSION, NULL); /* its stages are still to come */
      baton_row_set_text (row, BATON_BOARD_ON_APPROVED, NULL);
      baton_row_set_text (row, BATON_BOARD_ON_CHANGES, NULL);
    }
  if (row->entity == BATON_ENTITY_REVIEW && !baton_test_chance (random, wrong))
    baton_row_set_int (row, BATON_REVIEW_NEEDED, baton_test_below (random, 2));
}

static BatonRow *
add_row (BatonTestPool *pool, BatonTestRandom *random, BatonOp *op, BatonEntity entity, guint wrong)
{
  g_autofree char *id = baton_test_id (random, op->at);
  BatonRow *row = baton_op_add_row (op, entity, id);

  fill_row (pool, random, row, wrong);
  return row;
}

static void
random_place (BatonTestPool *pool, BatonTestRandom *random, BatonEntity entity, char **before, char **after)
{
  if (baton_test_chance (random, 30))
    *before = baton_test_pool_pick (pool, random, entity);
  else if (baton_test_chance (random, 40))
    *after = baton_test_pool_pick (pool, random, entity);
}

static void
fill_add (BatonTestPool *pool, BatonTestRandom *random, BatonOp *op, BatonEntity entity, guint wrong)
{
  BatonRow *row = add_row (pool, random, op, entity, wrong);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  guint more = baton_test_below (random, 4);

  random_place (pool, random, entity, &before, &after);
  baton_op_place_row (op, before, after);
  for (guint i = 0; i < more && entity == BATON_ENTITY_BOARD; i++)
    baton_row_set_text (add_row (pool, random, op, BATON_ENTITY_STAGE, wrong), BATON_STAGE_BOARD, row->id);
  for (guint i = 0; i < more && entity == BATON_ENTITY_CHECKLIST; i++)
    baton_row_set_text (add_row (pool, random, op, BATON_ENTITY_ITEM, wrong), BATON_ITEM_CHECKLIST, row->id);
}

/* Most reviews are over soon: what is done to one is mostly done to the newest. */
static char *
pick_row (BatonTestPool *pool, BatonTestRandom *random, BatonEntity entity)
{
  const GPtrArray *known = pool->ids[entity];

  if ((entity == BATON_ENTITY_REVIEW || entity == BATON_ENTITY_EXCUSE) && known->len > 0 &&
      baton_test_chance (random, 60))
    return g_strdup (g_ptr_array_index (known, known->len - 1));
  return baton_test_pool_pick (pool, random, entity);
}

static void
add_ids (BatonTestPool *pool, BatonTestRandom *random, BatonOp *op, BatonEntity entity)
{
  guint n = baton_test_chance (random, 60)   ? 1
            : baton_test_chance (random, 95) ? 1 + baton_test_below (random, 5)
                                             : 20;

  if (entity == BATON_ENTITY_WORKSPACE)
    {
      baton_op_add_id (op, BATON_WORKSPACE_ID);
      return;
    }
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = pick_row (pool, random, entity);

      baton_op_add_id (op, id);
    }
}

static gboolean
is_settable (BatonField field, BatonEntity entity)
{
  const BatonFieldInfo *info = baton_field_info (field);

  return is_written_by_people (info) && info->type != BATON_TYPE_SET && info->merge != BATON_MERGE_ADD_ONLY &&
         info->merge != BATON_MERGE_CAS && field != baton_entity_info (entity)->parent;
}

static void
fill_set (BatonTestPool *pool, BatonTestRandom *random, BatonOp *op, BatonEntity entity, guint wrong)
{
  const BatonEntityInfo *info = baton_entity_info (entity);
  guint n = 1 + baton_test_below (random, 3);

  add_ids (pool, random, op, entity);
  if (op->verb == BATON_VERB_REVIEW_GRANT)
    baton_op_set_int (op, BATON_EXCUSE_GRANTED, baton_test_below (random, 2));
  for (guint tries = 0; tries < 40 && n > 0; tries++)
    {
      BatonField field = info->first + baton_test_below (random, info->n_fields);
      BatonValue value;

      if (!is_settable (field, entity) && !(wrong > 0 && baton_test_chance (random, wrong)))
        continue;
      value = baton_test_value (pool, random, field, wrong);
      if (field == BATON_REVIEW_NEEDED && value.kind == BATON_VALUE_INT && !baton_test_chance (random, wrong))
        value.number %= 2;
      if (value.kind == BATON_VALUE_INT)
        baton_op_set_int (op, field, value.number);
      else
        baton_op_set_text (op, field, value.kind == BATON_VALUE_TEXT ? value.text : NULL);
      baton_value_clear (&value);
      n--;
    }
}

static void
fill_move (BatonTestPool *pool, BatonTestRandom *random, BatonOp *op, BatonEntity entity, guint wrong)
{
  BatonField parent = baton_entity_info (entity)->parent;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gboolean elsewhere = entity == BATON_ENTITY_CARD || entity == BATON_ENTITY_ITEM;

  add_ids (pool, random, op, entity);
  if (parent != BATON_FIELD_NONE &&
      (elsewhere ? baton_test_chance (random, 80) : baton_test_chance (random, wrong)))
    {
      g_autofree char *to = baton_test_pool_pick (pool, random, baton_field_info (parent)->target);

      baton_op_set_to (op, to);
    }
  if (baton_test_chance (random, wrong))
    {
      g_autofree char *from = baton_test_id (random, op->at);

      baton_op_add_from (op, from);
    }
  random_place (pool, random, entity, &before, &after);
  baton_op_set_place (op, before, after);
}

BatonField
baton_test_linked_field (BatonVerb verb)
{
  return verb == BATON_VERB_CARD_LABEL        ? BATON_CARD_LABELS
         : verb == BATON_VERB_CARD_MEMBER     ? BATON_CARD_MEMBERS
         : verb == BATON_VERB_CARD_TICK       ? BATON_CARD_DONE_CRITERIA
         : verb == BATON_VERB_COMMENT_KEEP    ? BATON_COMMENT_KEPT
         : verb == BATON_VERB_COMMENT_MENTION ? BATON_COMMENT_MENTIONS
         : verb == BATON_VERB_REVIEW_REVIEWER ? BATON_REVIEW_REVIEWERS
                                              : BATON_CARD_BLOCKERS;
}

static void
fill_link (BatonTestPool *pool, BatonTestRandom *random, BatonOp *op, BatonEntity entity)
{
  BatonField field = baton_test_linked_field (op->verb);
  guint n = 1 + baton_test_below (random, 2);

  add_ids (pool, random, op, entity);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = baton_test_pool_pick (pool, random, baton_field_info (field)->target);

      baton_op_link (op, field, baton_test_chance (random, 70), id);
    }
}

static void
fill_undo (BatonTestPool *pool, BatonTestRandom *random, BatonOp *op)
{
  guint n = 1 + baton_test_below (random, 5);

  g_ptr_array_add (op->targets, g_strdup ("01890000-0000-7000-8000-000000000000:7"));
  op->changes = baton_effect_new ();
  for (guint i = 0; i < n; i++)
    {
      BatonField field = baton_test_below (random, BATON_N_FIELDS);
      BatonEntity entity = baton_field_info (field)->entity;
      g_autofree char *id = baton_test_pool_pick (pool, random, entity);
      BatonValue before = baton_test_value (pool, random, field, 0);
      BatonValue after = baton_test_value (pool, random, field, 0);

      g_ptr_array_add (op->changes->changes, baton_change_new_set (entity, id, field, &before, &after));
      baton_value_clear (&before);
      baton_value_clear (&after);
    }
}

BatonOp *
baton_test_op (BatonTestPool *pool, BatonTestRandom *random, BatonVerb verb, gint64 at, guint wrong)
{
  const BatonVerbInfo *info = baton_verb_info (verb);
  BatonOp *op = baton_op_new (verb);

  op->at = at;
  op->boot = at / 7;
  if (pool->ids[BATON_ENTITY_PERSON]->len > 0 && baton_test_chance (random, 80))
    op->person = baton_test_pool_pick (pool, random, BATON_ENTITY_PERSON);
  switch (info->action)
    {
    case BATON_ACTION_ADD:
      fill_add (pool, random, op, info->entity, wrong);
      break;
    case BATON_ACTION_SET:
      fill_set (pool, random, op, info->entity, wrong);
      break;
    case BATON_ACTION_MOVE:
      fill_move (pool, random, op, info->entity, wrong);
      break;
    case BATON_ACTION_LINK:
      fill_link (pool, random, op, info->entity);
      break;
    case BATON_ACTION_UNDO:
      fill_undo (pool, random, op);
      break;
    case BATON_ACTION_REMOVE:
    case BATON_ACTION_RESTORE:
    case BATON_ACTION_ARCHIVE:
    case BATON_ACTION_UNARCHIVE:
    default:
      add_ids (pool, random, op, info->entity);
      if (verb == BATON_VERB_STAGE_REMOVE && baton_test_chance (random, 90))
        {
          g_autofree char *to = baton_test_pool_pick (pool, random, BATON_ENTITY_STAGE);

          baton_op_set_to (op, to);
        }
      break;
    }
  return op;
}
