/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "history-query.h"

#include "words.h"

#include <glib/gi18n.h>

/* Lines read at once while looking for those of a kind. */
#define STEP 100

typedef struct
{
  char *card;
  BatonHistoryKind kind;
  char *person;
  gint64 before;
  guint before_step;
  guint limit;
} Query;

static void
query_free (gpointer data)
{
  Query *query = data;

  g_free (query->card);
  g_free (query->person);
  g_free (query);
}

static void
line_free (gpointer data)
{
  BatonHistoryLine *line = data;

  g_free (line->person);
  g_free (line->words);
  g_free (line);
}

void
baton_history_page_free (BatonHistoryPage *page)
{
  g_ptr_array_unref (page->lines);
  g_free (page);
}

static BatonHistoryKind
kind_of_entity (BatonEntity entity)
{
  return entity == BATON_ENTITY_COMMENT                                    ? BATON_HISTORY_COMMENTS
         : entity == BATON_ENTITY_CHECKLIST || entity == BATON_ENTITY_ITEM ? BATON_HISTORY_CHECKLISTS
                                                                           : BATON_HISTORY_FIELDS;
}

static gboolean
is_place (BatonField field)
{
  return field == BATON_CARD_STAGE || field == BATON_CARD_ARCHIVED || field == BATON_CARD_REMOVED;
}

/* An undo is told by what it changed. */
static BatonHistoryKind
kind_of_effect (const BatonEffect *effect)
{
  BatonHistoryKind kind = BATON_HISTORY_FIELDS;

  for (guint i = 0; i < effect->changes->len; i++)
    {
      const BatonChange *change = g_ptr_array_index (effect->changes, i);

      if (is_place (change->field))
        return BATON_HISTORY_MOVES;
      if (change->entity != BATON_ENTITY_CARD)
        kind = kind_of_entity (change->entity);
    }
  return kind;
}

BatonHistoryKind
baton_history_kind_of (const BatonEntry *entry)
{
  BatonVerb verb = entry->op->verb;

  if (verb == BATON_VERB_UNKNOWN)
    return BATON_HISTORY_FIELDS;
  if (verb == BATON_VERB_UNDO || verb == BATON_VERB_REDO)
    return kind_of_effect (entry->effect);
  if (verb == BATON_VERB_CARD_MOVE || verb == BATON_VERB_CARD_ADD || verb == BATON_VERB_CARD_ARCHIVE ||
      verb == BATON_VERB_CARD_UNARCHIVE || verb == BATON_VERB_CARD_BIN || verb == BATON_VERB_CARD_RESTORE ||
      verb == BATON_VERB_STAGE_REMOVE)
    return BATON_HISTORY_MOVES;
  if (verb == BATON_VERB_CARD_TICK)
    return BATON_HISTORY_CHECKLISTS;
  return kind_of_entity (baton_verb_info (verb)->entity);
}

static char *
name_or_null (BatonNames *names, const char *person)
{
  const char *name =
      person != NULL && *person != '\0' ? baton_names_get (names, BATON_ENTITY_PERSON, person) : "";

  return *name != '\0' ? g_strdup (name) : NULL;
}

static gboolean
is_of_kind (const BatonHistoryRow *row, BatonHistoryKind kind)
{
  return kind == BATON_HISTORY_ALL || baton_history_kind_of (row->entry) == kind;
}

static void
take_row (BatonHistoryPage *page, BatonNames *names, const Query *query, const BatonHistoryRow *row)
{
  BatonHistoryLine *line = g_new0 (BatonHistoryLine, 1);

  line->seq = row->entry->seq;
  line->at = row->at;
  line->person = name_or_null (names, row->person);
  line->words = baton_words_row (names, row, query->card);
  line->undone = row->entry->undone;
  g_ptr_array_add (page->lines, line);
}

static gpointer
read_page (BatonReader *reader, gpointer data, GCancellable *cancellable, GError **error)
{
  const Query *query = data;
  g_autoptr (BatonHistoryPage) page = g_new0 (BatonHistoryPage, 1);
  g_autoptr (BatonNames) names = baton_names_new (reader);
  BatonHistoryQuery history = { .card = query->card,
    .person = query->person,
    .before = query->before,
    .limit = query->kind == BATON_HISTORY_ALL ? query->limit : STEP,
    .newest_first = TRUE };
  guint before_step = query->before_step;

  page->lines = g_ptr_array_new_with_free_func (line_free);
  for (;;)
    {
      g_autoptr (BatonHistoryRows) rows = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      rows = baton_history_rows_read (reader, &history, before_step, error);
      if (rows == NULL)
        return NULL;
      for (guint i = 0; i < rows->rows->len; i++)
        {
          const BatonHistoryRow *row = &g_array_index (rows->rows, BatonHistoryRow, i);

          if (!is_of_kind (row, query->kind))
            continue;
          take_row (page, names, query, row);
          if (page->lines->len < query->limit)
            continue;
          /* Without more behind this one, the next page would be empty. */
          if (i + 1 < rows->rows->len || rows->next_before != 0)
            {
              page->next_before = row->entry->seq;
              page->next_step = row->step;
            }
          return g_steal_pointer (&page);
        }
      if (rows->next_before == 0)
        return g_steal_pointer (&page);
      history.before = rows->next_before;
      before_step = rows->next_step;
    }
}

void
baton_history_query_async (BatonWorkspace *workspace, const char *card, BatonHistoryKind kind,
    const char *person, gint64 before, guint before_step, guint limit, GCancellable *cancellable,
    GAsyncReadyCallback callback, gpointer data)
{
  Query *query = g_new0 (Query, 1);

  query->card = g_strdup (card);
  query->kind = kind;
  query->person = g_strdup (person);
  query->before = before;
  query->before_step = before_step;
  query->limit = limit;
  baton_workspace_query_async (workspace, read_page, query, query_free,
      (GDestroyNotify) baton_history_page_free, cancellable, callback, data);
}

BatonHistoryPage *
baton_history_query_finish (BatonWorkspace *workspace, GAsyncResult *result, GError **error)
{
  return baton_workspace_query_finish (workspace, result, error);
}
