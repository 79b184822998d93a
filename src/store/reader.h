/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "op.h"

G_BEGIN_DECLS

/* Reading a workspace. A reader is one connection for one thread at a time; it never writes. */
typedef struct _BatonDb BatonReader;

BatonReader *baton_reader_open (const char *database, GError **error);
void baton_reader_close (BatonReader *reader);

/* Rows whose field is id (BATON_FIELD_NONE: all rows of the entity), in rank order where there is one, else
 * by creation; removed ones too. face_only leaves out long texts. Transfer full, of BatonRow. */
GPtrArray *baton_reader_rows (BatonReader *reader, BatonEntity entity, BatonField field, const char *id,
    gboolean face_only, GError **error);
BatonRow *baton_reader_row (
    BatonReader *reader, BatonEntity entity, const char *id); /* NULL when there is none */

gint64 baton_reader_last_seq (BatonReader *reader);
char *baton_reader_meta (BatonReader *reader, const char *key);

/* Live cards of a board: neither in the bin nor in the archive, no templates. */
gint64 baton_reader_count_cards (BatonReader *reader, const char *board);

/* The row whose `source` field is this text, or NULL. */
BatonRow *baton_reader_by_source (BatonReader *reader, BatonEntity entity, const char *source);

/* The latest time that an operation of a batch says it happened on this board: how far an import has come.
 * G_MININT64 when there was none. */
gint64 baton_reader_last_import (BatonReader *reader, const char *board);

/* Between these two, everything that is read is of one moment, whatever is written meanwhile. */
gboolean baton_reader_hold (BatonReader *reader, GError **error);
void baton_reader_release (BatonReader *reader);

/* Ids of the cards that match what was typed; best first, unless there are hundreds. board NULL: all boards.
 */
GPtrArray *baton_reader_search (BatonReader *reader, const char *typed, const char *board, GError **error);
/* The same ids, of all boards, as a set that can be asked: what a filter needs at each key stroke. */
GHashTable *baton_reader_search_set (BatonReader *reader, const char *typed, GError **error);

/* One operation of the history. */
typedef struct
{
  gint64 seq;
  BatonOp *op;
  BatonEffect *effect;
  gboolean undone;
  gboolean pending; /* no server has given it its place yet; seq only says its order here */
  gint64 wall;      /* the maker's own time; op->at is when it happened, as well as that is known */
  gint64 received;  /* by the server; 0: not shared */
  int quality;      /* BatonQuality (sync.h): how well op->at is known */
} BatonEntry;

void baton_entry_free (BatonEntry *entry);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonEntry, baton_entry_free)

typedef struct
{
  const char *card;   /* only what touches this card */
  const char *board;  /* only what happened on this board */
  const char *verb;   /* only this verb */
  const char *person; /* only by this person */
  gint64 after;       /* only sequences above */
  gint64 before;      /* only sequences below; 0: no bound */
  gint64 limit;       /* 0: no bound */
  gboolean newest_first;
  gboolean with_past; /* cards that brought a past along, too, where verb or person may be in it */
} BatonHistoryQuery;

GPtrArray *baton_reader_history (BatonReader *reader, const BatonHistoryQuery *query, GError **error);

/* Calls back for every operation of the log in order, until it returns FALSE. */
typedef gboolean (*BatonLogFunc) (gint64 seq, const BatonOp *op, gpointer data);
gboolean baton_reader_each_op (
    BatonReader *reader, gint64 after, BatonLogFunc func, gpointer data, GError **error);

/* What taking back a target of an undo changes now: an operation ("device:number") or a whole import
 * ("batch:id"). NULL with an error when it is not in the log, or is taken back already. Transfer full. */
BatonEffect *baton_reader_invert (BatonReader *reader, const char *target, gint64 at, GError **error);

/* The operation that would undo (or redo) this device's latest change, with its values filled and its
 * envelope empty. NULL without an error when there is nothing to undo. at: the time now. *what: the operation
 * that it undoes, to be told to the person; transfer full. */
BatonOp *baton_reader_prepare_undo (
    BatonReader *reader, const char *device, gboolean redo, gint64 at, BatonEntry **what, GError **error);

/* What was typed and not sent. */
char *baton_reader_draft (BatonReader *reader, const char *key);

G_END_DECLS
