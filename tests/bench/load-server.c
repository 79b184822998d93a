/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-bench"

#include "load-server.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

void
load_server_start (LoadServer *server, const char *program, const char *folder)
{
  char *words[] = { (char *) program, (char *) "--data", NULL, (char *) "--listen", (char *) "127.0.0.1:0",
    (char *) "--json", NULL };
  g_autoptr (GError) error = NULL;
  gint64 begin = g_get_monotonic_time ();
  char line[1024] = "";
  int out;
  FILE *said;
  const char *at;

  server->made = folder == NULL;
  server->folder = folder != NULL ? g_strdup (folder) : g_dir_make_tmp ("baton-bench-XXXXXX", &error);
  words[2] = server->folder;
  if (server->folder == NULL || !g_spawn_async_with_pipes (NULL, words, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL,
                                    NULL, &server->pid, NULL, &out, NULL, &error))
    g_error ("%s", error->message);
  said = fdopen (out, "r");
  if (fgets (line, sizeof line, said) == NULL)
    g_error ("the server did not start");
  server->seconds = (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
  fclose (said);
  server->port = atoi (strstr (line, "127.0.0.1:") + 10);
  at = strstr (line, "invitation=");
  server->secret = at != NULL ? g_strndup (at + 11, 43) : NULL;
}

void
load_server_stop (LoadServer *server, int how)
{
  g_autofree char *remove = g_strdup_printf ("rm -rf '%s'", server->folder);

  kill (server->pid, how);
  waitpid (server->pid, NULL, 0);
  if (server->made && system (remove) != 0)
    g_warning ("%s could not be removed", server->folder);
  g_clear_pointer (&server->folder, g_free);
  g_clear_pointer (&server->secret, g_free);
}

double
load_server_peak_mb (LoadServer *server)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/status", (int) server->pid);
  g_autofree char *text = NULL;
  const char *at;

  if (!g_file_get_contents (path, &text, NULL, NULL) || (at = strstr (text, "VmHWM:")) == NULL)
    return 0;
  return g_ascii_strtod (at + 6, NULL) / 1024;
}

void
load_server_reset_peak (LoadServer *server)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/clear_refs", (int) server->pid);
  int fd = open (path, O_WRONLY | O_CLOEXEC);

  if (fd >= 0 && write (fd, "5", 1) != 1)
    g_warning ("the peak of memory cannot be reset");
  if (fd >= 0)
    close (fd);
}
