/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "baton-flow"

#include "flow-sample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SMALL 300

static int
compare (const void *a, const void *b)
{
  gint64 x = *(const gint64 *) a;
  gint64 y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

/* Turns the sign over, so that the order of the bits is the order of the numbers. */
static inline guint64
key_of (gint64 value)
{
  return (guint64) value ^ ((guint64) 1 << 63);
}

static void
radix_pass (const gint64 *from, gint64 *to, guint n, guint shift, const guint32 *counts)
{
  guint32 at[256];
  guint32 sum = 0;

  for (guint i = 0; i < 256; i++)
    {
      at[i] = sum;
      sum += counts[i];
    }
  for (guint i = 0; i < n; i++)
    to[at[key_of (from[i]) >> shift & 255]++] = from[i];
}

/* By bytes, the least first; a byte that is the same in all of them needs no pass. */
static void
radix_sort (gint64 *values, guint n)
{
  g_autofree gint64 *spare = g_new (gint64, n);
  g_autofree guint32 *counts = g_new0 (guint32, 8 * 256);
  gint64 *from = values;
  gint64 *to = spare;

  for (guint i = 0; i < n; i++)
    {
      guint64 key = key_of (values[i]);

      for (guint byte = 0; byte < 8; byte++)
        counts[byte * 256 + (key >> (8 * byte) & 255)]++;
    }
  for (guint byte = 0; byte < 8; byte++)
    {
      gint64 *swap = from;

      if (counts[byte * 256 + (key_of (from[0]) >> (8 * byte) & 255)] == n)
        continue;
      radix_pass (from, to, n, 8 * byte, counts + byte * 256);
      from = to;
      to = swap;
    }
  if (from != values)
    memcpy (values, from, n * sizeof *values);
}

void
baton_flow_sort (gint64 *values, guint n)
{
  if (n < SMALL)
    qsort (values, n, sizeof *values, compare);
  else
    radix_sort (values, n);
}

guint32 *
baton_flow_order (const gint64 *keys, guint n)
{
  guint32 *from = g_new (guint32, MAX (n, 1));
  guint32 *to = g_new (guint32, MAX (n, 1));
  guint64 differ = 0;

  for (guint i = 0; i < n; i++)
    {
      from[i] = i;
      differ |= (guint64) keys[i] ^ (guint64) keys[0];
    }
  for (guint shift = 0; shift < 64; shift += 16)
    {
      g_autofree guint32 *at = NULL;
      guint32 *swap = from;
      guint32 sum = 0;

      if ((differ >> shift & 0xffff) == 0)
        continue;
      at = g_new0 (guint32, 0x10000);
      for (guint i = 0; i < n; i++)
        at[key_of (keys[i]) >> shift & 0xffff]++;
      for (guint i = 0; i < 0x10000; i++)
        {
          guint32 count = at[i];

          at[i] = sum;
          sum += count;
        }
      for (guint i = 0; i < n; i++)
        to[at[key_of (keys[from[i]]) >> shift & 0xffff]++] = from[i];
      from = to;
      to = swap;
    }
  g_free (to);
  return from;
}

void
baton_flow_sample_sort (BatonFlowSample *sample)
{
  if (!sample->sorted && sample->n > 1)
    baton_flow_sort (sample->values, sample->n);
  sample->sorted = TRUE;
}

/* The first place whose value is not below (or, after, is above) the value. */
static guint
place_of (const BatonFlowSample *sample, gint64 value, gboolean after)
{
  guint low = 0;
  guint high = sample->n;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (sample->values[middle] < value || (after && sample->values[middle] == value))
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

void
baton_flow_sample_add (BatonFlowSample *sample, gint64 value)
{
  guint place = sample->n;

  if (sample->n == sample->room)
    {
      sample->room = MAX (8, sample->room * 2);
      sample->values = g_renew (gint64, sample->values, sample->room);
    }
  if (sample->sorted)
    {
      place = place_of (sample, value, TRUE);
      memmove (
          sample->values + place + 1, sample->values + place, (sample->n - place) * sizeof *sample->values);
    }
  sample->values[place] = value;
  sample->n++;
  sample->total += (double) value;
}

void
baton_flow_sample_remove (BatonFlowSample *sample, gint64 value)
{
  guint place;

  baton_flow_sample_sort (sample);
  place = place_of (sample, value, FALSE);
  g_return_if_fail (place < sample->n && sample->values[place] == value);
  memmove (
      sample->values + place, sample->values + place + 1, (sample->n - place - 1) * sizeof *sample->values);
  sample->n--;
  sample->total -= (double) value;
}

void
baton_flow_sample_clear (BatonFlowSample *sample)
{
  g_free (sample->values);
  *sample = (BatonFlowSample){ 0 };
}

gint64
baton_flow_sample_percentile (BatonFlowSample *sample, double percent)
{
  double rank;

  if (sample->n == 0)
    return 0;
  baton_flow_sample_sort (sample);
  /* A hair less, so that 85 % of 20 is 17 and not 18 because 0.85 has no exact binary form. */
  rank = ceil (percent / 100 * sample->n - 1e-9);
  return sample->values[(guint) CLAMP (rank, 1, sample->n) - 1];
}

double
baton_flow_sample_mean (const BatonFlowSample *sample)
{
  return sample->n > 0 ? sample->total / sample->n : 0;
}

guint
baton_flow_sample_above (BatonFlowSample *sample, gint64 value)
{
  baton_flow_sample_sort (sample);
  return sample->n - place_of (sample, value, TRUE);
}

void
baton_flow_sample_histogram (const BatonFlowSample *sample, gint64 width, guint n_bins, guint *counts)
{
  g_return_if_fail (width > 0 && n_bins > 0);
  memset (counts, 0, n_bins * sizeof *counts);
  for (guint i = 0; i < sample->n; i++)
    counts[CLAMP (sample->values[i] / width, 0, (gint64) n_bins - 1)]++;
}
