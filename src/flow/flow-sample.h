/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A bag of durations (or any numbers) that can be asked for percentiles. Adding is cheap until the first
 * question, which sorts; from then on it stays sorted, and a value more or less costs a search and a move. */
typedef struct
{
  gint64 *values;
  guint n;
  guint room;
  gboolean sorted;
  double total; /* of the values; exact up to 285 years in microseconds */
} BatonFlowSample;

void baton_flow_sample_add (BatonFlowSample *sample, gint64 value);
void baton_flow_sample_remove (BatonFlowSample *sample, gint64 value); /* one that was added */
void baton_flow_sample_sort (BatonFlowSample *sample);
void baton_flow_sample_clear (BatonFlowSample *sample);

/* Nearest rank: the smallest observed value that at least percent of the values do not exceed. 0 when there
 * is none; ask sample->n first. percent: 0 … 100; 0 gives the least value. */
gint64 baton_flow_sample_percentile (BatonFlowSample *sample, double percent);
double baton_flow_sample_mean (const BatonFlowSample *sample);

/* How many values are greater than this one. */
guint baton_flow_sample_above (BatonFlowSample *sample, gint64 value);

/* counts[i] gets the number of values v with i * width <= v < (i + 1) * width; what is beyond goes into the
 * last one. width > 0, n_bins > 0. */
void baton_flow_sample_histogram (const BatonFlowSample *sample, gint64 width, guint n_bins, guint *counts);

/* Sorts numbers in place, least first. */
void baton_flow_sort (gint64 *values, guint n);
/* The indexes of numbers in their order; of equal ones the first comes first. Transfer full. */
guint32 *baton_flow_order (const gint64 *keys, guint n);

G_END_DECLS
