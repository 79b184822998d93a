/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "setup-fixture.h"

#include "account.h"

G_BEGIN_DECLS

/* A real server in a folder of its own, and windows whose workspaces are shared through it. */
typedef struct
{
  GSubprocess *process;
  char *data;
  char *address;    /* http://127.0.0.1:PORT */
  char *invitation; /* of the owner, when it was started for the first time */
  int port;
} TestServer;

#define SHARE_PASSWORD "a password of many words"

TestServer *share_server_new (void);
void share_server_stop (TestServer *server); /* as a power cut */
void share_server_start (TestServer *server);
void share_server_free (TestServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestServer, share_server_free)

/* A link of the server's own command. Transfer full. */
char *share_invite (TestServer *server, const char *role);

/* The window's workspace goes up, and its person is the owner. */
void share_up (Setup *setup, TestServer *server);

/* Somebody else, who does what others do: a workspace without a window. */
BatonWorkspace *share_join (TestServer *server, const char *name, const char *role);
void share_leave (BatonWorkspace *workspace);
/* Until everything is sent and heard. */
void share_settle (BatonWorkspace *workspace);

BatonOp *share_set_title (const char *card, const char *title);
const char *share_title (BatonWorkspace *workspace, const char *card); /* as the store has it; borrowed */
/* The first card on the setup's board. Borrowed. */
const char *share_card (Setup *setup);

/* Two who share a workspace: the window's person, and Ben, who has none. */
typedef struct
{
  TestServer *server;
  Setup *setup;
  BatonWorkspace *ben;
  const char *card; /* the first on the board; borrowed */
} ShareTeam;

void share_team_begin (ShareTeam *team, guint n_cards);
void share_team_end (ShareTeam *team);

void share_perform (BatonWorkspace *workspace, BatonOp *op);
/* The stage of the setup's board, from 0. Borrowed. */
const char *share_stage (Setup *setup, guint index);
/* A card of the first stage goes to another. */
BatonOp *share_move (Setup *setup, const char *card, guint to);
/* How much needs the attention of the window's person. */
guint share_waiting (Setup *setup);

G_END_DECLS
