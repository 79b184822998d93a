/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "csv-file.h"
#include "event-bytes.h"

G_BEGIN_DECLS

/* A table read record by record from a text that need not fit into memory. */
typedef struct _BatonEventLines BatonEventLines;

/* Takes the bytes, even when it fails. */
BatonEventLines *baton_event_lines_new (BatonEventBytes *bytes, GError **error);
void baton_event_lines_free (BatonEventLines *lines);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonEventLines, baton_event_lines_free)

/* The first piece of text, up to a line end, to guess the form from. Borrowed until the next record. */
const char *baton_event_lines_start (BatonEventLines *lines, gsize *length);
void baton_event_lines_set_format (BatonEventLines *lines, char delimiter, char quote);

/* The next record; its cells are UTF-8 (a cell that is none is taken as Windows-1252). FALSE at the end, and
 * with the error set. *line: where it begins, from 1. */
gboolean baton_event_lines_next (
    BatonEventLines *lines, GPtrArray *cells, guint *n_cells, guint *line, GError **error);

/* How many cells were not UTF-8. */
guint baton_event_lines_converted (BatonEventLines *lines);

G_END_DECLS
