/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "exchange.h"
#include "json.h"
#include "session.h"

G_BEGIN_DECLS

/* batonctl: one command is one function that reads or performs operations through a session, and writes what
 * it has to say into a buffer that goes to standard output when the command has worked. */

/* Exit statuses; scripts rely on them (man page). */
typedef enum
{
  CTL_OK = 0,
  CTL_FAILED = 1,    /* refused by the rules, ambiguous, or failed */
  CTL_USAGE = 2,     /* the command line makes no sense */
  CTL_NOT_FOUND = 3, /* no such workspace, board, stage, card … */
  CTL_LOCKED = 4,    /* open in another program that does not answer */
  CTL_READ_ONLY = 5, /* cannot be written: folder, disk full, newer Baton */
  CTL_DAMAGED = 6,   /* the database is damaged */
} CtlStatus;

typedef struct
{
  char *folder;
  gboolean json;
  BatonSession *session; /* NULL for commands that open nothing */
  BatonReader *reader;   /* the session's */
  gboolean made;         /* the workspace did not exist before a command that may still fail */
  gboolean made_blobs;   /* nor did its folder of files */
  GHashTable *names;     /* id → name */
  GString *out;
  BatonJson writer; /* into out */
  CtlStatus status; /* what a command that worked ends with */
} Ctl;

typedef enum
{
  CTL_NEEDS_NOTHING,
  CTL_NEEDS_READING,
  CTL_NEEDS_WRITING,
  CTL_NEEDS_MAKING, /* the workspace is made when it is missing */
} CtlNeed;

typedef struct
{
  const char *words; /* "card add" */
  const char *arguments;
  const char *summary;
  int least; /* arguments */
  int most;
  CtlNeed need;
  const GOptionEntry *options; /* NULL-terminated, or NULL */
  gboolean (*run) (Ctl *ctl, char **args, GError **error);
  int file; /* which argument, from 1, is the name of a file and may be any bytes; 0: none */
} CtlCommand;

/* Each ends with an entry without words. */
extern const CtlCommand ctl_workspace_commands[];
extern const CtlCommand ctl_keep_commands[];
extern const CtlCommand ctl_exchange_commands[];
extern const CtlCommand ctl_event_commands[];
extern const CtlCommand ctl_handoff_commands[];
extern const CtlCommand ctl_report_commands[];
extern const CtlCommand ctl_board_commands[];
extern const CtlCommand ctl_stage_commands[];
extern const CtlCommand ctl_card_commands[];
extern const CtlCommand ctl_card_change_commands[];
extern const CtlCommand ctl_card_part_commands[];
extern const CtlCommand ctl_name_commands[];
extern const CtlCommand ctl_asset_commands[];
extern const CtlCommand ctl_comment_commands[];
extern const CtlCommand ctl_review_commands[];
extern const CtlCommand ctl_review_settings[];
extern const CtlCommand ctl_passport_commands[];
extern const CtlCommand ctl_history_commands[];
extern const CtlCommand ctl_simulate_commands[];
extern const CtlCommand ctl_inbox_commands[];
extern const CtlCommand ctl_share_commands[];
extern const CtlCommand ctl_team_commands[];
extern const CtlCommand ctl_attention_commands[];

/* find.c: what a person named, by id or by name. The names of live things only; an id finds removed ones too.
 * Transfer full; NULL with NOT_FOUND, or INVALID and the candidates when the name fits several. */
BatonRow *ctl_find_board (Ctl *ctl, const char *text, GError **error);
BatonRow *ctl_find_stage (Ctl *ctl, const char *board, const char *text, GError **error);
BatonRow *ctl_find_card (
    Ctl *ctl, const char *board, const char *text, GError **error); /* board may be NULL */
BatonRow *ctl_find_person (Ctl *ctl, const char *text, GError **error);
BatonRow *ctl_find_below (
    Ctl *ctl, BatonField parent, const char *parent_id, const char *text, GError **error);
BatonRow *ctl_find_removed (Ctl *ctl, BatonEntity entity, const char *text, GError **error);

