/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "review-queue.h"

void
baton_waiting_free (BatonWaiting *waiting)
{
  g_clear_pointer (&waiting->review, baton_row_unref);
  g_clear_pointer (&waiting->version, baton_row_unref);
  g_clear_pointer (&waiting->asset, baton_row_unref);
  g_clear_pointer (&waiting->card, baton_row_unref);
  g_free (waiting);
}

static gboolean
is_open (const BatonRow *review, const char *person)
{
  return baton_row_int (review, BATON_REVIEW_REMOVED) == 0 &&
         baton_row_int (review, BATON_REVIEW_CLOSED) == 0 &&
         baton_set_contains (baton_row_text (review, BATON_REVIEW_REVIEWERS), person);
}

static gboolean
has_decided (const GPtrArray *decisions, const char *person)
{
  for (guint i = 0; i < decisions->len; i++)
    {
      const BatonRow *decision = g_ptr_array_index (decisions, i);

      if (baton_row_int (decision, BATON_DECISION_REMOVED) == 0 &&
          g_strcmp0 (baton_row_text (decision, BATON_DECISION_PERSON), person) == 0)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_in_use (const BatonWaiting *waiting)
{
  return waiting->version != NULL && waiting->asset != NULL && waiting->card != NULL &&
         baton_row_int (waiting->version, BATON_VERSION_REMOVED) == 0 &&
         baton_row_int (waiting->asset, BATON_ASSET_REMOVED) == 0 &&
         baton_row_int (waiting->card, BATON_CARD_REMOVED) == 0 &&
         baton_row_int (waiting->card, BATON_CARD_ARCHIVED) == 0;
}

static gint64
end_of (const BatonWaiting *waiting)
{
  gint64 ends = baton_row_int (waiting->review, BATON_REVIEW_ENDS);

  return ends != 0 ? ends : G_MAXINT64;
}

static int
compare_numbers (gint64 a, gint64 b)
{
  return a < b ? -1 : a > b;
}

static int
compare_urgency (gconstpointer a, gconstpointer b)
{
  const BatonWaiting *one = *(BatonWaiting *const *) a, *other = *(BatonWaiting *const *) b;
  gboolean fast = g_strcmp0 (baton_row_text (one->card, BATON_CARD_URGENCY), "fast") == 0;
  gboolean other_fast = g_strcmp0 (baton_row_text (other->card, BATON_CARD_URGENCY), "fast") == 0;
  int order = fast != other_fast ? (fast ? -1 : 1) : compare_numbers (end_of (one), end_of (other));

  if (order == 0)
    order = compare_numbers (baton_row_int (one->review, BATON_REVIEW_CREATED),
        baton_row_int (other->review, BATON_REVIEW_CREATED));
  return order != 0 ? order : g_strcmp0 (one->review->id, other->review->id);
}

static BatonRow *
row_of (BatonReader *reader, BatonEntity entity, const BatonRow *review, BatonField field)
{
  const char *id = baton_row_text (review, field);

  return id != NULL ? baton_reader_row (reader, entity, id) : NULL;
}

GPtrArray *
baton_review_queue (BatonReader *reader, const char *person, GError **error)
{
  g_autoptr (GPtrArray) queue = g_ptr_array_new_with_free_func ((GDestroyNotify) baton_waiting_free);
  g_autoptr (GPtrArray) reviews =
      baton_reader_rows (reader, BATON_ENTITY_REVIEW, BATON_FIELD_NONE, NULL, FALSE, error);

  for (guint i = 0; reviews != NULL && i < reviews->len; i++)
    {
      BatonRow *review = g_ptr_array_index (reviews, i);
      g_autoptr (BatonWaiting) waiting = NULL;
      g_autoptr (GPtrArray) decisions = NULL;

      if (person == NULL || !is_open (review, person))
        continue;
      decisions =
          baton_reader_rows (reader, BATON_ENTITY_DECISION, BATON_DECISION_REVIEW, review->id, FALSE, error);
      if (decisions == NULL)
        return NULL;
      if (has_decided (decisions, person))
        continue;
      waiting = g_new0 (BatonWaiting, 1);
      waiting->review = baton_row_ref (review);
      waiting->version = row_of (reader, BATON_ENTITY_VERSION, review, BATON_REVIEW_VERSION);
      waiting->asset = row_of (reader, BATON_ENTITY_ASSET, review, BATON_REVIEW_ASSET);
      waiting->card = row_of (reader, BATON_ENTITY_CARD, review, BATON_REVIEW_CARD);
      if (is_in_use (waiting))
        g_ptr_array_add (queue, g_steal_pointer (&waiting));
    }
  if (reviews == NULL)
    return NULL;
  g_ptr_array_sort (queue, compare_urgency);
  return g_steal_pointer (&queue);
}
