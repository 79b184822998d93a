/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "baton-error.h"
#include "store.h"
#include "test-folder.h"

G_BEGIN_DECLS

/* A workspace in a folder of its own, with a clock that only tests move. */
typedef struct
{
  char *folder;
  BatonStore *store;
  gint64 now; /* each operation takes the next second */
} BatonTestStore;

BatonTestStore *baton_test_store_new (void);
void baton_test_store_free (BatonTestStore *test);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BatonTestStore, baton_test_store_free)

/* Closes and opens again. */
void baton_test_store_reopen (BatonTestStore *test);

/* As another device would see the workspace: closes, gives it a new device id, opens. */
void baton_test_store_change_device (BatonTestStore *test, const char *device);

BatonReader *baton_test_reader (BatonTestStore *test);

/* Performs one operation, at the next second; takes it. */
BatonEffect *baton_test_try (BatonTestStore *test, BatonOp *op, GError **error);
void baton_test_perform (BatonTestStore *test, BatonOp *op); /* must succeed */
void baton_test_refused (BatonTestStore *test, BatonOp *op, BatonErrorCode code, const char *sentence);

/* All of them in one transaction; takes them. */
gboolean baton_test_try_all (BatonTestStore *test, GPtrArray *ops, GError **error);

/* The latest change of this device, undone or redone. FALSE when there was nothing. */
gboolean baton_test_undo (BatonTestStore *test, gboolean redo, GError **error);

/* Aborts the test unless the workspace is in order: pages, log, derived tables, and what must always hold on
 * a board. */
void baton_test_store_check (BatonTestStore *test);

G_END_DECLS
