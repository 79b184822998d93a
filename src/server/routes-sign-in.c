/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-server"

/* Joining, signing in and out. */

#include "routes.h"

#include "baton-error.h"
#include "id.h"
#include "secrets.h"
#include "served.h"
#include "server-private.h"
#include "store.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DEVICE_NAME_BYTES 200

/* Somebody at the door, while the password is looked at. */
typedef struct
{
  BatonRequest *request;
  char *name;
  char *name_key;
  char *password;
  char *device;
  char *device_name;
  char *person; /* join: given; sign-in: the account's, NULL when there is none */
  char *token;
  guint8 invitation[BATON_SECRET_HASH];
  BatonRole role;
  guint status;    /* to be welcomed with */
  gboolean shares; /* brings the workspace along, and the row of its person with it */
} Caller;

static void
caller_free (Caller *caller)
{
  baton_request_unref (caller->request);
  baton_secret_free (caller->password);
  baton_secret_free (caller->token);
  g_free (caller->name);
  g_free (caller->name_key);
  g_free (caller->device);
  g_free (caller->device_name);
  g_free (caller->person);
  g_free (caller);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Caller, caller_free)

static char *
clean_device_name (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name != NULL ? name : "", -1);

  for (char *p = valid; *p != '\0'; p++)
    {
      if (g_ascii_iscntrl (*p))
        *p = ' ';
    }
  return *g_strstrip (valid) != '\0' ? g_strdup (valid) : g_strdup (_ ("a device"));
}

/* NULL after an error was answered. */
static Caller *
read_caller (BatonRequest *request, json_t *body)
{
  g_autoptr (Caller) caller = g_new0 (Caller, 1);
  g_autoptr (GError) error = NULL;
  const char *name = baton_json_text (body, "name", BATON_NAME_BYTES);
  const char *device = baton_json_text (body, "device", BATON_ID_LENGTH);

  caller->request = baton_request_ref (request);
  caller->name_key = baton_account_name_key (name, &error);
  caller->password = g_strdup (baton_json_text (body, "password", BATON_PASSWORD_MOST));
  caller->device_name = clean_device_name (baton_json_text (body, "device_name", DEVICE_NAME_BYTES));
  caller->device = g_strdup (device);
  if (caller->name_key == NULL)
    baton_request_fail_error (request, error);
  else if (device == NULL || !baton_id_is_valid (device))
    baton_request_fail (request, 400, "bad-request", _ ("The device’s id is missing."), 0);
  else if (caller->password == NULL)
    baton_request_fail (request, 400, "bad-request", baton_password_complaint (NULL), 0);
  if (request->status != 0)
    return NULL;
  caller->name = g_strstrip (g_strdup (name));
  return g_steal_pointer (&caller);
}

/* Whether this name or this address has to wait; answers when it has. */
static gboolean
must_wait (BatonRequest *request, const char *name_key)
{
  BatonServer *server = request->server;
  gint64 now = g_get_monotonic_time ();
  guint wait = baton_slow_wait (server->slow_hosts, request->host, now);

  if (name_key != NULL)
    wait = MAX (wait, baton_slow_wait (server->slow_names, name_key, now));
  if (wait > 0)
    baton_request_fail (request, 429, "slow", _ ("Too many attempts failed. Wait a while."), wait);
  return wait > 0;
}

static void
note_failure (BatonRequest *request, const char *name_key, const char *what)
{
  BatonServer *server = request->server;
  gint64 now = g_get_monotonic_time ();
  BatonActor actor = { request->session != NULL ? request->session->person : "nobody", g_get_real_time () };

  baton_slow_failed (server->slow_hosts, request->host, now);
  if (name_key != NULL)
    baton_slow_failed (server->slow_names, name_key, now);
  server->counters.failed_sign_ins++;
  baton_accounts_audit (server->accounts, actor, what, request->host, NULL);
}

static void
welcome (Caller *caller, guint status)
{
  BatonServer *server = caller->request->server;
  g_autoptr (BatonServedState) state = baton_served_state (server->served);

  server->counters.sign_ins++;
  baton_request_reply_json (caller->request, status,
      json_pack ("{s:s, s:s, s:s, s:s, s:s, s:s, s:I}", "token", caller->token, "person", caller->person,
          "role", baton_role_name (caller->role), "name", caller->name, "workspace", state->workspace,
          "workspace_name", state->name != NULL ? state->name : "", "head", (json_int_t) state->head));
}

