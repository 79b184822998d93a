/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "batonctl"

#include "ctl.h"

#include "sharing.h"

#include <glib/gi18n.h>

/* Keeping the workspace safe and sound: verify, backup, restore, rebuild. */

static char *
database_of (Ctl *ctl)
{
  return g_build_filename (ctl->folder, "workspace.db", NULL);
}

static void
tell_problems (Ctl *ctl, GPtrArray *problems, gint64 operations, gint64 files)
{
  if (problems->len > 0)
    ctl->status = CTL_FAILED;
  if (ctl->json)
    {
      baton_json_begin_object (&ctl->writer, NULL);
      baton_json_bool (&ctl->writer, "ok", problems->len == 0);
      baton_json_int (&ctl->writer, "operations", operations);
      baton_json_int (&ctl->writer, "files", files);
      baton_json_begin_array (&ctl->writer, "problems");
    }
  for (guint i = 0; i < problems->len; i++)
    {
      const char *problem = g_ptr_array_index (problems, i);

      if (ctl->json)
        {
          /* A damaged database may answer in damaged text. */
          g_autofree char *valid = g_utf8_make_valid (problem, -1);

          baton_json_string (&ctl->writer, NULL, valid);
        }
      ctl_say (ctl, "%s", problem);
    }
  if (ctl->json)
    {
      baton_json_end_array (&ctl->writer);
      baton_json_end_object (&ctl->writer);
    }
  else if (problems->len == 0)
    {
      ctl_say (ctl,
          g_dngettext (GETTEXT_PACKAGE, "All is well: %d operation checked and replayed.",
              "All is well: %d operations checked and replayed.", (gulong) operations),
          (int) operations);
      if (files > 0)
        ctl_say (ctl,
            g_dngettext (
                GETTEXT_PACKAGE, "%d file read and sound.", "%d files read and sound.", (gulong) files),
            (int) files);
    }
}

static gboolean
verify_files (Ctl *ctl, GPtrArray *problems, gint64 *files, GError **error)
{
  BatonWorkspace *workspace = baton_session_workspace (ctl->session);
  g_auto (BatonSharingPlace) place = { NULL };
  gboolean joined = baton_sharing_read_place (baton_session_reader (ctl->session), &place);

  return baton_verify_blobs (baton_session_reader (ctl->session), baton_workspace_blobs (workspace), joined,
      NULL, problems, files, error);
}

/* A workspace that is too damaged to be opened has a problem too, and it is told as one. */
static gboolean
run_verify (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) local = NULL;
  gint64 operations = 0;
  gint64 files = 0;

  ctl->session = baton_session_open (ctl->folder, BATON_SESSION_READ, &local);
  if (ctl->session != NULL && baton_verify (baton_workspace_database (baton_session_workspace (ctl->session)),
                                  &problems, &operations, &local))
    verify_files (ctl, problems, &files, &local);
  if (local != NULL && !g_error_matches (local, BATON_ERROR, BATON_ERROR_CORRUPT))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (local != NULL)
    {
      if (problems == NULL)
        problems = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (problems, g_strdup (local->message));
    }
  tell_problems (ctl, problems, operations, files);
  return TRUE;
}

static void
tell_path (Ctl *ctl, const char *field, const char *path, const char *sentence)
{
  if (!ctl->json)
    {
      ctl_say (ctl, "%s", sentence);
      return;
    }
  baton_json_begin_object (&ctl->writer, NULL);
  baton_json_bool (&ctl->writer, "ok", TRUE);
  baton_json_string (&ctl->writer, field, path);
  baton_json_end_object (&ctl->writer);
}

static gboolean
run_backup (Ctl *ctl, char **args, GError **error)
{
  const char *database = baton_workspace_database (baton_session_workspace (ctl->session));
  g_autofree char *path = args[0] != NULL ? g_canonicalize_filename (args[0], NULL) : NULL;
  g_autofree char *sentence = NULL;

  if (path != NULL ? !baton_backup_write (database, path, error)
                   : !baton_backup_create (ctl->folder, database, g_get_real_time (), &path, error))
    return FALSE;
  sentence = g_strdup_printf (_ ("Copied and checked: %s"), path);
  tell_path (ctl, "backup", path, sentence);
  return TRUE;
}

static gboolean
run_backup_list (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (GPtrArray) paths = baton_backup_list (ctl->folder);

  if (ctl->json)
    baton_json_begin_array (&ctl->writer, NULL);
  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = g_ptr_array_index (paths, i);

      ctl_say (ctl, "%s", path);
      if (!ctl->json)
        continue;
      baton_json_begin_object (&ctl->writer, NULL);
      baton_json_string (&ctl->writer, "file", path);
      baton_json_time (&ctl->writer, "at", baton_backup_time (path));
      baton_json_end_object (&ctl->writer);
    }
  if (ctl->json)
    baton_json_end_array (&ctl->writer);
  return TRUE;
}

static gboolean
run_restore (Ctl *ctl, char **args, GError **error)
{
  g_autofree char *path = g_canonicalize_filename (args[0], NULL);
  g_autofree char *kept = NULL;
  g_autofree char *sentence = NULL;
  gboolean replaced = baton_store_exists (ctl->folder);

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error (
          error, BATON_ERROR, BATON_ERROR_NOT_FOUND, _ ("There is no file %s. Nothing was changed."), path);
      return FALSE;
    }
  if (!baton_backup_restore (ctl->folder, path, g_get_real_time (), &kept, error))
    return FALSE;
  if (replaced)
    sentence = g_strdup_printf (_ ("Restored. What was there before is kept in %s"), kept);
  else
    sentence = g_strdup_printf (_ ("Restored into %s"), ctl->folder);
  tell_path (ctl, "kept", replaced ? kept : NULL, sentence);
  return TRUE;
}

static gboolean
run_rebuild (Ctl *ctl, char **args, GError **error)
{
  g_autoptr (BatonStore) store = baton_store_open (ctl->folder, BATON_STORE_OPEN, error);
  g_autofree char *database = database_of (ctl);

  if (store == NULL || !baton_store_rebuild (store, error))
    return FALSE;
  tell_path (ctl, "database", database, _ ("Every table was made anew from the log."));
  return TRUE;
}

const CtlCommand ctl_keep_commands[] = {
  { "verify", "", N_ ("Check the database, the log, what is derived from it, and the files"), 0, 0,
      CTL_NEEDS_NOTHING, NULL, run_verify },
  { "backup", N_ ("[FILE]"), N_ ("Write a checked copy"), 0, 1, CTL_NEEDS_READING, NULL, run_backup, 1 },
  { "backups", "", N_ ("Show the copies that are kept with the workspace"), 0, 0, CTL_NEEDS_NOTHING, NULL,
      run_backup_list },
  { "restore", N_ ("FILE"), N_ ("Put a copy in the place of the workspace, which is kept beside it"), 1, 1,
      CTL_NEEDS_NOTHING, NULL, run_restore, 1 },
  { "rebuild", "", N_ ("Make every table anew from the log"), 0, 0, CTL_NEEDS_NOTHING, NULL, run_rebuild },
  { NULL },
};
