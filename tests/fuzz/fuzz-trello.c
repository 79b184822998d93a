/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* A board as Trello exports it: as a new one, and once more as an update of itself. */

#include "fuzz-import.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  BatonImportOptions options = { .mode = BATON_IMPORT_AGAIN, .now = G_GINT64_CONSTANT (1767009600000000) };
  BatonReader *reader = fuzz_import_reader ();
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  for (guint i = 0; i < 2; i++)
    {
      GError *error = NULL;
      BatonImportPlan *plan = baton_exchange_plan_trello (bytes, reader, &options, NULL, &error);

      fuzz_import_perform (plan, error);
      options.mode = BATON_IMPORT_UPDATE;
    }
  return 0;
}
