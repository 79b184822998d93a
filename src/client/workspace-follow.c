/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "workspace-private.h"

/* What others did reaches the models here. After two weeks away that is much at once: it comes in slices, so
 * that the program goes on drawing and answering in between. Rows follow in the order in which they were
 * changed; what is done here meanwhile comes behind what is waiting for the same rows. */

/* Time for slices in one turn of the main loop, and their priority: behind input and drawing. */
#define BUDGET (6 * G_TIME_SPAN_MILLISECOND)
#define PRIORITY (G_PRIORITY_HIGH_IDLE + 30)

static void
add_set (BatonEffect *effect, const BatonRow *row, BatonField field, const BatonValue *after)
{
  BatonValue none = baton_value_none ();

  g_ptr_array_add (effect->changes, baton_change_new_set (row->entity, row->id, field, &none, after));
}

/* A row that was taken back is shown as one in the bin until it comes again or the workspace is closed. */
static void
add_vanished (BatonWorkspace *self, BatonEffect *effect, const BatonRow *row)
{
  BatonValue now = baton_value_int (g_get_real_time ());

  g_hash_table_add (self->vanished, g_strdup (row->id));
  add_set (effect, row, baton_entity_removed (row->entity), &now);
}

/* One that comes again finds its old item: every field is written. */
static void
add_again (BatonEffect *effect, const BatonRow *row)
{
  for (guint i = 0; i < row->n_fields; i++)
    add_set (effect, row, row->first + i, &row->values[i]);
}

/* The same for models, which know no rows that vanish. Transfer full. */
static BatonEffect *
for_models (BatonWorkspace *self, const BatonEffect *effect)
{
  BatonEffect *shown = baton_effect_new ();

  for (guint i = 0; i < effect->changes->len; i++)
    {
      const BatonChange *change = g_ptr_array_index (effect->changes, i);

      if (change->vanished)
        add_vanished (self, shown, change->row);
      else
        g_ptr_array_add (shown->changes, baton_change_copy (change));
      if (change->created && g_hash_table_contains (self->vanished, change->row->id))
        add_again (shown, change->row);
    }
  for (guint i = 0; i < effect->cards->len; i++)
    baton_effect_touch (shown, g_ptr_array_index (effect->cards, i));
  return shown;
}

static gboolean
is_plain (BatonWorkspace *self, const BatonEffect *effect)
{
  for (guint i = 0; i < effect->changes->len; i++)
    {
      const BatonChange *change = g_ptr_array_index (effect->changes, i);

      if (change->vanished || (change->created && g_hash_table_contains (self->vanished, change->row->id)))
        return FALSE;
    }
  return TRUE;
}

/* Takes the slice. */
static void
show_slice (BatonWorkspace *self, BatonSlice *slice)
{
  g_autoptr (BatonEffect) shown =
      is_plain (self, slice->effect) ? baton_effect_ref (slice->effect) : for_models (self, slice->effect);

  baton_workspace_follow (self, shown);
  baton_workspace_emit_performed (self, NULL, shown);
  baton_slice_free (slice);
}

static gboolean
slice_cb (gpointer data)
{
  g_autoptr (BatonWorkspace) self = g_object_ref (data);
  gint64 until = g_get_monotonic_time () + BUDGET;

  while (!g_queue_is_empty (&self->slices) && g_get_monotonic_time () < until)
    show_slice (self, g_queue_pop_head (&self->slices));
  if (!g_queue_is_empty (&self->slices) || self->slicing == 0)
    return self->slicing != 0;
  self->slicing = 0;
  return G_SOURCE_REMOVE;
}

void
baton_workspace_followed (BatonWorkspace *self, GPtrArray *slices, gboolean reload)
{
  baton_workspace_forget_ahead (self);
  if (reload)
    {
      baton_workspace_reload (self);
      return;
    }
  if (slices == NULL)
    return;
  g_ptr_array_set_free_func (slices, NULL);
  for (guint i = 0; i < slices->len; i++)
    g_queue_push_tail (&self->slices, g_ptr_array_index (slices, i));
  g_ptr_array_set_size (slices, 0);
  /* One drop of somebody else is on screen in the next frame. */
  if (self->slicing == 0 && self->slices.length == 1)
    show_slice (self, g_queue_pop_head (&self->slices));
  else if (self->slicing == 0)
    self->slicing = g_idle_add_full (PRIORITY, slice_cb, self, NULL);
}

static gboolean
speaks_of (const BatonSlice *slice, const BatonEffect *effect)
{
  for (guint i = 0; i < effect->changes->len; i++)
    {
      if (g_hash_table_contains (slice->ids, ((BatonChange *) g_ptr_array_index (effect->changes, i))->id))
        return TRUE;
    }
  return FALSE;
}

static GList *
find_speaking_of (BatonWorkspace *self, const BatonEffect *effect, const GList *end)
{
  for (GList *link = self->slices.head; link != NULL && link != end; link = link->next)
    {
      if (speaks_of (link->data, effect))
        return link;
    }
  return NULL;
}

/* What waits before `end` for the rows of this effect was before it, and so was what waits before that for
 * the rows which come along. */
static void
show_before (BatonWorkspace *self, const BatonEffect *effect, const GList *end)
{
  GList *link;

  while ((link = find_speaking_of (self, effect, end)) != NULL)
    {
      BatonSlice *slice = link->data;

      show_before (self, slice->effect, link);
      g_queue_delete_link (&self->slices, link);
      show_slice (self, slice);
    }
}

void
baton_workspace_show (BatonWorkspace *self, BatonOp *op, BatonEffect *effect)
{
  show_before (self, effect, NULL);
  baton_workspace_follow (self, effect);
  baton_workspace_emit_performed (self, op, effect);
}

void
baton_workspace_forget_slices (BatonWorkspace *self)
{
  g_clear_handle_id (&self->slicing, g_source_remove);
  g_queue_clear_full (&self->slices, (GDestroyNotify) baton_slice_free);
}

gboolean
baton_workspace_is_following (BatonWorkspace *self)
{
  return !g_queue_is_empty (&self->slices);
}
