/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "effect.h"

G_BEGIN_DECLS

/* An operation: one thing that a person did (design, section 4). */

typedef enum
{
#define VERB(SYM, name, entity, action) BATON_VERB_##SYM,
#include "verbs.def"
  BATON_N_VERBS,
  BATON_VERB_UNKNOWN = BATON_N_VERBS, /* of a newer Baton: kept, not applied */
} BatonVerb;

typedef enum
{
  BATON_ACTION_ADD,       /* rows */
  BATON_ACTION_SET,       /* ids, sets */
  BATON_ACTION_MOVE,      /* ids, from, to, before or after; sets that go with it */
  BATON_ACTION_REMOVE,    /* ids; stage.remove: to */
  BATON_ACTION_RESTORE,   /* ids */
  BATON_ACTION_ARCHIVE,   /* ids */
  BATON_ACTION_UNARCHIVE, /* ids */
  BATON_ACTION_LINK,      /* ids, links */
  BATON_ACTION_UNDO,      /* targets, changes */
} BatonAction;

typedef struct
{
  const char *name;
  BatonEntity entity;
  BatonAction action;
} BatonVerbInfo;

const BatonVerbInfo *baton_verb_info (BatonVerb verb);
BatonVerb baton_verb_find (const char *name); /* BATON_VERB_UNKNOWN when unknown */

typedef struct
{
  BatonField field;
  BatonValue value;
} BatonSet;

typedef struct
{
  BatonField field; /* of type SET */
  gboolean add;     /* else remove */
  char *id;         /* GRefString */
} BatonLink;

/* A row that the operation creates, and where: before or after a sibling, at the end when both are NULL. */
typedef struct
{
  BatonRow *row;
  char *before; /* GRefString or NULL */
  char *after;
} BatonNewRow;

typedef struct
{
  /* The envelope. */
  char *device;  /* id of the device that made it */
  gint64 number; /* contiguous on that device, from 1; with device the operation's name */
  char *person;  /* id of its author, or NULL */
  gint64 at;     /* wall-clock time when it happened, microseconds since 1970 */
  gint64 boot;   /* boot-time clock then, microseconds; 0 when it was made from a record of the past */
  gint64 base;   /* sequence that its maker saw */
  char *batch;   /* id shared by the operations of one import, or NULL */

  BatonVerb verb;
  char *unknown_verb; /* its name and whole text, when this Baton does not know it */
  char *unknown_text;

  /* The values; which of them a verb uses stands at its action. */
  GPtrArray *ids;  /* GRefString */
  GPtrArray *from; /* GRefString: the parent that each id was seen in; empty: do not compare */
  char *to;        /* GRefString: the new parent */
  char *before;    /* GRefString: sibling that the first id shall stand before */
  char *after;
  GArray *sets;         /* BatonSet */
  GArray *was;          /* BatonSet: the texts that its maker saw, for fields that merge three ways */
  GArray *links;        /* BatonLink */
  GPtrArray *rows;      /* BatonNewRow; the first is what the operation is about, the others hang from it */
  GPtrArray *targets;   /* char *, "device:number": what an undo undoes */
  BatonEffect *changes; /* what an undo writes: before is expected, after is written */
} BatonOp;

BatonOp *baton_op_new (BatonVerb verb);
BatonOp *baton_op_copy (const BatonOp *op);
void baton_op_free (BatonOp *op);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonOp, baton_op_free)

/* Builders; they copy what they are given. */
void baton_op_add_id (BatonOp *op, const char *id);
void baton_op_add_from (BatonOp *op, const char *id);
void baton_op_set_to (BatonOp *op, const char *id);
void baton_op_set_place (BatonOp *op, const char *before, const char *after);
void baton_op_set_text (BatonOp *op, BatonField field, const char *text); /* NULL unsets */
void baton_op_set_int (BatonOp *op, BatonField field, gint64 number);
void baton_op_set_none (BatonOp *op, BatonField field);
/* What stood in a field of merge THREE_WAY when its new text was begun. Without it the new text simply wins.
 */
void baton_op_set_was (BatonOp *op, BatonField field, const char *text);
void baton_op_link (BatonOp *op, BatonField field, gboolean add, const char *id);
/* Adds a row that the caller goes on filling; owned by the operation. */
BatonRow *baton_op_add_row (BatonOp *op, BatonEntity entity, const char *id);
void baton_op_place_row (BatonOp *op, const char *before, const char *after); /* the row added last */

/* "device:number". */
char *baton_op_key (const BatonOp *op);

G_END_DECLS
