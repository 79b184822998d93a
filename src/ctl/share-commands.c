/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "batonctl"

#include "ctl.h"

#include "link.h"
#include "share-wait.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

/* Joining a server, sharing a workspace through it, and keeping in step. */

static char *account_name;
static char *password_file;
static char *authority;
static char *seconds;
static char *rate;
static gboolean follow;

static const GOptionEntry join_options[] = {
  { "name", 0, 0, G_OPTION_ARG_FILENAME, &account_name, N_ ("The name to sign in with"), N_ ("NAME") },
  { "password-file", 0, 0, G_OPTION_ARG_FILENAME, &password_file,
      N_ ("Read the password from this file, “-” for standard input"), N_ ("FILE") },
  { "ca", 0, 0, G_OPTION_ARG_FILENAME, &authority,
      N_ ("Trust the certificates in this file instead of the system’s"), N_ ("FILE") },
  { NULL },
};

static const GOptionEntry sync_options[] = {
  { "follow", 'f', 0, G_OPTION_ARG_NONE, &follow, N_ ("Stay, and go on keeping in step"), NULL },
  { "limit", 0, 0, G_OPTION_ARG_FILENAME, &rate,
      N_ ("Let files travel at so many bytes a second in each direction: 500K, 2M"), N_ ("RATE") },
  { "timeout", 0, 0, G_OPTION_ARG_FILENAME, &seconds, N_ ("Give up after so many seconds"), N_ ("SECONDS") },
  { NULL },
};

/* The first line of a file; a password on the command line would be seen by everybody. */
static char *
read_password (GError **error)
{
  g_autofree char *text = NULL;

  if (password_file == NULL || account_name == NULL)
    {
      ctl_usage (error, _ ("Give --name and --password-file."));
      return NULL;
    }
  if (g_str_equal (password_file, "-"))
    text = ctl_read_text ("-", error);
  else
    g_file_get_contents (password_file, &text, NULL, error);
  if (text != NULL)
    text[strcspn (text, "\r\n")] = '\0';
  return g_steal_pointer (&text);
}

static gboolean
local_only (Ctl *ctl, GError **error)
{
  if (!baton_session_is_remote (ctl->session))
    return TRUE;
  g_set_error (error, BATON_ERROR, BATON_ERROR_LOCKED,
      _ ("The workspace %s is open in another program, which keeps it in step. Do it there, or close it "
         "first."),
      ctl->folder);
  return FALSE;
}

static gboolean
not_shared_yet (Ctl *ctl, GError **error)
{
  g_auto (BatonSharingPlace) place = { 0 };

  if (!baton_sharing_read_place (ctl->reader, &place))
    return TRUE;
  g_set_error (error, BATON_ERROR, BATON_ERROR_EXISTS, _ ("The workspace %s is shared through %s already."),
      ctl->folder, place.server);
  return FALSE;
}

/* “500K”: thousands of bytes; without a letter: bytes. */
static gboolean
parse_rate (const char *text, gint64 *bytes, GError **error)
{
  char *end = NULL;
  guint64 number = text != NULL ? g_ascii_strtoull (text, &end, 10) : 0;
  gint64 unit = 1;

  *bytes = 0;
  if (text == NULL)
    return TRUE;
  if (end != text && *end != '\0')
    {
      unit = g_ascii_toupper (*end) == 'K'   ? 1000
             : g_ascii_toupper (*end) == 'M' ? 1000 * 1000
             : g_ascii_toupper (*end) == 'G' ? 1000 * 1000 * 1000
                                             : 0;
      end++;
    }
  if (end == text || *end != '\0' || unit == 0 || *text == '-' || number > G_MAXINT64 / 1000000000)
    {
      ctl_usage (error, _ ("A rate is a number of bytes a second: 500K, 2M."));
      return FALSE;
    }
  *bytes = (gint64) number * unit;
  return TRUE;
}

static void
tell_json (Ctl *ctl, const BatonSyncStatus *status, const BatonBlobSync *counts)
{
  BatonJson *json = &ctl->writer;

  baton_json_begin_object (json, NULL);
  baton_json_bool (json, "ok", TRUE);
  baton_json_bool (json, "in_step", ctl_is_in_step (status));
  baton_json_int (json, "cursor", status->cursor);
  baton_json_int (json, "head", status->head);
  baton_json_int (json, "pending", status->pending);
  baton_json_int (json, "attention", status->attention);
  baton_json_int (json, "replaced", status->replaced);
  baton_json_int (json, "clock_off", status->offset / G_USEC_PER_SEC);
  baton_json_int (json, "uploaded", counts->uploaded);
  baton_json_int (json, "downloaded", counts->downloaded);
  baton_json_int (json, "arriving", counts->waiting);
  baton_json_end_object (json);
}

