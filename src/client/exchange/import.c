/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "exchange.h"

#include "workspace-replay.h"

#include <glib/gi18n-lib.h>

/* A plan that must ask first is refused with the choices. */
static gboolean
check_plan (const BatonImportPlan *plan, GError **error)
{
  if (plan->existing == NULL || plan->mode != BATON_IMPORT_ASK)
    return TRUE;
  g_set_error (error, BATON_ERROR, BATON_ERROR_EXISTS,
      _ ("“%s” has been imported before. Choose whether to update the board that is here with what is new in "
         "the file,"
         " or to import the file again as a second board. Nothing was imported."),
      plan->name);
  return FALSE;
}

gboolean
baton_import_plan_gather (BatonImportPlan *plan, GError **error)
{
  GError *local = NULL;
  BatonOp *op;

  while (plan->source != NULL && (op = plan->source (plan->source_data, &local)) != NULL)
    g_ptr_array_add (plan->ops, op);
  plan->source = NULL;
  plan->n_source = 0;
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, local);
  return FALSE;
}

/* What is refused for one card keeps all of them out: nobody should have to find out what came in. */
static gboolean
say_nothing_came (gboolean ok, GError **error)
{
  if (!ok && error != NULL && *error != NULL && !g_error_matches (*error, BATON_ERROR, BATON_ERROR_CANCELLED))
    {
      char *message = g_strdup_printf (_ ("%s Nothing was imported."), (*error)->message);

      g_free ((*error)->message);
      (*error)->message = message;
    }
  return ok;
}

gboolean
baton_exchange_import (BatonWorkspace *workspace, BatonImportPlan *plan, BatonProgress progress,
    gpointer progress_data, GError **error)
{
  GPtrArray *ops;

  g_return_val_if_fail (BATON_IS_WORKSPACE (workspace) && plan != NULL && plan->ops != NULL, FALSE);
  if (!check_plan (plan, error))
    return FALSE;
  ops = g_steal_pointer (&plan->ops);
  if (plan->verbatim)
    return baton_workspace_replay (workspace, ops, progress, progress_data, error);
  if (plan->source != NULL)
    return say_nothing_came (baton_workspace_perform_stream (workspace, ops, plan->source, plan->source_data,
                                 plan->n_source, progress, progress_data, error),
        error);
  return say_nothing_came (
      baton_workspace_perform_batch (workspace, ops, progress, progress_data, error), error);
}

void
baton_exchange_import_async (BatonWorkspace *workspace, BatonImportPlan *plan, BatonProgress progress,
    gpointer progress_data, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data)
{
  GError *error = NULL;
  GPtrArray *ops;

  g_return_if_fail (BATON_IS_WORKSPACE (workspace) && plan != NULL && plan->ops != NULL);
  if (!check_plan (plan, &error))
    {
      g_task_report_error (workspace, callback, data, NULL, error);
      return;
    }
  ops = g_steal_pointer (&plan->ops);
  if (plan->verbatim)
    baton_workspace_replay_async (workspace, ops, progress, progress_data, cancellable, callback, data);
  else if (plan->source != NULL)
    baton_workspace_perform_stream_async (workspace, ops, plan->source, plan->source_data, plan->n_source,
        progress, progress_data, cancellable, callback, data);
  else
    baton_workspace_perform_batch_async (
        workspace, ops, progress, progress_data, cancellable, callback, data);
}

gboolean
baton_exchange_import_finish (BatonWorkspace *workspace, GAsyncResult *result, GError **error)
{
  return say_nothing_came (baton_workspace_perform_batch_finish (workspace, result, error), error);
}
