/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "event-lines.h"
#include "event-log.h"
#include "event-xes.h"

G_BEGIN_DECLS

/* Private to the event log. */

typedef struct
{
  gint64 at;
  guint32 case_index;
  guint32 person; /* 0: unknown, else index + 1 into people */
  guint32 activity;
  guint8 transition; /* LogTransition */
} LogEvent;

/* What the lifecycle of an activity says about an event. */
typedef enum
{
  LOG_ENTERS, /* nothing, or in words of one's own: the activity goes on from here */
  LOG_STARTS,
  LOG_COMPLETES,
  LOG_NEITHER, /* of the standard lifecycle, and neither: schedule, assign, suspend … */
} LogTransition;

struct _BatonEventLog
{
  char *path;
  BatonEventBytes *bytes; /* of lines or xes, one of which is there */
  BatonEventLines *lines;
  BatonXes *xes;
  GPtrArray *columns;
  GPtrArray *preview;
  BatonDateOrder dates; /* as the first lines have it; GUESS when they leave it open */

  GArray *events; /* LogEvent; after reading, case after case, each in order of time */
  GPtrArray *cases;
  GHashTable *case_ids; /* name → index + 1 */
  GPtrArray *activities;
  GHashTable *activity_ids;
  GPtrArray *people;
  GHashTable *person_ids;
  GStringChunk *texts;
  GPtrArray **values; /* for each column that is kept: case → text, the latest; NULL for others */

  gboolean zoned;
  gboolean any_zone_known;
  guint zone_line;  /* of the first event */
  guint unzoned;    /* times without a zone that were taken as UTC */
  guint left_out;   /* events that only say more about an activity that was begun */
  guint disordered; /* events that came before an earlier one of their case */
  guint skipped;
  GString *skipped_lines;
  guint n_persons_missing;
  char *zone;
};

/* event-log.c: filling a log from elsewhere. The case gets an index, found again by its name; finish sorts
 * and proposes kinds. */
guint32 baton_event_log_add_case (BatonEventLog *log, const char *name);
guint32 baton_event_log_add_person (BatonEventLog *log, const char *name); /* index + 1, 0 is unknown */
guint32 baton_event_log_add_activity (BatonEventLog *log, const char *name);
void baton_event_log_keep_value (BatonEventLog *log, guint column, guint32 case_index, const char *text);
void baton_event_log_finish (BatonEventLog *log);

/* How dates are written in these columns, as far as the first lines leave no doubt: before any is read. */
gboolean baton_event_log_weigh_dates (BatonEventLog *log, guint first, guint last, GError **error);

/* The next row; the first of a table is that of names. */
gboolean baton_event_log_next (
    BatonEventLog *log, GPtrArray *cells, guint *n_cells, guint *line, GError **error);

/* event-lifecycle.c: “start”, “COMPLETE” … */
LogTransition baton_event_transition (const char *name);
/* Takes out, of one case in order of time, what only says more about an activity that was begun: its end, and
 * what is neither begin nor end. At least one event stays. Gives how many stay. */
guint baton_event_lifecycle (LogEvent *events, guint n);

/* event-guess.c */
BatonEventRole baton_event_role_of_header (const char *name);
void baton_event_propose_map (BatonEventLog *log);
void baton_event_propose_kinds (BatonEventLog *log);

/* event-time.c: “2012-10-09T14:50:17.123+02:00” and its relatives, dates in the given order, seconds since
 * 1970. *zoned: whether the text says its zone; else *at is as if it were UTC. */
gboolean baton_event_parse_time (const char *text, BatonDateOrder dates, gint64 *at, gboolean *zoned);

G_END_DECLS
