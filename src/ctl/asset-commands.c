/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "batonctl"

#include "asset-find.h"

#include "add-file.h"
#include "deliver.h"
#include "naming.h"
#include "words.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

/* Files of cards: adding, listing, getting, choosing, the bin. */

static char *board_name;
static char *asset_name;
static char *note;
static char *parent;
static char *version;
static char *output;
static char *reason;
static gboolean binned;

static const GOptionEntry add_options[] = {
  CTL_BOARD_OPTION (board_name),
  CTL_ASSET_OPTION (asset_name),
  { "note", 0, 0, G_OPTION_ARG_FILENAME, &note, N_ ("What is new, “-” for standard input"), N_ ("TEXT") },
  { "parent", 0, 0, G_OPTION_ARG_FILENAME, &parent, N_ ("The version it was made from"), N_ ("NUMBER") },
  { NULL },
};
static const GOptionEntry list_options[] = {
  CTL_BOARD_OPTION (board_name),
  { "binned", 0, 0, G_OPTION_ARG_NONE, &binned, N_ ("Those in the bin too"), NULL },
  { NULL },
};
static const GOptionEntry get_options[] = {
  CTL_BOARD_OPTION (board_name),
  CTL_ASSET_OPTION (asset_name),
  CTL_VERSION_OPTION (version),
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output,
      N_ ("Where to; in a folder it is named by the convention"), N_ ("FILE") },
  { NULL },
};
static const GOptionEntry choose_options[] = { CTL_BOARD_OPTION (board_name), CTL_ASSET_OPTION (asset_name),
  { NULL } };
static const GOptionEntry bin_options[] = {
  CTL_BOARD_OPTION (board_name),
  CTL_ASSET_OPTION (asset_name),
  { "reason", 0, 0, G_OPTION_ARG_FILENAME, &reason, N_ ("Why; an approved version wants one"), N_ ("TEXT") },
  { NULL },
};

static BatonBlobs *
blobs_of (Ctl *ctl)
{
  return baton_workspace_blobs (baton_session_workspace (ctl->session));
}

/* With --parent alone, the asset that has that version. */
static gboolean
choose_parent (Ctl *ctl, BatonAddFile *add, GError **error)
{
  g_autoptr (BatonRow) asset = NULL;
  g_autoptr (BatonRow) earlier = NULL;

  if (parent == NULL)
    return TRUE;
  asset = ctl_asset_find (ctl, add->card, asset_name, error);
  earlier = asset != NULL ? ctl_version_find (ctl, asset, parent, error) : NULL;
  if (earlier == NULL)
    return FALSE;
  add->asset = g_strdup (asset->id);
  add->parent = g_strdup (earlier->id);
  return TRUE;
}

static void
tell_added (Ctl *ctl, const BatonAdded *added)
{
  g_autoptr (BatonRow) row = baton_reader_row (ctl->reader, BATON_ENTITY_VERSION, added->version);
  g_autoptr (BatonRow) asset = baton_reader_row (ctl->reader, BATON_ENTITY_ASSET, added->asset);
  gboolean counts = g_strcmp0 (baton_row_text (asset, BATON_ASSET_CURRENT), added->version) == 0;
  g_autofree char *size = g_format_size ((guint64) added->size);

  ctl_say (ctl, _ ("%s v%d: %s, %s, %.12s…%s"), ctl_row_name (asset),
      (int) baton_row_int (row, BATON_VERSION_NUMBER), added->media, size, added->hash,
      counts ? "" : _ (" (a sibling; choose the one that counts with “asset choose”)"));
  if (!ctl->json)
    return;
  baton_json_begin_object (&ctl->writer, NULL);
  ctl_version_json (ctl, row);
  baton_json_string (&ctl->writer, "card", added->card);
  baton_json_string (&ctl->writer, "asset", added->asset);
  baton_json_string (&ctl->writer, "name", ctl_row_name (asset));
  baton_json_bool (&ctl->writer, "current", counts);
  baton_json_bool (&ctl->writer, "new_asset", added->new_asset);
  baton_json_end_object (&ctl->writer);
}

static gboolean
run_add (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRow) card = ctl_asset_card (ctl, board_name, args[0], error);
  g_autoptr (BatonAddFile) add = baton_add_file_new ();
  g_autoptr (BatonAdded) added = NULL;
  BatonOp *op;

  if (card == NULL)
    return FALSE;
  add->card = g_strdup (card->id);
  add->path = g_strdup (args[1]);
  add->name = g_strdup (asset_name);
  add->alone = TRUE;
  if (note != NULL)
    {
      add->note = ctl_read_text (note, error);
      if (add->note == NULL)
        return FALSE;
    }
  if (!choose_parent (ctl, add, error))
    return FALSE;
  op = baton_add_file_prepare (ctl->reader, blobs_of (ctl), add, NULL, NULL, NULL, &added, error);
  if (op == NULL || !ctl_perform (ctl, op, error))
    return FALSE;
  tell_added (ctl, added);
  return TRUE;
}

