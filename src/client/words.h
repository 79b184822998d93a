/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history-rows.h"

G_BEGIN_DECLS

/* Operations in words. Names are looked up as they are now and remembered. */
typedef struct _BatonNames BatonNames;

BatonNames *baton_names_new (BatonReader *reader); /* borrows the reader, which must outlive it */
void baton_names_free (BatonNames *names);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonNames, baton_names_free)

/* The name, title or text of a row; "" when there is none. Borrowed from names. */
const char *baton_names_get (BatonNames *names, BatonEntity entity, const char *id);

/* What was done, without who and when: "moved “Hero image” from “In design” to “In review”". For the history
 * of one card (card not NULL) the card's own title is left out. Transfer full. */
char *baton_words_entry (BatonNames *names, const BatonEntry *entry, const char *card);

/* The same of a line of the history, which may be a step of an imported past. */
char *baton_words_row (BatonNames *names, const BatonHistoryRow *row, const char *card);

/* What was intended by an operation that was not done, as far as its own values say it. Transfer full. */
char *baton_words_intent (BatonNames *names, const BatonOp *op);

/* A value for people: a name for a reference, a date for a time, an excerpt for a text; "–" when not set. */
char *baton_words_value (BatonNames *names, BatonField field, const BatonValue *value);

/* A field for people, in the language of the interface: "due date". */
const char *baton_words_field (BatonField field);
const char *baton_words_stage_kind (const char *kind);
const char *baton_words_handoff_mark (const char *mark);
const char *baton_words_urgency (const char *urgency);
const char *baton_words_satisfaction (const char *satisfaction); /* “4 – mostly” */

/* The choices of reviews for people: “Changes requested”. NULL is the first of them. */
const char *baton_words_status (const char *status);
const char *baton_words_decision (const char *decision);
const char *baton_words_check_state (const char *state);

G_END_DECLS
