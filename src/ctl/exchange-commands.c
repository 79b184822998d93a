/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "batonctl"

#include "ctl.h"

#include "deliver.h"
#include "exchange.h"
#include "interrupt.h"

#include <glib/gi18n.h>
#include <string.h>

static gboolean update;
static gboolean again;
static char *board_name;
static char *map;
static char *delimiter;
static char *quote;
static char *encoding;
static char *dates;
static gboolean header;
static gboolean no_header;
static gboolean preview;
char *ctl_export_output;
static gboolean safe;

static const GOptionEntry trello_options[] = {
  { "update", 0, 0, G_OPTION_ARG_NONE, &update,
      N_ ("Bring what is new to the board that was imported before"), NULL },
  { "again", 0, 0, G_OPTION_ARG_NONE, &again, N_ ("Import it as a second board"), NULL },
  { NULL },
};

static const GOptionEntry csv_options[] = {
  { "board", 'b', 0, G_OPTION_ARG_FILENAME, &board_name,
      N_ ("The board to add to, made when there is none (named like the file)"), N_ ("BOARD") },
  { "map", 'm', 0, G_OPTION_ARG_FILENAME, &map, N_ ("What columns mean: title=Name,stage=Status,ignore=Id"),
      N_ ("MAP") },
  { "delimiter", 0, 0, G_OPTION_ARG_FILENAME, &delimiter,
      N_ ("What stands between cells, “tab” for a tabulator"), N_ ("CHARACTER") },
  { "quote", 0, 0, G_OPTION_ARG_FILENAME, &quote, N_ ("What stands around cells"), N_ ("CHARACTER") },
  { "encoding", 0, 0, G_OPTION_ARG_FILENAME, &encoding,
      N_ ("How the file is encoded, for example WINDOWS-1252"), N_ ("NAME") },
  { "dates", 0, 0, G_OPTION_ARG_FILENAME, &dates, N_ ("How dates are written: iso, dmy or mdy"),
      N_ ("ORDER") },
  { "header", 0, 0, G_OPTION_ARG_NONE, &header, N_ ("The first row names the columns"), NULL },
  { "no-header", 0, 0, G_OPTION_ARG_NONE, &no_header, N_ ("The first row is a card already"), NULL },
  { "preview", 0, 0, G_OPTION_ARG_NONE, &preview, N_ ("Show how the file is understood, and import nothing"),
      NULL },
  { "update", 0, 0, G_OPTION_ARG_NONE, &update,
      N_ ("Bring what is new to the board that was imported before"), NULL },
  { "again", 0, 0, G_OPTION_ARG_NONE, &again, N_ ("Import it as a second board"), NULL },
  { NULL },
};

static const GOptionEntry export_csv_options[] = {
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &ctl_export_output, N_ ("Write into this file"), N_ ("FILE") },
  { "safe", 0, 0, G_OPTION_ARG_NONE, &safe, N_ ("Keep spreadsheets from taking cells for formulas"), NULL },
  { NULL },
};

const GOptionEntry ctl_export_options[] = {
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &ctl_export_output, N_ ("Write into this file"), N_ ("FILE") },
  { NULL },
};

/* The workspace is made only when there is a file to import. */
gboolean
ctl_open_for_import (Ctl *ctl, gboolean with_me, GError **error)
{
  ctl_begin_making (ctl);
  ctl->session = baton_session_open (ctl->folder, BATON_SESSION_WRITE | BATON_SESSION_CREATE, error);
  if (ctl->session == NULL)
    return FALSE;
  ctl->reader = baton_session_reader (ctl->session);
  return !with_me || baton_session_ensure_me (ctl->session, error);
}

static gboolean
read_options (Ctl *ctl, char **me, BatonImportOptions *options, GError **error)
{
  if (update && again)
    return ctl_usage (error, _ ("Give either --update or --again."));
  *me = baton_reader_meta (ctl->reader, "me");
  options->mode = update ? BATON_IMPORT_UPDATE : again ? BATON_IMPORT_AGAIN : BATON_IMPORT_ASK;
  options->person = *me;
  options->now = g_get_real_time ();
  options->progress = ctl_interrupt_progress;
  options->progress_data = _ ("Reading…");
  return TRUE;
}

