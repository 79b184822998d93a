/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-core"

#include "net.h"

#include "defect.h"
/* One row's story. */
typedef struct
{
  BatonEntity entity;
  char *id;           /* GRefString */
  gboolean was_there; /* before the first change */
  BatonRow *old;      /* as it was then; only of rows that vanished meanwhile */
  BatonRow *now;      /* only of rows that were created meanwhile and are there */
  GPtrArray *changes; /* BatonChange: first before, last after; not used once `now` or `old` is set */
} Story;

struct _BatonNet
{
  GHashTable *by_id; /* key → Story, borrowed */
  GPtrArray *stories;
  GHashTable *cards; /* set of GRefString, borrowed by `order` */
  GPtrArray *order;
};

static void
story_free (gpointer data)
{
  Story *story = data;

  g_ref_string_release (story->id);
  g_clear_pointer (&story->old, baton_row_unref);
  g_clear_pointer (&story->now, baton_row_unref);
  g_ptr_array_unref (story->changes);
  g_free (story);
}

static guint
hash_story (gconstpointer data)
{
  const Story *story = data;

  return g_str_hash (story->id) ^ story->entity;
}

static gboolean
equal_stories (gconstpointer a, gconstpointer b)
{
  const Story *left = a;
  const Story *right = b;

  return left->entity == right->entity && g_str_equal (left->id, right->id);
}

BatonNet *
baton_net_new (void)
{
  BatonNet *net = g_new0 (BatonNet, 1);

  net->by_id = g_hash_table_new (hash_story, equal_stories);
  net->stories = g_ptr_array_new_with_free_func (story_free);
  net->cards = g_hash_table_new (g_str_hash, g_str_equal);
  net->order = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ref_string_release);
  return net;
}

void
baton_net_free (BatonNet *net)
{
  g_hash_table_unref (net->by_id);
  g_ptr_array_unref (net->stories);
  g_hash_table_unref (net->cards);
  g_ptr_array_unref (net->order);
  g_free (net);
}

static Story *
story_of (BatonNet *net, const BatonChange *change)
{
  Story wanted = { .entity = change->entity, .id = change->id };
  Story *story = g_hash_table_lookup (net->by_id, &wanted);

  if (story != NULL)
    return story;
  story = g_new0 (Story, 1);
  story->entity = change->entity;
  story->id = g_ref_string_acquire (change->id);
  story->was_there = !change->created;
  story->changes = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_change_free);
  g_ptr_array_add (net->stories, story);
  g_hash_table_add (net->by_id, story);
  return story;
}

static void
add_set (Story *story, const BatonChange *change)
{
  if (story->now != NULL)
    {
      baton_row_take (story->now, change->field, baton_value_copy (&change->after));
      return;
    }
  for (guint i = 0; i < story->changes->len; i++)
    {
      BatonChange *earlier = g_ptr_array_index (story->changes, i);

      if (earlier->field != change->field)
        continue;
      if (BATON_DEFECT (NET_FORGETS_FIRST))
        {
          baton_value_clear (&earlier->before);
          earlier->before = baton_value_copy (&change->before);
        }
      baton_value_clear (&earlier->after);
      earlier->after = baton_value_copy (&change->after);
      return;
    }
  g_ptr_array_add (story->changes, baton_change_copy (change));
}

/* The row as it was before the first change of this story. */
static void
add_vanished (Story *story, const BatonRow *row)
{
  g_clear_pointer (&story->now, baton_row_unref);
  if (!story->was_there || story->old != NULL)
    return;
  story->old = baton_row_copy (row);
  for (guint i = 0; i < story->changes->len; i++)
    {
      const BatonChange *change = g_ptr_array_index (story->changes, i);

      baton_row_take (story->old, change->field, baton_value_copy (&change->before));
    }
}

void
baton_net_add (BatonNet *net, const BatonChange *change)
{
  Story *story = story_of (net, change);

  if (change->created)
    {
      g_clear_pointer (&story->now, baton_row_unref);
      story->now = baton_row_copy (change->row);
    }
  else if (change->vanished)
    add_vanished (story, change->row);
  else
    add_set (story, change);
}

void
baton_net_touch (BatonNet *net, const char *card)
{
  char *id;

  if (g_hash_table_contains (net->cards, card))
    return;
  id = g_ref_string_new (card);
  g_ptr_array_add (net->order, id);
  g_hash_table_add (net->cards, id);
}

static void
add_difference (BatonEffect *effect, const BatonRow *old, const BatonRow *now)
{
  for (guint i = 0; i < old->n_fields; i++)
    {
      if (!baton_value_equal (&old->values[i], &now->values[i]))
        g_ptr_array_add (effect->changes,
            baton_change_new_set (old->entity, old->id, old->first + i, &old->values[i], &now->values[i]));
    }
}

static void
finish_story (const Story *story, BatonEffect *effect)
{
  if (story->old != NULL)
    {
      if (story->now != NULL)
        add_difference (effect, story->old, story->now);
      else if (!BATON_DEFECT (VANISHED_UNTOLD))
        g_ptr_array_add (effect->changes, baton_change_new_vanished (story->old));
      return;
    }
  if (story->now != NULL)
    {
      g_ptr_array_add (effect->changes, baton_change_new_created (story->now));
      return;
    }
  for (guint i = 0; story->was_there && i < story->changes->len; i++)
    {
      const BatonChange *change = g_ptr_array_index (story->changes, i);

      if (!baton_value_equal (&change->before, &change->after))
        g_ptr_array_add (effect->changes, baton_change_copy (change));
    }
}

BatonEffect *
baton_net_finish (BatonNet *net)
{
  BatonEffect *effect = baton_effect_new ();

  for (guint i = 0; i < net->stories->len; i++)
    finish_story (g_ptr_array_index (net->stories, i), effect);
  for (guint i = 0; i < net->order->len; i++)
    g_ptr_array_add (effect->cards, g_ref_string_acquire (g_ptr_array_index (net->order, i)));
  return effect;
}
