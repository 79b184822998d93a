/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "event-bytes.h"
#include "event-log.h"

G_BEGIN_DECLS

/* Private to the event log: XES (IEEE 1849) read as if it were a table. An event is a row; its columns are
 * the attributes of the event by their keys, and those of its trace with “case:” in front. Attributes of
 * attributes, globals and classifiers are passed over. Entities are not expanded (GMarkup knows the five of
 * XML alone), and what is nested deeply or does not end is refused. */
typedef struct _BatonXes BatonXes;

/* Takes the bytes. What cannot be read is told when its row would come; only a file that is no XES fails
 * here.
 */
BatonXes *baton_xes_new (BatonEventLog *log, BatonEventBytes *bytes, GError **error);
void baton_xes_free (BatonXes *xes);

/* The next event; cells: GString, one for each column of the log. *line: where the event begins. New columns
 * may have come to the log. FALSE at the end, and with the error set. */
gboolean baton_xes_next (BatonXes *xes, GPtrArray *cells, guint *n_cells, guint *line, GError **error);

/* The first rows that are not read yet, as cells for each column. */
void baton_xes_preview (BatonXes *xes, GPtrArray *rows, guint most);

/* What has to be said about it. */
typedef struct
{
  guint unnamed; /* traces without a name */
  guint twice;   /* traces with a name that another has */
  guint empty;   /* traces without events */
  guint loose;   /* events outside of traces */
  guint nested;  /* attributes of attributes */
  guint beyond;  /* attributes for which there was no column left */
} BatonXesNotes;

const BatonXesNotes *baton_xes_notes (BatonXes *xes);

G_END_DECLS
