/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "test-board.h"

G_BEGIN_DECLS

/* A small board in a store, to which bad things happen. */
typedef struct
{
  BatonTestStore *test;
  BatonTestBoard *board;
} BadDay;

void bad_day_set_up (BadDay *f, gconstpointer data);
void bad_day_tear_down (BadDay *f, gconstpointer data);

char *bad_day_file (BadDay *f, const char *name); /* in the workspace; transfer full */
void bad_day_close (BadDay *f);

/* Opens and says how that went: NULL and the error in words, or the store. */
BatonStore *bad_day_open (const char *folder, BatonStoreFlags flags, GError **error);

void bad_day_assert_title (BatonReader *reader, const char *card, const char *title);
void bad_day_assert_clean (const char *database); /* verify finds nothing */
void bad_day_run_sql (const char *path, const char *sql);
guint bad_day_count_backups (const char *folder); /* files in the workspace's folder of backups */

G_END_DECLS
