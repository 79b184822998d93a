/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "review-data.h"

#include <gio/gio.h>

void
baton_review_data_free (BatonReviewData *data)
{
  g_clear_pointer (&data->card, baton_row_unref);
  g_clear_pointer (&data->asset, baton_row_unref);
  g_clear_pointer (&data->review, baton_row_unref);
  g_clear_pointer (&data->versions, g_ptr_array_unref);
  g_clear_pointer (&data->comments, g_ptr_array_unref);
  g_clear_pointer (&data->checks, g_ptr_array_unref);
  g_clear_pointer (&data->answers, g_ptr_array_unref);
  g_clear_pointer (&data->decisions, g_ptr_array_unref);
  g_clear_pointer (&data->excuses, g_ptr_array_unref);
  g_free (data);
}

/* The live rows of an entity that hang from one row; no rows for no id. */
static GPtrArray *
live_rows (BatonReader *reader, BatonEntity entity, BatonField field, const char *id, GError **error)
{
  GPtrArray *rows;

  if (id == NULL)
    return g_ptr_array_new_with_free_func ((GDestroyNotify) baton_row_unref);
  rows = baton_reader_rows (reader, entity, field, id, FALSE, error);
  for (guint i = rows != NULL ? rows->len : 0; i > 0; i--)
    {
      if (baton_row_int (g_ptr_array_index (rows, i - 1), baton_entity_removed (entity)) != 0)
        g_ptr_array_remove_index (rows, i - 1);
    }
  return rows;
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  gint64 one = baton_row_int (*(BatonRow *const *) a, BATON_VERSION_NUMBER);
  gint64 other = baton_row_int (*(BatonRow *const *) b, BATON_VERSION_NUMBER);

  return one > other ? -1 : one < other;
}

/* The open one of the newest version, else nothing. */
static BatonRow *
open_review (BatonReader *reader, const char *asset, GError **error)
{
  g_autoptr (GPtrArray) reviews = live_rows (reader, BATON_ENTITY_REVIEW, BATON_REVIEW_ASSET, asset, error);
  BatonRow *found = NULL;

  for (guint i = 0; reviews != NULL && i < reviews->len; i++)
    {
      BatonRow *row = g_ptr_array_index (reviews, i);

      if (baton_row_int (row, BATON_REVIEW_CLOSED) == 0)
        found = row;
    }
  return found != NULL ? baton_row_ref (found) : NULL;
}

/* Only what belongs to the asset: other assets of the card have their own conversation. */
static void
keep_comments_of (GPtrArray *comments, BatonReader *reader, const char *asset)
{
  for (guint i = comments->len; i > 0; i--)
    {
      const BatonRow *comment = g_ptr_array_index (comments, i - 1);
      const char *id = baton_row_text (comment, BATON_COMMENT_VERSION);
      g_autoptr (BatonRow) version = id != NULL ? baton_reader_row (reader, BATON_ENTITY_VERSION, id) : NULL;

      if (version == NULL || g_strcmp0 (baton_row_text (version, BATON_VERSION_ASSET), asset) != 0)
        g_ptr_array_remove_index (comments, i - 1);
    }
}

static gboolean
read_parts (BatonReader *reader, BatonReviewData *data, GError **error)
{
  const char *review = data->review != NULL ? data->review->id : NULL;

  data->versions = live_rows (reader, BATON_ENTITY_VERSION, BATON_VERSION_ASSET, data->asset->id, error);
  data->comments = data->versions != NULL ? live_rows (reader, BATON_ENTITY_COMMENT, BATON_COMMENT_CARD,
                                                baton_row_text (data->asset, BATON_ASSET_CARD), error)
                                          : NULL;
  data->checks =
      data->comments != NULL
          ? live_rows (reader, BATON_ENTITY_REVIEW_CHECK, BATON_REVIEW_CHECK_ASSET_TYPE,
                data->card != NULL ? baton_row_text (data->card, BATON_CARD_ASSET_TYPE) : NULL, error)
          : NULL;
  data->answers = data->checks != NULL
                      ? live_rows (reader, BATON_ENTITY_ANSWER, BATON_ANSWER_REVIEW, review, error)
                      : NULL;
  data->decisions = data->answers != NULL
                        ? live_rows (reader, BATON_ENTITY_DECISION, BATON_DECISION_REVIEW, review, error)
                        : NULL;
  data->excuses = data->decisions != NULL
                      ? live_rows (reader, BATON_ENTITY_EXCUSE, BATON_EXCUSE_REVIEW, review, error)
                      : NULL;
  return data->excuses != NULL;
}

BatonReviewData *
baton_review_data_read (BatonReader *reader, const char *asset, const char *review, GError **error)
{
  g_autoptr (BatonReviewData) data = g_new0 (BatonReviewData, 1);

  data->asset = baton_reader_row (reader, BATON_ENTITY_ASSET, asset);
  if (data->asset == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "There is no such asset.");
      return NULL;
    }
  data->card = baton_reader_row (reader, BATON_ENTITY_CARD, baton_row_text (data->asset, BATON_ASSET_CARD));
  data->review = review != NULL ? baton_reader_row (reader, BATON_ENTITY_REVIEW, review)
                                : open_review (reader, asset, error);
  if (!read_parts (reader, data, error))
    return NULL;
  g_ptr_array_sort (data->versions, compare_numbers);
  keep_comments_of (data->comments, reader, asset);
  return g_steal_pointer (&data);
}
