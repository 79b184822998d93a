/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "decode-command.h"

#include "baton-config.h"

#include <gio/gio.h>
#include <stdarg.h>

char *
baton_decode_helper (void)
{
  const char *named = g_getenv ("BATON_DECODE");

  return named != NULL && *named != '\0' ? g_strdup (named)
                                         : g_build_filename (BATON_LIBEXECDIR, "baton-decode", NULL);
}

static void
add (GPtrArray *argv, ...)
{
  const char *word;
  va_list words;

  va_start (words, argv);
  while ((word = va_arg (words, const char *)) != NULL)
    g_ptr_array_add (argv, g_strdup (word));
  va_end (words);
}

/* /lib and its like are links into /usr on most systems, and folders on some. */
static void
add_root_folder (GPtrArray *argv, const char *path)
{
  g_autofree char *target = g_file_read_link (path, NULL);

  if (target != NULL)
    add (argv, "--symlink", target, path, NULL);
  else if (g_file_test (path, G_FILE_TEST_IS_DIR))
    add (argv, "--ro-bind", path, path, NULL);
}

GPtrArray *
baton_decode_command (const char *helper, const char *bwrap)
{
  static const char *const folders[] = { "/lib", "/lib64", "/lib32", "/bin", "/sbin" };
  static const char *const files[] = { "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d",
    "/etc/alternatives", "/etc/fonts", "/var/cache/fontconfig", "/nix", "/gnu" };
  GPtrArray *argv = g_ptr_array_new_with_free_func (g_free);

  if (bwrap == NULL)
    {
      add (argv, helper, NULL);
      g_ptr_array_add (argv, NULL);
      return argv;
    }
  add (argv, bwrap, "--unshare-all", "--die-with-parent", "--clearenv", "--ro-bind", "/usr", "/usr", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    add_root_folder (argv, folders[i]);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    add (argv, "--ro-bind-try", files[i], files[i], NULL);
  add (argv, "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp", "--ro-bind", helper, "/tmp/baton-decode",
      "--setenv", "LANG", "C.UTF-8", "--chdir", "/", "/tmp/baton-decode", NULL);
  g_ptr_array_add (argv, NULL);
  return argv;
}
