/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "share-fixture.h"

#include "link.h"
#include "sharing.h"

#include <jansson.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

static guint n_servers, n_people;

static const char *
program (void)
{
  const char *path = g_getenv ("BATON_SERVER");

  g_assert_nonnull (path);
  return path;
}

static char *
read_line (GSubprocess *process)
{
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  g_autoptr (GError) error = NULL;
  char *line = g_data_input_stream_read_line (lines, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (line);
  return line;
}

static char *
member_of (const char *line, const char *name)
{
  json_t *root = json_loads (line, 0, NULL);
  char *text = g_strdup (json_string_value (json_object_get (root, name)));

  json_decref (root);
  return text;
}

/* A test that fails takes its server along. */
static void
child_setup (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

void
share_server_start (TestServer *server)
{
  g_autofree char *listen = g_strdup_printf ("127.0.0.1:%d", server->port);
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autofree char *line = NULL;
  g_autofree char *invitation = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_set_child_setup (launcher, child_setup, NULL, NULL);
  server->process = g_subprocess_launcher_spawn (
      launcher, &error, program (), "--data", server->data, "--listen", listen, "--json", NULL);
  g_assert_no_error (error);
  line = read_line (server->process);
  g_free (server->address);
  server->address = member_of (line, "listen");
  server->port = atoi (strrchr (server->address, ':') + 1);
  invitation = member_of (line, "invitation");
  if (invitation != NULL)
    {
      g_free (server->invitation);
      server->invitation = g_steal_pointer (&invitation);
    }
}

TestServer *
share_server_new (void)
{
  TestServer *server = g_new0 (TestServer, 1);
  g_autofree char *name = g_strdup_printf ("server-%u", n_servers++);

  server->data = g_build_filename (g_getenv ("XDG_DATA_HOME"), "baton-share-test", name, NULL);
  g_setenv ("BATON_KEYRING", "no", TRUE);
  share_server_start (server);
  return server;
}

void
share_server_stop (TestServer *server)
{
  if (server->process == NULL)
    return;
  g_subprocess_force_exit (server->process);
  g_subprocess_wait (server->process, NULL, NULL);
  g_clear_object (&server->process);
}

void
share_server_free (TestServer *server)
{
  share_server_stop (server);
  g_free (server->data);
  g_free (server->address);
  g_free (server->invitation);
  g_free (server);
}

char *
share_invite (TestServer *server, const char *role)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program (),
      "invite", "--role", role, "--json", "--data", server->data, NULL);
  g_autofree char *line = NULL;

  g_assert_no_error (error);
  line = read_line (process);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  return member_of (line, "invitation");
}

static void
enter (BatonWorkspace *workspace, const char *link, const char *name, const char *person)
{
  g_auto (BatonLinkParts) parts = { 0 };
  g_auto (BatonMembership) membership = { 0 };
  BatonServerAccess access = { 0 };
  g_autoptr (GError) error = NULL;

  baton_link_parse (link, &parts, &error);
  g_assert_no_error (error);
  access.server = parts.server;
  baton_account_join (&access, parts.secret, name, SHARE_PASSWORD, baton_workspace_device (workspace), person,
      NULL, &membership, &error);
  g_assert_no_error (error);
  baton_sharing_note (workspace, &access, &membership, name, NULL, &error);
  g_assert_no_error (error);
}

void
share_settle (BatonWorkspace *workspace)
{
  const BatonSyncStatus *status = baton_sharing_status (baton_workspace_sharing (workspace));

  setup_until (status->state == BATON_SYNC_IN_STEP && status->pending == 0 && status->cursor > 0 &&
               status->cursor >= status->head &&
               baton_reader_count_pending (baton_workspace_reader (workspace)) == 0);
}

void
share_up (Setup *setup, TestServer *server)
{
  const char *me = baton_workspace_me (setup->workspace);
  g_autofree char *name =
      g_strdup (baton_workspace_name_of (setup->workspace, BATON_ENTITY_PERSON, me, "Ada"));

  enter (setup->workspace, server->invitation, name, me);
  baton_window_connect (setup->window);
  baton_sharing_resume (baton_workspace_sharing (setup->workspace));
  share_settle (setup->workspace);
}

BatonWorkspace *
share_join (TestServer *server, const char *name, const char *role)
{
  g_autofree char *folder =
      g_strdup_printf ("%s/baton-share-test/%s-%u", g_getenv ("XDG_DATA_HOME"), name, n_people++);
  g_autofree char *link = share_invite (server, role);
  g_autoptr (GError) error = NULL;
  BatonWorkspace *workspace = baton_workspace_open (folder, BATON_STORE_CREATE, &error);

  g_assert_no_error (error);
  enter (workspace, link, name, NULL);
  baton_workspace_connect (workspace, TRUE, &error);
  g_assert_no_error (error);
  share_settle (workspace);
  return workspace;
}

void
share_leave (BatonWorkspace *workspace)
{
  baton_workspace_close (workspace);
  g_object_unref (workspace);
}

BatonOp *
share_set_title (const char *card, const char *title)
{
  BatonOp *op = baton_op_new (BATON_VERB_CARD_SET);

  baton_op_add_id (op, card);
  baton_op_set_text (op, BATON_CARD_TITLE, title);
  return op;
}

const char *
share_title (BatonWorkspace *workspace, const char *card)
{
  g_autoptr (BatonRow) row = baton_reader_row (baton_workspace_reader (workspace), BATON_ENTITY_CARD, card);

  return row != NULL ? g_intern_string (baton_row_text (row, BATON_CARD_TITLE)) : NULL;
}

const char *
share_card (Setup *setup)
{
  g_autoptr (GPtrArray) cards = baton_board_live_cards (setup->board);

  g_assert_cmpuint (cards->len, >, 0);
  return g_intern_string (baton_item_id (g_ptr_array_index (cards, 0)));
}

void
share_team_begin (ShareTeam *team, guint n_cards)
{
  team->server = share_server_new ();
  team->setup = setup_new ("campaign", n_cards);
  share_up (team->setup, team->server);
  team->ben = share_join (team->server, "Ben", "member");
  team->card = share_card (team->setup);
}

void
share_team_end (ShareTeam *team)
{
  share_leave (team->ben);
  setup_free (team->setup);
  share_server_free (team->server);
}

void
share_perform (BatonWorkspace *workspace, BatonOp *op)
{
  g_autoptr (GError) error = NULL;

  baton_workspace_perform (workspace, op, NULL, &error);
  g_assert_no_error (error);
}

const char *
share_stage (Setup *setup, guint index)
{
  return baton_item_id (baton_column_peek (baton_board_stages (setup->board), index));
}

BatonOp *
share_move (Setup *setup, const char *card, guint to)
{
  BatonOp *op = baton_op_new (BATON_VERB_CARD_MOVE);

  baton_op_add_id (op, card);
  baton_op_add_from (op, share_stage (setup, 0));
  baton_op_set_to (op, share_stage (setup, to));
  return op;
}

guint
share_waiting (Setup *setup)
{
  g_autoptr (GPtrArray) all = baton_reader_attention (baton_workspace_reader (setup->workspace), NULL);

  return all->len;
}
