/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "sample-private.h"

#include <glib/gi18n-lib.h>

static void
sample_init (Sample *sample, gint64 now)
{
  sample_clock_init (sample, now);
  sample->ops = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_op_free);
  sample->batch = sample_id (sample);
  sample->channels = g_ptr_array_new_with_free_func (g_free);
  sample->asset_types = g_ptr_array_new_with_free_func (g_free);
  sample->labels = g_ptr_array_new_with_free_func (g_free);
  sample->cards = g_ptr_array_new_with_free_func (sample_card_free);
  for (guint i = 0; i < N_STAGES; i++)
    sample->criteria[i] = g_ptr_array_new_with_free_func (g_free);
}

/* All but the operations. */
static void
sample_clear (Sample *sample)
{
  g_free (sample->batch);
  g_free (sample->board);
  for (guint i = 0; i < N_PEOPLE; i++)
    g_free (sample->people[i]);
  for (guint i = 0; i < N_CAMPAIGNS; i++)
    g_free (sample->campaigns[i]);
  for (guint i = 0; i < N_STAGES; i++)
    {
      g_free (sample->stages[i]);
      g_ptr_array_unref (sample->criteria[i]);
    }
  g_ptr_array_unref (sample->channels);
  g_ptr_array_unref (sample->asset_types);
  g_ptr_array_unref (sample->labels);
  g_ptr_array_unref (sample->cards);
  g_rand_free (sample->chance);
  g_rand_free (sample->ids);
}

/* An idea that nobody wanted. */
static void
bin_one (Sample *sample)
{
  double minute = sample->end - 11.3 * SAMPLE_DAY;
  BatonOp *op = sample_op (sample, BATON_VERB_CARD_ADD, TOM, minute);
  g_autofree char *id = sample_id (sample);
  BatonRow *row = baton_op_add_row (op, BATON_ENTITY_CARD, id);

  baton_row_set_text (row, BATON_CARD_STAGE, sample->stages[BACKLOG]);
  baton_row_set_text (row, BATON_CARD_TITLE, _ ("Radio spot with birdsong"));
  baton_row_set_text (
      row, BATON_CARD_BRIEF, _ ("Twenty seconds, no voice. *We have no radio budget, though.*"));
  op = sample_op (sample, BATON_VERB_CARD_BIN, MARA, minute + 2 * SAMPLE_DAY);
  baton_op_add_id (op, id);
}

/* An idea that keeps for next year. */
static void
archive_one (Sample *sample)
{
  double minute = sample->end - 23.6 * SAMPLE_DAY;
  BatonOp *op = sample_op (sample, BATON_VERB_CARD_ADD, AIKO, minute);
  g_autofree char *id = sample_id (sample);
  BatonRow *row = baton_op_add_row (op, BATON_ENTITY_CARD, id);

  baton_row_set_text (row, BATON_CARD_STAGE, sample->stages[BACKLOG]);
  baton_row_set_text (row, BATON_CARD_TITLE, _ ("Next spring: seed paper invitation"));
  op = sample_op (sample, BATON_VERB_CARD_ARCHIVE, MARA, minute + 4 * SAMPLE_DAY);
  baton_op_add_id (op, id);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  const BatonOp *first = *(BatonOp *const *) a;
  const BatonOp *second = *(BatonOp *const *) b;

  return (first->at > second->at) - (first->at < second->at);
}

static GPtrArray *
make_operations (gint64 now, BatonBlobs *blobs)
{
  Sample sample = { 0 };

  sample_init (&sample, now);
  sample_set_up (&sample);
  sample_simulate (&sample);
  bin_one (&sample);
  archive_one (&sample);
  sample_newsletter (&sample);
  if (blobs != NULL)
    sample_assets (&sample, blobs);
  /* Stable, so that what one person does in one moment stays in order. */
  g_ptr_array_sort (sample.ops, compare_times);
  while (sample.ops->len > 0 && ((BatonOp *) g_ptr_array_index (sample.ops, sample.ops->len - 1))->at > now)
    g_ptr_array_remove_index (sample.ops, sample.ops->len - 1);
  sample_clear (&sample);
  return sample.ops;
}

GPtrArray *
baton_sample_operations (gint64 now)
{
  return make_operations (now, NULL);
}

GPtrArray *
baton_sample_operations_with_files (gint64 now, BatonBlobs *blobs)
{
  return make_operations (now, blobs);
}

gboolean
baton_sample_make (
    BatonWorkspace *workspace, gint64 now, BatonProgress progress, gpointer data, GError **error)
{
  return baton_workspace_perform_batch (workspace,
      baton_sample_operations_with_files (now, baton_workspace_blobs (workspace)), progress, data, error);
}
