/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "batonctl"

#include "ctl.h"

#include "naming.h"
#include "review-window.h"

#include <glib/gi18n.h>

/* How a board names its files and reviews them: its settings, and the list of each asset type. */

static char *naming;
static char *review_hours;
static char *working_hours;
static char *time_zone;
static char *on_version;
static char *on_approved;
static char *on_changes;

static const GOptionEntry set_options[] = {
  { "naming", 0, 0, G_OPTION_ARG_FILENAME, &naming,
      N_ ("How files are named, such as {campaign}_{channel}_{asset}_v{version}"), N_ ("TEMPLATE") },
  { "review-hours", 0, 0, G_OPTION_ARG_FILENAME, &review_hours, N_ ("How long a review has"), N_ ("HOURS") },
  { "working-hours", 0, 0, G_OPTION_ARG_FILENAME, &working_hours,
      N_ ("The hours that count, such as “1-5 09:00-17:00”; empty for all"), N_ ("HOURS") },
  { "time-zone", 0, 0, G_OPTION_ARG_FILENAME, &time_zone, N_ ("Where these hours are, such as Europe/Berlin"),
      N_ ("ZONE") },
  { "on-version", 0, 0, G_OPTION_ARG_FILENAME, &on_version, N_ ("Where a card goes when a version arrives"),
      N_ ("STAGE") },
  { "on-approved", 0, 0, G_OPTION_ARG_FILENAME, &on_approved, N_ ("Where a card goes when a review approves"),
      N_ ("STAGE") },
  { "on-changes", 0, 0, G_OPTION_ARG_FILENAME, &on_changes,
      N_ ("Where a card goes when changes are requested"), N_ ("STAGE") },
  { NULL },
};

static gboolean
set_naming (BatonOp *op, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (BatonNaming) parsed =
      naming != NULL && *naming != '\0' ? baton_naming_new (naming, &local) : NULL;

  if (local != NULL)
    return ctl_usage (error, "%s", local->message);
  if (naming != NULL)
    baton_op_set_text (op, BATON_BOARD_NAMING, *naming != '\0' ? naming : NULL);
  return TRUE;
}

static gboolean
set_hours (BatonOp *op, GError **error)
{
  gint64 hours;

  if (review_hours != NULL && !ctl_parse_count (review_hours, &hours, error))
    return FALSE;
  if (review_hours != NULL)
    baton_op_set_int (op, BATON_BOARD_REVIEW_HOURS, hours);
  if (working_hours != NULL && *working_hours != '\0' && !baton_working_hours_are_valid (working_hours))
    return ctl_usage (error, _ ("“%s” are no working hours; write “1-5 09:00-17:00”."), working_hours);
  if (working_hours != NULL)
    baton_op_set_text (op, BATON_BOARD_WORKING_HOURS, *working_hours != '\0' ? working_hours : NULL);
  if (time_zone != NULL)
    baton_op_set_text (op, BATON_BOARD_TIME_ZONE, *time_zone != '\0' ? time_zone : NULL);
  return TRUE;
}

static gboolean
set_stage (Ctl *ctl, BatonOp *op, const char *board, BatonField field, const char *typed, GError **error)
{
  g_autoptr (BatonRow) stage = NULL;

  if (typed == NULL)
    return TRUE;
  if (*typed == '\0')
    {
      baton_op_set_none (op, field);
      return TRUE;
    }
  stage = ctl_find_stage (ctl, board, typed, error);
  if (stage == NULL)
    return FALSE;
  baton_op_set_text (op, field, stage->id);
  return TRUE;
}

static gboolean
run_set (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRow) board = ctl_find_board (ctl, args[0], error);
  g_autoptr (BatonOp) op = baton_op_new (BATON_VERB_BOARD_SET);
  const char *ids[] = { board != NULL ? board->id : NULL, NULL };

  if (board == NULL)
    return FALSE;
  baton_op_add_id (op, board->id);
  if (!set_naming (op, error) || !set_hours (op, error) ||
      !set_stage (ctl, op, board->id, BATON_BOARD_ON_VERSION, on_version, error) ||
      !set_stage (ctl, op, board->id, BATON_BOARD_ON_APPROVED, on_approved, error) ||
      !set_stage (ctl, op, board->id, BATON_BOARD_ON_CHANGES, on_changes, error))
    return FALSE;
  if (op->sets->len == 0)
    return ctl_usage (error, _ ("Say what to change; “batonctl board set --help” shows what there is."));
  if (!ctl_perform (ctl, g_steal_pointer (&op), error))
    return FALSE;
  ctl_done (ctl, ids, _ ("Changed."));
  return TRUE;
}

