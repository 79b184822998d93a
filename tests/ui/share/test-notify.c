/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"

#include "share-fixture.h"

#include <string.h>

/* What the desktop is told, as its own service hears it: a call that comes while the person looks elsewhere.
 */

static const char interface[] =
    "<node><interface name='org.freedesktop.Notifications'>"
    "<method name='Notify'><arg type='s' direction='in'/><arg type='u' direction='in'/>"
    "<arg type='s' direction='in'/><arg type='s' direction='in'/>"
    "<arg type='s' direction='in'/><arg type='as' direction='in'/>"
    "<arg type='a{sv}' direction='in'/><arg type='i' direction='in'/>"
    "<arg type='u' direction='out'/></method>"
    "<method name='CloseNotification'><arg type='u' direction='in'/></method>"
    "<method name='GetCapabilities'><arg type='as' direction='out'/></method>"
    "<method name='GetServerInformation'><arg type='s' direction='out'/>"
    "<arg type='s' direction='out'/><arg type='s' direction='out'/>"
    "<arg type='s' direction='out'/></method>"
    "</interface></node>";

typedef struct
{
  GDBusConnection *bus;
  guint owner, object;
  gboolean here;
  guint told, closed;
  char *title, *body;
} Desktop;

static void
called_cb (GDBusConnection *bus, const char *sender, const char *path, const char *interface_name,
    const char *method, GVariant *arguments, GDBusMethodInvocation *invocation, gpointer data)
{
  Desktop *desktop = data;

  if (g_str_equal (method, "Notify"))
    {
      desktop->told++;
      g_free (desktop->title);
      g_free (desktop->body);
      g_variant_get_child (arguments, 3, "s", &desktop->title);
      g_variant_get_child (arguments, 4, "s", &desktop->body);
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", 7));
      return;
    }
  desktop->closed += g_str_equal (method, "CloseNotification");
  g_dbus_method_invocation_return_value (invocation,
      g_str_equal (method, "GetCapabilities")        ? g_variant_new_parsed ("(['body', 'actions'],)")
      : g_str_equal (method, "GetServerInformation") ? g_variant_new ("(ssss)", "test", "test", "1", "1.2")
                                                     : NULL);
}

static void
acquired_cb (GDBusConnection *bus, const char *name, gpointer data)
{
  ((Desktop *) data)->here = TRUE;
}

static void
desktop_start (Desktop *desktop)
{
  static const GDBusInterfaceVTable table = { .method_call = called_cb };
  g_autoptr (GDBusNodeInfo) node = g_dbus_node_info_new_for_xml (interface, NULL);
  g_autoptr (GError) error = NULL;

  *desktop = (Desktop){ .bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error) };
  g_assert_no_error (error);
  desktop->object = g_dbus_connection_register_object (
      desktop->bus, "/org/freedesktop/Notifications", node->interfaces[0], &table, desktop, NULL, &error);
  g_assert_no_error (error);
  desktop->owner = g_bus_own_name_on_connection (desktop->bus, "org.freedesktop.Notifications",
      G_BUS_NAME_OWNER_FLAGS_NONE, acquired_cb, NULL, desktop, NULL);
  setup_until (desktop->here);
}

static void
desktop_stop (Desktop *desktop)
{
  g_dbus_connection_unregister_object (desktop->bus, desktop->object);
  g_bus_unown_name (desktop->owner);
  g_object_unref (desktop->bus);
  g_free (desktop->title);
  g_free (desktop->body);
}

static void
call_me (Setup *setup, BatonWorkspace *caller, const char *text)
{
  g_autofree char *id = baton_store_new_id ();
  BatonOp *op = baton_op_new (BATON_VERB_COMMENT_ADD);
  BatonRow *row = baton_op_add_row (op, BATON_ENTITY_COMMENT, id);
  g_autoptr (GError) error = NULL;

  baton_row_set_text (row, BATON_COMMENT_CARD, share_card (setup));
  baton_row_set_text (row, BATON_COMMENT_TEXT, text);
  baton_row_set_text (row, BATON_COMMENT_MENTIONS, baton_workspace_me (setup->workspace));
  baton_workspace_perform (caller, op, NULL, &error);
  g_assert_no_error (error);
}

static guint
waiting (Setup *setup)
{
  return baton_inbox_entries (baton_window_inbox (setup->window))->len;
}

static void
test_elsewhere (void)
{
  g_autoptr (TestServer) server = share_server_new ();
  g_autoptr (Setup) setup = setup_new ("campaign", 2);
  GSettings *settings = baton_application_settings (setup->application);
  GtkWidget *other = gtk_window_new ();
  BatonWorkspace *ben;
  Desktop desktop;

  desktop_start (&desktop);
  g_settings_set_boolean (settings, "notify", TRUE);
  share_up (setup, server);
  ben = share_join (server, "Ben", "member");
  setup_until (gtk_window_is_active (GTK_WINDOW (setup->window)));
  call_me (setup, ben, "Which blue?");
  setup_until (waiting (setup) == 1);
  ui_spin (300);
  g_assert_cmpuint (desktop.told, ==, 0);
  /* Elsewhere, two calls come: one notification, which says the second in the place of the first. */
  gtk_window_present (GTK_WINDOW (other));
  setup_until (!gtk_window_is_active (GTK_WINDOW (setup->window)));
  call_me (setup, ben, "Which red?");
  setup_until (desktop.told == 1);
  g_assert_cmpstr (desktop.title, ==, "1 thing waits for you");
  g_assert_nonnull (strstr (desktop.body, "Ben calls you on "));
  call_me (setup, ben, "Which green?");
  setup_until (desktop.told == 2);
  g_assert_cmpstr (desktop.title, ==, "2 things wait for you");
  /* Its click leads to the inbox; there it is seen, and nothing is left to tell. */
  g_action_group_activate_action (
      G_ACTION_GROUP (setup->application), "inbox", g_variant_new_string (setup->folder));
  setup_until (g_strcmp0 (baton_window_view (setup->window), "inbox") == 0);
  setup_until (gtk_window_is_active (GTK_WINDOW (setup->window)) && desktop.closed == 1);
  /* Who switched it off is left in peace. */
  g_settings_set_boolean (settings, "notify", FALSE);
  gtk_window_present (GTK_WINDOW (other));
  setup_until (!gtk_window_is_active (GTK_WINDOW (setup->window)));
  call_me (setup, ben, "Which grey?");
  setup_until (waiting (setup) == 4);
  ui_spin (300);
  g_assert_cmpuint (desktop.told, ==, 2);
  g_settings_reset (settings, "notify");
  gtk_window_destroy (GTK_WINDOW (other));
  share_leave (ben);
  desktop_stop (&desktop);
}

int
main (int argc, char **argv)
{
  setup_init (&argc, &argv);
  g_test_add_func ("/notify/elsewhere", test_elsewhere);
  return g_test_run ();
}
