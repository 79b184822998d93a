/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "batonctl"

#include "ctl.h"

#include "apply.h"
#include "interrupt.h"
#include "sample.h"
#include "templates.h"

#include "baton-config.h"

#include <glib/gi18n.h>

static char *template_name;
static char *name;
static char *board_name;

static const GOptionEntry init_options[] = {
  { "template", 't', 0, G_OPTION_ARG_FILENAME, &template_name, N_ ("Make a first board from this template"),
      N_ ("TEMPLATE") },
  { "name", 'n', 0, G_OPTION_ARG_FILENAME, &name, N_ ("Name of the workspace, and of its first board"),
      N_ ("NAME") },
  { "board", 'b', 0, G_OPTION_ARG_FILENAME, &board_name, N_ ("Name of the first board"), N_ ("NAME") },
  { NULL },
};

static gboolean
name_workspace (Ctl *ctl, GError **error)
{
  BatonOp *op;

  if (name == NULL)
    return TRUE;
  op = baton_op_new (BATON_VERB_WORKSPACE_SET);
  baton_op_add_id (op, BATON_WORKSPACE_ID);
  baton_op_set_text (op, BATON_WORKSPACE_NAME, name);
  return ctl_perform (ctl, op, error);
}

static gboolean
add_first_board (Ctl *ctl, const char *template, char **id, GError **error)
{
  BatonOp *op;

  if (template == NULL)
    return TRUE;
  op = baton_template_make_board (template, board_name != NULL ? board_name : name);
  *id = g_strdup (((BatonNewRow *) g_ptr_array_index (op->rows, 0))->row->id);
  return ctl_perform (ctl, op, error);
}

static gboolean
find_template (const char *typed, const char **template, GError **error)
{
  *template = typed != NULL ? baton_template_find (typed) : NULL;
  if (typed == NULL || *template != NULL)
    return TRUE;
  g_set_error (error, BATON_ERROR, BATON_ERROR_NOT_FOUND,
      _ ("There is no template “%s”; “batonctl template list” shows them."), typed);
  return FALSE;
}

static gboolean
open_new (Ctl *ctl, GError **error)
{
  if (baton_store_exists (ctl->folder) && !baton_store_is_unborn (ctl->folder))
    {
      g_set_error (error, BATON_ERROR, BATON_ERROR_EXISTS,
          _ ("There is already a workspace in %s. Nothing was changed."), ctl->folder);
      return FALSE;
    }
  ctl_begin_making (ctl);
  ctl->session = baton_session_open (ctl->folder, BATON_SESSION_WRITE | BATON_SESSION_CREATE, error);
  if (ctl->session == NULL)
    return FALSE;
  ctl->reader = baton_session_reader (ctl->session);
  return baton_session_ensure_me (ctl->session, error);
}

static gboolean
run_init (Ctl *ctl, char **args, GError **error)
{
  const char *template;
  g_autofree char *board = NULL;

  if (!find_template (template_name != NULL ? template_name
                      : board_name != NULL  ? "blank"
                                            : NULL,
          &template, error) ||
      !open_new (ctl, error) || !name_workspace (ctl, error) ||
      !add_first_board (ctl, template, &board, error))
    return FALSE;
  ctl_say (ctl, _ ("There is a workspace in %s now."), ctl->folder);
  if (!ctl->json)
    return TRUE;
  baton_json_begin_object (&ctl->writer, NULL);
  baton_json_string (&ctl->writer, "folder", baton_workspace_folder (baton_session_workspace (ctl->session)));
  baton_json_string (&ctl->writer, "board", board);
  baton_json_end_object (&ctl->writer);
  return TRUE;
}

