/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-app"

#include "inbox-notify.h"

#include "application.h"
#include "inbox-follow.h"

#include <glib/gi18n.h>

#define MOST_LINES 3

typedef struct
{
  BatonWindow *window; /* borrowed: it owns this */
  GHashTable *known;   /* ids that were told, or seen in the window; NULL: nothing was read yet */
  GPtrArray *unseen;   /* of ids that were told and not looked at */
  char *name;          /* of the notification on its way, or NULL */
} InboxNotify;

static void
withdraw (InboxNotify *self)
{
  if (self->name != NULL)
    g_application_withdraw_notification (g_application_get_default (), self->name);
  g_clear_pointer (&self->name, g_free);
  g_ptr_array_set_size (self->unseen, 0);
}

static const BatonInboxEntry *
find_entry (GPtrArray *entries, const char *id)
{
  for (guint i = 0; i < entries->len; i++)
    {
      const BatonInboxEntry *entry = g_ptr_array_index (entries, i);

      if (g_str_equal (entry->id, id))
        return entry;
    }
  return NULL;
}

/* What was done meanwhile, here or on another device, need not be told any more. */
static void
forget_settled (InboxNotify *self, GPtrArray *entries)
{
  for (guint i = self->unseen->len; i-- > 0;)
    {
      if (find_entry (entries, g_ptr_array_index (self->unseen, i)) == NULL)
        g_ptr_array_remove_index (self->unseen, i);
    }
}

/* The sentences, the newest first, and that there are more. Transfer full. */
static char *
body_of (InboxNotify *self, GPtrArray *entries)
{
  GString *body = g_string_new (NULL);
  guint lines = 0;

  for (guint i = self->unseen->len; i-- > 0 && lines < MOST_LINES; lines++)
    {
      const BatonInboxEntry *entry = find_entry (entries, g_ptr_array_index (self->unseen, i));

      g_string_append_printf (body, "%s%s", lines > 0 ? "\n" : "", entry->sentence);
    }
  if (self->unseen->len > lines)
    g_string_append (body, "\n…");
  return g_string_free (body, FALSE);
}

static void
tell (InboxNotify *self, GPtrArray *entries)
{
  BatonWorkspace *workspace = baton_window_workspace (self->window);
  const char *folder = baton_workspace_folder (workspace);
  guint n = self->unseen->len;
  g_autofree char *name = g_strdup_printf ("inbox-%08x", g_str_hash (folder));
  g_autofree char *title =
      g_strdup_printf (ngettext ("%u thing waits for you", "%u things wait for you", n), n);
  g_autofree char *body = body_of (self, entries);
  g_autoptr (GNotification) notification = g_notification_new (title);

  g_notification_set_body (notification, body);
  g_notification_set_default_action_and_target (notification, "app.inbox", "s", folder);
  g_application_send_notification (g_application_get_default (), name, notification);
  g_free (self->name);
  self->name = g_steal_pointer (&name);
}

static void
inbox_changed (BatonInbox *inbox, gpointer data)
{
  InboxNotify *self = data;
  GPtrArray *entries = baton_inbox_entries (inbox);
  gboolean first = self->known == NULL, news = FALSE;
  GSettings *settings = baton_application_settings (BATON_APPLICATION (g_application_get_default ()));
  gboolean quiet = first || gtk_window_is_active (GTK_WINDOW (self->window)) ||
                   !g_settings_get_boolean (settings, "notify");
  guint before = self->unseen->len;

  if (first)
    self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  forget_settled (self, entries);
  for (guint i = 0; i < entries->len; i++)
    {
      const BatonInboxEntry *entry = g_ptr_array_index (entries, i);

      if (!g_hash_table_add (self->known, g_strdup (entry->id)) || quiet)
        continue;
      g_ptr_array_add (self->unseen, g_strdup (entry->id));
      news = TRUE;
    }
  if (news || (self->unseen->len > 0 && self->unseen->len != before))
    tell (self, entries);
  else if (self->unseen->len == 0)
    withdraw (self);
}

static void
active_cb (GtkWindow *window, GParamSpec *property, InboxNotify *self)
{
  if (gtk_window_is_active (window))
    withdraw (self);
}

static void
begin_anew (gpointer data)
{
  InboxNotify *self = data;

  withdraw (self);
  g_clear_pointer (&self->known, g_hash_table_unref);
}

static void
inbox_notify_free (gpointer data)
{
  InboxNotify *self = data;

  begin_anew (self);
  g_ptr_array_unref (self->unseen);
  g_free (self);
}

void
baton_inbox_notify_register (BatonWindow *window)
{
  InboxNotify *self = g_new0 (InboxNotify, 1);

  self->window = window;
  self->unseen = g_ptr_array_new_with_free_func (g_free);
  baton_inbox_follow (window, "inbox-notify", begin_anew, inbox_changed, self, inbox_notify_free);
  g_signal_connect (window, "notify::is-active", G_CALLBACK (active_cb), self);
}
