/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A baton-server that a bench starts, on loopback. */
typedef struct
{
  GPid pid;
  int port;
  char *folder;
  char *secret;   /* of the owner's invitation; NULL when there is an owner */
  gboolean made;  /* the folder is ours and goes with it */
  double seconds; /* from its start until it said that it listens */
} LoadServer;

/* folder: NULL makes one. */
void load_server_start (LoadServer *server, const char *program, const char *folder);
void load_server_stop (LoadServer *server, int signal);

/* The most memory that it has had since the last reset. */
double load_server_peak_mb (LoadServer *server);
void load_server_reset_peak (LoadServer *server);

G_END_DECLS
