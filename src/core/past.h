/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A card's life before it came to Baton, as its record tells it: the text of the field card.past. A line for
 * each time that it came into a stage, in order of time, the last one into the stage where it is now:
 * “MICROSECONDS STAGE PERSON”, with “-” for an unknown person. Kept in the one operation that adds the card,
 * so that a log of a million events is as many operations as it has cards. */
typedef struct
{
  gint64 at;
  char stage[37];
  char person[37]; /* "" when unknown */
} BatonPastStep;

void baton_past_append (
    GString *past, gint64 at, const char *stage, const char *person); /* person may be NULL */

/* Reads the step that *text stands on and moves it to the next. FALSE at the end and at what is no step; then
 * **text is '\0' only at the end. */
gboolean baton_past_next (const char **text, BatonPastStep *step);

/* The same without copies and without looking at the ids: stage and person point to 36 characters of the
 * text, person is NULL when unknown. For reading millions of steps by ids that are known. */
gboolean baton_past_scan (const char **text, gint64 *at, const char **stage, const char **person);

/* Whether the whole text is readable, in order of time and ends in this stage; gives its last moment. */
gboolean baton_past_check (const char *text, const char *stage, gint64 *last);

G_END_DECLS