/* The name, title or text of a row, "" when there is none. Borrowed from ctl. */
const char *ctl_name (Ctl *ctl, BatonEntity entity, const char *id);
const char *ctl_row_name (const BatonRow *row);
gboolean ctl_is_removed (const BatonRow *row);
/* The live rows below a parent, in order. Transfer full; never NULL. */
GPtrArray *ctl_rows (Ctl *ctl, BatonEntity entity, BatonField parent, const char *id, GError **error);

/* values.c: what was typed after an option; FALSE with a usage error. */
gboolean ctl_parse_time (const char *text, gint64 *at, GError **error); /* "" gives 0 */
gboolean ctl_parse_duration (
    const char *text, gint64 *seconds, GError **error);                         /* seconds, or 3d, 12h, 30m */
gboolean ctl_parse_choice (BatonField field, const char *text, GError **error); /* NULL and "" are right */
/* TRUE, or an error about what was typed made one of usage. */
gboolean ctl_typed (gboolean ok, GError **error);
gboolean ctl_parse_count (const char *text, gint64 *number, GError **error);
/* A text, or with "-" all of standard input. Transfer full. */
char *ctl_read_text (const char *text, GError **error);
gboolean ctl_usage (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3); /* always FALSE */

/* output.c */
char *ctl_short (const char *text, guint width); /* one line without control characters, cut to a width */
char *ctl_local_time (gint64 at);                /* "2026-05-01 09:30", "" for 0 */
void ctl_say (Ctl *ctl, const char *format, ...) G_GNUC_PRINTF (2, 3); /* a line, unless JSON is wanted */
/* {"ok":true,"ids":[…]} and the sentence for people. */
void ctl_done (Ctl *ctl, const char *const *ids, const char *sentence);
/* {"id":…,"name":…}, or the id alone for people. */
void ctl_added (Ctl *ctl, const char *id, const char *field, const char *name);
void ctl_names_json (
    Ctl *ctl, const char *field, BatonEntity entity, const char *set); /* an array of names */

typedef struct _CtlTable CtlTable;
CtlTable *ctl_table_new (const char *first_header, ...) G_GNUC_NULL_TERMINATED;
/* As many texts as there are headers. Headers that begin with ">" stand above numbers. */
void ctl_table_add (CtlTable *table, ...) G_GNUC_NULL_TERMINATED;
/* Frees it; prints nothing when JSON is wanted, and no headers when all are blank. */
void ctl_table_print (CtlTable *table, Ctl *ctl);

/* exchange-commands.c: the workspace is made only when there is a file to import. */
gboolean ctl_open_for_import (Ctl *ctl, gboolean with_me, GError **error);
/* Performs a plan and says what was carried. */
gboolean ctl_import (Ctl *ctl, BatonImportPlan *plan, GError **error);

/* What every export takes, and where it goes: into the file that was named, at once; else onto standard
 * output. */
extern const GOptionEntry ctl_export_options[];
extern char *ctl_export_output;
gboolean ctl_deliver (Ctl *ctl, GOutputStream *stream, GError **error);

/* main.c: from now on the command may make the workspace; when it fails or is interrupted, nothing of it
 * stays. */
void ctl_begin_making (Ctl *ctl);

/* Performs and frees the operation. */
gboolean ctl_perform (Ctl *ctl, BatonOp *op, GError **error);

/* Which card, asset and version is meant, for the options of those commands that want to know. */
#define CTL_BOARD_OPTION(name)                                                                          \
  {                                                                                                     \
    "board", 'b', 0, G_OPTION_ARG_FILENAME, &name, N_ ("Look for the card on this board"), N_ ("BOARD") \
  }
#define CTL_ASSET_OPTION(name)                                                                 \
  {                                                                                            \
    "asset", 'a', 0, G_OPTION_ARG_FILENAME, &name, N_ ("Which asset of the card"), N_ ("NAME") \
  }
#define CTL_VERSION_OPTION(name)                                                                           \
  {                                                                                                        \
    "version", 'n', 0, G_OPTION_ARG_FILENAME, &name, N_ ("Which version; by default the one that counts"), \
        N_ ("NUMBER")                                                                                      \
  }

G_END_DECLS
