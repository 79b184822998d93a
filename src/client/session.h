/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "workspace.h"

G_BEGIN_DECLS

/* A workspace for a program that runs one command: opened by itself when it is free; when another program has
 * it open, read beside that one and changed through it over the session bus. Blocking; one thread. */
typedef struct _BatonSession BatonSession;

typedef enum
{
  BATON_SESSION_READ = 0,
  BATON_SESSION_WRITE = 1 << 0,  /* fail now if nothing could be changed */
  BATON_SESSION_CREATE = 1 << 1, /* make the workspace when it is missing */
} BatonSessionFlags;

/* The folder that is used when nobody names one: $BATON_WORKSPACE, else in the user's data folder. Transfer
 * full. */
char *baton_session_default_folder (void);

/* Errors: those of baton_workspace_open; LOCKED only for WRITE, when the other program does not answer;
 * READ_ONLY only for WRITE. */
BatonSession *baton_session_open (const char *folder, BatonSessionFlags flags, GError **error);
void baton_session_close (BatonSession *session);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonSession, baton_session_close)

/* Whether another program has the workspace open. */
gboolean baton_session_is_remote (BatonSession *session);

/* For reading; sees what was performed. When remote, its models do not follow: read through its reader. */
BatonWorkspace *baton_session_workspace (BatonSession *session);
BatonReader *baton_session_reader (BatonSession *session);

/* Sees to it that there is a person that this device speaks for, with the user's real name. */
gboolean baton_session_ensure_me (BatonSession *session, GError **error);

/* They take what they are given. */
gboolean baton_session_perform (BatonSession *session, BatonOp *op, GError **error);
gboolean baton_session_perform_batch (
    BatonSession *session, GPtrArray *ops, BatonProgress progress, gpointer data, GError **error);
gboolean baton_session_undo (BatonSession *session, gboolean redo, char **sentence, GError **error);

G_END_DECLS
