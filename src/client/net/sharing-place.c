/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "sharing.h"
#include "token.h"
#include "wire.h"
#include "workspace-private.h"

#include <glib/gi18n-lib.h>

#define CLOCK_OFF (5 * 60 * G_USEC_PER_SEC)

/* What a workspace knows of its server, and its status in words. */

void
baton_sharing_place_clear (BatonSharingPlace *place)
{
  g_clear_pointer (&place->server, g_free);
  g_clear_pointer (&place->authority, g_free);
  g_clear_pointer (&place->account, g_free);
  g_clear_pointer (&place->role, g_free);
}

gboolean
baton_sharing_read_place (BatonReader *reader, BatonSharingPlace *place)
{
  *place = (BatonSharingPlace){ .server = baton_reader_meta (reader, "server"),
    .authority = baton_reader_meta (reader, "server.authority"),
    .account = baton_reader_meta (reader, "server.account"),
    .role = baton_reader_meta (reader, "server.role") };
  return place->server != NULL;
}

static gboolean
note_role (BatonWorkspace *workspace)
{
  baton_workspace_load_role (workspace);
  return TRUE;
}

BatonOp *
baton_sharing_take_name (BatonWorkspace *workspace, const char *name)
{
  const char *me = baton_workspace_me (workspace);
  BatonOp *op;

  if (me == NULL || g_strcmp0 (baton_workspace_name_of (workspace, BATON_ENTITY_PERSON, me, NULL), name) == 0)
    return NULL;
  op = baton_op_new (BATON_VERB_PERSON_SET);
  baton_op_add_id (op, me);
  baton_op_set_text (op, BATON_PERSON_NAME, name);
  return op;
}

gboolean
baton_sharing_note (BatonWorkspace *workspace, const BatonServerAccess *access,
    const BatonMembership *membership, const char *account, gboolean *in_file, GError **error)
{
  return baton_token_store (
             baton_workspace_folder (workspace), access->server, membership->token, in_file, error) &&
         baton_workspace_set_me (workspace, membership->person, error) &&
         (access->authority == NULL ||
             baton_workspace_set_meta (workspace, "server.authority", access->authority, error)) &&
         baton_workspace_set_meta (workspace, "server.account", account, error) &&
         baton_workspace_set_meta (workspace, "server.role", membership->role, error) &&
         baton_workspace_set_meta (workspace, "server", access->server, error) && note_role (workspace);
}

gboolean
baton_sharing_sign_out (const char *folder, const BatonServerAccess *access, GError **error)
{
  gboolean told = access->token == NULL ||
                  baton_account_ask (access, "POST", "sign-out", json_object (), NULL, NULL, error);

  baton_token_forget (folder, access->server);
  return told;
}

gboolean
baton_sharing_clock_is_off (const BatonSyncStatus *status)
{
  return ABS (status->offset) > CLOCK_OFF;
}

char *
baton_sharing_clock_words (const BatonSyncStatus *status)
{
  g_autoptr (GDateTime) here = g_date_time_new_from_unix_local (g_get_real_time () / G_USEC_PER_SEC);
  g_autoptr (GDateTime) there =
      here != NULL ? g_date_time_add (here, status->offset) : NULL; /* NULL: no date at all */
  g_autofree char *now = here != NULL ? g_date_time_format (here, _ ("%-d %B %Y, %H:%M")) : NULL;
  g_autofree char *right = there != NULL ? g_date_time_format (there, _ ("%-d %B %Y, %H:%M")) : NULL;

  if (!baton_sharing_clock_is_off (status) || now == NULL || right == NULL)
    return NULL;
  return g_strdup_printf (_ ("The clock of this computer says %s, the server’s says %s. Until one of them is "
                             "put right, ages and what is due are shown wrong here. What you do gets the "
                             "time of the server."),
      now, right);
}

static char *
words_of_state (const BatonSyncStatus *status)
{
  switch (status->state)
    {
    case BATON_SYNC_IN_STEP:
      return g_strdup (baton_sharing_clock_is_off (status) ? _ ("In step · check the clock") : _ ("In step"));
    case BATON_SYNC_WORKING:
      if (status->parts > 0)
        return g_strdup_printf (_ ("Fetching %d %%"), (int) (100 * status->parts_here / status->parts));
      return status->pending > 0
                 ? g_strdup_printf (ngettext ("Sending %u", "Sending %u", (gulong) status->pending),
                       (guint) status->pending)
                 : g_strdup (_ ("Connecting"));
    case BATON_SYNC_SIGN_IN:
      return g_strdup (_ ("Signed out"));
    case BATON_SYNC_VERSION:
      return g_strdup (_ ("Update needed"));
    case BATON_SYNC_FAILED:
      return g_strdup (_ ("Not in step"));
    case BATON_SYNC_OFF:
    case BATON_SYNC_OFFLINE:
    default:
      return status->pending > 0 ? g_strdup_printf (ngettext ("Offline, %u waits", "Offline, %u wait",
                                                        (gulong) status->pending),
                                       (guint) status->pending)
                                 : g_strdup (_ ("Offline"));
    }
}

char *
baton_sharing_words (BatonSharing *self)
{
  return baton_sharing_words_of (baton_sharing_status (self));
}

/* What waits for the person comes before what goes on by itself, but never hides that nothing goes on. */
char *
baton_sharing_words_of (const BatonSyncStatus *status)
{
  g_autofree char *state = words_of_state (status);
  g_autofree char *attention = NULL;

  if (status->attention == 0)
    return g_steal_pointer (&state);
  attention =
      g_strdup_printf (ngettext ("%u needs attention", "%u need attention", (gulong) status->attention),
          (guint) status->attention);
  if (status->state == BATON_SYNC_IN_STEP || status->state == BATON_SYNC_WORKING)
    return g_steal_pointer (&attention);
  return g_strdup_printf ("%s · %s", state, attention);
}

GPtrArray *
baton_sharing_people (const char *presence)
{
  GPtrArray *people = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (json_t) root = baton_wire_parse (presence, strlen (presence));
  json_t *person;
  size_t i;

  json_array_foreach (json_object_get (root, "people"), i, person)
    {
      const char *id = json_is_object (person) ? baton_wire_text (person, "person") : NULL;

      if (id != NULL && !g_ptr_array_find_with_equal_func (people, id, g_str_equal, NULL))
        g_ptr_array_add (people, g_strdup (id));
    }
  return people;
}