static gboolean
give_token (Caller *caller, GError **error)
{
  BatonServer *server = caller->request->server;
  gint64 now = g_get_real_time ();
  BatonToken token = { { 0 }, caller->person, caller->device, caller->device_name, now, now };
  BatonActor actor = { caller->person, now };

  caller->token = baton_secret_new ();
  if (!baton_secret_hash (caller->token, token.hash) ||
      !baton_accounts_add_token (server->accounts, &token, actor, error))
    return FALSE;
  baton_sessions_reload (server->sessions);
  return TRUE;
}

static void
person_added_cb (guint status, GString *text, gpointer data)
{
  g_autoptr (Caller) caller = data;

  /* The account is made; if its row could not be, it is tried again at the next sign-in. */
  if (status != 200)
    g_warning ("the person could not be added to the board: %s", text->str);
  g_string_free (text, TRUE);
  welcome (caller, caller->status);
}

/* The row of the person has to be on the board before they are; who shares brings it along. */
static void
let_in (Caller *caller)
{
  if (caller->shares)
    {
      welcome (caller, caller->status);
      caller_free (caller);
    }
  else
    baton_served_add_person (
        caller->request->server->served, caller->person, caller->name, person_added_cb, caller);
}

static void
joined (Caller *caller_in, char *encoded)
{
  g_autoptr (Caller) caller = caller_in;
  BatonServer *server = caller->request->server;
  g_autoptr (BatonAccount) account = g_new0 (BatonAccount, 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *owner = baton_accounts_device_owner (server->accounts, caller->device);

  account->person = g_strdup (caller->person);
  account->name = g_strdup (caller->name);
  account->password = encoded;
  if (owner != NULL)
    g_set_error_literal (
        &error, BATON_ERROR, BATON_ERROR_FORBIDDEN, _ ("This device belongs to somebody else here."));
  if (error != NULL ||
      !baton_accounts_join (server->accounts, caller->invitation, account,
          (BatonActor){ caller->person, g_get_real_time () }, &error) ||
      !give_token (caller, &error))
    {
      if (g_error_matches (error, BATON_ERROR, BATON_ERROR_FORBIDDEN))
        note_failure (caller->request, NULL, "join-failed");
      baton_request_fail_error (caller->request, error);
      return;
    }
  caller->role = account->role;
  caller->status = 201;
  let_in (g_steal_pointer (&caller));
}

static void
join_hashed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Caller) caller = data;
  g_autoptr (GError) error = NULL;
  char *encoded = baton_passwords_hash_finish (result, &error);

  if (encoded == NULL)
    baton_request_fail (caller->request, 503, "busy", error->message, 2);
  else
    joined (g_steal_pointer (&caller), encoded);
}

/* Only who makes an empty server theirs brings a person along. */
static gboolean
take_person (Caller *caller, json_t *body)
{
  BatonServer *server = caller->request->server;
  const char *person = baton_json_text (body, "person", BATON_ID_LENGTH);
  g_autoptr (BatonServedState) state = baton_served_state (server->served);

  if (json_object_get (body, "person") == NULL)
    {
      caller->person = baton_store_new_id ();
      return TRUE;
    }
  if (person == NULL || !baton_id_is_valid (person))
    {
      baton_request_fail (caller->request, 400, "bad-request", _ ("The person’s id is not one."), 0);
      return FALSE;
    }
  if (state->head != 0 || !baton_role_has (caller->role, BATON_RIGHT_SHARE))
    {
      baton_request_fail (caller->request, 403, "forbidden",
          _ ("Only the owner of an empty server can bring a workspace along."), 0);
      return FALSE;
    }
  caller->person = g_strdup (person);
  caller->shares = TRUE;
  return TRUE;
}

void
baton_route_join (BatonRequest *request)
{
  BatonServer *server = request->server;
  json_t *body = must_wait (request, NULL) ? NULL : baton_request_json (request);
  g_autoptr (Caller) caller = body != NULL ? read_caller (request, body) : NULL;

  if (caller != NULL && baton_password_complaint (caller->password) != NULL)
    baton_request_fail (request, 400, "bad-request", baton_password_complaint (caller->password), 0);
  else if (caller != NULL)
    {
      const char *secret = baton_json_text (body, "invitation", BATON_SECRET_LENGTH);

      if (baton_secret_hash (secret, caller->invitation))
        caller->role =
            baton_accounts_invitation_role (server->accounts, caller->invitation, g_get_real_time ());
      if (caller->role == BATON_ROLE_NONE)
        {
          note_failure (request, NULL, "join-failed");
          baton_request_fail (request, 403, "forbidden",
              _ ("This invitation has been used, is too old, or never was one. Ask for a new one."), 0);
        }
      else if (take_person (caller, body))
        {
          const char *password = caller->password;

          baton_passwords_hash_async (server->passwords, password, join_hashed_cb, g_steal_pointer (&caller));
        }
    }
  json_decref (body);
}