static void
tell_summary (Ctl *ctl, const BatonImportPlan *plan, guint n_operations)
{
  g_autofree char *words = NULL;
  BatonJson *json = &ctl->writer;

  if (!ctl->json)
    {
      words = baton_import_plan_describe (plan);
      g_strchomp (words);
      ctl_say (ctl, "%s", words);
      return;
    }
  baton_json_begin_object (json, NULL);
  baton_json_bool (json, "ok", TRUE);
  baton_json_string (json, "board", plan->board);
  baton_json_string (json, "name", plan->name);
  baton_json_int (json, "operations", n_operations);
  baton_json_begin_array (json, "summary");
  for (guint i = 0; i < plan->summary->len; i++)
    {
      const BatonImportLine *line = g_ptr_array_index (plan->summary, i);

      baton_json_begin_object (json, NULL);
      baton_json_string (json, "what", line->what);
      baton_json_int (json, "count", line->count);
      baton_json_string (json, "reason", line->reason);
      baton_json_end_object (json);
    }
  baton_json_end_array (json);
  baton_json_end_object (json);
}

gboolean
ctl_import (Ctl *ctl, BatonImportPlan *plan, GError **error)
{
  guint n = plan->ops->len + plan->n_source;
  gboolean ok;

  if (plan->existing != NULL && plan->mode == BATON_IMPORT_ASK)
    {
      g_set_error (error, BATON_ERROR, BATON_ERROR_EXISTS,
          _ ("“%s” has been imported before. Give --update to bring what is new to that board, or --again to "
             "import it as "
             "a second one. Nothing was imported."),
          plan->name);
      return FALSE;
    }
  if (!baton_session_is_remote (ctl->session))
    ok = baton_exchange_import (
        baton_session_workspace (ctl->session), plan, ctl_interrupt_progress, _ ("Importing…"), error);
  else if (plan->verbatim)
    {
      g_set_error (error, BATON_ERROR, BATON_ERROR_LOCKED,
          _ ("The workspace %s is open in another program. Close it there first."), ctl->folder);
      ok = FALSE;
    }
  else
    ok = baton_import_plan_gather (plan, error) &&
         baton_session_perform_batch (ctl->session, g_steal_pointer (&plan->ops), NULL, NULL, error);
  if (ok)
    tell_summary (ctl, plan, n);
  return ok;
}

static gboolean
run_import_trello (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (GBytes) bytes = baton_exchange_read_file (args[0], error);
  g_autofree char *me = NULL;
  g_autoptr (BatonImportPlan) plan = NULL;
  BatonImportOptions options = { 0 };

  if (bytes == NULL || !ctl_open_for_import (ctl, TRUE, error) || !read_options (ctl, &me, &options, error))
    return FALSE;
  plan = baton_exchange_plan_trello (bytes, ctl->reader, &options, NULL, error);
  return plan != NULL && ctl_import (ctl, plan, error);
}

static gboolean
run_import_json (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (GBytes) bytes = baton_exchange_read_file (args[0], error);
  g_autofree char *me = NULL;
  g_autoptr (BatonImportPlan) plan = NULL;
  BatonImportOptions options = { 0 };

  /* Without a person of our own: the result shall be equal to what was exported. */
  if (bytes == NULL || !ctl_open_for_import (ctl, FALSE, error) || !read_options (ctl, &me, &options, error))
    return FALSE;
  plan = baton_exchange_plan_json (bytes, ctl->reader, &options, NULL, error);
  return plan != NULL && baton_exchange_import_files (ctl->folder, args[0], plan, NULL, error) &&
         ctl_import (ctl, plan, error);
}

static gboolean
read_character (const char *option, const char *typed, char *character, GError **error)
{
  if (typed == NULL)
    return TRUE;
  if (g_str_equal (typed, "tab"))
    *character = '\t';
  else if (strlen (typed) == 1)
    *character = *typed;
  else
    return ctl_usage (error, _ ("--%s wants one character."), option);
  return TRUE;
}

static gboolean
check_encoding (GError **error)
{
  g_autoptr (GCharsetConverter) known =
      encoding != NULL ? g_charset_converter_new ("UTF-8", encoding, NULL) : NULL;

  return encoding == NULL || known != NULL ||
         ctl_usage (error,
             _ ("There is no encoding “%s”; write a name such as UTF-8, UTF-16 or Windows-1252."), encoding);
}

