/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "hub.h"

G_BEGIN_DECLS

/* A hub on a thread of its own. Everything that is waiting when the thread is free is decided in one
 * transaction with one commit. Answers come on the main context that was the thread-default when it was made.
 */
typedef struct _BatonHubThread BatonHubThread;

typedef struct
{
  char *person;
  char *role;
  int protocol;
} BatonHubPerson; /* copied */

/* status and the answer's JSON text (borrowed). */
typedef void (*BatonHubAnswer) (guint status, GString *reply, gpointer data);

/* After a commit that made the log longer, on the main context. */
typedef void (*BatonHubGrown) (gint64 before, gint64 head, gpointer data);

BatonHubThread *baton_hub_thread_new (BatonHub *hub, BatonHubGrown grown, gpointer data); /* takes the hub */

/* Finishes what waits, answers it, and closes the hub. */
void baton_hub_thread_free (BatonHubThread *thread);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonHubThread, baton_hub_thread_free)

/* Takes the body (g_free'd). */
void baton_hub_thread_push (BatonHubThread *thread, const BatonHubPerson *person, char *body, gsize length,
    BatonHubAnswer answer, gpointer data);

/* Runs work on the hub's thread, between two transactions, then done (may be NULL) on the main context:
 * backups, operations of the server itself. */
typedef void (*BatonHubWork) (BatonHub *hub, gpointer data);
typedef void (*BatonHubDone) (gpointer data);
void baton_hub_thread_run (BatonHubThread *thread, BatonHubWork work, BatonHubDone done, gpointer data);

/* The same, and waits; not from the hub's thread. */
void baton_hub_thread_run_sync (BatonHubThread *thread, BatonHubWork work, gpointer data);

guint baton_hub_thread_waiting (BatonHubThread *thread);

G_END_DECLS
