/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "exchange-common.h"

#include "timestamp.h"

#include <string.h>

static BatonCsvFile *
open_text (const char *text, gssize length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, length < 0 ? strlen (text) : (gsize) length);
  GError *error = NULL;
  BatonCsvFile *csv = baton_csv_open (bytes, NULL, &error);

  g_assert_no_error (error);
  return csv;
}

static const char *
cell (BatonCsvFile *csv, guint row, guint column)
{
  return ((char **) g_ptr_array_index (csv->preview, row))[column];
}

static void
assert_role (BatonCsvFile *csv, guint column, BatonCsvRole role)
{
  g_assert_cmpint (((BatonCsvColumn *) g_ptr_array_index (csv->columns, column))->role, ==, role);
}

static void
test_delimiters (void)
{
  static const char delimiters[] = ",;\t|";

  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *text = g_strdelimit (
          g_strdup ("Title,Stage\r\n\"a,b\",x\r\n\"line\nbreak \"\"q\"\"\",y\r\n"), ",", delimiters[i]);
      g_autoptr (BatonCsvFile) csv = open_text (text, -1);

      g_assert_cmpint (csv->format.delimiter, ==, delimiters[i]);
      g_assert_cmpint (csv->format.quote, ==, '"');
      g_assert_true (csv->format.header);
      g_assert_cmpuint (csv->preview->len, ==, 2);
      g_assert_cmpstr (cell (csv, 1, 0), ==, "line\nbreak \"q\"");
      g_assert_cmpstr (cell (csv, 1, 1), ==, "y");
    }
}

static void
test_encodings (void)
{
  static const char *const encodings[] = { "UTF-8", "UTF-16LE", "UTF-16BE", "WINDOWS-1252" };
  static const char *const marks[] = { "\xef\xbb\xbf", "\xff\xfe", "\xfe\xff", "" };

  for (guint i = 0; i < 4; i++)
    {
      gsize written;
      g_autofree char *body =
          g_convert ("Titel;Fällig\nGrüße – “x”;1.3.2026\n", -1, encodings[i], "UTF-8", NULL, &written, NULL);
      g_autoptr (GString) text = g_string_new (marks[i]);
      g_autoptr (BatonCsvFile) csv = NULL;

      g_string_append_len (text, body, (gssize) written);
      csv = open_text (text->str, (gssize) text->len);
      g_assert_cmpstr (csv->encoding, ==, encodings[i]);
      g_assert_cmpstr (cell (csv, 0, 0), ==, "Grüße – “x”");
      assert_role (csv, 0, BATON_CSV_TITLE);
      assert_role (csv, 1, BATON_CSV_DUE);
      g_assert_cmpint (csv->format.dates, ==, BATON_DATES_DMY);
    }
}