/* Where a version stands: the one that counts, a sibling that waits for a choice, damaged, in the bin. */
static char *
remarks (Ctl *ctl, const BatonRow *asset, const BatonRow *row)
{
  const char *hash = baton_row_text (row, BATON_VERSION_BLOB);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  if (g_strcmp0 (baton_row_text (asset, BATON_ASSET_CURRENT), row->id) == 0)
    g_ptr_array_add (words, (gpointer) _ ("counts"));
  if (ctl_is_removed (row))
    g_ptr_array_add (words, (gpointer) _ ("in the bin"));
  if (baton_blobs_is_damaged (blobs_of (ctl), hash))
    g_ptr_array_add (words, (gpointer) _ ("damaged"));
  else if (baton_blobs_size (blobs_of (ctl), hash) < 0)
    g_ptr_array_add (words, (gpointer) _ ("not here"));
  g_ptr_array_add (words, NULL);
  return g_strjoinv (", ", (char **) words->pdata);
}

static void
list_version (Ctl *ctl, CtlTable *table, const BatonRow *asset, const BatonRow *row)
{
  g_autofree char *number = g_strdup_printf ("v%d", (int) baton_row_int (row, BATON_VERSION_NUMBER));
  g_autofree char *size = g_format_size ((guint64) baton_row_int (row, BATON_VERSION_SIZE));
  g_autofree char *at = ctl_local_time (baton_row_int (row, BATON_VERSION_CREATED));
  g_autofree char *words = remarks (ctl, asset, row);

  ctl_table_add (table, ctl_row_name (asset), number,
      baton_words_status (baton_row_text (row, BATON_VERSION_STATUS)),
      ctl_name (ctl, BATON_ENTITY_PERSON, baton_row_text (row, BATON_VERSION_AUTHOR)), at, size,
      baton_row_text (row, BATON_VERSION_FILE), words, baton_row_text (row, BATON_VERSION_NOTE), NULL);
  if (!ctl->json)
    return;
  baton_json_begin_object (&ctl->writer, NULL);
  ctl_version_json (ctl, row);
  baton_json_bool (
      &ctl->writer, "current", g_strcmp0 (baton_row_text (asset, BATON_ASSET_CURRENT), row->id) == 0);
  baton_json_end_object (&ctl->writer);
}

static gboolean
list_asset (Ctl *ctl, CtlTable *table, const BatonRow *asset, GError **error)
{
  g_autoptr (GPtrArray) versions =
      baton_reader_rows (ctl->reader, BATON_ENTITY_VERSION, BATON_VERSION_ASSET, asset->id, FALSE, error);

  if (versions == NULL)
    return FALSE;
  if (ctl->json)
    {
      baton_json_begin_object (&ctl->writer, NULL);
      baton_json_string (&ctl->writer, "id", asset->id);
      baton_json_string (&ctl->writer, "name", ctl_row_name (asset));
      baton_json_int (
          &ctl->writer, "current", ctl_version_number (ctl, baton_row_text (asset, BATON_ASSET_CURRENT)));
      baton_json_bool (&ctl->writer, "binned", ctl_is_removed (asset));
      baton_json_begin_array (&ctl->writer, "versions");
    }
  for (guint i = 0; i < versions->len; i++)
    {
      const BatonRow *row = g_ptr_array_index (versions, i);

      if (binned || !ctl_is_removed (row))
        list_version (ctl, table, asset, row);
    }
  if (ctl->json)
    {
      baton_json_end_array (&ctl->writer);
      baton_json_end_object (&ctl->writer);
    }
  return TRUE;
}

static gboolean
run_list (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRow) card = ctl_asset_card (ctl, board_name, args[0], error);
  g_autoptr (GPtrArray) assets = NULL;
  CtlTable *table;
  gboolean ok = TRUE;

  if (card == NULL)
    return FALSE;
  assets = baton_reader_rows (ctl->reader, BATON_ENTITY_ASSET, BATON_ASSET_CARD, card->id, FALSE, error);
  if (assets == NULL)
    return FALSE;
  table = ctl_table_new (_ ("Asset"), _ ("Version"), _ ("Status"), _ ("Author"), _ ("Added"), _ (">Size"),
      _ ("File"), " ", _ ("Note"), NULL);
  if (ctl->json)
    baton_json_begin_array (&ctl->writer, NULL);
  for (guint i = 0; i < assets->len && ok; i++)
    {
      const BatonRow *asset = g_ptr_array_index (assets, i);

      if (binned || !ctl_is_removed (asset))
        ok = list_asset (ctl, table, asset, error);
    }
  if (ctl->json)
    baton_json_end_array (&ctl->writer);
  ctl_table_print (table, ctl);
  return ok;
}

static BatonRow *
find_version (Ctl *ctl, const char *typed_card, const char *typed_version, GError **error)
{
  g_autoptr (BatonRow) card = ctl_asset_card (ctl, board_name, typed_card, error);
  g_autoptr (BatonRow) asset = card != NULL ? ctl_asset_find (ctl, card->id, asset_name, error) : NULL;

  return asset != NULL ? ctl_version_find (ctl, asset, typed_version, error) : NULL;
}