static void
signed_in_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Caller) caller = data;
  BatonRequest *request = caller->request;
  g_autoptr (GError) error = NULL;
  gboolean fits;

  if (!baton_passwords_check_finish (result, &fits, &error))
    baton_request_fail (request, 503, "busy", error->message, 2);
  else if (!fits || caller->person == NULL)
    {
      note_failure (request, caller->name_key, "sign-in-failed");
      baton_request_fail (request, 401, "sign-in", _ ("The name or the password is wrong."), 0);
    }
  else if (!give_token (caller, &error))
    baton_request_fail_error (request, error);
  else
    {
      baton_slow_succeeded (request->server->slow_names, caller->name_key);
      /* An owner who brought a workspace along has the row in it. */
      caller->shares = baton_served_head (request->server->served) == 0;
      caller->status = 200;
      let_in (g_steal_pointer (&caller));
    }
}

void
baton_route_sign_in (BatonRequest *request)
{
  BatonServer *server = request->server;
  json_t *body = baton_request_json (request);
  g_autoptr (Caller) caller = body != NULL ? read_caller (request, body) : NULL;

  json_decref (body);
  if (caller == NULL || must_wait (request, caller->name_key))
    return;
  {
    g_autoptr (BatonAccount) account = baton_accounts_find (server->accounts, caller->name);
    const char *password = caller->password;

    if (account != NULL)
      {
        caller->person = g_strdup (account->person);
        caller->role = account->role;
        g_free (caller->name);
        caller->name = g_strdup (account->name);
      }
    baton_passwords_check_async (server->passwords, password, account != NULL ? account->password : NULL,
        signed_in_cb, g_steal_pointer (&caller));
  }
}

void
baton_route_sign_out (BatonRequest *request)
{
  BatonServer *server = request->server;
  g_autoptr (GError) error = NULL;
  BatonActor actor = { request->session->person, g_get_real_time () };

  if (!baton_accounts_revoke (
          server->accounts, request->session->person, request->session->device, actor, &error))
    {
      baton_request_fail_error (request, error);
      return;
    }
  baton_request_reply_empty (request);
  baton_sessions_reload (server->sessions);
}

typedef struct
{
  BatonRequest *request;
  char *password; /* the new one */
} Change;

static void
change_free (Change *change)
{
  baton_request_unref (change->request);
  baton_secret_free (change->password);
  g_free (change);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Change, change_free)

static void
new_hashed_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Change) change = data;
  BatonRequest *request = change->request;
  g_autoptr (GError) error = NULL;
  g_autofree char *encoded = baton_passwords_hash_finish (result, &error);
  BatonActor actor = { request->session->person, g_get_real_time () };

  if (encoded == NULL)
    baton_request_fail (request, 503, "busy", error->message, 2);
  else if (!baton_accounts_set_password (request->server->accounts, request->session->person, encoded,
               request->session->hash, actor, &error))
    baton_request_fail_error (request, error);
  else
    {
      baton_request_reply_empty (request);
      baton_sessions_reload (request->server->sessions);
    }
}

static void
old_checked_cb (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Change) change = data;
  BatonRequest *request = change->request;
  g_autoptr (GError) error = NULL;
  gboolean fits;

  if (!baton_passwords_check_finish (result, &fits, &error))
    baton_request_fail (request, 503, "busy", error->message, 2);
  else if (!fits)
    {
      note_failure (request, request->session->person, "password-failed");
      baton_request_fail (request, 403, "forbidden", _ ("The old password is wrong."), 0);
    }
  else
    {
      const char *password = change->password;

      baton_passwords_hash_async (
          request->server->passwords, password, new_hashed_cb, g_steal_pointer (&change));
    }
}

void
baton_route_password (BatonRequest *request)
{
  BatonServer *server = request->server;
  json_t *body = must_wait (request, request->session->person) ? NULL : baton_request_json (request);
  const char *old = baton_json_text (body, "old", BATON_PASSWORD_MOST);
  const char *new = baton_json_text (body, "new", BATON_PASSWORD_MOST);
  g_autoptr (BatonAccount) account = baton_accounts_get (server->accounts, request->session->person);
  Change *change;

  if (body == NULL)
    return;
  if (old == NULL || baton_password_complaint (new) != NULL)
    {
      const char *complaint = baton_password_complaint (old == NULL ? NULL : new);

      baton_request_fail (request, 400, "bad-request", complaint, 0);
    }
  else
    {
      change = g_new0 (Change, 1);
      change->request = baton_request_ref (request);
      change->password = g_strdup (new);
      baton_passwords_check_async (
          server->passwords, old, account != NULL ? account->password : NULL, old_checked_cb, change);
    }
  json_decref (body);
}