static gboolean
read_format (BatonCsvFormat *format, GError **error)
{
  *format = (BatonCsvFormat) BATON_CSV_FORMAT_GUESS;
  if (header && no_header)
    return ctl_usage (error, _ ("Give either --header or --no-header."));
  if (dates != NULL && !baton_csv_dates_find (dates, &format->dates))
    return ctl_usage (error, _ ("“%s” is no order of dates; write iso, dmy or mdy."), dates);
  if (!check_encoding (error))
    return FALSE;
  format->encoding = encoding;
  if (header || no_header)
    format->header = header;
  return read_character ("delimiter", delimiter, &format->delimiter, error) &&
         read_character ("quote", quote, &format->quote, error);
}

static const char *
dates_name (BatonDateOrder order)
{
  return order == BATON_DATES_DMY ? "dmy" : order == BATON_DATES_MDY ? "mdy" : "iso";
}

static void
preview_json (Ctl *ctl, const BatonCsvFile *csv)
{
  BatonJson *json = &ctl->writer;
  const char separator[] = { csv->format.delimiter, '\0' };
  const char mark[] = { csv->format.quote, '\0' };

  baton_json_begin_object (json, NULL);
  baton_json_string (json, "encoding", csv->encoding);
  baton_json_string (json, "delimiter", separator);
  baton_json_string (json, "quote", mark);
  baton_json_bool (json, "header", csv->format.header != 0);
  baton_json_string (json, "dates", dates_name (csv->format.dates));
  baton_json_begin_array (json, "columns");
  for (guint i = 0; i < csv->columns->len; i++)
    {
      const BatonCsvColumn *column = g_ptr_array_index (csv->columns, i);

      baton_json_begin_object (json, NULL);
      baton_json_string (json, "name", column->name);
      baton_json_string (json, "role", baton_csv_role_name (column->role));
      baton_json_end_object (json);
    }
  baton_json_end_array (json);
  baton_json_begin_array (json, "rows");
  for (guint i = 0; i < csv->preview->len; i++)
    {
      char **cells = g_ptr_array_index (csv->preview, i);

      baton_json_begin_array (json, NULL);
      for (guint j = 0; j < csv->columns->len; j++)
        baton_json_string (json, NULL, cells[j]);
      baton_json_end_array (json);
    }
  baton_json_end_array (json);
  baton_json_end_object (json);
}

static void
preview_words (Ctl *ctl, const BatonCsvFile *csv)
{
  char **cells = csv->preview->len > 0 ? g_ptr_array_index (csv->preview, 0) : NULL;
  CtlTable *table = ctl_table_new (_ ("Column"), _ ("Becomes"), _ ("First cell"), NULL);

  ctl_say (ctl, _ ("%s, cells between “%c”, dates %s"), csv->encoding, csv->format.delimiter,
      dates_name (csv->format.dates));
  for (guint i = 0; i < csv->columns->len; i++)
    {
      const BatonCsvColumn *column = g_ptr_array_index (csv->columns, i);

      ctl_table_add (
          table, column->name, baton_csv_role_name (column->role), cells != NULL ? cells[i] : "", NULL);
    }
  ctl_table_print (table, ctl);
}

static BatonCsvFile *
open_csv (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (BatonCsvFile) csv = NULL;
  BatonCsvFormat format;

  if (!read_format (&format, error))
    return NULL;
  bytes = baton_exchange_read_file (path, error);
  csv = bytes != NULL ? baton_csv_open (bytes, &format, error) : NULL;
  if (csv == NULL || (map != NULL && !ctl_typed (baton_csv_set_map (csv, map, error), error)))
    return NULL;
  return g_steal_pointer (&csv);
}

static char *
name_of_file (const char *path)
{
  char *name = g_filename_display_basename (path);
  char *dot = strrchr (name, '.');

  if (dot != NULL && dot > name)
    *dot = '\0';
  return name;
}

