/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "blobs.h"
#include "reader.h"

G_BEGIN_DECLS

/* The conversation on a card's versions, to be given to somebody who has no Baton. Any thread. */

/* A table for spreadsheets: one comment a row, with its version, page, place and answers. Cells that a
 * spreadsheet would take for formulas begin with an apostrophe. Transfer full. */
char *baton_notes_csv (BatonReader *reader, BatonBlobs *blobs, const char *card, GError **error);

/* Pages with the marks drawn where they are, numbered, and what was said below. */
gboolean baton_notes_write_pdf (
    BatonReader *reader, BatonBlobs *blobs, const char *card, const char *path, GError **error);

G_END_DECLS
