/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether the values of one sample tend to lie above those of another, without assuming any shape. */

typedef struct
{
  double u;       /* pairs in which the second sample's value is greater, ties counted half */
  double p;       /* two-sided: chance alone gives a U at least as far from n m / 2 */
  gboolean exact; /* p over all ways of dealing the values out (ties included), else the normal one */
  double cliff; /* Cliff's delta, −1 … 1: share of pairs with the second greater less those with it smaller */
  double shift;     /* Hodges–Lehmann: median of all differences second − first */
  gboolean bounded; /* there is enough for an interval of 95 % */
  gint64 low;
  gint64 high;
} BatonRankTest;

/* Both sorted, least first, and neither empty. Mann and Whitney 1947; ties and continuity as in Lehmann,
 * Nonparametrics. Up to 50 values in all are counted out exactly. */
void baton_rank_test (const gint64 *first, guint n, const gint64 *second, guint m, BatonRankTest *result);

/* The rank-th smallest (1 … n m) of all differences second − first; sorted samples. */
gint64 baton_rank_difference (const gint64 *first, guint n, const gint64 *second, guint m, guint64 rank);

G_END_DECLS
