/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A client of baton-server as lean as it gets, so that a bench measures the server: HTTP over one blocking
 * socket. */
typedef struct
{
  int port;
  int fd;
  char *token;
  char *person;
  char *epoch;
  char device[37];
  gint64 number;
  GString *answer; /* body of the last one */
  GString *head;   /* its header */
} LoadClient;

LoadClient *load_client_new (int port);
void load_client_free (LoadClient *client);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LoadClient, load_client_free)

void load_make_id (char id[37]);

/* Sends a request and reads the answer; gives the status. extra: header lines, each with its CR LF. */
guint load_request (LoadClient *client, const char *method, const char *path, const char *extra,
    const void *body, gsize length);

/* The text or number of a member of the last answer, wherever it stands first. Transfer full; NULL when it is
 * not there. */
char *load_answer (LoadClient *client, const char *member);

/* Joins with the secret of an invitation. */
void load_join (LoadClient *client, const char *secret, const char *name);

/* Pushes one operation, of which values is the part behind its envelope. TRUE when it was accepted. */
gboolean load_push (LoadClient *client, const char *verb, const char *values);

/* A socket of the live channel: connected, upgraded, not read from yet. */
int load_live (LoadClient *client);

G_END_DECLS
