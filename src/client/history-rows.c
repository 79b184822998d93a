/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "history-rows.h"

#include "past.h"

#include <string.h>

typedef struct
{
  const BatonHistoryQuery *query;
  BatonVerb verb;
  BatonHistoryRows *rows;
  guint before_step;
} Reading;

void
baton_history_rows_free (BatonHistoryRows *rows)
{
  g_array_unref (rows->rows);
  g_ptr_array_unref (rows->pages);
  g_string_chunk_free (rows->ids);
  g_free (rows);
}

static const char *
past_of (const BatonEntry *entry)
{
  const BatonOp *op = entry->op;

  return op->verb == BATON_VERB_CARD_ADD && op->rows->len > 0
             ? baton_row_text (((const BatonNewRow *) g_ptr_array_index (op->rows, 0))->row, BATON_CARD_PAST)
             : NULL;
}

static gboolean
is_wanted (const Reading *self, const BatonHistoryRow *row)
{
  if (self->query->verb != NULL && row->verb != self->verb)
    return FALSE;
  return self->query->person == NULL || g_strcmp0 (row->person, self->query->person) == 0;
}

static void
take_past (Reading *self, const BatonEntry *entry, const char *past)
{
  GStringChunk *ids = self->rows->ids;
  BatonHistoryRow row = { .entry = entry,
    .verb = BATON_VERB_CARD_ADD,
    .card = ((const BatonNewRow *) g_ptr_array_index (entry->op->rows, 0))->row->id };
  BatonPastStep step;

  while (baton_past_next (&past, &step))
    {
      row.step++;
      row.at = step.at;
      row.person = step.person[0] != '\0' ? g_string_chunk_insert_const (ids, step.person) : NULL;
      row.from = row.to;
      row.to = g_string_chunk_insert_const (ids, step.stage);
      if (entry->seq == self->query->before && self->before_step > 0 && row.step >= self->before_step)
        return;
      if (is_wanted (self, &row))
        g_array_append_val (self->rows->rows, row);
      row.verb = BATON_VERB_CARD_MOVE;
    }
}

static void
turn (GArray *rows, guint first)
{
  for (guint i = first, j = rows->len; i + 1 < j; i++)
    {
      BatonHistoryRow swapped = g_array_index (rows, BatonHistoryRow, i);

      g_array_index (rows, BatonHistoryRow, i) = g_array_index (rows, BatonHistoryRow, --j);
      g_array_index (rows, BatonHistoryRow, j) = swapped;
    }
}

static void
take_entry (Reading *self, const BatonEntry *entry)
{
  const char *past = past_of (entry);
  guint first = self->rows->rows->len;
  BatonHistoryRow row = {
    .entry = entry, .verb = entry->op->verb, .at = entry->op->at, .person = entry->op->person
  };

  if (past != NULL)
    {
      take_past (self, entry, past);
      if (self->query->newest_first)
        turn (self->rows->rows, first);
    }
  else if (is_wanted (self, &row))
    g_array_append_val (self->rows->rows, row);
}

/* Cuts what is more than wanted, and notes where the rest begins. */
static gboolean
is_enough (Reading *self, const BatonEntry *entry, gboolean more)
{
  GArray *rows = self->rows->rows;
  const BatonHistoryRow *last;

  if (self->query->limit <= 0 || rows->len < self->query->limit)
    return FALSE;
  last = &g_array_index (rows, BatonHistoryRow, self->query->limit - 1);
  if (rows->len > self->query->limit)
    {
      self->rows->next_before = entry->seq;
      self->rows->next_step = last->step;
      g_array_set_size (rows, (guint) self->query->limit);
    }
  else if (more)
    self->rows->next_before = entry->seq;
  return TRUE;
}

/* One page of operations. FALSE when all is read, enough is read, or it failed. */
static gboolean
read_page (Reading *self, BatonReader *reader, BatonHistoryQuery *page, GError **error)
{
  GPtrArray *entries = baton_reader_history (reader, page, error);
  gboolean full;

  if (entries == NULL)
    return FALSE;
  g_ptr_array_add (self->rows->pages, entries);
  full = page->limit > 0 && entries->len == page->limit;
  for (guint i = 0; i < entries->len; i++)
    {
      const BatonEntry *entry = g_ptr_array_index (entries, i);

      take_entry (self, entry);
      if (page->newest_first)
        page->before = entry->seq;
      else
        page->after = entry->seq;
      if (is_enough (self, entry, full || i + 1 < entries->len))
        return FALSE;
    }
  return full;
}

/* Operations that are read at once when only some lines are wanted. */
#define PAGE 100

BatonHistoryRows *
baton_history_rows_read (
    BatonReader *reader, const BatonHistoryQuery *query, guint before_step, GError **error)
{
  g_autoptr (BatonHistoryRows) rows = g_new0 (BatonHistoryRows, 1);
  BatonHistoryQuery page = *query;
  Reading self = { .query = query, .rows = rows, .before_step = before_step };
  GError *failed = NULL;

  self.verb = query->verb != NULL ? baton_verb_find (query->verb) : BATON_VERB_UNKNOWN;
  rows->rows = g_array_new (FALSE, FALSE, sizeof (BatonHistoryRow));
  rows->pages = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  rows->ids = g_string_chunk_new (1024);
  page.with_past = TRUE;
  if (query->before > 0 && before_step > 0)
    page.before = query->before + 1;
  if (query->limit > 0)
    page.limit = PAGE;
  while (read_page (&self, reader, &page, &failed))
    ;
  if (failed != NULL)
    {
      g_propagate_error (error, failed);
      return NULL;
    }
  return g_steal_pointer (&rows);
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const BatonHistoryRow *first = a;
  const BatonHistoryRow *second = b;

  if (first->at != second->at)
    return first->at < second->at ? -1 : 1;
  if (first->entry->seq != second->entry->seq)
    return first->entry->seq < second->entry->seq ? -1 : 1;
  return (first->step > second->step) - (first->step < second->step);
}

void
baton_history_rows_sort (BatonHistoryRows *rows)
{
  g_array_sort (rows->rows, compare_rows);
}
