/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-store"

#include "store-private.h"

#include "baton-error.h"
#include "tables.h"

#include <glib/gi18n-lib.h>

/* The server's answer to a role that may not, given here and at once: an operation that would certainly be
 * refused does not become pending. The server decides all the same, since a role may have changed there. */

void
baton_store_forget_role (BatonStore *store)
{
  store->role_known = FALSE;
  g_clear_pointer (&store->me, g_free);
}

static void
know_role (BatonStore *store)
{
  g_autofree char *server = NULL;
  g_autofree char *role = NULL;

  if (store->role_known)
    return;
  server = baton_meta_get (store->db, "server");
  role = server != NULL ? baton_meta_get (store->db, "server.role") : NULL;
  store->role = baton_role_find (role);
  store->me = baton_meta_get (store->db, "me");
  store->role_known = TRUE;
}

gboolean
baton_store_permits (BatonStore *store, const BatonOp *op, GError **error)
{
  know_role (store);
  if (store->role == BATON_ROLE_NONE)
    return TRUE;
  if (g_strcmp0 (op->person, store->me) != 0 && !baton_role_may_speak_for (store->role, op))
    {
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_FORBIDDEN,
          _ ("Your role does not allow to bring in what others did."));
      return FALSE;
    }
  return baton_role_check (store->role, store->me, op, &store->view->base, error);
}
