/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "team.h"

#include "link.h"
#include "sharing.h"
#include "wire.h"
#include "test-folder.h"

#include <gio/gio.h>
#include <sys/prctl.h>

#define PASSWORD "a password of many words"

gboolean
team_late_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

gboolean
team_turn_cb (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

void
team_run_for (guint milliseconds)
{
  gboolean late = FALSE;

  g_timeout_add (milliseconds, team_late_cb, &late);
  while (!late)
    g_main_context_iteration (NULL, TRUE);
}

static char *
read_line (GSubprocess *process)
{
  g_autoptr (GDataInputStream) stream = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autoptr (GError) error = NULL;
  char *line = g_data_input_stream_read_line (stream, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (line);
  return line;
}

/* A test that fails leaves no server behind. */
static void
end_with_us (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

Team *
team_new (const char *more, ...)
{
  Team *team = g_new0 (Team, 1);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL;
  g_autoptr (json_t) said = NULL;
  va_list list;

  g_setenv ("BATON_KEYRING", "no", TRUE);
  team->base = g_dir_make_tmp ("baton-team-XXXXXX", NULL);
  team->data = g_build_filename (team->base, "server", NULL);
  team->devices = g_ptr_array_new ();
  g_ptr_array_add (words, (gpointer) g_getenv ("BATON_SERVER"));
  g_ptr_array_add (words, (gpointer) "--data");
  g_ptr_array_add (words, team->data);
  g_ptr_array_add (words, (gpointer) "--listen");
  g_ptr_array_add (words, (gpointer) "127.0.0.1:0");
  g_ptr_array_add (words, (gpointer) "--json");
  va_start (list, more);
  for (const char *word = more; word != NULL; word = va_arg (list, const char *))
    g_ptr_array_add (words, (gpointer) word);
  va_end (list);
  g_ptr_array_add (words, NULL);
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_subprocess_launcher_set_child_setup (launcher, end_with_us, NULL, NULL);
  team->process = g_subprocess_launcher_spawnv (launcher, (const char *const *) words->pdata, &error);
  g_assert_no_error (error);
  line = read_line (team->process);
  said = baton_wire_parse (line, strlen (line));
  team->url = g_strdup (baton_wire_text (said, "listen"));
  team->invitation = g_strdup (baton_wire_text (said, "invitation"));
  return team;
}

void
device_close (Device *device)
{
  if (device->workspace == NULL)
    return;
  device_disconnect (device);
  baton_workspace_close (device->workspace);
  g_clear_object (&device->workspace);
}

static void
device_free (Device *device)
{
  device_close (device);
  baton_server_access_clear (&device->access);
  g_ptr_array_unref (device->arrived);
  g_free (device->folder);
  g_free (device);
}

void
team_free (Team *team)
{
  for (guint i = 0; i < team->devices->len; i++)
    device_free (g_ptr_array_index (team->devices, i));
  g_ptr_array_unref (team->devices);
  g_subprocess_send_signal (team->process, SIGTERM);
  g_subprocess_wait (team->process, NULL, NULL);
  g_object_unref (team->process);
  baton_test_folder_remove (team->base);
  g_free (team->base);
  g_free (team->data);
  g_free (team->url);
  g_free (team->invitation);
  g_free (team);
}

static char *
invite (Team *team, const char *role)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
      g_getenv ("BATON_SERVER"), "invite", "--role", role, "--json", "--data", team->data, NULL);
  g_autofree char *text = NULL;
  g_autoptr (json_t) said = NULL;

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &text, NULL, &error);
  g_assert_no_error (error);
  said = baton_wire_parse (text, strlen (text));
  return g_strdup (baton_wire_text (said, "invitation"));
}

static void
arrived_cb (BatonWorkspace *workspace, const char *hash, Device *device)
{
  g_ptr_array_add (device->arrived, g_strdup (hash));
}

static void
fill (Device *device, BatonTestBoard *board)
{
  g_autoptr (GError) error = NULL;

  baton_workspace_perform_batch (device->workspace,
      baton_test_board_ops (board, g_get_real_time () - G_TIME_SPAN_DAY), NULL, NULL, &error);
  g_assert_no_error (error);
  baton_workspace_set_me (device->workspace, board->people[0], NULL);
}

