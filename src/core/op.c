/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-core"

#include "op.h"

#include <string.h>

static const BatonVerbInfo verbs[BATON_N_VERBS] = {
#define VERB(SYM, verb_name, verb_entity, verb_action) \
  [BATON_VERB_##SYM] = { verb_name, BATON_ENTITY_##verb_entity, BATON_ACTION_##verb_action },
#include "verbs.def"
};

const BatonVerbInfo *
baton_verb_info (BatonVerb verb)
{
  g_assert (verb < BATON_N_VERBS);
  return &verbs[verb];
}

BatonVerb
baton_verb_find (const char *name)
{
  for (guint i = 0; i < BATON_N_VERBS; i++)
    {
      if (strcmp (verbs[i].name, name) == 0)
        return i;
    }
  return BATON_VERB_UNKNOWN;
}

static void
clear_set (gpointer data)
{
  baton_value_clear (&((BatonSet *) data)->value);
}

static void
clear_link (gpointer data)
{
  g_ref_string_release (((BatonLink *) data)->id);
}

static void
release (char **text)
{
  g_clear_pointer (text, g_ref_string_release);
}

static void
new_row_free (gpointer data)
{
  BatonNewRow *new_row = data;

  baton_row_unref (new_row->row);
  release (&new_row->before);
  release (&new_row->after);
  g_free (new_row);
}

BatonOp *
baton_op_new (BatonVerb verb)
{
  BatonOp *op = g_new0 (BatonOp, 1);

  op->verb = verb;
  op->ids = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ref_string_release);
  op->from = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ref_string_release);
  op->sets = g_array_new (FALSE, FALSE, sizeof (BatonSet));
  g_array_set_clear_func (op->sets, clear_set);
  op->was = g_array_new (FALSE, FALSE, sizeof (BatonSet));
  g_array_set_clear_func (op->was, clear_set);
  op->links = g_array_new (FALSE, FALSE, sizeof (BatonLink));
  g_array_set_clear_func (op->links, clear_link);
  op->rows = g_ptr_array_new_with_free_func (new_row_free);
  op->targets = g_ptr_array_new_with_free_func (g_free);
  return op;
}

static char *
acquire (char *text)
{
  return text != NULL ? g_ref_string_acquire (text) : NULL;
}

static gpointer
copy_ref_string (gconstpointer text, gpointer data)
{
  return g_ref_string_acquire ((char *) text);
}

static void
copy_sets (GArray *copy, const GArray *sets)
{
  for (guint i = 0; i < sets->len; i++)
    {
      const BatonSet *set = &g_array_index (sets, BatonSet, i);
      BatonSet twin = { set->field, baton_value_copy (&set->value) };

      g_array_append_val (copy, twin);
    }
}

static void
copy_values (BatonOp *copy, const BatonOp *op)
{
  copy_sets (copy->sets, op->sets);
  copy_sets (copy->was, op->was);
  for (guint i = 0; i < op->links->len; i++)
    {
      const BatonLink *link = &g_array_index (op->links, BatonLink, i);

      baton_op_link (copy, link->field, link->add, link->id);
    }
  for (guint i = 0; i < op->rows->len; i++)
    {
      const BatonNewRow *new_row = g_ptr_array_index (op->rows, i);
      BatonNewRow *twin = g_new0 (BatonNewRow, 1);

      twin->row = baton_row_copy (new_row->row);
      twin->before = acquire (new_row->before);
      twin->after = acquire (new_row->after);
      g_ptr_array_add (copy->rows, twin);
    }
}

BatonOp *
baton_op_copy (const BatonOp *op)
{
  BatonOp *copy = baton_op_new (op->verb);

  copy->device = g_strdup (op->device);
  copy->number = op->number;
  copy->person = g_strdup (op->person);
  copy->at = op->at;
  copy->boot = op->boot;
  copy->base = op->base;
  copy->batch = g_strdup (op->batch);
  copy->unknown_verb = g_strdup (op->unknown_verb);
  copy->unknown_text = g_strdup (op->unknown_text);
  copy->to = acquire (op->to);
  copy->before = acquire (op->before);
  copy->after = acquire (op->after);
  g_ptr_array_unref (copy->ids);
  copy->ids = g_ptr_array_copy (op->ids, copy_ref_string, NULL);
  g_ptr_array_set_free_func (copy->ids, (GDestroyNotify) g_ref_string_release);
  g_ptr_array_unref (copy->from);
  copy->from = g_ptr_array_copy (op->from, copy_ref_string, NULL);
  g_ptr_array_set_free_func (copy->from, (GDestroyNotify) g_ref_string_release);
  copy_values (copy, op);
  for (guint i = 0; i < op->targets->len; i++)
    g_ptr_array_add (copy->targets, g_strdup (g_ptr_array_index (op->targets, i)));
  if (op->changes != NULL)
    copy->changes = baton_effect_ref (op->changes);
  return copy;
}

