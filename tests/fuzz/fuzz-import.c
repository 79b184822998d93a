/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "fuzz-import.h"

#include "codec.h"
#include "store.h"

static BatonStore *store;

static void
begin (const char *folder)
{
  g_autoptr (GError) error = NULL;

  store = baton_store_open (folder, BATON_STORE_CREATE, &error);
  g_assert_no_error (error);
}

static void
end (void)
{
  g_autofree char *database = g_strdup (baton_store_database (store));

  baton_store_close (store);
  fuzz_verify (database);
}

static const FuzzStage fuzz = { "import", 100, begin, end };

BatonReader *
fuzz_import_reader (void)
{
  fuzz_stage (&fuzz);
  return baton_store_reader (store);
}

void
fuzz_import_perform (BatonImportPlan *plan, GError *error)
{
  g_autofree char *told = NULL;
  guint failed = 0;

  g_assert_true ((plan != NULL) == (error == NULL));
  if (plan == NULL)
    {
      g_assert_true (error->domain == BATON_ERROR && error->message[0] != '\0' &&
                     g_utf8_validate (error->message, -1, NULL));
      g_error_free (error);
      return;
    }
  told = baton_import_plan_describe (plan);
  g_assert_true (g_utf8_validate (told, -1, NULL));
  baton_import_plan_gather (plan, &error);
  g_assert_no_error (error);
  if (plan->ops->len > 0)
    baton_store_perform (store, plan->ops, NULL, NULL, NULL, &failed, &error);
  if (error != NULL)
    {
      g_autoptr (GString) op = g_string_new (NULL);

      baton_op_write (g_ptr_array_index (plan->ops, failed), op);
      g_error ("operation %u of the plan is refused: %s: %s", failed, error->message, op->str);
    }
  baton_import_plan_free (plan);
}
