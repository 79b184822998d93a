/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roles.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The thread that holds the workspace: pushes, pulls and snapshots one after the other, all waiting pushes in
 * one commit. Requests go in and answers come out on the main thread. */
typedef struct _BatonBoardThread BatonBoardThread;

/* What is answered: a status of HTTP and a JSON text. */
typedef struct
{
  guint status;
  GString *text;
  guint retry;    /* seconds; 0: not said */
  guint accepted; /* operations */
  guint refused;
} BatonBoardAnswer;

void baton_board_answer_free (BatonBoardAnswer *answer);
typedef void (*BatonBoardFunc) (
    BatonBoardAnswer *answer, gpointer data); /* main thread; the answer is the caller's */

/* Main thread, after each commit: entries are those of the log from after + 1 to head, as a JSON array
 * without its brackets, NULL when they are too many. */
typedef void (*BatonBoardTail) (
    const char *epoch, gint64 after, gint64 head, const char *entries, gpointer data);

/* Who asks. */
typedef struct
{
  const char *person;
  const char *device;
  BatonRole role;
} BatonBoardCaller;

/* Where the log stands; of the last commit. */
typedef struct
{
  char *workspace; /* id */
  char *name;
  char *epoch;
  gint64 head;
  gint64 backup; /* every entry up to this is in a verified backup */
  gint64 backup_at;
  char *trouble; /* why nothing can be written at present, or NULL */
} BatonBoardState;

void baton_board_state_free (BatonBoardState *state);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonBoardState, baton_board_state_free)

BatonBoardThread *baton_board_thread_new (
    const char *folder, BatonBoardTail tail, gpointer data, GError **error);
void baton_board_thread_free (BatonBoardThread *board);              /* finishes what waits */
BatonBoardState *baton_board_thread_state (BatonBoardThread *board); /* transfer full */
guint baton_board_thread_waiting (BatonBoardThread *board);

void baton_board_push (BatonBoardThread *board, const BatonBoardCaller *caller, GBytes *body,
    BatonBoardFunc func, gpointer data);
void baton_board_hello (BatonBoardThread *board, const BatonBoardCaller *caller, GBytes *body,
    BatonBoardFunc func, gpointer data);
void baton_board_pull (BatonBoardThread *board, const BatonBoardCaller *caller, const char *epoch,
    const char *device, gint64 after, gint64 most, BatonBoardFunc func, gpointer data);
void baton_board_history (BatonBoardThread *board, const BatonBoardCaller *caller, const char *epoch,
    gint64 before, gint64 most, BatonBoardFunc func, gpointer data);
void baton_board_snapshot (BatonBoardThread *board, const BatonBoardCaller *caller, const char *first_board,
    BatonBoardFunc func, gpointer data);
void baton_board_snapshot_part (
    BatonBoardThread *board, const char *id, guint part, BatonBoardFunc func, gpointer data);

/* The row of a person who joined, by the server's own device, unless it is there. */
void baton_board_add_person (
    BatonBoardThread *board, const char *person, const char *name, BatonBoardFunc func, gpointer data);

/* A verified backup has everything up to seq. */
void baton_board_note_backup (BatonBoardThread *board, gint64 seq, gint64 at);

G_END_DECLS