static void
tell_version (Ctl *ctl, const BatonRow *row, const char *path)
{
  ctl_say (ctl, "%s", path);
  if (!ctl->json)
    return;
  baton_json_begin_object (&ctl->writer, NULL);
  ctl_version_json (ctl, row);
  baton_json_string (&ctl->writer, "output", path);
  baton_json_end_object (&ctl->writer);
}

/* To standard output, a pipe or a device: only what has been checked whole. */
static gboolean
pour_out (Ctl *ctl, const BatonRow *row, GError **error)
{
  g_autofree char *path = NULL;
  gboolean ok;

  if (ctl_is_standard_output (output) && ctl->json)
    return ctl_usage (error, _ ("A file is no JSON: give --output with --json."));
  if (!ctl_temporary (&path, error))
    return FALSE;
  ok = baton_blobs_copy (
           blobs_of (ctl), baton_row_text (row, BATON_VERSION_BLOB), path, NULL, NULL, NULL, error) &&
       ctl_pour (path, output, error);
  g_unlink (path);
  if (ok && ctl->json)
    tell_version (ctl, row, output);
  return ok;
}

static gboolean
run_get (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRow) row = find_version (ctl, args[0], version, error);
  g_autofree char *name = row != NULL ? baton_naming_export_name (ctl->reader, row) : NULL;
  g_autofree char *path = NULL;

  if (row == NULL)
    return FALSE;
  if (output != NULL && (ctl_is_standard_output (output) || ctl_is_stream (output)))
    return pour_out (ctl, row, error);
  if (output == NULL || g_file_test (output, G_FILE_TEST_IS_DIR))
    path = g_build_filename (output != NULL ? output : ".", name, NULL);
  else
    path = g_strdup (output);
  if (!baton_blobs_copy (
          blobs_of (ctl), baton_row_text (row, BATON_VERSION_BLOB), path, NULL, NULL, NULL, error))
    return FALSE;
  tell_version (ctl, row, path);
  return TRUE;
}

static gboolean
done (Ctl *ctl, BatonOp *op, const char *id, const char *sentence, GError **error)
{
  const char *ids[] = { id, NULL };

  if (!ctl_perform (ctl, op, error))
    return FALSE;
  ctl_done (ctl, ids, sentence);
  return TRUE;
}

static gboolean
run_choose (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRow) row = find_version (ctl, args[0], args[1], error);
  BatonOp *op;

  if (row == NULL)
    return FALSE;
  op = baton_op_new (BATON_VERB_ASSET_CHOOSE);
  baton_op_add_id (op, baton_row_text (row, BATON_VERSION_ASSET));
  baton_op_set_text (op, BATON_ASSET_CURRENT, row->id);
  return done (ctl, op, row->id, _ ("This version counts now."), error);
}

static gboolean
run_bin (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRow) row = find_version (ctl, args[0], args[1], error);
  BatonOp *op;

  if (row == NULL)
    return FALSE;
  op = baton_op_new (BATON_VERB_VERSION_BIN);
  baton_op_add_id (op, row->id);
  if (reason != NULL)
    baton_op_set_text (op, BATON_VERSION_REASON, reason);
  return done (ctl, op, row->id, _ ("In the bin now."), error);
}

static gboolean
run_restore (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRow) row = find_version (ctl, args[0], args[1], error);
  BatonOp *op;

  if (row == NULL)
    return FALSE;
  op = baton_op_new (BATON_VERB_VERSION_RESTORE);
  baton_op_add_id (op, row->id);
  return done (ctl, op, row->id, _ ("Back from the bin."), error);
}

const CtlCommand ctl_asset_commands[] = {
  { "asset add", N_ ("CARD FILE"), N_ ("Add a file to a card, as a new asset or the next version of one"), 2,
      2, CTL_NEEDS_WRITING, add_options, run_add, 2 },
  { "asset list", N_ ("CARD"), N_ ("List the assets of a card with their versions"), 1, 1, CTL_NEEDS_READING,
      list_options, run_list, 0 },
  { "asset get", N_ ("CARD"), N_ ("Copy a version out to a file, checking its content"), 1, 1,
      CTL_NEEDS_READING, get_options, run_get, 0 },
  { "asset choose", N_ ("CARD VERSION"), N_ ("Say which version counts"), 2, 2, CTL_NEEDS_WRITING,
      choose_options, run_choose, 0 },
  { "asset bin", N_ ("CARD VERSION"), N_ ("Put a version into the bin"), 2, 2, CTL_NEEDS_WRITING, bin_options,
      run_bin, 0 },
  { "asset restore", N_ ("CARD VERSION"), N_ ("Take a version out of the bin"), 2, 2, CTL_NEEDS_WRITING,
      choose_options, run_restore, 0 },
  { NULL },
};
