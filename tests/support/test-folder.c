/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "test-folder.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

char *
baton_test_folder_new (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("baton-test-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

void
baton_test_folder_remove (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      struct stat info;

      if (lstat (path, &info) == 0 && S_ISDIR (info.st_mode))
        baton_test_folder_remove (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}
