/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "memory-view.h"

#include <string.h>

const BatonRow *
memory_view_row (MemoryView *view, BatonEntity entity, const char *id)
{
  return g_hash_table_lookup (view->rows[entity], id);
}

static const BatonRow *
view_get (BatonView *view, BatonEntity entity, const char *id)
{
  return memory_view_row ((MemoryView *) view, entity, id);
}

static gboolean
refers (const BatonRow *row, BatonField field, const char *id)
{
  return id == NULL || g_strcmp0 (baton_row_text (row, field), id) == 0;
}

static gint64
view_count (BatonView *view, BatonField field, const char *id)
{
  MemoryView *self = (MemoryView *) view;
  BatonEntity entity = baton_field_info (field)->entity;
  GHashTableIter iter;
  gpointer data;
  gint64 n = 0;

  g_hash_table_iter_init (&iter, self->rows[entity]);
  while (g_hash_table_iter_next (&iter, NULL, &data))
    {
      const BatonRow *row = data;

      if (!refers (row, field, id) || baton_row_int (row, baton_entity_removed (entity)) != 0)
        continue;
      if (entity == BATON_ENTITY_CARD &&
          (baton_row_int (row, BATON_CARD_ARCHIVED) != 0 || baton_row_int (row, BATON_CARD_TEMPLATE) != 0))
        continue;
      n++;
    }
  return n;
}

static gboolean
is_better (BatonNear near, gint64 rank, gint64 bound, gint64 best, gboolean any)
{
  gboolean least = near == BATON_NEAR_FIRST || near == BATON_NEAR_ABOVE;

  if ((near == BATON_NEAR_BELOW && rank >= bound) || (near == BATON_NEAR_ABOVE && rank <= bound))
    return FALSE;
  return !any || (least ? rank < best : rank > best);
}

static gboolean
view_rank_near (
    BatonView *view, BatonEntity entity, const char *parent, BatonNear near, gint64 rank, gint64 *found)
{
  MemoryView *self = (MemoryView *) view;
  const BatonEntityInfo *info = baton_entity_info (entity);
  GHashTableIter iter;
  gpointer row;
  gboolean any = FALSE;

  g_hash_table_iter_init (&iter, self->rows[entity]);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    {
      gint64 other = baton_row_int (row, info->rank);

      if (info->parent != BATON_FIELD_NONE && !refers (row, info->parent, parent))
        continue;
      if (!is_better (near, other, rank, any ? *found : 0, any))
        continue;
      *found = other;
      any = TRUE;
    }
  return any;
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const BatonRow *left = *(BatonRow *const *) a;
  const BatonRow *right = *(BatonRow *const *) b;
  BatonField rank = baton_entity_info (left->entity)->rank;
  gint64 difference = rank == BATON_FIELD_NONE ? 0 : baton_row_int (left, rank) - baton_row_int (right, rank);

  return difference != 0 ? (difference < 0 ? -1 : 1) : strcmp (left->id, right->id);
}

static GPtrArray *
view_children (BatonView *view, BatonField field, const char *id)
{
  MemoryView *self = (MemoryView *) view;
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);
  GHashTableIter iter;
  gpointer row;

  g_hash_table_iter_init (&iter, self->rows[baton_field_info (field)->entity]);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    {
      if (refers (row, field, id))
        g_ptr_array_add (found, row);
    }
  g_ptr_array_sort (found, compare_rows);
  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (ids, g_strdup (((BatonRow *) g_ptr_array_index (found, i))->id));
  return ids;
}

static GPtrArray *
view_around (BatonView *view, BatonEntity entity, const char *parent, gint64 rank, guint reach, guint *below)
{
  const BatonEntityInfo *info = baton_entity_info (entity);
  gboolean has_parent = info->parent != BATON_FIELD_NONE;
  GPtrArray *ids = view_children (view, has_parent ? info->parent : info->first, has_parent ? parent : NULL);
  guint middle = 0, first;

  while (middle < ids->len && baton_row_int (view_get (view, entity, ids->pdata[middle]), info->rank) < rank)
    middle++;
  first = middle > reach ? middle - reach : 0;
  if (middle + reach < ids->len)
    g_ptr_array_set_size (ids, middle + reach);
  if (first > 0)
    g_ptr_array_remove_range (ids, 0, first);
  *below = middle - first;
  return ids;
}

/* Every write replaces the row, so that a rule which goes on with a borrowed one is found out by the
 * sanitizers. */
