/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "add-file.h"
#include "shared-files.h"
#include "test-board.h"
#include "test-slow.h"

G_BEGIN_DECLS

/* A real baton-server (BATON_SERVER names the program), and devices that are joined to it. */

typedef struct
{
  char *base;
  char *data;
  char *url;
  char *invitation;
  GSubprocess *process;
  GPtrArray *devices;
} Team;

typedef struct
{
  Team *team;
  char *folder;
  BatonWorkspace *workspace;
  BatonFiles *files;
  BatonServerAccess access;
  GPtrArray *arrived; /* hashes, in order */
} Device;

/* more: further arguments of the server, ended by NULL. */
Team *team_new (const char *more, ...) G_GNUC_NULL_TERMINATED;
void team_free (Team *team);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Team, team_free)

/* The first one is the owner, whose workspace has the test board and goes up; the others join it. They are in
 * step when this returns. The team owns it. */
Device *team_join (Team *team, const char *name, const char *role, BatonTestBoard *board);
/* Looks after its files from now on; again after device_leave_files. */
void device_look_after_files (Device *device);
void device_leave_files (Device *device);
void device_disconnect (Device *device);
void device_connect (Device *device);
/* Closes its workspace, so that somebody else may open the folder. */
void device_close (Device *device);

/* Until both have seen everything that was done before. */
void device_in_step (Device *device);
void device_perform (Device *device, BatonOp *op);

/* A file of so many bytes that no other seed gives; as a version of this asset of the card. Gives its hash.
 * Transfer full. */
char *device_add (Device *device, const char *card, const char *asset, gsize size, guint seed);

gboolean device_has (Device *device, const char *hash);
BatonFileState device_state (Device *device, BatonBlobWay way, const char *hash); /* G_MAXINT: not listed */

gboolean team_late_cb (gpointer data);

/* Runs the main loop until the condition holds, or fails after so many seconds. */
#define WAIT_SECONDS(seconds, condition)                                                         \
  G_STMT_START                                                                                   \
  {                                                                                              \
    gboolean late_ = FALSE;                                                                      \
    guint source_ = g_timeout_add ((seconds) *BATON_TEST_SLOWNESS * 1000, team_late_cb, &late_); \
    guint turn_ = g_timeout_add (20, team_turn_cb, NULL);                                        \
    while (!(condition) && !late_)                                                               \
      g_main_context_iteration (NULL, TRUE);                                                     \
    g_assert_true (condition);                                                                   \
    g_source_remove (turn_);                                                                     \
    if (!late_)                                                                                  \
      g_source_remove (source_);                                                                 \
  }                                                                                              \
  G_STMT_END

#define WAIT_FOR(condition) WAIT_SECONDS (60, condition)

gboolean team_turn_cb (gpointer data);
void team_run_for (guint milliseconds);

G_END_DECLS
