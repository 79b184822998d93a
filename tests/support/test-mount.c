/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-test"
#define _GNU_SOURCE /* unshare */

#include "test-mount.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <string.h>
#include <sys/mount.h>
#include <unistd.h>

static gboolean may_mount;

static gboolean
write_text (const char *path, const char *text)
{
  int fd = open (path, O_WRONLY | O_CLOEXEC);
  gboolean ok = fd >= 0 && write (fd, text, strlen (text)) == (ssize_t) strlen (text);

  if (fd >= 0)
    close (fd);
  return ok;
}

/* Without privileges: a user namespace in which we are root. */
static gboolean
enter_user_namespace (void)
{
  g_autofree char *users = g_strdup_printf ("0 %u 1", (guint) getuid ());
  g_autofree char *groups = g_strdup_printf ("0 %u 1", (guint) getgid ());

  return unshare (CLONE_NEWUSER | CLONE_NEWNS) == 0 && write_text ("/proc/self/setgroups", "deny") &&
         write_text ("/proc/self/uid_map", users) && write_text ("/proc/self/gid_map", groups);
}

void
baton_test_mount_init (void)
{
  gboolean inside = geteuid () == 0 ? unshare (CLONE_NEWNS) == 0 : enter_user_namespace ();

  may_mount = inside && mount ("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0;
}

gboolean
baton_test_mount (const char *folder, guint megabytes)
{
  g_autofree char *options = g_strdup_printf ("size=%um", megabytes);

  return may_mount && mount ("tmpfs", folder, "tmpfs", 0, options) == 0;
}

gboolean
baton_test_remount (const char *folder, guint megabytes, gboolean read_only)
{
  g_autofree char *options = g_strdup_printf ("size=%um", megabytes);

  return mount (NULL, folder, NULL, MS_REMOUNT | (read_only ? MS_RDONLY : 0), options) == 0;
}

void
baton_test_unmount (const char *folder)
{
  umount2 (folder, MNT_DETACH);
  g_rmdir (folder);
}

void
baton_test_copy_folder (const char *from, const char *to)
{
  g_autoptr (GDir) dir = g_dir_open (from, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *source = g_build_filename (from, name, NULL);
      g_autofree char *target = g_build_filename (to, name, NULL);
      g_autofree char *contents = NULL;
      gsize length = 0;

      if (g_file_test (source, G_FILE_TEST_IS_REGULAR) &&
          g_file_get_contents (source, &contents, &length, NULL))
        g_assert_true (g_file_set_contents (target, contents, (gssize) length, NULL));
    }
}