static void
tell_words (Ctl *ctl, const BatonSyncStatus *status, const BatonBlobSync *counts)
{
  g_autofree char *clock = baton_sharing_clock_words (status);

  ctl_say (ctl, _ ("In step with the server at operation %ld."), (long) status->cursor);
  if (clock != NULL)
    ctl_say (ctl, "%s", clock);
  if (counts->uploaded + counts->downloaded > 0)
    ctl_say (ctl, _ ("Files sent: %u, fetched: %u."), counts->uploaded, counts->downloaded);
  if (counts->waiting > 0)
    ctl_say (ctl,
        ngettext ("%u file has not arrived at the server yet.",
            "%u files have not arrived at the server yet.", counts->waiting),
        counts->waiting);
  if (status->attention > 0)
    ctl_say (ctl,
        ngettext ("%u change needs attention: “batonctl attention list”.",
            "%u changes need attention: “batonctl attention list”.", (gulong) status->attention),
        (guint) status->attention);
}

static gboolean
first_sync (Ctl *ctl, const BatonMembership *membership, const char *server, GError **error)
{
  g_auto (CtlWaiting) waiting = { 0 };
  BatonBlobSync counts = { 0 };
  BatonJson *json = &ctl->writer;
  g_autofree char *name = NULL;

  ctl_waiting_init (&waiting, ctl, 0, 0);
  if (!ctl_wait_connect (&waiting, error) || !ctl_wait_all (&waiting, &counts, error))
    return FALSE;
  /* A server that was empty has no name of its own yet. */
  name = baton_workspace_name (baton_session_workspace (ctl->session));
  ctl_say (ctl, _ ("“%s” on %s is here; you are %s there."), name, server, membership->role);
  tell_words (ctl, baton_sharing_status (waiting.sharing), &counts);
  if (!ctl->json)
    return TRUE;
  baton_json_begin_object (json, NULL);
  baton_json_bool (json, "ok", TRUE);
  baton_json_string (json, "server", server);
  baton_json_string (json, "person", membership->person);
  baton_json_string (json, "role", membership->role);
  baton_json_string (json, "workspace", membership->workspace);
  baton_json_string (json, "name", name);
  baton_json_int (json, "cursor", baton_sharing_status (waiting.sharing)->cursor);
  baton_json_end_object (json);
  return TRUE;
}

/* With an invitation, or as somebody who has an account there already. */
static gboolean
become_member (const BatonServerAccess *access, const char *secret, const char *password, const char *device,
    const char *person, BatonMembership *membership, GError **error)
{
  return secret != NULL
             ? baton_account_join (
                   access, secret, account_name, password, device, person, NULL, membership, error)
             : baton_account_come_back (access, account_name, password, device, NULL, membership, error);
}

/* It is kept with the workspace, which is opened from other folders later. */
static void
find_authority (void)
{
  char *path = authority != NULL ? g_canonicalize_filename (authority, NULL) : NULL;

  g_free (authority);
  authority = path;
}

/* person: one's own id in a workspace that goes up; NULL when the server's workspace comes down. */
static gboolean
enter (Ctl *ctl, const char *link, const char *person, GError **error)
{
  BatonWorkspace *workspace = baton_session_workspace (ctl->session);
  g_auto (BatonLinkParts) parts = { 0 };
  g_auto (BatonMembership) membership = { 0 };
  g_autofree char *password = read_password (error);
  BatonServerAccess access = { 0 };
  gboolean in_file = FALSE;
  BatonOp *name;

  find_authority ();
  access.authority = authority;
  if (password == NULL ||
      !(person != NULL ? baton_link_parse (link, &parts, error) : baton_link_parse_any (link, &parts, error)))
    return FALSE;
  access.server = parts.server;
  if (!become_member (
          &access, parts.secret, password, baton_workspace_device (workspace), person, &membership, error) ||
      !baton_sharing_note (workspace, &access, &membership, account_name, &in_file, error))
    return FALSE;
  /* From here on the membership stands, so what there is of the workspace stays. */
  ctl->made = FALSE;
  if (in_file)
    ctl_say (ctl, _ ("There is no keyring here: the device’s token lies in the workspace, in a file only you "
                     "can read."));
  name = person != NULL ? baton_sharing_take_name (workspace, account_name) : NULL;
  if (name != NULL && !ctl_perform (ctl, name, error))
    return FALSE;
  return first_sync (ctl, &membership, parts.server, error);
}

static gboolean
run_join (Ctl *ctl, char **args, GError **error)
{
  if (baton_store_exists (ctl->folder))
    {
      g_set_error (error, BATON_ERROR, BATON_ERROR_EXISTS,
          _ ("There is a workspace in %s already. Join with a folder of its own, or give “batonctl share” to "
             "bring that "
             "workspace to an empty server."),
          ctl->folder);
      return FALSE;
    }
  ctl->made = TRUE;
  ctl->session = baton_session_open (ctl->folder, BATON_SESSION_WRITE | BATON_SESSION_CREATE, error);
  if (ctl->session == NULL)
    return FALSE;
  ctl->reader = baton_session_reader (ctl->session);
  return enter (ctl, args[0], NULL, error);
}

static gboolean
run_share (Ctl *ctl, char **args, GError **error)
{
  return local_only (ctl, error) && not_shared_yet (ctl, error) &&
         enter (ctl, args[0], baton_workspace_me (baton_session_workspace (ctl->session)), error);
}