static gboolean
view_write (BatonView *view, const BatonChange *change, GError **error)
{
  MemoryView *self = (MemoryView *) view;
  GHashTable *rows = self->rows[change->entity];
  BatonRow *row = change->created ? change->row : g_hash_table_lookup (rows, change->id);

  g_assert_nonnull (row);
  g_assert_true (!change->created || !g_hash_table_contains (rows, change->id));
  row = baton_row_copy (row);
  if (!change->created)
    baton_row_take (row, change->field, baton_value_copy (&change->after));
  g_hash_table_replace (rows, row->id, row);
  return TRUE;
}

MemoryView *
memory_view_new (void)
{
  MemoryView *view = g_new0 (MemoryView, 1);

  view->base = (BatonView){ view_get, view_count, view_rank_near, view_children, view_around, view_write };
  view->now = G_GINT64_CONSTANT (1772355600) * G_USEC_PER_SEC;
  for (guint i = 0; i < BATON_N_ENTITIES; i++)
    view->rows[i] = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) baton_row_unref);
  return view;
}

void
memory_view_free (MemoryView *view)
{
  for (guint i = 0; i < BATON_N_ENTITIES; i++)
    g_hash_table_unref (view->rows[i]);
  g_free (view);
}

const char *
memory_view_text (MemoryView *view, const char *id, BatonField field)
{
  return baton_row_text (memory_view_row (view, baton_field_info (field)->entity, id), field);
}

gint64
memory_view_int (MemoryView *view, const char *id, BatonField field)
{
  return baton_row_int (memory_view_row (view, baton_field_info (field)->entity, id), field);
}

char *
memory_view_titles (MemoryView *view, const char *stage)
{
  g_autoptr (GPtrArray) ids = view_children (&view->base, BATON_CARD_STAGE, stage);
  GString *titles = g_string_new (NULL);

  for (guint i = 0; i < ids->len; i++)
    {
      const char *id = g_ptr_array_index (ids, i);

      if (memory_view_int (view, id, BATON_CARD_REMOVED) != 0)
        continue;
      g_string_append_printf (
          titles, "%s%s", titles->len > 0 ? ", " : "", memory_view_text (view, id, BATON_CARD_TITLE));
    }
  return g_string_free (titles, FALSE);
}

static GHashTable *
copy_rows (GHashTable *rows)
{
  GHashTable *copy = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) baton_row_unref);
  GHashTableIter iter;
  gpointer id, row;

  g_hash_table_iter_init (&iter, rows);
  while (g_hash_table_iter_next (&iter, &id, &row))
    g_hash_table_insert (copy, id, baton_row_ref (row));
  return copy;
}

BatonEffect *
memory_view_try (MemoryView *view, BatonOp *op, GError **error)
{
  g_autoptr (BatonOp) owned = op;
  GHashTable *saved[BATON_N_ENTITIES];
  BatonEffect *effect;

  view->now += G_USEC_PER_SEC;
  if (op->at == 0)
    op->at = view->now;
  for (guint i = 0; i < BATON_N_ENTITIES; i++)
    saved[i] = copy_rows (view->rows[i]);
  effect = baton_apply (op, &view->base, error);
  for (guint i = 0; i < BATON_N_ENTITIES; i++)
    {
      if (effect == NULL)
        {
          GHashTable *spoilt = view->rows[i];

          view->rows[i] = saved[i];
          saved[i] = spoilt;
        }
      g_hash_table_unref (saved[i]);
    }
  return effect;
}

BatonEffect *
memory_view_perform (MemoryView *view, BatonOp *op)
{
  g_autoptr (GError) error = NULL;
  BatonEffect *effect = memory_view_try (view, op, &error);

  g_assert_no_error (error);
  g_assert_nonnull (effect);
  return effect;
}

void
memory_view_done (MemoryView *view, BatonOp *op)
{
  baton_effect_unref (memory_view_perform (view, op));
}

void
memory_view_refused (MemoryView *view, BatonOp *op, BatonErrorCode code, const char *sentence)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BatonEffect) effect = memory_view_try (view, op, &error);

  g_assert_null (effect);
  g_assert_error (error, BATON_ERROR, (int) code);
  if (sentence != NULL)
    g_assert_cmpstr (error->message, ==, sentence);
}

BatonTestBoard *
memory_view_fill (MemoryView *view)
{
  BatonTestBoard *board = baton_test_board_new (5);
  GPtrArray *ops = baton_test_board_ops (board, view->now);

  for (guint i = 0; i < ops->len; i++)
    memory_view_done (view, baton_op_copy (g_ptr_array_index (ops, i)));
  g_ptr_array_unref (ops);
  return board;
}