static BatonRow *
find_type (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRow) board = ctl_find_board (ctl, args[0], error);

  return board != NULL ? ctl_find_below (ctl, BATON_ASSET_TYPE_BOARD, board->id, args[1], error) : NULL;
}

static gboolean
run_check_list (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRow) type = find_type (ctl, args, error);
  g_autoptr (GPtrArray) checks =
      type != NULL ? ctl_rows (ctl, BATON_ENTITY_REVIEW_CHECK, BATON_REVIEW_CHECK_ASSET_TYPE, type->id, error)
                   : NULL;

  if (checks == NULL)
    return FALSE;
  if (ctl->json)
    baton_json_begin_array (&ctl->writer, NULL);
  for (guint i = 0; i < checks->len; i++)
    {
      const BatonRow *row = g_ptr_array_index (checks, i);

      ctl_say (ctl, "%s", ctl_row_name (row));
      if (!ctl->json)
        continue;
      baton_json_begin_object (&ctl->writer, NULL);
      baton_json_string (&ctl->writer, "id", row->id);
      baton_json_string (&ctl->writer, "text", ctl_row_name (row));
      baton_json_end_object (&ctl->writer);
    }
  if (ctl->json)
    baton_json_end_array (&ctl->writer);
  return TRUE;
}

static gboolean
run_check_add (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRow) type = find_type (ctl, args, error);
  g_autoptr (BatonOp) op = baton_op_new (BATON_VERB_REVIEW_CHECK_ADD);
  g_autofree char *id = baton_store_new_id ();
  BatonRow *row = baton_op_add_row (op, BATON_ENTITY_REVIEW_CHECK, id);

  if (type == NULL)
    return FALSE;
  baton_row_set_text (row, BATON_REVIEW_CHECK_ASSET_TYPE, type->id);
  baton_row_set_text (row, BATON_REVIEW_CHECK_TEXT, args[2]);
  if (!ctl_perform (ctl, g_steal_pointer (&op), error))
    return FALSE;
  ctl_added (ctl, id, "text", args[2]);
  return TRUE;
}

static gboolean
run_check_remove (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonRow) type = find_type (ctl, args, error);
  g_autoptr (BatonRow) check =
      type != NULL ? ctl_find_below (ctl, BATON_REVIEW_CHECK_ASSET_TYPE, type->id, args[2], error) : NULL;
  const char *ids[] = { check != NULL ? check->id : NULL, NULL };
  BatonOp *op;

  if (check == NULL)
    return FALSE;
  op = baton_op_new (BATON_VERB_REVIEW_CHECK_REMOVE);
  baton_op_add_id (op, check->id);
  if (!ctl_perform (ctl, op, error))
    return FALSE;
  ctl_done (ctl, ids, _ ("Removed."));
  return TRUE;
}

const CtlCommand ctl_review_settings[] = {
  { "board set", N_ ("BOARD"), N_ ("Say how a board names its files and reviews them; an empty value unsets"),
      1, 1, CTL_NEEDS_WRITING, set_options, run_set, 0 },
  { "check list", N_ ("BOARD TYPE"), N_ ("List what a review of an asset type looks at"), 2, 2,
      CTL_NEEDS_READING, NULL, run_check_list, 0 },
  { "check add", N_ ("BOARD TYPE TEXT"), N_ ("Add a line to the review list of an asset type"), 3, 3,
      CTL_NEEDS_WRITING, NULL, run_check_add, 0 },
  { "check remove", N_ ("BOARD TYPE CRITERION"), N_ ("Remove a line from the review list"), 3, 3,
      CTL_NEEDS_WRITING, NULL, run_check_remove, 0 },
  { NULL },
};
