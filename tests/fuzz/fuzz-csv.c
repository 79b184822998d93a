/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

/* Tables of cards. The last byte chooses how the form is guessed, so that the files of the corpus stay
 * tables. */

#include "fuzz-import.h"

#include "csv-names.h"

#include <string.h>

static const BatonCsvFormat formats[] = {
  BATON_CSV_FORMAT_GUESS,
  { NULL, ';', '"', 1, BATON_DATES_DMY },
  { NULL, '\t', '\'', 0, BATON_DATES_MDY },
  { "UTF-16LE", '\0', '\0', -1, BATON_DATES_ISO },
  { "WINDOWS-1252", '|', '"', -1, BATON_DATES_GUESS },
};

static void
check_form (BatonCsvFile *csv)
{
  g_assert_true (g_utf8_validate (csv->text, (gssize) csv->length, NULL));
  g_assert_cmpuint (csv->columns->len, >, 0);
  for (guint i = 0; i < csv->preview->len; i++)
    g_assert_cmpuint (g_strv_length (g_ptr_array_index (csv->preview, i)), ==, csv->columns->len);
}

/* A person chooses other roles than were proposed. */
static void
change_roles (BatonCsvFile *csv, guint seed)
{
  for (guint i = 0; i < csv->columns->len; i++)
    {
      BatonCsvColumn *column = g_ptr_array_index (csv->columns, i);

      if ((seed + i) % 3 == 0)
        column->role = (BatonCsvRole) ((seed / 3 + i) % BATON_CSV_N_ROLES);
    }
  baton_csv_map_changed (csv);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  BatonImportOptions options = { .mode = BATON_IMPORT_AGAIN, .now = G_GINT64_CONSTANT (1767009600000000) };
  BatonCsvTarget target = { NULL, "Table" };
  BatonReader *reader = fuzz_import_reader ();
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  guint choice = size > 0 ? data[size - 1] : 0;
  const BatonCsvFormat *format = choice == '\n' ? NULL : &formats[choice % G_N_ELEMENTS (formats)];
  GError *error = NULL;
  g_autoptr (BatonCsvFile) csv = baton_csv_open (bytes, format, &error);
  BatonImportPlan *plan = NULL;

  if (csv != NULL)
    {
      check_form (csv);
      if (choice >= 'a')
        change_roles (csv, choice);
      plan = baton_exchange_plan_csv (csv, &target, reader, &options, NULL, &error);
    }
  fuzz_import_perform (plan, error);
  return 0;
}
