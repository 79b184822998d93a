/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workspace.h"

G_BEGIN_DECLS

typedef enum
{
  BATON_HISTORY_ALL,
  BATON_HISTORY_MOVES,
  BATON_HISTORY_FIELDS,
  BATON_HISTORY_COMMENTS,
  BATON_HISTORY_CHECKLISTS,
} BatonHistoryKind;

/* One line for people: an operation, or a step of the past that an imported card brought along
 * (history-rows.h). */
typedef struct
{
  gint64 seq;
  gint64 at;
  char *person; /* name, or NULL */
  char *words;
  gboolean undone;
} BatonHistoryLine;

typedef struct
{
  GPtrArray *lines;   /* BatonHistoryLine, newest first */
  gint64 next_before; /* where the next page begins; 0: this was the last one */
  guint next_step;
} BatonHistoryPage;

void baton_history_page_free (BatonHistoryPage *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonHistoryPage, baton_history_page_free)

/* Which part of the history an operation belongs to; an undo belongs to what it undid. */
BatonHistoryKind baton_history_kind_of (const BatonEntry *entry);

/* A page of a card's history, on the query thread. person (id) may be NULL; before and before_step:
 * next_before and next_step of the page above; 0: from the newest. */
void baton_history_query_async (BatonWorkspace *workspace, const char *card, BatonHistoryKind kind,
    const char *person, gint64 before, guint before_step, guint limit, GCancellable *cancellable,
    GAsyncReadyCallback callback, gpointer data);
BatonHistoryPage *baton_history_query_finish (
    BatonWorkspace *workspace, GAsyncResult *result, GError **error);

G_END_DECLS