static gboolean
run_import_csv (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonCsvFile) csv = open_csv (args[0], error);
  g_autofree char *name = board_name != NULL ? g_strdup (board_name) : name_of_file (args[0]);
  g_autofree char *me = NULL;
  g_autoptr (BatonRow) board = NULL;
  g_autoptr (BatonImportPlan) plan = NULL;
  g_autoptr (GError) none = NULL;
  BatonImportOptions options = { 0 };
  BatonCsvTarget target = { NULL, name };

  if (csv == NULL)
    return FALSE;
  if (preview)
    {
      if (ctl->json)
        preview_json (ctl, csv);
      else
        preview_words (ctl, csv);
      return TRUE;
    }
  if (!ctl_open_for_import (ctl, TRUE, error) || !read_options (ctl, &me, &options, error))
    return FALSE;
  if (board_name != NULL)
    board = ctl_find_board (ctl, board_name, &none);
  if (none != NULL && !g_error_matches (none, BATON_ERROR, BATON_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&none));
      return FALSE;
    }
  target.board = board != NULL ? board->id : NULL;
  plan = baton_exchange_plan_csv (csv, &target, ctl->reader, &options, NULL, error);
  return plan != NULL && ctl_import (ctl, plan, error);
}

/* Into the file that was named, at once; else onto standard output. */
gboolean
ctl_deliver (Ctl *ctl, GOutputStream *stream, GError **error)
{
  GMemoryOutputStream *memory = G_MEMORY_OUTPUT_STREAM (stream);
  const char *data = g_memory_output_stream_get_data (memory);
  gsize size = g_memory_output_stream_get_data_size (memory);

  if (ctl_is_standard_output (ctl_export_output))
    {
      g_string_append_len (ctl->out, data != NULL ? data : "", (gssize) size);
      return TRUE;
    }
  if (!ctl_write_file (ctl_export_output, data != NULL ? data : "", size, error))
    return FALSE;
  if (!ctl_is_stream (ctl_export_output))
    ctl_say (ctl, _ ("Written: %s"), ctl_export_output);
  if (!ctl->json)
    return TRUE;
  baton_json_begin_object (&ctl->writer, NULL);
  baton_json_bool (&ctl->writer, "ok", TRUE);
  baton_json_string (&ctl->writer, "file", ctl_export_output);
  baton_json_int (&ctl->writer, "bytes", (gint64) size);
  baton_json_end_object (&ctl->writer);
  return TRUE;
}

static gboolean
run_export_csv (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRow) board = NULL;
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();

  if (ctl->json && ctl_is_standard_output (ctl_export_output))
    return ctl_usage (error, _ ("A table is no JSON: give --output with --json."));
  board = ctl_find_board (ctl, args[0], error);
  return board != NULL &&
         baton_exchange_write_csv (ctl->reader, board->id,
             safe ? BATON_CSV_EXPORT_SAFE : BATON_CSV_EXPORT_PLAIN, stream, NULL, error) &&
         ctl_deliver (ctl, stream, error);
}

/* What the folder beside the export should hold and does not. */
static gboolean
say_missing (Ctl *ctl, GError **error)
{
  g_autoptr (GPtrArray) missing = baton_exchange_missing_files (ctl->reader, ctl->folder, error);
  g_autofree char *words = missing != NULL ? baton_exchange_missing_words (missing) : NULL;

  if (words != NULL)
    g_printerr ("batonctl: %s\n", words);
  return missing != NULL;
}

static gboolean
run_export_json (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (GOutputStream) stream = g_memory_output_stream_new_resizable ();

  return baton_exchange_write_json (ctl->reader, stream, NULL, error) &&
         (ctl_is_standard_output (ctl_export_output) || ctl_is_stream (ctl_export_output) ||
             (baton_exchange_export_files (ctl->reader, ctl->folder, ctl_export_output, NULL, error) &&
                 say_missing (ctl, error))) &&
         ctl_deliver (ctl, stream, error);
}

const CtlCommand ctl_exchange_commands[] = {
  { "import trello", N_ ("FILE"), N_ ("Import a board that Trello exported as JSON"), 1, 1, CTL_NEEDS_NOTHING,
      trello_options, run_import_trello, 1 },
  { "import csv", N_ ("FILE"), N_ ("Import a table"), 1, 1, CTL_NEEDS_NOTHING, csv_options, run_import_csv,
      1 },
  { "import json", N_ ("FILE"), N_ ("Import a complete export into an empty workspace"), 1, 1,
      CTL_NEEDS_NOTHING, NULL, run_import_json, 1 },
  { "export csv", N_ ("BOARD"), N_ ("Export the cards of a board as a table"), 1, 1, CTL_NEEDS_READING,
      export_csv_options, run_export_csv },
  { "export json", "", N_ ("Export everything"), 0, 0, CTL_NEEDS_READING, ctl_export_options,
      run_export_json },
  { NULL },
};
