/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "told-thread.h"
#include "workspace-private.h"

typedef struct
{
  BatonQueryFunc func;
  gpointer data;
  GDestroyNotify free_data;
  GDestroyNotify free_result;
  GAsyncQueue *readers;
  char *database;
} Query;

static void
query_free (gpointer data)
{
  Query *query = data;

  if (query->free_data != NULL)
    query->free_data (query->data);
  g_async_queue_unref (query->readers);
  g_free (query->database);
  g_free (query);
}

static void
query_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Query *query = task_data;
  g_autoptr (GError) error = NULL;
  BatonReader *reader = g_async_queue_try_pop (query->readers);
  gpointer result = NULL;

  BATON_TOLD_TAKE (query);
  if (reader != NULL)
    BATON_TOLD_TAKE (reader);
  else
    reader = baton_reader_open (query->database, &error);
  if (reader != NULL)
    {
      if (!g_cancellable_set_error_if_cancelled (cancellable, &error))
        result = query->func (reader, query->data, cancellable, &error);
      BATON_TOLD_GIVE (reader);
      g_async_queue_push (query->readers, reader);
    }
  BATON_TOLD_GIVE (query);
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, result, query->free_result);
}

void
baton_workspace_query_async (BatonWorkspace *self, BatonQueryFunc func, gpointer func_data,
    GDestroyNotify free_data, GDestroyNotify free_result, GCancellable *cancellable,
    GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  Query *query = g_new0 (Query, 1);

  query->func = func;
  query->data = func_data;
  query->free_data = free_data;
  query->free_result = free_result;
  query->readers = g_async_queue_ref (self->readers);
  query->database = g_strdup (self->database);
  g_task_set_task_data (task, query, query_free);
  BATON_TOLD_GIVE (query);
  g_task_run_in_thread (task, query_thread);
}

gpointer
baton_workspace_query_finish (BatonWorkspace *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
