/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "db.h"
#include "sql-view.h"
#include "store.h"

G_BEGIN_DECLS

struct _BatonStore
{
  char *folder;
  char *path;
  char *copy; /* temporary folder that a read-only workspace was copied to */
  char *read_only_reason;
  char *device;
  BatonDb *db;
  BatonSqlView *view;
  int lock;
  gint64 last_number; /* of this device */
  gint64 last_seq;
};

gboolean baton_store_check_writable (BatonStore *store, GError **error);

/* Drops the derived tables and replays the log into new ones, in one transaction. */
gboolean baton_rebuild (BatonDb *db, BatonProgress progress, gpointer data, GError **error);

G_END_DECLS
