/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "passport-private.h"

#include "baton-error.h"

#include <glib/gi18n-lib.h>

gboolean
baton_passport_open (
    BatonPassport *passport, BatonReader *reader, BatonBlobs *blobs, const char *card, GError **error)
{
  *passport = (BatonPassport){ reader, blobs, NULL, baton_reader_row (reader, BATON_ENTITY_CARD, card) };
  if (passport->card == NULL)
    {
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_NOT_FOUND, _ ("This card is not here."));
      return FALSE;
    }
  passport->names = baton_names_new (reader);
  return TRUE;
}

void
baton_passport_clear (BatonPassport *passport)
{
  g_clear_pointer (&passport->names, baton_names_free);
  g_clear_pointer (&passport->card, baton_row_unref);
}

GPtrArray *
baton_passport_rows (const BatonPassport *passport, BatonField field, const char *id)
{
  BatonEntity entity = baton_field_info (field)->entity;
  GPtrArray *rows = baton_reader_rows (passport->reader, entity, field, id, FALSE, NULL);

  if (rows == NULL)
    return g_ptr_array_new_with_free_func ((GDestroyNotify) baton_row_unref);
  for (guint i = rows->len; i > 0; i--)
    {
      if (baton_row_int (g_ptr_array_index (rows, i - 1), baton_entity_removed (entity)) != 0)
        g_ptr_array_remove_index (rows, i - 1);
    }
  return rows;
}

static int
compare_newest (gconstpointer a, gconstpointer b)
{
  gint64 left = baton_row_int (*(BatonRow *const *) a, BATON_VERSION_NUMBER);
  gint64 right = baton_row_int (*(BatonRow *const *) b, BATON_VERSION_NUMBER);

  return left > right ? -1 : left < right;
}

GPtrArray *
baton_passport_versions (const BatonPassport *passport, const char *asset)
{
  GPtrArray *rows = baton_passport_rows (passport, BATON_VERSION_ASSET, asset);

  g_ptr_array_sort (rows, compare_newest);
  return rows;
}

GPtrArray *
baton_passport_dependents (const BatonPassport *passport)
{
  g_autoptr (GPtrArray) cards = baton_reader_rows (passport->reader, BATON_ENTITY_CARD, BATON_CARD_BOARD,
      baton_row_text (passport->card, BATON_CARD_BOARD), TRUE, NULL);
  GPtrArray *ids = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; cards != NULL && i < cards->len; i++)
    {
      const BatonRow *row = g_ptr_array_index (cards, i);

      if (baton_row_int (row, BATON_CARD_REMOVED) == 0 &&
          baton_set_contains (baton_row_text (row, BATON_CARD_BLOCKERS), passport->card->id))
        g_ptr_array_add (ids, g_strdup (row->id));
    }
  return ids;
}

const char *
baton_passport_trouble (const BatonPassport *passport, const BatonRow *version)
{
  const char *hash = baton_row_text (version, BATON_VERSION_BLOB);

  if (baton_blobs_is_damaged (passport->blobs, hash))
    return _ ("damaged");
  return baton_blobs_size (passport->blobs, hash) < 0 ? _ ("not here") : NULL;
}

char *
baton_passport_time (gint64 at)
{
  g_autoptr (GDateTime) time = at != 0 ? g_date_time_new_from_unix_local (at / G_USEC_PER_SEC) : NULL;

  return time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M") : g_strdup ("");
}

char *
baton_passport_duration (gint64 usec)
{
  gint64 hours = usec / G_TIME_SPAN_HOUR;

  if (hours >= 48)
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%d day", "%d days", (gulong) (hours / 24)), (int) (hours / 24));
  if (hours >= 1)
    return g_strdup_printf (
        g_dngettext (GETTEXT_PACKAGE, "%d hour", "%d hours", (gulong) hours), (int) hours);
  return g_strdup_printf (
      g_dngettext (GETTEXT_PACKAGE, "%d minute", "%d minutes", (gulong) (usec / G_TIME_SPAN_MINUTE)),
      (int) (usec / G_TIME_SPAN_MINUTE));
}

static void
handoff_free (gpointer data)
{
  BatonHandoff *handoff = data;

  g_free (handoff->person);
  g_free (handoff->from);
  g_free (handoff->to);
  g_free (handoff);
}

/* Where a line of the history has the card go, or FALSE. */
static gboolean
find_move (const BatonHistoryRow *row, const char *card, const char **from, const char **to)
{
  const BatonChange *change;

  *from = row->from;
  *to = row->to;
  if (row->step > 0)
    return row->from != NULL && !g_str_equal (row->from, row->to);
  change = baton_effect_find (row->entry->effect, card, BATON_CARD_STAGE);
  if (change == NULL || change->before.kind != BATON_VALUE_TEXT || change->after.kind != BATON_VALUE_TEXT)
    return FALSE;
  *from = change->before.text;
  *to = change->after.text;
  return TRUE;
}

GPtrArray *
baton_passport_handoffs (BatonReader *reader, const BatonRow *card, GError **error)
{
  BatonHistoryQuery query = { .card = card->id };
  g_autoptr (BatonHistoryRows) rows = baton_history_rows_read (reader, &query, 0, error);
  GPtrArray *handoffs = g_ptr_array_new_with_free_func (handoff_free);
  gint64 since = baton_row_int (card, BATON_CARD_CREATED);

  for (guint i = 0; rows != NULL && i < rows->rows->len; i++)
    {
      const BatonHistoryRow *row = &g_array_index (rows->rows, BatonHistoryRow, i);
      const char *from, *to;
      BatonHandoff *handoff;

      if (!find_move (row, card->id, &from, &to))
        continue;
      handoff = g_new0 (BatonHandoff, 1);
      handoff->at = row->at;
      handoff->person = g_strdup (row->person);
      handoff->from = g_strdup (from);
      handoff->to = g_strdup (to);
      handoff->stayed = MAX (row->at - since, 0);
      since = row->at;
      g_ptr_array_add (handoffs, handoff);
    }
  return handoffs;
}
