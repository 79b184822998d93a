/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange.h"

G_BEGIN_DECLS

/* An event log on its way in: a table with a line for each event – which case, what activity, when, by whom –
 * or XES (IEEE 1849), whose attributes are the columns then. Open it, look at what its columns are taken for
 * and change that, read it, look at what its activities are taken for and change that, plan. Files that gzip
 * has packed are read as they are, and never whole: a log of a million events takes about as much memory as
 * its cases have text. Any thread. */

typedef enum
{
  BATON_EVENT_IGNORE,
  BATON_EVENT_CASE,     /* becomes a card */
  BATON_EVENT_ACTIVITY, /* becomes a stage */
  BATON_EVENT_TIME,
  BATON_EVENT_PERSON,
  BATON_EVENT_LIFECYCLE, /* “start”, “complete” …: of several rows of an activity, those that begin it count
                          */
  BATON_EVENT_TITLE, /* of the card; without it, the case */
  BATON_EVENT_CHANNEL,
  BATON_EVENT_CAMPAIGN,
  BATON_EVENT_ASSET_TYPE,
  BATON_EVENT_CUSTOM, /* a field that the team names */
  BATON_EVENT_N_ROLES,
} BatonEventRole;

typedef struct
{
  char *name;
  BatonEventRole role;
  char *field; /* of CUSTOM: its name; NULL: the column's */
} BatonEventColumn;

typedef struct
{
  char *name;
  const char *kind; /* of the stage that it becomes; static */
  gboolean chosen;  /* by a person */
  guint events;
  guint ends; /* cases whose last event it is */
} BatonEventActivity;

typedef struct _BatonEventLog BatonEventLog;

typedef struct
{
  const char *zone;     /* what times without a zone are in, “Europe/Berlin”; NULL: UTC */
  BatonDateOrder dates; /* of dates that are not ISO */
  gboolean skip_broken; /* lines that cannot be read are left out and told; else the first one ends it all */
} BatonEventOptions;

/* Reads the first lines. Errors: NOT_FOUND, IO, INVALID. */
BatonEventLog *baton_event_log_open (const char *path, GError **error);
void baton_event_log_free (BatonEventLog *log);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonEventLog, baton_event_log_free)

/* Opens and reads a table of ActionableAgile (ID, Link, Title, then a column of days for each stage): a log
 * that is ready for its kinds. */
BatonEventLog *baton_event_log_read_actionable (
    const char *path, const BatonEventOptions *options, GError **error);

/* Whether the names of the columns alone say that it is an event log: case, activity and time. */
gboolean baton_event_log_is_certain (BatonEventLog *log);

GPtrArray *baton_event_log_columns (BatonEventLog *log); /* BatonEventColumn; may be changed before reading */
GPtrArray *baton_event_log_preview (BatonEventLog *log); /* char **, the first rows */

/* “case=case_id,activity=activity,time=timestamp,person=resource,custom:Budget=Cost”: column by name or by
 * number from 1. What is not named stays as proposed. */
gboolean baton_event_log_set_map (BatonEventLog *log, const char *map, GError **error);

/* Reads all of it and proposes a kind for every activity. INVALID, with the number of the line: a missing
 * column, a line that cannot be read, times with and without a zone. */
gboolean baton_event_log_read (BatonEventLog *log, const BatonEventOptions *options,
    const BatonImportOptions *progress, GCancellable *cancellable, GError **error);

GPtrArray *baton_event_log_activities (BatonEventLog *log); /* BatonEventActivity, as they first appear */
guint baton_event_log_n_events (BatonEventLog *log);
guint baton_event_log_n_cases (BatonEventLog *log);
/* “UTF-8”, or what the file is in instead. */
const char *baton_event_log_encoding (BatonEventLog *log);

/* “Take in charge=active,Closed=done”; others stay as proposed. */
gboolean baton_event_log_set_kinds (BatonEventLog *log, const char *kinds, GError **error);
const char *baton_event_kind_find (const char *name); /* static, or NULL */

const char *baton_event_role_name (BatonEventRole role);

/* A board with a stage for each activity and a card for each case, with their past. Takes the log. */
BatonImportPlan *baton_exchange_plan_events (BatonEventLog *log, const char *board_name, BatonReader *reader,
    const BatonImportOptions *options, GCancellable *cancellable, GError **error);

G_END_DECLS
