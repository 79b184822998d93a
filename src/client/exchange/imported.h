/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "reader.h"

G_BEGIN_DECLS

/* Private to exchange: what earlier imports left in the rows of a board, for updates. A value that is now as
 * an import left it was not changed here; a value of the file that is as an import left it was not changed
 * there. What an undo took back was not imported. */
typedef struct _Imported Imported;

/* The reader must outlive it. */
Imported *imported_new (BatonReader *reader);
void imported_free (Imported *imported);

/* The value that the last import left in a field of a row that belongs to this card, or (card NULL) to the
 * board itself. NULL: none did. Borrowed. The history of a card is read once and only when needed. */
const BatonValue *imported_value (
    Imported *imported, const char *board, const char *card, const char *id, BatonField field);

/* Unset and zero are the same for numbers that say yes or no or when. NULL is unset. */
gboolean imported_same (const BatonValue *a, const BatonValue *b);

G_END_DECLS
