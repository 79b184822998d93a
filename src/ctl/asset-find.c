/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "batonctl"

#include "asset-find.h"

#include "naming.h"
#include "probe.h"

#include <glib/gi18n.h>
#include <string.h>

BatonRow *
ctl_asset_card (Ctl *ctl, const char *board_name, const char *typed, GError **error)
{
  g_autoptr (BatonRow) board = board_name != NULL ? ctl_find_board (ctl, board_name, error) : NULL;

  if (board_name != NULL && board == NULL)
    return NULL;
  return ctl_find_card (ctl, board != NULL ? board->id : NULL, typed, error);
}

BatonRow *
ctl_asset_find (Ctl *ctl, const char *card, const char *typed, GError **error)
{
  g_autoptr (GPtrArray) assets = NULL;

  if (typed != NULL)
    return ctl_find_below (ctl, BATON_ASSET_CARD, card, typed, error);
  assets = ctl_rows (ctl, BATON_ENTITY_ASSET, BATON_ASSET_CARD, card, error);
  if (assets == NULL)
    return NULL;
  if (assets->len == 1)
    return baton_row_ref (g_ptr_array_index (assets, 0));
  if (assets->len == 0)
    g_set_error_literal (error, BATON_ERROR, BATON_ERROR_NOT_FOUND, _ ("This card has no assets."));
  else
    g_set_error_literal (error, BATON_ERROR, BATON_ERROR_INVALID,
        _ ("This card has several assets. Name one with --asset; “batonctl asset list” shows them."));
  return NULL;
}

BatonRow *
ctl_version_find (Ctl *ctl, const BatonRow *asset, const char *typed, GError **error)
{
  g_autoptr (GPtrArray) versions = NULL;
  gint64 number;

  if (typed == NULL)
    {
      const char *current = baton_row_text (asset, BATON_ASSET_CURRENT);
      BatonRow *row = current != NULL ? baton_reader_row (ctl->reader, BATON_ENTITY_VERSION, current) : NULL;

      if (row == NULL)
        g_set_error_literal (error, BATON_ERROR, BATON_ERROR_NOT_FOUND, _ ("This asset has no version."));
      return row;
    }
  if (!ctl_parse_count (*typed == 'v' ? typed + 1 : typed, &number, error))
    return NULL;
  versions =
      baton_reader_rows (ctl->reader, BATON_ENTITY_VERSION, BATON_VERSION_ASSET, asset->id, FALSE, error);
  for (guint i = 0; versions != NULL && i < versions->len; i++)
    {
      BatonRow *row = g_ptr_array_index (versions, i);

      if (baton_row_int (row, BATON_VERSION_NUMBER) == number)
        return baton_row_ref (row);
    }
  if (versions != NULL)
    g_set_error (error, BATON_ERROR, BATON_ERROR_NOT_FOUND, _ ("“%s” has no version %d."),
        ctl_row_name (asset), (int) number);
  return NULL;
}

BatonRow *
ctl_review_find (Ctl *ctl, const BatonRow *asset, GError **error)
{
  g_autoptr (GPtrArray) rows = ctl_rows (ctl, BATON_ENTITY_REVIEW, BATON_REVIEW_ASSET, asset->id, error);
  const char *current = baton_row_text (asset, BATON_ASSET_CURRENT);
  BatonRow *found = NULL;

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      BatonRow *row = g_ptr_array_index (rows, i);

      if (baton_row_int (row, BATON_REVIEW_CLOSED) == 0 &&
          (found == NULL || g_strcmp0 (baton_row_text (row, BATON_REVIEW_VERSION), current) == 0))
        found = row;
    }
  if (found == NULL && rows != NULL)
    g_set_error (
        error, BATON_ERROR, BATON_ERROR_NOT_FOUND, _ ("No review of “%s” is open."), ctl_row_name (asset));
  return found != NULL ? baton_row_ref (found) : NULL;
}

