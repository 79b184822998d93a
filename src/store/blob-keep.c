/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-store"

#include "blobs-private.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* Housekeeping: what is damaged, what lies about. */

static char *
list_path (BatonBlobs *blobs)
{
  return g_build_filename (blobs->folder, "damaged", NULL);
}

static gint64
modified (const struct stat *info)
{
  return info->st_mtim.tv_sec * G_USEC_PER_SEC + info->st_mtim.tv_nsec / 1000;
}

/* Reads the list again when another process has written it. With the lock held. */
static void
refresh (BatonBlobs *blobs)
{
  g_autofree char *path = list_path (blobs);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  struct stat info;
  gint64 written = stat (path, &info) == 0 ? modified (&info) : 0;

  if (written == blobs->damaged_read)
    return;
  blobs->damaged_read = written;
  g_hash_table_remove_all (blobs->damaged);
  if (written == 0 || !g_file_get_contents (path, &text, NULL, NULL))
    return;
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (baton_blob_hash_is_valid (lines[i]))
        g_hash_table_add (blobs->damaged, g_strdup (lines[i]));
    }
}

gboolean
baton_blobs_is_damaged (BatonBlobs *blobs, const char *hash)
{
  gboolean damaged;

  g_mutex_lock (&blobs->lock);
  refresh (blobs);
  damaged = hash != NULL && g_hash_table_contains (blobs->damaged, hash);
  g_mutex_unlock (&blobs->lock);
  return damaged;
}

static void
write_list (BatonBlobs *blobs)
{
  g_autofree char *path = list_path (blobs);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  GHashTableIter iter;
  gpointer hash;
  struct stat info;

  g_hash_table_iter_init (&iter, blobs->damaged);
  while (g_hash_table_iter_next (&iter, &hash, NULL))
    g_string_append_printf (text, "%s\n", (char *) hash);
  /* What cannot be written down is found again by the next check. */
  if (!g_file_set_contents (path, text->str, (gssize) text->len, &error))
    g_warning ("The list of damaged files cannot be written: %s", error->message);
  blobs->damaged_read = stat (path, &info) == 0 ? modified (&info) : 0;
}

void
baton_blobs_set_damaged (BatonBlobs *blobs, const char *hash, gboolean damaged)
{
  gboolean changed;

  g_mutex_lock (&blobs->lock);
  refresh (blobs);
  changed = damaged ? g_hash_table_add (blobs->damaged, g_strdup (hash))
                    : g_hash_table_remove (blobs->damaged, hash);
  if (changed)
    write_list (blobs);
  g_mutex_unlock (&blobs->lock);
}

static gboolean
each_in (BatonBlobs *blobs, const char *prefix, BatonBlobFunc func, gpointer data)
{
  g_autofree char *place = g_build_filename (blobs->folder, prefix, NULL);
  g_autoptr (GDir) dir = g_dir_open (place, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (place, name, NULL);
      struct stat info;

      if (baton_blob_hash_is_valid (name) && g_str_has_prefix (name, prefix) && stat (path, &info) == 0 &&
          S_ISREG (info.st_mode) && !func (name, info.st_size, modified (&info), data))
        return FALSE;
    }
  return TRUE;
}

void
baton_blobs_each (BatonBlobs *blobs, BatonBlobFunc func, gpointer data)
{
  g_autoptr (GDir) dir = g_dir_open (blobs->folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      if (strlen (name) == 2 && !each_in (blobs, name, func, data))
        return;
    }
}

gboolean
baton_blobs_delete (BatonBlobs *blobs, const char *hash)
{
  g_autofree char *path = baton_blobs_path (blobs, hash);

  return g_unlink (path) == 0;
}

/* Somebody who is still writing holds the lock of the file. */
static gboolean
is_abandoned (const char *path, const char *name, gint64 age)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat info;
  gboolean abandoned = FALSE;

  if (fd < 0)
    return FALSE;
  /* A copy that was just begun may not have its lock yet. */
  if (g_str_has_prefix (name, "add-"))
    age = MIN (age, G_TIME_SPAN_MINUTE);
  if (fstat (fd, &info) == 0 && flock (fd, LOCK_EX | LOCK_NB) == 0)
    abandoned = g_get_real_time () - modified (&info) >= age;
  close (fd);
  return abandoned;
}

guint
baton_blobs_sweep (BatonBlobs *blobs, gint64 age)
{
  g_autoptr (GDir) dir = g_dir_open (blobs->incoming, 0, NULL);
  const char *name;
  guint removed = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (blobs->incoming, name, NULL);

      if (is_abandoned (path, name, age) && g_unlink (path) == 0)
        removed++;
    }
  return removed;
}
