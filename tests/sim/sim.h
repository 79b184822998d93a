/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "engine.h"
#include "hub.h"
#include "sync.h"
#include "test-random.h"

G_BEGIN_DECLS

/* Many clients, one server, one scheduler, virtual time. Everything is the real thing but the clock, the
 * network and the disk's luck. One world at a time. */

#define SECOND ((gint64) G_USEC_PER_SEC)
#define MOST_CLIENTS 8

typedef void (*SimFunc) (gpointer data);

typedef struct _Sim Sim;
typedef struct _SimClient SimClient;
typedef struct _SimServer SimServer;

struct _Sim
{
  guint seed;
  BatonTestRandom random;
  gint64 now; /* virtual, µs */
  guint64 order;
  GPtrArray *events; /* heap */
  GPtrArray *kept;   /* what events may name until the end; freed with the simulation */
  char *folder;
  SimServer *server;
  SimClient *clients[MOST_CLIENTS];
  guint n_clients;
  gboolean calm;    /* no more faults: everything heals */
  GHashTable *made; /* "at" of every operation that a person saw done → TRUE */
  gint64 last_mark;
  char *failure; /* the first thing that was wrong */
  guint copies;  /* profiles that were copied */
  gboolean chatty;
  gint64 server_off; /* what the server's clock is off by */
  gboolean strange;  /* messages have members that nobody knows */
  guint64 steps;
};

struct _SimServer
{
  Sim *sim;
  char *folder;
  BatonHub *hub; /* NULL: down */
  BatonReader *reader;
  BatonHubSnapshots *snapshots;
  guint life; /* counts restarts: what came to an earlier life is lost */
  GPtrArray *waiting;
  gboolean committing;
  gint64 head_told;
  guint restores;
};

struct _SimClient
{
  Sim *sim;
  guint index;
  char *folder;
  char *person;
  BatonStore *store; /* NULL: crashed */
  BatonEngine *engine;
  guint life;
  gint64 wall_off; /* what its clock is off by */
  gint64 booted;   /* virtual time of its machine's start */
  guint boots;
  gint64 cut_until; /* no network */
  guint alarm;
  gboolean listening;
  BatonLiveFunc live;
  gpointer live_data;
  gint64 heard;  /* head that the live channel told last */
  gboolean old;  /* speaks the protocol before this one */
  guint follows; /* with something that arrived */
  guint told_copied;
  GHashTable *mirror; /* what models would show: "entity id" → BatonRow */
};

/* world.c */
void sim_at (Sim *sim, gint64 when, SimFunc func, gpointer data); /* data is func's */
gboolean sim_run_until (Sim *sim, gint64 until);
guint sim_below (Sim *sim, guint bound);
gboolean sim_chance (Sim *sim, guint per_mille);
void G_GNUC_PRINTF (2, 3) sim_fail (Sim *sim, const char *format, ...);
void G_GNUC_PRINTF (2, 3) sim_say (Sim *sim, const char *format, ...);
void sim_crash_in (guint writes); /* the database's writes until it dies; 0: it does not */
gboolean sim_crashed (void);      /* and forgets it */
void sim_copy_folder (const char *from, const char *to);

/* server.c */
SimServer *sim_server_new (Sim *sim);
void sim_server_free (SimServer *server);
void sim_server_stop (SimServer *server);
void sim_server_crash (SimServer *server);
void sim_server_start (SimServer *server);
void sim_server_backup (SimServer *server);
void sim_server_restore (SimServer *server);
gint64 sim_server_wall (Sim *sim);
/* A call arrives; answer is called at once or later, unless the server dies. */
typedef void (*SimAnswer) (guint status, const char *text, gpointer data);
void sim_server_call (
    SimServer *server, SimClient *from, const BatonCall *call, SimAnswer answer, gpointer data);

/* client.c */
SimClient *sim_client_new (Sim *sim, guint index, const SimClient *copy_of);
void sim_client_free (SimClient *client);
void sim_client_stop (SimClient *client);
void sim_client_start (SimClient *client);
void sim_client_crash (SimClient *client);
void sim_client_note_performed (SimClient *client, const BatonEffect *effect);
/* Called after store work of any kind: whether the disk died meanwhile. */
gboolean sim_client_survives (SimClient *client);
gint64 sim_client_wall (SimClient *client);
gint64 sim_client_boot (SimClient *client);
void sim_client_tell (SimClient *client, gint64 head);

/* transport.c */
BatonTransport *sim_transport_new (SimClient *client);

/* user.c */
void sim_user_act (SimClient *client);
void sim_user_begin (SimClient *client); /* makes the board */

/* check.c */
void sim_check (Sim *sim, gboolean thorough);
void sim_check_verify (Sim *sim, SimClient *client);
void sim_mirror_load (SimClient *client);
void sim_mirror_apply (SimClient *client, const BatonEffect *effect);

/* story.c: a whole life. Returns NULL, or what was wrong; transfer full. */
typedef struct
{
  gboolean thorough;
  gboolean chatty;
} SimOptions;
char *sim_story (guint seed, const SimOptions *options);

/* A world without anybody in it, and its end; sim_close gives what was wrong. */
void sim_open (Sim *sim, guint seed, gboolean chatty);
char *sim_close (Sim *sim);

/* tales.c: things that are known to happen, each with so many seeds. The exit status. */
int sim_tales (guint seeds, gboolean chatty);

/* What goes wrong in the first tale that does, or NULL. */
char *sim_failed_tale (guint seeds);
/* herd.c */
void sim_herd (Sim *sim);

G_END_DECLS
