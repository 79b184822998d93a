/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "workspace-private.h"

/* Opening ahead: while a program's toolkit starts, the database is opened and the cards of the board that
 * will be shown are read on a thread of their own. */
struct _BatonAhead
{
  BatonWorkspace *workspace;
  char *board; /* hint */
  GThread *thread;
  BatonStore *store;
  GError *error;
};

static BatonAhead *pending;

static void
read_cards (BatonWorkspace *self, const char *hint)
{
  BatonItem *board = baton_workspace_lookup (self, BATON_ENTITY_BOARD, hint);

  if (board == NULL || baton_item_is_removed (board))
    board = baton_column_peek (baton_workspace_list (self, BATON_ENTITY_BOARD, NULL), 0);
  if (board == NULL)
    return;
  self->ahead_board = g_strdup (baton_item_id (board));
  self->ahead =
      baton_reader_rows (self->reader, BATON_ENTITY_CARD, BATON_CARD_BOARD, self->ahead_board, TRUE, NULL);
}

static gpointer
ahead_thread (gpointer data)
{
  BatonAhead *ahead = data;

  ahead->store = baton_workspace_open_store (ahead->workspace, BATON_STORE_OPEN, &ahead->error);
  if (ahead->store != NULL)
    read_cards (ahead->workspace, ahead->board);
  return NULL;
}

void
baton_workspace_open_ahead (const char *folder, const char *board)
{
  if (pending != NULL || !baton_store_exists (folder))
    return;
  pending = g_new0 (BatonAhead, 1);
  pending->workspace = baton_workspace_new_for (folder);
  pending->board = g_strdup (board);
  pending->thread = g_thread_new ("baton-ahead", ahead_thread, pending);
}

BatonAhead *
baton_ahead_take (const char *folder, BatonStoreFlags flags)
{
  g_autofree char *wanted = g_canonicalize_filename (folder, NULL);

  if (pending == NULL || (flags & BATON_STORE_READ_ONLY) != 0 ||
      !g_str_equal (pending->workspace->folder, wanted))
    return NULL;
  return g_steal_pointer (&pending);
}

BatonWorkspace *
baton_ahead_workspace (BatonAhead *ahead)
{
  return ahead->workspace;
}

BatonStore *
baton_ahead_wait (BatonAhead *ahead, GError **error)
{
  BatonStore *store;

  g_thread_join (ahead->thread);
  store = ahead->store;
  if (ahead->error != NULL)
    g_propagate_error (error, ahead->error);
  g_object_unref (ahead->workspace);
  g_free (ahead->board);
  g_free (ahead);
  return store;
}

void
baton_workspace_drop_ahead (void)
{
  g_autoptr (BatonWorkspace) workspace = NULL;
  BatonStore *store;

  if (pending == NULL)
    return;
  workspace = g_object_ref (pending->workspace);
  store = baton_ahead_wait (g_steal_pointer (&pending), NULL);
  /* The store goes last, as in baton_workspace_close. */
  g_clear_pointer (&workspace->reader, baton_reader_close);
  g_clear_pointer (&store, baton_store_close);
}

GPtrArray *
baton_workspace_take_ahead (BatonWorkspace *self, const char *board)
{
  if (self->ahead == NULL || !g_str_equal (self->ahead_board, board))
    return NULL;
  return g_steal_pointer (&self->ahead);
}

void
baton_workspace_forget_ahead (BatonWorkspace *self)
{
  g_clear_pointer (&self->ahead, g_ptr_array_unref);
  g_clear_pointer (&self->ahead_board, g_free);
}