Device *
team_join (Team *team, const char *name, const char *role, BatonTestBoard *board)
{
  gboolean first = team->devices->len == 0;
  g_autofree char *link = first ? g_strdup (team->invitation) : invite (team, role);
  g_auto (BatonMembership) membership = { 0 };
  Device *device = g_new0 (Device, 1);
  g_autoptr (GError) error = NULL;
  BatonLinkParts parts;

  device->team = team;
  device->folder = g_build_filename (team->base, name, NULL);
  device->arrived = g_ptr_array_new_with_free_func (g_free);
  device->workspace = baton_workspace_open (device->folder, BATON_STORE_CREATE, &error);
  g_assert_no_error (error);
  g_signal_connect (device->workspace, "arrived", G_CALLBACK (arrived_cb), device);
  if (first)
    fill (device, board);
  baton_link_parse (link, &parts, &error);
  g_assert_no_error (error);
  device->access.server = g_strdup (parts.server);
  baton_account_join (&device->access, parts.secret, name, PASSWORD,
      baton_workspace_device (device->workspace), first ? baton_workspace_me (device->workspace) : NULL, NULL,
      &membership, &error);
  g_assert_no_error (error);
  baton_link_clear (&parts);
  device->access.token = g_strdup (membership.token);
  baton_sharing_note (device->workspace, &device->access, &membership, name, NULL, &error);
  g_assert_no_error (error);
  g_ptr_array_add (team->devices, device);
  device_connect (device);
  device_in_step (device);
  return device;
}

void
device_connect (Device *device)
{
  g_autoptr (GError) error = NULL;

  baton_workspace_connect (device->workspace, TRUE, &error);
  g_assert_no_error (error);
}

void
device_leave_files (Device *device)
{
  g_clear_pointer (&device->files, baton_files_free);
}

void
device_disconnect (Device *device)
{
  device_leave_files (device);
  baton_workspace_disconnect (device->workspace);
}

void
device_look_after_files (Device *device)
{
  device->files = baton_files_new (device->workspace, baton_workspace_sharing (device->workspace));
}

static gint64
server_head (Device *device)
{
  g_autoptr (json_t) answer = NULL;
  g_autoptr (GError) error = NULL;
  json_t *body = json_pack ("{s:[i], s:s, s:s}", "protocols", 2, "program", "test", "device",
      baton_workspace_device (device->workspace));

  baton_account_ask (&device->access, "POST", "hello", body, NULL, &answer, &error);
  g_assert_no_error (error);
  return baton_wire_int (answer, "head", -1);
}

void
device_in_step (Device *device)
{
  BatonSharing *sharing = baton_workspace_sharing (device->workspace);
  const BatonSyncStatus *status;
  gint64 head;

  /* What was performed a moment ago counts, too. */
  team_run_for (50);
  WAIT_FOR ((status = baton_sharing_status (sharing))->state == BATON_SYNC_IN_STEP && status->pending == 0);
  head = server_head (device);
  WAIT_FOR (baton_sharing_status (sharing)->cursor >= head);
}

void
device_perform (Device *device, BatonOp *op)
{
  g_autoptr (GError) error = NULL;

  baton_workspace_perform (device->workspace, op, NULL, &error);
  g_assert_no_error (error);
}

static void
keep_result_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

char *
device_add (Device *device, const char *card, const char *asset, gsize size, guint seed)
{
  BatonAddFile *add = baton_add_file_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (BatonAdded) added = NULL;
  g_autoptr (GError) error = NULL;
  guint32 *data = g_malloc (size + 4);
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  for (gsize i = 0; i <= size / 4; i++)
    data[i] = g_rand_int (random);
  add->card = g_strdup (card);
  add->name = g_strdup (asset);
  add->bytes = g_bytes_new_take (data, size);
  add->file = g_strdup_printf ("%s-%u.bin", asset, seed);
  baton_workspace_add_file_async (device->workspace, add, NULL, NULL, NULL, keep_result_cb, &result);
  WAIT_FOR (result != NULL);
  added = baton_workspace_add_file_finish (device->workspace, result, &error);
  g_assert_no_error (error);
  return g_strdup (added->hash);
}

gboolean
device_has (Device *device, const char *hash)
{
  return baton_blobs_has (baton_workspace_blobs (device->workspace), hash);
}

BatonFileState
device_state (Device *device, BatonBlobWay way, const char *hash)
{
  BatonFileTransfer *transfer = baton_files_find (device->files, way, hash);

  return transfer != NULL ? baton_file_transfer_state (transfer) : (BatonFileState) G_MAXINT;
}
