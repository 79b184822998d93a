/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "roles.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The workspace behind the server: one thread that writes it (logic/hub-thread.h: all waiting pushes in one
 * commit) and one that reads it, so that who pulls a large part never holds up who pushes. Everything here is
 * called on the main thread and answers there. */
typedef struct _BatonServed BatonServed;

/* A status of HTTP and a JSON text, which is the caller's. */
typedef void (*BatonServedFunc) (guint status, GString *text, gpointer data);

/* After a commit: a message for the live channel (borrowed), with the new entries or only the new head. */
typedef void (*BatonServedTail) (GString *message, gpointer data);

typedef struct
{
  char *workspace; /* id */
  char *name;
  char *epoch;
  gint64 head;
  gint64 backup; /* every entry up to this is in a verified backup */
  gint64 backup_at;
  char *trouble; /* why nothing can be written at present, or NULL */
} BatonServedState;

void baton_served_state_free (BatonServedState *state);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonServedState, baton_served_state_free)

/* Opens or makes the workspace in folder. */
BatonServed *baton_served_new (const char *folder, BatonServedTail tail, gpointer data, GError **error);
void baton_served_free (BatonServed *served);               /* finishes what waits */
BatonServedState *baton_served_state (BatonServed *served); /* as of the last answer; transfer full */
gint64 baton_served_head (BatonServed *served);
guint baton_served_waiting (BatonServed *served);

/* Tails are told at most once in so many milliseconds; 0: at once. */
void baton_served_gather (BatonServed *served, guint ms);

/* body: taken. */
void baton_served_push (BatonServed *served, const char *person, BatonRole role, int protocol,
    GByteArray *body, BatonServedFunc func, gpointer data);

/* known: somebody with a token asks. */
void baton_served_hello (
    BatonServed *served, gboolean known, GByteArray *body, BatonServedFunc func, gpointer data);
void baton_served_pull (BatonServed *served, const char *epoch, const char *device, gint64 after, guint most,
    BatonServedFunc func, gpointer data);
void baton_served_history (
    BatonServed *served, const char *epoch, gint64 before, guint most, BatonServedFunc func, gpointer data);
void baton_served_snapshot (
    BatonServed *served, const char *first_board, const char *device, BatonServedFunc func, gpointer data);
void baton_served_snapshot_part (
    BatonServed *served, const char *id, guint part, BatonServedFunc func, gpointer data);

/* The row of a person who joined, by the server's own device, unless it is there. Status 200, or 500 with a
 * sentence. */
void baton_served_add_person (
    BatonServed *served, const char *person, const char *name, BatonServedFunc func, gpointer data);

/* A verified backup has everything up to seq. done (may be NULL) is called when clients are told so. */
void baton_served_note_backup (
    BatonServed *served, gint64 seq, gint64 at, GDestroyNotify done, gpointer data);

G_END_DECLS
