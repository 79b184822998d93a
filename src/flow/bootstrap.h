/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Intervals of 95 % for “after less before”, by drawing both samples again and again (Efron and Tibshirani,
 * An Introduction to the Bootstrap). The samples are independent of each other. */

typedef struct
{
  double low;
  double high;
} BatonInterval;

/* The rank that counts as percent of n: the smallest number of values that is at least that share (1 … n). */
guint baton_percentile_rank (guint n, double percent);

/* Difference of a percentile, by the percentile method: the jackknife that BCa needs does not work for
 * percentiles. A resample's k-th smallest of n values is the ⌈n B⌉-th of the sample, B from a beta
 * distribution with k and n + 1 − k, so no resample has to be made and 100,000 values cost what ten do.
 * Sorted, least first. */
void baton_bootstrap_percentile (const gint64 *before, guint n, const gint64 *after, guint m, double percent,
    guint64 seed, BatonInterval *interval);

/* Difference of Σ parts / Σ wholes, BCa. NULL wholes: every whole is 1, which makes it the mean. */
typedef struct
{
  const double *parts;
  const double *wholes;
  guint n;
} BatonRatioSample;

double baton_ratio (const BatonRatioSample *sample); /* 0 when the wholes are */
void baton_bootstrap_ratio (
    const BatonRatioSample *before, const BatonRatioSample *after, guint64 seed, BatonInterval *interval);

/* Difference of the mean per day, by the percentile method over weeks that begin on any day (circular blocks
 * of seven), because days of one week are not independent. At least 7 days each. */
void baton_bootstrap_days (
    const guint *before, guint n, const guint *after, guint m, guint64 seed, BatonInterval *interval);

/* Difference of two shares a of n and b of m: Newcombe's hybrid of Wilson's intervals (1998, method 10),
 * which is right for shares of nothing and all as well; it draws nothing. n, m > 0. */
void baton_share_interval (guint a, guint n, guint b, guint m, BatonInterval *interval);

G_END_DECLS