static void
test_dates (void)
{
  static const struct
  {
    const char *text;
    BatonDateOrder order;
    const char *wanted;
  } cases[] = {
    { "2026-03-01", BATON_DATES_MDY, "2026-03-01T00:00:00Z" },
    { "2026-03-01 14:30", BATON_DATES_DMY, "2026-03-01T14:30:00Z" },
    { "2026-03-01T14:30:00+02:00", BATON_DATES_ISO, "2026-03-01T12:30:00Z" },
    { "1.3.2026", BATON_DATES_DMY, "2026-03-01T00:00:00Z" },
    { "01/03/26", BATON_DATES_DMY, "2026-03-01T00:00:00Z" },
    { "01/03/26", BATON_DATES_MDY, "2026-01-03T00:00:00Z" },
    { "3/1/2026 2:30 PM", BATON_DATES_MDY, "2026-03-01T14:30:00Z" },
    { "31.2.2026", BATON_DATES_DMY, NULL },
    { "13/13/2026", BATON_DATES_MDY, NULL },
    { "soon", BATON_DATES_DMY, NULL },
    { "1.3.2026", BATON_DATES_ISO, NULL },
    { "", BATON_DATES_DMY, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 at = 0;
      gboolean ok = baton_csv_parse_date (cases[i].text, cases[i].order, &at);
      g_autofree char *got = ok ? baton_timestamp_format (at) : NULL;

      g_assert_cmpstr (got, ==, cases[i].wanted);
    }
}

static void
test_date_order (void)
{
  g_autoptr (BatonCsvFile) us = open_text ("title,due\na,03/04/2026\nb,03/25/2026\n", -1);
  g_autoptr (BatonCsvFile) eu = open_text ("title,due\na,03/04/2026\nb,25/03/2026\n", -1);
  g_autoptr (BatonCsvFile) unclear = open_text ("title,due\na,03/04/2026\n", -1);

  g_assert_cmpint (us->format.dates, ==, BATON_DATES_MDY);
  g_assert_true (us->dates_sure);
  g_assert_cmpint (eu->format.dates, ==, BATON_DATES_DMY);
  g_assert_true (eu->dates_sure);
  g_assert_false (unclear->dates_sure);
}

static void
test_no_header (void)
{
  g_autoptr (BatonCsvFile) csv = open_text ("a,1,2026-01-01\nb,2,2026-01-02\n", -1);

  g_assert_false (csv->format.header);
  g_assert_cmpuint (csv->preview->len, ==, 2);
  g_assert_cmpstr (((BatonCsvColumn *) g_ptr_array_index (csv->columns, 1))->name, ==, "Column 2");
  assert_role (csv, 0, BATON_CSV_TITLE);
}

static void
test_map (void)
{
  g_autoptr (BatonCsvFile) csv = open_text ("Was,Wo,Preis\na,b,c\n", -1);
  g_autoptr (GError) error = NULL;

  g_assert_true (baton_csv_set_map (csv, "title=was, stage=2, custom:Budget=Preis", &error));
  g_assert_no_error (error);
  assert_role (csv, 0, BATON_CSV_TITLE);
  assert_role (csv, 1, BATON_CSV_STAGE);
  assert_role (csv, 2, BATON_CSV_CUSTOM);
  g_assert_cmpstr (((BatonCsvColumn *) g_ptr_array_index (csv->columns, 2))->field, ==, "Budget");
  g_assert_false (baton_csv_set_map (csv, "title=nowhere", &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (baton_csv_set_map (csv, "colour=Was", &error));
  g_assert_error (error, BATON_ERROR, BATON_ERROR_INVALID);
}

static void
test_bad (void)
{
  static const struct
  {
    const char *text;
    gsize length;
  } cases[] = { { "", 0 }, { "  \n\n", 4 }, { "a\0b", 3 }, { "a,b\n\"open,c\nd,e\n", 16 },
    { "\xff\xfe", 2 } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (cases[i].text, cases[i].length);
      g_autoptr (GError) error = NULL;

      g_assert_null (baton_csv_open (bytes, NULL, &error));
      g_assert_error (error, BATON_ERROR, BATON_ERROR_INVALID);
      g_test_message ("%s", error->message);
      if (i == 3)
        g_assert_nonnull (strstr (error->message, "line 2"));
    }
}

static BatonImportPlan *
import_csv (BatonWorkspace *workspace, const char *text, const BatonCsvTarget *target)
{
  g_autoptr (BatonCsvFile) csv = open_text (text, -1);
  BatonImportOptions options = { BATON_IMPORT_ASK, baton_workspace_me (workspace) };
  GError *error = NULL;
  BatonImportPlan *plan =
      baton_exchange_plan_csv (csv, target, baton_workspace_reader (workspace), &options, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (baton_exchange_import (workspace, plan, NULL, NULL, &error));
  g_assert_no_error (error);
  return plan;
}

static const char table[] = "Title,Status,Owner,Members,Channel,Campaign,Type,Labels,Due,Priority,Created,"
                            "Archived,Budget,Description\n"
                            "Hero image,To do,Ann,\"Ann, Bob\",Instagram,Spring,Image,\"red; "
                            "blue\",2026-03-01,high,2026-01-01,,1000,\"Two\nlines\"\n"
                            "Story,In progress,bob,,instagram,SPRING,image,Red,soon,whatever,,yes,,\n"
                            ",Done,,,,,,,,,,,,\n"
                            "\n"
                            "Flyer,Done,,,,,,,,,,,,\n";

static void
test_new_board (void)
{
  BatonCsvTarget target = { NULL, "From a table" };
  g_autoptr (BatonImportPlan) plan = NULL;
  g_autoptr (GPtrArray) stages = NULL;
  g_autoptr (GPtrArray) cards = NULL;
  g_autoptr (GPtrArray) people = NULL;
  g_autoptr (GPtrArray) values = NULL;
  const BatonRow *hero;
  BatonWorkspace *workspace;
  char *folder;

  workspace = fresh_workspace (&folder);
  plan = import_csv (workspace, table, &target);
  stages = rows_of (workspace, BATON_ENTITY_STAGE, BATON_STAGE_BOARD, plan->board);
  g_assert_cmpuint (stages->len, ==, 3);
  g_assert_cmpstr (baton_row_text (g_ptr_array_index (stages, 1), BATON_STAGE_KIND), ==, "active");
  g_assert_cmpstr (baton_row_text (g_ptr_array_index (stages, 2), BATON_STAGE_KIND), ==, "done");
  cards = rows_of (workspace, BATON_ENTITY_CARD, BATON_CARD_BOARD, plan->board);
  g_assert_cmpuint (cards->len, ==, 3);
  people = rows_of (workspace, BATON_ENTITY_PERSON, BATON_FIELD_NONE, NULL);
  g_assert_cmpuint (people->len, ==, 2);
  values = rows_of (workspace, BATON_ENTITY_CUSTOM_VALUE, BATON_FIELD_NONE, NULL);
  g_assert_cmpuint (values->len, ==, 1);
  g_assert_cmpint (summary_count (plan, "rows without a title"), ==, 1);
  g_assert_cmpint (summary_count (plan, "dates that cannot be read"), ==, 1);
  g_assert_cmpint (summary_count (plan, "urgencies that Baton does not know"), ==, 1);
  g_assert_cmpint (summary_count (plan, "labels"), ==, 2);
  g_assert_cmpint (summary_count (plan, "channels"), ==, 1);
  g_clear_pointer (&cards, g_ptr_array_unref);
  cards = rows_of (
      workspace, BATON_ENTITY_CARD, BATON_CARD_STAGE, ((BatonRow *) g_ptr_array_index (stages, 0))->id);
  hero = g_ptr_array_index (cards, 0);
  g_assert_cmpstr (baton_row_text (hero, BATON_CARD_TITLE), ==, "Hero image");
  g_assert_cmpstr (baton_row_text (hero, BATON_CARD_BRIEF), ==, "Two\nlines");
  g_assert_cmpuint (baton_set_size (baton_row_text (hero, BATON_CARD_MEMBERS)), ==, 2);
  g_assert_cmpint (baton_row_int (hero, BATON_CARD_CREATED), ==, G_GINT64_CONSTANT (1767225600000000));
  close_workspace (workspace, folder);
}

static void
test_into_board (void)
{
  g_autoptr (BatonImportPlan) first = NULL;
  g_autoptr (BatonImportPlan) second = NULL;
  g_autoptr (GPtrArray) stages = NULL;
  BatonCsvTarget target = { NULL };
  BatonWorkspace *workspace;
  char *folder;

  workspace = fresh_workspace (&folder);
  g_assert_true (baton_workspace_ensure_me (workspace, "Me", NULL));
  first = import_csv (workspace, table, NULL);
  target.board = first->board;
  second =
      import_csv (workspace, "title;stage;labels\nNew;DONE;BLUE\nOther;Elsewhere;green\nNone;;\n", &target);
  g_assert_cmpint (summary_count (second, "stages"), ==, 1);
  g_assert_cmpint (summary_count (second, "labels"), ==, 1);
  g_assert_cmpint (summary_count (second, "cards"), ==, 3);
  stages = rows_of (workspace, BATON_ENTITY_STAGE, BATON_STAGE_BOARD, first->board);
  g_assert_cmpuint (stages->len, ==, 4);
  close_workspace (workspace, folder);
}

static char *
export_csv (BatonWorkspace *workspace, const char *board, BatonCsvExportFlags flags)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();
  GError *error = NULL;

  g_assert_true (
      baton_exchange_write_csv (baton_workspace_reader (workspace), board, flags, stream, NULL, &error));
  g_assert_no_error (error);
  g_output_stream_write_all (stream, "", 1, NULL, NULL, NULL);
  g_output_stream_close (stream, NULL, NULL);
  return g_memory_output_stream_steal_data (G_MEMORY_OUTPUT_STREAM (stream));
}

/* What is written can be read again: the same cards with the same facts. */
static void
test_there_and_back (void)
{
  g_autoptr (BatonImportPlan) plan = NULL;
  g_autoptr (BatonImportPlan) again = NULL;
  g_autofree char *text = NULL;
  g_autofree char *second = NULL;
  BatonWorkspace *workspace, *other;
  char *folder, *other_folder;

  workspace = fresh_workspace (&folder);
  other = fresh_workspace (&other_folder);
  plan = import_csv (workspace, table, NULL);
  text = export_csv (workspace, plan->board, BATON_CSV_EXPORT_PLAIN);
  g_assert_true (g_str_has_prefix (text, "\"Title\",\"Stage\","));
  again = import_csv (other, text, NULL);
  g_assert_cmpint (summary_count (again, "cards"), ==, 3);
  second = export_csv (other, again->board, BATON_CSV_EXPORT_PLAIN);
  g_assert_nonnull (strstr (second, "\"Two\nlines\""));
  g_assert_nonnull (strstr (second, "\"1000\""));
  close_workspace (workspace, folder);
  close_workspace (other, other_folder);
}

static void
test_formulas (void)
{
  g_autoptr (BatonImportPlan) plan = NULL;
  g_autofree char *plain = NULL;
  g_autofree char *safe = NULL;
  BatonWorkspace *workspace;
  char *folder;

  workspace = fresh_workspace (&folder);
  plan = import_csv (workspace, "title,stage\n=1+1,To do\n@x,To do\n", NULL);
  plain = export_csv (workspace, plan->board, BATON_CSV_EXPORT_PLAIN);
  safe = export_csv (workspace, plan->board, BATON_CSV_EXPORT_SAFE);
  g_assert_nonnull (strstr (plain, "\"=1+1\""));
  g_assert_null (strstr (safe, "\"=1+1\""));
  g_assert_nonnull (strstr (safe, "\"'=1+1\""));
  g_assert_nonnull (strstr (safe, "\"'@x\""));
  close_workspace (workspace, folder);
}

static void
append_cell (GString *text, GRand *rand, GString *kept)
{
  static const char *const bits[] = { "a", "ü", "\"", ",", "\n", ";", "'", " x ", "画", "\r\n" };

  g_string_append_c (text, '"');
  for (int i = g_rand_int_range (rand, 0, 8); i >= 0; i--)
    {
      const char *bit = bits[g_rand_int_range (rand, 0, G_N_ELEMENTS (bits))];

      g_string_append (text, strcmp (bit, "\"") == 0 ? "\"\"" : bit);
      g_string_append (kept, bit);
    }
  g_string_append_c (text, '"');
}

/* Whatever is in the cells comes out of them again. */
static void
test_random_cells (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (test_seed ());

  for (guint round = 0; round < test_rounds (200); round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GPtrArray) kept = baton_csv_cells_new ();
      g_autoptr (GPtrArray) cells = baton_csv_cells_new ();
      BatonCsvParser parser;
      guint n_cells, line;
      GError *error = NULL;

      for (guint row = 0; row < 5; row++)
        {
          for (guint column = 0; column < 3; column++)
            {
              g_ptr_array_add (kept, g_string_new (NULL));
              append_cell (text, rand, g_ptr_array_index (kept, row * 3 + column));
              g_string_append (text, column < 2 ? "," : "\r\n");
            }
        }
      baton_csv_parser_init (&parser, text->str, text->len, ',', '"');
      for (guint row = 0; row < 5; row++)
        {
          g_assert_true (baton_csv_parser_next (&parser, cells, &n_cells, &line, &error));
          g_assert_cmpuint (n_cells, ==, 3);
          for (guint column = 0; column < 3; column++)
            g_assert_cmpstr (((GString *) g_ptr_array_index (cells, column))->str, ==,
                ((GString *) g_ptr_array_index (kept, row * 3 + column))->str);
        }
      g_assert_false (baton_csv_parser_next (&parser, cells, &n_cells, &line, &error));
      g_assert_no_error (error);
    }
}

/* A copy outlives its original and has a map of its own. */
static void
test_copy (void)
{
  BatonCsvFile *csv = open_text ("Title;Spalte\nHero;\xc3\x9c\n", -1);
  g_autoptr (BatonCsvFile) copy = baton_csv_copy (csv);

  assert_role (copy, 0, BATON_CSV_TITLE);
  ((BatonCsvColumn *) g_ptr_array_index (copy->columns, 0))->role = BATON_CSV_BRIEF;
  assert_role (csv, 0, BATON_CSV_TITLE);
  baton_csv_free (csv);
  g_assert_cmpstr (copy->format.encoding, ==, "UTF-8");
  g_assert_cmpstr (((BatonCsvColumn *) g_ptr_array_index (copy->columns, 1))->name, ==, "Spalte");
  g_assert_cmpstr (cell (copy, 0, 1), ==, "Ü");
  baton_csv_map_changed (copy);
  g_assert_true (g_str_has_prefix (copy->text, "Title;"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/csv/delimiters", test_delimiters);
  g_test_add_func ("/csv/encodings", test_encodings);
  g_test_add_func ("/csv/dates", test_dates);
  g_test_add_func ("/csv/date-order", test_date_order);
  g_test_add_func ("/csv/no-header", test_no_header);
  g_test_add_func ("/csv/map", test_map);
  g_test_add_func ("/csv/copy", test_copy);
  g_test_add_func ("/csv/bad", test_bad);
  g_test_add_func ("/csv/new-board", test_new_board);
  g_test_add_func ("/csv/into-board", test_into_board);
  g_test_add_func ("/csv/there-and-back", test_there_and_back);
  g_test_add_func ("/csv/formulas", test_formulas);
  g_test_add_func ("/csv/random-cells", test_random_cells);
  return g_test_run ();
}