static gboolean
run_demo (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (GPtrArray) before = ctl_rows (ctl, BATON_ENTITY_BOARD, BATON_FIELD_NONE, NULL, error);
  g_autoptr (GPtrArray) after = NULL;
  GPtrArray *ops;

  if (before == NULL)
    return FALSE;
  ops = baton_sample_operations_with_files (
      g_get_real_time (), baton_workspace_blobs (baton_session_workspace (ctl->session)));
  if (!baton_session_perform_batch (
          ctl->session, ops, ctl_interrupt_progress, _ ("Making the sample…"), error))
    return FALSE;
  after = ctl_rows (ctl, BATON_ENTITY_BOARD, BATON_FIELD_NONE, NULL, error);
  if (after == NULL)
    return FALSE;
  if (ctl->json)
    baton_json_begin_array (&ctl->writer, NULL);
  for (guint i = before->len; i < after->len; i++)
    {
      const BatonRow *board = g_ptr_array_index (after, i);

      if (ctl->json)
        ctl_added (ctl, board->id, "name", ctl_row_name (board));
      ctl_say (ctl, _ ("The sample board “%s” is there."), ctl_row_name (board));
    }
  if (ctl->json)
    baton_json_end_array (&ctl->writer);
  return TRUE;
}

static gboolean
run_template_list (Ctl *ctl, char **args, GError **error)
{
  const char *const *ids = baton_template_list ();
  CtlTable *table = ctl->json ? NULL : ctl_table_new (_ ("Template"), _ ("Name"), _ ("What it is for"), NULL);

  if (ctl->json)
    baton_json_begin_array (&ctl->writer, NULL);
  for (guint i = 0; ids[i] != NULL; i++)
    {
      if (!ctl->json)
        {
          ctl_table_add (
              table, ids[i], baton_template_name (ids[i]), baton_template_description (ids[i]), NULL);
          continue;
        }
      baton_json_begin_object (&ctl->writer, NULL);
      baton_json_string (&ctl->writer, "id", ids[i]);
      baton_json_string (&ctl->writer, "name", baton_template_name (ids[i]));
      baton_json_string (&ctl->writer, "description", baton_template_description (ids[i]));
      baton_json_end_object (&ctl->writer);
    }
  if (ctl->json)
    baton_json_end_array (&ctl->writer);
  else
    ctl_table_print (table, ctl);
  return TRUE;
}

static gboolean
take_back (Ctl *ctl, gboolean redo, GError **error)
{
  g_autofree char *sentence = NULL;

  if (!baton_session_undo (ctl->session, redo, &sentence, error))
    return FALSE;
  if (sentence == NULL)
    {
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_INVALID,
          redo ? _ ("There is nothing to redo.") : _ ("There is nothing to undo."));
      return FALSE;
    }
  if (redo)
    ctl_say (ctl, _ ("Done again: %s."), sentence);
  else
    ctl_say (ctl, _ ("Undone: %s."), sentence);
  if (!ctl->json)
    return TRUE;
  baton_json_begin_object (&ctl->writer, NULL);
  baton_json_bool (&ctl->writer, "ok", TRUE);
  baton_json_string (&ctl->writer, redo ? "redone" : "undone", sentence);
  baton_json_end_object (&ctl->writer);
  return TRUE;
}

static gboolean
run_undo (Ctl *ctl, char **args, GError **error)
{
  return take_back (ctl, FALSE, error);
}

static gboolean
run_redo (Ctl *ctl, char **args, GError **error)
{
  return take_back (ctl, TRUE, error);
}

static gboolean
run_version (Ctl *ctl, char **args, GError **error)
{
  ctl_say (ctl, "batonctl %s", BATON_VERSION);
  if (!ctl->json)
    return TRUE;
  baton_json_begin_object (&ctl->writer, NULL);
  baton_json_string (&ctl->writer, "version", BATON_VERSION);
  baton_json_end_object (&ctl->writer);
  return TRUE;
}

const CtlCommand ctl_workspace_commands[] = {
  { "init", "", N_ ("Make a workspace, with a first board if you like"), 0, 0, CTL_NEEDS_NOTHING,
      init_options, run_init },
  { "demo", "", N_ ("Add the sample boards, with months of history"), 0, 0, CTL_NEEDS_MAKING, NULL,
      run_demo },
  { "template list", "", N_ ("Show the templates for boards"), 0, 0, CTL_NEEDS_NOTHING, NULL,
      run_template_list },
  { "undo", "", N_ ("Undo the latest change made here"), 0, 0, CTL_NEEDS_WRITING, NULL, run_undo },
  { "redo", "", N_ ("Do again what was undone last"), 0, 0, CTL_NEEDS_WRITING, NULL, run_redo },
  { "version", "", N_ ("Show the version"), 0, 0, CTL_NEEDS_NOTHING, NULL, run_version },
  { NULL },
};