/* What people say for the same thing. */
static const char *
synonym (const char *typed)
{
  static const char *const pairs[][2] = { { "approve", "approved" }, { "changes", "changes_requested" },
    { "request_changes", "changes_requested" }, { "approve_with_changes", "approved_with_changes" },
    { "done", "complete" }, { "na", "not_applicable" }, { "n/a", "not_applicable" }, { "fail", "failed" } };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      if (g_str_equal (pairs[i][0], typed))
        return pairs[i][1];
    }
  return typed;
}

const char *
ctl_choice (BatonField field, const char *typed, GError **error)
{
  const char *const *choices = baton_field_info (field)->choices;
  g_autofree char *folded = g_strdelimit (g_ascii_strdown (typed, -1), "- ", '_');
  g_autofree char *list = g_strdelimit (g_strjoinv (", ", (char **) choices + 1), "_", '-');
  const char *wanted = synonym (folded);

  for (guint i = 0; choices[i] != NULL; i++)
    {
      if (g_str_equal (choices[i], wanted))
        return choices[i];
    }
  ctl_usage (error, _ ("“%s” is not one of: %s."), typed, list);
  return NULL;
}

gint64
ctl_version_number (Ctl *ctl, const char *version)
{
  g_autoptr (BatonRow) row =
      version != NULL ? baton_reader_row (ctl->reader, BATON_ENTITY_VERSION, version) : NULL;

  return row != NULL ? baton_row_int (row, BATON_VERSION_NUMBER) : 0;
}

void
ctl_version_json (Ctl *ctl, const BatonRow *version)
{
  BatonBlobs *blobs = baton_workspace_blobs (baton_session_workspace (ctl->session));
  const char *hash = baton_row_text (version, BATON_VERSION_BLOB);
  gint64 parent = ctl_version_number (ctl, baton_row_text (version, BATON_VERSION_PARENT));
  g_autofree char *export_name = baton_naming_export_name (ctl->reader, version);
  BatonProbe probe;

  baton_probe_version (blobs, version, &probe);
  baton_json_string (&ctl->writer, "id", version->id);
  baton_json_int (&ctl->writer, "version", baton_row_int (version, BATON_VERSION_NUMBER));
  if (parent > 0)
    baton_json_int (&ctl->writer, "parent", parent);
  else
    baton_json_null (&ctl->writer, "parent");
  baton_json_string (&ctl->writer, "status", baton_row_text (version, BATON_VERSION_STATUS));
  baton_json_string (&ctl->writer, "author",
      ctl_name (ctl, BATON_ENTITY_PERSON, baton_row_text (version, BATON_VERSION_AUTHOR)));
  baton_json_time (&ctl->writer, "created", baton_row_int (version, BATON_VERSION_CREATED));
  baton_json_string (&ctl->writer, "file", baton_row_text (version, BATON_VERSION_FILE));
  baton_json_string (&ctl->writer, "export_name", export_name);
  baton_json_int (&ctl->writer, "size", baton_row_int (version, BATON_VERSION_SIZE));
  baton_json_string (&ctl->writer, "media", baton_row_text (version, BATON_VERSION_MEDIA));
  baton_json_int (&ctl->writer, "width", probe.width);
  baton_json_int (&ctl->writer, "height", probe.height);
  baton_json_int (&ctl->writer, "pages", probe.pages);
  baton_json_int (&ctl->writer, "duration_ms", probe.duration);
  baton_json_string (&ctl->writer, "hash", hash);
  baton_json_string (&ctl->writer, "note", baton_row_text (version, BATON_VERSION_NOTE));
  baton_json_bool (&ctl->writer, "damaged", baton_blobs_is_damaged (blobs, hash));
  baton_json_bool (&ctl->writer, "here", baton_blobs_size (blobs, hash) >= 0);
  baton_json_bool (&ctl->writer, "binned", ctl_is_removed (version));
}
