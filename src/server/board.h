/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roles.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The workspace behind the server: one thread that writes it (logic/hub-thread.h: all waiting pushes in one
 * commit) and one that reads it, so that who pulls a large part never holds up who pushes. Everything here is
 * called on the main thread and answers there. */
typedef struct _BatonBoardThread BatonBoardThread;

/* A status of HTTP and a JSON text, which is the caller's. */
typedef void (*BatonBoardFunc) (guint status, GString *text, gpointer data);

/* After a commit: a message for the live channel (borrowed), with the new entries or only the new head. */
typedef void (*BatonBoardTail) (GString *message, gpointer data);

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

/* Opens or makes the workspace in folder. */
BatonBoardThread *baton_board_thread_new (
    const char *folder, BatonBoardTail tail, gpointer data, GError **error);
void baton_board_thread_free (BatonBoardThread *board); /* finishes what waits */
BatonBoardState *baton_board_thread_state (
    BatonBoardThread *board); /* as of the last answer; transfer full */
gint64 baton_board_thread_head (BatonBoardThread *board);
guint baton_board_thread_waiting (BatonBoardThread *board);

/* Tails are told at most once in so many milliseconds; 0: at once. */
void baton_board_thread_gather (BatonBoardThread *board, guint ms);

/* body: taken. */
void baton_board_push (BatonBoardThread *board, const char *person, BatonRole role, int protocol,
    GByteArray *body, BatonBoardFunc func, gpointer data);

/* known: somebody with a token asks. */
void baton_board_hello (
    BatonBoardThread *board, gboolean known, GByteArray *body, BatonBoardFunc func, gpointer data);
void baton_board_pull (BatonBoardThread *board, const char *epoch, const char *device, gint64 after,
    guint most, BatonBoardFunc func, gpointer data);
void baton_board_history (BatonBoardThread *board, const char *epoch, gint64 before, guint most,
    BatonBoardFunc func, gpointer data);
void baton_board_snapshot (
    BatonBoardThread *board, const char *first_board, const char *device, BatonBoardFunc func, gpointer data);
void baton_board_snapshot_part (
    BatonBoardThread *board, const char *id, guint part, BatonBoardFunc func, gpointer data);

/* The row of a person who joined, by the server's own device, unless it is there. Status 200, or 500 with a
 * sentence. */
void baton_board_add_person (
    BatonBoardThread *board, const char *person, const char *name, BatonBoardFunc func, gpointer data);

/* A verified backup has everything up to seq. done (may be NULL) is called when clients are told so. */
void baton_board_note_backup (
    BatonBoardThread *board, gint64 seq, gint64 at, GDestroyNotify done, gpointer data);

G_END_DECLS
