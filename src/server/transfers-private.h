/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "transfers.h"

#include <sodium.h>

G_BEGIN_DECLS

#define BATON_KEEP_PARTS (7 * G_TIME_SPAN_DAY) /* what has arrived of a file that nobody goes on with */
#define BATON_PIECE (256 << 10)                /* bytes that are read, hashed and written at once */

struct _BatonTransfers
{
  BatonServer *server;
  BatonBlobs *blobs;
  GThread *thread;       /* of the sockets */
  GMainContext *context; /* its */
  GMainLoop *loop;
  GThreadPool *workers; /* of the files */
  GHashTable *uploads;  /* hash → BatonUpload */
  guint sweep;
  guint64 bytes;    /* of all files */
  guint64 reserved; /* of those that are arriving */
  int under_way;    /* atomic: transfers that hold on to us */
  int stopping;     /* atomic */
};

/* Work for one of the workers. */
typedef void (*BatonWork) (gpointer data);
void baton_transfers_work (BatonTransfers *transfers, BatonWork work, gpointer data);

/* func (data) in the thread of the sockets, or in the main one. */
void baton_transfers_in_thread (BatonTransfers *transfers, GSourceFunc func, gpointer data);
void baton_transfers_in_main (GSourceFunc func, gpointer data);

/* What was begun before the server started. */
gboolean baton_transfers_remember (BatonTransfers *transfers, GError **error);

void baton_transfers_close_idle (BatonTransfers *transfers, gint64 unused_since);

G_END_DECLS
