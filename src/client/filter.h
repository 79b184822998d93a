/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "item.h"

G_BEGIN_DECLS

/* Conditions on cards that combine: a card passes when it meets every kind of condition that is used, and
 * meets a kind when it has one of its values. "" as a value means "none" (no owner, no label). Saved as JSON:
 * {"owner":[ID…],"channel":[…],"campaign":[…],"asset_type":[…],"label":[…],"urgency":["fast"…],"due":["overdue"…],
 *  "blocked":["yes"|"no"],"kind":["queue"…],"text":"…"} */
typedef enum
{
  BATON_FILTER_OWNER,
  BATON_FILTER_CHANNEL,
  BATON_FILTER_CAMPAIGN,
  BATON_FILTER_ASSET_TYPE,
  BATON_FILTER_LABEL,
  BATON_FILTER_URGENCY,
  BATON_FILTER_DUE,     /* overdue, today, week, later, none */
  BATON_FILTER_BLOCKED, /* yes, no */
  BATON_FILTER_KIND,    /* of the stage */
  BATON_N_FILTERS,
} BatonFilterKind;

typedef struct
{
  GPtrArray *values[BATON_N_FILTERS]; /* char * */
  char *text;                         /* what is searched for; NULL or not empty */
} BatonFilter;

BatonFilter *baton_filter_new (void);
BatonFilter *baton_filter_copy (const BatonFilter *filter);
void baton_filter_free (BatonFilter *filter);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonFilter, baton_filter_free)

const char *baton_filter_kind_name (BatonFilterKind kind);
gboolean baton_filter_is_empty (const BatonFilter *filter);
gboolean baton_filter_is_used (const BatonFilter *filter, BatonFilterKind kind);
gboolean baton_filter_equal (const BatonFilter *a, const BatonFilter *b);
gboolean baton_filter_has (const BatonFilter *filter, BatonFilterKind kind, const char *value);
void baton_filter_set (BatonFilter *filter, BatonFilterKind kind, const char *value, gboolean on);
void baton_filter_set_text (BatonFilter *filter, const char *text);

char *baton_filter_to_json (const BatonFilter *filter);
BatonFilter *baton_filter_from_json (const char *text, GError **error);

/* Due conditions are relative to the day that `now` is in, in local time. */
typedef struct
{
  gint64 now;
  gint64 end_of_today;
  gint64 end_of_week; /* seven days from now's midnight */
} BatonFilterClock;

BatonFilterClock baton_filter_clock (gint64 now);

/* Everything but the text, which the full-text index answers. blocked and kind are the card's, as the board
 * knows. */
gboolean baton_filter_matches (const BatonFilter *filter, const BatonFilterClock *clock, BatonItem *card,
    gboolean blocked, const char *kind);

G_END_DECLS
