/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader.h"

G_BEGIN_DECLS

/* History line by line. An operation is a line; a card that was imported with its past is, in place of the
 * operation that brought it, a line for each step of that past: it was added, then it was moved. So whoever
 * reads a history sees the same, whether a card lived here or elsewhere. */

typedef struct
{
  const BatonEntry *entry; /* the operation; of a step, the one that brought it */
  guint step;              /* 0: the operation itself; else the number of the step, from 1 */
  BatonVerb verb;          /* of a step: card.add for the first one, card.move for the others */
  gint64 at;
  const char *person; /* NULL: unknown */
  const char *card;   /* of a step; else NULL */
  const char *from;   /* of a step: the stage before; NULL for the first one */
  const char *to;     /* of a step: the stage that the card came into; the same as before, when the record has
                         it come there twice */
} BatonHistoryRow;

typedef struct
{
  GArray *rows; /* BatonHistoryRow, in the order of the query */

  /* Private. */
  GPtrArray *pages; /* of BatonEntry, which the lines borrow */
  GStringChunk *ids;
  gint64 next_before;
  guint next_step;
} BatonHistoryRows;

/* As baton_reader_history (reader.h), but verb, person and limit are asked of every line: the steps by a
 * person, the last ten lines. With a limit and newest_first, what stands before is read by giving next_before
 * (0: that was all) and next_step back; before_step > 0 continues within the past of operation `before`.
 * Transfer full. */
BatonHistoryRows *baton_history_rows_read (
    BatonReader *reader, const BatonHistoryQuery *query, guint before_step, GError **error);
void baton_history_rows_free (BatonHistoryRows *rows);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonHistoryRows, baton_history_rows_free)

/* Oldest first by the time that it happened; what happened at one instant stays in the order of the log. */
void baton_history_rows_sort (BatonHistoryRows *rows);

G_END_DECLS
