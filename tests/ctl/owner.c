/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-owner"

#include "bus.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* owner FOLDER [bus|mute]: has a workspace open, as the app has, until its standard input ends. With "bus" it
 * answers on the session bus, with "mute" it has the name and answers nothing. */

static gpointer
wait_for_end (gpointer loop)
{
  char byte;

  while (read (STDIN_FILENO, &byte, 1) > 0)
    continue;
  g_main_loop_quit (loop);
  return NULL;
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GDBusConnection) connection = NULL;
  g_autoptr (BatonBus) bus = NULL;
  BatonWorkspace *workspace = argc > 1 ? baton_workspace_open (argv[1], BATON_STORE_CREATE, &error) : NULL;
  const char *how = argc > 2 ? argv[2] : "";

  if (workspace == NULL || !baton_workspace_ensure_me (workspace, "Owner", &error))
    g_error ("%s", error != NULL ? error->message : "owner FOLDER [bus]");
  if (*how != '\0')
    connection = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, &error);
  if (g_str_equal (how, "bus"))
    bus = baton_bus_export (workspace, connection, &error);
  if (error != NULL)
    g_error ("%s", error->message);
  if (g_str_equal (how, "mute"))
    {
      g_autofree char *name = baton_bus_name (argv[1]);

      g_bus_own_name_on_connection (connection, name, G_BUS_NAME_OWNER_FLAGS_NONE, NULL, NULL, NULL, NULL);
    }
  g_thread_unref (g_thread_new ("wait", wait_for_end, loop));
  /* The name is there when the bus has answered once more. */
  for (int i = 0; i < 50; i++)
    {
      while (g_main_context_iteration (NULL, FALSE))
        continue;
      if (*how == '\0' || baton_bus_is_owned (argv[1]))
        break;
      g_usleep (20000);
    }
  puts ("ready");
  fflush (stdout);
  g_main_loop_run (loop);
  baton_workspace_close (workspace);
  g_object_unref (workspace);
  return 0;
}
