/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-server"

#include "slow.h"

#define FORGET_AFTER (6 * G_TIME_SPAN_HOUR)

struct _BatonSlow
{
  GHashTable *keys; /* char * → Entry */
  GQueue quiet;     /* Entry, the longest quiet one first */
  guint free_failures;
  guint most_seconds;
};

typedef struct
{
  char *key; /* the table's */
  GList link;
  guint failures;
  gint64 last;
  gint64 until;
} Entry;

BatonSlow *
baton_slow_new (guint free_failures, guint most_seconds)
{
  BatonSlow *slow = g_new0 (BatonSlow, 1);

  slow->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  slow->free_failures = free_failures;
  slow->most_seconds = most_seconds;
  return slow;
}

void
baton_slow_free (BatonSlow *slow)
{
  g_hash_table_unref (slow->keys);
  g_free (slow);
}

static void
forget (BatonSlow *slow, Entry *entry)
{
  g_queue_unlink (&slow->quiet, &entry->link);
  g_hash_table_remove (slow->keys, entry->key);
}

static void
forget_old (BatonSlow *slow, gint64 now)
{
  while (slow->quiet.head != NULL)
    {
      Entry *oldest = slow->quiet.head->data;

      if (now - oldest->last < FORGET_AFTER && g_hash_table_size (slow->keys) < BATON_SLOW_KEYS)
        return;
      forget (slow, oldest);
    }
}

guint
baton_slow_wait (BatonSlow *slow, const char *key, gint64 now)
{
  const Entry *entry = g_hash_table_lookup (slow->keys, key);

  if (entry == NULL || entry->until <= now)
    return 0;
  return (guint) ((entry->until - now + G_TIME_SPAN_SECOND - 1) / G_TIME_SPAN_SECOND);
}

static Entry *
find_or_add (BatonSlow *slow, const char *key)
{
  Entry *entry = g_hash_table_lookup (slow->keys, key);

  if (entry != NULL)
    {
      g_queue_unlink (&slow->quiet, &entry->link);
      return entry;
    }
  entry = g_new0 (Entry, 1);
  entry->key = g_strdup (key);
  entry->link.data = entry;
  g_hash_table_insert (slow->keys, entry->key, entry);
  return entry;
}

void
baton_slow_failed (BatonSlow *slow, const char *key, gint64 now)
{
  Entry *entry;
  guint over;

  forget_old (slow, now);
  entry = find_or_add (slow, key);
  g_queue_push_tail_link (&slow->quiet, &entry->link);
  entry->failures++;
  entry->last = now;
  if (entry->failures <= slow->free_failures)
    return;
  over = MIN (entry->failures - slow->free_failures - 1, 20);
  entry->until = now + MIN ((gint64) 1 << over, slow->most_seconds) * G_TIME_SPAN_SECOND;
}

void
baton_slow_succeeded (BatonSlow *slow, const char *key)
{
  Entry *entry = g_hash_table_lookup (slow->keys, key);

  if (entry != NULL)
    forget (slow, entry);
}

guint
baton_slow_size (BatonSlow *slow)
{
  return g_hash_table_size (slow->keys);
}
