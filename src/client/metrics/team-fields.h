/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "team-file.h"

#include <jansson.h>

G_BEGIN_DECLS

/* The plain members of a team's structures: one table for reading and for writing. */

typedef enum
{
  TEAM_NUMBER,   /* double */
  TEAM_COUNT,    /* guint */
  TEAM_YES,      /* gboolean */
  TEAM_TIME,     /* guint minutes, “09:30” */
  TEAM_WEEKDAY,  /* guint from 0, 1 is Monday */
  TEAM_WEEKDAYS, /* guint bits, [1, 2, 3, 4, 5] */
  TEAM_ZONE,     /* int minutes, hours east of UTC */
  TEAM_HOURS,    /* double seconds */
  TEAM_WAY,      /* BatonWay, “async” */
} TeamFieldKind;

typedef struct
{
  const char *key;
  TeamFieldKind kind;
  gsize offset;
} TeamField;

/* Each ends with an entry without a key. */
extern const TeamField team_fields[];
extern const TeamField team_claim_fields[];
extern const TeamField team_person_fields[];
extern const TeamField team_meeting_fields[];
extern const TeamField team_absence_fields[];
extern const TeamField team_stage_fields[];
extern const TeamField team_channel_fields[];
extern const TeamField team_handoff_fields[];

/* Members that are neither fields nor among the other keys are refused. where: for messages, “people 3”. */
gboolean team_fields_read (json_t *object, const TeamField *fields, const char *const *others, gpointer into,
    const char *where, GError **error);
void team_fields_write (const TeamField *fields, gconstpointer from, BatonJson *json);

gboolean team_complain (GError **error, const char *where, const char *what); /* always FALSE */

G_END_DECLS
