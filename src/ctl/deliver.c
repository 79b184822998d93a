/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "batonctl"

#include "deliver.h"

#include "baton-error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define POUR_SIZE (256 * 1024)

static gboolean
fail (const char *path, int code, GError **error)
{
  g_autofree char *shown = g_filename_display_name (path);

  g_set_error (error, BATON_ERROR, code == ENOSPC ? BATON_ERROR_FULL : BATON_ERROR_IO,
      _ ("The file %s cannot be written: %s."), shown, g_strerror (code));
  return FALSE;
}

gboolean
ctl_is_standard_output (const char *path)
{
  return path == NULL || g_str_equal (path, "-");
}

gboolean
ctl_is_stream (const char *path)
{
  struct stat info;

  return stat (path, &info) == 0 && !S_ISREG (info.st_mode) && !S_ISDIR (info.st_mode);
}

static gboolean
write_all (int fd, const char *data, gsize size)
{
  gsize done = 0;

  while (done < size)
    {
      gssize n = write (fd, data + done, size - done);

      if (n < 0 && errno != EINTR)
        return FALSE;
      done += n > 0 ? (gsize) n : 0;
    }
  return TRUE;
}

static int
open_stream (const char *path)
{
  return open (path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
}

static gboolean
write_stream (const char *path, const char *data, gsize size, GError **error)
{
  int fd = open_stream (path);
  int saved;

  if (fd < 0)
    return fail (path, errno, error);
  saved = write_all (fd, data, size) ? 0 : errno;
  close (fd);
  return saved == 0 || fail (path, saved, error);
}

gboolean
ctl_pour (const char *from, const char *to, GError **error)
{
  int source = open (from, O_RDONLY | O_CLOEXEC);
  int target = ctl_is_standard_output (to) ? dup (STDOUT_FILENO) : open_stream (to);
  g_autofree char *buffer = g_malloc (POUR_SIZE);
  gssize n = 0;
  gboolean ok = source >= 0 && target >= 0;
  int saved;

  while (ok && (n = read (source, buffer, POUR_SIZE)) > 0)
    ok = write_all (target, buffer, (gsize) n);
  saved = ok && n == 0 ? 0 : errno;
  if (source >= 0)
    close (source);
  if (target >= 0)
    close (target);
  return saved == 0 || fail (to != NULL ? to : "-", saved, error);
}

/* A link stays, and what it points to is replaced, or made. */
static char *
resolve (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *next = NULL;
  char *real = realpath (path, NULL);
  char *copy = g_strdup (real);

  free (real);
  if (copy != NULL)
    return copy;
  next = g_file_read_link (path, NULL);
  return next != NULL ? g_canonicalize_filename (next, folder) : g_strdup (path);
}

/* What GLib would say about its temporary file says nothing to a person. */
static gboolean
check_place (const char *path, const char *target, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (target);

  if (g_file_test (target, G_FILE_TEST_IS_DIR))
    return fail (path, EISDIR, error);
  return access (folder, W_OK) == 0 || fail (path, errno, error);
}

gboolean
ctl_write_file (const char *path, const char *data, gsize size, GError **error)
{
  g_autofree char *target = NULL;
  g_autoptr (GError) local = NULL;

  if (ctl_is_stream (path))
    return write_stream (path, data, size, error);
  target = resolve (path);
  if (!check_place (path, target, error))
    return FALSE;
  if (g_file_set_contents_full (target, data, (gssize) size, G_FILE_SET_CONTENTS_CONSISTENT, 0666, &local))
    return TRUE;
  if (g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOSPC))
    return fail (path, ENOSPC, error);
  g_set_error_literal (error, BATON_ERROR, BATON_ERROR_IO, local->message);
  return FALSE;
}

gboolean
ctl_temporary (char **path, GError **error)
{
  int fd = g_file_open_tmp ("batonctl-XXXXXX", path, error);

  if (fd >= 0)
    close (fd);
  return fd >= 0;
}

gboolean
ctl_read_back (const char *path, GString *out, GError **error)
{
  g_autofree char *content = NULL;
  gsize length;

  if (!g_file_get_contents (path, &content, &length, error))
    return FALSE;
  g_string_append_len (out, content, (gssize) length);
  return TRUE;
}