static gboolean
run_sign_in (Ctl *ctl, char **args, GError **error)
{
  BatonWorkspace *workspace = baton_session_workspace (ctl->session);
  g_auto (BatonSharingPlace) place = { 0 };
  g_auto (BatonMembership) membership = { 0 };
  g_autofree char *password = NULL;
  BatonServerAccess access = { 0 };

  find_authority ();
  if (!local_only (ctl, error))
    return FALSE;
  if (!baton_sharing_read_place (ctl->reader, &place))
    {
      g_set_error_literal (error, BATON_ERROR, BATON_ERROR_NOT_FOUND, _ ("This workspace is not shared."));
      return FALSE;
    }
  if (account_name == NULL)
    account_name = g_strdup (place.account);
  password = read_password (error);
  access.server = place.server;
  access.authority = authority != NULL ? authority : place.authority;
  if (password == NULL ||
      !baton_account_sign_in (
          &access, account_name, password, baton_workspace_device (workspace), NULL, &membership, error) ||
      !baton_sharing_note (workspace, &access, &membership, account_name, NULL, error))
    return FALSE;
  ctl_done (ctl, NULL, _ ("This device is signed in."));
  return TRUE;
}

static gboolean
stop_cb (gpointer data)
{
  ctl_wait_stop (data);
  return G_SOURCE_CONTINUE;
}

static void
print_line (Ctl *ctl, const BatonSyncStatus *status, const BatonBlobSync *counts, BatonSharing *sharing)
{
  g_autofree char *words = baton_sharing_words (sharing);

  g_string_truncate (ctl->out, 0);
  baton_json_init (&ctl->writer, ctl->out);
  if (ctl->json)
    tell_json (ctl, status, counts);
  else
    g_string_append (ctl->out, words);
  g_print ("%s\n", ctl->out->str);
  fflush (stdout);
  g_string_truncate (ctl->out, 0);
  baton_json_init (&ctl->writer, ctl->out);
}

/* Until it is told to end: a line for each change of the status. Offline is no reason to end. */
static gboolean
stay (Ctl *ctl, CtlWaiting *waiting, GError **error)
{
  guint ends = g_unix_signal_add (SIGINT, stop_cb, waiting),
        terms = g_unix_signal_add (SIGTERM, stop_cb, waiting);
  g_autofree char *last = NULL;
  gint64 last_cursor = -1;

  while (!waiting->stopped)
    {
      const BatonSyncStatus *status = baton_sharing_status (waiting->sharing);
      g_autofree char *words = baton_sharing_words (waiting->sharing);
      g_autoptr (GError) local = NULL;
      BatonBlobSync counts = { 0 };

      if (status->state == BATON_SYNC_SIGN_IN || status->state == BATON_SYNC_VERSION)
        {
          ctl_wait_fail (status, BATON_ERROR_FORBIDDEN, error);
          break;
        }
      if (g_strcmp0 (words, last) != 0 || status->cursor != last_cursor)
        {
          if (ctl_is_in_step (status) && !ctl_wait_files (waiting, &counts, &local) && !waiting->stopped)
            g_printerr ("batonctl: %s\n", local->message);
          print_line (ctl, status, &counts, waiting->sharing);
          g_free (last);
          last = g_steal_pointer (&words);
          last_cursor = status->cursor;
        }
      if (!ctl_wait_turn (waiting, NULL))
        break;
    }
  g_source_remove (ends);
  g_source_remove (terms);
  return error == NULL || *error == NULL;
}

static gboolean
run_sync (Ctl *ctl, char **args, GError **error)
{
  g_auto (CtlWaiting) waiting = { 0 };
  BatonBlobSync counts = { 0 };
  gint64 limit = 0, bytes;

  if (!local_only (ctl, error) || (seconds != NULL && !ctl_parse_duration (seconds, &limit, error)) ||
      !parse_rate (rate, &bytes, error))
    return FALSE;
  ctl_waiting_init (&waiting, ctl, limit, bytes);
  if (!ctl_wait_connect (&waiting, error))
    return FALSE;
  if (follow)
    return stay (ctl, &waiting, error);
  if (!ctl_wait_all (&waiting, &counts, error))
    return FALSE;
  if (ctl->json)
    tell_json (ctl, baton_sharing_status (waiting.sharing), &counts);
  else
    tell_words (ctl, baton_sharing_status (waiting.sharing), &counts);
  return TRUE;
}

const CtlCommand ctl_share_commands[] = {
  { "join", N_ ("LINK|ADDRESS"), N_ ("Join a server by an invitation or an account, in a new folder"), 1, 1,
      CTL_NEEDS_NOTHING, join_options, run_join, 0 },
  { "share", N_ ("LINK"), N_ ("Share this workspace through an empty server"), 1, 1, CTL_NEEDS_WRITING,
      join_options, run_share, 0 },
  { "sign-in", "", N_ ("Sign this device in again"), 0, 0, CTL_NEEDS_WRITING, join_options, run_sign_in, 0 },
  { "sync", "", N_ ("Bring the workspace and its server in step"), 0, 0, CTL_NEEDS_WRITING, sync_options,
      run_sync, 0 },
  { NULL },
};
