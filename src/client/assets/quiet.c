/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "quiet.h"

#include <sys/stat.h>

typedef struct
{
  gint64 size;
  gint64 modified;
  gint64 since; /* monotonic time of the last change seen */
} Seen;

struct _BatonQuiet
{
  char *folder;
  guint quiet;
  BatonQuietFunc func;
  BatonQuietFunc gone; /* or NULL */
  gpointer data;
  GFileMonitor *monitor;
  GHashTable *waiting; /* path → Seen */
  guint timer;
  gboolean *freed; /* set when somebody frees us while they are being told */
};

gboolean
baton_quiet_is_passing (const char *name)
{
  static const char *const ends[] = { "~", ".part", ".crdownload", ".tmp", ".swp", ".download", ".lock",
    ".bak" };

  if (*name == '.' || *name == '#' || *name == '~')
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++)
    {
      if (g_str_has_suffix (name, ends[i]))
        return TRUE;
    }
  return FALSE;
}

static gboolean
look_at (const char *path, Seen *seen)
{
  struct stat info;

  if (stat (path, &info) != 0 || !S_ISREG (info.st_mode))
    return FALSE;
  seen->size = info.st_size;
  seen->modified = info.st_mtim.tv_sec * G_USEC_PER_SEC + info.st_mtim.tv_nsec / 1000;
  return TRUE;
}

/* Paths whose file has not changed for long enough; those that are gone are forgotten. */
static GPtrArray *
take_still (BatonQuiet *quiet)
{
  GPtrArray *still = g_ptr_array_new_with_free_func (g_free);
  gint64 now = g_get_monotonic_time ();
  GHashTableIter iter;
  gpointer path, data;

  g_hash_table_iter_init (&iter, quiet->waiting);
  while (g_hash_table_iter_next (&iter, &path, &data))
    {
      Seen *seen = data;
      Seen current;

      if (!look_at (path, &current))
        g_hash_table_iter_remove (&iter);
      else if (current.size != seen->size || current.modified != seen->modified)
        {
          current.since = now;
          *seen = current;
        }
      else if (now - seen->since >= (gint64) quiet->quiet * 1000)
        {
          g_ptr_array_add (still, g_strdup (path));
          g_hash_table_iter_remove (&iter);
        }
    }
  return still;
}

static gboolean
timer_cb (gpointer data)
{
  BatonQuiet *quiet = data;
  g_autoptr (GPtrArray) still = take_still (quiet);
  gboolean more = g_hash_table_size (quiet->waiting) > 0;
  gboolean freed = FALSE;

  if (!more)
    quiet->timer = 0;
  quiet->freed = &freed;
  for (guint i = 0; i < still->len && !freed; i++)
    quiet->func (g_ptr_array_index (still, i), quiet->data);
  if (freed)
    return G_SOURCE_REMOVE;
  quiet->freed = NULL;
  return more ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

void
baton_quiet_look (BatonQuiet *quiet, const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  Seen *seen;

  if (baton_quiet_is_passing (name))
    return;
  seen = g_new0 (Seen, 1);
  seen->since = g_get_monotonic_time ();
  if (!look_at (path, seen))
    {
      g_free (seen);
      return;
    }
  g_hash_table_replace (quiet->waiting, g_strdup (path), seen);
  if (quiet->timer == 0)
    quiet->timer = g_timeout_add (MAX (quiet->quiet / 4, 20), timer_cb, quiet);
}

static void
changed_cb (GFileMonitor *monitor, GFile *file, GFile *other, GFileMonitorEvent event, gpointer data)
{
  BatonQuiet *quiet = data;
  g_autofree char *path = g_file_get_path (file);
  g_autofree char *new_path = other != NULL ? g_file_get_path (other) : NULL;

  if (quiet->gone != NULL &&
      (event == G_FILE_MONITOR_EVENT_RENAMED || event == G_FILE_MONITOR_EVENT_DELETED ||
          event == G_FILE_MONITOR_EVENT_MOVED_OUT))
    quiet->gone (path, quiet->data);
  if (event == G_FILE_MONITOR_EVENT_RENAMED && new_path != NULL)
    baton_quiet_look (quiet, new_path);
  else if (event == G_FILE_MONITOR_EVENT_CREATED || event == G_FILE_MONITOR_EVENT_CHANGED ||
           event == G_FILE_MONITOR_EVENT_CHANGES_DONE_HINT || event == G_FILE_MONITOR_EVENT_MOVED_IN)
    baton_quiet_look (quiet, path);
}

static void
look_at_all (BatonQuiet *quiet)
{
  g_autoptr (GDir) dir = g_dir_open (quiet->folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (quiet->folder, name, NULL);

      baton_quiet_look (quiet, path);
    }
}

BatonQuiet *
baton_quiet_new (const char *folder, guint milliseconds, gboolean existing, BatonQuietFunc func,
    gpointer data, GError **error)
{
  g_autoptr (BatonQuiet) quiet = g_new0 (BatonQuiet, 1);
  g_autoptr (GFile) file = g_file_new_for_path (folder);

  quiet->folder = g_strdup (folder);
  quiet->quiet = milliseconds;
  quiet->func = func;
  quiet->data = data;
  quiet->waiting = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  quiet->monitor = g_file_monitor_directory (file, G_FILE_MONITOR_WATCH_MOVES, NULL, error);
  if (quiet->monitor == NULL)
    return NULL;
  g_file_monitor_set_rate_limit (quiet->monitor, 200);
  g_signal_connect (quiet->monitor, "changed", G_CALLBACK (changed_cb), quiet);
  if (existing)
    look_at_all (quiet);
  return g_steal_pointer (&quiet);
}

void
baton_quiet_set_gone (BatonQuiet *quiet, BatonQuietFunc gone)
{
  quiet->gone = gone;
}

void
baton_quiet_free (BatonQuiet *quiet)
{
  if (quiet->freed != NULL)
    *quiet->freed = TRUE; /* the timer ends by itself */
  else
    g_clear_handle_id (&quiet->timer, g_source_remove);
  if (quiet->monitor != NULL)
    {
      g_signal_handlers_disconnect_by_data (quiet->monitor, quiet);
      g_file_monitor_cancel (quiet->monitor);
      g_object_unref (quiet->monitor);
    }
  g_hash_table_unref (quiet->waiting);
  g_free (quiet->folder);
  g_free (quiet);
}
