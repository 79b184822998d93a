/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "metrics.h"

G_BEGIN_DECLS

/* Private to metrics. */

guint32 baton_metrics_names_add (BatonMetricsNames *names, const char *id, const char *name);

/* Cards and their events; card: only that one, which is made when it is new. */
gboolean baton_metrics_load_cards (
    BatonMetrics *metrics, BatonReader *reader, const char *card, GError **error);
gboolean baton_metrics_load_reviews (BatonMetrics *metrics, BatonReader *reader, GError **error);
gboolean baton_metrics_load_mentions (BatonMetrics *metrics, BatonReader *reader, GError **error);

G_END_DECLS