void
baton_op_free (BatonOp *op)
{
  g_free (op->device);
  g_free (op->person);
  g_free (op->batch);
  g_free (op->unknown_verb);
  g_free (op->unknown_text);
  g_ptr_array_unref (op->ids);
  g_ptr_array_unref (op->from);
  release (&op->to);
  release (&op->before);
  release (&op->after);
  g_array_unref (op->sets);
  g_array_unref (op->was);
  g_array_unref (op->links);
  g_ptr_array_unref (op->rows);
  g_ptr_array_unref (op->targets);
  g_clear_pointer (&op->changes, baton_effect_unref);
  g_free (op);
}

static char *
new_id (const char *id)
{
  return id != NULL ? g_ref_string_new (id) : NULL;
}

void
baton_op_add_id (BatonOp *op, const char *id)
{
  g_ptr_array_add (op->ids, new_id (id));
}

void
baton_op_add_from (BatonOp *op, const char *id)
{
  g_ptr_array_add (op->from, new_id (id));
}

void
baton_op_set_to (BatonOp *op, const char *id)
{
  release (&op->to);
  op->to = new_id (id);
}

void
baton_op_set_place (BatonOp *op, const char *before, const char *after)
{
  release (&op->before);
  release (&op->after);
  op->before = new_id (before);
  op->after = new_id (after);
}

/* A field is named once: the later value takes the place of the earlier. */
static void
take_into (GArray *sets, BatonField field, BatonValue value)
{
  BatonSet set = { field, value };

  for (guint i = 0; i < sets->len; i++)
    {
      BatonSet *earlier = &g_array_index (sets, BatonSet, i);

      if (earlier->field != field)
        continue;
      baton_value_clear (&earlier->value);
      earlier->value = value;
      return;
    }
  g_array_append_val (sets, set);
}

static void
take_value (BatonOp *op, BatonField field, BatonValue value)
{
  take_into (op->sets, field, value);
}

void
baton_op_set_was (BatonOp *op, BatonField field, const char *text)
{
  take_into (op->was, field, baton_value_text (text != NULL ? text : ""));
}

void
baton_op_set_text (BatonOp *op, BatonField field, const char *text)
{
  take_value (op, field, baton_value_text (text));
}

void
baton_op_set_int (BatonOp *op, BatonField field, gint64 number)
{
  take_value (op, field, baton_value_int (number));
}

void
baton_op_set_none (BatonOp *op, BatonField field)
{
  take_value (op, field, baton_value_none ());
}

void
baton_op_link (BatonOp *op, BatonField field, gboolean add, const char *id)
{
  BatonLink link = { field, add, new_id (id) };

  g_array_append_val (op->links, link);
}

BatonRow *
baton_op_add_row (BatonOp *op, BatonEntity entity, const char *id)
{
  BatonNewRow *new_row = g_new0 (BatonNewRow, 1);

  new_row->row = baton_row_new (entity, id);
  g_ptr_array_add (op->rows, new_row);
  return new_row->row;
}

void
baton_op_place_row (BatonOp *op, const char *before, const char *after)
{
  BatonNewRow *new_row;

  g_return_if_fail (op->rows->len > 0);
  new_row = g_ptr_array_index (op->rows, op->rows->len - 1);
  release (&new_row->before);
  release (&new_row->after);
  new_row->before = new_id (before);
  new_row->after = new_id (after);
}

char *
baton_op_key (const BatonOp *op)
{
  return g_strdup_printf ("%s:%" G_GINT64_FORMAT, op->device, op->number);
}
