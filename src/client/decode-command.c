/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "decode-command.h"

#include "baton-config.h"
#include "decode-protocol.h"

#include <errno.h>
#include <stdarg.h>
#include <sys/socket.h>
#include <unistd.h>

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

GSubprocess *
baton_decode_spawn (const char *helper, const char *bwrap, int *fd, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GPtrArray) argv = baton_decode_command (helper, bwrap);
  GSubprocess *process;
  int ends[2];

  if (socketpair (AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
    {
      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
      return NULL;
    }
  g_subprocess_launcher_take_fd (launcher, ends[1], BATON_DECODE_FD);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, error);
  /* The other end must be closed here, or its end would never be noticed. */
  g_subprocess_launcher_close (launcher);
  if (process == NULL)
    close (ends[0]);
  else
    *fd = ends[0];
  return process;
}
