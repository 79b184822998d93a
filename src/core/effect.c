/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-core"

#include "effect.h"

BatonChange *
baton_change_new_created (BatonRow *row)
{
  BatonChange *change = g_new0 (BatonChange, 1);

  change->entity = row->entity;
  change->id = g_ref_string_acquire (row->id);
  change->row = baton_row_ref (row);
  change->created = TRUE;
  change->field = BATON_FIELD_NONE;
  return change;
}

BatonChange *
baton_change_new_vanished (BatonRow *row)
{
  BatonChange *change = baton_change_new_created (row);

  change->created = FALSE;
  change->vanished = TRUE;
  return change;
}

BatonChange *
baton_change_new_set (
    BatonEntity entity, const char *id, BatonField field, const BatonValue *before, const BatonValue *after)
{
  BatonChange *change = g_new0 (BatonChange, 1);

  change->entity = entity;
  change->id = g_ref_string_new (id);
  change->field = field;
  change->before = baton_value_copy (before);
  change->after = baton_value_copy (after);
  return change;
}

BatonChange *
baton_change_copy (const BatonChange *change)
{
  BatonChange *copy = g_new0 (BatonChange, 1);

  *copy = *change;
  g_ref_string_acquire (copy->id);
  if (copy->row != NULL)
    copy->row = baton_row_copy (copy->row);
  copy->before = baton_value_copy (&change->before);
  copy->after = baton_value_copy (&change->after);
  return copy;
}

void
baton_change_free (BatonChange *change)
{
  g_ref_string_release (change->id);
  g_clear_pointer (&change->row, baton_row_unref);
  baton_value_clear (&change->before);
  baton_value_clear (&change->after);
  g_free (change);
}

BatonEffect *
baton_effect_new (void)
{
  BatonEffect *effect = g_new0 (BatonEffect, 1);

  g_atomic_ref_count_init (&effect->refs);
  effect->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_change_free);
  effect->cards = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ref_string_release);
  return effect;
}

BatonEffect *
baton_effect_ref (BatonEffect *effect)
{
  g_atomic_ref_count_inc (&effect->refs);
  return effect;
}

void
baton_effect_unref (BatonEffect *effect)
{
  if (!g_atomic_ref_count_dec (&effect->refs))
    return;
  g_ptr_array_unref (effect->changes);
  g_ptr_array_unref (effect->cards);
  g_clear_pointer (&effect->board, g_ref_string_release);
  g_free (effect);
}

void
baton_effect_touch (BatonEffect *effect, const char *card)
{
  guint n = effect->cards->len;

  /* An operation speaks of its cards one after the other, so the last one is nearly always the repeated one.
   */
  if (n > 0 && g_str_equal (g_ptr_array_index (effect->cards, n - 1), card))
    return;
  if (n < 64 && g_ptr_array_find_with_equal_func (effect->cards, card, g_str_equal, NULL))
    return;
  g_ptr_array_add (effect->cards, g_ref_string_new (card));
}

const BatonChange *
baton_effect_find (const BatonEffect *effect, const char *id, BatonField field)
{
  for (guint i = effect->changes->len; i > 0; i--)
    {
      const BatonChange *change = g_ptr_array_index (effect->changes, i - 1);

      if (change->field == field && g_str_equal (change->id, id))
        return change;
    }
  return NULL;
}

/* Only the last few changes are looked at: an operation that touches one field twice does so at once, and a
 * search through all of them would make large operations quadratic. */
static BatonChange *
find_recent (BatonEffect *effect, const BatonChange *change)
{
  guint seen = 0;

  for (guint i = effect->changes->len; i > 0 && seen < 8; i--, seen++)
    {
      BatonChange *other = g_ptr_array_index (effect->changes, i - 1);

      if (!other->created && other->field == change->field && g_str_equal (other->id, change->id))
        return other;
    }
  return NULL;
}

void
baton_effect_add (BatonEffect *effect, BatonChange *change)
{
  BatonChange *other = change->created ? NULL : find_recent (effect, change);

  if (other == NULL)
    {
      g_ptr_array_add (effect->changes, change);
      return;
    }
  baton_value_clear (&other->after);
  other->after = baton_value_copy (&change->after);
  baton_change_free (change);
}

static BatonChange *
invert_change (const BatonChange *change, gint64 at)
{
  BatonValue none = baton_value_none ();
  BatonValue now = baton_value_int (at);

  if (change->created)
    return baton_change_new_set (
        change->entity, change->id, baton_entity_removed (change->entity), &none, &now);
  return baton_change_new_set (change->entity, change->id, change->field, &change->after, &change->before);
}

BatonEffect *
baton_effect_invert (BatonEffect *const *effects, guint n_effects, gint64 at)
{
  BatonEffect *inverse = baton_effect_new ();

  for (guint i = n_effects; i > 0; i--)
    {
      const GPtrArray *changes = effects[i - 1]->changes;

      for (guint j = changes->len; j > 0; j--)
        {
          const BatonChange *change = g_ptr_array_index (changes, j - 1);

          if (!change->created && (baton_field_info (change->field)->flags & BATON_FIELD_COUNT))
            continue;
          g_ptr_array_add (inverse->changes, invert_change (change, at));
        }
    }
  return inverse;
}
