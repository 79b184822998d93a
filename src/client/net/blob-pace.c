/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-client"

#include "blob-pace.h"

struct _BatonBlobPace
{
  GMutex mutex;
  gint64 rate; /* bytes per second, 0: no limit */
  gint64 next; /* when the bucket is out of debt; with a full bucket it lies BURST back */
};

BatonBlobPace *
baton_blob_pace_new (void)
{
  BatonBlobPace *pace = g_atomic_rc_box_new0 (BatonBlobPace);

  g_mutex_init (&pace->mutex);
  return pace;
}

BatonBlobPace *
baton_blob_pace_ref (BatonBlobPace *pace)
{
  return g_atomic_rc_box_acquire (pace);
}

static void
clear (gpointer data)
{
  BatonBlobPace *pace = data;

  g_mutex_clear (&pace->mutex);
}

void
baton_blob_pace_unref (BatonBlobPace *pace)
{
  g_atomic_rc_box_release_full (pace, clear);
}

void
baton_blob_pace_set (BatonBlobPace *pace, gint64 bytes_per_second)
{
  g_mutex_lock (&pace->mutex);
  if (pace->rate != bytes_per_second)
    pace->next = 0; /* debts of another rate are forgotten */
  pace->rate = MAX (bytes_per_second, 0);
  g_mutex_unlock (&pace->mutex);
}

gint64
baton_blob_pace_get (BatonBlobPace *pace)
{
  gint64 rate;

  g_mutex_lock (&pace->mutex);
  rate = pace->rate;
  g_mutex_unlock (&pace->mutex);
  return rate;
}

gint64
baton_blob_pace_take (BatonBlobPace *pace, gsize bytes, gint64 now)
{
  gint64 at = now;

  g_mutex_lock (&pace->mutex);
  if (pace->rate > 0)
    {
      gint64 from = MAX (pace->next, now - BATON_BLOB_PACE_BURST);

      at = MAX (from, now);
      pace->next = from + (gint64) ((double) bytes * G_USEC_PER_SEC / (double) pace->rate);
    }
  g_mutex_unlock (&pace->mutex);
  return at;
}
